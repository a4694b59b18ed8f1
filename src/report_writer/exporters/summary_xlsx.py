"""The summary of a batch as a workbook: the worst first, a sheet for each kind of finding."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from report_writer.domain.batch import BatchFinding, BatchRow, BatchSummary
from report_writer.domain.findings import Severity
from report_writer.exporters.repack import repacked
from report_writer.exporters.summary import SEVERITY_NAMES, file_link
from report_writer.exporters.worksheets import (
    COPIED,
    COPIED_HEADS,
    COPIED_WIDTHS,
    copied_rows,
    list_sheet,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEADS = (
    "机关",
    "年度",
    "情况",
    "错误",
    "提醒",
    "建议",
    "说明",
    "提示",
    "来源",
    "草稿",
    "核对单",
    "全部文件",
)
_WIDTHS = (36, 8, 12, 6, 6, 6, 50, 50, 30, 30, 30, 40)
_FINDING_HEADS = ("机关", "年度", "级别", "位置", "意见", "怎么办", "来源")
_FINDING_WIDTHS = (36, 8, 8, 30, 70, 50, 30)
_DRAFT, _CHECKLIST = 10, 11
_LONGEST = 32_000
_SHEET_NAME = 31
# The year of a file's properties must be some year; it says nothing and never changes.
_WHEN = "2000-01-01T00:00:00Z"
_FILLS = {1: "FFF2CC", 2: "F8CBAD", 3: "F8CBAD", 4: "F8CBAD"}


def summary_xlsx(summary: BatchSummary, statuses: Mapping[str, str]) -> bytes:
    """Return the workbook; the same summary gives the same bytes."""
    from openpyxl import Workbook

    workbook = Workbook()
    first = workbook.active
    assert first is not None
    first.title = "汇总"
    rows = [_cells(row, statuses) for row in summary.rows]
    list_sheet(workbook, "汇总", _HEADS, rows, widths=_WIDTHS, sheet=first)
    _dress(first, summary.rows)
    if summary.changes is not None:
        changes = [(change.agency, change.what) for change in summary.changes]
        list_sheet(workbook, "与上次相比", ("机关", "变化"), changes, widths=(36, 80))
    for (code, name), found in _by_kind(summary.rows).items():
        lines = [_finding_cells(row, finding) for row, finding in found]
        title = re.sub(r"[\[\]:*?/\\]", "", f"{code} {name}")[:_SHEET_NAME]
        sheet = workbook.create_sheet(title)
        list_sheet(workbook, title, _FINDING_HEADS, lines, widths=_FINDING_WIDTHS, sheet=sheet)
        sheet.auto_filter.ref = sheet.dimensions
    if summary.copies is not None and summary.copies.clusters:
        lines = copied_rows(summary.copies)
        list_sheet(workbook, COPIED, COPIED_HEADS, lines, widths=COPIED_WIDTHS)
    stream = io.BytesIO()
    workbook.save(stream)
    return repacked(stream.getvalue(), when=_WHEN)


def _cells(row: BatchRow, statuses: Mapping[str, str]) -> Sequence[object]:
    counts = [row.count(severity) for severity in Severity]
    return (
        row.agency, row.year, statuses[row.status], *counts, row.problem[:_LONGEST],
        "\n".join(row.notes)[:_LONGEST], row.source, _draft_of(row), _checklist_of(row),
        "\n".join(row.files),
    )  # fmt: skip


def _finding_cells(row: BatchRow, finding: BatchFinding) -> Sequence[object]:
    return (
        row.agency, row.year, SEVERITY_NAMES[finding.severity], finding.place,
        finding.message[:_LONGEST], finding.hint[:_LONGEST], row.source,
    )  # fmt: skip


def _draft_of(row: BatchRow) -> str | None:
    return next((name for name in row.files if name != _checklist_of(row)), None)


def _checklist_of(row: BatchRow) -> str | None:
    return next((name for name in row.files if name.endswith(".核对单.docx")), None)


def _dress(sheet: "Worksheet", rows: Sequence[BatchRow]) -> None:
    """Colour the state of each row and link its files."""
    from openpyxl.styles import Font, PatternFill

    link = Font(color="0563C1", underline="single")
    for line, row in enumerate(rows, start=2):
        if colour := _FILLS.get(row.code):
            sheet.cell(line, 3).fill = PatternFill("solid", fgColor=colour)
        for column, name in ((_DRAFT, _draft_of(row)), (_CHECKLIST, _checklist_of(row))):
            if name is not None:
                sheet.cell(line, column).hyperlink = file_link(name)
                sheet.cell(line, column).font = link
    sheet.auto_filter.ref = sheet.dimensions


def _by_kind(
    rows: Sequence[BatchRow],
) -> dict[tuple[str, str], list[tuple[BatchRow, BatchFinding]]]:
    """Return the findings of all rows by rule, in the order of the rules' codes."""
    found: dict[tuple[str, str], list[tuple[BatchRow, BatchFinding]]] = {}
    for row in rows:
        for finding in row.findings:
            found.setdefault((finding.code, finding.name), []).append((row, finding))
    return dict(sorted(found.items()))
