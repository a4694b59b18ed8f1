"""NUM204: see the docstring of the rule."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks.num._report import outcomes
from report_writer.domain.findings import Severity


@check("NUM204", "number.percentage_points", severity=Severity.WARNING)
def percentage_points(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """两个百分比之差应写百分点。

    Why: From 40% to 50% is 10 percentage points, or 25 per cent; never 10%.
    Bad: 由40%提高到50%，提高10%
    Good: 由40%提高到50%，提高10个百分点
    """
    yield from outcomes(rule, context)
