"""Plain right sentences that were accused once, and what is still told of their wrong twins."""

from typing import Any

import pytest

from report_writer.domain.findings import Status
from tests.small_reports import checked, posted, status_in, told

Tables = dict[str, Any]


def _requests(received: dict[str, int], **rows: int) -> Tables:
    table: Tables = {"received": {"total": sum(received.values()), **received}}
    table |= {key.replace("__", "."): {"total": value} for key, value in rows.items()}
    outcomes = [value for key, value in rows.items() if not key.startswith("carried")]
    table["disposed"] = {"total": sum(outcomes)}
    return {"requests": table}


def _decisions(**rows: int) -> Tables:
    return {"proactive": {key: {"decisions": value} for key, value in rows.items()}}


def _last(tables: Tables) -> dict[str, Any]:
    return {"previous": {"year": 2022, "tables": tables}}


_MIXED = _requests(
    {"natural_person": 52, "company": 7, "research": 2, "public_interest": 1, "legal_service": 6},
    disclosed=31,
    withheld__enforcement_file=9,
    withheld__administrative_query=4,
    withheld__security_and_stability=2,
    unable_to_provide__not_held=16,
    not_processed__petition=5,
    not_processed__repeat=3,
    carried_over=4,
    carried_forward=2,
)
_FROM_COMPANIES = {
    "requests": {
        "received": {"total": 40, "company": 12, "natural_person": 28},
        "carried_over": {"total": 5, "company": 3, "natural_person": 2},
        "disclosed": {"total": 45},
        "disposed": {"total": 45},
    }
}
_SUITS = {
    "remedies": {
        "reconsideration": {"total": 6, "upheld": 4, "corrected": 2},
        "direct_litigation": {"total": 1, "upheld": 1},
        "litigation_after_reconsideration": {"total": 3, "upheld": 2, "pending": 1},
    }
}
_FEW = _requests(
    {"natural_person": 4, "public_interest": 1},
    disclosed=2,
    disclosed_in_part=1,
    withheld__enforcement_file=1,
    not_processed__petition=1,
)


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("另有8件由科研机构和法律服务机构提出，收到申请68件。", _MIXED),
        ("收到公开申请68件，其中7件来自社会公益组织和律师事务所。", _MIXED),
        ("收到申请68件，新收的有1件是社会公益组织寄来的。", _MIXED),
        ("收到申请68件，非个人申请占23.5%。", _MIXED),
        (
            "未予公开的15件分属执法案卷（9件）、行政查询事项（4件）与公共安全（2件），收到申请68件。",
            _MIXED,
        ),
        ("收到申请68件。信访投诉类5件与重复申请3件不予处理，合计8件，占办结的11.4%。", _MIXED),
        ("收到申请68件，涉消防点位布防不予公开2件。", _MIXED),
        ("新收申请68件，连同上年转入件共办结70件，2件转入下年。", _MIXED),
        ("本局应办公开申请45件，商业企业计15件（新收12件、结转3件）。", _FROM_COMPANIES),
        (
            "行政复议6件。行政诉讼有4件：没走复议、直接告的1件，法院判决维持；走完复议再告的3件。",
            _SUITS,
        ),
        ("行政复议6件，维持4件、纠正2件；有居民没有复议、直接起诉1件。", _SUITS),
        ("复议之后再诉讼的3件，已判的2件均予维持。", _SUITS),
        ("收到申请5件，公开2件；要执法笔录的1件，属执法案卷，没有公开。", _FEW),
        ("公开申请5件，公开2件，部分公开1件，实为信访的1件没有受理。", _FEW),
        ("收到申请5件，公开2件，部分公开1件，案卷1件，前两项合起来占60%。", _FEW),
    ],
)
def test_a_right_sentence_about_requests_is_left_alone(text: str, tables: Tables) -> None:
    assert told(checked(text, tables)) == []


_NOW = _decisions(licences=446, penalties=131)
_BEFORE = _decisions(licences=429, penalties=106, coercive_measures=2)
_DOCUMENTS = {"proactive": {"normative_documents": {"issued": 3, "repealed": 4, "in_force": 22}}}
_DOCUMENTS_BEFORE = {
    "proactive": {"normative_documents": {"issued": 6, "repealed": 1, "in_force": 23}}
}


