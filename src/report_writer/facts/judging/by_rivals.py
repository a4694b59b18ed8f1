"""A number that only another row's value bears out, while that row has a number of its own beside it.

“公开5件、不掌握3件” with 2 and 3 in the table and 5 answered in all; “加上上年遗留5件，…年末结转5件” with 7 left over. Words like
公开 and 结转 may mean several rows, and the reading that holds is taken; here the sentence leaves but one.
"""

import re

from report_writer.domain.findings import Status
from report_writer.facts.expressions import Expression
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.lexicon import APPLICANTS, REQUESTS
from report_writer.facts.linking.lexicon_faint import FAINT_COLUMNS, FAINT_WAITING
from report_writer.facts.linking.siblings import TAKEN_IN
from report_writer.facts.sheet import ENDINGS, FactSheet, is_outcome, requests

_ROWS = frozenset({*ENDINGS, "carried_forward", "carried_over"})
_DISPOSED, _DISCLOSED = requests("disposed"), requests("disclosed")
_IN_PART, _IN_FULL_OR_PART = requests("disclosed_in_part"), requests("disclosed_in_full_or_part")
_RECEIVED, _HANDLED = requests("received"), requests("handled")
_NEAR, _BESIDE = 60, 16


def accuse_rivals(sheet: FactSheet, entries: list[Entry]) -> None:
    """Accuse counts of requests whose reading a neighbour of the sentence rules out."""
    for entry in entries:
        quantity, read = entry.item.quantity, entry.expression
        if not entry.holds or quantity is None or read is None or read.function is not None:
            continue
        if quantity.kind != "count" or quantity.approximation is not None or not entry.actual:
            continue
        if not all(fact.startswith("requests/") for fact in read.operands):
            continue
        own = _own_row(entry)
        if read == _HANDLED and _came_in_alone(entry, entries):
            own = _RECEIVED
        beside = read == _HANDLED and any(_is_added(e, entry) for e in entries)
        own = _RECEIVED if beside else own
        if own is None or own == read:
            continue
        actual = sheet.evaluate(own)
        if actual is None or actual == quantity.amount:
            continue
        if any(e.holds and e.expression == own for e in entries):
            # NOTE: “公开类64（…），其中予以公开52件”: the row has its own number elsewhere.
            continue
        others = (other for other in entries if other is not entry)
        if beside or any(_rules_out(other, entry, own, read) for other in others):
            entry.settle(Status.CONTRADICTED, own, actual)


def _came_in_alone(entry: Entry, entries: list[Entry]) -> bool:
    """“收到5件，加上年没办结1件，共办5件”: the total with what was carried over has a number of its own."""
    named = REQUESTS.matches(entry.item.label)
    return (
        bool(named)
        and named[-1][2] == "received"
        and any(
            e is not entry
            and e.expression == _HANDLED
            and abs(e.item.start - entry.item.start) <= _NEAR
            for e in entries
        )
    )


# What takes in what was carried over: “收到25件，其中上年结转2件”, “（含上年结转2件）”.
_TAKEN_IN = re.compile(r"其中|含|包括|[（(]|内|以上|共计|合计")
_NEW = re.compile(r"(?:收到|新收|接到|接收|收件|登记)[^，。；\d]{0,14}$")


def _is_added(other: Entry, entry: Entry) -> bool:
    """“收到申请25件，另有上年结转2件”, and 23 came in: what was carried over is told beside it, and is in it."""
    carried = other.expression == requests("carried_over") and other.holds and other.actual
    gap = other.item.start - entry.item.end
    if not carried or not 0 < gap <= _BESIDE or not _NEW.search(entry.item.left):
        return False
    between = other.item.lead[len(other.item.lead) - gap :]
    same = other.item.sentence == entry.item.sentence
    return same and not (_TAKEN_IN.search(between) or re.search(r"其中|共计|合计", entry.item.left))


def _own_row(entry: Entry) -> Expression | None:
    """Return the row, or the applicants, that the words right before a number name."""
    label = entry.item.label
    if entry.expression == _RECEIVED:
        columns = {m[2] for w in (APPLICANTS, FAINT_COLUMNS) for m in w.matches(label)} - {"other"}
        return requests("received", columns.pop()) if len(columns) == 1 else None
    named = [*REQUESTS.matches(label), *FAINT_WAITING.matches(label)]
    # NOTE: “连同上年转入件共办结33件”: the row named last.
    row = max(named, key=lambda m: m[1])[2] if named else ""
    return requests(row) if row in _ROWS else None


def _rules_out(other: Entry, entry: Entry, own: Expression, read: Expression) -> bool:
    """Whether a neighbour has the number that the reading needs for itself."""
    theirs, quantity = other.expression, other.item.quantity
    if not other.holds or not other.actual or quantity is None or quantity.kind != "count":
        return False
    if theirs is None or theirs.function is not None:
        return False
    if read == _HANDLED and own == _RECEIVED:
        return theirs == _HANDLED
    if theirs == read and abs(other.item.start - entry.item.start) <= _NEAR:
        # NOTE: where the total has been stated, a second one that names an applicant is not the total.
        first = other.item.start < entry.item.start
        return first if read == _RECEIVED else _own_row(other) == read
    if abs(other.item.start - entry.item.start) > _NEAR:
        return False
    outcomes = all(is_outcome(fact.split("/")[1]) for fact in theirs.operands)
    if read == _IN_FULL_OR_PART and own == _DISCLOSED:
        return (
            theirs == _IN_PART
            and other.item.start > entry.item.start
            and not (_in_brackets(other) or TAKEN_IN.match(entry.item.rest))
        )
    return read == _DISPOSED and outcomes and not set(theirs.terms) & set(own.terms)


def _in_brackets(entry: Entry) -> bool:
    return entry.item.lead.rfind("（") > entry.item.lead.rfind("）")
