"""HTML reports: our own export and pages as government sites write them.

Spans are expanded here, nested layout tables are looked through, unclosed tags and odd encodings
are the parser's and the decoder's business. What surrounds the report on a page (menus, dates,
print buttons, site footers) is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from report_writer.domain.report import AnnualReport
from report_writer.readers.blocks import Block, Paragraph
from report_writer.readers.encoding import decode_text
from report_writer.readers.errors import ReadError
from report_writer.readers.grid import Line, Slot, TableGrid
from report_writer.readers.outline import assemble
from report_writer.readers.source import read_bytes

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SKIPPED = frozenset(
    {"script", "style", "head", "noscript", "template", "nav", "iframe", "select", "button", "svg",
     "object", "form", "textarea", "del", "title", "-comment", "_comment"}
)  # fmt: skip
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "em", "font", "i", "ins", "label",
     "mark", "o:p", "q", "s", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MAX_SPAN_COLUMNS, _MAX_SPAN_ROWS, _MAX_ROWS, _MAX_DEPTH = 100, 1_000, 5_000, 300
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHROME = re.compile(
    r"^(?:当前位置|您(?:现在)?的位置|首页|发布(?:时间|日期|机构)|成文日期|信息来源|来源|索引号|浏览(?:次数|量)|阅读(?:次数|量)|"
    r"访问量|点击(?:数|量|次数)|字(?:体|号)[:：]|作者[:：]|编辑[:：]|责任编辑|分享到|【?打印|【?关闭|\[?打印|时间[:：])"
)
_FOOTER = re.compile(
    r"^(?:上一[篇条]|下一[篇条]|版权所有|主办(?:单位)?[:：]|承办(?:单位)?[:：]|网站标识码|.{0,12}ICP备|.{0,8}公网安备|"
    r"相关(?:文章|链接|附件|新闻|信息)|附件[:：]|扫一扫|分享到|返回顶部|网站地图|关于我们|友情链接|【?打印本页|【?关闭窗口)"
)
_PAGE_MARK = re.compile(r"^[-—–\s\d]{1,9}$")


def read_html(path: Path) -> AnnualReport:
    """Read an `.html` report. Raises ReadError naming file, table, row and column."""
    name = path.name
    text = decode_text(read_bytes(path), name, markup=True)
    lower = text.rstrip().lower()
    if lower.rfind("<table") > lower.rfind("</table") and not lower.endswith(">"):
        # NOTE: the page ends inside a cell; its last number may be half a number.
        raise ReadError(f"{name}：网页在表格中间断了，文件可能不完整")
    return assemble(without_chrome(blocks_of_html(text, name=name)), name=name)


def blocks_of_html(markup: str, *, name: str) -> list[Block]:
    """Return the paragraphs and tables of a page in order."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(markup.replace("\x00", ""))
    if tree.body is None:
        raise ReadError(f"{name}：网页没有正文")
    walker = _Walker(name)
    walker.walk(tree.body, 0)
    walker.flush()
    return walker.blocks


def without_chrome(blocks: list[Block]) -> list[Block]:
    """Drop what a site prints around a report: lines of page data, and all from its footer on."""
    last_table = max((i for i, b in enumerate(blocks) if isinstance(b, TableGrid)), default=-1)
    kept: list[Block] = []
    for i, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            if i > last_table and last_table >= 0 and _FOOTER.match(block.text):
                break
            if _CHROME.match(block.text):
                continue
        kept.append(block)
    while kept and isinstance(last := kept[-1], Paragraph) and _PAGE_MARK.match(last.text):
        kept.pop()
    return kept


@dataclass(slots=True)
class _Pending:
    """A cell that reaches into rows below: text and how many rows are left."""

    text: str
    left: int


