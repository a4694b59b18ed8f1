"""Reads the labelled sentences: `sentences.yml`, `sentences_b.yml` for tuning, `sentences_c.yml` on bent notes.

    python -m eval.grounding.sentences        prints the counts of each half and set

Whether a sentence is supported was decided by a reader who had not seen the detector.
"""

from collections import Counter
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

FILE = Path(__file__).with_name("sentences.yml")
FILE_B = Path(__file__).with_name("sentences_b.yml")  # all of it for tuning
FILE_C = Path(__file__).with_name("sentences_c.yml")  # up to TUNED for tuning
TUNED = 490
SUPPORTED = ("paraphrase", "compression", "reordering", "synonym", "framing", "generic", "fact")
UNSUPPORTED = (
    *("swapped_activity", "added_detail", "foreign_trade", "stock_activity"),
    *("invented_effect", "planned_as_done", "negated", "false_causal"),
    *("foreign_purpose", "swapped_object", "turned_round"),
)
Topic = Literal["proactive", "on_request", "information_management", "platform", "oversight", "problems", "improvements", "other_matters"]  # fmt: skip


class Strict(BaseModel):
    """Base: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sentence(Strict):
    """One sentence a model might write, and the reader's verdict on it."""

    n: int = Field(ge=1)
    text: str = Field(min_length=8)
    supported: bool
    sort: Literal[SUPPORTED + UNSUPPORTED]  # type: ignore[valid-type]
    why: str = Field(min_length=4)

    @property
    def odd(self) -> bool:
        """Of the first set, odd sentences are for tuning and even ones are only reported."""
        return self.n % 2 == 1


class Group(Strict):
    """What an agency noted and registered for one topic, and the sentences judged against it."""

    agency: str
    kind: Literal["department", "office", "government", "township"]
    topic: Topic
    notes: tuple[str, ...] = Field(min_length=1)
    facts: tuple[tuple[str, float, str], ...]
    sentences: tuple[Sentence, ...] = Field(min_length=1)


def groups(file: Path = FILE) -> tuple[Group, ...]:
    """All groups in the order of the file; pydantic's ValidationError where one is not well formed."""
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    return tuple(Group.model_validate(group) for group in read)


def for_tuning() -> tuple[tuple[Group, Sentence], ...]:
    """Every sentence a detector may be fitted to: odd ones of the first set, the second, the third up to TUNED."""
    kept = [(group, s) for group in groups() for s in group.sentences if s.odd]
    kept += [(group, s) for group in groups(FILE_B) for s in group.sentences]
    return (*kept, *((g, s) for g in groups(FILE_C) for s in g.sentences if s.n <= TUNED))


def unseen() -> tuple[tuple[Group, Sentence], ...]:
    """The part of the third set that no detector was fitted to."""
    return tuple((g, s) for g in groups(FILE_C) for s in g.sentences if s.n > TUNED)


def show(name: str, sentences: list[Sentence]) -> None:
    supported = sum(s.supported for s in sentences)
    print(name, len(sentences), "supported", supported)
    print(" ", dict(sorted(Counter(s.sort for s in sentences).items())))


def main() -> None:
    first = [s for group in groups() for s in group.sentences]
    show("odd", [s for s in first if s.odd])
    show("even", [s for s in first if not s.odd])
    show("second", [s for group in groups(FILE_B) for s in group.sentences])
    show("third", [s for group in groups(FILE_C) for s in group.sentences])


if __name__ == "__main__":
    main()
