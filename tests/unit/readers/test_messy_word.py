"""A Word report as an office sends it round: changes tracked, comments, merged cells, notes in cells, 小计."""

import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from report_writer.checks import check_report
from report_writer.domain.cells import CellKind
from report_writer.domain.report import AnnualReport
from report_writer.forms import OGI_2021
from report_writer.forms._form import Grid, GridCell
from report_writer.readers.dispatch import read

SINGLE = "otherwise_closed"
ROWS = [row.key for row in OGI_2021.table_by_key["requests"].rows]
ORGANISATIONS = ("company", "research", "public_interest", "legal_service", "other")
VALUES = {
    address: (i * 5) % 23 if "/otherwise_closed." not in address else 0
    for i, address in enumerate(OGI_2021.addresses)
}
VALUES |= {
    f"requests/otherwise_closed.other/{c.key}": n
    for n, c in enumerate(OGI_2021.table_by_key["requests"].columns, start=1)
}
NOTED = "requests/received/natural_person"
TRACKED = "requests/disclosed/total"
INSERTED = "remedies/reconsideration/upheld"
PROSE = {
    "overview": "本年主动公开信息六十条。",
    "problems": "一是人手少；二是更新慢。下一步加强培训。",
    "other_matters": "本年度未收取信息处理费。",
}
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def deleted(text: str) -> str:
    return f'<w:del w:id="1" w:author="a">{run(text, "delText")}</w:del>'


def inserted(text: str) -> str:
    return f'<w:ins w:id="2" w:author="a">{run(text)}</w:ins>'


def commented(text: str) -> str:
    mark = '<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/>'
    return mark.format(run(text)) + '<w:r><w:commentReference w:id="0"/></w:r>'


def paragraph(runs: str) -> str:
    return f"<w:p>{runs}</w:p>"


def figure(address: str) -> str:
    value = VALUES[address]
    if address == NOTED:
        return paragraph(run(str(value))) + paragraph(run("（其中网络申请2件）"))
    if address == TRACKED:
        digits = str(value)
        return paragraph(deleted("9") + run(digits[:1]) + inserted(digits[1:]) + deleted("7"))
    if address == INSERTED:
        return paragraph(deleted("400") + inserted(str(value)))
    return paragraph(commented(str(value)))


def cell(inner: str, *, span: int = 1, merge: str = "") -> str:
    merged = {"": "", "restart": '<w:vMerge w:val="restart"/>', "go on": "<w:vMerge/>"}[merge]
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merged}</w:tcPr>{inner}</w:tc>'


def table(grid: Grid, *, subtotal: bool = False) -> str:
    """The table with every span as Word writes it; with an eighth column 小计 behind the organisations."""
    rows: list[list[tuple[int, str]]] = [[] for _ in range(grid.rows)]
    for one in grid.cells:
        if SINGLE in (one.address or "") and not (one.address or "").startswith(
            "requests/otherwise_closed.other"
        ):
            continue
        text = figure(one.address) if one.address else paragraph(run(one.text))
        span = one.colspan + (subtotal and one.text in ("法人或其他组织", "申请人情况"))
        for below in range(one.rowspan):
            merge = "" if one.rowspan == 1 else "go on" if below else "restart"
            inner = paragraph("") if below else text
            rows[one.row + below].append((one.column, cell(inner, span=span, merge=merge)))
        if subtotal:
            rows[one.row] += _subtotal(one)
    lines = [[xml for _, xml in sorted(row, key=lambda pair: pair[0])] for row in rows]
    return (
        "<w:tbl>" + "".join(f"<w:tr>{''.join(line)}</w:tr>" for line in lines if line) + "</w:tbl>"
    )


def _subtotal(one: GridCell) -> list[tuple[float, str]]:
    """The cell of the column 小计 that stands behind 其他."""
    if one.text == "其他" and one.header:
        return [(one.column + 0.5, cell(paragraph(run("小计"))))]
    if one.address and one.address.startswith("requests/") and one.address.endswith("/other"):
        row = one.address.split("/")[1]
        total = sum(VALUES[f"requests/{row}/{key}"] for key in ORGANISATIONS)
        return [(one.column + 0.5, cell(paragraph(run(str(total)))))]
    return []


