"""Does a written number hold? Typed comparison: 余 近 约 以上, printed decimals, 元 and 万元, shares."""

from decimal import Decimal
from typing import NamedTuple

from report_writer.domain.cells import plain
from report_writer.domain.units import base_unit
from report_writer.facts.text.quantities import HALVED, Approximation, Quantity

_HALF = Decimal("0.5")
_LEAST_EXACT = 10
_TENTH = Decimal("0.9")
_FIFTH = Decimal("0.2")


class Verdict(NamedTuple):
    """Whether the number holds, and whether its wording fits an exact count (25余次)."""

    holds: bool
    style: str = ""


_SHORT, _LONG = 2, 3


def alike_in_digits(written: Decimal, true: Decimal) -> bool:
    """Whether one whole number is the other with its digits turned round, or with one of three or more wrong.

    Shorter numbers are alike by chance.
    """
    one, other = f"{written:f}", f"{true:f}"
    if not one.isdigit() or not other.isdigit() or min(len(one), len(other)) < _SHORT:
        return False
    if one == other or len(one) != len(other):
        return False
    if sorted(one) == sorted(other):
        return True
    return len(one) >= _LONG and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def judge(quantity: Quantity, actual: Decimal, unit: str = "") -> Verdict:
    """Compare a count or an amount with the true value given in `unit`."""
    written = quantity.amount
    assert written is not None
    actual = actual * base_unit(unit)[1]
    if quantity.high is not None:
        return Verdict(written <= actual <= quantity.high * base_unit(quantity.unit)[1])
    approximation = quantity.approximation
    if approximation is None:
        scaled = base_unit(quantity.unit)[1] > 1 and quantity.kind != "money"
        if scaled:
            # NOTE: a cut or rounded 万; below a fifth of itself it is a slip of the unit (1万 for 1).
            over = actual - written
            lower, upper = min(quantity.step, written * _FIFTH), min(quantity.step, written * _HALF)
            return Verdict(over < upper and -over < lower)
        factor = base_unit(quantity.unit)[1]
        if quantity.kind == "money" and factor > 1:
            # NOTE: an amount is rounded at its last place: 300万元 is not 307万元, zeros or not.
            return Verdict(abs(written - actual) * 2 <= factor / Decimal(10**quantity.decimals))
        return Verdict(written == actual)
    return _approximate(written, actual, quantity.step, approximation)


