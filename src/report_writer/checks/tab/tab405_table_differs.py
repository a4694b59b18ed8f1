"""TAB405 table_differs."""

from collections.abc import Iterator
from decimal import Decimal

from report_writer.checks._api import HELD, Check, CheckContext, Held, Outcome, Skipped, check
from report_writer.checks._origins import origin_note
from report_writer.domain.cells import Cell, CellKind, CellRef
from report_writer.domain.findings import Severity


@check("TAB405", "table.table_differs", severity=Severity.ERROR)
def table_differs(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """文中印出的表格与数据文件不一致。

    Why: the published table must be the figures the office vouches for, cell by cell; blank, 0
    and "/" are three different things. A table that is wholly empty in the text was probably not
    printed, or not read: that is one warning.
    Bad: 数据文件本年新收总计 12，文中表三印作 21
    Good: 数据文件本年新收总计 12，文中表三印作 12
    """
    tables, printed = context.report.tables, context.report.printed
    if printed is None or tables is None:
        yield Skipped("没有可以对照的第二份表格")
        return
    for table in context.form.tables:
        if all(printed[a].kind is CellKind.BLANK for a in table.addresses):
            if all(tables[a].kind is CellKind.BLANK for a in table.addresses):
                yield HELD
            else:
                yield rule.fail(
                    CellRef.parse(table.addresses[0]),
                    f"文中没有读到{table.name}的数字（未印出或整表空白），无法与数据文件对照",
                    severity=Severity.WARNING,
                    cells=table.addresses,
                )
            continue
        differing = [a for a in table.addresses if _content(tables[a]) != _content(printed[a])]
        yield Held(len(table.addresses) - len(differing))
        for address in differing:
            ours, theirs = tables[address], printed[address]
            yield rule.fail(
                CellRef.parse(address),
                f"{context.form.place(address)}：数据文件为{_shown(ours)}{origin_note(ours)}，"
                f"文中表格印作{_shown(theirs)}{origin_note(theirs)}"
                f"{_by(context.form.unit(address), ours, theirs)}",
                expected=ours.text,
                found=theirs.text,
                cells=(address,),
            )


def _content(cell: Cell) -> tuple[CellKind, Decimal | None, str | None]:
    return cell.kind, cell.value, cell.raw


def _shown(cell: Cell) -> str:
    return "空白" if cell.kind is CellKind.BLANK else f"“{cell.text}”"


def _by(unit: str, ours: Cell, theirs: Cell) -> str:
    if ours.value is None or theirs.value is None:
        return ""
    return f"，相差{Cell.number(abs(ours.value - theirs.value)).text}{unit}"
