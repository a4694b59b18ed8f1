"""An item of the text with what was made of it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from report_writer.domain.findings import Status
from report_writer.facts.derived.averages import Gap
from report_writer.facts.derived.candidates import Derived
from report_writer.facts.expressions import Expression
from report_writer.facts.text.frames import Item
from report_writer.facts.text.quantities import Quantity
from report_writer.facts.text.screening import compiled

SUPPORTED = frozenset({Status.BOUND, Status.DERIVED, Status.REGISTERED})
INTERNAL_SUM = "internal:sum"
# What is hoped for is held against nothing.
PLANNED = compiled(r"力争|争取|预计|预期|有望|(?<![按依如照])计划(?!生育|[内外中项])|明年|下一步")


class Named(NamedTuple):
    """The cells a count's own words may mean, whatever else the text has come to.

    `requests` and, behind a confirmed receipt, `applicants` only where requests are counted.
    """

    elsewhere: tuple[Expression, ...] = ()
    requests: tuple[Expression, ...] = ()
    applicants: tuple[Expression, ...] = ()


@dataclass(slots=True, eq=False)
class Entry:
    """An item with status, operands and true value; `status` None: not listed as a mention."""

    item: Item
    status: Status | None = None
    facts: tuple[str, ...] = ()
    formula: str | None = None
    expression: Expression | None = None
    actual: Decimal | None = None
    derived: Derived | None = None
    gap: Gap | None = None
    # Read from the text once, when first asked for.
    named: Named | None = None
    # Whether the words around a count say that requests are counted; looked for once, like these.
    asked: bool | None = None

    @property
    def holds(self) -> bool:
        """Whether the text is confirmed here."""
        return self.status in SUPPORTED

    @property
    def open_count(self) -> Quantity | None:
        """The quantity of a count written exactly that nothing has explained yet, else None."""
        quantity = self.item.quantity
        if self.status is not Status.UNACCOUNTED or quantity is None or not quantity.amount:
            return None
        exact = quantity.approximation is None and not quantity.high
        return quantity if quantity.kind == "count" and exact else None

    @property
    def open_share(self) -> Quantity | None:
        """The quantity of a share that nothing has explained yet, else None."""
        quantity = self.item.quantity
        if self.status is not Status.UNACCOUNTED or quantity is None:
            return None
        return quantity if quantity.kind == "share" else None

    @property
    def is_of_a_count(self) -> bool:
        """Whether a share has not been read as a movement or a gap."""
        return self.gap is None and (self.derived is None or not self.derived.change)

    def settle(self, status: Status, expression: Expression, actual: Decimal) -> None:
        """Write down a verdict with the formula it rests on."""
        self.status, self.expression, self.actual = status, expression, actual
        self.facts = expression.operands
        self.formula = None if expression.is_plain else str(expression)

    def release(self) -> None:
        """Leave the number unaccounted for."""
        self.status, self.facts, self.formula = Status.UNACCOUNTED, (), None
