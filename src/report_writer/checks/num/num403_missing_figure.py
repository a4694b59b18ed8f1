"""NUM403: see the docstring of the rule."""

from collections.abc import Iterator

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped, check
from report_writer.domain.cells import plain
from report_writer.domain.findings import SectionRef, Severity

_OWED = ("requests/received/total", "requests/carried_forward/total")
_WHOLE_SECTION = 300


@check("NUM403", "number.missing_figure", severity=Severity.ADVICE)
def missing_figure(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """表中有数而总体情况只字未提。

    Why: Readers look for how many requests came in and how many wait; a silent text looks like a hidden one.
    Bad: 表三新收 8 件，总体情况没有写收到多少申请
    Good: 表三新收 8 件，正文写“收到政府信息公开申请8件”
    """
    overview = context.report.sections.get("overview", "")
    if context.report.tables is None or len(overview) < _WHOLE_SECTION:
        yield Skipped("没有表格，或总体情况只有片段")
        return
    said = {fact for mention in context.reading.mentions for fact in mention.facts}
    for address in _OWED:
        value = context.sheet.value(address)
        if value and address not in said:
            yield rule.fail(
                SectionRef(section="overview"),
                f"{context.sheet.describe(address)}为{plain(value)}件，总体情况没有写明",
                expected=plain(value),
                cells=(address,),
            )
        else:
            yield HELD
