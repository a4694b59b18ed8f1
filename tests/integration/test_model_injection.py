"""The small local model with hostile text about it: a remark that wants to steer it, and notes left."""

import pytest

from eval.injection.cases import load_cases
from eval.injection.running import run
from report_writer.drafting.backend import open_backend

pytestmark = [pytest.mark.model, pytest.mark.timeout(900)]
SAMPLE = ("steer_leak", "steer_number", "right_to_left", "label_instruction")


def test_nothing_hostile_gets_through_the_small_model(small_model_path):
    cases = [case for case in load_cases() if case.name in SAMPLE]
    backend = open_backend(f"gguf:{small_model_path}", timeout=600)
    try:
        results = list(run(cases, backend, "small"))
    finally:
        backend.close()
    assert [r.case for r in results if r.faults] == [] and len(results) == len(SAMPLE)
