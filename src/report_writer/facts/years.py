"""Years of the text that should be the report's own: stale statistics periods, titles, carry-overs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from report_writer.domain.numerals import chinese_value
from report_writer.facts.entries import Entry
from report_writer.facts.masks import Mask
from report_writer.facts.verdicts import Issue

_YEAR = re.compile(r"(19\d{2}|20\d{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2})\s?年?")
_BARE = re.compile(r"(?:\d{4}|[一二]\S{3})\s?年(?:度)?$")
_FULL = re.compile(
    r"年\s?(?:1|一)\s?月\s?(?:1|一)\s?日.*12\s?月\s?31\s?日|年\s?(?:1|一)\s?月\s?(?:1|一)\s?日.*十二月三十一日"
)
_REPORT = re.compile(r"\s?(?:度)?\s?政府信息公开(?:工作)?年度报告")
_CARRY = re.compile(r"(?:结转|转入|转到|转至|顺延|留待|延至|跨|移)[^，。；]{0,3}$")
_COMPARE = re.compile(r"较|比|同比|相比|上年|去年|以来|自|截至|起")
_CITED = re.compile(r"根据|按照|依据|关于|《|印发|对照|修订|以来")


def years_of(text: str) -> list[int]:
    """Return the years a date names."""
    found: list[int] = []
    for match in _YEAR.finditer(text):
        value = int(match[1]) if match[1].isdigit() else chinese_value(match[1])
        if value is not None:
            found.append(int(value))
    return found


@dataclass(frozen=True, slots=True)
class Dated:
    """A section whose years are to be read; `text` is normalised, `raw` as written."""

    section: str
    raw: str
    text: str
    year: int
    masks: tuple[Mask, ...]
    entries: list[Entry]


def read_years(dated: Dated) -> Iterator[Issue]:
    """Yield an issue for each year that cannot be meant."""
    for mask in dated.masks:
        if mask.kind != "date":
            continue
        years = years_of(dated.text[mask.start : mask.end])
        reason = _reason(dated, mask, years) if years else ""
        if reason:
            quote = dated.raw[mask.start : mask.end]
            yield Issue(
                "NUM103",
                dated.section,
                mask.start,
                mask.end,
                quote,
                f"“{quote}”{reason}，本报告年度为{dated.year}年",
                None,
                str(dated.year),
                str(years[0]),
            )


def _reason(dated: Dated, mask: Mask, years: list[int]) -> str:
    text, year = dated.text, dated.year
    quote = text[mask.start : mask.end]
    before, after = text[max(0, mask.start - 24) : mask.start], text[mask.end : mask.end + 24]
    clause = re.split(r"[，。；\n]", before)[-1]
    if _FULL.search(quote) and year not in years and not _CITED.search(clause):
        return "统计期限不是报告年度"
    if (
        _REPORT.match(after)
        and years[0] != year
        and not _CITED.search(clause)
        and not re.search(r"上|往", clause)
    ):
        return "报告名称中的年份不是报告年度"
    if _CARRY.search(before) and years[0] != year + 1 and _is_bare(quote):
        return "结转去向的年份应为下一年度"
    if _stale_start(dated, mask, quote, years):
        return "疑为上年文字未改"
    return ""


def _is_bare(quote: str) -> bool:
    return bool(_BARE.fullmatch(quote.strip()))


def _stale_start(dated: Dated, mask: Mask, quote: str, years: list[int]) -> bool:
    """“2022年，共收到申请5件” in the report for 2023, where 5 is this year's value."""
    text, year = dated.text, dated.year
    if years[0] == year or not _is_bare(quote) or abs(years[0] - year) > 2:
        return False
    head = text[: mask.start].rstrip(" ")
    if head and head[-1] not in "。！？\n：:；":
        return False
    end = min((i for c in "。；！？\n" if (i := text.find(c, mask.end)) >= 0), default=len(text))
    sentence = text[mask.end : end]
    if (
        _COMPARE.search(sentence)
        or str(year) in sentence
        or not re.match(
            r"[，,]|\s?(?:度)?(?:我|本|全|共|区|市|县|局|镇|受理|收到|新收|主动|累计)", sentence
        )
    ):
        return False
    return any(
        entry.holds
        and mask.end <= entry.item.start < end
        and (entry.item.quantity is not None or entry.item.claim is not None)
        for entry in dated.entries
    )
