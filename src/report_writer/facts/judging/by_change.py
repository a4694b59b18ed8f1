"""A change said of the count just before it, whatever words have confirmed that count: “不掌握的9件，比上年下降25%”.

The clause of such a change names nothing of its own. What it follows must be right beyond chance; then the change
is right or wrong with it. And the other way round: “处罚数量有所上升，全年126件” counts what has moved.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import pairwise

from report_writer.domain.findings import Status
from report_writer.domain.units import base_unit
from report_writer.facts.comparing import alike_in_digits
from report_writer.facts.derived.candidates import Derived
from report_writer.facts.expressions import PREVIOUS, Expression, change, share
from report_writer.facts.judging.by_arithmetic import MOVED
from report_writer.facts.judging.derived_values import judge_derived, number_holds, supported
from report_writer.facts.judging.entries import PLANNED, Entry
from report_writer.facts.linking.last_year import has_moved, is_of_last_year
from report_writer.facts.linking.registered import year_before
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.claims import ClaimKind
from report_writer.facts.text.frames import Item
from report_writer.facts.text.movements import (
    FORMER_OR_LATTER,
    TIMES_LAST_YEAR,
    moves_only,
    says_how_many,
)
from report_writer.facts.text.quantities import HALVED

_NEAR, _AROUND, _COMPANY = 26, 120, 2
# Met by chance below.
_DISTINCT = 10
_VAGUE_ROWS = frozenset({"received", "disposed", "handled", "worked_on", "carried_forward"})


def judge_changes_of_last(sheet: FactSheet, entries: list[Entry]) -> None:
    """Confirm or accuse the open changes that are said of the count just before them."""
    for index, entry in enumerate(entries):
        quantity, item = entry.item.quantity, entry.item
        if entry.status is not Status.UNACCOUNTED or quantity is None or quantity.value is None:
            continue
        derived = _as_change(entries, index)
        nearest, last = _last_count(entries, index, sheet), _subject(entries, index, sheet)
        if last is None or last.expression is None:
            continue
        if derived is None or PLANNED.search(item.left):
            continue
        formed = (
            _times
            if quantity.kind == "multiple"
            else partial(change, rate=quantity.kind != "count")
        )
        others = _wholes(last.expression, entries[:index], item) if last is nearest else ()
        changes = [
            formed(now, before=before)
            for now in (last.expression, *others)
            if (before := year_before(now, sheet)) is not None
        ]
        trial = replace(derived, expressions=tuple(changes), strong=False)
        judge_derived(sheet, entry, trial)
        if not entry.holds and changes and _is_sure(last, entries):
            judge_derived(sheet, entry, replace(trial, expressions=(changes[0],), strong=True))


def _times(now: Expression, *, before: Expression) -> Expression:
    return share(now, before)


def _subject(entries: list[Entry], index: int, sheet: FactSheet) -> Entry | None:
    """Return the confirmed count an open change is said of: the last, one of two, or its own in a list."""
    item = entries[index].item
    partner = _in_its_place(entries, index, sheet)
    if partner is not None:
        return partner
    one = FORMER_OR_LATTER.match(item.left)
    if one is not None:
        plain = moves_only(item.left[one.end() :], sheet.year)
        return _of_the_two(entries, index, latter=one[1] == "后者") if plain else None
    if item.quantity is not None and item.quantity.kind == "multiple":
        return _last_count(entries, index, sheet) if TIMES_LAST_YEAR.fullmatch(item.left) else None
    if not moves_only(item.left, sheet.year) or _IN_TURN.search(item.left):
        return None
    if _ALL_OF_THEM.search(item.left):
        return _the_whole(entries, index, sheet)
    return _last_count(entries, index, sheet)


_ALL_OF_THEM = re.compile(r"总[量数]|合计|总共|总体")


def _the_whole(entries: list[Entry], index: int, sheet: FactSheet) -> Entry | None:
    """Return the count the sentence opens with, where all counted since are parts of it."""
    item = entries[index].item
    begin, previous = item.sentence[0], item.previous
    if previous is not None and previous.end + 1 == begin:
        # NOTE: “复议10件，维持7件、纠正2件；与上年相比，总数增加2件”
        begin = previous.sentence[0]
    counts = [
        other
        for other in entries[:index]
        if other.item.start >= begin and other.item.quantity is not None and _counted(other)
    ]
    counts = [other for other in counts if not is_of_last_year(other.item, sheet.year)]
    head = counts[0] if counts else None
    parts = all((head.actual or 0) >= (other.actual or 0) for other in counts) if head else False
    return head if parts else None


_JOINTS = frozenset("、和与及")
_IN_TURN = re.compile(r"分别|依次|各")


def _in_its_place(entries: list[Entry], index: int, sheet: FactSheet) -> Entry | None:
    """Return the count in the place of a change: “分别达164条、248则，增幅为25.2%、24%”."""
    run = [index]
    while run[0] and _goes_on(entries[run[0] - 1], entries[run[0]]):
        run.insert(0, run[0] - 1)
    while run[-1] + 1 < len(entries) and _goes_on(entries[run[-1]], entries[run[-1] + 1]):
        run.append(run[-1] + 1)
    first = entries[run[0]].item
    if len(run) < 2 or MOVED.search(first.before) is None:
        return None
    counts = [
        other
        for other in entries[: run[0]]
        if other.item.start >= first.sentence[0]
        and other.item.quantity is not None
        and other.item.quantity.kind in {"count", "money"}
        and not is_of_last_year(other.item, sheet.year)
        and not _is_past(other)
    ]
    if len(counts) != len(run) or not all(_counted(other) for other in counts):
        return None
    return counts[run.index(index)]


def _goes_on(one: Entry, other: Entry) -> bool:
    """Whether two numbers stand side by side in a list of changes, the second without words of its own."""
    left, right = one.item, other.item
    if left.quantity is None or right.quantity is None or left.quantity.kind != right.quantity.kind:
        return False
    return right.start - left.end == 1 and right.lead[-1:] in _JOINTS


def _is_past(entry: Entry) -> bool:
    said = entry.expression
    return said is not None and any(fact.startswith(PREVIOUS) for fact in said.operands)


def _counted(entry: Entry) -> bool:
    return entry.holds and entry.expression is not None and entry.expression.function is None


def _as_change(entries: list[Entry], index: int) -> Derived | None:
    entry = entries[index]
    quantity, derived = entry.item.quantity, entry.derived
    assert quantity is not None
    if quantity.kind == "turn":
        return Derived((), -1 if quantity.unit == HALVED else 1, change=True)
    if quantity.kind == "multiple":
        return Derived(())
    if quantity.kind not in {"count", "share"}:
        return None
    if derived is not None and derived.change:
        return derived
    while index and _goes_on(entries[index - 1], entries[index]):
        index -= 1
    moved = MOVED.search(entries[index].item.before)
    return Derived((), -1 if moved["down"] else 1, change=True) if moved is not None else None


def _last_count(entries: list[Entry], index: int, sheet: FactSheet) -> Entry | None:
    """Return the confirmed count of this year a change follows, over other changes of it."""
    item = entries[index].item
    for other in reversed(entries[:index]):
        quantity = other.item.quantity
        if other.item.start < item.sentence[0] or item.start - other.item.end > _NEAR:
            return None
        if quantity is None:
            claim = other.item.claim
            if claim is not None and claim.kind is ClaimKind.ZERO and _counted(other):
                return other
            continue
        if not other.holds or other.expression is None:
            return None
        if other.expression.function in {"change_count", "change_rate"}:
            continue
        counted = quantity.kind in {"count", "money"} and other.expression.function is None
        past = is_of_last_year(other.item, sheet.year) or _is_past(other)
        if not counted or past or other.item.respective:
            return None
        mine = entries[index].item.quantity
        same = mine is None or mine.kind != "count" or _unit(mine.unit) == _unit(quantity.unit)
        return other if same else None
    return None


def _of_the_two(entries: list[Entry], index: int, *, latter: bool) -> Entry | None:
    """Return the one of the two counts before that 前者 or 后者 means."""
    item = entries[index].item
    counts = [
        other
        for other in entries[:index]
        if other.item.start >= item.sentence[0]
        and other.item.quantity is not None
        and other.item.quantity.kind == "count"
        and not FORMER_OR_LATTER.match(other.item.left)
    ][-2:]
    if len(counts) < 2 or not all(map(_counted, counts)):
        return None
    return counts[latter]


def _unit(unit: str) -> str:
    return base_unit(unit)[0]


def _wholes(now: Expression, before: list[Entry], item: Item) -> Iterator[Expression]:
    """Yield what a part's change may be said of instead: “收到5件，律所3件，比上年多1件”."""
    for other in before:
        said = other.expression
        if other.item.start < item.sentence[0] or not _counted(other) or said is None:
            continue
        if said != now and not _is_past(other):
            yield said


