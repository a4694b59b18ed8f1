"""NUM103: see the docstring of the rule."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks.num._report import outcomes
from report_writer.domain.findings import Severity


@check("NUM103", "number.wrong_year", severity=Severity.ERROR)
def wrong_year(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """统计期限、报告名称或结转去向的年份不对。

    Why: Last year's text is the usual draft of this year's; its years stay behind.
    Bad: 2024 年度报告写“结转至2024年办理”
    Good: 2024 年度报告写“结转至2025年办理”
    """
    yield from outcomes(rule, context)
