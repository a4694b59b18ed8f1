"""What a check says: findings, mentions and the result object of contract 3."""

from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from pydantic import Field, SkipValidation

from report_writer.domain.cells import CellRef, Frozen

SCHEMA = "report-writer/findings/1"


class Severity(StrEnum):
    """error: wrong · warning: most likely wrong, or forbidden by the form · advice: worth a look."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Cause(StrEnum):
    """Why a number is probably wrong."""

    STALE_YEAR = "stale_year"
    SWAPPED_WITH = "swapped_with"
    WRONG_BASE = "wrong_base"
    UNIT = "unit"
    DIRECTION = "direction"
    SUM = "sum"
    DIFFERENT_SCOPE = "different_scope"


class Status(StrEnum):
    """The one status every number of the text has (design, principle 2)."""

    BOUND = "bound"
    DERIVED = "derived"
    REGISTERED = "registered"
    CONTRADICTED = "contradicted"
    UNACCOUNTED = "unaccounted"
    NOT_A_FIGURE = "not_a_figure"


class Span(Frozen):
    """Characters of a section: `report.sections[section][start:end] == quote`."""

    section: str
    start: int
    end: int
    quote: str


class SectionRef(Frozen):
    """A whole section, for findings about its presence."""

    section: str


Place = Span | CellRef | SectionRef | None


class Finding(Frozen):
    """One thing a reader should look at."""

    code: str
    name: str
    severity: Severity
    message: str
    at: Place = None
    expected: str | None = None
    found: str | None = None
    cells: tuple[str, ...] = ()
    cause: Cause | None = None
    hint: str | None = None
    accepted: str | None = None


class Mention(NamedTuple):
    """A number, or a digit-less claim, as the text writes it, with its status and operands.

    A text has hundreds, all made by the checker itself: no model, which would look each over again.
    """

    section: str
    start: int
    end: int
    quote: str
    status: Status
    facts: tuple[str, ...] = ()
    formula: str | None = None


class NotAssessed(Frozen):
    """A rule that could not look, and why."""

    code: str
    reason: str


class Crash(Frozen):
    """A bug in a rule: neither the user's error nor silence."""

    code: str
    error: str


class RunCount(Frozen):
    """How often a rule held, failed and could not look."""

    held: int = 0
    failed: int = 0
    skipped: int = 0


class CheckResult(Frozen):
    """Everything one check of one input found (contract 3)."""

    input: str
    agency: str
    year: int
    form: str
    cells_read: int = 0
    cells_blank: int = 0
    checks_run: dict[str, RunCount] = Field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    mentions: Annotated[tuple[Mention, ...], SkipValidation] = ()
    not_assessed: tuple[NotAssessed, ...] = ()
    crashes: tuple[Crash, ...] = ()

    def count(self, severity: Severity) -> int:
        """Return how many findings of a severity stand unexplained."""
        return sum(f.severity is severity and f.accepted is None for f in self.findings)

    def flatten(self, *keys: str) -> list[tuple[Any, ...]]:
        """Return one tuple of attributes per finding; `at` comes as text. For tests."""
        return [
            tuple(place_text(f.at) if k == "at" else getattr(f, k) for k in keys)
            for f in self.findings
        ]

    def wire(self) -> dict[str, Any]:
        """Return the JSON object of contract 3."""
        return {
            "schema": SCHEMA,
            "input": self.input,
            "report": {"agency": self.agency, "year": self.year, "form": self.form},
            "cells": {"read": self.cells_read, "blank": self.cells_blank},
            "checks_run": {code: run.model_dump() for code, run in sorted(self.checks_run.items())},
            "findings": [_wire_finding(f) for f in self.findings],
            "mentions": [_wire_mention(m) for m in self.mentions],
            "not_assessed": [n.model_dump() for n in self.not_assessed],
            "crashes": [c.model_dump() for c in self.crashes],
            "summary": {s.value: self.count(s) for s in Severity},
        }


def place_text(at: Place) -> str:
    """Return a place as text: `requests/received/total`, `overview[182:187]`, `overview` or ``."""
    if isinstance(at, Span):
        return f"{at.section}[{at.start}:{at.end}]"
    if isinstance(at, SectionRef):
        return at.section
    return str(at) if at else ""


def _wire_finding(finding: Finding) -> dict[str, Any]:
    data = finding.model_dump(mode="json", exclude={"hint", "accepted"})
    data["at"] = finding.at.model_dump() if finding.at else {}
    data["cells"] = list(finding.cells)
    for optional in ("hint", "accepted"):
        if (value := getattr(finding, optional)) is not None:
            data[optional] = value
    return data


def _wire_mention(mention: Mention) -> dict[str, Any]:
    data = mention._asdict() | {"status": mention.status.value, "facts": list(mention.facts)}
    if mention.formula is None:
        del data["formula"]
    return data
