"""Quantities of a Chinese text with exact spans: number, unit, approximation, written precision.

A span takes in 约 近 超 逾 不足 余 多 以上 左右 and the unit; 占 达 增长 stay outside. What is no figure
(`facts.text.masks`) is taken out first; `residue` lists numeral characters that neither claims.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from report_writer.domain.numerals import (
    ARABIC,
    CHINESE,
    DIGITS,
    SCALES,
    arabic_value,
    chinese_value,
)
from report_writer.domain.units import RATIO, UNIT, base_unit
from report_writer.facts.text.masks import HOLE, NUMERAL, Mask, apply_masks
from report_writer.facts.text.normalise import normalise
from report_writer.facts.text.screening import compiled


class Approximation(StrEnum):
    """How a written number stands to the true one."""

    OVER = "over"  # 余 多: above, below the next step of the last written digit
    NEAR = "near"  # 近: slightly below
    ABOUT = "about"  # 约 左右: around
    AT_LEAST = "at_least"  # 以上
    ABOVE = "above"  # 超 逾 突破
    BELOW = "below"  # 不足 不到
    AT_MOST = "at_most"  # 以下


# Bounds on one side alone, which hold for any number of some size.
OPEN_ENDED = frozenset(
    {Approximation.AT_LEAST, Approximation.ABOVE, Approximation.BELOW, Approximation.AT_MOST}
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written. `value` × 万/亿 of `unit` is `amount`; a range has `high`; 若干 has no value.

    `step` is one unit of the last written digit (1200 → 100, 6.4万 → 1000), in terms of `amount`;
    `decimals` counts the written places after the point; `kind` is `share` for ratios, `points`,
    `multiple`, `turn`, `money` or `count`.
    """

    start: int
    end: int
    value: Decimal | None
    unit: str
    approximation: Approximation | None = None
    high: Decimal | None = None
    step: Decimal = Decimal(1)
    decimals: int = 0
    marked_over: bool = False
    # Both are asked for by every reading of the number, and told by its unit.
    kind: str = field(init=False, compare=False)
    amount: Decimal | None = field(init=False, compare=False)

    @property
    def is_floor(self) -> bool:
        """Whether it only says from where on: 三成以上, 超过六成."""
        return self.approximation in {Approximation.AT_LEAST, Approximation.ABOVE}

    def __post_init__(self) -> None:
        factor = base_unit(self.unit)[1]
        object.__setattr__(self, "kind", _kind(self.unit))
        object.__setattr__(self, "amount", None if self.value is None else self.value * factor)

    @property
    def ratio(self) -> Decimal | None:
        """A share as a plain ratio: 66.7% → 0.667, 两成 → 0.2."""
        if self.value is None:
            return None
        if self.unit == DOUBLED:
            return Decimal(2) ** int(self.value) - 1
        return self.value / {"%": 100, "成": 10, "‰": 1000}.get(self.unit, 1)


@lru_cache(maxsize=1024)
def _kind(unit: str) -> str:
    unit = base_unit(unit)[0]
    if unit in RATIO:
        return "share"
    if unit.endswith("百分点"):
        return "points"
    return {"倍": "multiple", "元": "money", DOUBLED: "turn", HALVED: "turn"}.get(unit, "count")


