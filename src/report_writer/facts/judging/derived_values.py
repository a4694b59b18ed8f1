"""Do shares, changes, multiples and gaps between rates hold? Each against the formulas it may stand for."""

from decimal import Decimal

from report_writer.domain.findings import Status
from report_writer.domain.units import base_unit
from report_writer.facts.comparing import judge, judge_multiple, judge_share
from report_writer.facts.derived.averages import Gap
from report_writer.facts.derived.candidates import Derived
from report_writer.facts.expressions import Expression
from report_writer.facts.judging.entries import Entry
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.frames import Item


def supported(expression: Expression) -> Status:
    """Return the status of a number a formula confirms."""
    if not expression.is_plain:
        return Status.DERIVED
    return Status.REGISTERED if "facts/" in expression.operands[0] else Status.BOUND


def number_holds(sheet: FactSheet, item: Item, expression: Expression, actual: Decimal) -> bool:
    """Whether a number agrees with the value of a plain formula, in the unit of its first fact."""
    quantity = item.quantity
    assert quantity is not None
    if quantity.value is None:
        return False
    if quantity.kind == "share":
        return judge_share(quantity, actual / 100).holds
    return judge(quantity, actual, sheet.unit(expression.operands[0]) or "").holds


def judge_derived(sheet: FactSheet, entry: Entry, derived: Derived) -> None:
    """Give a share, a change, a multiple or a difference its status."""
    quantity = entry.item.quantity
    assert quantity is not None
    entry.derived, entry.status = derived, Status.UNACCOUNTED
    first: tuple[Expression, Decimal] | None = None
    for expression in derived.expressions:
        if expression.function == "share" and expression.terms == expression.base:
            # NOTE: nothing is a share or a multiple of itself: something else is meant.
            continue
        actual = sheet.evaluate(expression)
        if actual is None:
            if no_base(sheet, expression) and first is None:
                first = (expression, Decimal(0))
            continue
        signed = actual * derived.sign if derived.change else actual
        if quantity.kind == "share":
            holds = signed >= 0 and judge_share(quantity, signed).holds
        elif quantity.kind in {"multiple", "turn"}:
            holds = judge_multiple(quantity, signed)
        else:
            fact = expression.operands[0]
            # NOTE: a registered fact is kept in its own unit (3.4万人次), and so is its change.
            scaled = quantity.kind == "money" or (derived.change and "facts/" in fact)
            scaled = scaled or ("facts/" in fact and _by_the_piece(sheet, expression))
            unit = sheet[fact].unit if fact in sheet and scaled else ""
            holds = signed >= 0 and judge(quantity, signed, unit).holds
            if expression.function == "share" and quantity.approximation is None:
                # NOTE: an average is written to its last place: 138人次 for 137.8.
                true = signed * base_unit(unit)[1]
                holds = holds or abs(true - (quantity.amount or 0)) * 2 <= quantity.step
        if holds:
            entry.settle(Status.DERIVED, expression, actual)
            return
        if expression.function == "share" and actual > 1 and quantity.kind == "share":
            # NOTE: no part is more than its whole: something else is meant.
            continue
        first = first or (expression, actual)
    if first is not None and derived.strong:
        entry.settle(Status.CONTRADICTED, *first)


def _by_the_piece(sheet: FactSheet, expression: Expression) -> bool:
    """Whether a quotient is by single things (31.7万次 by 142条), not by ten thousands of them."""
    units = [sheet[fact].unit for _, fact in expression.base if fact in sheet]
    return expression.function == "share" and all(base_unit(unit)[1] == 1 for unit in units)


def judge_gap(entry: Entry, gap: Gap) -> None:
    """“提高2.4个百分点” holds, or the two rates differ otherwise; 2.4% for it is a slip of the unit."""
    quantity = entry.item.quantity
    assert quantity is not None and quantity.value is not None
    entry.gap, entry.status = gap, Status.UNACCOUNTED
    step = quantity.step if quantity.decimals else Decimal(1)
    slack = max(gap.slack, step / 2) * Decimal("1.1")
    off = abs(gap.points * gap.sign - quantity.value)
    # NOTE: of a rate that went from 40% to 50%, “提高25%” is right as a rate of the rate.
    slip = quantity.kind == "share"
    wrong = (off <= slack and gap.points != 0) if slip else off > slack
    if wrong:
        entry.status = Status.CONTRADICTED
    elif quantity.kind == "points":
        entry.status = Status.DERIVED
    entry.facts = tuple(dict.fromkeys(op for e in gap.expressions for op in e.operands))


def no_base(sheet: FactSheet, expression: Expression) -> bool:
    """Whether a rate was written although last year's value is 0: there is no rate."""
    if expression.function != "change_rate":
        return False
    base = sheet.evaluate(Expression(expression.base))
    return base == 0 and sheet.evaluate(Expression(expression.terms)) is not None
