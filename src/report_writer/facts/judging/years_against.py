"""Years this year's figures are set against: what is compared with a report's own year is not told for that year.

“与2023年持平”, “29件（2023年31件）”, “今年3件，2023年只有1件” in the report for 2023: the year before is meant. Here no
number need be known for that year; that this year's stands beside it is enough.
"""

import re

from report_writer.facts.judging.entries import Entry
from report_writer.facts.judging.years_misplaced import Named, is_ours, year_words
from report_writer.facts.text.marks import begin_of

_BARE = re.compile(r"(?:20\d\d|二[〇○零]\S\S)\s?年(?:度)?")
_ANY_YEAR = re.compile(r"20\d\d\s?年|二[〇○零]\S\S\s?年")
_NUMBER = re.compile(r"[\d.,]*\d\s?[万亿]?[余多]?[万亿]?(?P<unit>[^\W\d_]|[%％])")
# “较2023年末”
_CLOSE = re.compile(r"20\d\d\s?年(?:度)?年?[底末]")


def not_the_year_before(place: Named, entries: list[Entry], year: int) -> str:
    """Say what is wrong with a year that stands where only the year before can, "" where it may stand.

    That is the report's own year, and the one before last: reports compare with the year before, and what reaches
    further back says so.
    """
    if place.said not in {year - 2, year}:
        return ""
    words = year_words()
    first, last = place.sentence
    sentence, lead = place.text[first:last], place.text[first : place.start]
    closes = _CLOSE.fullmatch(place.quote) is not None
    if words["taken_over"].search(lead) and words["left_there"].match(place.text, place.start):
        return "结转来源的年份应为上一年度"
    if words["answered_now"].match(place.text, place.start):
        return "结转来源的年份应为上一年度"
    if place.said != year and (str(year - 1) in sentence or words["reaches_back"].search(sentence)):
        return ""
    if (
        place.said == year
        and words["pointed_out"].match(place.behind)
        and words["since_mended"].search(sentence)
    ):
        return "所述为上一年度报告"
    if not closes and not _BARE.fullmatch(place.quote):
        return ""
    told = lead + place.behind
    if words["wished"].search(told) or re.search(rf"{year + 1}\s?年", told):
        return ""
    if closes:
        return "比较的年份应为上一年度" if words["less_than"].search(lead) else ""
    beside = _is_beside_this_years(place) and not _is_ours_behind(place, entries)
    if beside or _is_compared(place) or _is_neither(place):
        return "比较的年份应为上一年度"
    return ""


def _is_compared(place: Named) -> bool:
    """“较2023年”, “与2023年持平”."""
    words = year_words()
    lead = place.text[place.sentence[0] : place.start]
    if _ANY_YEAR.search(lead[-8:]):
        # NOTE: “2022年与2023年相比”: two years are compared with each other.
        return False
    if words["part_of_it"].match(place.behind):
        return False
    if words["less_than"].search(lead):
        return True
    if lead.endswith(("对照", "对比")):
        return place.text[place.end : place.end + 1] in {"：", ":", "，"}
    return bool(words["alike_before"].search(lead) and words["alike"].match(place.behind))


def _is_neither(place: Named) -> bool:
    """“没有收到申请，2023年也没有”."""
    words = year_words()
    lead = place.text[place.sentence[0] : place.start]
    if not words["neither_then"].match(place.behind) or _names_another(lead, ""):
        return False
    return words["nothing"].search(lead) is not None


def _is_beside_this_years(place: Named) -> bool:
    """“29件（2023年31件）”, “3件，2023年只有1件，”: this year's number stands before it, or 今年's behind it."""
    words = year_words()
    lead = place.text[place.sentence[0] : place.start]
    said = words["stood_at"].match(place.text, place.end)
    if said is None:
        return False
    if words["of_all_years"].search(lead) or _names_another(lead, place.quote):
        return False
    unit = said["unit"]
    clause = place.text[said.end() : place.sentence[1]]
    if words["this_year_now"].match(clause):
        return True
    before = [match["unit"] for match in _NUMBER.finditer(lead)]
    bracket = lead.endswith(("（", "("))
    if bracket and words["than_last"].search(lead):
        return True
    if bracket:
        inner = lead[begin_of(lead, len(lead) - 1, "，：；。") : -1]
        number = list(_NUMBER.finditer(inner))
        return bool(number) and number[-1]["unit"] == unit and number[-1].end() == len(inner)
    if not words["set_off"].search(lead):
        return False
    return unit in before or words["nothing"].search(lead) is not None


def _names_another(lead: str, quote: str) -> bool:
    """Whether the words before a year name another one."""
    return any(match[0] not in quote for match in _ANY_YEAR.finditer(lead))


def _is_ours_behind(place: Named, entries: list[Entry]) -> bool:
    """Whether the number behind a year is this year's by the tables."""
    behind = next((e for e in entries if e.item.start >= place.end), None)
    return behind is not None and behind.actual is not None and is_ours(behind)
