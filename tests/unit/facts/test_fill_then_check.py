"""Two independent paths: what the composer fills in, the reader proves; what then changes, it sees."""

from itertools import chain

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from report_writer.domain.cells import Cell, Tables
from report_writer.domain.findings import Status
from report_writer.drafting.writer import write_draft
from report_writer.facts.reading import read_report
from report_writer.facts.sheet import FactSheet
from report_writer.forms.ogi_2021 import APPLICANTS, OGI_2021, OUTCOMES
from report_writer.readers.from_json import report_from_mapping

COUNTS = st.one_of(st.just(0), st.integers(0, 3), st.integers(0, 400))


@st.composite
def tables(draw: st.DrawFn) -> dict[str, int]:
    """All 200 cells; tables three and four balanced."""
    cells: dict[str, int] = {}
    for column in APPLICANTS:
        outcomes = {row: draw(COUNTS) for row in OUTCOMES}
        disposed, forward = sum(outcomes.values()), draw(COUNTS)
        over = draw(st.integers(0, disposed + forward))
        rest = {"disposed": disposed, "carried_forward": forward, "carried_over": over}
        rows = outcomes | rest | {"received": disposed + forward - over}
        cells |= {f"requests/{row}/{column}": value for row, value in rows.items()}
    for row in OGI_2021.table_by_key["requests"].rows:
        parts = (cells[f"requests/{row.key}/{c}"] for c in APPLICANTS)
        cells[f"requests/{row.key}/total"] = sum(parts)
    for row in OGI_2021.table_by_key["remedies"].rows:
        results = {c: draw(COUNTS) for c in row.columns[:-1]}
        cells |= {f"remedies/{row.key}/{c}": v for c, v in results.items()}
        cells[f"remedies/{row.key}/total"] = sum(results.values())
    for row in OGI_2021.table_by_key["proactive"].rows:
        cells |= {f"proactive/{row.key}/{c}": draw(COUNTS) for c in row.columns}
    return cells


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables(), st.integers(0, 300), st.integers(1, 999), st.data())
def test_a_filled_draft_holds_and_a_changed_cell_shows(
    cells: dict[str, int], last_year: int, number: int, data: st.DataObject
) -> None:
    mapping = {
        "year": 2023,
        "agency": {"name": f"示例市第{number}管理局", "kind": "department"},
        "blank_is_zero": True,
        "tables": {},
        "previous": {
            "year": 2022,
            "blank_is_zero": True,
            "tables": {"requests": {"received": {"total": last_year}}},
        },
    }
    known = {address: Cell.number(value) for address, value in cells.items()}
    given = report_from_mapping(mapping, name="property")
    report = write_draft(given.model_copy(update={"tables": OGI_2021.complete(known)})).report
    reading = read_report(FactSheet(report))
    doubtful = [
        m.quote for m in reading.mentions if m.status in {Status.CONTRADICTED, Status.UNACCOUNTED}
    ]
    assert doubtful == []
    assert reading.issues == ()

    used = sorted(set(chain.from_iterable(m.facts for m in reading.mentions)) & set(cells))
    address = data.draw(st.sampled_from(used))
    changed = dict(known) | {address: Cell.number(cells[address] + 7)}
    again = read_report(FactSheet(report.model_copy(update={"tables": Tables(cells=changed)})))
    wrong = {(m.section, m.start) for m in again.mentions if m.status is Status.CONTRADICTED}
    # NOTE: a share may still round to the printed decimals after a small change.
    dependent = {
        (m.section, m.start)
        for m in reading.mentions
        if address in m.facts and not (m.formula or "").startswith(("share", "change_rate"))
    }
    rounded = {
        (m.section, m.start)
        for m in reading.mentions
        if address in m.facts and (m.formula or "").startswith(("share", "change_rate"))
    }
    assert dependent <= wrong <= dependent | rounded


def test_a_frequency_the_clerk_noted_is_the_clerks_and_a_count_is_not():
    from report_writer.checks import check_report
    from report_writer.readers.from_json import report_from_mapping

    mapping = {
        "year": 2024,
        "agency": {"name": "示例局"},
        "tables": {},
        "facts": [{"label": "清理失效文件", "value": 1, "unit": "次"}],
        "sections": {"overview": "每季度清理一次失效文件，及时更新标注。"},
    }
    noted = {
        **mapping,
        "notes": {"information_management": ["每季度清理一次失效文件"]},
        "facts": [],
    }
    found = {
        name: [m.status.value for m in check_report(report_from_mapping(given, name="t")).mentions]
        for name, given in {"count": mapping, "note": noted}.items()
    }
    assert found == {"count": ["unaccounted"], "note": ["registered"]}
