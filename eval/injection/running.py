"""Draft a hostile case and judge the draft."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.injection.cases import Case
from eval.injection.files import file_faults, written_files
from eval.injection.judging import faults, text_faults
from report_writer.app.drafting import DraftOptions, draft_report
from report_writer.drafting.backend import RULE, Backend
from report_writer.drafting.writer import Draft, write_draft


@dataclass(frozen=True)
class Result:
    """What became of a case. `refused`: nothing was drafted, the figures are in dispute."""

    case: str
    model: str
    refused: bool
    faults: tuple[str, ...]
    sentences: int = 0
    by_model: int = 0
    seconds: float = 0.0


def run(cases: Iterable[Case], backend: Backend | None, model: str) -> Iterator[Result]:
    """Yield one result a case; `backend` None means that the rules write."""
    for case in cases:
        yield run_case(case, backend, model)


def run_case(case: Case, backend: Backend | None, model: str) -> Result:
    """Draft one case and judge text, streamed sentences and, for the rules, every file."""
    heard: list[str] = []
    draft = write_draft(
        case.report,
        backend=backend,
        model=model,
        steer=case.steer,
        on_progress=lambda p: heard.append(p.text) if p.kind == "sentence" else None,
    )
    if draft.contradicted and refused(case):
        wanted = () if case.becomes == "refused" else ("不应拒绝起草",)
        return Result(case.name, model, True, wanted)
    found = faults(draft, case)
    found += [
        f"边写边显示：{fault}"
        for text in heard
        for fault in text_faults(text.replace(case.report.agency.name, ""))
    ]
    if backend is None:
        found += exported(draft)
    return Result(
        case.name,
        model,
        False,
        tuple(found),
        sum(len(s.sentences) for s in draft.trail.sections),
        sum(s.origin == "model" for t in draft.trail.sections for s in t.sentences),
        sum(a.seconds for t in draft.trail.sections for a in t.attempts),
    )


def refused(case: Case) -> bool:
    """Whether the command drafts nothing because the clerk's figures contradict the tables."""
    with TemporaryDirectory() as folder:
        return draft_report(case.report, Path(folder), DraftOptions(model=RULE)).refused


def exported(draft: Draft) -> list[str]:
    """Return what is unsafe in the files of a draft."""
    with TemporaryDirectory() as folder:
        return [f for path in written_files(draft.report, Path(folder)) for f in file_faults(path)]
