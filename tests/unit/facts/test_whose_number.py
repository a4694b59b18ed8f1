"""Whose number is it: of the parts a total names, of a theme, of another body, of last year's sum."""

from typing import Any

import pytest

from report_writer.domain.findings import Status
from tests.small_reports import checked, posted, status_in, told

_REQUESTS: dict[str, Any] = {
    "requests": {
        "received": {"total": 64, "natural_person": 41, "company": 18, "legal_service": 5},
        "carried_over": {"total": 5},
        "disclosed": {"total": 30},
        "disclosed_in_part": {"total": 7},
        "not_processed.petition": {"total": 6},
        "unable_to_provide.not_held": {"total": 21},
        "disposed": {"total": 64},
        "carried_forward": {"total": 5},
    }
}
_DECISIONS: dict[str, Any] = {
    "proactive": {"licences": {"decisions": 142}, "penalties": {"decisions": 67}}
}
_DECISIONS_BEFORE: dict[str, Any] = {
    "proactive": {"licences": {"decisions": 130}, "penalties": {"decisions": 72}}
}
_CASES: dict[str, Any] = {
    "remedies": {
        "reconsideration": {"total": 4, "upheld": 2, "corrected": 1, "pending": 1},
        "direct_litigation": {"total": 9, "upheld": 8, "corrected": 1},
    }
}
_KINDS = posted(社会救助信息=142, 养老服务信息=97, 社会组织信息=75, 婚姻登记信息=52)


@pytest.mark.parametrize(
    ("text", "tables", "facts", "wrong"),
    [
        # the two that are named, not all four
        (
            "社会救助142条、养老服务97条、社会组织75条、婚姻登记52条，救助与养老合计239条。",
            {},
            _KINDS,
            [],
        ),
        ("社会救助142条、养老服务97条，两类合计249条。", {}, _KINDS, ["249条"]),
        # the total of a body of its own
        ("城区大队407件、开发区大队226件，县大队合计400件。", {}, [], []),
        ("本所编发26条，上年31条；街道44条，部门137条，合计207条。", {}, [], []),
        ("上半年51条、下半年62条，以上我局共计123条。", {}, [], ["123条"]),
        # the subject names the parts, so that 其中 tells them all
        (
            "网站、公众号共发布862条，其中网站495条、公众号331条。",
            {},
            posted(网站信息=495, 公众号信息=331),
            ["862条"],
        ),
        ("公开与部分公开两项37件，办结64件。", _REQUESTS, [], []),
        ("公开和部分公开两项合计39件，办结64件。", _REQUESTS, [], ["39件"]),
    ],
)
def test_a_total_is_of_the_parts_it_names(
    text: str, tables: dict[str, Any], facts: list[dict[str, Any]], wrong: list[str]
) -> None:
    assert told(checked(text, tables, facts=facts)) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("网站、公众号共更新651条，较上年的579条增加72条，公众号占64.2%。", []),
        ("网站、公众号共更新651条，较上年的597条增加72条。", ["597条"]),
        ("网站、公众号共更新651条，较上年增加82条。", ["82条"]),
        ("网站、公众号共更新651条，公众号占54.2%。", ["54.2%"]),
        ("网站更新233条，公众号更新418条，合计651条，上年合计579条。", []),
        ("网站更新233条，公众号更新418条，合计651条，上年合计569条。", ["569条"]),
    ],
)
def test_a_sum_of_registered_facts_is_held_against_last_years(text: str, wrong: list[str]) -> None:
    before = {"year": 2022, "facts": posted(网站更新=212, 公众号更新=367)}
    facts = posted(网站更新=233, 公众号更新=418)
    assert told(checked(text, {}, facts=facts, previous=before)) == wrong


@pytest.mark.parametrize(("total", "wrong"), [("202件", []), ("212件", ["212件"])])
def test_last_years_total_behind_this_years_is_of_the_same(total: str, wrong: list[str]) -> None:
    text = f"办理许可142件、处罚67件，合计209件，上年合计{total}。"
    before = {"year": 2022, "tables": _DECISIONS_BEFORE}
    assert told(checked(text, _DECISIONS, previous=before)) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("公告24条，通报11条，合计占网站信息的9.8%。", []),
        ("公告24条，通报11条，合计占网站信息的12.8%。", ["12.8%"]),
    ],
)
def test_a_share_of_both_is_of_their_sum(text: str, wrong: list[str]) -> None:
    facts = posted(网站信息=358, 审计公告=24, 整改通报=11)
    assert told(checked(f"网站信息358条；审计{text}", {}, facts=facts)) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("收到申请64件，问补偿的21件、问规划的11件，两者合占50%。", []),
        ("收到申请64件，问补偿的21件、问规划的11件，两者合占60%。", ["60%"]),
        ("收到申请64件，不掌握的占50%。", ["50%"]),
        ("收到申请64件，不掌握的占32.8%。", []),
        ("收到申请64件，属信访的6件，公开量占57.8%。", []),
        ("商业企业18件，建筑类企业过半，为11件。", []),
        ("结转下年5件，与上年转入数持平。", []),
    ],
)
def test_a_share_is_of_what_its_clause_names(text: str, wrong: list[str]) -> None:
    assert told(checked(f"依申请公开方面，{text}", _REQUESTS)) == wrong


def test_what_goes_on_is_held_against_what_came_over() -> None:
    requests = _REQUESTS["requests"] | {"carried_over": {"total": 3}, "disposed": {"total": 62}}
    text = "收到申请64件。结转下年5件，与上年转入数持平。"
    assert told(checked(text, {"requests": requests})) == ["与上年转入数持平"]


