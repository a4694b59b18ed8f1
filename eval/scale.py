"""`python -m eval.scale -n 5000 --jobs 2`: many checks in a row, reports a second and memory over time.

Finished text and tables in memory → ledger, no drafting, no files. Each process makes its reports in
portions, untimed, checks the portion, timed, and notes its memory; a leak would show as memory that
grows with the count. Writes its part of eval/REPORT.md with `--write`.
"""

import argparse
import datetime
import json
import multiprocessing
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil

from eval.speed import long_report, machine
from eval.synthetic import document
from report_writer.checks import check_report
from report_writer.domain.report import AnnualReport
from report_writer.readers.from_json import report_from_mapping

HERE = Path(__file__).resolve().parent
STORED, REPORT = HERE / "scale.json", HERE / "REPORT.md"
BEGIN, END = "<!-- many checks -->", "<!-- end of many checks -->"
PORTION = 250
SEED = 11
# Marks of the way at which rate and memory are shown.
MARKS = 10


def _report(number: int, *, short: bool) -> AnnualReport:
    """Return a report of a few hundred characters, or of 2,400: the middling published one."""
    if short:
        return report_from_mapping(document(number, seed=SEED).mapping(), name=str(number))
    return long_report(number)


def work(job: int, jobs: int, count: int, short: bool) -> list[dict[str, float]]:
    """Check every `jobs`-th of `count` reports; returns one line a portion."""
    process = psutil.Process(os.getpid())
    check_report(_report(0, short=short))
    lines: list[dict[str, float]] = []
    numbers = range(job, count, jobs)
    for start in range(0, len(numbers), PORTION):
        portion = [_report(n, short=short) for n in numbers[start : start + PORTION]]
        characters = sum(len(text) for r in portion for text in r.sections.values())
        wall, cpu = time.perf_counter(), time.process_time()
        crashes = sum(len(check_report(report).crashes) for report in portion)
        line = {"reports": len(portion), "characters": characters, "crashes": crashes}
        line |= {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
        lines.append(line | {"rss_mib": process.memory_info().rss / 2**20})
    return lines


def measure(count: int, jobs: int, *, short: bool = False) -> dict[str, Any]:
    """Run the processes and put their lines together."""
    started = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        lines = pool.starmap(work, [(job, jobs, count, short) for job in range(jobs)])
    whole = [line for one in lines for line in one]
    reports = sum(line["reports"] for line in whole)
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": machine(),
        "reports": reports,
        "short": short,
        "jobs": jobs,
        "characters": round(sum(line["characters"] for line in whole) / reports),
        "crashes": sum(line["crashes"] for line in whole),
        "elapsed": round(time.perf_counter() - started, 1),
        # Processes that check at the same time: the rates of all are added up.
        "per_second": round(sum(_rate(one, "wall") for one in lines), 1),
        "per_cpu_second": round(reports / sum(line["cpu"] for line in whole), 1),
        "course": _course(lines),
    }


def _rate(lines: Sequence[Mapping[str, float]], clock: str) -> float:
    return sum(line["reports"] for line in lines) / sum(line[clock] for line in lines)


def _course(lines: Sequence[Sequence[Mapping[str, float]]]) -> list[dict[str, float]]:
    """Return rate and memory along the way, all processes together, at some marks."""
    portions = min(len(one) for one in lines)
    marks = sorted({max(1, round(portions * i / MARKS)) for i in range(1, MARKS + 1)})
    course, before = [], 0
    for mark in marks:
        part = [one[before:mark] for one in lines]
        course.append(
            {
                "reports": sum(line["reports"] for one in lines for line in one[:mark]),
                "per_cpu_second": round(
                    sum(line["reports"] for one in part for line in one)
                    / sum(line["cpu"] for one in part for line in one),
                    1,
                ),
                "rss_mib": round(sum(one[mark - 1]["rss_mib"] for one in lines)),
            }
        )
        before = mark
    return course


def _kind(run: Mapping[str, Any]) -> tuple[int, bool]:
    return run["reports"], run["short"]


def section(runs: Sequence[Mapping[str, Any]]) -> str:
    """Return the part of eval/REPORT.md, a paragraph a run."""
    text = "## Many checks in a row\n\nWritten by `python -m eval.scale`. Finished text and tables in memory, no drafting.\n"
    for run in runs:
        text += (
            f"\n{run['reports']:,} reports of {run['characters']} characters, {run['jobs']} processes, "
            f"{run['date']}, {run['machine']}: **{run['per_second']} reports a second** together "
            f"({run['per_cpu_second']} a second of processor time), {run['crashes']} crashes; "
            f"{run['elapsed']:.0f} s with the making of the reports.\n\n"
            "| reports done | reports per second of processor time | memory of all processes, MiB |\n"
            "| --- | --- | --- |\n"
        )
        for mark in run["course"]:
            text += f"| {mark['reports']:,} | {mark['per_cpu_second']} | {mark['rss_mib']} |\n"
    return f"{BEGIN}\n{text}{END}\n"


def stored() -> list[dict[str, Any]]:
    """Return the recorded runs, one for each count and length of reports, smallest first."""
    if not STORED.is_file():
        return []
    runs: list[dict[str, Any]] = json.loads(STORED.read_text(encoding="utf-8"))
    return runs


def placed(report: str) -> str:
    """Return REPORT.md with its part about many checks replaced, or put before the last heading."""
    if not (runs := stored()):
        return report
    part = section(runs)
    before, found, rest = report.partition(BEGIN)
    if found:
        return before + part + rest.partition(END)[2].lstrip("\n")
    head, mark, tail = report.partition("## What this does not show")
    return f"{head.rstrip()}\n\n{part}\n{mark}{tail}"


def main() -> int:
    """Measure, print, and with --write record."""
    parser = argparse.ArgumentParser(prog="python -m eval.scale", description=__doc__)
    parser.add_argument("-n", type=int, default=5000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--short", action="store_true", help="texts of a few hundred characters")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if options.n < PORTION * options.jobs:
        parser.error(f"-n must be at least {PORTION * options.jobs}")
    run = measure(options.n, options.jobs, short=options.short)
    print(json.dumps(run, ensure_ascii=False, indent=1))
    if options.write:
        runs = [r for r in stored() if _kind(r) != _kind(run)] + [run]
        runs.sort(key=_kind)
        STORED.write_text(json.dumps(runs, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        REPORT.write_text(placed(REPORT.read_text(encoding="utf-8")), encoding="utf-8")
    return 1 if run["crashes"] else 0


if __name__ == "__main__":
    sys.exit(main())
