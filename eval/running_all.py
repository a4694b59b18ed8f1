"""One run of all parts, and its figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from eval import bench_passages, development_set
from eval.baselines import first_match, value_anywhere
from eval.development_set import Scores
from eval.measuring import Checker, Tally, measure_clean, measure_harmless, measure_mutants
from eval.mutating import Mutant
from eval.mutations import ERRORS, HARMLESS, mutate
from eval.running import ask_checker
from eval.speed import Speeds, measure_speed
from eval.synthetic import Document, documents


@dataclass(frozen=True)
class Size:
    """How much is run: reports, mutants for each operator, reports for the speed."""

    reports: int
    mutants: int
    timed: int


FULL = Size(reports=2000, mutants=200, timed=400)
QUICK = Size(reports=120, mutants=12, timed=30)


@dataclass(frozen=True)
class Measured:
    """What one checker did on the synthetic set."""

    clean: Tally
    errors: Tally
    harmless: Tally


@dataclass(frozen=True)
class Run:
    """All figures of a run; `odd` is the reason where the labelled set could not be scored."""

    size: Size
    ours: Measured
    baselines: dict[str, Measured]
    odd: Scores | str
    passages: Tally | None
    speed: Speeds

    @property
    def failures(self) -> list[str]:
        """Every failure as lines for people; kinds take turns, so that the first few show them all."""
        tallies = [self.ours.clean, self.ours.harmless, self.ours.errors]
        lines = [line for tally in tallies for line in tally.failures]
        lines += self.passages.failures if self.passages else []
        kinds: dict[str, list[str]] = {}
        for line in lines:
            kinds.setdefault(_kind(line), []).append(line)
        turns = zip_longest(*kinds.values())
        return [line for turn in turns for line in turn if line is not None]


def _kind(line: str) -> str:
    """Return what failed, without the report it failed in: MISSED M9 dropped, FALSE ALARM NUM101."""
    return " ".join(re.sub(r"\b[sd]\d+ ", "", line).split("\n")[0].split()[:3])


def run_all(size: Size) -> Run:
    """Run every part."""
    # Speed comes first, so that the peak memory is that of checking and not of the benchmark.
    speed = measure_speed(size.timed)
    reports = documents(size.reports)
    errors = [m for code in ERRORS for m in _mutants(code, reports, size.mutants)]
    harmless = [m for code in HARMLESS for m in _mutants(code, reports, size.mutants)]
    here = development_set.available()
    return Run(
        size=size,
        ours=_measure(ask_checker, reports, errors, harmless),
        baselines={
            name: _measure(ask, reports, errors, harmless)
            for name, ask in (("B0", value_anywhere), ("B1", first_match))
        },
        odd=_odd(),
        passages=bench_passages.measure(development_set.clean_cases("odd"), ask_checker, tell=True)
        if here
        else None,
        speed=speed,
    )


def _odd() -> Scores | str:
    if not development_set.available():
        return "the labelled passages are not beside this repository"
    try:
        return development_set.score("odd")
    except RuntimeError as error:
        return str(error)


def _mutants(code: str, reports: list[Document], limit: int) -> Iterator[Mutant]:
    """Yield the mutants of one operator, from another place of the set for each operator."""
    codes = [*ERRORS, *HARMLESS]
    start = codes.index(code) * len(reports) // len(codes)
    made = 0
    for report in reports[start:] + reports[:start]:
        mutant = mutate(code, report)
        if mutant is not None:
            yield mutant
            made += 1
        if made == limit:
            return


def _measure(
    ask: Checker, reports: list[Document], errors: list[Mutant], harmless: list[Mutant]
) -> Measured:
    clean, silent = measure_clean(reports, ask)
    return Measured(
        clean,
        measure_mutants(iter(errors), ask, silent),
        measure_harmless(iter(harmless), ask, silent),
    )
