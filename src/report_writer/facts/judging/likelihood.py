"""May a number so far from its cell still be a slip of the pen? Only in the form's own words, or explained."""

import re
from decimal import Decimal

from report_writer.facts.expressions import Expression
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.lexicon import (
    APPLICANTS,
    OTHER_MATTERS,
    OUTCOMES_OF_REMEDIES,
    PROACTIVE,
    REMEDIES,
    REQUESTS,
    VERBS,
)
from report_writer.facts.linking.naming import qualified
from report_writer.facts.linking.topic import plain_words
from report_writer.facts.linking.totals import TOTALS
from report_writer.facts.sheet import FactSheet, requests
from report_writer.facts.text.bodies import WIDER_BODY, another_body
from report_writer.facts.text.frames import Item

# What stands around the form's words in its own sentences: “因政府信息公开被申请行政复议”.
_AROUND = re.compile(
    r"行政|采取|实施|[但也却仍又则因被由经受于向对]|引[起发]|提[起出]|产生|发生|[收征]取|全?[省市县区镇乡]|20\d\d年(?:度)?"
)
_LISTS = (REQUESTS, APPLICANTS, PROACTIVE, VERBS, REMEDIES, OUTCOMES_OF_REMEDIES)


# Nobody writes the whole of it for anything else.
_IN_FULL = "政府信息公开申请"


def plainly_named(label: str, context: Context) -> bool:
    """Whether a label holds nothing but words of the form."""
    if label.endswith(_IN_FULL):
        return True
    spans = [match[:2] for words in _LISTS for match in words.matches(label)]
    rest = "".join(char for at, char in enumerate(label) if not any(a <= at < b for a, b in spans))
    return qualified(_AROUND.sub("", rest), 0) is None or plain_words(label, context)


_FAR_OFF = 8
_SEVERAL = 2


def is_likely(item: Item, actual: Decimal, sheet: FactSheet, context: Context) -> bool:
    """Whether a number so far from its cell may still be a slip: in the form's own words, or explained.

    Eight times too much is no slip of the hand unless a digit was lost, another number of the text
    took its place, or it counts a wider body.
    """
    quantity = item.quantity
    if quantity is None or quantity.kind != "count":
        return True
    if quantity.decimals or not quantity.amount:
        return True
    low, high = sorted((abs(quantity.amount), abs(actual)))
    if high < _FAR_OFF * max(low, Decimal(1)) or plainly_named(item.label, context):
        return True
    if low and f"{high:f}".strip("0").startswith(f"{low:f}".strip("0")[:_SEVERAL]):
        return True
    agency = sheet.report.agency
    if WIDER_BODY.search(item.left) or another_body(item, agency.names):
        return True
    if any(f.value == quantity.amount for f in sheet.registered):
        return True
    links = context.links.values()
    return any(sheet.evaluate(link.expression) == quantity.amount for link in links)


def more_than_all(
    entry: Entry, expression: Expression, entries: list[Entry], sheet: FactSheet
) -> bool:
    """“收到申请3件，…余下10件转入下年”: more than all the requests its sentence has stated, rightly.

    However far off it is, no part of them can be so many.
    """
    quantity = entry.open_count
    fact = expression.operands[0]
    if quantity is None or not fact.startswith("requests/") or expression in TOTALS:
        return False
    everything = sheet.evaluate(requests("handled"))
    if not everything or quantity.amount is None or quantity.amount <= everything:
        return False
    if OTHER_MATTERS.search(entry.item.left):
        return False
    return any(
        other.holds
        and other.expression in TOTALS
        and other.item.quantity is not None
        and other.item.sentence == entry.item.sentence
        and other.item.start < entry.item.start
        for other in entries
    )
