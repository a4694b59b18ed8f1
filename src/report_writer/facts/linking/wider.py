"""Registered facts of our own beside numbers of a wider body: “全县公开3.1万条，我局412条”.

What a wider body has counted is not held against our own fact, unless it is that fact's number; and the number that
follows with nothing but our own name before it is of the same thing, counted by ourselves.
"""

import re
from collections.abc import Callable

from report_writer.domain.facts import Fact
from report_writer.domain.units import base_unit
from report_writer.facts.comparing import within
from report_writer.facts.linking.context import Link
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.bodies import WIDER_BODY
from report_writer.facts.text.frames import Item

_LIKELY = 4
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
        if following is not None and _may_be_it(following, fact):
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


def _may_be_it(item: Item, fact: Fact) -> bool:
    """Whether a number is in a fact's unit and not far from it."""
    quantity = item.quantity
    if quantity is None or not quantity.amount or not fact.value:
        return False
    unit, factor = base_unit(fact.unit)
    same = base_unit(quantity.unit)[0] == unit
    return same and within(quantity.amount, fact.value * factor, _LIKELY)


def is_ours(text: str, names: tuple[str, ...] = ()) -> bool:
    """Whether nothing but our own name stands before a number."""
    said = text.strip()
    return bool(_OURSELVES.fullmatch(said)) or any(said == name for name in names if name)


# Our own parts, each for itself: “乡镇召开培训会46次”, “二级学院办报4期”.
_PARTS_OF_US = re.compile(
    r"(?:^|[，、])(?:各|下属|所属|直属|基层|二级|辖区|市县|其[他它]){0,2}(?:乡镇|镇街|街镇|县市区?|县区|区县|市州|市县|学院|院系|部门|科室|社区|村|学校|站所|支队|大队|社团)[^，。；\d]{0,6}(?:召开|举办|组织|开展|自行|发布|公开|制作|编印|推送|办报)"
)


def told_of_others(item: Item) -> bool:
    """Whether a clause, or the one before that its own subject goes back to, says that it counts another body's."""
    previous = item.previous
    lefts = [item.left]
    if previous is not None and previous.start >= item.sentence[0]:
        lefts.append(previous.left)
    return any(
        pattern.search(left) for left in lefts for pattern in (WIDER_BODY, _OTHERS, _PARTS_OF_US)
    ) and not is_ours(item.label)
