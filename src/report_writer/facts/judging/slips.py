"""Is a wrong number the true one after a slip of the hand? Then even a weak link may accuse.

A weak link names a cell without being sure of it; that its number by chance is last year's value of
that very cell, or has the cell's digits in another order, is far less likely than a slip.
"""

import re
from decimal import Decimal

from report_writer.domain.facts import Fact
from report_writer.domain.units import base_unit
from report_writer.facts.comparing import alike_in_digits, within
from report_writer.facts.expressions import PREVIOUS, Expression, a_year_before
from report_writer.facts.linking.context import Link
from report_writer.facts.linking.label_words import ANYWHERE, telling_words
from report_writer.facts.linking.registered import past_of
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.frames import Item

_TENS = frozenset(map(Decimal, (10, 100, 1000, 10_000, 100_000_000)))
# Last year's value is met by chance where it is small.
_DISTINCT = 10
_NEARLY = Decimal("0.85")
_EARLIER = re.compile(
    r"(?:近|过去|最近|前)[两二三四五几\d]个?年|历年|上年|去年|上一年|往年|前一?年|同期|[比较]|由|从"
)
# What loose words count by other units (62家单位) is seldom a request.
OF_CASES = frozenset({"", "件", "份", "宗", "起", "例", "条", "项", "次"})


def is_slip(
    sheet: FactSheet, item: Item, link: Link, expression: Expression, actual: Decimal
) -> bool:
    """Say whether the written number is the true one in the wrong unit, order, year or by one digit.

    `actual` is the value of `expression`, in the unit of its first fact.
    """
    quantity = item.quantity
    if quantity is None or not quantity.amount or not actual or link.borrowed:
        return False
    unit = sheet.unit(expression.operands[0]) or ""
    true = actual * base_unit(unit)[1]
    if quantity.kind == "money":
        # NOTE: 5124万元 for 512.4万元, 128.65元 for 万元: the digits are right, their place is not.
        ratio = max(true, quantity.amount) / min(true, quantity.amount)
        return ratio in _TENS
    if quantity.kind != "count" or quantity.high is not None:
        return False
    if link.row == "faint" and base_unit(quantity.unit)[0] not in OF_CASES:
        return False
    if link.row == "faint" and item.before.endswith("信息"):
        # NOTE: “公示处罚信息233条，方便查询” counts what was published.
        return False
    if quantity.approximation is not None:
        # NOTE: “突破400条” for 386: so near that no other thing is counted.
        low, high = sorted((quantity.amount, true))
        return low >= _DISTINCT and low >= high * _NEARLY
    return is_mistaken(sheet, item, expression, true)


def is_mistaken(sheet: FactSheet, item: Item, expression: Expression, true: Decimal) -> bool:
    """Whether a count is last year's value, or the true one with its digits exchanged."""
    quantity = item.quantity
    if quantity is None or quantity.amount is None:
        return False
    return _is_last_years(sheet, item, expression) or alike_in_digits(quantity.amount, true)


def _is_last_years(sheet: FactSheet, item: Item, expression: Expression) -> bool:
    """Whether the number is what the same cells or the same fact held a year before, and no word says so."""
    quantity = item.quantity
    assert quantity is not None
    if any(fact.startswith(PREVIOUS) for fact in expression.operands):
        return False
    before: Expression | None = a_year_before(expression)
    if "facts/" in expression.operands[0]:
        before = past_of(expression.operands[0], sheet) if expression.is_plain else None
    if before is None or (quantity.amount or 0) < _DISTINCT or _EARLIER.search(item.lead):
        return False
    value = sheet.evaluate(before)
    unit = sheet.unit(before.operands[0]) or ""
    return value is not None and value * base_unit(unit)[1] == quantity.amount


_NO_SLIP = 20
_FAR = 8


def of_another_kind(item: Item, fact: Fact, sheet: FactSheet) -> bool:
    """Whether a number is so far from a registered fact that it counts something else.

    In another unit twenty times, in the same unit eight times where the text does not give the label in full.
    """
    quantity = item.quantity
    if quantity is None or not quantity.amount or not fact.value or quantity.kind == "share":
        return False
    telling = telling_words(fact.subject) - ANYWHERE
    if telling and telling.isdisjoint(telling_words(item.lead + item.after)):
        # NOTE: “办理答复78件” has no word of 建议提案办理 but the one any work is told with.
        return True
    (unit, _), (own, factor) = base_unit(quantity.unit), base_unit(fact.unit)
    true = fact.value * factor
    if within(quantity.amount, true, _NO_SLIP if unit != own else _FAR):
        return False
    left, right = (f"{one.normalize():f}".strip("0.") for one in (quantity.amount, fact.value))
    if left == right:
        return False
    if unit != own:
        return True
    stated = any(
        f.value and f.value * base_unit(f.unit)[1] == quantity.amount for f in sheet.registered
    )
    return not stated and fact.label not in item.lead + item.after
