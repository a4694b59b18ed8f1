"""The report file: what is written reads back as the same report."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from report_writer.domain.cells import BLANK, NOT_APPLICABLE, Cell
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
from report_writer.exporters.document import Document
from report_writer.exporters.to_json import json_text, report_to_mapping, write_json, write_report
from report_writer.forms import OGI_2021
from report_writer.readers.from_json import load_json, read_yaml, report_from_mapping


def read_again(report: AnnualReport) -> AnnualReport:
    data = json_text(report_to_mapping(report)).encode()
    return report_from_mapping(load_json(data, "again.json"), name="again.json")


def test_full_report_survives(report: AnnualReport) -> None:
    full = report.model_copy(
        update={
            "agency": Agency(
                name="云溪市水务局", short_name="市水务局", self_reference="我局",
                kind=AgencyKind.DEPARTMENT, level=AgencyLevel.CITY, superior="市委、市政府",
            ),
            "scope": Scope.OWN,
            "facts": (
                RegisteredFact(label="发布", value=Decimal(213), unit="条", source="后台"),
                RegisteredFact(label="访问", value=Decimal("3.12"), unit="万人次", scope=Scope.AGGREGATE),
            ),
            "notes": {Topic.PROACTIVE: ("设立公开栏",), Topic.PROBLEMS: ("人手少", "解读少")},
            "previous": PreviousYear(
                year=2023, form="ogi_2021", tables=report.tables,
                facts=(RegisteredFact(label="发布", value=Decimal(200), unit="条"),),
                sections={"overview": "去年。"},
            ),
            "processing_fee": ProcessingFee(notices=Decimal(2), charged=Decimal("150.5")),
            "accepted": (Acceptance(code="TAB301", at="requests/carried_over/total", reason="合并"),),
        }
    )  # fmt: skip
    assert read_again(full) == full


cells = st.one_of(
    st.integers(0, 10**6).map(Cell.number),
    st.just(BLANK),
    st.just(NOT_APPLICABLE),
    st.sampled_from(["约5", "-1", "1.5", "12", "１２", "=1+1", "nan"]).map(Cell.illegal),
)


@given(
    st.dictionaries(st.sampled_from([a for a in OGI_2021.addresses if "charges" not in a]), cells)
)
def test_any_cells_survive(known: dict[str, Cell]) -> None:
    report = AnnualReport(
        form="ogi_2021", year=2024, agency=Agency(name="甲"), scope=Scope.OWN,
        tables=OGI_2021.complete(known),
    )  # fmt: skip
    assert read_again(report) == report


@given(st.decimals(0, 10**8, places=4))
def test_amounts_are_exact_strings(amount: Decimal) -> None:
    tables = OGI_2021.complete({"proactive/charges/amount": Cell.number(amount)})
    report = AnnualReport(
        form="ogi_2021", year=2024, agency=Agency(name="甲"), scope=Scope.OWN, tables=tables
    )
    written = report_to_mapping(report)["tables"]["proactive"]["charges"]["amount"]
    assert isinstance(written, str)
    assert read_again(report) == report


def test_shape_of_the_file(report: AnnualReport) -> None:
    mapping = report_to_mapping(report)
    assert list(mapping)[:4] == ["schema", "form", "year", "agency"]
    assert mapping["agency"] == {"name": "云溪市水务局", "kind": "department"}
    assert mapping["tables"]["requests"]["received"]["total"] == 17
    assert mapping["tables"]["proactive"]["charges"]["amount"] == "1234.5"
    assert "facts" not in mapping


def test_no_tables_stay_no_tables(report: AnnualReport) -> None:
    bare = report.model_copy(update={"tables": None, "scope": Scope.OWN})
    assert report_to_mapping(bare)["tables"] is None
    assert read_again(bare) == bare


def test_files_are_utf8_with_a_newline_at_the_end(report: AnnualReport, tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    write_report(Document(report=report), target)
    text = target.read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert "云溪市水务局" in text
    assert '\n "year": 2024' in text
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize("suffix", [".yaml", ".yml"])
def test_yaml_holds_the_same(report: AnnualReport, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"a{suffix}"
    write_report(Document(report=report), target)
    assert yaml.safe_load(target.read_text(encoding="utf-8")) == report_to_mapping(report)
    assert read_yaml(target).tables == report.tables


def test_half_a_surrogate_pair_does_not_stop_the_file(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    write_json({"text": "坏\ud800字"}, target)
    assert json.loads(target.read_text(encoding="utf-8")) == {"text": "坏?字"}
