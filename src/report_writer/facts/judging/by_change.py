"""A change said of the count just before it, whatever words have confirmed that count: “不掌握的9件，比上年下降25%”.

The clause of such a change names nothing of its own. What it follows must be right beyond chance; then the change
is right or wrong with it. And the other way round: “处罚数量有所上升，全年126件” counts what has moved.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from report_writer.domain.findings import Status
from report_writer.domain.units import base_unit
from report_writer.facts.comparing import alike_in_digits
from report_writer.facts.derived.candidates import Derived
from report_writer.facts.expressions import PREVIOUS, Expression, change, total
from report_writer.facts.judging.by_arithmetic import MOVED
from report_writer.facts.judging.derived_values import judge_derived, number_holds, supported
from report_writer.facts.judging.entries import PLANNED, Entry
from report_writer.facts.linking.last_year import is_of_last_year
from report_writer.facts.linking.registered import year_before
from report_writer.facts.sheet import FactSheet, requests
from report_writer.facts.text.claims import ClaimKind
from report_writer.facts.text.movements import FORMER_OR_LATTER, moves_only
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
        derived = _as_change(entry)
        one = FORMER_OR_LATTER.match(item.left)
        left = item.left[one.end() :] if one else item.left
        if derived is None or not moves_only(left, sheet.year) or PLANNED.search(left):
            continue
        if one is not None:
            last = _of_the_two(entries, index, latter=one[1] == "后者")
        else:
            last = _last_count(entries, index, sheet)
        if last is None or last.expression is None:
            continue
        rate = quantity.kind != "count"
        changes = [
            change(now, rate=rate, before=before)
            for now in (last.expression, *_wholes(last.expression))
            if (before := year_before(now, sheet)) is not None
        ]
        trial = replace(derived, expressions=tuple(changes), strong=False)
        judge_derived(sheet, entry, trial)
        if not entry.holds and changes and _is_sure(last, entries):
            judge_derived(sheet, entry, replace(trial, expressions=(changes[0],), strong=True))


def _as_change(entry: Entry) -> Derived | None:
    quantity, derived = entry.item.quantity, entry.derived
    assert quantity is not None
    if quantity.kind == "turn":
        return Derived((), -1 if quantity.unit == HALVED else 1, change=True)
    if quantity.kind not in {"count", "share"}:
        return None
    if derived is not None and derived.change:
        return derived
    moved = MOVED.search(entry.item.before)
    return Derived((), -1 if moved["down"] else 1, change=True) if moved is not None else None


def _last_count(entries: list[Entry], index: int, sheet: FactSheet) -> Entry | None:
    """Return the confirmed count of this year a change follows, over other changes of it."""
    item = entries[index].item
    for other in reversed(entries[:index]):
        quantity = other.item.quantity
        if other.item.start < item.sentence[0] or item.start - other.item.end > _NEAR:
            return None
        if quantity is None:
            continue
        if not other.holds or other.expression is None:
            return None
        if other.expression.function in {"change_count", "change_rate"}:
            continue
        counted = quantity.kind in {"count", "money"} and other.expression.function is None
        past = is_of_last_year(other.item, sheet.year) or any(
            fact.startswith(PREVIOUS) for fact in other.expression.operands
        )
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
    if len(counts) < 2 or not all(
        other.holds and other.expression is not None and other.expression.function is None
        for other in counts
    ):
        return None
    return counts[latter]


def _unit(unit: str) -> str:
    return base_unit(unit)[0]


def _wholes(now: Expression) -> Iterator[Expression]:
    """Yield what a part's change may be said of instead: “收到5件，律所3件，比上年多1件”."""
    table, row, column = (*now.operands[0].split("/"), "", "")[:3]
    if table == "requests":
        if column != "total":
            yield requests(row)
        if "." in row:
            yield requests(row.split(".")[0])
        yield from (requests("received"), requests("disposed"))
    elif table == "remedies":
        yield total(f"remedies/{row}/total")


def _is_sure(last: Entry, entries: list[Entry]) -> bool:
    """Whether a count is confirmed beyond chance: by its size, or by a narrow name among others of its table."""
    quantity, expression = last.item.quantity, last.expression
    if quantity is None or quantity.approximation is not None or quantity.high is not None:
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


# “全年仅1件”: a number that says how many, and nothing of what.
_BARE = re.compile(
    r"(?:(?:全年|本年度?|年内|当年|今年)?(?:总共|一共|共计|合计|总计|仅仅?|只|共|计|为|是|有|达到?|约|发生)*)*\s*$"
)


def confirm_what_moved(sheet: FactSheet, entries: list[Entry]) -> None:
    """Confirm the bare count behind a claim of movement: “复议案件大幅减少，全年仅1件”; accuse a slip of the hand."""
    for claimed, entry in pairwise(entries):
        claim, quantity = claimed.item.claim, entry.item.quantity
        if claim is None or claim.kind is not ClaimKind.TREND or quantity is None:
            continue
        if entry.status is not Status.UNACCOUNTED or quantity.kind != "count":
            continue
        said = claimed.expression
        if said is None or said.function != "change_count" or not _BARE.fullmatch(entry.item.left):
            continue
        if entry.item.start >= claimed.item.sentence[1] or entry.item.end - claimed.item.end > 16:
            continue
        now = Expression(said.terms)
        actual = sheet.evaluate(now)
        if actual is None:
            continue
        if number_holds(sheet, entry.item, now, actual):
            entry.settle(supported(now), now, actual)
        elif alike_in_digits(quantity.amount or Decimal(0), actual):
            entry.settle(Status.CONTRADICTED, now, actual)
