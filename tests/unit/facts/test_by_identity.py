"""Loosely named counts that the form's own sums, or their neighbours, prove wrong."""

from typing import Any

import pytest

from report_writer.domain.findings import Status
from tests.small_reports import checked, status_in

TABLES: dict[str, Any] = {
    "proactive": {
        "normative_documents": {"issued": 23, "repealed": 14, "in_force": 210},
        "licences": {"decisions": 402},
        "penalties": {"decisions": 1150},
        "coercive_measures": {"decisions": 23},
    },
    "requests": {
        "received": {"natural_person": 5, "company": 3, "total": 8},
        "carried_over": {"natural_person": 2, "total": 2},
        "disclosed": {"natural_person": 4, "company": 2, "total": 6},
        "disclosed_in_part": {"company": 1, "total": 1},
        "unable_to_provide.not_held": {"natural_person": 2, "total": 2},
        "disposed": {"natural_person": 6, "company": 3, "total": 9},
        "carried_forward": {"natural_person": 1, "total": 1},
    },
    "remedies": {"reconsideration": {"upheld": 4, "corrected": 1, "total": 5}},
}


def status_of(text: str, quote: str) -> Status | None:
    return status_in(checked(text, TABLES), quote)


# The sentence, the number, and a slip of it.
PROVED = [
    ("收到申请8件，农户5件，公司递来3件。", "5件", "4件"),
    ("公开申请办结9件：公开6件，部分公开1件，手中没有材料的2件。", "2件", "5件"),
    ("新收申请8件，旧件2件，应办10件，答复9件，余1件。", "10件", "11件"),
    ("作出许可402件，处罚1150件，强制23件。", "23件", "28件"),
    ("行政规范性文件有效210件，当年新发23件，清理14件。", "23件", "33件"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), PROVED)
def test_the_right_number_is_no_alarm(text: str, right: str, wrong: str) -> None:
    assert status_of(text, right) is not Status.CONTRADICTED


@pytest.mark.parametrize(("text", "right", "wrong"), PROVED)
def test_a_slip_is_told_although_its_name_is_loose(text: str, right: str, wrong: str) -> None:
    assert status_of(text.replace(right, wrong), wrong) is Status.CONTRADICTED


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        # another unit, far off, or of something else
        ("收到申请8件，农户5件，公司3件，村民代表列席60人。", "60人"),
        ("办结9件，公开6件，部分公开1件，不掌握2件。网格员收集民情64条，答复后上墙。", "64条"),
        ("作出许可402件，处罚1150件，强制执行费用台账24本。", "24本"),
        ("新收申请8件，上年结转2件，网络提交7件。", "7件"),
    ],
)
def test_what_counts_something_else_is_left_alone(text: str, quote: str) -> None:
    assert status_of(text, quote) is not Status.CONTRADICTED


FACTS = [
    {"label": "政府公报", "value": 12, "unit": "期"},
    {"label": "政策图解", "value": 30, "unit": "幅"},
    {"label": "解读视频", "value": 8, "unit": "个"},
    {"label": "政务新媒体", "value": 40, "unit": "个"},
]


def registered(text: str, quote: str) -> Status | None:
    return status_in(checked(text, TABLES, facts=FACTS), quote)


def test_a_number_alone_in_its_unit_can_be_no_other_than_the_one_fact_of_that_unit() -> None:
    assert registered("公报出版12期。", "12期") is Status.REGISTERED
    assert registered("公报出版14期。", "14期") is Status.CONTRADICTED


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        # two numbers of the unit, two facts of the unit, a change, a part, far off, no shared word
        ("讲座开了14期，培训3期。", "14期"),
        ("拍摄视频9个。", "9个"),
        ("公报比上年多出版2期。", "2期"),
        ("公报每期印数一致，专刊其中3期。", "3期"),
        ("公报累计出版620期。", "620期"),
        ("培训9期。", "9期"),
    ],
)
def test_and_else_it_accuses_nobody(text: str, quote: str) -> None:
    assert registered(text, quote) is not Status.CONTRADICTED


def test_how_many_asked_is_proved_by_who_they_were() -> None:
    text = "师生及家长申请12件，自然人5件，企业3件。"
    assert status_of(text, "12件") is Status.CONTRADICTED
    text = "收到申请8件，其中线上申请7件；自然人5件，企业3件。"
    assert status_of(text, "7件") is not Status.CONTRADICTED


FLOW = "收到申请8件，上年结转2件，应办10件。实际办结{}件，1件转2024年。"


def test_the_flow_of_a_year_may_be_told_in_two_sentences() -> None:
    assert status_of(FLOW.format(9), "9件") is not Status.CONTRADICTED
    assert status_of(FLOW.format(11), "11件") is Status.CONTRADICTED
    # far off, and of something else
    text = "收到申请8件，上年结转2件，1件转2024年。整改结果公告29件。"
    assert status_of(text, "29件") is not Status.CONTRADICTED


@pytest.mark.parametrize("whose", ["县乡两级", "市、县、乡三级全年", "全县上下"])
def test_all_levels_together_are_the_whole_area(whose: str) -> None:
    county = {"name": "示例县人民政府", "kind": "government"}
    result = checked(f"{whose}收到公开申请9件。", TABLES, agency=county, scope="aggregate")
    assert status_in(result, "9件") is Status.CONTRADICTED
