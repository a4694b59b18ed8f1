"""NUM202: see the docstring of the rule."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks.num._report import outcomes
from report_writer.domain.findings import Severity


@check("NUM202", "number.year_on_year", severity=Severity.ERROR)
def year_on_year(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """与上年相比的数量、比例或增减方向不对。

    Why: A change is computed from both years' tables; a base of 0 has no rate.
    Bad: 上年 12 件、本年 10 件，写“较上年有所增加”
    Good: 上年 10 件、本年 12 件，写“同比增长20%”
    """
    yield from outcomes(rule, context)
