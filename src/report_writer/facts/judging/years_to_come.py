"""Years that had not come when the report was written: nothing is told as done in them.

Agencies hand in and publish the report for a year by the next 31 January, the offices in charge of governments theirs by
31 March (《条例》第四十九条): what a report tells as done in the year behind its own, later than March, or in a year still
further on, is dated wrongly.
"""

import re

from report_writer.facts.judging.years_misplaced import Named, year_words

_YEARS_AHEAD = 3
_AHEAD = "所述为以后的事，年份应为下一年度"
_AFTER_THE_YEAR = re.compile(r".*?年(?:度)?")


def not_yet_come(place: Named, year: int) -> str:
    """Say what is wrong with a date that lies behind a report and is given for what has been done."""
    if not year < place.said <= year + _YEARS_AHEAD:
        return ""
    words = year_words()
    first, last = place.sentence
    # “2024年9月，召开发布会3场”: a date that is a clause of its own dates the next one.
    behind = place.behind or place.text[place.end : last].partition("，")[2].partition("，")[0]
    if words["wished"].search(place.text[first:last]):
        return ""
    if words["reaches_ahead"].search(place.before + behind):
        return ""
    early = words["early"].search(place.quote) and not words["later_months"].search(place.quote)
    if place.said == year + 1 and early:
        return ""
    return "写报告时尚未到来，不应记为已办之事" if words["told_done"].search(behind) else ""


def still_to_come(place: Named, year: int) -> str:
    """Say what is wrong with the report's own year where it dates what has yet to be done, "" where nothing is."""
    if place.said != year:
        return ""
    words = year_words()
    first, last = place.sentence
    lead, rest = place.text[first : place.start], place.text[place.end : last]
    # The mask may take in the month: only the year is put aside.
    tail = _AFTER_THE_YEAR.sub("", place.quote, count=1) + rest
    ahead = words["still_to_come"].search(f"{lead}@{tail}")
    if ahead is not None and ahead.start() <= len(lead) < ahead.end():
        return _AHEAD
    if words["in_a_plan"].search(lead) and words["planned_then"].match(tail):
        return _AHEAD
    return ""


def planned_too_far(place: Named, year: int) -> str:
    """Say what is wrong with a plan dated two years behind the report's own year, "" where it may reach so far."""
    if place.said != year + 2:
        return ""
    words = year_words()
    first, last = place.sentence
    if words["reaches_further"].search(place.text[first:last]):
        return ""
    if words["further_before"].search(place.text[first : place.start]):
        return ""
    return "" if words["further_behind"].match(place.text, place.end) else _AHEAD
