"""Many questions to one server: so many at once, so many a minute, and patience when it is busy.

A busy answer (429, 503) makes all questions wait, each time twice as long; a server that is gone
is tried again a few times and then left alone for a while, so that the rules can take over.
"""

import random
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from report_writer.drafting.backend import (
    Answer,
    Backend,
    BackendBusyError,
    BackendTimeoutError,
    BackendUnavailableError,
    Request,
)

MOST_WAITS = 7
FIRST_WAIT, LONGEST_WAIT = 2.0, 120.0
GONE_WAITS = (2.0, 10.0, 30.0)
GONE_FOR = 60.0


class Paced:
    """A backend that many threads may ask. `per_minute` None means without limit."""

    def __init__(
        self,
        backend: Backend,
        *,
        at_once: int,
        per_minute: float | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.backend = backend
        self.name, self.local, self.concurrency = backend.name, backend.local, at_once
        self.options: Mapping[str, Any] = backend.options
        self._places = threading.BoundedSemaphore(at_once)
        self._limiter = _limiter(per_minute)
        self._sleep, self._clock = sleep, clock
        self._lock = threading.Lock()
        self._open_at = 0.0
        self._gone_until = 0.0

    def answer(self, request: Request) -> Answer:
        """Ask when it is this question's turn; raises a BackendError."""
        busy = gone = 0
        with self._places:
            while True:
                self._wait_for_opening()
                if self._limiter is not None:
                    self._limiter.acquire()
                try:
                    return self.backend.answer(request)
                except BackendBusyError as error:
                    busy += 1
                    if busy > MOST_WAITS:
                        raise
                    self._close_for(error.wait or self._growing(busy))
                except BackendTimeoutError:
                    raise
                except BackendUnavailableError:
                    if gone >= len(GONE_WAITS) or self._clock() < self._gone_until:
                        self._gone_until = self._clock() + GONE_FOR
                        raise
                    self._sleep(GONE_WAITS[gone])
                    gone += 1

    def close(self) -> None:
        """Close the backend behind."""
        self.backend.close()

    def _growing(self, times: int) -> float:
        wait = min(FIRST_WAIT * 2.0 ** (times - 1), LONGEST_WAIT)
        # A little chance keeps the waiting from coming back all at once.
        return wait * random.uniform(0.75, 1.25)

    def _close_for(self, seconds: float) -> None:
        with self._lock:
            self._open_at = max(self._open_at, self._clock() + min(seconds, LONGEST_WAIT))

    def _wait_for_opening(self) -> None:
        while (left := self._open_at - self._clock()) > 0:
            self._sleep(left)


def _limiter(per_minute: float | None) -> Any:
    if per_minute is None:
        return None
    from langchain_core.rate_limiters import InMemoryRateLimiter

    return InMemoryRateLimiter(
        requests_per_second=per_minute / 60, check_every_n_seconds=0.05, max_bucket_size=1
    )
