"""Pages in the trial form of 2019 as old site programs wrote them, in GBK: every figure must come out right."""

import re
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from report_writer.domain.cells import CellKind
from report_writer.domain.report import AnnualReport
from report_writer.forms import OGI_2019
from report_writer.forms._form import GridCell
from report_writer.forms.ogi_2019 import NOT_CONVERTED
from report_writer.readers.dispatch import read
from report_writer.readers.errors import ReadError

VALUES = {
    address: (i * 7) % 31
    for i, address in enumerate(OGI_2019.addresses)
    if address not in OGI_2019.absent
}
PROSE = {
    "overview": ["2020年，我局做好公开工作。", "（一）主动公开。全年公开信息十二条。"],
    "problems": ["一是人手少。", "二是更新慢。下一步加强培训。"],
    "other_matters": ["无。"],
}
Write = Callable[[str, GridCell], str]
TRADITIONAL = str.maketrans(
    "规范强处开请总结转复议诉讼维继续审经数单项减购额业机构组织现许罚行政",
    "規範強處開請總結轉復議訴訟維繼續審經數單項減購額業機構組織現許罰行政",
)


def plain(text: str, _: GridCell) -> str:
    return f"<p class=MsoNormal><span lang=ZH-CN>{escape(text)}<o:p></o:p></span></p>"


def broken(text: str, _: GridCell) -> str:
    if len(text) < 4:
        return text
    return f"{text[: len(text) // 2]}<br>\n{text[len(text) // 2 :]}"


def table(key: str, write: Write = plain, *, close: bool = True) -> str:
    grid = OGI_2019.table_by_key[key].grid
    rows: list[list[str]] = [[] for _ in range(grid.rows)]
    others = 0
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.column)):
        text = str(VALUES[cell.address]) if cell.address else cell.text
        if text == NOT_CONVERTED:
            text = ("7", "+7", "-7", "7.5万元")[others % 4]
            others += 1
        spans = f" rowspan={cell.rowspan}" if cell.rowspan > 1 else ""
        spans += f' COLSPAN="{cell.colspan}"' if cell.colspan > 1 else ""
        end = "</td>" if close else ""
        rows[cell.row].append(f"<td{spans}>{write(text, cell)}{end}")
    lines = "".join("<TR>" + "".join(row) + ("</TR>" if close else "") for row in rows)
    return f"<table border=1>{lines}</table>"


def page(
    write: Write = plain,
    *,
    close: bool = True,
    heading: Callable[[str], str] = "<p><b>{}</b></p>".format,
    tables: dict[str, str] | None = None,
) -> str:
    parts = ["<h1>清河市水利局<br>2020年政府信息公开工作年度报告</h1>"]
    for section in OGI_2019.sections:
        parts.append(heading(section.heading))
        if section.table:
            parts.append(
                (tables or {}).get(section.table) or table(section.table, write, close=close)
            )
        else:
            parts += [f"<p>　　{text}" + ("</p>" if close else "") for text in PROSE[section.key]]
    return "".join(parts)


def report_in(tmp_path: Path, body: str, encoding: str = "gb18030") -> AnnualReport:
    head = "<meta http-equiv=Content-Type content='text/html; charset=gb2312'><title>x</title>"
    path = tmp_path / "a.html"
    text = f"<html><head>{head}</head><body>{body}</body></html>"
    path.write_bytes(text.encode(encoding, "xmlcharrefreplace"))
    return read(path)


def right(report: AnnualReport) -> None:
    assert report.tables is not None
    found = {a: c.value for a, c in report.tables.cells.items() if c.kind is CellKind.NUMBER}
    assert found == VALUES
    assert {k: report.sections[k].split("\n") for k in PROSE} == PROSE
    assert (report.form, report.year, report.agency.name) == ("ogi_2019", 2020, "清河市水利局")


WRITERS: dict[str, Write] = {
    "a label broken over lines": broken,
    "a paragraph for every line": lambda t, c: "".join(f"<p>{x}" for x in broken(t, c).split("<br>\n")),
    "a tag around every character": lambda t, _: "".join(f"<font>{x}</font>" for x in t),
    "hard spaces": lambda t, _: f"&nbsp;{t}&nbsp; &nbsp;",
    "a table in every cell": lambda t, _: f"<div><table><tr><td>{t}</table></div>",
    "full width": lambda t, c: t.translate(str.maketrans("0123456789", "０１２３４５６７８９")) if c.address else t,
    "half width": lambda t, _: t.translate(str.maketrans("（）、“”，：", "(),\"\",:")),
    "no punctuation": lambda t, c: t if c.address or t[0] in "+-7" else re.sub(r"\W", "", t),
    "notes behind the figures": lambda t, c: f"{t}<br>（含下属单位）" if c.address else t,
    "a unit behind the figures": lambda t, c: f"{t}件" if c.address else t,
    "marks without width": lambda t, _: f"\u200b{t}\ufeff",
    "later wording": lambda t, _: "本年处理决定数量" if t == "处理决定数量" else t,
    "traditional characters": lambda t, c: t if c.address else t.translate(TRADITIONAL),
}  # fmt: skip


