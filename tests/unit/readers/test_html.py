"""HTML pages as sites write them."""

from pathlib import Path

import pytest

from report_writer.domain.cells import CellKind
from report_writer.domain.report import Agency, AnnualReport
from report_writer.exporters.document import Document
from report_writer.exporters.to_html import html_text
from report_writer.forms import OGI_2021, form_for_year
from report_writer.readers.errors import ReadError
from report_writer.readers.from_html import read_html

VALUES = {address: 100 + i for i, address in enumerate(OGI_2021.addresses)}


def page(*, attributes: str = "", cell: str = "{}", close: bool = True) -> str:
    """A page whose every figure differs; spans as in the official layout."""
    end = "</td>" if close else ""
    parts = []
    for section in OGI_2021.sections:
        parts.append(
            f"<p><span style='x'>{section.heading[:2]}</span><b>{section.heading[2:]}</b></p>"
        )
        if section.table is None:
            parts.append(f"<p>\n　　本部分的&nbsp;文字<br>第二行\n</p><p>{section.key}</p>")
            continue
        grid = OGI_2021.table_by_key[section.table].grid
        rows: list[list[str]] = [[] for _ in range(grid.rows)]
        for c in sorted(grid.cells, key=lambda c: (c.row, c.column)):
            text = str(VALUES[c.address]) if c.address else c.text
            rows[c.row].append(
                f'<td rowspan="{c.rowspan}" colspan="{c.colspan}">{cell.format(text)}{end}'
            )
        lines = "".join("<tr>" + "".join(row) + ("</tr>" if close else "") for row in rows)
        parts.append(f"<table {attributes}><tbody>{lines}</tbody></table>")
    return "".join(parts)


def whole(body: str, *, charset: str = "utf-8") -> str:
    return (
        f"<html><head><meta charset={charset}><title>不算</title><script>var a='一、总体情况';</script></head><body>"
        f"<div class=nav>首页 &gt; 年报</div><h1>清河市水利局<br>2024年政府信息公开工作年度报告</h1>"
        f"<div>发布时间：2025-01-20</div>{body}"
        "<div>上一篇：无</div><div>版权所有：某某 备案号</div></body></html>"
    )


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> AnnualReport:
    path = tmp_path / "report.html"
    path.write_bytes(text.encode(encoding))
    return read_html(path)


def right(report: AnnualReport) -> bool:
    assert report.tables is not None
    return {a: c.value for a, c in report.tables.cells.items()} == VALUES


def test_a_page_is_read_whole_without_what_surrounds_it(tmp_path: Path) -> None:
    report = read(tmp_path, whole(page()))
    assert right(report)
    assert report.agency.name == "清河市水利局" and report.year == 2024
    assert report.sections["overview"] == "本部分的\xa0文字\n第二行\noverview"
    assert report.sections["other_matters"] == "本部分的\xa0文字\n第二行\nother_matters"
    assert "preface" not in report.sections


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312"])
def test_the_real_encoding_counts(tmp_path: Path, encoding: str, declared: str) -> None:
    text = whole(page(), charset=declared).replace("&nbsp;", "")
    assert right(read(tmp_path, text, encoding))


def test_unclosed_cells_and_rows_are_read(tmp_path: Path) -> None:
    assert right(read(tmp_path, whole(page(close=False))))


def test_paragraphs_and_spaces_inside_cells_are_read(tmp_path: Path) -> None:
    assert right(
        read(tmp_path, whole(page(cell="<p class=x>\n  &nbsp;<span>{}</span>&nbsp;\n</p>")))
    )


def test_a_layout_table_around_everything_is_looked_through(tmp_path: Path) -> None:
    body = f"<table><tr><td>栏目</td></tr><tr><td><table><tr><td>{page()}</td></tr></table></td></tr></table>"
    report = read(tmp_path, whole(body))
    assert right(report)
    assert report.sections["problems"].endswith("problems")


def test_hidden_content_is_left_out(tmp_path: Path) -> None:
    body = page().replace(
        "<p>overview</p>", "<p>overview</p><p style='display: none'>暗处</p><div hidden>暗</div>"
    )
    assert "暗" not in read(tmp_path, whole(body)).sections["overview"]


def test_a_dropped_cell_is_refused_with_its_place(tmp_path: Path) -> None:
    value = VALUES["requests/received/company"]
    body = page().replace(f'<td rowspan="1" colspan="1">{value}</td>', "")
    with pytest.raises(
        ReadError,
        match=r"report\.html 表三 第2个表第4行第1列：“一、本年新收政府信息公开申请数量”应有7个数字",
    ):
        read(tmp_path, whole(body))


def test_spans_without_measure_do_no_harm(tmp_path: Path) -> None:
    body = page().replace('rowspan="1" colspan="5"', 'rowspan="99999" colspan="99999"')
    with pytest.raises(ReadError, match=r"report\.html"):
        read(tmp_path, whole(body))


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="嵌套"):
        read(tmp_path, whole("<div>" * 3000 + page()))


def test_our_own_export_keeps_blank_and_not_applicable(tmp_path: Path) -> None:
    from report_writer.domain.cells import NOT_APPLICABLE

    report = AnnualReport(
        form=form_for_year(2024).id,
        year=2024,
        agency=Agency(name="清河市水利局"),
        tables=OGI_2021.complete({"proactive/rules/issued": NOT_APPLICABLE}),
        sections={"overview": "甲  乙<丙>&amp;丁"},
    )
    back = read(tmp_path, html_text(Document(report=report)))
    assert back.tables is not None
    assert back.tables["proactive/rules/issued"].kind is CellKind.NOT_APPLICABLE
    assert back.tables["proactive/rules/repealed"].kind is CellKind.BLANK
    assert back.sections["overview"] == "甲  乙<丙>&amp;丁"
