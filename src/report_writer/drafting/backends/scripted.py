"""`scripted:FILE`: prepared answers instead of a model, for tests and demonstrations.

The file is JSON (`.json`: a list, or an object topic → answer or list of answers) or plain text
with a line `---` between answers. A topic is the request's tag, or a word of its question; the
topic `*` takes the rest. Answers are used in order; asking for more is an error.

Some answers stand for what goes wrong with real models: `!timeout`, `!refuse`, `!empty`,
`!cut TEXT` (the token limit ended it) and `!die` (gone, now and for all later requests).
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from report_writer.drafting.backend import (
    Answer,
    BackendAnswerError,
    BackendTimeoutError,
    BackendUnavailableError,
    Progress,
    Request,
)
from report_writer.drafting.backends._clean import clean

_SEPARATOR = "---"
_REST = "*"
_SIZE_LIMIT = 10_000_000


class Scripted:
    """Answers from a list, or from a list for each topic; `requests` keeps what was asked."""

    local = True
    concurrency = 1

    def __init__(
        self,
        answers: Sequence[str] | Mapping[str, str | Sequence[str]],
        *,
        name: str = "scripted",
    ) -> None:
        self.name = name
        by_topic = answers if isinstance(answers, Mapping) else {_REST: answers}
        self._left: dict[str, list[str]] = {
            topic: [given] if isinstance(given, str) else list(given)
            for topic, given in by_topic.items()
        }
        self.options: Mapping[str, Any] = {"answers": sum(map(len, self._left.values()))}
        self.requests: list[Request] = []
        self._dead = False

    def answer(self, request: Request) -> Answer:
        """Return the next prepared answer for the request's topic; raises a BackendError."""
        self.requests.append(request)
        if self._dead:
            raise BackendUnavailableError("脚本模型已中断", "这是测试用的模型")
        raw = self._next(request)
        finish = "stop"
        if raw == "!timeout":
            raise BackendTimeoutError("模型超时，时限内没有作答", "这是测试用的模型")
        if raw == "!die":
            self._dead = True
            raise BackendUnavailableError("脚本模型已中断", "这是测试用的模型")
        if raw == "!refuse":
            raw = "抱歉，我无法协助完成这项工作。"
        elif raw == "!empty":
            raw = ""
        elif raw.startswith("!cut"):
            raw, finish = raw.removeprefix("!cut").strip(), "length"
        return Answer(text=clean(raw), tokens=len(raw), seconds=0.0, finish=finish, raw=raw)

    def close(self) -> None:
        """Nothing is held."""

    def _next(self, request: Request) -> str:
        for topic, left in self._left.items():
            named = topic != _REST and (topic == request.tag or topic in request.user)
            if named and left:
                return left.pop(0)
        rest = self._left.get(_REST)
        if rest:
            return rest.pop(0)
        raise BackendAnswerError("脚本里的答案已经用完", "请在脚本文件中补足答案")


def open(target: str, *, timeout: float, progress: Progress, api_key: str | None) -> Scripted:
    """Read a script file; raises BackendUnavailableError naming the file."""
    path = Path(target).expanduser()
    try:
        if path.stat().st_size > _SIZE_LIMIT:
            raise BackendUnavailableError(f"{path.name}：脚本文件过大", "最多 10 MB")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BackendUnavailableError(
            f"{path.name}：脚本文件读不出来", "请检查路径，文件应为 UTF-8 文本"
        ) from error
    return Scripted(_answers(path, text), name=f"scripted:{path.name}")


def _answers(path: Path, text: str) -> list[str] | dict[str, list[str]]:
    if path.suffix.lower() != ".json":
        parts = [""]
        for line in text.splitlines():
            if line.strip() == _SEPARATOR:
                parts.append("")
            else:
                parts[-1] += line + "\n"
        return [part.strip() for part in parts]
    hint = "应为答案列表，或“主题 → 答案”的对象"
    try:
        value = json.loads(text)
    except ValueError as error:
        raise BackendUnavailableError(f"{path.name}：不是合法的 JSON", hint) from error
    if isinstance(value, list):
        return _strings(path, value, hint)
    if isinstance(value, dict):
        return {
            topic: _strings(path, given if isinstance(given, list) else [given], hint)
            for topic, given in value.items()
        }
    raise BackendUnavailableError(f"{path.name}：内容不合要求", hint)


def _strings(path: Path, items: list[Any], hint: str) -> list[str]:
    for number, item in enumerate(items, 1):
        if not isinstance(item, str):
            raise BackendUnavailableError(f"{path.name}：第{number}个答案不是文字", hint)
    return list(items)
