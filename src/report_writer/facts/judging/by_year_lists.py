"""Numbers of several years in a row: “2020年、2021年、2022年分别为173件、186件、214件”, “近三年依次为…”.

Each number is of its own year: the last ones may be this year's and last year's; of earlier years nobody knows anything.
"""

import re
from itertools import pairwise

from report_writer.domain.findings import Status
from report_writer.facts.expressions import a_year_before
from report_writer.facts.judging.derived_values import number_holds, supported
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.context import Context
from report_writer.facts.sheet import FactSheet

_COUNT = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_SPAN = re.compile(
    r"(?:近|[最过]近|连续|这)(?P<count>[两二三四五])年|(?P<first>20\d\d)\s?年?\s?(?:至|到|[-—–~～]{1,2})\s?(?P<last>20\d\d)\s?年"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s?年")
_SINCE = re.compile(r"(20\d\d)\s?年[^，。；\d]{0,6}以来[^。；\d]{0,24}累计[^。；\d]*$")
_DIGIT = re.compile(r"\d")
_ROW = re.compile(r"(?:分别|依次|逐年|各)[^，。；\d]{0,6}$")


def judge_year_lists(sheet: FactSheet, entries: list[Entry], context: Context, text: str) -> None:
    """Hold numbers that stand for years in a row against the years they stand for."""
    for index, entry in enumerate(entries):
        if entry.item.quantity is None or entry.item.quantity.kind != "count":
            continue
        lead = entry.item.lead
        past = entry.status is Status.CONTRADICTED and (
            is_long_past(entry, text, sheet.year) or _is_since(lead, sheet.year)
        )
        if past:
            # NOTE: nothing later may take it for this year's again.
            entry.release()
            context.links.pop(id(entry.item), None)
        if "年" in lead and _ROW.search(entry.item.before):
            span = _SPAN.search(lead)
            years = _years_of(span, sheet.year) if span is not None else 0
            row = _row(entries, index)
            if len(row) == years > 1:
                _judge_row(sheet, row)


def _years_of(span: re.Match[str], year: int) -> int:
    """Return how many years a span names, where the last one is the report's; 0 where it is not."""
    if span["count"]:
        return _COUNT[span["count"]]
    return int(span["last"]) - int(span["first"]) + 1 if int(span["last"]) == year else 0


def _row(entries: list[Entry], index: int) -> list[Entry]:
    row = [entries[index]]
    for before, entry in pairwise(entries[index:]):
        if entry.item.before.strip("、和，") or entry.item.start - before.item.end > 1:
            break
        row.append(entry)
    return row


def _judge_row(sheet: FactSheet, row: list[Entry]) -> None:
    """Read a row of numbers as those of the years that end with the report's."""
    now = row[-1].expression
    if not row[-1].holds or now is None or now.function is not None:
        return
    for entry in row[:-2]:
        if entry.status is Status.CONTRADICTED:
            entry.release()
    before = a_year_before(now)
    actual = sheet.evaluate(before)
    if actual is None:
        return
    holds = number_holds(sheet, row[-2].item, before, actual)
    row[-2].settle(supported(before) if holds else Status.CONTRADICTED, before, actual)


def _is_since(lead: str, year: int) -> bool:
    """“2020年以来，累计新收申请5130件”: of several years."""
    since = _SINCE.search(lead) if "以来" in lead else None
    return since is not None and int(since[1]) < year


def is_long_past(entry: Entry, text: str, year: int) -> bool:
    """“2020年173件，2021年186件，2022年214件”: whether the year before a number is neither this one nor the last."""
    begin, stop = entry.item.sentence
    named, start = entry.item.named, entry.item.start
    dated = [*_YEAR.finditer(text, begin, start)] if named is None else [*_YEAR.finditer(named)]
    own = dated[-1] if dated else None
    if own is None or int(own[1]) >= year - 1:
        return False
    if named is None and _DIGIT.search(text, own.end(), start):
        return False
    others = {int(y[1]) for y in _YEAR.finditer(text, begin, stop)}
    return bool(others & {year, year - 1})
