"""Numbers that only part what the sentence has stated: “许可128件，其中取水许可41件” has no second total.

The same cell read twice in a sentence, the first time rightly and then, behind 其中, by a smaller number: the second
counts some of the first, whatever its words name. Nothing is accused of that.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from report_writer.facts.comparing import alike_in_digits
from report_writer.facts.expressions import PREVIOUS, Expression
from report_writer.facts.judging.entries import Entry
from report_writer.facts.text.frames import Item

_PARTED = re.compile(
    r"其中|[当之]?中[，,]|里[，,]|包括|包含|内含|涵盖|主要(?:是|有|为|涉及)|[（(]含|分别|——"
)


# “取水许可41件”: permits of one kind. What may stand before 许可 without saying which kind:
_PERMITS = re.compile(
    r"(?P<kind>[^，。；、\d]*?)(?P<all>行政)?许可(?:决定)?(?:书)?(?:共|计|为|有|达)*"
)
_GIVEN = re.compile(
    r".*(?:作出|做出|办理|办结|核发|颁发|发放|下达|出具|准予|批准|实施|完成|受理|审批|制发|送达)"
)
_ANY_KIND = re.compile(
    r"其中|另有?|全[市县区州省镇年]|各[类项级]|本年度?|年度|年内|当年|累计|共计?|合计|依法|依规|自行|自身|决定|事项|公开|公示|发布|公布|以及|[新了的有为是件起项个及和与、并对\s年月日]"
)
_SOME_KIND = 2


def of_one_kind(item: Item, expression: Expression, actual: Decimal) -> bool:
    """Whether fewer permits than the table's are named by their kind: the others are of other kinds."""
    quantity = item.quantity
    if expression.operands != ("proactive/licences/decisions",) or quantity is None:
        return False
    permits = _PERMITS.fullmatch(item.label)
    if permits is None or permits["all"] or quantity.amount is None or quantity.amount >= actual:
        return False
    if alike_in_digits(quantity.amount, actual) or (
        item.lead.endswith(f"、{item.label}")
        and (item.previous is None or item.previous.end < item.start - len(item.label) - 1)
    ):
        # NOTE: “捕捞、养殖许可22件” puts kinds together: all of them, for what we know.
        return False
    kind = _GIVEN.sub("", permits["kind"])
    return not kind.endswith(("等", "类")) and len(_ANY_KIND.sub("", kind)) >= _SOME_KIND


# “5个区许可52110件”: what some of the bodies did.
_OF_BODIES = re.compile(
    r"\d+个?(?:[市县区]|区县|县区|乡镇|镇街|街道|[市县区]直|部门|单位|科室|处室|[大支中]队|派出所|分局|学院)[^，。；\d]{0,8}$"
    r"|(?:内有|当中|其中)[^，。；\d]{0,4}(?:[市县区]直)?(?:部门|单位|镇街|乡镇|街道)(?:被|的)?[^，。；\d]{0,6}$"
)


def of_some_bodies(item: Item, actual: Decimal) -> bool:
    """Whether fewer are counted than the table has, and only for a number of bodies just written."""
    quantity = item.quantity
    if quantity is None or quantity.amount is None or quantity.amount >= actual:
        return False
    return _OF_BODIES.search(item.left) is not None


# “信访214件”: letters and visits have a register of their own, larger than that of the requests.
_LETTERS = re.compile(r"[^，。；、]{0,6}(?:信访|来信|来访|投诉|举报)[^，。；、类申]{0,4}")


def of_letters(item: Item, expression: Expression, all_requests: Decimal | None) -> bool:
    """Whether more letters or complaints are counted than there were requests at all."""
    quantity = item.quantity
    if expression.operands != ("requests/not_processed.petition/total",) or quantity is None:
        return False
    if all_requests is None or quantity.amount is None or quantity.amount <= all_requests:
        return False
    return _LETTERS.fullmatch(item.label) is not None


