"""NUM402: see the docstring of the rule."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks.num._report import outcomes
from report_writer.domain.findings import Severity


@check("NUM402", "number.other_scope", severity=Severity.WARNING)
def other_scope(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """正文只写了其他范围的数字，没有写本机关的。

    Why: The table counts one body; a city-wide number beside it misleads the reader.
    Bad: 本局新收 5 件，正文只写“全市系统收到申请35件”
    Good: “全市系统收到申请35件，其中我局收到5件”
    """
    yield from outcomes(rule, context)
