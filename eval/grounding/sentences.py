"""Reads the labelled sentences of `sentences.yml`.

    python -m eval.grounding.sentences        prints the counts of each half

Whether a sentence is supported was decided by a reader who had not seen the detector.
"""

from collections import Counter
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

FILE = Path(__file__).with_name("sentences.yml")
SUPPORTED = ("paraphrase", "compression", "reordering", "synonym", "framing", "generic", "fact")
UNSUPPORTED = (
    *("swapped_activity", "added_detail", "foreign_trade", "stock_activity"),
    *("invented_effect", "planned_as_done", "negated", "false_causal"),
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
        """Odd sentences are for tuning, even ones are only reported."""
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


def main() -> None:
    sentences = [s for group in groups() for s in group.sentences]
    for odd in (True, False):
        half = [s for s in sentences if s.odd == odd]
        supported = sum(s.supported for s in half)
        print("odd" if odd else "even", len(half), "supported", supported)
        print(" ", dict(sorted(Counter(s.sort for s in half).items())))


if __name__ == "__main__":
    main()
