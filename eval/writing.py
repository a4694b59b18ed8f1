"""Numbers written the ways reports write them. Knows nothing of how the checker reads them."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

_DIGITS = "零一二三四五六七八九"
_WIDE = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
_WAN = Decimal(10_000)


@dataclass(frozen=True)
class Form:
    """How one number is written.

    `script`: arabic · thousands · chinese · wide · wan (1.2万) · yuan (万元 written out in 元). `before` and `after` are the words of
    approximation (近 …, … 余); `places` are the decimals of a share, a rate or an amount.
    """

    script: str = "arabic"
    unit: str = "件"
    before: str = ""
    after: str = ""
    places: int = 0
    space: bool = False
    split: str = ""

    @property
    def is_ratio(self) -> bool:
        """Whether the value is a plain ratio, written as a percentage."""
        return self.unit == "%"

    @property
    def is_approximate(self) -> bool:
        """Whether a word of approximation stands beside the number."""
        return bool(self.before or self.after)


def chinese(value: int) -> str:
    """Return a whole number below 10**8 in Chinese numerals: 120 → 一百二十, 1017 → 一千零一十七."""
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        tail = "" if not low else ("零" if low < 1000 else "") + chinese(low)
        return chinese(high) + "万" + tail
    if value < 10:
        return _DIGITS[value]
    text, pending = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            text += ("零" if pending and text else "") + _DIGITS[digit] + name
            pending = False
        else:
            pending = True
    return text.removeprefix("一") if text.startswith("一十") else text


def shown(value: Decimal, form: Form) -> Decimal:
    """Return the number as its digits show it: a ratio in percent, an amount at its decimals."""
    if form.is_ratio:
        return (value * 100).quantize(Decimal(1).scaleb(-form.places), ROUND_HALF_UP)
    if form.script == "wan":
        return value / _WAN
    if form.script == "yuan":
        return (value * _WAN).to_integral_value()
    return value.quantize(Decimal(1).scaleb(-form.places), ROUND_HALF_UP) if form.places else value


def write(value: Decimal, form: Form) -> str:
    """Return the number with its unit and its words of approximation."""
    number = shown(value, form)
    unit = form.unit
    if form.script == "chinese" and number == number.to_integral_value() and number < 10**8:
        if form.is_ratio:
            return f"{form.before}百分之{chinese(int(number))}{form.after}"
        digits = "两" if number == 2 and unit else chinese(int(number))
    elif form.script == "thousands":
        digits = f"{number:,f}"
    elif form.script == "wan":
        digits = f"{number.normalize():f}万"
    else:
        digits = f"{number:f}"
    if form.split and len(digits) > 1:
        digits = digits[:1] + form.split + digits[1:]
    text = digits + form.after + (" " if form.space else "") + unit
    return form.before + (text.translate(_WIDE) if form.script == "wide" else text)


def fits(value: Decimal, form: Form) -> bool:
    """Whether a value can be written in this form without changing it."""
    if form.is_ratio:
        return True
    if form.script == "chinese":
        return value == value.to_integral_value() and value < 10**8
    if form.script == "wan":
        return value >= _WAN and (value / 100) == (value / 100).to_integral_value()
    if form.script == "thousands":
        return value >= 1000
    if form.script == "yuan":
        return value * _WAN == (value * _WAN).to_integral_value()
    return True


def about(form: Form, word: str) -> Form:
    """Return the form with a word of approximation: 余 and 多 stand behind the number, 近 约 超 before."""
    return replace(form, after=word) if word in ("余", "多") else replace(form, before=word)


def rewritten(form: Form, **changes: object) -> Form:
    """Return the form with some attributes replaced."""
    return replace(form, **changes)  # type: ignore[arg-type]
