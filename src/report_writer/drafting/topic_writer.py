"""One paragraph by a model: prompt → answer → sentences vetted → repair at most twice → rules.

A paragraph never fails: what the model does not deliver, the composer writes, and the trail says
so. Whatever a model sends is data; only vetted sentences with known slots get through.
"""

import re

from report_writer.domain.generation import Attempt, Origin
from report_writer.domain.report import AgencyKind, Topic
from report_writer.drafting.assembly import WrittenSentence, WrittenTopic
from report_writer.drafting.backend import (
    Answer,
    Request,
)
from report_writer.drafting.composer import Composer, DraftSentence
from report_writer.drafting.echoes import echoes, stutters
from report_writer.drafting.grammar import draft_grammar, draft_pattern
from report_writer.drafting.plan import TopicPlan
from report_writer.drafting.prompting import Prompt, Rendered, nonce
from report_writer.drafting.rewriting import by_rule, same_matter
from report_writer.drafting.session import Session
from report_writer.drafting.slots import TOKEN, Slot, tokens
from report_writer.drafting.touching_up import touched_up
from report_writer.drafting.vetting import Material, covers, tidy, violations

MAX_REPAIRS = 2
MAX_TOKENS = 420
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
ENUMERATED = frozenset({Topic.PROBLEMS, Topic.IMPROVEMENTS})
_ITEM = re.compile(r"[一二三四五六七八九十]是")
_TITLES = {
    Topic.PROBLEMS: "存在的主要问题",
    Topic.IMPROVEMENTS: "改进措施",
    Topic.OTHER_MATTERS: "其他需要报告的事项",
}
# Material of another trade for the worked example: a small model copies what fits its own topic
# (measured), and what it copies all the same is caught by `vetting`.
_EXAMPLE_TOPIC = "库房管理"
_EXAMPLE_NOTES = ("整理库房物品并分区摆放", "当面清点领用物品")
# NOTE: in other words than the notes; a small model does with its notes what the example does.
_EXAMPLE_TEXT = "把库房里的物品整理清楚、按区摆放，领用物品一律当面点清"
_EXAMPLE_ITEMS = {
    Topic.PROBLEMS: ("人员配合不够默契", "资料整理不够细致"),
    Topic.IMPROVEMENTS: ("增进人员之间的配合", "细化资料整理的标准"),
}
_EXAMPLE_ANSWERS = {
    Topic.PROBLEMS: "一是人员配合不够默契，衔接上时有脱节；二是资料整理不够细致，查找起来费时。",
    Topic.IMPROVEMENTS: "一是增进人员之间的配合，减少衔接脱节；二是细化资料整理的标准，缩短查找时间。",
}


class TopicWriter:
    """Writes one topic after the other; sentences the model cannot deliver come from the composer."""

    def __init__(
        self,
        session: Session | None,
        composer: Composer,
        example: Composer,
        kind: AgencyKind | None,
        year: int,
        manner: "type[ModelTopic] | None" = None,
    ) -> None:
        self.session = session
        self.composer = composer
        self.example = example
        self.kind = kind
        self.year = year
        self.manner = manner or ModelTopic

    def beside(self, session: Session) -> "TopicWriter":
        """Return a writer like this one with a session of its own."""
        return TopicWriter(session, self.composer, self.example, self.kind, self.year, self.manner)

    def write(self, plan: TopicPlan, lead: str) -> WrittenTopic:
        """Return the paragraph of a topic."""
        if self.session is None:
            return self._ruled(plan, lead, "")
        if reason := without_model(plan):
            return self._ruled(plan, lead, reason)
        if self.session.dead:
            return self._ruled(plan, lead, "模型不可用")
        return self.manner(self, self.session, plan, lead).write()

    def questions(self, plan: TopicPlan) -> list[Request] | str:
        """Return the questions a topic would first be asked with, or why the rules write it."""
        if self.session is None:
            return "不使用模型"
        if reason := without_model(plan):
            return reason
        return self.manner(self, self.session, plan, "").questions()

    def rewrite(self, topic: WrittenTopic, index: int) -> list[WrittenSentence] | None:
        """Return one sentence of a topic in other words; None where none was written that is fit."""
        if self.session is None:
            return by_rule(topic, index, self.composer.wording, self.composer.seed)
        if topic.plan.topic in ENUMERATED and len(topic.sentences) == 1 < len(topic.plan.notes):
            # NOTE: this enumeration is one sentence and answers its notes one to one.
            anew = self.write(topic.plan, topic.lead)
            topic.attempts += anew.attempts
            return anew.sentences if all(s.origin is Origin.MODEL for s in anew.sentences) else None
        return self.manner(self, self.session, topic.plan, topic.lead).rewritten(topic, index)

    def _ruled(self, plan: TopicPlan, lead: str, reason: str) -> WrittenTopic:
        sentences = self.composer.topic(plan, self.kind)
        return WrittenTopic(plan, lead, [_by_rule(s, reason) for s in sentences])


