"""The Word file, read back from its bytes."""

import io
import itertools
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from report_writer.domain.report import Agency, AnnualReport
from report_writer.exporters.document import Document, RawSlotError
from report_writer.exporters.to_docx import BLANK_FILL, ILLEGAL_FILL, docx_bytes, write_docx
from report_writer.forms import OGI_2021


def opened(document: Document) -> Any:
    return docx.Document(io.BytesIO(docx_bytes(document)))


def east_asian(run: Any) -> str:
    return str(run._r.rPr.rFonts.get(qn("w:eastAsia")))


def test_paragraphs_come_in_order_with_their_styles(document: Document) -> None:
    word = opened(document)
    assert [(p.style.name, p.text) for p in word.paragraphs] == [
        ("Title", "云溪市水务局2024年政府信息公开工作年度报告"),
        ("Body Text", "本报告依据有关规定编制。"),
        ("Heading 1", "一、总体情况"),
        ("Body Text", "2024年，本局把公开贯穿办事全程。"),
        ("Body Text", "（一）主动公开。全年发布信息4321条，“一网通办”页面保持可用。"),
        ("Body Text", "（二）依申请公开情况。本年新收政府信息公开申请27件，均依法答复。"),
        ("Heading 1", "二、主动公开政府信息情况"),
        ("Heading 1", "三、收到和处理政府信息公开申请情况"),
        ("Body Text", "申请办理情况见下表。"),
        ("Heading 1", "四、政府信息公开行政复议、行政诉讼情况"),
        ("Heading 1", "五、存在的主要问题及改进情况"),
        ("Body Text", "解读形式不多。下一步增加图解。"),
        ("Heading 1", "六、其他需要报告的事项"),
        ("Body Text", "全年未收取信息处理费。"),
    ]


def test_each_table_stands_under_its_heading(document: Document) -> None:
    body = [e for e in opened(document).element.body if e.tag in {qn("w:p"), qn("w:tbl")}]
    before = []
    for previous, element in itertools.pairwise(body):
        if element.tag == qn("w:tbl"):
            before.append("".join(t.text for t in previous.iter(qn("w:t"))))
    assert before == [
        "二、主动公开政府信息情况",
        "申请办理情况见下表。",
        "四、政府信息公开行政复议、行政诉讼情况",
    ]


def test_cells_read_back_at_the_places_of_the_form(document: Document) -> None:
    report = document.report
    assert report.tables is not None
    tables = opened(document).tables
    assert [len(t.rows) for t in tables] == [14, 28, 4]
    for form, table in zip(OGI_2021.tables, tables, strict=True):
        grid = [[cell.text for cell in row.cells] for row in table.rows]
        for cell in form.grid.cells:
            text = report.tables[cell.address].text if cell.address else cell.text
            for row in range(cell.row, cell.row + cell.rowspan):
                for column in range(cell.column, cell.column + cell.colspan):
                    assert grid[row][column] == text


def test_rows_do_not_split_and_headers_repeat(document: Document) -> None:
    for form, table in zip(OGI_2021.tables, opened(document).tables, strict=True):
        rows = table._tbl.tr_lst
        assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in rows)
        repeated = [row.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in rows]
        assert repeated == [i < form.grid.header_rows for i in range(len(rows))]


def test_page_and_fonts_follow_the_standard(document: Document) -> None:
    word = opened(document)
    section = word.sections[0]
    for side, length in (("top", 37), ("bottom", 35), ("left", 28), ("right", 26)):
        assert abs(getattr(section, f"{side}_margin") - Mm(length)) < Mm(0.1)
    assert abs(section.page_width - Mm(210)) < Mm(0.1)
    assert abs(section.page_height - Mm(297)) < Mm(0.1)
    title, body = word.paragraphs[0], word.paragraphs[1]
    assert east_asian(title.runs[0]) == "方正小标宋简体"
    assert word.styles["Title"].font.size == Pt(22)
    assert east_asian(body.runs[0]) == "仿宋_GB2312"
    assert body.runs[0].font.name == "Times New Roman"
    assert word.styles["Body Text"].font.size == Pt(16)
    assert word.styles["Body Text"].paragraph_format.line_spacing == Pt(29)
    assert word.styles["Body Text"].paragraph_format.first_line_indent == Pt(32)
    assert {
        east_asian(r) for p in word.paragraphs for r in p.runs if p.style.name == "Heading 1"
    } == {"黑体"}
    assert word.styles["Heading 1"].next_paragraph_style.name == "Body Text"
    assert "heme=" not in word.styles.element.xml.partition("<w:style ")[0]
    for run in word.element.body.iter(qn("w:r")):
        assert run.rPr.rFonts.get(qn("w:eastAsia"))


def test_only_the_run_in_heading_is_in_kaiti(document: Document) -> None:
    by_text = {p.text: p for p in opened(document).paragraphs}
    runs = by_text["（二）依申请公开情况。本年新收政府信息公开申请27件，均依法答复。"].runs
    assert [(east_asian(r), r.text) for r in runs] == [
        ("楷体_GB2312", "（二）依申请公开情况。"),
        ("仿宋_GB2312", "本年新收政府信息公开申请27件，均依法答复。"),
    ]


