"""The workbook beside a roll-up: sums with their contributors, every unit's figures, what to look into."""

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from report_writer.domain.cells import plain
from report_writer.domain.rollup import DoubtKind, RollupResult
from report_writer.exporters.atomic import write_whole
from report_writer.exporters.worksheets import (
    COPIED,
    COPIED_HEADS,
    COPIED_WIDTHS,
    clean_text,
    copied_rows,
    letter,
    printed,
)
from report_writer.forms import FORMS

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_MARKS = {
    DoubtKind.BLANK: "未填",
    DoubtKind.NOT_APPLICABLE: "填“/”",
    DoubtKind.ILLEGAL: "不是数字",
    DoubtKind.CONFLICT: "两份报告不一致",
}
_SEVERITY = {"error": "错误", "warning": "提醒", "advice": "建议"}


def write_rollup(
    result: RollupResult, path: str | Path, *, differences: Sequence[str], explained: Sequence[str]
) -> None:
    """Write the workbook, `.xlsx`; `differences` and `explained` are sentences. Raises WriteError."""
    write_whole(path, rollup_bytes(result, differences=differences, explained=explained))


def rollup_bytes(
    result: RollupResult, *, differences: Sequence[str], explained: Sequence[str]
) -> bytes:
    """Return the workbook. Streamed row by row: thousands of units stay small in memory."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    _summary(workbook, result, explained)
    if result.comparison is not None:
        rows = [[line] for line in differences] or [["没有差异"]]
        _sheet(workbook, "与本级表的差异", ["差异"], rows, [90])
    if result.copies is not None and result.copies.clusters:
        _sheet(workbook, COPIED, COPIED_HEADS, copied_rows(result.copies), COPIED_WIDTHS)
    _sums(workbook, result)
    _details(workbook, result)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _summary(workbook: "Workbook", result: RollupResult, explained: Sequence[str]) -> None:
    rollup, form = result.rollup, FORMS[result.rollup.form]
    rows: list[Sequence[object]] = [["提示", "已汇总", f"{len(rollup.contributors)}个单位", ""]]
    rows += [["错误", "没有读到", message, name] for name, message in result.unreadable.items()]
    rows += [
        [_SEVERITY[n.severity], "输入", n.message, "、".join(n.units)] for n in result.notices()
    ]
    rows += [["错误", "与本级表的差异", line, ""] for line in explained]
    for doubt in rollup.doubts:
        severity = _SEVERITY[doubt.severity]
        text = f"{form.place(doubt.address)}：{_MARKS[doubt.kind]} {doubt.raw}".strip()
        rows.append([severity, "待核实的格", text, doubt.unit])
    _sheet(workbook, "待核实", ["程度", "类别", "内容", "单位"], rows, [8, 16, 90, 30])


def _sums(workbook: "Workbook", result: RollupResult) -> None:
    rollup, form = result.rollup, FORMS[result.rollup.form]
    holding = Counter(
        address
        for unit in rollup.units
        if unit.tables is not None
        for address, cell in unit.tables.cells.items()
        if cell.value
    )
    unknown = Counter(doubt.address for doubt in rollup.doubts if doubt.unknown)
    rows = [
        [form.place(a), printed(rollup.tables[a]), rollup.known[a], holding[a], unknown[a], a]
        for a in form.addresses
        if a not in form.absent
    ]
    heads = ["数据项", "汇总数", "已填部分之和", "有数的单位", "未知的单位", "编号"]
    _sheet(workbook, "汇总数", heads, rows, [46, 12, 14, 12, 12, 46])


def _details(workbook: "Workbook", result: RollupResult) -> None:
    rollup, form = result.rollup, FORMS[result.rollup.form]
    shown = [a for a in form.addresses if a not in form.absent]
    rows = (
        [contributor.unit, "、".join(contributor.files), *(printed(unit.tables[a]) for a in shown)]
        for contributor, unit in zip(rollup.contributors, rollup.units, strict=True)
        if unit.tables is not None
    )
    heads = ["单位", "文件", *(form.place(a) for a in shown)]
    _sheet(workbook, "各单位明细", heads, rows, [34, 34])


def _sheet(
    workbook: "Workbook",
    name: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[object]],
    widths: Sequence[int],
) -> None:
    from openpyxl.cell import WriteOnlyCell

    sheet = workbook.create_sheet(name)
    sheet.freeze_panes = "A2"
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[letter(column)].width = width
    for row in chain([heads], rows):
        cells: list[object] = []
        for value in row:
            if isinstance(value, str):
                # NOTE: a text stays a text even where it begins with “=”.
                cell = WriteOnlyCell(sheet, value="")
                cell.value, cell.data_type = clean_text(value), "s"
                cells.append(cell)
            elif isinstance(value, Decimal):
                cells.append(_number(value))
            else:
                cells.append(value)
        sheet.append(cells)


def _number(value: Decimal) -> int | float | str:
    whole = value == value.to_integral_value()
    if len(value.as_tuple().digits) > 15:
        return plain(value)
    return int(value) if whole else float(value)
