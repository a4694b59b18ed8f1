"""Numbers and claims that only the count or the denial before them explains."""

from typing import Any

import pytest

from report_writer.domain.findings import Mention, Status
from report_writer.facts.judging.entries import SUPPORTED
from tests.small_reports import checked

TWO: dict[str, Any] = {
    "requests": {
        "received": {"natural_person": 1, "company": 1, "total": 2},
        "disclosed": {"natural_person": 1, "company": 1, "total": 2},
        "disposed": {"natural_person": 1, "company": 1, "total": 2},
    },
    "remedies": {"direct_litigation": {"upheld": 3, "total": 3}},
}
ONE_NOT_HELD: dict[str, Any] = {
    "requests": {
        "received": {"company": 3, "total": 3},
        "disclosed": {"company": 2, "total": 2},
        "unable_to_provide.not_held": {"company": 1, "total": 1},
        "disposed": {"company": 3, "total": 3},
    },
}
NOTHING: dict[str, Any] = {"requests": {}, "remedies": {}}


LAST_YEAR = {
    "year": 2022,
    "blank_is_zero": True,
    "tables": {"requests": {"received": {"total": 6}}},
}


def mention(text: str, quote: str, tables: dict[str, Any]) -> Mention | None:
    found = [m for m in checked(text, tables, previous=LAST_YEAR).mentions if m.quote == quote]
    return found[-1] if found else None


RECEIVED = ("requests/received/total",)
CASES = [
    (
        "公开申请3件，除1件因信息不存在无法提供外，其余均已公开。",
        "1件",
        ONE_NOT_HELD,
        ("requests/unable_to_provide.not_held/total",),
    ),
    ("县政府办收件2件，全部办结。", "全部办结", TWO, ("requests/carried_forward/total",)),
    ("街道办来件2件，均已答复。", "均已答复", TWO, ("requests/carried_forward/total",)),
    ("今年没有人提出公开申请，而2022年有6件。", "6件", NOTHING, ("previous/" + RECEIVED[0],)),
    ("本年未收到公开申请；上年为6件。", "6件", NOTHING, ("previous/" + RECEIVED[0],)),
    (
        "受理公开申请2件，个人、企业各1件，比上年少4件。",
        "4件",
        TWO,
        (*RECEIVED, "previous/" + RECEIVED[0]),
    ),
    ("来局申请公开图纸、批复等材料的共2件，较2022年少4件。", "2件", TWO, RECEIVED),
    (
        "来局申请公开图纸、批复等材料的共2件，较2022年少4件。",
        "4件",
        TWO,
        (*RECEIVED, "previous/" + RECEIVED[0]),
    ),
    ("2件公开申请涉及用地图纸，个人1件、公司1件。", "2件", TWO, RECEIVED),
    (
        "行政诉讼3件，均为直接起诉。",
        "均为直接起诉",
        TWO,
        ("remedies/litigation_after_reconsideration/total",),
    ),
    (
        "直接起诉3件，均判决驳回原告请求。",
        "均判决驳回原告请求",
        TWO,
        ("remedies/direct_litigation/total", "remedies/direct_litigation/upheld"),
    ),
    (
        "没有单位向中心申请公开，也无旧件转入。",
        "也无旧件转入",
        NOTHING,
        ("requests/carried_over/total",),
    ),
]


@pytest.mark.parametrize(("text", "quote", "tables", "facts"), CASES)
def test_what_stands_before_explains_it(
    text: str, quote: str, tables: dict[str, Any], facts: tuple[str, ...]
) -> None:
    found = mention(text, quote, tables)
    assert found is not None
    assert found.status in SUPPORTED
    assert set(found.facts) == set(facts)


def test_the_other_way_to_court_is_told() -> None:
    found = mention("行政诉讼3件，均为复议后起诉。", "均为复议后起诉", TWO)
    assert found is not None
    assert found.status is Status.CONTRADICTED


def test_a_mean_of_working_days_is_a_figure_and_a_limit_is_none() -> None:
    measured = mention("收到公开申请2件，平均用时11个工作日。", "11个工作日", TWO)
    assert measured is not None
    assert measured.status is Status.UNACCOUNTED
    limit = mention("收到公开申请2件，应在20个工作日内答复。", "20个工作日内", TWO)
    assert limit is not None
    assert limit.status is Status.NOT_A_FIGURE


def test_what_is_denied_of_last_year_says_nothing_of_this_years_carry_over() -> None:
    tables = {"requests": {"carried_over": {"natural_person": 2, "total": 2}}}
    nobody = {"year": 2022, "blank_is_zero": True, "tables": {"requests": {}}}
    text = "依申请公开业务上年为空白。"
    result = checked(text, tables, previous=nobody)
    said = [m for m in result.mentions if "空白" in m.quote]
    assert said and said[0].status in SUPPORTED, said
