"""Registered facts of our own beside numbers of a wider body: “全县公开3.1万条，我局412条”.

What a wider body has counted is not held against our own fact, unless it is that fact's number; and the number that
follows with nothing but our own name before it is of the same thing, counted by ourselves.
"""

import re
from collections.abc import Callable

from report_writer.domain.facts import Fact
from report_writer.facts.linking.context import Link
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.bodies import WIDER_BODY
from report_writer.facts.text.frames import Item

_OURSELVES = re.compile(
    r"(?:其中)?(?:[，、]?(?:我|本)(?:[局委办厅镇乡街道县市区校院所站馆部中心系处]+|单位|机关|级)|(?:[局委办厅校院市县区省]|镇|街道|总局|集团)?(?:本级|机关|本部|自身))(?:发布|公开|推出|为|有|共|占了?|完成|达到?|贡献了?|举办|开展)*$"
)


def apart_from_wider(
    items: list[Item],
    links: dict[int, Link],
    sheet: FactSheet,
    names: tuple[str, ...],
    agrees: Callable[[Item, Fact], bool],
) -> None:
    """Take links to our own facts from numbers of wider bodies, and give them to our own numbers behind."""
    for item in items:
        link = links.get(id(item))
        if link is None or not link.registered or not WIDER_BODY.search(item.left):
            continue
        fact = sheet[link.expression.operands[0]]
        if WIDER_BODY.search(fact.label) or agrees(item, fact):
            continue
        following = item.following
        del links[id(item)]
        if following is None or following.start >= item.sentence[1]:
            continue
        if following.quantity is not None and is_ours(following.before, names):
            links.setdefault(id(following), link)


def is_ours(text: str, names: tuple[str, ...] = ()) -> bool:
    """Whether nothing but our own name stands before a number."""
    said = text.strip()
    return bool(_OURSELVES.fullmatch(said)) or any(said == name for name in names if name)
