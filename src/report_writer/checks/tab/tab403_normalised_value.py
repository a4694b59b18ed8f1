"""TAB403 normalised_value."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Held, Outcome, Skipped, check
from report_writer.checks._origins import origin_note
from report_writer.checks._reconciling import NO_TABLES
from report_writer.domain.cells import CellRef
from report_writer.domain.findings import Severity


@check("TAB403", "table.normalised_value", severity=Severity.ADVICE)
def normalised_value(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """单元格的写法不规范，已按读得懂的意思读取。

    Why: the reader may have understood more than was meant; the clerk should see how it was read.
    Bad: 本年新收总计填写“１２”或“3,456”
    Good: 本年新收总计填写 12 或 3456
    """
    tables = context.report.tables
    if tables is None:
        yield Skipped(NO_TABLES)
        return
    doubtful = [(a, cell) for a, cell in tables.cells.items() if cell.remark is not None]
    yield Held(len(tables.cells) - len(doubtful))
    for address, cell in doubtful:
        yield rule.fail(
            CellRef.parse(address),
            f"{context.form.place(address)}{origin_note(cell)}：{cell.remark}",
            expected=cell.text,
            found=cell.origin.raw if cell.origin else None,
            cells=(address,),
        )
