"""One paragraph note by note: what a small model does best is one sentence in other words.

Asked for a whole paragraph, a small model writes the notes down as they stand (measured: one
sentence in seven was its own). Asked for one note at a time it rephrases; the sentences that state
figures alone come from the rules, which know the official wording.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from report_writer.domain.generation import Origin
from report_writer.domain.report import Topic
from report_writer.drafting.assembly import WrittenSentence, WrittenTopic
from report_writer.drafting.backend import Request
from report_writer.drafting.echoes import copied, echoes, stutters
from report_writer.drafting.grammar import draft_grammar, draft_pattern
from report_writer.drafting.likeness import likeness
from report_writer.drafting.plan import TopicPlan, opened
from report_writer.drafting.prompting import Prompt, Rendered
from report_writer.drafting.session import Session
from report_writer.drafting.slots import TOKEN, Slot, fill, tokens
from report_writer.drafting.topic_writer import (
    ENUMERATED,
    ModelTopic,
    TopicWriter,
    first_sentence,
    renamed,
)
from report_writer.drafting.vetting import Material, covers, says, tidy, trimmed, violations

_PROMPTS = {Topic.PROBLEMS: "_note_problem", Topic.IMPROVEMENTS: "_note_measure"}
# Topics whose titles are nouns that could be mistaken for the thing a note speaks of.
_NAMED_AFTER = frozenset({Topic.PLATFORM, Topic.OVERSIGHT})
_WE = re.compile("我们|本局|本单位")
# Up to so many registered facts of a topic are told like notes; more are a list for the rules.
_FEW = 2
# Points told in one sentence, what came in and what became of it, and any that are short together.
_LONG = 80
_OPENING = re.compile(r"^(?:全年|\{year\}，(?:\{self\})?)")
_TOGETHER = {"carried_over": "received", "carried_forward": "disposed"}
# A sentence this like its note is the note again, not a sentence of the model's.
TOO_LIKE = 0.8
_WARMTH = (0.3, 0.6, 0.9, 0.75)


class NoteTopic(ModelTopic):
    """The state of one topic while a model writes it note by note."""

    def __init__(self, writer: TopicWriter, session: Session, plan: TopicPlan, lead: str) -> None:
        super().__init__(writer, session, plan, lead)
        # NOTE: of a single note a model may see the words and place the number: there is no other noun
        # for it to go astray to, and a clause hidden in a slot is written a second time around it.
        self.bare = {key: f"F{n}" for n, key in enumerate(plan.figures, 1)}
        self.keys = {name: key for key, name in self.bare.items()}
        self.offered = [Slot(n, plan.figures[key].phrase) for key, n in self.bare.items()]
        self.notes = tuple(renamed(note, self.bare) for note in plan.worded)
        self.material = replace(
            self.material, slots={slot.key: slot for slot in self.offered}, notes=self.notes
        )

    def write(self) -> WrittenTopic:
        """Return the paragraph; what the model does not deliver is written by the rules."""
        for number, note in enumerate(self.notes):
            self._add(number, self._sentence(note))
        told = set(tokens("".join(self.plan.notes))) | set(self._registered())
        keys = tuple(k for k in self.plan.slots if k not in told)
        self.result.sentences += self._figures(keys)
        return self.result

    def _registered(self) -> Iterator[str]:
        """Write a sentence for each of few registered facts, as for a note; yield those written."""
        for key, note in self._told_like_notes().items():
            if sentence := self._sentence(note):
                self._write(renamed(sentence, self.keys), Origin.MODEL)
                yield key

    def _told_like_notes(self) -> dict[str, str]:
        """Return the registered facts of a topic as notes, by slot; none where there are many."""
        facts = [k for p in self.plan.points if p.key == "registered" for k in p.slots]
        if len(facts) > _FEW or self.plan.topic in ENUMERATED:
            return {}
        return {k: f"全年{renamed(opened(self.plan.slots[k]), self.bare)}" for k in facts}

    def _figures(self, keys: tuple[str, ...]) -> list[WrittenSentence]:
        """Return the rule-written sentences that state slots alone, what belongs together in one."""
        joined: list[WrittenSentence] = []
        for sentence in self.writer.composer.slots(self.plan, keys):
            body = sentence.text.rstrip("。")
            again = f"{joined[-1].text.rstrip('。')}；{_OPENING.sub('', body)}" if joined else ""
            if joined and (
                len(fill(again, self.plan.all_slots).text) <= _LONG
                or _TOGETHER.get(sentence.point) == joined[-1].point
            ):
                joined[-1] = replace(joined[-1], text=again + "。")
            else:
                reason = "只列数据的句子由规则成文"
                joined.append(WrittenSentence(body + "。", Origin.RULE, sentence.point, reason))
        return joined

    def questions(self) -> list[Request]:
        """Return the first question for each note and registered fact; asked again, only warmer."""
        told = [*self.notes, *self._told_like_notes().values()]
        return [self._request(self._rendered(note)[1], note, 0) for note in told]

    def rewritten(self, topic: WrittenTopic, index: int) -> list[WrittenSentence] | None:
        """Return a sentence of an earlier draft put in other words; an item keeps its place and number."""
        old = topic.sentences[index]
        number = next((n for n, note in enumerate(self.plan.notes) if covers(old.text, note)), None)
        if number is None:
            return super().rewritten(topic, index)
        new = self._sentence(self.notes[number])
        topic.attempts += self.result.attempts
        topic.prompt_files |= self.result.prompt_files
        if not new:
            return None
        self._add(number, new)
        final = self.result.sentences[-1]
        return [final] if final.text != old.text else None

    def _sentence(self, note: str) -> str:
        """Return the note as a vetted sentence in the model's words; empty where it writes none.

        Asked again, warmer, where an answer is not fit or keeps too close to the note; of the fit
        answers the one least like the note is taken.
        """
        fit: list[str] = []
        for attempt in range(len(_WARMTH)):
            prompt, rendered = self._rendered(note)
            self.result.prompt_files[prompt.name] = prompt.sha256
            answer = self._asked(self._request(rendered, note, attempt), rendered)
            if answer is None:
                break
            own = self.plan.plain["self"].phrase.text
            sentence = tidy(_WE.sub(own, first_sentence(answer.text)), self.material.slots)
            wrong = self._faults(sentence, note, prompt, rendered)
            if wrong:
                # NOTE: not the repair of a paragraph: told its fault, a small model answers with the
                # fault; what it padded with goes, or asked again it writes another sentence.
                self._blame(wrong)
                sentence = trimmed(sentence, self._rests_on(note, rendered))
                unfit = not sentence or self._faults(sentence, note, prompt, rendered)
                # NOTE: with its padding off it may be the note again, which the rules write as well.
                if unfit or likeness(sentence, note) >= TOO_LIKE:
                    continue
            fit.append(sentence)
            if likeness(sentence, note) < TOO_LIKE:
                break
        return min(fit, key=lambda s: likeness(s, note), default="")

    def _faults(self, sentence: str, note: str, prompt: Prompt, rendered: Rendered) -> list[str]:
        """Return what is wrong with a sentence for a note: unfit, or not saying it, or only it."""
        if not sentence:
            return ["没有写出完整的一句话"]
        examples = tuple(text for pair in rendered.example for text in pair)
        material = self._rests_on(note, rendered)
        found = violations(sentence, material) + echoes(sentence, prompt, material.support)
        found += stutters(sentence) + copied(sentence, examples, material.support)
        found += self._title_as_thing(sentence, note)
        missing = set(tokens(note)) - set(tokens(sentence))
        found += [f"没有写入代码{{{key}}}" for key in sorted(missing)]
        if not found and not says(sentence, note):
            found.append("没有写出要点的意思")
        return found

    def _title_as_thing(self, sentence: str, note: str) -> list[str]:
        """Return, as a fault, a topic's title where it stands for what the note names.

        Asked about 门户网站 under 政府信息公开平台建设, a small model says 对政府信息公开平台进行了改版.
        """
        stem = self.title.removesuffix("建设")
        if self.plan.topic in _NAMED_AFTER and stem in sentence and stem not in note:
            return [f"“{stem}”是标题里的话，要点说的不是它"]
        return []

    def _rests_on(self, note: str, rendered: Rendered) -> Material:
        examples = tuple(text for pair in rendered.example for text in pair)
        return self.material.only(note, examples)

    def _add(self, number: int, sentence: str) -> None:
        """Add a note's sentence to the result, by the rules where the model wrote none."""
        plan, composer = self.plan, self.writer.composer
        origin, reason = (Origin.MODEL, "") if sentence else (Origin.RULE, "模型没有写出合格的句子")
        if plan.topic in ENUMERATED:
            body = self._without_subject(renamed(sentence, self.keys).rstrip("。"))
            texts = [composer.item(plan, number, body).text]
        elif sentence:
            texts = [renamed(sentence, self.keys)]
        else:
            texts = [s.text for s in composer.noted(plan, [plan.notes[number]], plainly=number > 0)]
        for text in texts:
            self._write(text, origin, reason, (f"notes/{plan.topic}/{plan.note_numbers[number]}",))

    def _write(
        self, text: str, origin: Origin, reason: str = "", rests_on: tuple[str, ...] = ()
    ) -> None:
        point = "model" if origin is Origin.MODEL else "notes"
        written = WrittenSentence(text, origin, point, reason, rests_on)
        self.result.sentences.append(written)
        if self.session.on_sentence:
            self.session.on_sentence(self.plan, written)

    def _without_subject(self, body: str) -> str:
        """Return an item without the subject and the 将 which the lead of the enumeration has said."""
        own = re.escape(self.plan.plain["self"].phrase.text)
        return re.sub(rf"^(?:下一步，)?(?:{own})?(?:将|计划|拟)?(?=[\u4e00-\u9fff])", "", body)

    def _rendered(self, note: str) -> tuple[Prompt, Rendered]:
        prompt = self.session.office.prompt(_PROMPTS.get(self.plan.topic, "_note_work"))
        return prompt, prompt.render(
            topic=self.title,
            self_reference=self.plan.plain["self"].phrase.text,
            body=self.session.body,
            note=note,
            slots=self.session.listed(self._inside(note)),
            steer=self.session.steer,
        )

    def _inside(self, note: str) -> list[Slot]:
        return [slot for slot in self.offered if slot.key in tokens(note)]

    def _request(self, rendered: Rendered, note: str, attempt: int) -> Request:
        offered = [slot.token for slot in self._inside(note)]
        return Request(
            system=rendered.system,
            user=rendered.user,
            example=rendered.example,
            max_tokens=50 + 2 * len(TOKEN.sub("", note)),
            temperature=_WARMTH[attempt],
            seed=self.session.seed + attempt,
            grammar=draft_grammar(offered),
            pattern=draft_pattern(offered),
            tag=self.title,
        )
