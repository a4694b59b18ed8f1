"""Numbers that say again what the text has just counted: totals behind their list, equations."""

import re

from report_writer.facts.context import Context, Link
from report_writer.facts.frames import Item
from report_writer.facts.sheet import requests
from report_writer.forms.ogi_2021 import OUTCOME_GROUPS

_ENDINGS = frozenset({"disclosed", "disclosed_in_part", *OUTCOME_GROUPS})
_CLOSING = re.compile(
    r"(?:以上|上述|前述)?(?:两项|两者|二者|三项|各项|几项|新旧)?(?:相加|加起来|加在一起|累加|加总|合并)?(?:后)?"
    r"(?:合计|总计|共计|共|总共|合共|总数|之和)?(?:应|需|须)?(?:办理|受理|办|处理)?(?:申请|事项)?(?:总数|总量)?(?:共|共计|合计)?(?:为|是|达)?"
)


def restated(item: Item, context: Context) -> Link | None:
    """“办结95件（95＝64＋31）”: the number before an equation is the one just stated."""
    previous = item.previous
    if previous is None or item.label.strip(" （(，") or not re.match(r"\s?[=＝]", item.after):
        return None
    link = context.links.get(id(previous))
    return link if link and link.expression.operands[0].startswith("requests/") else None


def closing_total(item: Item, context: Context) -> Link | None:
    """“予以公开3件、不予公开1件，总计4件”: the total row of the list that has just ended."""
    label = item.label.strip()
    if not label or not _CLOSING.fullmatch(label) or item.previous is None:
        return None
    if not re.search(r"[合总共]计|共|相加|加|之和|总数|合并", label):
        return None
    link = context.links.get(id(item.previous))
    if link is None or link.registered or item.start - item.previous.end > 12:
        return None
    table, row, column = (*link.expression.operands[0].split("/"), "", "")[:3]
    if table != "requests":
        return None
    if column != "total":
        return Link(
            (requests(context.request_row), requests("received"), requests("handled")),
            row="closing",
        )
    if row in {"received", "carried_over"}:
        return Link((requests("handled"),), row="handled") if _both(item, context) else None
    if row.split(".")[0] in _ENDINGS:
        return Link((requests("disposed"),), row="closing")
    return None


def _both(item: Item, context: Context) -> bool:
    """Whether the sentence has named what came in and what was carried over."""
    named: set[str] = set()
    previous = item.previous
    while previous is not None and previous.start >= item.sentence[0]:
        link = context.links.get(id(previous))
        if link is not None:
            named.add(link.row)
        previous = previous.previous
    return {"received", "carried_over"} <= named
