"""The workbook of many agencies to fill in: one row an agency, one column a figure."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from report_writer.exporters.atomic import write_whole
from report_writer.exporters.worksheets import choice, letter, put
from report_writer.forms import form_for_year
from report_writer.forms import workbook as book

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_TITLE = (
    "每行填一个机关；没有发生的填0，没有这项职能的填“/”，空着表示还没有填。"
    "灰底的合计由公式计算。全年没有任何数字的机关，把“全年均为零”填为“是”。"
)
_TOP = 2
_SPARE_ROWS = 500


def write_many_form(path: str | Path, agencies: Sequence[str], year: int) -> None:
    """Write the empty workbook for some agencies, `.xlsx`. Raises WriteError."""
    write_whole(path, many_form_bytes(agencies, year))


def many_form_bytes(agencies: Sequence[str], year: int) -> bytes:
    """Return the empty workbook; each agency has a row with its name, the year and its totals."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill

    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = book.MANY
    form = form_for_year(year)
    addresses = book.many_addresses(form)
    first = len(book.MANY_FIELDS) + 1
    column = {address: first + i for i, address in enumerate(addresses)}
    put(sheet, 1, 1, _TITLE)
    heads = [book.FIELDS[key][0] for key in book.MANY_FIELDS]
    heads += [book.many_heading(form, address) for address in addresses]
    for j, text in enumerate(heads, start=1):
        put(sheet, _TOP, j, text)
        head = sheet.cell(_TOP, j)
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[letter(j)].width = 30 if j == 1 else 13
    sheet.row_dimensions[_TOP].height = 90
    grey = PatternFill("solid", fgColor="EDEDED")
    totals = {a: parts for a, parts in book.totals_of(form).items() if a in column}
    for row, agency in enumerate(agencies, start=_TOP + 1):
        put(sheet, row, 1, agency)
        put(sheet, row, 2, year)
        for address, parts in totals.items():
            sum_cell = sheet.cell(row, column[address])
            sum_cell.value = _formula([f"{letter(column[part])}{row}" for part in parts], row)
            sum_cell.fill = grey
    _choices(sheet)
    sheet.freeze_panes = f"{letter(first)}{_TOP + 1}"
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _formula(places: Sequence[str], row: int) -> str:
    cells = ",".join(places)
    zero = f"{letter(book.MANY_FIELDS.index('all_zero') + 1)}{row}"
    return f'=IF(OR(COUNT({cells})={len(places)},{zero}="{book.YES}"),SUM({cells}),"")'


def _choices(sheet: "Worksheet") -> None:
    offered = {
        "kind": list(book.KINDS.values()),
        "level": list(book.LEVELS.values()),
        "all_zero": [book.YES, book.NO],
    }
    for key, values in offered.items():
        name = letter(book.MANY_FIELDS.index(key) + 1)
        choice(sheet, values, f"{name}{_TOP + 1}:{name}{_TOP + _SPARE_ROWS}")
