"""The injection cases of `cases.yml`: a small report each, with hostile text in one field.

A case is read as a user's file is: written as JSON and taken in by the program's own reader.
"""

import copy
import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from report_writer.domain.report import AnnualReport
from report_writer.readers.dispatch import read

FILE = Path(__file__).with_name("cases.yml")
Place = Literal[
    *("notes", "fact_label", "fact_unit", "fact_source", "agency_name", "self_reference"),
    *("superior", "previous_overview", "previous_fact", "steer", "accepted"),
]  # type: ignore[valid-type]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    field: Place
    becomes: Literal["set_aside", "used", "refused"]
    text: str = Field(min_length=4)
    topic: str = "proactive"
    repeat: int = Field(default=1, ge=1)
    never: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """A report with hostile text in `field`, and what has to become of it."""

    name: str
    field: str
    text: str
    becomes: str
    never: tuple[str, ...]
    steer: str
    report: AnnualReport


def load_cases(file: Path = FILE) -> tuple[Case, ...]:
    """Return all cases in the order of the file; pydantic's ValidationError where one is malformed."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    return tuple(
        _case(name, _Entry.model_validate(item), data["base"])
        for name, item in data["cases"].items()
    )


def _case(name: str, entry: _Entry, base: dict[str, Any]) -> Case:
    text = entry.text * entry.repeat
    mapping = copy.deepcopy(base)
    _put(mapping, entry, text)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        path.write_text(json.dumps(mapping, ensure_ascii=False), encoding="utf-8")
        report = read(path)
    steer = text if entry.field == "steer" else ""
    return Case(name, entry.field, text, entry.becomes, entry.never, steer, report)


def _put(mapping: dict[str, Any], entry: _Entry, text: str) -> None:
    """Put the hostile text into its field."""
    agency, fact = mapping["agency"], mapping["facts"][0]
    match entry.field:
        case "notes":
            mapping["notes"].setdefault(entry.topic, []).append(text)
        case "fact_label" | "fact_unit" | "fact_source":
            fact[entry.field.removeprefix("fact_")] = text
        case "agency_name":
            agency["name"] = text
        case "self_reference" | "superior":
            agency[entry.field] = text
        case "previous_overview":
            mapping["previous"] = _last_year(mapping, sections={"overview": text})
        case "previous_fact":
            mapping["previous"] = _last_year(mapping, facts=[{**fact, "label": text}])
        case "accepted":
            mapping["accepted"] = [{"code": "TAB401", "at": "requests", "reason": text}]


def _last_year(mapping: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"year": mapping["year"] - 1, "blank_is_zero": True, "tables": {}, **more}