_PREFIXES = {
    "不足": Approximation.BELOW,
    "不到": Approximation.BELOW,
    "未满": Approximation.BELOW,
    "超过": Approximation.ABOVE,
    "突破": Approximation.ABOVE,
    "超出": Approximation.ABOVE,
    "超": Approximation.ABOVE,
    "逾": Approximation.ABOVE,
    "破": Approximation.ABOVE,
    "至少": Approximation.AT_LEAST,
    "不少于": Approximation.AT_LEAST,
    "不低于": Approximation.AT_LEAST,
    "至多": Approximation.AT_MOST,
    "不超过": Approximation.AT_MOST,
    "将近": Approximation.NEAR,
    "接近": Approximation.NEAR,
    "近": Approximation.NEAR,
    "大约": Approximation.ABOUT,
    "约为": Approximation.ABOUT,
    "约": Approximation.ABOUT,
    "上": Approximation.AT_LEAST,
    "过": Approximation.ABOVE,
}
_PREFIX = "|".join(sorted(_PREFIXES, key=len, reverse=True))
_SUFFIXES = {
    "以上": Approximation.AT_LEAST,
    "以下": Approximation.AT_MOST,
    "以内": Approximation.AT_MOST,
    "左右": Approximation.ABOUT,
    "上下": Approximation.ABOUT,
    "之多": None,
    "余": Approximation.OVER,
    "多": Approximation.OVER,
}
_UNIT = rf"(?:[（(]{UNIT}[）)])?{UNIT}(?:[（(]{UNIT}[）)]|/{UNIT})?"
# “1 2件”, “7⏎00件”: one number torn apart by a space or a line break; the unit must follow at once.
_SPLIT = rf"(?<![\d.,])\d{{1,4}}(?:[ \n]\d{{1,4}}){{1,2}}(?=[余多]?(?:%|{UNIT}))"
_QUANTITY = compiled(
    rf"(?P<prefix>(?!(?<=预)约|(?<=[治查限反赶])超)(?:{_PREFIX}))?\s?"
    r"(?:"
    rf"(?P<whole>{CHINESE}|\d+)分之(?P<part>{CHINESE}|{ARABIC})"
    rf"|(?P<pair>[一二两三四五六七八][二两三四五六七八九](?=十?[万千百]?\s?{UNIT}))"
    r"|"
    r"(?P<vague>好几|几|数(?!字))?"
    rf"\[?(?P<number>{_SPLIT}|{ARABIC}|{CHINESE})\]?"
    rf"(?:\s?(?:至|到|[-—~～]+)\s?(?P<high>{ARABIC}|{CHINESE}))?"
    r"\s?(?P<over>余|几|多(?!数|样|种|元|次反|部门|级|方|为|由|属))?\s?(?P<scale>[百千]?[万亿]*)(?P<over2>余|多(?!数|样|种|元|部门|级|方|为|由|属))?"
    r")"
    r"(?:\s?(?P<ratio>%|‰|个?百分点|成半(?![年月天数])|成(?!立|员|果|效|功|为(?=了|全|国|省|市|我|该|首|最|重|一|主|群|公开的|信息)|都|本|品|绩|熟|长|型|交)|倍)"
    rf"|\s{{0,2}}(?P<unit>{_UNIT}))?"
    r"(?P<suffix>以上|以下|以内|左右|上下|之多|[多余](?=[，。；、）)]|$)|(?<=[成倍])[多余](?!种|样|元))?"
)
# Halves and doublings are written with words: 近一半, 过半, 翻了一番, 减半. 多半, 半数 of an hour and so on are not.
_HALF = re.compile(
    r"(?P<prefix>接近|将近|近|过|超过|超|约|不足|不到|逾)?(?:一半|半数|对半|(?<=[近过超])半(?![年月天日径成小个截途点导路夜]))(?P<suffix>以上|以下|左右|多)?"
)
_TURN = re.compile(
    r"翻(?:了)?(?P<times>[一两二三])?番|翻(?:了)?(?:一)?倍|(?P<halved>减半|折半|腰斩)"
)
DOUBLED, HALVED = "番", "减半"
# A numeral that neither a quantity nor a named mask has taken: listed, counted, and a task for us.
UNREAD = "unread"
_RUN = re.compile("[0-9〇零一二三四五六七八九十百千万亿两半廿卅]+")
_SCALE_CHARS = frozenset("十百千万亿廿卅")
_BARE_BEFORE = re.compile(r"(?:为|是|达|共计?|合计|总计|计|[：:（(])\s?$")
_BARE_AFTER = re.compile(r"\s?(?:[，。；、）)\n]|$)")


def find_quantities(text: str, *, year: int) -> list[Quantity]:
    """Return every quantity of a text in order; masks are left out. `year` is the report's."""
    return list(read_numerals(text, year)[1])


def residue(text: str, year: int) -> list[tuple[int, str]]:
    """Return (offset, character) of numeral characters in neither a quantity nor a mask."""
    masks, quantities = read_numerals(text, year)
    named = [m for m in masks if m.kind != UNREAD]
    taken = [(m.start, m.end) for m in named] + [(q.start, q.end) for q in quantities]
    plain = normalise(text)
    return [
        (m.start(), m[0])
        for m in NUMERAL.finditer(plain)
        if not any(start <= m.start() < end for start, end in taken)
    ]


@lru_cache(maxsize=32)
def read_numerals(text: str, year: int) -> tuple[tuple[Mask, ...], tuple[Quantity, ...]]:
    """Return masks and quantities of a text, both in order and without overlap."""
    plain = normalise(text)
    masks, rest = apply_masks(plain)
    found = list(_words(rest))
    for one in found:
        rest = rest[: one.start] + HOLE * (one.end - one.start) + rest[one.end :]
    if not found and not NUMERAL.search(rest):
        return tuple(masks), ()
    for match in _written(rest):
        quantity = _quantity(match, rest)
        if quantity:
            found.append(quantity)
    found.sort(key=lambda one: one.start)
    pieces, last = [], 0
    for quantity in found:
        pieces += [rest[last : quantity.start], HOLE * (quantity.end - quantity.start)]
        last = quantity.end
    left = "".join([*pieces, rest[last:]])
    masks += [Mask(m.start(), m.end(), UNREAD) for m in _RUN.finditer(left)]
    masks.sort(key=lambda mask: mask.start)
    return tuple(masks), tuple(found)


# A text without its masks has few numerals: quantities are looked for around them alone. In front of its number
# one has no more than 不少于, a space, 好几 and a bracket.
_NUMERAL_LEFT = re.compile(r"[\d〇○零一二两三四五六七八九十百千万亿廿卅]")
_FRONT = 8


def _written(text: str) -> Iterator[re.Match[str]]:
    """Yield what `_QUANTITY` finds in a text, in order."""
    at = 0
    while (numeral := _NUMERAL_LEFT.search(text, at)) is not None:
        match = _QUANTITY.search(text, max(at, numeral.start() - _FRONT))
        if match is None:
            return
        yield match
        at = match.end()


