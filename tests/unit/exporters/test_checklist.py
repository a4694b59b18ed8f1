"""The clerk's 核对单, read back from the Word file."""

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest

from report_writer.checks import check_report
from report_writer.domain.cells import CellRef
from report_writer.domain.findings import (
    CheckResult,
    Crash,
    Finding,
    Mention,
    NotAssessed,
    SectionRef,
    Severity,
    Span,
    Status,
)
from report_writer.domain.report import AnnualReport
from report_writer.exporters.checklist import checklist_bytes, formula_in_figures, write_checklist
from report_writer.facts.sheet import FactSheet


def result(**changes: Any) -> CheckResult:
    given = {"input": "a.json", "agency": "云溪市水务局", "year": 2024, "form": "ogi_2021"}
    return CheckResult(**(given | {"cells_read": 199, "cells_blank": 1} | changes))


def finding(severity: Severity, at: Any, **rest: Any) -> Finding:
    return Finding(code="NUM101", name="n", severity=severity, message="说明文字", at=at, **rest)


def opened(outcome: CheckResult, report: AnnualReport) -> tuple[list[str], list[list[list[str]]]]:
    word = docx.Document(io.BytesIO(checklist_bytes(outcome, report)))
    tables = [[[c.text for c in row.cells] for row in table.rows] for table in word.tables]
    return [p.text for p in word.paragraphs], tables


def test_errors_come_first_with_place_values_and_hint(report: AnnualReport) -> None:
    findings = (
        finding(Severity.ADVICE, None),
        finding(Severity.WARNING, SectionRef(section="problems")),
        finding(
            Severity.ERROR,
            Span(section="overview", start=0, end=3, quote="27件"),
            expected="17", found="27", hint="改为17件",
        ),
        finding(
            Severity.ERROR,
            CellRef.parse("requests/received/total"),
            expected="17", accepted="上级要求",
        ),
    )  # fmt: skip
    paragraphs, (table,) = opened(result(findings=findings), report)
    assert paragraphs[0] == "云溪市水务局2024年政府信息公开工作年度报告核对单"
    assert paragraphs[1] == (
        "共发现错误1处、提醒1处、建议1处，另有1处已由本单位说明。三张表读到199格，空白1格。"
    )
    assert table == [
        ["序号", "级别", "位置", "说明", "应为 / 实为", "建议"],
        ["1", "错误", "一、总体情况：“27件”", "说明文字（NUM101）", "应为 17\n实为 27", "改为17件"],
        ["2", "错误", "表三“本年新收·总计”", "说明文字（NUM101）", "应为 17", "已说明：上级要求"],
        ["3", "提醒", "五、存在的主要问题及改进情况", "说明文字（NUM101）", "", ""],
        ["4", "建议", "全文", "说明文字（NUM101）", "", ""],
    ]


def test_nothing_found_says_so(report: AnnualReport) -> None:
    paragraphs, tables = opened(result(), report)
    assert tables == []
    assert "没有发现问题。三张表读到199格，空白1格。" in paragraphs
    assert "没有发现问题。" in paragraphs
    assert "文中没有统计数字。" in paragraphs


def test_ledger_names_status_source_and_formula(report: AnnualReport) -> None:
    a, b = "requests/received/total", "requests/carried_over/total"
    mentions = (
        Mention(section="overview", start=0, end=1, quote="17件", status=Status.BOUND, facts=(a,)),
        Mention(
            section="overview", start=2, end=3, quote="41件", status=Status.DERIVED,
            facts=(a, b), formula=f"{a} + {b}",
        ),
        Mention(section="preface", start=0, end=1, quote="2024年", status=Status.NOT_A_FIGURE),
    )  # fmt: skip
    paragraphs, (table,) = opened(result(mentions=mentions), report)
    assert table[1:] == [
        ["1", "一、总体情况", "17件", "与表格一致", "表三“本年新收·总计”", ""],
        [
            "2", "一、总体情况", "41件", "由表格算得", "表三“本年新收·总计”\n表三“上年结转·总计”",
            "17＋24",
        ],
    ]  # fmt: skip
    assert any(text.startswith("另有1处年份") for text in paragraphs)
    assert "文中统计数字：与表格一致1处、由表格算得1处。" in paragraphs[1]


def test_what_could_not_be_checked_is_listed(report: AnnualReport) -> None:
    outcome = result(
        not_assessed=(NotAssessed(code="TAB103", reason="表四有“/”，无法求和"),),
        crashes=(Crash(code="NUM999", error="ValueError: x"),),
    )
    paragraphs, _ = opened(outcome, report)
    assert "TAB103（表四某一类案件，四种结果之和不等于总计）：表四有“/”，无法求和。" in paragraphs
    assert "NUM999：程序内部错误，这一项没有核对（ValueError: x）。" in paragraphs


@pytest.mark.parametrize(
    ("formula", "figures"),
    [
        ("change_rate(requests/received/total)", "({now}－{now})÷{now}"),
        ("change_count(requests/received/total)", "{now}－{now}"),
        ("share(requests/disclosed/total, facts/发布)", "{disclosed}÷未知"),
        (
            "share(requests/received/total + requests/disclosed/total, requests/received/total)",
            "({now}＋{disclosed})÷{now}",
        ),
        ("requests/received/total - last_year:requests/disclosed/total", "{now}－{disclosed}"),
    ],
)
def test_a_formula_is_shown_as_arithmetic(report: AnnualReport, formula: str, figures: str) -> None:
    from report_writer.domain.report import PreviousYear

    both = report.model_copy(
        update={"previous": PreviousYear(year=2023, form="ogi_2021", tables=report.tables)}
    )
    assert report.tables is not None
    now = report.tables["requests/received/total"].text
    disclosed = report.tables["requests/disclosed/total"].text
    wanted = figures.format(now=now, disclosed=disclosed)
    assert formula_in_figures(formula, FactSheet(both)) == wanted


def test_a_real_result_is_written_and_repeats(
    with_cells: Callable[..., AnnualReport], tmp_path: Any
) -> None:
    report = with_cells(
        blank="proactive/licences/decisions", illegal=("requests/received/total", "=x")
    )
    outcome = check_report(report, name="a")
    write_checklist(outcome, report, tmp_path / "核对单.docx")
    first = (tmp_path / "核对单.docx").read_bytes()
    assert first == checklist_bytes(outcome, report)
    _, tables = opened(outcome, report)
    assert len(tables[0]) == len(outcome.findings) + 1
    assert any("填写的是“=x”" in row[3] for row in tables[0])


def test_a_column_is_aligned_in_one_way(report: AnnualReport) -> None:
    mentions = tuple(
        Mention(
            section="overview", start=i, end=i + len(quote), quote=quote, status=Status.REGISTERED
        )
        for i, quote in enumerate(("3件", "12345678条"))
    )
    word = docx.Document(io.BytesIO(checklist_bytes(result(mentions=mentions), report)))
    body = word.tables[-1].rows[1:]
    assert len(body) == 2
    for cells in zip(*(row.cells for row in body), strict=True):
        assert len({cell.paragraphs[0].alignment for cell in cells}) == 1
