"""Markdown: headings, escapes, tables made from the official grid."""

from collections.abc import Callable
from pathlib import Path

import pytest

from report_writer.domain.report import AnnualReport
from report_writer.exporters.document import Document, RawSlotError
from report_writer.exporters.to_markdown import escape, markdown_text, write_markdown
from report_writer.forms import OGI_2021
from report_writer.readers.from_text import read_text


def table_lines(text: str, number: int) -> list[list[str]]:
    blocks = [b for b in text.split("\n\n") if b.startswith("|")]
    lines = blocks[number].split("\n")
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_headings_and_paragraphs(document: Document) -> None:
    lines = [b for b in markdown_text(document).strip().split("\n\n") if not b.startswith("|")]
    assert lines[0] == "# 云溪市水务局2024年政府信息公开工作年度报告"
    assert [line for line in lines if line.startswith("## ")] == [
        f"## {section.heading}" for section in OGI_2021.sections
    ]
    assert "2024年，本局把公开贯穿办事全程。" in lines


def test_merged_cells_stand_in_their_first_position(document: Document) -> None:
    rows = table_lines(markdown_text(document), 1)
    assert {len(row) for row in rows} == {10}
    assert rows[0][3:] == ["申请人情况", "", "", "", "", "", ""]
    assert rows[1] == ["---"] * 10
    assert rows[4][:5] == ["一、本年新收政府信息公开申请数量", "", "", "11", "12"]
    assert rows[6][:4] == ["三、本年度办理结果", "（一）予以公开", "", "25"]
    assert rows[9][:4] == ["", "", "2.其他法律行政法规禁止公开", "46"]


def test_blank_and_slash_are_kept(with_cells: Callable[..., AnnualReport]) -> None:
    report = with_cells(blank="proactive/rules/issued", slash="proactive/rules/repealed")
    rows = table_lines(markdown_text(Document(report=report)), 0)
    assert rows[3] == ["规章", "〔未填〕", "/", "3"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("甲|乙", "甲\\|乙"),
        ("# 一", "\\# 一"),
        ("> 引", "\\> 引"),
        ("<b>粗</b>", "\\<b>粗\\</b>"),
        ("a\\b", "a\\\\b"),
        ("**重**", "\\*\\*重\\*\\*"),
        ("[点](x)", "\\[点](x)"),
    ],
)
def test_text_is_never_markup(text: str, written: str) -> None:
    assert escape(text) == written


def test_reads_back_as_the_same_report(
    with_cells: Callable[..., AnnualReport], tmp_path: Path
) -> None:
    report = with_cells(
        blank="requests/received/other",
        slash="remedies/reconsideration/upheld",
        illegal=("requests/disclosed/company", "约|5"),
    )
    odd = "# 不是标题 <b>|竖线|</b> 反斜\\杠 *星* [链](接)"
    report = report.model_copy(update={"sections": {**report.sections, "problems": odd}})
    target = tmp_path / "报告.md"
    write_markdown(Document(report=report), target)
    again = read_text(target)
    assert report.tables is not None
    assert again.tables is not None
    assert {a: (c.kind, c.text) for a, c in again.tables.cells.items()} == {
        a: (c.kind, c.text) for a, c in report.tables.cells.items()
    }
    assert {k: again.sections.get(k) for k in report.sections} == report.sections


def test_raw_slot_is_refused(report: AnnualReport) -> None:
    with pytest.raises(RawSlotError):
        markdown_text(
            Document(report=report.model_copy(update={"sections": {"problems": "有{F2}"}}))
        )
