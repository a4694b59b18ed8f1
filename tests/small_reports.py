"""Small reports for tests of the checker: tables, registered facts and one section of prose."""

from typing import Any

from report_writer.checks import check_report
from report_writer.domain.findings import CheckResult, Severity, Status
from report_writer.readers.from_json import report_from_mapping


def checked(text: str, tables: dict[str, Any], **more: Any) -> CheckResult:
    """Check a section of prose against tables; `more` are other fields of the report (facts, scope, agency)."""
    fields = {
        "year": 2023,
        "agency": {"name": "示例市商务局", "kind": "department"},
        "blank_is_zero": True,
        "tables": tables,
        "sections": {"overview": text},
    }
    return check_report(report_from_mapping(fields | more, name="small"))


def status_in(result: CheckResult, quote: str) -> Status | None:
    """Return the status of the mention with that quote, None where there is none."""
    return next((m.status for m in result.mentions if m.quote == quote), None)


def told(result: CheckResult) -> list[str]:
    """Return what the rules of numbers quote as an error or a warning, in the findings' order."""
    return [
        (f.at.quote if f.at is not None else None) or ""
        for f in result.findings
        if f.code.startswith("NUM") and f.severity is not Severity.ADVICE
    ]


def posted(**facts: int) -> list[dict[str, Any]]:
    """Return registered facts counted in 条."""
    return [
        {"label": label, "value": value, "unit": "条", "source": "台账"}
        for label, value in facts.items()
    ]
