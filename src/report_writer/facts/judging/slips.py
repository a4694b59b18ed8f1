"""Is a wrong number the true one after a slip of the hand? Then even a weak link may accuse.

A weak link names a cell without being sure of it; that its number by chance is last year's value of
that very cell, or has the cell's digits in another order, is far less likely than a slip.
"""

import re
from decimal import Decimal

from report_writer.domain.units import base_unit
from report_writer.facts.expressions import PREVIOUS, Expression, a_year_before
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.frames import Item

_WAN = 10_000
# Shorter numbers are alike by chance.
_DIGITS, _LONG = 2, 3
_EARLIER = re.compile(r"上年|去年|上一年|往年|前一?年|同期|[比较]|由|从")


def is_slip(sheet: FactSheet, item: Item, expression: Expression, actual: Decimal) -> bool:
    """Say whether the written number is the true one in the wrong unit, order, year or by one digit.

    `actual` is the value of `expression`, in the unit of its first fact.
    """
    quantity = item.quantity
    if quantity is None or not quantity.amount or not actual:
        return False
    if quantity.kind == "money":
        unit = sheet.unit(expression.operands[0])
        value = actual * base_unit(unit)[1] if unit else Decimal(0)
        return max(value, quantity.amount) == min(value, quantity.amount) * _WAN
    if quantity.kind != "count" or quantity.approximation is not None or quantity.high is not None:
        return False
    written, true = f"{quantity.amount:f}", f"{actual:f}"
    if not written.isdigit() or not true.isdigit() or min(len(written), len(true)) < _DIGITS:
        return False
    if _is_last_years(sheet, item, expression):
        return True
    return written != true and (sorted(written) == sorted(true) or _one_digit_off(written, true))


def _is_last_years(sheet: FactSheet, item: Item, expression: Expression) -> bool:
    """Whether the number is what the same cells held a year before, and no word says so."""
    if any(PREVIOUS in fact or "facts/" in fact for fact in expression.operands):
        return False
    before = a_year_before(expression)
    quantity = item.quantity
    return (
        quantity is not None
        and sheet.evaluate(before) == quantity.amount
        and not _EARLIER.search(item.lead)
    )


def _one_digit_off(written: str, true: str) -> bool:
    if len(written) != len(true) or len(true) < _LONG:
        return False
    return sum(a != b for a, b in zip(written, true, strict=True)) == 1
