from decimal import Decimal

import pytest

from report_writer.domain.cells import BLANK, Tables
from report_writer.facts.expressions import change, share
from report_writer.facts.sheet import FactSheet, remedies, requests
from report_writer.readers.from_json import report_from_mapping


def sheet(tables, **more):
    mapping = {
        "year": 2024,
        "agency": {"name": "示例局"},
        "blank_is_zero": True,
        "tables": tables,
        **more,
    }
    return FactSheet(report_from_mapping(mapping, name="t"))


REQUESTS = {
    "received": {"natural_person": 8, "company": 3, "other": 1, "total": 12},
    "disclosed": {"total": 5},
    "disclosed_in_part": {"total": 2},
    "withheld.state_secret": {"total": 1},
    "withheld.third_party_rights": {"total": 2},
    "disposed": {"total": 10},
    "carried_forward": {"total": 2},
}


@pytest.mark.parametrize(
    ("expression", "value", "formula"),
    [
        (requests("received"), 12, "requests/received/total"),
        (requests("withheld"), 3, None),
        (requests("received", "organisation"), 4, None),
        (
            requests("disclosed_in_full_or_part"),
            7,
            "requests/disclosed/total + requests/disclosed_in_part/total",
        ),
        (
            share(requests("disclosed"), requests("disposed")),
            Decimal("0.5"),
            "share(requests/disclosed/total, requests/disposed/total)",
        ),
        (
            remedies("litigation"),
            0,
            "remedies/direct_litigation/total + remedies/litigation_after_reconsideration/total",
        ),
    ],
)
def test_sums_and_shares_carry_value_and_formula(expression, value, formula):
    fact = sheet({"requests": REQUESTS}).derived(expression)
    assert fact.value == value
    if formula:
        assert (fact.formula or fact.id) == formula
        assert set(fact.cells) == set(expression.operands)


def test_a_formula_of_one_cell_is_that_cell_and_keeps_its_name():
    fact = sheet({"requests": REQUESTS}).derived(requests("received"))
    assert (fact.kind, fact.id) == ("cell", "requests/received/total")
    assert fact.label == "本年新收·总计"


def test_an_unknown_operand_makes_the_result_unknown_never_zero():
    full = sheet({"requests": REQUESTS})
    tables = Tables(cells={**full.report.tables.cells, "requests/disclosed/total": BLANK})
    blank = FactSheet(full.report.model_copy(update={"tables": tables}))
    assert blank.evaluate(requests("disclosed_in_full_or_part")) is None
    assert blank.evaluate(share(requests("disclosed"), requests("disposed"))) is None


@pytest.mark.parametrize(
    ("before", "count", "rate"),
    [(10, 2, Decimal("0.2")), (0, 12, None), (12, 0, 0), (16, -4, Decimal("-0.25"))],
)
def test_a_change_from_zero_has_a_count_but_no_rate(before, count, rate):
    last = {"tables": {"requests": {"received": {"total": before}}}, "blank_is_zero": True}
    facts = sheet({"requests": REQUESTS}, previous=last)
    assert facts.evaluate(change(requests("received"), rate=False)) == count
    assert facts.evaluate(change(requests("received"), rate=True)) == rate
    assert str(change(requests("received"), rate=True)) == "change_rate(requests/received/total)"


def test_without_last_year_there_is_no_change():
    assert sheet({"requests": REQUESTS}).evaluate(change(requests("received"), rate=False)) is None


def test_figures_inside_notes_are_registered_with_their_clause():
    facts = sheet({}, notes={"oversight": ["健全制度，全年组织培训3次，参训120人次"]})
    assert facts.value("facts/组织培训") == 3
    figures = facts.note_figures
    assert [f.note[f.clause_start : f.clause_end] for f in figures] == [
        "全年组织培训3次",
        "参训120人次",
    ]
    assert all(f.fact.source == "工作要点" for f in figures)


def test_the_processing_fee_is_registered_and_never_the_charges_cell():
    facts = sheet({"proactive": {"charges": {"amount": "3.5"}}}, processing_fee={"collected": 900})
    assert facts.value("facts/收取信息处理费") == 900
    assert facts["facts/收取信息处理费"].cells == ()
