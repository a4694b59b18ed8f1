"""Years of the text that should be the report's own: stale statistics periods, titles, carry-overs."""

import re
from dataclasses import dataclass

from report_writer.domain.findings import Status
from report_writer.domain.numerals import chinese_value
from report_writer.facts.expressions import LAST_YEARS
from report_writer.facts.judging.entries import Entry
from report_writer.facts.judging.years_ahead import misdated
from report_writer.facts.judging.years_beside import Place, year_beside
from report_writer.facts.judging.years_misplaced import dates_a_thing, is_ours
from report_writer.facts.linking.registered import year_before
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.marks import begin_of, end_of
from report_writer.facts.text.masks import Mask
from report_writer.facts.text.screening import compiled

_YEAR = re.compile(r"(19\d{2}|20\d{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2})\s?年?")
_BARE = re.compile(r"(?:\d{4}|[一二]\S{3})\s?年(?:度)?$")
_FULL = re.compile(
    r"年\s?(?:1|一)\s?月\s?(?:1|一)\s?日.*12\s?月\s?31\s?日|年\s?(?:1|一)\s?月\s?(?:1|一)\s?日.*十二月三十一日"
)
_OF_FIGURES = re.compile(r"统计|数据|期限|起讫|时间范围")
# “2022年” + “1—12月”
_WHOLE_YEAR = re.compile(r"\s?[1一]\s?月?\s?[-—–－~～至到]{1,2}\s?(?:12|十二)\s?月")
# “数据自2020年1月1日统计起，到12月31日截止”: the period in two pieces.
_FIRST_DAY = re.compile(r"年\s?[1一]\s?月\s?[1一]\s?日$")
_PERIOD = re.compile(
    r"(?:统计|数据|期限|时限|时间|区间|起讫|自|从)[^。；\d]{0,8}?[起始]?[^。；\d]{0,8}?(?:到|至|止于|截[至止]|迄|、)(?:同年|当年|次|20\d\d年)?\s?(?:12|十二)\s?月\s?(?:31|三十一|底)"
)
_REPORT = re.compile(
    r"\s?(?:度)?\s?(?:政府信息公开(?:工作)?年度报告|(?:政府|政务)?(?:信息)?公开(?:工作)?(?:年度报告|年报)(?!中|里|所|提|显示|披露|指出|反映))"
)
# “编制2022年度报告”
_DRAWN_UP = re.compile(r"(?:编制|编写|撰写|形成|起草|公布|发布)(?:本)?(?:机关|单位|局|镇)?$")
_A_REPORT = re.compile(r"\s?(?:度)?(?:年度)?(?:工作)?报告(?!中|里|反馈|整改)")
# “现将我办2022年信息公开情况报告如下”
_NOW_TOLD = re.compile(r"现(?:就|将|把)[^，。；]{0,14}$")
_OF_THE_WORK = re.compile(
    r"(?:度)?(?:全年)?(?:政府|政务)?(?:信息)?公开(?:工作)?(?:的)?(?:开展|推进|落实)?(?:情况|年度报告|年报|(?:作|做)?(?:一)?(?:简要|如下)?(?:的)?(?:说明|汇报|报告))"
)
_CARRY = re.compile(r"(?:结转|转入|转到|转至|转|顺延|留待|延至|跨|移)(?:到|至|入|往|在)?\s?$")
# “剩余2件将于2024年继续办理”, “2023年内已全部办结”
_GOES_ON = re.compile(r"(?:度)?(?:内)?(?:再|接着)?(?:继续|接续|续)(?:办|处理|答复|推进)")
_LEFT_OPEN = re.compile(
    r"(?:剩余|剩下|余下|其余|尚有|还有|仍有|未办结|未结|未办完|在办)[^，。；]*(?:将|待|拟|需|须|转|留)[于在到至入]?\s?$"
)
_SETTLED_IN = re.compile(
    r"(?:度)?(?:年?内|底前?|末前?)[^，。；\d]{0,3}(?:全部|均|都|悉数|全数)[^，。；\d]{0,3}(?:办结|答复|办毕|清零)"
)
_COMPARE = re.compile(
    r"较|比(?!例|重)|同比|相比|上年|去年|以来|(?<![各来出])自(?![然身行主愿己])|截至|(?<![提引一发\d])起(?![诉草到点])"
)
# “2022年没有人申请，本年收到1件”, “2022年同样没有”: the year before is meant.
_AND_NOW = re.compile(r"，(?:而|但)?(?:本年|今年)|^[^，。；]{0,4}(?:同样|也|亦)")
# “2022年9件，这一年12件”: another year than the one just named, where that one has its own number.
_THIS_ONE = re.compile(r"，(?:而|但|到了?)?这一?年(?!来|间)")
_OF_THIS_YEAR = re.compile(r"本年(?!度)|今年|相比|以来")
_CARRIED_OVER = re.compile(
    r"(?:上(?:一)?年度?|去年)[^，。；]{0,4}(?:结转|转来|转入|遗留|未结|留存|留下|留)"
)
_CARRIED = compiled(r"(?:度)?(?:未结|结转(?!至|到|入|下)|转来|遗留)")
_AGAINST = re.compile(r"(?:较|比|与|同|对照|对比)\s?$")
_SUBJECT = re.compile(
    r"(?:^|[。；！？：\n])[^，。；、：\d]{0,10}(?:局|委|办|厅|镇|乡|街道|机关|单位|市|区|县|旗|院|所|馆|站|中心|大学|学校|公司|政府|部门|系统|办公室)$"
)
# What has a year of its own: “2022年部门决算”, “2022年修订的指南”.
_OF_ITS_YEAR = re.compile(
    r"\s?(?:度)?(?:[末底初起版届级期间前后的]|以[前后来]|之[前后]|印发|修订|出台的|启用|建成|成立|投用|[^，。；、\d是为]{0,8}(?:决算|预算|年报|年度报告|计划|要点|任务|考核|评估|测评|审计|绩效|总结|收支|招生|统计公报|办法|方案|规划))"
)
_CITED = re.compile(r"根据|按照|依据|关于|《|印发|对照|修订|以来")