@pytest.mark.parametrize(
    "text",
    [
        "收到申请64件，关于文物的7件、旅行社12件、场馆4件。",
        "收到申请64件，安置22件居首，次为物业管理9件、施工许可5件。",
        "处罚67件，总数与上年相近：危化领域32件，上年54件；工贸21件，上年30件。",
        "交警大队简易处罚2.6万余起，不列入。行政处罚67件。",
        "制发规范性文件2件，列入计划而尚在征求意见的4件，代拟以市政府名义印发的3件。",
        "全市开展合法性审核742件，报备规范性文件68件。现行有效14件。",
        "受理投诉举报29件、立案13件，处罚决定由72件减到67件。",
    ],
)
def test_themes_and_parts_and_drafts_are_no_cells(text: str) -> None:
    documents = {"normative_documents": {"issued": 2, "in_force": 14}}
    tables = _REQUESTS | {"proactive": _DECISIONS["proactive"] | documents}
    before = {"year": 2022, "tables": _DECISIONS_BEFORE}
    assert told(checked(text, tables, previous=before)) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("作为县政府复议机构，收到复议申请86件，审结71件，纠正9件。", []),
        ("我局全口径复议案件15件，多与拆迁有关。", []),
        ("因公开被申请复议4件，应诉9件，败诉1件。", []),
        ("因公开被申请复议4件，应诉9件，败诉2件。", ["2件"]),
        ("被申请复议5件，纠正1件。", ["5件"]),
    ],
)
def test_cases_heard_are_not_cases_against_us(text: str, wrong: list[str]) -> None:
    assert told(checked(text, _CASES)) == wrong


def test_the_citys_number_in_our_own_words_is_told() -> None:
    facts = [{"label": "全市收到申请", "value": 962, "unit": "件", "source": "台账"}]
    ours = checked("收到以本机关为对象的申请962件。", _REQUESTS, facts=facts)
    assert told(ours) == ["962件"]
    theirs = checked("全市收到申请962件，我局收到64件。", _REQUESTS, facts=facts)
    assert told(theirs) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2022年清一色个人，今年则为个人41件、企业18件。", []),
        ("增量主要在企业方面（3件变为18件）。", []),
        ("加上年转来5件共69件，均于年度内办理完毕。", ["均于年度内办理完毕"]),
        ("计入结转5件，办结64件。", []),
    ],
)
def test_last_year_and_what_came_over_stay_apart(text: str, wrong: list[str]) -> None:
    requests = {"received": {"total": 9, "natural_person": 9, "company": 3}}
    before = {"year": 2022, "tables": {"requests": requests}}
    result = checked(f"收到申请64件，{text}", _REQUESTS, previous=before)
    assert told(result) == wrong


def test_the_only_one_is_one() -> None:
    tables = {"requests": {"received": {"total": 1, "natural_person": 1}}}
    result = checked("唯一一件申请来自自然人。", tables)
    assert status_in(result, "一件") is Status.BOUND
    assert told(result) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        # no list of words knows them, and they all but always mean their cell
        ("这一年新收申请46件，另有5件从上年转来。", ["46件"]),
        ("142件许可、76件处罚，随办随录。", ["76件"]),
        # nobody says what is counted, or more than ours are
        ("受理信访事项30件，办结28件。", []),
        ("执法队以区城管局名义处罚147件。", []),
        ("全市系统作出行政处罚2740件，其中本级67件。", []),
        ("多年以来累计新收公开申请153件。", []),
    ],
)
def test_what_words_all_but_surely_mean_accuses(text: str, wrong: list[str]) -> None:
    assert told(checked(text, _REQUESTS | _DECISIONS)) == wrong


_FLOW: dict[str, Any] = {
    "requests": {
        "received": {"total": 97, "natural_person": 80, "company": 17},
        "carried_over": {"total": 38},
        "disclosed": {"total": 85},
        "disclosed_in_part": {"total": 2},
        "unable_to_provide.not_held": {"total": 7},
        "disposed": {"total": 94},
        "carried_forward": {"total": 41},
    }
}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        # last year's number at the end of the year is what came over, and still wrong there
        ("新收申请97件，办结94件，结转41件。", []),
        ("新收申请97件，办结94件，结转38件。", ["38件"]),
        ("新收申请97件，办结94件，其中结转38件。", []),
        ("新收申请97件，上年结转38件，办结94件。", []),
        ("上年末结存的38件先办。办结94件，年末结存减至38件。", ["38件"]),
        ("办结94件，期末续办的2022年38件另作安排。", []),
        # told one by one, those disclosed do not hold those disclosed in part
        ("收到申请97件，公开85件，部分公开2件。", []),
        ("收到申请97件，公开87件，部分公开2件。", ["87件"]),
        ("收到申请97件，公开87件（其中部分公开2件）。", []),
        # done is not received where both are told
        ("新收申请97件，已办理94件。", []),
        ("新收申请97件，已办理97件。", ["97件"]),
        # the noun right behind a number
        ("收到申请97件，80件个人、17件企业。", []),
        ("收到申请97件，87件个人、17件企业。", ["87件"]),
        # any verb may lead from the one number to the other
        ("个人申请由70件涨到80件。", []),
        ("个人申请由80件涨到80件。", ["80件"]),
    ],
)
def test_what_the_sentence_tells_apart_is_not_forgiven(text: str, wrong: list[str]) -> None:
    requests = {"received": {"total": 80, "natural_person": 70, "company": 10}}
    before = {"year": 2022, "tables": {"requests": requests}}
    assert told(checked(text, _FLOW, previous=before)) == wrong
