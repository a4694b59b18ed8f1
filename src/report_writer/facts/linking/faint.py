"""What a number of a sentence about requests may be when no word of the form names it.

Such a link is weak: it confirms (“收13件、承3件、结16件”), and leaves the number open where it does not.
"""

import re

from report_writer.domain.units import PEOPLE
from report_writer.facts.expressions import Expression
from report_writer.facts.linking.behind import said_behind
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.linking.lexicon import OTHER_MATTERS, REQUESTS
from report_writer.facts.linking.lexicon_faint import FAINT, FAINT_COLUMNS, asked_for
from report_writer.facts.linking.naming import clause_before, next_said, relative, wide_label
from report_writer.facts.sheet import TOTAL_ROWS, requests
from report_writer.facts.text.frames import Item

_REACH = 24
# “目前6件都已答复”
_ANSWERED = re.compile(
    r"(?:申请)?(?:均|都|全部|皆|已)+(?:经)?(?:在)?(?:年内|当年|年底前|本年度?)?内?(?:按期|依法)?(?:答复|办结|办毕|办完)"
)
# “经1次补正”: a step of the procedure, not a request.
_STEP = re.compile(r"(?:经过?|历经)$")
# “尚有1件于次年1月办理完毕”
_DONE_NEXT = re.compile(
    r"[^，。；\d]{0,6}?(?:下(?:一)?年|次年|翌年|来年)(?:\d{1,2}月|年?初|[一二]月)?[^，。；\d]{0,8}?(?:办[理结毕完]|答复|完成|了结)"
)
# What was left may have come from last year or go into the next; these words do not say which.
_LEFT = re.compile(r"遗留|结存|未了|留存")


def fitting(item: Item, context: Context) -> Link | None:
    """Return the cells that loose words around a number allow, or None; never more than a confirmation."""
    if item.quantity is None or _OFFICES.match(item.after):
        return None
    if item.quantity.unit == "次" and (not asked_for(item.lead) or _STEP.search(item.label)):
        return None
    if not _speaks_of_requests(item, context):
        return None
    label = relative(item.label, context.year)
    rows: list[str] = []
    own = ours = 0
    if _DONE_NEXT.match(relative(item.after, context.year)):
        rows.append("carried_forward")
    behind = relative(_behind(item) or said_behind(item), context.year)
    # NOTE: “新件40件，办出40件”: the clause in which the next number stands names that number first.
    shared = item.following is not None and item.following.quantity is not None
    for text in (
        label,
        behind.partition("，")[0] if shared else behind,
        relative(wide_label(item), context.year),
        clause_before(item),
        behind if shared else "",
    ):
        for words in (REQUESTS, FAINT):
            rows += [m[2] for m in reversed(words.matches(text)) if m[2] != "worked_on"]
        own = own or len(rows)
        ours = ours or (len(rows) if text is not behind else 0)
    if "等" in label[-3:]:
        # NOTE: “主动撤回等4件”: the reason is but an example of its group.
        rows = [*(row.split(".")[0] for row in rows[:own]), *rows]
    else:
        # NOTE: “因信息不存在无法提供”: the reason goes before its group.
        named = {row.split(".")[0] for row in rows if "." in row}
        rows.sort(key=named.__contains__)
    if not asked_for(item.lead) and not _follows_requests(item, context):
        rows = [row for row in rows if row != "not_processed.petition"]
    if "carried_over" in rows and _LEFT.search(label):
        rows.append("carried_forward")
    options: list[Expression] = [requests(row) for row in dict.fromkeys(rows)]
    columns = [m[2] for m in reversed(FAINT_COLUMNS.matches(label))]
    if not _OUT_OF.match(item.after):
        columns += [m[2] for m in FAINT_COLUMNS.matches(said_behind(item)[:12])]
    if _BARE.fullmatch(label):
        columns += [m[2] for m in FAINT_COLUMNS.matches(clause_before(item))]
    if item.quantity.unit in PEOPLE and asked_for(item.after):
        columns.append("natural_person")
    options += [requests(context.request_row, column) for column in dict.fromkeys(columns)]
    if _OWN.fullmatch(label.strip()) and (not options or names_us(label)):
        totals = [requests(row) for row in TOTAL_ROWS]
        if _ANSWERED.match(said_behind(item)):
            totals.reverse()
        options = totals + options
    if not options:
        return None
    context.faint_over = context.topic
    return Link(
        tuple(options), strong=False, row="faint", borrowed=bool(rows) and shared and not ours
    )


