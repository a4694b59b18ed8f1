"""Years that the words around them fix: what will be done, when a report is published, which year 上年 is.

A clerk takes last year's report for a template; the dates in it move on by one year, or are forgotten. What is planned
lies behind the report's year, what is published lies behind it as well, and 上年 is the year before it.
"""

import re

from report_writer.facts.text.marks import begin_of, end_of

_STALE = "疑为上年文字未改"
# “上年（2021年）”, “本年度《2024年…目录》”
_NAMED = re.compile(r"(?:(?P<past>上(?:一)?年度?|去年|前一年)|(?P<now>本年度?|今年|当年))[（(《]$")
# 将 before a noun is 把; before these it tells of what is to come.
_WILL = (
    r"(?:将(?=继续|进一步|更|加[大强快]|增加|增设|修订|着[力重]|重点|持续|推[进动出]|完善|开展|扩大|严格|按季|按月|逐|从|以|建|制[定作]|启用|组织|深化|强化|优化|健全"
    r"|围绕|聚焦|不断|努力|通过|统一|对|把|在|于|实行|实施)|拟(?!公开|办)|计划(?=[^，。；]{0,2}(?:开|增|修|建|完|推|组|启|扩|对|在|举|编))|打算|力争|争取)"
)
_WILL_BE = re.compile(
    rf"\s?(?:度)?[，,]?(?:[我本][^，。；\d]{{1,5}}|[^，。；\d]{{2,8}}[局委办厅府镇乡道院所])?{_WILL}"
)
_DONE = re.compile(r"已|实际|完成了|如期|落实到位|兑现|按期建成")
_AHEAD = re.compile(
    r"下一步|下一年度?|下年度?|明年|今后|(?:改进|整改)(?:措施|方向|打算|计划)|努力方向|工作打算|打算|将[于在]|拟[于在]|预计[于在]?|争取[于在]?"
)
_DUE = re.compile(r"(?:将|拟|预计|争取|计划|力争)[于在]?$|[于在：:是，]$")
_BY = re.compile(
    r"\s?(?:底|末)?(?:之?前|以前|内|起|完成|启用|实现|建成|上线|第[一二三四]季度|[上下]半年)"
)
_PART = re.compile(r"月|季度|半年|年[底末]")
_ANSWERED_BY = re.compile(r"(?:将|拟|预计|计划)[于在]$")
_PUBLISHED = re.compile(r"公布|发布|公开|上网|公示|审定|审议|编制完成|报送|落款")
_THIS_REPORT = re.compile(r"本(?:年度)?报告|本年报|信息公开(?:工作)?年度报告|现予公布")
_SIGNED = re.compile(r"[局委办厅府镇乡处院所会中心校馆]，?\s?$")
_EARLY = re.compile(r"(?:年\s?|[〇○零一二三四五六七八九]年)(?:0?[1-3]|[一二三])\s?月")
_NOW_ISSUED = re.compile(
    r"(?:现(?:将|予|就)?(?:发布|公布|公开|编制)|本(?:报告|年报)[^，。；]{0,6})[^，。；]{0,30}《[^》]{0,30}$"
)
_TITLE = re.compile(r"\s?(?:度)?(?:政府|政务)?信息公开(?:工作)?年度报告》")
# “2022年底未办结、转入本年的3件”
_LEFT_THERE = re.compile(
    r"(?:年\s?)?[末底]?\s?(?:尚|还)?(?:未办结|未结|未办完|未答复|遗留|在办)[^。；\d]{0,6}(?:转入|转到|移到|结转)?(?:本年|今年|报告年度)"
)
_TAKEN_ON = re.compile(
    r"\s?(?:以后|之后|后)?(?:收到|登记|提出|受理|接收)[^。；]*?(?:转入|结转|移入|留待|转至)[^，。；\d]{0,4}(?P<to>20\d\d)年"
)
_FIRST_PART = re.compile(r"\s?(?:第?一季度|上半年)")
_SECOND_PART = re.compile(r"(?P<year>20\d\d年)?(?:第?[二三四]季度|下半年)")
_COMPARED = re.compile(r"[较比与同]|相比|同期|上年|去年|增|减|升|降")


def misdated(text: str, start: int, end: int, years: list[int], year: int) -> str:
    """Return what is wrong with the date at `text[start:end]` of a report on `year`, "" where its words fix nothing."""
    first, last = years[0], years[-1]
    begin, stop = begin_of(text, start), end_of(text, end)
    before, after = text[begin:start], text[end:stop]
    clause = before[max(before.rfind("，"), before.rfind("；")) + 1 :]
    called = _NAMED.search(before)
    if called is not None and first != (year - 1 if called["past"] else year):
        return "不是所说的上年" if called["past"] else "不是所说的本年"
    if first == year - 1 and _NOW_ISSUED.search(before) and _TITLE.match(after):
        return "报告名称中的年份不是报告年度"
    if last <= year and _is_planned(before, text[start:end], after):
        return "将来的事不应在报告年度以前"
    if last == year and _is_published(text, start, end, before, after):
        return "报告在报告年度之后公布"
    if first in {year - 2, year} and _LEFT_THERE.match(text[end - 1 : end + 24]):
        return "结转来源的年份应为上一年度"
    taken = _TAKEN_ON.match(after)
    if taken is not None and first == year - 1 and int(taken["to"]) == year + 1:
        return _STALE
    half = first == year - 1 and _is_half_of(before, text[start:end] + after, after, clause, year)
    return _STALE if half else ""


def _is_planned(before: str, quote: str, after: str) -> bool:
    """Whether a date tells when something is to be done."""
    clause = before[max(before.rfind("，"), before.rfind("；"), before.rfind("：")) + 1 :]
    here = re.split(r"[；]", after)[0]
    if _DONE.search(before + here) or "《" in clause or re.search(r"原|曾|自$", clause):
        return False
    if not _PART.search(quote) and not clause.strip() and _WILL_BE.match(after):
        return True
    if _ANSWERED_BY.search(clause):
        return bool(_PART.search(quote + after[:6]))
    ahead = _AHEAD.search(before)
    dated = bool(_PART.search(quote) or _BY.match(after))
    return (
        ahead is not None
        and dated
        and bool(_DUE.search(before) and (_BY.match(after) or _PART.search(quote)))
    )


def _is_published(text: str, start: int, end: int, before: str, after: str) -> bool:
    """Whether a day early in a year is when the report is published: it lies behind the report's year."""
    if not _EARLY.search(text[start:end]):
        return False
    if _THIS_REPORT.search(before) and _PUBLISHED.search(before[-12:] + re.split("[；]", after)[0]):
        return re.search(r"自|起至|以来|统计", before[-6:]) is None
    signed = _SIGNED.search(before) is not None and "，" in before
    return signed and not text[end:].strip("。 \n")


def _is_half_of(before: str, told: str, after: str, clause: str, year: int) -> bool:
    """Whether the parts of one year are told, and one of them of the year before."""
    if _COMPARED.search(clause):
        return False
    if f"{year}年上半年" in before and "下半年" in told[: len(told) - len(after)] + after[:4]:
        return True
    part = _FIRST_PART.match(after) or (_FIRST_PART.search(told[: len(told) - len(after)]))
    other = _SECOND_PART.search(after)
    if part is not None and other is not None:
        between = after[: other.start()]
        return (other["year"] is None and not _COMPARED.search(between)) or other[
            "year"
        ] == f"{year}年"
    return False
