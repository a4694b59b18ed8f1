"""The hand-labelled sentences on notes: the file is whole, its halves are alike, nothing is copied."""

from collections import Counter

import pytest
from pydantic import ValidationError

from eval.grounding.sentences import (
    FILE,
    FILE_B,
    FILE_C,
    SUPPORTED,
    UNSUPPORTED,
    for_tuning,
    groups,
    unseen,
)
from tests.paths import shared

FIRST, SECOND, THIRD = groups(FILE), groups(FILE_B), groups(FILE_C)
GROUPS = (*FIRST, *SECOND, *THIRD)
BENT = {"foreign_purpose", "swapped_object", "turned_round"}
SENTENCES = [sentence for group in GROUPS for sentence in group.sentences]


def test_the_sentences_are_numbered_through_and_no_two_are_alike():
    assert [s.n for s in SENTENCES] == [*range(1, 121), *range(201, 321), *range(401, 521)]
    assert len({s.text for s in SENTENCES}) == 360
    assert len({group.agency for group in GROUPS}) == len(GROUPS) == 48
    assert len({note for group in GROUPS for note in group.notes}) == sum(
        len(g.notes) for g in GROUPS
    )


@pytest.mark.parametrize("odd", [True, False], ids=["odd", "even"])
def test_each_half_has_thirty_of_either_verdict_and_every_sort(odd):
    half = [s for group in FIRST for s in group.sentences if s.odd == odd]
    assert Counter(s.supported for s in half) == {True: 30, False: 30}
    assert {s.sort for s in half} == {*SUPPORTED, *UNSUPPORTED} - BENT


def test_each_group_of_the_second_set_has_as_many_of_either_verdict_and_the_set_every_sort():
    for group in SECOND:
        assert Counter(s.supported for s in group.sentences) == {True: 5, False: 5}
    assert {s.sort for group in SECOND for s in group.sentences} == {
        *SUPPORTED,
        *UNSUPPORTED,
    } - BENT


@pytest.mark.parametrize("first", [401, 431, 461, 491])
def test_each_part_of_the_third_set_has_fifteen_of_either_verdict_and_every_way_of_bending(first):
    part = [s for group in THIRD for s in group.sentences if first <= s.n < first + 30]
    assert Counter(s.supported for s in part) == {True: 15, False: 15}
    assert {s.sort for s in part} >= BENT


def test_what_is_for_tuning_and_what_is_unseen_do_not_overlap():
    tuned = [s.n for _, s in for_tuning()]
    assert tuned == [*range(1, 121, 2), *range(201, 321), *range(401, 491)]
    assert [s.n for _, s in unseen()] == [*range(491, 521)]


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: str(s.n))
def test_the_sort_agrees_with_the_verdict_and_a_sentence_is_one_sentence(sentence):
    assert (sentence.sort in SUPPORTED) is sentence.supported
    assert sentence.text.endswith("。") and sentence.text.count("。") == 1


def test_a_sentence_is_not_its_note_word_for_word():
    for group in GROUPS:
        for sentence in group.sentences:
            assert sentence.text.rstrip("。") not in group.notes


@pytest.mark.parametrize(
    "change",
    [("supported: true", "supported: 可能"), ("topic: platform", "topic: 平台"), ("sort: fact", "sort: 其他")],
    ids=["verdict", "topic", "sort"],
)  # fmt: skip
def test_a_damaged_file_is_refused(tmp_path, change):
    damaged = tmp_path / "sentences.yml"
    damaged.write_text(FILE.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    with pytest.raises(ValidationError):
        groups(damaged)


def test_no_wording_is_taken_from_the_shared_material():
    folder = shared("bench/README.md").parents[1]
    files = [p for p in folder.rglob("*") if p.suffix in {".md", ".jsonl", ".json", ".txt"}]
    known = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files)
    texts = [s.text for s in SENTENCES] + [note for group in GROUPS for note in group.notes]
    taken = [text[at : at + 12] for text in texts for at in range(len(text) - 11) if text[at : at + 12] in known]  # fmt: skip
    assert taken == []
