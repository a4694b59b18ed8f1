"""Roll-up: sums of drawn agencies, what is doubtful, and which unit explains a difference."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report_writer.app.explaining import compare
from report_writer.app.rollup import RollupError, default_agency, doubt_lines, report_of, roll_up
from report_writer.app.rollup_words import difference_text, explained_text
from report_writer.checks import check_report
from report_writer.domain.cells import CellKind, Tables, plain
from report_writer.domain.report import Agency
from report_writer.domain.rollup import CauseKind, DoubtKind, Source
from report_writer.drafting.writer import write_draft
from report_writer.facts.sheet import BREAKDOWN_SOURCE
from report_writer.forms.ogi_2021 import APPLICANTS, OGI_2021, OUTCOMES
from report_writer.readers.from_json import report_from_mapping

COLUMNS = (*APPLICANTS, "total")


def requests(rng, most):
    """A balanced table three."""
    over = {a: rng.randint(0, most // 4) for a in APPLICANTS}
    received = {a: rng.randint(0, most) for a in APPLICANTS}
    rows = {row: dict.fromkeys(APPLICANTS, 0) for row in OUTCOMES}
    forward = {}
    for a in APPLICANTS:
        handled = over[a] + received[a]
        forward[a] = rng.randint(0, handled // 3)
        for _ in range(handled - forward[a]):
            rows[rng.choice(OUTCOMES)][a] += 1
    disposed = {a: sum(row[a] for row in rows.values()) for a in APPLICANTS}
    table = {"received": received, "carried_over": over, **rows}
    table |= {"disposed": disposed, "carried_forward": forward}
    return {key: row | {"total": sum(row.values())} for key, row in table.items()}


def tables(rng, most):
    def stock():
        return {c: rng.randint(0, most) for c in ("issued", "repealed", "in_force")}

    remedies = {}
    for row in ("reconsideration", "direct_litigation", "litigation_after_reconsideration"):
        cells = {c: rng.randint(0, 3) for c in ("upheld", "corrected", "other_outcome", "pending")}
        remedies[row] = cells | {"total": sum(cells.values())}
    return {
        "proactive": {
            "rules": stock(),
            "normative_documents": stock(),
            "licences": {"decisions": rng.randint(0, most * 20)},
            "penalties": {"decisions": rng.randint(0, most * 5)},
            "coercive_measures": {"decisions": rng.randint(0, most)},
            "charges": {"amount": plain(Decimal(rng.randint(0, most * 1000)) / 100)},
        },
        "requests": requests(rng, most),
        "remedies": remedies,
    }


def unit(name, seed, most=12, **more):
    rng = Random(seed)
    mapping = {
        "year": 2024,
        "agency": {"name": name, "kind": "department"},
        "tables": tables(rng, most),
        "previous": {"tables": tables(rng, most)},
    }
    return report_from_mapping(mapping | more, name=name)


def sources(*reports):
    return [Source(file=f"{i}.json", report=r) for i, r in enumerate(reports)]


def bureaus(count=6):
    names = ["教育局", "住建局", "水务局", "民政局", "财政局", "交通局", "司法局", "林业局"]
    return [unit(f"清河市{name}", i) for i, name in enumerate(names[:count])]


def parent_of(reports, **more):
    """What a careful hand would add up: the parent's own table from these reports."""
    cells = {a: sum((r.tables.value(a) for r in reports), Decimal(0)) for a in OGI_2021.addresses}
    data = {}
    for address, value in cells.items():
        table, row, column = address.split("/")
        number = plain(value) if address.endswith("amount") else int(value)
        data.setdefault(table, {}).setdefault(row, {})[column] = number
    mapping = {"year": 2024, "agency": {"name": "清河市人民政府", "kind": "government"}}
    return report_from_mapping(mapping | {"tables": data} | more, name="parent")


def with_cells(report, changes):
    cells = {**report.tables.cells, **changes}
    return report.model_copy(update={"tables": Tables(cells=cells)})


def explain(units, parent, **options):
    found = compare(roll_up(sources(*units)), parent, **options)
    return found, [
        [(c.kind, c.unit) for c in e.causes] for x in found.explained for e in x.explanations
    ]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12, unique=True))
def test_every_cell_is_the_sum_of_its_units(seeds):
    reports = [unit(f"{seed}号局", seed) for seed in seeds]
    made = roll_up(sources(*reports))
    for address, cell in made.tables.cells.items():
        assert cell.value == sum(r.tables.value(address) for r in reports)
    assert [c.unit for c in made.contributors] == [r.agency.name for r in reports]
    assert made.doubts == ()
    assert compare(made, parent_of(reports)).differences == ()


