"""Which cells a count speaks of, by the words around it and never by its value.

The nearest word wins; a part outranks its group (行政执法案卷 over 不予公开); an applicant takes its row
from the count it breaks down. A weak word needs a sentence about requests.
"""

import re
from dataclasses import replace

from report_writer.domain.units import base_unit
from report_writer.facts.context import Context, Link
from report_writer.facts.expressions import Expression, total
from report_writer.facts.frames import Item, split_names
from report_writer.facts.lexicon import (
    APPLICANTS,
    OTHER_MATTERS,
    REQUEST_HINT,
    REQUEST_UNITS,
    REQUESTS,
)
from report_writer.facts.linking_other_tables import link_proactive, link_remedy
from report_writer.facts.sheet import requests

_STATES = frozenset({"disposed", "handled", "carried_over", "carried_forward"})
_LOOSE_ROWS = frozenset({"received", "worked_on", "disposed", "handled"})
# What is sorted here are documents by their openness, not requests by their outcome.
_DOCUMENTS_SORTED = re.compile(r"属性|公文|发文|业务文件|制发[^，。；]{0,8}文件|复文|提案|议案")
_WITH_CARRIED = re.compile(
    r"^[^，。；]{0,3}[（(，]?\s?(?:内|其中)?(?:含|包括|包含)[^，。；）]{0,2}(?:上(?:一)?年|去年|20\d{2}年|往年)|^[，（(]?其中[^，。；）]{0,3}(?:上(?:一)?年|去年)[^，。；）]{0,6}(?:结转|转)"
)
_BOTH = re.compile(r"[、和与及]|以及")


def link_count(item: Item, context: Context) -> Link | None:
    """Return the cells a count may speak of, or None; updates what the text has spoken of."""
    quantity = item.quantity
    assert quantity is not None
    unit = base_unit(quantity.unit)[0]
    shared = _shared_zero(item, context)
    if shared is not None:
        context.links[id(item)] = shared
        return shared
    if quantity.kind not in {"count", "money"}:
        return None
    link = (
        _charges(item)
        if quantity.kind == "money"
        else link_remedy(item, context, unit)
        or link_proactive(item, context, unit)
        or _request(item, context, unit)
    )
    if link:
        if _said_before(item, link, context) or _speculative(item, link, context):
            link.strong = False
        context.links[id(item)] = link
    return link


_PERIOD = re.compile(
    r"平均|每[月季日周天]|[月日周季]均|最多|最少|单[日月]|[上下]半年|季度|(?<!\d)\d{1,2}月份"
)
_TOPICS = re.compile(r"位的是|集中在|集中于|居前|主要(?:是|为|涉及|集中)|热点")
_HEARD = re.compile(r"办结|受理|收到|答复|办理")


def _speculative(item: Item, link: Link, context: Context) -> bool:
    """Whether the words leave room for another reading: then the link confirms and never accuses."""
    if link.registered:
        return False
    if _PERIOD.search(item.left[-24:]) or _TOPICS.search(item.lead[-60:]):
        return True
    # NOTE: “受理复议申请2件，办结2件”: heard in the same sentence, the cases and not the requests.
    return (
        context.topic == "remedies"
        and item.sentence[0] <= context.remedy_at < item.start
        and link.expression.operands[0].startswith("requests/")
        and bool(_HEARD.search(item.label))
        and "申请" not in item.label
    )


_SHARED = re.compile(r"(?:均|都|皆|全)(?:为|是)\s?$")


def _shared_zero(item: Item, context: Context) -> Link | None:
    """“行政复议、行政诉讼均为0件”: every named cell is 0, so their sum is."""
    assert item.quantity is not None
    if item.quantity.value != 0 or item.named is not None:
        return None
    marker = _SHARED.search(item.left)
    if not marker:
        return None
    names = [name for name in split_names(item.left[: marker.start()]) if name.strip()]
    if len(names) < 2:
        return None
    terms: list[tuple[int, str]] = []
    for name in names:
        one = replace(item, named=name, before=name, left=name)
        link = link_count(one, context)
        if link is not None:
            terms += [term for term in link.expression.terms if term not in terms]
    return Link((Expression(tuple(terms)),)) if terms else None


