"""A sentence left standing from last year's report: “2022年共收到申请31件，办结29件” in the report for 2023.

Year and values agree with each other, and both are last year's. A report may look back, but then it compares, or gives
this year's value as well; where it does neither, nobody is told what this year's figure is.
"""

import re

from report_writer.domain.findings import Status
from report_writer.facts.expressions import PREVIOUS, a_year_later
from report_writer.facts.judging.entries import Entry
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.marks import begin_of, end_of

# Smaller values are last year's by chance.
_TELLING = 5
# What may stand before the year its sentence is about.
_OPENS = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九\d]{1,2}[)）、.]?)?(?:一是|其中)?(?:[在于截至止到]|回顾)*\s*"
)
# A sentence that compares, or brings something over from then, looks back on purpose.
_LOOKS_BACK = re.compile(
    r"[较比与同和](?:上|去|前|20|今|本|之)|同比|环比|相比|持平|[增减升降涨跌]|今年|本年(?!度?报告)|当前|目前|如今|上年|去年|以来|历年|累计|连续|转|遗留|延续|[两三近]年|曾|而|则|仍|计划|要点|年报"
)


def accuse_left_over(sheet: FactSheet, entries: list[Entry], text: str) -> None:
    """Accuse last year's values of a sentence about last year, where this year's are told nowhere."""
    for match in re.finditer(rf"(?<!\d){sheet.year - 1}\s?年(?:度)?", text):
        begin, stop = begin_of(text, match.start()), end_of(text, match.end())
        if not _OPENS.fullmatch(text, begin, match.start()):
            continue
        behind = end_of(text, stop + 1) if stop + 1 < len(text) else stop
        if _LOOKS_BACK.search(text, match.end(), stop) or str(sheet.year) in text[stop:behind]:
            continue
        inside = [e for e in entries if match.end() <= e.item.start < stop]
        counts = [e for e in inside if e.item.quantity is not None and e.holds]
        if not counts or not all(_is_of_last_year(e) for e in counts):
            continue
        told = {e.expression for e in entries if e not in inside and e.expression is not None}
        pairs = [(e, a_year_later(e.expression)) for e in counts if e.expression is not None]
        if any(now in told for _, now in pairs) or _is_taken_up(text[stop:behind]):
            continue
        wrong = [(e, now, sheet.evaluate(now)) for e, now in pairs]
        differing = [w for w in wrong if w[2] is not None and w[2] != w[0].actual]
        if not any((entry.actual or 0) >= _TELLING for entry, _, _ in differing):
            continue
        for entry, now, actual in differing:
            assert actual is not None
            entry.settle(Status.CONTRADICTED, now, actual)


def _is_of_last_year(entry: Entry) -> bool:
    """Whether a count has been confirmed by cells of last year's tables alone."""
    said = entry.expression
    return (
        said is not None
        and said.function is None
        and all(fact.startswith(PREVIOUS) for fact in said.operands)
    )


def _is_taken_up(following: str) -> bool:
    """Whether the next sentence sets this year against what has just been told."""
    return re.search(r"今年|本年|较|比上|同比|相比|[增减]", following) is not None
