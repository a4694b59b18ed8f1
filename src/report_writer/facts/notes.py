"""Figures inside the clerk's work notes: “举办培训3次” registers 举办培训 = 3次 (source 工作要点)."""

import re
from decimal import Decimal

from report_writer.domain.cells import Frozen
from report_writer.domain.report import AnnualReport, RegisteredFact, Topic
from report_writer.facts.text.quantities import find_quantities

NOTE_SOURCE = "工作要点"
# A label is the clause the figure stands in, without the figure and without a leading verb of time.
_CLAUSE_END = re.compile(r"[，。；、！？：,;:（）()\n]")
_LEAD = re.compile(r"^(?:其中|全年|本年|今年|年内|共|累计|另|并|还|\s)+")


class NoteFigure(Frozen):
    """A figure of one note: its topic, place in the note, and the fact it registers.

    `start` and `end` are offsets of the quantity in `note`; `clause_start` and `clause_end` those of
    the clause around it. The clause is what a model gets as one slot, so that the figure cannot be
    tied to another noun.
    """

    topic: Topic
    index: int
    note: str
    start: int
    end: int
    clause_start: int
    clause_end: int
    fact: RegisteredFact


def figures_of(report: AnnualReport) -> tuple[NoteFigure, ...]:
    """Return every figure of the notes, in order; labels are made unique within the report."""
    found: list[NoteFigure] = []
    taken = {fact.label for fact in report.facts}
    for topic, notes in report.notes.items():
        for index, note in enumerate(notes):
            quantities = find_quantities(note, year=report.year)
            for quantity in quantities:
                if quantity.value is None:
                    continue
                left, right = _clause(note, quantity.start, quantity.end)
                others = [(q.start, q.end) for q in quantities if q is not quantity]
                label = _label(note, quantity.start, quantity.end, left, right, others)
                value, unit = quantity.value, quantity.unit
                if unit == "分之":
                    value, unit = (value * 100).quantize(Decimal("0.01")), "%"
                unique = label
                for serial in range(2, 100):
                    if unique not in taken:
                        break
                    unique = f"{label}（{serial}）"
                taken.add(unique)
                fact = RegisteredFact(label=unique, value=value, unit=unit, source=NOTE_SOURCE)
                found.append(
                    NoteFigure(
                        topic=topic,
                        index=index,
                        note=note,
                        start=quantity.start,
                        end=quantity.end,
                        clause_start=left,
                        clause_end=right,
                        fact=fact,
                    )
                )
    return tuple(found)


def _clause(note: str, start: int, end: int) -> tuple[int, int]:
    left = max((m.end() for m in _CLAUSE_END.finditer(note, 0, start)), default=0)
    right = next((m.start() for m in _CLAUSE_END.finditer(note, end)), len(note))
    return left, right


def _label(
    note: str, start: int, end: int, left: int, right: int, others: list[tuple[int, int]]
) -> str:
    """Return the words of the clause, its figures left out: 开展2轮3项检查 counts 开展检查 twice."""
    words = "".join(
        char
        for at, char in enumerate(note[left:right], left)
        if not any(first <= at < last for first, last in others)
    )
    cut = start - left - sum(min(b, start) - max(a, left) for a, b in others if left <= a < start)
    before = _LEAD.sub("", words[:cut]).strip()
    label = before + words[cut + end - start :].strip()
    return label[:40] or note[:20]
