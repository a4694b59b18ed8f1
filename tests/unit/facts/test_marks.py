"""Where the sentence around a place begins and ends, near or far."""

import pytest

from report_writer.facts.text.marks import begin_of, end_of

LONG = "字" * 200


@pytest.mark.parametrize("gap", ["", "数", LONG])
def test_the_nearest_mark_on_either_side_counts_however_far_it_is(gap):
    text = f"一。二，{gap}甲{gap}；三。"
    at = text.index("甲")
    assert text[begin_of(text, at) : end_of(text, at)] == f"二，{gap}甲{gap}"
    assert text[begin_of(text, at, "，。") : end_of(text, at, "。")] == f"{gap}甲{gap}；三"


def test_without_a_mark_the_text_begins_and_ends_it():
    assert (begin_of(LONG, 150), end_of(LONG, 50)) == (0, len(LONG))
