"""The workbook of many agencies: one sheet, one row an agency, one column a figure.

Columns are found by their headings, so that a column may be moved; one that is unknown, doubled or
missing is refused by name. Totals are computed where the cell holds the formula of the form.
"""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from report_writer.domain.cells import BLANK, Cell, CellKind, Provenance
from report_writer.domain.report import Agency, AgencyKind, AnnualReport, Scope
from report_writer.forms import FORMS, Form, form_for_year
from report_writer.forms import workbook as book
from report_writer.readers.errors import ReadError
from report_writer.readers.figures import figure_cell, squeeze
from report_writer.readers.from_xlsx import compute_totals, constant_sum, form_report, spoken
from report_writer.readers.spreadsheet import Sheet, SheetCell, read_sheets

E = TypeVar("E", bound=StrEnum)
MOST_AGENCIES = 20_000


def read_workbook(path: Path) -> tuple[AnnualReport, ...]:
    """Return every report in a workbook: one for each row of many agencies, else that of the form.

    Raises ReadError naming file, sheet, row and column.
    """
    sheets = read_sheets(path)
    if book.MANY in sheets:
        return _ManyReader(path.name, sheets[book.MANY]).reports()
    return (form_report(path.name, sheets),)


class _ManyReader:
    """One sheet while it is read."""

    def __init__(self, file: str, sheet: Sheet) -> None:
        self.file, self.sheet = file, sheet
        self.fields: dict[str, int] = {}
        self.figures: dict[str, int] = {}

    def reports(self) -> tuple[AnnualReport, ...]:
        """Return the reports of all rows that name an agency or hold anything else."""
        top = self._heading_row()
        self._columns(self.sheet.rows[top])
        found: dict[tuple[str, int], str] = {}
        reports: list[AnnualReport] = []
        for row in self.sheet.rows[top + 1 :]:
            if not any(cell.text.strip() and not cell.formula for cell in row):
                continue
            report = self._report(row)
            key, place = (report.agency.name, report.year), row[0].place
            if key in found:
                raise self._error(row[0], f"{key[0]}{key[1]}年已经填过（{spoken(found[key])}）")
            found[key] = place
            reports.append(report)
            if len(reports) > MOST_AGENCIES:
                raise ReadError(f"{self.file}：超过{MOST_AGENCIES}个机关，请分成几个文件")
        if not reports:
            raise ReadError(f"{self.file}：工作表“{self.sheet.name}”没有填任何机关")
        return tuple(reports)

    def _heading_row(self) -> int:
        wanted = {squeeze(book.FIELDS[key][0]) for key in ("name", "year")}
        for i, row in enumerate(self.sheet.rows[:20]):
            if wanted <= {squeeze(cell.text) for cell in row}:
                return i
        names = "、".join(book.FIELDS[key][0] for key in ("name", "year"))
        raise ReadError(f"{self.file}：工作表“{self.sheet.name}”没有找到表头（{names}）")

    def _columns(self, heads: tuple[SheetCell, ...]) -> None:
        fields = {squeeze(book.FIELDS[key][0]): key for key in book.MANY_FIELDS}
        figures = {
            squeeze(book.many_heading(form, address)): address
            for form in FORMS.values()
            for address in book.many_addresses(form)
        }
        for j, cell in enumerate(heads):
            text = squeeze(cell.text)
            if not text:
                continue
            where, key = (
                (self.fields, fields[text]) if text in fields else (self.figures, figures.get(text))
            )
            if key is None:
                raise self._error(cell, f"“{cell.text.strip()[:40]}”不是填报表的栏目")
            if key in where:
                raise self._error(cell, f"“{cell.text.strip()[:40]}”一栏出现了两次")
            where[key] = j

    def _report(self, row: tuple[SheetCell, ...]) -> AnnualReport:
        name, year = self._field(row, "name"), self._field(row, "year")
        if not name.text.strip() or name.formula:
            raise self._error(name, "没有填机关名称")
        digits = squeeze(year.text).removesuffix("年")
        if year.formula or not (digits.isascii() and digits.isdigit() and len(digits) == 4):
            raise self._error(year, f"年度应为四位数字，实为“{year.text.strip()[:20]}”")
        form = form_for_year(int(digits))
        kind = self._choose(book.KINDS, self._field(row, "kind"))
        return AnnualReport(
            form=form.id,
            year=int(digits),
            agency=Agency(
                name=name.text.strip(),
                kind=kind,
                level=self._choose(book.LEVELS, self._field(row, "level")),
            ),
            scope=None if kind is AgencyKind.GOVERNMENT else Scope.OWN,
            tables=form.complete(self._cells(form, row)),
        )

    def _cells(self, form: Form, row: tuple[SheetCell, ...]) -> dict[str, Cell]:
        addresses = book.many_addresses(form)
        missing = [a for a in addresses if a not in self.figures]
        if missing:
            names = "、".join(f"“{book.many_heading(form, a)}”" for a in missing[:5])
            raise self._error(row[0], f"缺少{len(missing)}栏：{names}")
        totals = book.totals_of(form)
        zero = squeeze(self._field(row, "all_zero").text) == book.YES
        cells: dict[str, Cell] = {}
        computed: set[str] = set()
        for address in addresses:
            source = self._at(row, self.figures[address])
            origin = Provenance(
                file=self.file, sheet=self.sheet.name, place=source.place, raw=source.text
            )
            if source.formula and address in totals:
                cells[address] = BLANK.model_copy(update={"origin": origin})
                computed.add(address)
                continue
            cell = (
                constant_sum(Cell(kind=CellKind.BLANK, origin=origin), source.text)
                if source.formula
                else figure_cell(source.text, decimal=form.is_decimal(address), origin=origin)
            )
            if zero and cell.kind is CellKind.BLANK:
                cell = Cell.number(0, origin=origin)
            cells[address] = cell
        compute_totals(cells, totals, computed)
        return cells

    def _choose(self, choices: Mapping[E, str], cell: SheetCell) -> E | None:
        text = squeeze(cell.text)
        if not text:
            return None
        for value, label in choices.items():
            if text in (squeeze(label), str(value)):
                return value
        labels = "、".join(choices.values())
        raise self._error(cell, f"“{cell.text.strip()[:40]}”不在可选范围内（{labels}）")

    def _field(self, row: tuple[SheetCell, ...], key: str) -> SheetCell:
        return self._at(row, self.fields[key]) if key in self.fields else SheetCell("", "")

    def _at(self, row: tuple[SheetCell, ...], column: int) -> SheetCell:
        if column < len(row):
            return row[column]
        number = "".join(c for c in row[0].place if c.isdigit())
        return SheetCell("", f"第{number}行第{column + 1}列")

    def _error(self, cell: SheetCell, reason: str) -> ReadError:
        return ReadError(f"{self.file}：工作表“{self.sheet.name}”{spoken(cell.place)}：{reason}")
