"""The Excel form as it is handed out."""

import time
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook

from report_writer.domain.cells import BLANK, NOT_APPLICABLE, Cell
from report_writer.domain.report import Agency, AnnualReport, RegisteredFact, Scope
from report_writer.exporters.atomic import WriteError
from report_writer.exporters.to_xlsx import form_bytes, write_form
from report_writer.forms import OGI_2021
from report_writer.forms.workbook import form_from_previous, total_cell, totals_of


def written(path: Path, report: AnnualReport) -> Workbook:
    write_form(path, report)
    return load_workbook(path)


def report(**rest: object) -> AnnualReport:
    agency = Agency(name="清河市水利局", short_name="市水利局")
    values = {
        "form": "ogi_2021",
        "year": 2024,
        "agency": agency,
        "tables": OGI_2021.complete({}),
        **rest,
    }
    return AnnualReport.model_validate(values)


def test_the_tables_look_like_the_official_ones(tmp_path: Path) -> None:
    workbook = written(tmp_path / "a.xlsx", report())
    for table in OGI_2021.tables:
        sheet = workbook[table.name]
        for cell in table.grid.cells:
            if not cell.address:
                assert sheet.cell(3 + cell.row, 1 + cell.column).value == cell.text
        merged = {str(block) for block in sheet.merged_cells.ranges}
        assert len(merged) == sum(c.rowspan > 1 or c.colspan > 1 for c in table.grid.cells)


def test_inputs_are_open_and_totals_locked_with_formulas(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", report())["表三"]
    assert sheet.protection.sheet and not sheet.protection.password
    assert not sheet["D6"].protection.locked
    assert sheet["J6"].protection.locked
    assert "SUM(D6:I6)" in sheet["J6"].value
    assert "SUM(D8:D28)" in sheet["D29"].value
    assert sheet["L6"].value == "条例第三十一条；本年1月1日至12月31日收到的申请"


def test_inputs_are_validated_and_a_failed_tie_out_is_coloured(tmp_path: Path) -> None:
    workbook = written(tmp_path / "a.xlsx", report())
    rules = [
        rule
        for name in ("表二", "表三", "表四")
        for rule in workbook[name].data_validations.dataValidation
    ]
    assert len(rules) == 200 - len(totals_of(OGI_2021))
    assert sum("INT(" not in rule.formula1 for rule in rules) == 1
    coloured = {str(r.sqref) for r in workbook["表三"].conditional_formatting}
    assert {"D6", "D7", "D29", "D30"} <= coloured


def test_a_total_that_does_not_follow_from_its_parts_is_written_as_it_is(tmp_path: Path) -> None:
    cells = {a: Cell.number(0) for a in OGI_2021.addresses} | {
        "requests/received/total": Cell.number(3)
    }
    sheet = written(tmp_path / "a.xlsx", report(tables=OGI_2021.complete(cells)))["表三"]
    assert sheet["J6"].value == 3
    assert not sheet["J6"].protection.locked


@pytest.mark.parametrize("text", ["=1+1", "+86", "-3", "@甲", '=HYPERLINK("x")'])
def test_a_text_is_never_a_formula(tmp_path: Path, text: str) -> None:
    facts = (RegisteredFact(label=text, value=Decimal("1.5"), unit="条"),)
    cell = written(tmp_path / "a.xlsx", report(facts=facts))["补充事实"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_characters_that_xml_cannot_hold_are_dropped(tmp_path: Path) -> None:
    facts = (RegisteredFact(label="甲\x07乙", value=Decimal(1)),)
    assert written(tmp_path / "a.xlsx", report(facts=facts))["补充事实"]["A2"].value == "甲乙"


def test_last_year_fills_in_what_is_carried_over() -> None:
    cells = {
        "requests/carried_forward/company": Cell.number(2),
        "requests/carried_forward/total": NOT_APPLICABLE,
        "requests/received/company": Cell.number(9),
    }
    last = report(
        year=2023, tables=OGI_2021.complete(cells), scope=Scope.OWN, sections={"overview": "甲"}
    )
    new = form_from_previous(last, agency="清河市水务局", year=2024)
    assert new.tables is not None and new.previous is not None
    filled = {a: c.value for a, c in new.tables.cells.items() if c != BLANK}
    assert filled == {"requests/carried_over/company": 2}
    assert (new.agency.name, new.agency.short_name, new.scope) == (
        "清河市水务局",
        "市水利局",
        Scope.OWN,
    )
    assert new.previous.tables == last.tables and dict(new.previous.sections) == {"overview": "甲"}


def test_years_apart_nothing_is_carried_over() -> None:
    cells = {"requests/carried_forward/company": Cell.number(2)}
    last = report(year=2022, tables=OGI_2021.complete(cells))
    new = form_from_previous(last, agency="清河市水利局", year=2024)
    assert new.tables is not None
    assert set(new.tables.cells.values()) == {BLANK}


def test_totals_keep_blank_zero_and_not_applicable_apart() -> None:
    one = Cell.number(1)
    assert total_cell([one, one]).value == 2
    assert total_cell([one, BLANK]) == BLANK
    assert total_cell([one, NOT_APPLICABLE]) == BLANK
    assert total_cell([NOT_APPLICABLE, NOT_APPLICABLE]) == NOT_APPLICABLE


def test_every_total_of_the_form_has_its_parts() -> None:
    totals = totals_of(OGI_2021)
    assert len(totals) == 25 + 6 + 3
    assert totals["requests/disposed/total"][0] == "requests/disposed/natural_person"


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(WriteError):
        write_form(tmp_path / "没有" / "a.xlsx", report())


def test_equal_forms_are_equal_files_whenever_they_are_written():
    report = AnnualReport(
        form="ogi_2021", year=2024, agency=Agency(name="示例局"), tables=OGI_2021.complete({})
    )
    first = form_bytes(report)
    time.sleep(1.1)
    assert form_bytes(report) == first