def _said_before(item: Item, link: Link, context: Context) -> bool:
    """Whether the sentence has spoken of the very cell: a second number by a loose word is a part of it."""
    if link.row not in _LOOSE_ROWS:
        return False
    previous = item.previous
    while previous is not None and previous.start >= item.sentence[0]:
        other = context.links.get(id(previous))
        if other and other.expression == link.expression:
            return True
        previous = previous.previous
    return False


def _charges(item: Item) -> Link | None:
    if re.search(r"信息处理费|检索|复制费|信息公开费", item.left):
        return None
    if re.search(r"事业性(?:收费|费用)|表中[^，。]{0,6}收费", item.left):
        return Link((total("proactive/charges/amount"),), row="charges")
    lead = item.lead[-40:]
    if re.search(r"^\s*(?:即|折合?|合)?\s*$", item.before) and re.search(r"事业性收费", lead):
        return Link((total("proactive/charges/amount"),), row="charges")
    return None


# Late, extended, passed on: counts beside the table, not in it.
_BESIDE = re.compile(r"逾期(?!不|未)|超期|延期|延长|超时|协助|配合|转送|移送|转办|抽查|催办")


def _about_requests(item: Item, context: Context, text: str) -> bool:
    """Whether weak words in `text` may mean requests: a hint in reach, no other matter nearer."""
    if _BESIDE.search(text):
        return False
    hints = [m.end() for m in REQUEST_HINT.finditer(text)]
    others = [m.end() for m in OTHER_MATTERS.finditer(text)]
    if others and (not hints or max(others) >= max(hints)):
        return False
    if hints:
        return True
    lead = item.lead
    hint = [m.end() for m in REQUEST_HINT.finditer(lead)]
    other = [m.end() for m in OTHER_MATTERS.finditer(lead)]
    if hint:
        return not other or max(hint) > max(other) or _linked_to_requests(item, context)
    if REQUEST_HINT.search(item.after) and not OTHER_MATTERS.search(item.after):
        return True
    return context.topic == "requests" and not other and _plain(text, context)


# Words around a count that name no new matter.
_FILLERS = re.compile(
    r"全年|年内|年底|年末|当年|本年(?:度)?|年度|等|代为|的?顺序|我[局委办厅府镇乡]|本[局委机关单位]+|其中|另有?|并|已|共|均|全部|累计|合计|总计|依法|按期|按时|及时|给予|作出|书面|类|申请人?|情形|事项|情况|办理|结果|[的了为是有、：:（）()\\s0-9年月日]"
)
_MAX_UNKNOWN = 1
# “予以公开信息120条” counts what was opened, not how requests ended.
_OPENED = re.compile(r"信息|文件|目录|事项|内容|材料|栏|指南")
_REASONS = ("withheld.", "unable_to_provide.")


def _plain(text: str, context: Context) -> bool:
    """Whether a label says nothing but words of requests, so that the topic so far carries on."""
    if context.section == "requests":
        return True
    rest = text
    for matches in (REQUESTS.matches(text), APPLICANTS.matches(text)):
        for start, end, _, _ in matches:
            rest = rest.replace(text[start:end], "")
    return len(_FILLERS.sub("", rest)) <= _MAX_UNKNOWN


def _linked_to_requests(item: Item, context: Context) -> bool:
    previous = item.previous
    while previous is not None and previous.start >= item.sentence[0]:
        link = context.links.get(id(previous))
        if link:
            return link.expression.operands[0].startswith("requests/")
        previous = previous.previous
    return False


