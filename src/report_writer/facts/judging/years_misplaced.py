"""Years that nothing gives leave to be another year's: a report tells its own year.

`judging.years` knows the places where a wrong year often stands. Here it is the other way round: of a year that is not
the report's, look for what would explain it – it is compared with, something was carried over from it, it dates a law,
a document or a founding, the sentence sets it against this year. Where nothing does, and what is told is proved to be
this year's by the tables, the year is wrong wherever it stands.
"""

import re
from dataclasses import dataclass
from functools import cache

from report_writer.domain.findings import Status
from report_writer.facts.expressions import LAST_YEARS, a_year_later
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.registered import year_before
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.marks import SENTENCE_ENDS, begin_of, end_of
from report_writer.facts.text.wordlists import wordlist

_BREAKS = "，：:（）()" + SENTENCE_ENDS
_OPENS, _CLOSES = "《“‘〔【「", "》”’〕】」"
_NOT_OWN = "疑为上年文字未改"
_SUBJECT_LENGTH = 12
# “区政府办公室管理的区政府门户网站2023年更新信息…”
_LONGEST_SUBJECT = 24
_BARE = re.compile(r"(?:20\d\d|二[〇○零]\S\S)\s?年(?:度)?")
_YEAR_END = re.compile(
    r"(?:20\d\d|二[〇○零]\S\S)\s?年(?:度)?(?:年?[底末]|(?:12|十二)\s?月(?:(?:31|三十一)\s?日|底|末)?)"
)
# “2022年立项的改造工程”, and no number in that clause.
_ATTRIBUTE = re.compile(
    r"[^，。；：、\d]{0,6}[^，。；：、\d局委办厅镇乡区县市度]的[^，。；：\d]+(?:[，。；：]|$)"
)
# A number before a year in its clause; 12345热线 is none.
_COUNTED = re.compile(r"(?<!\d)(?!\d{5}\D)\d|、")
# “2022年38件、2023年41件、”: the next year begins a clause of its own.
_LISTED = re.compile(r".*\d\s?[^\d、]{1,3}、(?=$)")
_THAN_LAST = re.compile(r"[，；](?:而|但)?(?:上|去|前一)年(?:度)?(?:则|却|有|为)")
# “2022年，申请量由上年32件增至40件”
_FROM_LAST = re.compile(r"(?:由|从|较|比)(?:上|去)年(?:度)?(?:的)?$")
_WITHIN = re.compile(
    r"\s?(?:度)?(?:之?内|期间|间|里|这一年(?:里|中|内)?|全年|一年|整年|当年|上半年|下半年)?[，,]?"
)


@cache
def year_words() -> dict[str, re.Pattern[str]]:
    """Return the patterns of `data/years.toml` by name."""
    return {name: re.compile(body) for name, body in wordlist("years").items() if name != "source"}


@dataclass(frozen=True, slots=True)
class Named:
    """A year in its text: offsets of the date, the year it names, the words around it in its clause."""

    text: str
    start: int
    end: int
    said: int
    before: str
    behind: str
    sentence: tuple[int, int]

    @property
    def quote(self) -> str:
        """The date as it is written."""
        return self.text[self.start : self.end]


def named(text: str, start: int, end: int, said: int) -> Named:
    """Return a year with the words of its clause before and behind it."""
    first, last = begin_of(text, start, _BREAKS), end_of(text, end, _BREAKS)
    listed = _LISTED.search(text, first, start)
    first = listed.end() if listed is not None else first
    sentence = begin_of(text, start), end_of(text, end)
    return Named(text, start, end, said, text[first:start], text[end:last], sentence)


def misplaced(place: Named, entries: list[Entry], sheet: FactSheet) -> str:
    """Say what is wrong with a year that nothing explains, "" where it may stand."""
    year = sheet.year
    if place.said not in {year - 2, year - 1, year, year + 1}:
        return ""
    if _is_planned(place, year):
        return "所述为下一步打算，年份应为下一年度"
    if place.said != year - 1 and _is_compared(place, entries):
        return "比较的年份应为上一年度"
    if place.said == year:
        return ""
    if _is_programme(place, year):
        return "本年落实的应是本年的部署"
    if _is_quoted(place):
        return ""
    if _is_of_the_report(place, entries) or _is_of_these(place, entries):
        return _NOT_OWN
    if place.said == year - 1 and _tells_last_years(place, entries, sheet):
        return _NOT_OWN
    whole = _BARE.fullmatch(place.quote) or _YEAR_END.fullmatch(place.quote)
    if not whole or _is_explained(place, year):
        return ""
    return _NOT_OWN if _is_proved(place, entries, sheet) else ""


