"""The Excel form: what `report-writer new` hands the clerk, and a report written back into it.

One sheet per table, laid out like the official one, totals locked with formulas, a red cell where
a tie-out fails. `readers.from_xlsx` reads it back exactly. A text is always written as a text,
whatever it begins with.
"""

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from report_writer.domain.report import AnnualReport, RegisteredFact
from report_writer.exporters.atomic import write_whole
from report_writer.exporters.document import Document
from report_writer.exporters.repack import repacked
from report_writer.exporters.table_sheet import TableSheet
from report_writer.exporters.worksheets import choice, fit_to_width, list_sheet, printed, put
from report_writer.forms import FORMS
from report_writer.forms import workbook as book

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

# A cell of a worksheet holds no more characters.
_LONGEST = 32_000
_GUIDE = (
    "一、先填“基本情况”，再填三张表；白底的格可以填，灰底的格由公式计算。",
    "二、没有发生的填0；机关没有这项职能的填“/”；空着表示还没有填，不会当作0。",
    "三、合计会自动算出。某一列变红，表示“新收＋上年结转”与“办理结果总计＋结转下年度”不等。",
    "四、“补充事实”登记三张表以外的数字，正文写到时以此为准；“工作要点”每行写一件事。",
    "五、“上年数据”用于同比和核对结转，由去年的报告带入，一般不用改。",
    "六、全年没有任何数字的单位，在“基本情况”里把“全年均为零”选为“是”即可。",
)


def write_xlsx(document: Document, path: str | Path) -> None:
    """Write a report as `.xlsx`, in the layout of the form. Raises WriteError."""
    write_whole(path, form_bytes(document.report))


def write_form(path: str | Path, report: AnnualReport) -> None:
    """Write the form to fill in, prefilled with what the report holds. Raises WriteError."""
    write_whole(path, form_bytes(report))


def form_bytes(report: AnnualReport) -> bytes:
    """Return the workbook of a report; blank cells stay empty."""
    from openpyxl import Workbook

    workbook = Workbook()
    guide = workbook.active
    assert guide is not None
    workbook.remove(guide)
    form = FORMS[report.form]
    _guide(workbook, report)
    zero = _basics(workbook, report)
    tables = report.tables or form.complete({})
    for table in form.tables:
        TableSheet(workbook.create_sheet(table.name), form, table.key, tables, zero).write()
    list_sheet(
        workbook, book.FACTS, book.FACT_HEADS, _facts(report.facts), widths=(36, 12, 8, 30, 12)
    )
    notes = [(book.TOPICS[topic], line) for topic, lines in report.notes.items() for line in lines]
    list_sheet(workbook, book.NOTES, book.NOTE_HEADS, notes, widths=(24, 90))
    choice(workbook[book.NOTES], list(book.TOPICS.values()), "A2:A500")
    choice(workbook[book.FACTS], list(book.SCOPES.values()), "E2:E500")
    if report.sections:
        list_sheet(
            workbook, book.TEXT, book.TEXT_HEADS, _paragraphs(report.sections), widths=(40, 110)
        )
    _last_year(workbook, report)
    if report.accepted:
        rows = [(item.code, item.at, item.reason) for item in report.accepted]
        list_sheet(workbook, book.ACCEPTED, book.ACCEPTED_HEADS, rows, widths=(12, 40, 60))
    stream = io.BytesIO()
    workbook.save(stream)
    return repacked(stream.getvalue(), when=f"{report.year + 1}-01-01T00:00:00Z")


def _guide(workbook: "Workbook", report: AnnualReport) -> None:
    sheet = workbook.create_sheet(book.GUIDE)
    put(sheet, 1, 1, f"{report.agency.name}{report.year}年{FORMS[report.form].title}填报表")
    for row, text in enumerate(_GUIDE, start=3):
        put(sheet, row, 1, text)
    sheet.column_dimensions["A"].width = 110
    fit_to_width(sheet)


