"""NUM101: see the docstring of the rule."""

from collections.abc import Iterator

from report_writer.checks._api import Check, CheckContext, Outcome, check
from report_writer.checks.num._report import outcomes
from report_writer.domain.findings import Severity


@check("NUM101", "number.contradicts_cell", severity=Severity.ERROR)
def contradicts_cell(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """正文的件数与表中单元格不一致。

    Why: The narrative repeats figures of the tables; the two must agree, cell by cell.
    Bad: 表三新收 3 件，正文写“收到申请5件”
    Good: 表三新收 3 件，正文写“收到申请3件”
    """
    yield from outcomes(rule, context)
