"""What a report says about 信息处理费: in its text, and in the figures the clerk gave.

The fee is never the cell 行政事业性收费 of table two; it is at most a part of it (FEE303).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from report_writer.checks._api import CheckContext
from report_writer.domain.cells import plain
from report_writer.domain.findings import Place, SectionRef, Span
from report_writer.facts.text.marks import begin_of, end_of

NAME = "信息处理费"
PART_SIX = "other_matters"
# The fee exists since 2021; the trial form of 2019 does not ask for it.
SINCE_2021 = frozenset({"ogi_2021"})
YUAN = {"元": Decimal(1), "万元": Decimal(10_000)}
_AMOUNT = re.compile(r"(?P<number>\d[\d,，]*(?:\.\d+)?)\s*(?P<unit>万元|元)(?![/／])")
# Another fee begins here, or a rate of the ordinance is quoted: what follows is not this fee.
_OTHER = re.compile(r"行政事业性收费|第二十条第|标准|每[件页档]")
_LOOSE = re.compile(r"(?:约|近|超过|不足|余|多)$")
_WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


@dataclass(frozen=True, slots=True)
class FeeAmount:
    """An amount of the fee: in yuan, as written, where, and the words before it (通知金额, 实收 …)."""

    yuan: Decimal
    written: str
    at: Place
    context: str = ""


# Half a dozen rules ask for these of one report after another.
@lru_cache(maxsize=4)
def sentences(context: CheckContext) -> tuple[tuple[str, int, str], ...]:
    """Return section, offset and text of every sentence that names the fee."""
    found: list[tuple[str, int, str]] = []
    for section, text in context.report.sections.items():
        at = text.find(NAME)
        while at >= 0:
            start, end = begin_of(text, at), end_of(text, at)
            found.append((section, start, text[start : end + 1].translate(_WIDE)))
            at = text.find(NAME, end)
    return tuple(found)


@lru_cache(maxsize=4)
def amounts(context: CheckContext) -> tuple[FeeAmount, ...]:
    """Return every amount of the fee, those of the text before those of the clerk."""
    found = [
        amount for sentence in sentences(context) for amount in _in_sentence(context, *sentence)
    ]
    fee = context.report.processing_fee
    if fee is not None and fee.unit in YUAN:
        for label, value in (("通知金额", fee.charged), ("实际收取金额", fee.collected)):
            if value is not None:
                written = f"{label}{plain(value)}{fee.unit}"
                found.append(
                    FeeAmount(value * YUAN[fee.unit], written, SectionRef(section=PART_SIX), label)
                )
    return tuple(found)


def by_item_only(context: CheckContext) -> bool:
    """Whether the text says that the fee was charged by item, and nothing of volume."""
    text = "".join(context.report.sections.values())
    return "按件" in text and "按量" not in text


def span(section: str, start: int, end: int, context: CheckContext) -> Span:
    """Return the place of some characters of a section."""
    text = context.report.sections[section]
    return Span(section=section, start=start, end=end, quote=text[start:end])


def _in_sentence(
    context: CheckContext, section: str, offset: int, sentence: str
) -> Iterator[FeeAmount]:
    start = sentence.index(NAME)
    stop = _OTHER.search(sentence, start)
    end = stop.start() if stop else len(sentence)
    for match in _AMOUNT.finditer(sentence, start, end):
        if _LOOSE.search(sentence[: match.start()]):
            continue
        number = Decimal(match["number"].replace(",", "").rstrip("."))
        place = span(section, offset + match.start(), offset + match.end(), context)
        before = sentence[max(start, match.start() - 12) : match.start()]
        yield FeeAmount(number * YUAN[match["unit"]], place.quote, place, before)
