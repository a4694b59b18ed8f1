"""How alike are the rule-written drafts of many agencies?

    python -m eval.variety [-n 200]     prints, for agencies with notes and for empty ones, the likeness

Names, self references and numbers are masked; title, preface and tables are not counted. Agencies
with notes come from `examples/batch-50/generate.py`, empty ones have nothing but zeros and no notes.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz

from report_writer.domain.report import AnnualReport
from report_writer.drafting.writer import SECTIONS, write_draft
from report_writer.readers.dispatch import read
from report_writer.readers.from_json import report_from_mapping

ROOT = Path(__file__).resolve().parents[1]
_PLACES = "东西南北中上下前后左"
_TRADES = ("水利", "教育", "民政", "交通", "林业", "审计", "统计", "司法", "财政", "体育",
           "文化", "卫生", "商务", "城管", "住建", "农业", "人社", "环保", "应急", "科技")  # fmt: skip


def empty(count: int) -> Iterator[AnnualReport]:
    """Return agencies with zeros only and without notes: what differs is the name."""
    for n in range(count):
        name = f"{_PLACES[n // len(_TRADES) % len(_PLACES)]}山县{_TRADES[n % len(_TRADES)]}局"
        yield report_from_mapping(
            {
                "year": 2024,
                "blank_is_zero": True,
                "tables": {},
                "agency": {"name": name, "self_reference": "我局", "kind": "department"},
            },
            name=name,
        )


def generated(count: int) -> Iterator[AnnualReport]:
    """Return believable agencies with notes of their own."""
    with tempfile.TemporaryDirectory() as folder:
        script = ROOT / "examples" / "batch-50" / "generate.py"
        target = Path(folder) / "in"
        subprocess.run(
            [sys.executable, str(script), "-n", str(count), "-o", str(target)],
            check=True,
            capture_output=True,
        )
        yield from (read(path) for path in sorted(target.glob("*.json")))


def masked(report: AnnualReport) -> str:
    """Return the drafted sections of a report without its name, self reference and numbers."""
    sections = write_draft(report).report.sections
    text = "\n".join(sections[key] for key in SECTIONS)
    text = text.replace(report.agency.name, "某").replace(report.self_reference, "某")
    return re.sub(r"[0-9.]+", "0", text)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("-n", type=int, default=200)
    count = parser.parse_args().n
    for name, reports in (("with notes", generated(count)), ("empty", empty(count))):
        texts = [masked(report) for report in reports]
        alike = [fuzz.ratio(one, other) for one, other in combinations(texts, 2)]
        print(
            f"{name}: {len(texts)} drafts, {len(set(texts))} different, most alike "
            f"{max(alike):.0f} of 100, on average {sum(alike) / len(alike):.0f}"
        )


if __name__ == "__main__":
    main()
