"""A last look at open numbers beside registered facts nobody has stated: “发布岗位信息2204条” for 招聘信息 2204条.

A clerk's label and his sentence often share no word. Where one number is left without a basis, one registered fact
without a number, and both have the same value and the same unit, they are the same. It only confirms.
"""

from collections import Counter
from decimal import Decimal

from report_writer.domain.facts import Fact
from report_writer.domain.findings import Status
from report_writer.domain.units import RATIO, base_unit
from report_writer.facts.expressions import PREVIOUS, total
from report_writer.facts.judging.derived_values import supported
from report_writer.facts.judging.entries import PLANNED, Entry
from report_writer.facts.linking.registered import PERIODIC, on_another_channel
from report_writer.facts.sheet import FactSheet

# Below it numbers are alike by chance.
_TELLING = 3
# “一、信息处理费。发出通知0份，收取0元”: a small one needs the label just before.
_NEAR = 40
_Value = tuple[Decimal, str]


def confirm_by_value(sheet: FactSheet, entries: list[Entry], text: str) -> None:
    """Confirm open numbers by the one unstated fact of the very same value and unit."""
    stated = {fact for entry in entries for fact in entry.facts}
    free: dict[_Value, list[Fact]] = {}
    for fact in sheet.registered:
        if fact.value is None or fact.id in stated or fact.id.startswith(PREVIOUS):
            continue
        unit, factor = base_unit(fact.unit)
        free.setdefault((fact.value * factor, unit), []).append(fact)
    if not free:
        return
    written = [(entry, value) for entry in entries if (value := _value(entry)) is not None]
    times = Counter(value for _, value in written)
    for entry, value in written:
        facts = free.get(value, [])
        if len(facts) != 1 or times[value] != 1:
            continue
        begin = max(0, entry.item.start - _NEAR)
        if value[0] < _TELLING and facts[0].label not in text[begin : entry.item.start]:
            continue
        if not on_another_channel(entry.item, facts[0]):
            expression = total(facts[0].id)
            actual = sheet.evaluate(expression)
            assert actual is not None
            entry.settle(supported(expression), expression, actual)


def _value(entry: Entry) -> _Value | None:
    """Return what an open number writes, if it is a number that hardly comes about by chance."""
    quantity, item = entry.item.quantity, entry.item
    if entry.status is not Status.UNACCOUNTED or quantity is None or quantity.value is None:
        return None
    if PLANNED.search(item.left) or PERIODIC.search(item.left):
        return None
    if quantity.kind == "share":
        # NOTE: a rate with a decimal is somebody's own; 50% and 100% are anybody's.
        told = quantity.unit in RATIO and quantity.decimals and quantity.approximation is None
        return (quantity.value, quantity.unit) if told else None
    if quantity.kind not in {"count", "money"} or quantity.amount is None or quantity.high:
        return None
    if quantity.approximation and quantity.step != 1:
        return None
    return quantity.amount, base_unit(quantity.unit)[0]
