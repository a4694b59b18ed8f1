"""TAB302 pending_remedies_trail."""

from collections.abc import Iterator

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped, check
from report_writer.checks.tab._cross_year import UNKNOWN, last_year, two_years
from report_writer.domain.cells import CellRef, plain
from report_writer.domain.findings import Severity


@check("TAB302", "table.pending_remedies_trail", severity=Severity.ADVICE)
def pending_remedies_trail(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """上年尚未审结的复议、诉讼案件，在本年的数字里看不到去向。

    Why: a case pending on 31 December is decided, or still pending, a year later; fewer cases this
    year than were pending last year means that some are counted in neither. Whether the table
    counts cases of earlier years is not settled, so this is no more than a question.
    Bad: 上年行政复议尚未审结 5 件，本年行政复议总计 2 件
    Good: 上年行政复议尚未审结 5 件，本年行政复议总计 7 件
    """
    years = two_years(context)
    if isinstance(years, Skipped):
        yield years
        return
    for row in context.form.table_by_key["remedies"].rows:
        total, pending = f"remedies/{row.key}/total", f"remedies/{row.key}/pending"
        now, before = years.now(total), years.before(pending)
        if now is None or before is None:
            yield HELD if years.both_not_applicable(total, pending) else Skipped(UNKNOWN)
        elif now >= before:
            yield HELD
        else:
            yield rule.fail(
                CellRef.parse(total),
                f"{years.say_before(pending)}，而{years.say_now(total)}；"
                "请核实上年未审结案件的结果是否计入本年，口径宜在报告中说明",
                found=plain(now),
                cells=(total, last_year(pending)),
            )
