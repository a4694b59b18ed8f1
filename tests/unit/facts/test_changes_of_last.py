"""Changes and movements said of what was just counted, in words no list has whole."""

from typing import Any

import pytest

from report_writer.domain.findings import CheckResult
from tests.small_reports import checked

TABLES: dict[str, Any] = {
    "proactive": {"penalties": {"decisions": 126}, "licences": {"decisions": 840}},
    "requests": {
        "received": {"natural_person": 33, "company": 12, "total": 45},
        "carried_over": {"total": 4},
        "disclosed": {"total": 26},
        "withheld.enforcement_file": {"total": 5},
        "unable_to_provide.not_held": {"total": 9},
        "otherwise_closed.other": {"total": 6},
        "disposed": {"total": 46},
        "carried_forward": {"total": 3},
    },
    "remedies": {"reconsideration": {"upheld": 2, "total": 2}},
}
PREVIOUS: dict[str, Any] = {
    "year": 2022,
    "blank_is_zero": True,
    "tables": {
        "proactive": {"penalties": {"decisions": 180}, "licences": {"decisions": 700}},
        "requests": {
            "received": {"natural_person": 52, "company": 8, "total": 60},
            "disclosed": {"total": 40},
            "withheld.enforcement_file": {"total": 1},
            "unable_to_provide.not_held": {"total": 12},
            "otherwise_closed.other": {"total": 3},
            "disposed": {"total": 56},
            "carried_forward": {"total": 4},
        },
        "remedies": {"reconsideration": {"upheld": 5, "total": 5}},
    },
    "facts": [
        {"label": "便民讲座", "value": 40, "unit": "场"},
        {"label": "咨询接待", "value": 4500, "unit": "人次"},
    ],
}
FACTS = [
    {"label": "便民讲座", "value": 40, "unit": "场"},
    {"label": "咨询接待", "value": 5400, "unit": "人次"},
]


def read(text: str) -> CheckResult:
    return checked(text, TABLES, previous=PREVIOUS, facts=FACTS)