def _words(text: str) -> Iterator[Quantity]:
    """Yield halves (a share) and doublings (a change) written with words."""
    if "半" in text:
        for match in _HALF.finditer(text):
            approximation = _PREFIXES.get(match["prefix"] or "") or _SUFFIXES.get(
                match["suffix"] or ""
            )
            yield Quantity(
                *match.span(), Decimal("0.5"), "分之", approximation, None, Decimal("0.01")
            )
    if "番" in text or "倍" in text or "半" in text or "腰斩" in text:
        for match in _TURN.finditer(text):
            if match["halved"]:
                yield Quantity(*match.span(), Decimal("0.5"), HALVED)
            else:
                yield Quantity(*match.span(), Decimal(DIGITS.get(match["times"] or "", 1)), DOUBLED)


def _quantity(match: re.Match[str], text: str) -> Quantity | None:
    start, end = match.span()
    while end > start and text[end - 1].isspace():
        end -= 1
    while text[start].isspace():
        start += 1
    prefix, vague_word, number, high, over, scale, over_scale, ratio, unit, suffix = match.group(
        "prefix", "vague", "number", "high", "over", "scale", "over2", "ratio", "unit", "suffix"
    )
    if number and number[0].isdigit():
        number = "".join(number.split())
    if prefix in {"上", "过"} and number and number[0] not in "百千万":
        start, prefix = start + 1, None
    # NOTE: 数十 has no value; in 结转数2件 the 数 belongs to the word before.
    vague = bool(vague_word and set(number or "x") <= _SCALE_CHARS)
    if vague_word and not vague:
        start, prefix = match.start("number"), None
    approximation = _PREFIXES.get(prefix or "")
    if match["part"]:
        return _fraction(match, start, end, approximation or _SUFFIXES.get(suffix or ""))
    if match["pair"]:
        low, next_one = (Decimal(DIGITS[c]) for c in match["pair"])
        return Quantity(start, end, low, unit or "", Approximation.ABOUT, next_one)
    marked_over = bool(over or over_scale or suffix in {"余", "多"})
    read, step, decimals = _value(number)
    if read is None:
        return None
    value = read
    unit = ratio or unit or ""
    if unit == "成半":
        # NOTE: 三成半 is written to half a tenth, so that neither 三成 nor 四成 is meant.
        value, unit, step, decimals = value + Decimal("0.5"), "成", Decimal("0.1"), 1
    if not unit and not scale and not marked_over and not _stands_alone(match, number, text):
        return None
    if "）" in unit or ")" in unit:
        unit = re.sub(r"[（(].*?[）)]", "", unit) or unit
    if scale.startswith(("百", "千")):
        factor = {"百": 100, "千": 1000}[scale[0]]
        value, step, scale = value * factor, step * factor, scale[1:]
    for char in scale:
        step *= SCALES[char]
    unit = scale + unit
    step *= base_unit(unit[len(scale) :])[1]
    if marked_over:
        approximation = Approximation.OVER
    elif suffix:
        approximation = _SUFFIXES[suffix] or approximation
    if vague:
        return Quantity(start, end, None, unit, Approximation.ABOUT)
    upper = _value(high)[0] if high else None
    return Quantity(start, end, value, unit, approximation, upper, step, decimals, marked_over)


def _stands_alone(match: re.Match[str], number: str, text: str) -> bool:
    """Whether a number without unit is a figure: any Arabic one, a Chinese one only where it closes a statement."""
    if number[0].isdigit():
        return True
    if len(number) > 1 and any(char in _SCALE_CHARS for char in number) and number[0] not in "万亿":
        return number not in {"千万", "百万", "十万", "百千"} or bool(match["prefix"])
    return bool(
        _BARE_BEFORE.search(text, max(0, match.start() - 4), match.start())
        and _BARE_AFTER.match(text, match.end())
    )


@lru_cache(maxsize=4096)
def _value(number: str) -> tuple[Decimal | None, Decimal, int]:
    """Return value, step of the last written digit, and decimals of a bare numeral."""
    if number[0].isdigit():
        value = arabic_value(number)
        places = len(number.partition(".")[2])
        if places:
            return value, Decimal(1).scaleb(-places), places
    else:
        value = chinese_value(number)
        places = len(number.partition("点")[2])
        if places:
            return value, Decimal(1).scaleb(-places), places
    if value is None or value == 0:
        return value, Decimal(1), 0
    digits = str(int(value))
    return value, Decimal(10) ** (len(digits) - len(digits.rstrip("0"))), 0


def _fraction(
    match: re.Match[str], start: int, end: int, approximation: Approximation | None
) -> Quantity | None:
    whole, part = _value(match["whole"])[0], _value(match["part"])
    if not whole or part[0] is None:
        return None
    if whole in {100, 1000}:
        return Quantity(
            start, end, part[0], "%" if whole == 100 else "‰", approximation, None, part[1], part[2]
        )
    return Quantity(start, end, part[0] / whole, "分之", approximation, None, Decimal("0.01"), 0)