def _tells_last_years(place: Named, entries: list[Entry], sheet: FactSheet) -> bool:
    """Whether the sentence a year opens gives last year's value for this year's (`judging.left_over`)."""
    if place.text[place.sentence[0] : place.start].strip() or not _BARE.fullmatch(place.quote):
        return False
    inside = (e for e in entries if place.end <= e.item.start < place.sentence[1])
    first = next((e for e in inside if e.item.quantity is not None and e.facts), None)
    if first is None or first.status is not Status.CONTRADICTED or first.expression is None:
        return False
    before = year_before(first.expression, sheet)
    quantity = first.item.quantity
    past = sheet.evaluate(before) if before is not None else None
    return past is not None and quantity is not None and past == quantity.amount


def _is_planned(place: Named, year: int) -> bool:
    """“2023年将围绕…”, “下一步（2023年）打算” in the report for 2023."""
    if place.said > year or not _BARE.match(place.quote):
        return False
    words = year_words()
    rest = place.text[place.end : place.sentence[1]]
    if words["done"].search(rest) or words["passing"].search(place.behind):
        return False
    lead = place.text[place.sentence[0] : place.start]
    if words["plan_before"].search(lead):
        return True
    if place.before and not re.search(r"[、和及]$", place.before) and not _is_subject(place.before):
        return False
    return words["plan_behind"].match(rest) is not None


def is_set_against(place: Named) -> bool:
    """Whether something is compared with a year: 较2022年, 与2022年的52件相比."""
    words = year_words()
    if not (_BARE.fullmatch(place.quote) or _YEAR_END.fullmatch(place.quote)):
        return False
    return bool(
        words["set_against"].search(place.before) or words["set_against_behind"].match(place.behind)
    )


def _is_compared(place: Named, entries: list[Entry]) -> bool:
    """“比起2021年来，申请多了4件” in the report for 2023, where 4 is the change against 2022."""
    if not is_set_against(place):
        return False
    first = next((e for e in entries if e.item.start >= place.end), None)
    if first is None or first.item.start >= place.sentence[1] or not first.holds:
        return False
    said = first.expression
    changed = said is not None and (said.function or "").startswith("change")
    return changed and bool(first.actual)


def _is_programme(place: Named, year: int) -> bool:
    """“依照《2022年政务公开工作要点》” in the report for 2023: a year's work follows that year's programme."""
    if place.said != year - 1:
        return False
    words = year_words()
    rest = place.text[place.end : place.sentence[1]]
    lead = place.text[place.sentence[0] : place.start]
    if not words["programme"].match(rest):
        return False
    if not words["carried_out"].search(lead) and not words["carried_out_behind"].match(rest):
        return False
    return not words["looked_back"].search(lead + rest)


def _is_quoted(place: Named) -> bool:
    """Whether a year stands inside the name of something."""
    left = place.text[max(place.sentence[0], place.start - 40) : place.start]
    return max(left.rfind(c) for c in _OPENS) > max(left.rfind(c) for c in _CLOSES)


def _is_of_the_report(place: Named, entries: list[Entry]) -> bool:
    """“表中所列为2022年度…”, “期末（2022年12月31日）”, “登记于2022年度台账” in the report for 2023."""
    words = year_words()
    left = place.text[place.sentence[0] : place.start]
    if words["period_end"].search(left) and place.text[place.end : place.end + 1] in {
        "）",
        ")",
        "，",
    }:
        return True
    if not _BARE.fullmatch(place.quote):
        return False
    if words["own_tables_before"].search(place.before) and not words["passing"].search(
        place.behind
    ):
        return True
    if left.endswith(("（", "(")) and place.text[place.end : place.end + 1] in {"）", ")"}:
        return _heads(place, entries)
    if words["in_a_ledger"].search(place.before) and words["own_ledger"].match(place.behind):
        return any(is_ours(e) and place.sentence[0] <= e.item.start < place.start for e in entries)
    return False


def _is_of_these(place: Named, entries: list[Entry]) -> bool:
    """“许可943件均于2022年内公示”, “从2022年的41件到2022年的55件”: this year's numbers, dated otherwise."""
    words = year_words()
    lead = place.text[place.sentence[0] : place.start]
    if words["all_then"].search(place.before):
        before = [e for e in entries if place.sentence[0] <= e.item.start < place.start]
        return (
            bool(before)
            and is_ours(before[-1])
            and not any("/carried_" in fact for fact in before[-1].facts)
        )
    if words["arrived"].search(lead) and place.behind.startswith("的"):
        first = next((e for e in entries if e.item.start >= place.end), None)
        return first is not None and first.item.start - place.end <= 2 and is_ours(first)
    return False


def _heads(place: Named, entries: list[Entry]) -> bool:
    """“处罚情况（2022年）。作出处罚27件”: a bracket behind words without a number heads what is told below."""
    if any(place.sentence[0] <= e.item.start < place.start for e in entries):
        return False
    if place.text[place.end + 1 : place.end + 2] not in {"。", "：", ":", "\n", "，"}:
        return False
    first = next((e for e in entries if e.item.start >= place.end), None)
    return first is not None and is_ours(first) and first.item.start - place.end <= 40


def _is_subject(before: str) -> bool:
    """Whether what stands before a year in its clause only says of whom or what it is told."""
    words = year_words()
    if len(before) > _LONGEST_SUBJECT or _COUNTED.search(before):
        return False
    return not words["aside"].search(before)


