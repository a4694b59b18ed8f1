"""Counts of table four: reconsideration and litigation, and how they ended."""

import re

from report_writer.facts.expressions import Expression, minus
from report_writer.facts.linking.behind import said_behind
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.linking.lexicon import (
    OTHER_MATTERS,
    OUTCOMES_OF_REMEDIES,
    REMEDIES,
    REMEDY_UNITS,
    REQUEST_HINT,
)
from report_writer.facts.linking.naming import qualified, wide_label
from report_writer.facts.sheet import REMEDY_SUM_ROWS, remedies
from report_writer.facts.text.frames import Item
from report_writer.facts.text.screening import compiled

_TOGETHER = re.compile(r"(?:共|合计|总计|共计|一共|总共)(?:发生|有|为|是)?\s*$")
_HEARS = re.compile(r"办理|受理|审理|审结|立案|承办|化解|应诉|收案")
# “作为县政府复议机构，收到复议申请86件”
_AS_AUTHORITY = re.compile(
    r"(?:作为|担任|以|系|是)[^，。；\d]{0,12}复议(?:机构|机关)|全口径|各类业务"
)
_DISCLOSURE = re.compile(r"信息公开|申请公开|依申请|公开申请|政务公开")
_REACH = 90
# “截至年底，尚有3件正在办理，转入2024年”: requests are carried over, cases are pending.
_INTO_NEXT_YEAR = re.compile(r"(?:转入|转至|转到|延至|留待)(?:下(?:一)?年|次年|明年|20\d\d年)")
_NEAR = 24
_LISTED = 40
# “纠错率高的两个单位”: those who were corrected, not cases.
_BODIES = re.compile(
    r"(?:市|区|县)?(?:单位|部门|机关|乡镇|镇街|街道|县区|区县|问题|环节|方面|短板)"
)


def link_remedy(item: Item, context: Context, unit: str) -> Link | None:
    """Return the cells of table four a count may speak of, or None."""
    if unit not in REMEDY_UNITS:
        return None
    if _BODIES.match(item.after):
        return None
    label = item.label
    rows = REMEDIES.matches(label)
    if not rows and _UNSAID.fullmatch(label) and _BROUGHT.match(item.after):
        row = REMEDIES.matches(item.after)[0][2]
        context.remedy_row, context.topic, context.remedy_at = row, "remedies", item.start
        context.remedy_sure = False
        return Link((remedies(row),), False, row=row)
    if rows and len(rows) == 1 and _TOGETHER.search(label):
        label = wide_label(item)
        rows = REMEDIES.matches(label)
    if rows and re.search(r"复议决定书|应诉能力|诉讼(?:法|服务|费)", label):
        return None
    outcomes = OUTCOMES_OF_REMEDIES.matches(label)
    if not rows and outcomes and context.topic == "remedies" and _DECIDED.match(label):
        # NOTE: “诉讼3件。复议决定维持4件，责令重新答复1件”: whose outcomes are told next.
        context.remedy_row, context.remedy_at = "reconsideration", item.start
    if rows:
        row = rows[-1][2]
        keys = {m[2] for m in rows}
        if (
            {"reconsideration", "litigation"} <= keys
            and _joined(label, rows)
            and item.named is None
        ):
            row = "remedies"
        context.remedy_row, context.topic, context.remedy_at = row, "remedies", item.start
        after = [m for m in outcomes if m[0] >= rows[-1][1]]
        column = after[-1][2] if after else "total"
        if column == "total" and (
            _PENDING_BEHIND.match(item.rest) or _UNDER_PENDING.search(item.lead)
        ):
            column = "pending"
        # NOTE: a justice bureau hears cases of every kind; only those about disclosure stand here.
        heard = _AS_AUTHORITY.search(item.lead) and "被" not in label
        own = not heard and (
            not _HEARS.search(label)
            or _DISCLOSURE.search(item.lead)
            or context.section == "remedies"
        )
        if column == "total" and re.search(r"审结|结案|办结|已结", label[rows[-1][1] :]):
            return Link((closed_cases(row), remedies(row)), False, row=row)
        if row == "litigation" and column == "total" and "一审" in label:
            # NOTE: tried at first instance, with or without a review before.
            return Link((remedies("direct_litigation"), remedies(row)), False, row=row)
        context.remedy_sure = bool(own) and (
            bool(after) or qualified(label, rows[-1][1]) is None or item.named is not None
        )
        return Link((remedies(row, column),), context.remedy_sure, row=row)
    if context.topic != "remedies" or not context.remedy_row:
        return None
    if (
        context.section != "remedies"
        and context.remedy_at < item.sentence[0]
        and (
            re.search(r"申请(?!人|行政)|结转", label + item.after)
            or _INTO_NEXT_YEAR.search(item.rest, 0, _NEAR)
        )
    ):
        context.topic = ""
        return None
    if item.start - context.remedy_at > _REACH and context.section != "remedies":
        return None
    behind = not outcomes and _UNSAID.fullmatch(label) is not None
    if behind:
        outcomes = OUTCOMES_OF_REMEDIES.matches(said_behind(item))[:1]
    if outcomes and not _ABOUT_CASES.search(label):
        cells = [remedies(row, outcomes[-1][2]) for row in _rows_in_reach(item, context)]
        # NOTE: “就被纠正案件召开分析会1次” counts what followed from it.
        plain = behind or qualified(label, outcomes[-1][1]) is None
        return Link(tuple(cells), context.remedy_sure and plain, row=context.remedy_row)
    if context.remedy_at >= item.sentence[0] and _CLOSED.search(label) and "公开" not in label:
        # NOTE: “受理复议申请2件，办结2件”: heard in the same sentence, the cases and not the requests.
        return Link(
            (closed_cases(context.remedy_row), remedies(context.remedy_row)), False, row="closed"
        )
    if _TRIED.search(label) and not REQUEST_HINT.search(label):
        row = context.remedy_row
        return Link((closed_cases(row), remedies(row)), False, row="closed")
    if REQUEST_HINT.search(label) or OTHER_MATTERS.search(label):
        context.topic = ""
    return None


