"""NUM105: see the docstring of the rule."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks.num._report import outcomes
from report_writer.domain.findings import Severity


@check("NUM105", "number.stated_twice", severity=Severity.WARNING)
def stated_twice(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """同一事项在正文中前后数字不一致。

    Why: Where no table decides, the text must at least agree with itself.
    Bad: 前文“收到申请5件”，后文“收到申请6件”
    Good: 前后都写“收到申请5件”
    """
    yield from outcomes(rule, context)
