"""Shares whose part or whole only a loose reading has confirmed: “准予公开8件，占66.7%”, “收件8件…，办结率100%”.

When shares are first read, the counts they rest on have no sure name yet. Once these are confirmed, a share that
stands right behind its part, or a rate with a name of its own, is as sure as any.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from report_writer.facts.derived.candidates import Derived
from report_writer.facts.derived.rates import RATE, is_rate_of_handled
from report_writer.facts.derived.share_bases import TAKES
from report_writer.facts.expressions import PREVIOUS, Expression, share
from report_writer.facts.judging.derived_values import judge_derived
from report_writer.facts.judging.entries import Entry
from report_writer.facts.sheet import TOTAL_ROWS, FactSheet, is_outcome, requests

_SHARE_OF_IT = re.compile(
    rf"[，（(]{TAKES}(?:比|总数|总量|全部|(?P<done>(?:已)?(?:办[结复理]|答复|办毕)(?:总?[数量])?)|(?P<come>(?:新收|收[件到]|受理)(?:总?[数量])?))?(?:的|为|达)?\s?$|[（(]$"
)

_CLAUSE = 16


def judge_late_shares(sheet: FactSheet, entries: list[Entry]) -> None:
    """Judge open shares of what has been confirmed meanwhile."""
    for index, entry in enumerate(entries):
        if entry.open_share is None or not entry.is_of_a_count:
            continue
        options = tuple(_rate(entry, entries[:index]) or _of_part(entry, entries[:index]))
        if options:
            judge_derived(sheet, entry, Derived(options))


def accuse_in_whole_lists(sheet: FactSheet, entries: list[Entry]) -> None:
    """Accuse the one open share of a list that only its true value makes whole: “公开三成，不公开四成，未掌握两成”."""
    for index, entry in enumerate(entries):
        derived = entry.derived
        if entry.open_share is None or derived is None or derived.change:
            continue
        if not derived.expressions:
            continue
        values = {sheet.evaluate(e) for e in derived.expressions}
        true = values.pop() if len(values) == 1 else None
        rest = [e.actual for e in _list_around(entry, index, entries) if e.actual is not None]
        if true and len(rest) > 1 and sum(rest, true) == 1:
            judge_derived(sheet, entry, replace(derived, strong=True))


_FORMER = re.compile(rf"前者{TAKES}比?[为达]?$")
_LATTER = re.compile(rf"[，；、]而?后者{TAKES}比?[为达]?$")


def judge_twin_shares(sheet: FactSheet, entries: list[Entry]) -> None:
    """Judge the shares of “前者占八成，后者占两成” by one base: the total that either of them is proved to be of."""
    totals = {requests(row).terms for row in TOTAL_ROWS}
    for former, latter in pairwise(entries):
        if "后者" not in latter.item.lead or not _LATTER.search(latter.item.lead.rstrip()):
            continue
        if not _FORMER.search(former.item.lead.rstrip()):
            continue
        for proved, twin in ((former, latter), (latter, former)):
            base = _base(proved)
            if base not in totals or (twin.holds and _base(twin) in totals):
                continue
            options = twin.derived.expressions if twin.derived is not None else ()
            alike = tuple(e for e in options if e.function == "share" and e.base == base)
            quantity = twin.item.quantity
            if len(alike) == 1 and quantity is not None and quantity.kind == "share":
                twin.release()
                judge_derived(sheet, twin, Derived(alike))
                break


def _base(entry: Entry) -> tuple[tuple[int, str], ...]:
    """Return what a confirmed share is of, nothing where it is none."""
    said = entry.expression if entry.holds else None
    return said.base if said is not None and said.function == "share" else ()


def _list_around(entry: Entry, index: int, entries: list[Entry]) -> Iterator[Entry]:
    """Yield the confirmed shares that stand in one list with an entry, one clause apart each."""
    for others in (entries[:index][::-1], entries[index + 1 :]):
        last = entry.item
        for other in others:
            item, said = other.item, other.expression
            gap = max(item.start - last.end, last.start - item.end)
            if not other.holds or said is None or said.function != "share" or gap > _CLAUSE:
                break
            if any(not fact.startswith("requests/") for fact in said.operands):
                break
            last = item
            yield other


def _rate(entry: Entry, before: list[Entry]) -> list[Expression]:
    """Return what 办结率 is a share of, where requests were counted just before."""
    rate = RATE.search(entry.item.left)
    if rate is None or not is_rate_of_handled(rate["name"]):
        return []
    near = [e for e in before if e.item.sentence == entry.item.sentence and e.item.quantity]
    totals = [requests(row) for row in TOTAL_ROWS]
    counted = any(e.holds and e.expression in totals for e in near)
    if (
        not counted
        or not near[-1].holds
        or not all(f.startswith("requests/") for f in near[-1].facts)
    ):
        return []
    return [share(requests("disposed"), requests("handled"))]


def _of_part(entry: Entry, before: list[Entry]) -> Iterator[Expression]:
    """Yield what a share right behind a confirmed outcome or applicant may be a share of."""
    part = before[-1] if before else None
    said = part.expression if part is not None else None
    if part is None or said is None or not part.holds or said.function is not None:
        return
    said_so = _SHARE_OF_IT.search(entry.item.lead)
    if said_so is None or said_so.start() < len(entry.item.lead) - (
        entry.item.start - part.item.end
    ):
        return
    rows = {tuple(fact.split("/")) for fact in said.operands if not fact.startswith(PREVIOUS)}
    if len(rows) != len(said.operands) or any(row[0] != "requests" for row in rows):
        return
    if all(is_outcome(row[1]) and row[2] == "total" for row in rows):
        if said_so["come"]:
            yield share(said, requests("received"))
            return
        yield share(said, requests("disposed"))
        if said_so["done"]:
            return
        stated = {e.expression for e in before if e.holds}
        for row in TOTAL_ROWS:
            if row != "disposed" and requests(row) in stated:
                yield share(said, requests(row))
    elif len(rows) == 1 and next(iter(rows))[2] != "total":
        yield share(said, requests(next(iter(rows))[1]))
