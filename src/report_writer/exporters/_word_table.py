"""Tables of a Word file, with merged cells, built in one pass.

python-docx walks the whole grid for every cell it is asked for; the three tables have 400 of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from report_writer.exporters._word import TABLE, TABLE_SMALL, TABLE_WIDE, TextStyle, fonts, styles
from report_writer.exporters.document import clean

_TWIPS_PER_MM = 1440 / 25.4
_PADDING_MM = 0.6
_DIGIT_EM = 0.65
_SMALLEST = 6.0


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell at a grid position.

    `style` names a paragraph style, `fill` is an RRGGBB colour, `size` in points overrides the
    style's.
    """

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    style: str = TABLE
    align: str = ""
    fill: str = ""
    size: float | None = None


def add_table(
    word: Any,
    cells: Iterable[PlacedCell],
    *,
    rows: int,
    widths: Sequence[float],
    header_rows: int,
    row_height: float = 0,
    keep_together: bool = False,
) -> None:
    """Append a bordered table; `widths` (one per grid column) and least `row_height` in millimetres.

    Header rows repeat on each page and no row is split between pages; `keep_together` moves a
    table that fits on one page there as a whole.
    """
    owner: dict[tuple[int, int], PlacedCell] = {}
    for cell in cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            owner[row, cell.column] = cell
    table = _element("w:tbl")
    table.append(_properties(sum(widths)))
    grid = _child(table, "w:tblGrid")
    for width in widths:
        _child(grid, "w:gridCol", w=_twips(width))
    shipped = styles()
    look = {TABLE: shipped.table, TABLE_WIDE: shipped.table_wide, TABLE_SMALL: shipped.table_small}
    for row in range(rows):
        line = _child(table, "w:tr")
        properties = _child(line, "w:trPr")
        _child(properties, "w:cantSplit")
        if row_height:
            _child(properties, "w:trHeight", val=_twips(row_height), hRule="atLeast")
        if row < header_rows:
            _child(properties, "w:tblHeader")
        column = 0
        while column < len(widths):
            cell = owner.get((row, column)) or PlacedCell(row, column, "")
            width = sum(widths[column : column + cell.colspan])
            keep = keep_together and row < rows - 1
            line.append(_cell(word, cell, row, width, look[cell.style], keep=keep))
            column += cell.colspan
    word.element.body.insert_element_before(table, "w:sectPr")


def fitting_size(texts: Iterable[str], width: float) -> float | None:
    """Return the size in points at which the longest number fits a column; None for the style's own.

    Reckoned for wide digits, since the office may not have the font that is named.
    """
    room = (width - 2 * _PADDING_MM) / 25.4 * 72
    longest = max((len(text) for text in texts), default=0)
    size = int(2 * room / (longest * _DIGIT_EM)) / 2 if longest else styles().table_wide.size
    return None if size >= styles().table_wide.size else max(size, _SMALLEST)


def _properties(width: float) -> Any:
    properties = _element("w:tblPr")
    _child(properties, "w:tblW", w=_twips(width), type="dxa")
    _child(properties, "w:jc", val="center")
    borders = _child(properties, "w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _child(borders, f"w:{side}", val="single", sz="4", space="0", color="000000")
    _child(properties, "w:tblLayout", type="fixed")
    margins = _child(properties, "w:tblCellMar")
    for side in ("left", "right"):
        _child(margins, f"w:{side}", w=_twips(_PADDING_MM), type="dxa")
    return properties


def _cell(
    word: Any, cell: PlacedCell, row: int, width: float, look: TextStyle, *, keep: bool
) -> Any:
    element = _element("w:tc")
    properties = _child(element, "w:tcPr")
    _child(properties, "w:tcW", w=_twips(width), type="dxa")
    if cell.colspan > 1:
        _child(properties, "w:gridSpan", val=str(cell.colspan))
    if cell.rowspan > 1:
        _child(properties, "w:vMerge", **({"val": "restart"} if row == cell.row else {}))
    if cell.fill:
        _child(properties, "w:shd", val="clear", color="auto", fill=cell.fill)
    _child(properties, "w:vAlign", val="center")
    # NOTE: a merged continuation holds an empty paragraph; Word refuses a cell without one.
    lines = clean(cell.text).split("\n") if row == cell.row else [""]
    for text in lines:
        paragraph = _child(element, "w:p")
        head = _child(paragraph, "w:pPr")
        _child(head, "w:pStyle", val=word.styles[cell.style].style_id)
        if keep:
            _child(head, "w:keepNext")
        if cell.align:
            _child(head, "w:jc", val=cell.align)
        if text:
            run = _child(paragraph, "w:r")
            own = look.model_copy(update={"size": cell.size}) if cell.size else look
            fonts(run.get_or_add_rPr(), own)
            content = _child(run, "w:t")
            content.text = text.replace("\t", " ")
            content.set(qn("xml:space"), "preserve")
    return element


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _child(parent: Any, tag: str, **attributes: str) -> Any:
    element = _element(tag, **attributes)
    parent.append(element)
    return element


def _twips(millimetres: float) -> str:
    return str(round(millimetres * _TWIPS_PER_MM))
