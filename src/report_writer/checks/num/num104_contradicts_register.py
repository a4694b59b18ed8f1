"""NUM104: see the docstring of the rule."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks.num._report import outcomes
from report_writer.domain.findings import Severity


@check("NUM104", "number.contradicts_register", severity=Severity.ERROR)
def contradicts_register(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """正文数字与登记事实不一致。

    Why: Figures without a table cell are vouched for by the register; the text must repeat them.
    Bad: 登记 63 条，正文写“网站发布36条”
    Good: 登记 63 条，正文写“网站发布63条”
    """
    yield from outcomes(rule, context)
