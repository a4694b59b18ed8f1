"""FEE203 amount_unit."""

import re
from collections.abc import Iterator

from report_writer.checks._api import HELD, Cause, Check, CheckContext, Outcome, Skipped, check
from report_writer.checks.fee._statement import (
    NAME,
    PART_SIX,
    SINCE_2021,
    YUAN,
    amounts,
    sentences,
    span,
)
from report_writer.domain.findings import SectionRef, Severity

_BARE = re.compile(
    NAME + r"(?:金额|总额|共计|合计|共|为|：|:|\s){1,3}(\d[\d,]*(?:\.\d+)?)(?=\s*[。；，、]|\s*$)"
)


@check("FEE203", "fee.amount_unit", severity=Severity.WARNING, forms=SINCE_2021)
def amount_unit(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """信息处理费金额没有写单位，或者单位不是元、万元。

    Why: table two counts in 万元, the fee is charged in 元; a number without its unit can be either.
    Bad: 收取信息处理费共 2230。
    Good: 收取信息处理费共 2230 元。
    """
    looked = bool(amounts(context))
    fee = context.report.processing_fee
    if fee is not None and fee.unit not in YUAN and (fee.charged or fee.collected):
        looked = False
        yield rule.fail(
            SectionRef(section=PART_SIX),
            f"信息处理费金额的单位是“{fee.unit}”，应为元或万元",
            found=fee.unit,
            cause=Cause.UNIT,
        )
    bare = [
        (section, offset + match.start(1), offset + match.end(1))
        for section, offset, sentence in sentences(context)
        for match in _BARE.finditer(sentence)
    ]
    for section, start, end in bare:
        at = span(section, start, end, context)
        yield rule.fail(
            at, f"信息处理费“{at.quote}”没有写单位（元）", found=at.quote, cause=Cause.UNIT
        )
    if looked and not bare:
        yield HELD
    elif not looked and not bare and (fee is None or fee.unit in YUAN):
        yield Skipped("没有信息处理费金额")
