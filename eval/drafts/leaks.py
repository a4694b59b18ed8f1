"""The prompt-leak test: no digit and no example phrase of a prompt may reach a draft.

Two reports: all figures zero, and sentinel values (no figure of a prompt could equal them). Every
digit of a draft must lie in a number the code filled in; no run of six characters of the worked
examples may stand in it, unless the clerk's own notes or the rules' wordings have it too (the
examples are built of those wordings, which any draft may use).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from eval.drafts.cases import Case
from eval.drafts.scoring import SECTIONS
from report_writer._resources import shipped
from report_writer.domain.generation import Trail
from report_writer.domain.report import AnnualReport
from report_writer.drafting.writer import Draft

_RUN = 6
_EXAMPLE = re.compile(
    r"^\[示例-[问答]\] (.*?)(?=^\[(?:示例-[问答]|问)\] )", re.MULTILINE | re.DOTALL
)
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_PRINTED_YEAR = re.compile(r"20\d\d年|〔20\d\d〕\d+号")


@dataclass(frozen=True)
class Leaks:
    """What leaked into a draft."""

    digits: tuple[str, ...]
    phrases: tuple[str, ...]


def with_sentinels(report: AnnualReport) -> AnnualReport:
    """Return the report with registered values that no prompt and no habit of a model would hold."""
    facts = tuple(
        fact.model_copy(update={"value": Decimal(70013 + 97 * n)})
        for n, fact in enumerate(report.facts)
    )
    return report.model_copy(update={"facts": facts})


def leaks(draft: Draft, by_rule: Draft, case: Case) -> Leaks:
    """Return what of the prompts stands in a draft and has no business there."""
    digits: list[str] = []
    for section in draft.trail.sections:
        text = draft.report.sections[section.section]
        filled = [(f.start, f.end) for f in section.figures]
        filled += [match.span() for match in _PRINTED_YEAR.finditer(text)]
        digits += [
            match[0]
            for match in _DIGITS.finditer(text)
            if not any(start <= match.start() and match.end() <= end for start, end in filled)
        ]
    text = "\n".join(draft.report.sections[key] for key in SECTIONS)
    allowed = "\n".join((*by_rule.report.sections.values(), _wordings()))
    allowed += "\n".join(note for notes in case.report.notes.values() for note in notes)
    phrases = {run for run in _example_runs(draft.trail) if run in text and run not in allowed}
    return Leaks(tuple(digits), tuple(sorted(phrases)))


@lru_cache(maxsize=1)
def _wordings() -> str:
    files = sorted((shipped("templates") / "wording").glob("*.toml"))
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def _example_runs(trail: Trail) -> set[str]:
    """Return every run of Chinese characters of the worked examples, but not the rules of the prompt."""
    runs: set[str] = set()
    for section in trail.sections:
        for attempt in section.attempts:
            for example in _EXAMPLE.findall(attempt.prompt):
                for word in re.findall(r"[\u4e00-\u9fff]+", example):
                    runs |= {word[i : i + _RUN] for i in range(len(word) - _RUN + 1)}
    return runs
