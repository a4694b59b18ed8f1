"""What numbers and clauses usually mean: words only, borne out or silent, and from the passages that are there."""

from importlib import resources
from typing import Any

import pytest

from eval.learned import digest, lines_of, numbers, passages, train
from report_writer.domain.findings import Severity, Status
from report_writer.facts.linking.learned import (
    FIRST,
    LAST,
    Neighbours,
    number_features,
    number_means,
    unnumbered_clauses,
    usual_meanings,
)
from tests.small_reports import checked

ALONE = Neighbours(FIRST, FIRST, LAST)


def _means(text: str, quote: str) -> str:
    start = text.index(quote)
    return str(number_means(text, start, start + len(quote), ALONE)[0].expression)


@pytest.mark.parametrize(
    ("text", "quote", "cell"),
    [
        ("执法支队全年作出处罚187件。", "187件", "proactive/penalties/decisions"),
        ("来函来电申请公开19件。", "19件", "requests/received/total"),
        ("因涉及他人隐私未公开的3件。", "3件", "requests/withheld.third_party_rights/total"),
        ("微信公众号推送政策解读187篇。", "187篇", "None"),
    ],
)
def test_words_say_what_a_number_means(text: str, quote: str, cell: str) -> None:
    assert _means(text, quote) == cell


def test_no_value_is_seen() -> None:
    one, other = (f"上年收到{n}件，本年收到{n + 4}件，减少{n}件。" for n in (11, 87))
    assert one != other
    assert number_features(one, 11, 14, ALONE) == number_features(other, 11, 14, ALONE)


def test_every_class_is_a_formula_over_cells() -> None:
    names = {str(meant).replace(" ", "") for meant in usual_meanings()}
    assert "requests/received/total" in names
    assert "share(requests/received/natural_person,requests/received/total)" in names
    assert "last_year:requests/received/total" in names


def test_clauses_with_a_digit_or_nothing_said_of_all_are_not_asked_about() -> None:
    text = "申请表没有人来领，栏目更新12次，全面推进公开，3件全部办结，上年也没有。"
    assert [text[a:b] for a, b in unnumbered_clauses(text)] == ["申请表没有人来领", "上年也没有"]


TABLES: dict[str, Any] = {
    "proactive": {
        "licences": {"decisions": 64},
        "penalties": {"decisions": 187},
        "normative_documents": {"issued": 3, "repealed": 2, "in_force": 17},
    },
    "requests": {
        "received": {"natural_person": 18, "company": 6, "total": 24},
        "carried_over": {"natural_person": 2, "total": 2},
        "disclosed": {"natural_person": 9, "total": 9},
        "disclosed_in_part": {"natural_person": 3, "total": 3},
        "withheld.third_party_rights": {"natural_person": 5, "total": 5},
        "unable_to_provide.not_held": {"company": 6, "natural_person": 3, "total": 9},
        "disposed": {"natural_person": 20, "company": 6, "total": 26},
        "carried_forward": {"natural_person": 0, "total": 0},
    },
}


@pytest.mark.parametrize(
    ("text", "quote", "cell"),
    [
        ("要材料的来了24件，给全了的9件，给一部分的3件。", "24件", "requests/received/total"),
        ("书面递来的索取件24件，给全了的9件，给一部分的3件。", "9件", "requests/disclosed/total"),
        (
            "要材料的来了24件，给全了的9件，给一部分的3件。",
            "3件",
            "requests/disclosed_in_part/total",
        ),
    ],
)
def test_what_no_list_knows_is_confirmed_by_what_its_words_usually_mean(
    text: str, quote: str, cell: str
) -> None:
    (mention,) = (m for m in checked(text, TABLES).mentions if m.quote == quote)
    assert mention.status is Status.BOUND and mention.facts == (cell,)


@pytest.mark.parametrize(
    "text",
    [
        "年内各科室经手群众来函索取公开材料42件。",
        "要材料的来了31件，给全了的12件。",
        "执法协管员巡查登记187处，受理信访事项30件，办结28件。",
    ],
)
def test_what_is_usual_accuses_nobody(text: str) -> None:
    assert not [f for f in checked(text, TABLES).findings if f.severity is not Severity.ADVICE]


def test_a_number_of_another_year_or_of_a_change_is_not_confirmed() -> None:
    for text in ("2021年群众来函索取公开材料24件。", "群众来函索取公开材料增加24件。"):
        assert all(m.status is not Status.BOUND for m in checked(text, TABLES).mentions)


def test_the_weights_are_those_of_the_passages_that_are_there() -> None:
    for name in ("numbers", "clauses"):
        source = resources.files("report_writer.facts").joinpath("data", f"learned_{name}.tsv")
        written = source.read_text(encoding="utf-8").split(maxsplit=1)[0]
        assert written == digest(passages()), "python -m eval.learned"


def test_training_gives_a_class_for_what_is_common() -> None:
    pytest.importorskip("sklearn", reason="pip install -e .[learn]")
    source, classes, bias, *lines = train(
        list(numbers(lines_of(passages()[:2]))), "here"
    ).splitlines()
    assert source == "here"
    assert "requests/received/total" in classes.split("\t")
    assert len(bias.split("\t")) == len(classes.split("\t"))
    assert len(lines) > 500
