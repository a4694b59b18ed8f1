"""The Excel form as it comes back from the clerk."""

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from report_writer.domain.cells import Cell, CellKind
from report_writer.domain.report import Agency, AnnualReport, RegisteredFact, Topic
from report_writer.exporters.to_xlsx import form_bytes, write_form
from report_writer.forms import OGI_2021, TableForm
from report_writer.forms.workbook import totals_of
from report_writer.readers.errors import ReadError
from report_writer.readers.from_xlsx import read_xlsx

Edit = Callable[[Any], None]
ZEROS = {a: Cell.number(0) for a in OGI_2021.addresses}


def report(cells: dict[str, Cell] | None = None) -> AnnualReport:
    return AnnualReport(
        form="ogi_2021",
        year=2024,
        agency=Agency(name="清河市水利局"),
        tables=OGI_2021.complete(ZEROS if cells is None else cells),
        facts=(RegisteredFact(label="发布信息", value=Decimal(213), unit="条"),),
        notes={Topic.PROACTIVE: ("设立公开栏",)},
    )


def edited(path: Path, edit: Edit, base: AnnualReport | None = None) -> AnnualReport:
    """Write the form, change it as a clerk would, read it."""
    write_form(path, base or report())
    workbook = load_workbook(path)
    edit(workbook)
    workbook.save(path)
    return read_xlsx(path)


def at(workbook: Workbook, address: str) -> Any:
    """The worksheet cell of a figure."""
    table = OGI_2021.table_by_key[address.split("/")[0]]
    cell = next(c for c in table.grid.cells if c.address == address)
    return workbook[table.name].cell(3 + cell.row, 1 + cell.column)


def test_totals_are_computed_from_the_inputs(tmp_path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        at(workbook, "requests/received/company").value = 4
        at(workbook, "requests/disclosed/company").value = 3
        at(workbook, "requests/carried_forward/company").value = 1

    tables = edited(tmp_path / "a.xlsx", edit).tables
    assert tables is not None
    values = {
        a: tables.value(a)
        for a in ("requests/received/total", "requests/disposed/company", "requests/disposed/total")
    }
    assert list(values.values()) == [4, 3, 3]


def test_a_total_typed_over_its_formula_is_kept_as_typed(tmp_path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        at(workbook, "requests/received/total").value = 9

    tables = edited(tmp_path / "a.xlsx", edit).tables
    assert tables is not None
    assert tables.value("requests/received/total") == 9


def test_a_total_with_an_unknown_part_is_unknown(tmp_path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        at(workbook, "requests/received/company").value = None

    tables = edited(tmp_path / "a.xlsx", edit).tables
    assert tables is not None
    assert tables["requests/received/total"].kind is CellKind.BLANK
    assert tables["requests/disposed/total"].value == 0


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("若干", CellKind.ILLEGAL, None),
        (-2, CellKind.ILLEGAL, None),
        (1.5, CellKind.ILLEGAL, None),
        ("=Sheet9!A1", CellKind.ILLEGAL, None),
        ("=3+4", CellKind.NUMBER, 7),
        ("１２", CellKind.NUMBER, 12),
        ("3,456", CellKind.NUMBER, 3456),
        (5.0, CellKind.NUMBER, 5),
        ("/", CellKind.NOT_APPLICABLE, None),
        (None, CellKind.BLANK, None),
        ("  ", CellKind.BLANK, None),
    ],
)
def test_what_a_clerk_may_type(
    tmp_path: Path, typed: object, kind: CellKind, value: int | None
) -> None:
    def edit(workbook: Workbook) -> None:
        at(workbook, "requests/received/company").value = typed

    tables = edited(tmp_path / "a.xlsx", edit).tables
    assert tables is not None
    cell = tables["requests/received/company"]
    assert (cell.kind, cell.value) == (kind, value)
    assert cell.origin is not None and str(cell.origin) == "a.xlsx 表三 E6"


def test_the_switch_reads_blanks_as_zero(tmp_path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        sheet = workbook["基本情况"]
        row = next(r for r in range(1, 30) if sheet.cell(r, 1).value == "全年均为零")
        sheet.cell(row, 2).value = "是"

    tables = edited(tmp_path / "a.xlsx", edit, report({})).tables
    assert tables is not None
    assert [cell.value for cell in tables.cells.values()] == [Decimal(0)] * 200


def test_rows_in_another_order_are_read_by_label(tmp_path: Path) -> None:
    def edit(workbook: Workbook) -> None:
        sheet = workbook["基本情况"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_col=2)]
        for i, values in enumerate(reversed(rows), start=2):
            for j, value in enumerate(values, start=1):
                sheet.cell(i, j).value = value

    back = edited(tmp_path / "a.xlsx", edit)
    assert (back.agency.name, back.year) == ("清河市水利局", 2024)


def remove(name: str) -> Edit:
    return lambda workbook: workbook.remove(workbook[name])


def basics(label: str, value: object) -> Edit:
    def edit(workbook: Workbook) -> None:
        sheet = workbook["基本情况"]
        row = next(r for r in range(1, 30) if sheet.cell(r, 1).value == label)
        sheet.cell(row, 2).value = value

    return edit


def put(sheet: str, row: int, column: int, value: object) -> Edit:
    def edit(workbook: Workbook) -> None:
        workbook[sheet].cell(row, column).value = value

    return edit


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (remove("表三"), "缺少工作表“表三”"),
        (remove("基本情况"), "缺少工作表“基本情况”"),
        (basics("年度", "去年"), "工作表“基本情况”第8行第B列：年度应为四位数字，实为“去年”"),
        (basics("机关名称", None), "没有填机关名称"),
        (basics("机关类型", "公司"), "“公司”不在可选范围内"),
        (basics("报告格式", "ogi_1999"), "不认识的报告格式“ogi_1999”"),
        (
            put("补充事实", 2, 2, "很多"),
            "工作表“补充事实”第2行第B列：应为不小于0的数字，实为“很多”",
        ),
        (put("补充事实", 2, 1, None), "有数值而没有名称"),
        (put("工作要点", 2, 1, "别的"), "“别的”不在可选范围内"),
        (put("工作要点", 1, 1, "甲"), "没有找到表头"),
        (put("表三", 6, 1, "本年别的数量"), "表三 A6：“本年别的数量”有数字，但不是本表的行名"),
        (put("表三", 5, 5, "甲"), "表三 .*表头应有"),
    ],
)
def test_an_unreadable_form_is_refused_with_sheet_and_cell(
    tmp_path: Path, edit: Edit, message: str
) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        edited(tmp_path / "a.xlsx", edit)
    assert caught.value.message.startswith("a.xlsx")


