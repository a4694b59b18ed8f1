"""Text taken out of a PDF: page marks, headings in pieces, tables without a blank line between."""

from pathlib import Path

import pytest

from report_writer.domain.report import AnnualReport
from report_writer.forms import OGI_2021
from report_writer.readers.from_text import read_text

PROSE = {
    "overview": "全年工作平稳。",
    "problems": "一是人手少。",
    "other_matters": "没有收取信息处理费。",
}
VALUES = {address: i for i, address in enumerate(OGI_2021.addresses)}


def text_of(*, cut: int = 0, mark: str = "", tabs: bool = False, pages: bool = False) -> str:
    parts = ["清河市水利局2024年政府信息公开工作年度报告"]
    if cut:
        parts = [f"{mark}清河市水利局", f"{mark}2024年政府信息公开", f"{mark}工作年度报告"]
    for number, section in enumerate(OGI_2021.sections, start=1):
        heading = section.heading
        pieces = [heading[:cut], heading[cut:]] if cut else [heading]
        parts += [mark + piece for piece in pieces]
        parts.append(table(section.table, tabs=tabs) if section.table else PROSE[section.key])
        parts += [f"- {number} -", f"第 {number} 页 共 6 页"] if pages else []
    return ("\n" if tabs else "\n\n").join(parts) + "\n"


def table(key: str, *, tabs: bool) -> str:
    grid = OGI_2021.table_by_key[key].grid
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = str(VALUES[cell.address]) if cell.address else cell.text
    if tabs:
        return "\n".join("\t".join(row).rstrip() for row in rows)
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def check(report: AnnualReport) -> None:
    assert report.tables is not None
    assert {a: c.value for a, c in report.tables.cells.items()} == VALUES
    assert {k: v for k, v in report.sections.items() if k in PROSE} == PROSE
    assert report.agency.name == "清河市水利局"
    assert report.year == 2024
    assert not [r for r in report.remarks if "没有找到标题" in r]


@pytest.mark.parametrize("mark", ["", "## "])
@pytest.mark.parametrize("cut", [3, 5, 6])
def test_headings_set_on_two_lines_are_read_as_one(tmp_path: Path, cut: int, mark: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(text_of(cut=cut, mark=mark), encoding="utf-8")
    check(read_text(path))


@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_page_marks_are_no_text(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text(text_of(pages=True), encoding="utf-8")
    check(read_text(path))


def test_a_heading_between_two_tables_parts_them(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text_of(tabs=True), encoding="utf-8")
    check(read_text(path))


def test_lines_that_make_no_heading_stay_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = text_of().replace("一是人手少。", "一是人手少\n其他需要报告\n12\n- 甲 -")
    path.write_text(text, encoding="utf-8")
    assert read_text(path).sections["problems"] == "一是人手少\n其他需要报告\n12\n- 甲 -"
