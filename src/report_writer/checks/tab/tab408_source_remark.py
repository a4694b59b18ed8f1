"""TAB408 source_remark."""

from collections.abc import Iterator

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, check
from report_writer.domain.findings import Severity


@check("TAB408", "table.source_remark", severity=Severity.ADVICE)
def source_remark(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """读取来源文件时有需要说明的地方。

    Why: what a reader decided for itself (tracked changes, a shifted row, a recomputed total) must
    be seen by the person who answers for the figures.
    Bad: 文件带有未接受的修订，读取时按接受处理
    Good: 文件没有修订，逐格读取
    """
    if not context.report.remarks:
        yield HELD
    for remark in context.report.remarks:
        yield rule.fail(None, remark)
