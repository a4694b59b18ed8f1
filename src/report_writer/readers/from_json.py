"""The report file of contract 1: JSON or YAML. Strict: what it does not know it refuses by name."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from report_writer.domain.cells import Cell, CellKind, Frozen, Tables
from report_writer.domain.report import (
    SCHEMA,
    Acceptance,
    Agency,
    AgencyKind,
    AnnualReport,
    PreviousYear,
    ProcessingFee,
    RegisteredFact,
    Scope,
    Topic,
)
from report_writer.forms import FORMS, Form, form_for_year
from report_writer.forms._form import read_cell
from report_writer.readers.errors import ReadError
from report_writer.readers.source import decode, read_bytes

E = TypeVar("E", bound=StrEnum)
M = TypeVar("M", bound=Frozen)
MAX_SECTION = 200_000
# What no register needs, and what would take for ever to print.
MAX_WHOLE_DIGITS, MAX_DECIMALS = 15, 6
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
SECTION_KEYS = (
    "title",
    "preface",
    "overview",
    "proactive",
    "requests",
    "remedies",
    "problems",
    "other_matters",
)
_KEYS = frozenset(
    {
        "schema",
        "form",
        "year",
        "agency",
        "scope",
        "tables",
        "facts",
        "notes",
        "previous",
        "sections",
        "processing_fee",
        "accepted",
        "blank_is_zero",
    }
)
_PREVIOUS_KEYS = frozenset({"year", "form", "tables", "facts", "sections", "blank_is_zero"})
_PYDANTIC = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认识这一项",
    "string_type": "应为文字",
    "string_too_short": "不能为空",
    "decimal_parsing": "应为数字",
    "decimal_type": "应为数字",
    "finite_number": "应为有限的数字",
    "enum": "取值不在允许的范围内",
}


def read_json(path: Path) -> AnnualReport:
    """Read a `.json` report file. Raises ReadError naming file and place."""
    return report_from_mapping(load_json(read_bytes(path), path.name), name=path.name)


def read_yaml(path: Path) -> AnnualReport:
    """Read a `.yaml` report file. Raises ReadError naming file and place."""
    import yaml

    from report_writer.readers.yaml_loading import load_yaml

    try:
        data = load_yaml(decode(read_bytes(path), path.name))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第{mark.line + 1}行第{mark.column + 1}列" if mark else ""
        why = {
            "alias": "的别名（*）重复了一整段内容，请直接写出",
            "double": "的键出现了两次，无法判断以哪个为准",
        }.get(getattr(error, "problem", None) or "", "无法读取")
        raise ReadError(f"{path.name}：不是有效的 YAML，{where}{why}") from error
    except RecursionError as error:
        raise ReadError(f"{path.name}：嵌套层数过多") from error
    if _has_surrogate(data):
        raise ReadError(f"{path.name}：文字中有不成对的代理字符，请改正")
    return report_from_mapping(data, name=path.name)


def load_json(data: bytes, name: str) -> Any:
    """Parse JSON strictly: no duplicate keys, no NaN, numbers exact."""

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(items)
        if len(result) != len(items):
            keys = [key for key, _ in items]
            double = next(key for key in keys if keys.count(key) > 1)
            raise ReadError(f"{name}：“{double}”出现了两次，无法判断以哪个为准")
        return result

    def constant(text: str) -> Any:
        raise ReadError(f"{name}：数字不能是 {text}")

    text = decode(data, name)
    try:
        parsed = json.loads(
            text, object_pairs_hook=pairs, parse_float=Decimal, parse_constant=constant
        )
    except json.JSONDecodeError as error:
        raise ReadError(
            f"{name}：不是有效的 JSON，第{error.lineno}行第{error.colno}列无法读取"
        ) from error
    except (RecursionError, ValueError) as error:
        raise ReadError(f"{name}：不是有效的 JSON（嵌套过深或数字过长）") from error
    if _SURROGATE.search(text) and _has_surrogate(parsed):
        raise ReadError(f"{name}：文字中有不成对的代理字符（\\ud800 一类），请改正")
    return parsed


def _has_surrogate(value: Any) -> bool:
    """Whether a parsed value holds half a character, which no file can be written with."""
    if isinstance(value, dict):
        return any(map(_has_surrogate, (*value.keys(), *value.values())))
    if isinstance(value, list):
        return any(map(_has_surrogate, value))
    return isinstance(value, str) and any("\ud800" <= c <= "\udfff" for c in value)


def report_from_mapping(data: object, *, name: str) -> AnnualReport:
    """Return the report in a parsed report file; `name` is the file's name in messages."""
    top = _mapping(data, name, "")
    _known(top, _KEYS, name, "")
    if (schema := top.get("schema", SCHEMA)) != SCHEMA:
        raise ReadError(f"{name}：schema 应为 {SCHEMA}，实为 {schema!r}")
    for key in ("year", "agency", "tables"):
        if key not in top:
            raise ReadError(f"{name}：缺少 {key}")
    year = _year(top["year"], name, "year")
    form = _form(top.get("form"), year, name, "form")
    agency = _model(Agency, _agency(top["agency"], name), name, "agency")
    scope = _enum(Scope, top.get("scope"), name, "scope")
    if scope is None and agency.kind is not AgencyKind.GOVERNMENT:
        scope = Scope.OWN
    tables = _tables(top, form, name, "")
    return AnnualReport(
        form=form.id,
        year=year,
        agency=agency,
        scope=scope,
        tables=tables,
        remarks=_unprinted(tables, form),
        facts=_facts(top.get("facts"), name, "facts"),
        notes=_notes(top.get("notes"), name),
        previous=_previous(top.get("previous"), year, name),
        sections=_sections(top.get("sections"), name, "sections"),
        processing_fee=_fee(top.get("processing_fee"), name),
        accepted=tuple(
            _model(Acceptance, item, name, f"accepted[{i}]")
            for i, item in enumerate(_list(top.get("accepted"), name, "accepted"))
        ),
    )


