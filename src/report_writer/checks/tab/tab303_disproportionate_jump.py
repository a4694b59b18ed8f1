"""TAB303 disproportionate_jump."""

from collections.abc import Iterator
from decimal import Decimal

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped, check
from report_writer.checks.tab._cross_year import (
    UNKNOWN,
    differs_by_unit,
    last_year,
    two_years,
)
from report_writer.domain.cells import CellRef, plain
from report_writer.domain.findings import Severity

# Alert limits in use for such figures: more than fivefold, or less than a fifth.
MOST = Decimal(5)
# Below these numbers a ratio says nothing: the larger of the two years, and the smaller.
LARGER, SMALLER = Decimal(50), Decimal(1)
TABLE_TWO = (
    "proactive/licences/decisions",
    "proactive/penalties/decisions",
    "proactive/coercive_measures/decisions",
    "proactive/charges/amount",
)
ELSEWHERE = (
    "requests/received/total",
    "requests/disposed/total",
    "remedies/reconsideration/total",
    "remedies/direct_litigation/total",
    "remedies/litigation_after_reconsideration/total",
)


@check("TAB303", "table.disproportionate_jump", severity=Severity.ADVICE)
def disproportionate_jump(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """与上年相比增减超过五倍。

    Why: a figure that grows more than fivefold, or shrinks to less than a fifth, is most often a
    slip, another unit or another way of counting; small numbers are left alone.
    Bad: 行政处罚上年 120 件，本年 12000 件
    Good: 行政处罚上年 120 件，本年 150 件
    """
    years = two_years(context)
    if isinstance(years, Skipped):
        yield years
        return
    # NOTE: 处理决定数量 of the trial form is the same count; its 收费 are items, not 万元.
    same = years.last_form == context.report.form
    for address in (*(a for a in TABLE_TWO if same or a.endswith("decisions")), *ELSEWHERE):
        now, before = years.now(address), years.before(address)
        if now is None or before is None:
            yield HELD if years.both_not_applicable(address, address) else Skipped(UNKNOWN)
            continue
        low, high = sorted((now, before))
        slip = address.endswith("/amount") and differs_by_unit(now, before)
        if slip or high < LARGER or low < SMALLER or high <= low * MOST:
            yield HELD
            continue
        times = "超过上年的5倍" if now > before else "不到上年的五分之一"
        yield rule.fail(
            CellRef.parse(address),
            f"{years.say_now(address)}，{years.say_before(address)}，{times}；"
            "请核实有无错位、单位或统计口径变化",
            found=plain(now),
            cells=(address, last_year(address)),
        )
