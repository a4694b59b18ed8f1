"""What writes: one protocol, one file per backend in `backends/`, opened by `scheme:model`.

The errors form one small tree, each with a remedy (`hint`) and whether asking again makes sense:

    BackendError ── BackendUnavailableError   not retryable   hint: which extra, file or server
                 ├─ BackendTimeoutError       retryable
                 └─ BackendAnswerError        retryable once  (empty, refused, broken off, nonsense)
                    └─ BackendBusyError       too many questions at the moment; `wait` if it said so

A backend named outright that cannot be opened ends a run with exit code 3; one that fails on the
way leaves the section to the rules. Importing this module loads no model package: LangChain,
xllamacpp and transformers are imported by the file of the backend that is opened.
"""

import importlib
import ipaddress
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any, Protocol
from urllib.parse import urlsplit

from report_writer.drafting.catalogue import CatalogueError, default_order, installed

# Seconds for one answer. Generous in process, because a busy second core costs a local model a
# factor of two to four; a server that is silent for so long has usually gone.
LOCAL_TIMEOUT = 300.0
SERVER_TIMEOUT = 120.0
TIMEOUT_VARIABLE = "REPORT_WRITER_TIMEOUT"
MODEL_VARIABLE = "REPORT_WRITER_MODEL"
RULE, AUTO = "rule", "auto"
SCHEMES = ("gguf", "hf", "openai", "ollama", "scripted")
OLLAMA_URL = "http://127.0.0.1:11434/v1"
_TRACING_VARIABLES = (
    "LANGSMITH_TRACING",
    "LANGSMITH_TRACING_V2",
    "LANGCHAIN_TRACING",
    "LANGCHAIN_TRACING_V2",
)
_OFF = frozenset({"", "0", "false", "no", "off"})

Progress = Callable[[float | str], None]


class BackendError(Exception):
    """A backend that cannot answer. `message` says what happened, `hint` what to do about it."""

    retryable = False

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}。{hint}" if hint else message)
        self.message = message
        self.hint = hint


class BackendUnavailableError(BackendError):
    """Nothing there to ask: a package, a file, a server or a key is missing."""


class BackendTimeoutError(BackendError):
    """No answer within the time limit."""

    retryable = True


class BackendAnswerError(BackendError):
    """An answer that cannot be used: empty, refused, broken off, or no answer of this protocol."""

    retryable = True


class TracingError(Exception):
    """A tracing variable is set: LangChain would copy every prompt to a service nobody chose here."""


class BackendBusyError(BackendAnswerError):
    """A server that wants to be asked later; `wait` is seconds, None where it did not say."""

    def __init__(self, message: str, hint: str = "", *, wait: float | None = None) -> None:
        super().__init__(message, hint)
        self.wait = wait


@dataclass(frozen=True)
class Request:
    """One question to a model.

    `example` holds worked turns (user, assistant) put before the question. `grammar` is GBNF and
    is applied where the backend can (`options["grammar"]` says so), `pattern` says the same as a
    regular expression; whoever asks must check the answer anyway. `tag` names the topic; only the scripted backend reads it. `on_text` is given the
    whole text so far, again and again, by backends that can; it must be quick.
    """

    system: str
    user: str
    example: tuple[tuple[str, str], ...] = ()
    max_tokens: int = 400
    temperature: float = 0.3
    seed: int = 1
    grammar: str | None = None
    pattern: str | None = None
    stop: tuple[str, ...] = ()
    tag: str = ""
    on_text: Callable[[str], None] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Answer:
    """What came back: `text` without wrapping (fences, JSON, chat talk), `raw` as it was sent.

    `tokens` counts the generated ones (0 where the server does not say). `finish` is `"stop"`, or
    `"length"` where the limit cut the text, whose last sentence is then incomplete.
    """

    text: str
    tokens: int
    seconds: float
    finish: str
    raw: str = ""


class Backend(Protocol):
    """Something that answers requests. `local` means that nothing leaves this machine."""

    name: str
    options: Mapping[str, Any]
    local: bool
    concurrency: int

    def answer(self, request: Request) -> Answer:
        """Answer one request; raises a BackendError."""
        ...

    def close(self) -> None:
        """Release memory, threads and sockets; closing twice is fine."""
        ...


class Unopened:
    """Stands for a backend where questions are only shown: it answers none."""

    name = "unopened"
    options: Mapping[str, Any] = {}
    concurrency = 1

    def __init__(self, local: bool) -> None:
        self.local = local

    def answer(self, request: Request) -> Answer:
        """Refuse; nothing is sent."""
        raise BackendUnavailableError("只显示提示词，没有打开模型")

    def close(self) -> None:
        """Nothing is held."""


