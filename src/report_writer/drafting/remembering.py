"""Answers already given are not asked for again: a backend in front of a backend.

The key is over prompt, model and options, so that a redo costs only what changed. It stands here
and not in LangChain's cache hook, which takes the callback that shows a running text for part of
the question, and would never find anything again.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Protocol

from report_writer.drafting.backend import Answer, Backend, Request

# What changes how long an answer takes, and nothing else.
_BESIDE_THE_POINT = frozenset({"threads"})


class KeptAnswers(Protocol):
    """Where answers are kept: texts by key. Neither method may fail a draft."""

    def get(self, key: str) -> str | None:
        """Return what is kept under a key."""
        ...

    def put(self, key: str, model: str, answer: str) -> None:
        """Keep a text under a key."""
        ...


class Remembering:
    """A backend whose answers are kept; `asked` and `remembered` count questions and hits."""

    def __init__(self, backend: Backend, kept: KeptAnswers) -> None:
        self.backend, self.kept = backend, kept
        self.name, self.local = backend.name, backend.local
        self.concurrency = backend.concurrency
        self.options: Mapping[str, Any] = backend.options
        self.asked = self.remembered = 0

    def answer(self, request: Request) -> Answer:
        """Return the kept answer or ask; raises a BackendError."""
        key = answer_key(self.backend, request)
        self.asked += 1
        if (kept := _read(self.kept.get(key))) is not None:
            self.remembered += 1
            if request.on_text is not None:
                request.on_text(kept.raw)
            return kept
        answer = self.backend.answer(request)
        self.kept.put(key, self.name, _written(answer))
        return answer

    def close(self) -> None:
        """Close the backend behind."""
        self.backend.close()


def answer_key(backend: Backend, request: Request) -> str:
    """Return the hash of everything an answer depends on."""
    options = {k: v for k, v in backend.options.items() if k not in _BESIDE_THE_POINT}
    question = {
        "model": backend.name,
        "options": options,
        "system": request.system,
        "user": request.user,
        "example": [list(turn) for turn in request.example],
        "limits": [request.max_tokens, request.temperature, request.seed],
        "grammar": [request.grammar, request.pattern],
        "stop": list(request.stop),
    }
    text = json.dumps(question, ensure_ascii=True, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _written(answer: Answer) -> str:
    kept = {"text": answer.text, "raw": answer.raw, "tokens": answer.tokens, "end": answer.finish}
    return json.dumps(kept, ensure_ascii=True)


def _read(kept: str | None) -> Answer | None:
    if kept is None:
        return None
    found = json.loads(kept)
    return Answer(
        text=found["text"], tokens=found["tokens"], seconds=0.0, finish=found["end"],
        raw=found["raw"],
    )  # fmt: skip
