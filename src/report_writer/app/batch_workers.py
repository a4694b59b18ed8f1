"""Who does the items of a batch: processes for the rules, threads around a model.

Drafting by rule is work for the processor, so each core gets a process. A model is loaded once and
shared: a local one answers one question at a time, a server as many as it is asked at once. Both
kinds block, so an event loop would only stand before these same pools.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing.connection import wait
from queue import SimpleQueue
from typing import Any, Protocol, TypeVar

from report_writer.app.batch_events import Event, Working
from report_writer.app.batch_inputs import BatchItem
from report_writer.app.batch_item import ItemResult, ItemSettings
from report_writer.drafting.backend import RULE, Backend

T = TypeVar("T")
Work = Callable[..., ItemResult]


class Crew(Protocol):
    """Who does the items. `width` at once, `ahead` more in the queue; `news` is told on the way."""

    width: int
    ahead: int
    news: SimpleQueue[Event]

    def submit(self, item: BatchItem) -> "Future[ItemResult]":
        """Begin an item."""

    def renew(self) -> None:
        """Go on after a BrokenProcessPool."""

    def close(self, *, at_once: bool = False) -> None:
        """End; `at_once` does not wait for items in hand."""


class Workers:
    """Runs items. `width` is how many at once; `news` holds what models tell on the way.

    `ahead` is how many more may wait in the queue, so that no process stands idle in between.
    """

    def __init__(
        self, work: Work, settings: ItemSettings, *, jobs: int | None, opened: Backend | None
    ) -> None:
        self.work, self.settings, self.opened = work, settings, opened
        self.news: SimpleQueue[Event] = SimpleQueue()
        self.processes = settings.options.model == RULE
        if self.processes:
            self.width = jobs or cores()
        else:
            # A server's is the number asked for, a local model's one.
            self.width = opened.concurrency if opened is not None else 1
        self.ahead = int(self.processes and self.width > 1)
        self._pool = self._open()

    def submit(self, item: BatchItem) -> "Future[ItemResult]":
        """Begin an item."""
        if isinstance(self._pool, ProcessPoolExecutor):
            return self._pool.submit(self.work, item, self.settings)
        return self._pool.submit(
            self.work,
            item,
            self.settings,
            opened=self.opened,
            on_progress=lambda progress: self.news.put(
                Working(item.key, progress.topic, progress.tokens)
            ),
        )

    def call(self, function: Callable[..., T], *args: Any) -> "Future[T]":
        """Run anything in the same pool."""
        return self._pool.submit(function, *args)

    def renew(self) -> None:
        """Replace a pool that a dying process has broken."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._open()

    def close(self, *, at_once: bool = False) -> None:
        """End the pool; `at_once` does not wait for items in hand."""
        if at_once and isinstance(self._pool, ProcessPoolExecutor):
            for process in list((self._pool._processes or {}).values()):
                process.terminate()
        self._pool.shutdown(wait=not at_once, cancel_futures=True)

    def _open(self) -> Executor:
        if self.ahead:
            # NOTE: spawn, because a fork would copy the locks of the store's connections.
            context = multiprocessing.get_context("spawn")
            return ProcessPoolExecutor(self.width, context, initializer=_become_worker)
        return ThreadPoolExecutor(self.width, thread_name_prefix="batch")


def cores() -> int:
    """Return how many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _become_worker() -> None:
    """Leave Ctrl-C to the parent, and end when it ends: it may have been killed in mid-item."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
