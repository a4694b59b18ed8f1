"""From the issues of the reading to the findings of a rule."""

from collections.abc import Iterator

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped
from report_writer.domain.findings import Span, Status

_SUPPORTED = frozenset({Status.BOUND, Status.DERIVED, Status.REGISTERED})


def outcomes(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """Yield a finding for each issue the reading holds for this rule, else that it held."""
    if not context.report.sections:
        yield Skipped("没有正文")
        return
    issues = context.reading.issues_of(rule.code)
    for issue in issues:
        yield rule.fail(
            Span(section=issue.section, start=issue.start, end=issue.end, quote=issue.quote),
            issue.message,
            severity=issue.severity,
            expected=issue.expected,
            found=issue.found,
            cells=issue.facts,
            cause=issue.cause,
        )
    if not issues:
        yield HELD