class TestDoubt:
    def test_a_blank_makes_the_sum_blank_and_names_the_unit(self):
        reports = bureaus(3)
        address = "requests/received/company"
        reports[1] = with_cells(reports[1], {address: OGI_2021.complete({})[address]})
        made = roll_up(sources(*reports))
        assert made.tables[address].kind is CellKind.BLANK
        expected = reports[0].tables.value(address) + reports[2].tables.value(address)
        assert made.known[address] == expected
        assert [(d.unit, d.kind) for d in made.doubts] == [("清河市住建局", DoubtKind.BLANK)]
        assert "清河市住建局未填" in next(iter(doubt_lines(made)))[1]
        assert report_of(made).tables[address].kind is CellKind.BLANK
        known = report_of(made, known_only=True)
        assert known.tables.value(address) == expected
        assert "1格只是已填单位之和" in known.remarks[0]

    def test_not_applicable_adds_nothing_and_stays_listed(self):
        address = "proactive/coercive_measures/decisions"
        slash = unit("甲局", 1, tables={"proactive": {"coercive_measures": {"decisions": "/"}}})
        cell = slash.tables[address]
        reports = bureaus(2)
        made = roll_up(sources(with_cells(reports[0], {address: cell}), reports[1]))
        assert made.tables.value(address) == reports[1].tables.value(address)
        assert [d.kind for d in made.doubts] == [DoubtKind.NOT_APPLICABLE]
        every = roll_up(sources(*(with_cells(r, {address: cell}) for r in reports)))
        assert every.tables[address].kind is CellKind.NOT_APPLICABLE

    def test_an_illegal_value_is_shown_with_its_text(self):
        wrong = unit("甲局", 1)
        data = {"proactive": {"penalties": {"decisions": "若干"}}}
        cell = unit("乙局", 1, tables=data).tables["proactive/penalties/decisions"]
        wrong = with_cells(wrong, {"proactive/penalties/decisions": cell})
        made = roll_up(sources(wrong, *bureaus(2)))
        assert [(d.unit, d.raw) for d in made.doubts] == [("甲局", "若干")]


class TestWhoCounts:
    def test_the_same_report_twice_counts_once(self):
        reports = bureaus(3)
        made = roll_up(sources(*reports, reports[0]))
        assert made.tables == roll_up(sources(*reports)).tables
        assert [n.kind for n in made.notices] == ["twice"]
        assert made.contributors[0].files == ("0.json", "3.json")

    def test_two_versions_put_only_the_differing_cells_in_doubt(self):
        reports = bureaus(3)
        changed = "proactive/licences/decisions"
        other = with_cells(reports[0], {changed: reports[1].tables[changed]})
        made = roll_up(sources(*reports, other))
        assert [(d.address, d.kind) for d in made.doubts] == [(changed, DoubtKind.CONFLICT)]
        assert made.tables[changed].kind is CellKind.BLANK
        assert made.tables.value("requests/received/total") is not None
        assert [(n.kind, n.severity) for n in made.notices] == [("conflict", "error")]

    def test_another_year_is_left_out_and_named(self):
        old = unit("清河市旧局", 9, year=2023)
        made = roll_up(sources(*bureaus(2), old))
        assert [c.unit for c in made.contributors] == ["清河市教育局", "清河市住建局"]
        assert "“清河市旧局”是2023年的报告" in made.notices[0].message

    def test_as_many_of_each_year_asks_which(self):
        with pytest.raises(RollupError, match="--year"):
            roll_up(sources(unit("甲局", 1), unit("乙局", 2, year=2023)))

    def test_another_form_is_left_out_and_named(self):
        trial = unit("清河市旧格式局", 9).model_copy(update={"form": "ogi_2019"})
        made = roll_up(sources(*bureaus(2), trial))
        assert [n.kind for n in made.notices] == ["form"]
        assert len(made.contributors) == 2

    def test_an_alias_is_suspected_and_can_be_settled(self):
        full = unit("清河市教育局", 1)
        short = unit("市教育局", 2)
        made = roll_up(sources(full, short, *bureaus(3)[1:]))
        alias = next(n for n in made.notices if n.kind == "alias")
        assert "--same 市教育局=清河市教育局" in alias.message
        settled = roll_up(sources(full, full, short), same={"市教育局": "清河市教育局"})
        assert [c.unit for c in settled.contributors] == ["清河市教育局"]
        assert [n.kind for n in settled.notices] == ["conflict"]

    def test_equal_figures_under_two_names_are_suspected(self):
        made = roll_up(sources(unit("甲局", 1), unit("乙局", 1)))
        assert [n.kind for n in made.notices] == ["same_figures"]

    def test_missing_and_unexpected_units_are_named(self):
        made = roll_up(sources(*bureaus(2)), expected=["清河市教育局", "清河市审计局"])
        said = {n.kind: n.units for n in made.notices}
        assert said == {"missing": ("清河市审计局",), "not_expected": ("清河市住建局",)}

    def test_a_unit_whose_own_table_does_not_add_up_is_named(self):
        reports = bureaus(3)
        total = "remedies/reconsideration/total"
        cells = {total: reports[0].tables["proactive/licences/decisions"]}
        made = roll_up(sources(with_cells(reports[0], cells), *reports[1:]))
        assert [(n.kind, n.units) for n in made.notices] == [("untied", ("清河市教育局",))]


