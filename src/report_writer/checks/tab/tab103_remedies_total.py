"""TAB103 remedies_total."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks._reconciling import reconcile
from report_writer.domain.findings import Severity


@check("TAB103", "table.remedies_total", severity=Severity.ERROR)
def remedies_total(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """表四某一类案件，四种结果之和不等于总计。

    Why: every case is upheld, corrected, otherwise ended or still pending, and counted once.
    Bad: 结果维持 4、结果纠正 1、其他结果 0、尚未审结 1，总计 5
    Good: 结果维持 4、结果纠正 1、其他结果 0、尚未审结 1，总计 6
    """
    yield from reconcile(rule, context)
