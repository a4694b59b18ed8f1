"""Plain text and Markdown reports: tab-separated, pipe and HTML tables between paragraphs."""

import re
from collections.abc import Sequence
from pathlib import Path

from report_writer.domain.report import AnnualReport
from report_writer.forms import OGI_2021
from report_writer.readers.blocks import Block, Paragraph, refuse_too_many
from report_writer.readers.broken_lines import is_official_heading, join_lines
from report_writer.readers.encoding import decode_text
from report_writer.readers.errors import ReadError
from report_writer.readers.grid import TableGrid
from report_writer.readers.headings import heading_strength
from report_writer.readers.outline import assemble
from report_writer.readers.source import read_bytes

_MARK = re.compile(r"^\s{0,3}(#{1,6})\s*(.*?)\s*#*\s*$")
_SEPARATOR = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BOLD = re.compile(r"^\s*\*\*(?P<text>[^*]+)\*\*\s*$")
_SPACE_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|#160|#12288);")
_TABLE_TAG = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
_MAX_LINES = 100_000
_MAX_CELLS = 400


def read_text(path: Path) -> AnnualReport:
    """Read a `.txt` or `.md` report. Raises ReadError naming file and line."""
    name = path.name
    text = decode_text(read_bytes(path), name)
    markdown = path.suffix.lower() in (".md", ".markdown")
    blocks = blocks_of(text, name=name, markdown=markdown)
    refuse_too_many(blocks, name)
    _refuse_cut_short(text, blocks, name)
    return assemble(join_lines(blocks), name=name)


def _refuse_cut_short(text: str, blocks: Sequence[Block], name: str) -> None:
    """Refuse a file that ends in the middle of a table: its last number may be half a number."""
    if text.endswith(("\n", "\r")) or not blocks or not isinstance(blocks[-1], TableGrid):
        return
    lines = text.splitlines()
    unclosed = _pipes(lines[-1]) and not lines[-1].rstrip().endswith("|")
    closed_above = len(lines) > 1 and lines[-2].rstrip().endswith("|")
    keys = {
        hit[0]
        for block in blocks
        if isinstance(block, Paragraph) and (hit := heading_strength(block, OGI_2021))
    }
    whole = "overview" in keys and not keys & {"problems", "other_matters"}
    if (unclosed and closed_above) or whole:
        raise ReadError(f"{name}：第{len(lines)}行的表格没有写完，文件可能不完整")


def blocks_of(text: str, *, name: str, markdown: bool) -> list[Block]:
    """Return paragraphs and tables of a text in order; ReadError where it is no text of a report."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > _MAX_LINES:
        raise ReadError(f"{name}：超过{_MAX_LINES}行，不像一份年度报告")
    blocks: list[Block] = []
    i = 0
    while i < len(lines):
        line = lines[i]
        if _TABLE_TAG.search(line):
            end = next(
                (j for j in range(i, len(lines)) if _TABLE_END.search(lines[j])), len(lines) - 1
            )
            blocks += _html_tables("\n".join(lines[i : end + 1]), name)
            i = end + 1
        elif (end := _table_end(lines, i)) > i:
            blocks.append(_grid(lines, i, end, name))
            i = end
        else:
            if line.strip():
                blocks.append(_paragraph(line, i + 1, markdown=markdown))
            i += 1
    return blocks


def _paragraph(line: str, number: int, *, markdown: bool) -> Paragraph:
    line = _SPACE_ENTITY.sub(" ", line) if markdown else line
    if match := _MARK.match(line):
        text = match[2]
        return Paragraph(_unescape(text) if markdown else text, marked=True, line=number)
    if markdown and (match := _BOLD.match(line)):
        return Paragraph(_unescape(match["text"]), marked=True, line=number)
    return Paragraph(_unescape(line) if markdown else line, line=number)


def _unescape(text: str) -> str:
    return _ESCAPE.sub(r"\1", text)


def _pipes(line: str) -> bool:
    return line.lstrip().startswith("|") or len(_UNESCAPED_PIPE.findall(line)) >= 2


def _tabbed(line: str) -> bool:
    return "\t" in line.strip(" ")


def _table_end(lines: Sequence[str], start: int) -> int:
    """Return the index behind the table that begins at `start`; `start` itself where none does."""
    kind = _pipes if _pipes(lines[start]) else _tabbed
    if not kind(lines[start]) or (kind is _tabbed and not lines[start].strip()):
        return start
    end = start
    while end < len(lines):
        if kind(lines[end]) or (
            kind is _tabbed and 0 < len(lines[end].strip()) <= 30 and _joined(lines, end)
        ):
            end += 1
        else:
            break
    return end


def _joined(lines: Sequence[str], index: int) -> bool:
    """Whether a line without a tab stands inside a table: 第二十条第（五）项 between two rows."""
    line = lines[index].strip()
    inside = index + 1 < len(lines) and _tabbed(lines[index + 1]) and bool(lines[index + 1].strip())
    ends_it = line.startswith("#") or line.endswith(("。", "：")) or is_official_heading(line)
    return inside and not ends_it


def _grid(lines: Sequence[str], start: int, end: int, name: str) -> TableGrid:
    pipes = _pipes(lines[start])
    numbers: list[int] = []
    rows: list[list[str]] = []
    for number in range(start, end):
        line = lines[number]
        if pipes and _SEPARATOR.match(line):
            continue
        row = _pipe_cells(line) if pipes else [cell.strip() for cell in line.split("\t")]
        if len(row) > _MAX_CELLS:
            raise ReadError(f"{name}：第{number + 1}行有{len(row)}格，不像年度报告的表格")
        numbers.append(number + 1)
        rows.append(row)
    grid = TableGrid.from_texts(
        rows,
        place=lambda row, column: f"第{numbers[row]}行第{column + 1}格",
        file=name,
        rigid=pipes,
    )
    return grid.without_repeats() if pipes else grid


def _pipe_cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    inner = _SPACE_ENTITY.sub(" ", inner)
    cells = (_unescape(cell.strip()) for cell in _UNESCAPED_PIPE.split(inner))
    return [re.sub(r"<br\s*/?>|\*\*", "", cell, flags=re.IGNORECASE) for cell in cells]


def _html_tables(markup: str, name: str) -> list[Block]:
    from report_writer.readers.from_html import blocks_of_html

    return blocks_of_html(markup, name=name)
