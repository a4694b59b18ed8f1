"""The main job: a report with figures in, the same report with its prose and its trail out.

What the slots guarantee is proved again here by an independent path: the finished text is read by
the number checker, which knows nothing of slots; a sentence it contradicts, or whose number it
cannot account for, gives way to the rule-written one.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from report_writer.checks import check_report
from report_writer.domain.findings import CheckResult, Mention, Status
from report_writer.domain.generation import Origin, SectionTrail, Trail
from report_writer.domain.report import AnnualReport, Topic
from report_writer.drafting.assembly import (
    Assembled,
    WrittenSentence,
    WrittenTopic,
    assemble,
    shifted,
)
from report_writer.drafting.backend import Answer, Backend, Request, Unopened
from report_writer.drafting.composer import Composer, DraftSentence
from report_writer.drafting.manner import BODIES, Manner
from report_writer.drafting.note_topic import NoteTopic
from report_writer.drafting.office import PLAIN_OFFICE, Office
from report_writer.drafting.plan import TopicPlan, build_plan
from report_writer.drafting.revising import Revision, restored
from report_writer.drafting.rewriting import KEPT
from report_writer.drafting.screening import screen, steering
from report_writer.drafting.session import Session
from report_writer.drafting.slots import Slot, fill, tokens
from report_writer.drafting.topic_writer import ENUMERATED, ModelTopic, TopicWriter, title
from report_writer.drafting.wording import Wording
from report_writer.facts.sheet import FactSheet
from report_writer.forms import FORMS

SECTIONS = ("overview", "problems", "other_matters")
_ORDINALS = "一二三四五六七八九"
_SUSPECT = frozenset({Status.CONTRADICTED, Status.UNACCOUNTED})


@dataclass(frozen=True, slots=True)
class Progress:
    """Something a command may show: a topic begins or ends, a sentence is finished.

    `kind` is `begin`, `end` or `sentence`; a sentence comes with its filled `text` and `origin` as
    soon as it is vetted, before the proof of the whole report.
    """

    kind: str
    topic: str
    done: int
    total: int
    tokens: int = 0
    text: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A finished draft. `contradicted` are sentences that even the rules could not get right."""

    report: AnnualReport
    trail: Trail
    result: CheckResult
    warnings: tuple[str, ...]
    contradicted: tuple[str, ...] = ()


def write_draft(
    report: AnnualReport,
    *,
    backend: Backend | None = None,
    model: str = "rule",
    reason: str = "",
    profile: str = "full",
    seed: int = 0,
    steer: str = "",
    send_figures: bool = False,
    name: str = "",
    revision: Revision | None = None,
    office: Office = PLAIN_OFFICE,
    on_progress: Callable[[Progress], None] | None = None,
) -> Draft:
    """Write all narrative sections of a report.

    `backend` None means that the rules write. `profile` is
    `compact` (a question a note, for small models) or `full` (one a topic). The model sees no
    figure unless `send_figures`. With a `revision` only a part is written, the rest stays as it
    was. Never fails for want of a model: what it does not deliver, the rules write, and `warnings`
    says so. RevisionError where an earlier draft does not fit the report.
    """
    how = Manner(model, reason, profile, seed, steer, send_figures, name, revision, office)
    return _Draft(report, backend, how, on_progress).write()


def questions(
    report: AnnualReport,
    *,
    local: bool,
    profile: str = "full",
    seed: int = 0,
    steer: str = "",
    send_figures: bool = False,
    office: Office = PLAIN_OFFICE,
) -> list[tuple[str, Request | str]]:
    """Return, topic by topic, its name and the question a model would get, or why it gets none.

    Nothing is asked. `local` false means the wording for a model on another machine.
    """
    how = Manner("", "", profile, seed, steer, send_figures, "", office=office)
    draft = _Draft(report, Unopened(local), how, None)
    return [
        (name, question)
        for plan in draft.plans
        for name, question in _named(title(plan), draft.writer.questions(plan))
    ]


def _named(topic: str, asked: list[Request] | str) -> list[tuple[str, Request | str]]:
    if isinstance(asked, str) or len(asked) == 1:
        return [(topic, asked if isinstance(asked, str) else asked[0])]
    return [(f"{topic}·第{n}条要点", request) for n, request in enumerate(asked, 1)]


