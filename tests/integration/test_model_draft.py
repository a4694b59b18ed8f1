"""A real local model writes. What holds are invariants, never a wording."""

import json
import os
import subprocess
import sys

import pytest

from report_writer.domain.findings import Status
from report_writer.domain.generation import Origin
from report_writer.drafting.backend import open_backend
from report_writer.drafting.slots import tokens
from report_writer.drafting.writer import write_draft
from report_writer.readers.dispatch import read
from tests.paths import EXAMPLES

QINGHE = EXAMPLES / "qinghe-2024" / "report.json"
pytestmark = [pytest.mark.model, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def drafted(default_model_path):
    backend = open_backend(f"gguf:{default_model_path}", timeout=900)
    try:
        yield write_draft(read(QINGHE), backend=backend, model="gguf:default")
    finally:
        backend.close()


def test_every_number_is_accounted_for_and_nothing_is_contradicted(drafted):
    statuses = {m.status for m in drafted.result.mentions}
    assert not statuses & {Status.CONTRADICTED, Status.UNACCOUNTED}
    assert drafted.contradicted == ()


def test_the_model_wrote_most_of_the_overview_and_the_trail_says_which(drafted):
    overview = next(s for s in drafted.trail.sections if s.section == "overview")
    by = [s.origin for s in overview.sentences]
    assert by.count(Origin.MODEL) > len(by) / 2
    text = drafted.report.sections["overview"]
    assert all(text[s.start : s.end] == s.text for s in overview.sentences)
    assert all(a.prompt for a in overview.attempts)


def test_no_debris_of_prompt_or_markup_reaches_the_text(drafted):
    for text in drafted.report.sections.values():
        assert tokens(text) == []
        for debris in ("×", "□", "{", "}", "#", "**", "库房", "领用物品", "资料〕", "要点："):
            assert debris not in text


def test_every_fact_of_the_plan_is_stated(drafted):
    text = "".join(drafted.report.sections.values())
    for fact in read(QINGHE).facts:
        assert f"{fact.value}{fact.unit}" in text
    for phrase in ("168件", "131件", "166件", "61件", "12件", "31件", "900元", "会商21次"):
        assert phrase in text


def test_no_prompt_shows_a_figure(drafted):
    """A hosted model would see phrases and notes, not one value of the tables."""
    for section in drafted.trail.sections:
        for attempt in section.attempts:
            for value in ("1846", "168", "131", "847.35", "1286"):
                assert value not in attempt.prompt


def test_the_command_drafts_with_the_small_model(small_model_path, tmp_path):
    source = EXAMPLES / "laocheng-2023" / "report.json"
    command = ["draft", str(source), "-o", str(tmp_path), "--model", f"gguf:{small_model_path}"]
    done = subprocess.run(
        [sys.executable, "-m", "report_writer", *command],
        capture_output=True,
        check=False,
        env={**os.environ},
    )
    assert done.returncode == 0, done.stderr.decode("utf-8")
    findings = json.loads((tmp_path / "洛阳市老城区商务局-2023.findings.json").read_text("utf-8"))
    assert findings["summary"]["error"] == 0
    assert not {m["status"] for m in findings["mentions"]} & {"contradicted", "unaccounted"}
    stdout = done.stdout.decode("utf-8").split()
    assert stdout[0].endswith(".docx")
    assert "ggml" not in done.stdout.decode("utf-8")
