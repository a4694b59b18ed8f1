"""PDF reports with a text layer."""

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from report_writer.domain.cells import Cell
from report_writer.domain.report import Agency, AnnualReport
from report_writer.forms import OGI_2021
from report_writer.readers.dispatch import read
from report_writer.readers.errors import ReadError

pytest.importorskip("pdfplumber", reason="reading PDF needs the extra `pdf`")
from report_writer.readers.from_pdf import read_pdf

SHARED = Path(__file__).resolve().parents[4] / "shared" / "reports"
EMPTY_PAGE = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R/Size 4>>
%%EOF
"""


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder `shared` with real reports is not here")
@pytest.mark.parametrize("name", ["hongze_2023", "hongze_2024", "huaian_2024"])
def test_published_reports_equal_their_figures(name: str) -> None:
    report = read_pdf(SHARED / f"{name}.pdf")
    figures = read(SHARED / f"{name}.figures.json").tables
    assert report.tables is not None and figures is not None
    assert {a: c.text for a, c in report.tables.cells.items()} == {
        a: c.text for a, c in figures.cells.items()
    }
    assert list(report.sections) == ["title", "preface", "overview", "problems", "other_matters"]
    assert "- 1 -" not in "".join(report.sections.values())
    origin = report.tables["requests/received/total"].origin
    assert origin is not None and origin.place.startswith("第")


@pytest.mark.office
def test_our_own_word_file_printed_as_pdf_is_read_back(tmp_path: Path) -> None:
    from report_writer.exporters.document import Document
    from report_writer.exporters.to_docx import write_docx

    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    tables = OGI_2021.complete({a: Cell.number(i) for i, a in enumerate(OGI_2021.addresses)})
    overview = "\n".join(
        f"（{n}）" + "按规定公开并及时更新各类信息，" * 6 + "做到应公开尽公开。"
        for n in "一二三四五"
    )
    report = AnnualReport(
        form="ogi_2021",
        year=2024,
        agency=Agency(name="清河市水利局"),
        tables=tables,
        sections={"overview": overview, "problems": "人手少。", "other_matters": "没有收费。"},
    )
    path = tmp_path / "a.docx"
    write_docx(Document(report=report), path)
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    back = read_pdf(tmp_path / "a.pdf")
    assert back.tables is not None
    assert [c.value for c in back.tables.cells.values()] == list(range(200))
    assert back.sections["overview"] == overview
    assert back.sections["other_matters"] == "没有收费。"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "文件是空的"),
        (b"hello", "不是有效的 PDF"),
        (b"%PDF-1.7 nothing else", "PDF|文字层"),
        (EMPTY_PAGE, "没有文字层"),
    ],
)
def test_what_holds_no_text_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=rf"a\.pdf：.*(?:{message})"):
        read_pdf(path)


def test_spoiled_files_are_read_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    for seed in range(60):
        rnd = random.Random(seed)
        data = bytearray(EMPTY_PAGE)
        for _ in range(rnd.choice([1, 3, 8])):
            i = rnd.randrange(5, len(data))
            data[i : i + rnd.randrange(12)] = rnd.choice(
                [b"0 R", b"<<", b">>", b"[", b"9999999999", b"/Kids"]
            )
        path.write_bytes(bytes(data))
        with pytest.raises(ReadError):
            read_pdf(path)
