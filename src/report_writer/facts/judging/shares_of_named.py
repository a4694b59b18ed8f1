"""Shares of what the sentence has counted under a name: “县直部门131件，乡镇45件，合计210件，其中乡镇占21.4%”.

The part is the one count that bears the name, the whole the one count it is a part of; both must have been
confirmed, so that a share that misses them is wrong whatever else it may be of.
"""

import re
from collections.abc import Iterator

from report_writer.domain.findings import Status
from report_writer.domain.units import compatible
from report_writer.facts.derived.candidates import Derived
from report_writer.facts.derived.share_bases import TAKES
from report_writer.facts.expressions import share
from report_writer.facts.judging.derived_values import judge_derived
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.totals import TOTALS
from report_writer.facts.sheet import FactSheet

_TAKES = re.compile(
    rf"(?:^|[，；：、。])(?:其中|当中)?(?P<who>[^，。；：、\d占（）]{{2,10}}?)"
    rf"(?:(?:所)?{TAKES}(?:比例?|比重)?|(?:的)?(?:所占)?(?:比重|占比|份额))(?:约|近|为|达|是|到)*$"
)
_TOTALLED = re.compile(r"(?:共|合计|总计|总[量数]|累计|汇总|全[市区县省州])[^，。；、\d]{0,10}$")


def judge_shares_of_named(sheet: FactSheet, entries: list[Entry]) -> None:
    """Judge open shares of a count that the sentence has named."""
    for index, entry in enumerate(entries):
        quantity = entry.item.quantity
        if entry.status is not Status.UNACCOUNTED or quantity is None or quantity.kind != "share":
            continue
        if entry.gap is not None or (entry.derived is not None and entry.derived.change):
            continue
        takes = _TAKES.search(entry.item.lead)
        if takes is None:
            continue
        counts = list(_counts(entry, entries[:index]))
        named = [e for e in counts if takes["who"] in e.item.label or e.item.named == takes["who"]]
        if len(named) != 1:
            continue
        wholes = {e.expression for e in counts if _is_whole(e, named[0], counts)}
        part, whole = named[0].expression, wholes.pop() if len(wholes) == 1 else None
        if part is not None and whole is not None:
            judge_derived(sheet, entry, Derived((share(part, whole),)))


def _counts(entry: Entry, before: list[Entry]) -> Iterator[Entry]:
    """Yield the confirmed counts of the sentence before a share."""
    for other in before:
        quantity, said = other.item.quantity, other.expression
        if other.item.sentence != entry.item.sentence or quantity is None or said is None:
            continue
        if other.holds and quantity.kind == "count" and said.function is None and other.actual:
            yield other


def _is_whole(entry: Entry, part: Entry, counts: list[Entry]) -> bool:
    """Whether a count is what a part belongs to: a total by its words, and larger than the part."""
    said, own = entry.expression, part.expression
    if entry is part or said is None or own is None or not entry.actual or not part.actual:
        return False
    if entry.actual <= part.actual or not compatible(entry.item.unit, part.item.unit):
        return False
    if set(own.terms) < set(said.terms):
        return True
    others = [e.actual for e in counts if e is not entry and e.actual is not None]
    by_parts = len(others) > 1 and sum(others) == entry.actual
    totalled = said in TOTALS or _TOTALLED.search(entry.item.before) is not None
    return totalled and (by_parts or said.is_registered == own.is_registered or said in TOTALS)
