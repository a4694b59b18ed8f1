"""One sentence in other words: by the model, with the clerk's remark, or by another wording.

The new sentence says the same slots and notes as the old one, or the old one stays: asking for a
better sentence can never lose a figure.
"""

from report_writer.domain.generation import Origin
from report_writer.drafting.assembly import WrittenSentence, WrittenTopic
from report_writer.drafting.composer import Composer, DraftSentence
from report_writer.drafting.plan import Point, TopicPlan
from report_writer.drafting.slots import tokens
from report_writer.drafting.vetting import covers
from report_writer.drafting.wording import Wording

KEPT = "没有写出合格的新句子，保留原句"
_TRIES = 12


def same_matter(new: str, old: str, plan: TopicPlan) -> bool:
    """Whether a sentence states the slots of another, and the notes it covers, and is not the same."""
    slots = sorted(k for k in tokens(old) if k in plan.slots)
    notes = [n for n in plan.notes if covers(old, n)]
    return (
        new != old
        and sorted(k for k in tokens(new) if k in plan.slots) == slots
        and all(covers(new, n) for n in notes)
    )


def by_rule(
    topic: WrittenTopic, index: int, wording: Wording, voice: str
) -> list[WrittenSentence] | None:
    """Return other rule-written sentences for one sentence; None where there is no other wording."""
    plan, old = topic.plan, topic.sentences[index]
    keys = tuple(k for k in dict.fromkeys(tokens(old.text)) if k in plan.slots)
    notes = [n for n in plan.notes if covers(old.text, n)]
    for number in range(_TRIES):
        composer = Composer(wording, f"{voice}|{number}")
        found: list[DraftSentence] = []
        if notes:
            found += composer.noted(plan, notes)
        rest = tuple(k for k in keys if k not in tokens("".join(notes)))
        for point in plan.points:
            if mine := tuple(k for k in point.slots if k in rest):
                found += composer.point(plan, Point(point.key, mine))
        text = "".join(s.text for s in found)
        if found and same_matter(text, old.text, plan):
            return [WrittenSentence(s.text, Origin.RULE, s.point, "换了说法") for s in found]
    return None
