"""Numerals and units: every way of writing a number, cn2an as the oracle."""

import warnings
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_writer.domain.numerals import arabic_value, chinese_value, parse_number
from report_writer.domain.units import base_unit, compatible

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import cn2an


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("１２", "12"), ("1,234", "1234"), ("1，234", "1234"), ("18,708,325", "18708325"),
        ("二", "2"), ("两", "2"), ("两百", "200"), ("〇", "0"), ("零", "0"), ("一百零五", "105"),
        ("百分之三十", "0.3"), ("百分之一点五七", "0.0157"), ("1.2万", "12000"), ("3.5万", "35000"),
        ("千分之三", "0.003"), ("2成", "0.2"), ("二成", "0.2"), ("十二", "12"), ("十", "10"),
        ("二十", "20"), ("一百二十", "120"), ("一千零十七", "1017"), ("一百九十万零三千", "1903000"),
        ("百万", "1000000"), ("廿", "20"), ("卅", "30"), ("廿三", "23"), ("一百二", "120"),
        ("66.7%", "0.667"), ("66.70%", "0.667"), ("二〇二三", "2023"), ("三万五", "35000"),
        ("2.1亿", "210000000"), ("一亿零五", "100000005"),
    ],
)  # fmt: skip
def test_value(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "一致", "两三", "点五", "十十", "一二百", "1,23", "若干", "百分之", "三.五"]
)
def test_what_is_no_numeral_has_no_value(text: str) -> None:
    assert parse_number(text) is None


@given(st.integers(0, 10**12 - 1))
def test_chinese_numerals_round_trip(number: int) -> None:
    assert chinese_value(cn2an.an2cn(number)) == number


@given(st.integers(0, 10**15))
def test_thousands_marks_change_nothing(number: int) -> None:
    assert arabic_value(f"{number:,}") == arabic_value(str(number)) == number


@given(st.decimals(0, 99999, places=2))
def test_decimals_are_exact(number: Decimal) -> None:
    assert arabic_value(f"{number}") == number
    assert arabic_value(f"{number}万") == number * 10000


def test_units() -> None:
    assert base_unit("万人次") == ("人次", Decimal(10000))
    assert base_unit("件") == ("件", Decimal(1))
    assert compatible("件", "宗") and compatible("万元", "元") and compatible("%", "成")
    assert (
        not compatible("件", "万元") and not compatible("人次", "%") and not compatible("场", "人")
    )
