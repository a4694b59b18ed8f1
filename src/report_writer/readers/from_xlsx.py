"""The Excel form, as the clerk gives it back.

Labels decide, not positions. Totals are computed from the inputs and never taken from the numbers
a spreadsheet program stored; a total typed over its formula is kept as typed, so that the checks
report it. What a cell may not hold is kept as an illegal cell; what makes the form unreadable is
refused with sheet and cell named.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from report_writer.domain.cells import BLANK, Cell, CellKind, Provenance, Tables
from report_writer.domain.report import (
    Acceptance,
    Agency,
    AgencyKind,
    AnnualReport,
    PreviousYear,
    ProcessingFee,
    RegisteredFact,
    Scope,
    Topic,
)
from report_writer.forms import FORMS, Form, form_for_year
from report_writer.forms import workbook as book
from report_writer.readers.errors import ReadError
from report_writer.readers.figures import figure_cell, squeeze
from report_writer.readers.grid import Slot, TableGrid
from report_writer.readers.spreadsheet import Sheet, SheetCell, read_sheets
from report_writer.readers.tables import read_tables

E = TypeVar("E", bound=StrEnum)
_CONSTANT_SUM = re.compile(r"=\s*\d{1,9}(?:\s*\+\s*\d{1,9}){0,50}\s*")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def read_xlsx(path: Path) -> AnnualReport:
    """Read the Excel form. Raises ReadError naming file, sheet and cell."""
    return form_report(path.name, read_sheets(path))


def form_report(file: str, sheets: Mapping[str, Sheet]) -> AnnualReport:
    """Return the report in the sheets of a workbook; `file` is its name in messages.

    Raises ReadError naming file, sheet and cell.
    """
    return _Form(file, sheets).report()


class _Form:
    """One workbook while it is read."""

    def __init__(self, file: str, sheets: Mapping[str, Sheet]) -> None:
        self.file = file
        self.sheets = sheets
        self.remarks: list[str] = []

    def report(self) -> AnnualReport:
        """Return the report in the workbook."""
        basics = self._basics()
        year = self._year(basics["year"], book.BASICS)
        form_id = basics["form"].text.strip() or form_for_year(year).id
        form = FORMS.get(form_id)
        if form is None:
            raise self._error(
                book.BASICS,
                basics["form"],
                f"不认识的报告格式“{form_id}”，可用：{'、'.join(FORMS)}",
            )
        if not basics["name"].text.strip():
            raise self._error(book.BASICS, basics["name"], "没有填机关名称")
        kind = self._choose(book.KINDS, basics["kind"])
        scope = self._choose(book.SCOPES, basics["scope"])
        return AnnualReport(
            form=form.id,
            year=year,
            agency=Agency(
                name=basics["name"].text.strip(),
                short_name=basics["short_name"].text or None,
                self_reference=basics["self_reference"].text or None,
                kind=kind,
                level=self._choose(book.LEVELS, basics["level"]),
                superior=basics["superior"].text or None,
            ),
            scope=scope or (None if kind is AgencyKind.GOVERNMENT else Scope.OWN),
            tables=self._tables(form, basics),
            facts=self._facts(book.FACTS),
            notes=self._notes(),
            previous=self._previous(),
            sections=self._sections(book.TEXT),
            processing_fee=self._fee(basics),
            accepted=self._accepted(),
            remarks=tuple(self.remarks),
        )

    # --- 基本情况 ------------------------------------------------------------------------------

    def _basics(self) -> dict[str, SheetCell]:
        sheet = self._sheet(book.BASICS)
        key_of = {squeeze(label): key for key, (label, _) in book.FIELDS.items()}
        found: dict[str, SheetCell] = {}
        for row in sheet.rows[1:]:
            if not row or not row[0].text.strip():
                continue
            key = key_of.get(squeeze(row[0].text))
            cell = row[1] if len(row) > 1 else SheetCell("", "B" + row[0].place[1:])
            if key is None:
                if cell.text.strip():
                    self.remarks.append(
                        f"工作表“{sheet.name}”{row[0].place}“{row[0].text.strip()}”不认识，没有读取"
                    )
                continue
            if key in found:
                raise self._error(sheet.name, row[0], f"“{row[0].text.strip()}”出现了两次")
            if cell.formula:
                raise self._error(sheet.name, cell, "这里是公式，请改填内容")
            found[key] = cell
        for key in ("name", "year"):
            if key not in found:
                raise ReadError(f"{self.file}：工作表“{sheet.name}”缺少“{book.FIELDS[key][0]}”一行")
        return {key: found.get(key, SheetCell("", "")) for key in book.FIELDS}

    def _year(self, cell: SheetCell, sheet: str) -> int:
        text = squeeze(cell.text).removesuffix("年")
        if not (text.isascii() and text.isdigit() and 1990 <= int(text[:5]) <= 2100):
            raise self._error(sheet, cell, f"年度应为四位数字，实为“{cell.text.strip()}”")
        return int(text)

    def _choose(
        self, choices: Mapping[E, str], cell: SheetCell, sheet: str = book.BASICS
    ) -> E | None:
        text = squeeze(cell.text)
        if not text:
            return None
        for value, label in choices.items():
            if text in (squeeze(label), value.value):
                return value
        raise self._error(
            sheet, cell, f"“{cell.text.strip()}”不在可选范围内（{'、'.join(choices.values())}）"
        )

    def _fee(self, basics: Mapping[str, SheetCell]) -> ProcessingFee | None:
        numbers = {
            name: self._amount(book.BASICS, basics[f"fee_{name}"])
            for name in ("notices", "charged", "collected")
        }
        unit = basics["fee_unit"].text.strip()
        if not unit and all(value is None for value in numbers.values()):
            return None
        return ProcessingFee(**numbers, unit=unit or "元")

    # --- tables --------------------------------------------------------------------------------

    def _tables(self, form: Form, basics: Mapping[str, SheetCell]) -> Tables | None:
        grids = [(table.key, self._grid(self._sheet(table.name))) for table in form.tables]
        cells, remarks = read_tables(grids, form)
        self.remarks += remarks
        zero = squeeze(basics["all_zero"].text) == book.YES
        totals = book.totals_of(form)
        formulas = {address: grid for address, grid in self._formulas(cells)}
        for address, text in formulas.items():
            if address not in totals:
                cells[address] = constant_sum(cells[address], text)
        if zero:
            for address, cell in cells.items():
                if (
                    cell.kind is CellKind.BLANK
                    and not (address in totals and address in formulas)
                    and address not in form.absent
                ):
                    cells[address] = Cell.number(0, origin=cell.origin)
        compute_totals(cells, totals, {a for a in formulas if a in totals})
        nothing = all(cell.kind is CellKind.BLANK for cell in cells.values())
        if nothing and squeeze(basics["tables"].text) == book.NONE:
            return None
        return form.complete(cells)

    def _grid(self, sheet: Sheet) -> TableGrid:
        helps = {
            j
            for row in sheet.rows
            for j, cell in enumerate(row)
            if squeeze(cell.text) == book.HELP_COLUMN
        }
        width = min(helps, default=max((len(row) for row in sheet.rows), default=0))
        lines: list[tuple[Slot | None, ...]] = []
        for i, row in enumerate(sheet.rows, start=1):
            slots = [Slot(cell.text, cell.place, formula=cell.formula) for cell in row[:width]]
            # NOTE: a worksheet has every cell; what was never written is empty, not missing.
            slots += [Slot("", f"第{i}行第{j + 1}列") for j in range(len(slots), width)]
            lines.append(tuple(slots))
        return TableGrid(rows=tuple(lines), file=self.file, sheet=sheet.name)

    def _formulas(self, cells: Mapping[str, Cell]) -> Iterator[tuple[str, str]]:
        for address, cell in cells.items():
            if cell.origin and cell.kind is CellKind.BLANK and cell.origin.raw.startswith("="):
                yield address, cell.origin.raw

    # --- lists ---------------------------------------------------------------------------------

    def _facts(self, name: str) -> tuple[RegisteredFact, ...]:
        facts: list[RegisteredFact] = []
        for row in self._rows(name, book.FACT_HEADS):
            label, value, unit, source, scope = row
            if not label.text.strip():
                raise self._error(name, label, "有数值而没有名称")
            amount = self._amount(name, value)
            if amount is None:
                raise self._error(name, value, f"“{label.text.strip()}”没有填数值")
            facts.append(
                RegisteredFact(
                    label=label.text,
                    value=amount,
                    unit=unit.text,
                    source=source.text,
                    scope=self._choose(book.SCOPES, scope, name),
                )
            )
        return tuple(facts)

    def _notes(self) -> dict[Topic, tuple[str, ...]]:
        notes: dict[Topic, tuple[str, ...]] = {}
        for topic, note in self._rows(book.NOTES, book.NOTE_HEADS):
            if not note.text.strip():
                continue
            key = self._choose(book.TOPICS, topic, book.NOTES)
            if key is None:
                raise self._error(book.NOTES, topic, "要点没有选主题")
            notes[key] = (*notes.get(key, ()), note.text)
        return notes

    def _sections(self, name: str) -> dict[str, str]:
        key_of = {squeeze(label): key for key, label in book.SECTIONS.items()}
        lines: dict[str, list[str]] = {}
        current = ""
        for part, text in self._rows(name, book.TEXT_HEADS):
            label = squeeze(part.text)
            if label == squeeze(book.CONTINUED) and current:
                lines[current][-1] += text.text
                continue
            if label not in key_of:
                raise self._error(name, part, f"“{part.text.strip()}”不是报告的部分")
            current = key_of[label]
            lines.setdefault(current, []).append(text.text)
        return {key: "\n".join(part) for key, part in lines.items()}

    def _accepted(self) -> tuple[Acceptance, ...]:
        rows = list(self._rows(book.ACCEPTED, book.ACCEPTED_HEADS))
        for _, _, reason in rows:
            if not reason.text.strip():
                raise self._error(book.ACCEPTED, reason, "没有填理由")
        return tuple(Acceptance(code=c.text, at=a.text, reason=r.text) for c, a, r in rows)

    def _previous(self) -> PreviousYear | None:
        sheet = self.sheets.get(book.LAST_YEAR)
        if sheet is None or not any(cell.text.strip() for row in sheet.rows for cell in row):
            return None
        top = {squeeze(row[0].text): row[1] for row in sheet.rows[:4] if len(row) > 1}
        if "年度" not in top:
            raise ReadError(f"{self.file}：工作表“{sheet.name}”没有填年度（第1行）")
        year = self._year(top["年度"], sheet.name)
        form_id = top["报告格式"].text.strip() if "报告格式" in top else form_for_year(year).id
        form = FORMS.get(form_id)
        cells: dict[str, Cell] = {}
        for _, _, _, value, address in self._rows(sheet.name, book.LAST_YEAR_HEADS):
            name = address.text.strip()
            known = form.addresses if form else [name] if name.count("/") == 2 else []
            if name not in known:
                raise self._error(sheet.name, address, f"“{name}”不是{form_id}的单元格编号")
            if name in cells:
                raise self._error(sheet.name, address, f"“{name}”出现了两次")
            origin = Provenance(file=self.file, sheet=sheet.name, place=value.place, raw=value.text)
            cells[name] = figure_cell(
                value.text, decimal=form is None or form.is_decimal(name), origin=origin
            )
        there = "有无表格" not in top or squeeze(top["有无表格"].text) != book.NONE
        tables = (form.complete(cells) if form else Tables(cells=cells)) if there else None
        return PreviousYear(
            year=year,
            form=form_id,
            tables=tables,
            facts=self._facts(book.LAST_FACTS),
            sections=self._sections(book.LAST_TEXT),
        )

    # --- cells ---------------------------------------------------------------------------------

    def _sheet(self, name: str) -> Sheet:
        if name not in self.sheets and book.MANY in self.sheets:
            raise ReadError(f"{self.file}：这是多个机关的汇总填报表，不是一个机关的报告")
        if name not in self.sheets:
            there = "、".join(self.sheets) or "无"
            raise ReadError(f"{self.file}：缺少工作表“{name}”（现有：{there}）")
        return self.sheets[name]

    def _rows(self, name: str, heads: Sequence[str]) -> Iterator[tuple[SheetCell, ...]]:
        """Yield the rows below the heading row, cells in the order of `heads`; empty rows are left out.

        A sheet that is not there has no rows; one whose headings are missing is refused.
        """
        sheet = self.sheets.get(name)
        if sheet is None:
            return
        wanted = [squeeze(head) for head in heads]
        lines = [[squeeze(cell.text) for cell in row] for row in sheet.rows]
        top = next(
            (i for i, texts in enumerate(lines) if all(head in texts for head in wanted)), None
        )
        if top is None:
            if any(text for texts in lines for text in texts):
                raise ReadError(f"{self.file}：工作表“{name}”没有找到表头（{'、'.join(heads)}）")
            return
        columns = [lines[top].index(head) for head in wanted]
        for number, row in enumerate(sheet.rows[top + 1 :], start=top + 2):
            cells = tuple(
                row[c] if c < len(row) else SheetCell("", f"第{number}行第{c + 1}列")
                for c in columns
            )
            if formula := next((cell for cell in cells if cell.formula), None):
                raise self._error(name, formula, "这里是公式，请改填内容")
            if any(cell.text.strip() for cell in cells):
                yield cells

    def _amount(self, sheet: str, cell: SheetCell) -> Decimal | None:
        text = squeeze(cell.text)
        if not text:
            return None
        if not _NUMBER.fullmatch(text) or len(text) > 24:
            raise self._error(sheet, cell, f"应为不小于0的数字，实为“{cell.text.strip()[:40]}”")
        return Decimal(text.replace(",", ""))

    def _error(self, sheet: str, cell: SheetCell, reason: str) -> ReadError:
        return ReadError(f"{self.file}：工作表“{sheet}”{spoken(cell.place)}：{reason}")


def constant_sum(cell: Cell, formula: str) -> Cell:
    """Return the value of a plain sum typed into an input cell; other formulas are illegal."""
    if not _CONSTANT_SUM.fullmatch(formula):
        return Cell.illegal(formula, origin=cell.origin)
    total = sum(int(part) for part in re.findall(r"\d+", formula))
    return Cell.number(total, remark=f"“{formula}”按{total}读取", origin=cell.origin)


def compute_totals(
    cells: dict[str, Cell], totals: Mapping[str, Sequence[str]], pending: set[str]
) -> None:
    """Put the sum of its parts into every total of `pending`, inner totals first."""
    while pending:
        ready = [a for a in pending if not pending & set(totals[a])]
        for address in ready:
            total = book.total_cell([cells.get(part, BLANK) for part in totals[address]])
            cells[address] = total.model_copy(update={"origin": cells[address].origin})
        pending -= set(ready)


def spoken(place: str) -> str:
    """Return a cell's place in words: C5 → 第5行第C列."""
    match = re.fullmatch(r"([A-Z]+)(\d+)", place)
    return f"第{match[2]}行第{match[1]}列" if match else place
