"""A change must follow from the two numbers the text leads from and to, whatever is registered."""

import pytest

from tests.small_reports import checked

TABLES = {"requests": {"received": {"natural_person": 3, "total": 3}}}


def changes_told(text: str) -> list[str]:
    found = checked(text, TABLES).findings
    return [f.at.quote for f in found if f.code == "NUM202"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("惠民折页从50份加到60份，一年间增长16.7%。", ["16.7%"]),
        ("惠民折页从50份加到60份，一年间增长20%。", []),
        ("惠民折页由80份跌到60份，一年下来减少30份。", ["30份"]),
        ("惠民折页由80份到60份，降幅25%。", []),
        ("惠民折页由80份到60份，降幅20%。", ["20%"]),
        # another thing, another time
        ("惠民折页从50份加到60份，其中英文版增长16.7%。", []),
        ("惠民折页从年初的50份加到60份，同比增长16.7%。", []),
        ("惠民折页从50份加到60份，领取人次增长16.7%。", []),
        ("惠民折页从第3页到60份，增幅16.7%。", []),
    ],
)
def test_a_change_follows_from_the_way_told(text: str, wrong: list[str]) -> None:
    assert changes_told(text) == wrong
