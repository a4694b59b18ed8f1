"""Wordings that published reports use and no list of ours had: right sentences and their wrong twins."""

from typing import Any

import pytest

from report_writer.domain.findings import Status
from tests.small_reports import checked, posted, status_in, told

_NOW: dict[str, Any] = {
    "requests": {
        "received": {"total": 45, "natural_person": 36, "company": 9},
        "carried_over": {"total": 2},
        "disclosed": {"total": 32},
        "unable_to_provide.not_held": {"total": 8},
        "unable_to_provide.needs_creation": {"total": 2},
        "disposed": {"total": 42},
        "carried_forward": {"total": 5},
    },
    "proactive": {
        "licences": {"decisions": 17},
        "charges": {"amount": "3.2"},
        "normative_documents": {"issued": 4, "in_force": 21},
    },
}
_ANSWERED: dict[str, Any] = {
    "requests": {
        "received": {"total": 45, "natural_person": 36, "company": 9},
        "disclosed": {"total": 45},
        "disposed": {"total": 45},
    }
}
_LAST: dict[str, Any] = {
    "year": 2022,
    "tables": {
        "requests": {
            "received": {"total": 40, "natural_person": 40},
            "carried_over": {"total": 1},
            "disclosed": {"total": 39},
            "disposed": {"total": 39},
            "carried_forward": {"total": 2},
        }
    },
}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        # 继续办理 holds 续办, which may mean either end of the year
        ("依申请公开方面，办结42件，结转下年度继续办理2件。", ["2件"]),
        ("依申请公开方面，办结42件，转到下一年度接着办的2件。", ["2件"]),
        ("依申请公开方面，办结42件，结转下年度继续办理5件。", []),
        ("依申请公开方面，上年续办的2件已全部答复。", []),
    ],
)
def test_what_goes_over_to_next_year_is_not_what_came_from_the_last(
    text: str, wrong: list[str]
) -> None:
    assert told(checked(text, _NOW)) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("上年结转的公开申请45件。", ["45件"]),
        ("上年结转的公开申请2件。", []),
    ],
)
def test_the_noun_is_no_word_for_what_came_in(text: str, wrong: list[str]) -> None:
    assert told(checked(text, _NOW)) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("全年受理依申请公开信息43条。", ["43条"]),
        ("全年受理依申请公开信息45条。", []),
        ("全年收到公开申请45件，办复率达到了100%。", ["100%"]),
        ("全年收到公开申请45件，办复率达到了89.4%。", []),
    ],
)
def test_requests_under_other_names(text: str, wrong: list[str]) -> None:
    assert told(checked(text, _NOW)) == wrong


@pytest.mark.parametrize(
    "text",
    [
        "全年因信息不为本机关掌握等缘由无法提供的10件。",
        "规范性文件印发4件，不属规范性文件的另有31件。",
        "网上列明办事流程、需要哪些材料、收不收费，逐项可查。",
        "2023这一年收到公开申请45件。",
        "2023借助门户网站公开各类信息，收到公开申请45件。",
        "全年没有接到行政许可申请，公开申请45件。",
        "网站公开检查结果19条、监测数据11条、整改通报5条等，合计87条。",
        "公开信息281条。其中：文件3条，各类解读、预决算、招标结果共146条，公告71条，动态61条。",
    ],
)
def test_right_as_it_stands(text: str) -> None:
    assert told(checked(text, _NOW)) == []


_CASES: dict[str, Any] = {
    "remedies": {
        "reconsideration": {
            "total": 209,
            "upheld": 151,
            "corrected": 9,
            "other_outcome": 18,
            "pending": 31,
        },
        "direct_litigation": {"total": 82, "upheld": 54, "other_outcome": 16, "pending": 12},
    }
}


@pytest.mark.parametrize(
    "text",
    [
        "行政复议209件，行政诉讼82件，当中：复议151件、诉讼54件获维持，复议9件被纠正，复议18件、诉讼16件为其他结果。",
        "因信息公开被诉82件，均没有先复议而是直接起诉。",
    ],
)
def test_two_totals_may_share_a_list(text: str) -> None:
    assert told(checked(text, _CASES)) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("收到公开申请47件（含上年转来2件），较上年增长14.6%。", []),
        ("收到公开申请47件（含上年转来2件），较上年增长41.6%。", ["41.6%"]),
    ],
)
def test_the_bracket_is_not_what_has_grown(text: str, wrong: list[str]) -> None:
    assert told(checked(text, _NOW, previous=_LAST)) == wrong


