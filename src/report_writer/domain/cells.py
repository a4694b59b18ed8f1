"""One figure of a table, and where it was read.

Blank, 0 and "/" are three different things (contract 1): a blank is unknown, "/" means the
function does not exist, and neither is ever counted as zero.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Base of all values: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CellKind(StrEnum):
    """What stands in a cell."""

    NUMBER = "number"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    ILLEGAL = "illegal"


class Provenance(Frozen):
    """Where a cell was read: file, sheet or table, place (`C5`, `第3页`, `第12行`) and raw text."""

    file: str = ""
    sheet: str = ""
    place: str = ""
    raw: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.file, self.sheet, self.place) if part)


class Cell(Frozen):
    """A table cell. `value` is set for numbers only; `raw` keeps what an illegal cell held.

    `remark` records how a doubtful but readable text was understood (“１２”按12读取).
    """

    kind: CellKind
    value: Decimal | None = None
    raw: str | None = None
    remark: str | None = None
    origin: Provenance | None = None

    @classmethod
    def number(
        cls,
        value: int | Decimal | str,
        *,
        remark: str | None = None,
        origin: Provenance | None = None,
    ) -> "Cell":
        """Return a cell that holds a number."""
        return cls(kind=CellKind.NUMBER, value=Decimal(value), remark=remark, origin=origin)

    @classmethod
    def illegal(cls, raw: object, *, origin: Provenance | None = None) -> "Cell":
        """Return a cell that holds something no cell of the form may hold."""
        return cls(kind=CellKind.ILLEGAL, raw=str(raw), origin=origin)

    @property
    def text(self) -> str:
        """The cell as printed in a table; a blank is the empty string."""
        if self.kind is CellKind.NUMBER and self.value is not None:
            return plain(self.value)
        return {CellKind.BLANK: "", CellKind.NOT_APPLICABLE: "/"}.get(self.kind, self.raw or "")

    @property
    def printed(self) -> str:
        """The cell as a document prints it: a blank is visible and reads back as one."""
        return self.text or BLANK_MARK if self.kind is CellKind.BLANK else self.text


# A missing value must be seen in a printed table, and never be taken for 0.
BLANK_MARK = "〔未填〕"
BLANK = Cell(kind=CellKind.BLANK)
NOT_APPLICABLE = Cell(kind=CellKind.NOT_APPLICABLE)


class CellRef(Frozen):
    """The address of a cell, written `requests/withheld.state_secret/total`."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return f"{self.table}/{self.row}/{self.column}"

    @classmethod
    def parse(cls, address: str) -> "CellRef":
        """Return the reference for a written address; ValueError where it has not three parts."""
        table, row, column = address.split("/")
        return cls(table=table, row=row, column=column)


class Tables(Frozen):
    """The figures of one year: address → cell, complete for the form (missing cells are blank)."""

    cells: Mapping[str, Cell]

    def __getitem__(self, address: str) -> Cell:
        return self.cells[address]

    def value(self, address: str) -> Decimal | None:
        """Return the number at an address, or None where there is none."""
        return self.cells[address].value


def plain(value: Decimal) -> str:
    """Return a decimal without exponent and without trailing zeros: 3.50 → 3.5, 1E+3 → 1000."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
