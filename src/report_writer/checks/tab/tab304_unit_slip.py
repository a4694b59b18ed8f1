"""TAB304 unit_slip."""

from collections.abc import Iterator

from report_writer.checks._api import HELD, Cause, Check, CheckContext, Outcome, Skipped, check
from report_writer.checks.tab._cross_year import (
    EXPLAIN,
    OGI_FROM_2021,
    UNKNOWN,
    differs_by_unit,
    last_year,
    two_years,
)
from report_writer.domain.cells import CellRef, plain
from report_writer.domain.findings import Severity

AMOUNT = "proactive/charges/amount"


@check("TAB304", "table.unit_slip", severity=Severity.WARNING, forms=OGI_FROM_2021)
def unit_slip(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """行政事业性收费与上年相差约一万倍，可能把元当作万元填了。

    Why: the form wants 万元; an amount in 元 is ten thousand times as large, and last year's figure
    shows it.
    Bad: 上年收费 35.2 万元，本年填 368000
    Good: 上年收费 35.2 万元，本年填 36.8
    """
    years = two_years(context, same_form=True)
    if isinstance(years, Skipped):
        yield years
        return
    now, before = years.now(AMOUNT), years.before(AMOUNT)
    if now is None or before is None:
        yield HELD if years.both_not_applicable(AMOUNT, AMOUNT) else Skipped(UNKNOWN)
    elif differs_by_unit(now, before):
        suspect = "本年数可能是元" if now > before else "上年数可能是元"
        expected = plain(now / 10_000) if now > before else None
        yield rule.fail(
            CellRef.parse(AMOUNT),
            f"{years.say_now(AMOUNT)}，{years.say_before(AMOUNT)}，相差约一万倍；"
            f"应填万元，{suspect}，{EXPLAIN}",
            expected=expected,
            found=plain(now),
            cells=(AMOUNT, last_year(AMOUNT)),
            cause=Cause.UNIT,
        )
    else:
        yield HELD