def _is_sure(last: Entry, entries: list[Entry]) -> bool:
    """Whether a count is confirmed beyond chance: by its size, or by a narrow name among others of its table."""
    quantity, expression = last.item.quantity, last.expression
    if quantity is None:
        return True
    if quantity.approximation is not None or quantity.high is not None:
        return False
    if expression is None or not last.actual:
        return False
    if last.actual >= _DISTINCT:
        return True
    table, row = (*expression.operands[0].split("/"), "")[:2]
    company = sum(
        other.holds
        and abs(other.item.start - last.item.start) <= _AROUND
        and any(fact.startswith(table + "/") for fact in other.facts)
        for other in entries
        if other is not last
    )
    return company >= (_COMPANY if row in _VAGUE_ROWS else 1)


def _settle_pair(sheet: FactSheet, said: Expression, before: Entry, now: Entry) -> None:
    """“律所的明显增多，由2件增至8件”: both numbers are of what has moved."""
    for entry, expression in ((before, Expression(said.base)), (now, Expression(said.terms))):
        actual = sheet.evaluate(expression)
        if actual is None or not number_holds(sheet, entry.item, expression, actual):
            return
    for entry, expression in ((before, Expression(said.base)), (now, Expression(said.terms))):
        actual = sheet.evaluate(expression)
        if actual is not None and entry.status is Status.UNACCOUNTED:
            entry.settle(supported(expression), expression, actual)


