"""How clerks name the cells: each number of a sentence finds its cell, whether it is right or wrong."""

import random
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from report_writer.domain.cells import plain
from report_writer.domain.findings import Mention, Status
from report_writer.facts.expressions import Expression, last
from report_writer.facts.judging.entries import SUPPORTED
from report_writer.facts.reading import read_report
from report_writer.facts.sheet import FactSheet, remedies, requests
from report_writer.forms import OGI_2021
from report_writer.forms.ogi_2021 import APPLICANTS, OUTCOMES
from report_writer.readers.from_json import report_from_mapping

DATA: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "wordings.yml").read_text(encoding="utf-8")
)
SENTENCES = [text for texts in DATA.values() for text in texts]
OTHER_COUNTS: list[str] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "other_counts.yml").read_text(encoding="utf-8")
)["other_counts"]
FAINT: list[str] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "faint_wordings.yml").read_text(encoding="utf-8")
)["faint_wordings"]
PLACE = re.compile(r"\{([^}]+)\}")
# Wrong by what no sum, share, approximation or other cell explains, and not too far off for a slip.
TIMES, MORE = 3, 7


def tables(seed: int) -> dict[str, Any]:
    """Balanced tables in which no two totals are the same."""
    dice = random.Random(seed)
    rows: dict[str, dict[str, int]] = {}
    for row in ("carried_over", *OUTCOMES, "carried_forward"):
        low = 3 if row == "carried_over" else 20
        rows[row] = {column: dice.randint(low, 900) for column in APPLICANTS}
    for column in APPLICANTS:
        rows.setdefault("disposed", {})[column] = sum(rows[o][column] for o in OUTCOMES)
        rows.setdefault("received", {})[column] = (
            rows["disposed"][column]
            + rows["carried_forward"][column]
            - rows["carried_over"][column]
        )
    for row in rows.values():
        row["total"] = sum(row.values())
    cases = {}
    for row in OGI_2021.table_by_key["remedies"].rows:
        cells = {column: dice.randint(20, 900) for column in row.columns[:-1]}
        cases[row.key] = cells | {"total": sum(cells.values())}
    documents = {
        row.key: {column: dice.randint(20, 900) for column in row.columns}
        for row in OGI_2021.table_by_key["proactive"].rows
    }
    return {"requests": rows, "remedies": cases, "proactive": documents}


@cache
def sheet(text: str) -> FactSheet:
    return FactSheet(
        report_from_mapping(
            {
                "year": 2023,
                "agency": {"name": "示例市商务局", "kind": "department"},
                "blank_is_zero": True,
                "tables": tables(1),
                "previous": {"year": 2022, "blank_is_zero": True, "tables": tables(2)},
                "sections": {"overview": text},
            },
            name="wording",
        )
    )


def expression(key: str) -> Expression:
    """The formula a place in braces stands for."""
    if key.startswith("last:"):
        now = expression(key.removeprefix("last:"))
        return Expression(tuple((sign, last(fact)) for sign, fact in now.terms))
    if "+" in key:
        return Expression(tuple(term for one in key.split("+") for term in expression(one).terms))
    table, _, rest = key.partition("/")
    if table == "remedies":
        row, _, column = rest.partition("/")
        return remedies(row, column)
    if table == "proactive":
        return Expression(((1, key),))
    return requests(table, rest or "total")


def fill(text: str, wrong: int = -1) -> tuple[str, list[tuple[int, str]]]:
    """The sentence with its numbers, and where each begins; `wrong` is the one that is off."""
    known, shown, places, at = sheet(""), "", [], 0
    for index, match in enumerate(PLACE.finditer(text)):
        shown += text[at : match.start()]
        value = Decimal(2 + index)
        if match[1] != "?":
            found = known.evaluate(expression(match[1]))
            assert found is not None
            value = found * TIMES + MORE if index == wrong else found
        places.append((len(shown), match[1]))
        shown += plain(value)
        at = match.end()
    return shown + text[at:], places


def mention_at(text: str, start: int) -> Mention:
    return next(m for m in read_report(sheet(text)).mentions if m.start == start)


def missed(sentence: str, wrong: int = -1) -> list[str]:
    text, places = fill(sentence, wrong)
    found = []
    for index, (start, key) in enumerate(places):
        mention = mention_at(text, start)
        if key == "?":
            if mention.status is not Status.UNACCOUNTED:
                found.append(f"{key}: {mention.quote} {mention.status} {mention.facts}")
            continue
        same = set(mention.facts) == set(expression(key).operands)
        if index == wrong:
            if mention.status is not Status.CONTRADICTED or not same:
                found.append(f"{key}: wrong {mention.quote} {mention.status} {mention.facts}")
        elif wrong < 0 and (mention.status not in SUPPORTED or not same):
            found.append(f"{key}: {mention.quote} {mention.status} {mention.facts}")
    return found


@pytest.mark.parametrize("sentence", SENTENCES)
def test_each_number_finds_its_cell(sentence: str) -> None:
    assert missed(sentence) == []


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_wrong_number_is_found_at_its_cell(sentence: str) -> None:
    for index, match in enumerate(PLACE.finditer(sentence)):
        if match[1] != "?":
            assert missed(sentence, index) == []


@pytest.mark.parametrize("sentence", OTHER_COUNTS)
def test_counts_of_other_things_accuse_no_cell(sentence: str) -> None:
    text, _ = fill(sentence)
    wrong = [m.quote for m in read_report(sheet(text)).mentions if m.status is Status.CONTRADICTED]
    assert wrong == []


@pytest.mark.parametrize("sentence", FAINT)
def test_loose_words_confirm_a_number_at_its_cell(sentence: str) -> None:
    assert missed(sentence) == []


@pytest.mark.parametrize("sentence", FAINT)
def test_loose_words_accuse_no_number_for_another_cell(sentence: str) -> None:
    for index in range(len(PLACE.findall(sentence))):
        text, places = fill(sentence, index)
        mention = mention_at(text, places[index][0])
        # NOTE: where its neighbours prove which cell is meant, or its words all but always mean it
        # (`judging.by_certainty`), that cell may tell it is wrong.
        cell = set(expression(places[index][1]).operands)
        assert mention.status is Status.UNACCOUNTED or set(mention.facts) == cell
