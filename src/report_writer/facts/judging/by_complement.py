"""A last look at the one count of a list that its total and its other parts leave: “申请5件，2件没有底册，3件复印交付”.

Where the other counts of the list are outcomes or applicants of table three, the open one is just what they leave of
the total stated before, and the table has one row left for so many, it can be nothing else. It only confirms.
"""

import re
from collections.abc import Iterator

from report_writer.domain.units import base_unit
from report_writer.facts.expressions import PREVIOUS, Expression
from report_writer.facts.judging.derived_values import supported
from report_writer.facts.judging.entries import PLANNED, Entry
from report_writer.facts.linking.last_year import has_moved
from report_writer.facts.linking.lexicon import OTHER_MATTERS, REQUEST_UNITS
from report_writer.facts.linking.totals import TOTALS
from report_writer.facts.sheet import FactSheet, is_outcome, requests
from report_writer.forms.ogi_2021 import APPLICANTS, OUTCOME_GROUPS

_REACH, _NEXT, _FAR = 40, 12, 160
# What something was about, by which way it came, and what is compared are no members of such a list.
_NO_PART = re.compile(
    r"涉|聚焦|关于|围绕|集中|线[上下]|网[上络]|信函|邮|当面|传真|窗口|现场|[上去]年|热线|咨询|口头|其中|延期|逾期"
)
_COMPARED = re.compile(r"[比较占]|[增减多少]")
_OUTCOMES = (
    "disclosed",
    "disclosed_in_part",
    *(row for rows in OUTCOME_GROUPS.values() for row in rows),
)
_GROUPS = ("disclosed_in_full_or_part", *OUTCOME_GROUPS)


def confirm_what_is_left(sheet: FactSheet, entries: list[Entry]) -> None:
    """Confirm the one open count of a list of outcomes or of applicants."""
    for index, entry in enumerate(entries):
        quantity = entry.open_count
        if quantity is None or quantity.amount is None:
            continue
        run = [*_beside(entry, entries[:index][::-1]), *_beside(entry, entries[index + 1 :])]
        said = [e.expression for e in run if e.expression is not None]
        if not said or not _may_be_a_part(entry):
            continue
        taken = [fact for expression in said for fact in expression.operands]
        stated = sum((e.actual or 0 for e in run), quantity.amount)
        begin = min([entry.item.start, *(e.item.start for e in run)])
        if len(set(taken)) < len(taken):
            continue
        for whole, cells, together in _lists():
            if not set(taken) <= {fact for cell in cells for fact in cell.operands}:
                continue
            if sheet.evaluate(whole) != stated or not _was_stated(entries, begin, stated):
                continue
            left = [c for c in cells if c.operands[0] not in taken and sheet.evaluate(c)]
            names = {c.operands[0] for c in left}
            fitting = [g for g in together if len(left) > 1 and names <= set(g.operands)]
            reading = left[0] if len(left) == 1 else next(iter(fitting), None)
            if reading is not None and sheet.evaluate(reading) == quantity.amount:
                entry.settle(supported(reading), reading, quantity.amount)
                break


def _lists() -> Iterator[tuple[Expression, list[Expression], list[Expression]]]:
    """Yield what a list may break down, the cells it may name, and those named together."""
    yield requests("disposed"), [requests(r) for r in _OUTCOMES], [requests(g) for g in _GROUPS]
    yield requests("received"), [requests("received", column) for column in APPLICANTS], []


def _may_be_a_part(entry: Entry) -> bool:
    item = entry.item
    if item.quantity is None or base_unit(item.quantity.unit)[0] not in REQUEST_UNITS:
        return False
    if item.following is not None and has_moved(item, item.following):
        return False
    words = item.label + item.after
    if PLANNED.search(item.left) or _COMPARED.search(item.label):
        return False
    return not (_NO_PART.search(words) or OTHER_MATTERS.search(words))


def _beside(entry: Entry, others: list[Entry]) -> Iterator[Entry]:
    """Yield the confirmed parts that follow one another on one side of an entry."""
    last = entry.item
    for other in others:
        item = other.item
        if item.quantity is None or item.quantity.kind != "count":
            continue
        gap = max(item.start - last.end, last.start - item.end)
        if gap > (_REACH if item.sentence == last.sentence else _NEXT) or not _is_part(other):
            return
        last = item
        yield other


def _is_part(entry: Entry) -> bool:
    said = entry.expression
    if not entry.holds or said is None or said.function is not None:
        return False
    cells = [fact.split("/") for fact in said.operands if not fact.startswith(PREVIOUS)]
    return len(cells) == len(said.operands) and all(
        c[0] == "requests" and ((is_outcome(c[1]) and c[2] == "total") or _is_column(c))
        for c in cells
    )


def _is_column(cell: list[str]) -> bool:
    return cell[1] == "received" and cell[2] != "total"


def _was_stated(entries: list[Entry], begin: int, stated: object) -> bool:
    """Whether a total of requests that large stands before a list."""
    return any(
        e.holds and e.expression in TOTALS and e.actual == stated
        for e in entries
        if begin - _FAR <= e.item.start < begin
    )