@pytest.mark.parametrize(
    ("text", "now", "before"),
    [
        ("处罚由106件升至131件，行政强制本年没有发生，上年为2件。", _NOW, _BEFORE),
        (
            "行政许可由429件升至446件，行政处罚由106件升至131件，同比分别增长4.0%、23.6%。",
            _NOW,
            _BEFORE,
        ),
        ("作出行政许可446件、行政处罚131件，上年两项分别为429件和106件。", _NOW, _BEFORE),
        ("规范性文件现存22件，较上年减少1件：新增3件，废止4件。", _DOCUMENTS, _DOCUMENTS_BEFORE),
        ("规范性文件废止4件、新制3件，有效文件同比减少1件。", _DOCUMENTS, _DOCUMENTS_BEFORE),
    ],
)
def test_a_right_comparison_is_left_alone(text: str, now: Tables, before: Tables) -> None:
    assert told(checked(text, now, **_last(before))) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            "行政许可由429件升至446件，行政处罚由106件升至131件，同比分别增长4.0%、32.6%。",
            ["32.6%"],
        ),
        ("处罚由106件升至131件，行政强制本年没有发生，上年为5件。", ["5件"]),
    ],
)
def test_a_wrong_comparison_istold(text: str, wrong: list[str]) -> None:
    assert told(checked(text, _NOW, **_last(_BEFORE))) == wrong


_POSTS = posted(网站信息=906, 公众号信息=517)
_POSTS_BEFORE = posted(网站信息=918, 公众号信息=485)


@pytest.mark.parametrize(
    "text",
    [
        "两个平台发布合计1423条，其中网站信息由918条减至906条，公众号信息由485条增至517条。",
        "其中网站信息减少12条、公众号信息增加32条。",
        "指导11个行政村公开517条，网站信息906条，合计1423条。",
    ],
)
def test_what_it_was_is_no_part_of_what_there_is(text: str) -> None:
    before = {"previous": {"year": 2022, "tables": {}, "facts": _POSTS_BEFORE}}
    assert told(checked(text, {}, facts=_POSTS, **before)) == []


_THREE = _requests(
    {"natural_person": 110, "company": 10, "legal_service": 5},
    disclosed=50,
    unable_to_provide__not_held=70,
    unable_to_provide__needs_creation=5,
)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("新收申请125件，自然人、商业企业、法律服务机构各占88%、8%、4%。", []),
        ("新收申请125件，自然人、商业企业、法律服务机构各占88%、10%、4%。", ["10%"]),
        ("申请125件，公开50件，无法提供75件，均为本机关不掌握情形。", ["均为本机关不掌握情形"]),
        ("申请125件，经审查均予以公开。", ["经审查均予以公开"]),
        ("本局纳入台账的申请计135件，较上年增长25%。", ["135件"]),
        ("本局纳入台账的申请计125件，较上年增长25%。", []),
    ],
)
def test_errors_in_lists_and_generalisations_aretold(text: str, wrong: list[str]) -> None:
    before = _requests({"natural_person": 100}, disclosed=100)
    assert told(checked(text, _THREE, **_last(before))) == wrong


@pytest.mark.parametrize(("share", "wrong"), [("21.4%", []), ("24.1%", ["24.1%"])])
def test_a_share_of_what_the_sentence_has_named(share: str, wrong: list[str]) -> None:
    tables = _requests({"natural_person": 210}, disclosed=210)
    facts = [
        {"label": label, "value": value, "unit": "件", "source": "台账"}
        for label, value in (
            ("县直部门收到申请", 131),
            ("乡镇收到申请", 45),
            ("县政府收到申请", 34),
        )
    ]
    text = f"县政府收到申请34件，县直部门131件，乡镇45件，合计210件，其中乡镇占{share}。"
    agency = {"name": "示例县人民政府", "kind": "government"}
    assert told(checked(text, tables, facts=facts, agency=agency)) == wrong


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("收到申请1件，同比减少3件，已予公开。", "已予公开"),
        ("收到申请1件，上门提交，已按要求公开。", "已按要求公开"),
        ("被申请复议1件，复议机关决定维持。", "复议机关决定维持"),
    ],
)
def test_what_became_of_a_single_one_is_read(text: str, said: str) -> None:
    now = _requests({"natural_person": 1}, disclosed=1)
    now["remedies"] = {"reconsideration": {"total": 1, "upheld": 1}}
    before = _requests({"natural_person": 4}, disclosed=4)
    assert status_in(checked(text, now, **_last(before)), said) is Status.DERIVED


