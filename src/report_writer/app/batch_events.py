"""What a batch tells while it runs; the command decides what of it to show."""

from dataclasses import dataclass
from pathlib import Path

from report_writer.app.batch_item import ItemResult
from report_writer.domain.batch import BatchSummary


@dataclass(frozen=True, slots=True)
class Message:
    """Something to say to the user, in Chinese."""

    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Inputs are being read: how many of how many."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """What the batch will do with an item: `action` is draft, redraft, unchanged, unreadable or later."""

    key: str
    source: str
    action: str
    why: str


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan, in order; `todo` items will be drafted."""

    items: tuple[PlannedItem, ...]
    todo: int


@dataclass(frozen=True, slots=True)
class Began:
    """An item was taken in hand."""

    key: str


@dataclass(frozen=True, slots=True)
class Working:
    """A model is at a topic of an item; `tokens` written for it so far."""

    key: str
    topic: str
    tokens: int


@dataclass(frozen=True, slots=True)
class Ended:
    """An item ended; `done` of `todo` are through, `tokens` were written in all."""

    result: ItemResult
    done: int
    todo: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing left but what another batch on the same store has in hand."""

    items: int


@dataclass(frozen=True, slots=True)
class Finished:
    """The end: `code` is the exit code; `files` are those of the summary (a URL is text). `stopped` says why early."""

    summary: BatchSummary
    files: tuple[Path | str, ...]
    code: int
    done: int
    stopped: str = ""


Event = Message | Reading | Planned | Began | Working | Ended | Waiting | Finished
