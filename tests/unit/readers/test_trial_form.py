"""Reports in the trial format of 2019: what became a figure of the later form is read, the rest is told."""

import re
from html import escape
from pathlib import Path

import pytest

from report_writer.app.services import new_form, with_previous, write_report
from report_writer.checks import check_report
from report_writer.domain.cells import Cell, CellKind
from report_writer.domain.report import Agency, AnnualReport
from report_writer.forms import OGI_2019, OGI_2021, form_for_year
from report_writer.forms.ogi_2019 import NOT_CONVERTED
from report_writer.readers.dispatch import read
from report_writer.readers.errors import ReadError
from report_writer.readers.from_json import report_from_mapping

VALUES = {
    address: 100 + i
    for i, address in enumerate(OGI_2019.addresses)
    if address not in OGI_2019.absent
}
PROSE = {
    "overview": "本年公开工作平稳。",
    "problems": "一是人手少；二是更新慢。下一步加强培训。",
    "other_matters": "无。",
}


def cell_texts(key: str) -> list[list[str]]:
    """The table as printed; cells without a place in the later form hold 7, +7, -7 or 7.5 in turn."""
    grid = OGI_2019.table_by_key[key].grid
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    others = 0
    for cell in grid.cells:
        text = str(VALUES[cell.address]) if cell.address else cell.text
        if text == NOT_CONVERTED:
            text = ("7", "+7", "-7", "7.5")[others % 4]
            others += 1
        rows[cell.row][cell.column] = text
    return rows


def html_table(key: str) -> str:
    texts = cell_texts(key)
    lines: list[list[str]] = [[] for _ in texts]
    for cell in sorted(OGI_2019.table_by_key[key].grid.cells, key=lambda c: (c.row, c.column)):
        spans = f" rowspan={cell.rowspan} colspan={cell.colspan}"
        text = escape(texts[cell.row][cell.column])
        lines[cell.row].append(f"<td{spans}><p><span>{text}</span></p>&nbsp;")
    return "<table border=1>" + "".join("<tr>" + "".join(line) for line in lines) + "</table>"


def pipe_table(key: str) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in cell_texts(key)]
    return "\n".join([lines[0], "|" + " --- |" * lines[0].count("|"), *lines[1:]])


def tab_table(key: str) -> str:
    return "\n".join("\t".join(row) for row in cell_texts(key))


def page(year: int, table: dict[str, str], *, open_: str = "<p>", close: str = "</p>") -> str:
    parts = [f"清河市水利局{year}年政府信息公开工作年度报告"]
    tables = []
    for section in OGI_2019.sections:
        parts.append(section.heading)
        parts.append(table[section.table] if section.table else PROSE[section.key])
        tables += [parts[-1]] if section.table else []
    return "\n".join(p if p in tables else f"{open_}{p}{close}" for p in parts)


def write(path: Path, year: int = 2020) -> Path:
    keys = [table.key for table in OGI_2019.tables]
    if path.suffix == ".html":
        text = page(year, {key: html_table(key) for key in keys})
        layout = f"<html><meta charset=gb2312><body><table><tr><td>{text}</td></tr></table>"
        path.write_bytes(layout.encode("gb18030"))
    elif path.suffix == ".md":
        text = page(year, {k: pipe_table(k) for k in keys}, open_="\n## ", close="\n")
        path.write_text(text, encoding="utf-8")
    else:
        text = page(year, {k: tab_table(k) for k in keys}, open_="\n", close="\n")
        path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", [".html", ".md", ".txt"])
def test_tables_of_the_trial_form_are_read(suffix: str, tmp_path: Path) -> None:
    report = read(write(tmp_path / f"a{suffix}"))
    assert report.form == "ogi_2019"
    assert report.tables is not None
    found = {a: c.value for a, c in report.tables.cells.items() if c.kind is CellKind.NUMBER}
    assert found == VALUES
    assert set(report.tables.cells) == set(OGI_2021.addresses)
    (told,) = [r for r in report.remarks if "口径不同" in r]
    assert re.search("规章（[^）]+）：本年新制作数量7、本年新公开数量[+]7、对外公开总数量-7", told)
    assert "政府集中采购（" in told
    assert (
        re.search("其他对外管理服务事项（[^）]+）：上一年项目数量", told) and "处理决定数量" in told
    )
    assert {k: v for k, v in report.sections.items() if k in PROSE} == PROSE


