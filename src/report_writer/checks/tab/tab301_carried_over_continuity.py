"""TAB301 carried_over_continuity."""

from collections.abc import Iterator

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped, check
from report_writer.checks.tab._cross_year import EXPLAIN, UNKNOWN, last_year, two_years
from report_writer.domain.cells import CellRef, plain
from report_writer.domain.findings import Severity


@check("TAB301", "table.carried_over_continuity", severity=Severity.WARNING)
def carried_over_continuity(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """本年“上年结转”与上年报告的“结转下年度继续办理”不一致。

    Why: what one year hands on, the next takes over, for every kind of applicant. A merger or a
    correction may explain a difference; then the explanation is recorded.
    Bad: 上年报告结转下年度 3 件，本年上年结转 2 件
    Good: 上年报告结转下年度 3 件，本年上年结转 3 件
    """
    years = two_years(context)
    if isinstance(years, Skipped):
        yield years
        return
    for column in context.form.table_by_key["requests"].columns:
        over = f"requests/carried_over/{column.key}"
        forward = f"requests/carried_forward/{column.key}"
        now, before = years.now(over), years.before(forward)
        if now is None or before is None:
            yield HELD if years.both_not_applicable(over, forward) else Skipped(UNKNOWN)
        elif now == before:
            yield HELD
        else:
            yield rule.fail(
                CellRef.parse(over),
                f"{years.say_now(over)}，{years.say_before(forward)}，应当相等，"
                f"相差{plain(abs(now - before))}件；{EXPLAIN}（如机构改革、上年报告更正）",
                expected=plain(before),
                found=plain(now),
                cells=(over, last_year(forward)),
            )