class _Draft:
    def __init__(
        self,
        report: AnnualReport,
        backend: Backend | None,
        how: Manner,
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        if report.tables is None:
            report = report.model_copy(update={"tables": FORMS[report.form].complete({})})
        steer, steered = steering(how.steer)
        self.report, self.how = report, replace(how, steer=steer)
        how = self.how
        self.on_progress = on_progress
        self.wording: Wording = how.office.wordings()
        screened = screen(report)
        self.notes = screened.report.notes
        self.sheet = FactSheet(screened.report)
        self.plans = build_plan(self.sheet, self.wording)
        voice = f"{report.agency.name}|{report.year}|{how.seed}"
        base = how.revision.base if how.revision else None
        # NOTE: title, preface and opening keep the words of the first draft.
        self.fixed_seed = f"{report.agency.name}|{report.year}|{base.seed if base else how.seed}"
        if how.turn:
            voice += f"|{how.turn}"
        self.composer = Composer(self.wording, voice, report.agency.kind)
        self.session = (
            Session(
                backend,
                how.profile,
                (how.seed or 1) + how.turn,
                how.steer,
                how.send_figures,
                on_answer=self._answered,
                on_sentence=self._told,
                office=how.office,
                body=BODIES[report.agency.kind] if report.agency.kind else "行政机关",
            )
            if backend
            else None
        )
        example = Composer(self.wording, voice + "|示例", report.agency.kind)
        self.writer = TopicWriter(
            self.session,
            self.composer,
            example,
            report.agency.kind,
            report.year,
            NoteTopic if how.profile == "compact" else ModelTopic,
        )
        self.topics: list[WrittenTopic] = []
        self.number = 0
        self.kept: set[int] = set()
        self.tokens = 0
        self.told: set[tuple[Topic, str]] = set()
        self.warnings: list[str] = [*screened.warnings, *filter(None, [steered])]

    def write(self) -> Draft:
        at_once = self.session.backend.concurrency if self.session else 1
        if at_once > 1 and self.how.revision is None:
            self._write_at_once(at_once)
        else:
            self._write_in_turn()
        self._note_gaps()
        done, report, result = self._prove()
        contradicted = tuple(
            m.quote
            for m in result.mentions
            if m.status is Status.CONTRADICTED and m.section in done
        )
        warnings = (*self.warnings, *(self.session.warnings if self.session else ()))
        trail = Trail(
            agency=report.agency.name,
            year=report.year,
            model=self.how.model,
            model_reason=self.how.reason,
            profile=self.how.profile,
            seed=self.how.revision.base.seed if self.how.revision else self.how.seed,
            revision=self.how.turn,
            warnings=warnings,
            sections=tuple(self._signed(section, a.trail) for section, a in done.items()),
        )
        return Draft(report, trail, result, warnings, contradicted)

    def _write_in_turn(self) -> None:
        for number, plan in enumerate(self.plans):
            self.number = number
            self._tell("begin", plan, number)
            self.topics.append(self._topic(plan, self._lead(plan, number)))
            self._tell("end", plan, number + 1)

    def _write_at_once(self, at_once: int) -> None:
        """Write all topics side by side; what is told and warned of keeps the order of the report."""
        assert self.session is not None
        parts = [
            # NOTE: a session each, for what one counts and warns of; they share the backend only.
            (plan, replace(self.session, warnings=[], on_sentence=None, on_answer=None))
            for plan in self.plans
        ]
        pool = ThreadPoolExecutor(min(at_once, len(parts)), thread_name_prefix="topic")
        try:
            running = [
                pool.submit(self.writer.beside(session).write, plan, self._lead(plan, number))
                for number, (plan, session) in enumerate(parts)
            ]
            for number, ((plan, session), future) in enumerate(zip(parts, running, strict=True)):
                self.number = number
                self._tell("begin", plan, number)
                written = future.result()
                self.topics.append(written)
                self.session.warnings += session.warnings
                self.tokens += sum(attempt.tokens for attempt in written.attempts)
                for sentence in written.sentences:
                    self._told(plan, sentence)
                self._tell("end", plan, number + 1)
        except KeyboardInterrupt:
            # Questions on their way would keep the program from ending for as long as they take.
            self.session.backend.close()
            raise
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _topic(self, plan: TopicPlan, lead: str) -> WrittenTopic:
        """Write a topic, or take it from the draft under revision."""
        revision = self.how.revision
        if revision is None or plan.topic in revision.topics:
            written = self.writer.write(plan, lead)
        else:
            written = restored(revision.base, plan, lead)
            if revision.sentence is None or revision.sentence[0] is not plan.topic:
                self.kept.add(self.number)
                return written
            index = revision.sentence[1]
            new = self.writer.rewrite(written, index)
            if new is None:
                self.warnings.append(KEPT)
                return written
            written.sentences[index : index + 1] = new
        for sentence in written.sentences:
            self._told(plan, sentence)
        return written

    def _signed(self, section: str, trail: SectionTrail) -> SectionTrail:
        """Return a section's trail with the model behind it: the earlier one's where nothing was asked."""
        revision = self.how.revision
        if revision is not None:
            asked = {p.topic for p in self.plans if p.section == section} & (
                revision.topics | ({revision.sentence[0]} if revision.sentence else set())
            )
            old = next((s for s in revision.base.sections if s.section == section), None)
            if old is not None and not asked:
                return trail.model_copy(update={"model": old.model, "options": old.options})
        options = dict(self.session.backend.options) if self.session else {}
        return trail.model_copy(update={"model": self.how.model, "options": options})

    def _prove(self) -> tuple[dict[str, Assembled], AnnualReport, CheckResult]:
        """Assemble, read the finished text, and let rule-written sentences replace suspect ones."""
        for _ in range(3):
            done = {section: self._assemble(section) for section in SECTIONS}
            report = self._with_sections(done)
            result = check_report(report, name=self.how.name)
            if not self._replace_suspects(done, result.mentions):
                break
        return done, report, result

    def _replace_suspects(self, done: dict[str, Assembled], mentions: tuple[Mention, ...]) -> bool:
        suspects: dict[tuple[int, int], Mention] = {}
        for mention in mentions:
            if mention.status not in _SUSPECT or mention.section not in done:
                continue
            for place in done[mention.section].placed:
                sentence = self.topics[place.topic].sentences[place.sentence]
                overlaps = mention.start < place.end and place.start < mention.end
                # NOTE: what a revision keeps stays to the letter; it was proved when it was written.
                kept = place.topic in self.kept
                if overlaps and sentence.origin is Origin.MODEL and not kept:
                    suspects[place.topic, place.sentence] = mention
        for (number, index), mention in sorted(suspects.items(), reverse=True):
            topic = self.topics[number]
            old = topic.sentences[index]
            why = (
                "核对时与数据不符" if mention.status is Status.CONTRADICTED else "核对时找不到依据"
            )
            reason = f"模型所写“{mention.quote}”{why}"
            topic.sentences[index : index + 1] = [
                WrittenSentence(s.text, Origin.RULE, s.point, reason, old.rests_on)
                for s in self._instead(topic.plan, old)
            ]
            self.warnings.append(f"{reason}，已改用规则成文的句子")
        return bool(suspects)

    def _instead(self, plan: TopicPlan, old: WrittenSentence) -> list[DraftSentence]:
        """Return the rule-written sentences for the slots and the note of a model's sentence."""
        places = [int(place.rpartition("/")[2]) for place in old.rests_on]
        numbers = [plan.note_numbers.index(place) for place in places if place in plan.note_numbers]
        if numbers and plan.topic in ENUMERATED:
            return [self.composer.item(plan, number) for number in numbers]
        noted = self.composer.noted(plan, [plan.notes[n] for n in numbers]) if numbers else []
        said = tokens("".join(s.text for s in noted))
        keys = [plan.whole(key) for key in tokens(old.text)]
        rest = tuple(dict.fromkeys(k for k in keys if k in plan.slots and k not in said))
        return [*noted, *self.composer.slots(plan, rest)]

    def _assemble(self, section: str) -> Assembled:
        mine = [(n, t) for n, t in enumerate(self.topics) if t.plan.section == section]
        return assemble(section, mine)

    def _with_sections(self, done: dict[str, Assembled]) -> AnnualReport:
        plain = self.plans[0].plain
        opening = self._fixed("overview", "opening", plain)
        overview = done["overview"]
        shift = len(opening) + 1
        done["overview"] = shifted(overview, opening + "\n", shift)
        sections = {
            **self.report.sections,
            "title": self._fixed("document", "title", plain),
            "preface": self._fixed("document", "preface", plain),
            **{key: assembled.text for key, assembled in done.items()},
        }
        return self.report.model_copy(update={"sections": sections})

    def _fixed(self, topic: str, point: str, plain: dict[str, Slot]) -> str:
        kind = self.report.agency.kind or ""
        text = self.wording.choose(topic, point, (), plain, self.fixed_seed, kind)
        return fill(text or "", plain).text

    def _lead(self, plan: TopicPlan, number: int) -> str:
        return f"（{_ORDINALS[number]}）{plan.heading}。" if plan.heading else ""

    def _note_gaps(self) -> None:
        """Say what the clerk should still supply; the draft is complete without it."""
        if not all(any(self.notes.get(t, ())) for t in (Topic.PROBLEMS, Topic.IMPROVEMENTS)):
            self.warnings.append(
                "没有提供“问题”或“改进”工作要点，第五部分用了通用表述，请补充后重新起草"
            )
        if self.report.processing_fee is None:
            self.warnings.append("没有提供信息处理费数据，第六部分未写收取情况，请补充")

    def _answered(self, answer: Answer) -> None:
        self.tokens += answer.tokens

    def _told(self, plan: TopicPlan, sentence: WrittenSentence) -> None:
        """Pass a finished sentence on, once."""
        if self.on_progress is None or (plan.topic, sentence.text) in self.told:
            return
        self.told.add((plan.topic, sentence.text))
        text = fill(sentence.text, plan.all_slots).text
        self.on_progress(
            Progress(
                "sentence",
                title(plan),
                self.number,
                len(self.plans),
                self.tokens,
                text,
                sentence.origin,
            )
        )

    def _tell(self, kind: str, plan: TopicPlan, done: int) -> None:
        if self.on_progress:
            self.on_progress(Progress(kind, title(plan), done, len(self.plans), self.tokens))
