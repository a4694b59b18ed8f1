"""Lists of what was asked for: “关于文物保护7件、旅行社6件、场馆4件” names no applicants and no permits."""

import re

from report_writer.facts.expressions import Expression
from report_writer.facts.text.frames import Item

_OPENS = re.compile(
    r"^(?:其中)?(?:主要|多|分别)?(?:为|是)?(?:关于|有关|涉及|事关|围绕|针对|反映|询问|咨询|问|要求公开|申请公开|内容为|其?次[为是]|首位[为是])"
)
_NEXT = re.compile(r"[^，。；：\d]*")
_MOST = 8


def of_themes(item: Item) -> bool:
    """Whether a count stands in a list, divided by 、 alone, whose first name is that of a theme."""
    head = item
    for _ in range(_MOST):
        previous = head.previous
        if previous is None or previous.quantity is None or previous.start < item.sentence[0]:
            break
        gap = head.lead[len(head.lead) - max(0, head.start - previous.end) :]
        if not gap.startswith("、") or not _NEXT.fullmatch(gap):
            break
        head = previous
    return head is not item and _OPENS.match(head.label.strip()) is not None


def theme_like(item: Item, expression: Expression) -> bool:
    """Whether a theme of a list may have been taken for a decision or for a kind of applicant."""
    table, _, column = (*expression.operands[0].split("/"), "", "")[:3]
    return (table == "proactive" or column not in {"total", ""}) and of_themes(item)
