"""The summary of a batch: rows with the worst first, and what has changed since the last run."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from report_writer.app.batch_copies import with_copies
from report_writer.app.batch_inputs import SUMMARY_STEM
from report_writer.domain.batch import BatchChange, BatchFinding, BatchRow, BatchSummary
from report_writer.domain.findings import Severity
from report_writer.exporters.atomic import write_whole
from report_writer.exporters.summary import summary_html, summary_json
from report_writer.exporters.summary_xlsx import summary_xlsx
from report_writer.storage.store import Item, Status, Wanted

OUTDATED = "outdated"
STATUS_NAMES = {
    Status.NEW: "未起草",
    Status.RUNNING: "起草中",
    Status.DONE: "已起草",
    Status.REFUSED: "数据有错",
    Status.UNREADABLE: "读不了",
    Status.FAILED: "没有做成",
    OUTDATED: "待重新起草",
}


def summarise(
    items: Mapping[str, Item],
    wanted: Sequence[Wanted],
    model: str,
    before: Sequence[Mapping[str, Any]] | None,
    folder: Path,
) -> BatchSummary:
    """Return the summary of the items a run is about; `folder` holds their drafts."""
    rows = tuple(_row(items[one.key], one) for one in wanted if one.key in items)
    summary = with_copies(BatchSummary(model=model, rows=rows), folder)
    rows = tuple(sorted(summary.rows, key=_badness))
    changes = None if before is None else tuple(_changes(rows, before))
    return summary.model_copy(update={"rows": rows, "changes": changes})


def snapshot(summary: BatchSummary) -> list[dict[str, Any]]:
    """Return what the next run is compared with."""
    return [
        {"key": row.key, "agency": row.agency or row.source, "status": row.status,
         "codes": dict(sorted(_codes(row).items()))}
        for row in summary.rows
    ]  # fmt: skip


def write_summary(summary: BatchSummary, folder: Path) -> tuple[Path, ...]:
    """Write the summary as Excel, HTML and JSON; returns the files. Raises WriteError."""
    made = {
        ".xlsx": summary_xlsx(summary, STATUS_NAMES),
        ".html": summary_html(summary, STATUS_NAMES).encode(),
        ".json": summary_json(summary).encode(),
    }
    paths = []
    for suffix, data in made.items():
        path = folder / f"{SUMMARY_STEM}{suffix}"
        write_whole(path, data)
        paths.append(path)
    return tuple(paths)


def _row(item: Item, wanted: Wanted) -> BatchRow:
    output = item.output
    status: str = item.status
    if wanted.wanted and item.done_hash is not None and item.done_hash != wanted.wanted:
        status = OUTDATED
    return BatchRow(
        key=item.key,
        agency=item.agency,
        year=item.year,
        source=wanted.source,
        status=status,
        code=int(output.get("code", 0)),
        problem=item.error or "",
        notes=tuple(output.get("notes", ())),
        files=tuple(output.get("files", ())),
        findings=tuple(BatchFinding.model_validate(f) for f in output.get("findings", ())),
        model_sentences=int(output.get("model_sentences", 0)),
        rule_sentences=int(output.get("rule_sentences", 0)),
    )


def _badness(row: BatchRow) -> tuple[object, ...]:
    """Order rows: bugs, what gave no draft, wrong figures, then by findings, then by name."""
    open_ = row.status in {Status.NEW, Status.RUNNING, OUTDATED}
    counts = (-row.count(s) for s in Severity)
    return (-row.code, not open_, *counts, row.key)


def _codes(row: BatchRow) -> Counter[str]:
    return Counter(finding.code for finding in row.findings)


def _changes(rows: Sequence[BatchRow], before: Sequence[Mapping[str, Any]]) -> list[BatchChange]:
    """Return what is other than before: agencies, how far they are, findings by code."""
    old = {str(one["key"]): one for one in before}
    changes = []
    for row in rows:
        name = row.agency or row.source
        last = old.pop(row.key, None)
        if last is None:
            changes.append(BatchChange(key=row.key, agency=name, what="新增"))
            continue
        parts = []
        if last["status"] != row.status:
            parts.append(f"{STATUS_NAMES[last['status']]}→{STATUS_NAMES[row.status]}")
        now, then = _codes(row), Counter(last["codes"])
        parts += [
            f"{code} {then[code]}→{now[code]}处"
            for code in sorted({*now, *then})
            if now[code] != then[code]
        ]
        if parts:
            changes.append(BatchChange(key=row.key, agency=name, what="，".join(parts)))
    changes += [
        BatchChange(key=key, agency=str(one["agency"]), what="这次没有了")
        for key, one in sorted(old.items())
    ]
    return changes
