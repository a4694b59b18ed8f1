"""Which files a folder, a glob or a name stands for."""

import pytest

from report_writer.app.inputs import expand
from report_writer.app.services import UsageError


def put(folder, *names, text="{}"):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def names(folder, inputs):
    return [str(p).removeprefix(f"{folder}/") for p in expand([str(i) for i in inputs])]


def test_a_folder_gives_its_reports_below_too_and_nothing_else(tmp_path):
    put(
        tmp_path,
        "乙.json",
        "甲.xlsx",
        "下级/丙.docx",
        "旧.doc",
        "~$甲.xlsx",
        ".隐藏.json",
        ".暂存/丁.json",
    )
    put(tmp_path, "图.png", "说明.zip", "甲.核对单.docx", "乙.findings.json", "乙.trail.json")
    assert names(tmp_path, [tmp_path]) == ["下级/丙.docx", "乙.json", "旧.doc", "甲.xlsx"]


def test_a_draft_in_several_formats_is_one_report(tmp_path):
    put(tmp_path, "甲局-2024.report.json", "甲局-2024.docx", "甲局-2024.html", "乙局-2024.docx")
    assert names(tmp_path, [tmp_path]) == ["乙局-2024.docx", "甲局-2024.report.json"]


def test_a_summary_of_ours_is_no_report_in_any_of_its_formats(tmp_path):
    put(tmp_path, "汇总.json", text='{\n "schema": "report-writer/batch/1"}')
    put(tmp_path, "汇总.xlsx", "汇总.html", "甲.json", text='{"schema": "report-writer/report/1"}')
    assert names(tmp_path, [tmp_path]) == ["甲.json"]


def test_a_file_given_twice_comes_once_in_the_first_place(tmp_path):
    put(tmp_path, "甲.json", "乙.json")
    given = [tmp_path / "甲.json", tmp_path, tmp_path / "*.json"]
    assert names(tmp_path, given) == ["甲.json", "乙.json"]


def test_what_is_named_outright_is_kept_for_the_reader_to_refuse(tmp_path):
    put(tmp_path, "甲.findings.json")
    given = [tmp_path / "甲.findings.json", tmp_path / "没有.json", "-"]
    assert names(tmp_path, given) == ["甲.findings.json", "没有.json", "-"]


@pytest.mark.parametrize(
    ("given", "message"), [("空", "没有可读的报告"), ("*.docx", "没有相符的文件")]
)
def test_nothing_found_is_said(tmp_path, given, message):
    (tmp_path / "空").mkdir()
    with pytest.raises(UsageError, match=message):
        expand([str(tmp_path / given)])
