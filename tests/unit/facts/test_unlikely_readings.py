"""Readings no clerk means: shares across tables, counts of bodies, another body's list; and slips they hid."""

from typing import Any

import pytest

from report_writer.domain.findings import CheckResult, Severity, Status
from tests.small_reports import checked, status_in

TABLES: dict[str, Any] = {
    "proactive": {
        "rules": {"issued": 6, "repealed": 3, "in_force": 20},
        "normative_documents": {"issued": 14, "repealed": 8, "in_force": 90},
    },
    "requests": {
        "received": {"natural_person": 30, "company": 10, "total": 40},
        "carried_over": {"natural_person": 5, "total": 5},
        "disclosed": {"natural_person": 24, "company": 10, "total": 34},
        "unable_to_provide.not_held": {"natural_person": 7, "total": 7},
        "disposed": {"natural_person": 31, "company": 10, "total": 41},
        "carried_forward": {"natural_person": 4, "total": 4},
    },
    "remedies": {"reconsideration": {"corrected": 3, "upheld": 9, "total": 12}},
}
FACTS = [
    {"label": "政策解读", "value": 16, "unit": "篇"},
    {"label": "公务用车栏目信息", "value": 4, "unit": "条"},
    {"label": "节能栏目信息", "value": 3, "unit": "条"},
]


GOVERNMENT = {"name": "示例县人民政府", "kind": "government"}
OFFICE = {"name": "示例市人民政府办公厅", "kind": "office"}


def check(text: str) -> CheckResult:
    return checked(text, TABLES, agency=OFFICE, facts=FACTS)


def alarms(text: str) -> list[str]:
    return [
        f.message
        for f in check(text).findings
        if f.code.startswith("NUM") and f.severity in {Severity.ERROR, Severity.WARNING}
    ]


@pytest.mark.parametrize(
    "text",
    [
        "配套解读16篇，收到申请40件，图解占四成。",
        "制定规章6件、废止3件，规范性文件14件，现行有效90件。",
        "行政复议12件，纠正3件。纠错率高的五个单位被约谈。",
        "公务用车、节能栏目全年只更新7条。",
        "收到申请40件，连同以前未办完的5件统一编号。",
        "新收申请40件；结转进来5件，转出4件，年内办结41件。",
        "办理申请45件，办结41件。据统计，全市各部门受理申请4127件。",
    ],
)
def test_what_is_meant_otherwise_is_no_alarm(text: str) -> None:
    assert alarms(text) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("本年制发、本年废止、现存有效的规范性文件分别为8件、14件、90件。", "8件"),
        ("推送信息4830条，按平台分为微信3150条、微博1250条、视频号410条。", "4830条"),
        ("举办新闻发布会64场，市级12场、部门29场、县区21场。", "64场"),
        ("收到申请40件，其中企业10件，所申请信息全部予以公开。", "所申请信息全部予以公开"),
        ("收到申请40件，接续办理上年5件，100%在年内办结。", "100%"),
        ("2022年工作总体情况如下：收到申请40件。", "2022年"),
        ("数据自2023年1月1日起，至2022年12月31日止。", "2022年12月31日"),
    ],
)
def test_a_slip_in_such_words_is_told(text: str, quote: str) -> None:
    result = check(text)
    spans = [f.at for f in result.findings if f.severity in {Severity.ERROR, Severity.WARNING}]
    start = text.index(quote)
    assert any(
        getattr(at, "start", -1) < start + len(quote) and start < getattr(at, "end", -1)
        for at in spans
    ), spans


def test_a_denied_dispute_is_of_cases() -> None:
    text = "收到申请40件，因公开引发的争议为零。"
    (claim,) = (m for m in check(text).mentions if m.quote == "因公开引发的争议为零")
    assert claim.status is not Status.CONTRADICTED or claim.facts[0].startswith("remedies/")


@pytest.mark.parametrize(
    "text",
    [
        "新收申请40件，年末在办4件，较年初5件减少1件。",
        "行政复议12件，均获复议机关受理。约谈排名靠后单位2家。",
    ],
)
def test_what_has_changed_since_january_is_not_held_against_last_year(text: str) -> None:
    assert alarms(text) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("行政复议12件，均获复议机关维持。", "均获复议机关维持"),
        ("按计划发布政策解读18篇。", "18篇"),
        ("40件申请中，企业10件，占25%；居民30件，占70%。", "70%"),
    ],
)
def test_what_a_loose_word_hid_is_told(text: str, quote: str) -> None:
    (claim,) = (m for m in check(text).mentions if m.quote == quote)
    assert claim.status is Status.CONTRADICTED


