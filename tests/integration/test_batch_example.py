"""The made-up batch: `check` of every report gives just the findings its generator planted."""

import json
import subprocess
import sys
from collections import Counter

import pytest

from report_writer.app.services import check_input
from report_writer.domain.findings import Severity
from report_writer.readers.dispatch import read_all
from report_writer.readers.errors import ReadError
from tests.paths import EXAMPLES, ROOT

GENERATOR = EXAMPLES / "batch-50" / "generate.py"


def generate(folder, *options):
    """Return the folder of a made-up batch and what is known of it."""
    subprocess.run(
        [sys.executable, str(GENERATOR), "-o", str(folder), *options],
        check=True,
        capture_output=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
    )
    known = folder.with_name(f"{folder.name}.known-errors.json")
    return folder, json.loads(known.read_text(encoding="utf-8"))


def findings(path):
    """Return agency → findings of severity error and warning of every report in a file."""
    return {
        result.agency: sorted(
            [f[0], str(f[1]), f[2].partition("[")[0]]
            for f in result.flatten("code", "severity", "at")
            if f[1] is not Severity.ADVICE
        )
        for result in check_input(path)
    }


@pytest.mark.parametrize(
    "options",
    [["-n", "50"], ["-n", "120", "--finished"], ["-n", "50", "--finished", "--formats", "mixed"]],
    ids=["tables", "finished", "mixed"],
)
def test_check_finds_what_was_planted_and_nothing_else(tmp_path, options):
    folder, known = generate(tmp_path / "batch", *options)
    entries = known["reports"]
    assert len(entries) == int(options[1])
    by_file = Counter(entry["file"].partition("#")[0] for entry in entries)
    found = {file: findings(folder / file) for file in by_file}
    assert {file: len(results) for file, results in found.items()} == by_file
    wrong = {
        entry["file"]: (entry["planted"], got, entry["findings"])
        for entry in entries
        if (got := found[entry["file"].partition("#")[0]][entry["agency"]])
        != sorted(entry["findings"])
    }
    assert wrong == {}
    planted = {entry["planted"] for entry in entries}
    assert len(planted) > 10
    assert all(entry["findings"] for entry in entries if entry["planted"])
    assert {path.name for path in folder.iterdir()} == set(by_file)
    kinds = {path.suffix for path in folder.iterdir()}
    assert kinds == ({".json", ".xlsx", ".docx"} if "mixed" in options else {".json"})


def test_the_same_seed_gives_the_same_files(tmp_path):
    first, known = generate(tmp_path / "one", "-n", "20")
    second, again = generate(tmp_path / "two", "-n", "20")
    other, _ = generate(tmp_path / "three", "-n", "20", "--seed", "7")
    texts = [
        {p.name: p.read_text(encoding="utf-8") for p in folder.iterdir()}
        for folder in (first, second, other)
    ]
    assert known == again
    assert texts[0] == texts[1]
    assert texts[0].keys() == texts[2].keys()
    assert texts[0] != texts[2]


def test_trouble_is_what_it_says(tmp_path):
    folder, known = generate(tmp_path / "batch", "-n", "12", "--trouble")
    for name in known["unreadable"]:
        with pytest.raises(ReadError):
            read_all(folder / name)
    one, two = (read_all(folder / name)[0] for name in known["twice"])
    assert (one.agency, one.year) == (two.agency, two.year)
    assert one.tables != two.tables
    full, short = (read_all(folder / name)[0] for name in known["alias"])
    assert full.agency.short_name == short.agency.name
