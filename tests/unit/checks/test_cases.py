"""The YAML cases of every rule, and the properties of the arithmetic."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from report_writer.checks import all_checks, check_report
from report_writer.domain.cells import Cell, Provenance, Tables
from report_writer.domain.copies import Copy
from report_writer.domain.findings import CheckResult, Span, place_text
from report_writer.domain.report import AnnualReport
from report_writer.forms.ogi_2021 import APPLICANTS, OGI_2021, OUTCOMES
from report_writer.readers.from_json import load_json, report_from_mapping

CASES = Path(__file__).parents[2] / "cases" / "checks"
SHARED = Path(__file__).parents[4] / "shared" / "reports"
BASE: dict[str, Any] = {
    "year": 2023,
    "agency": {"name": "示例市商务局", "kind": "department"},
    "blank_is_zero": True,
    "tables": {},
}
KEYS = {
    "report", "copies", "text", "printed", "remarks", "source_remarks",
    "at", "expected", "message", "hint", "skipped", "severity",
}  # fmt: skip


@cache
def load(path: Path) -> dict[str, Any]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def named_cases() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (load(path)["check"], name, case)
        for path in sorted(CASES.glob("*.yml"))
        for name, case in load(path)["cases"].items()
    ]


def build(case: Mapping[str, Any]) -> AnnualReport:
    """The report of a case: its `report` over BASE, its `text` as the overview."""
    given = dict(case.get("report", {}))
    mapping = BASE | given | {"agency": BASE["agency"] | given.get("agency", {})}
    if "text" in case:
        mapping["sections"] = {"overview": case["text"]} | given.get("sections", {})
    report = report_from_mapping(mapping, name="case")
    changes: dict[str, Any] = {}
    if "printed" in case:
        changes["printed"] = report_from_mapping(
            BASE | {"tables": case["printed"]}, name="printed"
        ).tables
    if "remarks" in case:
        assert report.tables is not None
        cells = dict(report.tables.cells)
        for address, remark in case["remarks"].items():
            cells[address] = cells[address].model_copy(update={"remark": remark})
        changes["tables"] = Tables(cells=cells)
    changes["remarks"] = tuple(case.get("source_remarks", ()))
    return report.model_copy(update=changes)


def run(code: str, report: AnnualReport, copies: tuple[Copy, ...] | None = None) -> CheckResult:
    rule = next(rule for rule in all_checks() if rule.code == code)
    return check_report(report, checks=[rule], copies=copies)


@pytest.mark.parametrize(
    ("code", "case"), [pytest.param(c, case, id=f"{c}-{n}") for c, n, case in named_cases()]
)
def test_case(code: str, case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    copies = case.get("copies")
    result = run(
        code, build(case), None if copies is None else tuple(Copy.model_validate(c) for c in copies)
    )
    assert result.crashes == ()
    findings = [f for f in result.findings if f.code == code]
    places = [f.at.quote if isinstance(f.at, Span) else place_text(f.at) for f in findings]
    assert sorted(places) == sorted(case["at"])
    if "expected" in case:
        assert [f.expected for f in findings] == case["expected"]
    if "message" in case:
        assert any(case["message"] in f.message for f in findings), [f.message for f in findings]
    if "hint" in case:
        hints = [f.hint for f in findings]
        wanted = case["hint"]
        assert all(h is None if wanted is None else h and wanted in h for h in hints), hints
    if "skipped" in case:
        assert result.checks_run[code].skipped == case["skipped"]
    if "severity" in case:
        assert [f.severity for f in findings] == case["severity"]


TIES = ("TAB101", "TAB102", "TAB103", "TAB201")
small = st.integers(0, 40)


@st.composite
def balanced_tables(draw: st.DrawFn) -> dict[str, int]:
    """All cells of tables three and four, every equation true."""
    cells: dict[str, int] = {}
    for column in APPLICANTS:
        outcomes = {row: draw(small) for row in OUTCOMES}
        disposed, forward = sum(outcomes.values()), draw(small)
        over = draw(st.integers(0, disposed + forward))
        rows = outcomes | {
            "disposed": disposed,
            "carried_forward": forward,
            "carried_over": over,
            "received": disposed + forward - over,
        }
        cells |= {f"requests/{row}/{column}": value for row, value in rows.items()}
    for row in OGI_2021.table_by_key["requests"].rows:
        cells[f"requests/{row.key}/total"] = sum(
            cells[f"requests/{row.key}/{c}"] for c in APPLICANTS
        )
    for row in OGI_2021.table_by_key["remedies"].rows:
        parts = {c: draw(small) for c in row.columns[:-1]}
        cells |= {f"remedies/{row.key}/{c}": v for c, v in parts.items()}
        cells[f"remedies/{row.key}/total"] = sum(parts.values())
    return cells


def report_of(cells: Mapping[str, int]) -> AnnualReport:
    known = {address: Cell.number(value) for address, value in cells.items()}
    report = report_from_mapping(BASE, name="property")
    return report.model_copy(update={"tables": OGI_2021.complete(known)})


def tie_findings(report: AnnualReport) -> list[tuple[Any, ...]]:
    rules = [rule for rule in all_checks() if rule.code in TIES]
    return check_report(report, checks=rules).flatten("code", "at", "expected", "hint")


@given(balanced_tables())
def test_balanced_tables_are_silent(cells: dict[str, int]) -> None:
    assert tie_findings(report_of(cells)) == []


@given(balanced_tables(), st.data())
def test_one_changed_cell_is_reported_and_in_table_three_named(
    cells: dict[str, int], data: st.DataObject
) -> None:
    address = data.draw(st.sampled_from(sorted(cells)))
    right = cells[address]
    wrong = data.draw(st.integers(0, 5000).filter(lambda value: value != right))
    findings = tie_findings(report_of(cells | {address: wrong}))
    assert findings
    if address.startswith("requests/"):
        sentence = f"{OGI_2021.place(address)}由{wrong}改为{right}，"
        assert all(hint and sentence in hint for *_, hint in findings), findings
    else:
        ((code, at, expected, _),) = findings
        assert (code, at) == ("TAB103", address.rpartition("/")[0] + "/total")
        if address.endswith("/total"):
            assert expected == str(right)


@given(balanced_tables(), st.data())
def test_a_blank_makes_its_equations_unknown_not_false(
    cells: dict[str, int], data: st.DataObject
) -> None:
    address = data.draw(st.sampled_from(sorted(cells)))
    rest = {a: v for a, v in cells.items() if a != address}
    report = report_of(rest)
    result = check_report(report, checks=[r for r in all_checks() if r.code in TIES])
    assert result.findings == ()
    assert sum(run.skipped for run in result.checks_run.values()) > 0


def test_illegal_cell_names_its_origin() -> None:
    report = report_of({})
    assert report.tables is not None
    origin = Provenance(file="商务局.xlsx", sheet="表三", place="J4", raw="约十件")
    cells = dict(report.tables.cells) | {
        "requests/received/total": Cell.illegal("约十件", origin=origin)
    }
    (finding,) = run("TAB402", report.model_copy(update={"tables": Tables(cells=cells)})).findings
    assert "“约十件”（商务局.xlsx 表三 J4）" in finding.message


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published reports lie outside the project")
@pytest.mark.parametrize("path", sorted(SHARED.glob("*.figures.json")), ids=lambda p: p.stem)
def test_published_figures(path: Path) -> None:
    report = report_from_mapping(load_json(path.read_bytes(), path.name), name=path.name)
    rules = [rule for rule in all_checks() if rule.code.startswith("TAB")]
    result = check_report(report, checks=rules)
    errors = [(f.code, place_text(f.at)) for f in result.findings if f.severity == "error"]
    hongze = [
        ("TAB103", "remedies/litigation_after_reconsideration/total"),
        ("TAB103", "remedies/reconsideration/total"),
    ]
    assert errors == (hongze if path.name == "hongze_2023.figures.json" else [])
