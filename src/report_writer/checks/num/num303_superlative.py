"""NUM303: see the docstring of the rule."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks.num._report import outcomes
from report_writer.domain.findings import Severity


@check("NUM303", "number.superlative", severity=Severity.ADVICE)
def superlative(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """“首次”“第一”“领先”没有登记依据。

    Why: A rank is a figure too; without a source it is a boast.
    Bad: 在全市首次实现全程网办
    Good: 登记依据后再写，或改为平实说法
    """
    yield from outcomes(rule, context)