@dataclass(frozen=True)
class Choice:
    """What `--model auto` settled on, and why (Chinese, to be shown)."""

    spec: str
    reason: str


def open_backend(
    spec: str,
    *,
    timeout: float | None = None,
    progress: Progress | None = None,
    api_key: str | None = None,
    constraint: str = "auto",
) -> Backend:
    """Open the backend that `scheme:model` names.

    `timeout` is seconds per answer; without it `REPORT_WRITER_TIMEOUT` decides, else a default.
    `api_key` goes before those of the environment. `constraint` says how a server is held to a
    grammar (see `backends/_constraints.py`). `progress` receives what is being loaded as text. `rule` and
    `auto` are no backends and are refused here; see `choose_auto`.
    Raises BackendUnavailableError, and TracingError where a tracing variable is set.
    """
    scheme, colon, target = spec.strip().partition(":")
    target = target.strip()
    if not colon or scheme not in SCHEMES or not target:
        known = "、".join(f"{name}:…" for name in SCHEMES)
        raise BackendUnavailableError(
            f"认不出模型写法“{spec}”", f"可用的写法：{RULE}（不用模型）、{AUTO}、{known}"
        )
    if scheme == "ollama":
        scheme, target = "openai", f"{target}@{OLLAMA_URL}"
    refuse_tracing()
    usual = SERVER_TIMEOUT if scheme == "openai" else LOCAL_TIMEOUT
    limit = timeout if timeout is not None else _timeout_wanted(usual)
    module = importlib.import_module(f"report_writer.drafting.backends.{scheme}")
    how = {"constraint": constraint} if scheme == "openai" else {}
    backend: Backend = module.open(
        target, timeout=limit, progress=progress or _silent, api_key=api_key, **how
    )
    return backend


def choose_auto(settings_spec: str | None = None) -> Choice:
    """Settle `--model auto`: settings, else the environment, else an installed model, else rules."""
    for spec, where in (
        (settings_spec, "设置"),
        (os.environ.get(MODEL_VARIABLE), f"环境变量 {MODEL_VARIABLE} "),
    ):
        if spec and spec.strip() not in {"", AUTO}:
            return Choice(spec.strip(), f"按{where}中指定的模型")
    try:
        entry = next((e for e in default_order() if installed(e.name)), None)
    except CatalogueError as error:
        return Choice(RULE, f"模型目录读不出来，改由规则撰写：{error.message}")
    if entry is None:
        return Choice(RULE, "本机没有下载模型，由规则撰写（可运行 report-writer models pull）")
    if find_spec("xllamacpp") is None:
        return Choice(
            RULE,
            f"模型 {entry.name} 已下载，但缺少运行组件，由规则撰写"
            "（可运行 pip install 'report-writer[local]'）",
        )
    return Choice(f"gguf:{entry.name}", f"本机已下载模型 {entry.name}，不需联网")


def _timeout_wanted(usual: float) -> float:
    given = os.environ.get(TIMEOUT_VARIABLE, "").strip()
    if not given:
        return usual
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise BackendUnavailableError(
            f"环境变量 {TIMEOUT_VARIABLE} 应为秒数，现为“{given}”", "例如 120"
        )
    return seconds


def tracing_wanted() -> str | None:
    """Return the name of a set tracing variable: with it LangChain would copy prompts to a service."""
    for name in _TRACING_VARIABLES:
        if os.environ.get(name, "").strip().lower() not in _OFF:
            return name
    return None


def silence_tracing() -> None:
    """Switch LangChain's tracing off for this process; called before its first import."""
    for name in _TRACING_VARIABLES:
        os.environ[name] = "false"


def refuse_tracing() -> None:
    """Raise TracingError where a tracing variable is set, before anything is written or sent."""
    name = tracing_wanted()
    if name is not None:
        raise TracingError(
            f"环境变量 {name} 已打开，提示词和答复会另外传给第三方追踪服务，没有运行。"
            f"请先清除 {name}，或用 --model rule（不使用模型）"
        )


def profile_for(spec: str, profile: str = AUTO) -> str:
    """Return the profile to ask a model with: by note for small local ones, by topic for others."""
    if profile != AUTO:
        return profile
    small = spec.strip().partition(":")[0] in {"gguf", "hf", "ollama"}
    return "compact" if small else "full"


def leaves_machine(spec: str) -> bool:
    """Whether questions to the model of a spec go to another machine."""
    scheme, _, target = spec.strip().partition(":")
    if scheme != "openai":
        return False
    try:
        host = urlsplit("http" + target.partition("@http")[2]).hostname or ""
    except ValueError:
        return True
    return not is_loopback(host)


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _silent(_: float | str) -> None:
    """Report nothing."""
