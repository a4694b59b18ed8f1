"""What an exporter gets, and the order in which a report is printed.

All printed formats walk the same blocks: title, preface, then the six parts, each with its exact
heading, its prose (one line is one paragraph) and its table.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import Field

from report_writer.domain.cells import Frozen
from report_writer.domain.generation import FilledFigure
from report_writer.domain.report import AnnualReport
from report_writer.forms import FORMS, Form, TableForm

# A slot or template mark that was never filled, also as a model may garble it: { F3 }, ｛F3｝.
_RAW_SLOT = re.compile(r"[{｛]\s*[A-Za-z]{1,2}\s*\d+\s*[}｝]|\{\{|\}\}|\{%|%\}")
# What XML 1.0 cannot hold, and halves of surrogate pairs, which no encoding can.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Document(Frozen):
    """A report ready to be printed. `figures`: section → filled numbers, offsets into its text."""

    report: AnnualReport
    figures: Mapping[str, tuple[FilledFigure, ...]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Title:
    """The title of the report."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The exact heading of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a section; `start` is its offset in the section's text."""

    section: str
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Figures:
    """One of the three tables."""

    form: TableForm


Block = Title | Heading | Paragraph | Figures


class RawSlotError(ValueError):
    """A slot that was never filled stands in the text; nothing is written."""


def title_of(report: AnnualReport) -> str:
    """Return the report's own title on one line, else 〔agency〕〔year〕年 and the title of the form."""
    own = "".join(line.strip() for line in report.sections.get("title", "").splitlines())
    return own or f"{report.agency.name}{report.year}年{FORMS[report.form].title}"


def blocks(document: Document) -> Iterator[Block]:
    """Yield the blocks of a report in print order.

    Raises RawSlotError where a text, the title or a cell still holds a raw slot.
    """
    report = document.report
    form = FORMS[report.form]
    _refuse_raw_slots(report, form)
    yield Title(title_of(report))
    yield from _paragraphs(report, "preface")
    for section in form.sections:
        yield Heading(section.heading)
        yield from _paragraphs(report, section.key)
        if section.table and report.tables is not None:
            yield Figures(form.table_by_key[section.table])


def clean(text: str) -> str:
    """Return text without the characters that XML, and so Word, cannot hold."""
    return _ILLEGAL.sub("", text)


def _paragraphs(report: AnnualReport, section: str) -> Iterator[Paragraph]:
    start = 0
    for line in report.sections.get(section, "").split("\n"):
        if line.strip():
            yield Paragraph(section, start, line)
        start += len(line) + 1


def _refuse_raw_slots(report: AnnualReport, form: Form) -> None:
    cells = report.tables.cells if report.tables else {}
    texts = {"标题": title_of(report), "preface": report.sections.get("preface", "")}
    texts |= {s.heading: report.sections.get(s.key, "") for s in form.sections}
    texts |= {form.place(address): cell.text for address, cell in cells.items()}
    for place, text in texts.items():
        if found := _RAW_SLOT.search(text):
            raise RawSlotError(f"{place}：文中留有未填的占位符“{found.group()}”，不能导出")
