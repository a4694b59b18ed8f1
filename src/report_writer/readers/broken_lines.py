"""Text taken out of a PDF: page numbers between the lines, headings, titles and prose in pieces."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from report_writer.forms import OGI_2021
from report_writer.readers.blocks import Block, Paragraph
from report_writer.readers.headings import heading_strength, is_official
from report_writer.readers.traditional import simplified

# NOTE: a dash on either side, or the word 页; a bare number may be a figure.
_DASHED = r"[-—–－·]+\s*\d{1,3}\s*[-—–－·]+"
_PAGE_MARK = re.compile(
    rf"^(?:{_DASHED}|第\s*\d{{1,3}}\s*页(?:[\s,，/]*共\s*\d{{1,3}}\s*页)?|\d{{1,3}}\s*/\s*\d{{1,3}}\s*页?)$"
)
_MARK_AT_AN_END = re.compile(
    r"^[—–－]+\s*\d{1,3}\s*[—–－]+\s*(?=\S)|(?<=\S)\s*[—–－]+\s*\d{1,3}\s*[—–－]+$"
)
_BARE = re.compile(r"^\d{1,3}$")
_TITLE = re.compile(r"^\S{0,40}(?:19|20)\d\d年度?(?:政府信息公开|政务公开)\S{0,8}报告$")
_NUMERAL = re.compile(r"^[一二三四五六][、.．]?$")
_MOST_PIECES, _LONGEST_PIECE = 8, 40
# A line goes on in the next one: it is long, and ends neither a sentence nor an item.
_WRAPPED, _SHORTEST, _FEWEST, _FULL = re.compile(r"[\u4e00-\u9fff\w，、（《“·%％]$"), 15, 3, 0.75
_BEGINS = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[.．、](?!\d)|[-*+•·>|#])"
)
_PROSE = frozenset({"preface", "overview", "problems", "other_matters"})


def is_official_heading(text: str) -> bool:
    """Whether a line is the heading of a part in the wording of the form, not an item （一）."""
    hit = heading_strength(Paragraph(text, marked=True), OGI_2021)
    return hit is not None and is_official(text)


def mend(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without page marks and running titles, headings and title in one piece each.

    Lines are joined only where together they are a heading word for word, or a title with its year.
    """
    kept = [_without_mark(block) for block in blocks if not _is_mark(block)]
    result: list[Block] = []
    i, title, titled = 0, "", False
    while i < len(kept):
        whole, used = _whole(kept[i : i + _MOST_PIECES], titled=titled)
        i += used
        text = "".join(whole.text.split()) if isinstance(whole, Paragraph) else ""
        if title and text == title:
            continue
        if text and not titled and _is_title(text):
            title = text
        titled = titled or bool(title) or (bool(text) and is_official_heading(text))
        result.append(whole)
    return result


def join_lines(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of a file of lines with its prose in paragraphs.

    A sentence broken by the end of a page goes on behind the page mark. Elsewhere lines are joined
    only in a file that breaks its prose at a fixed width: several lines about as long, unended.
    """
    bare, wide = _bare_marks(blocks), _width(blocks)
    result: list[Block] = []
    part, broken, last = "preface", False, Paragraph("")
    for i, block in enumerate(blocks):
        if i in bare or _is_mark(block):
            broken = True
            continue
        if not isinstance(block, Paragraph):
            result.append(block)
            last, broken = Paragraph(""), False
            continue
        hit = heading_strength(block, OGI_2021)
        part = hit[0] if hit else part
        follows = broken or (block.line == last.line + 1 and len(last.text) >= wide)
        whole = result[-1] if result else None
        if (
            isinstance(whole, Paragraph)
            and part in _PROSE
            and follows
            and _unended(last)
            and not (hit or block.marked or _BEGINS.match(block.text))
        ):
            result[-1] = replace(whole, text=_joined(whole.text, block.text.strip()))
        else:
            result.append(block)
        last, broken = block, False
    return result


def _is_mark(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(_PAGE_MARK.match(block.text.strip()))


def _without_mark(block: Block) -> Block:
    """Return a paragraph without a page mark stuck to its start or end: — 2 —五、存在的主要问题"""
    if not isinstance(block, Paragraph):
        return block
    return replace(block, text=_MARK_AT_AN_END.sub("", block.text.strip()) or block.text)


def _bare_marks(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the positions of page numbers that stand alone: they rise, and no figure is near."""
    found: list[int] = []
    part = "preface"
    for i, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            continue
        if hit := heading_strength(block, OGI_2021):
            part = hit[0]
        around = (*blocks[max(0, i - 1) : i], *blocks[i + 1 : i + 2])
        beside_table = any(not isinstance(b, Paragraph) for b in around)
        if _BARE.match(block.text.strip()) and (part in _PROSE or beside_table):
            found.append(i)
    numbers = [int(b.text) for i in found if isinstance(b := blocks[i], Paragraph)]
    rising = len(numbers) > 1 and all(a < b for a, b in pairwise(numbers))
    return frozenset(found) if rising else frozenset()


def _width(blocks: Sequence[Block]) -> float:
    """Return from which length on a line is full; infinite where lines are paragraphs."""
    lengths = [len(b.text) for b in blocks if isinstance(b, Paragraph) and _unended(b)]
    wide = _FULL * max(lengths, default=0)
    return wide if sum(length >= wide for length in lengths) >= _FEWEST else float("inf")


def _unended(block: Paragraph) -> bool:
    text = block.text.rstrip()
    return not block.marked and len(text) >= _SHORTEST and bool(_WRAPPED.search(text))


def _joined(text: str, more: str) -> str:
    """Return two pieces of a sentence as one; a space stays only between words of Latin letters."""
    gap = " " if text[-1:].isascii() and text[-1:].isalpha() and more[:1].isascii() else ""
    return text.rstrip() + gap + more


def _whole(blocks: Sequence[Block], *, titled: bool) -> tuple[Block, int]:
    """Return the first block, joined with those behind it that complete it, and how many it took."""
    first = blocks[0]
    if not isinstance(first, Paragraph) or is_official_heading(first.text) or _is_title(first.text):
        return first, 1
    text = ""
    for used, block in enumerate(blocks, start=1):
        piece = block.text.strip() if isinstance(block, Paragraph) else ""
        numbered = bool(_NUMERAL.match(text))
        if not 0 < len(piece) <= _LONGEST_PIECE or (
            used > 1 and _stands_alone(piece) and not numbered
        ):
            break
        text += piece
        if used > 1 and (is_official_heading(text) or (not titled and _is_title(text))):
            return replace(first, text=text, marked=True), used
    return first, 1


def _stands_alone(text: str) -> bool:
    return is_official_heading(text) or _is_title(text)


def _is_title(text: str) -> bool:
    return bool(_TITLE.match(simplified("".join(text.split()))))
