"""PDF reports with a text layer: ruled tables across pages, lines joined to paragraphs.

Tables come from the ruling lines. What stands outside them is running text: page numbers go,
broken lines are joined, and a paragraph begins where a line is indented or the line before ended
early. A scanned report has no text to read and is refused.
"""

import io
import logging
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report_writer.domain.report import AnnualReport
from report_writer.readers.blocks import Block, Paragraph
from report_writer.readers.errors import ReadError
from report_writer.readers.grid import Line, Slot, TableGrid
from report_writer.readers.outline import assemble
from report_writer.readers.pdf_guard import guard_bytes, guard_pages
from report_writer.readers.source import read_bytes

_MAX_PAGES, _MAX_SHAPES = 120, 20_000
_PAGE_NUMBER = re.compile(r"^(?:[-—–－·\s]*\d{1,3}[-—–－·\s]*|第\s*\d{1,3}\s*页.*)$")
_BROKEN_NUMBER = re.compile(r"(?<=[\d,.])\n(?=[\d,.])")
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’"
_SPREAD = re.compile(rf"(?<=[{_WIDE}])[ ]+(?=[{_WIDE}])")
_BROKEN = (
    zlib.error, struct.error, SyntaxError, EOFError, OSError, KeyError, IndexError, ValueError, TypeError,
    AttributeError, AssertionError, NotImplementedError, RuntimeError, ArithmeticError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _TextLine:
    """A line of text on a page: its extent in points and the size of its characters."""

    text: str
    left: float
    right: float
    top: float
    size: float


def read_pdf(path: Path) -> AnnualReport:
    """Read a `.pdf` report. Raises ReadError naming file, page and row."""
    try:
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect
        from pdfminer.psexceptions import PSException
        from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
    except ImportError as error:
        raise ReadError(
            f"{path.name}：读取 PDF 需要先安装：pip install 'report-writer[pdf]'"
        ) from error
    # NOTE: pdfminer logs every oddity of a file; what matters to the clerk comes as ReadError.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    data = read_bytes(path)
    if not data.lstrip()[:5].startswith(b"%PDF"):
        raise ReadError(f"{path.name}：不是有效的 PDF 文件")
    guard_bytes(data, path.name)
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            blocks = _blocks(document.pages, path.name)
    except (PSException, PdfminerException, MalformedPDFException) as error:
        secret = isinstance(error, PDFPasswordIncorrect) or "PDFPasswordIncorrect" in repr(error)
        reason = "PDF 已加密，请去掉密码" if secret else "不是有效的 PDF 文件，内容已损坏"
        raise ReadError(f"{path.name}：{reason}") from error
    except RecursionError as error:
        raise ReadError(f"{path.name}：PDF 结构嵌套过深") from error
    except _BROKEN as error:
        raise ReadError(f"{path.name}：不是有效的 PDF 文件，内容已损坏") from error
    return assemble(blocks, name=path.name)


def _blocks(pages: Sequence[Any], name: str) -> list[Block]:
    if len(pages) > _MAX_PAGES:
        raise ReadError(f"{name}：有{len(pages)}页，不像一份年度报告")
    guard_pages(list(pages), name)
    items: list[_TextLine | TableGrid] = []
    for number, page in enumerate(pages, start=1):
        if len(page.rects) + len(page.lines) + len(page.curves) > _MAX_SHAPES:
            raise ReadError(f"{name}：第{number}页的图形过多，无法读取表格")
        items += _page(page, number, name)
        page.close()
    if not any(isinstance(item, _TextLine) for item in items):
        raise ReadError(f"{name}：没有文字层（可能是扫描件），请提供可复制文字的 PDF 或 Word 文件")
    return list(_flow(items))


def _page(page: Any, number: int, name: str) -> list[_TextLine | TableGrid]:
    """Return the lines and tables of a page from top to bottom."""
    placed: list[tuple[float, _TextLine | TableGrid]] = []
    ranges: list[tuple[float, float]] = []
    for table in page.find_tables():
        texts = table.extract()
        for first, last in _table_rows(texts):
            top, bottom = table.rows[first].bbox[1], table.rows[last].bbox[3]
            ranges.append((top, bottom))
            lines = [_slots(texts[i], f"第{number}页第{i + 1}行") for i in range(first, last + 1)]
            placed.append((top, TableGrid(rows=tuple(lines), file=name)))
    height = float(page.height)
    for raw in page.extract_text_lines():
        top, middle = float(raw["top"]), (float(raw["top"]) + float(raw["bottom"])) / 2
        if any(low <= middle <= high for low, high in ranges):
            continue
        text = raw["text"].strip()
        edge = top < 0.09 * height or top > 0.9 * height
        if not text or (edge and _PAGE_NUMBER.match(text)):
            continue
        size = float(raw["chars"][0]["size"]) if raw["chars"] else 12.0
        placed.append((top, _TextLine(text, float(raw["x0"]), float(raw["x1"]), top, size)))
    return [item for _, item in sorted(placed, key=lambda pair: pair[0])]


def _table_rows(texts: Sequence[Sequence[str | None]]) -> Iterator[tuple[int, int]]:
    """Yield first and last row of each stretch that is a table; ruled boxes of prose are none."""
    real = [sum(cell is not None for cell in row) > 1 or _is_title(row) for row in texts]
    start: int | None = None
    for i, flag in enumerate([*real, False]):
        if flag and start is None:
            start = i
        elif not flag and start is not None:
            yield start, i - 1
            start = None


def _is_title(row: Sequence[str | None]) -> bool:
    """Whether a row of one cell belongs to table two: 第二十条第（五）项, or a heading torn off by a page break."""
    text = "".join("".join(cell or "" for cell in row).split())
    return len(text) <= 18 and text.startswith(("第二十条第", "本年处理", "本年收费"))


def _slots(row: Sequence[str | None], place: str) -> Line:
    """Return a row; a position without a cell of its own is covered by a neighbour."""
    return tuple(
        # NOTE: a narrow column breaks a number in two lines; between digits that break means nothing.
        Slot(_BROKEN_NUMBER.sub("", text or ""), f"{place}第{j + 1}列", covered=text is None)
        for j, text in enumerate(row)
    )


def _flow(items: Sequence[_TextLine | TableGrid]) -> Iterator[Block]:
    """Join lines to paragraphs; yield them with the tables in order."""
    lines = [item for item in items if isinstance(item, _TextLine)]
    left = _margin([line.left for line in lines])
    right = max((line.right for line in lines), default=0.0)
    text, before = "", None
    for item in items:
        if isinstance(item, TableGrid):
            if text:
                yield Paragraph(_tidy(text))
            text, before = "", None
            yield item
            continue
        if before is not None and not _begins(item, before, left, right):
            text = _join(text, item.text)
        else:
            if text:
                yield Paragraph(_tidy(text))
            text = item.text
        before = item
    if text:
        yield Paragraph(_tidy(text))


def _margin(lefts: Sequence[float]) -> float:
    """Return the left edge most lines share; the leftmost of equally common ones."""
    rounded = [round(value) for value in lefts]
    return float(min(set(rounded), key=lambda v: (-rounded.count(v), v), default=0))


def _begins(line: _TextLine, before: _TextLine, left: float, right: float) -> bool:
    """Whether a line begins a paragraph: indented, of another size, or after a line that ended early."""
    indented = line.left > left + 1.2 * line.size
    other_size = abs(line.size - before.size) > 1.5
    ended_early = before.right < right - 2.5 * before.size
    return indented or other_size or ended_early


def _join(text: str, more: str) -> str:
    words = (
        text[-1:].isascii() and more[:1].isascii() and text[-1:].isalnum() and more[:1].isalnum()
    )
    both_digits = text[-1:].isdigit() and more[:1].isdigit()
    return f"{text} {more}" if words and not both_digits else text + more


def _tidy(text: str) -> str:
    """Return a paragraph without the gaps that justified setting leaves between characters."""
    return _SPREAD.sub("", unicodedata.normalize("NFC", text)).strip()
