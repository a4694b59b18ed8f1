"""An open count that the confirmed ones around it prove wrong: what came in is what became of it.

“申请3件，学校提供5件，申请人撤回1件”: 提供 is a loose name, and a loose name accuses nobody. But the cell it may mean
holds 2, the sentence has stated 3 and 1 rightly, and 3 = 2 + 1: nothing else can have been meant. The sums are those
of the form: applicants make up what was received, outcomes what was answered, what came in and was carried over
is answered or carried on (表三), and outcomes make up the cases (表四).
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from report_writer.domain.findings import Status
from report_writer.domain.units import base_unit
from report_writer.facts.comparing import within
from report_writer.facts.expressions import PREVIOUS, Expression
from report_writer.facts.judging.by_loose_counts import options_of
from report_writer.facts.judging.derived_values import supported
from report_writer.facts.judging.entries import PLANNED, Entry
from report_writer.facts.judging.other_readings import ABOVE
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.lexicon import OTHER_MATTERS, REQUEST_HINT, REQUESTS
from report_writer.facts.linking.lexicon_faint import FAINT, FAINT_WAITING
from report_writer.facts.sheet import FLOW_ROWS, FactSheet, requests
from report_writer.forms.ogi_2021 import OUTCOME_GROUPS

# A number further off is no slip: it counts something else.
_LIKELY = 4
_UNSAID_PARTS, _REACH, _SHORT, _BETWEEN = 3, 100, 8, 14
_ALIKE = Decimal("1.25")
_CASE_UNITS = frozenset({"", "件", "份", "宗", "起", "例", "条"})
_ASKED = re.compile(r"(?:公开|信息)?(?:申请|来件|收件)")
# “线上申请32件” is some of them.
_ALL_ASKED = re.compile(
    r"(?:[本我]?(?:局|委|办|镇|乡|街道|单位|机关)|全年|今年|本年|共|合计|总共|新|收|接|到|受理|登记|申请|公开|信息|来件|收件|的|有|为|一|，|\s)*"
)
_ASKED_SO = re.compile(r"(?:申请|来件|收件)(?:公开)?(?:的)?(?:共|有|为)*$")
_WAYS = re.compile(r"线[上下]|网[上络]|信函|邮|当面|平台|传真|现场|书面|其中|另|企业|上年|去年")
_FLOW = frozenset({"received", "handled", "disposed", "carried_over", "carried_forward"})
_GROUPS = frozenset(map(requests, OUTCOME_GROUPS))
_RECEIVED, _DISPOSED, _HANDLED = map(requests, ("received", "disposed", "handled"))
_OVER, _FORWARD = requests("carried_over"), requests("carried_forward")
# Either side of “=” in the flow of requests through a year; each sum may be stated as one number.
_FLOWS = (
    ((_HANDLED,), (_RECEIVED, _OVER)),
    ((_HANDLED,), (_DISPOSED, _FORWARD)),
    ((_RECEIVED, _OVER), (_DISPOSED, _FORWARD)),
)


def accuse_by_identity(sheet: FactSheet, entries: list[Entry], context: Context, text: str) -> None:
    """Accuse open counts whose cell completes a sum of the form with what is stated around them."""
    for index, entry in enumerate(entries):
        quantity = entry.open_count
        if quantity is None or quantity.amount is None:
            continue
        if (
            ABOVE.search(entry.item.left)
            or PLANNED.search(entry.item.left)
            or entry.item.unit not in _CASE_UNITS
            or (not entry.item.label and _OF_THOSE.search(entry.item.lead))
            or _of_other_matters(entry)
        ):
            continue
        options = options_of(entry, entries[:index], context, text)
        if not options:
            continue
        begin = text.rfind("。", 0, entry.item.start)
        end = text.find("。", entry.item.start)
        near = [e for e in entries if begin < e.item.start and (end < 0 or e.item.start < end)]
        known = {e.expression for e in near if _stated(e) and e.expression is not None}
        for option in options:
            actual = sheet.evaluate(option)
            if option == _RECEIVED and _received_besides(entry, near):
                continue
            if not actual or option in known or _reckoned(quantity.amount, option, known, sheet):
                continue
            if not (
                _proved(entry, option, known, sheet)
                or _listed_behind(entries[index:], actual)
                or _proved_around(entry, option, actual, entries, sheet)
            ):
                continue
            if actual == quantity.amount:
                entry.settle(supported(option), option, actual)
            elif within(actual, quantity.amount, _LIKELY):
                entry.settle(Status.CONTRADICTED, option, actual)
            break


def _of_other_matters(entry: Entry) -> bool:
    """“网民留言受理58条，公开答复27条”: the sentence has named what was answered, and no request."""
    said = entry.item.lead[entry.item.sentence[0] - entry.item.start :]
    return OTHER_MATTERS.search(said) is not None and REQUEST_HINT.search(said) is None


# “不掌握的49件中，31件告知…，18件告知…”: parts of what has just been counted.
_OF_THOSE = re.compile(r"\d[件起宗份条例个][当之]?[中里][，,][^。；]*$")


def accuse_heads(sheet: FactSheet, entries: list[Entry], context: Context) -> None:
    """Accuse a count read as another than its words say, where the list behind makes up what they say.

    “直接起诉1件，维持1件，未审结1件”: one case is closed, but two are counted, and two came in.
    """
    for index, entry in enumerate(entries):
        link, quantity = context.links.get(id(entry.item)), entry.item.quantity
        if not entry.holds or link is None or link.registered or quantity is None:
            continue
        own, read = link.expression, entry.expression
        if read is None or read.is_registered:
            continue
        if quantity.kind != "count" or read == own or own.function is not None:
            continue
        actual = sheet.evaluate(own)
        if not actual or quantity.amount in {None, actual}:
            continue
        behind = [
            e
            for e in entries[index + 1 :]
            if e.item.start - entry.item.end <= _REACH and _stated(e)
        ]
        known = {e.expression for e in behind if e.expression is not None}
        listed = {term for e in known for term in e.terms}
        closed = any(sign < 0 for sign, _ in read.terms) and read.operands[0].startswith(
            "remedies/"
        )
        if not closed and not set(read.terms) <= listed:
            continue
        if any(
            whole == own and _adds_up(whole, parts, sheet) for whole, parts in _lists(own, known)
        ):
            entry.settle(Status.CONTRADICTED, own, actual)


def _reckoned(
    amount: Decimal, option: Expression, known: set[Expression], sheet: FactSheet
) -> bool:
    """Whether a number is the sum or difference of two stated ones: “新收15件办结12件，结转下年3件”.

    Applicants are reckoned with applicants, and make up what was received where that is stated as well.
    """
    applicant = _is(option, "received", None)
    fitting = [e for e in known if e == _RECEIVED or _is(e, "received", None) == applicant]
    values = [value for e in fitting if (value := sheet.evaluate(e)) is not None]
    return any(amount in {one + other, abs(one - other)} for one, other in combinations(values, 2))


def _received_besides(entry: Entry, near: list[Entry]) -> bool:
    """Whether another number of the sentence has come in as well: “街道收到41件，本级收到26件”."""
    return any(
        m[2] == "received" for e in near if e is not entry for m in REQUESTS.matches(e.item.label)
    )


def _stated(other: Entry) -> bool:
    """Whether a number is confirmed as a sum of this year's cells."""
    expression, quantity = other.expression, other.item.quantity
    return (
        other.holds
        and expression is not None
        and expression.function is None
        and quantity is not None
        and quantity.approximation is None
        and all(sign > 0 and not fact.startswith(PREVIOUS) for sign, fact in expression.terms)
    )


