"""Run every rule over a report and gather one result."""

from functools import lru_cache

from report_writer.checks._api import Check, CheckContext, Held, Skipped, all_checks
from report_writer.domain.cells import CellKind
from report_writer.domain.copies import Copy
from report_writer.domain.findings import (
    CheckResult,
    Crash,
    Finding,
    NotAssessed,
    RunCount,
    Severity,
    Span,
    place_text,
)
from report_writer.domain.report import AnnualReport
from report_writer.facts.sheet import FactSheet

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.ADVICE: 2}


def check_report(
    report: AnnualReport,
    *,
    name: str = "",
    checks: list[Check] | None = None,
    sheet: FactSheet | None = None,
    copies: tuple[Copy, ...] | None = None,
) -> CheckResult:
    """Return findings, ledger and counts for a report.

    `checks` defaults to all rules; `copies` are what a batch found alike in other reports. Findings come errors first, then in the order of the text.
    """
    context = CheckContext(report, sheet, copies)
    findings: list[Finding] = []
    skipped: dict[str, list[str]] = {}
    counts: dict[str, RunCount] = {}
    crashes: list[Crash] = []
    for rule in all_checks() if checks is None else checks:
        if rule.forms is not None and report.form not in rule.forms:
            skipped[rule.code] = [f"不适用于 {report.form}"]
            continue
        held = failed = missed = 0
        try:
            for outcome in rule.function(rule, context):
                if isinstance(outcome, Held):
                    held += outcome.times
                elif isinstance(outcome, Skipped):
                    missed += 1
                    skipped.setdefault(rule.code, []).append(outcome.reason)
                else:
                    failed += 1
                    findings.append(outcome)
        except Exception as error:  # noqa: BLE001 - boundary: a bug in a rule must not hide the others
            crashes.append(Crash(code=rule.code, error=f"{type(error).__name__}: {error}"))
        counts[rule.code] = _count(held, failed, missed)
    cells = report.tables.cells if report.tables else ()
    blank = len(context.cells_of(CellKind.BLANK))
    mentions = () if crashes and "reading" not in context.__dict__ else context.reading.mentions
    return CheckResult(
        input=name,
        agency=report.agency.name,
        year=report.year,
        form=report.form,
        cells_read=len(cells) - blank,
        cells_blank=blank,
        checks_run=counts,
        findings=tuple(_accepted(report, sorted(findings, key=_sort_key))),
        mentions=mentions,
        not_assessed=tuple(
            _not_assessed(code, "；".join(dict.fromkeys(reasons)))
            for code, reasons in sorted(skipped.items())
        ),
        crashes=tuple(crashes),
    )


@lru_cache(maxsize=256)
def _count(held: int, failed: int, skipped: int) -> RunCount:
    # NOTE: counts are values, and most rules of most reports say the same: once held.
    return RunCount(held=held, failed=failed, skipped=skipped)


@lru_cache(maxsize=256)
def _not_assessed(code: str, reason: str) -> NotAssessed:
    return NotAssessed(code=code, reason=reason)


def _sort_key(finding: Finding) -> tuple[int, str, int, str, str]:
    at = finding.at
    section, start = (at.section, at.start) if isinstance(at, Span) else ("", 0)
    return (_ORDER[finding.severity], section, start, finding.code, place_text(at))


def _accepted(report: AnnualReport, findings: list[Finding]) -> list[Finding]:
    """Mark findings the office explained; an explanation that matches nothing is itself reported."""
    if not report.accepted:
        return findings
    reasons = {(a.code, a.at): a.reason for a in report.accepted}
    used: set[tuple[str, str]] = set()
    result: list[Finding] = []
    for finding in findings:
        key = (finding.code, place_text(finding.at))
        if key in reasons:
            used.add(key)
            finding = finding.model_copy(update={"accepted": reasons[key]})
        result.append(finding)
    result += [
        Finding(
            code="RUN101",
            name="run.acceptance_unused",
            severity=Severity.ADVICE,
            message=f"已记录的说明不再对应任何问题，可以删去：{code} {at}",
        )
        for code, at in reasons
        if (code, at) not in used
    ]
    return result
