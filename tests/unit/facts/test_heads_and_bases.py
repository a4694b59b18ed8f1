"""What a head, a bracket, a base or a word of sorting says is heard; none of these right statements is accused."""

from typing import Any

import pytest

from report_writer.domain.findings import Status
from tests.small_reports import checked, status_in

TABLES: dict[str, Any] = {
    "requests": {
        "received": {"natural_person": 18, "company": 4, "research": 2, "total": 24},
        "carried_over": {"natural_person": 2, "total": 2},
        "disclosed": {"natural_person": 9, "total": 9},
        "disclosed_in_part": {"natural_person": 3, "total": 3},
        "withheld.enforcement_file": {"natural_person": 5, "total": 5},
        "withheld.administrative_query": {"natural_person": 1, "total": 1},
        "unable_to_provide.not_held": {"company": 4, "research": 2, "total": 6},
        "disposed": {"natural_person": 18, "company": 4, "research": 2, "total": 24},
        "carried_forward": {"natural_person": 2, "total": 2},
    },
    "remedies": {
        "reconsideration": {"upheld": 5, "corrected": 2, "pending": 3, "total": 10},
        "direct_litigation": {"upheld": 2, "pending": 1, "total": 3},
        "litigation_after_reconsideration": {"upheld": 1, "pending": 1, "total": 2},
    },
}
FACTS = [
    {"label": "建议提案办理", "value": 57, "unit": "件"},
    {"label": "粮价监测周报", "value": 48, "unit": "期"},
    {"label": "微信公众号推文", "value": 186, "unit": "篇"},
]
SUPPORTED = {Status.BOUND, Status.DERIVED, Status.REGISTERED}


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("复议10件、诉讼5件。年底仍在审理的，复议3件、诉讼2件。", "3件、诉讼", "4件、诉讼"),
        ("复议10件、诉讼5件。年底未审结的案件共5件，其中复议3件、诉讼2件。", "复议3件", "复议6件"),
        ("行政执法案卷不予公开5件，占不予公开总数的83.3%。", "83.3%", "73.3%"),
        ("公开申请24件。可公开、可部分公开的共12件。", "12件", "21件"),
        ("申请24件，公开的9件、部分公开的3件，共占50%。", "50%", "60%"),
        ("申请24件，加上年2件共办结24件。", "24件。", "42件。"),
    ],
)
def test_what_stands_around_a_number_tells_its_cell(text: str, right: str, wrong: str) -> None:
    quote = right.split("、")[0].removeprefix("复议").rstrip("。")
    said = wrong.split("、")[0].removeprefix("复议").rstrip("。")
    assert all(m.status is not Status.CONTRADICTED for m in checked(text, TABLES).mentions)
    assert status_in(checked(text, TABLES), quote) in SUPPORTED
    assert status_in(checked(text.replace(right, wrong), TABLES), said) is Status.CONTRADICTED


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("申请24件，单位申请占四分之一。", "四分之一"),
        ("6件不予公开申请里，行政执法案卷占83.3%。", "83.3%"),
    ],
)
def test_a_share_of_what_was_just_counted_is_confirmed(text: str, share: str) -> None:
    assert status_in(checked(text, TABLES), share) is Status.DERIVED


@pytest.mark.parametrize(
    "text",
    [
        "公开类答复12件（其中部分公开3件），不公开类6件。",
        "申请24件，涉及征地拆迁的11件，涉及工程建设的9件，其余4件涉及教育。",
        "复议10件。新收申请24件，复议件与之相比，比例是41.7%。",
        "申请办理答复24件，其中无法提供6件。",
        "收到申请24件。编发月度快报12期。",
        "收到申请24件。全乡建有村民小组微信群23个。",
        "信息处理费，本中心分文未收。未就公开申请另收费用。",
        "10件复议中，尚未审结的有：复议3件，诉讼2件。",
    ],
)
def test_right_or_unknown_statements_accuse_nothing(text: str) -> None:
    tables = TABLES | {"proactive": {"charges": {"amount": "45.8"}}}
    result = checked(text, tables, facts=FACTS)
    assert [m.quote for m in result.mentions if m.status is Status.CONTRADICTED] == []


@pytest.mark.parametrize(
    "text",
    [
        "不予公开决定6件，无一被复议机关撤销。",
        "当年申请当年办结22件，办结率91.7%；上年结转2件全部办结。",
        "收到申请24件。2024年计划开展建议提案办理60件。",
        "复议10件、诉讼5件。年底未审结的案件共5件，其中复议3件、诉讼2件。",
    ],
)
def test_what_may_be_said_of_a_part_or_a_plan_accuses_nothing(text: str) -> None:
    result = checked(text, TABLES, facts=FACTS)
    assert [m.quote for m in result.mentions if m.status is Status.CONTRADICTED] == []
