"""`gguf:NAME_OR_PATH`: llama.cpp inside this process, through xllamacpp; works on a plain CPU.

The runtime brings a web server of its own and always listens somewhere. Here that is a socket file
in a folder only this user can enter; on Windows it is a random loopback port. Both want a random
key, and neither is used: questions go in by direct call.
"""

import os
import secrets
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import PrivateAttr

from report_writer.drafting.backend import (
    BackendAnswerError,
    BackendTimeoutError,
    BackendUnavailableError,
    Progress,
    silence_tracing,
)
from report_writer.drafting.backends._chat import ChatBackend, ai_message, wire_messages
from report_writer.drafting.catalogue import CatalogueError, installed, load_catalogue

CONTEXT = 4096
_MAGIC = b"GGUF"
_POLL = 0.2
_LONGEST_SOCKET_PATH = 100


class LlamaCppChat(BaseChatModel):
    """A chat model on xllamacpp's in-process server. One question at a time."""

    timeout: float
    _server: Any = PrivateAttr(default=None)
    _running: "_Stream | None" = PrivateAttr(default=None)

    @property
    def _llm_type(self) -> str:
        return "xllamacpp"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        body: dict[str, Any] = {
            "messages": wire_messages(messages),
            "max_tokens": kwargs["max_tokens"],
            "temperature": kwargs["temperature"],
            "seed": kwargs["seed"],
            "top_p": 0.9,
            "top_k": 40,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        if stop:
            body["stop"] = stop
        if kwargs.get("grammar"):
            body["grammar"] = kwargs["grammar"]
        stream = self._stream_of(body, kwargs.get("on_text"))
        message = ai_message(
            "".join(stream.pieces),
            prompt_tokens=stream.prompt_tokens,
            tokens=stream.tokens,
            finish=stream.finish,
        )
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream_of(
        self, body: dict[str, Any], on_text: Callable[[str], None] | None = None
    ) -> "_Stream":
        """Run one question in a thread, so that Ctrl-C and the time limit reach this one.

        The runtime swallows whatever its callback raises; only a flag can stop it.
        """
        self.stop_question()
        stream = _Stream()
        self._running = stream

        def work() -> None:
            try:
                self._server.handle_chat_completions(body, stream.take)
            except RuntimeError as error:
                stream.error = str(error)[:200]
            finally:
                stream.done.set()

        deadline = time.monotonic() + self.timeout
        threading.Thread(target=work, daemon=True).start()
        try:
            # NOTE: not Thread.join, which takes a thread for finished when Ctrl-C interrupts it.
            while not stream.done.wait(max(0.0, min(_POLL, deadline - time.monotonic()))):
                if on_text is not None:
                    on_text("".join(list(stream.pieces)))
                if time.monotonic() >= deadline:
                    raise BackendTimeoutError(
                        f"模型超时，{self.timeout:.0f} 秒内没有写完",
                        "请关闭其他占用处理器的程序，或改用更小的模型",
                    )
        finally:
            stream.cancel.set()
        if stream.error:
            raise BackendAnswerError(f"模型没有作答（{stream.error}）", "这一部分改由规则撰写")
        return stream

    def stop_question(self) -> None:
        """End the question still running, if any, and wait until the runtime let go of it."""
        if self._running is not None:
            self._running.cancel.set()
            self._running.done.wait()
            self._running = None


class _Stream:
    """Collects the pieces the runtime hands over; its methods run in the worker and never raise."""

    def __init__(self) -> None:
        self.cancel = threading.Event()
        self.done = threading.Event()
        self.pieces: list[str] = []
        self.tokens = 0
        self.prompt_tokens = 0
        self.finish = "stop"
        self.error = ""

    def take(self, chunk: Any) -> bool:
        """Take one chunk; True stops the runtime."""
        if not isinstance(chunk, dict):
            return self.cancel.is_set()
        error = chunk.get("error")
        if error:
            self.error = str(error.get("message", error) if isinstance(error, dict) else error)[
                :200
            ]
        for choice in chunk.get("choices") or ():
            self.pieces.append((choice.get("delta") or {}).get("content") or "")
            self.finish = choice.get("finish_reason") or self.finish
        usage = chunk.get("usage") or {}
        self.tokens = usage.get("completion_tokens", self.tokens)
        self.prompt_tokens = usage.get("prompt_tokens", self.prompt_tokens)
        return self.cancel.is_set()


class LlamaCppBackend(ChatBackend):
    """llama.cpp in this process."""

    model: LlamaCppChat

    def __init__(self, model: LlamaCppChat, folder: tempfile.TemporaryDirectory[str], **rest: Any):
        super().__init__(model, local=True, **rest)
        self._folder = folder

    def close(self) -> None:
        """End a running question, free the model and remove the socket."""
        self.model.stop_question()
        self.model._server = None
        self._folder.cleanup()


def open(
    target: str, *, timeout: float, progress: Progress, api_key: str | None
) -> LlamaCppBackend:
    """Load a model file; raises BackendUnavailableError."""
    try:
        import xllamacpp
    except ImportError as error:
        raise BackendUnavailableError(
            "缺少本地模型的运行组件", "请运行 pip install 'report-writer[local]'"
        ) from error
    path = _file_of(target)
    silence_tracing()
    progress(f"正在加载模型 {path.name}")
    folder = tempfile.TemporaryDirectory(prefix="rw-", ignore_cleanup_errors=True)
    threads = _threads()
    params = _params(xllamacpp, path, Path(folder.name), threads)
    try:
        server = xllamacpp.Server(params)
    except RuntimeError as error:
        folder.cleanup()
        raise BackendUnavailableError(
            f"{path.name}：模型加载失败",
            "文件可能不完整（请重新运行 report-writer models pull），或内存不足",
        ) from error
    model = LlamaCppChat(timeout=timeout)
    model._server = server
    return LlamaCppBackend(
        model,
        folder,
        name=f"gguf:{path.stem}",
        options={
            "file": path.name,
            "bytes": path.stat().st_size,
            "runtime": f"xllamacpp {xllamacpp.__version__}",
            "context": CONTEXT,
            "threads": threads,
            "top_p": 0.9,
            "top_k": 40,
            "grammar": True,
        },
    )


def _file_of(target: str) -> Path:
    path = Path(target).expanduser()
    try:
        entries = load_catalogue()
        known = next((entry for entry in entries if entry.name == target), None)
        found = installed(known.name) if known else None
    except CatalogueError as error:
        raise BackendUnavailableError(error.message, "请改正模型目录文件") from error
    if known and found is None:
        raise BackendUnavailableError(
            f"模型 {known.name} 还没有下载", f"请运行 report-writer models pull {known.name}"
        )
    if found is not None:
        path = found
    elif not path.is_file():
        names = "、".join(entry.name for entry in entries)
        raise BackendUnavailableError(
            f"找不到模型“{target}”", f"请写 .gguf 文件的路径，或目录中的名称：{names}"
        )
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise BackendUnavailableError(
                f"{path.name}：不是 GGUF 模型文件",
                "请检查路径，或重新运行 report-writer models pull",
            )
    return path


def _params(xllamacpp: Any, path: Path, folder: Path, threads: int) -> Any:
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.verbosity = -1
    params.n_ctx = CONTEXT
    params.n_parallel = 1
    params.warmup = False
    params.fit_params = False
    # Finished prompts kept beside the running one would take up to 8 GB.
    params.cache_ram_mib = 0
    params.enable_reasoning = 0
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    params.ui = False
    params.endpoint_slots = False
    params.api_keys = [secrets.token_urlsafe(24)]
    socket = folder / "model.sock"
    if os.name == "posix" and len(str(socket)) < _LONGEST_SOCKET_PATH:
        params.hostnames = [str(socket)]
    else:
        params.hostnames = ["127.0.0.1"]
        params.port = 0
    return params


def _threads() -> int:
    """Return how many threads to use: all of a few cores, half of many (the rest are siblings)."""
    count = os.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        count = len(os.sched_getaffinity(0))
    return count if count <= 4 else max(4, min(16, count // 2))
