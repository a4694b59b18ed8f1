"""Writing into a worksheet: values, lists of rows, choices."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from report_writer.domain.cells import Cell, CellKind
from report_writer.domain.copies import Copies

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """Return text without the characters a workbook cannot hold."""
    return _ILLEGAL.sub("", text)


def put(sheet: "Worksheet", row: int, column: int, value: object) -> None:
    """Write a value; a text stays a text even where it begins with “=”."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = clean_text(value)
        cell.data_type = "s"
    elif isinstance(value, Decimal):
        exact = len(value.as_tuple().digits) <= 15 and Decimal(repr(float(value))) == value
        whole = value == value.to_integral_value()
        if not exact:
            put(sheet, row, column, format(value, "f"))
            return
        cell.value = int(value) if whole else float(value)
    elif value is not None:
        assert isinstance(value, int)
        cell.value = value


def letter(column: int) -> str:
    """Return the letters of a column: 1 → A."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)


def printed(cell: Cell) -> object:
    """Return what a worksheet cell holds for a figure: a number, a text, or nothing."""
    if cell.kind is CellKind.NUMBER:
        return cell.value
    return cell.text or None


def list_sheet(
    workbook: "Workbook",
    name: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    widths: Sequence[int],
    sheet: "Worksheet | None" = None,
) -> None:
    """Write a sheet of rows under a heading row, into `sheet` where one is given."""
    from openpyxl.styles import Alignment, Font

    sheet = sheet or workbook.create_sheet(name)
    for column, text in enumerate(heads, start=1):
        put(sheet, 1, column, text)
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[letter(column)].width = widths[column - 1]
    for line, values in enumerate(rows, start=2):
        for column, value in enumerate(values, start=1):
            put(sheet, line, column, value)
            sheet.cell(line, column).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    fit_to_width(sheet)


def fit_to_width(sheet: "Worksheet") -> None:
    """Let a sheet print as wide as one page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def choice(sheet: "Worksheet", values: Sequence[str], where: str) -> None:
    """Offer a list of values in some cells."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1='"' + ",".join(values) + '"', allow_blank=True)
    rule.add(where)
    sheet.add_data_validation(rule)


COPIED = "雷同段落"
COPIED_HEADS = ("组", "机关", "与组内第一段的相似度", "段落", "来源")
COPIED_WIDTHS = (6, 30, 12, 90, 34)


def copied_rows(copies: Copies) -> list[Sequence[object]]:
    """Return the rows of the sheet of alike paragraphs; the last one says how they were found."""
    rows: list[Sequence[object]] = [
        (number, member.agency, f"{member.likeness:.0%}", member.at.quote[:32_000], member.source)
        for number, cluster in enumerate(copies.clusters, start=1)
        for member in cluster.members
    ]
    return [*rows, ("", "方法", "", copies.method, "")]
