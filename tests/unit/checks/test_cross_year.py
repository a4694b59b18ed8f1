"""Rules between two years: explained instead of fixed, and a published pair of reports."""

from pathlib import Path
from typing import Any

import pytest

from report_writer.app.services import with_previous
from report_writer.checks import all_checks, check_report
from report_writer.domain.cells import Cell, Provenance, Tables
from report_writer.domain.findings import CheckResult, Severity
from report_writer.domain.report import AnnualReport
from report_writer.readers.dispatch import read
from report_writer.readers.from_json import report_from_mapping

SHARED = Path(__file__).resolve().parents[4] / "shared" / "reports"
BETWEEN_YEARS = ("TAB202", "TAB301", "TAB302", "TAB303", "TAB304")
PAIR: dict[str, Any] = {
    "year": 2024,
    "agency": {"name": "清河市水利局"},
    "blank_is_zero": True,
    "tables": {"requests": {"carried_over": {"total": 2}}},
    "previous": {
        "blank_is_zero": True,
        "tables": {"requests": {"carried_forward": {"total": 5}}},
    },
}


def check(report: AnnualReport) -> CheckResult:
    return check_report(report, checks=[r for r in all_checks() if r.code in BETWEEN_YEARS])


def test_a_recorded_reason_explains_the_finding() -> None:
    reason = "机构改革，3件随职能划出"
    accepted = [{"code": "TAB301", "at": "requests/carried_over/total", "reason": reason}]
    result = check(report_from_mapping(PAIR | {"accepted": accepted}, name="pair"))
    (finding,) = result.findings
    assert (finding.code, finding.accepted) == ("TAB301", reason)
    assert result.count(Severity.WARNING) == 0
    assert check(report_from_mapping(PAIR, name="pair")).count(Severity.WARNING) == 1


def test_a_reason_for_another_cell_explains_nothing() -> None:
    accepted = [{"code": "TAB301", "at": "requests/carried_over/other", "reason": "已核实"}]
    result = check(report_from_mapping(PAIR | {"accepted": accepted}, name="pair"))
    assert [f.code for f in result.findings] == ["TAB301", "RUN101"]
    assert result.findings[0].accepted is None


def test_without_last_year_every_rule_says_why_it_did_not_look() -> None:
    alone = {key: value for key, value in PAIR.items() if key != "previous"}
    result = check(report_from_mapping(alone, name="alone"))
    assert {n.code: n.reason for n in result.not_assessed} == dict.fromkeys(
        BETWEEN_YEARS, "没有上年数据"
    )


def test_a_finding_names_both_files_and_places() -> None:
    report = report_from_mapping(PAIR, name="pair")
    assert report.tables and report.previous and report.previous.tables

    def placed(tables: Tables, address: str, file: str, place: str) -> Tables:
        value = tables.value(address)
        assert value is not None
        cell = Cell.number(value, origin=Provenance(file=file, sheet="表三", place=place))
        return Tables(cells={**tables.cells, address: cell})

    now = placed(report.tables, "requests/carried_over/total", "2024.xlsx", "J8")
    last = placed(report.previous.tables, "requests/carried_forward/total", "2023.xlsx", "J30")
    previous = report.previous.model_copy(update={"tables": last})
    (finding,) = check(report.model_copy(update={"tables": now, "previous": previous})).findings
    assert "2件（2024.xlsx 表三 J8）" in finding.message
    assert "5件（2023.xlsx 表三 J30）" in finding.message


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published reports lie outside the project")
def test_a_published_pair_holds_and_shows_one_real_jump() -> None:
    last = read(SHARED / "hongze_2023.figures.json")
    result = check(with_previous(read(SHARED / "hongze_2024.figures.json"), last, "hongze_2023"))
    held = {code: run.held for code, run in result.checks_run.items()}
    assert held == {"TAB202": 2, "TAB301": 7, "TAB302": 3, "TAB303": 8, "TAB304": 1}
    assert result.flatten("code", "at") == [("TAB303", "proactive/licences/decisions")]


def test_figures_of_an_earlier_year_are_not_last_years() -> None:
    report = report_from_mapping(PAIR, name="pair")
    assert report.previous is not None
    earlier = report.previous.model_copy(update={"year": 2021})
    result = check(report.model_copy(update={"previous": earlier}))
    assert result.findings == ()
    assert {n.reason for n in result.not_assessed} == {"上年数据是2021年的，不是2023年"}
