"""The report as Markdown: headings, one line per paragraph, pipe tables.

A merged cell stands in its first position; the positions it covers stay empty.
"""

import re
from pathlib import Path

from report_writer.domain.cells import Tables
from report_writer.exporters.atomic import write_whole
from report_writer.exporters.document import (
    Document,
    Figures,
    Heading,
    Paragraph,
    Title,
    blocks,
    clean,
)
from report_writer.forms import TableForm

# Characters that would start markup: an escape, a table cell, raw HTML, emphasis, code, a link.
_MARKUP = re.compile(r"([\\|<*`\[])")
_LEADING = re.compile(r"^(\s*)([#>])")


def write_markdown(document: Document, path: str | Path) -> None:
    """Write the report as `.md`. Raises WriteError, RawSlotError."""
    write_whole(path, markdown_text(document).encode("utf-8"))


def markdown_text(document: Document) -> str:
    """Return the report as Markdown text. Raises RawSlotError."""
    parts: list[str] = []
    for block in blocks(document):
        match block:
            case Title(text):
                parts.append(f"# {escape(text)}")
            case Heading(text):
                parts.append(f"## {text}")
            case Paragraph(text=text):
                parts.append(escape(text))
            case Figures(form):
                assert document.report.tables is not None
                parts.append(_table(form, document.report.tables))
    return "\n\n".join(parts) + "\n"


def escape(text: str) -> str:
    """Return text in which nothing is markup: each character that could start it is escaped."""
    return _LEADING.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", clean(text)))


def _table(form: TableForm, tables: Tables) -> str:
    grid = form.grid
    lines = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        text = tables[cell.address].printed if cell.address else cell.text
        lines[cell.row][cell.column] = escape(" ".join(text.split()))
    written = [f"| {' | '.join(line)} |" for line in lines]
    return "\n".join([written[0], "|" + " --- |" * grid.columns, *written[1:]])
