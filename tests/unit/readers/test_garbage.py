"""Whatever the bytes, a reader gives a report or says in Chinese why not."""

import io
import random
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from report_writer.domain.cells import Cell
from report_writer.domain.report import Agency, AnnualReport
from report_writer.exporters.document import Document
from report_writer.exporters.to_docx import docx_bytes
from report_writer.exporters.to_html import html_text
from report_writer.exporters.to_markdown import markdown_text
from report_writer.exporters.to_xlsx import form_bytes
from report_writer.forms import OGI_2021
from report_writer.readers.dispatch import read
from report_writer.readers.errors import ReadError

INSERTS = [
    "<", ">", "|", "\t", "\n", "０", "-1", "/", "<table>", "</td>", "<td colspan=99999>", "总计",
    "一、总体情况\n", "12,345", "\\", "&#0;", "\u202e", "9" * 40,
]  # fmt: skip


@cache
def good(suffix: str) -> bytes:
    report = AnnualReport(
        form="ogi_2021",
        year=2024,
        agency=Agency(name="清河市水利局"),
        tables=OGI_2021.complete({a: Cell.number(i) for i, a in enumerate(OGI_2021.addresses)}),
        sections={
            "overview": "平稳。\n（一）主动公开。",
            "problems": "人手少。",
            "other_matters": "无。",
        },
    )
    document = Document(report=report)
    make: dict[str, Callable[[], bytes]] = {
        ".docx": lambda: docx_bytes(document),
        ".xlsx": lambda: form_bytes(report),
        ".html": lambda: html_text(document).encode(),
        ".md": lambda: markdown_text(document).encode(),
        ".txt": lambda: markdown_text(document).replace(" | ", "\t").replace("|", "").encode(),
    }
    return make[suffix]()


def spoil_bytes(data: bytes, rnd: random.Random) -> bytes:
    spoiled = bytearray(data)
    for _ in range(rnd.choice([1, 2, 10])):
        i = rnd.randrange(len(spoiled) + 1)
        match rnd.randrange(4):
            case 0:
                spoiled[i : i + 1] = bytes([rnd.randrange(256)])
            case 1:
                del spoiled[i : i + rnd.randrange(1, 300)]
            case 2:
                spoiled[i:i] = spoiled[: rnd.randrange(1, 300)]
            case 3:
                del spoiled[max(i, 1) :]
    return bytes(spoiled)


def spoil_text(data: bytes, rnd: random.Random) -> bytes:
    text = data.decode()
    for _ in range(rnd.choice([1, 2, 6])):
        i = rnd.randrange(len(text) + 1)
        cut = rnd.randrange(60) if rnd.random() < 0.5 else 0
        text = text[:i] + rnd.choice(INSERTS) + text[i + cut :]
    return text.encode()


def spoil_member(data: bytes, rnd: random.Random) -> bytes:
    source = zipfile.ZipFile(io.BytesIO(data))
    names = source.namelist()
    target = rnd.choice(names)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            content = source.read(name)
            if name == target:
                content = (spoil_bytes if rnd.random() < 0.4 else spoil_text)(content, rnd)
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html", ".md", ".txt"])
def test_the_unspoiled_file_is_read(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"report{suffix}"
    path.write_bytes(good(suffix))
    tables = read(path).tables
    assert tables is not None
    assert [cell.value for cell in tables.cells.values()] == list(range(200))


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html", ".md", ".txt"])
def test_spoiled_files_are_read_or_refused(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"report{suffix}"
    package = suffix in (".docx", ".xlsx")
    for seed in range(40):
        rnd = random.Random(seed)
        spoil = spoil_bytes if seed % 4 == 0 else spoil_member if package else spoil_text
        path.write_bytes(spoil(good(suffix), rnd))
        try:
            report = read(path)
        except ReadError as error:
            assert "report" in error.message or "表" in error.message, error.message
        else:
            assert report.tables is None or len(report.tables.cells) == 200


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    data=st.binary(max_size=400), suffix=st.sampled_from([".docx", ".xlsx", ".html", ".md", ".txt"])
)
def test_any_bytes_are_refused(data: bytes, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"report{suffix}"
    path.write_bytes(data)
    with pytest.raises(ReadError):
        read(path)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(
        alphabet="一二、总体情况清河局2024年政府信息公开工作年度报告\n\t|<td>0/自然人计#",
        max_size=300,
    )
)
def test_any_text_is_read_or_refused(text: str, tmp_path: Path) -> None:
    for suffix in (".md", ".html"):
        path = tmp_path / f"report{suffix}"
        path.write_text(text or "空", encoding="utf-8")
        try:
            assert read(path).agency.name
        except ReadError as error:
            assert error.message


@pytest.mark.parametrize(
    "text",
    ["甲\t1\n" * 99_000, "".join(f"甲{i}\t1\n" for i in range(60_000)), "\t" * 100_000, "|" * 100_000,
     "一、" * 200_000, " " * 300_000 + "1" * 300_000, "（" * 300_000, "<table>" * 20_000, "<td>" * 100_000],
    ids=["same rows", "many rows", "tabs", "pipes", "numbering", "spaces", "brackets", "tables", "cells"],
)  # fmt: skip
@pytest.mark.parametrize("suffix", [".md", ".html", ".txt"])
def test_endless_files_are_refused(text: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"report{suffix}"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError):
        read(path)
