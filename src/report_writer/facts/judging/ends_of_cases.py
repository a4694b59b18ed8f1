"""Outcomes of cases that are surely ours: “应诉9件，败诉2件” where the nine are those of the table.

Words of hearing and of being sued leave open whose cases are told of; a total that agrees settles it.
"""

from collections.abc import Iterator
from decimal import Decimal

from report_writer.facts.expressions import Expression
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.lexicon import OUTCOMES_OF_REMEDIES
from report_writer.facts.linking.naming import qualified
from report_writer.facts.sheet import FactSheet

# A smaller total is met by chance.
_BEYOND_CHANCE = 4


def ends_of_confirmed(
    sheet: FactSheet, entries: list[Entry], context: Context
) -> Iterator[tuple[Entry, Expression, Decimal]]:
    """Yield the open outcomes of cases whose total the sentence has stated rightly, with what they should be."""
    for index, entry in enumerate(entries):
        link = context.links.get(id(entry.item))
        if entry.open_count is None or link is None or link.registered:
            continue
        if not _is_plain_outcome(entry) or len(link.expressions) > 1:
            continue
        cells = [fact.split("/") for fact in link.expression.operands]
        if any(table != "remedies" or column == "total" for table, _, column in cells):
            continue
        totals = {f"remedies/{row}/total" for _, row, _ in cells}
        actual = sheet.evaluate(link.expression)
        if actual is not None and _is_stated(totals, entry, entries[:index]):
            yield entry, link.expression, actual


def _is_plain_outcome(entry: Entry) -> bool:
    """Whether a number's label is the word for an outcome and nothing else: 败诉2件."""
    label = entry.item.label.strip()
    found = OUTCOMES_OF_REMEDIES.matches(label)
    if not found:
        return False
    start, end = found[0][0], found[-1][1]
    return qualified(label[:start], 0) is None and qualified(label, end) is None


def _is_stated(totals: set[str], entry: Entry, before: list[Entry]) -> bool:
    return any(
        other.holds
        and other.item.sentence == entry.item.sentence
        and other.item.quantity is not None
        and set(other.facts) == totals
        and (other.actual or 0) >= _BEYOND_CHANCE
        for other in before
    )
