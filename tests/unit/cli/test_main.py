"""Commands as other programs call them: exit code, standard output, standard error."""

import json
import subprocess
import sys

import pytest

from tests.paths import EXAMPLES, shared

QINGHE = EXAMPLES / "qinghe-2024" / "report.json"
LAOCHENG = EXAMPLES / "laocheng-2023" / "report.json"


def run(*words, stdin="", **environment):
    import os

    return subprocess.run(
        [sys.executable, "-m", "report_writer", *map(str, words)],
        input=stdin.encode(),
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


def text(stream):
    return stream.decode("utf-8")


def test_check_prints_exactly_one_object_of_the_contract():
    done = run("check", QINGHE, "--format", "json")
    assert done.returncode == 0
    result = json.loads(text(done.stdout))
    assert result["schema"] == "report-writer/findings/1"
    assert list(result) == [
        "schema",
        "input",
        "report",
        "cells",
        "checks_run",
        "findings",
        "mentions",
        "not_assessed",
        "crashes",
        "summary",
    ]
    assert result["cells"] == {"read": 200, "blank": 0}
    assert result["crashes"] == []
    assert done.stderr == b""


def test_check_takes_standard_input():
    done = run("check", "-", "--format", "json", stdin=QINGHE.read_text(encoding="utf-8"))
    assert done.returncode == 0
    assert json.loads(text(done.stdout))["input"] == "标准输入"


def test_jsonl_keeps_order_and_goes_on_after_an_unreadable_file(tmp_path):
    bad = tmp_path / "坏.json"
    bad.write_text("{", encoding="utf-8")
    done = run("check", QINGHE, bad, LAOCHENG, "--format", "jsonl")
    lines = [json.loads(line) for line in text(done.stdout).splitlines()]
    assert [line.get("error") is not None for line in lines] == [False, True, False]
    assert lines[1]["input"] == "坏.json"
    assert done.returncode == 2
    assert "坏.json" in text(done.stderr)


def test_a_wrong_total_is_a_finding_and_exit_1(tmp_path):
    wrong = tmp_path / "a.json"
    wrong.write_text(
        QINGHE.read_text(encoding="utf-8").replace(
            '"other": 5, "total": 168', '"other": 5, "total": 186'
        ),
        encoding="utf-8",
    )
    done = run("check", wrong)
    assert done.returncode == 1
    assert "TAB101" in text(done.stdout)
    assert "186" in text(done.stdout)


def test_draft_reads_standard_input_and_names_its_files(tmp_path):
    done = run(
        "draft", "-", "-o", tmp_path, "--model", "rule", stdin=LAOCHENG.read_text(encoding="utf-8")
    )
    assert done.returncode == 0
    files = text(done.stdout).split()
    assert files[0].endswith("洛阳市老城区商务局-2023.docx")
    assert "规则写" in text(done.stderr)


def test_draft_of_wrong_figures_exits_1_and_writes_nothing(tmp_path):
    source = LAOCHENG.read_text(encoding="utf-8").replace('"total": 0', '"total": 1', 1)
    done = run("draft", "-", "-o", tmp_path / "out", "--model", "rule", stdin=source)
    assert done.returncode == 1
    assert "TAB" in text(done.stdout)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["check", "没有.json"], 2, "找不到"),
        (["check", str(QINGHE), "--format", "xml"], 2, "xml"),
        (["check", str(QINGHE), str(LAOCHENG), "--format", "json"], 2, "jsonl"),
        (["draft", str(LAOCHENG), "-o", "x", "--model", "gguf:没有"], 3, "没有"),
        (["draft", str(LAOCHENG), "-o", "x", "--model", "what"], 3, "what"),
        (["draft", str(LAOCHENG), "-o", "x", "--to", "pptx", "--model", "rule"], 2, "pptx"),
        (["rules", "TAB999"], 2, "TAB999"),
        (["convert", str(LAOCHENG), "x.pptx"], 2, "pptx"),
        (["frobnicate"], 2, "没有 frobnicate"),
        (["draft", str(LAOCHENG)], 2, "缺少 -o"),
        (["draft", str(LAOCHENG), "-o", "x", "--colour"], 2, "没有 --colour"),
        (["new", "x.xlsx", "--agency", "甲局", "--year", "去年"], 2, "--year"),
    ],
)
def test_every_failure_is_one_message_and_its_exit_code(tmp_path, words, code, said):
    done = subprocess.run(
        [sys.executable, "-m", "report_writer", *words],
        capture_output=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == code, text(done.stderr)
    assert said in text(done.stderr)
    assert "Traceback" not in text(done.stderr)
    assert done.stdout == b""
    assert list(tmp_path.iterdir()) == []


def test_rules_are_listed_and_explained():
    listed = text(run("rules").stdout)
    assert "TAB201" in listed
    explained = text(run("rules", "tab201").stdout)
    assert "Why:" in explained


def test_output_is_utf_8_whatever_the_terminal_says():
    done = run("check", LAOCHENG, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert done.returncode == 0, text(done.stderr)
    assert "老城区商务局" in text(done.stdout)


def test_the_published_text_is_read_as_the_issue_asks():
    done = run("check", shared("reports/laochengqu_shangwuju_2023.txt"), "--format", "json")
    assert done.returncode == 0
    result = json.loads(text(done.stdout))
    assert result["cells"] == {"read": 200, "blank": 0}
    assert not [f for f in result["findings"] if f["code"].startswith(("TAB1", "TAB2"))]
    assert [
        (f["code"], f["severity"])
        for f in result["findings"]
        if f["at"].get("quote") == "25 余次" and f["severity"] != "advice"
    ] == [("NUM301", "warning")]
    by_quote = {m["quote"]: m["status"] for m in result["mentions"]}
    assert by_quote["无依申请公开事项"] == "bound"
    assert [s for q, s in by_quote.items() if "0379-65250218" in q] == ["not_a_figure"]
    assert {s for q, s in by_quote.items() if "年" in q} == {"not_a_figure"}


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("hongze_2023", ["TAB103", "TAB103"]),
        ("hongze_2024", []),
        ("huaian_2024", []),
        ("laochengqu_shangwuju_2023", []),
    ],
)
def test_published_figures_fail_only_where_they_are_wrong(name, codes):
    done = run("check", shared(f"reports/{name}.figures.json"), "--format", "json")
    assert [f["code"] for f in json.loads(text(done.stdout))["findings"]] == codes
    assert done.returncode == bool(codes)


def test_a_template_mark_in_the_input_is_the_inputs_fault(tmp_path):
    report = json.loads(QINGHE.read_text(encoding="utf-8"))
    report["sections"] = {"overview": "全年收到{{n}}件。"}
    source = tmp_path / "标记.json"
    source.write_text(json.dumps(report), encoding="utf-8")
    done = run("convert", source, tmp_path / "出.docx")
    assert done.returncode == 2
    assert "占位符“{{”" in text(done.stderr)
    assert not (tmp_path / "出.docx").exists()


def test_a_draft_of_an_empty_form_says_that_the_tables_are_empty(tmp_path):
    done = run("new", tmp_path / "表.xlsx", "--agency", "示例局", "--year", "2024")
    assert done.returncode == 0
    done = run("draft", tmp_path / "表.xlsx", "-o", tmp_path / "出", "--model", "rule")
    assert done.returncode == 0
    assert "核对：错误0条，提醒" in text(done.stderr)
