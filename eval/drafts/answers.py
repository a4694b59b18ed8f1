"""Answers kept on disk, so that a re-run asks only what is new.

One file a model, one JSON line an answer; the key is the hash of model, options and the whole
request. An answer that is used stays; what no run used is dropped by `--prune`.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from report_writer.drafting.backend import (
    Answer,
    Backend,
    BackendAnswerError,
    BackendUnavailableError,
    Request,
)

FOLDER = Path(__file__).resolve().parent / "answers"
# What of a request shapes the answer.
_ASKED = ("system", "user", "example", "max_tokens", "temperature", "seed", "grammar", "stop")


class NotCachedError(Exception):
    """A question that was never asked, in a run that may ask nothing."""


class Kept:
    """A backend that answers from the file first and from the model only then.

    `label` names model and way of asking; `ask` opens the model on the first miss, None forbids it.
    """

    concurrency = 1
    local = True

    def __init__(
        self,
        label: str,
        ask: Callable[[], Backend] | None,
        folder: Path = FOLDER,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        self.name = label
        self.options: Mapping[str, Any] = dict(options or {})
        self._open = ask
        self._backend: Backend | None = None
        self._path = folder / f"{label.replace(':', '-').replace('/', '-')}.jsonl"
        self._kept: dict[str, dict[str, Any]] = {}
        if self._path.exists():
            for line in self._path.read_text(encoding="utf-8").splitlines():
                item = json.loads(line)
                self._kept[item["key"]] = item
        self.used: set[str] = set()
        self.asked = 0

    def answer(self, request: Request) -> Answer:
        """Return the kept answer, or ask and keep it. NotCachedError where nothing may be asked."""
        key = self._key(request)
        if key not in self._kept:
            self._keep(key, request)
        self.used.add(key)
        item = self._kept[key]
        if "error" in item:
            raise BackendAnswerError(item["error"])
        return Answer(item["text"], item["tokens"], item["seconds"], item["finish"], item["raw"])

    def close(self) -> None:
        """Close the model, if it was opened."""
        if self._backend is not None:
            self._backend.close()
            self._backend = None

    def prune(self) -> None:
        """Drop the answers this run did not use."""
        lines = [json.dumps(i, ensure_ascii=False) for k, i in self._kept.items() if k in self.used]
        self._path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")

    def _key(self, request: Request) -> str:
        whole = {"model": self.name, **{name: getattr(request, name) for name in _ASKED}}
        text = json.dumps(whole, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def _keep(self, key: str, request: Request) -> None:
        if self._open is None:
            raise NotCachedError(request.tag)
        if self._backend is None:
            self._backend = self._open()
        self.asked += 1
        item: dict[str, Any] = {"key": key, "tag": request.tag}
        try:
            answer = self._backend.answer(request)
            item |= asdict(answer)
            item["seconds"] = round(answer.seconds, 2)
        except BackendUnavailableError:
            raise
        except BackendAnswerError as error:
            item["error"] = error.message
        self._kept[key] = item
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(item, ensure_ascii=False) + "\n")
