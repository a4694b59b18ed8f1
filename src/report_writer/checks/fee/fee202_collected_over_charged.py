"""FEE202 collected_over_charged."""

import re
from collections.abc import Iterator

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped, check
from report_writer.checks.fee._statement import SINCE_2021, FeeAmount, amounts
from report_writer.domain.cells import plain
from report_writer.domain.findings import Severity

_CHARGED = re.compile(r"通知|应收|应缴|总金额")
_COLLECTED = re.compile(r"实际|实收|收到|已缴|缴纳")


@check("FEE202", "fee.collected_over_charged", severity=Severity.WARNING, forms=SINCE_2021)
def collected_over_charged(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """实际收取的信息处理费多于通知缴纳的金额。

    Why: nobody pays more than the notice asks for; payment of last year's notices apart.
    Bad: 通知缴纳信息处理费 2000 元，实际收取 2200 元
    Good: 通知缴纳信息处理费 2200 元，实际收取 2000 元
    """
    charged: list[FeeAmount] = []
    collected: list[FeeAmount] = []
    for amount in amounts(context):
        if _COLLECTED.search(amount.context):
            collected.append(amount)
        elif _CHARGED.search(amount.context):
            charged.append(amount)
    if not charged or not collected:
        yield Skipped("没有同时写明信息处理费的通知金额和实收金额")
        return
    most = max(charged, key=lambda a: a.yuan)
    for amount in collected:
        if amount.yuan <= most.yuan:
            yield HELD
        else:
            yield rule.fail(
                amount.at,
                f"信息处理费实收{plain(amount.yuan)}元，多于通知金额{plain(most.yuan)}元；"
                "如含上年通知、本年缴纳的，请说明",
                expected=plain(most.yuan),
                found=plain(amount.yuan),
            )