class TestPlantedDifferences:
    """Every error is explained by the unit it was planted in, and by no other."""

    def test_a_unit_left_out(self):
        reports = bureaus()
        found, causes = explain(reports, parent_of(reports[:2] + reports[3:]))
        assert causes == [[(CauseKind.OMITTED, "清河市水务局")]]
        assert "没有计入“清河市水务局”" in explained_text(OGI_2021, found.explained[0])
        assert "少" in difference_text(OGI_2021, found.differences[0])

    def test_a_unit_counted_twice(self):
        reports = bureaus()
        _, causes = explain(reports, parent_of([*reports, reports[4]]))
        assert causes == [[(CauseKind.TWICE, "清河市财政局")]]

    def test_last_years_figures_of_a_unit(self):
        reports = bureaus()
        stale = reports[1].model_copy(update={"tables": reports[1].previous.tables})
        _, causes = explain(reports, parent_of([reports[0], stale, *reports[2:]]))
        assert causes == [[(CauseKind.LAST_YEAR, "清河市住建局")]]

    def test_two_columns_of_a_unit_exchanged(self):
        reports = bureaus()
        wrong = reports[3]
        swap = {"natural_person": "company", "company": "natural_person"}
        cells = {
            f"requests/{row.key}/{to}": wrong.tables[f"requests/{row.key}/{of}"]
            for row in OGI_2021.table_by_key["requests"].rows
            for of, to in swap.items()
        }
        found, causes = explain(
            reports, parent_of([*reports[:3], with_cells(wrong, cells), *reports[4:]])
        )
        assert causes == [[(CauseKind.COLUMNS, "清河市民政局")]]
        told = explained_text(OGI_2021, found.explained[0])
        assert "“自然人”和“商业企业”两列对调" in told

    def test_a_unit_that_was_not_sent(self):
        reports = bureaus()
        found, _ = explain(reports[:5], parent_of(reports), not_sent=["清河市交通局"])
        cause = found.explained[0].explanations[0].causes[0]
        assert (cause.kind, cause.unit) == (CauseKind.NOT_SENT, "“清河市交通局”")

    def test_yuan_for_ten_thousand_yuan(self):
        reports = bureaus()
        address = "proactive/charges/amount"
        value = reports[0].tables[address].value * 10_000
        cell = reports[0].tables[address].model_copy(update={"value": value})
        _, causes = explain(
            reports, parent_of([with_cells(reports[0], {address: cell}), *reports[1:]])
        )
        assert causes == [[(CauseKind.UNIT, "清河市教育局")]]

    def test_two_rows_of_a_unit_exchanged(self):
        reports = bureaus()
        a, b = "proactive/licences/decisions", "proactive/penalties/decisions"
        old = reports[2]
        wrong = with_cells(old, {a: old.tables[b], b: old.tables[a]})
        _, causes = explain(reports, parent_of([*reports[:2], wrong, *reports[3:]]))
        assert causes == [[(CauseKind.ROWS, "清河市水务局")]]

    def test_two_errors_at_once(self):
        reports = bureaus()
        _, causes = explain(reports, parent_of([*reports[1:], reports[5]]))
        assert causes == [[(CauseKind.TWICE, "清河市交通局"), (CauseKind.OMITTED, "清河市教育局")]]

    def test_three_errors_at_once(self):
        reports = bureaus(8)
        stale = reports[2].model_copy(update={"tables": reports[2].previous.tables})
        _, causes = explain(reports, parent_of([*reports[1:2], stale, *reports[3:], reports[7]]))
        assert [sorted(c[1] for c in e) for e in causes] == [
            ["清河市教育局", "清河市林业局", "清河市水务局"]
        ]

    def test_errors_in_two_tables_are_explained_table_by_table(self):
        reports = bureaus()
        parent = parent_of(reports)
        short, double = parent_of(reports[1:]), parent_of([*reports, reports[4]])
        cells = {a: c for a, c in short.tables.cells.items() if a.startswith("requests/")}
        cells |= {a: c for a, c in double.tables.cells.items() if a.startswith("remedies/")}
        odd = "proactive/licences/decisions"
        value = parent.tables.value(odd) + 777_777
        cells[odd] = parent.tables[odd].model_copy(update={"value": value})
        found, causes = explain(reports, with_cells(parent, cells))
        assert [e.scope for e in found.explained] == ["proactive/licences", "requests", "remedies"]
        assert causes == [
            [(CauseKind.OMITTED, "清河市教育局")],
            [(CauseKind.TWICE, "清河市财政局")],
        ]
        assert "没有找到能解释的单位" in explained_text(OGI_2021, found.explained[0])

    def test_several_explanations_are_all_told(self):
        reports = bureaus(4)
        twin = reports[0].model_copy(update={"agency": Agency(name="清河市审计局")})
        found, causes = explain([*reports, twin], parent_of(reports))
        assert [c[0][1] for c in causes] == ["清河市教育局", "清河市审计局"]
        assert "有2种可能" in explained_text(OGI_2021, found.explained[0])

    def test_a_unit_left_out_is_told_before_rows_exchanged_by_chance(self):
        one = {"requests": {"received": {"natural_person": 1, "total": 1}}}
        one["requests"]["disclosed"] = one["requests"]["disposed"] = one["requests"]["received"]
        small = [
            report_from_mapping(
                {"year": 2024, "agency": {"name": f"{n}局"}, "blank_is_zero": True, "tables": one},
                name=n,
            )
            for n in "甲乙丙丁戊己庚"
        ]
        found, causes = explain([*bureaus(3), *small], parent_of([*bureaus(3), *small[1:]]))
        assert [c[0] for c in causes] == [(CauseKind.OMITTED, f"{n}局") for n in "甲乙丙丁戊"]
        assert found.explained[0].more
        assert "不止这些" in explained_text(OGI_2021, found.explained[0])


