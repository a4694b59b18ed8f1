"""`draft`: figures checked, prose written, files put down whole, nothing of the user's overwritten.

The trail file holds the hash of every file written and a key over inputs, options and model: an
unchanged job keeps its draft, an edited file is never overwritten.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field

from report_writer import __version__
from report_writer._resources import shipped
from report_writer.app.draft_files import DraftFiles, file_hash
from report_writer.app.services import UsageError
from report_writer.app.settings import OfficeSettings
from report_writer.checks import all_checks, check_report
from report_writer.domain.cells import Frozen
from report_writer.domain.findings import CheckResult, Severity, Status
from report_writer.domain.generation import Origin, SectionTrail, Trail
from report_writer.domain.report import AnnualReport, Topic
from report_writer.drafting.backend import (
    AUTO,
    RULE,
    Backend,
    BackendUnavailableError,
    choose_auto,
    open_backend,
    profile_for,
    refuse_tracing,
)
from report_writer.drafting.session import MODEL_FAILED
from report_writer.drafting.writer import Progress, write_draft
from report_writer.exporters.to_json import report_to_mapping

FORMATS = ("docx", "html", "md", "json")


class DraftOptions(Frozen):
    """How to draft: model spec, formats, profile, seed, and whether to go on despite findings.

    `constraints` say, by the beginning of a server's address, how it is held to a grammar.
    """

    model: str = AUTO
    settings_model: str | None = None
    formats: tuple[str, ...] = ("docx",)
    profile: str = "auto"
    seed: int = 0
    steer: str = ""
    send_figures: bool = False
    timeout: float | None = None
    constraints: dict[str, str] = Field(default_factory=dict)
    force: bool = False
    office: OfficeSettings = OfficeSettings()


class DraftOutcome(Frozen):
    """What came of it. `kept`: nothing had changed. `result.findings` with errors: no draft.

    `contradicted` are numbers of ours that the finished text contradicts (a bug); `disputed` are
    numbers of the clerk's notes or registered facts that disagree with the tables.
    """

    files: tuple[Path, ...] = ()
    result: CheckResult
    trail: Trail | None = None
    warnings: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    kept: bool = False
    refused: bool = False

    @property
    def degraded(self) -> bool:
        """Whether the model failed on the way, so that the rules wrote what it should have."""
        return _degraded(self.warnings)

    @property
    def sentences(self) -> dict[str, int]:
        """Sentences by who wrote them."""
        return {o.value: self.trail.sentence_count(o) if self.trail else 0 for o in Origin}

    @property
    def numbers(self) -> dict[str, int]:
        """Mentions by status."""
        return {s.value: sum(m.status is s for m in self.result.mentions) for s in Status}


def draft_report(
    report: AnnualReport,
    folder: Path,
    options: DraftOptions,
    *,
    name: str = "",
    ready: Backend | None = None,
    redo_degraded: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    on_message: Callable[[str], None] | None = None,
) -> DraftOutcome:
    """Draft one report into a folder.

    `ready` is the backend of `options.model` where the caller has it open already; it stays open.
    `redo_degraded`: an unchanged draft is made again where the model failed on its way.
    Raises UsageError (edited files in the way, unknown format), WriteError, TracingError,
    BackendError (a backend named outright that cannot be opened).
    """
    say = on_message or (lambda text: None)
    for name_of_format in options.formats:
        if name_of_format not in FORMATS:
            raise UsageError(f"不能写成“{name_of_format}”；可选：{'、'.join(FORMATS)}")
    before = figures_checked(report, name)
    if before.count(Severity.ERROR) and not options.force:
        return DraftOutcome(result=before, refused=True)
    spec, reason = _spec(options)
    key = _key(report, spec, options)
    files = DraftFiles(folder, report.slug, options.formats, force=options.force)
    old = files.old_trail()
    again = redo_degraded and old is not None and _degraded(old.warnings)
    if old is not None and old.key == key and not again and files.intact(old):
        # NOTE: the ledger is not stored twice; reading the kept text again is quick and cannot rot.
        kept = report.model_copy(update={"sections": files.kept_sections()})
        result = check_report(kept, name=name)
        ours, disputed = contradictions(result, old, report)
        if not disputed or options.force:
            return DraftOutcome(
                files=files.paths(),
                result=result,
                trail=old,
                warnings=old.warnings,
                contradicted=() if before.count(Severity.ERROR) else ours,
                disputed=disputed,
                kept=True,
            )
    files.refuse_edited(old)
    if not options.force and (refused := disputes(report, options, name)):
        return refused
    asked, backend = spec, ready
    if backend is None:
        spec, reason, backend = opened(options, say)
    if spec != asked:
        key = _key(report, spec, options)
    try:
        draft = write_draft(
            report,
            backend=backend,
            model=spec,
            reason=reason,
            profile=profile_for(spec, options.profile),
            seed=options.seed,
            steer=options.steer,
            send_figures=options.send_figures,
            name=name,
            office=options.office.preferences(),
            on_progress=on_progress,
        )
    finally:
        if backend is not None and ready is None:
            backend.close()
    trail = files.write(draft, key, old)
    ours, disputed = contradictions(draft.result, trail, report)
    return DraftOutcome(
        files=files.paths(),
        result=draft.result,
        trail=trail,
        warnings=draft.warnings,
        # NOTE: with --force the figures themselves disagree; a contradiction is then no bug of ours.
        contradicted=() if before.count(Severity.ERROR) else ours,
        disputed=disputed,
    )


def figures_checked(report: AnnualReport, name: str) -> CheckResult:
    """Return the findings about the tables alone."""
    figures = [rule for rule in all_checks() if rule.code.startswith("TAB")]
    return check_report(report, name=name, checks=figures)


def disputes(report: AnnualReport, options: DraftOptions, name: str) -> DraftOutcome | None:
    """Return a refusal where notes or registered facts contradict the tables, else None."""
    # NOTE: by the rules, before a model spends minutes on notes that contradict the tables.
    trial = write_draft(report, seed=options.seed, name=name, office=options.office.preferences())
    disputed = contradictions(trial.result, trial.trail, report)[1]
    return DraftOutcome(result=trial.result, disputed=disputed, refused=True) if disputed else None


def contradictions(
    result: CheckResult, trail: Trail, report: AnnualReport
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the contradicted numbers of the drafted sections: our own, and the clerk's.

    A number the clerk gave (a note's, a registered fact's) that disagrees with the tables is a
    matter of the input, however it is written.
    """
    ours: list[str] = []
    theirs: list[str] = []
    given_places = {s.section: list(_given_places(s, report)) for s in trail.sections}
    for mention in result.mentions:
        if mention.status is not Status.CONTRADICTED or mention.section not in given_places:
            continue
        given = [
            label
            for start, end, label in given_places[mention.section]
            if mention.start < end and start < mention.end
        ]
        if given:
            theirs.append(f"“{mention.quote}”（{given[0]}）")
        else:
            ours.append(mention.quote)
    return tuple(ours), tuple(theirs)