def _basics(workbook: "Workbook", report: AnnualReport) -> str:
    """Write 基本情况; returns the address of the switch 全年均为零."""
    sheet = workbook.create_sheet(book.BASICS)
    agency, fee = report.agency, report.processing_fee
    values: dict[str, object] = {
        "name": agency.name,
        "short_name": agency.short_name,
        "self_reference": agency.self_reference,
        "kind": book.KINDS[agency.kind] if agency.kind else None,
        "level": book.LEVELS[agency.level] if agency.level else None,
        "superior": agency.superior,
        "year": report.year,
        "form": report.form,
        "scope": book.SCOPES[report.scope] if report.scope else None,
        "tables": book.NONE if report.tables is None else book.THERE,
        "all_zero": book.NO,
        "fee_notices": fee and fee.notices,
        "fee_charged": fee and fee.charged,
        "fee_collected": fee and fee.collected,
        "fee_unit": fee and fee.unit,
    }
    rows = [(label, values[key], text) for key, (label, text) in book.FIELDS.items()]
    list_sheet(
        workbook,
        book.BASICS,
        ("项目", "内容", book.HELP_COLUMN),
        rows,
        widths=(34, 40, 60),
        sheet=sheet,
    )
    place = {key: f"B{row}" for row, key in enumerate(book.FIELDS, start=2)}
    choice(sheet, list(book.KINDS.values()), place["kind"])
    choice(sheet, list(book.LEVELS.values()), place["level"])
    choice(sheet, list(book.SCOPES.values()), place["scope"])
    choice(sheet, [book.YES, book.NO], place["all_zero"])
    return f"{book.BASICS}!$B${place['all_zero'][1:]}"


def _facts(facts: Iterable[RegisteredFact]) -> list[tuple[object, ...]]:
    return [
        (f.label, f.value, f.unit, f.source, book.SCOPES[f.scope] if f.scope else None)
        for f in facts
    ]


def _paragraphs(sections: Mapping[str, str]) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, text in sections.items():
        for line in text.split("\n"):
            rows.append((book.SECTIONS.get(key, key), line[:_LONGEST]))
            rest = range(_LONGEST, len(line), _LONGEST)
            rows += [(book.CONTINUED, line[i : i + _LONGEST]) for i in rest]
    return rows


def _last_year(workbook: "Workbook", report: AnnualReport) -> None:
    previous = report.previous
    if previous is None:
        return
    sheet = workbook.create_sheet(book.LAST_YEAR)
    top = (
        ("年度", previous.year),
        ("报告格式", previous.form),
        ("有无表格", book.NONE if previous.tables is None else book.THERE),
    )
    for row, (label, value) in enumerate(top, start=1):
        put(sheet, row, 1, label)
        put(sheet, row, 2, value)
    for column, text in enumerate(book.LAST_YEAR_HEADS, start=1):
        put(sheet, 5, column, text)
    form = FORMS.get(previous.form)
    for row, (address, cell) in enumerate(
        (previous.tables.cells if previous.tables else {}).items(), start=6
    ):
        key, line, name = address.split("/")
        labels = (key, line, name)
        if form is not None:
            table = form.table_by_key[key]
            labels = (table.name, table.row_by_key[line].short, table.column_by_key[name].label)
        for column, text in enumerate(labels, start=1):
            put(sheet, row, column, text)
        put(sheet, row, 4, printed(cell))
        put(sheet, row, 5, address)
    for letter, width in zip("ABCDE", (12, 44, 24, 14, 50), strict=True):
        sheet.column_dimensions[letter].width = width
    fit_to_width(sheet)
    if previous.sections:
        list_sheet(
            workbook,
            book.LAST_TEXT,
            book.TEXT_HEADS,
            _paragraphs(previous.sections),
            widths=(40, 110),
        )
    if previous.facts:
        list_sheet(
            workbook,
            book.LAST_FACTS,
            book.FACT_HEADS,
            _facts(previous.facts),
            widths=(36, 12, 8, 30, 12),
        )
