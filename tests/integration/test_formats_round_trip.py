"""What an exporter writes, the reader of that format reads back: every cell, every line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from report_writer.checks import all_checks, check_report
from report_writer.domain.cells import BLANK, NOT_APPLICABLE, Cell
from report_writer.domain.report import Agency, AnnualReport
from report_writer.exporters.document import Document
from report_writer.exporters.to_docx import write_docx
from report_writer.exporters.to_html import write_html
from report_writer.exporters.to_json import write_report
from report_writer.exporters.to_markdown import write_markdown
from report_writer.forms import OGI_2021
from report_writer.readers.dispatch import read

WRITERS: dict[str, Callable[[Document, Path], None]] = {
    ".docx": write_docx,
    ".html": write_html,
    ".md": write_markdown,
    ".json": write_report,
    ".yaml": write_report,
}
SECTIONS = {
    "preface": "本报告按有关规定编制，数据截至年底。",
    "overview": "（一）主动公开。栏目更新36次。\n（二）依申请公开。详见下表 | 不另列出。\n# 不是标题 <b>&amp;</b>",
    "requests": "申请办理情况如下。",
    "problems": "解读*形式*不多，\\符号\\与[括号](样)照录。",
    "other_matters": "未收取信息处理费。",
}


@pytest.fixture
def report() -> AnnualReport:
    cells = {a: Cell.number(i) for i, a in enumerate(OGI_2021.addresses, start=1)}
    cells |= {
        "proactive/charges/amount": Cell.number("1234.5"),
        "proactive/rules/issued": NOT_APPLICABLE,
        "requests/received/research": BLANK,
        "requests/disclosed/company": BLANK,
        "requests/carried_forward/total": NOT_APPLICABLE,
        "remedies/reconsideration/upheld": BLANK,
    }
    return AnnualReport(
        form="ogi_2021",
        year=2024,
        agency=Agency(name="云溪市水务局"),
        tables=OGI_2021.complete(cells),
        sections=SECTIONS,
    )


@pytest.mark.parametrize("suffix", WRITERS)
def test_nothing_is_lost_or_added(report: AnnualReport, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"报告{suffix}"
    WRITERS[suffix](Document(report=report), target)
    again = read(target)
    assert report.tables is not None
    assert again.tables is not None
    assert {a: (c.kind, c.text) for a, c in again.tables.cells.items()} == {
        a: (c.kind, c.text) for a, c in report.tables.cells.items()
    }
    assert {key: again.sections.get(key) for key in SECTIONS} == SECTIONS
    assert (again.agency.name, again.year) == ("云溪市水务局", 2024)
    assert again.remarks == ()


@pytest.mark.parametrize("suffix", [".docx", ".html", ".md"])
def test_printed_tables_are_held_against_the_figures(
    report: AnnualReport, tmp_path: Path, suffix: str
) -> None:
    target = tmp_path / f"报告{suffix}"
    WRITERS[suffix](Document(report=report), target)
    printed = read(target).tables
    assert report.tables is not None
    changed = OGI_2021.complete(
        dict(report.tables.cells) | {"requests/disposed/total": Cell.number(9)}
    )
    rule = [rule for rule in all_checks() if rule.code == "TAB405"]
    same = report.model_copy(update={"printed": printed})
    assert check_report(same, checks=rule).findings == ()
    other = same.model_copy(update={"tables": changed})
    assert check_report(other, checks=rule).flatten("at", "expected") == [
        ("requests/disposed/total", "9")
    ]