def _approximate(
    written: Decimal, actual: Decimal, step: Decimal, approximation: Approximation
) -> Verdict:
    match approximation:
        case Approximation.OVER:
            if actual == written:
                return Verdict(True, "round")
            if step == 1 and written >= 10:
                # NOTE: “25余” has no next step to stay below; the wording itself is the finding.
                return Verdict(written < actual < (written // 10 + 1) * 10)
            return Verdict(written < actual < written + step)
        case Approximation.NEAR:
            lower = min(written * _TENTH, written - step * _HALF)
            if actual == written:
                return Verdict(True, "exact" if written % 10 else "")
            return Verdict(lower <= actual < written)
        case Approximation.ABOUT:
            if actual == written and step == 1 and written >= _LEAST_EXACT:
                return Verdict(True, "exact")
            return Verdict(abs(actual - written) <= max(step * _HALF, written * Decimal("0.05")))
        case Approximation.ABOVE:
            return Verdict(actual > written)
        case Approximation.AT_LEAST:
            return Verdict(actual >= written)
        case Approximation.BELOW:
            return Verdict(actual < written)
        case Approximation.AT_MOST:
            return Verdict(actual <= written)


def judge_share(quantity: Quantity, actual: Decimal) -> Verdict:
    """Compare a share, rate or tenth with the true ratio (0.25 for 25%).

    Shares are forced to 100 in practice: one unit of the last printed decimal is allowed.
    """
    written = quantity.ratio
    assert written is not None
    scale = {"%": Decimal(100), "成": Decimal(10), "‰": Decimal(1000)}.get(
        quantity.unit, Decimal(1)
    )
    shown, step = actual * scale, quantity.step if quantity.decimals else Decimal(1)
    value = written * scale
    if quantity.unit == "分之":
        return Verdict(_fraction(value, shown, quantity.approximation))
    if quantity.approximation is not None:
        if quantity.approximation is Approximation.OVER:
            return Verdict(value <= shown < value + (quantity.step if quantity.unit == "%" else 1))
        if quantity.approximation is Approximation.NEAR:
            return Verdict(
                value - max(step * _HALF, value / 10) <= shown < value + step * Decimal("0.05")
            )
        if quantity.approximation is Approximation.ABOUT:
            return Verdict(abs(shown - value) <= max(step, value / 20))
        return _approximate(value, shown, step, quantity.approximation)
    if quantity.unit == "%" and value in {0, 100}:
        # NOTE: 1 of 2,001 is 0.0% to one decimal, and written 0%.
        return Verdict(abs(shown - value) <= Decimal("0.05"))
    if quantity.unit == "成":
        return Verdict(abs(shown - value) <= _HALF)
    if quantity.decimals == 0:
        return Verdict(abs(shown - value) <= Decimal("0.55"))
    return Verdict(abs(shown - value) <= step)


def _fraction(value: Decimal, shown: Decimal, approximation: Approximation | None) -> bool:
    """Whether a fraction in words (三分之一, 近一半, 过半) holds for a true ratio."""
    near = Decimal("0.03")
    match approximation:
        case Approximation.NEAR:
            return value - 2 * near <= shown < value + near / 6
        case Approximation.ABOVE:
            return shown > value
        case Approximation.OVER:
            return value < shown < value + 4 * near
        case Approximation.AT_LEAST:
            return shown >= value
        case Approximation.BELOW:
            return shown < value
        case Approximation.AT_MOST:
            return shown <= value
        case _:
            return abs(shown - value) <= near


def within(one: Decimal, other: Decimal, times: Decimal | int) -> bool:
    """Whether neither of two amounts is more than so many times the other."""
    return max(one, other) <= min(one, other) * times


def judge_multiple(quantity: Quantity, actual: Decimal) -> bool:
    """Whether “3倍”, “两倍多”, “翻番”, “减半” hold for a true ratio (of the change for the last two)."""
    written = quantity.value
    if written is None or actual < 0:
        return False
    if quantity.kind == "turn":
        # NOTE: 翻番 is said of what has all but doubled, and of more.
        written = quantity.ratio or written
        if quantity.unit == HALVED:
            return abs(actual - written) <= Decimal("0.05")
        return actual >= written * Decimal("0.8") and actual < 2 * written + 1
    if quantity.high is not None:
        return written <= actual <= quantity.high
    match quantity.approximation:
        case None:
            return abs(actual - written) <= (quantity.step if quantity.decimals else _TENTH / 6)
        case Approximation.OVER:
            return written <= actual < written + quantity.step
        case Approximation.NEAR:
            return written * _TENTH * _TENTH <= actual < written
        case Approximation.ABOUT:
            return abs(actual - written) <= max(quantity.step * _HALF, written / 20)
        case other:
            return _approximate(written, actual, quantity.step, other).holds


def shown(value: Decimal, quantity: Quantity) -> str:
    """Return a true value as it would be written in place of a quantity."""
    unit = base_unit(quantity.unit)
    if quantity.kind == "share":
        scale = {"%": 100, "成": 10, "‰": 1000}.get(quantity.unit, 1)
        return plain((value * scale).quantize(Decimal("0.01"))) + (
            quantity.unit if scale > 1 else ""
        )
    if quantity.kind == "money" and unit[1] > 1:
        return plain(value / unit[1]) + quantity.unit
    if quantity.kind in {"multiple", "turn"}:
        return plain(value.quantize(Decimal("0.01"))) + "倍"
    return plain(value) + unit[0]
