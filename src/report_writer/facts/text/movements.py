"""Clauses without a figure that say which way something has moved: 收件量较上年变少, 保持下降态势.

Put together from parts (`facts/data/movements.toml`): what it is compared with, the word of movement, what may stand
behind it.
"""

import re

from report_writer.facts.text.wordlists import wordlist

_WORDS = wordlist("movements")
_MOVE = f"(?:{_WORDS['up']}|{_WORDS['down']})"
_END = rf"{_MOVE}{_WORDS['behind']}(?:{_WORDS['drift']})?$"
# Compared with last year, or called a trend.
FIRM = re.compile(
    rf"(?:{_WORDS['compared']})[^，。；]{{0,14}}?{_END}"
    rf"|(?:{_WORDS['shows']})[^，。；]{{0,8}}?{_MOVE}{_WORDS['behind']}{_WORDS['drift']}$"
    r"|创[下出]?[^，。；]{0,6}新[高低]$"
)
# Nothing but a matter of the form and the movement: 企业申请增多, 处罚数量下降.
BARE = re.compile(rf"(?:{_WORDS['matters']})[^，。；\d]{{0,8}}?{_END}")
MOVES = re.compile(rf"(?<=[^，。；]{{2}}){_END}")
# “较上年的9件有所增加”
AFTER_COUNT = re.compile(
    rf"(?:的)?(?:相比|相较|比较)?(?P<said>(?:有所|略有|明显|大幅|显著|小幅|略|稍|更)?{_MOVE}{_WORDS['behind']})$"
)
_SIGNED = re.compile(rf"(?P<up>{_WORDS['up']})|(?P<down>{_WORDS['down']})")
_HOPED, _OTHERS = re.compile(_WORDS["hoped"]), re.compile(_WORDS["others"])
_WISHED = re.compile(_WORDS["wished"])
# “一季度申请量明显回落”
IN_PART = re.compile(rf"(?:{_WORDS['part_of_the_year']})[^，。；]{{0,10}}$")
# “较2024年增加”: the year belongs to the claim.
SINCE_YEAR = re.compile(
    rf"[较比与和同跟]20\d\d年度?(?:同期|末|底)?[^，。；\d]{{0,14}}?{_END.removesuffix('$')}(?=[，。；、）)\n]|$)"
)
_COMPARED = re.compile(_WORDS["compared"])
_ADVERB = re.compile(
    r"相比(?:较|于)?|有所|略有|稍有|微有|明显|大幅|显著|小幅|成倍|连年|逐年|连续|继续|随之|稳步|再度|双双|同步|反而|急剧|快速|迅速|总体|整体|基本|略|稍|微|呈现?|保持|延续|出现|处于|有"
)
_MEASURES = frozenset(_WORDS["measures"])


def which_way(text: str) -> int:
    """Return 1 or -1 for the last word of movement, 0 where there is none or it is denied."""
    found = list(_SIGNED.finditer(text))
    if not found or text[: found[-1].start()].endswith(("不", "未", "没", "没有", "无", "未见")):
        return 0
    return 1 if found[-1]["up"] else -1


def is_wished(text: str) -> bool:
    """Whether a movement is hoped for, ordered or feared."""
    return _WISHED.search(text) is not None


def is_hoped(text: str) -> bool:
    """Whether a movement is only hoped for."""
    return _HOPED.search(text) is not None


def is_of_others(text: str) -> bool:
    """Whether a clause names other bodies than the one that reports: “部分部门申请量上升”."""
    return _OTHERS.search(text) is not None


def of_the_last(text: str) -> bool:
    """Whether a movement names nothing of its own, so that it is said of what was just counted."""
    stem = _ADVERB.sub("", _COMPARED.sub("", text))
    end = re.search(_END, stem)
    return end is not None and _MEASURES.issuperset(stem[: end.start()])


