"""The report file of contract 1 from a report, and any JSON or YAML file of the contract."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from report_writer.domain.cells import Cell, CellKind, Frozen, Tables, plain
from report_writer.domain.report import SCHEMA, AnnualReport, PreviousYear, RegisteredFact
from report_writer.exporters.atomic import write_whole
from report_writer.exporters.document import Document
from report_writer.forms import FORMS, Form


def report_to_mapping(report: AnnualReport) -> dict[str, Any]:
    """Return the report file: read back, it gives the same report.

    Every cell of the form is written: counts as integers, amounts as strings, a blank as null,
    "/" as itself, an illegal value as the text that was found.
    """
    form = FORMS[report.form]
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "form": report.form,
        "year": report.year,
        "agency": _given(report.agency),
        "scope": report.scope and report.scope.value,
        "tables": _tables(report.tables, form),
        "facts": [_fact(fact) for fact in report.facts],
        "notes": {topic.value: list(lines) for topic, lines in report.notes.items()},
        "previous": report.previous and _previous(report.previous),
        "sections": dict(report.sections),
        "processing_fee": report.processing_fee and _given(report.processing_fee),
        "accepted": [_given(item) for item in report.accepted],
    }
    needed = {"schema", "form", "year", "agency", "tables"}
    return {key: value for key, value in data.items() if key in needed or value}


def write_report(document: Document, path: str | Path) -> None:
    """Write the report file, `.json` or `.yaml` by suffix. Raises WriteError."""
    write_json(report_to_mapping(document.report), path)


def write_json(mapping: Mapping[str, Any], path: str | Path) -> None:
    """Write an object as `.json`, or as `.yaml`/`.yml` by suffix. Raises WriteError."""
    path = Path(path)
    yaml = path.suffix.lower() in {".yaml", ".yml"}
    text = yaml_text(mapping) if yaml else json_text(mapping)
    # NOTE: half a surrogate pair, which JSON can smuggle in, has no UTF-8 form and becomes "?".
    write_whole(path, text.encode("utf-8", "replace"))


def json_text(mapping: Mapping[str, Any]) -> str:
    """Return an object as JSON text: readable Chinese, indent 1, newline at the end."""
    return json.dumps(mapping, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def yaml_text(mapping: Mapping[str, Any]) -> str:
    """Return an object as YAML text in the same order."""
    import yaml

    # NOTE: through JSON, so that both files hold the same values and no Python type leaks in.
    plain_values = json.loads(json_text(mapping))
    return str(yaml.safe_dump(plain_values, allow_unicode=True, sort_keys=False, width=10_000))


def _tables(tables: Tables | None, form: Form) -> dict[str, Any] | None:
    if tables is None:
        return None
    data: dict[str, Any] = {}
    for address in form.addresses:
        table, row, column = address.split("/")
        value = _cell(tables[address], decimal=form.is_decimal(address))
        data.setdefault(table, {}).setdefault(row, {})[column] = value
    return data


def _cell(cell: Cell, *, decimal: bool) -> int | str | None:
    if cell.kind is CellKind.BLANK:
        return None
    if cell.value is None or decimal:
        return cell.text
    return _whole_or_text(cell.value)


def _whole_or_text(value: Decimal) -> int | str:
    return int(value) if value == value.to_integral_value() else plain(value)


def _previous(previous: PreviousYear) -> dict[str, Any]:
    data: dict[str, Any] = {"year": previous.year, "form": previous.form}
    if previous.tables is not None:
        data["tables"] = _tables(previous.tables, FORMS[previous.form])
    if previous.facts:
        data["facts"] = [_fact(fact) for fact in previous.facts]
    if previous.sections:
        data["sections"] = dict(previous.sections)
    return data


def _fact(fact: RegisteredFact) -> dict[str, Any]:
    return _given(fact) | {"value": _exact(fact.value)}


def _given(value: Frozen) -> dict[str, Any]:
    """Return the fields of a value that are set; decimals exact."""
    fields = value.model_dump(exclude_none=True, mode="python")
    return {k: _exact(v) if isinstance(v, Decimal) else v for k, v in fields.items() if v != ""}


def _exact(value: Decimal) -> int | float | str:
    """Return a JSON number that reads back as the same decimal, else its text."""
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else plain(value)
