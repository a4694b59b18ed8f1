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
    r"(?:其中)?(?:[，、]?(?:我|本)(?:[局委办厅镇乡街道县市区校院所站馆部中心系处]+|单位|机关|级)|(?:[局委办厅校院市县区省]|镇|街道|总局|分局|集团)?(?:本级|机关|本部|自身|自办|自行(?:组织|举办|开展)?|自主))(?:发布|公开|推出|收到?|受理|新收|登记|接收|为|有|共|占了?|完成|达到?|贡献了?|举办|开展)*$"
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
        if link is None or not link.registered:
            continue
        fact = sheet[link.expression.operands[0]]
        said = _told_of(item)
        if said is None or said in fact.label or agrees(item, fact):
            continue
        if WIDER_BODY.search(said) and WIDER_BODY.search(fact.label):
            continue
        following = item.following
        if (
            following is None
            or following.start >= item.sentence[1]
            or not following.quantity
            or (
                not is_ours(following.before, names)
                and not _ALL_OF_THEM.fullmatch(following.before)
            )
        ):
            following = None
        if following is not None:
            links.setdefault(id(following), link)
        if following is not None or not said.startswith("新"):
            del links[id(item)]


# What others held and we attended, and what was new among all there are: “参加市局培训2次，自办3次”, “新设2块，累计16块”.
_OTHERS = re.compile(
    r"(?:参加|参训|应邀|选派|派员)[^，。；]{0,12}(?:组织|举办|召开|主办|开展|牵头)|[省市县区州盟旗]直(?=[^，。；]{0,6}(?:部门|单位|机关|召开|举办|组织|公开|发布))"
)
_NEW = re.compile(r"(?:^|[，、])(?P<new>新[设增建添开][^，。；、\d]{0,8})$")
_ALL_OF_THEM = re.compile(
    r"[，、]?(?:累计|总[数量]|现有|共有|保有|目前有|已有)(?:量|数)?(?:已)?(?:达到?|为|有)?"
)


def _told_of(item: Item) -> str | None:
    """Return the words that say a number is another body's, or of new ones only."""
    for pattern in (WIDER_BODY, _OTHERS, _NEW):
        found = pattern.search(item.left)
        if found is not None:
            return found[0]
    return None


def is_ours(text: str, names: tuple[str, ...] = ()) -> bool:
    """Whether nothing but our own name stands before a number."""
    said = text.strip()
    return bool(_OURSELVES.fullmatch(said)) or any(said == name for name in names if name)


def told_of_others(item: Item) -> bool:
    """Whether a clause says that what it counts is another body's."""
    return bool(WIDER_BODY.search(item.left) or _OTHERS.search(item.left))
