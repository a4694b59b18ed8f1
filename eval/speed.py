"""How fast and how large: a report and its text in memory → the ledger, no I/O, one core.

Processor time, so that what else runs on the machine does not count.
"""

import os
import platform
import resource
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from eval.synthetic import document
from report_writer.checks import check_report
from report_writer.domain.report import AnnualReport
from report_writer.readers.from_json import report_from_mapping

LENGTH = 2400


@dataclass(frozen=True)
class Speed:
    """Reports a second, milliseconds a report (median and 95th), mean length, peak memory in MiB."""

    per_second: float
    median_ms: float
    p95_ms: float
    characters: int
    peak_mib: int


def measure_speed(count: int) -> Speed:
    """Check `count` different reports of 2,400 characters, one after the other."""
    times, lengths = [], []
    # The first report pays for loading rules and patterns; a server or a batch pays it once.
    check_report(long_report(count))
    # One report in memory at a time, so that the peak is that of checking one.
    for number in range(count):
        report = long_report(number)
        lengths.append(sum(map(len, report.sections.values())))
        start = time.process_time()
        check_report(report)
        times.append(time.process_time() - start)
    times.sort()
    return Speed(
        per_second=count / sum(times),
        median_ms=statistics.median(times) * 1000,
        p95_ms=times[int(len(times) * 0.95)] * 1000,
        characters=round(statistics.mean(lengths)),
        peak_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


def long_report(number: int) -> AnnualReport:
    """Return a report of about 2,400 characters, the text of a middling published one."""
    made = document(number, seed=7, long=True)
    mapping = made.mapping()
    sections = dict(mapping["sections"])  # type: ignore[call-overload]
    filler = sections["problems"]
    while sum(map(len, sections.values())) + len(filler) < LENGTH:
        sections["problems"] += "\n" + filler
    return report_from_mapping({**mapping, "sections": sections}, name="speed")


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