def _proved(entry: Entry, option: Expression, known: set[Expression], sheet: FactSheet) -> bool:
    """Whether what is stated in the sentence completes a sum of the form with an option."""
    if option.function is not None or any(sign < 0 for sign, _ in option.terms):
        return False
    label = entry.item.label
    asked = bool(_ALL_ASKED.fullmatch(label)) and bool(
        _ASKED.search(label) or _ASKED.match(entry.item.after)
    )
    # NOTE: “师生及家长申请4件，公开2件，不掌握1件”: nothing else says how many there were.
    alone = _RECEIVED not in known and not _WAYS.search(label)
    asked = asked or (alone and bool(_ASKED_SO.search(label)))
    return _by_flow(entry, option, known, sheet) or any(
        _adds_up(whole, parts, sheet)
        for whole, parts in _lists(option, known)
        if asked or option != whole or whole in _GROUPS
    )


def _proved_around(
    entry: Entry, option: Expression, actual: Decimal, entries: list[Entry], sheet: FactSheet
) -> bool:
    """Whether the flow of a year, told in two sentences, proves an option: “应办99件。实际办结93件，6件转下年”.

    Across sentences less is sure, so that a number a quarter off counts something else.
    """
    quantity = entry.item.quantity
    if quantity is None or quantity.amount is None:
        return False
    if not within(actual, quantity.amount, _ALIKE):
        return False
    around = [e for e in entries if abs(e.item.start - entry.item.start) <= _REACH and _stated(e)]
    known = {e.expression for e in around if e.expression is not None}
    return _by_flow(entry, option, known, sheet)


