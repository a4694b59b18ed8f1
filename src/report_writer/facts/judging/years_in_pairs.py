"""Two years that are told together: they differ, the second is the later one, and a year of figures is one year long."""

import re

from report_writer.facts.judging.years_misplaced import year_words
from report_writer.facts.text.marks import begin_of, end_of

_TWICE = re.compile(
    r"(?P<year>20\d\d)\s?年?(?:度)?(?:和|与|及|[、至到]|[-—–－~～]{1,2})(?P=year)\s?(?:年|学年)"
)
_JOINED = re.compile(r"(?:和|与|及|、)20\d\d\s?年")
_TWO = re.compile(
    r"(?P<first>20\d\d)\s?年(?:度)?(?:和|与|及|、)(?P<last>20\d\d)\s?年(?:度)?(?!度?(?:预算|计划|财政))"
)
_DAY = r"(?P<y{0}>20\d\d)\s?年(?P<m{0}>\d{{1,2}})\s?月(?:(?P<d{0}>\d{{1,2}})\s?日)?"
_PERIOD = re.compile(
    rf"{_DAY.format(1)}\s?(?:起|开始)?[，,]?\s?(?:至|到|[-—–－~～]{{1,2}})\s?{_DAY.format(2)}"
)
# “2022年结转的1件于2022年1月办结”, “2023年12月29日登记的1件于2023年1月15日答复”
_CARRIED_THEN = re.compile(
    r"(?P<y1>20\d\d)年(?:年?[底末])?(?:结转|留下|遗留|转入|未办结|未办完)的?[^。；]{0,10}[于在](?P<y2>20\d\d)年(?:\d{1,2}|年?初)月?[^，。；]{0,6}(?:办结|答复|办理|办毕)"
)
_ANSWERED = re.compile(
    rf"{_DAY.format(1)}(?:登记|收到|受理|提出|接收)[^。；]{{0,18}}[于在]{_DAY.format(2)}[^，。；]{{0,6}}(?:办结|答复|办理|办毕)"
)
_FIGURES = re.compile(r"统计|数据|数字")


def ill_paired(text: str, start: int, year: int) -> str:
    """Say what is wrong with the year at an offset and the one told with it, "" where nothing is."""
    twice = _TWICE.match(text, start)
    if twice is not None and int(twice["year"]) >= year:
        return "同一年份出现两次"
    if twice is not None and not _JOINED.match(text, twice.end("year") + 1):
        return "同一年份出现两次"
    before = next((m for m in _TWICE.finditer(text, max(0, start - 8)) if m.start() < start), None)
    if before is not None and int(before["year"]) < year and start < before.end():
        return "同一年份出现两次"
    if _before_it_came(text, start):
        return "答复早于收到"
    period = _PERIOD.match(text, start)
    if period is not None:
        return _ill_lasting(text, period, year)
    return ""


def _before_it_came(text: str, start: int) -> bool:
    """Whether the date at an offset tells when something was answered that had not come in by then."""
    begin = begin_of(text, start)
    for match in _CARRIED_THEN.finditer(text, begin):
        if match.start("y2") == start:
            return match["y2"] <= match["y1"]
    for match in _ANSWERED.finditer(text, begin):
        if match.start("y2") == start:
            return (int(match["y2"]), int(match["m2"])) < (int(match["y1"]), int(match["m1"]))
    return False


def _ill_lasting(text: str, period: re.Match[str], year: int) -> str:
    first, last = (
        (int(period[f"y{n}"]), int(period[f"m{n}"]), int(period[f"d{n}"] or (1 if n == 1 else 31)))
        for n in (1, 2)
    )
    # NOTE: where the years differ, the one that is not the report's is the wrong one (`judging.years`).
    if last <= first and first[0] == last[0]:
        return "止期早于起期"
    whole = first[1:] == (1, 1) and last == (first[0] + 1, 12, 31)
    clause = text[begin_of(text, period.start(), "，。；\n") : period.start()]
    if whole and year in {first[0], last[0]} and _FIGURES.search(clause):
        return "统计期限不是报告年度"
    return ""


def spread_too_far(text: str, start: int, year: int) -> str:
    """“2020年、2022年分别为10件和12件” in the report for 2021: the year behind it has no figures yet."""
    pair = _TWO.match(text, start) or next(
        (m for m in _TWO.finditer(text, max(0, start - 8)) if m.start("last") == start), None
    )
    if pair is None:
        return ""
    first, last = int(pair["first"]), int(pair["last"])
    rest = text[pair.end() : end_of(text, pair.end())]
    if not year_words()["each"].search(rest):
        return ""
    if pair.start("last") == start and last == year + 1 and first == year - 1:
        return "写报告时尚未到来，不应记为已办之事"
    apart = first == year - 2 and last == year and pair.start() == start
    if apart and year_words()["a_year_later_there"].search(rest):
        return "比较的年份应为上一年度"
    return ""
