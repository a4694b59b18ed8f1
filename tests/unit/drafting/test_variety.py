"""Two hundred bureaus do not read alike, and one bureau gets the same text twice."""

from eval.variety import empty, masked


def test_two_hundred_agencies_without_a_note_get_two_hundred_texts():
    texts = [masked(report) for report in empty(200)]
    assert len(set(texts)) == 200


def test_the_same_agency_always_gets_the_same_text():
    (one,), (again,) = list(empty(1)), list(empty(1))
    assert masked(one) == masked(again)