_CLOSED = {
    "remedies": {
        "reconsideration": {"total": 14, "upheld": 9, "corrected": 2, "other_outcome": 3},
        "direct_litigation": {"total": 2, "upheld": 1, "pending": 1},
        "litigation_after_reconsideration": {"total": 4, "upheld": 4},
    }
}
_REASONS = _requests(
    {"natural_person": 40, "company": 11, "legal_service": 2},
    disclosed=21,
    disclosed_in_part=3,
    withheld__enforcement_file=8,
    withheld__administrative_query=3,
    unable_to_provide__not_held=12,
    unable_to_provide__needs_creation=4,
    otherwise_closed__supplement_overdue=2,
)


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("行政复议14件，维持9件、纠正2件、其他结果3件，复议案件无一件跨年。", _CLOSED),
        ("诉讼6件，未经复议的2件，复议后提起的4件，后者均获维持。", _CLOSED),
        ("不经复议直接起诉2件，其中1件尚未审结，其余均予维持。", _CLOSED),
        ("行政诉讼6件。复议决定维持9件，责令重新答复2件，其他结果3件。", _CLOSED),
        ("商业企业与律师事务所等法律服务机构共13件，新收申请53件。", _REASONS),
        (
            "53件申请中，不予公开11件，即属行政执法案卷8件、行政查询事项3件，占申请数的20.8%。",
            _REASONS,
        ),
        ("执法案卷类8件，在不予公开的11件中占72.7%，新收申请53件。", _REASONS),
        ("收到申请53件，不予公开11件，理由均为执法案卷或行政查询。", _REASONS),
        ("不掌握的12件中，7件告知向县里提出，5件告知向市里提出，收到申请53件。", _REASONS),
        ("因所需材料要重新测算汇总，4件答复没有现成信息，收到申请53件。", _REASONS),
        ("收到申请53件，能公开的24件，含部分公开3件。", _REASONS),
        ("公开与部分公开24件，16件因故无法提供，收到申请53件。", _REASONS),
        ("其余均已答复，收到申请53件，逾期不补正2件，小计2件归入其他处理。", _REASONS),
    ],
)
def test_right_parts_and_reasons_are_left_alone(text: str, tables: Tables) -> None:
    assert told(checked(text, tables)) == []


_YEAR = _requests(
    {"natural_person": 20, "company": 9},
    disclosed=24,
    unable_to_provide__not_held=3,
    otherwise_closed__supplement_overdue=2,
)
_YEAR_BEFORE = _requests(
    {"natural_person": 19, "company": 3, "public_interest": 1},
    disclosed=19,
    unable_to_provide__not_held=4,
)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("收到申请29件；逾期不补正2件，上年未出现。", []),
        ("收到申请29件，其中企业9件，上年没有此类申请。", ["上年没有此类申请"]),
        ("收到申请29件，企业9件；上年23件，没有法律服务机构申请。", []),
        ("增量主要来自企业（多6件），收到申请29件。", []),
        ("收到申请29件，上年收到的23件（含企业3件）已办完。", []),
        ("收到申请29件，上年则有1件由社会公益组织提出。", []),
        ("无法提供3件，占办结量29件的10.3%，比上年的4件减少1件。", []),
        ("收到申请29件，企业申请增长两倍，上年3件，本年9件。", []),
    ],
)
def test_last_years_denials_and_brackets(text: str, wrong: list[str]) -> None:
    assert told(checked(text, _YEAR, **_last(_YEAR_BEFORE))) == wrong


def test_the_start_of_the_year_is_the_end_of_the_last() -> None:
    text = "年初现行有效的行政规范性文件23件，年内新制定3件、宣布失效4件，年末保留22件。"
    assert told(checked(text, _DOCUMENTS, **_last(_DOCUMENTS_BEFORE))) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("我局作出许可、处罚决定共577件。", []),
        ("我局作出许可、处罚决定共557件。", ["557件"]),
    ],
)
def test_decisions_named_together_are_counted_together(text: str, wrong: list[str]) -> None:
    assert told(checked(text, _NOW)) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("全县各乡镇、各部门共收到公开申请53件。", []),
        ("全县各乡镇、各部门共收到公开申请17件。", ["17件"]),
        ("县政府办公室（代县政府）办理公开申请17件。", ["17件"]),
        ("全县新收申请53件，区分来看，县政府办公室答复17件，其余由部门答复。", []),
    ],
)
def test_whose_number_it_is(text: str, wrong: list[str]) -> None:
    agency = {"name": "示例县人民政府", "kind": "government"}
    assert told(checked(text, _REASONS, agency=agency, scope="aggregate")) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("专题信息1524条，按渠道统计为网站803条、微信516条、微博205条。", []),
        ("专题信息1524条，按渠道统计为网站803条、微信506条、微博205条。", ["1524条"]),
        ("年内办业务培训9场，面向干部5场、面向信息员4场。", []),
        ("年内办业务培训8场，面向干部5场、面向信息员4场。", ["8场"]),
        ("上半年发布134条，下半年发布187条，多出53条，全年合计321条。", []),
        ("上半年发布134条，下半年发布187条，全年汇总为331条。", ["331条"]),
    ],
)
def test_lists_and_their_totals(text: str, wrong: list[str]) -> None:
    found = [f.at.quote for f in checked(text, {}).findings if f.code == "NUM201"]  # type: ignore[union-attr]
    assert found == wrong


