"""`draft`: figures checked, prose written, files put down whole, nothing of the user's overwritten.

The trail file holds the hash of every file written and a key over inputs, options and model: an
unchanged job keeps its draft, an edited file is never overwritten.
"""

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import Field

from report_writer import __version__
from report_writer._resources import shipped
from report_writer.app.services import UsageError, write_report
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
    refuse_tracing,
)
from report_writer.drafting.writer import Draft, Progress, write_draft
from report_writer.exporters.atomic import WriteError, write_whole
from report_writer.exporters.checklist import checklist_bytes
from report_writer.exporters.to_json import json_text, report_to_mapping

FORMATS = ("docx", "html", "md", "json")


class DraftOptions(Frozen):
    """How to draft: model spec, formats, profile, seed, and whether to go on despite findings.

    `constraints` say, by the beginning of a server's address, how it is held to a grammar.
    """

    model: str = AUTO
    settings_model: str | None = None
    formats: tuple[str, ...] = ("docx",)
    profile: str = "compact"
    seed: int = 0
    steer: str = ""
    send_figures: bool = False
    timeout: float | None = None
    constraints: dict[str, str] = Field(default_factory=dict)
    force: bool = False


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
    on_progress: Callable[[Progress], None] | None = None,
    on_message: Callable[[str], None] | None = None,
) -> DraftOutcome:
    """Draft one report into a folder.

    Raises UsageError (edited files in the way, unknown format), WriteError, TracingError,
    BackendError (a backend named outright that cannot be opened).
    """
    say = on_message or (lambda text: None)
    for name_of_format in options.formats:
        if name_of_format not in FORMATS:
            raise UsageError(f"不能写成“{name_of_format}”；可选：{'、'.join(FORMATS)}")
    figures = [rule for rule in all_checks() if rule.code.startswith("TAB")]
    before = check_report(report, name=name, checks=figures)
    if before.count(Severity.ERROR) and not options.force:
        return DraftOutcome(result=before, refused=True)
    if options.model != RULE:
        refuse_tracing()
    choice = choose_auto(options.settings_model) if options.model == AUTO else None
    spec = choice.spec if choice else options.model
    reason = choice.reason if choice else "按命令行指定的模型"
    key = _key(report, spec, options)
    files = _Files(folder, report.slug, options)
    old = files.old_trail()
    if old is not None and old.key == key and files.intact(old):
        # NOTE: the ledger is not stored twice; reading the kept text again is quick and cannot rot.
        kept = report.model_copy(update={"sections": files.kept_sections()})
        result = check_report(kept, name=name)
        ours, disputed = _contradictions(result, old, report)
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
    if not options.force:
        # NOTE: by the rules, before a model spends minutes on notes that contradict the tables.
        trial = write_draft(report, seed=options.seed, name=name)
        if disputed := _contradictions(trial.result, trial.trail, report)[1]:
            return DraftOutcome(result=trial.result, disputed=disputed, refused=True)
    say(f"模型：{spec}（{reason}）")
    backend: Backend | None = None
    try:
        backend = _open(spec, options, say)
    except BackendUnavailableError as error:
        if choice is None:
            raise
        # NOTE: nobody asked for this model by name; the rules draft as well, and say why.
        spec, reason = RULE, f"自动选的模型打不开，改由规则成文：{error}"
        key = _key(report, spec, options)
        say(f"注意：{reason}")
    try:
        draft = write_draft(
            report,
            backend=backend,
            model=spec,
            reason=reason,
            profile=options.profile,
            seed=options.seed,
            steer=options.steer,
            send_figures=options.send_figures,
            name=name,
            on_progress=on_progress,
        )
    finally:
        if backend is not None:
            backend.close()
    trail = files.write(draft, key, old)
    ours, disputed = _contradictions(draft.result, trail, report)
    return DraftOutcome(
        files=files.paths(),
        result=draft.result,
        trail=trail,
        warnings=draft.warnings,
        # NOTE: with --force the figures themselves disagree; a contradiction is then no bug of ours.
        contradicted=() if before.count(Severity.ERROR) else ours,
        disputed=disputed,
    )


