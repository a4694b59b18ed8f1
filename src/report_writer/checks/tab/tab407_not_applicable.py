"""TAB407 not_applicable."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks.tab._gathering import gather
from report_writer.domain.cells import CellKind
from report_writer.domain.findings import Severity


@check("TAB407", "table.not_applicable", severity=Severity.ADVICE)
def not_applicable(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """单元格填写的是“/”。

    Why: "/" says the body has no such function; it is not 0 and takes part in no sum. Where the
    function exists and nothing happened, the form wants 0.
    Bad: 有行政许可职能、全年未作决定，填“/”
    Good: 有行政许可职能、全年未作决定，填 0
    """
    yield from gather(
        rule,
        context,
        CellKind.NOT_APPLICABLE,
        whole="{table}整表填写“/”；有此职能而没有发生的，应填0",
        single="{place}填写“/”，按“无此职能”读取，不当作0；有此职能而没有发生的，应填0",
        several="{table}有{count}格填写“/”，按“无此职能”读取，不当作0：{names}",
    )
