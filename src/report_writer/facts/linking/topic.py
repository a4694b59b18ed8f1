"""Whether a number without a strong word of its own may count requests: what its sentence and the text so far speak of."""

import re

from report_writer.facts.linking.context import Context
from report_writer.facts.linking.lexicon import (
    APPLICANTS,
    OTHER_MATTERS,
    REQUEST_HINT,
    REQUEST_UNITS,
    REQUESTS,
)
from report_writer.facts.sheet import TOTAL_ROWS
from report_writer.facts.text.frames import Item
from report_writer.facts.text.screening import compiled

# Late, extended, passed on: counts beside the table, not in it.
BESIDE = re.compile(r"逾期(?!不|未)|超期|延期|延长|超时|协助|配合|转送|移送|转办|抽查|催办")
# Words around a count that name no new matter.
_FILLERS = compiled(
    r"全年|年内|年底|年末|当年|本年(?:度)?|年度|等|代为|的?顺序|我[局委办厅府镇乡]|本[局委机关单位]+|其中|另有?|并|已|共|均|全部|累计|合计|总计|依法|按期|按时|及时|给予|作出|书面|类|申请人?|情形|事项|情况|办理|结果|[的了为是有、：:（）()\s0-9年月日]"
)
_LETTERS = re.compile(r"来信|来电|信箱|邮箱|热线")
_MAX_UNKNOWN = 1


def may_be_requests(item: Item, context: Context, text: str) -> bool:
    """Whether weak words in `text` may mean requests: a hint in reach, no other matter nearer."""
    if BESIDE.search(text) or ("来件" in text and _LETTERS.search(item.left)):
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
    if other or not plain_words(text, context):
        return False
    if context.topic == "requests":
        return not _follows_stranger(item, context)
    return item.lead.endswith(text) and _told_ahead(item, text)


# Rows no other matter has: two of them, or one beside several applicants, tell what is counted.
TELLING_ROWS = frozenset(
    {
        "carried_over",
        "carried_forward",
        "disclosed_in_part",
        "disclosed_in_full_or_part",
        "withheld",
        "unable_to_provide",
        "not_processed",
        "otherwise_closed",
    }
)
# Only answers to requests are called so.
_BY_ITSELF = frozenset({"disclosed_in_part", "disclosed_in_full_or_part"})
_TELLS_NOT = frozenset({*TOTAL_ROWS, "disclosed"})
_AHEAD, _FAR = 8, 120


def _told_ahead(item: Item, text: str) -> bool:
    """“收到325件，上年结转7件，部分公开20件”: only what follows tells that requests are counted."""
    if not any(m[2] in _TELLS_NOT for m in REQUESTS.matches(text)):
        return False
    rows: set[str] = set()
    columns: set[str] = set()
    carried = False
    following, steps = item.following, 0
    while following is not None and steps < _AHEAD and following.start < item.end + _FAR:
        label = following.label
        if OTHER_MATTERS.search(label):
            break
        rows |= {m[2] for m in REQUESTS.matches(label) if m[3] and m[2] in TELLING_ROWS}
        columns |= {m[2] for m in APPLICANTS.matches(label)}
        behind = REQUESTS.matches(following.after[:_AHEAD])
        carried |= any(m[3] and m[2].startswith("carried_") for m in behind)
        following, steps = following.following, steps + 1
    # NOTE: “累计办结15件，还有1件结转下年”: what is done and what is carried on are of requests.
    flow = carried or not rows.isdisjoint({"carried_over", "carried_forward"})
    done = flow and any(m[2] == "disposed" for m in REQUESTS.matches(text))
    return len(rows) + len(columns) > 1 or done or not rows.isdisjoint(_BY_ITSELF)


def _follows_stranger(item: Item, context: Context) -> bool:
    """“网格员收集民情905条，办结897条”: the sentence has counted something that is no request."""
    previous = item.previous
    if context.section == "requests" or previous is None or previous.quantity is None:
        return False
    link = context.links.get(id(previous))
    return (
        previous.start >= item.sentence[0]
        and previous.quantity.kind == "count"
        and previous.quantity.unit in REQUEST_UNITS
        and (link is None or (link.row == "faint" and "carried" not in link.expression.operands[0]))
    )


def strayed(item: Item, context: Context) -> bool:
    """“开放日5期，市民430人次”: the sentence names no request, and has counted something else."""
    if context.section == "requests" or REQUEST_HINT.search(item.lead + item.after):
        return False
    for previous in item.earlier():
        if previous.quantity is not None and previous.quantity.kind == "count":
            link = context.links.get(id(previous))
            return link is None or not link.expression.operands[0].startswith("requests/")
    return False


def plain_words(text: str, context: Context) -> bool:
    """Whether a label says nothing but words of requests, so that the topic so far carries on."""
    if context.section == "requests":
        return True
    rest = text
    for matches in (REQUESTS.matches(text), APPLICANTS.matches(text)):
        for start, end, _, _ in matches:
            rest = rest.replace(text[start:end], "")
    return len(_FILLERS.sub("", rest)) <= _MAX_UNKNOWN


def _linked_to_requests(item: Item, context: Context) -> bool:
    for previous in item.earlier():
        link = context.links.get(id(previous))
        if link:
            return link.expression.operands[0].startswith("requests/")
    return False
