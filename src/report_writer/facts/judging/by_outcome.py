"""A clause behind a count that says how all of it ended or who asked: “复议1件，结果维持”, “1件，由村民提出”.

Such clauses hold no digit and no word for all. Where the tables bear one out it is listed as confirmed; where all
of them ended in one other way or were asked by one other kind of applicant, it is wrong. Otherwise nothing is said
of it: the clause may speak of something else.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from report_writer.domain.findings import Status
from report_writer.facts.expressions import Expression, minus
from report_writer.facts.judging.derived_values import supported
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.lexicon import APPLICANTS, OUTCOMES_OF_REMEDIES, REQUESTS
from report_writer.facts.linking.lexicon_faint import FAINT_COLUMNS
from report_writer.facts.sheet import ENDINGS, FLOW_ROWS, FactSheet, remedies, requests
from report_writer.facts.text.claims import Claim, ClaimKind
from report_writer.forms.ogi_2021 import APPLICANTS as COLUMNS

_CASES_END = ("upheld", "corrected", "other_outcome", "pending")

_BEHIND = re.compile(
    r"(?:依申请公开(?:申请|事项|件)?|公开申请|公开|申请|案件|案|(?:被|因此|由此)?(?:申请|提起|引起|引发)(?:了|过)?(?:行政)?(?:复议|诉讼))?"
    r"[，；、]?\s?(?P<said>[^，。；、：（）()“”\s\d]{2,16})(?=[，。；\n]|$)"
)
# What else is told of a single request before it is said what became of it; a comparison may hold a number.
_ASIDE = r"(?:[^，。；：、（）()“”\s\d]{2,16}|(?:同比|[较比与和同])[^，。；：、（）()]{2,14})"
_LATER = re.compile(
    rf"(?:(?:公开申请|公开|申请)?，(?:{_ASIDE}，){{1,2}}|(?:公开申请|申请)[^，。；：、（）()“”\s\d]{{2,16}}，)"
    r"(?:[^，。；：、\s\d]{0,14}[后即])?(?P<said>(?:均|已|已经|当场|依法|即|如数|悉数|全部|照单)*(?:(?:[按照依](?:所请|要求|申请))?(?:予以?|给予|作出)?(?:公开|提供)(?:答复|完毕|到位)?"
    r"|(?:因(?:属于?)?|按|属于?|答复为|作)[^，。；、\s\d]{0,8}(?:部分公开|不予公开|无法提供|不予处理|不掌握)(?:处理|答复)?))(?=[，。；\n]|$)"
    r"|(?:公开申请|申请)?，(?:[^，。；：、（）()“”\s\d]{2,16}，){0,2}[^，。；：、\s\d]{2,12}?(?P<lacking>[并均却确实]?[不未](?:实际)?掌握)(?=[，。；\n]|$)"
)
_WHEN = r"(?:到|至|截至)?(?:年底|年末|年终|当年|当场|当日|当天|即时|年内|现|现已|目前|最终|最后)"
_HOW = r"(?:均|都|全|全部|已|已经|皆|也|亦|获|获得|得到|被|由|经|予以?|给予|依法|依规|按期|按时|及时|逐件|一并|如数|悉数|照单|并|却|确|实|了|的|为|是|系)"
# What may stand around the word for an outcome without changing what is said.
_AROUND_CASES = re.compile(
    rf"(?:{_WHEN}|{_HOW}|法院|复议机关|上级(?:机关|政府)?|结果|判决|裁定|裁决|审理|一审|二审|计入|归入|原?(?:答复|决定|行政行为|行为)|原|复议|决定|予以|[市县区省镇乡州]政府|[本我][局委办厅府镇乡]|[本我](?:机关|单位|街道))*"
)
_AROUND_REQUESTS = re.compile(
    rf"(?:{_WHEN}|{_HOW}|[按照依](?:所请|要求|申请)|因属?于?|属于?|按|作|答复|处理|向|申请人|提供|信息|所需|[本我镇乡局区县市][局委办厅府镇乡里]?|[本我](?:机关|单位|街道))*"
)
_FROM = r"(?:[一两]位|[一两]名|[一两]家|辖区|本地|当地|本[镇乡村市县区]|外地)*"
_ASKED = re.compile(
    rf"(?:均|都|全部|也|亦)?(?:(?:由|是|系|为){_FROM}(?P<by>[^，。；]{{2,8}}?)(?:本人|所)?(?:提出|提交|递交|提起)(?:的)?"
    rf"|(?:来自|出自){_FROM}(?P<from>[^，。；]{{2,6}}))"
)
_OVER = re.compile(rf"(?:{_WHEN})(?:{_HOW})*(?:清结|清零|结清|了结|销号|清完|办清)")
_PROVIDED = re.compile(r"(?:予以?|给予)?(?:公开|提供)")


def outcomes_behind(text: str, entries: list[Entry], sheet: FactSheet) -> list[Entry]:
    """Return an entry, confirmed or contradicted, for each such clause; `text` is normalised."""
    found: list[Entry] = []
    for entry in entries:
        counted = _counted(entry)
        if counted is None:
            continue
        # NOTE: of a single one all that follows is said: “收到申请1件，问的是用地，已予公开”.
        for pattern in (_BEHIND, _LATER) if entry.actual == 1 else (_BEHIND,):
            match = pattern.match(text, entry.item.end)
            readings = tuple(_readings(match[_named(match)], counted)) if match else ()
            verdict = _verdict(readings, sheet)
            if match is None or verdict is None:
                continue
            start, end = match.span(_named(match))
            if any(e.item.start < end and start < e.item.end for e in entries):
                continue
            claim = Claim(start, end, ClaimKind.UNIVERSAL, text[start:end], loose=True)
            said = Entry(
                replace(
                    entry.item,
                    start=start,
                    end=end,
                    quantity=None,
                    claim=claim,
                    previous=entry.item,
                )
            )
            said.settle(*verdict)
            found.append(said)
    return found


def _named(match: re.Match[str]) -> str:
    """Return which group of a pattern holds what is said."""
    return match.lastgroup or "said"


def _verdict(
    readings: tuple[Expression, ...], sheet: FactSheet
) -> tuple[Status, Expression, Decimal] | None:
    for reading in readings:
        if sheet.evaluate(reading) == 0:
            return supported(reading), reading, Decimal(0)
    for reading in readings:
        left = sheet.evaluate(reading)
        if left is not None and any(sheet.evaluate(other) == 0 for other in _others(reading)):
            return Status.CONTRADICTED, reading, left
    return None


def _others(reading: Expression) -> Iterator[Expression]:
    """Yield what must be 0 where all of them ended in another way, or were asked by others."""
    whole = Expression(tuple(term for term in reading.terms if term[0] > 0))
    part = [fact.split("/") for sign, fact in reading.terms if sign < 0]
    if not whole.terms or len(part) != len(whole.terms):
        return
    cells = [fact.split("/") for fact in whole.operands]
    if part[0][0] == "remedies":
        for outcome in _CASES_END:
            ended = (remedies(row, outcome) for _, row, _ in cells)
            yield minus(whole, Expression(tuple(t for one in ended for t in one.terms)))
    elif part[0][2] != "total":
        for column in COLUMNS:
            yield minus(whole, requests(part[0][1], column))
    else:
        for row in ENDINGS:
            yield minus(whole, requests(row))


def _counted(entry: Entry) -> Expression | None:
    """Return what a confirmed count of requests or cases counts."""
    quantity, expression = entry.item.quantity, entry.expression
    if quantity is None or quantity.kind != "count" or not entry.holds or expression is None:
        return None
    if expression.function is not None or not entry.actual:
        return None
    tables = {fact.split("/")[0] for fact in expression.operands}
    return expression if tables in ({"requests"}, {"remedies"}) else None


def _readings(said: str, counted: Expression) -> Iterator[Expression]:
    """Yield formulas one of which is 0 where the clause holds of everything counted."""
    cells = [fact.split("/") for fact in counted.operands]
    if cells[0][0] == "remedies":
        for start, end, outcome, _ in OUTCOMES_OF_REMEDIES.matches(said):
            rest = said[:start] + said[end:]
            if _AROUND_CASES.fullmatch(rest) and all(cell[2] == "total" for cell in cells):
                for_each = [remedies(cell[1], outcome).terms for cell in cells]
                yield minus(counted, Expression(tuple(t for terms in for_each for t in terms)))
        return
    if _OVER.fullmatch(said):
        yield requests("carried_forward")
        return
    asked = _ASKED.fullmatch(said)
    if asked is not None and len(cells) == 1 and cells[0][1:] == ["received", "total"]:
        who = asked["by"] or asked["from"]
        columns = {m[2] for words in (APPLICANTS, FAINT_COLUMNS) for m in words.matches(who)}
        for column in columns if len(columns) == 1 else ():
            yield minus(counted, requests(cells[0][1], column))
        return
    rows = [m for m in REQUESTS.matches(said) if m[2] not in FLOW_ROWS]
    part = next((m for m in rows if "." in m[2]), None)
    if part is not None and {m[2].split(".")[0] for m in rows} == {part[2].split(".")[0]}:
        # NOTE: “因属过程性信息不予公开”: the reason and its group.
        rows = [(min(m[0] for m in rows), max(m[1] for m in rows), part[2], True)]
    provided = _PROVIDED.search(said)
    if not rows and provided is not None:
        rows = [(*provided.span(), "disclosed", True)]
    if len(rows) == 1 and all(cell[1] in FLOW_ROWS for cell in cells):
        start, end, row, _ = rows[0]
        if _AROUND_REQUESTS.fullmatch(said[:start] + said[end:]):
            # NOTE: outcomes are parts of what was answered, which is what came in unless some was carried over.
            yield from (minus(whole, requests(row)) for whole in _answered(counted))


def _answered(counted: Expression) -> tuple[Expression, ...]:
    return (requests("disposed"), counted) if counted == requests("received") else (counted,)
