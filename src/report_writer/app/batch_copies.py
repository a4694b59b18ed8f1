"""Copied text in a batch: the drafts are compared when all are done, and the rows told of it."""

import json
from collections.abc import Iterator
from pathlib import Path

from report_writer.app.copied import find_copied
from report_writer.checks import all_checks, check_report
from report_writer.domain.batch import BatchFinding, BatchRow, BatchSummary
from report_writer.domain.findings import place_text
from report_writer.domain.report import AnnualReport
from report_writer.readers.errors import ReadError
from report_writer.readers.from_json import report_from_mapping
from report_writer.readers.source import read_bytes

_DRAFT = ".report.json"
_RULE = "DUP201"


def with_copies(summary: BatchSummary, folder: Path) -> BatchSummary:
    """Return the summary with the clusters of alike paragraphs, and a finding for each agency in one.

    `folder` holds the drafts. A draft that was taken away or cannot be read is not compared.
    """
    # NOTE: by key, so that the clusters do not hang on the order of the rows.
    texts = dict(sorted(_texts(summary, folder)))
    copies = find_copied(texts.items())
    rule = [check for check in all_checks() if check.code == _RULE]
    alike = {member.source for cluster in copies.clusters for member in cluster.members}
    rows = []
    for row in summary.rows:
        if row.key in alike:
            result = check_report(texts[row.key], checks=rule, copies=copies.of(row.key))
            told = tuple(
                BatchFinding(
                    code=finding.code,
                    name=finding.name,
                    severity=finding.severity,
                    message=finding.message,
                    place=place_text(finding.at),
                )
                for finding in result.findings
            )
            row = row.model_copy(update={"findings": row.findings + told})
        rows.append(row)
    return summary.model_copy(update={"rows": tuple(rows), "copies": copies})


def _texts(summary: BatchSummary, folder: Path) -> Iterator[tuple[str, AnnualReport]]:
    for row in summary.rows:
        name = next((name for name in row.files if name.endswith(_DRAFT)), None)
        report = None if name is None else _prose(row, folder / name)
        if report is not None:
            yield row.key, report


def _prose(row: BatchRow, path: Path) -> AnnualReport | None:
    """Return the report with its prose alone: the figures of thousands would only fill the memory."""
    try:
        data = json.loads(read_bytes(path))
        kept = {key: data[key] for key in ("year", "agency", "sections")}
        return report_from_mapping({**kept, "tables": None}, name=path.name)
    except (ReadError, ValueError, KeyError, TypeError):
        return None
