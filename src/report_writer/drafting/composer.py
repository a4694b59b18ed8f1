"""The rule-written draft: the whole plan in complete sentences, without a model.

Equal in rank to a model's draft: every slot of the plan is used once, no topic is empty, the same
agency gets the same text twice, and different agencies get different wordings.
"""

from dataclasses import dataclass

from report_writer.domain.report import AgencyKind, Topic
from report_writer.drafting.plan import Point, TopicPlan
from report_writer.drafting.slots import fill, tokens
from report_writer.drafting.wording import Wording

ORDINALS = "一二三四五六七八九十"
_ENUMERATED = frozenset({Topic.PROBLEMS, Topic.IMPROVEMENTS})


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence with its slots still in it, ending in 。"""

    text: str
    point: str

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots the sentence uses, plain words included."""
        return tuple(tokens(self.text))


class Composer:
    """Writes topics from wordings; `seed` is agency and year, so that a rerun writes the same."""

    def __init__(self, wording: Wording, seed: str, kind: AgencyKind | None = None) -> None:
        self.wording = wording
        self.seed = seed
        self.kind = kind

    def topic(self, plan: TopicPlan, kind: AgencyKind | None = None) -> list[DraftSentence]:
        """Return all sentences of a topic, never none."""
        sentences = self._lead(plan)
        if plan.topic is Topic.OVERSIGHT and kind is AgencyKind.GOVERNMENT:
            # NOTE: 条例第五十条第（四）项 asks this of governments only.
            sentences += self._variant(plan, "government", ())
        for point in plan.points:
            sentences += self.point(plan, point)
        if not sentences:
            sentences = self._variant(plan, "bare", ())
        return sentences

    def point(self, plan: TopicPlan, point: Point) -> list[DraftSentence]:
        """Return the sentences of one point, all its slots in them."""
        found = self._variant(plan, point.key, point.slots)
        if found:
            return found
        lead = self._choose(plan, f"{point.key}_lead", ()) or "全年"
        body = "，".join("{" + slot + "}" for slot in point.slots)
        return _split(lead + body + "。", point.key)

    def slots(self, plan: TopicPlan, keys: tuple[str, ...]) -> list[DraftSentence]:
        """Return sentences that state just these slots, point by point; notes' slots with their note."""
        missing = set(keys)
        sentences: list[DraftSentence] = []
        for point in plan.points:
            some = tuple(key for key in point.slots if key in missing)
            if some:
                sentences += self.point(plan, Point(point.key, some))
        noted = [n for n in plan.notes if missing & set(tokens(n))]
        if noted:
            sentences += self.noted(plan, noted)
        return sentences

    def _lead(self, plan: TopicPlan) -> list[DraftSentence]:
        if plan.notes:
            return self.noted(plan, list(plan.notes))
        if plan.topic is Topic.OTHER_MATTERS and plan.points:
            return []
        return self._variant(plan, "bare", ())

    def noted(
        self, plan: TopicPlan, notes: list[str], *, plainly: bool = False
    ) -> list[DraftSentence]:
        """Return the sentences that state these notes; enumerated in part five.

        `plainly` leaves out the words that lead into a topic (在主动公开方面), which are said once.
        """
        joined = "；".join(notes)
        key = "lead"
        if plan.topic in _ENUMERATED:
            if len(notes) == 1:
                key = "single"
            else:
                items = [f"{ORDINALS[i]}是{note}" for i, note in enumerate(notes[:10])]
                joined = "；".join(items)
        elif len(notes) > 1 and any("；" in note for note in notes):
            joined = "。".join(notes)
        template = None if plainly else self._choose(plan, key, ("notes",))
        template = template or "{self}{notes}。"
        word = plan.plain["self"].phrase.text
        if fill(joined, plan.slots).text.startswith(word[-1]):
            # NOTE: 我局 + 局党组会 would read twice.
            template = template.replace("{self}{notes}", "{notes}")
        return _split(template.replace("{notes}", joined), "notes")

    def enumeration_lead(self, plan: TopicPlan) -> str:
        """Return the words before an enumeration: 下一步，我局将从以下方面改进："""
        key = "lead" if len(plan.notes) > 1 else "single"
        return (self._choose(plan, key, ("notes",)) or "{self}{notes}").partition("{notes}")[0]

    def item(self, plan: TopicPlan, number: int, body: str = "") -> DraftSentence:
        """Return one item of an enumeration, with the lead if it is the first; `body` without its end."""
        lead = self.enumeration_lead(plan) if number == 0 else ""
        last = number == len(plan.notes) - 1
        mark = f"{ORDINALS[number]}是" if len(plan.notes) > 1 else ""
        return DraftSentence(lead + mark + (body or plan.notes[number]) + "；。"[last], "notes")

    def _variant(self, plan: TopicPlan, key: str, slots: tuple[str, ...]) -> list[DraftSentence]:
        text = self._choose(plan, key, slots)
        return _split(text, key) if text else []

    def _choose(self, plan: TopicPlan, key: str, slots: tuple[str, ...]) -> str | None:
        return self.wording.choose(plan.topic, key, slots, plan.plain, self.seed, self.kind or "")


def _split(text: str, point: str) -> list[DraftSentence]:
    return [DraftSentence(part + "。", point) for part in text.split("。") if part]
