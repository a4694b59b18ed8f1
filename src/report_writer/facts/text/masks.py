"""What is written with numerals and is no figure: dates, articles, document numbers, phones …

Two classes. A listed mask becomes a mention `not_a_figure`; an ordinary word (统一, 第三方, 一是) is
masked and not listed. Masks run in the order of `mask_rules`; what one has taken the next cannot see. A
mask lies within one sentence (a 。 inside 《》 or “” ends none) and holds a numeral, but for url and
email. Word lists are data (`facts/data/*.toml`) and name their source. Input is normalised text.
"""

import re
from collections.abc import Iterator
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from report_writer.facts.text.appositions import counted_names
from report_writer.facts.text.one_thing import counts_one
from report_writer.facts.text.screening import (
    Screen,
    any_word,
    branches_need,
    compiled,
    hint,
    needs,
)
from report_writer.facts.text.wordlists import wordlist

N = "[0-9〇○零一二三四五六七八九十百千万亿两半廿卅]"
_C = "[一二三四五六七八九十百两〇○零廿卅]"
_D = r"(?:\d{1,4}|[一二三四五六七八九十百两〇○零]{1,6})"
NUMERAL = re.compile(N)
_NUMERALS = frozenset("0123456789〇○零一二三四五六七八九十百千万亿两半廿卅")
HOLE = "\ue000"
_YEAR = r"(?:(?:19|20)\d{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2})"
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?(?:日|号)"
_MONTH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s?月(?:份)?"
_PART = r"(?:[年季]?[初末底中](?!\w?级|央|心|国|小|学|标|介|层|途|共)|上半年|下半年|[上中下]旬|第?[一二三四1-4]季度)"
_DATE = rf"{_YEAR}\s?(?:年度|年(?!版))(?:\s?{_MONTH}(?:\s?{_DAY})?)?(?:{_PART})*"
_SHORT = rf"(?:{_MONTH}\s?{_DAY}|{_MONTH}(?:{_PART})?(?![^\W\d_]?度))"
_TO = r"\s?(?:起)?\s?(?:至|到|[-—~～]+)\s?"
_DATE_END = rf"(?:{_DATE}|{_SHORT}|{_DAY})(?:止)?"
_CLOCK = r"\d{1,2}(?:[:：]\d{2}|[时点](?:\d{1,2}分|半)?)"
_SPAN = r"(?:个?工作日|个?自然日|个?月(?!份|底|初|末|度)|周(?!年)|个?星期|个?季度|小时|分钟|秒钟|天|日(?!报|常|期|志|均)|年(?!度|版|报|第))"
_AT_MOST = r"(?:不少于|不超过|不多于|不晚于|最长|连续|近|过去)"
# “提前5天”, “播出800小时” are figures of their own; “7天以上”, “24小时内” are rules.
_FREE_DAYS = r"(?<!公示)(?<!公告)(?<!张榜)(?<!张贴)(?<!张挂)(?<!悬挂)(?<!上墙)(?<!挂网)(?<!为期)(?:(?!24)\d{1,3}|[两三四五六七八九十]{1,3})\s?(?:天|周(?!年)|小时|分钟)(?!之?内|以内|以上|以来|公示期|公示)"

# “平均办理用时11个工作日” is measured, not prescribed.
_NO_MEAN = r"(?<!用时)(?<!用时为)(?<!耗时)(?<!耗时为)(?<!时长)(?<!时长为)(?<!平均)(?<!平均为)"


class Mask(NamedTuple):
    """Characters that are no figure; `listed` ones become mentions."""

    start: int
    end: int
    kind: str
    listed: bool = True


