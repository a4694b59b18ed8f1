"""Claims without a digit: 未收到…申请, 均为自然人, 全部办结, 与上年持平.

A claim runs from punctuation to punctuation; a leading time (2023年, 全年) is left out. What it speaks
of is for `facts.linking` to say: this module only finds that something is denied, generalised or
compared.
"""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources

from report_writer.facts.masks import HOLE, NUMERAL
from report_writer.facts.normalise import normalise
from report_writer.facts.quantities import read_numerals


class ClaimKind(StrEnum):
    """What a digit-less claim says."""

    ZERO = "zero"
    UNIVERSAL = "universal"
    TREND = "trend"


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause that states a figure without writing one."""

    start: int
    end: int
    kind: ClaimKind
    text: str


_WORDS = tomllib.loads(
    resources.files("report_writer.facts")
    .joinpath("data", "claims.toml")
    .read_text(encoding="utf-8")
)
NEGATION = re.compile(_WORDS["negation"])
UNIVERSAL = re.compile(_WORDS["universal"])
SETTLED = re.compile(_WORDS["settled"])
TIMELY = re.compile(_WORDS["timely"])
TREND = re.compile(_WORDS["trend"])
_CLAUSE = re.compile(r"[^，。；！？\n“”（）()《》]+")
_LEAD = re.compile(
    rf"^(?:[\s、：:]|{HOLE}|全年(?=未|没|无|共)|同时|此外|另外?(?=未|没|无)|其中|年度(?=未|没|无))+"
)
_HEAD = re.compile(r"^[^：:]{1,14}(?:情况|方面|工作|公开|如下|的)[：:](?!\s?无)")
_ZERO_NUMBER = re.compile(r"(?:为|是|计|共)(?:零|〇|0)(?:件|条|项|次|起|宗|例|份|个)?$")
_PAUSE = re.compile(r"、(?=[^、]*(?:未|无|没有|零))")


def find_claims(text: str, *, year: int) -> list[Claim]:
    """Return every clause of a text that denies, generalises or compares without a figure."""
    return list(_claims(text, year))


@lru_cache(maxsize=256)
def _claims(text: str, year: int) -> tuple[Claim, ...]:
    plain = normalise(text)
    masks, quantities = read_numerals(text, year)
    shown = list(plain)
    for mask in masks:
        if mask.listed:
            shown[mask.start : mask.end] = HOLE * (mask.end - mask.start)
    masked = "".join(shown)
    figures = [
        (q.start, q.end, q.value == 0 or plain[q.start : q.end] in _ONES) for q in quantities
    ]
    found: list[Claim] = []
    for clause in _CLAUSE.finditer(masked):
        for start, end in _pieces(masked, clause.start(), clause.end()):
            claim = _read(masked, start, end, figures)
            if claim:
                found.append(claim)
    return tuple(found)


_ONES = frozenset({"一件", "一份", "一例", "一起", "一宗", "一条", "一次", "一项", "一人"})


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split a clause at 、 where both sides carry their own negation: 无复议案件、无应诉案件."""
    cuts = [start]
    for pause in _PAUSE.finditer(text, start, end):
        if NEGATION.search(text[cuts[-1] : pause.start()]) and NEGATION.search(
            text[pause.end() : end]
        ):
            cuts.append(pause.end())
    ends = [cut - 1 for cut in cuts[1:]] + [end]
    return list(zip(cuts, ends, strict=True))


def _read(text: str, start: int, end: int, figures: list[tuple[int, int, bool]]) -> Claim | None:
    clause = text[start:end]
    lead = _LEAD.match(clause)
    head = _HEAD.match(clause)
    cut = max(lead.end() if lead else 0, head.end() if head else 0)
    start, clause = start + cut, clause[cut:]
    tail = len(clause) - len(clause.rstrip(" " + HOLE))
    end, clause = end - tail, clause[: len(clause) - tail]
    if len(clause) < 2:
        return None
    inside = [harmless for s, e, harmless in figures if start <= s and e <= end]
    if _ZERO_NUMBER.search(clause) and all(inside):
        return Claim(start, end, ClaimKind.ZERO, clause)
    if not all(inside):
        return None
    if NEGATION.search(clause) and (not inside or re.search(r"[未无没]", clause)):
        return Claim(start, end, ClaimKind.ZERO, clause)
    if inside:
        return None
    if TREND.search(clause):
        return Claim(start, end, ClaimKind.TREND, clause)
    if UNIVERSAL.search(clause):
        return Claim(start, end, ClaimKind.UNIVERSAL, clause)
    return None


def has_numeral(text: str) -> bool:
    """Whether a text holds any numeral character at all."""
    return NUMERAL.search(normalise(text)) is not None
