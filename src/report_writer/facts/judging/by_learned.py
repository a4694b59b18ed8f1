"""Numbers that no list of words explains, by what such words usually mean (`facts.linking.learned`).

A usual meaning confirms a number that agrees with it, or clears one that was held against a meaning its words hardly
bear. It accuses one only where it is all but certain, nobody else states the cell, and nothing in the words speaks of
another body, a part or a gap (`LearnedReader.certain`): “受理信访事项30件” sounds like the requests and is none.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from report_writer.domain.findings import Status
from report_writer.facts.derived.candidates import Derived
from report_writer.facts.derived.comparisons import DOWN, LAST_YEAR, UP
from report_writer.facts.expressions import PREVIOUS, Expression
from report_writer.facts.judging.derived_values import judge_derived, number_holds, supported
from report_writer.facts.judging.entries import PLANNED, Entry
from report_writer.facts.judging.likelihood import more_than_all
from report_writer.facts.linking.learned import (
    FIRST,
    LAST,
    Likely,
    Neighbours,
    class_of,
    number_means,
    usual_meanings,
)
from report_writer.facts.linking.lexicon import OTHER_MATTERS, REQUESTS, VERBS
from report_writer.facts.sheet import FactSheet, requests
from report_writer.facts.text.frames import Item
from report_writer.facts.text.movements import what_moves

# How usual a meaning must be to confirm a number; small ones agree by chance.
_CONFIRMS, _CONFIRMS_SMALL, _SMALL = 0.15, 0.25, 5
# And how usual beside no cell at all.
_AGAINST_NONE = 0.5
# A meaning is taken for another that the words hardly bear.
_CLEARS, _PREFERRED, _HARDLY = 0.2, 0.3, 0.1
# And how sure of a number that agrees with nothing.
_ACCUSES = 0.9
# More than there were requests at all need less.
_BEYOND = 0.6
_LAST_YEARS = re.compile(rf"{LAST_YEAR.pattern}|头年|由|从|原")
_YEAR = re.compile(r"(20\d\d)年")
_NEAR, _LEAD = 16, 40
_MOVED = re.compile(rf"(?P<up>{UP})|(?P<down>{DOWN})")


class _Holds(NamedTuple):
    probability: float
    expression: Expression
    actual: Decimal


class LearnedReader:
    """Asks the model about the entries of one section; what one entry has come to tells of its neighbours."""

    def __init__(self, sheet: FactSheet, entries: list[Entry], text: str) -> None:
        self.sheet, self.entries, self.text = sheet, entries, text
        self._asked: dict[tuple[int, Neighbours], tuple[Likely, ...]] = {}

    def confirm(self) -> None:
        """Confirm open numbers by a usual meaning of their words that holds."""
        for at, entry in enumerate(self.entries):
            if entry.status is not Status.UNACCOUNTED or not _is_exact(entry):
                continue
            if not self._others(entry, None):
                continue
            meanings = self._meanings(at)
            meant = self._holding(at, meanings, _least(entry))
            if meant is None:
                continue
            if meant.probability >= _AGAINST_NONE * _probability(meanings, None):
                _settle(entry, meant)

    def clear(self) -> None:
        """Confirm a number that was held against a meaning its words hardly bear by the usual one, if that holds."""
        self._take(_CLEARS, lambda e: e.status is Status.CONTRADICTED and not _names_outright(e))

    def prefer(self) -> None:
        """Of two cells of one value name the one that is usual; nothing is judged by that any more."""
        self._take(_PREFERRED, lambda e: e.holds and _is_single(e))

    def certain(self) -> Iterator[tuple[Entry, Expression, Decimal]]:
        """Yield the open numbers whose words all but surely mean a cell that no other number states, with its value."""
        for at, entry in enumerate(self.entries):
            if entry.open_count is None or not _is_exact(entry):
                continue
            (expression, probability), *_ = self._meanings(at)
            if expression is None or expression.function is not None:
                continue
            beyond = more_than_all(entry, expression, self.entries, self.sheet)
            if probability < (_BEYOND if beyond else _ACCUSES):
                continue
            actual = self.sheet.evaluate(expression)
            if actual is None or self._stated(expression):
                continue
            if _bears(entry.item, expression, self.sheet.year):
                yield entry, expression, actual

    def _stated(self, expression: Expression) -> bool:
        """Whether another number has been read as this cell, rightly or wrongly."""
        return any(
            e.expression == expression and (e.holds or e.status is Status.CONTRADICTED)
            for e in self.entries
        )

    def _take(self, least: float, asked: Callable[[Entry], bool]) -> None:
        for at, entry in enumerate(self.entries):
            said = entry.expression
            if said is None or said.is_registered or not asked(entry) or not _is_exact(entry):
                continue
            if not self._others(entry, said):
                continue
            meanings = self._meanings(at)
            if _probability(meanings, said) > _HARDLY:
                continue
            meant = self._holding(at, meanings, least)
            if meant is not None and meant.expression != said:
                _settle(entry, meant)

    def _meanings(self, at: int) -> tuple[Likely, ...]:
        item = self.entries[at].item
        around = neighbours(self.entries[max(0, at - 2) : at], self.entries[at + 1 : at + 2])
        if (at, around) not in self._asked:
            self._asked[at, around] = number_means(self.text, item.start, item.end, around)
        return self._asked[at, around]

    def _others(self, entry: Entry, said: Expression | None) -> bool:
        """Whether a number may agree with any usual meaning but `said`; where it cannot, its words need no reading."""
        quantity = entry.item.quantity
        assert quantity is not None
        if quantity.kind not in {"count", "money"}:
            return not entry.holds
        if quantity.approximation is not None:
            return True
        if entry.holds and not quantity.amount:
            return False
        return any(meant != said for meant in _by_value(self.sheet).get(quantity.amount, ()))

    def _holding(self, at: int, meanings: tuple[Likely, ...], least: float) -> _Holds | None:
        """Return the likeliest of the meanings that a number agrees with, if it is likely enough."""
        for expression, probability in meanings:
            if probability < least:
                break
            actual = self.sheet.evaluate(expression) if expression is not None else None
            if expression is None or actual is None:
                continue
            if _agrees(self.entries[at], self.sheet, expression, actual):
                return _Holds(probability, expression, actual)
        return None


def _probability(meanings: tuple[Likely, ...], said: Expression | None) -> float:
    return next((m.probability for m in meanings if m.expression == said), 0.0)


@cache
def _comparable() -> tuple[tuple[tuple[Expression, str], ...], tuple[Expression, ...]]:
    """Return the usual meanings that are one cell, with it, and the other sums and changes."""
    usual = [meant for meant in usual_meanings() if meant.function in {None, "change_count"}]
    cells = tuple((meant, meant.operands[0]) for meant in usual if meant.is_plain)
    return cells, tuple(meant for meant in usual if not meant.is_plain)


@lru_cache(maxsize=4)
def _by_value(sheet: FactSheet) -> dict[Decimal | None, list[Expression]]:
    """Return the usual meanings that have a value, by it; of a change, by how much it is."""
    found: dict[Decimal | None, list[Expression]] = {}
    cells, others = _comparable()
    for meant, cell in cells:
        if (value := sheet.value(cell)) is not None:
            found.setdefault(abs(value), []).append(meant)
    for meant in others:
        if (value := sheet.evaluate(meant)) is not None:
            found.setdefault(abs(value), []).append(meant)
    return found


def neighbours(before: list[Entry], after: list[Entry]) -> Neighbours:
    """Return what the entries around have come to mean, rightly or wrongly."""
    known = [FIRST, FIRST, *map(_class_of, before)]
    return Neighbours(known[-2], known[-1], _class_of(after[0]) if after else LAST)


def _class_of(entry: Entry) -> str:
    decided = entry.holds or entry.status is Status.CONTRADICTED
    return class_of(entry.expression if decided else None)


def _least(entry: Entry) -> float:
    quantity = entry.item.quantity
    small = quantity is not None and (quantity.amount or 0) < _SMALL
    return _CONFIRMS_SMALL if small else _CONFIRMS


def _is_single(entry: Entry) -> bool:
    return entry.expression is not None and len(entry.expression.terms) == 1


def _names_outright(entry: Entry) -> bool:
    """Whether the form's own word for the cell it was held against stands right at a number: “不予公开4件”."""
    found = REQUESTS.matches(entry.item.before)
    said = entry.expression
    made = {m[2] for m in VERBS.matches(entry.item.before)}
    if len(made) == 1 and said is not None and said.operands[0].endswith(f"/{min(made)}"):
        # NOTE: “废止行政规范性文件12件”: the verb names the column.
        return True
    if not found or said is None or said.function is not None:
        return False
    _, end, row, firm = found[-1]
    return firm and end == len(entry.item.before) and requests(row) == said