# “以上数据与2021年度台账核对”: the report's own figures rest on the report's own year.
_LEDGER = re.compile(
    r"(?:本报告|数据|数字|所列|统计)[^，。；]{0,6}(?:由|取自|来自|来源于|源于|依据|根据)$|(?:以上|上述|本报告|所列|所有|本年)[^，。；]{0,4}(?:数据|数字|统计)[^，。；]{0,6}$"
)
_STATISTICS = re.compile(r"(?:度)?[^，。；]{0,6}(?:台账|统计|数据|底册|档案|登记)")


# “以上统计自2021年1月1日起”: where a year of figures begins.
_OPENS_PERIOD = re.compile(r"(?:统计|数据|数字|期限|周期|时段)[^，。；]{0,6}[自从由为：:]\s?$")
_CLOSES_PERIOD = re.compile(
    r"截[数止至](?:日期|时间|期|日)?[^，。；\d]{0,3}$|(?:统计|数据|数字|期限)[^，。；]{0,4}(?:截[至止]?到?|[至止]到?|到|止于|截止(?:时间|日期|日|期)?(?:为|是|到|至|于)?)\s?$"
)
# “落实2022年政务公开工作要点” in the report for 2023: a year's work follows that year's programme.
_CARRIED_OUT = re.compile(
    r"(?:根据|按照?|依据|依照|落实|对照|贯彻|围绕|执行|聚焦|紧扣|对标|完成|推进|印发|制定)[^，。；《》]{0,10}$"
)
_THIS_YEARS_WORK = re.compile(
    r"(?:度)?[^，。；《》、\d]{0,12}?(?:工作要点|公开要点|重点任务|工作计划|工作安排|任务分工|任务清单|工作任务|责任清单|年度任务)(?!完成|落实|评估|考核)"
)
_TITLE_OPENS = re.compile(r"(?:落实|对照|贯彻|按照?|根据|围绕|依照|对标)[^，。；《》\d]{0,10}《$")
_TITLED = re.compile(
    r"(?:度)?[^，。；《》\d]{0,12}?(?:政务公开|信息公开)[^，。；《》]{0,6}(?:要点|任务|计划|安排|分工)》"
)
_LOOKED_BACK = re.compile(
    r"仍|长期|还在|上年|去年|完成情况|落实情况|评估|考核|回头看|收尾|延续|继续"
)
_ENDED = re.compile(r"(?:12|十二)\s?月\s?(?:31|三十一)\s?日$")
_FIRST_MONTH = re.compile(r"\s?(?:元|1|一)\s?月(?:份)?(?:[1一]日)?(?:起|开始)")
# “自2024年1月1日起，至2023年12月31日止”
_BEGAN = re.compile(
    r"(?P<year>20\d\d)\s?年[^，。；]{0,8}(?:[日月]|年初)\s?(?:起|开始|始)[，,]?\s?(?:至|到|止于|截[至止]到?)\s?$"
)
# “（二）2022年依申请公开情况。”
_HEADS = re.compile(
    r"(?:^|[。；\n])\s?(?:[（(][一二三四五六七八九\d][)）]|[一二三四五六七八九\d][、.])\s?$"
)
_HEADED = re.compile(r"(?:度)?[^，。；：\d]{2,16}情况\s?(?:[。：\n]|$)")
# “2022年工作总体情况如下：”
_TOLD_BELOW = re.compile(r"(?:度)?[^，。；：\d]{0,16}情况(?:汇总|汇报|报告|说明|总结|公布)?如下")
_BEGUN = re.compile(r"年\s?(?:1|一)\s?月\s?(?:1|一)\s?日(?:起)?$")


