"""Two open numbers that lead from last year's value to this year's, whatever the verb between them."""

import pytest

from report_writer.domain.findings import Status
from tests.small_reports import checked, status_in

TABLES = {
    "requests": {"received": {"total": 9, "natural_person": 7, "company": 2}},
    "proactive": {"normative_documents": {"issued": 7, "repealed": 12, "in_force": 46}},
}
BEFORE = {
    "requests": {"received": {"total": 6, "natural_person": 5, "company": 1}},
    "proactive": {"normative_documents": {"issued": 3, "repealed": 1, "in_force": 51}},
}
_HELD = {Status.BOUND, Status.DERIVED}


@pytest.mark.parametrize(
    ("text", "last", "now"),
    [
        ("规范性文件有效存量由51件压缩到46件。", "51件", "46件"),
        ("规范性文件有效存量由51件瘦身至46件。", "51件", "46件"),
        ("镇里收到的公开申请从6件到9件。", "6件", "9件"),
        ("公开申请由6件蹿到9件。", "6件", "9件"),
        ("公开申请9件，由6件回升，多为业主。", "6件", "9件"),
    ],
)
def test_where_a_number_came_from_and_went_to(text: str, last: str, now: str) -> None:
    result = checked(text, TABLES, previous={"tables": BEFORE})
    assert status_in(result, last) in _HELD
    assert status_in(result, now) in _HELD


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("公开申请由5件翻成9件。", "5件"),
        ("投诉工单由51件压缩到46件。", "51件"),
        ("明年计划把公开申请由51件压缩到46件。", "51件"),
    ],
)
def test_neither_number_is_confirmed_where_they_are_not_both_right(text: str, quote: str) -> None:
    result = checked(text, TABLES, previous={"tables": BEFORE})
    assert status_in(result, quote) not in _HELD


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("办结2件。新收数为上年（6件）的1.5倍。", "6件"),
        ("办结2件。新收数为上年（6件）的1.5倍。", "1.5倍"),
        ("收到申请9件，是上年（6件）的1.5倍。", "1.5倍"),
        ("公开申请连同结转3件共12件。", "12件"),
    ],
)
def test_last_year_in_brackets_and_what_came_over(text: str, quote: str) -> None:
    over = {"requests": TABLES["requests"] | {"carried_over": {"total": 3, "natural_person": 3}}}
    assert status_in(checked(text, over, previous={"tables": BEFORE}), quote) in _HELD
