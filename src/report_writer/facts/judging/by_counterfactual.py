"""Last year's value, where this year's would have been understood.

“专栏换新84期” with 96 in this year's register and 84 in last year's: its words say too little to accuse anybody. But had 96 stood
there, they would have said enough to be confirmed as just that fact; and that an unexplained number is by chance what
that very fact was a year ago is not likely.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from report_writer.domain.cells import plain
from report_writer.domain.findings import Status
from report_writer.domain.units import ITEMS, base_unit, compatible
from report_writer.facts.expressions import Expression, a_year_before, total
from report_writer.facts.judging.assessing import assessed
from report_writer.facts.judging.by_arithmetic import MOVED
from report_writer.facts.judging.by_year_lists import is_long_past
from report_writer.facts.judging.entries import PLANNED, Entry
from report_writer.facts.judging.sorted_by_theme import of_themes
from report_writer.facts.linking.last_year import is_of_last_year
from report_writer.facts.sheet import (
    REMEDY_SUM_ROWS,
    SUM_ROWS,
    FactSheet,
    remedies,
    requests,
)

# A smaller number is met by chance; one that this year's tables hold too may be that.
_DISTINCT, _RARE = 5, 30
_BY_CHANCE = 2
_WINDOW = 200
_MOST = 6
_EARLIER = re.compile(
    r"上年|去年|上一年|往年|前一年|同期|年初|期初|历年|累计|以来|[由从较比]|20\d\d年[末底]"
)
_SUMS = (
    *(remedies(row) for row in REMEDY_SUM_ROWS),
    *(requests(row) for row in SUM_ROWS),
    requests("received", "organisation"),
)
_NUMBER = re.compile(r"[\d.,]+")


def accuse_last_years(sheet: FactSheet, entries: list[Entry], section: str, text: str) -> None:
    """Accuse open counts that are last year's value of what this year's value would have been read as."""
    last_amounts = sheet.amounts[1]
    if not last_amounts:
        return
    tries = 0
    for entry in entries:
        amount = _open_amount(entry)
        if not amount or amount <= _BY_CHANCE or amount not in last_amounts:
            continue
        if not _may_be_stale(sheet, entry, text):
            continue
        common = amount < _DISTINCT or (amount in sheet.amounts[0] and amount < _RARE)
        for said in _as_large_last_year(sheet, entry):
            if common and not _has_sibling(entries, entry, said):
                continue
            tries += 1
            if tries > _MOST:
                return
            now = sheet.evaluate(said)
            if now is not None and _is_understood(sheet, entry, said, now, section, text):
                entry.settle(Status.CONTRADICTED, said, now)
                break


def _open_amount(entry: Entry) -> Decimal | None:
    """Return the amount of an exact number nothing has explained yet, a sum of money too."""
    quantity = entry.item.quantity
    if entry.open_count is not None:
        return entry.open_count.amount
    if quantity is None or quantity.kind != "money" or quantity.approximation is not None:
        return None
    return quantity.amount if entry.status is Status.UNACCOUNTED else None


def _has_sibling(entries: list[Entry], entry: Entry, said: Expression) -> bool:
    """Whether the sentence gives another number of the same table, rightly."""
    table = said.operands[0].partition("/")[0]
    return table != "facts" and any(
        other.holds
        and other.item.quantity is not None
        and other.item.sentence == entry.item.sentence
        and any(fact.startswith(table) for fact in other.facts)
        for other in entries
    )


def _may_be_stale(sheet: FactSheet, entry: Entry, text: str) -> bool:
    item = entry.item
    if "分别" in item.left or of_themes(item):
        # NOTE: “2023年、2024年许可分别为655件、730件”
        return False
    lead = item.lead[-80:]
    if _EARLIER.search(item.left) or MOVED.search(item.before) or PLANNED.search(item.left):
        return False
    if f"{sheet.year - 1}年" in lead or "上年" in lead or "去年" in lead:
        return False
    return not is_of_last_year(item, sheet.year) and not is_long_past(entry, text, sheet.year)


def _as_large_last_year(sheet: FactSheet, entry: Entry) -> Iterator[Expression]:
    """Yield what is counted this year that was as much a year ago as a count, and is not now."""
    quantity = entry.item.quantity
    assert quantity is not None
    unit, factor = base_unit(quantity.unit)
    amount = quantity.amount or Decimal(0)
    for fact in sheet.last_year_by_amount.get(amount, ()):
        theirs = sheet.unit(fact) or ""
        if quantity.kind == "money" or theirs.endswith("元"):
            if quantity.kind == "money" and factor == base_unit(theirs)[1]:
                yield total(fact)
        elif not fact.startswith("facts/"):
            # NOTE: what was left a year ago is what was carried over into this year, and stands here by right.
            if unit in ITEMS and factor == 1 and "/carried_forward/" not in fact:
                yield total(fact)
        elif compatible(theirs, quantity.unit) and factor == base_unit(theirs)[1]:
            yield total(fact)
    if unit in ITEMS and factor == 1:
        for said in _SUMS:
            if sheet.evaluate(a_year_before(said)) == amount != sheet.evaluate(said):
                yield said


def _is_understood(
    sheet: FactSheet, entry: Entry, said: Expression, now: Decimal, section: str, text: str
) -> bool:
    """Whether this year's value in the place of a count would be confirmed as just that."""
    item = entry.item
    begin = text.rfind("。", 0, max(0, item.sentence[0] - 1)) + 1
    begin = max(begin, item.sentence[0] - _WINDOW, 0) if item.sentence[0] else 0
    written = _NUMBER.sub(plain(now), text[item.start : item.end], count=1)
    if not _NUMBER.search(text[item.start : item.end]):
        written = plain(now) + text[item.end - 1 : item.end]
    tried = text[begin : item.start] + written + text[item.end : item.sentence[1]]
    entries = assessed(tried, sheet, section)
    again = next((e for e in entries if e.item.start == item.start - begin), None)
    return again is not None and again.holds and again.expression == said
