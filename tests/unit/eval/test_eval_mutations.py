"""Each operator makes exactly what it says, and nothing that is still true."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from eval.baselines import first_match, value_anywhere
from eval.intervals import proportion, wilson
from eval.measuring import measure_clean, measure_harmless, measure_mutants
from eval.mutating import holds, is_true, miswritten, near_enough, open_list
from eval.mutations import ERRORS, HARMLESS, mutate
from eval.passages import Passage, Piece, Place, Sentence
from eval.running import Alarm, Answer, Noticed, ask_checker, meets
from eval.synthetic import document
from eval.truths import Known, Truth, total_of
from eval.writing import Form

DOCUMENTS = [document(n) for n in range(40)]
TABLE_ONLY = {"M14"}


@pytest.mark.parametrize("code", ERRORS)
def test_error_operator_changes_the_report_at_its_gold_span(code):
    made = 0
    for one in DOCUMENTS:
        mutant = mutate(code, one)
        if mutant is None:
            continue
        made += 1
        text = mutant.document.overview.text
        assert mutant.code == code
        assert mutant.spans
        assert all(0 <= start < end <= len(text) for start, end in mutant.spans)
        assert (text != one.overview.text) == (code not in TABLE_ONLY)
        assert (mutant.document.case != one.case) == (code in TABLE_ONLY)
    assert made >= 5


@pytest.mark.parametrize("code", HARMLESS)
def test_harmless_operator_changes_the_text_and_has_no_span(code):
    mutants = [m for one in DOCUMENTS if (m := mutate(code, one))]
    assert len(mutants) >= 5
    for mutant in mutants:
        assert mutant.spans == ()
        assert mutant.document.case in [one.case for one in DOCUMENTS]


@pytest.mark.parametrize("code", ["N1", "N2", "N3", "N4", "N5"])
def test_harmless_change_stays_true(code):
    for one in DOCUMENTS:
        mutant = mutate(code, one)
        if mutant is not None:
            known = one.case.known
            assert all(holds(p, known) for _, p, _, _ in mutant.document.overview.walk())


@pytest.mark.parametrize("code", ["M1", "M2", "M11", "M15"])
def test_mutated_numbers_are_false(code):
    for one in DOCUMENTS:
        mutant = mutate(code, one)
        if mutant is None or not mutant.observable:
            continue
        known = one.case.known
        wrong = [p for _, p, _, _ in mutant.document.overview.walk() if not holds(p, known)]
        unregistered = [p for _, p, s, e in mutant.document.overview.walk() if (s, e) == mutant.spans[0] and p.truth is None]  # fmt: skip
        assert wrong or unregistered


def test_operators_are_reproducible():
    for code in ERRORS | HARMLESS:
        assert mutate(code, DOCUMENTS[3]) == mutate(code, DOCUMENTS[3])


def _known(received, carried_over):
    cells = {
        "requests/received/total": Decimal(received),
        "requests/carried_over/total": Decimal(carried_over),
    }
    return Known(cells, None, {}, {})


def _count(value, name="received"):
    form = Form()
    return Piece(f"{value}件", "number", "supported", total_of(name), Decimal(value), form, name)


def test_another_true_reading_is_no_mutant():
    """12 received and 3 carried over: 15 is what was handled, so 收到15件 may be meant so."""
    assert is_true(_count(12), Decimal(15), _known(12, 3))
    assert not is_true(_count(12), Decimal(16), _known(12, 3))


def test_swap_of_equal_values_is_no_mutant():
    one = DOCUMENTS[0]
    pieces = (_count(2), Piece("，"), _count(2, "carried_over"), Piece("。"))
    cells = dict(one.case.cells) | {
        "requests/received/total": Decimal(2),
        "requests/carried_over/total": Decimal(2),
    }
    equal = replace(
        one, overview=Passage(((Sentence(pieces),),)), case=replace(one.case, cells=cells)
    )
    assert mutate("M2", equal) is None


def test_part_of_an_open_list_may_be_smaller_but_not_larger_than_its_total():
    total = Piece(
        "9条", "number", "supported", None, Decimal(9), Form(unit="条"), group="g", role="total"
    )
    parts = [Piece(f"{v}条", "number", "unverified", None, Decimal(v), Form(unit="条"), group="g", role="part") for v in (4, 5)]  # fmt: skip
    sentence = (Piece("发布"), total, Piece("，其中甲"), parts[0], Piece("、乙"), parts[1])
    one = replace(DOCUMENTS[0], overview=Passage(((Sentence(sentence),),)))
    place = Place(0, 0, 3)
    assert open_list(one, place, Decimal(3))
    assert not open_list(one, place, Decimal(6))
    closed = replace(one, overview=Passage(((Sentence((*sentence, Piece("构成"))),),)))
    assert not open_list(closed, place, Decimal(3))


@pytest.mark.parametrize("value", [0, 1, 9, 10, 22, 100, 1234])
def test_a_slip_is_never_the_same_number(value):
    rng = Random(value)
    assert all(miswritten(Decimal(value), rng)[1] != value for _ in range(200))


@pytest.mark.parametrize(
    ("base", "right", "word", "fair"),
    [(1200, 1234, "余", True), (1200, 1200, "余", False), (1200, 1950, "余", False), (200, 230, "近", False),
     (1000, 980, "近", True), (1000, 980, "超", False), (14_000, 14_896, "约", False)],
)  # fmt: skip
def test_fairness_of_approximations(base, right, word, fair):
    assert near_enough(Decimal(base), Decimal(right), word) is fair


def test_change_over_nothing_has_no_rate():
    cells = {"requests/received/total": Decimal(5)}
    known = Known(cells, {"requests/received/total": Decimal(0)}, {}, {})
    assert Truth("rate", ("requests/received/total",)).value(known) is None
    assert Truth("change", ("requests/received/total",)).value(known) == 5


def _silent(mapping):
    return Answer((), ())


def _shouting(mapping):
    text = mapping["sections"]["overview"]
    return Answer((Alarm("overview", 0, len(text), "NUM999", "", frozenset()),), ())


def test_a_silent_checker_finds_nothing_and_a_shouting_one_meets_nothing():
    clean, silent = measure_clean(DOCUMENTS, _silent)
    assert clean.counts["alarms"] == 0
    assert silent == {d.name for d in DOCUMENTS}
    mutants = [m for one in DOCUMENTS if (m := mutate("M1", one)) and m.observable]
    for ask in (_silent, _shouting):
        tally = measure_mutants(iter(mutants), ask, silent)
        assert tally.counts["found"] == 0
        assert tally.counts["errors"] == len(mutants)
    harmless = [m for one in DOCUMENTS if (m := mutate("N5", one))]
    assert measure_harmless(iter(harmless), _shouting, silent).counts["silent"] == 0


def test_the_real_checker_beats_both_baselines_on_slips():
    mutants = [
        m for one in DOCUMENTS for c in ("M1", "M13") if (m := mutate(c, one)) and m.observable
    ]
    scores = {
        name: measure_mutants(iter(mutants), ask, set()).counts["found"]
        for name, ask in (("ours", ask_checker), ("B0", value_anywhere), ("B1", first_match))
    }
    assert scores["ours"] > scores["B0"]
    assert scores["ours"] > scores["B1"]


def test_overlapping_mentions_are_counted():
    def listing(mapping):
        spans = ((2, 12), (3, 7), (20, 22))
        return Answer(
            (), tuple(Noticed("overview", a, b, "not_a_figure", frozenset()) for a, b in spans)
        )

    tally, _ = measure_clean(DOCUMENTS[:1], listing)
    assert tally.counts["overlaps"] == 1


def test_an_alarm_over_everything_meets_no_span():
    assert not meets((0, 500), (10, 13))
    assert meets((10, 14), (10, 13))


def test_intervals():
    low, high = wilson(95, 100)
    assert (round(low, 3), round(high, 3)) == (0.888, 0.978)
    assert proportion(0, 0) == "–"
    assert proportion(3, 4).endswith("3/4")