def confirm_what_moved(sheet: FactSheet, entries: list[Entry]) -> None:
    """Confirm the bare count behind a claim of movement: “复议案件大幅减少，全年仅1件”; accuse a slip of the hand."""
    for claimed, entry in pairwise(entries):
        claim, quantity = claimed.item.claim, entry.item.quantity
        if claim is None or claim.kind is not ClaimKind.TREND or quantity is None:
            continue
        if entry.status is not Status.UNACCOUNTED or quantity.kind != "count":
            continue
        said = claimed.expression
        now = entry.item.following
        if said is not None and said.function == "change_count" and now is not None:
            after = next((e for e in entries if e.item is now), None)
            if after is not None and now.quantity is not None and has_moved(entry.item, now):
                _settle_pair(sheet, said, entry, after)
                continue
        if said is None or said.function != "change_count" or not says_how_many(entry.item.left):
            continue
        if entry.item.start >= claimed.item.sentence[1] or entry.item.end - claimed.item.end > 16:
            continue
        moved = Expression(said.terms)
        actual = sheet.evaluate(moved)
        if actual is None:
            continue
        if number_holds(sheet, entry.item, moved, actual):
            entry.settle(supported(moved), moved, actual)
        elif alike_in_digits(quantity.amount or Decimal(0), actual):
            entry.settle(Status.CONTRADICTED, moved, actual)
