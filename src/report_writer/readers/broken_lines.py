"""Text taken out of a PDF: page numbers between the lines, headings and titles set in pieces."""

import re
from collections.abc import Sequence

from report_writer.forms import OGI_2021
from report_writer.readers.outline import Block, Paragraph, heading_strength

# NOTE: a dash on either side, or the word 页; a bare number may be a figure.
_PAGE_MARK = re.compile(
    r"^(?:[-—–－·]+\s*\d{1,3}\s*[-—–－·]+|第\s*\d{1,3}\s*页(?:[\s,，/]*共\s*\d{1,3}\s*页)?)$"
)
_TITLE = re.compile(r"^\S{0,40}(?:19|20)\d\d年度?(?:政府信息公开|政务公开)\S{0,8}报告$")
_MOST_PIECES, _LONGEST_PIECE, _OFFICIAL = 3, 40, 3


def is_official_heading(text: str) -> bool:
    """Whether a line is the heading of a part in the wording of the form."""
    hit = heading_strength(Paragraph(text, marked=True), OGI_2021)
    return hit is not None and hit[1] == _OFFICIAL


def mend(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without page marks, headings and title in one piece each.

    Lines are joined only where together they are a heading word for word, or a title with its year.
    """
    kept = [
        b for b in blocks if not (isinstance(b, Paragraph) and _PAGE_MARK.match(b.text.strip()))
    ]
    result: list[Block] = []
    i, titled = 0, False
    while i < len(kept):
        whole, used = _whole(kept[i : i + _MOST_PIECES], titled=titled)
        titled = titled or (isinstance(whole, Paragraph) and _is_title(whole.text))
        titled = titled or (isinstance(whole, Paragraph) and is_official_heading(whole.text))
        result.append(whole)
        i += used
    return result


def _whole(blocks: Sequence[Block], *, titled: bool) -> tuple[Block, int]:
    """Return the first block, joined with those behind it that complete it, and how many it took."""
    first = blocks[0]
    if not isinstance(first, Paragraph) or is_official_heading(first.text) or _is_title(first.text):
        return first, 1
    text = ""
    for used, block in enumerate(blocks, start=1):
        piece = block.text.strip() if isinstance(block, Paragraph) else ""
        if not 0 < len(piece) <= _LONGEST_PIECE or (used > 1 and _stands_alone(piece)):
            break
        text += piece
        if used > 1 and (is_official_heading(text) or (not titled and _is_title(text))):
            return Paragraph(text, marked=True), used
    return first, 1


def _stands_alone(text: str) -> bool:
    return is_official_heading(text) or _is_title(text)


def _is_title(text: str) -> bool:
    return bool(_TITLE.match("".join(text.split())))