@pytest.mark.parametrize("suffix", [".docx", ".html", ".md", ".json", ".yaml", ".xlsx"])
def test_what_is_written_in_the_trial_form_is_read_back(suffix: str, tmp_path: Path) -> None:
    cells = {address: Cell.number(value) for address, value in VALUES.items()}
    report = AnnualReport(
        form="ogi_2019",
        year=2019,
        agency=Agency(name="清河市水利局"),
        tables=OGI_2019.complete(cells),
        sections=PROSE,
    )
    write_report(report, tmp_path / f"a{suffix}")
    back = read(tmp_path / f"a{suffix}")
    assert (back.form, back.year) == ("ogi_2019", 2019)
    assert back.tables is not None and report.tables is not None
    assert {a: c.text for a, c in back.tables.cells.items()} == {
        a: c.text for a, c in report.tables.cells.items()
    }


def test_a_single_row_of_zeros_is_three_zeros(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md")
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if "其他处理" in line)
    zeros = line[: line.index("其他处理")] + "其他处理 |  " + "| 0 " * 7 + "|"
    path.write_text(text.replace(line, zeros), encoding="utf-8")
    tables = read(path).tables
    assert tables is not None
    rows = [a for a in OGI_2021.addresses if a.startswith("requests/otherwise_closed.")]
    assert [tables.value(address) for address in rows] == [0] * 21


def test_cells_the_form_does_not_print_are_not_asked_for(tmp_path: Path) -> None:
    result = check_report(read(write(tmp_path / "a.html")))
    assert "TAB401" not in {f.code for f in result.findings}
    assert result.checks_run["TAB102"].skipped == 0


def test_the_trial_form_after_2020_is_a_finding_not_a_refusal(tmp_path: Path) -> None:
    report = read(write(tmp_path / "a.html", 2023))
    assert (report.form, report.year) == ("ogi_2019", 2023)
    assert "TAB409" in {f.code for f in check_report(report).findings}


def test_carry_over_is_compared_across_the_forms_and_the_stock_is_not(tmp_path: Path) -> None:
    carried = {
        column.key: VALUES[f"requests/carried_forward/{column.key}"]
        for column in OGI_2021.table_by_key["requests"].columns
    }
    now = report_from_mapping(
        {
            "year": 2021,
            "agency": {"name": "清河市水利局"},
            "blank_is_zero": True,
            "tables": {"requests": {"carried_over": carried | {"other": 1}}},
        },
        name="2021",
    )
    report = with_previous(now, read(write(tmp_path / "a.html")), "a.html")
    result = check_report(report)
    run = result.checks_run
    assert (run["TAB301"].held, run["TAB301"].failed) == (6, 1)
    reasons = {n.code: n.reason for n in result.not_assessed}
    assert reasons["TAB202"] == reasons["TAB304"] == "上年为2019年试行格式，口径不同"


def test_a_row_that_lost_a_figure_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("行政处罚\t"))
    path.write_text(text.replace(line, line.replace("\t7", "", 1)), encoding="utf-8")
    with pytest.raises(ReadError, match=r"a\.txt 表二 第\d+行.*行政处罚.*应有3个数字"):
        read(path)


@pytest.mark.parametrize(
    ("year", "form"),
    [(2018, "ogi_2019"), (2019, "ogi_2019"), (2020, "ogi_2019"), (2021, "ogi_2021")],
)
def test_form_in_force(year: int, form: str) -> None:
    assert form_for_year(year).id == form


