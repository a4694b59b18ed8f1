"""Whose total a total behind its list is: of all that was listed, of the parts it names, or of something else."""

import re
from decimal import Decimal

from report_writer.facts.derived.breakdowns import is_countable, value
from report_writer.facts.text.frames import Item

# What says “all of it” and names nothing.
_ALL_OF_IT = re.compile(
    r"合计|小计|共计|总计|汇总|累计|累加|加总|相加|加起来|合起来|合在一起|加在一起|总和|总数|总量|总|共|计"
    r"|全[年部省市州区县旗镇乡街局]|各[项类地级]?|[我本][局委办厅院所站馆镇乡街道县市区]+|本?机关|单位|以上|上述|前述|[两二三四五六七八九十](?:者|项|类|种|个|大|方面|部分|级|期|家)*"
    r"|渠道|平台|途径|方式|载体|媒体|账号|栏目|新媒体|线[上下]|网[上络]|信息|政务|政府|主动|公开|发布|推送|更新|发出|发稿|刊发|开展|举办|组织|培训|宣讲|接待|对外|其|则|就|已|约"
    r"|收到|受理|办理|办结|答复|申请|处理|作出|决定|事项|案件|稿件|数量|年度?|[为达是得有的了，、；\s]"
)
_OF_THE_PAST = re.compile(r"上(?:一)?年|去年|同期|20\d\d年")
_JOINED = re.compile(r"[与和及、]")
_LEAST = 2


def named_parts(before: str, parts: list[Item]) -> list[Item] | None:
    """Return those of `parts` that the words `before` a total name, all where they name none.

    “救助与养老合计239条” behind four kinds is of two of them. None: the total of something else
    (“县大队合计400件”, “上年合计202件”), which the list before need not make up.
    """
    if _OF_THE_PAST.search(before):
        return None
    names = [_ALL_OF_IT.sub("", name) for name in _JOINED.split(before)]
    if _JOINED.search(before) and sum(bool(name) for name in names) >= _LEAST:
        found = [[part for part in parts if _shares(name, part.label)] for name in names if name]
        alone = [one[0] for one in found if len(one) == 1]
        return alone if len(alone) == len(found) and len(set(map(id, alone))) > 1 else None
    rest = "".join(names)
    return parts if len(rest) < _LEAST else None


def names_all(before: str, parts: list[Item]) -> bool:
    """“网站、公众号共发布862条，其中网站495条、公众号331条”: whether a total is said to be of just these parts."""
    names = [_ALL_OF_IT.sub("", name) for name in _JOINED.split(before)]
    if len([name for name in names if name]) != len(parts):
        return False
    found = named_parts(before, parts)
    return found is not None and len(found) == len(parts) and bool(_JOINED.search(before))


def made_up_before(before: list[Item], parts: list[Item], whole: Item) -> bool:
    """“本办26件，上年31件；街道44件，部门137件，合计207件”: a number before the sentence makes it up."""
    gap = value(whole) - sum(map(value, parts))
    earlier = (item for item in before if item.start < parts[0].start and is_countable(item))
    return gap > 0 and any(value(item) == gap for item in earlier)


def last_that_add_up(parts: list[Item], stated: Decimal) -> list[Item]:
    """“全年19件申请中，涉密8件，法律禁止1件，合计9件”: the last parts, where these and no more make up the total."""
    left = stated
    for begin in range(len(parts) - 1, -1, -1):
        left -= value(parts[begin])
        if left == 0 and len(parts) - begin > 1:
            return parts[begin:]
    return []


def _shares(name: str, label: str) -> bool:
    return any(name[at : at + _LEAST] in label for at in range(max(1, len(name) - 1)))
