"""What a batch found, for its summary: one row an agency, the worst first; no times."""

from typing import Any

from report_writer.domain.cells import Frozen
from report_writer.domain.copies import Copies
from report_writer.domain.findings import Severity

SCHEMA = "report-writer/batch/1"


class BatchFinding(Frozen):
    """A finding of one agency, as the summary lists it. `place` is an address or a span."""

    code: str
    name: str
    severity: Severity
    message: str
    place: str = ""
    hint: str = ""


class BatchRow(Frozen):
    """One agency of a batch. `code` is the exit code of its own; `files` lie in the output folder.

    `source` is the input relative to the output folder. `status` is the store's word for how far
    the item has come, `problem` says what keeps it from being done, `notes` what to look at.
    """

    key: str
    agency: str
    year: int | None
    source: str
    status: str
    code: int = 0
    problem: str = ""
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    findings: tuple[BatchFinding, ...] = ()
    model_sentences: int = 0
    rule_sentences: int = 0

    def count(self, severity: Severity) -> int:
        """Return how many findings of a severity the row has."""
        return sum(finding.severity is severity for finding in self.findings)


class BatchChange(Frozen):
    """What is other than after the last finished run, for one agency."""

    key: str
    agency: str
    what: str


class BatchSummary(Frozen):
    """A whole batch: rows with the worst first, and the changes; None without a run before.

    `copies` are the paragraphs that drafts of several agencies have alike.
    """

    model: str
    rows: tuple[BatchRow, ...]
    changes: tuple[BatchChange, ...] | None = None
    copies: Copies | None = None

    @property
    def totals(self) -> dict[str, int]:
        """How many rows there are of each status, and findings of each severity."""
        statuses = dict.fromkeys(sorted({row.status for row in self.rows}), 0)
        for row in self.rows:
            statuses[row.status] += 1
        found = {s.value: sum(row.count(s) for row in self.rows) for s in Severity}
        return {"agencies": len(self.rows), **statuses, **found}

    def wire(self) -> dict[str, Any]:
        """Return the JSON object of the summary file."""
        changes = None if self.changes is None else [c.model_dump() for c in self.changes]
        return {
            "schema": SCHEMA,
            "model": self.model,
            "totals": self.totals,
            "items": [row.model_dump(mode="json") for row in self.rows],
            "changes": changes,
            "copies": self.copies and self.copies.wire(),
        }
