"""Random reports and ways to compare what was read with what was written."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from report_writer.domain.cells import BLANK, NOT_APPLICABLE, Cell, CellKind, Tables
from report_writer.domain.report import (
    Acceptance,
    Agency,
    AgencyKind,
    AgencyLevel,
    AnnualReport,
    PreviousYear,
    ProcessingFee,
    RegisteredFact,
    Scope,
    Topic,
)
from report_writer.forms import OGI_2021
from report_writer.forms.workbook import total_cell, totals_of

CHINESE = st.text(
    alphabet="公开信息机关办理数量培训及时全年共计0123456789，、=+-@<&>|*#\\\"'（）",
    min_size=1,
    max_size=30,
)
LINES = CHINESE.map(lambda t: "本机关" + t + "。")
WORDS = st.sampled_from(["区住建局", "我局", "=1+1", "+86", "-3", "@甲", "信息<b>", "“引号”", "条"])
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2).map(lambda d: d.normalize() + 0)


def figure(decimal: bool) -> st.SearchStrategy[Cell]:
    numbers = AMOUNTS if decimal else st.integers(min_value=0, max_value=99999)
    return st.one_of(
        numbers.map(Cell.number), numbers.map(Cell.number), st.just(BLANK), st.just(NOT_APPLICABLE)
    )


@st.composite
def tables(draw: st.DrawFn, *, balanced: bool = False) -> Tables:
    cells = {a: draw(figure(OGI_2021.is_decimal(a))) for a in OGI_2021.addresses}
    if balanced:
        totals = totals_of(OGI_2021)
        inner = sorted(totals, key=lambda a: any(part in totals for part in totals[a]))
        for address in inner:
            cells[address] = total_cell([cells[part] for part in totals[address]])
    return OGI_2021.complete(cells)


def sections(keys: tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    text = st.lists(LINES, min_size=1, max_size=4).map("\n".join)
    return st.fixed_dictionaries({key: text for key in keys})


NARRATIVE = (
    "preface",
    "overview",
    "proactive",
    "requests",
    "remedies",
    "problems",
    "other_matters",
)


@st.composite
def printed_reports(draw: st.DrawFn) -> AnnualReport:
    """What a printed format holds: title, tables, prose."""
    text = draw(sections(NARRATIVE))
    return AnnualReport(
        form="ogi_2021",
        year=2024,
        agency=Agency(name="清河市水利局"),
        tables=draw(tables()),
        sections={"title": "清河市水利局2024年政府信息公开工作年度报告", **text},
    )


@st.composite
def whole_reports(draw: st.DrawFn) -> AnnualReport:
    """Everything the report file can hold."""
    fact = st.builds(
        RegisteredFact, label=CHINESE.map(lambda t: "登记" + t), value=AMOUNTS, unit=WORDS, source=WORDS,
        scope=st.sampled_from([None, *Scope]),
    )  # fmt: skip
    previous = st.builds(
        PreviousYear, year=st.just(2023), form=st.just("ogi_2021"), tables=st.none() | tables(),
        facts=st.lists(fact, max_size=2).map(tuple), sections=sections(("overview",)),
    )  # fmt: skip
    return AnnualReport(
        form="ogi_2021",
        year=2024,
        agency=Agency(
            name="清河市水利局",
            short_name=draw(st.none() | WORDS),
            self_reference=draw(st.none() | WORDS),
            kind=draw(st.sampled_from([None, *AgencyKind])),
            level=draw(st.sampled_from([None, *AgencyLevel])),
            superior=draw(st.none() | WORDS),
        ),
        scope=draw(st.sampled_from(list(Scope))),
        tables=draw(tables(balanced=draw(st.booleans()))),
        facts=draw(st.lists(fact, max_size=3).map(tuple)),
        notes=draw(
            st.dictionaries(
                st.sampled_from(list(Topic)), st.lists(LINES, min_size=1, max_size=3).map(tuple)
            )
        ),
        previous=draw(st.none() | previous),
        sections=draw(sections(("title", *NARRATIVE)) | st.just({})),
        processing_fee=draw(st.none() | st.builds(ProcessingFee, notices=AMOUNTS, charged=AMOUNTS)),
        accepted=draw(
            st.lists(
                st.builds(Acceptance, code=st.just("TAB301"), at=WORDS, reason=LINES), max_size=2
            ).map(tuple)
        ),
    )


def cells_of(
    values: Tables | None,
) -> dict[str, tuple[CellKind, Decimal | None, str | None]] | None:
    return (
        None if values is None else {a: (c.kind, c.value, c.raw) for a, c in values.cells.items()}
    )


def comparable(report: AnnualReport) -> dict[str, Any]:
    """The report without provenance and remarks."""
    data = report.model_dump(exclude={"tables", "remarks", "previous"})
    data["tables"] = cells_of(report.tables)
    if report.previous is not None:
        data["previous"] = report.previous.model_dump(exclude={"tables"})
        data["previous_tables"] = cells_of(report.previous.tables)
    return data