def _agency(data: object, name: str) -> object:
    # NOTE: explicit nulls mean "not given" in files that other programs write.
    if not isinstance(data, Mapping):
        return data
    given = {k: v for k, v in data.items() if v is not None}
    return {k: v.strip() if isinstance(v, str) else v for k, v in given.items()}


def _previous(data: object, year: int, name: str) -> PreviousYear | None:
    if data is None or data == {}:
        return None
    where = "previous"
    top = _mapping(data, name, where)
    _known(top, _PREVIOUS_KEYS, name, where)
    last = _year(top.get("year", year - 1), name, "previous.year")
    if last != year - 1:
        raise ReadError(f"{name}：previous.year 应为 {year - 1}，实为 {last}")
    form = _form(top.get("form"), last, name, "previous.form")
    return PreviousYear(
        year=last,
        form=form.id,
        tables=_tables(top, form, name, "previous.") if top.get("tables") else None,
        facts=_facts(top.get("facts"), name, "previous.facts"),
        sections=_sections(top.get("sections"), name, "previous.sections"),
    )


def _tables(top: Mapping[str, Any], form: Form, name: str, prefix: str) -> Tables | None:
    """Return the tables; None where the source had none at all (`"tables": null`)."""
    data = top.get("tables")
    if data is None:
        return None
    zero = top.get("blank_is_zero", False)
    if not isinstance(zero, bool):
        raise ReadError(f"{name}：{prefix}blank_is_zero 应为 true 或 false")
    known: dict[str, Cell] = {}
    for table_key, rows in _mapping(data, name, f"{prefix}tables").items():
        where = f"{prefix}tables.{table_key}"
        table = form.table_by_key.get(table_key)
        if table is None:
            raise _unknown(name, f"{prefix}tables", table_key, list(form.table_by_key), "表")
        for row_key, columns in _mapping(rows if rows is not None else {}, name, where).items():
            row = table.row_by_key.get(row_key)
            if row is None:
                raise _unknown(name, where, row_key, list(table.row_by_key), "行")
            for column, raw in _mapping(
                columns if columns is not None else {}, name, f"{where}.{row_key}"
            ).items():
                if column not in row.columns:
                    raise _unknown(name, f"{where}.{row_key}", column, list(row.columns), "列")
                address = f"{table_key}/{row_key}/{column}"
                known[address] = read_cell(raw, decimal=form.is_decimal(address))
    tables = form.complete(known)
    if not zero:
        return tables
    nought = Cell.number(0)
    return Tables(
        cells={
            a: nought if c.kind is CellKind.BLANK and a not in known and a not in form.absent else c
            for a, c in tables.cells.items()
        }
    )


def _unprinted(tables: Tables | None, form: Form) -> tuple[str, ...]:
    """Return a remark on the figures for which the form of the report has no cell."""
    cells = tables.cells if tables else {}
    there = [a for a in form.addresses if a in form.absent and a in cells and cells[a].value]
    if not there:
        return ()
    names = "、".join(form.place(address) for address in there[:5])
    more = f"等{len(there)}格" if len(there) > 5 else ""
    return (f"{names}{more}有数字，而{form.citation}的表格没有这些栏目，印出的表里看不到",)


def _facts(data: object, name: str, where: str) -> tuple[RegisteredFact, ...]:
    facts = []
    for index, item in enumerate(_list(data, name, where)):
        if isinstance(item, Mapping):
            item = {k: v for k, v in item.items() if v is not None}
            if isinstance(item.get("value"), bool):
                raise ReadError(f"{name}：{where}[{index}].value：应为数字")
        fact = _model(RegisteredFact, item, name, f"{where}[{index}]")
        _sensible(fact.value, name, f"{where}[{index}].value")
        facts.append(fact)
    labels = [fact.label for fact in facts]
    for label in labels:
        if labels.count(label) > 1:
            raise ReadError(f"{name}：{where} 中“{label}”登记了两次，请合并或改名")
    return tuple(facts)


