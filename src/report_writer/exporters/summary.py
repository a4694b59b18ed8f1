"""The summary of a batch as an HTML page and as JSON. Agency text is escaped, never a template."""

from collections.abc import Mapping
from urllib.parse import quote

from report_writer.domain.batch import BatchSummary
from report_writer.domain.findings import Severity
from report_writer.exporters.page import page_template
from report_writer.exporters.to_json import json_text

TEMPLATE = "batch.html.j2"
SEVERITY_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.ADVICE: "建议"}


def summary_json(summary: BatchSummary) -> str:
    """Return the summary file for other programs."""
    return json_text(summary.wire())


def summary_html(summary: BatchSummary, statuses: Mapping[str, str]) -> str:
    """Return one self-contained page: counts, changes, and a row an agency with links to its files."""
    return page_template(TEMPLATE).render(
        summary=summary,
        totals=summary.totals,
        statuses=statuses,
        severities=SEVERITY_NAMES,
        link=file_link,
    )


def file_link(name: str) -> str:
    """Return a relative link to a file beside the summary."""
    return "./" + quote(name)