def _contradictions(
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


class _Files:
    """The output files of one report in one folder."""

    def __init__(self, folder: Path, slug: str, options: DraftOptions) -> None:
        self.folder, self.slug, self.options = folder, slug, options
        self.documents = tuple(f"{slug}.{suffix}" for suffix in options.formats if suffix != "json")
        self.checklist = f"{slug}.核对单.docx"
        self.report = f"{slug}.report.json"
        self.findings = f"{slug}.findings.json"
        self.trail = f"{slug}.trail.json"

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.documents, self.checklist, self.report, self.findings)

    def paths(self) -> tuple[Path, ...]:
        return tuple(self.folder / name for name in (*self.names, self.trail))

    def old_trail(self) -> Trail | None:
        try:
            data = json.loads((self.folder / self.trail).read_text(encoding="utf-8"))
            data.pop("schema", None)
            return Trail.model_validate(data)
        except (OSError, ValueError):
            return None

    def kept_sections(self) -> dict[str, str]:
        data = json.loads((self.folder / self.report).read_text(encoding="utf-8"))
        sections: dict[str, str] = data["sections"]
        return sections

    def intact(self, trail: Trail) -> bool:
        """Whether every file this job would write is there as the trail left it."""
        return all(
            name in trail.files and _file_hash(self.folder / name) == trail.files[name]
            for name in self.names
        )

    def refuse_edited(self, trail: Trail | None) -> None:
        """Raise UsageError where a file in the way was edited, or is not ours at all."""
        if self.options.force:
            return
        for name in self.names:
            digest = _file_hash(self.folder / name)
            ours = {trail.files.get(name), trail.previous_files.get(name)} if trail else set()
            if digest is not None and digest not in ours:
                raise UsageError(
                    f"{self.folder / name}：文件已被修改过（或不是本程序写的），未覆盖；"
                    "请换一个输出文件夹，确需覆盖请加 --force"
                )

    def write(self, draft: Draft, key: str, old: Trail | None) -> Trail:
        """Render everything first, then put all files in place, the trail foremost.

        The trail names the hashes of the new files, of those they replace and of those written
        before in other formats, so that a stop at any point leaves nothing that looks edited.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WriteError(self.folder, f"不能建立文件夹（{error.strerror}）") from error
        content = self._render(draft)
        trail = draft.trail.model_copy(
            update={
                "key": key,
                "files": {name: hashlib.sha256(data).hexdigest() for name, data in content.items()},
                "previous_files": {**_known(old), **self._on_disk()},
            }
        )
        write_whole(self.folder / self.trail, json_text(trail.wire()).encode())
        for name, data in content.items():
            write_whole(self.folder / name, data)
        return trail

    def _on_disk(self) -> dict[str, str]:
        """What the new files replace; `refuse_edited` has let it pass."""
        hashes = {name: _file_hash(self.folder / name) for name in self.names}
        return {name: digest for name, digest in hashes.items() if digest is not None}

    def _render(self, draft: Draft) -> dict[str, bytes]:
        figures = {s.section: s.figures for s in draft.trail.sections}
        content: dict[str, bytes] = {}
        with tempfile.TemporaryDirectory() as scratch:
            for name in self.documents:
                path = Path(scratch) / f"document{Path(name).suffix}"
                write_report(draft.report, path, figures=figures)
                content[name] = path.read_bytes()
        content[self.checklist] = checklist_bytes(draft.result, draft.report)
        content[self.report] = json_text(report_to_mapping(draft.report)).encode()
        content[self.findings] = json_text(draft.result.wire()).encode()
        return content


def _known(trail: Trail | None) -> dict[str, str]:
    """Return the hash of every file a trail knows as ours."""
    return {**trail.previous_files, **trail.files} if trail else {}


def _file_hash(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _key(report: AnnualReport, spec: str, options: DraftOptions) -> str:
    """Return the hash of everything a draft depends on: data, model, options, prompts, wordings."""
    shaping: dict[str, Any] = {
        "version": __version__,
        "report": report_to_mapping(report),
        "model": spec,
        "options": options.model_dump(exclude={"model", "settings_model", "timeout", "force"}),
        "prompts": {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for folder in ("prompts", "templates")
            for path in sorted(shipped(folder).rglob("*"))
            if path.is_file() and path.suffix in {".j2", ".toml"}
        },
    }
    if spec.startswith("scripted:"):
        shaping["script"] = _file_hash(Path(spec.partition(":")[2]))
    return hashlib.sha256(
        json.dumps(shaping, ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()
