"""Doing a part of a draft again: which topics, and what an earlier draft holds of the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from report_writer.domain.generation import SectionTrail, Sentence, Trail
from report_writer.domain.report import Topic
from report_writer.drafting.assembly import WrittenSentence, WrittenTopic
from report_writer.drafting.plan import TopicPlan
from report_writer.drafting.slots import tokens

OPENING = "opening"


class RevisionError(Exception):
    """A part that cannot be done again: unknown, fixed, or of a draft that no longer fits. Chinese."""


@dataclass(frozen=True, slots=True)
class Revision:
    """What to do again in an earlier draft.

    `topics` are written anew, `sentence` (topic, index among its sentences) is put in other words;
    everything else stays as `base` has it, to the letter. `number` counts the revisions of a draft
    and changes seeds and wordings, so that doing it again gives something else.
    """

    base: Trail
    topics: frozenset[Topic] = frozenset()
    sentence: tuple[Topic, int] | None = None
    number: int = 1


def restored(base: Trail, plan: TopicPlan, lead: str) -> WrittenTopic:
    """Return a topic as an earlier draft has it, its slots in it again. RevisionError if it does not fit."""
    section = next((s for s in base.sections if s.section == plan.section), None)
    mine = [s for s in section.sentences if s.topic == plan.topic] if section else []
    if section is None or not mine or not all(s.draft for s in mine):
        raise RevisionError("已有的草稿没有可以沿用的记录（可能是旧版本写的），请先整份重新起草")
    unknown = [k for s in mine for k in tokens(s.draft) if k not in plan.all_slots]
    if unknown:
        raise RevisionError("用语或数据已有变化，已有的草稿不能只改一处，请先整份重新起草")
    return WrittenTopic(
        plan,
        lead,
        [WrittenSentence(s.draft, s.origin, s.point, s.reason) for s in mine],
        [a for a in section.attempts if a.topic == plan.topic],
        dict(section.prompt_files),
    )


def topics_named(names: Sequence[str], known: Mapping[Topic, tuple[str, str]]) -> frozenset[Topic]:
    """Return the topics that names stand for; `known` is topic → (section, name as printed).

    A name is a section (overview, problems, other_matters), a topic (platform …) or its Chinese
    name. RevisionError for others, with what there is.
    """
    found: set[Topic] = set()
    for name in names:
        mine = {
            topic
            for topic, (section, title) in known.items()
            if name in {section, title, _SECTION_NAMES.get(section)}
        } or {topic for topic in known if name == topic.value}
        if not mine:
            there = [*dict.fromkeys(s for s, _ in known.values()), *(t.value for t in known)]
            raise RevisionError(
                f"没有“{name}”这一部分；可写：{'、'.join(dict.fromkeys(there))}，或部分的中文名称"
            )
        found |= mine
    return frozenset(found)


_SECTION_NAMES = {
    "overview": "总体情况",
    "problems": "存在的主要问题及改进情况",
    "other_matters": "其他需要报告的事项",
}


def sentence_named(name: str, base: Trail) -> tuple[Topic, int]:
    """Return (topic, index in the topic) of a sentence named `section:number` or by words of it.

    Numbers count the sentences of a section from 1. RevisionError where it is unknown, fixed, or
    where the words stand in several sentences.
    """
    section, colon, number = name.replace("：", ":").partition(":")
    keys = {s.section for s in base.sections} | set(_SECTION_NAMES.values())
    if colon and section in keys and number.strip().isdigit():
        trail = next(s for s in base.sections if section in {s.section, _SECTION_NAMES[s.section]})
        if not 1 <= int(number) <= len(trail.sentences):
            raise RevisionError(f"{section} 只有{len(trail.sentences)}句，没有第{int(number)}句")
        return _place(trail, trail.sentences[int(number) - 1])
    found = [(part, s) for part in base.sections for s in part.sentences if name in s.text]
    if len(found) != 1:
        how = "没有一句" if not found else f"有{len(found)}句"
        raise RevisionError(
            f"{how}含有“{name}”；请写句中独有的文字，或写“部分:序号”，如 overview:3"
        )
    return _place(*found[0])


def _place(section: SectionTrail, sentence: Sentence) -> tuple[Topic, int]:
    if sentence.topic == OPENING:
        raise RevisionError("开头一句是固定用语，不能单独改写")
    mine = [s for s in section.sentences if s.topic == sentence.topic]
    return Topic(sentence.topic), mine.index(sentence)
