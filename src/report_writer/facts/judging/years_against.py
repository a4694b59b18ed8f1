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
_NUMBER = re.compile(r"[\d.,]*\d[余多]?\s?(?P<unit>[万亿]?[^\W\d_])")
_TWICE = re.compile(r"(?P<year>20\d\d)\s?年?(?:度)?(?:[、和与及至到]|—+|-)(?P=year)\s?年")
_TWO = re.compile(r"(?P<one>20\d\d)\s?年(?:度)?[、和与及](?P<two>20\d\d)\s?年(?:度)?")


def set_against_itself(place: Named, entries: list[Entry], year: int) -> str:
    """Say what is wrong with the report's own year where it stands for the year before, "" where it may stand."""
    if place.said != year or not _BARE.fullmatch(place.quote):
        return ""
    words = year_words()
    first, last = place.sentence
    sentence = place.text[first:last]
    if words["wished"].search(sentence) or re.search(rf"{year + 1}\s?年", sentence):
        return ""
    if _is_compared(place) or (_is_beside_this_years(place) and not _is_ours_behind(place, entries)):
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
    return bool(words["alike_before"].search(lead) and words["alike"].match(place.behind))


def _is_beside_this_years(place: Named) -> bool:
    """“29件（2023年31件）”, “3件，2023年只有1件，”: this year's number stands before it, or 今年's behind it."""
    words = year_words()
    said = words["stood_at"].match(place.text, place.end)
    if said is None:
        return False
    lead = place.text[place.sentence[0] : place.start]
    if words["of_all_years"].search(lead) or _ANY_YEAR.search(lead):
        return False
    unit = said["unit"]
    clause = place.text[said.end() : place.sentence[1]]
    if words["this_year_now"].match(clause):
        return True
    before = [match["unit"] for match in _NUMBER.finditer(lead)]
    bracket = lead.endswith(("（", "("))
    if bracket:
        inner = lead[begin_of(lead, len(lead) - 1, "，：；。") : -1]
        number = list(_NUMBER.finditer(inner))
        return bool(number) and number[-1]["unit"] == unit and number[-1].end() == len(inner)
    if not words["set_off"].search(lead):
        return False
    return unit in before or words["none_now"].search(lead) is not None


def _is_ours_behind(place: Named, entries: list[Entry]) -> bool:
    """Whether the number behind a year is this year's by the tables."""
    behind = next((e for e in entries if e.item.start >= place.end), None)
    return behind is not None and behind.actual is not None and is_ours(behind)
