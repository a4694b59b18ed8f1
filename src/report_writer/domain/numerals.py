"""Numerals as reports write them: 12, 1,234, 一百二十, 二〇二一, 1.2万, 百分之一点五, 三分之二, 两成.

Values are exact decimals. A text that is no numeral gives None, never a guess: 万一 or 一致 have no
value here, and 两三 is a range that `facts.text.quantities` reads.
"""

import re
from decimal import Decimal

DIGITS = {
    "〇": 0,
    "○": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
_TENS = {"廿": 20, "卅": 30}
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}

ARABIC = r"(?:\d{1,3}(?:[,，]\d{3})+(?!\d)|\d+)(?:\.\d+)?"
CHINESE = r"[〇○零一二两三四五六七八九十百千万亿廿卅]+(?:点[〇○零一二三四五六七八九]+)?"

_ARABIC = re.compile(rf"(?P<number>{ARABIC})(?P<scale>[百千万亿]*)")
_FRACTION = re.compile(r"(?P<base>[^分]+)分之(?P<part>.+)")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


def parse_number(text: str) -> Decimal | None:
    """Return the value of a written number, or None where the whole text is not one.

    Percentages, fractions and tenths come as plain ratios: 百分之三十 → 0.3, 2成 → 0.2, 66.7% → 0.667.
    """
    text = text.strip().translate(_FULL_WIDTH)
    if text.endswith("%"):
        return _scaled(arabic_value(text[:-1]), Decimal(100))
    if text.endswith("成") and len(text) > 1:
        return _scaled(parse_number(text[:-1]), Decimal(10))
    fraction = _FRACTION.fullmatch(text)
    if fraction:
        base, part = parse_number(fraction["base"]), parse_number(fraction["part"])
        return None if base is None or part is None or base == 0 else part / base
    value = arabic_value(text)
    return chinese_value(text) if value is None else value


def arabic_value(text: str) -> Decimal | None:
    """Return the value of an Arabic numeral with thousands marks and 百千万亿: 1,234 · 1.2万 · 3百万."""
    match = _ARABIC.fullmatch(text)
    if not match:
        return None
    value = Decimal(match["number"].replace(",", "").replace("，", ""))
    for char in match["scale"]:
        value *= SCALES.get(char) or Decimal(_SMALL[char])
    return value


def chinese_value(text: str) -> Decimal | None:
    """Return the value of a Chinese numeral; digits alone are read by place (二〇二一 → 2021)."""
    whole, point, fraction = text.partition("点")
    value = _whole(whole)
    if value is None or (point and not fraction):
        return None
    if not point:
        return Decimal(value)
    if any(char not in DIGITS for char in fraction):
        return None
    digits = "".join(str(DIGITS[char]) for char in fraction)
    return Decimal(f"{value}.{digits}")


def _whole(text: str) -> int | None:
    if not text:
        return None
    if all(char in DIGITS for char in text):
        if len(text) > 1 and "两" in text:
            return None
        return int("".join(str(DIGITS[char]) for char in text))
    for scale, size in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = text.rpartition(scale)
        if found:
            left = _whole(head) if head else 1
            right = _below(tail, size)
            return None if left is None or right is None else left * size + right
    return _section(text)


def _below(tail: str, size: int) -> int | None:
    """Return what follows 万 or 亿: nothing, a lower number, or one digit (三万五 → 五千)."""
    if not tail:
        return 0
    if len(tail) == 1 and tail in DIGITS:
        return DIGITS[tail] * size // 10
    value = _whole(tail.lstrip("零〇"))
    return value if value is not None and value < size else None


def _section(text: str) -> int | None:
    """Return a number below ten thousand with 十百千: 一千零十七, 二十, 一百二 (120)."""
    total, digit, last, zero = 0, None, 10_000, False
    for index, char in enumerate(text):
        if char in _SMALL:
            unit = _SMALL[char]
            if unit >= last or (digit is None and index and not zero):
                return None
            total += (1 if digit is None else digit) * unit
            digit, last, zero = None, unit, False
        elif char in _TENS:
            if last <= 10 or digit is not None:
                return None
            total, last, zero = total + _TENS[char], 10, False
        elif char in "零〇○":
            if digit is not None or not total:
                return None
            zero = True
        else:
            if digit is not None:
                return None
            digit = DIGITS.get(char)
            if digit is None:
                return None
    if digit is None:
        return None if zero else total
    return total + (digit if zero or last <= 10 else digit * last // 10)


def _scaled(value: Decimal | None, by: Decimal) -> Decimal | None:
    return None if value is None else value / by
