"""The limits we hold ourselves to (design 8), and what a built wheel must carry."""

import re
import subprocess
import sys
import zipfile

import pytest

from report_writer.forms import FORMS
from tests.paths import ROOT

SOURCES = sorted((ROOT / "src").rglob("*.py"))
NAMELESS = {"utils.py", "util.py", "helpers.py", "helper.py", "common.py", "misc.py"}
# The three boundaries that may catch everything: rule runner, batch item, command line.
BOUNDARIES = {"checks/_runner.py", "app/batch.py", "cli/main.py"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT / "src")))
def test_modules_stay_short_and_named(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    is_rule = re.match(r"(tab|num|sec|fee|dup)\d", path.name)
    assert lines <= (120 if is_rule else 400)
    assert path.name not in NAMELESS


def test_broad_excepts_stand_at_the_named_boundaries_only():
    broad = {
        str(path.relative_to(ROOT / "src" / "report_writer"))
        for path in SOURCES
        if re.search(
            r"except( Exception| BaseException)?( as \w+)?:", path.read_text(encoding="utf-8")
        )
    }
    assert broad <= BOUNDARIES


def test_the_glossary_knows_every_row_key_of_the_forms():
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    keys = {
        part
        for form in FORMS.values()
        for table in form.tables
        for key in [*(r.key for r in table.rows), *(c.key for c in table.columns)]
        for part in key.split(".")
    }
    assert sorted(key for key in keys if f"`{key}`" not in glossary) == []


def test_a_built_wheel_carries_prompts_templates_and_examples(tmp_path):
    pytest.importorskip("hatchling")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    unpacked = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(unpacked)
    code = (
        "from report_writer._resources import shipped\n"
        "from report_writer.drafting.wording import load_wording\n"
        "from report_writer.drafting.prompting import load_prompt\n"
        "from report_writer.drafting.catalogue import load_catalogue\n"
        "load_wording(); load_prompt('overview'); load_catalogue()\n"
        "print(shipped('templates'), sorted(p.name for p in shipped('examples').iterdir()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(unpacked), "PYTHONIOENCODING": "utf-8"},
    )
    printed = done.stdout.decode("utf-8")
    assert str(unpacked) in printed
    assert "laocheng-2023" in printed
    assert "qinghe-2024" in printed


def test_no_two_test_files_share_a_name():
    # Pytest imports them by their bare names.
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(set(names)) == sorted(names)
