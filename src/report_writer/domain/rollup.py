"""What a roll-up says: who contributed, the sums, what is doubtful, and why a parent's table differs.

A blank or illegal cell of one unit makes the sum of that cell unknown; "/" adds nothing and stays
on the list. Neither ever becomes 0 in silence.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import Field

from report_writer.domain.cells import Frozen, Tables, plain
from report_writer.domain.copies import Copies
from report_writer.domain.findings import Severity
from report_writer.domain.report import AnnualReport

SCHEMA = "report-writer/rollup/1"


class Source(Frozen):
    """A report as read, and the file (or file and row) it came from."""

    file: str
    report: AnnualReport


class Contributor(Frozen):
    """A unit whose figures are in the sums, and its files."""

    unit: str
    files: tuple[str, ...]


class DoubtKind(StrEnum):
    """Why a unit's cell adds nothing."""

    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    ILLEGAL = "illegal"
    CONFLICT = "conflict"


class Doubt(Frozen):
    """A cell of a unit that holds no number; `raw` is what stands there, both values of a conflict."""

    address: str
    unit: str
    kind: DoubtKind
    raw: str = ""

    @property
    def unknown(self) -> bool:
        """Whether the sum of the cell cannot be known; "/" takes nothing from it."""
        return self.kind is not DoubtKind.NOT_APPLICABLE

    @property
    def severity(self) -> Severity:
        """As a check of the unit's own report would have it."""
        if self.kind is DoubtKind.NOT_APPLICABLE:
            return Severity.ADVICE
        return Severity.WARNING if self.kind is DoubtKind.BLANK else Severity.ERROR


class Notice(Frozen):
    """Something about the inputs as a whole: `kind` is twice, conflict, alias, year, form …"""

    kind: str
    severity: Severity
    message: str
    units: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


class Rollup(Frozen):
    """The sums over all contributors. `known` are the sums of what was filled in, cell by cell."""

    year: int
    form: str
    contributors: tuple[Contributor, ...]
    units: tuple[AnnualReport, ...]
    tables: Tables
    known: Mapping[str, Decimal]
    doubts: tuple[Doubt, ...] = ()
    notices: tuple[Notice, ...] = ()

    def unknown_at(self, address: str) -> tuple[Doubt, ...]:
        """Return the doubts that make the sum of a cell unknown."""
        return tuple(d for d in self.doubts if d.address == address and d.unknown)


class CauseKind(StrEnum):
    """What may have gone wrong with one unit in the parent's table."""

    OMITTED = "omitted"
    TWICE = "counted_twice"
    LAST_YEAR = "last_year"
    COLUMNS = "swapped_columns"
    ROWS = "swapped_rows"
    UNIT = "unit"
    NOT_SENT = "not_sent"


class UnitCause(Frozen):
    """One unit and what was done to its figures; `detail` names the columns or rows swapped."""

    kind: CauseKind
    unit: str
    detail: str = ""


class Explanation(Frozen):
    """Causes that together give the difference of all `cells` exactly."""

    causes: tuple[UnitCause, ...]


class Explained(Frozen):
    """Some differing cells (all, those of a table or of a row) and every explanation found.

    `more` says that there are further ones of the same size; none at all means unexplained.
    """

    scope: str
    cells: tuple[str, ...]
    explanations: tuple[Explanation, ...] = ()
    more: bool = False


class CellDifference(Frozen):
    """The parent's figure and the sum of its units; `partial` where units left the cell blank."""

    address: str
    parent: Decimal
    total: Decimal
    partial: bool = False

    @property
    def difference(self) -> Decimal:
        """Parent minus sum."""
        return self.parent - self.total


class Comparison(Frozen):
    """The parent's own table against the sum of its units."""

    parent: str
    differences: tuple[CellDifference, ...] = ()
    explained: tuple[Explained, ...] = ()
    # Cells that cannot be compared: the parent's own is no number, or units left theirs blank.
    not_compared: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


class RollupResult(Frozen):
    """A roll-up, the report file made of it, and the comparison where one was asked for."""

    rollup: Rollup
    report: AnnualReport
    comparison: Comparison | None = None
    copies: Copies | None = None
    unreadable: Mapping[str, str] = Field(default_factory=dict)

    def notices(self) -> tuple[Notice, ...]:
        """Return what is to be said of the inputs and of the parent's table."""
        return self.rollup.notices + (self.comparison.notices if self.comparison else ())

    def wire(self) -> dict[str, Any]:
        """Return the JSON object `report-writer/rollup/1`."""
        r, c = self.rollup, self.comparison
        return {
            "schema": SCHEMA,
            "year": r.year,
            "form": r.form,
            "contributors": [item.model_dump(mode="json") for item in r.contributors],
            "known": {address: plain(value) for address, value in r.known.items()},
            "doubts": [item.model_dump(mode="json") for item in r.doubts],
            "notices": [item.model_dump(mode="json") for item in self.notices()],
            "unreadable": dict(self.unreadable),
            "comparison": c and _wire_comparison(c),
            "copies": self.copies and self.copies.wire(),
        }


def _wire_comparison(c: Comparison) -> dict[str, Any]:
    return {
        "parent": c.parent,
        "differences": [
            {
                "at": d.address,
                "parent": plain(d.parent),
                "sum": plain(d.total),
                "difference": plain(d.difference),
                "partial": d.partial,
            }
            for d in c.differences
        ],
        "explained": [item.model_dump(mode="json") for item in c.explained],
        "not_compared": list(c.not_compared),
    }
