"""A total and its parts, as a text writes them, and which numbers can be either."""

from dataclasses import dataclass
from decimal import Decimal

from report_writer.domain.units import base_unit, compatible
from report_writer.facts.comparing import judge
from report_writer.facts.text.frames import Item
from report_writer.facts.text.quantities import Approximation


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total and its parts. `complete`: the text promises that the parts are all of it."""

    whole: Item
    parts: tuple[Item, ...]
    complete: bool
    # A part is only a lower bound (100余条): the list can exceed its total, never miss it.
    loose: bool = False
    # The text says in words of their own that there is nothing else.
    closed: bool = False
    # Three kinds that miss next to nothing: complete where the total is vouched for.
    nearly: bool = False

    @property
    def sum(self) -> Decimal:
        """What the parts add up to."""
        return sum((value(part) for part in self.parts), Decimal(0))

    @property
    def right(self) -> bool:
        """Whether the parts add up to the total, or to what a total like 近90条 allows."""
        quantity = self.whole.quantity
        if quantity is not None and quantity.approximation is not None:
            return not self.loose and judge(quantity, self.sum).holds
        return self.sum == value(self.whole)

    @property
    def wrong(self) -> bool:
        """Whether the parts miss a total they promise, or exceed it."""
        stated, quantity = value(self.whole), self.whole.quantity
        if quantity is not None and quantity.approximation is not None:
            return self.complete and not self.loose and not judge(quantity, self.sum).holds
        return self.sum != stated if self.complete and not self.loose else self.sum > stated


def value(item: Item) -> Decimal:
    """Return the amount a summand writes."""
    quantity = item.quantity
    assert quantity is not None
    amount = quantity.amount
    assert amount is not None
    return amount


def is_countable(item: Item) -> bool:
    """Whether an item is an exact count."""
    quantity = item.quantity
    return (
        quantity is not None
        and quantity.kind == "count"
        and quantity.value is not None
        and quantity.approximation is None
        and quantity.high is None
    )


def is_rounded(item: Item) -> bool:
    """Whether an item is a total like 240余条: its parts must add up to what 余 allows."""
    quantity = item.quantity
    return (
        is_approximate(item)
        and quantity is not None
        and quantity.approximation is Approximation.OVER
    )


def is_approximate(item: Item) -> bool:
    """Whether an item is a total like 近90条: behind its parts it must be what they come near to."""
    quantity = item.quantity
    return (
        quantity is not None
        and quantity.kind == "count"
        and quantity.value is not None
        and quantity.high is None
        and quantity.approximation is not None
        and base_unit(quantity.unit)[1] == 1
    )


_LOWER_BOUNDS = frozenset({Approximation.OVER, Approximation.ABOVE, Approximation.AT_LEAST})


def is_loose(item: Item) -> bool:
    """Whether an item is only a lower bound: 100余条."""
    return item.quantity is not None and item.quantity.approximation in _LOWER_BOUNDS


_COUNTED_ALIKE = frozenset({"件", "条", "篇", "则", "份", "例", "起", "宗", "条次", "篇次", "件次"})


def counts_alike(whole: Item, part: Item) -> bool:
    """Whether two numbers surely count the same kind of thing (3次 is no total of 15个部门)."""
    assert whole.quantity is not None and part.quantity is not None
    units = {base_unit(whole.quantity.unit)[0], base_unit(part.quantity.unit)[0]}
    return len(units) == 1 or units <= _COUNTED_ALIKE


def may_be_part(whole: Item, part: Item) -> bool:
    """Whether an item may be a summand of another: a count, exact or a lower bound, in a unit like its."""
    if not is_countable(part) and not (
        is_loose(part) and part.quantity and part.quantity.value is not None
    ):
        return False
    assert whole.quantity is not None and part.quantity is not None
    return compatible(whole.quantity.unit, part.quantity.unit)
