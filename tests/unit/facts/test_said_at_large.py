"""Clauses without a number and without a count beside them: what most are, that there is something."""

from typing import Any

import pytest

from tests.small_reports import checked

MIXED: dict[str, Any] = {
    "proactive": {},
    "requests": {
        "received": {"natural_person": 5, "company": 11, "total": 16},
        "disclosed": {"natural_person": 4, "company": 9, "total": 13},
        "withheld.third_party_rights": {"company": 2, "total": 2},
        "disposed": {"natural_person": 4, "company": 11, "total": 15},
        "carried_forward": {"natural_person": 1, "total": 1},
    },
    "remedies": {},
}
PERSONS: dict[str, Any] = {
    "proactive": {},
    "requests": {
        "received": {"natural_person": 5, "company": 1, "total": 6},
        "unable_to_provide.not_held": {"natural_person": 5, "total": 5},
        "disclosed": {"company": 1, "total": 1},
        "disposed": {"natural_person": 5, "company": 1, "total": 6},
    },
    "remedies": {},
}
ONE: dict[str, Any] = {
    "proactive": {},
    "requests": {
        "received": {"company": 1, "total": 1},
        "disclosed": {"company": 1, "total": 1},
        "disposed": {"company": 1, "total": 1},
    },
    "remedies": {},
}


def said(text: str, tables: dict[str, Any]) -> list[tuple[str, str]]:
    return [(m.quote, m.status.value) for m in checked(text, tables).mentions]


@pytest.mark.parametrize(
    ("clause", "true", "false"),
    [
        ("申请人以企业居多", MIXED, PERSONS),
        ("申请主要来自自然人", PERSONS, MIXED),
        ("申请办理结果以予以公开为主", MIXED, PERSONS),
        ("尚有申请结转下一年继续办理", MIXED, PERSONS),
        ("所收申请年底前一律办结", PERSONS, MIXED),
        ("前来申请的清一色是企业", ONE, MIXED),
        ("个别申请因涉及第三方权益未予公开", MIXED, PERSONS),
    ],
)
def test_held_against_the_table(clause: str, true: dict[str, Any], false: dict[str, Any]) -> None:
    assert said(f"{clause}。", true)[0][0] == clause
    assert said(f"{clause}。", true)[0][1] in {"bound", "derived"}
    assert said(f"{clause}。", false) == [(clause, "contradicted")]


@pytest.mark.parametrize(
    "text",
    [
        "申请内容以征地拆迁为主。",
        "有申请的，应当在法定期限内答复。",
        "主动公开以网站为主。",
        "如有申请结转，及时办理。",
    ],
)
def test_other_matters_and_rules_are_no_claims(text: str) -> None:
    assert said(text, PERSONS) == []