def first_sentence(text: str) -> str:
    """Return the first sentence of an answer; empty where there is none."""
    match = _SENTENCE.search(text.replace("\n", ""))
    return match[0].strip() if match else ""


def title(plan: TopicPlan) -> str:
    """Return a topic's name as prompts and messages call it."""
    return plan.heading or _TITLES[plan.topic]


def without_model(plan: TopicPlan) -> str:
    """Return why the rules write a topic whatever the model; empty where the model is asked."""
    # NOTE: with nothing to phrase a small model pads; the rules state the same slots plainly.
    return "" if plan.notes else "没有工作要点"


class ModelTopic:
    """The state of one topic while a model writes it."""

    def __init__(self, writer: TopicWriter, session: Session, plan: TopicPlan, lead: str) -> None:
        self.writer, self.session, self.plan = writer, session, plan
        self.title = title(plan)
        self.result = WrittenTopic(plan, lead, [])
        self.told: set[str] = set()
        order = _slot_order(writer.composer.topic(plan, writer.kind), plan)
        # NOTE: short names F1, F2 … in reading order; small models keep these apart best.
        self.names = {key: f"F{n}" for n, key in enumerate(order, 1)}
        self.keys = {name: key for key, name in self.names.items()}
        self.offered = [Slot(name, plan.slots[key].phrase) for key, name in self.names.items()]
        self.notes = tuple(renamed(note, self.names) for note in plan.notes)
        noted = set(tokens("".join(self.notes)))
        # NOTE: a note's own slot is shown inside the note only; offered twice, it is written twice.
        self.listed = [slot for slot in self.offered if slot.key not in noted]
        inside = tuple(slot.token for slot in self.offered if slot.key in noted)
        self.example_notes = _EXAMPLE_ITEMS.get(plan.topic, (*_EXAMPLE_NOTES, *inside))
        self.material = Material(
            slots={slot.key: slot for slot in self.offered},
            notes=self.notes,
            example_notes=(*self.example_notes, _EXAMPLE_TEXT, *_EXAMPLE_ANSWERS.values()),
            year=writer.year,
            frame=f"{self.title}；政府信息公开工作；{plan.plain['self'].phrase.text}",
        )

    def rendered(self) -> tuple[Prompt, Rendered]:
        """Return the prompt file and the question it makes of this topic."""
        prompt = self.session.office.prompt(self.plan.section)
        outlines = [slot.phrase.outline for slot in self.listed]
        return prompt, prompt.render(
            topic=self.title,
            self_reference=self.plan.plain["self"].phrase.text,
            body=self.session.body,
            notes=self.notes,
            slots=self.session.listed(self.listed),
            example_topic=self.title if self.plan.topic in ENUMERATED else _EXAMPLE_TOPIC,
            example_notes=self.example_notes,
            example_answer=self._example(),
            nonce=nonce("\n".join((*self.notes, *outlines, self.session.steer))),
            profile=self.session.profile,
            steer=self.session.steer,
        )

    def write(self) -> WrittenTopic:
        """Return the paragraph; what the model does not deliver is written by the rules."""
        prompt, rendered = self.rendered()
        self.result.prompt_files[prompt.name] = prompt.sha256
        answer = self._ask(rendered)
        if answer is None:
            return self.writer._ruled(self.plan, self.result.lead, "模型未给出可用的文字")
        good = self._vet(answer)
        if self.plan.topic in ENUMERATED and not self._complete(good):
            reason = "模型所写条目与要点不能一一对应"
            topic = self.writer._ruled(self.plan, self.result.lead, reason)
            topic.attempts, topic.prompt_files = self.result.attempts, self.result.prompt_files
            return topic
        self.result.sentences = good
        self._fill_gaps()
        return self.result

    def questions(self) -> list[Request]:
        """Return the questions the topic is first asked with."""
        return [self.request(self.rendered()[1])]

    def request(self, rendered: Rendered) -> Request:
        """Return the question as a backend takes it."""
        tokens_offered = [slot.token for slot in self.offered]
        return Request(
            system=rendered.system,
            user=rendered.user,
            example=rendered.example,
            max_tokens=self._budget(),
            seed=self.session.seed,
            grammar=draft_grammar(tokens_offered),
            pattern=draft_pattern(tokens_offered),
            tag=self.title,
            on_text=None if self.plan.topic in ENUMERATED else self._heard,
        )

    def _ask(self, rendered: Rendered) -> Answer | None:
        return self._asked(self.request(rendered), rendered)

    def _asked(self, request: Request, rendered: Rendered) -> Answer | None:
        answer = self.session.ask(request)
        self.result.attempts.append(
            Attempt(
                topic=self.plan.topic,
                prompt=rendered.text,
                answer=(answer.raw or answer.text) if answer else "",
                violations=() if answer else tuple(self.session.warnings[-1:]),
                seconds=round(answer.seconds, 2) if answer else 0.0,
                tokens=answer.tokens if answer else 0,
            )
        )
        return answer

    def _heard(self, text: str) -> None:
        """Pass on each finished, vetted sentence while the model still writes, up to the first fault."""
        used: set[str] = set()
        finished = self._unfolded(text).rpartition("。")[0] + "。"
        for raw in _SENTENCE.findall(finished):
            sentence = tidy(raw.strip(), self.material.slots, used)
            if sentence and self._wrong(sentence, used):
                return
            used |= set(tokens(sentence))
            final = WrittenSentence(renamed(sentence, self.keys), Origin.MODEL, "model")
            if sentence and sentence not in self.told and self.session.on_sentence:
                self.told.add(sentence)
                self.session.on_sentence(self.plan, final)

    def _wrong(self, sentence: str, used: set[str]) -> list[str]:
        """Return what is wrong with a sentence; see `vetting` and `echoes`."""
        prompt = self.session.office.prompt(self.plan.section)
        found = violations(sentence, self.material, used)
        return [*found, *echoes(sentence, prompt, self.material.support), *stutters(sentence)]

    def _unfolded(self, text: str) -> str:
        own = self.plan.plain["self"].phrase.text
        return touched_up(text, self.title, own, self.offered)

    def _budget(self) -> int:
        """Return a token limit that fits the material, so that a loop costs seconds, not minutes."""
        return min(MAX_TOKENS, 60 + int(1.3 * sum(map(len, self.notes))) + 14 * len(self.offered))

    def _vet(self, answer: Answer) -> list[WrittenSentence]:
        good: list[WrittenSentence] = []
        used: set[str] = set()
        seen: set[str] = set()
        problems: list[str] = []
        for raw in _SENTENCE.findall(self._unfolded(answer.text)):
            sentence = tidy(raw.strip(), self.material.slots, used)
            if not sentence or sentence in seen:
                continue
            seen.add(sentence)
            wrong = self._wrong(sentence, used)
            if wrong:
                problems += wrong
                sentence = self._repair(sentence, wrong, used)
            if sentence:
                used |= set(tokens(sentence))
                good.append(WrittenSentence(renamed(sentence, self.keys), Origin.MODEL, "model"))
        if good and self.plan.topic in ENUMERATED:
            lead = self.writer.composer.enumeration_lead(self.plan)
            text = re.sub(r"^.*?(?=一是)", "", good[0].text)
            good[0] = WrittenSentence(lead + text, Origin.MODEL, "model")
        if problems:
            first = self.result.attempts[0]
            self.result.attempts[0] = first.model_copy(update={"violations": tuple(problems)})
        return good

    def _repair(self, sentence: str, wrong: list[str], used: set[str]) -> str:
        """Return the sentence mended by the model, or an empty string: then the rules take over."""
        mine = [s for s in self.offered if s.token in sentence and s.key not in used]
        notes = [note for note in self.notes if covers(sentence, note)]
        if not mine and not notes:
            return ""
        prompt = self.session.office.prompt("_repair")
        self.result.prompt_files[prompt.name] = prompt.sha256
        for _ in range(MAX_REPAIRS):
            rendered = prompt.render(
                sentence=sentence,
                violations=wrong,
                slots=self.session.listed(mine),
                notes=notes,
                nonce=nonce("\n".join((sentence, *notes))),
                self_reference=self.plan.plain["self"].phrase.text,
            )
            answer = self._ask(rendered)
            if answer is None:
                return ""
            sentence = tidy(first_sentence(answer.text), self.material.slots, used)
            wrong = self._wrong(sentence, used)
            if not wrong:
                return sentence
            self._blame(wrong)
        return ""

    def _blame(self, wrong: list[str]) -> None:
        """Note with the last attempt what was wrong with it."""
        last = self.result.attempts[-1]
        self.result.attempts[-1] = last.model_copy(update={"violations": tuple(wrong)})

    def rewritten(self, topic: WrittenTopic, index: int) -> list[WrittenSentence] | None:
        """Return a sentence of an earlier draft put in other words, or None; attempts are added to it."""
        old = topic.sentences[index].text
        sentence = _spoken(renamed(old, self.names), self.plan)
        others = [s.text for n, s in enumerate(topic.sentences) if n != index]
        used = set(tokens(renamed("".join(others), self.names)))
        wish = self.session.steer or "换一种说法，意思不变，不增加内容"
        new = self._repair(sentence, [wish], used)
        topic.attempts += self.result.attempts
        topic.prompt_files |= self.result.prompt_files
        final = renamed(new, self.keys)
        plain = renamed(sentence, self.keys)
        if not new or not same_matter(final, plain, self.plan):
            return None
        return [WrittenSentence(final, Origin.MODEL, "model", "按要求改写")]

    def _complete(self, sentences: list[WrittenSentence]) -> bool:
        """Whether an enumeration answers its notes one to one, in order."""
        text = "".join(s.text for s in sentences)
        if len(self.plan.notes) == 1:
            return bool(sentences) and covers(text, self.plan.notes[0])
        items = _ITEM.split(text)[1:]
        marks = [m[0][0] for m in _ITEM.finditer(text)]
        return (
            len(items) == len(self.plan.notes)
            and marks == list("一二三四五六七八九十"[: len(marks)])
            and all(covers(i, n) for i, n in zip(items, self.plan.notes, strict=True))
            and set(self.plan.slots) <= {k for s in sentences for k in tokens(s.text)}
        )

    def _fill_gaps(self) -> None:
        """Add rule-written sentences for slots and notes the model left out."""
        self._drop_bare_figures()
        text = "".join(s.text for s in self.result.sentences)
        noted = [n for n in self.plan.notes if not covers(text, n) and not TOKEN.search(n)]
        missing = tuple(key for key in self.plan.slots if key not in self.result.used)
        extra: list[DraftSentence] = []
        if noted and self.plan.topic not in ENUMERATED:
            extra += self.writer.composer.noted(self.plan, noted)
        extra += self.writer.composer.slots(self.plan, missing)
        if not self.result.sentences and not extra:
            extra = self.writer.composer.topic(self.plan, self.writer.kind)
        self.result.sentences += [_by_rule(s, "模型没有写到") for s in extra]

    def _drop_bare_figures(self) -> None:
        """Take out sentences that state the figure of a note without what the note says of it."""
        text = "".join(s.text for s in self.result.sentences)
        bare = {k for n in self.plan.notes if not covers(text, n) for k in tokens(n)}
        self.result.sentences = [s for s in self.result.sentences if not bare & set(tokens(s.text))]

    def _example(self) -> str:
        """Return the worked answer: the same slots, other wording, bland notes."""
        if self.plan.topic in ENUMERATED:
            return _EXAMPLE_ANSWERS[self.plan.topic]
        inside = [slot.token for slot in self.offered if slot not in self.listed]
        told = [f"{self.plan.plain['self'].phrase.text}{'，'.join((_EXAMPLE_TEXT, *inside))}"]
        told += [renamed(s.text, self.names).rstrip("。") for s in self._example_sentences()]
        said = "".join(told)
        told += [f"全年{slot.token}" for slot in self.offered if slot.token not in said]
        # NOTE: work and figures woven together, two statements a sentence: set apart, the figures
        # read like a table, and the model learns nothing but to list them.
        if len(told) > 1:
            told[:2] = [told[0] + ("，" if told[1].startswith("全年") else "；") + told[1]]
        pairs = [told[:1], *(told[n : n + 2] for n in range(1, len(told), 2))]
        return _spoken("".join("；".join(pair) + "。" for pair in pairs), self.plan)

    def _example_sentences(self) -> list[DraftSentence]:
        composer = self.writer.example
        return [s for point in self.plan.points for s in composer.point(self.plan, point)]


def _by_rule(sentence: DraftSentence, reason: str) -> WrittenSentence:
    return WrittenSentence(sentence.text, Origin.RULE, sentence.point, reason)


def _slot_order(sentences: list[DraftSentence], plan: TopicPlan) -> list[str]:
    used = [key for s in sentences for key in s.slots if key in plan.slots]
    return list(dict.fromkeys([*used, *plan.slots]))


def renamed(text: str, names: dict[str, str]) -> str:
    """Return a text with its slots under other names."""
    return TOKEN.sub(lambda m: "{" + names.get(m[1], m[1]) + "}", text)


def _spoken(text: str, plan: TopicPlan) -> str:
    """Write out the plain words of an example; years are left to code and become 全年."""
    words = {key: slot.phrase.text for key, slot in plan.plain.items()}
    words["year"] = "本年度"
    return TOKEN.sub(lambda m: words.get(m[1], m[0]), text)
