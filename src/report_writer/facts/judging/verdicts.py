"""What the reader of a section hands to the rules: issues with place, values, cells and cause."""

from dataclasses import dataclass
from decimal import Decimal

from report_writer.domain.cells import plain
from report_writer.domain.findings import Cause, Severity
from report_writer.facts.expressions import PREVIOUS, Expression, a_year_before
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Issue:
    """Something wrong with a mention, for the rule that owns `code` to report."""

    code: str
    section: str
    start: int
    end: int
    quote: str
    message: str
    severity: Severity | None = None
    expected: str | None = None
    found: str | None = None
    facts: tuple[str, ...] = ()
    cause: Cause | None = None


_SHORT = 3


def describe(sheet: FactSheet, expression: Expression) -> str:
    """Name a formula in a message: 表三“本年新收·总计”, sums by their parts."""
    if expression.function == "share":
        left = Expression(expression.terms)
        right = Expression(expression.base)
        return f"{describe(sheet, left)}占{describe(sheet, right)}的比例"
    if expression.function is not None:
        return f"{describe(sheet, Expression(expression.terms))}与上年相比的变化"
    names = [("减" if sign < 0 else "加", sheet.describe(fact)) for sign, fact in expression.terms]
    group = _group(sheet, expression)
    if group:
        return group
    if len(names) > _SHORT:
        return f"{names[0][1]}等{len(names)}项之和"
    return names[0][1] + "".join(joint + name for joint, name in names[1:])


def _group(sheet: FactSheet, expression: Expression) -> str:
    from report_writer.facts.sheet import REMEDY_SUM_ROWS, SUM_ROWS

    if any(sign < 0 for sign, _ in expression.terms):
        return ""
    parts = [fact.split("/") for _, fact in expression.terms]
    if (
        any(len(p) != 3 for p in parts)
        or len({p[0] for p in parts}) != 1
        or len({p[2] for p in parts}) != 1
    ):
        return ""
    rows = tuple(p[1] for p in parts)
    for key in (SUM_ROWS, REMEDY_SUM_ROWS):
        for members, label in key.values():
            if rows == members:
                table = sheet.form.table_by_key.get(parts[0][0])
                if table:
                    return f"{table.name}“{label}·{table.column_by_key[parts[0][2]].label}”"
    return ""


def find_cause(
    sheet: FactSheet,
    quantity: Quantity,
    expression: Expression,
    actual: Decimal,
    siblings: set[Decimal],
) -> Cause | None:
    """Return why a number is probably wrong: last year's value, a unit, a sibling's value."""
    written = quantity.amount
    if written is None:
        return None
    if written and actual:
        ratio = written / actual if written > actual else actual / written
        if ratio in {Decimal(10_000), Decimal(100_000_000)}:
            return Cause.UNIT
    if expression.function is None and not expression.operands[0].startswith(PREVIOUS):
        before = sheet.evaluate(a_year_before(expression))
        if before is not None and before == written:
            return Cause.STALE_YEAR
    if written in siblings:
        return Cause.SWAPPED_WITH
    return None


def difference(written: Decimal, actual: Decimal, unit: str) -> str:
    """Return “相差2件”."""
    return f"相差{plain(abs(written - actual))}{unit}"
