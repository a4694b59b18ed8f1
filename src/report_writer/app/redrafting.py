"""Doing a part of a draft again: one section, one topic, one sentence; two variants to choose from.

Works on the draft in the output folder. What is not done again stays to the letter; edited files
are kept as by `draft`. Variants are written to one candidates file beside the draft, each with its
own trail; choosing one puts it in place of the draft.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from report_writer.app.draft_files import DraftFiles, data_hash
from report_writer.app.drafting import (
    DraftOptions,
    contradictions,
    disputes,
    figures_checked,
    opened,
)
from report_writer.app.services import UsageError
from report_writer.domain.cells import Frozen
from report_writer.domain.findings import CheckResult, Severity
from report_writer.domain.generation import Trail
from report_writer.domain.report import AnnualReport
from report_writer.drafting.backend import RULE, profile_for
from report_writer.drafting.plan import build_plan
from report_writer.drafting.revising import (
    Revision,
    RevisionError,
    sentence_named,
    topics_named,
)
from report_writer.drafting.topic_writer import title
from report_writer.drafting.writer import Draft, Progress, write_draft
from report_writer.exporters.atomic import write_whole
from report_writer.exporters.to_json import json_text
from report_writer.facts.sheet import FactSheet

CANDIDATES_SCHEMA = "report-writer/candidates/1"
MOST_VARIANTS = 5


class Redo(Frozen):
    """What to do again. `only` and `lock` are names of sections or topics; all empty: everything.

    `sentence` is `section:number` or words of the sentence. `variants` above 1 writes candidates
    instead of the draft; `choose` (from 1) takes one of them.
    """

    only: tuple[str, ...] = ()
    lock: tuple[str, ...] = ()
    sentence: str = ""
    variants: int = 1
    choose: int = 0

    @property
    def wanted(self) -> bool:
        """Whether anything but a whole, single draft is asked for."""
        return bool(self.only or self.lock or self.sentence or self.choose or self.variants != 1)


class Candidate(Frozen):
    """One variant: its number, the texts that differ between variants, and its trail."""

    number: int
    sections: dict[str, str]
    trail: Trail


class RedoOutcome(Frozen):
    """What came of it: files written, the check of the new text, or candidates to choose from."""

    files: tuple[Path, ...] = ()
    result: CheckResult
    trail: Trail | None = None
    warnings: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    changed: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    refused: bool = False


def redraft(
    report: AnnualReport,
    folder: Path,
    options: DraftOptions,
    redo: Redo,
    *,
    name: str = "",
    on_progress: Callable[[Progress], None] | None = None,
    on_message: Callable[[str], None] | None = None,
) -> RedoOutcome:
    """Do a part of the draft in a folder again.

    Raises UsageError (no draft, other data, edited files, unknown parts) and what `draft_report`
    raises for models and files.
    """
    return _Redrafting(report, folder, options, redo, name, on_progress, on_message).run()


class _Redrafting:
    def __init__(
        self,
        report: AnnualReport,
        folder: Path,
        options: DraftOptions,
        redo: Redo,
        name: str,
        on_progress: Callable[[Progress], None] | None,
        on_message: Callable[[str], None] | None,
    ) -> None:
        self.redo, self.name = redo, name
        self.on_progress, self.say = on_progress, on_message or (lambda text: None)
        self.old = DraftFiles(folder, report.slug, options.formats).old_trail()
        # NOTE: every document written before is written again; an old one would be out of date.
        formats = (*options.formats, *_formats(self.old, report.slug))
        self.options = options.model_copy(update={"formats": tuple(dict.fromkeys(formats))})
        self.files = DraftFiles(folder, report.slug, self.options.formats, force=options.force)
        self.report = report
        self.place = folder / f"{report.slug}.candidates.json"

    def run(self) -> RedoOutcome:
        if not 1 <= self.redo.variants <= MOST_VARIANTS:
            raise UsageError(f"--variants 应为 1 至 {MOST_VARIANTS}")
        if self.old is not None and self.old.data != data_hash(self.report):
            raise UsageError("数据或工作要点与已有的草稿不同，不能只改一处，请先整份重新起草")
        partly = self.redo.only or self.redo.lock or self.redo.sentence
        if self.old is None and partly:
            raise UsageError(f"{self.files.folder} 里还没有这份报告的草稿，请先整份起草")
        self.files.refuse_edited(self.old)
        if self.old is None and not self.options.force and (refused := self._refusal()):
            return refused
        try:
            if self.redo.choose:
                return self._chosen()
            drafts = self._drafts()
        except RevisionError as error:
            raise UsageError(str(error)) from error
        if len(drafts) == 1:
            return self._written(drafts[0])
        return self._candidates(drafts)

    def _refusal(self) -> RedoOutcome | None:
        """Return why nothing can be drafted from these figures; None where all is well."""
        figures = figures_checked(self.report, self.name)
        if figures.count(Severity.ERROR):
            return RedoOutcome(result=figures, refused=True)
        refused = disputes(self.report, self.options, self.name)
        if refused is None:
            return None
        return RedoOutcome(result=refused.result, disputed=refused.disputed, refused=True)

    def _drafts(self) -> list[Draft]:
        revisions = [self._revision(n) for n in range(1, self.redo.variants + 1)]
        spec, reason, backend = opened(self.options, self.say)
        try:
            return [
                write_draft(
                    self.report,
                    backend=backend,
                    model=spec,
                    reason=reason,
                    profile=profile_for(spec, self.options.profile),
                    # NOTE: with no draft to revise, variants differ by their seed.
                    seed=self.options.seed + (0 if revision else number),
                    steer=self.options.steer,
                    send_figures=self.options.send_figures,
                    name=self.name,
                    revision=revision,
                    office=self.options.office.preferences(),
                    on_progress=self.on_progress,
                )
                for number, revision in enumerate(revisions)
            ]
        finally:
            if backend is not None:
                backend.close()

    def _revision(self, turn: int) -> Revision | None:
        if self.old is None:
            return None
        plans = build_plan(FactSheet(self.report), self.options.office.preferences().wordings())
        known = {plan.topic: (plan.section, title(plan)) for plan in plans}
        number = self.old.revision + turn
        if self.redo.sentence:
            if self.redo.only or self.redo.lock:
                raise UsageError("--sentence 不能与 --only、--lock 一起用")
            place = sentence_named(self.redo.sentence, self.old)
            return Revision(self.old, sentence=place, number=number)
        topics = topics_named(self.redo.only, known) if self.redo.only else frozenset(known)
        topics -= topics_named(self.redo.lock, known)
        if not topics:
            raise UsageError("没有要重写的部分：--only 的部分都被 --lock 锁定了")
        return Revision(self.old, topics=frozenset(topics), number=number)

    def _written(self, draft: Draft) -> RedoOutcome:
        key = self.old.key if self.old else ""
        before = self.files.kept_sections() if self.old else {}
        warnings = draft.warnings
        if self.options.steer and draft.trail.model == RULE:
            warnings = (*warnings, "规则成文不理会 --steer，只换了说法；要按要求改写请用模型")
        trail = self.files.write(draft, key, self.old)
        ours, _ = contradictions(draft.result, trail, self.report)
        return RedoOutcome(
            files=self.files.paths(),
            result=draft.result,
            trail=trail,
            warnings=warnings,
            contradicted=ours,
            changed=_changed(before, draft.report.sections),
        )

    def _candidates(self, drafts: list[Draft]) -> RedoOutcome:
        keys = [key for key, text in drafts[0].report.sections.items() if any(
            d.report.sections.get(key) != text for d in drafts[1:]
        )]  # fmt: skip
        found = tuple(
            Candidate(
                number=number,
                sections={key: draft.report.sections[key] for key in keys},
                trail=draft.trail.model_copy(update={"data": data_hash(self.report)}),
            )
            for number, draft in enumerate(drafts, 1)
        )
        wire: dict[str, Any] = {
            "schema": CANDIDATES_SCHEMA,
            "draft": self._stamp(),
            "candidates": [{**c.model_dump(mode="json"), "trail": c.trail.wire()} for c in found],
        }
        self.files.folder.mkdir(parents=True, exist_ok=True)
        write_whole(self.place, json_text(wire).encode())
        return RedoOutcome(
            files=(self.place,),
            result=drafts[0].result,
            trail=found[0].trail,
            warnings=tuple(dict.fromkeys(w for d in drafts for w in d.warnings)),
            candidates=found,
            changed=tuple(keys),
        )

    def _chosen(self) -> RedoOutcome:
        try:
            wire = json.loads(self.place.read_text(encoding="utf-8"))
            trails = {c["number"]: c["trail"] for c in wire["candidates"]}
            if wire["draft"] != self._stamp():
                raise UsageError("候选稿写出以后草稿又有变动，请重新用 --variants 起草")
            if self.redo.choose not in trails:
                there = "、".join(map(str, trails))
                raise UsageError(f"没有第{self.redo.choose}份候选稿，现有：{there}")
            data = {k: v for k, v in trails[self.redo.choose].items() if k != "schema"}
            trail = Trail.model_validate(data)
        except FileNotFoundError as error:
            raise UsageError("没有候选稿，请先用 --variants 2 起草") from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(f"{self.place}：候选稿文件读不出来") from error
        if trail.data != data_hash(self.report):
            raise UsageError("数据或工作要点与候选稿不同，请重新用 --variants 起草")
        # NOTE: nothing is asked again; the kept sentences are filled and proved anew.
        revision = Revision(trail, number=trail.revision)
        draft = write_draft(
            self.report,
            model=trail.model,
            seed=trail.seed,
            name=self.name,
            revision=revision,
            office=self.options.office.preferences(),
        )
        restored = draft.trail.model_copy(
            update={"model_reason": trail.model_reason, "profile": trail.profile}
        )
        outcome = self._written(Draft(draft.report, restored, draft.result, draft.warnings))
        self.place.unlink(missing_ok=True)
        return outcome

    def _stamp(self) -> str:
        """Return the hash of the draft that candidates belong to; empty where there is none yet."""
        if self.old is None:
            return ""
        text = "".join(s.text for part in self.old.sections for s in part.sentences)
        return hashlib.sha256(f"{self.old.revision}\n{text}".encode()).hexdigest()


def numbered(trail: Trail) -> list[tuple[str, str]]:
    """Return (`section:number`, text) of every sentence of a draft, as `--sentence` takes them."""
    return [
        (f"{part.section}:{number}", sentence.text)
        for part in trail.sections
        for number, sentence in enumerate(part.sentences, 1)
    ]


def _formats(old: Trail | None, slug: str) -> list[str]:
    names = {**old.previous_files, **old.files} if old else {}
    return [f for f in ("docx", "html", "md") if f"{slug}.{f}" in names]


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(key for key, text in now.items() if before.get(key) != text)
