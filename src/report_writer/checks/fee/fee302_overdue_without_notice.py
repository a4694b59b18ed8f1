"""FEE302 overdue_without_notice."""

import re
from collections.abc import Iterator

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped, check
from report_writer.checks.fee._statement import PART_SIX, SINCE_2021
from report_writer.domain.cells import CellRef, plain
from report_writer.domain.findings import Severity

OVERDUE = "requests/otherwise_closed.fee_overdue/total"
_NO_NOTICE = re.compile(
    r"(?:未|没有)(?:发出|下达|产生|发生|涉及)[^。；]{0,14}(?:收费通知|信息处理费)"
)


@check("FEE302", "fee.overdue_without_notice", severity=Severity.WARNING, forms=SINCE_2021)
def overdue_without_notice(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """有逾期未缴费而不再处理的申请，却没有发出收费通知。

    Why: a request is closed for an unpaid fee only after a notice asked for the fee; part six
    cannot then say that there was none. That nothing was collected is no contradiction.
    Bad: 逾期未缴费不再处理 2 件，第六部分写没有产生信息处理费
    Good: 逾期未缴费不再处理 2 件，第六部分写发出收费通知 2 件、未实际收取
    """
    tables, fee = context.report.tables, context.report.processing_fee
    overdue = tables.value(OVERDUE) if tables else None
    if overdue is None:
        yield Skipped("不知道逾期未缴费不再处理的件数")
        return
    notices = fee.notices if fee else None
    text = _NO_NOTICE.search(context.report.sections.get(PART_SIX, ""))
    if overdue == 0 or (text is None and (notices is None or notices >= overdue)):
        yield HELD
        return
    said = (
        f"发出收费通知为{plain(notices)}件"
        if notices is not None and notices < overdue
        else f"第六部分写“{text.group() if text else ''}”"
    )
    yield rule.fail(
        CellRef.parse(OVERDUE),
        f"{context.form.place(OVERDUE)}为{plain(overdue)}件，而{said}；逾期未缴费以发出收费通知为前提",
        found=plain(overdue),
        cells=(OVERDUE,),
    )
