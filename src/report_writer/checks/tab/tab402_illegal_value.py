"""TAB402 illegal_value."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Held, Outcome, Skipped, check
from report_writer.checks._origins import origin_note
from report_writer.checks._reconciling import NO_TABLES
from report_writer.domain.cells import CellKind, CellRef
from report_writer.domain.findings import Severity

_SHOWN = 40


@check("TAB402", "table.illegal_value", severity=Severity.ERROR)
def illegal_value(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """单元格里不是数字，或者是负数、不该有的小数。

    Why: a cell holds a whole number from 0 up (charges: also a decimal), "/" or nothing.
    Bad: 本年新收总计填写“约10”或“-1”
    Good: 本年新收总计填写 10
    """
    tables = context.report.tables
    if tables is None:
        yield Skipped(NO_TABLES)
        return
    wrong = context.cells_of(CellKind.ILLEGAL)
    yield Held(len(tables.cells) - len(wrong))
    for address in wrong:
        cell = tables[address]
        raw = cell.raw or ""
        shown = raw if len(raw) <= _SHOWN else raw[:_SHOWN] + "…"
        legal = "不小于0的数，可带小数" if context.form.is_decimal(address) else "不小于0的整数"
        yield rule.fail(
            CellRef.parse(address),
            f"{context.form.place(address)}填写的是“{shown}”{origin_note(cell)}，应为{legal}；含此格的合计无法核对",
            expected=legal,
            found=raw,
            cells=(address,),
        )