# The words of a change right before its number: 增长了, 多办, 降幅达.
_MOVED = (
    rf"(?:{_WORDS['up']}|{_WORDS['down']}|[多少](?:[\u4e00-\u9fff]{{0,3}})|[增减升降涨跌]幅|[增减]量)"
    r"(?:了|约|近|率|幅度?|量|为|达到?|有|的|出|超过?|超|逾)*\s*"
)
# “，较上年同期多办”, “（同比增长”, “，降幅达”: a change and what it is compared with, and nothing that has changed.
_CHANGED_ONLY = re.compile(
    rf"[，、（(：:]?(?:年内|全年|本年|当年|一年来)?(?:数量|总量|总数|件数|其中)?(?:{_WORDS['compared']}|(?P<year>[较比与同]20\d\d年度?)|相比|则|又|也|亦|均|共|大幅|明显|略|小幅|净|约|近|了|有所)*"
    rf"{_MOVED}"
)
FORMER_OR_LATTER = re.compile(r"(?:其中)?([前后]者)的?")
# What a change is against, where it is not the year before: “较2019年”, “比前年”, “较计划数”.
_AGAINST = re.compile(
    r"(?:[较比与和同跟]|相[较比]于?|对比)(?:(?P<year>20\d\d)年|(?P<last>上(?:一)?(?:个)?年|去年|前一年|上年|同期)|(?P<other>前年|往年|历年|以往|前[两三几]年|上[个一]?(?:月|季)|计划|预[期算定]|目标|全[市省国县区]|疫情|改革前|机构改革|成立|实施))|同比|(?P<chain>环比(?!上年|去年))"
)
_REACH = 40


def against_another(lead: str, year: int) -> bool:
    """Whether the change these words lead to is told against anything but the year before `year`."""
    found = list(_AGAINST.finditer(lead, max(0, len(lead) - _REACH)))
    if not found:
        return False
    said = found[-1]
    if said["year"]:
        return int(said["year"]) != year - 1
    return bool(said["other"] or said["chain"])


def moves_only(left: str, year: int) -> bool:
    """Whether the words before a number say a change against last year, and not of what."""
    left = left.strip()
    if against_another(left, year):
        return False
    return _CHANGED_ONLY.fullmatch(left) is not None or not left


# “是上年的4倍”, “相当于2022年同期的”
TIMES_LAST_YEAR = re.compile(
    r"[，、（(]?(?:恰|正好|约)?(?:是|为|系|达到?|相当于|等于)(?:上(?:一)?年(?:度)?|去年)(?:同期)?的?(?:约|近)?\s*"
)
# “全年仅1件”: a number that says how many, and nothing of what.
_BARE_COUNT = re.compile(
    r"(?:(?:全年|本年度?|年内|当年|今年)?(?:总共|一共|共计|合计|总计|仅仅?|只|共|计|为|是|有|达到?|约|发生)*)*\s*"
)


def says_how_many(left: str) -> bool:
    """Whether the words before a number leave it to the clause before to say of what it is."""
    return _BARE_COUNT.fullmatch(left) is not None


_MOVED_AT_END = re.compile(rf"{_MOVED}$")
_JOINED = re.compile(
    r"分别|依次|[前后]者|[较比与]?[年期]初|环比|新|上(?:一)?年(?:度)?|去年|，|20\d\d年度?|则|又|也|亦|均|共|净|全年|年内|本年度?|当年|其中|相比|同期|[、（(：:\s]"
)


def what_moves(left: str) -> str | None:
    """Return the words of a change's clause that say what has changed, “” for none; None where that is not plain."""
    end = _MOVED_AT_END.search(left)
    if end is None:
        return None
    return _JOINED.sub("", _ADVERB.sub("", _COMPARED.sub("", left[: end.start()])))


def says_only_how_many(words: str) -> bool:
    """Whether words name no thing of their own: 总量, 件数."""
    return _MEASURES.issuperset(words)