def _fee(data: object, name: str) -> ProcessingFee | None:
    if data is None:
        return None
    fee = _model(ProcessingFee, data, name, "processing_fee")
    for key in ("notices", "charged", "collected"):
        if (value := getattr(fee, key)) is not None:
            _sensible(value, name, f"processing_fee.{key}")
    return fee


def _sensible(value: Decimal, name: str, where: str) -> None:
    """Refuse a registered number below 0 or longer than any register needs."""
    exponent = value.as_tuple().exponent
    if value < 0:
        raise ReadError(f"{name}：{where}：应为不小于0的数")
    whole_digits = value.adjusted() + 1
    if not isinstance(exponent, int) or exponent < -MAX_DECIMALS or whole_digits > MAX_WHOLE_DIGITS:
        raise ReadError(
            f"{name}：{where}：数字过长（整数至多{MAX_WHOLE_DIGITS}位，小数至多{MAX_DECIMALS}位）"
        )


def _notes(data: object, name: str) -> dict[Topic, tuple[str, ...]]:
    notes: dict[Topic, tuple[str, ...]] = {}
    for key, lines in _mapping({} if data is None else data, name, "notes").items():
        if key not in list(Topic):
            raise _unknown(name, "notes", key, list(Topic), "主题")
        lines = [lines] if isinstance(lines, str) else lines
        for index, line in enumerate(_list(lines, name, f"notes.{key}")):
            if not isinstance(line, str):
                raise ReadError(f"{name}：notes.{key}[{index}]：应为文字")
        kept = tuple(line.strip() for line in lines or () if line.strip())
        if kept:
            notes[Topic(key)] = kept
    return notes


def _sections(data: object, name: str, where: str) -> dict[str, str]:
    sections = _mapping({} if data is None else data, name, where)
    for key, text in sections.items():
        if key not in SECTION_KEYS:
            raise _unknown(name, where, key, list(SECTION_KEYS), "部分")
        if not isinstance(text, str):
            raise ReadError(f"{name}：{where}.{key}：应为文字")
        if len(text) > MAX_SECTION:
            raise ReadError(f"{name}：{where}.{key}：超过 {MAX_SECTION} 字")
    return {key: text.replace("\r\n", "\n").replace("\r", "\n") for key, text in sections.items()}


def _mapping(data: object, name: str, where: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise ReadError(f"{name}：{where or '文件内容'}应为“键: 值”的对象")
    for key in data:
        if not isinstance(key, str):
            raise ReadError(f"{name}：{where or '文件'}中的键 {key!r} 应为文字")
    return data


def _list(data: object, name: str, where: str) -> list[Any]:
    if data is None:
        return []
    if not isinstance(data, list | tuple):
        raise ReadError(f"{name}：{where} 应为列表")
    return list(data)


def _known(data: Mapping[str, Any], allowed: frozenset[str], name: str, where: str) -> None:
    for key in data:
        if key not in allowed:
            raise _unknown(name, where or "文件", key, sorted(allowed), "项")


def _unknown(name: str, where: str, key: str, allowed: list[str], what: str) -> ReadError:
    return ReadError(f"{name}：{where} 中有未知的{what}“{key}”；可用的{what}：{'、'.join(allowed)}")


def _year(raw: object, name: str, where: str) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 2008 <= raw <= 2100:
        raise ReadError(f"{name}：{where} 应为四位年份（如 2023），实为“{raw}”")
    return raw


def _form(raw: object, year: int, name: str, where: str) -> Form:
    if raw is None:
        return form_for_year(year)
    if not isinstance(raw, str) or raw not in FORMS:
        raise ReadError(
            f"{name}：{where} 为未知的格式 {raw!r}；可用的格式：{'、'.join(sorted(FORMS))}"
        )
    return FORMS[raw]


def _enum(kind: type[E], raw: object, name: str, where: str) -> E | None:
    if raw is None:
        return None
    try:
        return kind(str(raw))
    except ValueError as error:
        values = "、".join(str(v) for v in kind)
        raise ReadError(f"{name}：{where} 为未知的取值 {raw!r}；可用：{values}") from error


def _model(kind: type[M], data: object, name: str, where: str) -> M:
    mapping = _mapping(data, name, where)
    try:
        return kind.model_validate(dict(mapping))
    except ValidationError as error:
        lines = [
            f"{where}.{'.'.join(str(p) for p in item['loc'])}：{_PYDANTIC.get(item['type'], item['msg'])}"
            for item in error.errors()
        ]
        raise ReadError(f"{name}：{'；'.join(lines)}") from error