_KINDS = posted(主动公开信息=73, 公示栏公开=43, 业务工作类=17, 决策类=6)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("主动公开信息73条，其中动态3条、文件31条、其他信息37条。", ["3条", "31条", "37条"]),
        ("主动公开信息73条，其中动态5条、文件31条、其他信息37条。", []),
        ("主动公开信息73条，其中动态3条、文件31条。", []),
        ("公示栏公开43条，其中业务工作17条占39.53%，决策6条占15.39%。", ["15.39%"]),
        ("公示栏公开43条，其中业务工作17条占39.53%，决策6条占13.95%。", []),
        ("主动公开信息73条，公示栏公开43条，占同期公开总数的58.9%。", []),
        ("主动公开信息73条，公示栏公开43条，占同期公开总数的55.8%。", ["55.8%"]),
    ],
)
def test_kinds_of_what_was_disclosed(text: str, wrong: list[str]) -> None:
    assert told(checked(text, {}, facts=_KINDS)) == wrong


@pytest.mark.parametrize(
    "claim",
    ["均照章答复完毕", "件件按规定作了答复", "均已正式答复", "均依法依规予以答复"],
)
def test_how_all_were_answered_is_confirmed_and_never_accused(claim: str) -> None:
    assert status_in(checked(f"收到公开申请45件，{claim}。", _ANSWERED), claim) is Status.BOUND
    assert told(checked(f"收到公开申请45件，{claim}。", _NOW)) == []


def test_a_denial_may_name_who_received_nothing() -> None:
    assert told(checked("本年度苏木政府未收到公开申请。", _NOW)) == ["本年度苏木政府未收到公开申请"]


def test_our_own_level_is_not_the_whole_area() -> None:
    facts = [{"label": "区本级受理申请", "value": 21, "unit": "件", "source": "台账"}]
    text = "全区共受理公开申请45件，结转下年度5件；其中由区政府本级受理申请21件，结转1件。"
    assert told(checked(text, _NOW, facts=facts, scope="aggregate")) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        # a change is no total of the list behind it
        ("受理公开申请45件，比上年多5件，具体为征收类30件，规划类13件，其他2件。", []),
        ("全年收到公开申请45件，网上申请的38件，递书面申请的7件。", []),
        ("共收到申请45件，答复42件，结转5件，受理数较上年有所增加。", []),
        ("咨询接待372人次，现场咨询331人次，电话咨询61人次。", ["372人次"]),
        ("咨询接待392人次，现场咨询331人次，电话咨询61人次。", []),
        ("主动公开236条信息，分别为政策33条、动态158条、财政3条、执法31条、建设10条。", ["236条"]),
        ("主动公开235条信息，分别为政策33条、动态158条、财政3条、执法31条、建设10条。", []),
        ("网站转载27条，公开栏发布1087条，微博微信合计1294条。", []),
        ("网民留言受理58条，公开答复41条、电话答复17条。新收公开申请45件，上年结转2件。", []),
    ],
)
def test_lists_and_what_they_belong_to(text: str, wrong: list[str]) -> None:
    assert told(checked(text, _NOW, previous=_LAST)) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("申请人递来申请45件，网络渠道43件，窗口2件。", []),
        ("申请人递来申请44件，网络渠道43件，窗口1件。", ["44件"]),
    ],
)
def test_all_requests_beside_a_registered_channel(text: str, wrong: list[str]) -> None:
    facts = [{"label": "网上申请", "value": 43, "unit": "件", "source": "台账"}]
    assert told(checked(text, _NOW, facts=facts)) == wrong


def test_what_all_streets_received_is_not_our_own() -> None:
    facts = [{"label": "全区各街镇收到申请", "value": 169, "unit": "件", "source": "台账"}]
    assert told(checked("街道本级共收到公开申请169件。", _NOW, facts=facts)) == ["169件"]
    assert told(checked("全区各街镇共收到公开申请169件。", _NOW, facts=facts)) == []


def test_a_single_request_named_behind_its_number() -> None:
    one: dict[str, Any] = {
        "requests": {
            "received": {"total": 1, "natural_person": 1},
            "withheld.internal_affairs": {"total": 1},
            "disposed": {"total": 1},
        }
    }
    text = "共收到1件依申请公开，申请人从网上询问内部会议记录，我局答复不予公开。"
    assert told(checked(text, one)) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        # year and values are both last year's, and this year's are told nowhere
        ("2022年共收到公开申请40件，办结39件。", ["2022年", "40件", "39件"]),
        ("2022年，我局收到公开申请40件，全部来自自然人。", ["2022年", "40件", "全部来自自然人"]),
        ("2022年共收到公开申请40件，2023年共45件。", []),
        ("全年收到公开申请45件，2022年为40件。", []),
        ("2022年收到公开申请40件，今年又有增加。", []),
        ("全年收到公开申请45件。2022年，收到公开申请40件。", []),
    ],
)
def test_a_sentence_left_over_from_last_years_report(text: str, wrong: list[str]) -> None:
    assert sorted(told(checked(text, _NOW, previous=_LAST))) == sorted(wrong)


@pytest.mark.parametrize("text", ["废止行政规范性文件4件。", "全年废止行政规范性文件21件。"])
def test_the_verb_names_the_column_whatever_is_usual(text: str) -> None:
    proactive = {"normative_documents": {"issued": 4, "repealed": 7, "in_force": 21}}
    assert len(told(checked(text, {"proactive": proactive}))) == 1
