"""Counts that only tell together what they count: requests carried over, received, done and left."""

import pytest

from report_writer.domain.findings import Status
from tests.small_reports import checked, status_in

TABLES = {
    "requests": {
        "received": {"total": 40, "natural_person": 33, "company": 7},
        "carried_over": {"total": 3, "natural_person": 3},
        "disclosed": {"total": 41, "natural_person": 41},
        "disposed": {"total": 41, "natural_person": 41},
        "carried_forward": {"total": 2, "natural_person": 2},
    }
}


@pytest.mark.parametrize(
    "text",
    [
        "旧件3件、新件40件，办出41件，留2件跨年。",
        "上年带来3件，新收40件，办讫41件，留给下年2件。",
        "接新件40件，续办旧件3件，结案41件，2件带到2024年。",
        "上年剩3件，今年进40件，出41件，剩2件。",
        "年初手里3件，当年来40件，了却41件，年终手里2件。",
        "全年进件40件、旧欠3件，消化41件，挂账2件。",
        "陈件3件，新进40件；答毕41件，尾数2件。",
        "进40件，打发了41件，压下2件；个人33件、企业7件。",
    ],
)
def test_the_flow_of_requests_is_read_without_a_word_for_them(text: str) -> None:
    counts = [m for m in checked(text, TABLES).mentions if m.quote.endswith("件")]
    assert counts and all(m.status in {Status.BOUND, Status.DERIVED} for m in counts)
    assert any("requests/disposed/total" in m.facts for m in counts)


def test_two_counts_alone_tell_nothing() -> None:
    result = checked("前40件，后2件。", TABLES)
    assert status_in(result, "40件") is Status.UNACCOUNTED
    assert not [f for f in result.findings if f.code == "NUM101"]


def test_other_matters_are_no_flow() -> None:
    result = checked("督办问题旧账3件、新账40件，销账41件，挂账2件。", TABLES)
    assert status_in(result, "41件") is Status.UNACCOUNTED


def test_a_wrong_number_of_the_flow_is_not_confirmed() -> None:
    result = checked("旧件3件、新件40件，办出44件，留2件跨年。", TABLES)
    assert status_in(result, "44件") is not Status.BOUND
    assert status_in(result, "40件") is Status.BOUND


@pytest.mark.parametrize("said", ["办结比例95.3%", "答复完成95.3%", "已消化95.3%", "结案率为95.3%"])
def test_the_share_of_all_that_was_done(said: str) -> None:
    result = checked(f"旧件3件、新件40件，办出41件，网上件15件，{said}。", TABLES)
    assert status_in(result, "95.3%") is Status.DERIVED


def test_a_firm_sum_restates_the_fact_named_ahead_of_its_parts() -> None:
    facts = [{"label": "局网站", "value": 150, "unit": "条"}]
    result = checked(
        "网站这边：机构31条、财务30条、动态89条，合起来正好150条。", TABLES, facts=facts
    )
    assert [m.facts for m in result.mentions if m.quote == "150条"] == [("facts/局网站",)]


@pytest.mark.parametrize("who", ["经营主体提出", "市场主体递交", "商事主体所提"])
def test_enterprises_by_the_names_of_the_market(who: str) -> None:
    result = checked(f"公开申请40件，{who}7件。", TABLES)
    assert status_in(result, "7件") is Status.BOUND