def _request(item: Item, context: Context, unit: str) -> Link | None:
    if unit not in REQUEST_UNITS:
        return None
    label = item.label
    sorted_documents = [m.end() for m in _DOCUMENTS_SORTED.finditer(item.lead)]
    asked = [m.end() for m in re.finditer(r"申请(?!公开)", item.lead)]
    if sorted_documents and (not asked or max(asked) < max(sorted_documents)):
        return None
    whole = _closing_total(item, context)
    if whole is not None:
        return whole
    about = _about_requests(item, context, label)
    if item.respective and not about:
        about = _about_requests(item, context, item.left)
    everyone = _EVERYONE.search(item.left)
    carried = context.topic == "requests" and _plain(label, context)
    column = _column(label) if about or carried else ""
    if everyone:
        column = ""
    row, strong = _row(label, about, about or _outcomes_listed(item, context))
    if not row and not label.strip(" 的有另余约为共计：:、其中尚还仍"):
        row, strong = _row_after(item, about)
        column = column or (_column_after(item) if about else "")
    if not row and column:
        row, strong = context.request_row, True
        return _set(context, Link((requests(row, column),), row=row))
    if not row:
        return None
    if row == "worked_on":
        if not about:
            return None
        options = [requests("handled"), requests("disposed"), requests("received")]
        if not _WITH_CARRIED.search(item.rest):
            options = [requests("disposed"), requests("received"), requests("handled")]
        context.request_row = "handled" if _WITH_CARRIED.search(item.rest) else "received"
        return _set(context, Link(tuple(options), row=row))
    if row in {"received", "handled"}:
        if row == "received" and _WITH_CARRIED.search(item.rest) and "新" not in label:
            context.request_row = "handled"
            return _set(context, Link((requests("handled"), requests("received")), row=row))
        context.request_row = row
    if column and row in {"received", "handled", "disposed", "carried_over", "carried_forward"}:
        return _set(context, Link((requests(row, column),), row=row))
    return _set(context, Link(_options(row, label), strong, row=row))


# “公民、法人和其他组织” is everybody, not the column of organisations.
_EVERYONE = re.compile(r"公民、法人(?:、|和|或者?|及|与|以及)*其[他它]组织")
_CLOSING = re.compile(r"^(?:以上|上述)?(?:合计|总计|共计|共|总共|合共)(?:为|是)?$")


def _closing_total(item: Item, context: Context) -> Link | None:
    """“予以公开3件、不予公开1件，总计4件”: the total row of the list that has just ended."""
    if not _CLOSING.match(item.label.strip()) or item.previous is None:
        return None
    link = context.links.get(id(item.previous))
    if link is None or link.registered or item.start - item.previous.end > 8:
        return None
    table, row, column = link.expression.operands[0].split("/")
    if table != "requests":
        return None
    if column != "total":
        return Link(
            (requests(context.request_row), requests("received"), requests("handled")),
            row="closing",
        )
    if row.split(".")[0] in {
        "disclosed",
        "disclosed_in_part",
        "withheld",
        "unable_to_provide",
        "not_processed",
        "otherwise_closed",
    }:
        return Link((requests("disposed"),), row="closing")
    return None


def _set(context: Context, link: Link) -> Link:
    context.topic = "requests"
    return link


def _options(row: str, label: str) -> tuple[Expression, ...]:
    """Return what a row word may count: 受理 and 办理 often take in what was carried over."""
    if row == "received" and not re.search(r"新", label):
        return (requests("received"), requests("handled"))
    if row == "disclosed" and "予以" not in label:
        return (requests("disclosed"), requests("disclosed_in_full_or_part"))
    if row == "unable_to_provide.not_held" and "不存在" in label:
        return (requests(row), requests("unable_to_provide"))
    return (requests(row),)


def _outcomes_listed(item: Item, context: Context) -> bool:
    """Whether the sentence is about outcomes, so that a bare reason (国家秘密2件) names its row."""
    return context.topic == "requests" or any(m[3] for m in REQUESTS.matches(item.lead[-80:]))