def test_figures_without_a_cell_in_the_form_are_kept_and_told() -> None:
    report = report_from_mapping(
        {
            "year": 2020,
            "agency": {"name": "清河市水利局"},
            "blank_is_zero": True,
            "tables": {"proactive": {"rules": {"in_force": 4}}},
        },
        name="a.json",
    )
    assert report.tables is not None
    assert report.tables.value("proactive/rules/in_force") == 4
    assert report.tables["proactive/rules/issued"].kind is CellKind.BLANK
    assert report.tables.value("proactive/licences/decisions") == 0
    assert "表二“规章·现行有效件数”有数字" in report.remarks[0]


@pytest.mark.parametrize("key", ["proactive", "requests", "remedies"])
def test_a_table_that_fell_apart_into_lines(key: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    text = path.read_text(encoding="utf-8")
    table = tab_table(key)
    loose = "\n".join(part for part in table.replace("\t", "\n").split("\n") if part)
    path.write_text(text.replace(table, loose), encoding="utf-8")
    report = read(path)
    assert report.form == "ogi_2019"
    assert report.tables is not None
    wanted = {a: v for a, v in VALUES.items() if a.startswith(f"{key}/")}
    assert {a: report.tables.value(a) for a in wanted} == wanted


def test_the_form_of_2021_takes_over_what_2020_carried_forward(tmp_path: Path) -> None:
    target = tmp_path / "new.xlsx"
    new_form(target, agencies=["清河市水利局"], year=2021, previous=write(tmp_path / "a.html"))
    back = read(target)
    assert back.form == "ogi_2021"
    assert back.previous is not None and back.previous.form == "ogi_2019"
    assert back.tables is not None
    for column in OGI_2021.table_by_key["requests"].columns[:-1]:
        wanted = VALUES[f"requests/carried_forward/{column.key}"]
        assert back.tables.value(f"requests/carried_over/{column.key}") == wanted


def mixed(tmp_path: Path, year: int = 2022) -> AnnualReport:
    """The first and the last block in the form of 2021, those between as in 2019."""
    path = write(tmp_path / "a.md", year)
    text = path.read_text(encoding="utf-8")
    for old, new in {
        "本年新制作数量": "本年制发件数",
        "本年新公开数量": "本年废止件数",
        "对外公开总数量": "现行有效件数",
        "规范性文件": "行政规范性文件",
    }.items():
        text = text.replace(old, new)
    lines = text.split("\n")
    at = {key: next(i for i, t in enumerate(lines) if f"| {key} |" in t) for key in NEW_ROWS}
    for key, figures in NEW_ROWS.items():
        lines[at[key]] = f"| {key} | " + " | ".join(figures) + " |"
    charges = at["行政事业性收费"]
    lines[charges - 1] = "| 信息内容 | 本年收费金额（单位：万元） |  |  |"
    path.write_text("\n".join(lines), encoding="utf-8")
    return read(path)


NEW_ROWS = {
    "规章": ("1", "2", "3"),
    "行政规范性文件": ("4", "5", "6"),
    "行政事业性收费": ("7.5", "", ""),
}


def test_a_table_that_mixes_both_forms_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    report = mixed(tmp_path)
    assert (report.form, report.year) == ("ogi_2021", 2022)
    assert report.tables is not None
    found = [report.tables[a].text for a in OGI_2021.table_by_key["proactive"].addresses]
    decisions = [str(VALUES[f"proactive/{r}/decisions"]) for r in ("licences", "penalties")]
    assert found[:8] == ["1", "2", "3", "4", "5", "6", *decisions]
    assert found[9] == "7.5"
    assert any("混用" in remark for remark in report.remarks)
    (told,) = [r for r in report.remarks if "口径不同" in r]
    assert "行政许可（" in told and "规章" not in told


def test_a_later_row_under_trial_headings_is_blank_and_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", 2022)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("本年新制作数量", "本年制发件数"), encoding="utf-8")
    report = read(path)
    assert report.tables is not None
    assert report.tables["proactive/rules/issued"].value == 7
    assert report.tables["proactive/rules/in_force"].kind is CellKind.BLANK
    assert any("对外公开总数量-7" in remark for remark in report.remarks)
