"""A year by which numbers come right that are not right with the one that stands there.

“与2021年的52件相比，本年少12件” in the report for 2023: nobody knows 52 for 2021; it is what came in in 2022, and 12 is what
that leaves. The sentence is read once more with each year it may mean; where one of them confirms more and breaks
nothing, that year is meant.
"""

import re
from dataclasses import dataclass

from report_writer.domain.findings import Status
from report_writer.facts.judging.assessing import assessed
from report_writer.facts.judging.entries import Entry
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.marks import begin_of, end_of

# A smaller number comes right by chance.
_TELLING = 5
_YEAR = re.compile(r"20\d\d(?=\s?年)")
_LISTED = re.compile(r"20\d\d\s?年(?:度)?[、和与及至—-]+\s?20\d\d")


@dataclass(frozen=True, slots=True)
class Reread:
    """The year that is meant, and what it confirms: offsets of the numbers."""

    year: int
    cured: tuple[tuple[int, int], ...]


def reread(
    text: str, start: int, entries: list[Entry], sheet: FactSheet, section: str
) -> Reread | None:
    """Return the year that makes the sentence around an offset right, None where none does."""
    year = sheet.year
    written = _YEAR.match(text, start)
    if written is None or not year - 3 <= int(written[0]) <= year + 1:
        return None
    listed = _LISTED.match(text, start) or text[start - 1 : start] in {"、", "和", "至"}
    if listed and int(written[0]) <= year:
        return None
    begin, stop = begin_of(text, start), end_of(text, start)
    inside = [e for e in entries if begin <= e.item.start < stop]
    if not any(_is_open(e) for e in inside):
        return None
    for other in (year - 1, year):
        if other == int(written[0]):
            continue
        tried = f"{text[begin:start]}{other}{text[start + 4 : stop]}"
        again = {(e.item.start, e.item.end): e for e in assessed(tried, sheet, section)}
        cured = _cured(inside, begin, again)
        if cured and not _loses(assessed(text[begin:stop], sheet, section), again):
            return Reread(other, cured)
    return None


def _loses(alone: list[Entry], again: dict[tuple[int, int], Entry]) -> bool:
    """Whether the sentence by itself, as it stands, confirms a number that the other year leaves open."""
    known = (again.get((e.item.start, e.item.end)) for e in alone if e.holds and e.item.quantity)
    return any(now is not None and not now.holds for now in known)


def _is_open(entry: Entry) -> bool:
    quantity = entry.item.quantity
    if quantity is None or not quantity.amount or quantity.approximation is not None:
        return False
    if entry.status not in {Status.UNACCOUNTED, Status.CONTRADICTED}:
        return False
    return quantity.kind in {"count", "money"} and quantity.amount >= _TELLING


def _cured(
    inside: list[Entry], begin: int, again: dict[tuple[int, int], Entry]
) -> tuple[tuple[int, int], ...]:
    """Return the numbers another year confirms, none where it breaks one."""
    cured: list[tuple[int, int]] = []
    for entry in inside:
        now = again.get((entry.item.start - begin, entry.item.end - begin))
        if now is None:
            continue
        if now.status is Status.CONTRADICTED and entry.status is not Status.CONTRADICTED:
            return ()
        if entry.holds:
            continue
        if now.holds and _is_open(entry):
            cured.append((entry.item.start, entry.item.end))
    return tuple(cured)
