"""Read the prose of a report: every mention, linked and judged, once for all rules."""

from dataclasses import dataclass

from report_writer.domain.findings import Cause, Mention, Severity
from report_writer.facts.judging.section_reader import SectionReader
from report_writer.facts.judging.verdicts import Issue
from report_writer.facts.sheet import FactSheet

__all__ = ["Cause", "Issue", "Reading", "Severity", "read_report"]


@dataclass(frozen=True, slots=True)
class Reading:
    """The ledger of a report: mentions in text order, without overlap, and what is wrong with them."""

    mentions: tuple[Mention, ...] = ()
    issues: tuple[Issue, ...] = ()

    def issues_of(self, code: str) -> tuple[Issue, ...]:
        """Return the issues one rule reports."""
        return tuple([issue for issue in self.issues if issue.code == code])


def read_report(sheet: FactSheet) -> Reading:
    """Return the ledger of all sections of the sheet's report."""
    mentions: list[Mention] = []
    issues: list[Issue] = []
    for section, text in sheet.report.sections.items():
        reader = SectionReader(sheet, section, text)
        reader.read()
        mentions += reader.mentions
        issues += reader.issues
    return Reading(tuple(mentions), tuple(issues))
