"""PDF files made to exhaust memory or time are refused before they are unpacked."""

import zlib
from pathlib import Path

import pytest

from report_writer.readers.errors import ReadError

pytest.importorskip("pdfplumber", reason="reading PDF needs the extra `pdf`")
from report_writer.readers.from_pdf import read_pdf


def stream(content: bytes, extra: bytes = b"", *, packed: bool = True) -> bytes:
    if packed:
        content = zlib.compress(content, 9)
        extra += b"/Filter/FlateDecode"
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), extra, content)


def pdf(*objects: bytes, kids: bytes = b"3 0 R", count: int = 1) -> bytes:
    """A document of one page (object 3) with contents 4; further objects from 5 on."""
    all_objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 6 0 R>>/XObject<</X 5 0 R>>>>>>",
        *objects,
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(all_objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(all_objects) + 1
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (
        size, table, size, len(body),
    )  # fmt: skip


FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
NESTED = [
    stream(b"/X Do " * 20, FORM + b"/Resources<</XObject<</X %d 0 R>>>>" % number)
    for number in range(6, 16)
]
WIDE_FONT = b"<</Type/Font/Subtype/CIDFontType2/W[0 [500 600] 7 99999999 500]>>"
WIDE_MAP = stream(b"begincmap 1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange endcmap")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (pdf(stream(b" " * (200 << 20))), "解压后内容过大"),
        (pdf(*[stream(b" " * (20 << 20))] * 9), "解压后内容过大"),
        (pdf(stream(b"/X Do"), *NESTED), "第1页的内容过多"),
        (pdf(stream(b"/X Do"), stream(b"/X Do", FORM)), "第1页的内容过多"),
        (pdf(stream(b" " * (13 << 20))), "第1页的内容过多"),
        (pdf(stream(b""), b"null", WIDE_FONT), "字宽表不合理"),
        (pdf(stream(b""), WIDE_MAP), "字符表不合理"),
        (pdf(stream(b"", b"/Filter[/FlateDecode/FlateDecode]")), "多重压缩"),
        (pdf(stream(b""), kids=b"3 0 R " * 200, count=200), "没有文字层|有200页"),
        (pdf(stream(b"")) + b"/Encrypt" + b" " * (3 << 20), "权限限制"),
    ],
    ids=["bomb", "many streams", "nested forms", "form that draws itself", "endless page", "widths",
         "character map", "packed twice", "pages", "encrypted"],
)  # fmt: skip
def test_a_bomb_is_refused(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=rf"a\.pdf：.*(?:{message})"):
        read_pdf(path)


def test_a_page_with_ordinary_forms_passes(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(stream(b"/X Do /X Do"), stream(b"0 0 5 5 re f", FORM)))
    with pytest.raises(ReadError, match="没有文字层"):
        read_pdf(path)
