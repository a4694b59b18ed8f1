"""NUM401: see the docstring of the rule."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks.num._report import outcomes
from report_writer.domain.findings import Severity


@check("NUM401", "number.unsupported_number", severity=Severity.ADVICE)
def unsupported_number(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """正文数字在表格和登记事实中都没有依据。

    Why: Half of all real figures stand in no table; the office should know which ones nobody can confirm.
    Bad: 未登记培训次数，写“培训3次”
    Good: 登记“培训 3 次”，写“培训3次”
    """
    yield from outcomes(rule, context)