def years_of(text: str) -> list[int]:
    """Return the years a date names."""
    found: list[int] = []
    for match in _YEAR.finditer(text):
        value = int(match[1]) if match[1].isdigit() else chinese_value(match[1])
        if value is not None:
            found.append(int(value))
    return found


@dataclass(frozen=True, slots=True)
class Dated:
    """A section whose years are to be read; `text` is normalised, `raw` as written."""

    section: str
    raw: str
    text: str
    year: int
    masks: tuple[Mask, ...]
    entries: list[Entry]
    sheet: FactSheet


def out_of_place(dated: Dated, mask: Mask, years: list[int]) -> str | None:
    """Say what is wrong with a year, "" where it is proved right, None where no known place gives it away."""
    text, year = dated.text, dated.year
    quote = text[mask.start : mask.end]
    before, after = text[max(0, mask.start - 24) : mask.start], text[mask.end : mask.end + 24]
    clause = before[begin_of(before, len(before), "，。；\n") :]
    cited = _CITED.search(clause) is not None
    beside = year_beside(
        Place(text, mask.start, mask.end, years, clause, after), dated.entries, dated.sheet
    )
    if beside is not None:
        return beside
    if fixed := misdated(text, mask.start, mask.end, years, year):
        return fixed
    two = years[0] == year - 1 and years[-1] == year and _OF_FIGURES.search(clause)
    if _FULL.search(quote) and (year not in years or two) and not cited:
        return "统计期限不是报告年度"
    whole = _WHOLE_YEAR.match(after) or _WHOLE_YEAR.search(quote)
    if whole and years[0] == year - 1 and not cited:
        return "" if _COMPARE.search(clause + after) else "统计期限不是报告年度"
    if (
        _FIRST_DAY.search(quote)
        and year not in years
        and not cited
        and _PERIOD.search(clause + after)
    ):
        return "统计期限不是报告年度"
    begun = _BEGAN.search(before)
    if begun is not None and years[-1] < int(begun["year"]):
        return "止期早于起期"
    if len(years) > 1 and years[-1] < years[0]:
        return "止期早于起期"
    if _LEDGER.search(clause) and _STATISTICS.match(after) and years[0] != year:
        return "所据台账的年份不是报告年度"
    if _NOW_TOLD.search(clause) and _OF_THE_WORK.match(after) and years[0] == year - 1:
        return "报告名称中的年份不是报告年度"
    if years[0] == year - 1 and _HEADS.search(before) and _HEADED.match(after):
        return "小标题中的年份不是报告年度"
    if (
        years[0] == year - 1
        and _TOLD_BELOW.match(after)
        and not cited
        and not re.search(r"[上往去]年|对照|整改|回顾", clause + after)
    ):
        return "疑为上年文字未改"
    if years[0] == year - 1 and _DRAWN_UP.search(clause) and _A_REPORT.match(after):
        return "报告名称中的年份不是报告年度"
    if _REPORT.match(after) and years[0] != year and not cited and not re.search(r"上|往", clause):
        return "报告名称中的年份不是报告年度"
    if _ENDED.search(quote) and _CLOSES_PERIOD.search(clause) and years[-1] == year - 1:
        return "统计期限不是报告年度"
    starts_so = _OPENS_PERIOD.search(clause) and _FIRST_MONTH.match(after)
    if _is_bare(quote) and starts_so and years[0] == year - 1:
        return "统计期限不是报告年度"
    if _BEGUN.search(clause + quote) and _OPENS_PERIOD.search(clause) and years[0] != year:
        return "统计期限不是报告年度"
    of_last_year = _is_bare(quote) and years[0] == year - 1
    titled = of_last_year and _TITLED.match(after) and _TITLE_OPENS.search(clause)
    if titled and not _LOOKED_BACK.search(clause + after):
        return "本年落实的应是本年的部署"
    if of_last_year and _THIS_YEARS_WORK.match(after) and _CARRIED_OUT.search(clause):
        return "本年落实的应是本年的部署"
    if not _is_bare(quote):
        return "疑为上年文字未改" if _stale_closing(dated, mask, years, clause) else None
    if _CARRY.search(before) and years[0] != year + 1:
        return "结转去向的年份应为下一年度"
    if years[0] == year and _GOES_ON.match(after) and _LEFT_OPEN.search(clause):
        return "结转去向的年份应为下一年度"
    if years[0] == year - 1 and _SETTLED_IN.match(after) and _counts_before(dated, mask):
        return "疑为上年文字未改"
    if _CARRIED.match(after) and years[0] == year and _carried_in(dated, mask):
        return "结转来源的年份应为上一年度"
    if _CARRIED.match(after) and years[0] not in {year - 1, year} and _holds_behind(dated, mask):
        return "结转来源的年份应为上一年度"
    if _AGAINST.search(before) and years[0] != year - 1 and _change_behind(dated, mask):
        return "比较的年份应为上一年度"
    return "疑为上年文字未改" if _stale_start(dated, mask, years) else None


