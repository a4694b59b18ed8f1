"""A count that gives the other year's value, where the number beside it gives it away.

“收件20件，同比下降15%” with 17 in the table and 20 in last year's; “由10件升至10件”; “去年402件，今年402件”. A loose name
alone accuses nobody. That the number is by chance what the very cells it may mean held in the other year, and
that the number beside it speaks of the other year too, or gives the change of these cells, is not likely.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from report_writer.domain.findings import Status
from report_writer.domain.units import base_unit
from report_writer.facts.comparing import within
from report_writer.facts.derived.candidates import Derived
from report_writer.facts.expressions import PREVIOUS, Expression, a_year_later, change
from report_writer.facts.judging.by_arithmetic import MOVED
from report_writer.facts.judging.by_loose_counts import options_of
from report_writer.facts.judging.by_year_lists import is_long_past
from report_writer.facts.judging.derived_values import judge_derived
from report_writer.facts.judging.entries import Entry
from report_writer.facts.judging.slips import OF_CASES
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.last_year import has_moved, is_compared, is_of_last_year
from report_writer.facts.linking.lexicon import OTHER_MATTERS
from report_writer.facts.linking.registered import year_before
from report_writer.facts.sheet import FactSheet

# How far the other year's number, or the change, may stand from it.
_BESIDE = 26
# A smaller number is met by chance.
_DISTINCT, _LIKELY = 10, 4
_EARLIER = re.compile(r"上年|去年|上一年|往年|前一年|同期|年初|期初|[由从较比]|20\d\d年[末底]")


def accuse_other_years(sheet: FactSheet, entries: list[Entry], context: Context, text: str) -> None:
    """Accuse counts that give last year's value for this year's, or this year's for last year's."""
    if not sheet.amounts[1]:
        return
    for index, entry in enumerate(entries):
        if not (entry.holds or entry.open_count):
            continue
        past = is_of_last_year(entry.item, context.year)
        if past and entry.holds:
            _accuse_todays(sheet, entries, index, context)
        if not _may_be_the_others(sheet, entries, index, past=past, year=context.year):
            continue
        if is_long_past(entry, text, context.year):
            continue
        own = tuple(_own_subjects(entry, entries[:index], context, text))
        beside = _beside(entries, index)
        for now in dict.fromkeys((*own, *_theirs(beside, context))):
            before = year_before(now, sheet)
            if before is None:
                continue
            said, other = (before, now) if past else (now, before)
            if not past and _told_beside(entries, index, said):
                continue
            actual, others = sheet.evaluate(said), sheet.evaluate(other)
            if actual is None or others is None or actual == others:
                continue
            amount = _amount(entry)
            if amount == actual * _scale(sheet, said):
                # NOTE: right by a reading that others may yet confirm.
                break
            named = not past and now in own
            equal = amount == others * _scale(sheet, other)
            if (
                (
                    named
                    and not OTHER_MATTERS.search(entry.item.left)
                    and within(actual, amount, _LIKELY)
                    and _has_moved(sheet, beside, entry, now)
                )
                or (equal and _has_twin(entry, entries, index, past=past, year=context.year))
                or (equal and named and _by_no_chance(entry, others))
            ):
                entry.settle(Status.CONTRADICTED, said, actual)
                break


def _told_beside(entries: list[Entry], index: int, said: Expression) -> bool:
    """Whether the sentence has already told these cells: “收到申请6件，居民提出4件” counts them once."""
    begin = entries[index].item.sentence[0]
    return any(
        other.holds and other.expression == said and other.item.start >= begin
        for other in entries[:index]
        if other.item.quantity is not None
    )


def _beside(entries: list[Entry], index: int) -> list[Entry]:
    return entries[max(0, index - 1) : index + 2]


def _amount(entry: Entry) -> Decimal:
    quantity = entry.item.quantity
    return (quantity.amount if quantity is not None else None) or Decimal(0)


def _may_be_the_others(
    sheet: FactSheet, entries: list[Entry], index: int, *, past: bool, year: int
) -> bool:
    """Whether an open count may give the other year's value: it stands there, or a neighbour compares."""
    entry = entries[index]
    if entry.open_count is None or MOVED.search(entry.item.before):
        return False
    if "分别" in entry.item.left or (not past and _EARLIER.search(entry.item.before)):
        # NOTE: “2023年、2024年许可分别为655件、730件”
        return False
    now_amounts, last_amounts = sheet.amounts
    if _amount(entry) in (now_amounts if past else last_amounts):
        return True
    return not past and any(_compares(other, year) for other in _beside(entries, index))


