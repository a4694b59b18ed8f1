"""Word reports: our own export and those of agencies.

Read from the document part itself: tracked changes as accepted, hidden text and comments left out,
merged cells from gridSpan and vMerge, headings by their words. What Word numbers automatically is
no text of the paragraph and is not needed to find a heading.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from report_writer.domain.report import AnnualReport
from report_writer.readers.blocks import Block, Paragraph
from report_writer.readers.errors import ReadError
from report_writer.readers.grid import Line, Slot, TableGrid
from report_writer.readers.outline import assemble
from report_writer.readers.package import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_DOCUMENT = "word/document.xml"
_MAX_COLUMNS, _MAX_ROWS = 100, 5_000
_OFF = ("0", "false", "off", "none")
# Containers whose content is part of the text, and changes that accepting removes.
_TRANSPARENT = frozenset(
    {
        "hyperlink",
        "ins",
        "moveTo",
        "smartTag",
        "sdt",
        "sdtContent",
        "fldSimple",
        "customXml",
        "dir",
        "bdo",
    }
)
_REMOVED = frozenset({"del", "moveFrom"})


def read_docx(path: Path) -> AnnualReport:
    """Read a `.docx` report. Raises ReadError naming file, table, row and column."""
    package = Package(path, kind="Word 文件", newer=" .docx")
    root = package.xml(_DOCUMENT)
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith(_STRICT):
            element.tag = _W + element.tag.removeprefix(_STRICT)
    body = root.find(f"{_W}body")
    if body is None:
        raise ReadError(f"{path.name}：{_DOCUMENT}里没有正文")
    reader = _Body(path.name)
    try:
        blocks = reader.blocks(body)
    except RecursionError as error:
        raise ReadError(f"{path.name}：内容嵌套过深，不像一份年度报告") from error
    remarks = ["文件含有修订，已按全部接受读取"] if reader.tracked else []
    if reader.hidden:
        remarks.append("文件含有隐藏文字，没有读取")
    return assemble(blocks, name=path.name, remarks=remarks)


def _tag(element: Element) -> str:
    return element.tag.removeprefix(_W) if isinstance(element.tag, str) else ""


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(f"{_W}val", "")


def _on(parent: Element | None, name: str) -> bool:
    """Whether an on/off property is set: present, and not switched off."""
    found = parent.find(f"{_W}{name}") if parent is not None else None
    return found is not None and _value(found).lower() not in _OFF


@dataclass
class _Body:
    """Walks one document; remembers whether changes were tracked and text was hidden."""

    name: str
    tracked: bool = False
    hidden: bool = False
    _tables: int = 0
    _carry: list[str] = field(default_factory=list)

    def blocks(self, parent: Element) -> list[Block]:
        """Return the paragraphs and tables below an element, in order."""
        result: list[Block] = []
        for element in self._children(parent):
            if _tag(element) == "tbl":
                result += self._flush()
                result += self._table(element)
            else:
                result += self._paragraph(element)
        return result + self._flush()

    def _children(self, parent: Element) -> Iterator[Element]:
        """Yield paragraphs and tables, looking through content controls and accepted insertions."""
        for element in parent:
            tag = _tag(element)
            if tag in ("p", "tbl"):
                yield element
            elif tag in _TRANSPARENT:
                self.tracked |= tag in ("ins", "moveTo")
                yield from self._children(element)
            elif tag in _REMOVED:
                self.tracked = True

    def _paragraph(self, element: Element) -> list[Block]:
        properties = element.find(f"{_W}pPr/{_W}rPr")
        self._carry.append(self._text(element))
        if properties is not None and any(_tag(child) in _REMOVED for child in properties):
            # NOTE: a deleted paragraph mark joins the paragraph with the next one.
            self.tracked = True
            return []
        return self._flush()

    def _flush(self) -> list[Block]:
        text, self._carry = "".join(self._carry), []
        return [Paragraph(line) for line in text.split("\n") if line.strip()]

    def _text(self, element: Element) -> str:
        parts: list[str] = []
        for child in element:
            tag = _tag(child)
            if tag == "r":
                parts.append(self._run(child))
            elif tag in _REMOVED:
                self.tracked = True
            elif tag in _TRANSPARENT:
                self.tracked |= tag in ("ins", "moveTo")
                parts.append(self._text(child))
            elif tag.endswith("}AlternateContent") and len(child):
                # NOTE: the same content for programs of different age; either will do.
                parts.append(self._text(child[-1]))
        return "".join(parts)

    def _run(self, run: Element) -> str:
        properties = run.find(f"{_W}rPr")
        if _on(properties, "vanish"):
            self.hidden = self.hidden or any(_tag(child) == "t" for child in run)
            return ""
        if properties is not None and properties.find(f"{_W}rPrChange") is not None:
            self.tracked = True
        parts: list[str] = []
        for child in run:
            match _tag(child):
                case "t":
                    parts.append(child.text or "")
                case "tab":
                    parts.append("\t")
                case "br" | "cr":
                    parts.append(
                        "\n" if child.get(f"{_W}type", "textWrapping") == "textWrapping" else ""
                    )
                case "noBreakHyphen":
                    parts.append("-")
        return "".join(parts)

    def _table(self, table: Element) -> list[Block]:
        rows = [row for row in self._rows(table)]
        if len(rows) > _MAX_ROWS:
            raise ReadError(f"{self.name}：有一个表格超过{_MAX_ROWS}行")
        nested = [
            cell
            for row in rows
            for cell in self._cells(row)
            if any(len(inner.findall(f".//{_W}tc")) > 1 for inner in cell.iter(f"{_W}tbl"))
        ]
        if nested:
            # NOTE: a table around tables is page layout; what counts is what stands in its cells.
            return [
                block for row in rows for cell in self._cells(row) for block in self.blocks(cell)
            ]
        self._tables += 1
        return [self._grid(rows, self._tables)]

    def _rows(self, parent: Element) -> Iterator[Element]:
        for element in parent:
            tag = _tag(element)
            if tag == "tr":
                properties = element.find(f"{_W}trPr")
                if properties is not None and properties.find(f"{_W}del") is not None:
                    self.tracked = True
                    continue
                yield element
            elif tag in _TRANSPARENT:
                yield from self._rows(element)

    def _cells(self, parent: Element) -> Iterator[Element]:
        for element in parent:
            tag = _tag(element)
            if tag == "tc":
                yield element
            elif tag in _TRANSPARENT:
                yield from self._cells(element)

    def _grid(self, rows: list[Element], number: int) -> TableGrid:
        lines: list[list[Slot | None]] = []
        above: dict[int, str] = {}
        for i, row in enumerate(rows):
            properties = row.find(f"{_W}trPr")
            before = properties.find(f"{_W}gridBefore") if properties is not None else None
            line: list[Slot | None] = [None] * self._count(before, default=0)
            for cell in self._cells(row):
                line += self._spanned(cell, len(line), f"第{number}个表第{i + 1}行第{{}}列", above)
                if len(line) > _MAX_COLUMNS:
                    raise ReadError(f"{self.name}：第{number}个表第{i + 1}行超过{_MAX_COLUMNS}列")
            lines.append(line)
        width = max((len(line) for line in lines), default=0)
        padded: list[Line] = [(*line, *[None] * (width - len(line))) for line in lines]
        return TableGrid(rows=tuple(padded), file=self.name)

    def _spanned(self, cell: Element, column: int, place: str, above: dict[int, str]) -> list[Slot]:
        """Return the slots one cell fills; `above` remembers the text of vertical merges."""
        properties = cell.find(f"{_W}tcPr")
        span = self._count(
            properties.find(f"{_W}gridSpan") if properties is not None else None, default=1
        )
        merge = properties.find(f"{_W}vMerge") if properties is not None else None
        here = place.format(column + 1)
        if merge is not None and _value(merge) != "restart" and column in above:
            return [Slot(above[column], here, covered=True) for _ in range(span)]
        text = self._cell_text(cell)
        if merge is not None:
            above[column] = text
        else:
            above.pop(column, None)
        return [Slot(text, here), *(Slot(text, here, covered=True) for _ in range(span - 1))]

    def _cell_text(self, cell: Element) -> str:
        carried, self._carry = self._carry, []
        # NOTE: a table of one cell inside a cell is a frame around its text.
        texts = [
            block.text if isinstance(block, Paragraph) else "\n".join(block.texts())
            for block in self.blocks(cell)
        ]
        self._carry = carried
        return "\n".join(texts)

    def _count(self, element: Element | None, *, default: int) -> int:
        raw = _value(element)
        if not (raw.isascii() and raw.isdigit()):
            return default
        if len(raw) > 4 or int(raw) > _MAX_COLUMNS:
            raise ReadError(f"{self.name}：有一个单元格跨{raw[:12]}列，不像年度报告的表格")
        return max(int(raw), default)