def _listed_behind(entries: list[Entry], actual: Decimal) -> bool:
    """Whether the list right behind a number adds up to its cell: “收到申请37件，信函26件、网络8件”, 34 in the table."""
    whole, total, last = entries[0], Decimal(0), entries[0].item
    unit = base_unit(whole.item.quantity.unit)[0] if whole.item.quantity else ""
    for count, part in enumerate(entries[1:]):
        quantity = part.item.quantity
        between = part.item.start - last.end
        if quantity is None or quantity.kind != "count" or quantity.amount is None:
            return False
        if between > _BETWEEN or part.item.sentence != whole.item.sentence:
            return False
        if base_unit(quantity.unit)[0] != unit or (count and "、" not in part.item.lead[-between:]):
            return False
        total, last = total + quantity.amount, part.item
        if count and total == actual:
            return True
    return False


def _by_flow(entry: Entry, option: Expression, known: set[Expression], sheet: FactSheet) -> bool:
    words = (REQUESTS, FAINT, FAINT_WAITING)
    named = {m[2] for one in words for m in one.matches(entry.item.label)}
    if not named:
        # NOTE: “合计13件都已答复” says behind the number what became of it.
        named = {m[2] for one in words for m in one.matches(entry.item.after[:_SHORT])}
    if not any(option == requests(row) for row in named & _FLOW):
        return False
    if option == _RECEIVED and _WAYS.search(entry.item.left):
        return False
    for left, right in _FLOWS:
        members = (*left, *right)
        others = [one for one in members if one != option]
        # NOTE: nobody states that nothing is carried on; it is no gap in the sum.
        if option in members and all(one in known or sheet.evaluate(one) == 0 for one in others):
            return sum(one in known for one in others) > 1
    return False


def _adds_up(whole: Expression, parts: list[Expression], sheet: FactSheet) -> bool:
    cells = [fact for part in parts for fact in part.operands]
    if len(parts) < 2 or len(set(cells)) < len(cells):
        return False
    values = [sheet.evaluate(part) for part in parts]
    return None not in values and sum(map(Decimal, values)) == sheet.evaluate(whole)  # type: ignore[arg-type]


def _lists(
    option: Expression, known: set[Expression]
) -> Iterator[tuple[Expression, list[Expression]]]:
    """Yield totals and their parts, the option being one of either."""
    stated = known | {option}
    # NOTE: a list of three or more that misses nothing of the table needs no total beside it.
    unsaid = {_RECEIVED, _DISPOSED} - stated
    for whole in (*stated, *unsaid):
        if whole in {_RECEIVED, _DISPOSED}:
            columns = [e for e in stated if whole == _RECEIVED and _is(e, "received", None)]
            outcomes = [e for e in stated if _is(e, None, "total")]
            for parts in (columns, outcomes):
                if whole in unsaid and len(parts) < _UNSAID_PARTS:
                    continue
                if option in parts or option == whole:
                    yield whole, parts
        elif whole in _GROUPS:
            parts = [e for e in stated if e != whole and set(e.terms) <= set(whole.terms)]
            if option in parts or option == whole:
                yield whole, parts
        elif all(f.startswith("remedies/") and f.endswith("/total") for f in whole.operands):
            rows = {f.split("/")[1] for f in whole.operands}
            parts = [
                e
                for e in stated
                if e != whole
                and {f.split("/")[1] for f in e.operands} == rows
                and all(f.startswith("remedies/") and not f.endswith("/total") for f in e.operands)
            ]
            if option in parts or option == whole:
                yield whole, parts


def _is(expression: Expression, row: str | None, column: str | None) -> bool:
    """Whether all cells are of a row of table three but its total, or of a column but what is no outcome."""
    cells = [fact.split("/") for fact in expression.operands]
    if any(len(cell) != 3 or cell[0] != "requests" for cell in cells):
        return False
    if row is not None:
        return all(cell[1] == row and cell[2] != "total" for cell in cells)
    return all(cell[2] == column and cell[1] not in FLOW_ROWS for cell in cells)
