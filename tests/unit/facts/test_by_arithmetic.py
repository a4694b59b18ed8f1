"""What the confirmed numbers around an open one add up to, leave or have changed by: confirmed, never accused."""

from decimal import Decimal

import pytest

from report_writer.domain.findings import Mention, Status
from report_writer.facts.judging.entries import SUPPORTED
from report_writer.facts.reading import read_report
from report_writer.facts.sheet import FactSheet
from report_writer.readers.from_json import report_from_mapping
from tests.small_reports import checked, status_in

REQUESTS = {
    "received": {"natural_person": 18, "company": 6, "total": 24},
    "carried_over": {"natural_person": 3, "total": 3},
    "disclosed": {"natural_person": 14, "company": 6, "total": 20},
    "withheld.third_party_rights": {"natural_person": 2, "total": 2},
    "disposed": {"natural_person": 16, "company": 6, "total": 22},
    "carried_forward": {"natural_person": 5, "total": 5},
}
PAST = {"received": {"natural_person": 20, "total": 20}}
PAST_FACTS = {"网站信息": (150, "条"), "公众号信息": (90, "条"), "居民议事会": (30, "场")}
FACTS = {"网站信息": (166, "条"), "公众号信息": (83, "条"), "居民议事会": (26, "场")}


def registered(facts: dict[str, tuple[int, str]]) -> list[dict[str, object]]:
    return [
        {"label": label, "value": value, "unit": unit} for label, (value, unit) in facts.items()
    ]


def mention(text: str, quote: str) -> Mention:
    report = report_from_mapping(
        {
            "year": 2023,
            "agency": {"name": "示例市商务局", "kind": "department"},
            "blank_is_zero": True,
            "tables": {"requests": REQUESTS},
            "facts": registered(FACTS),
            "previous": {
                "year": 2022,
                "blank_is_zero": True,
                "tables": {"requests": PAST},
                "facts": registered(PAST_FACTS),
            },
            "sections": {"overview": text},
        },
        name="arithmetic",
    )
    return [m for m in read_report(FactSheet(report)).mentions if m.quote == quote][-1]


RIGHT = [
    ("本局网站信息166条、公众号信息83条，线上总量249条。", "249条"),
    ("本局网站信息166条、公众号信息83条，合起来249条。", "249条"),
    ("居民议事会26场，会前有议题公示。议事场次比上年少4场。", "4场"),
    ("居民议事会26场，会前有议题公示。上年议事30场，以停车为主。", "30场"),
    ("网站信息166条，以通知为主，比上年150条多16条。", "16条"),
    ("本局网站信息166条，近半即公众号信息83条。", "近半"),
    ("公开申请新收24件。上年仅收20件，今年多了。", "20件"),
    ("留待下年的5件，比年初多2件。", "2件"),
    ("公开申请新收24件，结转下年5件，比年初转入的3件多2件。", "2件"),
]


@pytest.mark.parametrize(("text", "quote"), RIGHT)
def test_a_number_that_its_neighbours_explain_is_confirmed(text: str, quote: str) -> None:
    assert mention(text, quote).status in SUPPORTED


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("本局网站信息166条、公众号信息83条，线上总量251条。", "251条"),
        ("居民议事会26场，会前有议题公示。议事场次比上年少7场。", "7场"),
        # hoped for, and not yet so
        ("公开申请24件。计划将企业占比降到25%。", "25%"),
        # the other way
        ("居民议事会26场，会前有议题公示。议事场次比上年多4场。", "4场"),
        # no comparison, nothing left, nothing summed up
        ("居民议事会26场，会前有议题公示。放映电影4场。", "4场"),
        ("本局网站信息166条、公众号信息83条，转载249条。", "249条"),
    ],
)
def test_a_number_they_do_not_explain_stays_open(text: str, quote: str) -> None:
    assert mention(text, quote).status is not Status.DERIVED


def test_what_explains_a_number_is_named() -> None:
    told = mention(*RIGHT[0])
    assert set(told.facts) == {"facts/网站信息", "facts/公众号信息"}
    assert Decimal(told.quote.removesuffix("条")) == sum(v for v, _ in list(FACTS.values())[:2])


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("许可、处罚与强制合计139件。", "139件"),
        ("发证、罚款两类决定共计130件。", "130件"),
        ("公开申请8件，公开4件，约合50%。", "50%"),
        ("公开申请8件，公开2件，为总量的四分之一。", "四分之一"),
        ("公开申请8件，镇街6件，镇街占75%。", "75%"),
        ("县区614件，全市申请903件，县区占68%。", "68%"),
        ("信息总计60条，拆开看：人事10条、要闻20条、公告30条。", "60条"),
        ("信息总计60条，细数：人事10条、要闻20条、公告30条。", "60条"),
    ],
)
def test_totals_and_shares_in_other_words(text: str, quote: str) -> None:
    received = 903 if "903" in text else 8
    disclosed = 2 if "公开2件" in text else 4
    tables = {
        "proactive": {
            "licences": {"decisions": 120},
            "penalties": {"decisions": 10},
            "coercive_measures": {"decisions": 9},
        },
        "requests": {
            "received": {"total": received, "natural_person": received},
            "disclosed": {"total": disclosed, "natural_person": disclosed},
            "disposed": {"total": received, "natural_person": received},
        },
    }
    facts = [
        {"label": "镇街收到申请", "value": 6, "unit": "件", "source": "台账"},
        {"label": "县区收到申请", "value": 614, "unit": "件", "source": "台账"},
    ]
    assert status_in(checked(text, tables, facts=facts), quote) is Status.DERIVED


def test_no_share_is_more_than_all_of_it() -> None:
    facts = [
        {"label": "网站发文", "value": 98.6, "unit": "万条", "source": "台账"},
        {"label": "门户点击量", "value": 3.2, "unit": "亿次", "source": "台账"},
    ]
    result = checked("网站发文98.6万条，门户点击量超3亿次，手机端占逾一成。", {}, facts=facts)
    assert status_in(result, "逾一成") is Status.UNACCOUNTED