def told(text: str) -> list[str]:
    return [
        f.at.quote
        for f in read(text).findings
        if f.code.startswith("NUM") and f.severity.value != "advice" and f.at is not None
    ]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("right", "wrong", "quote"),
    [
        # a direction written as a sign
        ("申请45件（-25%）。", "申请45件（-15%）。", "15%"),
        ("申请45件（↓25%）。", "申请45件（↑25%）。", "25%"),
        # a change of a count whose name only loose words know, confirmed beside others of its table
        (
            "全年申请45件。不掌握相关信息的9件，较上年少3件。",
            "全年申请45件。不掌握相关信息的9件，较上年多3件。",
            "3件",
        ),
        # the verb between 多 and the number
        ("咨询接待5400人次，较上年多接待900人次。", "咨询接待5400人次，较上年多接待1900人次。", "1900人次"),
        # a movement whose words stand in no list as a whole
        ("收到申请45件，收件量较上年变少。", "收到申请45件，收件量较上年变多。", "收件量较上年变多"),
        ("申请受理量保持下行态势，全年45件。", "申请受理量保持上行态势，全年45件。", "申请受理量保持上行态势"),
        (
            "执法案卷类不予公开的申请增多，全年5件。",
            "执法案卷类不予公开的申请减少，全年5件。",
            "执法案卷类不予公开的申请减少",
        ),
        ("便民讲座40场，场次与上年相同。", "便民讲座40场，场次增多。", "场次增多"),
        # the year is part of the claim
        ("申请公开收到45件，较2022年减少。", "申请公开收到45件，较2022年增加。", "较2022年增加"),
        # the bare count behind a movement, and its own change
        (
            "收到申请45件。复议案件大幅减少，全年仅2件，降幅60%。",
            "收到申请45件。复议案件大幅减少，全年仅2件，降幅40%。",
            "40%",
        ),
        ("行政处罚数量有所下降，全年126件。", "行政处罚数量有所下降，全年162件。", "162件"),
        # two movements in one clause, and the former of two
        (
            "自然人申请减少、企业申请增加，分别为33件和12件。",
            "自然人申请减少、企业申请减少，分别为33件和12件。",
            "企业申请减少",
        ),
        (
            "申请45件，自然人33件、企业12件，前者比上年减少19件，后者增加4件。",
            "申请45件，自然人33件、企业12件，前者比上年减少9件，后者增加4件。",
            "9件",
        ),
        # pieces of one clause, and a fact named by half its label
        (
            "与上年比，公开申请少15件、复议少3件。",
            "与上年比，公开申请少15件、复议少2件。",
            "2件",
        ),
        ("讲座场次不变，共40场。", "讲座场次增加，共40场。", "讲座场次增加"),
        # the applicant stands in the clause before
        (
            "申请45件。申请人以个人为主，提出33件，比上年少19件。",
            "申请45件。申请人以个人为主，提出33件，比上年少18件。",
            "18件",
        ),
        # several times last year's, a total behind its parts, changes in the order of their counts
        ("其他处理的申请6件，为上年2倍。", "其他处理的申请6件，为上年3倍。", "3倍"),
        (
            "申请45件，自然人33件、企业12件，总量减少15件。",
            "申请45件，自然人33件、企业12件，总量减少19件。",
            "19件",
        ),
        (
            "申请45件、处罚126件，降幅为25%、30%。",
            "申请45件、处罚126件，降幅为25%、35%。",
            "35%",
        ),
        # what nobody asked for has fewer than last year; two equal numbers have not moved
        ("收到申请45件，较上年下降。", "收到申请45件，较上年上升。", "较上年上升"),
        ("复议由上年的5件降至2件。", "复议由上年的2件升至2件。", "2件"),
        ("申请量创近年新低，全年45件。", "申请量创近年新高，全年45件。", "申请量创近年新高"),    ],
)  # fmt: skip
def test_the_wrong_one_is_told(right: str, wrong: str, quote: str) -> None:
    assert told(right) == []
    assert set(told(wrong)) == {quote}


@pytest.mark.parametrize(
    "text",
    [
        # movements within the year, hoped for, or of a share
        "三季度申请量明显回落，四季度又有所回升，全年新收申请45件。",
        "收到申请45件，力争申请量逐步减少。",
        "收到申请45件，办理难度较上年上升。",
        # against another year than the last
        "收到申请45件，较2019年增加20件、增长80%。",
        "收到申请45件，较2019年有所上升。",
        "收到申请45件，与前年相比增加20件。",
        "申请45件，较往年有所增加。",
        # of a count nobody knows, of another noun, or of an average
        "全年收到申请45件，网络渠道提交30件，较上年增加5件。",
        "处罚126件，罚款金额18万元，同比增长9%。",
        "便民讲座40场，听众人数比上年减少两成。",
        "许可840件，即办件数量增长18%。",
        "申请45件，涉及医疗纠纷的较上年增多。",
        "2021年至2023年，申请分别为70件、60件、45件，年均下降20%。",
        # how many fewer, and how many are left; as many as were counted before
        "公开申请较上年减少25%，为45件；个人来件缩减19件，为33件。",
        "公开申请45件。处罚126件，件数同上年相比有所下降。",
        # of others, or in three years
        "部分乡镇申请量同比上升，本局收到申请45件。",
        "下一步，力争处罚数量持续上升。",
        "近三年申请量分别为70件、60件、45件，逐年下降。",
        "便民讲座举办场次较上年没有变化，咨询接待量上升，全年5400人次，上年4500人次。",
        # a total is of all parts before it, and not of the last
        "自然人33件、企业12件，来件总量较上年减少。",
        "全年收到申请45件，自然人提出33件，比上年少15件。",
    ],
)
def test_nothing_is_told(text: str) -> None:
    assert told(text) == []
