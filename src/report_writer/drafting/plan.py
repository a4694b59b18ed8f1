"""The plan: what each topic owes — its slots, the clerk's notes and the order of points.

Both writers follow it: the model gets slots and notes, the composer writes the points.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from report_writer.domain.facts import Fact
from report_writer.domain.report import AgencyKind, Topic
from report_writer.drafting.phrases import Phrases
from report_writer.drafting.slots import TOKEN, Figure, Phrase, Slot, listing
from report_writer.drafting.wording import Wording
from report_writer.facts.notes import NOTE_SOURCE
from report_writer.facts.sheet import BREAKDOWN_SOURCE, FactSheet

OVERVIEW = (
    Topic.PROACTIVE,
    Topic.ON_REQUEST,
    Topic.INFORMATION_MANAGEMENT,
    Topic.PLATFORM,
    Topic.OVERSIGHT,
)
_BRACES = str.maketrans("{}｛｝", "（）（）")


@dataclass(frozen=True, slots=True)
class Point:
    """Something a topic has to say: the slots that belong together, in order."""

    key: str
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicPlan:
    """One paragraph to write.

    `notes` are the clerk's notes with the clauses that hold a figure replaced by their slot.
    `note_numbers` are their places among the report's notes; one set aside is passed over.
    `plain` are words every wording may use: 自称, 年份, 上级.
    """

    topic: Topic
    section: str
    heading: str
    slots: dict[str, Slot]
    points: tuple[Point, ...]
    notes: tuple[str, ...]
    plain: dict[str, Slot]
    last_year: str = ""
    note_numbers: tuple[int, ...] = ()

    @property
    def all_slots(self) -> dict[str, Slot]:
        """Slots, the notes' bare figures and plain words together, for filling."""
        return {**self.slots, **self.figures, **self.plain}

    @property
    def figures(self) -> dict[str, Slot]:
        """Figures without their clause, of notes and registered facts: slot `n1` as `n1_1`, `n1_2` …"""
        registered = {
            key for point in self.points if point.key == "registered" for key in point.slots
        }
        return {
            f"{key}_{n}": Slot(f"{key}_{n}", Phrase((figure,)))
            for key, slot in self.slots.items()
            if key in registered or any(slot.token in note for note in self.notes)
            for n, figure in enumerate(slot.phrase.figures, 1)
        }

    @property
    def worded(self) -> tuple[str, ...]:
        """The notes with their words in full and only the figures as slots."""
        return tuple(TOKEN.sub(lambda m: opened(self.slots[m[1]]), note) for note in self.notes)

    def whole(self, key: str) -> str:
        """Return the slot that a bare figure of a note belongs to; other keys as they are."""
        return key.rpartition("_")[0] if key in self.figures else key


def opened(slot: Slot) -> str:
    """Return a phrase with its words in full and its figures as bare slots."""
    numbers = count(1)
    return "".join(
        part if isinstance(part, str) else f"{{{slot.key}_{next(numbers)}}}"
        for part in slot.phrase.parts
    )


def build_plan(sheet: FactSheet, wording: Wording) -> tuple[TopicPlan, ...]:
    """Return the topics of a report in the order in which they are printed."""
    return tuple(_Planner(sheet, wording).topics())


