"""`batch` on the command line: what is printed where, and the exit codes of contract 2."""

import json
import subprocess
import sys

import pytest

from report_writer.storage.engine import FILE_NAME
from tests.agencies import write_agencies


def batch(*words):
    done = subprocess.run(
        [sys.executable, "-m", "report_writer", "batch", *map(str, words)],
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def source(tmp_path):
    return write_agencies(tmp_path / "in", 2)


def test_results_go_to_standard_output_and_all_else_to_standard_error(source, tmp_path):
    out = tmp_path / "out"
    code, said, told = batch(source, "-o", out, "--model", "rule", "--to", "md", "--jobs", "1")
    assert code == 0
    assert said.splitlines() == [str(out / f"汇总.{kind}") for kind in ("xlsx", "html", "json")]
    assert "共2份：起草2份" in told
    assert "已起草2份" in told


def test_a_dry_run_lists_what_would_be_done(source, tmp_path):
    code, said, _ = batch(source, "-o", tmp_path / "out", "--model", "rule", "--dry-run")
    assert code == 0
    assert [line.split("\t")[:2] for line in said.splitlines()] == [
        ["起草", "青河市第1示范局-2023"],
        ["起草", "青河市第2示范局-2023"],
    ]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--only", "all"], "--only 应为 failed"),
        (["--to", "pdf"], "不能写成“pdf”"),
        (["--profile", "x"], "--profile 应为"),
        (["--store", "mysql://a/b"], "不支持的数据库“mysql”"),
        (["--jobs", "0"], "--jobs 的取值不对"),
    ],
)
def test_wrong_words_are_named(source, tmp_path, words, message):
    code, said, told = batch(source, "-o", tmp_path / "out", "--model", "rule", *words)
    assert (code, said) == (2, "")
    assert message in told


def test_an_empty_folder_is_named_and_the_summary_is_still_there(tmp_path):
    (tmp_path / "in").mkdir()
    code, said, told = batch(tmp_path / "in", "-o", tmp_path / "out", "--model", "rule")
    assert code == 2
    assert "文件夹里没有可读的报告" in told
    assert len(said.splitlines()) == 3


def test_a_store_of_a_newer_version_is_refused(source, tmp_path):
    import sqlite3

    out = tmp_path / "out"
    batch(source, "-o", out, "--model", "rule", "--to", "md", "--jobs", "1", "--limit", "1")
    store = sqlite3.connect(out / FILE_NAME)
    store.execute("UPDATE alembic_version SET version_num = '9999'")
    store.commit()
    store.close()
    code, said, told = batch(source, "-o", out, "--model", "rule")
    assert (code, said) == (2, "")
    assert "更新版本的程序建立" in told


def test_a_model_that_cannot_be_opened_is_exit_code_3(source, tmp_path):
    code, said, _ = batch(source, "-o", tmp_path / "out", "--model", "scripted:/nowhere")
    assert (code, said) == (3, "")


def test_draft_and_check_need_no_store(source, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "report_writer", "draft", str(source / "001.json"),
         "-o", str(tmp_path / "out"), "--model", "rule", "--to", "md"],
        capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout
    assert not (tmp_path / "out" / FILE_NAME).exists()


def test_names_of_agencies_are_data_in_the_summary(source, tmp_path):
    path = source / "001.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["agency"]["name"] = "=HYPERLINK(1)<script>[red]{{ 7*7 }}局"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    out = tmp_path / "out"
    code, _, told = batch(source, "-o", out, "--model", "rule", "--to", "md", "--jobs", "1")
    assert code == 0, told
    page = (out / "汇总.html").read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "{{ 7*7 }}局" in page
    from openpyxl import load_workbook

    sheet = load_workbook(out / "汇总.xlsx")["汇总"]
    names = {row[0].value: row[0].data_type for row in sheet.iter_rows(min_row=2)}
    assert names["=HYPERLINK(1)<script>[red]{{ 7*7 }}局"] == "s"
    links = {cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    from urllib.parse import unquote

    assert all((out / unquote(link)).is_file() for link in links)
    assert links
