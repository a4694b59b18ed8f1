"""FEE303 exceeds_charges."""

import re
from collections.abc import Iterator

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped, check
from report_writer.checks.fee._statement import SINCE_2021, YUAN, FeeAmount, amounts
from report_writer.domain.cells import CellRef, plain
from report_writer.domain.findings import Severity

CHARGES = "proactive/charges/amount"
_ASKED_FOR = re.compile(r"通知|应收|应缴|总金额")


@check("FEE303", "fee.exceeds_charges", severity=Severity.ADVICE, forms=SINCE_2021)
def exceeds_charges(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """收取的信息处理费多于表二的行政事业性收费。

    Why: the fee is itself a 行政事业性收费 (国办函〔2020〕109号); where the same body books it, it cannot
    exceed all charges of the year. Another body may book it, so this is only worth a look.
    Bad: 收取信息处理费 2230 元，表二行政事业性收费 0.1 万元
    Good: 收取信息处理费 2230 元，表二行政事业性收费 12.5 万元
    """
    tables = context.report.tables
    charges = tables.value(CHARGES) if tables else None
    collected = [a for a in amounts(context) if not _ASKED_FOR.search(a.context)]
    if charges is None or not collected:
        yield Skipped("没有信息处理费实收金额，或不知道表二的行政事业性收费")
        return
    most: FeeAmount = max(collected, key=lambda a: a.yuan)
    if most.yuan <= charges * YUAN["万元"]:
        yield HELD
        return
    yield rule.fail(
        CellRef.parse(CHARGES),
        f"信息处理费实收“{most.written}”，多于{context.form.place(CHARGES)}{plain(charges)}万元；"
        "信息处理费属于行政事业性收费，如由其他机关入账，请说明",
        found=plain(charges),
        cells=(CHARGES,),
    )
