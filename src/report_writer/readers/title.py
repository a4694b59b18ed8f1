"""The title of a report: agency and year, on one line or two."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from report_writer.readers.blocks import Block, Paragraph
from report_writer.readers.traditional import simplified

_YEAR = r"(?P<year>(?:19|20)\d\d|[一二][〇○零Ｏ九][〇○零一二三四五六七八九]{2})"
_TITLE = re.compile(
    rf"^(?:关于)?(?P<before>.{{0,60}}?){_YEAR}年度?(?P<after>.{{0,60}}?)"
    r"(?:政府信息公开|政务公开|信息公开)(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?报告"
)
_TITLE_TAIL = re.compile(r"(?:政府信息公开|政务公开|信息公开).{0,6}报告")
_AGENCY_END = re.compile(
    r"(?:局|政府|委员会|办公室|办公厅|厅|办事处|中心|院|处|部|署|会|镇|乡|街道|大队|支队|公司|学校)$"
)
_HAN_YEAR = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")


@dataclass(frozen=True, slots=True)
class Title:
    """The title as found: text, agency and year where it states them, index behind its last line."""

    text: str = ""
    agency: str = ""
    year: int | None = None
    end: int = 0


def title_of(blocks: Sequence[Block]) -> Title:
    """Return the best title among the blocks before the first heading."""
    lines = [b.text.strip() if isinstance(b, Paragraph) else "" for b in blocks]
    best = Title()
    for i, line in enumerate(lines):
        if not line or len(line) > 90 or "。" in line or not _TITLE_TAIL.search(_folded(line)):
            continue
        for start in (i, _line_before(lines, i)):
            text = " ".join(part for part in lines[start : i + 1] if part) if start != i else line
            candidate = _parse_title(text, i + 1)
            if _rank(candidate) > _rank(best):
                best = candidate
    return best


def _line_before(lines: Sequence[str], index: int) -> int:
    """Return the index of a line above that holds the agency of a two-line title, else `index`."""
    before = next((i for i in range(index - 1, -1, -1) if lines[i]), index)
    text = lines[before]
    fits = (
        len(text) <= 30
        and not re.search("[，。：:>]", text)
        and bool(_AGENCY_END.search(_folded(text)))
    )
    return before if fits or re.search(r"20\d\d年$", fold(text)) else index


def _rank(title: Title) -> tuple[bool, bool, bool]:
    return title.year is not None, bool(title.agency), bool(title.text)


def _parse_title(text: str, end: int) -> Title:
    folded = fold(text)
    match = _TITLE.match(simplified(folded))
    if match is None:
        return Title(text=text, end=end)
    year = int(match["year"].translate(_HAN_YEAR))
    # NOTE: the name is taken as printed; only the words around it are compared in simplified form.
    before, after = (folded[slice(*match.span(part))] for part in ("before", "after"))
    agency = before.strip("-—·:|>《〈") or after
    known = 1990 <= year <= 2100
    return Title(text=text, agency=agency, year=year if known else None, end=end)


def fold(text: str) -> str:
    """Return a text in compatibility forms, without any white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _folded(text: str) -> str:
    return simplified(fold(text))
