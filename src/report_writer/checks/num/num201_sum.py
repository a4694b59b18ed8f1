"""NUM201: see the docstring of the rule."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks.num._report import outcomes
from report_writer.domain.findings import Severity


@check("NUM201", "number.sum", severity=Severity.ERROR)
def sum(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """分项之和与总数不符。

    Why: A breakdown that promises to be complete must add up; no breakdown may exceed its total.
    Bad: “公开9条：动态5条、公告5条”
    Good: “公开10条：动态5条、公告5条”
    """
    yield from outcomes(rule, context)