@cache
def mask_rules() -> list[tuple[str, bool, str]]:
    """Return kind, whether it is listed, and pattern of every mask, in the order they are applied."""
    slogans, ordinary = wordlist("slogans"), wordlist("ordinary_words")
    hotlines = any_word(slogans["hotlines"].split())
    words = any_word(ordinary["words"].split())
    structures = {
        kind: "|".join(listed).replace("{C}", _C).replace("{D}", _D)
        for kind, listed in wordlist("structures")["masks"].items()
    }
    return [
        ("url", True, r"(?:https?://|www\.)[A-Za-z0-9./?=&%#_:\-]+"),
        ("code", True, r"(?:索引号|信用代码|备案号|编号|账号|代码)[:：]?\s?[A-Za-z0-9/\-]{5,}"),
        ("email", True, r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
        (
            "document number",
            True,
            r"[〔\[【（(]\s?(?:19|20)\d{2}\s?(?:年)?[〕\]】）)]\s?第?\s?\d+(?:-\d+)?\s?号",
        ),
        ("document number", True, r"(?<!\d)(?:19|20)\d{2}\s?[-—－]\s?\d{1,4}\s?号"),
        ("document number", True, rf"{_YEAR}年?第\s?{_D}(?:-\d+)?\s?号"),
        ("decree", True, rf"(?:国务院令|国令|主席令|部令|令)?第\s?{_D}(?:-\d+)?\s?号(?:令|公告)?"),
        ("decree", True, r"(?:国务院令|国令|主席令)\s?\d+\s?号"),
        (
            "article",
            True,
            rf"(?:《[^》]{{1,30}}》)?第\s?{_D}\s?条(?:之{_C})?(?:第?\s?[（(]?{_D}[）)]?\s?[款项目])*",
        ),
        ("article", True, rf"第?[（(]{_D}[）)]\s?[款项目]"),
        (
            "phone",
            True,
            r"(?:电话|传真|手机|联系方式|热线|拨打|拨通|QQ群?|微信号)[^，。；、\d]{0,12}?\d[\d\-—\s转]{3,}\d(?![\d,]|\s?[余多万件条次篇份人个起宗例项通户笔])",
        ),
        ("phone", True, r"(?<![\d.])0\d{2,3}\s?[-—~－]+\s?\d{6,8}(?:-\d{1,4})?(?!\d)"),
        (
            "phone",
            True,
            r"(?<=请拨|[拨致]打|致电)\s?\d{5,12}(?!\d)|(?<![\d.])\d{7,8}(?=热线|专线|电话)",
        ),
        ("phone", True, r"(?<![\d.])(?:1[3-9]\d{9}|400-?\d{3}-?\d{4})(?!\d)"),
        ("postcode", True, r"(?:邮编|邮政编码|邮码)[^\d，。；]{0,3}\d{6}"),
        ("clock", True, r"\d+\s?[×xX*]\s?\d+\s?小时"),
        ("slogan", True, r"\d(?:\+\d)*\+[NXn]"),
        (
            "code",
            True,
            r"(?<![A-Za-z0-9.])(?:[A-Za-z]+-?\d+(?:\.\d+)?|\d+[A-Za-z]+)(?![A-Za-z0-9])",
        ),
        ("rank", True, r"[一二三]等[奖功]"),
        ("phone", True, r"[（(]0\d{2,3}[)）]\s?\d{7,8}"),
        ("code", True, r"(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)"),
        ("code", True, r"GB(?:/T)?\s?\d+(?:[-—]\d+)?"),
        ("document number", True, r"(?:\d+|[一二三])\s?号(?=文|令|公告|通知|函|意见|标准)"),
        ("document number", True, r"(?<![\d.])\d{1,4}\s?号(?=[、等])|(?<=号、)\d{1,4}\s?号"),
        ("address", True, structures["addresses"]),
        ("edition", True, r"[Vv]?\d+(?:\.\d+)?\s?版(?!块|面)"),
        ("date", True, rf"(?<!\d)(?:19|20)\d{{2}}(?=\s?[、和与及]\s?{_YEAR}\s?年)"),
        (
            "date",
            True,
            r"(?:周|星期|礼拜)[一二三四五六日天](?:(?:至|到|[-—~～])(?:周|星期|礼拜)?[一二三四五六日天])?",
        ),
        ("named day", True, rf"{_D}周年"),
        ("slogan", True, r"双\d+|\d个\d+%(?=目标|要求|行动|工程)"),
        ("slogan", True, r"(?!一年一[样致])一(?!的)[^\W\d_一]一[^\W\d_一二三四五六七八九十]"),
        ("address", True, r"[一二三四五六七八九十]+(?:楼|层(?!面|级|次))"),
        ("ordinal", True, rf"第\s?{_D}(?:届|批|次(?=会议|全会|普查|全国)|期(?!间))"),
        ("date", True, r"[（(]\s?(?:19|20)\d{2}\s?[）)]"),
        # “2020这一年”, “2022借助网站公开…”: a year without its 年 opens the clause
        ("date", True, r"(?<![\d.,])20[12]\d(?=(?:这|整|全)一?年)"),
        (
            "date",
            True,
            r"(?:^|(?<=[，。；：）\n]))20[12]\d(?=[借通依按以围坚紧聚在我本各][^，。；\d]{4})",
        ),
        (
            "clock",
            True,
            rf"(?:[上下]午|早|晚)?(?<!\d){_CLOCK}(?:\s?(?:至|到|[-—~～]+)\s?(?:[上下]午)?{_CLOCK})?(?!\d)",
        ),
        ("date", True, rf"(?:{_DATE}|{_SHORT}){_TO}{_DATE_END}"),
        ("date", True, rf"{_YEAR}{_TO}{_YEAR}\s?(?:学年|年(?:度)?)"),
        ("date", True, r"(?<!\d)(?:1[0-2]|[1-9])\s?[-—~～至]+\s?(?:1[0-2]|[1-9])\s?月(?:份)?"),
        ("edition", True, rf"{_YEAR}\s?年?版"),
        ("date", True, _DATE),
        (
            "date",
            True,
            r"(?<!\d)(?:19|20)\d{2}[-./](?:1[0-2]|0?[1-9])[-./](?:[12]\d|3[01]|0?[1-9])(?!\d)",
        ),
        ("date", True, rf"(?<!\d)(?<![个近多])(?:{_SHORT}|(?<=[月至到日])\d{{1,2}}\s?日)"),
        (
            "date",
            True,
            rf"(?:上半年|下半年|前三季度|(?:第|前)?{_C}季度|[上下]半月|半年|半月|{_C}季度)",
        ),
        ("named day", True, r"(?<!\d)\d{1,2}[·▪•]\d{1,2}(?!\d)"),
        (
            "address",
            True,
            r"(?<=[路街道巷弄里村厦园区院楼座])\s?\d+(?:-\d+)?\s?号(?:楼|院|大院)?(?:\s?\d+\s?(?:室|层|楼|房))?",
        ),
        (
            "address",
            True,
            r"(?<!\d)\d+(?:\s?[-—至到、]\s?\d+)?\s?(?:楼|室|层(?!面|级)|号楼|号院|号窗口|单元)",
        ),
        (
            "list marker",
            True,
            r"(?:(?<=[。；：\n，])|^)\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?(?:[.、](?!\d)|[)）])",
        ),
        ("list marker", True, r"[（(][一二三四五六七八九十\d]{1,2}[)）](?!\s?[件条份项个次篇人])"),
        (
            "threshold",
            True,
            r"(?:超过|每|满|达到?)\s?\d+\s?[件页份次](?=方?[^，。；\d]{0,6}(?:计费|收费|按件|按量|收取))",
        ),
        (QUOTED_PAIR, True, r"“(?:双[^”\n]{1,4}|([村户组家人事件])\1[^”\n]{1,3})”"),
        ("slogan", True, r"“[^”\n]{0,12}" + N + r"[^”\n]{0,12}”"),
        ("slogan", True, any_word(slogans["items"].split())),
        ("slogan", True, rf"《[^》\n]{{0,30}}{N}[^》\n]{{0,30}}》"),
        (
            "hotline",
            True,
            rf"(?<![\d.,])(?:{hotlines}|12[1-3]\d{{2}}(?=声讯|热线|专线|服务|电话|平台|咨询|投诉|举报)|(?<=客服|热线|专线)9\d{{4}}|96\d{{3,4}}(?=热线|服务|电话|$))(?:(?=件次|办件|工单|热线|平台|人工|座席)|(?![\d.,%]|\s?[余多万件条次篇份人个起宗例项封批笔户名家位场期字元张则部册幅组头亩处所块台套页本批座]))",
        ),
        (
            "rank",
            True,
            rf"(?:排名|位列|位居|名列)(?:(?!末位|靠后)[^，。；\d]){{0,5}}(?:第|前)?{_D}(?:位|名|强)?|前{_D}[名位强]|第{_D}[名位](?!字|置)",
        ),
        ("word", False, r"前一年(?=[一相同持的度，多少]|$)"),
        (
            "duration",
            True,
            # What a duration is made of is looked for first: few numerals are any, and it is soon told.
            rf"(?={_D}\s?个?工作日){_NO_MEAN}(?<![\d.]){_D}\s?个?工作日(?:之?内|以内)?"
            rf"|(?={_AT_MOST}?\s?{_D}{_SPAN})(?<!超)(?<!超过)(?<![\d.])(?!(?:最长|连续|近|过去)?\s?{_FREE_DAYS}){_AT_MOST}?{_NO_MEAN}\s?{_D}{_SPAN}(?:之?内|以内|以上|以来)?",
        ),
        (
            "slogan",
            True,
            r"(?:五一|六一|七一|八一|十一|三八|五四)(?![0-9一二三四五六七八九十百千万亿余多件条项次个份篇人期场起宗例月日年号届名位]|\s?[%])",
        ),
        ("structure", True, structures["early"]),
        ("structure", True, structures["patterns"]),
        ("threshold", True, structures["thresholds"]),
        ("word", False, structures["columns"]),
        (
            "threshold",
            True,
            r"(?<=周边|周围|范围|半径|沿线|两侧|以外)\s?\d+\s?(?:米|公里)(?:之?内|以内|范围内?)?",
        ),
        ("structure", True, r"[百十五]分制"),
        (
            "list marker",
            True,
            rf"(?:(?<=[。；：，、\n])|^)\s?(?:{_C}是(?!否)|其{_C}(?=[，、是为]))",
        ),
        ("word", False, words),
        (
            "list marker",
            False,
            rf"{_C}是|其{_C}|(?<!分)之一|零(?=[^\W\d_〇零一二三四五六七八九十百千点])",
        ),
        (
            "ordinal",
            True,
            r"(?:党的)?[一二三四五六七八九十]{1,3}届(?:[一二三四五六七八九]中)?(?:全会)?",
        ),
        (
            "ordinal",
            True,
            rf"第\s?{_D}(?:届|次|批|季度|位|名|轮|版|章|节|部分|阶段|组|类|卷|辑|页|期|个|项|方面|年|天)?",
        ),
        (
            "structure",
            True,
            rf"(?:{_D}|几)\s?(?:个|大|项|类)?(?:方面|部分|环节|步骤|维度|层面|层级|大类|大项|子项|小项|大板块|板块|领域|要素|阶段|类别|方向|时段|等次|渠道|重点(?!单位|项目|企业|行业|任务|岗位|部门)|抓手|要点|着力点|关键词|重点领域)",
        ),
        (
            "structure",
            True,
            rf"(?<=分)(?:为|成|作)?{_C}(?:大|个)?(?:块|类|项|部分|种)(?=[：，:])|一项(?=(?:均|也|亦)?[为是])|[两三四五六](?:项|类|者)(?=\s?\d|合计|之和|相加|加起来|加在一起|合起来|合共|共计|总计|总共|累计|共(?!同|享|有的)|相抵|加总|数据|指标)|(?<![{_C[1:-1]}第])[两二三四五六七八九十]{{1,2}}(?:类(?!疫苗)|块(?=[，。；、]|$)|个(?=(?:平台|账号|渠道|网站|部分)(?:合计|共计|总计|加起来|相加)))|{_C}项(?=制度|机制|举措|措施|原则|要求|改革|职责|纪律|清单)|{_C}大(?=[^\W\d_])|{_C}[重维](?=[^\W\d_])",
        ),
        (
            "system",
            True,
            rf"{_C}[审校核制化公微网端台报级](?:{_C}[审校核制化公微网端台报级定线])+|{_C}[审级校](?=[制程核把签管联协])",
        ),
        (
            "place name",
            True,
            r"(?:[一二三四五六七八九十百千万廿卅]{1,2})(?![个件条次项名位家处所户人大届级份批只])[^\W\d_"
            + "一二三四五六七八九十"
            + r"]{0,2}?(?:镇|乡(?!镇)|街道|社区|村(?!民|务|居))",
        ),
    ]


_ISSUER = re.compile(
    r"(?:[A-Za-z]{1,4}|[^\W\d_A-Za-z根据依按照以对于和及与年月日经由等的了将]{1,8})\s?$"
)


def _with_issuer(text: str, start: int) -> int:
    """Return where a document number begins, its issuer's mark included: 国办公开办函〔…."""
    match = _ISSUER.search(text, max(0, start - 9), start)
    return match.start() if match else start


# Words that are none inside a longer numeral: 十一 in 一百九十一场.
_WHOLE = frozenset(
    {"word", "slogan", "system", "structure", "place name", "list marker", "duration"}
)


# “双公示”: the form of a slogan, with a word for two that is no numeral.
QUOTED_PAIR = "quoted pair"
_WITHOUT_NUMERAL = frozenset({"url", "email", QUOTED_PAIR})


def _inside_number(text: str, start: int, end: int) -> bool:
    return (
        (text[start - 1 : start] in _NUMERALS and text[start] in _NUMERALS)
        or (text[end : end + 1] in _NUMERALS and text[end - 1] in _NUMERALS)
        or text[start - 2 : start] == "分之"
    )


def _is_none(kind: str, text: str, start: int, end: int) -> bool:
    """Whether what a rule matches is none of the report's figures, or part of one."""
    if kind not in _WITHOUT_NUMERAL and not NUMERAL.search(text, start, end):
        return False
    if kind in _WHOLE and text[start] not in "唯同" and _inside_number(text, start, end):
        return False
    return kind != "word" or not counts_one(text, start, end)


@cache
def _compiled() -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    return tuple((kind, listed, compiled(pattern)) for kind, listed, pattern in mask_rules())


@cache
def _screen() -> Screen:
    numeral = needs(N)
    return Screen(
        [
            [
                sets + (() if kind in _WITHOUT_NUMERAL else numeral)
                for sets in branches_need(pattern)
            ]
            for kind, _, pattern in mask_rules()
        ]
    )


@cache
def _possible() -> re.Pattern[str]:
    """Return the characters one of which every mask holds."""
    free = (pattern for kind, _, pattern in _compiled() if kind in _WITHOUT_NUMERAL)
    return hint(NUMERAL, *free)


def apply_masks(text: str) -> tuple[list[Mask], str]:
    """Return the masks of a normalised text in order, and the text with holes in their place."""
    found: list[Mask] = []
    if not NUMERAL.search(text) and not any(sign in text for sign in ("@", "www", "“双")):
        return found, text
    pieces: list[str] = []
    possible = _possible()
    for start, end in _sentences(text):
        if not possible.search(text, start, end):
            pieces.append(text[start:end])
            continue
        # A sentence is shown with the 。 before it, so that nothing seems to open the text.
        before = start > 0
        masks, rest = _mask_sentence(text[start - before : end], start - before)
        pieces.append(rest[before:])
        found += masks
    return found, "".join(pieces)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of stretches that end at a 。, those inside 《》 and “” left whole."""
    start, stop = 0, text.find("。")
    while stop >= 0:
        name, quote = text.rfind("《", start, stop), text.rfind("“", start, stop)
        if (name < 0 or name < text.rfind("》", start, stop)) and (
            quote < 0 or quote < text.rfind("”", start, stop)
        ):
            yield start, stop + 1
            start = stop + 1
        stop = text.find("。", stop + 1)
    yield start, len(text)


def _mask_sentence(text: str, offset: int) -> tuple[list[Mask], str]:
    """Return the masks of a sentence that stands at an offset, and the sentence with holes."""
    found: list[Mask] = []
    rest, rules, possible = text, _compiled(), _possible()
    for index in _screen().fitting(text):
        kind, listed, pattern = rules[index]
        match = pattern.search(rest)
        if match is None:
            continue
        pieces: list[str] = []
        last = 0
        while match is not None:
            start, end = match.span()
            match = pattern.search(rest, end)
            if not _is_none(kind, rest, start, end):
                continue
            while rest[start].isspace():
                start += 1
            if kind == "document number":
                start = max(last, _with_issuer(rest, start))
            if HOLE in rest[start:end]:
                # NOTE: a quoted slogan takes in what an earlier rule found inside it, whole or not at all.
                left, right = start + offset, end + offset
                met = [m for m in found if m.start < right and left < m.end]
                if any(m.start < left or right < m.end for m in met):
                    continue
                found = [m for m in found if m not in met]
            found.append(Mask(start + offset, end + offset, kind, listed))
            pieces += (rest[last:start], HOLE * (end - start))
            last = end
        if pieces:
            rest = "".join((*pieces, rest[last:]))
            if not possible.search(rest):
                # No numeral is left for a later rule, nor for a count of names.
                break
    else:
        for start, end in counted_names(rest):
            found.append(Mask(start + offset, end + offset, "structure"))
            rest = rest[:start] + HOLE * (end - start) + rest[end:]
    found.sort(key=attrgetter("start"))
    return found, rest
