"""A part that a whole report leaves out is reported; a damaged heading is only advice."""

from pathlib import Path

import pytest

from report_writer.checks import check_report
from report_writer.domain.report import AnnualReport
from report_writer.forms import OGI_2021
from report_writer.readers.dispatch import read

TITLE = "清河市水利局2024年政府信息公开工作年度报告"
PARTS = {
    section.heading: f"这是{section.heading[2:]}的文字，内容完整。" for section in OGI_2021.sections
}


def report(tmp_path: Path, parts: dict[str, str]) -> AnnualReport:
    path = tmp_path / "a.txt"
    lines = [TITLE, *(line for part in parts.items() for line in part)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return read(path)


def missing(found: AnnualReport) -> list[str]:
    return [str(f.at.section) for f in check_report(found).findings if f.code == "SEC101" and f.at]


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("一、总体情况", "overview"),
        ("五、存在的主要问题及改进情况", "problems"),
        ("六、其他需要报告的事项", "other_matters"),
    ],
)
def test_a_left_out_part_is_a_missing_section(tmp_path: Path, heading: str, key: str) -> None:
    found = report(tmp_path, {h: t for h, t in PARTS.items() if h != heading})
    assert found.sections[key] == ""
    assert missing(found) == [key]


@pytest.mark.parametrize(
    ("heading", "damaged", "key"),
    [
        ("五、存在的主要问题及改进情况", "五、困难与展望", "problems"),
        ("六、其他需要报告的事项", "其他报告事项如下", "other_matters"),
        ("一、总体情况", "总体状况", "overview"),
    ],
)
def test_a_damaged_heading_is_advice(tmp_path: Path, heading: str, damaged: str, key: str) -> None:
    found = report(tmp_path, {damaged if h == heading else h: t for h, t in PARTS.items()})
    assert key not in found.sections
    assert missing(found) == []
    assert any(heading in remark for remark in found.remarks)


def test_an_extract_lacks_nothing(tmp_path: Path) -> None:
    found = report(tmp_path, dict(list(PARTS.items())[:3]))
    assert "problems" not in found.sections
    assert missing(found) == []


def test_a_whole_report_lacks_nothing(tmp_path: Path) -> None:
    assert missing(report(tmp_path, PARTS)) == []
