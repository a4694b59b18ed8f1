"""Word reports: spans, tracked changes, hidden text, broken files."""

import zipfile
from pathlib import Path

import pytest

from report_writer.domain.cells import CellKind
from report_writer.domain.report import Agency, AnnualReport
from report_writer.exporters.document import Document
from report_writer.exporters.to_docx import docx_bytes
from report_writer.forms import OGI_2021
from report_writer.readers.errors import ReadError
from report_writer.readers.from_docx import read_docx

SHARED = Path(__file__).resolve().parents[4] / "shared" / "reports"
PROSE = "全年公开信息三条。"


def base() -> bytes:
    report = AnnualReport(
        form="ogi_2021",
        year=2024,
        agency=Agency(name="清河市水利局"),
        tables=OGI_2021.complete({}),
        sections={"overview": PROSE, "problems": "人手少。", "other_matters": "无收费。"},
    )
    return docx_bytes(Document(report=report))


def rewritten(path: Path, old: str, new: str) -> Path:
    """Our export with a piece of its document part replaced."""
    path.write_bytes(base())
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    text = members["word/document.xml"].decode("utf-8")
    assert old in text
    members["word/document.xml"] = text.replace(old, new, 1).encode("utf-8")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def changed_prose(path: Path, runs: str) -> Path:
    """Our export whose overview paragraph holds other runs."""
    path.write_bytes(base())
    with zipfile.ZipFile(path) as archive:
        text = archive.read("word/document.xml").decode("utf-8")
    end = text.index("</w:p>", text.index(PROSE[:2]))
    start = text.rindex("<w:p>", 0, end) if "<w:p>" in text[:end] else text.rindex("<w:p ", 0, end)
    return rewritten(path, text[start : end + 6], f"<w:p>{runs}</w:p>")


def run(text: str, properties: str = "", tag: str = "t") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder `shared` with real reports is not here")
def test_the_blank_official_layout_is_an_empty_form() -> None:
    report = read_docx(SHARED / "TEMPLATE_2021_30.docx")
    assert report.tables is not None
    assert [cell.kind for cell in report.tables.cells.values()] == [CellKind.BLANK] * 200
    assert report.sections["overview"] == ""


def test_tracked_changes_are_read_as_accepted_and_said_so(tmp_path: Path) -> None:
    runs = (
        run("全年公开")
        + f'<w:del w:id="1" w:author="a">{run("五", tag="delText")}</w:del>'
        + f'<w:ins w:id="2" w:author="a">{run("六")}</w:ins>'
        + run("条。")
    )
    report = read_docx(changed_prose(tmp_path / "a.docx", runs))
    assert report.sections["overview"] == "全年公开六条。"
    assert "文件含有修订，已按全部接受读取" in report.remarks


def test_a_deleted_paragraph_mark_joins_two_paragraphs(tmp_path: Path) -> None:
    runs = '<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>' + run("前半句")
    path = changed_prose(tmp_path / "a.docx", runs + "</w:p><w:p>" + run("后半句。"))
    assert read_docx(path).sections["overview"] == "前半句后半句。"


def test_hidden_text_and_comments_are_left_out(tmp_path: Path) -> None:
    runs = (
        '<w:commentRangeStart w:id="0"/>'
        + run("可见。")
        + run("不可见。", "<w:vanish/>")
        + run("仍可见。", '<w:vanish w:val="0"/>')
        + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    )
    report = read_docx(changed_prose(tmp_path / "a.docx", runs))
    assert report.sections["overview"] == "可见。仍可见。"
    assert "文件含有隐藏文字，没有读取" in report.remarks


def test_links_controls_and_breaks_are_text(tmp_path: Path) -> None:
    runs = (
        f"<w:hyperlink>{run('链接')}</w:hyperlink>"
        f"<w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>"
        "<w:r><w:br/></w:r>" + run("第二行")
    )
    assert (
        read_docx(changed_prose(tmp_path / "a.docx", runs)).sections["overview"]
        == "链接控件\n第二行"
    )


def test_origin_names_table_row_and_column(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(base())
    tables = read_docx(path).tables
    assert tables is not None
    origin = tables["requests/received/total"].origin
    assert origin is not None
    assert str(origin) == "a.docx 表三 第2个表第4行第10列"


def test_a_span_without_end_is_refused(tmp_path: Path) -> None:
    path = rewritten(
        tmp_path / "a.docx", '<w:gridSpan w:val="3"/>', '<w:gridSpan w:val="999999999"/>'
    )
    with pytest.raises(ReadError, match="跨999999999列"):
        read_docx(path)


def test_entities_are_refused(tmp_path: Path) -> None:
    path = rewritten(
        tmp_path / "a.docx", "<w:document", '<!DOCTYPE a [<!ENTITY b "c">]><w:document'
    )
    with pytest.raises(ReadError, match="不允许的声明"):
        read_docx(path)


def test_endless_nesting_is_refused(tmp_path: Path) -> None:
    runs = "<w:ins>" * 5000 + run("深处") + "</w:ins>" * 5000
    with pytest.raises(ReadError, match="嵌套过深"):
        read_docx(changed_prose(tmp_path / "a.docx", runs))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "文件是空的"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"0" * 600, "旧版格式或加密"),
        (b"PK\x03\x04 not a package", "不是有效的"),
        (b"plain text", "不是有效的"),
    ],
)
def test_what_is_no_word_file_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=rf"a\.docx：.*{message}"):
        read_docx(path)


def test_another_kind_of_package_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("something.txt", "x")
    with pytest.raises(ReadError, match=r"缺少word/document\.xml"):
        read_docx(path)


def test_a_package_that_unpacks_without_measure_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as stream,
    ):
        for _ in range(130):
            stream.write(b" " * 1_048_576)
    with pytest.raises(ReadError, match="解压后有"):
        read_docx(path)
