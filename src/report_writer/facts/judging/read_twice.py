"""A number may not borrow the name of the next one: “提供2件，告知不掌握2件” names two cells, not one twice."""

from itertools import pairwise

from report_writer.facts.judging.derived_values import number_holds, supported
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.sheet import FactSheet


def release_borrowed(sheet: FactSheet, entries: list[Entry], context: Context) -> None:
    """Read counts anew that were confirmed by the cell the next number names firmly, where their own words name another."""
    for entry, following in pairwise(entries):
        if not (entry.holds and following.holds) or entry.expression != following.expression:
            continue
        own, theirs = (context.links.get(id(e.item)) for e in (entry, following))
        if own is None or theirs is None or own.row != "faint" or theirs.row == "faint":
            continue
        # NOTE: the words at the number itself are read first; only behind them the next number's.
        named_first = own.readings and own.readings[0] != entry.expression
        if named_first and entry.item.sentence == following.item.sentence:
            _read_anew(sheet, entry, own)


def _read_anew(sheet: FactSheet, entry: Entry, own: Link) -> None:
    others = [e for e in own.readings if e != entry.expression]
    own.expressions = (own.readings[0],)
    entry.release()
    for other in others:
        actual = sheet.evaluate(other)
        if actual is not None and number_holds(sheet, entry.item, other, actual):
            own.expressions = (other,)
            entry.settle(supported(other), other, actual)
            return
