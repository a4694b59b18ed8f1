"""A weak link that confirmed its number is weak no longer: what hangs on it may be accused.

“办理许可事项8640件，同比增加1400件”: that 许可事项 are the licences of the table is a guess until the table
holds 8,640 as well. Small counts meet by chance and prove nothing.
"""

from decimal import Decimal

from report_writer.domain.findings import Status
from report_writer.facts.expressions import PREVIOUS, Expression, a_year_later
from report_writer.facts.judging.derived_values import judge_derived
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.context import Context
from report_writer.facts.sheet import FactSheet

_BY_CHANCE = 10


def accuse_by_neighbours(sheet: FactSheet, entries: list[Entry], context: Context) -> None:
    """Judge again the changes and last year's values whose subject a neighbour has confirmed."""
    for entry in entries:
        if entry.status is not Status.UNACCOUNTED or entry.item.quantity is None:
            continue
        derived, link = entry.derived, context.links.get(id(entry.item))
        if derived is not None and derived.hangs_on is not None:
            if _confirmed(entry, derived.hangs_on, entries):
                derived.strong = True
                judge_derived(sheet, entry, derived)
        elif link is not None and not link.strong and _is_last_years(link.expression):
            now = a_year_later(link.expression)
            actual = sheet.evaluate(link.expression)
            if actual is not None and _goes_on(entry, now, entries):
                entry.settle(Status.CONTRADICTED, link.expression, actual)


def _is_last_years(expression: Expression) -> bool:
    return expression.function is None and all(f.startswith(PREVIOUS) for f in expression.operands)


def _surely(entry: Entry) -> bool:
    """Whether a confirmed number is too large to be right by chance."""
    quantity = entry.item.quantity
    exact = quantity is not None and quantity.approximation is None and quantity.high is None
    return entry.holds and exact and (entry.actual or Decimal(0)) >= _BY_CHANCE


def _confirmed(entry: Entry, subject: Expression, entries: list[Entry]) -> bool:
    """Whether the sentence has stated the subject's own number, rightly."""
    begin, end = entry.item.sentence
    return any(
        other.expression == subject and _surely(other)
        for other in entries
        if other.item.quantity is not None and begin <= other.item.start < end
    )


def _goes_on(entry: Entry, now: Expression, entries: list[Entry]) -> bool:
    """Whether the next number is this year's value of the same cells: 由72件增至75件."""
    following = entry.item.following
    return any(
        other.item is following and other.expression == now and _surely(other) for other in entries
    )
