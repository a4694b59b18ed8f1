"""Wordings of one fresh set and their siblings: named otherwise, told behind a noun, counted by structure."""

from typing import Any

import pytest

from report_writer.domain.findings import Status
from tests.small_reports import checked, status_in

SUPPORTED = {Status.BOUND, Status.DERIVED, Status.REGISTERED}


def requests(**rows: dict[str, int]) -> dict[str, Any]:
    return {"requests": {row.replace("__", "."): cells for row, cells in rows.items()}}


ONE = requests(
    received={"total": 1, "company": 1},
    disclosed={"total": 1, "company": 1},
    disposed={"total": 1, "company": 1},
)
NONE_HELD = requests(
    received={"total": 1, "company": 1},
    unable_to_provide__not_held={"total": 1, "company": 1},
    disposed={"total": 1, "company": 1},
)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("仅见的1件公开申请索要历史雨量，已如数提供。", "已如数提供"),
        ("全年1件公开申请所求为灌区图纸，悉数提供。", "悉数提供"),
        ("收到申请1件，问的是井深，已全部公开。", "已全部公开"),
        ("所收1件公开申请已予公开，没有结转。", "已予公开"),
        ("全年收到1件公开申请，来自企业。", "来自企业"),
        ("全年收到1件公开申请，由当地企业提出。", "由当地企业提出"),
    ],
)
def test_what_is_said_behind_a_noun_is_heard(text: str, quote: str) -> None:
    assert status_in(checked(text, ONE), quote) in SUPPORTED


def test_one_request_may_ask_for_what_nobody_holds() -> None:
    result = checked("全年收到1件公开申请，来自企业，所求矿图镇里并不掌握。", NONE_HELD)
    assert status_in(result, "来自企业") in SUPPORTED
    assert status_in(result, "并不掌握") in SUPPORTED


@pytest.mark.parametrize(
    "text",
    ["本局问题有两条。第一，更新慢。", "短板有两处：栏目旧、人手少。", "整改分三步：先查后改。"],
)
def test_parts_of_a_text_are_no_figures(text: str) -> None:
    result = checked(text, ONE, sections={"problems": text})
    assert all(mention.status is Status.NOT_A_FIGURE for mention in result.mentions)


@pytest.mark.parametrize("opening", ["，计", "，共计", "，总计"])
def test_a_list_behind_a_word_for_counting_is_whole(opening: str) -> None:
    right = f"网站上传信息108条{opening}动态52条、法规27条、场所19条、通知10条。"
    assert status_in(checked(right, ONE), "108条") in SUPPORTED
    wrong = checked(right.replace("108", "112"), ONE)
    assert status_in(wrong, "112条") is Status.CONTRADICTED


def test_a_second_subject_may_have_a_particle() -> None:
    tables = {"proactive": {"licences": {"decisions": 640}, "penalties": {"decisions": 308}}}
    before = {"proactive": {"licences": {"decisions": 702}, "penalties": {"decisions": 275}}}
    last = {"year": 2022, "form": "ogi_2021", "tables": before, "blank_is_zero": True}
    text = "许可由702件降到640件，处罚却从275件升为308件，升了一成多。"
    result = checked(text, tables, previous=last)
    assert not [f for f in result.findings if f.code.startswith("NUM2")]
    assert status_in(result, "一成多") in SUPPORTED


@pytest.mark.parametrize("said", ["向本局申请公开的有1件", "向培训中心申请公开的共1件"])
def test_who_asked_for_disclosure_is_counted(said: str) -> None:
    assert status_in(checked(said + "。", ONE), "1件") in SUPPORTED


FIVE = requests(
    received={"total": 5, "natural_person": 5},
    disclosed={"total": 3, "natural_person": 3},
    unable_to_provide__not_held={"total": 2, "natural_person": 2},
    disposed={"total": 5, "natural_person": 5},
)


@pytest.mark.parametrize(
    ("text", "quote", "status"),
    [
        ("收到申请5件，2件本机关不掌握，3件复印交付。", "3件", True),
        ("收到申请5件，答复结果：拿到材料的3件，本机关不掌握的2件。", "3件", True),
        ("收到申请5件，能直接给的给了3件，占六成；余下2件本机关不掌握。", "3件", True),
        ("收到申请5件，2件本机关不掌握，涉及宅基地3件。", "3件", False),
        ("收到申请5件，2件本机关不掌握，4件复印交付。", "4件", False),
    ],
)
def test_what_the_other_parts_leave_is_known(text: str, quote: str, status: bool) -> None:
    assert (status_in(checked(text, FIVE), quote) in SUPPORTED) is status


def test_no_request_in_writing_is_none_at_all() -> None:
    assert (
        status_in(checked("镇机关没有收到书面公开申请。", FIVE), "镇机关没有收到书面公开申请")
        is Status.CONTRADICTED
    )
    beside = checked("没有收到书面公开申请，网上来的另计。", FIVE)
    assert status_in(beside, "没有收到书面公开申请") is not Status.CONTRADICTED


@pytest.mark.parametrize(("said", "wrong"), [("五成", False), ("四成", True)])
def test_a_list_of_tenths_is_whole_with_the_true_one(said: str, wrong: bool) -> None:
    table = requests(
        received={"total": 10},
        disclosed={"total": 3},
        withheld__enforcement_file={"total": 5},
        unable_to_provide__not_held={"total": 2},
        disposed={"total": 10},
    )
    text = f"来件登记10件。答复构成：公开三成，案卷类不公开{said}，未掌握两成。"
    assert (status_in(checked(text, table), said) is Status.CONTRADICTED) is wrong


@pytest.mark.parametrize(
    "text",
    [
        "公众提出申请5件，较4件的上年数多1件。",
        "公众提出申请5件，高于4件的去年水平。",
    ],
)
def test_the_year_may_stand_behind_last_years_count(text: str) -> None:
    before = {"requests": {"received": {"total": 4}}}
    last = {"year": 2022, "form": "ogi_2021", "tables": before, "blank_is_zero": True}
    assert status_in(checked(text, FIVE, previous=last), "4件") in SUPPORTED


def test_a_count_between_the_verb_and_the_share_is_the_base() -> None:
    table = requests(
        received={"total": 27, "natural_person": 3, "company": 24},
        disclosed={"total": 27},
        disposed={"total": 27},
    )
    result = checked("投标人提出公开申请24件，占全部27件的88.9%。", table)
    assert all(m.status in SUPPORTED for m in result.mentions)


@pytest.mark.parametrize("said", ["当事人没有再诉", "申请人也未再起诉", "对方不曾上诉"])
def test_nobody_went_on_to_sue(said: str) -> None:
    cases = {"remedies": {"reconsideration": {"upheld": 1, "total": 1}}}
    text = f"年内被提起复议1起，结果为维持，{said}。"
    assert status_in(checked(text, FIVE | cases), said) in SUPPORTED