class _Walker:
    """Walks the tree once, collecting text into paragraphs and tables into grids."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.blocks: list[Block] = []
        self._text: list[str] = []
        self._tables = 0
        self._preformatted = 0

    def flush(self, *, marked: bool = False) -> None:
        """End the paragraph that is being collected."""
        text = _tidy("".join(self._text))
        self._text = []
        if text:
            self.blocks.append(Paragraph(text, marked=marked))

    def walk(self, node: "LexborNode", depth: int) -> None:
        """Collect the content of an element."""
        if depth > _MAX_DEPTH:
            raise ReadError(f"{self.name}：网页嵌套超过{_MAX_DEPTH}层，不像一份年度报告")
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                self._take(child.text_content or "")
            elif tag in _SKIPPED or _hidden(child):
                continue
            elif tag == "br":
                self.flush()
            elif tag in _INLINE:
                self.walk(child, depth + 1)
            elif tag == "table":
                self.flush()
                self._table(child, depth)
            else:
                self.flush()
                self._preformatted += tag == "pre"
                self.walk(child, depth + 1)
                self._preformatted -= tag == "pre"
                self.flush(marked=tag in _HEADINGS)

    def _take(self, text: str) -> None:
        if not self._preformatted:
            self._text.append(_flat(text))
            return
        first, *rest = text.split("\n")
        self._text.append(first)
        for line in rest:
            self.flush()
            self._text.append(line)

    def _table(self, table: "LexborNode", depth: int) -> None:
        rows = list(_rows(table))
        if len(rows) > _MAX_ROWS:
            raise ReadError(f"{self.name}：有一个表格超过{_MAX_ROWS}行")
        cells = [list(_cells(row)) for row in rows]
        if not rows or any(_holds_table(cell) for line in cells for cell in line):
            # NOTE: a table around tables is page layout; what counts is what stands in its cells.
            self.walk_layout(table, depth)
            return
        if max(len(line) for line in cells) <= 1 and len(rows) <= 3:
            self.walk_layout(table, depth)
            return
        self._tables += 1
        self.blocks.append(self._grid(cells, self._tables))

    def walk_layout(self, table: "LexborNode", depth: int) -> None:
        """Collect what stands in the cells of a table that only lays out the page."""
        for child in table.iter(include_text=False):
            tag = child.tag or ""
            if tag in _SKIPPED or _hidden(child):
                continue
            if tag in ("tbody", "thead", "tfoot", "tr", "colgroup"):
                self.walk_layout(child, depth + 1)
            else:
                self.walk(child, depth + 1)
                self.flush()

    def _grid(self, rows: "list[list[LexborNode]]", number: int) -> TableGrid:
        lines: list[list[Slot | None]] = []
        pending: dict[int, _Pending] = {}
        for i, cells in enumerate(rows):
            line: list[Slot | None] = []
            for cell in cells:
                self._carry(line, pending, f"第{number}个表第{i + 1}行")
                self._place(line, pending, cell, f"第{number}个表第{i + 1}行")
            self._carry(line, pending, f"第{number}个表第{i + 1}行")
            lines.append(line)
        width = max((len(line) for line in lines), default=0)
        padded: list[Line] = [(*line, *[None] * (width - len(line))) for line in lines]
        return TableGrid(rows=tuple(padded), file=self.name)

    def _carry(self, line: list[Slot | None], pending: dict[int, _Pending], place: str) -> None:
        """Fill the positions that cells of rows above still cover."""
        while (above := pending.get(len(line))) is not None:
            position = len(line)
            line.append(Slot(above.text, f"{place}第{position + 1}列", covered=True))
            above.left -= 1
            if not above.left:
                del pending[position]

    def _place(
        self, line: list[Slot | None], pending: dict[int, _Pending], cell: "LexborNode", place: str
    ) -> None:
        columns = min(_span(cell, "colspan"), _MAX_SPAN_COLUMNS)
        rows = min(_span(cell, "rowspan"), _MAX_SPAN_ROWS)
        text = self._cell_text(cell)
        for offset in range(columns):
            position = len(line)
            line.append(Slot(text, f"{place}第{position + 1}列", covered=offset > 0))
            if rows > 1:
                pending[position] = _Pending(text, rows - 1)
        if len(line) > 4 * _MAX_SPAN_COLUMNS:
            raise ReadError(
                f"{self.name}：{place}超过{4 * _MAX_SPAN_COLUMNS}列，不像年度报告的表格"
            )

    def _cell_text(self, cell: "LexborNode") -> str:
        inner = _Walker(self.name)
        inner.walk(cell, 0)
        inner.flush()
        return "\n".join(b.text for b in inner.blocks if isinstance(b, Paragraph))


def _rows(table: "LexborNode") -> "Iterator[LexborNode]":
    for child in table.iter(include_text=False):
        if _hidden(child):
            continue
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from _rows(child)


def _cells(row: "LexborNode") -> "Iterator[LexborNode]":
    cells = (child for child in row.iter(include_text=False) if child.tag in ("td", "th"))
    return (cell for cell in cells if not _hidden(cell))


def _holds_table(cell: "LexborNode") -> bool:
    """Whether a cell holds a table of its own; one of a single cell is a frame around its text."""
    return any(len(inner.css("td, th")) > 1 for inner in cell.css("table"))


def _span(cell: "LexborNode", name: str) -> int:
    raw = (cell.attributes.get(name) or "").strip()
    return max(1, int(raw)) if raw.isascii() and raw.isdigit() and len(raw) < 6 else 1


def _hidden(node: "LexborNode") -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _flat(text: str) -> str:
    # NOTE: a line break inside a text node is white space to a browser, and none between Chinese.
    return re.sub(r"[ \t\r\n\f]*[\r\n][ \t\r\n\f]*", "\n", text)


def _tidy(text: str) -> str:
    """Return a paragraph's text with its line breaks gone: to nothing between Chinese, else to a space."""
    joined = re.sub(r"(?<=[^\x00-\x7f])\n+(?=[^\x00-\x7f])", "", text.strip())
    return re.sub(r"\n+", " ", joined).strip()