class _Planner:
    def __init__(self, sheet: FactSheet, wording: Wording) -> None:
        self.sheet = sheet
        self.report = sheet.report
        self.wording = wording
        self.phrases = Phrases(sheet)
        self.headings = {t.topic: t.heading for t in sheet.form.topics}

    def topics(self) -> Iterator[TopicPlan]:
        for topic in OVERVIEW:
            yield self._topic(topic, "overview", self.headings[topic])
        for topic in (Topic.PROBLEMS, Topic.IMPROVEMENTS):
            yield self._topic(topic, "problems", "")
        yield self._topic(Topic.OTHER_MATTERS, "other_matters", "")

    def _topic(self, topic: Topic, section: str, heading: str) -> TopicPlan:
        slots: dict[str, Slot] = {}
        points: list[Point] = []

        def add(key: str, found: Iterable[Slot]) -> None:
            fresh = {slot.key: slot for slot in found}
            if fresh:
                slots.update(fresh)
                points.append(Point(key, tuple(fresh)))

        p = self.phrases
        if topic is Topic.PROACTIVE:
            add("registered", self._registered(topic))
            add("decisions", p.proactive())
        elif topic is Topic.ON_REQUEST:
            add("received", p.received())
            add("carried_over", p.carried_over())
            add("disposed", p.disposed())
            add("carried_forward", p.carried_forward())
            add("remedies", p.remedies())
            add("registered", self._registered(topic))
        elif topic is Topic.INFORMATION_MANAGEMENT:
            add("documents", p.documents())
            add("registered", self._registered(topic))
        elif topic is Topic.OTHER_MATTERS:
            add("fee", p.fee())
            add("registered", self._registered(topic))
        else:
            add("registered", self._registered(topic))
        add("units", self._units(topic))
        notes, numbers, note_slots = self._notes(topic)
        slots.update(note_slots)
        return TopicPlan(
            topic=topic,
            section=section,
            heading=heading,
            slots=slots,
            points=tuple(points),
            notes=notes,
            plain=self._plain(),
            last_year=self._last_year(section),
            note_numbers=numbers,
        )

    def _plain(self) -> dict[str, Slot]:
        agency = self.report.agency
        words = {
            "self": self.report.self_reference,
            "agency": agency.name,
            "year": f"{self.report.year}年",
            "superior": agency.superior or "",
            "government": "政府" if agency.kind is AgencyKind.GOVERNMENT else "",
        }
        return {k: Slot(k, Phrase((escape(v),))) for k, v in words.items() if v}

    def _registered(self, topic: Topic) -> Iterator[Slot]:
        serial = 0
        for fact in self.sheet.registered:
            mine = fact.id.startswith("facts/") and fact.source != NOTE_SOURCE
            if not mine or fact.source == "信息处理费" or fact.value is None:
                continue
            if fact.source.startswith(BREAKDOWN_SOURCE):
                continue
            if self.wording.topic_of(fact.label) is topic:
                serial += 1
                lead = escape(fact.label).rstrip("。；，、：;,: ")
                yield Slot(f"x{serial}", Phrase((lead, Figure(escape(fact.text), fact))))

    def _units(self, topic: Topic) -> Iterator[Slot]:
        """Yield one list a sum that the units' parts are known of: 各单位新收申请中，甲局3件、乙局1件."""
        groups: dict[str, list[tuple[str, Fact]]] = {}
        for fact in self.sheet.registered:
            unit, dot, what = fact.label.rpartition("·")
            if dot and fact.source.startswith(BREAKDOWN_SOURCE) and fact.value is not None:
                groups.setdefault(what, []).append((escape(unit), fact))
        for serial, (what, parts) in enumerate(groups.items(), start=1):
            if self.wording.topic_of(what) is topic:
                yield Slot(f"u{serial}", listing(parts, lead=f"各单位{escape(what)}中，"))

    def _notes(self, topic: Topic) -> tuple[tuple[str, ...], tuple[int, ...], dict[str, Slot]]:
        """Return the notes with figure clauses as slots `n1`, `n2` …, their numbers, and those slots."""
        slots: dict[str, Slot] = {}
        written: dict[int, str] = {}
        figures = [f for f in self.sheet.note_figures if f.topic is topic]
        for index, note in enumerate(self.report.notes.get(topic, ())):
            if not note:
                continue
            here = [f for f in figures if f.index == index]
            text, cursor = "", 0
            for start, end in dict.fromkeys((f.clause_start, f.clause_end) for f in here):
                parts: list[str | Figure] = []
                at = start
                for figure in (f for f in here if f.clause_start == start):
                    fact = self.sheet[f"facts/{figure.fact.label}"]
                    parts += [
                        escape(note[at : figure.start]),
                        Figure(note[figure.start : figure.end], fact),
                    ]
                    at = figure.end
                parts.append(escape(note[at:end]))
                slot = Slot(f"n{len(slots) + 1}", Phrase(tuple(parts)))
                slots[slot.key] = slot
                text += escape(note[cursor:start]) + slot.token
                cursor = end
            written[index] = (text + escape(note[cursor:])).rstrip("。；;，, ")
        return tuple(written.values()), tuple(written), slots

    def _last_year(self, section: str) -> str:
        previous = self.report.previous
        return previous.sections.get(section, "") if previous else ""


def escape(text: str) -> str:
    """Take braces out of foreign text, so that a name, label or note can never look like a slot."""
    return text.translate(_BRACES)
