"""What an office prefers: prompt files and wordings of its own, checked before anything is drafted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from report_writer.drafting.prompting import Prompt, load_prompt
from report_writer.drafting.wording import Wording, load_wording

PROMPTS = (
    "overview", "problems", "other_matters", "_repair", "_note_work", "_note_problem", "_note_measure",
)  # fmt: skip


@dataclass(frozen=True)
class Office:
    """Preferences of one office.

    `prompts` is a folder whose files stand in for the shipped ones of the same name
    (`ogi_annual/overview.j2`); `wording` maps topic and point to sentences, which replace the
    shipped variants of that point.
    """

    prompts: Path | None = None
    wording: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def prompt(self, name: str) -> Prompt:
        """Return a prompt, the office's own where it has one. Raises PromptError."""
        own = self.prompts is not None and (self.prompts / "ogi_annual" / f"{name}.j2").exists()
        return load_prompt(name, self.prompts if own else None)

    def check(self) -> None:
        """Load every prompt once. Raises PromptError, with file and reason."""
        for name in PROMPTS:
            self.prompt(name)

    def wordings(self) -> Wording:
        """Return the wordings with the office's own. Raises WordingError, with topic and point."""
        return load_wording().replaced(self.wording)


PLAIN_OFFICE = Office()
