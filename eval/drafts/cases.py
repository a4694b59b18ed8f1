"""The fixed cases: reports with figures and notes, as `cases.yml` has them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from report_writer.domain.report import AnnualReport
from report_writer.readers.dispatch import read
from report_writer.readers.from_json import report_from_mapping

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parents[1] / "examples"


@dataclass(frozen=True)
class Case:
    """A report to draft. `hostile` are notes that must not come true."""

    name: str
    title: str
    report: AnnualReport
    hostile: tuple[str, ...] = ()

    def wanted_notes(self) -> list[tuple[str, str]]:
        """Return (topic, note) for every note that a draft should use."""
        return [
            (topic.value, note)
            for topic, notes in self.report.notes.items()
            for note in notes
            if note not in self.hostile
        ]


def load_cases() -> tuple[Case, ...]:
    """Return all cases in the order of the file."""
    data: dict[str, Any] = yaml.safe_load((HERE / "cases.yml").read_text(encoding="utf-8"))
    return tuple(_case(name, item) for name, item in data.items())


def _case(name: str, item: dict[str, Any]) -> Case:
    if "example" in item:
        report = read(EXAMPLES / item["example"] / "report.json")
    else:
        mapping = {**item["report"]}
        if "previous" in item:
            mapping["previous"] = item["previous"]
        report = report_from_mapping(mapping, name=name)
    return Case(name, item["title"], report, tuple(item.get("hostile", ())))
