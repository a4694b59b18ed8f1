"""How a rule is written.

    @check("TAB201", "table.reconciliation", severity=Severity.ERROR)
    def reconciliation(rule: Check, context: CheckContext) -> Iterator[Outcome]:
        '''勾稽关系不成立。

        Why: …  Bad: …  Good: …'''

A rule yields `rule.fail(…)`, `HELD` or `Skipped(reason)`; it never prints, opens a file or raises
for the user's mistake. The docstring is the documentation.
"""

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from report_writer._discovery import import_all
from report_writer.domain.cells import CellKind
from report_writer.domain.copies import Copy
from report_writer.domain.findings import Cause, Finding, Place, Severity
from report_writer.domain.report import AnnualReport
from report_writer.facts.reading import Reading, read_report
from report_writer.facts.sheet import FactSheet
from report_writer.forms import FORMS, Form


@dataclass(frozen=True, slots=True)
class Held:
    """The rule looked, so many times, and found nothing wrong."""

    times: int = 1


@dataclass(frozen=True, slots=True)
class Skipped:
    """The rule could not look; never a silent pass."""

    reason: str


HELD = Held()
Outcome = Finding | Held | Skipped


class CheckContext:
    """What a rule may look at: the report, its form, the fact sheet, and the prose as read.

    `copies` are its paragraphs that other reports of a batch have too; None outside a batch.
    """

    def __init__(
        self,
        report: AnnualReport,
        sheet: FactSheet | None = None,
        copies: tuple[Copy, ...] | None = None,
    ) -> None:
        self.report = report
        self.copies = copies
        self.form: Form = FORMS[report.form]
        self.sheet = sheet or FactSheet(report)

    def cells_of(self, kind: CellKind) -> tuple[str, ...]:
        """Return the addresses of the cells that hold no number but `kind`, in the order of the form."""
        return tuple(self._by_kind.get(kind, ()))

    @cached_property
    def _by_kind(self) -> dict[CellKind, list[str]]:
        found: dict[CellKind, list[str]] = {}
        cells = self.report.tables.cells if self.report.tables else {}
        kinds = [cell.kind for cell in cells.values()]
        if kinds.count(CellKind.NUMBER) < len(kinds):
            for address, kind in zip(cells, kinds, strict=True):
                if kind is not CellKind.NUMBER:
                    found.setdefault(kind, []).append(address)
        return found

    @cached_property
    def reading(self) -> Reading:
        """Every mention of the prose with its verdict; read once for all rules."""
        return read_report(self.sheet)


RuleFunction = Callable[["Check", CheckContext], Iterator[Outcome]]


@dataclass(frozen=True)
class Check:
    """A rule: code, readable name, severity, the forms it is for, and its function."""

    code: str
    name: str
    severity: Severity
    function: RuleFunction
    forms: frozenset[str] | None = None

    def fail(
        self, at: Place, message: str, *, severity: Severity | None = None, **rest: Any
    ) -> Finding:
        """Return a finding of this rule at a place; `rest` are further fields of `Finding`."""
        return Finding(
            code=self.code,
            name=self.name,
            severity=severity or self.severity,
            message=message,
            at=at,
            **rest,
        )

    @property
    def documentation(self) -> str:
        """The docstring of the rule, cleaned of its indentation."""
        lines = (self.function.__doc__ or "").splitlines()
        return "\n".join(line.strip() for line in lines).strip()


_REGISTRY: dict[str, Check] = {}
# Codes are never reused; a retired one names its successor and the reason.
RETIRED: MappingProxyType[str, tuple[str, str]] = MappingProxyType({})


def check(
    code: str, name: str, *, severity: Severity, forms: frozenset[str] | None = None
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a rule. `forms` names the forms it is for; None means every form."""

    def register(function: RuleFunction) -> RuleFunction:
        if code in _REGISTRY or code in RETIRED:
            raise ValueError(f"rule code used twice: {code}")
        _REGISTRY[code] = Check(code, name, severity, function, forms)
        return function

    return register


def all_checks() -> list[Check]:
    """Return every rule in code order."""
    if not _REGISTRY:
        for family in ("tab", "num", "sec", "fee", "dup"):
            import_all(importlib.import_module(f"report_writer.checks.{family}"))
    return [_REGISTRY[code] for code in sorted(_REGISTRY)]


__all__ = [
    "HELD",
    "Cause",
    "Check",
    "CheckContext",
    "Held",
    "Outcome",
    "Skipped",
    "all_checks",
    "check",
]
