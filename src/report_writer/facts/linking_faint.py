"""What a number of a sentence about requests may be when no word of the form names it.

Such a link is weak: it confirms (“收13件、承3件、结16件”), and leaves the number open where it does not.
"""

import re

from report_writer.facts.context import Context, Link
from report_writer.facts.expressions import Expression
from report_writer.facts.frames import Item
from report_writer.facts.lexicon import OTHER_MATTERS, REQUESTS
from report_writer.facts.lexicon_faint import FAINT, FAINT_COLUMNS, asked_for
from report_writer.facts.naming import clause_before, relative, wide_label
from report_writer.facts.sheet import requests

_REACH = 24


def fitting(item: Item, context: Context) -> Link | None:
    """Return the cells that loose words around a number allow, or None; never more than a confirmation."""
    if item.quantity is None:
        return None
    if item.quantity.unit == "次" and not asked_for(item.lead):
        return None
    if not _speaks_of_requests(item, context):
        return None
    label = relative(item.label, context.year)
    rows: list[str] = []
    for text in (
        label,
        relative(wide_label(item), context.year),
        _behind(item),
        clause_before(item),
    ):
        for words in (REQUESTS, FAINT):
            rows += [m[2] for m in reversed(words.matches(text)) if m[2] != "worked_on"]
    if not asked_for(item.lead) and not _follows_requests(item, context):
        rows = [row for row in rows if row != "not_processed.petition"]
    options: list[Expression] = [requests(row) for row in dict.fromkeys(rows)]
    columns = [m[2] for m in reversed(FAINT_COLUMNS.matches(label))]
    columns += [m[2] for m in FAINT_COLUMNS.matches(item.after[:12])]
    options += [requests(context.request_row, column) for column in dict.fromkeys(columns)]
    if not options and _OWN.fullmatch(label.strip()):
        options = [requests(row) for row in ("received", "handled", "disposed")]
    if not options:
        return None
    context.faint_over = context.topic
    return Link(tuple(options), strong=False, row="faint")


def _follows_requests(item: Item, context: Context) -> bool:
    """Whether the number before, in the same sentence, was one of requests."""
    previous = item.previous
    if previous is None or previous.start < item.sentence[0]:
        return False
    link = context.links.get(id(previous))
    return link is not None and link.expression.operands[0].startswith("requests/")


# A number whose label names nobody but us, or nothing: “本关21件”, “全年8件”, “为18件”.
_OWN = re.compile(
    r"(?:其中|全年|年内|年度|本年度?|今年|当年|共|计|合计|总数|为|有|仅|达|全[局院站馆])*(?:(?:本|我)(?:机关|单位|[局委办厅院所站馆镇乡关街校])|[省市县区]\w{1,8}[局委办厅院所站馆]|[局委办厅院所](?=本级|机关|自身))?(?:自身|本级|机关)?(?:收到|受理|全年|共|为|计|有|仅|达)*"
)


def _behind(item: Item) -> str:
    """Return what follows a number up to the next, one comma at most."""
    reach = item.following.start if item.following else item.sentence[1]
    room = item.rest[: max(0, min(reach, item.sentence[1]) - item.end)]
    first, comma, second = room.partition("，")
    return first + (comma + second.split("，")[0] if len(first) <= _REACH else "")


# How far back a sentence that speaks of requests may stand, where nothing since has named another matter.
_NEAR = 60


def _speaks_of_requests(item: Item, context: Context) -> bool:
    """Whether the sentence or the topic so far is requests, and nothing nearer says otherwise."""
    near = item.left + item.after
    follows = _follows_requests(item, context)
    # NOTE: “不予处理9件，含信访投诉6件、重复3件”: what was counted before is of requests.
    if OTHER_MATTERS.search(wide_label(item) if follows else item.left):
        return False
    if asked_for(item.lead) or context.section == "requests":
        return True
    if follows and context.of_requests:
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
