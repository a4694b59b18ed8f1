"""Changes of a number that has found its registered fact only at a last look: “解读18篇，比上年多出一半”."""

from dataclasses import replace

from report_writer.facts.derived.candidates import Derived
from report_writer.facts.derived.changes import read_change
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.last_year import link_last_year
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.frames import Item


def read_again(
    items: list[Item],
    found: set[int],
    derived: dict[int, Derived],
    context: Context,
    sheet: FactSheet,
) -> None:
    """Read what follows the numbers in `found` once more; what is read so confirms and never accuses."""
    for item in items:
        known = derived.get(id(item))
        if item.previous is None or id(item.previous) not in found or item.quantity is None:
            continue
        if known is not None and known.expressions:
            continue
        change = read_change(item, context, sheet)
        if change is not None and change.expressions:
            derived[id(item)] = replace(change, strong=False)
        elif known is None and id(item) not in context.links:
            past = link_last_year(item, context)
            if past is not None:
                context.links[id(item)] = replace(past, strong=False)
                found.add(id(item))
