"""From sentences with slots to finished sections with the provenance of every number."""

from dataclasses import dataclass, field

from report_writer.domain.generation import Attempt, FilledFigure, Origin, SectionTrail, Sentence
from report_writer.drafting.plan import TopicPlan
from report_writer.drafting.slots import TOKEN, fill, tokens
from report_writer.drafting.vetting import covers


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A vetted sentence, slots still in it; `reason` says why the rules wrote it, if they had to.

    `rests_on` are notes it is known to rest on, beside those its words show.
    """

    text: str
    origin: Origin
    point: str = ""
    reason: str = ""
    rests_on: tuple[str, ...] = ()


@dataclass
class WrittenTopic:
    """One paragraph: its plan, run-in heading, sentences and the attempts behind them."""

    plan: TopicPlan
    lead: str
    sentences: list[WrittenSentence]
    attempts: list[Attempt] = field(default_factory=list)
    prompt_files: dict[str, str] = field(default_factory=dict)

    @property
    def used(self) -> set[str]:
        """The slots the paragraph states."""
        return {key for s in self.sentences for key in tokens(s.text)}


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a sentence came to stand: section span, and its index in its topic."""

    start: int
    end: int
    topic: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Assembled:
    """A finished section: text, trail entry, and the place of each sentence."""

    text: str
    trail: SectionTrail
    placed: tuple[Placed, ...]


def assemble(section: str, topics: list[tuple[int, WrittenTopic]]) -> Assembled:
    """Fill all slots of a section; `topics` are (index in the draft, topic), one paragraph each.

    ValueError where a slot survives, which would be a bug: nothing unfilled may be printed.
    """
    text = ""
    sentences: list[Sentence] = []
    figures: list[FilledFigure] = []
    placed: list[Placed] = []
    prompts: dict[str, str] = {}
    attempts: list[Attempt] = []
    for index, topic in topics:
        if not topic.sentences:
            continue
        text += "\n" if text else ""
        text += topic.lead
        for number, sentence in enumerate(topic.sentences):
            filled = fill(sentence.text, topic.plan.all_slots)
            start, end = len(text), len(text) + len(filled.text)
            figures += [
                f.model_copy(update={"start": f.start + start, "end": f.end + start})
                for f in filled.figures
            ]
            sentences.append(
                Sentence(
                    start=start,
                    end=end,
                    text=filled.text,
                    topic=topic.plan.topic,
                    origin=sentence.origin,
                    rests_on=_basis(topic.plan, sentence),
                    reason=sentence.reason,
                    draft=sentence.text,
                    point=sentence.point,
                )
            )
            placed.append(Placed(start, end, index, number))
            text += filled.text
        prompts.update(topic.prompt_files)
        attempts += topic.attempts
    if TOKEN.search(text):
        raise ValueError(f"slot survived in {section}")
    trail = SectionTrail(
        section=section,
        prompt_files=prompts,
        attempts=tuple(attempts),
        sentences=tuple(sentences),
        figures=tuple(figures),
    )
    return Assembled(text, trail, tuple(placed))


def _basis(plan: TopicPlan, sentence: WrittenSentence) -> tuple[str, ...]:
    """Return what a sentence rests on: fact ids, and notes as `notes/<topic>/<n>`."""
    facts = [
        figure.fact.id
        for key in tokens(sentence.text)
        if key in plan.all_slots
        for figure in plan.all_slots[key].phrase.figures
    ]
    notes = [
        f"notes/{plan.topic}/{number}"
        for number, note in zip(plan.note_numbers, plan.notes, strict=True)
        if covers(sentence.text, note)
    ]
    return tuple(dict.fromkeys((*facts, *sentence.rests_on, *notes)))


def shifted(assembled: Assembled, before: str, shift: int) -> Assembled:
    """Put a fixed, rule-written paragraph before a section; every offset moves along."""
    trail = assembled.trail
    opening = Sentence(
        start=0, end=shift - 1, text=before.rstrip("\n"), topic="opening", origin=Origin.RULE
    )
    move = {"start": shift, "end": shift}
    sentences = [
        s.model_copy(update={k: getattr(s, k) + v for k, v in move.items()})
        for s in trail.sentences
    ]
    figures = [
        f.model_copy(update={k: getattr(f, k) + v for k, v in move.items()}) for f in trail.figures
    ]
    placed = tuple(
        type(p)(p.start + shift, p.end + shift, p.topic, p.sentence) for p in assembled.placed
    )
    update = {"sentences": (opening, *sentences), "figures": tuple(figures)}
    return Assembled(before + assembled.text, trail.model_copy(update=update), placed)
