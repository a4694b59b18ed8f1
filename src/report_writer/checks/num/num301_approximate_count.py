"""NUM301: see the docstring of the rule."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks.num._report import outcomes
from report_writer.domain.findings import Severity


@check("NUM301", "number.approximate_count", severity=Severity.WARNING)
def approximate_count(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """零头数字之后不再用“余”“多”，确数之前不用“近”。

    Why: “余” follows a round number; after 25 it says nothing.
    Bad: 公开信息25余次
    Good: 公开信息二十余次；公开信息25次
    """
    yield from outcomes(rule, context)
