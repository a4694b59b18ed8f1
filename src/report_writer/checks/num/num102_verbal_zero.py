"""NUM102: see the docstring of the rule."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks.num._report import outcomes
from report_writer.domain.findings import Severity


@check("NUM102", "number.verbal_zero", severity=Severity.ERROR)
def verbal_zero(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """“未收到”“均已办结”一类说法与表中数字不符。

    Why: A denial or a universal is a figure without a digit: it says that a cell is 0.
    Bad: 表三新收 2 件，正文写“未收到申请”
    Good: 表三新收 0 件，正文写“未收到申请”
    """
    yield from outcomes(rule, context)