def test_cells_that_a_unit_left_blank_are_compared_with_what_is_known():
    reports = bureaus(4)
    address = "proactive/penalties/decisions"
    blank = with_cells(reports[2], {address: OGI_2021.complete({})[address]})
    found, _ = explain([*reports[:2], blank, reports[3]], parent_of(reports))
    (difference,) = found.differences
    assert difference.partial
    assert difference.difference == reports[2].tables.value(address)
    assert found.explained == ()
    below = parent_of([reports[0]])
    cells = {address: below.tables[address]}
    low, _ = explain([*reports[:2], blank, reports[3]], with_cells(parent_of(reports), cells))
    assert [n.kind for n in low.notices] == ["below_known"]


class TestReport:
    def test_it_is_an_aggregate_with_last_years_sums(self):
        reports = bureaus(3)
        report = report_of(roll_up(sources(*reports)))
        assert (report.scope, report.agency.name) == ("aggregate", "清河市人民政府")
        last = report.previous.tables.value("requests/received/total")
        assert last == sum(r.previous.tables.value("requests/received/total") for r in reports)
        without = [*reports[:2], reports[2].model_copy(update={"previous": None})]
        assert report_of(roll_up(sources(*without))).previous is None

    def test_units_of_no_common_place_have_a_stand_in(self):
        made = roll_up(sources(unit("甲局", 1), unit("乙局", 2)))
        assert default_agency(made).name == "本级人民政府"

    def test_parts_by_unit_give_the_sum_and_are_eleven_at_most(self):
        reports = [unit(f"清河市{n}局", n, most=8) for n in range(30)]
        made = roll_up(sources(*reports))
        facts = [f for f in report_of(made).facts if f.label.endswith("新收政府信息公开申请")]
        assert len(facts) == 11
        assert facts[-1].label.startswith("其他单位")
        assert sum(f.value for f in facts) == made.tables.value("requests/received/total")

    def test_a_draft_lists_the_parts_and_every_number_is_accounted_for(self):
        reports = [unit(f"清河市{n}局", f"{n}50", most=8) for n in "甲乙丙丁戊己庚辛壬癸子丑寅"]
        drafted = write_draft(report_of(roll_up(sources(*reports))))
        overview = drafted.report.sections["overview"]
        assert "各单位新收政府信息公开申请中，清河市" in overview
        result = check_report(drafted.report)
        statuses = {m.status for m in result.mentions}
        assert not statuses & {"contradicted", "unaccounted"}
        parts = [m for m in result.mentions if any("新收政府信息公开申请" in f for f in m.facts)]
        assert len(parts) == 11
        assert not [f for f in result.findings if f.code.startswith("NUM")]
        assert all(f.source.startswith(BREAKDOWN_SOURCE) for f in drafted.report.facts)
