"""SEC101 missing_section."""

from collections.abc import Iterator

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped, check
from report_writer.domain.cells import CellKind, Tables
from report_writer.domain.findings import SectionRef, Severity
from report_writer.forms import TableForm


@check("SEC101", "section.missing_section", severity=Severity.ERROR)
def missing_section(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """六个部分中缺少一个，或者只有标题没有内容。

    Why: the form fixes six parts; none may be left out. A part that consists of its table needs no
    prose beside it. A part the source does not speak of at all is not judged.
    Bad: 五、存在的主要问题及改进情况（标题之下没有文字）
    Good: 五、存在的主要问题及改进情况（标题之下写明问题和改进措施）
    """
    report = context.report
    for section in context.form.sections:
        text = report.sections.get(section.key)
        table = context.form.table_by_key[section.table] if section.table else None
        if (text or "").strip() or (table and _has_figures(table, report.printed, report.tables)):
            yield HELD
        elif text is None:
            yield Skipped(f"没有“{section.heading}”的文字")
        else:
            yield rule.fail(SectionRef(section=section.key), f"“{section.heading}”没有内容")


def _has_figures(form: TableForm, *sources: Tables | None) -> bool:
    return any(
        source[address].kind is not CellKind.BLANK
        for source in sources
        if source is not None
        for address in form.addresses
    )
