"""The Word file in LibreOffice: it opens, the pages are A4, nothing runs out of them, text survives."""

import itertools
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from report_writer.domain.cells import Cell
from report_writer.domain.report import Agency, AnnualReport
from report_writer.exporters.document import Document
from report_writer.exporters.to_docx import write_docx
from report_writer.forms import OGI_2021

pytestmark = pytest.mark.office
TOOLS = ("soffice", "pdftotext", "pdfinfo")
OVERVIEW = "\n".join(
    f"（{n}）{topic}。全年对照清单逐项落实，更新栏目{200 + i}次，公开内容准确完整。" * 2
    for i, (n, topic) in enumerate(
        zip(
            "一二三四五",
            ("主动公开", "依申请公开", "信息管理", "平台建设", "监督保障"),
            strict=True,
        )
    )
)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report as LibreOffice prints it."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        if os.environ.get("REQUIRE_OFFICE") == "1":
            pytest.fail(f"missing: {missing}")
        pytest.skip(f"missing: {missing}")
    folder = tmp_path_factory.mktemp("word")
    report = AnnualReport(
        form="ogi_2021",
        year=2024,
        agency=Agency(name="云溪市水务局"),
        tables=OGI_2021.complete(
            {a: Cell.number(10_000 + i) for i, a in enumerate(OGI_2021.addresses)}
        ),
        sections={"overview": OVERVIEW, "problems": "解读不多。", "other_matters": "未收费。"},
    )
    write_docx(Document(report=report), folder / "report.docx")
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    done = subprocess.run(
        [*command, profile, str(folder / "report.docx")],
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert (folder / "report.pdf").is_file(), done.stdout + done.stderr
    return folder / "report.pdf"


def tool(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def test_pages_are_a4_and_few(pdf: Path) -> None:
    facts = tool("pdfinfo", str(pdf))
    assert "A4" in facts
    assert 3 <= int(re.findall(r"Pages:\s+(\d+)", facts)[0]) <= 6


def test_every_figure_and_heading_is_printed_inside_the_margins(pdf: Path) -> None:
    words = re.findall(
        r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>',
        tool("pdftotext", "-bbox", str(pdf), "-"),
    )
    printed = {text for *_, text in words}
    assert {str(10_000 + i) for i in range(len(OGI_2021.addresses))} <= printed
    left, right = 28 / 25.4 * 72, (210 - 26) / 25.4 * 72
    figures = [w for w in words if re.fullmatch(r"1\d{4}", w[4])]
    assert all(left - 1 <= float(x) and float(end) <= right + 1 for x, _, end, _, _ in figures)
    text = "".join(tool("pdftotext", str(pdf), "-").split())
    for section in OGI_2021.sections:
        assert section.heading in text
    assert "".join(OVERVIEW.split("\n")[0].split()) in text


def test_figures_of_one_row_do_not_run_into_each_other(pdf: Path) -> None:
    words = re.findall(
        r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(1\d{4})</word>',
        tool("pdftotext", "-bbox", str(pdf), "-"),
    )
    rows: dict[float, list[tuple[float, float]]] = {}
    for start, top, end, _ in words:
        rows.setdefault(float(top), []).append((float(start), float(end)))
    for spans in rows.values():
        spans.sort()
        assert all(end < start for (_, end), (start, _) in itertools.pairwise(spans))


def test_page_numbers_are_printed(pdf: Path) -> None:
    first = tool("pdftotext", "-l", "1", str(pdf), "-")
    assert re.search(r"—\s?1\s?—", first)
