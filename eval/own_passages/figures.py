"""The figures of a passage and what a written claim says about them, evaluated without the checker."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from eval.truths import APPLICANTS, OUTCOME_GROUPS, OUTCOMES, REMEDIES, RESULTS

COLUMNS = {
    "requests": dict(zip("ncrplo", APPLICANTS, strict=True)),
    "remedies": dict(zip("ucop", RESULTS, strict=True)),
    "proactive": {"i": "issued", "r": "repealed", "f": "in_force"},
}
ONE_COLUMN = {
    "licences": "decisions",
    "penalties": "decisions",
    "coercive_measures": "decisions",
    "charges": "amount",
}
REQUESTS = ("received", "carried_over", *OUTCOMES, "disposed", "carried_forward")
TABLE_OF = {
    **dict.fromkeys(REQUESTS, "requests"),
    **dict.fromkeys(REMEDIES, "remedies"),
    **dict.fromkeys(("rules", "normative_documents", *ONE_COLUMN), "proactive"),
}
SUMS = {
    **{name: [f"{name}.{row}" for row in rows] for name, rows in OUTCOME_GROUPS.items()},
    "litigation": list(REMEDIES[1:]),
}
SCALES = {"万": 10**4, "亿": 10**8, "": 1}
DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "○": 0}
TENS = {"十": 10, "百": 100, "千": 1000}
ABOVE = ("余", "多", "超", "逾", "突破", "过半", "上百")
BELOW = ("近", "不足", "不到")
ABOUT = ("约", "左右", "上下")
BEFORE = "约|大约|近|将近|接近|超|超过|逾|突破|不足|不到"
PART = re.compile(
    f"(?:{BEFORE})?(?:([一二两三四五六七八九])成|一?半(?:数)?|过半(?:数)?)(?:多|余|以上|左右)?"
)
PARTS = re.compile(
    f"(?:{BEFORE})?([二三四五六七八九十])分之([一二三四五六七八九])(?:多|强|以上|左右)?"
)
# 减半 is a change by half, 翻番 one by as much again.
WHOLE = re.compile("(减半)|翻(?:了?一)?番多?")
NUMERAL = re.compile(
    r"(百分之)?(\d[\d,]*(?:\.\d+)?|[〇○零一二两三四五六七八九十百千]+(?:点[零一二三四五六七八九]+)?)"
    r"[余多]?(万|亿)?"
)

Cells = dict[str, dict[str, dict[str, Fraction]]]


class LabelError(ValueError):
    """A label that the figures do not bear out, or a line of the source that cannot be read."""


@dataclass(frozen=True)
class Figures:
    """Cells and registered facts of a year and of the year before; facts in base units (元, 条)."""

    now: Cells
    before: Cells | None
    facts: Mapping[str, Fraction]
    facts_before: Mapping[str, Fraction]


def address(name: str, column: str = "") -> str:
    """Write `received@n` out as `requests/received/natural_person`."""
    table = TABLE_OF.get(name)
    if table is None:
        raise LabelError(f"unknown row {name}")
    default = ONE_COLUMN.get(name, "total")
    return f"{table}/{name}/{COLUMNS[table][column] if column else default}"


def written_out(expression: str) -> str:
    """Replace the short row names of the source by addresses; sums of rows by their terms."""

    def one(match: re.Match[str]) -> str:
        last, name, column = match[1] or "", match[2], match[3] or ""
        if name in ("share", "change_rate", "change_count", "extra", "internal", "sum"):
            return match[0]
        return "+".join(last + address(row, column) for row in SUMS.get(name, [name]))

    return re.sub(r"(last_year:)?([a-z_]+(?:\.[a-z_]+)?)(?:@([a-z]))?(?![a-z_:])", one, expression)


def value(expression: str, figures: Figures) -> Fraction:
    """Evaluate a written-out expression; amounts of money come out in 元."""
    expression = expression.strip()
    call = re.fullmatch(r"(share|change_rate|change_count)\(([^()]*)\)", expression)
    if call:
        parts = [part.strip() for part in call[2].split(",")]
        if call[1] != "share" and len(parts) == 1:
            parts.append("+".join(f"last_year:{term}" for term in parts[0].split("+")))
        first, second = (value(part, figures) for part in parts)
        if call[1] == "share":
            return first / second
        return first - second if call[1] == "change_count" else (first - second) / second
    terms = re.split(r"([+\-])(?![^(]*\))", expression)
    if len(terms) > 1:
        total = value(terms[0], figures)
        for sign, term in zip(terms[1::2], terms[2::2], strict=True):
            total += value(term, figures) * (1 if sign == "+" else -1)
        return total
    last = expression.startswith("last_year:")
    name = expression.removeprefix("last_year:")
    if name.startswith("extra:"):
        return (figures.facts_before if last else figures.facts)[name[6:]]
    tables = figures.before if last else figures.now
    if tables is None:
        raise LabelError(f"no figures of the year before for {expression}")
    table, row, column = name.split("/")
    scale = 10**4 if row == "charges" else 1
    return tables[table].get(row, {}).get(column, Fraction(0)) * scale


def chinese(text: str) -> Fraction:
    """Read a Chinese numeral below ten thousand, with decimals after 点."""
    whole, _, decimals = text.partition("点")
    total, digit = 0, 0
    for char in whole:
        if char in TENS:
            total, digit = total + (digit or 1) * TENS[char], 0
        else:
            digit = DIGITS[char]
    tail = Fraction(int("".join(str(DIGITS[c]) for c in decimals) or 0), 10 ** len(decimals))
    return total + digit + tail


@dataclass(frozen=True)
class Written:
    """A numeral as written: its value, half its last shown place, and its last unit (1200余: 100)."""

    value: Fraction
    half: Fraction
    step: Fraction


def read(quote: str) -> Written | None:
    """Read the numeral of a claim; None for a claim without digits."""
    plain = quote.translate(str.maketrans("０１２３４５６７８９，", "0123456789,"))
    if re.match("一[^，]*[也均都][没未无]", plain):
        return None
    if part := PARTS.fullmatch(plain):
        return Written(chinese(part[2]) / chinese(part[1]), Fraction(1, 200), Fraction(1, 10))
    if whole := WHOLE.fullmatch(plain):
        return Written(Fraction(1, 2) if whole[1] else Fraction(1), Fraction(1, 200), Fraction(1))
    if tenths := PART.fullmatch(plain):
        digit = DIGITS[tenths[1]] if tenths[1] else 5
        step = Fraction(1, 10) if tenths[1] else Fraction(1, 2)
        return Written(Fraction(digit, 10), Fraction(1, 200), step)
    match = NUMERAL.search(plain)
    if match is None or not re.fullmatch(f"(?:{BEFORE}|上)?", plain[: match.start()]):
        return None
    digits = match[2].replace(",", "")
    number = Fraction(digits) if digits[0].isdigit() else chinese(digits)
    places = len(re.split(r"[.点]", digits)[1]) if re.search(r"[.点]", digits) else 0
    scale = Fraction(SCALES[match[3] or ""])
    if match[1] or "%" in plain or "百分点" in plain or "％" in plain:
        scale /= 100
    shown = Fraction(1, 10**places)
    step = shown
    while not places and number and number % (step * 10) == 0:
        step *= 10
    return Written(number * scale, shown * scale / 2, step * scale)


def holds(quote: str, actual: Fraction, flags: frozenset[str] = frozenset()) -> bool:
    """Whether a written claim is true of a value."""
    written = read(quote)
    if written is None:
        if re.search("持平|相同|相等|一样|不多不少", quote):
            return actual == 0
        if re.search(r"[增升长多]", quote) and "change" in flags:
            return actual > 0
        if re.search(r"[减降少]|回落|下滑|走低|缩水", quote) and "change" in flags:
            return actual < 0
        if re.search(r"上扬|走高|扩大", quote) and "change" in flags:
            return actual > 0
        return actual == 0
    stated = written.value
    if "change" in flags:
        actual = abs(actual)
    if "style" in flags:
        return stated <= actual < stated + 10
    if "以上" in quote:
        return actual >= stated
    if any(word in quote for word in ABOVE):
        return stated < actual < stated + written.step
    if any(word in quote for word in BELOW):
        return stated * Fraction(9, 10) <= actual < stated
    if any(word in quote for word in ABOUT):
        return abs(actual - stated) <= actual / 20
    shown = (
        "%" in quote
        or "分之" in quote
        or "成" in quote
        or "半" in quote
        or "百分" in quote
        or written.half != Fraction(1, 2)
    )
    exact = written.half if shown else Fraction(0)
    if "forced" in flags:
        exact += Fraction(1, 1000)
    return abs(actual - stated) <= exact
