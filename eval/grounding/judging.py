"""Scores the grounding detector on the labelled sentences, each half and set apart.

python -m eval.grounding.judging [--show]     --show prints the misses of what is for tuning only
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from eval.grounding.sentences import FILE_B, Group, Sentence, for_tuning, groups, unseen
from report_writer.drafting.grounding import ungrounded

Labelled = tuple[Group, Sentence]
Verdict = tuple[Group, Sentence, list[tuple[str, str]]]


@dataclass(frozen=True)
class Score:
    """Unsupported sentences: found, missed, and supported ones wrongly accused."""

    found: int
    missed: int
    accused: int

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed)

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.accused)


def _first(odd: bool) -> Iterator[Labelled]:
    return ((g, s) for g in groups() for s in g.sentences if s.odd == odd)


PARTS: dict[str, Callable[[], Iterable[Labelled]]] = {
    "first set, odd": lambda: _first(True),
    "first set, even": lambda: _first(False),
    "second set, even": lambda: ((g, s) for g in groups(FILE_B) for s in g.sentences if not s.odd),
    "all for tuning": for_tuning,
    "third set, unseen": unseen,
}


def judged(labelled: Iterable[Labelled]) -> Iterator[Verdict]:
    """Each sentence with what the detector says of it."""
    for group, sentence in labelled:
        phrases = "；".join(f"{label}{value:g}{unit}" for label, value, unit in group.facts)
        phrases = f"{phrases}；{group.agency}"
        yield group, sentence, ungrounded(sentence.text, group.notes, phrases)


def score(labelled: Iterable[Labelled]) -> Score:
    results = [(s.supported, bool(found)) for _, s, found in judged(labelled)]
    return Score(
        found=results.count((False, True)),
        missed=results.count((False, False)),
        accused=results.count((True, True)),
    )


def main() -> None:
    for name, part in PARTS.items():
        s = score(part())
        print(f"{name:18} recall {s.recall:.3f}  precision {s.precision:.3f}  ({s})")
    if "--show" in sys.argv:
        for _, sentence, found in judged(for_tuning()):
            if sentence.supported == bool(found):
                print(sentence.n, sentence.sort, sentence.text, found)


if __name__ == "__main__":
    main()
