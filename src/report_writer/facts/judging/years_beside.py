"""Years that the number beside them proves: where matters went, where they came from, what is compared.

“余2件留到2023年答复” in the report for 2023 with 2 carried into the next year; “含2021年遗留5件” with 5 carried over
from the year before; “较2021年的16件” with last year's 16. The number is confirmed by the tables; the year is wrong.
"""

import re
from dataclasses import dataclass

from report_writer.domain.findings import Status
from report_writer.facts.expressions import PREVIOUS, a_year_later
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.registered import year_before
from report_writer.facts.sheet import FactSheet

_GAP, _FAR = 8, 14
_BARE = re.compile(r"20\d\d\s?年(?:度)?(?:年?初)?")
_EARLY = re.compile(
    r"20\d\d\s?年(?:度)?(?:年?初|[1-3]\s?月(?:份|\d{1,2}\s?日|[上中下]旬?|底|初)?|第?一季度|上半年|[春开]\S?)?"
)
_AT_THE_END = re.compile(r"20\d\d\s?年(?:度)?(?:年?[底末]|12\s?月(?:31\s?日|底)?)")
_CAME_IN = re.compile(r"[^，。；]{0,6}(?:收到|提出|受理|寄达|寄来|送达|提交|收悉|收件|登记)")
_SINCE = re.compile(r"以来|之前|以前|为止")
_COMPARED_WITH = re.compile(r"(?:[较比与和同由从]|相比|对比|对照)$")
_FROM_THERE = re.compile(r"转|移[来交]|旧件|欠|存|剩|遗留|留|带|未|没|旧|跨|延|在办")
_TAKEN_ON = re.compile(r"(?:承接|接续|续办|接续办理|含|连同|加上?|并入|旧件|接手|移交)(?:了|的)?$")
_TOOK = re.compile(r"(?:收到|受理|接到|收|办理|登记)$")
_ASKED = re.compile(r"\s?(?:度)?(?:的)?(?:政府信息)?(?:公开)?申请")
_FIGURES = re.compile(r"\s?(?:度)?(?:的)?(?:数据|数字|统计数?|口径)[）)]")
_WERE = re.compile(r"(?:为|系|是|于|在)$")
_PUT = re.compile(r"\s?(?:度)?(?:内|间|期间)?(?:提出|收到|受理|接收|登记|新收)")
_RECEIVED = "requests/received/total"
_OVER, _FORWARD = "requests/carried_over/total", "requests/carried_forward/total"
_PUT_OFF = re.compile(r"(?:结转|顺延|延期|延后|推迟|跨年)(?:到|至|入)\s?$")
_CASES = ("reconsideration", "direct_litigation", "litigation_after_reconsideration")
_GOES_OVER = re.compile(
    r"(?:待|俟|等|候|结转|转|顺延|延|留|跨|移|滚|带|并|计|列|推|推迟|挪|拖|放|办理|处理)(?:到|至|入|往|在|待|于|给|后)*\s?$"
)
_AFTER_IT = re.compile(
    r"\s?(?:度)?(?:底前|底之前|之前|以前|前|底|内|再|接着|继续|接续|续|已|才|才能|作出|予以|将)*(?:办|答复|处理|处置|审结|统计|$|[。，；）])"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A year in its text: offsets of the date, the years it names, the words around it in its clause."""

    text: str
    start: int
    end: int
    years: list[int]
    clause: str
    after: str


def year_beside(place: Place, entries: list[Entry], sheet: FactSheet) -> str | None:
    """Say what is wrong with a year, "" where the number beside it proves it right, None where nothing is proved."""
    quote, said, year = place.text[place.start : place.end], place.years[0], sheet.year
    if not (_EARLY.fullmatch(quote) or _AT_THE_END.fullmatch(quote)):
        return None
    before, behind = _beside(place, entries)
    bare = _BARE.fullmatch(quote) is not None
    put_off = not bare and _EARLY.fullmatch(quote) and _PUT_OFF.search(place.clause)
    if put_off and said != year + 1:
        return "结转去向的年份应为下一年度"
    left = _is(before, _FORWARD, sheet) or _is_pending(before, sheet)
    if _EARLY.fullmatch(quote) and left and _waits(place, before):
        return "" if said == year + 1 else "结转去向的年份应为下一年度"
    if bare and not _ends(place) and _carried_in(place, before, behind, sheet):
        return "" if said == year - 1 else "结转来源的年份应为上一年度"
    if said == year + 1 and _GOES_OVER.search(place.clause):
        return ""
    # NOTE: “2023年收到9件” of its own year compares nothing; of 2021 it can only be meant for 2022.
    compared = said != year or _COMPARED_WITH.search(place.clause)
    past = behind is not None and said != year - 1 and _is_past(behind, entries, sheet)
    if bare and compared and past:
        return "比较的年份应为上一年度"
    if _AT_THE_END.fullmatch(quote) and said != year and behind is not None:
        now = behind.holds and any(f.endswith("/in_force") for f in behind.facts)
        if now and not any(f.startswith(PREVIOUS) for f in behind.facts):
            return "" if _SINCE.search(place.after) else "疑为上年文字未改"
    if bare and said == year - 1 and _is_ours(place, before, behind):
        return "疑为上年文字未改"
    return None


def _carried_in(place: Place, before: Entry | None, behind: Entry | None, sheet: FactSheet) -> bool:
    """Whether a year says where the count beside it was carried over from."""
    if behind is not None and _is(behind, _OVER, sheet):
        between = place.text[place.end : behind.item.start]
        return bool(_FROM_THERE.search(between) or _TAKEN_ON.search(place.clause))
    if before is None or not _is(before, _OVER, sheet):
        return False
    return bool(_FROM_THERE.search(place.after[:_GAP]))


def _is_ours(place: Place, before: Entry | None, behind: Entry | None) -> bool:
    """“收到2022年度申请12件”, “12件（2022年度数据）”, “12件均为2022年提出”: this year's number, dated last year."""
    if behind is not None and _TOOK.search(place.clause) and _ASKED.match(place.after):
        return behind.holds and behind.facts == (_RECEIVED,)
    if before is None or not before.holds or before.facts[:1] != (_RECEIVED,):
        return False
    return bool(
        (place.clause.endswith(("（", "(")) and _FIGURES.match(place.after))
        or (_WERE.search(place.clause) and _PUT.match(place.after))
    )


def _beside(place: Place, entries: list[Entry]) -> tuple[Entry | None, Entry | None]:
    """Return the counts right before and right behind a year, in its own sentence."""
    counts = [e for e in entries if e.item.quantity is not None and e.item.quantity.kind == "count"]
    before = [e for e in counts if e.item.end <= place.start]
    behind = [e for e in counts if e.item.start >= place.end]
    last, first = before[-1] if before else None, behind[0] if behind else None
    if last is not None and re.search(r"[。；！？\n]", place.text[last.item.end : place.start]):
        last = None
    if last is not None and place.start - last.item.end > _FAR:
        last = None
    if first is not None:
        between = place.text[place.end : first.item.start]
        closing = _AT_THE_END.fullmatch(place.text[place.start : place.end])
        between = between.lstrip("，") if closing else between
        if len(between) > (_FAR if closing else _GAP) or re.search(r"[。；！？，\n]", between):
            first = None
    return last, first


def _is(entry: Entry | None, fact: str, sheet: FactSheet) -> bool:
    """Whether a count is that cell's, or nobody's and as large."""
    if entry is None or entry.item.quantity is None:
        return False
    if entry.holds:
        return entry.facts == (fact,)
    same = bool(entry.item.quantity.amount) and entry.item.quantity.amount == sheet.value(fact)
    return entry.status is Status.UNACCOUNTED and same


def _is_pending(entry: Entry | None, sheet: FactSheet) -> bool:
    """Whether a count is that of cases not decided yet."""
    return any(_is(entry, f"remedies/{row}/pending", sheet) for row in _CASES)


def _waits(place: Place, before: Entry | None) -> bool:
    """Whether the words between a number and a year, or behind it, say that it is dealt with then."""
    if before is None or _CAME_IN.match(place.after):
        return False
    between = place.text[before.item.end : place.start]
    if "，" in between and not _AFTER_IT.match(place.after):
        return False
    return bool(_GOES_OVER.search(between)) or bool(_AFTER_IT.match(place.after))


def _ends(place: Place) -> bool:
    """Whether a year ends what was said: “新收12件，2022年底…”."""
    return bool(re.match(r"\s?(?:年?[底末]|以来|以前)", place.after))


def _is_past(entry: Entry, entries: list[Entry], sheet: FactSheet) -> bool:
    """Whether a count gives last year's value of what the sentence counts this year."""
    quantity = entry.item.quantity
    if quantity is None or not quantity.amount or quantity.approximation is not None:
        return False
    for other in entries:
        said = other.expression
        if other is entry or not other.holds or said is None:
            continue
        if other.item.sentence != entry.item.sentence or other.item.claim is not None:
            continue
        change = other.derived is not None and other.derived.change
        if said.function is not None and not change:
            continue
        now = a_year_later(said)
        before = year_before(now, sheet)
        value = sheet.evaluate(before) if before is not None else None
        if value is not None and value == quantity.amount and value != sheet.evaluate(now):
            return True
    return False
