"""A bare total right behind all the counts of its sentence, each of them confirmed: “建议33件、提案41件，共84件”.

What 共 counts is often more than the list before it; a total that misses the sum of two or more confirmed counts by
little, with nothing else counted in the sentence, is a slip.
"""

import re
from decimal import Decimal

from report_writer.domain.findings import Status
from report_writer.domain.units import base_unit
from report_writer.facts.comparing import within
from report_writer.facts.expressions import PREVIOUS, Expression
from report_writer.facts.judging.entries import Entry
from report_writer.facts.sheet import FactSheet

_ALL = re.compile(r"(?:[一总合]?共计?|总计|合计)(?:为|有|是|达)?\s*")
_ENDS = re.compile(r"\s?(?:[，。；]|$)")
_NEARLY = Decimal("1.25")
_PARTS = 2


def accuse_bare_totals(sheet: FactSheet, entries: list[Entry], text: str) -> None:
    """Accuse totals that miss the sum of the registered facts their sentence has just listed."""
    for index, entry in enumerate(entries):
        quantity = entry.open_count
        if quantity is None or not _ALL.fullmatch(entry.item.before):
            continue
        if not _ENDS.match(text, entry.item.end):
            continue
        begin = entry.item.sentence[0]
        parts = [e for e in entries[:index] if e.item.start >= begin and e.item.quantity]
        if len(parts) < _PARTS or not all(_is_part(part, quantity.unit) for part in parts):
            continue
        said = [part.expression for part in parts if part.expression is not None]
        summed = Expression(tuple(term for one in said for term in one.terms))
        actual = sheet.evaluate(summed)
        apart = len(set(summed.terms)) == len(parts)
        if actual and apart and within(actual, quantity.amount or Decimal(0), _NEARLY):
            entry.settle(Status.CONTRADICTED, summed, actual)


def _is_part(entry: Entry, unit: str) -> bool:
    """Whether a count is a registered fact of this year, confirmed, in the unit of the total."""
    quantity, said = entry.item.quantity, entry.expression
    if quantity is None or said is None or not entry.holds or not said.is_plain:
        return False
    ours = said.operands[0].startswith("facts/") and not said.operands[0].startswith(PREVIOUS)
    return ours and base_unit(quantity.unit)[0] == base_unit(unit)[0]
