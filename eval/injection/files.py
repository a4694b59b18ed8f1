"""Are the files of a hostile report safe to open? Word, HTML, Excel and the clerk's list."""

import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook

from eval.injection.judging import unseen
from report_writer.app.services import write_report
from report_writer.domain.report import AnnualReport

SUFFIXES = (".docx", ".html", ".md", ".xlsx")
_ACTIVE = re.compile(
    r"<\s*(?:script|img|iframe|object|embed|svg|b)\b|\son\w+\s*=|javascript:", re.I
)
_FIELD = re.compile(
    r"<w:(?:instrText|fldSimple|hyperlink|altChunk|object)\b|TargetMode=\"External\""
)


def written_files(report: AnnualReport, folder: Path) -> tuple[Path, ...]:
    """Write a report in every format."""
    paths = tuple(folder / f"report{suffix}" for suffix in SUFFIXES)
    for path in paths:
        write_report(report, path)
    return paths


def file_faults(path: Path) -> list[str]:
    """Return what makes a file unsafe: formulas, live markup, fields, addresses to fetch from."""
    match path.suffix:
        case ".xlsx":
            found = list(_workbook(path))
        case ".docx":
            found = list(_word(path))
        case ".html":
            found = list(_page(path.read_text(encoding="utf-8")))
        case _:
            found = list(_markdown(path.read_text(encoding="utf-8")))
    return [f"{path.name}：{fault}" for fault in found]


def _workbook(path: Path) -> Iterator[str]:
    for sheet in load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and not _own_sum(str(cell.value)):
                    yield f"{sheet.title}!{cell.coordinate} 是公式 {cell.value}"
                if cell.hyperlink and cell.hyperlink.target:
                    yield f"{sheet.title}!{cell.coordinate} 有链接"


def _own_sum(formula: str) -> bool:
    """Whether a formula only adds and compares cells, as the sums of the form do."""
    return not re.search(r"HYPERLINK|cmd|\||!A0|http|DDE|WEBSERVICE|SUM\(1", formula, re.I)


def _word(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if "vba" in name.lower() or "embeddings" in name:
                yield f"含有 {name}"
        body = archive.read("word/document.xml").decode("utf-8")
        links = archive.read("word/_rels/document.xml.rels").decode("utf-8")
    for match in _FIELD.finditer(body + links):
        yield f"Word 中有“{match[0]}”"
    if any(unseen(c) for c in html.unescape(re.sub(r"<[^>]*>", "", body)) if c not in "\r\n\t"):
        yield "Word 中有看不见的字符"


def _page(text: str) -> Iterator[str]:
    for match in _ACTIVE.finditer(text):
        yield f"网页中有“{match[0]}”"


def _markdown(text: str) -> Iterator[str]:
    for match in re.finditer(r"(?<!\\)\[[^\]]*\]\(|(?<!\\)<\s*(?:script|img|b)\b", text, re.I):
        yield f"Markdown 中有“{match[0]}”"
