"""The catalogue of rules is whole: file name, docstring parts, cases."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from report_writer.checks import Check, all_checks

CASES = Path(__file__).parents[1] / "cases" / "checks"
RULES = all_checks()


def module_file(rule: Check) -> Path:
    return Path(rule.function.__code__.co_filename)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
class TestEveryRule:
    def test_file_is_named_after_code_and_name(self, rule: Check) -> None:
        family, _, name = rule.name.partition(".")
        assert module_file(rule).stem == f"{rule.code.lower()}_{name}"
        assert re.fullmatch(r"[a-z]+", family)
        assert rule.function.__name__ == name
        assert module_file(rule).parent.name == rule.code[:3].lower()

    def test_file_is_short(self, rule: Check) -> None:
        assert len(module_file(rule).read_text(encoding="utf-8").splitlines()) <= 120

    def test_docstring_explains(self, rule: Check) -> None:
        first, *rest = rule.documentation.splitlines()
        assert re.search(r"[\u4e00-\u9fff]", first)
        text = "\n".join(rest)
        places = [text.find(part) for part in ("Why: ", "Bad: ", "Good: ")]
        assert -1 not in places
        assert places == sorted(places)

    def test_has_a_case_that_passes_and_one_that_fails(self, rule: Check) -> None:
        path = CASES / f"{rule.code}.yml"
        assert path.is_file(), f"no cases for {rule.code}"
        data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert data["check"] == rule.code
        outcomes = {bool(case["at"]) for case in data["cases"].values()}
        assert outcomes == {True, False}


def test_every_case_file_belongs_to_a_rule() -> None:
    assert {path.stem for path in CASES.glob("*.yml")} <= {rule.code for rule in RULES}


def test_codes_follow_the_scheme() -> None:
    for rule in RULES:
        assert re.fullmatch(r"(TAB|NUM|SEC|FEE|STY|REF|PRV|GEN|DUP)[1-9]\d\d", rule.code)