# “涉能源设施安全不予公开1件”: a reason no list knows, before the word for its group.
_FOR_A_REASON = re.compile(
    r"(?:因为?|由于|鉴于|涉及?|牵涉|事关|关系到?|属于?|出于)(?P<reason>[^，。；、\d]{3,}?)(?:而|的|，)?(?:依法)?(?:不予?公开|未予?公开|不予提供|无法提供|未能提供|不予处理)[^，。；、\d]{0,3}"
)
# “因所求材料由县里制作保存，5件答复无法提供”
_REASONED = re.compile(r"(?:^|[。；，：])(?:因为?|由于|鉴于)(?P<reason>[^，。；]{4,})，$")
_NO_REASON = re.compile(r"条例|规定|法律|法定|各[类种]|多种|等|上述|以上")
_GROUPS = ("requests/withheld.", "requests/unable_to_provide.", "requests/not_processed.")


def of_one_reason(item: Item, expression: Expression, actual: Decimal) -> bool:
    """Whether fewer are counted than a group has, and only for a reason the text gives in words of its own."""
    quantity = item.quantity
    if quantity is None or quantity.amount is None or quantity.amount >= actual:
        return False
    if len(expression.terms) < 2 or not expression.operands[0].startswith(_GROUPS):
        return False
    given = _FOR_A_REASON.search(item.label)
    if given is None and not item.label:
        given = _REASONED.search(item.lead)
    return given is not None and not _NO_REASON.search(given["reason"])


_EITHER = re.compile(r"(?:的)?[，：]?或[^，。；\d]{1,14}，?或")


def of_either(item: Item) -> bool:
    """Whether what is counted ended one way or another: “其余19件或不掌握，或已撤回”."""
    return _EITHER.match(item.rest) is not None


_BARE_OTHER = re.compile(r"(?:以及|及|和|与|另有)?其[他它](?:类|方面|事项|内容|的)?(?:有|为|共)?")


def closes_another_list(
    item: Item, expression: Expression, entry_of: Callable[[Item], Entry]
) -> bool:
    """Whether “其他21件” is called other applicants though none of the counts listed before it is one.

    “房屋征收44件、物业管理31件、其他21件” sorts by what was asked for.
    """
    if not expression.operands[0].endswith("/other") or item.named is not None:
        return False
    if not _BARE_OTHER.fullmatch(item.label.strip()):
        return False
    listed = [entry_of(p) for p in item.earlier() if p.quantity is not None]
    return not any(e.holds and any(not fact.endswith("/total") for fact in e.facts) for e in listed)


def parts_what_is_stated(
    entry: Entry, expression: Expression, entry_of: Callable[[Item], Entry], text: str
) -> bool:
    """Whether an earlier number of the sentence states the same formula rightly and this one opens it up."""
    quantity = entry.item.quantity
    if quantity is None or quantity.amount is None:
        return False
    for previous in entry.item.earlier():
        if previous.quantity is None:
            continue
        before = entry_of(previous)
        if not before.holds or before.expression != expression:
            continue
        whole = previous.quantity.amount
        between = text[previous.end : entry.item.start]
        return whole is not None and quantity.amount < whole and bool(_PARTED.search(between))
    return False


# “危化领域72件，上年54件”: last year's number is of the part just named.
_JUST_LAST_YEAR = re.compile(r"(?:上(?:一)?年(?:度)?|去年)(?:同期)?(?:的|为|是|有)?\s*")
_ITS_PART = re.compile(r"\s?[，（(、]\s?")


def of_an_open_part(item: Item, expression: Expression, entry_of: Callable[[Item], Entry]) -> bool:
    """Whether “上年54件” stands right behind a part nobody knows, and is as much of last year's."""
    previous = item.previous
    if previous is None or not expression.operands[0].startswith(PREVIOUS):
        return False
    gap = item.lead[len(item.lead) - max(0, item.start - previous.end) :]
    pause = _ITS_PART.match(gap)
    if pause is None or not _JUST_LAST_YEAR.fullmatch(gap, pause.end()):
        return False
    before = entry_of(previous)
    return before.open_count is not None and before.expression is None
