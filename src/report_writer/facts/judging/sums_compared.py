"""“网站、公众号共更新651条，较上年的579条增加72条”: what a sum of registered facts was a year ago, and how it moved.

The name next to the number is that of a part; the number before tells that the sum is meant.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import islice, pairwise

from report_writer.domain.findings import Status
from report_writer.facts.derived.candidates import Derived
from report_writer.facts.expressions import (
    PREVIOUS,
    Expression,
    a_year_before,
    a_year_later,
    change,
)
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.context import Link
from report_writer.facts.linking.registered import year_before
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.frames import Item

_REACH = 3
_SEVERAL = 2
_TOTAL_LAST_YEAR = re.compile(
    r"(?:上(?:一)?年度?|去年)(?:同期)?(?:的)?(?:合计|共计?|总计|总[数量]|合起来)(?:为|是|有)?"
)


def last_year_of_sum(
    item: Item, link: Link, entry_of: Callable[[Item], Entry], sheet: FactSheet
) -> Link:
    """Return a link to last year's value of a part as one to that of the sum the text has just stated."""
    fact = link.expression.operands[0]
    if not link.registered or not fact.startswith(PREVIOUS):
        return link
    both = _sum_before(item, a_year_later(link.expression).operands[0], entry_of)
    before = _before(both, sheet) if both is not None else None
    return replace(link, expressions=(before,)) if before is not None else link


def change_of_sum(
    item: Item, derived: Derived, entry_of: Callable[[Item], Entry], sheet: FactSheet
) -> Derived:
    """Return the change of a part as that of the sum the text has just stated."""
    said = derived.expressions[0] if derived.expressions else None
    if said is None or not derived.change or said.function is None or len(said.terms) > 1:
        return derived
    both = _sum_before(item, said.operands[0], entry_of)
    before = _before(both, sheet) if both is not None else None
    if both is None or before is None:
        return derived
    moved = change(both, rate=said.function == "change_rate", before=before)
    return replace(derived, expressions=(moved,))


def judge_last_years_sums(sheet: FactSheet, entries: list[Entry]) -> None:
    """“合计651条，上年合计579条”: judge the open total of last year right behind this year's."""
    for before, entry in pairwise(entries):
        both, quantity = before.expression, entry.open_count
        if not before.holds or both is None or both.function is not None or quantity is None:
            continue
        if len(both.terms) < _SEVERAL or not _TOTAL_LAST_YEAR.fullmatch(entry.item.before.strip()):
            continue
        past = _before(both, sheet) if both.is_registered else a_year_before(both)
        actual = sheet.evaluate(past) if past is not None else None
        if past is None or actual is None or before.item.sentence != entry.item.sentence:
            continue
        holds = quantity.amount == actual
        entry.settle(Status.DERIVED if holds else Status.CONTRADICTED, past, actual)


def _before(both: Expression, sheet: FactSheet) -> Expression | None:
    terms = []
    for sign, fact in both.terms:
        past = year_before(Expression(((1, fact),)), sheet)
        if past is None or sheet.evaluate(past) is None:
            return None
        terms.append((sign, past.operands[0]))
    return Expression(tuple(terms))


def _sum_before(item: Item, fact: str, entry_of: Callable[[Item], Entry]) -> Expression | None:
    """Return the sum with a registered fact in it that the sentence has stated last, unless the fact itself came since."""
    if not fact.startswith("facts/"):
        return None
    for previous in islice(item.earlier(), _REACH):
        said = entry_of(previous).expression if entry_of(previous).holds else None
        if said is None or said.function is not None or fact not in said.operands:
            continue
        return said if len(said.terms) > 1 else None
    return None
