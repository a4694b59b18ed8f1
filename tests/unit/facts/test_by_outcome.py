"""A clause behind a count that says how all of it ended or who asked."""

from typing import Any

import pytest

from report_writer.domain.findings import Status
from report_writer.facts.judging.entries import SUPPORTED
from tests.small_reports import checked, status_in

TABLES: dict[str, Any] = {
    "requests": {
        "received": {"company": 2, "total": 2},
        "disclosed": {"company": 2, "total": 2},
        "disposed": {"company": 2, "total": 2},
    },
    "remedies": {
        "reconsideration": {"upheld": 1, "total": 1},
        "direct_litigation": {"corrected": 1, "pending": 1, "total": 2},
    },
}


def status_of(text: str, quote: str) -> Status | None:
    return status_in(checked(text, TABLES), quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("被申请行政复议1件，结果维持。", "结果维持"),
        ("被申请行政复议1件，已获维持；未被起诉。", "已获维持"),
        ("公开申请2件，其中1件引起复议，结果为维持。", "结果为维持"),
        ("收到公开申请2件，由企业提出。", "由企业提出"),
        ("收到公开申请2件，来自本地企业，均已答复。", "来自本地企业"),
        ("收到公开申请2件，当场予以公开。", "当场予以公开"),
        ("收到公开申请2件，逐件向申请人提供了信息。", "逐件向申请人提供了信息"),
        ("收到公开申请2件，年底清结。", "年底清结"),
    ],
)
def test_what_all_of_them_came_to_is_confirmed(text: str, quote: str) -> None:
    assert status_of(text, quote) in SUPPORTED


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("被申请行政复议1件，结果被纠正。", "结果被纠正"),
        ("收到公开申请2件，由村民提出。", "由村民提出"),
    ],
)
def test_where_all_came_to_something_else_it_is_wrong(text: str, quote: str) -> None:
    assert status_of(text, quote) is Status.CONTRADICTED


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        # one of two was corrected, so the clause may be of that one
        ("直接起诉2件，法院维持。", "法院维持"),
        # not what was counted
        ("收到公开申请2件，问的是规划信息公开。", "问的是规划信息公开"),
        ("收到公开申请2件，安排专人负责公开。", "安排专人负责公开"),
        ("收到公开申请2件，系索取居民低保材料。", "系索取居民低保材料"),
        ("收到公开申请2件，由村集体保存。", "由村集体保存"),
        ("收到公开申请2件，信息公开平台维持运行。", "信息公开平台维持运行"),
    ],
)
def test_what_may_be_of_something_else_is_left_alone(text: str, quote: str) -> None:
    assert status_of(text, quote) is None
