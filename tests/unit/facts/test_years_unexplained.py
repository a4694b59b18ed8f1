"""A year that nothing explains is wrong where it stands; a year that something explains is left alone."""

from typing import Any

import pytest

from report_writer.domain.findings import CheckResult, Status
from tests.small_reports import checked, status_in

TABLES: dict[str, Any] = {
    "proactive": {
        "normative_documents": {"issued": 4, "repealed": 2, "in_force": 19},
        "penalties": {"decisions": 27},
    },
    "requests": {
        "received": {"natural_person": 31, "company": 9, "total": 40},
        "carried_over": {"natural_person": 3, "total": 3},
        "disclosed": {"natural_person": 28, "company": 10, "total": 38},
        "disposed": {"natural_person": 28, "company": 10, "total": 38},
        "carried_forward": {"natural_person": 5, "total": 5},
    },
    "remedies": {"reconsideration": {"upheld": 2, "pending": 1, "total": 3}},
}
PREVIOUS: dict[str, Any] = {
    "year": 2022,
    "blank_is_zero": True,
    "tables": {
        "proactive": {
            "normative_documents": {"issued": 5, "repealed": 1, "in_force": 17},
            "penalties": {"decisions": 34},
        },
        "requests": {
            "received": {"natural_person": 44, "company": 8, "total": 52},
            "disclosed": {"natural_person": 50, "total": 50},
            "disposed": {"natural_person": 50, "total": 50},
            "carried_forward": {"natural_person": 3, "total": 3},
        },
        "remedies": {},
    },
    "facts": [{"label": "领导接待日", "value": 20, "unit": "次"}],
}
FACTS = [{"label": "领导接待日", "value": 22, "unit": "次"}]


def read(text: str, section: str = "overview") -> CheckResult:
    return checked(text, TABLES, previous=PREVIOUS, facts=FACTS, sections={section: text})


def told(text: str, section: str = "overview") -> list[str | None]:
    return [
        f.at.quote  # type: ignore[union-attr]
        for f in read(text, section).findings
        if f.code.startswith("NUM") and f.severity.value != "advice"
    ]


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("overview|领导接待日{}年举办22次，群众反映良好。", 2023, (2022,)),
        ("overview|年末没有办完的5件，按规定延期，放到{}年第一季度答复。", 2024, (2023, 2022)),
        ("overview|行政复议3起，审结2起，余1起待{}年作出决定。", 2024, (2023,)),
        ("overview|{}年移来的3件已经办妥。", 2022, (2021,)),
        ("overview|比起{}年来，公开申请少了12件。", 2022, (2021, 2023)),
        ("overview|与{}年的52件相比，公开申请减少12件。", 2022, (2021, 2023)),
        ("overview|截至报告期末（{}年12月31日），现行有效规范性文件19件。", 2023, (2022,)),
        ("overview|处罚情况（{}年）。作出行政处罚27件。", 2023, (2022,)),
        ("overview|依照上级《{}年政务公开工作要点任务分解表》，认领任务十二项。", 2023, (2022,)),
        ("requests|表中所列为{}年度本机关收到和办理申请的数量。", 2023, (2022,)),
        ("other_matters|{}年，我局未收取信息处理费。", 2023, (2022,)),
        ("problems|{}年，政务公开工作还有不足：一是栏目更新不均衡；二是解读单一。", 2023, (2022,)),
        ("problems|下一步（{}年）打算：一是配齐人员；二是更新指南。", 2024, (2023,)),
        ("problems|打算在{}年配强人员，逐科室更新公开目录。", 2024, (2023,)),
        ("overview|年末5件仍在办，拟于{}年2月底前答复完毕。", 2024, (2023, 2022)),
        ("overview|申请量起伏不大，2021年61件、2022年52件、{}年40件。", 2023, (2024,)),
        ("overview|{}年以来，领导接待日22次。", 2023, (2022,)),
        ("remedies|{}年，我局没有因政府信息公开被提起行政诉讼。", 2023, (2022,)),
        ("overview|《{}年政务公开重点工作安排》列明的事项均已完成。", 2023, (2022,)),
        ("overview|行政处罚27件均于{}年内完成公示。", 2023, (2022,)),
        ("overview|申请答复期顺延至{}年1月中旬。", 2024, (2023,)),
        ("overview|现行有效规范性文件19件，比{}年底多2件。", 2022, (2021,)),
        ("overview|从2022年的52件到{}年的40件，申请量减少12件。", 2023, (2022,)),
        ("problems|存在问题：制度梳理滞后。{}年拟开展全面清理。", 2024, (2023, 2022)),
    ],
)
def test_a_year_is_wrong_where_nothing_explains_it(
    text: str, right: int, wrong: tuple[int, ...]
) -> None:
    section, _, text = text.partition("|")
    assert told(text.format(right), section) == []
    for year in wrong:
        assert any(str(year) in (quote or "") for quote in told(text.format(year), section)), year


@pytest.mark.parametrize(
    "text",
    [
        "2021年新收申请61件，2022年52件，2023年40件。",
        "2021年、2022年、2023年新收申请分别为61件、52件、40件。",
        "近三年公开申请依次为61件、52件、40件。",
        "公众号于2022年开通，领导接待日22次。",
        "《办法》2021年施行，2022年修订，我局据此作出行政处罚27件。",
        "2022年立项的改造工程已公示，收到公开申请40件。",
        "2022年收到申请52件，今年40件。",
        "2022年旧城档案仍在公开栏展示，领导接待日22次。",
        "新收申请40件，另接续办理2022年末收到的3件。",
        "我局2021年获评先进，2022年开设专栏，领导接待日22次。",
        "2021年以来，累计新收公开申请153件。",
        "公开申请40件，其中2022年提出、跨年办理的不计在内。",
    ],
)
def test_a_year_that_something_explains_may_stand(text: str) -> None:
    assert told(text) == []


def test_the_last_but_one_of_a_row_of_years_is_last_years() -> None:
    result = read("近三年公开申请依次为61件、55件、40件。")
    assert status_in(result, "55件") is Status.CONTRADICTED
    assert status_in(result, "61件") is Status.UNACCOUNTED


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("我局领导接访日办了20次。", "20次"),
        ("文件方面，制发5件，废掉2件，现存有效19件。", "5件"),
        ("收到申请40件，办结38件，结转3件。", "3件"),
        ("开罚单34件，没有强制。", "34件"),
    ],
)
def test_last_years_value_is_told_where_this_years_would_be_understood(
    text: str, quote: str
) -> None:
    assert quote in told(text)


def test_cases_said_to_be_open_behind_their_number() -> None:
    assert told("尚有复议1件未审结。") == []
    result = read("尚有复议1件未审结。")
    assert next(m for m in result.mentions if m.quote == "1件").facts == (
        "remedies/reconsideration/pending",
    )


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("要看补偿账目的村民写来公开申请。2022年52件，这一年40件，降幅过两成。", []),
        ("要看补偿账目的村民写来公开申请。2022年52件，到这一年40件，降幅过两成。", []),
        # here the year is the one that was just named
        ("2022年收到公开申请40件，这一年办结38件。", ["2022年"]),
    ],
)
def test_last_years_number_may_be_dated_beside_this_years(text: str, wrong: list[str]) -> None:
    assert told(text) == wrong
