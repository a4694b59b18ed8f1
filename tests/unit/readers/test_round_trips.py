"""What the exporters write, the readers read back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from unit.readers.reports import cells_of, comparable, printed_reports, whole_reports

from report_writer.domain.report import AnnualReport
from report_writer.exporters.document import Document
from report_writer.exporters.to_docx import write_docx
from report_writer.exporters.to_html import write_html
from report_writer.exporters.to_markdown import write_markdown
from report_writer.exporters.to_xlsx import write_xlsx
from report_writer.readers.dispatch import read

FEW = settings(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
Writer = Callable[[Document, Path], None]


@pytest.mark.parametrize(
    ("suffix", "write"), [(".docx", write_docx), (".html", write_html), (".md", write_markdown)]
)
@FEW
@given(report=printed_reports())
def test_tables_and_sections_come_back_exactly(
    suffix: str, write: Writer, report: AnnualReport, tmp_path: Path
) -> None:
    path = tmp_path / f"report{suffix}"
    write(Document(report=report), path)
    back = read(path)
    assert cells_of(back.tables) == cells_of(report.tables)
    assert dict(back.sections) == dict(report.sections)
    assert (back.agency.name, back.year, back.form) == (
        report.agency.name,
        report.year,
        report.form,
    )


@FEW
@given(report=whole_reports())
def test_the_excel_form_comes_back_whole(report: AnnualReport, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_xlsx(Document(report=report), path)
    assert comparable(read(path)) == comparable(report)