def test_a_sheet_that_only_adds_is_not_needed(tmp_path: Path) -> None:
    assert edited(tmp_path / "a.xlsx", remove("补充事实")).facts == ()


def rezipped(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    source = zipfile.ZipFile(io.BytesIO(form_bytes(report())))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, change(name, source.read(name)))
    return path


def sheet_change(
    old: bytes, new: bytes, member: str = "xl/worksheets/sheet4.xml"
) -> Callable[[str, bytes], bytes]:
    def change(name: str, data: bytes) -> bytes:
        if name != member:
            return data
        assert old in data
        return data.replace(old, new, 1)

    return change


def test_two_sheets_of_one_name_are_refused(tmp_path: Path) -> None:
    change = sheet_change('name="表二"'.encode(), 'name="表三 "'.encode(), "xl/workbook.xml")
    with pytest.raises(ReadError, match="两个工作表同名（“表三 ”和“表三”）"):
        read_xlsx(rezipped(tmp_path / "a.xlsx", change))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            b"</sheetData>",
            b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>',
            "第1048576行",
        ),
        (b"</sheetData>", b"<row/>" * 300_001 + b"</sheetData>", "超过100000行"),
        (b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', "不允许的声明"),
        (b"<sheetData>", b"<sheetData><<<", "已损坏"),
    ],
)
def test_dangerous_sheets_are_refused(tmp_path: Path, old: bytes, new: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_xlsx(rezipped(tmp_path / "a.xlsx", sheet_change(old, new)))


def test_a_merge_over_the_whole_sheet_does_no_harm(tmp_path: Path) -> None:
    change = sheet_change(
        b"<mergeCells", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><x'
    )
    path = rezipped(tmp_path / "a.xlsx", change)
    try:
        assert read_xlsx(path).year == 2024
    except ReadError as error:
        assert error.message.startswith("a.xlsx")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "文件是空的"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"0" * 600, "旧版格式或加密的 Excel 文件"),
        (b"a,b,c", "不是有效的 Excel 文件"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=message):
        read_xlsx(path)


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    with pytest.raises(ReadError, match="文件过大（200 MB）"):
        read_xlsx(path)


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    Workbook().save(path)
    with pytest.raises(ReadError, match="缺少工作表“基本情况”（现有：Sheet）"):
        read_xlsx(path)


@pytest.mark.parametrize("text", ["二十", "待补", "#REF!"])
@pytest.mark.parametrize("table", OGI_2021.tables, ids=lambda table: table.key)
def test_words_in_any_input_cell_are_illegal_there_and_move_nothing(
    tmp_path: Path, table: TableForm, text: str
) -> None:
    numbers = {a: Cell.number(i) for i, a in enumerate(OGI_2021.addresses, start=1)}
    path = tmp_path / "a.xlsx"
    write_form(path, report(numbers))
    inputs = [
        c.address for c in table.grid.cells if c.address and c.address not in totals_of(OGI_2021)
    ]
    for address in (inputs[0], inputs[1], inputs[3], inputs[-1]):
        workbook = load_workbook(path)
        at(workbook, address).value = text
        workbook.save(tmp_path / "b.xlsx")
        tables = read_xlsx(tmp_path / "b.xlsx").tables
        assert tables is not None
        for other in (a for a in OGI_2021.addresses if a not in totals_of(OGI_2021)):
            cell = tables[other]
            assert (cell.kind, cell.raw or cell.value) == (
                (CellKind.ILLEGAL, text)
                if other == address
                else (CellKind.NUMBER, numbers[other].value)
            )
