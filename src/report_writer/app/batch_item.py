"""One item of a batch: read, draft, say what came of it. The same function here and on a cluster."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from report_writer.app.batch_inputs import BatchItem
from report_writer.app.drafting import DraftOptions, DraftOutcome, draft_report, recipe
from report_writer.app.services import UsageError
from report_writer.domain.batch import BatchFinding
from report_writer.domain.cells import Frozen
from report_writer.domain.findings import Finding, Severity, place_text
from report_writer.drafting.backend import Backend, BackendError
from report_writer.drafting.writer import Progress
from report_writer.exporters.atomic import WriteError
from report_writer.readers.errors import ReadError
from report_writer.storage.reports import Generation
from report_writer.storage.store import ItemEnd, Status

# Exit codes of contract 2; the command line has them by name, and stands above this floor.
FINDINGS, USAGE, BACKEND, BUG = 1, 2, 3, 4
_SHOWN = 5


class ItemSettings(Frozen):
    """How to draft the items of a batch. `options.model` is settled, never `auto`."""

    folder: str
    options: DraftOptions

    def wanted(self, input_hash: str) -> str:
        """Return the hash of input, options and model that an unchanged item keeps."""
        text = f"{input_hash}\n{recipe(self.options.model, self.options)}"
        return hashlib.sha256(text.encode()).hexdigest()


class ItemResult(Frozen):
    """What came of an item. `full`: the disk is. `seconds` are not here: results are comparable."""

    key: str
    end: ItemEnd
    generations: tuple[Generation, ...] = ()
    tokens: int = 0
    full: bool = False

    @property
    def code(self) -> int:
        """The item's own exit code."""
        return int(self.end.output.get("code", 0))


def draft_item(
    item: BatchItem,
    settings: ItemSettings,
    *,
    opened: Backend | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> ItemResult:
    """Draft one item into the output folder.

    What is wrong with the item is in the result; only bugs raise. Safe to call again: files are
    put down whole, and what an earlier call finished is kept.
    """
    try:
        outcome = draft_report(
            settings.options.office.apply(item.report()),
            Path(settings.folder),
            settings.options,
            name=item.name,
            ready=opened,
            redo_degraded=True,
            on_progress=on_progress,
        )
    except ReadError as error:
        return failed(item, error.message, USAGE, status=Status.UNREADABLE)
    except WriteError as error:
        return failed(item, str(error), USAGE, full=error.full)
    except UsageError as error:
        return failed(item, str(error), USAGE)
    except BackendError as error:
        return failed(item, str(error), BACKEND)
    return _result(item, settings, outcome)


def failed(
    item: BatchItem,
    message: str,
    code: int,
    *,
    status: Status = Status.FAILED,
    full: bool = False,
) -> ItemResult:
    """Return the result of an item that is to be tried again."""
    end = ItemEnd(
        status=status, input_hash=item.input_hash, error=message,
        output={"code": code, "notes": list(item.notes)},
    )  # fmt: skip
    return ItemResult(key=item.key, end=end, full=full)


def _result(item: BatchItem, settings: ItemSettings, outcome: DraftOutcome) -> ItemResult:
    problem, code = _problem(outcome)
    notes = [*item.notes, *outcome.warnings]
    if not outcome.refused:
        notes += [
            f"{number}与表格不符，请改正工作要点、补充事实或表格" for number in outcome.disputed
        ]
    sentences = outcome.sentences
    output: dict[str, Any] = {
        "code": code,
        "notes": list(dict.fromkeys(notes)),
        "files": [path.name for path in outcome.files],
        "findings": [_finding(f) for f in outcome.result.findings if f.accepted is None],
        "model_sentences": sentences["model"],
        "rule_sentences": sentences["rule"],
    }
    wanted = settings.wanted(item.input_hash)
    end = ItemEnd(
        status=Status.REFUSED if outcome.refused else Status.DONE,
        input_hash=item.input_hash,
        # What the model failed to write is tried again by the next run.
        done_hash=None if outcome.degraded else wanted,
        error=problem or None,
        output=output,
    )
    made = _generations(outcome)
    return ItemResult(
        key=item.key, end=end, generations=made, tokens=sum(one.tokens for one in made)
    )


def _problem(outcome: DraftOutcome) -> tuple[str, int]:
    """Return what keeps an outcome from being fine, and the exit code it stands for."""
    if outcome.contradicted:
        numbers = "、".join(outcome.contradicted)
        return f"草稿中有数字与数据不符，属程序缺陷，请勿使用：{numbers}", BUG
    if outcome.result.crashes:
        codes = "、".join(sorted({crash.code for crash in outcome.result.crashes}))
        return f"规则 {codes} 出错，属程序缺陷，请反馈", BUG
    if outcome.disputed and outcome.refused:
        numbers = "、".join(outcome.disputed[:_SHOWN])
        return f"工作要点或补充事实里的数字与表格不符，没有起草：{numbers}", FINDINGS
    if outcome.refused:
        return "数据有错误，没有起草", FINDINGS
    return "", FINDINGS if outcome.result.count(Severity.ERROR) else 0


def _finding(finding: Finding) -> dict[str, Any]:
    return BatchFinding(
        code=finding.code,
        name=finding.name,
        severity=finding.severity,
        message=finding.message,
        place=place_text(finding.at),
        hint=finding.hint or "",
    ).model_dump(mode="json")


def _generations(outcome: DraftOutcome) -> tuple[Generation, ...]:
    if outcome.trail is None:
        return ()
    return tuple(
        Generation(
            section=section.section,
            topic=attempt.topic,
            prompt_files=section.prompt_files,
            prompt=attempt.prompt,
            model=section.model,
            options=section.options,
            answer=attempt.answer,
            violations=attempt.violations,
            tokens=attempt.tokens,
            seconds=attempt.seconds,
        )
        for section in outcome.trail.sections
        for attempt in section.attempts
    )
