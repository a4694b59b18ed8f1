"""Files made to exhaust memory are refused by a process that may not have much of it."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

# Address space for the whole process: the libraries, and what a reader may need for a report.
LIMIT = 1_500 << 20
PROGRAM = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({LIMIT}, {LIMIT}))
from report_writer.readers.dispatch import read_all
from report_writer.readers.errors import ReadError
try:
    read_all(sys.argv[1])
except ReadError as error:
    print("REFUSED", error.message)
"""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def package(path: Path, members: dict[str, bytes | list[bytes]]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            with archive.open(name, "w") as stream:
                for piece in content if isinstance(content, list) else [content]:
                    stream.write(piece)


def workbook(path: Path, name: str, rows: list[bytes]) -> None:
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    package(
        path,
        {
            "[Content_Types].xml": (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
                f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>'
            ).encode(),
            "_rels/.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
            ).encode(),
            "xl/workbook.xml": (
                f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
                f'<sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>'
            ).encode(),
            "xl/_rels/workbook.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
            ).encode(),
            "xl/worksheets/sheet1.xml": [
                f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode(),
                *rows,
                b"</sheetData></worksheet>",
            ],
        },
    )


def sheet_rows(count: int, columns: int = 3) -> list[bytes]:
    cells = "".join(f'<c t="inlineStr"><is><t>文字{j}</t></is></c>' for j in range(columns))
    return [f"<row>{cells}</row>".encode() * 1000] * (count // 1000)


def word(path: Path, pieces: list[bytes]) -> None:
    head = f'<w:document xmlns:w="{_WORD}"><w:body>'.encode()
    package(path, {"word/document.xml": [head, *pieces, b"</w:body></w:document>"]})


def text(path: Path, piece: str, count: int) -> None:
    with path.open("w", encoding="utf-8") as stream:
        for _ in range(count):
            stream.write(piece)


WORD_ROW = b"<w:tr>" + b"<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>" * 3 + b"</w:tr>"
MAKERS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "sheet of 101,000 rows": ("a.xlsx", lambda p: workbook(p, "基本情况", sheet_rows(101_000))),
    "agencies on 101,000 rows": ("a.xlsx", lambda p: workbook(p, "汇总填报", sheet_rows(101_000))),
    "workbook that unpacks to 300 MB": (
        "a.xlsx",
        lambda p: workbook(p, "表三", [b" " * (1 << 20)] * 300),
    ),
    "document that unpacks to 300 MB": ("a.docx", lambda p: word(p, [b" " * (1 << 20)] * 300)),
    "document with 100,000 rows": (
        "a.docx",
        lambda p: word(p, [b"<w:tbl>", *[WORD_ROW * 1000] * 100, b"</w:tbl>"]),
    ),
    "page with 100,000 rows": (
        "a.html",
        lambda p: text(p, "<table>" + "<tr><td>1<td>2</tr>" * 100_000, 1),
    ),
    "text of 101,000 lines": ("a.txt", lambda p: text(p, "规章\t1\t2\t3\n", 101_000)),
    "Markdown of 101,000 rows": ("a.md", lambda p: text(p, "| 规章 | 1 | 2 | 3 |\n", 101_000)),
    "60 MB of JSON": ("a.json", lambda p: text(p, json.dumps({"a": "b" * 1_000_000}), 60)),
    "deep JSON": ("a.json", lambda p: text(p, "[", 2_000_000)),
    "YAML that refers to itself": (
        "a.yaml",
        lambda p: p.write_text(
            "a0: &a0 [1]\n" + "".join(f"a{i}: &a{i} [{f'*a{i - 1},' * 9}]\n" for i in range(1, 9)),
            encoding="utf-8",
        )
        and None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", MAKERS)
def test_it_is_refused_within_bounds(tmp_path: Path, what: str) -> None:
    name, make = MAKERS[what]
    path = tmp_path / name
    make(path)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert done.stdout.startswith(f"REFUSED {name}"), done.stdout[:200]
