"""Numbers whose own words alone accuse nobody: the other year's value, a rival's reading, a change that does not follow."""

from typing import Any

import pytest

from report_writer.domain.findings import CheckResult, Status
from tests.small_reports import checked, status_in

TABLES: dict[str, Any] = {
    "proactive": {"normative_documents": {"issued": 6, "repealed": 3, "in_force": 40}},
    "requests": {
        "received": {"natural_person": 8, "company": 4, "total": 12},
        "carried_over": {"natural_person": 5, "total": 5},
        "disclosed": {"natural_person": 9, "total": 9},
        "disclosed_in_part": {"natural_person": 2, "total": 2},
        "unable_to_provide.not_held": {"company": 4, "total": 4},
        "disposed": {"natural_person": 11, "company": 4, "total": 15},
        "carried_forward": {"natural_person": 2, "total": 2},
    },
    "remedies": {},
}
PREVIOUS: dict[str, Any] = {
    "year": 2022,
    "blank_is_zero": True,
    "tables": {
        "proactive": {"normative_documents": {"issued": 8, "repealed": 2, "in_force": 37}},
        "requests": {
            "received": {"natural_person": 11, "company": 5, "total": 16},
            "disclosed": {"natural_person": 11, "total": 11},
            "disposed": {"natural_person": 11, "total": 11},
            "carried_forward": {"natural_person": 5, "total": 5},
        },
        "remedies": {},
    },
    "facts": [{"label": "便民短视频", "value": 30, "unit": "条"}],
}
FACTS = [{"label": "便民短视频", "value": 42, "unit": "条"}]


def read(text: str, **more: Any) -> CheckResult:
    return checked(text, TABLES, previous=PREVIOUS, facts=FACTS, **more)


def told(result: CheckResult) -> list[str | None]:
    return [
        f.at.quote
        for f in result.findings
        if f.code.startswith("NUM") and f.severity.value != "advice"
    ]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        # last year's value in a clause that only compares with last year, or brings something over from it
        ("新收申请12件，较2022年减少4件，办结11件。", "11件"),
        ("加上2022年转来的5件，应办17件，实际办结11件。", "11件"),
        # … beside its own change
        ("局里收件16件，同比下降25%。", "16件"),
        ("新印文件8件，减少25%，清理废止3件，规范性文件现行有效40件。", "8件"),
        # the same number for both years
        ("公开申请由2022年的16件降至16件，减幅25%。", "16件"),
        ("今年收到申请16件，去年16件，少了4件。", "16件"),
        ("公开申请收到12件，2022年只有12件，今年少了。", "12件"),
        ("规范性文件现行有效40件，较2022年末的40件增加3件。", "40件"),
        ("便民短视频由42条增至42条。", "42条"),
        # a reading that a neighbour needs for itself
        ("收到申请12件，答复公开15件、不掌握4件。", "15件"),
        ("新收12件，加上上年遗留5件，办结15件，年末结转5件。", "5件"),
        ("收到公开申请12件，村民提出12件、企业提出4件。", "12件"),
        # the form's sums: a list right behind, applicants that differ by what was carried over, a silent zero
        ("局里收到公开申请15件，信函寄来7件、网络提交5件，公开9件。", "15件"),
        ("收到申请12件，农户递交6件、企业递交4件，另有5件为上年末没有办完的。", "6件"),
        # shares and rates of what was confirmed by loose words
        ("受理12件，加上隔年转入的5件，已答复15件，办结率100%。", "100%"),
        ("申请里准予公开9件，占70%，本局不掌握4件。", "70%"),
        # a change that the text's own numbers do not give
        ("发放折页148份，比2022年的120份减少28份。", "28份"),
        ("上门服务58次，比上年29次增长三成。", "三成"),
        ("清理废止规范性文件3件，比上年减少1件。", "1件"),
    ],
)
def test_it_is_told(text: str, quote: str) -> None:
    assert quote in told(read(text)), text


@pytest.mark.parametrize(
    "text",
    [
        "新收申请12件，较2022年减少4件，办结15件。",
        "局里收件12件，同比下降25%。",
        "公开申请由2022年的16件降至12件，减幅25%。",
        "今年收到12件，去年16件，少了4件。",
        "规范性文件现行有效40件，较2022年末的37件增加3件。",
        "便民短视频由30条增至42条，增长四成。",
        "收到申请12件，答复公开9件、部分公开2件、不掌握4件。",
        "新收12件，加上上年遗留5件，办结15件，年末结转2件。",
        "收到公开申请12件，村民提出8件、企业提出4件。",
        "受理12件，加上隔年转入的5件，已答复15件，办结率88.2%。",
        "申请里准予公开9件，占60%，本局不掌握4件。",
        "发放折页148份，比2022年的120份增加28份。",
        "发放折页148份（上年120份，较前年多60份）。",
        "另从16件执法决定里选出典型案例印发。",
        "邀请代表和群众11人参加。自然人申请占新收申请的66.7%。",
        "2022年、2023年收到申请分别为16件、12件。",
        "热线办件16件，办结率99.2%，收到申请12件，公开9件。",
    ],
)
def test_nothing_is_told(text: str) -> None:
    assert told(read(text)) == [], text