def _by_no_chance(entry: Entry, others: Decimal) -> bool:
    """Whether last year's value is too large to be met by chance, and nothing else is counted in its sentence."""
    quantity = entry.item.quantity
    cases = quantity is not None and base_unit(quantity.unit)[0] in OF_CASES
    return others >= _DISTINCT and cases and not OTHER_MATTERS.search(entry.item.lead)


def _compares(other: Entry, year: int) -> bool:
    """Whether a number beside a count gives its change, or last year's value."""
    if other.item.quantity is None:
        return False
    if other.derived is not None or MOVED.search(other.item.before):
        return True
    return other.holds and is_of_last_year(other.item, year)


def _has_moved(sheet: FactSheet, beside: list[Entry], entry: Entry, now: Expression) -> bool:
    """“受理45件，比上年增加13件”, “由16件减至15件”: what has changed so is what was just counted."""
    before = year_before(now, sheet)
    answered = before is not None and _is_answered(entry, beside, before)
    return answered or _has_changed(sheet, beside, entry, now)


def _is_answered(entry: Entry, beside: list[Entry], before: Expression) -> bool:
    """Whether last year's number stands right beside, and is right: “由16件减至15件”."""
    return any(
        other.holds
        and other.expression == before
        and max(other.item.start - entry.item.end, entry.item.start - other.item.end) <= _BESIDE
        for other in beside
        if other is not entry
    )


def _accuse_todays(sheet: FactSheet, entries: list[Entry], index: int, context: Context) -> None:
    """“较2023年末的402件增加14件”: a loose reading has confirmed this year's value where last year's is told."""
    entry = entries[index]
    now = entry.expression
    if now is None or now.function is not None or not entry.actual or entry.item.claim is not None:
        return
    if any(fact.startswith(PREVIOUS) or "/carried_" in fact for fact in now.operands):
        # NOTE: “较年初40件减少4件”: what was carried over is this year's own.
        return
    before = year_before(now, sheet)
    actual = sheet.evaluate(before) if before is not None else None
    if before is None or actual is None or actual == entry.actual:
        return
    if is_compared(entry.item) or _has_twin(entry, entries, index, past=True, year=context.year):
        entry.settle(Status.CONTRADICTED, before, actual)


def _own_subjects(
    entry: Entry, before: list[Entry], context: Context, text: str
) -> Iterator[Expression]:
    """Yield the facts of this year a count's own words may mean, of this year or of last."""
    for option in options_of(entry, before, context, text):
        if option.function is None:
            yield a_year_later(option)
    link = context.links.get(id(entry.item))
    if link is not None and link.registered and link.expression.is_plain:
        yield a_year_later(link.expression)


def _theirs(entries: list[Entry], context: Context) -> Iterator[Expression]:
    """Yield the facts the numbers beside it are about."""
    for other in entries:
        link = context.links.get(id(other.item))
        said = other.expression or (link.expression if link is not None else None)
        if other.item.quantity is not None and said is not None and said.function is None:
            yield a_year_later(said)


def _scale(sheet: FactSheet, expression: Expression) -> Decimal:
    return base_unit(sheet.unit(expression.operands[0]) or "")[1]


def _has_twin(entry: Entry, entries: list[Entry], index: int, *, past: bool, year: int) -> bool:
    """Whether the number beside it is the same one, said of the other year."""
    quantity = entry.item.quantity
    assert quantity is not None
    for other in (*entries[max(0, index - 1) : index], *entries[index + 1 : index + 2]):
        theirs = other.item.quantity
        near = abs(other.item.start - entry.item.start) <= _BESIDE
        if theirs is None or not near or theirs.amount != quantity.amount:
            continue
        if base_unit(theirs.unit)[0] != base_unit(quantity.unit)[0]:
            continue
        if is_of_last_year(other.item, year) != past or has_moved(other.item, entry.item):
            return True
    return False


def _has_changed(sheet: FactSheet, beside: list[Entry], entry: Entry, now: Expression) -> bool:
    """Whether the number behind says by how much these facts have changed, rightly."""
    other = next((o for o in beside if o.item.start > entry.item.start), None)
    quantity = other.item.quantity if other is not None else None
    if other is None or quantity is None or other.item.start - entry.item.end > _BESIDE:
        return False
    if other.holds and other.expression is not None and other.actual:
        changed = other.derived is not None and other.derived.change
        return changed and other.expression.terms == now.terms
    moved = MOVED.search(other.item.before)
    if other.status is not Status.UNACCOUNTED or moved is None:
        return False
    sign = -1 if moved["down"] else 1
    expression = change(now, rate=quantity.kind != "count", before=year_before(now, sheet))
    trial = Entry(other.item)
    judge_derived(sheet, trial, Derived((expression,), sign, change=True, strong=False))
    return trial.holds and bool(trial.actual)
