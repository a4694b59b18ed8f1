"""When a number that names a registered fact may not be held against it: a change, another noun, another unit.

The label's words near a number say what it may be of. They do not say it is that very count: “社区公示栏27块” is
of boards and not of 社区, “信息增加32条” of the change. Such a link confirms; it never accuses.
"""

import re

from report_writer.domain.facts import Fact
from report_writer.domain.units import base_unit
from report_writer.facts.derived.candidates import Derived
from report_writer.facts.derived.changes import moved_by
from report_writer.facts.expressions import change
from report_writer.facts.linking.context import Link
from report_writer.facts.linking.label_words import CHANNELS, telling_words
from report_writer.facts.linking.registered import ANYBODY, only_channel, past_of
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.frames import Item

_COMPARED = re.compile(r"(?:与|同|和|较|比)(?:上(?:一)?年|去年|往年|20\d\d年)[^。；]*$")


def change_of_registered(item: Item, own: Link, sheet: FactSheet) -> Derived | None:
    """“与上年相比，网站信息增加32条”: how much a registered fact has changed, where last year's is known."""
    sign = moved_by(item.before)
    fact = own.expression.operands[0]
    if not sign or moved_by(sheet[fact].label) or not _COMPARED.search(item.lead[-60:]):
        return None
    before = past_of(fact, sheet)
    if before is None:
        return None
    moved = change(own.expression, rate=False, before=before)
    return Derived((moved,), sign, own.strong, change=True)


def is_doubtful(item: Item, fact: Fact) -> bool:
    """Whether the words between a label and a number leave it open what the number counts."""
    return (
        _of_a_body(item, fact)
        or _on_the_channel(item, fact)
        or _half_named(item, fact)
        or _of_another_noun(item, fact)
        or _of_what_follows(item, fact)
        or _OF_SEVERAL.search(item.label) is not None
        or of_another_period(item, fact)
        or bool(moved_by(item.before) and not moved_by(fact.label))
    )


_PERIOD = re.compile(r"[上下]半年|[一二三四]季度|(?<!\d)\d{1,2}月")


_PERIODS = re.compile(r"[一二三]至[二三四]季度|上下半年|[上下]半年[、和与及][上下]半年|各季度")


def tells_periods(item: Item) -> bool:
    """Whether a number stands in a list of the parts of the year: “一至四季度依次为…”."""
    return _PERIODS.search(item.left) is not None


def of_another_period(item: Item, fact: Fact) -> bool:
    """“下半年43篇” for 上半年惠企政策: each part of the year has a number of its own."""
    of_fact = set(_PERIOD.findall(fact.label))
    if of_fact and item.named is None and _PERIODS.search(item.left):
        # NOTE: “一至四季度依次为…” whose numbers nobody has put in their places.
        return True
    return bool(of_fact) and of_fact.isdisjoint(_PERIOD.findall(item.named or item.left))


# “在门户网站和社区公示栏发布信息共557条”, “施工公告与调整公告合计48篇” is of both.
_OF_SEVERAL = re.compile(
    r"[^，。；、]{2}(?:[和与及、]|以及)[^，。；]{2,}(?:共|合计|总计|一共|总共|累计)(?:计|有|达|为)?$"
)
_BODY = re.compile(r"[省市县区州]?(?:政府(?:办公[厅室])?|级部门|直部门)")


def _of_a_body(item: Item, fact: Fact) -> bool:
    """“市政府领导督办建议4件” for 市政府网站信息: who it is of is said, and not what."""
    if not _BODY.search(fact.label):
        return False
    rest = telling_words(_BODY.sub("", fact.label))
    return bool(rest) and rest.isdisjoint(telling_words(_BODY.sub("", item.left + item.after)))


_NARROWED = 4


def _half_named(item: Item, fact: Fact) -> bool:
    """“调整运营时间公告17次” for 官网公告: no channel is named, and much that is not of the label."""
    label = telling_words(fact.subject)
    if not label & CHANNELS or label & CHANNELS & telling_words(item.lead + item.after):
        return False
    return len(telling_words(item.label) - ANYBODY - label) >= _NARROWED


# “网上提交44件”: how they came, and not where they stand.
_BY_NET = re.compile(r"网上(?!公开|发布|公布|信息|刊|登|推|更新|公示|晒|挂)")


_TO_CHANNEL = re.compile(r".*(?:网站|官网|门户|公众号|微信|微博|官微|抖音|视频号)")


def _on_the_channel(item: Item, fact: Fact) -> bool:
    """“网上提交44件” for 网站更新信息: the label tells no more than the channel, and the words say something else."""
    if _BY_NET.search(item.label) and "网上" not in fact.label:
        return True
    return (
        only_channel(fact)
        and len(
            telling_words(_TO_CHANNEL.sub("", item.label)) - ANYBODY - telling_words(fact.label)
        )
        >= _ELSEWHERE
    )


# Words between a label and its number that name nothing else: verbs of publishing, counting and stating.
_SAYS_NO_MORE = re.compile(
    r"(?:政府|政务)?(?:主动)?(?:公开|信息|内容|消息|稿件|推文|图文|文章|作品|条目|发布|公布|刊载|刊登|推送|更新|发送|推出|挂出|上线|举办|召开|组织|开展|办理|办结|回复|答复|处理|完成|受理|接听|接到|收到)"
    r"|总[数量]|数量|合计|累计|全年|本年度?|年度|全部|各类|其中|总计|共计|分别|达到?|实现|突破|超过|[的了共计约近超有及和与为各类等均已数量达到是也则亦、“”（）()\s]"
)
_ELSEWHERE = 2


def _of_another_noun(item: Item, fact: Fact) -> bool:
    """“9个社区共设公示栏27块” for 社区 9个: a unit of its own, and another noun between label and number."""
    assert item.quantity is not None
    written, registered = base_unit(item.quantity.unit)[0], base_unit(fact.unit)[0]
    if written == registered or not written or not registered:
        return False
    words, label = item.label, fact.subject
    ends = [
        at + 2
        for start in range(len(label) - 1)
        if (at := words.rfind(label[start : start + 2])) >= 0
    ]
    if not ends:
        return False
    return len(_SAYS_NO_MORE.sub("", words[max(ends) :])) >= _ELSEWHERE


# Who or what stands right behind a number is what it counts: “督促12个单位整改新媒体”.
_COUNTED = re.compile(
    r"(?:家)?(?:单位|部门|乡镇|镇街|镇|乡|街道|村|社区|企业|学校|科室|股室|处室|问题|方面|同志|干部|工作人员)"
)


def _of_what_follows(item: Item, fact: Fact) -> bool:
    counted = _COUNTED.match(item.after)
    return counted is not None and counted[0] not in fact.label
