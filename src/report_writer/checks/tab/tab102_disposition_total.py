"""TAB102 disposition_total."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks._reconciling import reconcile
from report_writer.domain.findings import Severity


@check("TAB102", "table.disposition_total", severity=Severity.ERROR)
def disposition_total(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """表三某一列，办理结果各行之和不等于“（七）总计”。

    Why: each closed request is counted in exactly one outcome, so the outcomes add up to the total.
    Bad: 予以公开 6、部分公开 3，其余为 0，（七）总计 10
    Good: 予以公开 6、部分公开 3，其余为 0，（七）总计 9
    """
    yield from reconcile(rule, context)
