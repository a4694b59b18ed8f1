"""TAB201 reconciliation."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks._reconciling import reconcile
from report_writer.domain.findings import Severity


@check("TAB201", "table.reconciliation", severity=Severity.ERROR)
def reconciliation(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """勾稽关系不成立：本年新收加上年结转，不等于办理结果总计加结转下年度。

    Why: the form prints this equation; what came in was either closed or carried forward.
    Bad: 本年新收 10、上年结转 2、办理结果总计 11、结转下年度 0
    Good: 本年新收 10、上年结转 2、办理结果总计 11、结转下年度 1
    """
    yield from reconcile(rule, context)
