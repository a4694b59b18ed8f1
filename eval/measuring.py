"""Ask a checker about clean, mutated and harmlessly changed reports, and count."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from eval.mutating import Mutant
from eval.passages import NOT_A_FIGURE, Piece
from eval.running import Alarm, Answer, meets, met, overlaps
from eval.synthetic import Document

Checker = Callable[[Mapping[str, Any]], Answer]
OVERVIEW = "overview"


@dataclass
class Tally:
    """Counts of one part of the benchmark; `failures` are lines for people to read."""

    counts: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, Counter[str]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def of(self, kind: str) -> Counter[str]:
        """Return the counts of one operator or kind of claim."""
        return self.kinds.setdefault(kind, Counter())


def measure_clean(documents: Iterable[Document], ask: Checker) -> tuple[Tally, set[str]]:
    """Count false alarms on true reports, and how well each labelled mention was understood.

    Returns the counts and the names of the reports that stayed silent.
    """
    tally, silent = Tally(), set()
    for document in documents:
        answer = ask(document.mapping())
        tally.counts["reports"] += 1
        tally.counts["alarms"] += len(answer.alarms)
        tally.counts["alarmed"] += bool(answer.alarms)
        tally.counts["crashes"] += len(answer.crashes)
        tally.counts["overlaps"] += _overlapping(answer)
        if not answer.alarms:
            silent.add(document.name)
        sections = document.mapping()["sections"]
        for alarm in answer.alarms:
            text = sections[alarm.section] if isinstance(sections, dict) else ""
            tally.failures.append(_told("FALSE ALARM", document.name, text, alarm))
        _count_mentions(tally, document, answer)
    return tally, silent


def _overlapping(answer: Answer) -> int:
    """Return how many mentions begin before the one before them ends: the contract allows none."""
    ordered = sorted(answer.mentions, key=lambda m: (m.section, m.start, m.end))
    return sum(a.section == b.section and b.start < a.end for a, b in pairwise(ordered))


def kind_of(piece: Piece) -> str:
    """Return the kind of claim a piece makes, for the table of statuses."""
    if piece.kind == "number" and piece.verdict == "unverified":
        return "in a closed list, unregistered" if piece.group else "unregistered"
    if piece.kind == "number" and piece.form is not None and piece.truth is not None:
        if piece.truth.kind != "sum":
            return {"share": "share", "rate": "change in percent", "change": "change as count"}.get(
                piece.truth.kind, "last year's figure"
            )
        if piece.form.is_approximate:
            return "approximation"
        if piece.truth.terms[0].startswith("extra:"):
            return "registered fact"
        return "cell" if len(piece.truth.terms) == 1 else "sum of cells"
    return {"claim": "digit-less claim", "direction": "direction", "year": "year", "mask": "mask"}[
        piece.kind
    ]


def _count_mentions(tally: Tally, document: Document, answer: Answer) -> None:
    text = document.overview.text
    mentions = [m for m in answer.mentions if m.section == OVERVIEW]
    for _, piece, start, end in document.overview.walk():
        if not piece.counts:
            continue
        count = tally.of(kind_of(piece))
        near = [m for m in mentions if meets((m.start, m.end), (start, end))]
        if piece.kind == "mask":
            # A slogan may be left out of the ledger; a figure seen inside one is wrong.
            near = [m for m in mentions if overlaps((m.start, m.end), (start, end))]
            right = all(m.verdict == NOT_A_FIGURE for m in near)
            count.update(claims=1, found=1, status=right)
        else:
            best = max(near, key=lambda m: min(m.end, end) - max(m.start, start), default=None)
            right = best is not None and best.verdict == piece.verdict
            count.update(claims=1, found=best is not None, status=right)
            if best is not None and piece.kind == "number":
                count.update(spans=1, span=(best.start, best.end) == (start, end))
            wanted = piece.truth.operands if piece.truth else frozenset()
            if wanted and piece.verdict == "supported":
                hit = best is not None and 2 * len(wanted & best.facts) >= len(wanted | best.facts)
                count.update(linked=1, link=hit)
        tally.counts["claims"] += 1
        if not right:
            got = ", ".join(f"{text[m.start : m.end]}={m.verdict}" for m in near) or "no mention"
            tally.failures.append(
                f"STATUS {document.name} {kind_of(piece)}: expected {piece.verdict}"
                f" ({piece.truth or '-'}), got {got}\n    {_around(text, start, end)}"
            )


def measure_mutants(mutants: Iterator[Mutant], ask: Checker, silent: set[str]) -> Tally:
    """Count found errors per operator, alarms elsewhere, and what unobservable errors came back as."""
    tally = Tally()
    for mutant in mutants:
        answer = ask(mutant.document.mapping())
        text = mutant.document.overview.text
        hits = met(answer.alarms, mutant.spans, OVERVIEW)
        tally.counts["crashes"] += len(answer.crashes)
        if not mutant.observable:
            _count_unobservable(tally, mutant, answer)
            continue
        for count in (
            tally.of(mutant.code),
            tally.of(f"{mutant.code} {mutant.variant}"),
            tally.counts,
        ):
            count["errors"] += 1
            count["found"] += bool(hits)
            count["exact"] += any((h.start, h.end) in mutant.spans for h in hits)
            count["at_place"] += any(meets((h.start, h.end), mutant.spans[0]) for h in hits)
            if hits and mutant.cells:
                count["with_cells"] += 1
                count["right_cell"] += any(h.cells & mutant.cells for h in hits)
        if mutant.document.name in silent:
            tally.counts["elsewhere"] += len(answer.alarms) - len(hits)
            tally.counts["watched"] += 1
        if not hits:
            got = "; ".join(f"{a.code} {text[a.start : a.end]}" for a in answer.alarms) or "silence"
            here = [m for m in answer.mentions if overlaps((m.start, m.end), mutant.spans[0])]
            seen = ", ".join(f"{text[m.start : m.end]}={m.verdict}{sorted(m.facts)}" for m in here)
            tally.failures.append(
                f"MISSED {mutant.document.name} {mutant.code} {mutant.variant}: got {got}; mention {seen or 'none'};"
                f" should name {sorted(mutant.cells)[:4]}\n    {_around(text, *mutant.spans[0])}"
            )
    return tally


def _count_unobservable(tally: Tally, mutant: Mutant, answer: Answer) -> None:
    span = mutant.spans[0]
    mentions = [
        m for m in answer.mentions if m.section == OVERVIEW and overlaps((m.start, m.end), span)
    ]
    alarms = [
        a for a in answer.alarms if a.section == OVERVIEW and overlaps((a.start, a.end), span)
    ]
    good = not alarms and any(m.verdict == "unverified" for m in mentions)
    tally.counts.update(unobservable=1, unaccounted=good)
    if not good:
        text = mutant.document.overview.text
        got = ", ".join(m.verdict for m in mentions) or "no mention"
        tally.failures.append(
            f"UNOBSERVABLE {mutant.document.name} {mutant.code}: got {got}\n    {_around(text, *span)}"
        )


def measure_harmless(mutants: Iterator[Mutant], ask: Checker, silent: set[str]) -> Tally:
    """Count harmless changes that stay silent, of reports that were silent before."""
    tally = Tally()
    for mutant in mutants:
        if mutant.document.name not in silent:
            continue
        answer = ask(mutant.document.mapping())
        text = mutant.document.overview.text
        for count in (tally.of(mutant.code), tally.counts):
            count["changes"] += 1
            count["silent"] += not answer.alarms
        for alarm in answer.alarms:
            label = f"NOT SILENT {mutant.code} {mutant.variant}"
            tally.failures.append(_told(label, mutant.document.name, text, alarm))
    return tally


def _told(label: str, name: str, text: str, alarm: Alarm) -> str:
    return f"{label} {name} {alarm.code} “{text[alarm.start : alarm.end]}”: {alarm.message}\n    {_around(text, alarm.start, alarm.end)}"


def _around(text: str, start: int, end: int) -> str:
    left = max(text.rfind("。", 0, start) + 1, start - 60)
    stop = text.find("。", end)
    right = min(stop + 1 if stop >= 0 else len(text), end + 60)
    return (text[left:start] + "⟦" + text[start:end] + "⟧" + text[end:right]).replace("\n", "⏎")
