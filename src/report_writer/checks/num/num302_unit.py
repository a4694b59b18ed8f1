"""NUM302: see the docstring of the rule."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks.num._report import outcomes
from report_writer.domain.findings import Severity


@check("NUM302", "number.unit", severity=Severity.ERROR)
def unit(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """元与万元、次与万次写错。

    Why: Charges stand in 万元 in the table; a lost or added 万 changes the figure ten thousand times.
    Bad: 表中收费 0.86 万元，正文写“0.86元”
    Good: 表中收费 0.86 万元，正文写“8600元”
    """
    yield from outcomes(rule, context)
