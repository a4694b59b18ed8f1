"""Shares in loose words: the right one is confirmed with its cells, a wrong one is never accused."""

import pytest

from report_writer.domain.findings import Mention, Status
from report_writer.facts.reading import read_report
from report_writer.facts.sheet import FactSheet
from report_writer.readers.from_json import report_from_mapping

TABLES = {
    "requests": {
        "received": {"natural_person": 12, "company": 6, "total": 18},
        "disclosed": {"natural_person": 6, "company": 3, "total": 9},
        "withheld.third_party_rights": {"natural_person": 4, "company": 2, "total": 6},
        "unable_to_provide.not_held": {"natural_person": 2, "company": 1, "total": 3},
        "disposed": {"natural_person": 12, "company": 6, "total": 18},
    },
    "remedies": {"reconsideration": {"upheld": 3, "corrected": 1, "total": 4}},
}


def mention(text: str, quote: str, facts: object = ()) -> Mention:
    report = report_from_mapping(
        {
            "year": 2023,
            "agency": {"name": "示例市商务局", "kind": "department"},
            "blank_is_zero": True,
            "tables": TABLES,
            "facts": facts,
            "previous": {
                "year": 2022,
                "tables": {"requests": {"received": {"total": 12}}},
                "facts": [{"label": "政策解读材料", "value": 12, "unit": "篇"}],
            },
            "sections": {"overview": text},
        },
        name="shares",
    )
    found = read_report(FactSheet(report)).mentions
    return next(m for m in found if m.quote == quote)


@pytest.mark.parametrize(
    ("text", "quote", "part"),
    [
        ("公开申请18件，企业申请正好三分之一。", "三分之一", "requests/received/company"),
        ("公开申请18件，不公开6件，恰好三分之一。", "三分之一", "requests/withheld.third_party_rights/total"),
        ("公开申请18件；六分之一归档案馆保管，本局并不掌握。", "六分之一", "requests/unable_to_provide.not_held/total"),
        ("公开申请18件，一半即9件公开。", "一半", "requests/disclosed/total"),
        ("行政复议4件，四分之一被纠正。", "四分之一", "remedies/reconsideration/corrected"),
    ],
)  # fmt: skip
def test_a_loosely_worded_share_finds_its_part(text: str, quote: str, part: str) -> None:
    one = mention(text, quote)
    assert one.status is Status.DERIVED
    assert part in one.facts


@pytest.mark.parametrize(
    "text",
    ["公开申请18件，企业申请正好四分之三。", "行政复议4件，四分之三被纠正。", "公开申请18件；四分之三归档案馆保管。"],
)  # fmt: skip
def test_a_loosely_worded_share_accuses_nothing(text: str) -> None:
    assert mention(text, "四分之三").status is not Status.CONTRADICTED


def test_a_change_follows_a_fact_found_late() -> None:
    facts = [{"label": "政策解读材料", "value": 18, "unit": "篇"}]
    text = "新政出台后，随文刊发解读稿18篇，比上年多出一半。"
    assert mention(text, "一半", facts).status is Status.DERIVED


def test_the_noun_alone_says_what_has_changed() -> None:
    assert mention("政务公开有序推进。收件比上年增加6件。", "6件").status is Status.DERIVED


def test_an_average_of_a_fact_kept_in_ten_thousands() -> None:
    facts = [
        {"label": "短视频", "value": 142, "unit": "条"},
        {"label": "短视频播放", "value": 31.7, "unit": "万次"},
    ]
    text = "制作短视频142条，短视频播放31.7万次，平均每条两千余次。"
    assert mention(text, "两千余次", facts).status is Status.DERIVED


def test_an_average_by_ten_thousands_is_not_scaled_twice() -> None:
    facts = [
        {"label": "短视频", "value": 2, "unit": "万条"},
        {"label": "短视频播放", "value": 6, "unit": "万次"},
    ]
    text = "制作短视频2万条，短视频播放6万次，平均每条3次。"
    assert mention(text, "3次", facts).status is Status.DERIVED
