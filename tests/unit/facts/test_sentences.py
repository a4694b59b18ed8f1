"""Several hundred sentences of our own: the right ones are silent, the wrong ones are found."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from report_writer.checks import all_checks, check_report
from report_writer.domain.findings import Mention, Severity
from report_writer.domain.report import AnnualReport
from report_writer.facts.judging.entries import SUPPORTED
from report_writer.forms import OGI_2021
from report_writer.readers.from_json import report_from_mapping

CASES = Path(__file__).parents[2] / "cases"
DATA: dict[str, Any] = {
    group: found
    for name in ("sentences.yml", "departments.yml")
    for group, found in yaml.safe_load((CASES / name).read_text(encoding="utf-8")).items()
}
GROUPS = (
    "told_widely",
    "narrowed",
    "subsets",
    "agencies",
    "forty",
    "mixed",
    "registered",
    "put_otherwise",
    "departments",
)
RULES = [rule for rule in all_checks() if rule.code.startswith("NUM")]
REQUESTS = "收到政府信息公开申请5件，办结4件，结转下年1件。"
BUSY = {
    table.key: {row.key: dict.fromkeys(row.columns, 9) for row in table.rows}
    for table in OGI_2021.tables
}


def build(case: dict[str, Any]) -> AnnualReport:
    year = case.get("year", 2023)
    mapping: dict[str, Any] = {
        "year": year,
        "agency": {"name": "示例市商务局", "kind": case.get("kind", "department")},
        "blank_is_zero": True,
        "tables": case.get("tables", {}),
        "facts": case.get("facts", []),
        "sections": {case.get("section", "overview"): case["text"]},
    }
    if "previous" in case:
        mapping["previous"] = {"year": year - 1, "blank_is_zero": True, "tables": case["previous"]}
    return report_from_mapping(mapping, name="sentence")


def alarms(case: dict[str, Any]) -> tuple[list[tuple[str, str]], tuple[Mention, ...]]:
    result = check_report(build(case), checks=RULES)
    assert result.crashes == ()
    found = [(f.code, f.message) for f in result.findings if f.severity is not Severity.ADVICE]
    return found, result.mentions


def cases(verdict: str) -> list[Any]:
    return [
        pytest.param(case, id=f"{group}-{index}")
        for group in GROUPS
        for index, case in enumerate(DATA[group][verdict])
    ]


@pytest.mark.parametrize("case", cases("right"))
def test_right_sentences_are_silent(case: dict[str, Any]) -> None:
    found, mentions = alarms(case)
    assert found == [], case["text"]
    confirmed = {m.quote for m in mentions if m.status in SUPPORTED}
    assert set(case.get("holds", [])) <= confirmed, case["text"]


@pytest.mark.parametrize("case", cases("wrong"))
def test_wrong_sentences_are_found(case: dict[str, Any]) -> None:
    assert alarms(case)[0], case["text"]


@pytest.mark.parametrize("case", DATA["denials"]["wrong"], ids=lambda case: case["text"][:20])
def test_denials_hold_for_zero_and_fail_otherwise(case: dict[str, Any]) -> None:
    assert [code for code, _ in alarms(case)[0]], case["text"]
    found, mentions = alarms({"text": case["text"], "section": case.get("section", "overview")})
    if "自然人" in case["text"]:
        return
    assert found == []
    assert {"bound", "derived"} & {mention.status for mention in mentions}


@pytest.mark.parametrize("sentence", DATA["boilerplate"])
def test_prose_without_figures_denies_no_cell(sentence: str) -> None:
    assert alarms({"text": sentence, "tables": BUSY})[0] == []
    assert alarms({"text": sentence, "tables": BUSY, "section": "problems"})[0] == []


@pytest.mark.parametrize("sentence", DATA["other_matters"])
def test_other_matters_keep_their_numbers(sentence: str) -> None:
    tables = {
        "requests": {
            "received": {"total": 5}, "disposed": {"total": 4}, "carried_forward": {"total": 1},
        },
        "proactive": {"licences": {"decisions": 40}, "penalties": {"decisions": 9}},
    }  # fmt: skip
    for text in (sentence, REQUESTS + sentence, sentence + REQUESTS):
        assert alarms({"text": text, "tables": tables})[0] == [], text
