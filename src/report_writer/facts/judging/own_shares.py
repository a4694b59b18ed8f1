"""A share against the text's own counts: “收到132件，房屋征收类54件、物业管理类29件，两者合占68.2%”."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from report_writer.domain.findings import Status
from report_writer.facts.comparing import judge_share
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.totals import TOTALS
from report_writer.facts.sheet import TOTAL_ROWS, FactSheet, requests

_BOTH_TAKE = re.compile(
    r"[，；](?:这)?(?:(?:前)?[两二](?:者|项|类|种)(?:情形|申请)?(?:合计|共计|合|共|一共|加起来|合起来)?|合计|共计)"
    r"占(?:比|到|去|了)?(?:约|近|为|达)*\s*$"
)
_GAP = re.compile(r"[，、和与及]?[^，。；、\d]{0,12}")


@dataclass(frozen=True, slots=True)
class OwnShare:
    """A share that the two counts before it do not have in any total of requests; `true`: in the one stated."""

    entry: Entry
    parts: tuple[Entry, Entry]
    whole: Entry
    true: Decimal


def wrong_shares(entries: list[Entry], sheet: FactSheet) -> Iterator[OwnShare]:
    """Yield the open shares of the two counts before them in the requests the sentence before has stated."""
    bases = [v for row in TOTAL_ROWS if (v := sheet.evaluate(requests(row)))]
    for index, entry in enumerate(entries):
        quantity = entry.open_share
        if quantity is None or index < _LEAST or not _BOTH_TAKE.search(entry.item.lead):
            continue
        one, other = entries[index - 2 : index]
        amounts = [amount for count in (one, other) if (amount := _amount(count))]
        whole = _stated(entries[: index - 2])
        if len(amounts) < _PAIR or whole is None or not _side_by_side(one, other, entry):
            continue
        together = sum(amounts, Decimal(0))
        if any(judge_share(quantity, together / base).holds for base in bases):
            continue
        assert whole.actual
        if together < whole.actual:
            yield OwnShare(entry, (one, other), whole, together / whole.actual)


_LEAST, _PAIR = 3, 2
_REACH = 60


def _amount(entry: Entry) -> Decimal | None:
    """Return the amount of an exact count that nothing speaks against."""
    quantity = entry.item.quantity
    if quantity is None or quantity.kind != "count" or entry.status is Status.CONTRADICTED:
        return None
    return quantity.amount if quantity.approximation is None and not quantity.high else None


def _stated(before: list[Entry]) -> Entry | None:
    """Return the last total of requests that was stated rightly."""
    totals = (e for e in reversed(before) if e.holds and e.expression in TOTALS and e.actual)
    return next(totals, None)


def _side_by_side(one: Entry, other: Entry, share: Entry) -> bool:
    gap = other.item.lead[len(other.item.lead) - max(0, other.item.start - one.item.end) :]
    same = one.item.unit == other.item.unit
    near = share.item.start - one.item.start <= _REACH
    return same and near and one.item.sentence == share.item.sentence and bool(_GAP.fullmatch(gap))
