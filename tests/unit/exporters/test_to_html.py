"""The HTML page: provenance, escaping, self-containment."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from report_writer.domain.cells import Cell, Tables
from report_writer.domain.generation import FilledFigure
from report_writer.domain.report import Agency, AnnualReport, RegisteredFact
from report_writer.exporters.document import Document, RawSlotError
from report_writer.exporters.to_html import html_text, write_html
from report_writer.forms import OGI_2021


class Page(HTMLParser):
    """Collects elements with attributes, and the text of `data`, `p`, `td` and `th`."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {
            "data": [],
            "p": [],
            "td": [],
            "th": [],
            "h2": [],
            "h1": [],
        }
        self._open: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in self.texts:
            self._open.append(tag)
            self.texts[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.texts:
            self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        for tag in self._open:
            self.texts[tag][-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture
def filled(report: AnnualReport, figure: Callable[..., FilledFigure]) -> Document:
    overview = report.sections["overview"]
    facts = (RegisteredFact(label="网站发布", value=4321, unit="条"),)
    figures = (
        figure(overview, "27件", "facts/收件"),
        figure(overview, "4321条", "facts/网站发布"),
    )
    return Document(
        report=report.model_copy(update={"facts": facts}), figures={"overview": figures}
    )


def test_filled_numbers_carry_value_and_fact(filled: Document) -> None:
    page = Page(html_text(filled))
    found = [
        (a["value"], a["data-fact"], text)
        for a, text in zip(page.all("data"), page.texts["data"], strict=True)
        if (a["data-fact"] or "").startswith("facts/")
    ]
    assert found == [("4321", "facts/网站发布", "4321条"), ("27", "facts/收件", "27件")]


def test_paragraph_text_is_the_line(filled: Document) -> None:
    page = Page(html_text(filled))
    lines = [
        line
        for key in ("preface", "overview", "requests", "problems", "other_matters")
        for line in filled.report.sections[key].split("\n")
    ]
    assert page.texts["p"] == lines
    assert page.texts["h2"] == [section.heading for section in OGI_2021.sections]
    assert page.texts["h1"] == ["云溪市水务局2024年政府信息公开工作年度报告"]


def test_every_cell_carries_its_address(document: Document) -> None:
    report = document.report
    assert report.tables is not None
    page = Page(html_text(document))
    cells = {a["data-fact"]: a["value"] for a in page.all("data")}
    assert cells == {address: cell.text for address, cell in report.tables.cells.items()}
    assert len(page.texts["td"]) == 200
    spans = {
        t["text"]: t
        for t in ({"text": x, **a} for x, a in zip(page.texts["th"], page.all("th"), strict=True))
    }
    assert spans["申请人情况"]["colspan"] == "7"
    assert spans["三、本年度办理结果"]["rowspan"] == "22"


def test_blank_and_slash_are_no_data(with_cells: Callable[..., AnnualReport]) -> None:
    report = with_cells(blank="requests/received/total", slash="proactive/rules/issued")
    page = Page(html_text(Document(report=report)))
    assert len(page.all("data")) == 198
    kinds = {a["data-fact"]: a["class"] for a in page.all("td") if "data-fact" in a}
    assert kinds == {
        "requests/received/total": "blank",
        "proactive/rules/issued": "not_applicable",
    }


def test_zero_clause_and_unknown_value(
    report: AnnualReport, figure: Callable[..., FilledFigure]
) -> None:
    assert report.tables is not None
    text = "未发生行政复议，也没有别的情形。"
    cells = dict(report.tables.cells) | {"remedies/reconsideration/total": Cell.number(0)}
    figures = (
        figure(text, "未发生行政复议", "a + b", cells=("remedies/reconsideration/total",)),
        figure(text, "没有别的情形", "c + d", cells=("requests/received/total",)),
    )
    changed = report.model_copy(
        update={"tables": Tables(cells=cells), "sections": {"overview": text}}
    )
    page = Page(html_text(Document(report=changed, figures={"overview": figures})))
    assert [a["value"] for a in page.all("data") if a["data-fact"] == "a + b"] == ["0"]
    assert [a["data-fact"] for a in page.all("span")] == ["c + d"]


@pytest.mark.parametrize(
    "change",
    [{"quote": "26件"}, {"start": 900, "end": 903}, {"start": 0, "end": 0, "quote": ""}],
    ids=["another text", "behind the end", "nothing"],
)
def test_provenance_that_does_not_fit_the_text_is_refused(
    report: AnnualReport, figure: Callable[..., FilledFigure], change: dict[str, Any]
) -> None:
    right = figure(report.sections["overview"], "27件", "requests/received/total")
    stale = right.model_copy(update=change)
    for figures in ((stale,), (right, right)):
        with pytest.raises(ValueError, match="来源记录与正文不符"):
            html_text(Document(report=report, figures={"overview": figures}))


def test_agency_text_is_escaped(report: AnnualReport) -> None:
    evil = '<script>alert(1)</script><img src=x onerror="y">&lt;'
    dirty = report.model_copy(
        update={
            "agency": Agency(name=f"{evil}局"),
            "sections": {"overview": evil, "problems": evil},
        }
    )
    page = Page(html_text(Document(report=dirty)))
    assert page.all("script") == page.all("img") == []
    assert page.texts["p"] == [evil, evil]


def test_page_needs_nothing_else(document: Document, tmp_path: Path) -> None:
    target = tmp_path / "报告.html"
    write_html(document, target)
    markup = target.read_text(encoding="utf-8")
    page = Page(markup)
    assert page.all("html") == [{"lang": "zh-CN"}]
    policy: list[Any] = [m["content"] for m in page.all("meta") if "http-equiv" in m]
    assert policy[0].startswith("default-src 'none'")
    assert not re.search(r"https?:|url\(|@import|<link|<script|src=", markup)
    with pytest.raises(RawSlotError):
        html_text(
            Document(report=document.report.model_copy(update={"sections": {"overview": "{F1}"}}))
        )
