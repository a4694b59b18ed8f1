"""The workbook of many agencies."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from report_writer.app.services import new_form
from report_writer.domain.cells import CellKind
from report_writer.domain.report import AgencyKind, AnnualReport
from report_writer.exporters.many_sheet import write_many_form
from report_writer.forms import OGI_2019, OGI_2021
from report_writer.forms.workbook import (
    FIELDS,
    MANY,
    MANY_FIELDS,
    many_addresses,
    many_heading,
    totals_of,
)
from report_writer.readers import from_xlsx_many
from report_writer.readers.dispatch import read, read_all
from report_writer.readers.errors import ReadError
from report_writer.readers.figures import figure_cell
from report_writer.readers.from_xlsx_many import _ManyReader, read_workbook
from report_writer.readers.spreadsheet import Sheet, SheetCell, read_sheets

AGENCIES = ["清河市水利局", "清河市财政局", "清河市大桥镇人民政府"]
FIRST_FIGURE = 6


def filled(
    path: Path, edit: Callable[[Any], None], *, year: int = 2024
) -> tuple[AnnualReport, ...]:
    write_many_form(path, AGENCIES, year)
    workbook = load_workbook(path)
    edit(workbook[MANY])
    workbook.save(path)
    return read_workbook(path)


def column(sheet: Any, heading: str) -> int:
    return next(cell.column for cell in sheet[2] if cell.value == heading)


def number_everything(sheet: Any) -> None:
    """Every input cell of every row gets another number."""
    for row in range(3, 3 + len(AGENCIES)):
        for j in range(FIRST_FIGURE, sheet.max_column + 1):
            if sheet.cell(row, j).value is None:
                sheet.cell(row, j).value = 1000 * row + j


@pytest.mark.parametrize(("year", "form"), [(2024, OGI_2021), (2020, OGI_2019)])
def test_every_row_is_a_report(tmp_path: Path, year: int, form: Any) -> None:
    reports = filled(tmp_path / "a.xlsx", number_everything, year=year)
    assert [r.agency.name for r in reports] == AGENCIES
    addresses = [a for a in form.addresses if a not in form.absent]
    totals = totals_of(form)
    for row, report in enumerate(reports, start=3):
        assert (report.year, report.form) == (year, form.id)
        assert report.tables is not None
        for i, address in enumerate(addresses):
            value = report.tables.value(address)
            if address in totals:
                assert value == sum(report.tables.value(p) or 0 for p in totals[address])
            else:
                assert value == 1000 * row + FIRST_FIGURE + i
        assert {a for a in form.addresses if report.tables[a].kind is CellKind.BLANK} == form.absent


def test_an_empty_row_is_blank_and_the_switch_makes_it_nought(tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        sheet.cell(3, column(sheet, "全年均为零")).value = "是"
        sheet.cell(3, column(sheet, "机关类型")).value = "部门"

    zero, blank, _ = filled(tmp_path / "a.xlsx", edit)
    assert zero.tables is not None and blank.tables is not None
    assert {cell.value for cell in zero.tables.cells.values()} == {Decimal(0)}
    assert zero.agency.kind is AgencyKind.DEPARTMENT
    assert {cell.kind for cell in blank.tables.cells.values()} == {CellKind.BLANK}


def test_a_moved_column_is_found_by_its_heading(tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        number_everything(sheet)
        left, right = (
            column(sheet, "表二·规章·本年制发件数"),
            column(sheet, "表二·规章·本年废止件数"),
        )
        for row in range(2, 6):
            a, b = sheet.cell(row, left), sheet.cell(row, right)
            a.value, b.value = b.value, a.value

    report = filled(tmp_path / "a.xlsx", edit)[0]
    assert report.tables is not None
    assert report.tables.value("proactive/rules/issued") == 3000 + FIRST_FIGURE
    origin = report.tables["proactive/rules/issued"].origin
    assert str(origin) == "a.xlsx 汇总填报 G3"


def test_what_a_cell_may_not_hold_stays_illegal(tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        sheet.cell(3, FIRST_FIGURE).value = "约3"
        sheet.cell(3, FIRST_FIGURE + 1).value = "=A1+1"
        sheet.cell(3, FIRST_FIGURE + 2).value = "=2+3"

    tables = filled(tmp_path / "a.xlsx", edit)[0].tables
    assert tables is not None
    kinds = [tables[f"proactive/rules/{c}"].kind for c in ("issued", "repealed", "in_force")]
    assert kinds == [CellKind.ILLEGAL, CellKind.ILLEGAL, CellKind.NUMBER]
    assert tables.value("proactive/rules/in_force") == 5


def set_cell(row: int, at: int, value: object) -> Callable[[Any], None]:
    def edit(sheet: Any) -> None:
        sheet.cell(row, at).value = value

    return edit


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (set_cell(4, 1, AGENCIES[0]), "第4行第A列：清河市水利局2024年已经填过（第3行第A列）"),
        (set_cell(4, 1, None), "第4行第A列：没有填机关名称"),
        (set_cell(4, 2, "去年"), "第4行第B列：年度应为四位数字，实为“去年”"),
        (set_cell(4, 3, "公司"), "第4行第C列：“公司”不在可选范围内"),
        (set_cell(2, 7, "表二·规章·数量"), "第2行第G列：“表二·规章·数量”不是填报表的栏目"),
        (set_cell(2, 7, "表二·规章·本年制发件数"), "第2行第G列：“表二·规章·本年制发件数”一栏出现了两次"),
        (set_cell(2, 7, None), "第3行第A列：缺少1栏：“表二·规章·本年废止件数”"),
        (set_cell(2, 1, "单位"), "没有找到表头（机关名称、年度）"),
        (lambda sheet: sheet.delete_rows(3, 3), "没有填任何机关"),
    ],
)  # fmt: skip
def test_what_is_doubtful_is_refused(
    tmp_path: Path, edit: Callable[[Any], None], message: str
) -> None:
    with pytest.raises(ReadError) as caught:
        filled(tmp_path / "a.xlsx", edit)
    assert caught.value.message.startswith("a.xlsx：")
    assert message in caught.value.message


def test_the_form_of_one_agency_is_one_report_and_the_file_is_opened_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def counted(path: Path) -> dict[str, Sheet]:
        opened.append(path)
        return read_sheets(path)

    monkeypatch.setattr(from_xlsx_many, "read_sheets", counted)
    new_form(tmp_path / "a.xlsx", agencies=["清河市水利局"], year=2024)
    (report,) = read_all(tmp_path / "a.xlsx")
    assert report.agency.name == "清河市水利局"
    assert len(opened) == 1


# What a clerk, or another program, may leave in a cell.
TEXTS = st.sampled_from(
    ["", "0", "7", "１２", "3,456", "/", "-1", "1.5", "无", "=1+2", "=SUM(A1:B2)", "7件", "9" * 40,
     "清河市水利局", "2024", "总计", "<b>", "\u202e3", "1 2", "#REF!"]
)  # fmt: skip


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """Headings in any order, one or two lost or doubled; rows of anything, some cut short."""
    figures = [many_heading(OGI_2021, a) for a in many_addresses(OGI_2021)]
    heads = [FIELDS[key][0] for key in MANY_FIELDS] + figures
    if draw(st.booleans()):
        heads = draw(st.permutations(heads))
    for _ in range(draw(st.integers(0, 1))):
        i = draw(st.integers(0, len(heads) - 1))
        heads = [*heads[:i], *draw(st.sampled_from([[], ["备注"], [heads[0]]])), *heads[i + 1 :]]
    rows = []
    for number in range(draw(st.integers(1, 3))):
        row = [
            draw(TEXTS) if draw(st.integers(0, 9)) == 0 else str(1000 + j)
            for j in range(len(heads))
        ]
        for key, text in (
            ("name", f"机关{number}"),
            ("year", "2024"),
            ("kind", ""),
            ("level", ""),
            ("all_zero", ""),
        ):
            if FIELDS[key][0] in heads:
                row[heads.index(FIELDS[key][0])] = text
        rows.append(row[: draw(st.sampled_from([len(row), len(row), 40]))])
    return heads, rows


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheets())
def test_every_figure_is_the_one_under_its_heading_or_none(
    drawn: tuple[list[str], list[list[str]]],
) -> None:
    heads, rows = drawn
    lines = [["填报说明"], heads, *rows]
    cells = tuple(
        tuple(
            SheetCell(t, f"{get_column_letter(j)}{i}", t.startswith("="))
            for j, t in enumerate(line, 1)
        )
        for i, line in enumerate(lines, 1)
    )
    try:
        reports = _ManyReader("a.xlsx", Sheet(MANY, cells)).reports()
    except ReadError as error:
        assert error.message.startswith("a.xlsx：工作表“汇总填报”")
        return
    totals = totals_of(OGI_2021)
    for report, row in zip(reports, rows, strict=True):
        assert report.tables is not None
        for address in OGI_2021.addresses:
            at = heads.index(many_heading(OGI_2021, address))
            text = row[at] if at < len(row) else ""
            cell = report.tables[address]
            if address in totals and text.startswith("="):
                continue
            wanted = figure_cell(text, decimal=OGI_2021.is_decimal(address))
            assert cell.value == (3 if text == "=1+2" else wanted.value)
            assert cell.origin is None or cell.origin.raw == text


def test_a_workbook_of_many_is_not_read_as_one(tmp_path: Path) -> None:
    write_many_form(tmp_path / "a.xlsx", AGENCIES, 2024)
    with pytest.raises(ReadError, match="多个机关的汇总填报表"):
        read(tmp_path / "a.xlsx")
