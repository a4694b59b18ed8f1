"""Right sentences as offices write them, each held against its table: nothing in them is an error or a warning."""

import json
from pathlib import Path
from typing import Any

import pytest

from report_writer.domain.findings import Severity
from tests.paths import ROOT
from tests.small_reports import checked

FOLDER = ROOT / "tests" / "cases" / "right"
FILES = sorted(FOLDER.glob("*.txt"))
SENTENCES = [
    pytest.param(path.stem, line, id=f"{path.stem}-{number}")
    for path in FILES
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
]


def data(name: str) -> dict[str, Any]:
    path: Path = FOLDER / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def test_there_are_sentences() -> None:
    assert len(SENTENCES) > 100


@pytest.mark.parametrize(("name", "sentence"), SENTENCES)
def test_a_right_sentence_is_left_alone(name: str, sentence: str) -> None:
    report = data(name)
    result = checked(sentence, report.pop("tables"), **report)
    told = [
        f.message
        for f in result.findings
        if f.code.startswith("NUM") and f.severity is not Severity.ADVICE
    ]
    assert told == []
