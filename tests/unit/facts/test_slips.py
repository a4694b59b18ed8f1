"""A loosely worded number is not accused, unless it is the true one after a slip of the hand."""

import pytest

from report_writer.domain.findings import Mention, Status
from report_writer.facts.reading import read_report
from report_writer.facts.sheet import FactSheet
from report_writer.readers.from_json import report_from_mapping
from tests.small_reports import checked, status_in


def mention(text: str, quote: str) -> Mention:
    report = report_from_mapping(
        {
            "year": 2023,
            "agency": {"name": "示例市商务局", "kind": "department"},
            "blank_is_zero": True,
            "tables": {
                "requests": {
                    "received": {"natural_person": 346, "company": 17, "total": 363},
                    "disclosed": {"natural_person": 346, "company": 17, "total": 363},
                    "disposed": {"natural_person": 346, "company": 17, "total": 363},
                }
            },
            "previous": {
                "year": 2022,
                "tables": {"requests": {"received": {"natural_person": 251, "total": 271}}},
            },
            "sections": {"overview": text},
        },
        name="slips",
    )
    return next(m for m in read_report(FactSheet(report)).mentions if m.quote == quote)


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (363, Status.BOUND),
        (336, Status.CONTRADICTED),  # digits in another order
        (368, Status.CONTRADICTED),  # one digit off
        (271, Status.CONTRADICTED),  # last year's value left standing
        (415, Status.UNACCOUNTED),
        (36, Status.UNACCOUNTED),
    ],
)
def test_a_slip_is_told_where_the_link_is_weak(number: int, status: Status) -> None:
    text = f"全年接到公开请求{number}件，均已办结。"
    assert mention(text, f"{number}件").status is status


def test_short_numbers_are_alike_by_chance() -> None:
    text = "全年接到公开请求363件，企业来函71份。"
    assert mention(text, "71份").status is not Status.CONTRADICTED


def test_last_years_value_may_be_told_as_such() -> None:
    text = "较2022年的公开请求271件有所增加，全年接到公开请求363件。"
    assert mention(text, "271件").status is not Status.CONTRADICTED


@pytest.mark.parametrize(
    ("text", "quote", "status"),
    [
        ("占道等行政事业性收费，本局全年征收1357.2元。", "1357.2元", Status.CONTRADICTED),
        ("占道等行政事业性收费，本局全年征收1357.2万元。", "1357.2万元", Status.BOUND),
        # another sum, or none of this year's charges
        ("占道等行政事业性收费，本局全年征收82元。", "82元", Status.UNACCOUNTED),
        ("取消一批行政事业性收费，企业少交1357.2元。", "1357.2元", Status.UNACCOUNTED),
        ("减免行政事业性收费，全年少征收1357.2元。", "1357.2元", Status.UNACCOUNTED),
    ],
)
def test_a_charge_named_a_clause_before_is_in_its_own_unit(
    text: str, quote: str, status: Status
) -> None:
    tables = {"proactive": {"charges": {"amount": "1357.2"}}}
    assert status_in(checked(text, tables), quote) is status
