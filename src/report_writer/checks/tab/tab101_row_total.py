"""TAB101 row_total."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks._reconciling import reconcile
from report_writer.domain.findings import Severity


@check("TAB101", "table.row_total", severity=Severity.ERROR)
def row_total(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """表三某一行，各类申请人之和不等于总计。

    Why: 总计 is the sum of natural persons and the five kinds of organisation in every row.
    Bad: 自然人 8、商业企业 2，其余为 0，总计 11
    Good: 自然人 8、商业企业 2，其余为 0，总计 10
    """
    yield from reconcile(rule, context)
