"""`--help` and `check` of JSON or text load no model stack, no document library, no PDF reader."""

import subprocess
import sys

import pytest

from tests.paths import EXAMPLES

HEAVY = (
    "langchain",
    "langchain_core",
    "langchain_openai",
    "torch",
    "transformers",
    "xllamacpp",
    "docx",
    "openpyxl",
    "selectolax",
    "pdfplumber",
    "pypdfium2",
    "lxml",
    "numpy",
    "sqlalchemy",
    "alembic",
    "psutil",
    "httpx",
    "openai",
)


def loaded_after(*words):
    code = (
        "import sys\n"
        "from report_writer.cli.main import run\n"
        f"sys.argv = ['report-writer', *{words!r}]\n"
        "try:\n    run()\nexcept SystemExit:\n    pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    return done.stderr.decode("utf-8").strip().splitlines()[-1]


@pytest.mark.parametrize(
    "words", [("--help",), ("check", "--help"), ("draft", "--help"), ("rules",)]
)
def test_help_is_light(words):
    assert loaded_after(*words) == "[]"


def test_check_of_json_is_light():
    assert loaded_after("check", str(EXAMPLES / "qinghe-2024" / "report.json")) == "[]"


def test_check_of_text_is_light(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "示例局2023年政府信息公开工作年度报告\n\n一、总体情况\n\n收到申请3件。\n", encoding="utf-8"
    )
    assert loaded_after("check", str(path)) == "[]"


def test_a_rule_written_draft_loads_no_model_stack(tmp_path):
    loaded = loaded_after(
        "draft",
        str(EXAMPLES / "laocheng-2023" / "report.json"),
        "-o",
        str(tmp_path),
        "--model",
        "rule",
    )
    assert "langchain" not in loaded
    assert "xllamacpp" not in loaded