def single_row(grid: Grid) -> Grid:
    """Table three as before 2021: 其他处理 is one row whose name covers two columns."""
    kept = []
    gone = {
        c.row
        for c in grid.cells
        if c.address and SINGLE in c.address and "otherwise_closed.other" not in c.address
    }
    last = max(gone) + 1
    for one in grid.cells:
        if one.row in gone and (one.address or one.text != "（六）其他处理"):
            continue
        if one.row == last and not one.address:
            continue
        if one.text == "（六）其他处理":
            one = one.model_copy(update={"row": last, "rowspan": 1, "colspan": one.colspan + 1})
        elif one.rowspan > 10:
            one = one.model_copy(update={"rowspan": one.rowspan - len(gone)})
        shift = len(gone) if one.row >= last else 0
        kept.append(one.model_copy(update={"row": one.row - shift}))
    return grid.model_copy(update={"cells": tuple(kept), "rows": grid.rows - len(gone)})


def document() -> str:
    parts = [paragraph(run("清河市水利局") + inserted("2024年") + run("政府信息公开工作年度报告"))]
    for section in OGI_2021.sections:
        parts.append(paragraph(run(section.heading)))
        if section.table is None:
            text = PROSE[section.key]
            parts.append(paragraph(commented(text[:4]) + deleted("五") + inserted(text[4:])))
            continue
        grid = OGI_2021.table_by_key[section.table].grid
        own = single_row(grid) if section.table == "requests" else grid
        parts.append(table(own, subtotal=section.table == "requests"))
    return f"<w:document {_W}><w:body>{''.join(parts)}</w:body></w:document>"


def write(path: Path, text: str = "") -> Path:
    comments = (
        f'<w:comments {_W}><w:comment w:id="0">{paragraph(run("应为999"))}</w:comment></w:comments>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("word/document.xml", text or document())
        archive.writestr("word/comments.xml", comments)
    return path


def values(report: AnnualReport) -> dict[str, object]:
    assert report.tables is not None
    return {a: c.value for a, c in report.tables.cells.items() if c.kind is not CellKind.BLANK}


def test_every_figure_is_read_and_what_was_decided_is_said(tmp_path: Path) -> None:
    report = read(write(tmp_path / "a.docx"))
    wanted = {
        a: v for a, v in VALUES.items() if "otherwise_closed.s" not in a and "closed.f" not in a
    }
    assert values(report) == wanted
    assert {k: report.sections[k] for k in PROSE} == PROSE
    assert (report.agency.name, report.year) == ("清河市水利局", 2024)
    assert "文件含有修订，已按全部接受读取" in report.remarks
    assert any("其他处理" in remark for remark in report.remarks)
    assert "999" not in str(report.sections)


def test_the_note_in_a_cell_is_a_finding_with_place_and_raw_text(tmp_path: Path) -> None:
    result = check_report(read(write(tmp_path / "a.docx")))
    (noted,) = [f for f in result.findings if f.code == "TAB403" and f.cells == (NOTED,)]
    assert "第2个表第4行" in noted.message
    assert noted.found is not None and "其中网络申请2件" in noted.found


ALTERNATIVES = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    r'<mc:Choice Requires="x">\1</mc:Choice><mc:Fallback>\1</mc:Fallback></mc:AlternateContent>'
)
CHANGES = {
    "a table of one cell in a cell": (
        r"<w:p>(<w:commentRangeStart.*?)</w:p>",
        r"<w:tbl><w:tr><w:tc><w:p>\1</w:p></w:tc></w:tr></w:tbl>",
    ),
    "content for old and new programs": (r'(<w:r><w:t xml:space="preserve">\d+</w:t></w:r>)', ALTERNATIVES),
    "a content control around every row": (
        r"(<w:tr>.*?</w:tr>)",
        r"<w:sdt><w:sdtContent>\1</w:sdtContent></w:sdt>",
    ),
    "every row inserted": ("<w:tr>", '<w:tr><w:trPr><w:ins w:id="9" w:author="a"/></w:trPr>'),
    "a row deleted": (
        "</w:tbl>",
        '<w:tr><w:trPr><w:del w:id="9" w:author="a"/></w:trPr><w:tc><w:p><w:r><w:t>99</w:t></w:r></w:p>'
        "</w:tc></w:tr></w:tbl>",
    ),
    "a footnote behind every nought": (
        '(<w:t xml:space="preserve">0</w:t></w:r>)',
        r'\1<w:r><w:footnoteReference w:id="1"/></w:r>',
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", CHANGES)
def test_what_word_programs_put_around_cells(tmp_path: Path, how: str) -> None:
    old, new = CHANGES[how]
    whole = document()
    head, body = whole[: whole.index("<w:tbl>")], whole[whole.index("<w:tbl>") :]
    changed = re.sub(old, new, body)
    assert changed != body
    report = read(write(tmp_path / "a.docx", head + changed))
    wanted = {
        a: v for a, v in VALUES.items() if "otherwise_closed.s" not in a and "closed.f" not in a
    }
    assert values(report) == wanted