def _row(label: str, about: bool, reasons: bool) -> tuple[str, bool]:
    """Return the row the words before a number name: the nearest, a part before its group."""
    found = [
        m
        for m in REQUESTS.matches(label)
        if (m[3] or about or (reasons and m[2].startswith(_REASONS)) or _before_group(m, label))
        and not OTHER_MATTERS.search(label, m[1])
        and not (m[2].startswith("disclosed") and _OPENED.search(label, m[1]))
    ]
    if any(m[2] != "worked_on" for m in found):
        found = [m for m in found if m[2] != "worked_on"]
    if not found:
        return "", False
    best = found[-1]
    if best[2] in {"received", "worked_on"} and len(found) > 1 and "申请" in label[best[0] :]:
        # NOTE: “办结申请”, “不予处理的申请” name what became of the requests, not that they came in.
        earlier = found[-2]
        if earlier[2] in _STATES or (earlier[3] and label[earlier[1] : best[0]] in {"", "的"}):
            best = earlier
    for part in reversed([m for m in found if "." in m[2]]):
        group = part[2].split(".")[0]
        if best[2] in {group, _ALSO.get(group)} or (best[2] == "disclosed" and not best[3]):
            best = part
            break
    if "." in best[2] and not reasons and not _standing(best[2], label):
        return "", False
    return best[2], True


# The form's reasons of 其他处理 end in 不再处理, a word it uses for 不予处理 as well.
_ALSO = {"otherwise_closed": "not_processed"}


def _before_group(match: tuple[int, int, str, bool], label: str) -> bool:
    """Whether a reason leads up to its own group: “属于信访举报投诉而不予处理”."""
    group = match[2].split(".")[0]
    return "." in match[2] and any(
        m[3] and m[2] in {group, _ALSO.get(group)} and m[0] >= match[1]
        for m in REQUESTS.matches(label)
    )


def _standing(row: str, label: str) -> bool:
    group = row.split(".")[0]
    return any(m[2] == group for m in REQUESTS.matches(label))


_TAIL_ROWS = re.compile(
    r"^(?:withheld|unable_to_provide|not_processed|otherwise_closed|disclosed|carried_)"
)


def _row_after(item: Item, about: bool) -> tuple[str, bool]:
    """Read “1件待征求意见后答复”, “2件因涉密，不予公开”: the words behind a number without a name."""
    if not about and not _about_requests(item, _NOWHERE, item.lead):
        return "", False
    reach = item.following.start if item.following else item.sentence[1]
    text = item.after
    room = item.rest[: max(0, min(reach, item.sentence[1]) - item.end)]
    for scope in (text, room[:40]):
        found = [m for m in REQUESTS.matches(scope) if _TAIL_ROWS.match(m[2])]
        if found:
            part = next((m for m in found if "." in m[2]), None)
            group = next((m for m in found if "." not in m[2]), None)
            if part and (group is None or part[2].startswith(group[2] + ".")):
                return part[2], True
            return (group or found[0])[2], True
    if re.match(r"\s?(?:政府信息公开|公开|信息公开|依申请公开)?申请", text):
        return "received", True
    return "", False


_NOWHERE = Context("", 0)


def _column(label: str) -> str:
    found = APPLICANTS.matches(label)
    return found[-1][2] if found else ""


def _column_after(item: Item) -> str:
    if re.match(r"\s?(?:来自|由|系|为|是|属|均为)", item.after):
        found = APPLICANTS.matches(item.after)
        return found[0][2] if found else ""
    return ""


def previous_count(item: Item, context: Context, before: int | None = None) -> Link | None:
    """Return the link of the nearest count before an item (or an offset) in its sentence."""
    previous = item.previous
    while previous is not None and previous.start >= item.sentence[0]:
        link = context.links.get(id(previous))
        if (
            (before is None or previous.start < before)
            and link
            and link.expression.function is None
        ):
            return link
        previous = previous.previous
    return None