def test_bodies_at_the_end_of_a_ranking_are_counted() -> None:
    (said,) = (m for m in check("约谈排名靠后单位2家。").mentions if "2" in m.quote)
    assert said.quote == "2家"
    assert said.status is Status.UNACCOUNTED


def test_of_a_single_request_all_that_follows_is_said() -> None:
    tables = {"received": {"natural_person": 1, "total": 1}, "disclosed": {"natural_person": 1, "total": 1}, "disposed": {"natural_person": 1, "total": 1}}  # fmt: skip
    result = checked("收到申请1件，索要历史降水资料，隐去编号后予以公开。", {"requests": tables})
    found = [m for m in result.mentions if m.quote == "予以公开"]
    assert found and found[0].facts == ("requests/disposed/total", "requests/disclosed/total")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("（二）2022年依申请公开情况。收到申请40件。", "2022年"),
        ("根据2022年工作安排，制定规范性文件14件。", "2022年"),
        (
            "结果上，答复公开、部分公开，以及无法提供、其他处理的，依次为24件、7件、0件、10件。",
            "7件",
        ),
        ("收到申请40件，来件者清一色为自然人。", "来件者清一色为自然人"),
    ],
)
def test_headings_programmes_and_long_lists_are_read(text: str, quote: str) -> None:
    test_a_slip_in_such_words_is_told(text, quote)


def test_what_is_left_may_have_ended_in_several_ways() -> None:
    text = "收到申请40件。无法提供7件，其余34件为公开、部分公开或不予公开。"
    assert alarms(text) == []


def test_two_registered_numbers_that_changed_places_confirm_nothing() -> None:
    facts = [
        {"label": "市级部门受理申请", "value": 25, "unit": "件"},
        {"label": "县区受理申请", "value": 15, "unit": "件"},
    ]
    text = "全市受理申请40件，市级部门15件，县区25件。"
    result = checked(text, TABLES, agency=GOVERNMENT, facts=facts)
    assert status_in(result, "15件") is Status.CONTRADICTED


def test_the_offices_own_count_beside_the_tables_of_the_whole_county() -> None:
    text = "县政府办公室代表县政府受理申请21件。全县年内办结41件。"
    result = checked(text, TABLES, agency=GOVERNMENT, scope="aggregate")
    assert [f.code for f in result.findings if f.code == "NUM402"] == ["NUM402"]


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("收到申请40件，自然人30件、企业10件，前者占{}%。", "75", "57"),
        ("收到申请40件，自然人30件、企业10件，后者占{}%。", "25", "35"),
    ],
)
def test_the_former_and_the_latter_have_shares_of_their_own(
    text: str, right: str, wrong: str
) -> None:
    assert alarms(text.format(right)) == []
    assert len(alarms(text.format(wrong))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "行政复议12件，按维持、纠正、未审结排列，分别有9件、3件、0件。",
        "收到申请40件，申请量较上年有了新的变化特点。",
    ],
)
def test_an_order_and_a_movement_without_direction_claim_nothing(text: str) -> None:
    assert alarms(text) == []


def test_a_suit_against_the_own_office_is_its_own() -> None:
    text = "因不服街道答复提起的行政诉讼1件。"
    street = {"name": "示例街道办事处", "self_reference": "街道", "kind": "township"}
    assert status_in(checked(text, TABLES, agency=street), "1件") is Status.CONTRADICTED


def test_the_office_may_also_act_for_the_government() -> None:
    text = "区政府办公室代区政府接收公开申请21件。"
    result = checked(text, TABLES, agency=GOVERNMENT, scope="aggregate")
    assert [f.code for f in result.findings if f.code == "NUM402"] == ["NUM402"]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("发布信息40条，由动态20条、统计数据18条、应急管理两条构成。", "两条"),
        ("行政复议12件，其中维持9起，尚未审结一起。", "一起"),
    ],
)
def test_a_count_of_one_or_two_stays_a_count(text: str, quote: str) -> None:
    assert status_in(check(text), quote) is not Status.NOT_A_FIGURE
    assert quote in {m.quote for m in check(text).mentions}


def test_what_is_posted_or_listed_is_no_decision() -> None:
    tables = {"proactive": {"penalties": {"decisions": 350}, "licences": {"decisions": 197}}}
    for text in ("公示行政处罚信息150条。", "行政许可事项清单共列195项。"):
        assert [f.code for f in checked(text, tables).findings if f.code == "NUM101"] == []
