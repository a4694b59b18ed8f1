"""Requests named by what was asked for, or by the one who asked: “申请公开图纸的共4件”, “申请人为1名居民”.

Nothing here names a row of the form: the link confirms and never accuses.
"""

import re

from report_writer.domain.units import PEOPLE
from report_writer.facts.linking.behind import said_behind
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.linking.lexicon import APPLICANTS
from report_writer.facts.linking.lexicon_faint import FAINT_COLUMNS
from report_writer.facts.sheet import TOTAL_ROWS, requests
from report_writer.facts.text.frames import Item

# “申请公开环评批复、执法文书等材料的共34件”: an act of asking, its object, the number. Parts of a total open otherwise.
_ASKED_FOR = re.compile(
    r"^(?!其中|另|还|余|其[余他])[^，。；、\d]{0,10}?(?:依?申请|要求|请求|来[函信电人])(?:政府)?"
    r"(?:依法)?(?:信息)?(?:公开|查询|查阅|获取|调取|索取|了解|提供)[^，。；\d]{2,40}?(?:的|等)"
    r"(?:申请|来件)?(?:全年|年内|本年|今年|总)?(?:一共|共计|合计|总计|只有|仅有|共|有|计|为|达|是)*\s*$"
)
_ASKER = re.compile(r"申请[人者](?:为|是|系|有|共|均|都)*\s*$")
_ASKS = re.compile(r"[^，。；、\d]{0,10}?(?:申请|要求|请求|提出|提交|递交|来[函信])")
_WHO = 8
_HEADS = frozenset({"名", "位", "人"})
# “书店提出的1件”: who asked stands before the verb.
_BROUGHT_BY = re.compile(
    r"(?:^|[，、；：])(?:其中|另有|另|有|由|来自)*(?P<who>[^，。；、\d]{2,8}?)(?:提出|提交|递交|寄来|提起|申请)的\s*$"
)


# “5件公开申请涉及用地图纸”: the noun stands behind its number.
_NOUN_BEHIND = re.compile(
    r"\s?(?:政府)?(?:信息)?公开申请(?:事项)?(?:的内容|内容)?(?=涉|关于|所?[索求]|要求|[均已都全皆]|聚焦|围绕|主要|集中|多[为是]|都|均|内容|问的|想|针对|$)"
)
_NAMELESS = re.compile(
    r"(?:全年|本年|今年|当年|年内|仅见|仅有|只有|唯一|所收|共|有|这|的|收到|受理|\s)*"
)


def asked_about(item: Item, context: Context) -> Link | None:
    """Return the total of requests for a number named only by what was asked for."""
    by_noun = _NAMELESS.fullmatch(item.label) and _NOUN_BEHIND.match(item.after)
    if item.named is not None or not (by_noun or _ASKED_FOR.match(item.left)):
        return None
    context.faint_over = context.topic
    return Link((requests("received"), requests("handled")), strong=False, row="faint")


# “提出24件，占全部27件的88.9%”: between 占 and a share stands what it is a share of.
_BASE = re.compile(
    r"占(?:到|了|去)?(?:全部|全年|总数|总量|所有|所收|收到|这|上述|申请|来件|收件|公开|的)*\s*$"
)
_SHARE_NEXT = re.compile(r"(?:公开)?(?:申请|来件|收件)?(?:总[数量])?(?:的|之)?(?:近|约|超|逾)?\s*")


def base_of_share(item: Item, context: Context) -> Link | None:
    """Return the totals a count between 占 and its share may be, behind a count of requests."""
    following, previous = item.following, item.previous
    if following is None or following.quantity is None or following.quantity.kind != "share":
        return None
    if not _BASE.search(item.before) or previous is None or following.start - item.end > _WHO:
        return None
    link = context.links.get(id(previous))
    if link is None or not link.expression.operands[0].startswith("requests/"):
        return None
    if not _SHARE_NEXT.fullmatch(item.rest[: following.start - item.end]):
        return None
    return Link(tuple(requests(row) for row in TOTAL_ROWS), strong=False, row="faint")


def asking_persons(item: Item, context: Context) -> Link | None:
    """Return the applicant's cell where people are counted as the ones who asked: “有1名村民申请公开…”."""
    if item.quantity is None or item.quantity.unit not in PEOPLE:
        return None
    behind = said_behind(item)
    if not (_ASKER.search(item.label) or _ASKS.match(behind)):
        return None
    columns = _columns(behind[:_WHO])
    if len(columns) != 1:
        return None
    if item.quantity.unit in _HEADS and columns == ["company"]:
        # NOTE: a shopkeeper counted by the head may stand in either column.
        columns.insert(0, "natural_person")
    readings = tuple(requests(context.request_row, column) for column in columns)
    return Link(readings, strong=False, row="faint")


def brought_by(item: Item, context: Context) -> Link | None:
    """Return the applicant's cell for “书店提出的1件”, where requests have been spoken of."""
    if not context.of_requests or not item.left.rstrip().endswith("的"):
        return None
    said = _BROUGHT_BY.search(item.left)
    if said is None:
        return None
    columns = _columns(said["who"])
    if len(columns) != 1 or APPLICANTS.matches(said["who"]):
        return None
    return Link((requests(context.request_row, columns[0]),), strong=False, row="faint")


def _columns(text: str) -> list[str]:
    """Return the columns that words for an applicant allow; the form's own words go before loose ones."""
    for words in (APPLICANTS, FAINT_COLUMNS):
        found = list(dict.fromkeys(m[2] for m in words.matches(text)))
        if found:
            return found
    return []