def dates_a_thing(behind: str) -> bool:
    """Whether a year only says of when a thing is: “2022年立项的工程已公示”, “2022年修订的指南”."""
    return bool(year_words()["of_its_own"].match(behind) or _ATTRIBUTE.match(behind))


def _is_explained(place: Named, year: int) -> bool:
    """Whether the words around a year give it leave to be another year than the report's."""
    words = year_words()
    before = re.sub(r"(?:在|于|到|截[至止]到?|进入|回顾)$", "", place.before.rstrip())
    if before and not _is_subject(before):
        return True
    begin, stop = place.sentence
    lead, rest = place.text[begin : place.start], place.text[place.end : stop]
    # NOTE: “2022年以来” with this year's number is last year's heading; “2022年以来累计” counts both years.
    since = place.said == year - 1 and rest.startswith("以来") and "累计" not in rest
    if not since and (dates_a_thing(place.behind) or words["passing"].search(place.behind)):
        return True
    if str(year) in lead + rest:
        return True
    # NOTE: “2022年没有复议，上年则有2件”: what is set beside 上年 is this year.
    if words["contrast"].search(rest) and not _THAN_LAST.search(rest):
        return True
    return bool(re.search(r"今年|本年(?!度)|本期|而$", lead))


def _is_proved(place: Named, entries: list[Entry], sheet: FactSheet) -> bool:
    """Whether the first thing told of a year is this year's and not last year's."""
    told = [e for e in entries if e.item.start >= place.end or _covers(e, place)]
    if (
        len(told) > 1
        and _is_past(told[0])
        and _FROM_LAST.search(place.text[place.end : told[0].item.start])
    ):
        told = told[1:]
    first = told[0] if told else None
    if first is None or first.item.start >= place.sentence[1]:
        return _tells_without_a_number(place, entries, sheet)
    if not first.actual and (not first.holds or _is_of_both(first, sheet)):
        rest = [e for e in entries if e is not first]
        return _says_nothing(first) and _tells_without_a_number(place, rest, sheet)
    if not is_ours(first) or _was_so(first, sheet):
        return False
    if all("/carried_over/" in fact for fact in first.facts):
        # NOTE: what was carried over came in then.
        return False
    if first.item.claim is not None:
        return True
    # NOTE: “2020年开设专栏，开放日举办4场”: in the middle of a sentence a year dates its own clause.
    between = place.text[place.end : first.item.start]
    opens = place.start - place.sentence[0] <= _SUBJECT_LENGTH
    return bool(first.actual) and (opens or "，" not in between.lstrip("，"))


def _covers(entry: Entry, place: Named) -> bool:
    """Whether a statement without a number has the year in it: “我镇2022年没有收到申请”."""
    return entry.item.quantity is None and entry.item.start < place.start < entry.item.end


def _says_nothing(entry: Entry) -> bool:
    """Whether an entry is a denial, or a count of 0."""
    quantity = entry.item.quantity
    return quantity is None or quantity.amount == 0


def _is_of_both(entry: Entry, sheet: FactSheet) -> bool:
    """Whether a denial holds of this year as of last year."""
    said = entry.expression
    if said is None or said.function is not None:
        return False
    now = sheet.evaluate(a_year_later(said))
    before = year_before(a_year_later(said), sheet)
    return now == 0 and before is not None and not sheet.evaluate(before)


def _was_so(entry: Entry, sheet: FactSheet) -> bool:
    """Whether last year's figure is known, and the same."""
    said = entry.expression
    if said is None:
        return False
    if (said.function or "").startswith("change"):
        return True
    before = year_before(said, sheet)
    last = sheet.evaluate(before) if before is not None else None
    return last is not None and last == entry.actual


def _tells_without_a_number(place: Named, entries: list[Entry], sheet: FactSheet) -> bool:
    """“2022年，我局未收取信息处理费”: the matters of the report, and nothing there speaks of last year."""
    words = year_words()
    lead = place.text[place.sentence[0] : place.start]
    rest = place.text[place.end : place.sentence[1]]
    if place.said > sheet.year or any(
        place.sentence[0] <= e.item.start < place.start and not _covers(e, place) for e in entries
    ):
        return False
    if re.search(r"上年(?!结转|转)|去年|往年", lead + rest) or not words["own_matters"].search(
        lead + rest
    ):
        return False
    if "的" in _WITHIN.sub("", place.behind, count=1)[:6]:
        return False
    return not any(_is_past(e) for e in entries)


def _is_past(entry: Entry) -> bool:
    if not entry.holds or not entry.facts:
        return False
    return all(f.startswith(LAST_YEARS) for f in entry.facts)


def is_ours(entry: Entry) -> bool:
    """Whether an entry holds, and by nothing of last year."""
    return (
        entry.holds and bool(entry.facts) and not any(f.startswith(LAST_YEARS) for f in entry.facts)
    )