def _spec(options: DraftOptions) -> tuple[str, str]:
    """Return the model's spec and why it was chosen. Raises TracingError."""
    if options.model == AUTO:
        choice = choose_auto(options.settings_model)
        if choice.spec != RULE:
            refuse_tracing()
        return choice.spec, choice.reason
    if options.model != RULE:
        refuse_tracing()
    return options.model, "按命令行指定的模型"


def opened(options: DraftOptions, say: Callable[[str], None]) -> tuple[str, str, Backend | None]:
    """Return spec, reason and the open backend; None for the rules.

    Raises BackendError where a model named outright cannot be opened.
    """
    spec, reason = _spec(options)
    say(f"模型：{spec}（{reason}）")
    try:
        return spec, reason, _open(spec, options, say)
    except BackendUnavailableError as error:
        if options.model != AUTO:
            raise
        # NOTE: nobody asked for this model by name; the rules draft as well, and say why.
        reason = f"自动选的模型打不开，改由规则成文：{error}"
        say(f"注意：{reason}")
        return RULE, reason, None


def _open(spec: str, options: DraftOptions, say: Callable[[str], None]) -> Backend | None:
    if spec == RULE:
        return None
    return open_backend(
        spec,
        timeout=options.timeout,
        progress=lambda p: say(p) if isinstance(p, str) else None,
        constraint=_constraint(spec, options),
    )


def _constraint(spec: str, options: DraftOptions) -> str:
    """Return how the server of a spec is held to a grammar, by the longest address that fits."""
    address = "http" + spec.partition("@http")[2]
    fitting = [known for known in options.constraints if address.startswith(known)]
    return options.constraints[max(fitting, key=len)] if fitting else "auto"


def _given_places(section: SectionTrail, report: AnnualReport) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and name of what stands in a section as the clerk gave it."""
    for figure in section.figures:
        if figure.fact.startswith("facts/"):
            yield figure.start, figure.end, figure.label
    for sentence in section.sentences:
        for basis in sentence.rests_on:
            kind, _, rest = basis.partition("/")
            if kind != "notes":
                continue
            topic, _, number = rest.partition("/")
            note = report.notes[Topic(topic)][int(number)].rstrip("。；;，, ")
            at = sentence.text.find(note)
            if at >= 0:
                yield sentence.start + at, sentence.start + at + len(note), note


def _degraded(warnings: tuple[str, ...]) -> bool:
    return any(warning.startswith(MODEL_FAILED) for warning in warnings)


def _key(report: AnnualReport, spec: str, options: DraftOptions) -> str:
    """Return the hash of everything a draft depends on: data, model, options, prompts, wordings."""
    return _hash({"report": report_to_mapping(report), **_shaping(spec, options)})


def recipe(spec: str, options: DraftOptions) -> str:
    """Return the hash of everything a draft depends on besides its input."""
    return _hash({"force": options.force, **_shaping(spec, options)})


def _shaping(spec: str, options: DraftOptions) -> dict[str, Any]:
    shaping: dict[str, Any] = {
        "version": __version__,
        "model": spec,
        "options": options.model_dump(exclude={"model", "settings_model", "timeout", "force"}),
        "prompts": {**_shipped_hashes(), **options.office.prompt_hashes()},
    }
    if spec.startswith("scripted:"):
        shaping["script"] = file_hash(Path(spec.partition(":")[2]))
    return shaping


@cache
def _shipped_hashes() -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in ("prompts", "templates")
        for path in sorted(shipped(folder).rglob("*"))
        if path.is_file() and path.suffix in {".j2", ".toml"}
    }


def _hash(value: dict[str, Any]) -> str:
    return hashlib.sha256(
        json.dumps(value, ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()