def _is_exact(entry: Entry) -> bool:
    quantity, item = entry.item.quantity, entry.item
    if quantity is None or quantity.value is None or quantity.high is not None:
        return False
    # NOTE: in “甲、乙分别为1件、2件” the words beside a number name another one.
    return not item.respective and not PLANNED.search(item.left)


def _settle(entry: Entry, meant: _Holds) -> None:
    status = Status.DERIVED if meant.expression.function else supported(meant.expression)
    entry.settle(status, meant.expression, meant.actual)


def _agrees(entry: Entry, sheet: FactSheet, expression: Expression, actual: Decimal) -> bool:
    """Whether a number agrees with a meaning in value, and then whether its own words leave room for it."""
    held = _holds_in_value(entry, sheet, expression, actual)
    return held and _bears(entry.item, expression, sheet.year)


def _holds_in_value(
    entry: Entry, sheet: FactSheet, expression: Expression, actual: Decimal
) -> bool:
    quantity, item = entry.item.quantity, entry.item
    assert quantity is not None
    if expression.function is None:
        return quantity.kind in {"count", "money"} and number_holds(sheet, item, expression, actual)
    change = expression.function.startswith("change")
    moved = [m for m in _MOVED.finditer(item.left[-_NEAR:])] if change else []
    if change and not moved:
        return False
    sign = -1 if moved and moved[-1]["down"] else 1
    tried = Entry(item)
    judge_derived(sheet, tried, Derived((expression,), sign, strong=False, change=change))
    return tried.holds


def _bears(item: Item, expression: Expression, year: int) -> bool:
    """Whether nothing a number's own words say plainly speaks against a meaning: its year, a change, other matters."""
    change = expression.function is not None and expression.function.startswith("change")
    if not change and what_moves(item.left) is not None:
        return False
    named = {int(found) for found in _YEAR.findall(item.left[-_NEAR:])}
    past = expression.function is None and all(f.startswith(PREVIOUS) for f in expression.operands)
    before = item.lead[-_LEAD:]
    if past and not (_LAST_YEARS.search(before) or f"{year - 1}年" in before):
        # NOTE: last year's value in this year's place is an error of its own.
        return False
    if named and not change and (year - 1 if past else year) not in named:
        return False
    of_requests = any("requests/" in fact for fact in expression.operands)
    return not (of_requests and OTHER_MATTERS.search(item.left))