# “尚有复议2件未审结”, “复议6件、诉讼5件尚未审结”
_PENDING_BEHIND = re.compile(
    r"(?:[、和及][^，。；、\d]{1,8}\d+\s?[件起宗例])*\s?(?:案件?)?(?:尚|还|仍)?(?:未(?:审结|办结|结|决|裁决|宣判)|在审|待审|(?:正在|仍在|尚在)审理)"
)
# “有2起被申请复议”: the noun stands behind its number.
_BROUGHT = re.compile(
    r"\s?(?:被|因此|由此|后来)?(?:申请人|人)?(?:申请|提起|提请|引起|引发|引致|导致|酿成|进入|诉诸)(?:了|过)?(?:行政)?(?:复议(?!机关)|诉讼)"
)
# “审结的16件当中”, “已出结果的3件”: cases, whatever sentence has named them.
_TRIED = re.compile(r"(?<!未)(?:审结|裁结|裁决|(?:出|有)了?(?:结果|结论))的?(?:案件)?$")
# “评选纠正案例2件”: what was made of cases, not cases.
_ABOUT_CASES = re.compile(r"案例|评选|评查|培训|讲座|通报|信息|文章|稿")
# “年底仍在审理的，复议5件、诉讼4件”: what is said of all that is listed behind.
_UNDER_PENDING = compiled(
    r"(?:未(?:审理?)?(?:终)?[结判]|在审|在审理|审理[之当]?中|待[审判]|没有结果|未出结果)(?:的(?:案件)?(?:还|尚)?(?:有|是|为|包括|计)?[，：:]|(?:案件)?(?:还|尚)?(?:有|是|为|包括)[，：:]|[：:]|(?:的)?(?:案件)?(?:还|尚|仍)?(?:有|共|合计|共计|计|为)*\d+\s?[件起宗例][，：:（(]?(?:其中|包括|分别(?:是|为)|即|含)[：:]?)(?:[^，。；：\d]{0,8}\d+\s?[件起宗例][、，和及])*[^，。；：\d]{0,10}$"
)
_UNSAID = re.compile(
    r"(?:[\s的有另余约为共计：:、尚还仍中里]|其中|年[末底]|期末|目前|截至(?:[^，。；、\d]{1,8}(?:时|日|前))?)*"
)


def _rows_in_reach(item: Item, context: Context) -> list[str]:
    """Return what an outcome without a name may be of: the cases last named, or a total stated before its parts."""
    rows = [context.remedy_row]
    stated: set[Expression] = set()
    previous = item.previous
    # NOTE: “诉讼13件，复议后起诉10件、直接起诉3件；裁判结果维持8件”: over a ； as well.
    while previous is not None and previous.start >= min(item.sentence[0], item.start - _LISTED):
        link = context.links.get(id(previous))
        stated |= set(link.expressions) if link is not None else set()
        previous = previous.previous
    for wider, (parts, _) in REMEDY_SUM_ROWS.items():
        if context.remedy_row in parts and remedies(wider) in stated:
            listed = stated >= {remedies(part) for part in parts}
            rows.insert(0 if listed else len(rows), wider)
    return rows


_DECIDED = re.compile(r"\s*(?:行政)?复议(?:决定|机关|机构|部门|结果)")
_CLOSED = re.compile(r"(?:办|审|已)结|结案|办[毕完]|受理|收到|答复|办理|[判裁]|作出(?:复议)?决定")


def closed_cases(row: str) -> Expression:
    """Return the formula of the cases that are no longer pending."""
    return minus(remedies(row), remedies(row, "pending"))


def _joined(label: str, rows: tuple[tuple[int, int, str, bool], ...]) -> bool:
    return len(rows) >= 2 and len(label[rows[-2][1] : rows[-1][0]]) <= 6
