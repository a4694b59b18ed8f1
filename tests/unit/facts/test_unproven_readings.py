"""What is accused must be proven by its own list, its own total and its own year; siblings of real sentences."""

from typing import Any

import pytest

from report_writer.domain.findings import CheckResult, Status
from tests.small_reports import checked, status_in


def _requests(received: dict[str, int], **rows: int) -> dict[str, Any]:
    total = {"total": sum(received.values()), **received}
    found: dict[str, Any] = {"received": total}
    found |= {key.replace("__", "."): {"total": value} for key, value in rows.items()}
    return {"requests": found}


def _codes(result: CheckResult) -> list[str]:
    return [f.code for f in result.findings if f.code.startswith(("NUM1", "NUM2"))]


_SORTED = _requests(
    {"natural_person": 84, "company": 12}, disclosed=69, unable_to_provide__not_held=27, disposed=96
)
_CARRIED = _requests(
    {"natural_person": 113, "company": 7},
    carried_over=6,
    disclosed=75,
    unable_to_provide__not_held=48,
    disposed=123,
    carried_forward=3,
)
_SMALL = _requests({"natural_person": 3}, disclosed=1, unable_to_provide__not_held=2, disposed=3)
_BY_HAND = _requests(
    {"natural_person": 19, "company": 9},
    disclosed=13,
    disclosed_in_part=4,
    unable_to_provide__not_held=6,
    not_processed__petition=5,
    disposed=28,
)
_THIRTY_THREE = _requests({"natural_person": 33}, disclosed=33, disposed=33)
_DECISIONS = {"proactive": {"penalties": {"decisions": 205}, "licences": {"decisions": 733}}}
_DECISIONS_BEFORE = {"proactive": {"penalties": {"decisions": 187}, "licences": {"decisions": 690}}}
_MATERIALS = [{"label": "政策解读材料", "value": 56, "unit": "份", "source": "台账"}]


@pytest.mark.parametrize(
    "text",
    [
        "我局共收申请96件，按内容分为房屋征收44件、物业管理31件、其他21件。",
        "96件公开申请，按条线归集征收44件、物业31件、其他21件。",
        "申请96件分属房屋征收44件、物业管理31件和其他21件。",
        "收到申请96件，申请内容为房屋征收44件、物业公司31件、其他21件。",
    ],
)
def test_others_of_a_list_of_matters_are_no_applicants(text: str) -> None:
    assert _codes(checked(text, _SORTED)) == []


@pytest.mark.parametrize(
    "text",
    [
        "承办申请126件，内含结转6件；予以公开75件。",
        "手头申请共126件，含上年6件。",
        "应办申请126件，新收120件，结转6件。",
        "接办申请126件，连结转件6件在内。",
    ],
)
def test_what_was_taken_on_may_include_what_was_carried_over(text: str) -> None:
    result = checked(text, _CARRIED)
    assert _codes(result) == []
    assert status_in(result, "126件") is Status.DERIVED


@pytest.mark.parametrize(
    "text",
    [
        "公开13件、部分公开4件、无法提供6件、按举报转办5件。总量比2022年的33件缩减5件。",
        "全年公开13件、部分公开4件。总数较2022年33件减少5件。",
        "予以公开13件，比2022年的33件减少20件。",
    ],
)
def test_a_change_is_of_the_cell_its_words_name(text: str) -> None:
    result = checked(text, _BY_HAND, previous={"year": 2022, "tables": _THIRTY_THREE})
    assert _codes(result) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("村民来函申请3件，答复情况：提供2件，告知不掌握2件。", True),
        ("收到申请3件，提供2件，查无2件。", True),
        ("村民来函申请3件，提供1件，告知不掌握2件。", False),
        ("收到申请3件，未能提供2件，信息不存在2件都书面告知。", False),
    ],
)
def test_a_number_does_not_borrow_the_next_ones_name(text: str, wrong: bool) -> None:
    assert bool(_codes(checked(text, _SMALL))) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("收件120件，连同上年转入6件共126件，均已办结。", True),
        ("收件120件，上年转入6件，合计126件，全部办结。", True),
        ("收件120件，加上年转入6件，合计126件，已办结123件。", False),
        ("共126件，均已受理登记。", False),
    ],
)
def test_all_done_is_said_of_the_total_just_confirmed(text: str, wrong: bool) -> None:
    assert ("NUM102" in _codes(checked(text, _CARRIED))) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("经手申请28件，其中企业提出的9件，无法提供6件，占办结量的三成以上。", True),
        ("经手申请28件，其中企业提出的9件，无法提供6件，占办结量的两成以上。", False),
        ("申请28件，其中企业9件，占三成以上。", False),
    ],
)
def test_a_share_is_of_the_part_and_not_of_all(text: str, wrong: bool) -> None:
    assert ("NUM203" in _codes(checked(text, _BY_HAND))) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("示例市商务局执法支队作出处罚187件。", True),
        ("示例市商务局综合执法大队全年作出行政处罚决定187件。", True),
        ("示例市商务局窗口作出许可决定690件。", True),
        ("示例市商务局执法支队作出处罚132件。", False),
        ("示例市商务局与城管局共作出处罚187件。", False),
        ("示例市商务局执法支队上年作出处罚187件，今年205件。", False),
    ],
)
def test_a_branch_of_ours_with_last_years_number_is_told(text: str, wrong: bool) -> None:
    result = checked(text, _DECISIONS, previous={"year": 2022, "tables": _DECISIONS_BEFORE})
    assert ("NUM101" in _codes(result)) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("发布政策解读材料56份，包括文字30份、图解17份、视频7份。", True),
        ("政策解读材料56份，计有文字30份、图解17份、视频7份。", True),
        ("发布政策解读材料56份，包括文字30份、图解17份、视频7份，另有音频2份。", False),
        ("发布政策解读材料56份，包括文字30份、图解17份、视频7份和漫画2份。", False),
        ("发布政策解读材料56份，包括文字30份、图解17份、视频7份，其余为网页。", False),
        ("发布政策解读材料56份，包括文字30份、图解13份、视频7份。", False),
    ],
)
def test_three_kinds_that_miss_next_to_nothing_are_all(text: str, wrong: bool) -> None:
    assert ("NUM201" in _codes(checked(text, {}, facts=_MATERIALS))) is wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("全年办理28件，其中自然人9件、企业19件；公开13件、部分公开4件、无法提供6件。", True),
        ("办理28件，个人9件、企业19件，结果为公开13件、部分公开4件、无法提供6件。", True),
        ("全年办理28件，其中自然人19件、企业9件；公开13件、部分公开4件、无法提供6件。", False),
    ],
)
def test_outcomes_say_that_those_who_asked_are_listed(text: str, wrong: bool) -> None:
    assert bool(_codes(checked(text, _BY_HAND))) is wrong


def test_not_one_that_is_not_is_all_of_them() -> None:
    tables = {"requests": {"received": {"natural_person": 3, "total": 3}}}
    for text in ("公开申请3件，申请者无一不是个人。", "公开申请3件，无一不来自自然人。"):
        assert not [f for f in checked(text, tables).findings if f.code == "NUM102"]
