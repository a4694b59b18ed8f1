"""The labelled passages by another hand: labels follow from the figures, and nothing is copied."""

import json
from collections import Counter
from fractions import Fraction
from itertools import pairwise

import pytest

from eval.own_passages.build import HERE, KINDS, SOURCES, LabelError, Passage, passages
from eval.own_passages.figures import holds, read
from tests.paths import shared

SETS = {
    letter: [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    for letter, (_, name) in SOURCES.items()
}
# Modelled on published reports: each set as such reports are, all kinds of errors in the eight of them together.
PUBLISHED = tuple(str(number) for number in range(35, 43))
CASES = [case for cases in SETS.values() for case in cases]
# Names of laws, documents and bodies and the form's own words: anybody who uses them writes the same characters.
TITLES = (
    "《中华人民共和国政府信息公开条例》",
    "国办公开办函〔2021〕30号",
    "国办函〔2020〕109号",
    "国务院办公厅政府信息与政务公开办公室",
    "政府信息公开工作年度报告",
    "政府信息公开信息处理费管理办法",
    "因本机关不掌握而无法提供",
    "予以公开、部分公开",
    "无法提供、不予处理",
    "1月1日至12月31日",
    "1月1日至2021年12月31日",
    "自然人、商业企业、科研机构、社会公益组织",
)
# As many characters make a clause of somebody's own; shorter ones are formulas of the trade.
CLAUSE = 16
HEAD = "= 某县文物局|department|county|2023|我局\nT received 12 n8 c4 | disclosed 12\n"


def overview(case):
    (text,) = case["report"]["sections"].values()
    return text


@pytest.mark.parametrize("letter", SETS)
def test_the_file_is_what_the_proved_source_gives(letter):
    assert passages(letter) == SETS[letter]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_spans_slice_to_quotes_and_errors_meet_claims(case):
    text, claims = overview(case), case["claims"]
    # NOTE: what agencies publish is often shorter than what we think up.
    published = any(case in SETS[letter] for letter in PUBLISHED)
    assert (60 if published else 80) <= len(text) <= 300
    assert all(text[c["start"] : c["end"]] == c["quote"] != "" for c in claims)
    assert all(a["end"] <= b["start"] for a, b in pairwise(claims))
    spans = {(c["start"], c["end"]) for c in claims}
    for error in case["errors"]:
        assert error["why"] and error["spans"]
        assert spans & {tuple(span) for span in error["spans"]}
    at_fault = {tuple(span) for error in case["errors"] for span in error["spans"]}
    assert {(c["start"], c["end"]) for c in claims if c["verdict"] == "contradicted"} <= at_fault


# Sets that hold nothing but right passages, and those of one kind of error alone.
CLEAN = frozenset({"15", "16", "17", "18", "19", "25", "26", "30", "31", "32", "33", "45", "46"})
ONE_KIND = {"20": "stale_year", "21": "stale_year"}


@pytest.mark.parametrize("letter", sorted(CLEAN | set(ONE_KIND)))
def test_a_set_for_one_purpose_holds_nothing_else(letter):
    kinds = {error["kind"] for case in SETS[letter] for error in case["errors"]}
    assert kinds == ({ONE_KIND[letter]} if letter in ONE_KIND else set())


def test_the_published_sets_together_have_every_kind_and_clean_passages():
    chosen = [case for letter in PUBLISHED for case in SETS[letter]]
    assert {error["kind"] for case in chosen for error in case["errors"]} == KINDS
    assert 0.4 <= sum(not case["errors"] for case in chosen) / len(chosen) <= 0.55


@pytest.mark.parametrize(
    "letter", [name for name in SETS if name not in CLEAN | set(ONE_KIND) | set(PUBLISHED)]
)
@pytest.mark.parametrize("half", [0, 1], ids=["even", "odd"])
def test_each_half_has_every_kind_and_its_share_of_clean_passages(half, letter):
    # NOTE: from set 10 on no half is kept unseen, and the whole set is one.
    chosen = [c for c in SETS[letter] if len(letter) > 1 or int(c["id"][1:]) % 2 == half]
    kinds = Counter(error["kind"] for case in chosen for error in case["errors"])
    assert set(kinds) == KINDS
    assert 0.4 <= sum(not case["errors"] for case in chosen) / len(chosen) <= 0.5
    assert len(chosen) >= 35


@pytest.mark.parametrize(
    "text",
    [
        "收到申请[[13件|s|received]]",
        "收到申请[[12件|c|received|!number_mismatch 不符]]",
        "收到申请[[12件|c|received]]",
        "[[我局未收到申请|s|received]]",
        "自然人占[[66.8%|s|share(received@n,received)]]",
        "收到申请12件",
        "收到申请[[12件|u|received]]",
        "自然人[[8件|s|received@n]]、企业[[5件|c|received@c|!swapped_facts#a 写反]]",
        "收到申请[[12件|s|received]]，[[2023年|n||!stale_year 旧]]",
    ],
)
def test_a_label_that_does_not_follow_is_refused(text):
    with pytest.raises(LabelError):
        Passage(f"{HEAD}X {text}", "p001")


def test_a_label_that_follows_is_kept():
    text = "收到申请[[12件|s|received]]，自然人占[[66.7%|s|share(received@n,received)]]"
    case = Passage(f"{HEAD}X {text}", "p001").mapping()
    assert [c["fact"] for c in case["claims"]] == [
        "requests/received/total",
        "share(requests/received/natural_person,requests/received/total)",
    ]


@pytest.mark.parametrize(
    ("quote", "actual", "expected"),
    [
        ("1200余条", 1234, True),
        ("1200余条", 1200, False),
        ("近500份", 502, False),
        ("4.14万条", 41437, True),
        ("１２件", 12, True),
        ("二十二件", 22, True),
        ("四分之一", Fraction(1, 4), True),
        ("近四分之一", Fraction(6, 26), True),
        ("近四分之一", Fraction(6, 24), False),
        ("翻一番", 1, True),
        ("翻一番", Fraction(9, 10), False),
        ("减半", Fraction(1, 2), True),
        ("与上年一样多", 0, True),
        ("与上年一样多", 3, False),
        ("百分之六十", Fraction(3, 5), True),
        ("66.7%", Fraction(2, 3), True),
        ("66.8%", Fraction(2, 3), False),
        ("近四成", Fraction(39, 100), True),
        ("近四成", Fraction(3, 10), False),
        ("两成多", Fraction(23, 100), True),
        ("过半数", Fraction(4, 7), True),
        ("过半数", Fraction(1, 2), False),
        ("约三分之一", Fraction(34, 100), True),
        ("一件也没有", 0, True),
        ("一件也没有", 1, False),
        ("我局未收到申请", 0, True),
        ("我局未收到申请", 1, False),
    ],
)
def test_what_a_written_claim_says(quote, actual, expected):
    assert holds(quote, Fraction(actual)) is expected


@pytest.mark.parametrize(
    ("clause", "change", "expected"),
    [("小幅回落", -5, True), ("小幅回落", 0, False), ("有所扩大", 3, True), ("有所扩大", 0, False)],
)
def test_a_direction_without_a_digit_is_a_change(clause, change, expected):
    assert holds(clause, Fraction(change), frozenset({"change"})) is expected


def test_a_numeral_inside_a_clause_makes_no_number_of_it():
    assert read("也不存在上一年度遗留的申请") is None


def test_no_wording_is_taken_from_the_shared_material():
    folder = shared("bench/README.md").parents[1]
    files = [p for p in folder.rglob("*") if p.suffix in {".md", ".jsonl", ".json", ".txt"}]
    known = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files)
    taken = []
    for case in CASES:
        text = overview(case)
        for title in TITLES:
            text = text.replace(title, "\n")
        taken += [
            (case["id"], text[at : at + CLAUSE])
            for at in range(len(text) - CLAUSE + 1)
            if text[at : at + CLAUSE] in known
        ]
    assert taken == []


@pytest.mark.parametrize(
    ("before", "word", "follows"),
    [(6, "翻番", True), (6, "减半", False), (24, "减半", True), (24, "翻番", False)],
)
def test_doubling_and_halving_have_a_direction(before, word, follows):
    block = f"{HEAD}L received {before}\nX 收到申请比上年[[{word}|s|change_rate(received)]]"
    if follows:
        assert Passage(block, "p001").mapping()["claims"][0]["verdict"] == "supported"
    else:
        with pytest.raises(LabelError):
            Passage(block, "p001")
