"""TAB401 blank_cell."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks.tab._gathering import gather
from report_writer.domain.cells import CellKind
from report_writer.domain.findings import Severity


@check("TAB401", "table.blank_cell", severity=Severity.WARNING)
def blank_cell(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """单元格没有填写。

    Why: a blank is unknown, never 0; the sums it belongs to cannot be proved. Many at once are
    reported together, because the table was then not filled in, or not read properly.
    Bad: 行政许可“本年处理决定数量”为空
    Good: 行政许可“本年处理决定数量”为 0
    """
    yield from gather(
        rule,
        context,
        CellKind.BLANK,
        whole="{table}整表未填写",
        single="{place}没有填写；没有发生请填0",
        several="{table}有{count}个空单元格，可能尚未填完或读取有误：{names}",
    )
