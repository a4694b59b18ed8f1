"""FEE201 amount_step."""

from collections.abc import Iterator

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped, check
from report_writer.checks.fee._statement import SINCE_2021, amounts, by_item_only
from report_writer.domain.findings import Severity

NONE_GIVEN = "没有信息处理费金额"


@check("FEE201", "fee.amount_step", severity=Severity.WARNING, forms=SINCE_2021)
def amount_step(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """信息处理费金额不可能由收费标准算出。

    Why: the rates are 10, 20 and 40 yuan a page, or steps of 100 yuan an item (国办函〔2020〕109号):
    every sum of them ends in 0, and in 00 where all was charged by item.
    Bad: 收取信息处理费 2235 元
    Good: 收取信息处理费 2230 元
    """
    found = amounts(context)
    if not found:
        yield Skipped(NONE_GIVEN)
        return
    step = 100 if by_item_only(context) else 10
    for amount in found:
        if amount.yuan % step == 0:
            yield HELD
            continue
        basis = "按件计收，金额应是100元的整倍数" if step == 100 else "收费标准都是10元的整倍数"
        yield rule.fail(
            amount.at, f"信息处理费“{amount.written}”：{basis}，请核实", found=amount.written
        )
