"""Headings that are stuck to something: to the text before or after them, or inside a table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from report_writer.forms import OGI_2021
from report_writer.readers.blocks import Block, Paragraph
from report_writer.readers.grid import Line, TableGrid, has_figures, label_texts
from report_writer.readers.headings import heading_strength, is_official

_RUN_IN = re.compile(
    r"^(?P<heading>[一二三四五六七八九十]、[^。：:\s]{4,24})[。：:\s]\s*(?P<rest>\S.*)$", re.DOTALL
)
# What makes the words after a heading part of a longer phrase, or of a table of contents.
_GOES_ON = re.compile(r"\s*(?:[和及与的、”》」…]|[.·\s]*\d*\s*$)")
_CLOSER = 6


def in_parts(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with every heading of a part in a paragraph of its own."""
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            result += _parted(block)
        else:
            result.append(block)
    known = {hit[0] for b in result if isinstance(b, Paragraph) and (hit := _heading(b.text))}
    parted: list[Block] = []
    for block in result:
        parted += _parted_table(block, known) if isinstance(block, TableGrid) else [block]
    return parted


def _parted(block: Paragraph) -> Iterator[Paragraph]:
    """Yield a paragraph, cut before and behind the headings in it: …平稳。二、主动公开政府信息情况"""
    text = block.text.strip()
    match = _RUN_IN.match(text)
    if match and is_official(match["heading"]) and not _GOES_ON.fullmatch(match["rest"]):
        yield replace(block, text=match["heading"], marked=True)
        yield from _parted(replace(block, text=match["rest"], marked=False))
        return
    hits = list(_stuck().finditer(text))
    gaps = [b.start() - a.end() for a, b in pairwise(hits)]
    if not hits or min(gaps, default=_CLOSER) < _CLOSER:
        # NOTE: headings side by side are a table of contents.
        yield block
        return
    done = 0
    for hit in hits:
        rest = text[hit.end() :]
        if hit.span() == (0, len(text)) or (rest and _GOES_ON.match(rest)):
            continue
        if before := text[done : hit.start()].strip():
            yield replace(block, text=before, marked=False)
        yield replace(block, text=hit.group(), marked=True)
        done = hit.end()
    if rest := text[done:].lstrip("。：: \u3000"):
        yield replace(block, text=rest, marked=block.marked and not done)


@cache
def _stuck() -> re.Pattern[str]:
    """Return what matches a numbered official heading at the start of a text or behind a sentence."""
    words = []
    for section in OGI_2021.sections:
        numeral, name = section.heading.split("、", 1)
        spaced = r"[ \t\u3000]*".join(re.escape(c).replace("、", "[、，,]?") for c in name)
        words.append(rf"{numeral}[ \t\u3000]*[、.．,，][ \t\u3000]*{spaced}")
    return re.compile(rf"(?:^|(?<=[。！？；\s]))(?:{'|'.join(words)})")


def _heading(text: str) -> tuple[str, int] | None:
    return heading_strength(Paragraph(text), OGI_2021)


def _parted_table(grid: TableGrid, known: set[str]) -> Iterator[Block]:
    """Yield a table, cut at rows that hold nothing but the heading of a part not found elsewhere."""
    start = 0
    for i, line in enumerate(grid.rows):
        text = _only_text(line)
        hit = _heading(text) if text else None
        if hit is None or hit[0] in known or hit[1] < 2:
            continue
        if start < i:
            yield replace(grid, rows=grid.rows[start:i])
        yield Paragraph(text, marked=True)
        start = i + 1
    if start < len(grid.rows):
        yield replace(grid, rows=grid.rows[start:])


def _only_text(line: Line) -> str:
    words = label_texts(line)
    return words[0][1].strip() if len(words) == 1 and not has_figures(line) else ""
