"""Denials, generalisations and movements in loose words: confirmed where the figures bear them out, else nothing."""

from typing import Any

import pytest

from report_writer.domain.findings import Mention, Status
from report_writer.facts.judging.entries import SUPPORTED
from report_writer.facts.reading import read_report
from report_writer.facts.sheet import FactSheet
from report_writer.readers.from_json import report_from_mapping

QUIET: dict[str, Any] = {
    "requests": {
        "received": {"natural_person": 5, "company": 3, "total": 8},
        "disclosed": {"natural_person": 5, "company": 3, "total": 8},
        "disposed": {"natural_person": 5, "company": 3, "total": 8},
    },
    "remedies": {},
}
BUSY: dict[str, Any] = {
    "proactive": {
        "normative_documents": {"issued": 2, "repealed": 4, "in_force": 9},
        "charges": {"amount": "3.5"},
    },
    "requests": {
        "received": {"natural_person": 4, "company": 3, "research": 1, "total": 8},
        "carried_over": {"natural_person": 2, "total": 2},
        "disclosed": {"natural_person": 3, "company": 3, "total": 6},
        "withheld.third_party_rights": {"natural_person": 1, "total": 1},
        "disposed": {"natural_person": 4, "company": 3, "total": 7},
        "carried_forward": {"natural_person": 3, "total": 3},
    },
    "remedies": {
        "reconsideration": {"corrected": 1, "total": 1},
        "direct_litigation": {"corrected": 1, "total": 1},
        "litigation_after_reconsideration": {"pending": 1, "total": 1},
    },
}


def mentions(
    text: str, tables: dict[str, Any], before: int, posts: int = 20
) -> tuple[Mention, ...]:
    report = report_from_mapping(
        {
            "year": 2023,
            "agency": {"name": "示例市商务局", "kind": "department"},
            "blank_is_zero": True,
            "tables": tables,
            "facts": [{"label": "政策图解", "value": posts, "unit": "幅"}],
            "previous": {
                "year": 2022,
                "blank_is_zero": True,
                "tables": {"requests": {"received": {"total": before}}},
                "facts": [{"label": "政策图解", "value": 20, "unit": "幅"}],
            },
            "sections": {"overview": text},
        },
        name="loose",
    )
    return read_report(FactSheet(report)).mentions


CLAIMS = [
    ("收到申请8件，自然谈不上复议和应诉。", "自然谈不上复议和应诉"),
    ("收到申请8件，没有走上法庭。", "没有走上法庭"),
    ("收到申请8件，年终没有压件。", "年终没有压件"),
    ("收到申请8件，未有悬而未决件。", "未有悬而未决件"),
    ("收到申请8件，无一回绝。", "无一回绝"),
    ("收到申请8件，年内件当年清。", "年内件当年清"),
    ("收到申请8件，都给了。", "都给了"),
    ("收到申请8件，统统予以公开。", "统统予以公开"),
    ("收到申请8件，企业3件，余下为村民。", "余下为村民"),
    ("现行有效文件9件，没有文件被废止。", "没有文件被废止"),
]


@pytest.mark.parametrize(("text", "quote"), CLAIMS)
def test_a_loosely_worded_claim_is_confirmed_by_its_cells(text: str, quote: str) -> None:
    found = [m for m in mentions(text, QUIET, 8) if quote.endswith(m.quote)]
    assert found and all(m.status in SUPPORTED and m.facts for m in found), found


@pytest.mark.parametrize(("text", "quote"), CLAIMS)
def test_and_never_where_the_cells_say_otherwise(text: str, quote: str) -> None:
    found = [m for m in mentions(text, BUSY, 8) if quote.endswith(m.quote)]
    assert not any(m.status in SUPPORTED for m in found), found


MOVED = [
    ("收到申请8件，镇里收件渐少。", "镇里收件渐少", 12),
    ("申请也见多：今年收到8件。", "申请也见多", 3),
    ("收到申请8件，来件有增无减。", "来件有增无减", 3),
    ("收到申请8件，势头继续增强。", "势头继续增强", 3),
    ("收到申请8件，件数与上年无异。", "件数与上年无异", 8),
    ("收到申请8件，群众来件成倍增长。", "群众来件成倍增长", 2),
]


@pytest.mark.parametrize(("text", "quote", "before"), MOVED)
def test_a_loosely_worded_movement_is_confirmed(text: str, quote: str, before: int) -> None:
    found = [m for m in mentions(text, QUIET, before) if m.quote == quote]
    assert found and found[0].status in SUPPORTED
    assert "previous/requests/received/total" in found[0].facts


@pytest.mark.parametrize(("text", "quote", "before"), MOVED)
def test_a_movement_the_other_way_is_not(text: str, quote: str, before: int) -> None:
    turned = 16 - before if before != 8 else 9
    found = [m for m in mentions(text, QUIET, turned) if m.quote == quote]
    assert not any(m.status in SUPPORTED for m in found)


def test_what_was_counted_last_has_moved() -> None:
    text = "政策图解26幅，上年为20幅，本年更多了。"
    moved = [m for m in mentions(text, QUIET, 8, posts=26) if m.quote == "本年更多了"]
    assert moved and moved[0].facts == ("facts/政策图解", "previous/facts/政策图解")


@pytest.mark.parametrize(
    ("text", "quote", "before"),
    [
        ("收到申请8件，来件量较上年走低。", "来件量较上年走低", 5),
        ("收到申请8件，申请量比上年多了。", "申请量比上年多了", 12),
        ("今年收件8件，上年12件，增幅33.3%。", "33.3%", 12),
        ("与2022年的4件相比，今年收件8件，数量翻了两番。", "翻了两番", 4),
    ],
)
def test_a_movement_whose_two_values_are_stated_is_accused(
    text: str, quote: str, before: int
) -> None:
    found = [m for m in mentions(text, QUIET, before) if m.quote == quote]
    assert found and found[0].status is Status.CONTRADICTED, found


def test_a_movement_of_what_the_sentence_has_not_stated_is_not() -> None:
    text = "今年收件8件，接待来访人数上年12件，增幅33.3%。"
    found = [m for m in mentions(text, QUIET, 30) if m.quote == "33.3%"]
    assert found and found[0].status is not Status.CONTRADICTED


@pytest.mark.parametrize(
    ("text", "quote", "before"),
    [
        ("收到查询数据的申请8件，同比减少2件。", "2件", 6),
        ("收到申请从4件升至8件，减幅正好五成。", "五成", 4),
    ],
)
def test_a_change_of_the_right_size_in_the_wrong_direction_is_accused(
    text: str, quote: str, before: int
) -> None:
    found = [m for m in mentions(text, QUIET, before) if m.quote == quote]
    assert found and found[0].status is Status.CONTRADICTED, found


def test_a_change_of_another_size_under_a_loose_name_is_not() -> None:
    found = [
        m for m in mentions("收到查询数据的申请8件，同比减少3件。", QUIET, 6) if m.quote == "3件"
    ]
    assert found and found[0].status is not Status.CONTRADICTED


def test_last_years_text_is_told_by_this_years_figures_further_on() -> None:
    text = "2022年，我局坚持以公开促规范。收到申请8件，均已公开。"
    report = report_from_mapping(
        {
            "year": 2023,
            "agency": {"name": "示例市商务局", "kind": "department"},
            "blank_is_zero": True,
            "tables": QUIET,
            "sections": {"overview": text},
        },
        name="stale",
    )
    issues = read_report(FactSheet(report)).issues
    assert [i.quote for i in issues if i.code == "NUM103"] == ["2022年"]
