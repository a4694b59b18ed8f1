"""The checker under test, through its public entry only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from report_writer.checks import check_report
from report_writer.domain.findings import Severity, Span, Status
from report_writer.readers.from_json import report_from_mapping

STATUS = {
    Status.BOUND: "supported",
    Status.DERIVED: "supported",
    Status.REGISTERED: "supported",
    Status.CONTRADICTED: "contradicted",
    Status.UNACCOUNTED: "unverified",
    Status.NOT_A_FIGURE: "not_a_figure",
}


@dataclass(frozen=True)
class Alarm:
    """A finding on numbers of severity error or warning, where it stands in the text."""

    section: str
    start: int
    end: int
    code: str
    message: str
    cells: frozenset[str]


@dataclass(frozen=True)
class Noticed:
    """A number or digit-less claim the checker listed, with its verdict in our words."""

    section: str
    start: int
    end: int
    verdict: str
    facts: frozenset[str]


@dataclass(frozen=True)
class Answer:
    """What a checker said of one report."""

    alarms: tuple[Alarm, ...]
    mentions: tuple[Noticed, ...]
    crashes: tuple[str, ...] = ()


def ask_checker(mapping: Mapping[str, Any]) -> Answer:
    """Check one report file held in memory."""
    result = check_report(report_from_mapping(dict(mapping), name="eval"))
    alarms = [
        Alarm(f.at.section, f.at.start, f.at.end, f.code, f.message, frozenset(f.cells))
        for f in result.findings
        if f.code.startswith("NUM")
        and f.severity in (Severity.ERROR, Severity.WARNING)
        and isinstance(f.at, Span)
    ]
    mentions = [
        Noticed(m.section, m.start, m.end, STATUS[m.status], frozenset(m.facts))
        for m in result.mentions
    ]
    return Answer(tuple(alarms), tuple(mentions), tuple(c.error for c in result.crashes))


def overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans share a character."""
    return min(one[1], other[1]) > max(one[0], other[0])


def meets(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans share at least a third of the longer: an alarm over a whole text meets nothing."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and 3 * shared >= max(one[1] - one[0], other[1] - other[0])


def met(alarms: Iterable[Alarm], spans: Iterable[tuple[int, int]], section: str) -> list[Alarm]:
    """Return the alarms that meet any of the spans."""
    wanted = list(spans)
    return [
        a
        for a in alarms
        if a.section == section and any(meets((a.start, a.end), s) for s in wanted)
    ]
