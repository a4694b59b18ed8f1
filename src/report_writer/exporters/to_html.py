"""The report as one self-contained HTML file; every filled number carries its fact.

`<data value="3" data-fact="requests/received/total">3件</data>`: `value` is the plain number, the
text inside is exactly the quote of the trail. No script, no external resource.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from report_writer.domain.cells import CellKind, Tables, plain
from report_writer.domain.generation import FilledFigure
from report_writer.exporters.atomic import write_whole
from report_writer.exporters.document import (
    Document,
    Figures,
    Heading,
    Paragraph,
    Title,
    blocks,
    clean,
    title_of,
)
from report_writer.exporters.page import page_template
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.quantities import find_quantities
from report_writer.forms import TableForm

TEMPLATE = "report.html.j2"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a paragraph; `fact` is None for plain text, `value` None where none is known."""

    text: str
    fact: str | None = None
    value: str | None = None
    label: str = ""
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class TableCell:
    """A printed table cell; `address` is None for labels."""

    text: str
    rowspan: int
    colspan: int
    address: str | None
    value: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class View:
    """A block as the template sees it: kind `heading`, `paragraph` or `table`."""

    kind: str
    text: str = ""
    segments: tuple[Segment, ...] = ()
    table: str = ""
    header: tuple[tuple[TableCell, ...], ...] = ()
    rows: tuple[tuple[TableCell, ...], ...] = ()


def write_html(document: Document, path: str | Path) -> None:
    """Write the report as `.html`. Raises WriteError, RawSlotError."""
    write_whole(path, html_text(document).encode("utf-8"))


def html_text(document: Document) -> str:
    """Return the report as an HTML page.

    Raises RawSlotError, and ValueError where the provenance does not fit the text.
    """
    report = document.report
    views = tuple(_views(document, FactSheet(report)))
    return page_template(TEMPLATE).render(
        title=clean(title_of(report)), agency=clean(report.agency.name), blocks=views
    )


def _views(document: Document, sheet: FactSheet) -> Iterator[View]:
    ordered = _in_order(document)
    for block in blocks(document):
        match block:
            case Title():
                continue
            case Heading(text):
                yield View("heading", text=text)
            case Paragraph():
                figures = ordered.get(block.section, ())
                yield View("paragraph", segments=tuple(_segments(block, figures, sheet)))
            case Figures(form):
                assert document.report.tables is not None
                lines = _lines(form, document.report.tables)
                split = form.grid.header_rows
                yield View("table", table=form.key, header=lines[:split], rows=lines[split:])


def _segments(
    paragraph: Paragraph, figures: tuple[FilledFigure, ...], sheet: FactSheet
) -> Iterator[Segment]:
    """Cut a paragraph at the figures that stand in it; `figures` are in text order."""
    text, offset = paragraph.text, paragraph.start
    done = 0
    for figure in figures:
        start, end = figure.start - offset, figure.end - offset
        if not 0 <= start < len(text):
            continue
        if start > done:
            yield Segment(clean(text[done:start]))
        value = figure_value(figure, sheet)
        yield Segment(
            clean(text[start:end]), figure.fact, value, clean(figure.label), figure.formula
        )
        done = end
    if done < len(text):
        yield Segment(clean(text[done:]))


def _in_order(document: Document) -> dict[str, tuple[FilledFigure, ...]]:
    """Return the figures of each section in text order.

    ValueError where one does not stand where it claims, runs over a line or overlaps another.
    """
    ordered: dict[str, tuple[FilledFigure, ...]] = {}
    for section, figures in document.figures.items():
        text, done = document.report.sections.get(section, ""), 0
        ordered[section] = tuple(sorted(figures, key=lambda figure: figure.start))
        for figure in ordered[section]:
            quote = text[figure.start : figure.end]
            if quote != figure.quote or figure.start < done or "\n" in quote or not quote:
                raise ValueError(
                    f"{section}[{figure.start}:{figure.end}]：文字为“{quote}”，"
                    f"记录为“{figure.quote}”，来源记录与正文不符"
                )
            done = figure.end
    return ordered


def figure_value(figure: FilledFigure, sheet: FactSheet) -> str | None:
    """Return the plain number of a filled figure, or None where it has none.

    A fact of the sheet gives its own value; a derived one is read from the quote, and a clause
    without digits (未发生…) is 0 where all its cells are.
    """
    value = sheet.value(figure.fact)
    if value is None:
        read = (q.value for q in find_quantities(figure.quote, year=sheet.year))
        value = next((number for number in read if number is not None), None)
    if value is None and figure.cells and all(sheet.value(cell) == 0 for cell in figure.cells):
        value = Decimal(0)
    return None if value is None else plain(value)


def _lines(form: TableForm, tables: Tables) -> tuple[tuple[TableCell, ...], ...]:
    lines: list[list[TableCell]] = [[] for _ in range(form.grid.rows)]
    for cell in sorted(form.grid.cells, key=lambda c: (c.row, c.column)):
        if cell.address is None:
            shown = TableCell(cell.text, cell.rowspan, cell.colspan, None, None, "label")
        else:
            figure = tables[cell.address]
            value = figure.text if figure.kind is CellKind.NUMBER else None
            shown = TableCell(
                clean(figure.printed),
                cell.rowspan,
                cell.colspan,
                cell.address,
                value,
                figure.kind.value,
            )
        lines[cell.row].append(shown)
    return tuple(tuple(line) for line in lines)
