"""A loosely named count whose own change or share stands right behind it and is right: “纳入台账的申请计391件，较上年增长36%”.

The change of the requests is 36 %, so the requests are what was counted; then 391 where the table has 388 is wrong.
"""

import re
from itertools import pairwise

from report_writer.domain.findings import Status
from report_writer.facts.expressions import Expression
from report_writer.facts.judging.derived_values import number_holds
from report_writer.facts.judging.entries import PLANNED, Entry
from report_writer.facts.linking.context import Context
from report_writer.facts.sheet import FactSheet

# Nothing but the change or the share: what it is of stands before it.
_BARE = re.compile(
    r"[，、（(]\s?(?:[较比与和同]?(?:上(?:一)?年度?|去年|20\d\d年度?)(?:同期)?(?:相比)?|同比|占(?:比|总数|总量|全部|比重|比例)?)"
    r"[^，。；、\d]{0,6}$"
)
_LEVEL = re.compile(r"[与和同较比]?(?:上(?:一)?年|去年|20\d\d年)")
_TELLING = 3


def accuse_by_what_follows(sheet: FactSheet, entries: list[Entry], context: Context) -> None:
    """Accuse open counts whose reading the change or the share right behind them proves."""
    for entry, following in pairwise(entries):
        if entry.status is not Status.UNACCOUNTED or not _is_exact(entry):
            continue
        proved = _proved_by(following, entry)
        link = context.links.get(id(entry.item))
        if proved is None or link is None or proved not in link.expressions:
            continue
        actual = sheet.evaluate(proved)
        if actual is not None and not number_holds(sheet, entry.item, proved, actual):
            entry.settle(Status.CONTRADICTED, proved, actual)


def _is_exact(entry: Entry) -> bool:
    quantity = entry.item.quantity
    if quantity is None or quantity.kind not in {"count", "money"} or quantity.value is None:
        return False
    return quantity.approximation is None and not PLANNED.search(entry.item.left)


def _proved_by(following: Entry, entry: Entry) -> Expression | None:
    """Return what a right change or share behind a count is of; None where it may be right by chance."""
    said, quantity, claim = following.expression, following.item.quantity, following.item.claim
    if said is None or not following.holds or said.function is None:
        return None
    if claim is not None:
        # NOTE: “接件47件，与上年等量”
        beside = following.item.start - entry.item.end <= 1 and _LEVEL.match(claim.text)
        return Expression(said.terms) if beside and following.actual == 0 else None
    if quantity is None:
        return None
    if quantity.kind == "count" and (quantity.amount or 0) < _TELLING:
        return None
    if quantity.approximation is not None or following.item.sentence != entry.item.sentence:
        return None
    between = following.item.lead[
        len(following.item.lead) - (following.item.start - entry.item.end) :
    ]
    return Expression(said.terms) if _BARE.fullmatch(between) else None
