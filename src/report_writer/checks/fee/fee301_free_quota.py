"""FEE301 free_quota."""

from collections.abc import Iterator

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped, check
from report_writer.checks.fee._statement import SINCE_2021, amounts, by_item_only
from report_writer.domain.cells import CellRef, plain
from report_writer.domain.findings import Severity

RECEIVED = "requests/received/total"
FREE = 10


@check("FEE301", "fee.free_quota", severity=Severity.ADVICE, forms=SINCE_2021)
def free_quota(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """全年申请不超过10件，却按件收取了信息处理费。

    Why: by item, the first ten requests of one applicant in a month are free; fewer than eleven in
    a whole year cannot bring a fee, unless one request was counted as several.
    Bad: 全年新收申请 6 件，按件收取信息处理费 200 元
    Good: 全年新收申请 60 件，按件收取信息处理费 200 元
    """
    paid = [amount for amount in amounts(context) if amount.yuan > 0]
    tables = context.report.tables
    received = tables.value(RECEIVED) if tables else None
    if not paid or received is None or not by_item_only(context):
        yield Skipped("没有按件收取的信息处理费金额，或不知道全年收到的申请数量")
    elif received > FREE:
        yield HELD
    else:
        yield rule.fail(
            CellRef.parse(RECEIVED),
            f"全年新收申请只有{plain(received)}件，按件计收时同一申请人每月{FREE}件以内不收费，"
            f"而写有信息处理费“{paid[0].written}”；如按拆分后的件数计收，请说明",
            found=plain(received),
            cells=(RECEIVED,),
        )
