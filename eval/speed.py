"""How fast and how large: a report and its text in memory → the ledger, no I/O, one core.

Processor time, so that what else runs on the machine does not count for much. Two texts of 2,400
characters: a dense one, with more figures than any published report we know, and one with as many as
published reports have (16 to 26 numerals per 1,000 characters, dates and articles included).

`python -m eval.speed` prints both; many checks in a row, and memory over time, are `eval.scale`'s.
"""

import argparse
import os
import platform
import re
import resource
import statistics
import sys
import time
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random

from eval.synthetic import document
from eval.wording.others import NOT_FIGURES, PROBLEMS
from report_writer.checks import check_report
from report_writer.domain.report import AnnualReport
from report_writer.readers.from_json import report_from_mapping

LENGTH = 2400
_MARKED = re.compile(r"\{#(.*?)\}")


@dataclass(frozen=True)
class Speed:
    """Reports a second, milliseconds a report (median and 95th), mean length.

    `numerals` are mentions per 1,000 characters: figures, claims, dates and the like.
    """

    per_second: float
    median_ms: float
    p95_ms: float
    characters: int
    numerals: float


@dataclass(frozen=True)
class Speeds:
    """The speed on dense text and on text as published; peak memory in MiB."""

    dense: Speed
    usual: Speed
    peak_mib: int


def measure_speed(count: int) -> Speeds:
    """Check `count` different reports of 2,400 characters of either kind, one after the other."""
    dense = _measure(count, dense=True)
    usual = _measure(count, dense=False)
    return Speeds(dense, usual, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def _measure(count: int, *, dense: bool) -> Speed:
    times: list[float] = []
    characters = mentions = 0
    # The first report pays for loading rules and patterns; a server or a batch pays it once.
    check_report(long_report(count, dense=dense))
    # One report in memory at a time, so that the peak is that of checking one.
    for number in range(count):
        report = long_report(number, dense=dense)
        start = time.process_time()
        result = check_report(report)
        times.append(time.process_time() - start)
        characters += sum(map(len, report.sections.values()))
        mentions += len(result.mentions)
    times.sort()
    return Speed(
        per_second=count / sum(times),
        median_ms=statistics.median(times) * 1000,
        p95_ms=times[int(len(times) * 0.95)] * 1000,
        characters=round(characters / count),
        numerals=1000 * mentions / characters,
    )


def long_report(number: int, *, dense: bool = True) -> AnnualReport:
    """Return a report of about 2,400 characters, the text of a middling published one."""
    mapping = document(number, seed=7, long=dense).mapping()
    sections = dict(mapping["sections"])  # type: ignore[call-overload]
    plain = [sections["problems"]] if dense else _prose(number)
    for paragraph in cycle(plain):
        if sum(map(len, sections.values())) + len(paragraph) >= LENGTH:
            break
        sections["problems"] += "\n" + paragraph
    return report_from_mapping({**mapping, "sections": sections}, name="speed")


def _prose(number: int) -> list[str]:
    """Return paragraphs that say little in figures, in an order of their own for each report."""
    rng = Random(number)
    marked = [_MARKED.sub(r"\1", sentence) for sentence in NOT_FIGURES]
    return [
        "".join((*rng.sample(marked, 2), rng.choice(PROBLEMS), *rng.sample(PROBLEMS, 2)))
        for _ in range(20)
    ]


def machine() -> str:
    """Return the machine class: processor, cores, Python."""
    model = platform.processor() or platform.machine()
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
            model = next(
                (x.split(":", 1)[1].strip() for x in lines if x.startswith("model name")), model
            )
    except OSError:
        pass
    cores = os.cpu_count() or 1
    return f"{model}, {cores} cores, {platform.system()}, Python {platform.python_version()}"


def main() -> int:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(prog="python -m eval.speed", description=__doc__)
    parser.add_argument("--reports", type=int, default=400)
    options = parser.parse_args()
    print(machine())
    speeds = measure_speed(options.reports)
    for name, speed in (("dense", speeds.dense), ("as published", speeds.usual)):
        print(
            f"{name}: {speed.characters} characters, {speed.numerals:.0f} numerals per 1,000:"
            f" {speed.per_second:.0f} reports a second, median {speed.median_ms:.1f} ms,"
            f" 95th percentile {speed.p95_ms:.1f} ms"
        )
    print(f"peak memory {speeds.peak_mib} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