@pytest.mark.parametrize("how", WRITERS)
@pytest.mark.parametrize("close", [True, False])
def test_cells_however_they_are_written(tmp_path: Path, how: str, close: bool) -> None:
    right(report_in(tmp_path, page(WRITERS[how], close=close)))


def test_one_table_for_everything_with_the_headings_as_rows(tmp_path: Path) -> None:
    rows = ""
    for section in OGI_2019.sections:
        rows += f"<tr><td colspan=10>{section.heading}</td></tr>"
        if section.table:
            rows += re.sub(r"</?table[^>]*>", "", table(section.table))
        else:
            rows += "".join(f"<tr><td colspan=10>{t}</td></tr>" for t in PROSE[section.key])
    title = "<p>清河市水利局2020年政府信息公开工作年度报告</p>"
    right(report_in(tmp_path, f"{title}<table>{rows}</table>"))


def test_layout_tables_around_and_menus_before(tmp_path: Path) -> None:
    menu = "<table><tr><td>当前位置：首页<td>字体：大 中 小</table>"
    foot = "<tr><td>版权所有：某某 备案号 2</td></tr>"
    right(
        report_in(
            tmp_path, f"<table><tr><td>{menu}</td></tr><tr><td>{page()}</td></tr>{foot}</table>"
        )
    )


@pytest.mark.parametrize("line", ["<p>{}</p>", "{}<br>\n", "<div>{}&nbsp;</div>"])
def test_one_cell_a_line(tmp_path: Path, line: str) -> None:
    tables = {}
    for key in OGI_2019.table_by_key:
        cells = re.findall(r"<td[^>]*>(.*?)</td>", table(key, lambda t, _: t.removesuffix("万元")))
        tables[key] = "<div>" + "".join(line.format(text) for text in cells if text) + "</div>"
    right(report_in(tmp_path, page(tables=tables)))


def test_a_table_given_twice_for_telephones_is_read_once_and_said(tmp_path: Path) -> None:
    tables = {key: table(key) * 2 for key in OGI_2019.table_by_key}
    report = report_in(tmp_path, page(tables=tables))
    right(report)
    assert sum("不止一遍" in remark for remark in report.remarks) == 3


def test_hidden_rows_and_cells_are_left_out(tmp_path: Path) -> None:
    tables = {
        key: table(key).replace("<TR>", "<tr style='display:none'><td>3<td>4</tr><TR>", 1)
        for key in OGI_2019.table_by_key
    }
    right(report_in(tmp_path, page(tables=tables)))


def test_two_numbers_in_one_cell_are_never_joined(tmp_path: Path) -> None:
    tables = {"requests": table("requests", lambda t, c: "1&nbsp;2" if c.address else t)}
    report = report_in(tmp_path, page(tables=tables))
    assert report.tables is not None
    assert report.tables["requests/received/total"].kind is CellKind.ILLEGAL


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_the_encoding_that_fits_counts_not_the_declared_one(tmp_path: Path, encoding: str) -> None:
    right(report_in(tmp_path, page(), encoding))


def test_preformatted_text_keeps_its_lines(tmp_path: Path) -> None:
    text = page().replace("</p><p>", "</p>\n<p>").replace("<p>　　", "\n　　")
    right(report_in(tmp_path, f"<pre>{text}</pre>"))


def test_a_mark_that_turns_the_direction_is_no_figure(tmp_path: Path) -> None:
    tables = {"requests": table("requests", lambda t, c: f"\u202e{t}" if c.address else t)}
    tables_read = report_in(tmp_path, page(tables=tables), "utf-8").tables
    assert tables_read is not None
    assert tables_read["requests/received/total"].kind is CellKind.ILLEGAL


def test_traditional_headings_and_title(tmp_path: Path) -> None:
    text = page(heading=lambda t: f"<p>{t.translate(TRADITIONAL)}</p>").replace(
        "年政府信息公开工作年度报告", "年政府信息公開工作年度報告"
    )
    right(report_in(tmp_path, text, "utf-8"))


def test_a_row_that_lost_a_cell_is_refused_with_its_place(tmp_path: Path) -> None:
    text = table("requests").replace(plain("0", OGI_2019.tables[1].grid.cells[0]), "", 1)
    text = text.replace("<td></td>", "", 1)
    with pytest.raises(ReadError, match=r"a\.html 表三 第2个表第\d+行.*应有7个数字，读到6个"):
        report_in(tmp_path, page(tables={"requests": text}))
