"""Passages that are right in every number: nothing in them may be called wrong, however near a label or a cell lies."""

from typing import Any

import pytest

from report_writer.domain.findings import CheckResult
from tests.small_reports import checked

TABLES: dict[str, Any] = {
    "proactive": {
        "normative_documents": {"issued": 3, "repealed": 1, "in_force": 14},
        "licences": {"decisions": 128},
        "penalties": {"decisions": 17},
    },
    "requests": {
        "received": {"natural_person": 2, "total": 2},
        "disclosed": {"natural_person": 1, "total": 1},
        "not_processed.petition": {"natural_person": 1, "total": 1},
        "disposed": {"natural_person": 2, "total": 2},
    },
    "remedies": {"reconsideration": {"upheld": 2, "total": 2}},
}
FACTS = [
    {"label": "市政府网站发布信息", "value": 26012, "unit": "条"},
    {"label": "社区", "value": 9, "unit": "个"},
    {"label": "公示栏信息", "value": 612, "unit": "条"},
    {"label": "门户网站更新信息", "value": 431, "unit": "条"},
    {"label": "政务新媒体", "value": 112, "unit": "个"},
]
PREVIOUS = {
    "year": 2022,
    "tables": {},
    "facts": [{"label": "公示栏信息", "value": 580, "unit": "条"}],
}


def read(text: str) -> CheckResult:
    return checked(text, TABLES, facts=FACTS, previous=PREVIOUS)


def told(text: str) -> list[str | None]:
    return [
        f.at.quote  # type: ignore[union-attr]
        for f in read(text).findings
        if f.code.startswith("NUM") and f.severity.value != "advice"
    ]


@pytest.mark.parametrize(
    "text",
    [
        # one kind of permits, with the total before it or alone
        "办理行政许可128件，其中取水许可41件、河道许可12件。",
        "核发取水许可41件，另有一批仍在审查。",
        # a label of who it is of, and not of what
        "市政府领导督办重点提案4件，市政府办公室承办16件。",
        # another noun between the label and the number
        "9个社区共设公示栏27块。",
        # how they came, and not where anything stands; everyday words alone
        "申请按渠道分，网上提交44件，信函21件。",
        "市政府常务会议议题公开63个，列席27人次。",
        # what followed from a case, what some bodies did, letters beside requests
        "行政复议2件，维持2件；诉讼0件。就被纠正案件召开分析会1次。",
        "办理行政许可128件。分区域看，5个区许可88件、4个县40件。",
        "收到申请2件。局长接待日12次；信访214件，均已答复。",
        # a change and not the count
        "与上年相比，公示栏信息增加32条。",
    ],
)
def test_right_numbers_are_left_alone(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("办理行政许可118件，其中取水许可41件。", "118件"),
        ("核发取水许可182件。", "182件"),
        ("与上年相比，公示栏信息增加52条。", "52条"),
        ("公示栏信息更新602条。", "602条"),
    ],
)
def test_wrong_ones_are_still_told(text: str, quote: str) -> None:
    assert told(text) == [quote]
