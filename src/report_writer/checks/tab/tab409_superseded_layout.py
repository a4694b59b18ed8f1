"""TAB409 superseded_layout."""

from collections.abc import Iterator

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, check
from report_writer.domain.findings import Severity
from report_writer.forms import form_for_year


@check("TAB409", "table.superseded_layout", severity=Severity.WARNING)
def superseded_layout(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """报告用的是已经停用的表格。

    Why: since the report of 2021 table two asks for other figures; those of the trial form cannot
    stand in for them, so the report lacks required content.
    Bad: 2023年的报告，表二仍是“本年新制作数量、本年新公开数量、对外公开总数量”
    Good: 2023年的报告，表二为“本年制发件数、本年废止件数、现行有效件数”
    """
    due = form_for_year(context.report.year)
    if context.form.first_year >= due.first_year:
        yield HELD
        return
    yield rule.fail(
        None,
        f"{context.report.year}年的报告应使用{due.citation}规定的格式，"
        f"文中用的是{context.form.citation}的旧表；表二须按现行格式重新填报",
        expected=due.id,
        found=context.form.id,
    )
