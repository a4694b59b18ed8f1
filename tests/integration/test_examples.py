"""The shipped examples: their expected findings, and every number of their drafts accounted for."""

import json

import pytest

from report_writer.checks import all_checks, check_report
from report_writer.domain.cells import Cell, Tables
from report_writer.domain.findings import Status
from report_writer.drafting.writer import write_draft
from report_writer.readers.dispatch import read
from tests.paths import EXAMPLES

NAMES = ["laocheng-2023", "qinghe-2024"]
NUM = [rule for rule in all_checks() if rule.code.startswith("NUM")]


@pytest.fixture(scope="module", params=NAMES)
def drafted(request):
    report = read(EXAMPLES / request.param / "report.json")
    return write_draft(report)


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_have_just_their_expected_findings(name):
    folder = EXAMPLES / name
    expected = json.loads((folder / "expected-findings.json").read_text(encoding="utf-8"))
    result = check_report(read(folder / "report.json"))
    assert [list(t) for t in result.flatten("code", "severity", "at")] == expected


def test_every_number_of_a_draft_is_bound_derived_or_registered(drafted):
    statuses = {m.status for m in drafted.result.mentions}
    assert not statuses & {Status.CONTRADICTED, Status.UNACCOUNTED}
    assert not [f for f in drafted.result.findings if f.severity != "advice"]


def test_the_checker_names_the_same_sources_as_the_slots(drafted):
    """Two independent paths: what slots guarantee is what the reader of the finished text finds."""
    sound = {Status.BOUND, Status.DERIVED, Status.REGISTERED}
    different = []
    for section in drafted.trail.sections:
        for figure in section.figures:
            place = (section.section, figure.start, figure.end)
            named = set(figure.cells) or {figure.fact}
            for m in drafted.result.mentions:
                meets = m.status in sound and _meet(place, (m.section, m.start, m.end))
                if meets and not set(m.facts) & named:
                    different.append((figure.quote, m.facts, named))
    assert different == []


def test_a_changed_cell_contradicts_every_number_that_rests_on_it_and_no_other(drafted):
    report = drafted.report
    figures = [(s.section, f) for s in drafted.trail.sections for f in s.figures]
    wrong = {}
    for address, cell in report.tables.cells.items():
        tables = Tables(cells={**report.tables.cells, address: Cell.number(cell.value + 7)})
        result = check_report(report.model_copy(update={"tables": tables}), checks=NUM)
        found = {(m.section, m.start, m.end) for m in result.mentions if m.status == "contradicted"}
        wanted = {(s, f.start, f.end) for s, f in figures if address in f.cells}
        missed = [w for w in wanted if not any(_meet(w, f) for f in found)]
        extra = [f for f in found if not any(_meet(w, f) for w in wanted)]
        if missed or extra:
            wrong[address] = (missed, extra)
    assert wrong == {}


def _meet(a, b):
    return a[0] == b[0] and a[1] < b[2] and b[1] < a[2]
