"""A fact: a figure with meaning. Built once by `facts.sheet`, read by everyone else."""

from decimal import Decimal
from enum import StrEnum

from report_writer.domain.cells import Frozen, plain
from report_writer.domain.report import Scope


class FactKind(StrEnum):
    """Where a fact comes from."""

    CELL = "cell"
    DERIVED = "derived"
    REGISTERED = "registered"


class Fact(Frozen):
    """A value with label, unit, scope, source cells and formula.

    `id` is the cell address (`requests/received/total`, last year's with `previous/` before it),
    `facts/<label>` for a registered one, or the formula itself for a derived one.
    `value` is None where a source cell is blank, "/" or illegal: unknown, never 0.
    Shares and rates are plain ratios (0.25 for 25%), counts and amounts stand in `unit`.
    """

    id: str
    kind: FactKind
    label: str
    value: Decimal | None
    unit: str
    scope: Scope | None = None
    cells: tuple[str, ...] = ()
    formula: str | None = None
    source: str = ""

    @property
    def subject(self) -> str:
        """The label without the unit it may end in: 办理件 counted in 件 is 办理; a label that is the unit stays."""
        return self.label.removesuffix(self.unit) or self.label

    @property
    def text(self) -> str:
        """The value with its unit, as a count is written: 16件."""
        return "" if self.value is None else f"{plain(self.value)}{self.unit}"
