"""A screened pattern is one that could not have matched: the screen never loses a mask."""

import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from report_writer.facts.linking.lexicon import REQUESTS
from report_writer.facts.text.masks import apply_masks, mask_rules
from report_writer.facts.text.screening import (
    Keywords,
    Screen,
    begins_known,
    branches_need,
    compiled,
    hint,
    needs,
)


@pytest.mark.parametrize(
    ("pattern", "met", "unmet"),
    [
        ("第[一二]条", ["第一条", "条第二"], ["第条", "一条", "第一"]),
        ("(?:电话|传真)[:：]", ["话电:", "真传："], ["电话", "传真", ":", "电:"]),
        (r"a?\d", ["x", "a"], []),
        ("(?<=路)x(?=号)", ["路x号"], ["x号", "路x"]),
        ("(?:甲|乙?)丙", ["丙"], ["甲", "乙"]),
        ("(?i)a", ["A", "a"], []),
        ("(?:甲){0,2}|乙", ["甲", "丁"], []),
        ("[^甲]乙", ["乙"], ["甲"]),
    ],
)
def test_needs(pattern: str, met: list[str], unmet: list[str]) -> None:
    screen = Screen([[needs(pattern)]])
    assert [screen.fitting(text) for text in met] == [(0,)] * len(met)
    assert [screen.fitting(text) for text in unmet] == [()] * len(unmet)


def test_fitting_keeps_the_order_of_the_patterns() -> None:
    screen = Screen([[needs(p)] for p in ("乙", "甲", ".", "丙")])
    assert screen.fitting("甲乙") == (0, 1, 2)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("并?未(?:收到|接到)", {"收到", "接到"}),
        ("(?:较|比)上年", {"较上", "比上"}),
        ("无(?!关)|没有", {"无", "没有"}),
        ("甲(?=乙丙)丁?", {"乙丙"}),
        ("(?:甲|乙丙){2}", {"甲", "乙丙"}),
        (r"共(?:\d+件)?计", {"共"}),
    ],
)
def test_keywords_are_what_a_match_cannot_do_without(pattern: str, words: set[str]) -> None:
    assert Keywords(re.compile(pattern)).words == words


def test_keywords_are_found_where_they_overlap() -> None:
    keywords = Keywords(re.compile("不未|未见|见"))
    assert keywords.places("从不未见不见不")[0] == [1, 2, 3, 5]


def test_keywords_tell_of_which_patterns_they_are() -> None:
    keywords = Keywords(re.compile("未见"), re.compile("见|甲乙"), re.compile("乙+"))
    assert keywords.places("未见甲乙") == ([0, 1, 2, 3], [0b001, 0b010, 0b010, 0b100])
    assert Keywords(re.compile("见"), re.compile("见丙")).places("见丙")[1] == [0b11]


def test_a_pattern_that_needs_no_word_has_no_keywords() -> None:
    with pytest.raises(ValueError, match="needs no word"):
        Keywords(re.compile("甲|.*"))


PATTERNS = [
    "(?:不足|超)?\\s?(\\d+)件",
    "a?b|[一-三]+c|\\]d",
    "(?<=甲)乙|丙(?!丁)",
    "(?P<x>乙?)(?P=x)丙",
    ".乙|[^甲]丙",
    "(?:甲|乙){0,2}",
    "(?i)aB",
    "^甲|乙$",
    "[\\-^\\]]+丁",
]


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text("甲乙丙丁件不足超 -^]1٣aAbBcd一二\n", max_size=12))
def test_a_compiled_pattern_matches_the_same(pattern: str, text: str) -> None:
    plain, quick = re.compile(pattern), compiled(pattern)
    spans = [(m.span(), m.groups()) for m in plain.finditer(text)]
    assert [(m.span(), m.groups()) for m in quick.finditer(text)] == spans
    assert bool(quick.fullmatch(text)) == bool(plain.fullmatch(text))
    assert not spans or hint(plain).search(text)
    keywords = Keywords(re.compile(f"(?:{pattern})丁")) if "?i" not in pattern else None
    followed = re.compile(f"(?:{pattern})丁").search(text) if keywords else None
    assert not followed or (keywords and keywords.places(text)[0])


@pytest.mark.parametrize("rule", mask_rules(), ids=lambda rule: f"{rule[0]} {rule[2][:24]}")
def test_no_mask_is_screened_from_a_text_it_matches(
    rule: tuple[str, bool, str],
) -> None:
    screen = Screen([branches_need(rule[2])])

    @settings(
        max_examples=20,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.from_regex(rule[2]))
    def matching(text: str) -> None:
        assert screen.fitting(text) == (0,)

    matching()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("2023年。3月5日召开会议。", ["date", "date"]),
        ("依据《一法。二法》第三条。四月", ["article", "date"]),
        ("落实“一。二”要求。", ["slogan"]),
        ("清理。1.废止", ["list marker"]),
    ],
)
def test_a_sentence_ends_at_a_full_stop_outside_quotes(text: str, kinds: list[str]) -> None:
    masks, rest = apply_masks(text)
    assert [mask.kind for mask in masks] == kinds
    assert len(rest) == len(text)
    assert all(set(rest[m.start : m.end]) == {"\ue000"} for m in masks)


def test_a_text_must_meet_more_than_one_need_of_a_branch() -> None:
    pattern = "(?:三|四)个(?:环节|步骤)"
    alternatives = f"{pattern}|第[五六]章"
    screen = Screen([branches_need(alternatives)])
    assert len(needs(alternatives)) > 1
    for text in ("共三个环节", "第五章"):
        assert re.search(alternatives, text)
        assert screen.fitting(text) == (0,)
    assert screen.fitting("三月四日") == ()


def test_it_is_known_with_what_a_match_begins() -> None:
    assert begins_known("(?<!全)公开|部分")
    assert not begins_known("公开|[^，]{0,6}确认")
    assert not begins_known("(?:公开)?")


@pytest.mark.parametrize("text", ["确认或重新出具", "要求有关单位确认、重新出具证明"])
def test_a_rare_entry_of_a_word_list_is_found_where_its_words_are(text: str) -> None:
    assert [key for _, _, key, _ in REQUESTS.matches(text)] == ["not_processed.confirmation"]
