"""The models under comparison, and llama.cpp's server on loopback as the server among them."""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from eval.drafts.answers import Kept
from report_writer.drafting.backend import Backend, open_backend
from report_writer.drafting.catalogue import installed

SMALL, DEFAULT = "qwen2.5-coder-0.5b", "qwen2.5-coder-1.5b"
PROFILES = ("compact", "full")
TIMEOUT = 600.0


@dataclass(frozen=True)
class Model:
    """A row of the comparison. `file` is the catalogue's name of the model file; "" for the rules."""

    label: str
    title: str
    file: str = ""
    served: bool = False

    def backend(self, *, may_ask: bool) -> Kept | None:
        """Return the model behind its kept answers; None for the rules."""
        if not self.file:
            return None
        can = may_ask and installed(self.file) is not None
        return Kept(self.label, self._opener() if can else None)

    def _opener(self) -> Callable[[], Backend]:
        if self.served:
            return lambda: Served(self.file)
        return lambda: open_backend(f"gguf:{self.file}", timeout=TIMEOUT)


MODELS = (
    Model("rule", "rules only"),
    Model(f"gguf:{SMALL}", "0.5B in process", SMALL),
    Model(f"gguf:{DEFAULT}", "1.5B in process (the bundled one)", DEFAULT),
    # NOTE: the small one, because it answers the same questions in a third of the time.
    Model(f"server:{SMALL}", "0.5B behind a llama.cpp server", SMALL, served=True),
)


class Served:
    """A backend over HTTP to a llama.cpp server started here, on a random port of loopback."""

    concurrency = 1
    local = True

    def __init__(self, file: str) -> None:
        import xllamacpp

        path = installed(file)
        key = secrets.token_urlsafe(16)
        params = xllamacpp.CommonParams()
        params.model.path = str(path)
        params.n_ctx = 4096
        params.n_parallel = 1
        params.verbosity = -1
        params.warmup = False
        params.cache_ram_mib = 0
        params.hostnames = ["127.0.0.1"]
        params.port = 0
        params.api_keys = [key]
        if hasattr(os, "sched_getaffinity"):
            # NOTE: more threads than cores wait for each other at every step.
            params.cpuparams.n_threads = len(os.sched_getaffinity(0))
            params.cpuparams_batch.n_threads = len(os.sched_getaffinity(0))
        self._server: Any = xllamacpp.Server(params)
        spec = f"openai:{file}@{self._server.listening_address}/v1"
        self._backend = open_backend(spec, timeout=TIMEOUT, api_key=key)
        self.name, self.options = f"server:{file}", self._backend.options

    def answer(self, request: Any) -> Any:
        """Ask over HTTP."""
        return self._backend.answer(request)

    def close(self) -> None:
        """Stop the client, then the server."""
        self._backend.close()
        self._server = None
