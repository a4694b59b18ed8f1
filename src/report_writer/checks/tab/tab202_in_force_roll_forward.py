"""TAB202 in_force_roll_forward."""

from collections.abc import Iterator

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped, check
from report_writer.checks.tab._cross_year import (
    EXPLAIN,
    OGI_FROM_2021,
    UNKNOWN,
    last_year,
    two_years,
)
from report_writer.domain.cells import CellRef, plain
from report_writer.domain.findings import Severity

ROWS = ("rules", "normative_documents")


@check("TAB202", "table.in_force_roll_forward", severity=Severity.WARNING, forms=OGI_FROM_2021)
def in_force_roll_forward(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """现行有效件数不等于上年现行有效加本年制发减本年废止。

    Why: a stock changes by what is issued and what is repealed. Documents that lapsed of
    themselves, a revision or another way of counting break the sum rightly, but then the report
    must be able to say so.
    Bad: 上年现行有效 5、本年制发 3、废止 0，现行有效填 9
    Good: 上年现行有效 5、本年制发 3、废止 0，现行有效填 8
    """
    years = two_years(context, same_form=True)
    if isinstance(years, Skipped):
        yield years
        return
    for row in ROWS:
        issued, repealed, stock = (
            f"proactive/{row}/{column}" for column in ("issued", "repealed", "in_force")
        )
        now, before = years.now(stock), years.before(stock)
        came, went = years.now(issued), years.now(repealed)
        if now is None or before is None or came is None or went is None:
            whole = years.both_not_applicable(stock, stock)
            yield HELD if whole else Skipped(UNKNOWN)
            continue
        expected = before + came - went
        if expected == now:
            yield HELD
            continue
        yield rule.fail(
            CellRef.parse(stock),
            f"{years.say_now(stock)}，而{years.say_before(stock)}，加本年制发{plain(came)}件、"
            f"减本年废止{plain(went)}件为{plain(expected)}件，相差{plain(abs(now - expected))}件；"
            f"{EXPLAIN}（如修订、自然失效、统计口径调整）",
            expected=plain(expected),
            found=plain(now),
            cells=(stock, last_year(stock), issued, repealed),
        )
