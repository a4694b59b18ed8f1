"""NUM203: see the docstring of the rule."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks.num._report import outcomes
from report_writer.domain.findings import Severity


@check("NUM203", "number.percentage", severity=Severity.ERROR)
def percentage(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """占比、办结率与算得的结果不一致。

    Why: A share is its part over its whole, to the printed decimals.
    Bad: 59 件中 18 件，写“占38.3%”
    Good: 59 件中 18 件，写“占30.5%”
    """
    yield from outcomes(rule, context)
