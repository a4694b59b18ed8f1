"""Clauses without a digit that no list of words knows, by what such clauses usually say: 还没人用过, 件件给了复印件.

A clause whose usual meaning is borne out is listed as confirmed; nothing is accused by what is usual.
"""

import re
from bisect import bisect_left

from report_writer.facts.derived.comparisons import DOWN, UP
from report_writer.facts.expressions import Expression
from report_writer.facts.judging.by_learned import neighbours
from report_writer.facts.judging.derived_values import supported
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.learned import Likely, clause_means, unnumbered_clauses
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.claims import Claim, ClaimKind
from report_writer.facts.text.frames import clause_item

_CONFIRMS = 0.15
_LEVEL = re.compile(r"持平|相[同等当]|一样|一致|不变|未变|没变|没有变化|无变化|等量")
_MOVED = re.compile(rf"(?P<up>{UP}|多)|(?P<down>{DOWN}|少)")
# A time in front of what is said is left out.
_LEAD = re.compile(r"\s*(?:(?:今年|全年|年内|年度内|本年度?|当年|其中)(?=.{3}))?")


def learned_clauses(text: str, entries: list[Entry], sheet: FactSheet) -> list[Entry]:
    """Return a confirmed entry for each such clause; `text` is normalised."""
    found: list[Entry] = []
    starts = [entry.item.start for entry in entries]
    for start, end in unnumbered_clauses(text):
        index = bisect_left(starts, end)
        if index and entries[index - 1].item.end > start:
            continue
        around = neighbours(entries[max(0, index - 2) : index], entries[index : index + 1])
        meanings = clause_means(text, start, end, around)
        judged = (_judged(text, start, end, meant, sheet) for meant in meanings)
        entry = next((entry for entry in judged if entry is not None), None)
        if entry is not None:
            found.append(entry)
    return found


def _judged(text: str, start: int, end: int, meant: Likely, sheet: FactSheet) -> Entry | None:
    expression = meant.expression
    if expression is None or meant.probability < _CONFIRMS or expression.function == "share":
        return None
    actual = sheet.evaluate(expression)
    if actual is None:
        return None
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    kind = _kind(expression)
    way = _way(text[start:end]) if kind is ClaimKind.TREND else 0
    if way != (actual > 0) - (actual < 0):
        return None
    entry = Entry(clause_item(text, Claim(start, end, kind, text[start:end], loose=True)))
    entry.settle(supported(expression), expression, actual)
    return entry


def _kind(expression: Expression) -> ClaimKind:
    if expression.function is not None:
        return ClaimKind.TREND
    of_all = any(sign < 0 for sign, _ in expression.terms)
    return ClaimKind.UNIVERSAL if of_all else ClaimKind.ZERO


def _way(clause: str) -> int | None:
    """Return which way a clause says something has moved; None where it does not say."""
    if _LEVEL.search(clause):
        return 0
    moved = {match.lastgroup for match in _MOVED.finditer(clause)}
    if len(moved) != 1:
        return None
    return 1 if "up" in moved else -1
