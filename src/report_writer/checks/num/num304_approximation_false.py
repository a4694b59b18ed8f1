"""NUM304: see the docstring of the rule."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks.num._report import outcomes
from report_writer.domain.findings import Severity


@check("NUM304", "number.approximation_false", severity=Severity.ERROR)
def approximation_false(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """概数与实际数字不符。

    Why: 余 means above, 近 just below, 超 and 突破 beyond; the true figure must fit.
    Bad: 实际 96 份，写“百余份”
    Good: 实际 124 份，写“一百二十余份”
    """
    yield from outcomes(rule, context)
