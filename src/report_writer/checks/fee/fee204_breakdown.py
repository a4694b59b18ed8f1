"""FEE204 breakdown."""

import re
from collections.abc import Iterator
from decimal import Decimal

from report_writer.checks._api import HELD, Cause, Check, CheckContext, Outcome, Skipped, check
from report_writer.checks.fee._statement import SINCE_2021, FeeAmount, amounts
from report_writer.domain.cells import plain
from report_writer.domain.findings import Severity, Span

# What opens a list of the bodies; the second kind says that the list is complete.
_OPENS = re.compile(r"其中|分别|包括")
_COMPLETE = re.compile(r"分别")
_SENTENCE_END = re.compile(r"[。！？；\n]")


@check("FEE204", "fee.breakdown", severity=Severity.WARNING, forms=SINCE_2021)
def breakdown(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """各单位收取的信息处理费相加，不等于合计金额。

    Why: part six often lists who charged how much; the parts make the sum. A list opened by 其中 may
    leave bodies out and then only must not exceed it.
    Bad: 收取信息处理费 2230 元，其中公安局 880 元、住建局 1080 元、交通局 280 元
    Good: 收取信息处理费 2230 元，其中公安局 880 元、住建局 1080 元、交通局 270 元
    """
    looked = False
    for total, opener, parts in _lists(context):
        looked = True
        added = sum((part.yuan for part in parts), Decimal(0))
        if added == total.yuan or (added < total.yuan and not _COMPLETE.search(opener)):
            yield HELD
            continue
        yield rule.fail(
            total.at,
            f"信息处理费合计“{total.written}”，所列{len(parts)}项相加为{plain(added)}元，"
            f"相差{plain(abs(added - total.yuan))}元",
            expected=plain(added),
            found=plain(total.yuan),
            cause=Cause.SUM,
        )
    if not looked:
        yield Skipped("没有分单位列出信息处理费")


def _lists(context: CheckContext) -> Iterator[tuple[FeeAmount, str, list[FeeAmount]]]:
    """Yield total, opening word and at least two parts for every list within a sentence."""
    found = [(a, a.at) for a in amounts(context) if isinstance(a.at, Span)]
    for i, (total, at) in enumerate(found):
        rest = context.report.sections[at.section][at.end :]
        end = _SENTENCE_END.search(rest)
        sentence = rest[: end.start()] if end else rest
        opener = _OPENS.search(sentence)
        behind = [(a, p) for a, p in found[i + 1 :] if p.section == at.section]
        inside = [(a, p) for a, p in behind if p.start < at.end + len(sentence)]
        if opener is None or any(p.start < at.end + opener.start() for _, p in inside):
            # NOTE: another amount stands before the list; that one is its total.
            continue
        if len(inside) >= 2:
            yield total, opener.group(), [a for a, _ in inside]
