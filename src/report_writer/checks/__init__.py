"""Rules: pure functions from a report and its facts to outcomes. One rule, one file."""

from report_writer.checks._api import Check, CheckContext, Held, Skipped, all_checks, check
from report_writer.checks._runner import check_report

__all__ = ["Check", "CheckContext", "Held", "Skipped", "all_checks", "check", "check_report"]
