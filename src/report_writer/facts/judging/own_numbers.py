"""A change against the two numbers the text itself gives: “148条，比2021年的120条减少28条”, whatever is registered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from report_writer.domain.findings import Status
from report_writer.domain.units import base_unit
from report_writer.facts.comparing import judge_share
from report_writer.facts.derived.comparisons import DOWN, UP
from report_writer.facts.expressions import PREVIOUS, a_year_later
from report_writer.facts.judging.by_arithmetic import MOVED
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.last_year import has_moved, is_of_last_year
from report_writer.facts.sheet import FactSheet

_BESIDE = 24
# Between the two numbers nothing else may be named, and the change must be from the one to the other.
_PLAINLY = re.compile(
    r"[，、（(]*(?:而|则)?(?:[较比与和同]|对比|相比)?(?:(?:上(?:一)?年|去年|20\d\d年)(?:度)?(?:同期)?)?(?:的|为|是|有|则|仅|只有)*|(?:[由从]?(?:增|减|升|降|扩|缩|变|下降|上升|提高|减少|增加)\S{0,2}[至到为]|[至到])"
)
_OTHERWISE = re.compile(r"前年|前一年|往年|[年期]初|月|季|其中|另")
# “从30件加到36件，一年间增长”: behind the way from the one to the other nothing but how long it took.
_AT_ONCE = re.compile(
    rf"[，、（(]?(?:一年(?:间|来|内|里|下来|之间|之内)|年内|前后|净)?(?:{UP}|{DOWN})(?:了|率|幅|为|达)*"
)


@dataclass(frozen=True, slots=True)
class OwnChange:
    """A change that its own two numbers do not give; `true` is what they do, negative for less."""

    entry: Entry
    now: Entry
    before: Entry
    true: Decimal


def wrong_changes(entries: list[Entry], year: int) -> Iterator[OwnChange]:
    """Yield the changes nothing else has judged whose two numbers stand right before them."""
    numbers = [e for e in entries if e.item.quantity is not None]
    for index in range(2, len(numbers)):
        first, second, entry = numbers[index - 2 : index + 1]
        moved, quantity = MOVED.search(entry.item.before), entry.item.quantity
        if entry.status is not Status.UNACCOUNTED or moved is None or quantity is None:
            continue
        pair = _two_years(first, second, entry, year)
        if pair is None or quantity.approximation is not None or quantity.amount is None:
            continue
        now, before = (_amount(e) for e in pair)
        way = -1 if moved["down"] else 1
        true = now - before
        if quantity.kind == "count" and quantity.unit:
            wrong = (
                base_unit(quantity.unit)[0] == pair[0].item.unit and quantity.amount != true * way
            )
        else:
            wrong = quantity.kind == "share" and before > 0
            wrong = wrong and (
                true * way <= 0 or not judge_share(quantity, true * way / before).holds
            )
        if wrong:
            yield OwnChange(entry, *pair, true)


_THAN = re.compile(
    r"(?:(?P<up>[多高大]于|超[过出]|[多高]过)|(?P<down>[少低小]于|不及|不到|少过))(?:上(?:一)?年|去年|20\d\d年)(?:度)?(?:同期)?(?:的)?\s*$"
)


def turned_comparisons(entries: list[Entry], sheet: FactSheet) -> Iterator[tuple[Entry, Decimal]]:
    """Yield last year's numbers that this year's are said to exceed, or not to reach, with the true change."""
    for entry in entries:
        said = _THAN.search(entry.item.before) if entry.item.quantity is not None else None
        before = entry.expression
        if said is None or not entry.holds or before is None or before.function is not None:
            continue
        if not all(fact.startswith(PREVIOUS) for fact in before.operands) or entry.actual is None:
            continue
        now = sheet.evaluate(a_year_later(before))
        if now is not None and (now <= entry.actual if said["up"] else now >= entry.actual):
            yield entry, now - entry.actual


def _two_years(first: Entry, second: Entry, entry: Entry, year: int) -> tuple[Entry, Entry] | None:
    """Return this year's and last year's number before a change, or None where it is not plain which is which."""
    run = (first, second, entry)
    if any(b.item.start - a.item.end > _BESIDE for a, b in pairwise(run)):
        return None
    if len({e.item.sentence for e in run}) > 1 or first.item.unit != second.item.unit:
        return None
    for number in (first, second):
        quantity = number.item.quantity
        if quantity is None or quantity.kind != "count" or quantity.approximation is not None:
            return None
        if (
            number.status is Status.CONTRADICTED
            or quantity.amount is None
            or quantity.high is not None
        ):
            return None
    at_once = second.item.end - entry.item.start + len(entry.item.lead)
    if has_moved(first.item, second.item) and _AT_ONCE.fullmatch(entry.item.lead[at_once:].strip()):
        return second, first
    between = first.item.end - second.item.start + len(second.item.lead)
    if _OTHERWISE.search(entry.item.before) or not _PLAINLY.fullmatch(second.item.lead[between:]):
        return None
    past = [is_of_last_year(e.item, year) for e in (first, second)]
    if past[0] == past[1]:
        return None
    return (second, first) if past[0] else (first, second)


def _amount(entry: Entry) -> Decimal:
    quantity = entry.item.quantity
    assert quantity is not None and quantity.amount is not None
    return quantity.amount