def _rest_of_sentence(dated: Dated, mask: Mask) -> str:
    return dated.text[mask.end : end_of(dated.text, mask.end)]


def _holds_behind(dated: Dated, mask: Mask) -> bool:
    """Whether a number of this year's tables is right in the rest of the sentence."""
    end = end_of(dated.text, mask.end)
    return any(
        entry.holds
        and mask.end <= entry.item.start < end
        and not any(fact.startswith(LAST_YEARS) for fact in entry.facts)
        for entry in dated.entries
    )


def _counts_before(dated: Dated, mask: Mask) -> bool:
    """Whether the sentence has, before the year, counted this year's requests and nothing carried over."""
    begin = begin_of(dated.text, mask.start)
    facts = [
        fact
        for entry in dated.entries
        if entry.holds and begin <= entry.item.start < mask.start
        for fact in entry.facts
    ]
    return "requests/received/total" in facts and not any("carried_over" in f for f in facts)


def _carried_in(dated: Dated, mask: Mask) -> bool:
    """Whether the next number is, rightly, what was carried over from last year."""
    following = next((e for e in dated.entries if e.item.start >= mask.end), None)
    if following is None or following.item.start > end_of(dated.text, mask.end):
        return False
    return following.holds and following.facts == ("requests/carried_over/total",)


def _change_behind(dated: Dated, mask: Mask) -> bool:
    """Whether the next number is a change against last year that holds."""
    following = next((e for e in dated.entries if e.item.start >= mask.end), None)
    if following is None or following.item.start > end_of(dated.text, mask.end):
        return False
    said = following.expression
    changed = following.derived is not None and following.derived.change
    compares = following.item.claim is not None and said is not None and said.function is not None
    return following.holds and (changed or compares)


