"""Shares of what the sentence has counted: “县直部门131件，乡镇45件，合计210件，其中乡镇占21.4%”.

The part is the count that bears the name, that 前者 or 后者 points to, or that stands right before 占; the whole is the
count between 占 and the share, or the one the part belongs to. Both must have been confirmed, so that a share that
misses them is wrong whatever else it may be of.
"""

import re
from collections.abc import Iterator

from report_writer.domain.units import compatible
from report_writer.facts.derived.candidates import Derived
from report_writer.facts.derived.share_bases import TAKES
from report_writer.facts.expressions import Expression, share, total
from report_writer.facts.judging.derived_values import judge_derived
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.totals import TOTALS
from report_writer.facts.sheet import FactSheet

_ABOUT = r"(?:约|近|为|达|是|到)*"
_TAKES = re.compile(
    rf"(?:^|[，；：、。])(?:其中|当中)?(?P<who>[^，。；：、\d占（）]{{2,10}}?)"
    rf"(?:(?:所)?{TAKES}(?:比例?|比重)?|(?:的)?(?:所占)?(?:比重|占比|份额)){_ABOUT}$"
)
_ONE_OF_TWO = re.compile(rf"[，；、]而?(?P<which>[前后])者(?:所)?{TAKES}比?{_ABOUT}$")
# “39件，占4.5%”, “44件（占64.7%）”, “6条占13.95%”
_OF_IT = re.compile(rf"(?:[，（]|(?=占))(?:仅|只|恰)?(?:{TAKES}(?:比例?|比重)?|比重|占比){_ABOUT}$")
# “18件，占同期全县行政机关203件的8.9%”
_OF_THAT = re.compile(rf"(?:仅|只|恰)?{TAKES}(?:了)?[^，。；：、\d]{{0,14}}$")
_OPENS = re.compile(r"[，。]?(?:其中|当中)")
_TOTALLED = re.compile(r"(?:共|合计|总计|总[量数]|累计|汇总|全[市区县省州])[^，。；、\d]{0,10}$")


def judge_shares_of_named(sheet: FactSheet, entries: list[Entry]) -> None:
    """Judge open shares of a count that the sentence has named."""
    for index, entry in enumerate(entries):
        if entry.open_share is None or not entry.is_of_a_count:
            continue
        counts = list(_counts(entry, entries[:index]))
        found = _of_the_count_between(entry, counts) or _of_its_whole(entry, counts)
        if found is None:
            in_sum = _in_the_sum(entry, counts, sheet)
            if in_sum is not None:
                judge_derived(sheet, entry, Derived((in_sum,)))
            continue
        part, whole = (e.expression for e in found)
        if part is not None and whole is not None and part.terms != whole.terms:
            judge_derived(sheet, entry, Derived((share(part, whole),)))


def _counts(entry: Entry, before: list[Entry]) -> Iterator[Entry]:
    """Yield the confirmed counts of the sentence before a share."""
    for other in before:
        quantity, said = other.item.quantity, other.expression
        if other.item.sentence != entry.item.sentence or quantity is None or said is None:
            continue
        if other.holds and quantity.kind == "count" and said.function is None and other.actual:
            yield other


def _of_the_count_between(entry: Entry, counts: list[Entry]) -> tuple[Entry, Entry] | None:
    """Return the count before 占 and the one between 占 and the share."""
    if len(counts) < 2 or entry.item.before.strip() != "的":
        return None
    part, whole = counts[-2:]
    numbers = entry.item.previous is whole.item and whole.item.previous is part.item
    if not numbers or not _OF_THAT.search(whole.item.before):
        return None
    return (part, whole) if _belongs(part, whole) else None


def _of_its_whole(entry: Entry, counts: list[Entry]) -> tuple[Entry, Entry] | None:
    part = _part(entry, counts)
    if part is None:
        return None
    wholes = {e.expression: e for e in counts if _is_whole(e, part, counts)}
    return (part, wholes.popitem()[1]) if len(wholes) == 1 else None


def _in_the_sum(entry: Entry, counts: list[Entry], sheet: FactSheet) -> Expression | None:
    """“网站、公众号共更新651条，公众号占64.2%”: what a part has in the sum the text has stated without it."""
    takes = _TAKES.search(entry.item.lead.rstrip())
    sums = [e.expression for e in counts if e.expression and len(e.expression.terms) > 1]
    sums = [one for one in sums if all(fact.startswith("facts/") for fact in one.operands)]
    if takes is None or not sums:
        return None
    labels = {fact: sheet[fact].label for fact in sums[-1].operands}
    named = [fact for fact, label in labels.items() if takes["who"] in label]
    return share(total(named[0]), sums[-1]) if len(named) == 1 else None


def _part(entry: Entry, counts: list[Entry]) -> Entry | None:
    lead = entry.item.lead.rstrip()
    one_of = _ONE_OF_TWO.search(lead)
    if one_of is not None:
        two = [e for e in counts if not _TOTALLED.search(e.item.before)][-2:]
        beside = len(two) > 1 and two[1].item.previous is two[0].item
        return two[one_of["which"] == "后"] if beside else None
    takes = _TAKES.search(lead)
    if takes is not None:
        who = takes["who"]
        named = [e for e in counts if who in e.item.label or e.item.named == who]
        return named[0] if len(named) == 1 else None
    last = counts[-1] if counts and counts[-1].item is entry.item.previous else None
    if last is None or last.expression is None or not last.expression.is_registered:
        return None
    between = lead[len(lead) - (entry.item.start - last.item.end) :]
    return last if _OF_IT.fullmatch(between) else None


def _belongs(part: Entry, whole: Entry) -> bool:
    """Whether one count may be a part of another: counted alike, and fewer."""
    if not whole.actual or not part.actual or whole.actual <= part.actual:
        return False
    return compatible(whole.item.unit, part.item.unit)


def _is_whole(entry: Entry, part: Entry, counts: list[Entry]) -> bool:
    """Whether a count is what a part belongs to: a total by its words or by its parts, and larger than the part."""
    said, own = entry.expression, part.expression
    if entry is part or said is None or own is None or not _belongs(part, entry):
        return False
    if set(own.terms) < set(said.terms):
        return True
    if part.item.start > entry.item.start and _OPENS.match(entry.item.rest):
        # NOTE: “公布信息43条，其中业务工作17条占39.53%”
        return said.is_registered == own.is_registered
    behind = [e.actual for e in counts if e.item.start > entry.item.start and e.actual is not None]
    if len(behind) > 1 and sum(behind) == entry.actual and part.item.start > entry.item.start:
        return True
    others = [e.actual for e in counts if e is not entry and e.actual is not None]
    by_parts = len(others) > 1 and sum(others) == entry.actual
    totalled = said in TOTALS or _TOTALLED.search(entry.item.before) is not None
    return totalled and (by_parts or said.is_registered == own.is_registered or said in TOTALS)
