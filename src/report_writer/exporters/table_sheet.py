"""One of the three tables as a worksheet of the Excel form."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from report_writer.domain.cells import Cell, Tables
from report_writer.exporters.worksheets import fit_to_width, letter, printed, put
from report_writer.forms import Form
from report_writer.forms import workbook as book
from report_writer.forms._form import Row

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


class TableSheet:
    """Writes one table: labels, inputs, totals, help, validation and warning colours."""

    TOP = 3

    def __init__(self, sheet: "Worksheet", form: Form, key: str, tables: Tables, zero: str) -> None:
        self.sheet = sheet
        self.form = form
        self.table = form.table_by_key[key]
        self.tables = tables
        self.zero = zero
        self.totals = book.totals_of(form)
        self.where = {
            cell.address: (self.TOP + cell.row, 1 + cell.column)
            for cell in self.table.grid.cells
            if cell.address
        }

    def write(self) -> None:
        """Fill the sheet."""
        section = next(s for s in self.form.sections if s.table == self.table.key)
        put(self.sheet, 1, 1, f"{self.table.name}　{section.heading.split('、', 1)[1]}")
        put(self.sheet, 2, 1, "没有的填0，不适用的填“/”；空着表示还没有填")
        self._labels()
        for address, (row, column) in self.where.items():
            self._figure(address, row, column)
        self._help()
        self._validation()
        self._colours()
        self.sheet.protection.sheet = True
        self.sheet.protection.formatColumns = False
        self.sheet.protection.formatRows = False

    def _labels(self) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        side = Side(style="thin")
        border = Border(left=side, right=side, top=side, bottom=side)
        grid = self.table.grid
        for cell in grid.cells:
            row, column = self.TOP + cell.row, 1 + cell.column
            if not cell.address:
                put(self.sheet, row, column, cell.text)
            if cell.rowspan > 1 or cell.colspan > 1:
                self.sheet.merge_cells(
                    start_row=row,
                    start_column=column,
                    end_row=row + cell.rowspan - 1,
                    end_column=column + cell.colspan - 1,
                )
        centre = Alignment(horizontal="center", vertical="center", wrap_text=True)
        grey = PatternFill("solid", fgColor="EDEDED")
        for row in range(self.TOP, self.TOP + grid.rows):
            for column in range(1, grid.columns + 1):
                place = self.sheet.cell(row, column)
                place.border, place.alignment, place.fill = border, centre, grey
        self.sheet.cell(1, 1).font = Font(bold=True, size=14)
        widths = {"proactive": (26, 22), "requests": (14, 13), "remedies": (10, 10)}[self.table.key]
        for column in range(1, grid.columns + 1):
            self.sheet.column_dimensions[letter(column)].width = widths[0 if column == 1 else 1]
        if self.table.key == "requests":
            self.sheet.column_dimensions["C"].width = 46
            self.sheet.freeze_panes = "D6"
        for line in range(self.TOP, self.TOP + grid.rows):
            self.sheet.row_dimensions[line].height = 22
        for entry in self.table.rows:
            long = len(entry.printed[-1]) > 22 or len(entry.article + entry.help) > 22
            if long and (line := self._line(entry)):
                self.sheet.row_dimensions[line].height = 34
        self.sheet.page_setup.orientation = "landscape"
        fit_to_width(self.sheet)

    def _line(self, row: Row) -> int:
        """Return the line a row stands in, 0 where this form does not print it."""
        return self.where.get(f"{self.table.key}/{row.key}/{row.columns[0]}", (0, 0))[0]

    def _figure(self, address: str, row: int, column: int) -> None:
        from openpyxl.styles import PatternFill, Protection

        cell = self.tables[address]
        parts = self.totals.get(address)
        if parts is not None and _same(cell, book.total_cell([self.tables[p] for p in parts])):
            self.sheet.cell(row, column).value = self._formula(parts)
            return
        put(self.sheet, row, column, printed(cell))
        place = self.sheet.cell(row, column)
        place.protection = Protection(locked=False)
        place.fill = PatternFill()

    def _formula(self, parts: Sequence[str]) -> str:
        block = self._range(parts)
        return (
            f'=IF(OR(COUNT({block})={len(parts)},{self.zero}="{book.YES}"),SUM({block}),'
            f'IF(COUNTIF({block},"/")={len(parts)},"/",""))'
        )

    def _range(self, addresses: Sequence[str]) -> str:
        """Return the block of cells the addresses fill, `D4:I4`; they stand side by side."""
        places = [self.where[a] for a in addresses]
        (top, left), (bottom, right) = min(places), max(places)
        assert (bottom - top + 1) * (right - left + 1) == len(places)
        return f"{letter(left)}{top}:{letter(right)}{bottom}"

    def _help(self) -> None:
        from openpyxl.styles import Alignment

        column = self.table.grid.columns + 2
        put(self.sheet, self.TOP, column, book.HELP_COLUMN)
        self.sheet.column_dimensions[letter(column)].width = 48
        for row in self.table.rows:
            text = "；".join(part for part in (row.article, row.help) if part)
            line = self._line(row)
            if text and line and self.table.key != "remedies":
                put(self.sheet, line, column, text)
                self.sheet.cell(line, column).alignment = Alignment(
                    wrap_text=True, vertical="center"
                )

    def _validation(self) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        for address, (row, column) in self.where.items():
            if address in self.totals:
                continue
            here = f"{letter(column)}{row}"
            decimal = self.form.is_decimal(address)
            whole = "" if decimal else f",{here}=INT({here})"
            rule = DataValidation(
                type="custom",
                formula1=f'OR({here}="/",IF(ISNUMBER({here}),AND({here}>=0{whole}),FALSE))',
                allow_blank=True,
                showErrorMessage=True,
                errorTitle="不能这样填",
                error=f"请填{'不小于0的数（万元，可有小数）' if decimal else '不小于0的整数'}，不适用填“/”",
            )
            rule.add(here)
            self.sheet.add_data_validation(rule)

    def _colours(self) -> None:
        for total, parts in self.totals.items():
            if total not in self.where:
                continue
            here = f"{letter(self.where[total][1])}{self.where[total][0]}"
            block = self._range(parts)
            rule = f"AND(COUNT({block})={len(parts)},{here}<>SUM({block}))"
            self._red(here, rule)
        for tie in (e for e in self.form.reconciliations if len(e.right) > 1):
            if tie.table != self.table.key:
                continue
            for column in self.table.columns:
                left, right = (
                    [
                        f"${letter(c)}${r}"
                        for r, c in (self.where[f"{tie.table}/{k}/{column.key}"] for k in keys)
                    ]
                    for keys in (tie.left, tie.right)
                )
                both = ",".join([*left, *right])
                rule = f"AND(COUNT({both})={len(left) + len(right)},{'+'.join(left)}<>{'+'.join(right)})"
                for here in (*left, *right):
                    self._red(here.replace("$", ""), rule)

    def _red(self, where: str, formula: str) -> None:
        from openpyxl.formatting.rule import Rule
        from openpyxl.styles import PatternFill
        from openpyxl.styles.differential import DifferentialStyle

        style = DifferentialStyle(fill=PatternFill("solid", bgColor="FF9999"))
        self.sheet.conditional_formatting.add(
            where, Rule(type="expression", dxf=style, formula=[formula])
        )


def _same(left: Cell, right: Cell) -> bool:
    return left.kind is right.kind and left.value == right.value
