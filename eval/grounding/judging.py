"""Scores the grounding detector on the labelled sentences, each half apart.

python -m eval.grounding.judging [--show]     --show prints the misses of the odd half only
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from eval.grounding.sentences import Group, Sentence, groups
from report_writer.drafting.grounding import ungrounded


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


def judged(odd: bool) -> Iterator[tuple[Group, Sentence, list[tuple[str, str]]]]:
    """Each sentence of a half with what the detector says of it."""
    for group in groups():
        phrases = "；".join(f"{label}{value:g}{unit}" for label, value, unit in group.facts)
        for sentence in group.sentences:
            if sentence.odd == odd:
                yield (
                    group,
                    sentence,
                    ungrounded(sentence.text, group.notes, f"{phrases}；{group.agency}"),
                )


def score(odd: bool) -> Score:
    results = [(s.supported, bool(found)) for _, s, found in judged(odd)]
    return Score(
        found=results.count((False, True)),
        missed=results.count((False, False)),
        accused=results.count((True, True)),
    )


def main() -> None:
    for odd in (True, False):
        s = score(odd)
        print(
            f"{'odd ' if odd else 'even'}  recall {s.recall:.3f}  precision {s.precision:.3f}  ({s})"
        )
    if "--show" in sys.argv:
        for _, sentence, found in judged(odd=True):
            if sentence.supported == bool(found):
                print(sentence.n, sentence.sort, sentence.text, found)


if __name__ == "__main__":
    main()