@pytest.mark.parametrize(
    "text",
    [
        "围绕中心工作，2022年制发规范性文件6件。",
        "（三）2022年收到申请12件、办结15件。",
        "上河镇2022年新收申请12件，同比下降25%。",
        "抓基层、打基础，2022年发布便民短视频42条。",
    ],
)
def test_a_year_left_over_from_last_years_report_is_told(text: str) -> None:
    assert told(read(text)) == ["2022年"], text


@pytest.mark.parametrize(
    "text",
    [
        "2022年部门决算公开6条，便民短视频42条。",
        "发布便民短视频42条，2022年发布30条，增长四成。",
        "2022年收到申请16件，2023年收到12件。",
        "收到申请12件，而2022年为16件。",
        "2022年同样没有收到投诉，收到申请12件。",
    ],
)
def test_a_year_that_is_meant_is_not(text: str) -> None:
    assert "2022年" not in told(read(text)), text


def test_our_own_office_among_wider_bodies() -> None:
    facts = [{"label": "全市商务系统收件", "value": 23, "unit": "件"}]
    result = checked("市商务局本机关共登记公开申请23件。", TABLES, facts=facts)
    assert status_in(result, "23件") is Status.CONTRADICTED
    theirs = checked("全市商务系统收件23件，局机关收到申请12件。", TABLES, facts=facts)
    assert status_in(theirs, "23件") is Status.REGISTERED


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("统计期定为2022年1—12月，其间收申请12件。", "2022年"),
        ("2022年1月至12月，收到申请12件。", "2022年1月至12月"),
        ("截数日期同为2022年12月31日。公开申请12件。", "2022年12月31日"),
        ("文件名写作“2022年公开年报”。", "2022年"),
    ],
)
def test_periods_and_titles_of_last_year_are_told(text: str, quote: str) -> None:
    assert quote in told(read(text)), text


@pytest.mark.parametrize(
    "text",
    [
        "针对2022年公开年报中指出的问题，加强整改。",
        "较2022年1—12月减少4件。",
        "统计期定为2023年1—12月，其间收申请12件。",
        "新老申请17件，公开9件，部分公开2件，不掌握4件。",
        "企业来件由5件落至4件，公开与部分公开11件，占办结73.3%。",
    ],
)
def test_periods_and_words_that_are_meant_are_not(text: str) -> None:
    assert told(read(text)) == [], text


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("收到申请12件，2件留到{}年答复。", 2024, 2023),
        ("收到申请12件，尚有2件于{}年1月答复。", 2024, 2023),
        ("收到申请12件，2件并入{}年度统计。", 2024, 2023),
        ("含{}年遗留5件，共办结15件。", 2022, 2021),
        ("{}年结转来的5件一并办结。", 2022, 2023),
        ("新收申请12件，另有5件系{}年收到、跨年办理。", 2022, 2021),
        ("新收申请12件，较{}年的16件下降25%。", 2022, 2021),
        ("申请由{}年的16件减为12件。", 2022, 2023),
        ("到{}年末，规范性文件现行有效40件。", 2023, 2022),
        ("{}年末规范性文件现行有效40件。", 2023, 2022),
        ("数据取自{}年度公开台账，收到申请12件。", 2023, 2022),
        ("回顾{}年，收到申请12件，办结15件。", 2023, 2022),
        ("收到申请12件（{}年度数据）。", 2023, 2022),
        ("收到{}年度申请12件，公开9件。", 2023, 2022),
    ],
)
def test_a_wrong_year_beside_a_right_number_is_told(text: str, right: int, wrong: int) -> None:
    assert told(read(text.format(right))) == [], text
    assert any(str(wrong) in (quote or "") for quote in told(read(text.format(wrong)))), text


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("收到申请12件，少于上年的16件。", "收到申请12件，多于上年的16件。"),
        ("收到申请12件，同比减少两成半。", "收到申请12件，同比减少三成半。"),
        ("便民短视频比上年多发12条。", "便民短视频比上年多发15条。"),
        ("便民短视频更新量同比提升40%。", "便民短视频更新量同比下滑40%。"),
        (
            "与上年相比，新收申请减少4件，办结增加4件。",
            "与上年相比，新收申请减少4件，办结增加6件。",
        ),
        ("新出规范性文件6件，比上年少2件。", "新出规范性文件6件，比上年多2件。"),
    ],
)
def test_a_change_in_other_words_is_told(right: str, wrong: str) -> None:
    assert told(read(right)) == [], right
    assert told(read(wrong)), wrong
