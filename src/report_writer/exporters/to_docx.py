"""The report as a Word file that can be filed as it is: GB/T 9704 page, official tables."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx.shared import Mm

from report_writer.domain.cells import CellKind, Tables
from report_writer.domain.report import AnnualReport
from report_writer.exporters._word import (
    BODY,
    HEADING,
    TABLE,
    TABLE_SMALL,
    TABLE_WIDE,
    TITLE,
    TextStyle,
    add_paragraph,
    new_word,
    styles,
    word_bytes,
)
from report_writer.exporters._word_table import PlacedCell, add_table, fitting_size
from report_writer.exporters.atomic import write_whole
from report_writer.exporters.document import (
    Document,
    Figures,
    Heading,
    Paragraph,
    Title,
    blocks,
    title_of,
)
from report_writer.forms import FORMS, TableForm

# A blank is printed as one and shaded, so that it cannot be overlooked.
BLANK_FILL, ILLEGAL_FILL = "FFF2CC", "F8CBAD"
_FILLS = {CellKind.BLANK: BLANK_FILL, CellKind.ILLEGAL: ILLEGAL_FILL}
# Column widths in millimetres; the type area is 156 mm wide.
WIDTHS: dict[str, tuple[float, ...]] = {
    "proactive": (39.0,) * 4,
    "requests": (11.0, 25.0, 43.0, *(11.0,) * 7),
    "remedies": (10.4,) * 15,
}
_TYPE_AREA = 156.0
_MM_PER_POINT = 25.4 / 72
# Least height of a row: the 28 rows of table three fit on one page.
_ROW, _LOW_ROW = 8.0, 5.6
_MANY_COLUMNS = 5
# （一）主动公开情况。 at the head of a paragraph; a first sentence with a comma is no heading.
_RUN_IN = re.compile(r"^（[一二三四五六七八九十]{1,3}）[^。，；：,;\n]{1,30}(?:。|$)")


def write_docx(document: Document, path: str | Path) -> None:
    """Write the report as `.docx`. Raises WriteError, RawSlotError."""
    write_whole(path, docx_bytes(document))


def docx_bytes(document: Document) -> bytes:
    """Return the Word file; the same document gives the same bytes. Raises RawSlotError."""
    report, look = document.report, styles()
    parts = tuple(blocks(document))
    word = new_word(title=title_of(report), author=report.agency.name, year=report.year)
    for block in parts:
        match block:
            case Title(text):
                _break_well(add_paragraph(word, TITLE, (text, look.title)), report)
            case Heading(text):
                add_paragraph(word, HEADING, (text, look.heading))
            case Paragraph(text=text):
                add_paragraph(word, BODY, *_pieces(text))
            case Figures(form):
                assert report.tables is not None
                _add_figures(word, form, report.tables)
    return word_bytes(word)


def _break_well(title: Any, report: AnnualReport) -> None:
    """Narrow a title of two lines so that it breaks between the agency's year and the name of the report."""
    look = styles()
    form_title = FORMS[report.form].title
    if not title.text.endswith(form_title):
        return
    first = _ems(title.text.removesuffix(form_title))
    available = _TYPE_AREA / (look.title.size * _MM_PER_POINT)
    if first + _ems(form_title) <= available or not _ems(form_title) <= first <= available - 1.2:
        return
    # NOTE: Word sets a quarter of a character between Chinese and digits, on both sides of the year;
    # the rest is room for digits of another font, but not for one more character.
    side = Mm((available - first - 0.5 - 0.7) / 2 * look.title.size * _MM_PER_POINT)
    title.paragraph_format.left_indent = title.paragraph_format.right_indent = side


def _ems(text: str) -> float:
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _pieces(text: str) -> Iterator[tuple[str, TextStyle]]:
    look = styles()
    run_in = _RUN_IN.match(text)
    split = run_in.end() if run_in else 0
    if split:
        yield text[:split], look.run_in
    if text[split:]:
        yield text[split:], look.body


def _add_figures(word: Any, form: TableForm, tables: Tables) -> None:
    grid = form.grid
    wide = grid.columns > _MANY_COLUMNS
    # NOTE: row labels stand left of the first figure; the innermost of them are set flush left.
    first_figure = min(cell.column for cell in grid.cells if cell.address)
    widths = WIDTHS.get(form.key, (_TYPE_AREA / grid.columns,) * grid.columns)
    numbers = (c.text for c in map(tables.__getitem__, form.addresses) if c.value is not None)
    size = fitting_size(numbers, widths[first_figure]) if wide else None
    cells: list[PlacedCell] = []
    for cell in grid.cells:
        text, fill, align, style = cell.text, "", "", TABLE_WIDE if wide else TABLE
        if cell.address:
            figure = tables[cell.address]
            text, fill = figure.printed, _FILLS.get(figure.kind, "")
        elif wide:
            style = TABLE_SMALL
            innermost = cell.column + cell.colspan == first_figure
            align = "left" if innermost and cell.row >= grid.header_rows else ""
        cells.append(
            PlacedCell(
                cell.row,
                cell.column,
                text,
                cell.rowspan,
                cell.colspan,
                style,
                align,
                fill,
                size if cell.address else None,
            )
        )
    add_table(
        word,
        cells,
        rows=grid.rows,
        widths=widths,
        header_rows=grid.header_rows,
        row_height=_LOW_ROW if grid.rows > 20 else _ROW,
        keep_together=True,
    )