def _stale_closing(dated: Dated, mask: Mask, years: list[int], clause: str) -> bool:
    """“截至2022年底，现行有效15件” in the report for 2023."""
    return (
        re.search(r"截[至止](?:到)?\s?$", clause) is not None
        and years[-1] in {dated.year - 1, dated.year + 1}
        and re.search(r"(?:年底|年末|12月(?:31日|底)?)$", dated.text[mask.start : mask.end])
        is not None
        and not _OF_THIS_YEAR.search(_rest_of_sentence(dated, mask))
        and str(dated.year) not in _rest_of_sentence(dated, mask)
        and (_holds_behind(dated, mask) or _all_of_this_year(dated))
    )


def _is_bare(quote: str) -> bool:
    return bool(_BARE.fullmatch(quote.strip()))


# “我局在2022年共收到”, “回顾2022年，”
_LED_IN = re.compile(r"(?:在|于|回顾|纵观|回望)$")


def _stale_start(dated: Dated, mask: Mask, years: list[int]) -> bool:
    """“2022年，共收到申请5件” in the report for 2023, where 5 is this year's value."""
    text, year = dated.text, dated.year
    if years[0] == year or abs(years[0] - year) > 2:
        return False
    head = _LED_IN.sub("", text[: mask.start].rstrip(" "))
    opens = not head or head[-1] in "。！？\n：:；;）)" or _SUBJECT.search(head) is not None
    if not opens and head[-1] not in "，,、":
        return False
    end = end_of(text, mask.end)
    begin = begin_of(text, mask.start)
    sentence, earlier = text[mask.end : end], text[begin : mask.start]
    if str(year) in sentence or _AND_NOW.search(sentence) or _OF_ITS_YEAR.match(sentence):
        return False
    if dates_a_thing(sentence):
        return False
    if _THIS_ONE.search(sentence) and _last_years_next(dated, mask.end, end):
        return False
    if _OF_THIS_YEAR.search(earlier) or str(year) in earlier:
        return False
    if years[0] == year - 1 and _only_this_years(dated, mask.end, end):
        return True
    if _COMPARE.search(_CARRIED_OVER.sub("", sentence)):
        return False
    if not opens:
        return _counts_next(dated, mask.end, end)
    if _holds_behind(dated, mask):
        return True
    return mask.start == 0 and (_wrong_behind(dated, mask) or _all_of_this_year(dated))


def _counts_next(dated: Dated, start: int, end: int) -> bool:
    """Whether the clause an offset begins goes on with a count of this year that holds, not all of them 0."""
    counts = [
        e
        for e in dated.entries
        if (q := e.item.quantity) and q.kind in {"count", "money"} and start <= e.item.start < end
    ]
    if not counts or "，" in dated.text[start : counts[0].item.start]:
        return False
    return is_ours(counts[0]) and any(e.actual and is_ours(e) for e in counts)


def _last_years_next(dated: Dated, start: int, end: int) -> bool:
    """Whether the first number between two offsets holds as last year's, and as nothing of this year."""
    inside = (e for e in dated.entries if e.item.quantity and start <= e.item.start < end)
    first = next(inside, None)
    facts = first.facts if first is not None and first.holds else ()
    return bool(facts) and all(fact.startswith(LAST_YEARS) for fact in facts)


def _only_this_years(dated: Dated, start: int, end: int) -> bool:
    """Whether the first count between two offsets is this year's, and last year's is known to be another."""
    for entry in dated.entries:
        if entry.item.quantity is None or not start <= entry.item.start < end:
            continue
        said = entry.expression
        if not entry.holds or said is None or said.function is not None:
            return False
        before = year_before(said, dated.sheet)
        last = dated.sheet.evaluate(before) if before is not None else None
        return last is not None and last != entry.actual
    return False


def _all_of_this_year(dated: Dated) -> bool:
    """Whether a text that never names its own year states this year's numbers all the same."""
    if str(dated.year) in dated.text:
        return False
    return any(is_ours(entry) for entry in dated.entries if entry.item.quantity is not None)


def _wrong_behind(dated: Dated, mask: Mask) -> bool:
    """Whether every linked number of a section's first sentence fits neither year."""
    end = end_of(dated.text, mask.end)
    inside = [e for e in dated.entries if mask.end <= e.item.start < end and e.facts]
    return bool(inside) and all(e.status is Status.CONTRADICTED for e in inside)