@pytest.mark.parametrize(
    "text",
    ["（一）加强领导，落实责任，全年开会。后面还有", "一是完善制度。", "（甲）事项。"],
    ids=["a sentence with commas", "an enumeration", "another numbering"],
)
def test_other_paragraphs_are_one_run(report: AnnualReport, text: str) -> None:
    word = opened(Document(report=report.model_copy(update={"sections": {"overview": text}})))
    (paragraph,) = [p for p in word.paragraphs if p.text == text]
    assert [east_asian(run) for run in paragraph.runs] == ["仿宋_GB2312"]


def test_page_number_stands_outside_on_odd_and_even_pages(document: Document) -> None:
    word = opened(document)
    assert word.settings.odd_and_even_pages_header_footer
    section = word.sections[0]
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert paragraph.text == "— 1 —"
        assert paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) == align
        assert [e.text for e in paragraph._p.iter(qn("w:instrText"))] == [" PAGE "]


def test_blank_slash_and_illegal_stay_apart_and_visible(
    with_cells: Callable[..., AnnualReport],
) -> None:
    report = with_cells(
        blank="requests/received/natural_person",
        slash="requests/received/company",
        illegal=("requests/received/research", "约5"),
    )
    row = opened(Document(report=report)).tables[1].rows[3].cells
    fills = [
        None if (e := cell._tc.tcPr.find(qn("w:shd"))) is None else e.get(qn("w:fill"))
        for cell in row[3:7]
    ]
    assert [cell.text for cell in row[3:7]] == ["〔未填〕", "/", "约5", "14"]
    assert fills == [BLANK_FILL, None, ILLEGAL_FILL, None]


def test_same_report_same_bytes_on_any_day(document: Document) -> None:
    data = docx_bytes(document)
    assert docx_bytes(document) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = docx.Document(io.BytesIO(data)).core_properties
    assert properties.title == "云溪市水务局2024年政府信息公开工作年度报告"
    assert properties.author == "云溪市水务局"
    assert (properties.created.year, properties.modified.year) == (2025, 2025)


@pytest.mark.parametrize(
    "slot", ["{F3}", "{ F12 }", "｛F3｝", "{{ agency }}", "{% if x %}", "{N1}"]
)
def test_no_raw_slot_survives(report: AnnualReport, slot: str) -> None:
    dirty = report.model_copy(update={"sections": {"overview": f"本年新收{slot}，办结。"}})
    with pytest.raises(RawSlotError, match="一、总体情况"):
        docx_bytes(Document(report=dirty))


def test_raw_slot_in_a_name_or_a_cell_is_refused(
    report: AnnualReport, with_cells: Callable[..., AnnualReport]
) -> None:
    named = report.model_copy(update={"agency": Agency(name="{F1}局"), "sections": {}})
    with pytest.raises(RawSlotError, match="标题"):
        docx_bytes(Document(report=named))
    cell = with_cells(illegal=("requests/received/total", "{F9}"))
    with pytest.raises(RawSlotError, match="本年新收·总计"):
        docx_bytes(Document(report=cell))


def test_hostile_text_is_text(report: AnnualReport, tmp_path: Any) -> None:
    text = "<w:p/>&amp; a\x00b\x0bc\ud800 \uffff =1+1 {不是占位符} 五"
    dirty = report.model_copy(update={"sections": {"overview": text}})
    target = tmp_path / "x.docx"
    write_docx(Document(report=dirty), target)
    assert docx.Document(str(target)).paragraphs[2].text == "<w:p/>&amp; abc  =1+1 {不是占位符} 五"


def test_without_tables_the_headings_stay(report: AnnualReport) -> None:
    word = opened(Document(report=report.model_copy(update={"tables": None})))
    assert word.tables == []
    assert len([p for p in word.paragraphs if p.style.name == "Heading 1"]) == 6


def test_a_title_of_two_lines_breaks_before_the_name_of_the_report(report: AnnualReport) -> None:
    def indent(name: str) -> Any:
        titled = report.model_copy(update={"agency": Agency(name=name)})
        return opened(Document(report=titled)).paragraphs[0].paragraph_format.left_indent

    assert indent("云溪市住房和城乡建设局") > Mm(15)
    assert indent("水务局") is None
    assert indent("云溪市云溪高新技术产业开发区管理委员会综合办公室") is None


def test_an_own_title_is_printed_on_one_line(report: AnnualReport) -> None:
    titled = report.model_copy(update={"sections": {"title": "云溪市水务局\n 2024年年度报告 "}})
    assert opened(Document(report=titled)).paragraphs[0].text == "云溪市水务局2024年年度报告"


LINES = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn"), exclude_characters="{}｛｝"), min_size=1
).filter(str.strip)


@settings(max_examples=15, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=30))
def test_every_line_is_one_paragraph_and_unchanged(lines: list[str]) -> None:
    report = AnnualReport(
        form="ogi_2021", year=2024, agency=Agency(name="甲"), sections={"preface": "\n".join(lines)}
    )
    texts = [p.text for p in opened(Document(report=report)).paragraphs]
    assert texts[1:-6] == lines
