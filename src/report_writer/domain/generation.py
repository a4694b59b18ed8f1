"""The trail: how every sentence and every number of a draft came about (contract 4)."""

from enum import StrEnum
from typing import Any

from pydantic import Field

from report_writer.domain.cells import Frozen

SCHEMA = "report-writer/trail/1"


class Origin(StrEnum):
    """Who wrote a sentence."""

    MODEL = "model"
    RULE = "rule"


class FilledFigure(Frozen):
    """A number of the text: span in its section → slot → fact → cells → formula."""

    start: int
    end: int
    quote: str
    slot: str
    fact: str
    label: str
    cells: tuple[str, ...] = ()
    formula: str | None = None


class Sentence(Frozen):
    """A sentence of a section: span, who wrote it, and what it rests on (facts and notes).

    `draft` is the sentence with its slots still in it, `point` what of its topic it says.
    """

    start: int
    end: int
    text: str
    topic: str
    origin: Origin
    rests_on: tuple[str, ...] = ()
    reason: str = ""
    draft: str = ""
    point: str = ""


class Attempt(Frozen):
    """One call of a model: the rendered prompt, the raw answer, and what was wrong with it."""

    topic: str
    prompt: str
    answer: str
    violations: tuple[str, ...] = ()
    seconds: float = 0.0
    tokens: int = 0


class SectionTrail(Frozen):
    """How one section was written. `prompt_files` are name → sha256."""

    section: str
    prompt_files: dict[str, str] = Field(default_factory=dict)
    model: str = "rule"
    options: dict[str, Any] = Field(default_factory=dict)
    attempts: tuple[Attempt, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    figures: tuple[FilledFigure, ...] = ()


class Trail(Frozen):
    """The trail of a whole draft. `key` is the hash of inputs, options and model.

    `data` is the hash of the inputs alone, `revision` how often a part was done again.
    """

    agency: str
    year: int
    model: str
    model_reason: str = ""
    profile: str = "compact"
    seed: int = 0
    key: str = ""
    data: str = ""
    revision: int = 0
    files: dict[str, str] = Field(default_factory=dict)
    previous_files: dict[str, str] = Field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    sections: tuple[SectionTrail, ...] = ()

    def wire(self) -> dict[str, Any]:
        """Return the JSON object of the trail file."""
        return {"schema": SCHEMA, **self.model_dump(mode="json")}

    def sentence_count(self, origin: Origin) -> int:
        """Return how many sentences a model or the rules wrote."""
        return sum(s.origin is origin for section in self.sections for s in section.sentences)