def _follows_requests(item: Item, context: Context) -> bool:
    """Whether the number before, in the same sentence, was one of requests; shares are passed over."""
    previous = item.previous
    of_a_kind = _OF_A_KIND.search(item.label) is not None
    while previous is not None and (
        (of_a_kind and previous.claim) or (previous.quantity and previous.quantity.kind == "share")
    ):
        previous = previous.previous
    if previous is None:
        return False
    # NOTE: “占四成；4件实属投诉”: a number without a name goes on with what was counted before.
    goes_on = (of_a_kind or not item.label.strip()) and item.start - previous.end <= _NEAR
    if previous.start < item.sentence[0] and not goes_on:
        return False
    link = context.links.get(id(previous))
    return link is not None and link.expression.operands[0].startswith("requests/")


def _just_behind_requests(item: Item, context: Context) -> bool:
    previous = item.previous
    link = context.links.get(id(previous)) if previous is not None else None
    if link is None or previous is None or item.start - previous.end > _NEAR:
        return False
    return link.expression.operands[0].startswith("requests/")


_IS_SO = re.compile(
    r"\s?(?:则|实|均|都|也|应)?(?:属|系|为|是|按|作|以|因|转|归|算|须|需|走)[^，。；]*"
)
# “投诉举报性质的4件”: some of what was counted before the semicolon.
_OF_A_KIND = re.compile(r"(?:投诉|举报|信访|申诉)[^，。；、\d]{0,4}(?:性质|范畴|内容)的?\s*$")


# “经5个科室会审后提供”: offices, not requests.
_OFFICES = re.compile(
    r"\s?(?:(?:业务|相关|责任|牵头)?(?:科室|处室|股室|部门|单位|乡镇|街道|社区|窗口|平台|栏目|渠道))"
)
# “8件中科研机构3件”: the applicant behind it has a number of its own.
_OUT_OF = re.compile(r"\s?(?:当中|之中|中|里)")
_OURS = re.compile(r"[本我局机关厅委办]")
_BARE = re.compile(r"[\s共计有为合]*")
# A number whose label names nobody but us, or nothing: “本关21件”, “全年8件”, “为18件”.
_OWN = re.compile(
    r"(?:其中|(?:记|挂|落|归|算|计|登|列|属)(?:在|到|于|入|进)?|直接|递到|以|由|先后|前后|目前|这|统共|拢共|一共|全年|年内|年度|本年度?|今年|当年|共|计|合计|总数|为|有|仅|达|全[局院站馆])*(?:(?:本|我)(?:机关|单位|[局委办厅院所站馆镇乡关街校])|[省市县区]\w{1,8}[局委办厅院所站馆]|[局委办厅院所](?=本级|机关|自身)|[局厅委办院所站馆]机关)?(?:自身|本级|机关)?(?:名下|账上|头上|一家)?(?:收到|受理|全年|共|为|计|有|仅|达|的)*"
)


def names_us(label: str) -> bool:
    """Whether a label says no more than that the count is ours: “记在局机关名下的”."""
    return bool(_OURS.search(label) and _OWN.fullmatch(label.strip()))


def _behind(item: Item) -> str:
    """Return what follows a number up to the next, one comma at most."""
    following = next_said(item)
    reach = following.start if following else item.sentence[1]
    room = item.rest[: max(0, min(reach, item.sentence[1]) - item.end)]
    first, comma, second = room.partition("，")
    both = first + (comma + second.split("，")[0] if len(first) <= _REACH else "")
    return both.rstrip("，、：（")


# How far back a sentence that speaks of requests may stand, where nothing since has named another matter.
_NEAR = 60


def _speaks_of_requests(item: Item, context: Context) -> bool:
    """Whether the sentence or the topic so far is requests, and nothing nearer says otherwise."""
    near = item.left + item.after
    follows = _follows_requests(item, context)
    # NOTE: “不予处理9件，含信访投诉6件、重复3件”: what was counted before is of requests.
    words = wide_label(item)
    said = _IS_SO.match(said_behind(item))
    behind = said[0] if said is not None else ""
    reason = follows and any("." in m[2] for w in (REQUESTS, FAINT) for m in w.matches(words))
    # NOTE: “查台站档案的1件属行政查询”: what was asked for names another matter, the reason behind does not.
    goes_on = follows or _just_behind_requests(item, context)
    reason = reason or (goes_on and any("." in m[2] for m in REQUESTS.matches(behind)))
    if not reason and OTHER_MATTERS.search(words if follows else item.left):
        return False
    asked = asked_for(item.lead) or asked_for(item.after)
    if asked or (item.named is not None and asked_for(item.rest)) or context.section == "requests":
        return True
    if (follows or reason) and context.of_requests:
        return True
    if OTHER_MATTERS.search(near):
        return False
    if context.of_requests:
        return True
    previous = item.previous
    while previous is not None and item.start - previous.end <= _NEAR:
        if asked_for(previous.lead + previous.rest.partition("。")[0]):
            return True
        previous = previous.previous
    return False
