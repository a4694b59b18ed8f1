"""A report of our own making in which every cell holds another number."""

from collections.abc import Callable
from typing import Any

import pytest

from report_writer.domain.cells import BLANK, NOT_APPLICABLE, Cell, Tables
from report_writer.domain.generation import FilledFigure
from report_writer.domain.report import Agency, AgencyKind, AnnualReport
from report_writer.exporters.document import Document
from report_writer.forms import OGI_2021

OVERVIEW = (
    "2024年，本局把公开贯穿办事全程。\n"
    "（一）主动公开。全年发布信息4321条，“一网通办”页面保持可用。\n"
    "（二）依申请公开情况。本年新收政府信息公开申请27件，均依法答复。"
)


def distinct_tables() -> Tables:
    """1, 2, 3 … through all 200 cells; the charges have a fraction."""
    cells = {a: Cell.number(i) for i, a in enumerate(OGI_2021.addresses, start=1)}
    cells["proactive/charges/amount"] = Cell.number("1234.5")
    return OGI_2021.complete(cells)


def filled(section_text: str, quote: str, fact: str, **rest: Any) -> FilledFigure:
    """The provenance of a quote in a section."""
    start = section_text.index(quote)
    return FilledFigure(
        start=start, end=start + len(quote), quote=quote, slot="F1", fact=fact, label="标签", **rest
    )


@pytest.fixture
def report() -> AnnualReport:
    return AnnualReport(
        form="ogi_2021",
        year=2024,
        agency=Agency(name="云溪市水务局", kind=AgencyKind.DEPARTMENT),
        tables=distinct_tables(),
        sections={
            "preface": "本报告依据有关规定编制。",
            "overview": OVERVIEW,
            "requests": "申请办理情况见下表。",
            "problems": "解读形式不多。下一步增加图解。",
            "other_matters": "全年未收取信息处理费。",
        },
    )


@pytest.fixture
def document(report: AnnualReport) -> Document:
    return Document(report=report)


@pytest.fixture
def with_cells(report: AnnualReport) -> Callable[..., AnnualReport]:
    """The report with some cells replaced by blank, "/" or an illegal text."""

    def replace(
        *, blank: str = "", slash: str = "", illegal: tuple[str, str] | None = None
    ) -> AnnualReport:
        assert report.tables is not None
        cells = dict(report.tables.cells)
        if blank:
            cells[blank] = BLANK
        if slash:
            cells[slash] = NOT_APPLICABLE
        if illegal:
            cells[illegal[0]] = Cell.illegal(illegal[1])
        return report.model_copy(update={"tables": Tables(cells=cells)})

    return replace


@pytest.fixture
def figure() -> Callable[..., FilledFigure]:
    return filled