_HALF = [
    {"label": "上半年惠企政策", "value": 29, "unit": "篇", "source": "台账"},
    {"label": "惠企政策", "value": 72, "unit": "篇", "source": "台账"},
]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("发布惠企政策72篇，下半年43篇，比上半年多14篇。", []),
        ("发布惠企政策72篇，其中上半年29篇，下半年43篇。", []),
        ("发布惠企政策72篇，其中上半年92篇。", ["92篇"]),
    ],
)
def test_each_half_of_the_year_has_its_own_number(text: str, wrong: list[str]) -> None:
    assert told(checked(text, {}, facts=_HALF)) == wrong


_CHANNELS = [
    {"label": label, "value": value, "unit": "条", "source": "台账"}
    for label, value in (("网站信息", 428), ("公众号文章", 353))
]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("登载网站信息428条，公众号文章353条，合计781条，前者占54.8%。", []),
        ("登载网站信息428条，公众号文章353条，合计781条，前者占58.4%。", ["58.4%"]),
        ("对外发布信息781条，公众号文章353条，占45.2%，网站信息428条，占54.8%。", []),
        ("电台播出98条，电视播出176条，上半年95条、下半年81条，电台与电视合计274条。", []),
    ],
)
def test_the_former_and_the_latter_are_no_total(text: str, wrong: list[str]) -> None:
    assert told(checked(text, {}, facts=_CHANNELS)) == wrong


_BOTH = {
    "proactive": {
        "rules": {"issued": 2, "in_force": 23},
        "normative_documents": {"issued": 14, "in_force": 186},
        "penalties": {"decisions": 9},
    }
}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("规章与规范性文件本年合计制发16件。", []),
        ("规章与规范性文件本年合计制发18件。", ["18件"]),
        ("行政许可归县局，本所为零。", []),
    ],
)
def test_both_kinds_of_documents(text: str, wrong: list[str]) -> None:
    assert told(checked(text, _BOTH)) == wrong


_MANY = {
    "remedies": {
        "direct_litigation": {"total": 3, "upheld": 2, "other_outcome": 1},
        "litigation_after_reconsideration": {
            "total": 10,
            "upheld": 6,
            "corrected": 1,
            "pending": 3,
        },
    }
}


def test_outcomes_behind_both_kinds_of_suits_are_of_both() -> None:
    text = (
        "诉讼案件13件，复议后起诉10件、直接起诉3件；裁判结果维持8件、纠正1件、撤诉1件，"
        "尚未审结的3件均系复议后起诉。"
    )
    assert told(checked(text, _MANY)) == []


def test_what_was_less_than_last_year_is_no_count() -> None:
    now = _requests({"natural_person": 3}, disclosed=3)
    before = _requests({"natural_person": 5}, disclosed=5)
    text = "与上年的5件相比，今年镇里收到的公开申请少了2件，为3件。"
    assert told(checked(text, now, **_last(before))) == []


_QUARTERS = [
    {"label": f"{name}公示", "value": value, "unit": "条", "source": "台账"}
    for name, value in (("一季度", 1208), ("二季度", 1340), ("三季度", 1295), ("四季度", 1467))
]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("公示专栏新增信息5310条，一至四季度依次为1208条、1340条、1295条、1467条。", []),
        ("公示专栏新增信息5310条，一至四季度依次为1208条、1430条、1295条、1467条。", ["1430条"]),
    ],
)
def test_the_quarters_stand_in_their_places(text: str, wrong: list[str]) -> None:
    assert told(checked(text, {}, facts=_QUARTERS)) == wrong


def test_permits_are_a_multiple_of_penalties() -> None:
    assert told(checked("许可正好是处罚131件的3.4倍，许可446件。", _NOW)) == []


def test_two_channels_are_no_part_and_whole() -> None:
    facts = posted(图文信息=270, 短视频=90)
    assert told(checked("图文信息270条，占75%；短视频90条，占25%。", {}, facts=facts)) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("全年收到申请25件，另有上年结转2件，办结24件。", ["25件"]),
        ("全年收到申请23件，另有上年结转2件，办结24件。", []),
        ("全年共受理申请25件，其中上年结转2件，办结24件。", []),
        ("全年收到申请25件（含上年结转2件），办结24件。", []),
    ],
)
def test_what_was_carried_over_is_not_in_what_it_is_added_to(text: str, wrong: list[str]) -> None:
    now = _requests({"natural_person": 23}, carried_over=2, disclosed=24, carried_forward=1)
    assert told(checked(text, now)) == wrong
