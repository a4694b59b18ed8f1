"""`batch`: many agencies, run again to resume.

The store's item table says what is to do; this engine claims items from it, hands them to the
workers and records what came back. It yields events and prints nothing. A stop at any point, also
`kill -9`, costs the items in hand only: files are put down whole, and claims of the dead go back.
"""

import json
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from report_writer.app.batch_events import (
    Began,
    Ended,
    Event,
    Finished,
    Message,
    Planned,
    Reading,
    Waiting,
)
from report_writer.app.batch_inputs import Inputs, ReadFile, find_files, put_together, read_file
from report_writer.app.batch_item import (
    BUG,
    USAGE,
    ItemResult,
    ItemSettings,
    draft_item,
    failed,
)
from report_writer.app.batch_plan import Plan, make_plan, unusable_ends
from report_writer.app.batch_summary import snapshot, summarise, write_summary
from report_writer.app.batch_workers import Crew, Workers
from report_writer.app.drafting import DraftOptions, opened
from report_writer.app.services import UsageError
from report_writer.domain.cells import Frozen
from report_writer.drafting.backend import (
    AUTO,
    RULE,
    Backend,
    choose_auto,
)
from report_writer.drafting.pacing import Paced
from report_writer.drafting.remembering import Remembering
from report_writer.exporters.atomic import WriteError, sweep
from report_writer.storage.engine import FILE_NAME, StoreError, sqlite_url
from report_writer.storage.reports import Answers, Reports
from report_writer.storage.store import BEAT_SECONDS, Store

T = TypeVar("T")
_TICK = 0.25
_PAUSE = 0.5


class BatchOptions(Frozen):
    """How to run a batch. `store` is a URL; without one the store lies in the output folder.

    `jobs` is how many items at once, and how many questions a server is asked at once;
    `per_minute` how many questions it gets in a minute at most. `workspace` is what the store calls
    the output folder, where that is not its path.
    """

    draft: DraftOptions
    jobs: int | None = None
    per_minute: float | None = None
    limit: int | None = None
    only_failed: bool = False
    dry_run: bool = False
    store: str | None = None
    workspace: str | None = None


class Stop:
    """Asks a running batch to end: what is in hand is finished, nothing more is begun."""

    def __init__(self) -> None:
        self.reason = ""

    def ask(self, reason: str) -> None:
        """Stop for a reason (Chinese); the first one counts."""
        self.reason = self.reason or reason


def run_batch(
    inputs: Sequence[str],
    folder: Path,
    options: BatchOptions,
    stop: Stop | None = None,
    crew: Callable[..., Crew] = Workers,
) -> Iterator[Event]:
    """Draft all inputs into a folder; the last event is `Finished` (none after a dry run).

    `crew` makes who does the items: this machine's processes and threads, or a cluster.
    Raises UsageError (nothing to do), StoreError, WriteError, BackendUnavailableError.
    """
    yield from _Batch(inputs, folder, options, stop or Stop(), crew).run()


class _Batch:
    def __init__(
        self,
        inputs: Sequence[str],
        folder: Path,
        options: BatchOptions,
        stop: Stop,
        crew: Callable[..., Crew],
    ) -> None:
        self.given, self.folder, self.options, self.stop = inputs, folder, options, stop
        self.crew = crew
        self.workspace = options.workspace or (str(folder.resolve()) if options.store else ".")

    def run(self) -> Iterator[Event]:
        """Read, plan, draft, sum up."""
        spec, reason = self._choose()
        yield Message(f"模型：{spec}（{reason}）")
        self._settle(spec)
        inputs = yield from self._read()
        if self.stop.reason:
            return
        if not inputs.items and not inputs.unusable:
            raise UsageError("没有要处理的报告")
        if self.options.dry_run:
            yield from self._show(inputs)
            return
        self._make_folder()
        store = Store(self.options.store or sqlite_url(self.folder / FILE_NAME))
        backend: Backend | None = None
        try:
            plan = self._plan(store, inputs)
            if plan.todo and self.spec != RULE:
                backend = yield from self._open_backend(store)
                plan = self._plan(store, inputs)
            yield Planned(plan.shown, self._todo(plan))
            yield from self._work(store, inputs, plan, backend)
        finally:
            if backend is not None:
                backend.close()
            store.close()

    def _choose(self) -> tuple[str, str]:
        given = self.options.draft
        if given.model != AUTO:
            return given.model, "按命令行指定的模型"
        choice = choose_auto(given.settings_model)
        return choice.spec, choice.reason

    def _settle(self, spec: str) -> None:
        self.spec = spec
        self.settings = ItemSettings(
            folder=str(self.folder), options=self.options.draft.model_copy(update={"model": spec})
        )

    def _open_backend(self, store: Store) -> Generator[Event, None, Backend | None]:
        """Open the model once for all items; the rules take over where `auto` cannot."""
        said: list[str] = []
        spec, _, backend = opened(self.options.draft, said.append)
        yield from map(Message, said[1:])
        self._settle(spec)
        if backend is None or spec.startswith("scripted:"):
            return backend
        if backend.concurrency > 1:
            at_once = self.options.jobs or backend.concurrency
            backend = Paced(backend, at_once=at_once, per_minute=self.options.per_minute)
        return Remembering(backend, KeptAnswers(store))

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WriteError(self.folder, f"不能建立文件夹（{error.strerror}）") from error

    def _read(self) -> Generator[Event, None, Inputs]:
        """Read all inputs; an unreadable one is a row, never an end."""
        files = find_files(self.given, self.folder)
        out, read = str(self.folder.resolve()), []
        for number, path in enumerate(files.paths):
            yield Reading(number, len(files.paths))
            if self.stop.reason:
                break
            one = attempt(partial(read_file, path, out))
            read.append(_unread(path, one) if isinstance(one, Exception) else one)
        return put_together(files, read, out)

    def _plan(self, store: Store | None, inputs: Inputs) -> Plan:
        known = store.items(self.workspace) if store is not None else {}
        return make_plan(
            inputs, known, self.settings, self.folder, only_failed=self.options.only_failed
        )

    def _show(self, inputs: Inputs) -> Iterator[Event]:
        """Say what would be done; nothing is written, and no store made."""
        there = self.options.store or (self.folder / FILE_NAME).exists()
        url = self.options.store or sqlite_url(self.folder / FILE_NAME)
        store = Store(url) if there else None
        try:
            plan = self._plan(store, inputs)
        finally:
            if store is not None:
                store.close()
        yield Planned(plan.shown, self._todo(plan))

    def _todo(self, plan: Plan) -> int:
        return plan.todo if self.options.limit is None else min(plan.todo, self.options.limit)

    def _work(
        self, store: Store, inputs: Inputs, plan: Plan, backend: Backend | None
    ) -> Iterator[Event]:
        options = self.options.draft.model_dump(mode="json")
        run = store.begin_run(self.workspace, self.spec, options)
        status = "interrupted"
        files: tuple[Path, ...] = ()
        loop = _Loop(self, store, run, plan)
        try:
            store.plan(run, self.workspace, plan.wanted)
            store.mark(self.workspace, unusable_ends(inputs))
            if not store.others(self.workspace, run):
                sweep(self.folder)
            if plan.todo:
                yield from loop.run(backend)
            summary = summarise(
                store.items(self.workspace),
                plan.wanted,
                self.spec,
                store.last_snapshot(self.workspace, run),
                self.folder,
            )
            code = max((row.code for row in summary.rows), default=0)
            try:
                files = write_summary(summary, self.folder)
            except WriteError as error:
                yield Message(f"汇总没有写出：{error}")
                code = max(code, USAGE)
            status = "stopped" if self.stop.reason else "finished"
            store.end_run(run, status, None if self.stop.reason else snapshot(summary))
        finally:
            if status == "interrupted":
                # What cannot be said now, the next run finds out by this process being gone.
                with suppress(StoreError):
                    store.put_back(run)
                    store.end_run(run, status)
        yield Finished(summary, files, code, loop.done, self.stop.reason)


class _Loop:
    """Claims items, has them done, records them, until none is left that this run can do."""

    def __init__(self, batch: _Batch, store: Store, run: int, plan: Plan) -> None:
        self.batch, self.store, self.number = batch, store, run
        self.items = plan.items
        self.reports = Reports(store.engine, batch.workspace)
        limit = batch.options.limit
        self.left = plan.todo if limit is None else limit
        self.todo = batch._todo(plan)
        self.running: dict[Future[ItemResult], str] = {}
        # Items during which a process died: done again one at a time, to see which one it was.
        self.suspects: list[str] = []
        self.alone: str | None = None
        self.done = self.tokens = 0
        self.beaten = time.monotonic()

    def run(self, backend: Backend | None) -> Iterator[Event]:
        """Work until nothing is left, or until asked to stop; then what is in hand is finished."""
        self.workers = self.batch.crew(
            draft_item, self.batch.settings, jobs=self.batch.options.jobs, opened=backend
        )
        try:
            while True:
                self._beat()
                yield from self._fill()
                while not self.workers.news.empty():
                    yield self.workers.news.get()
                if self.running:
                    ended, _ = wait(self.running, timeout=_TICK, return_when=FIRST_COMPLETED)
                    for future in [one for one in self.running if one in ended]:
                        yield from self._end(future)
                elif self.batch.stop.reason or self.left <= 0:
                    break
                elif busy := self.store.elsewhere(self.number):
                    yield Waiting(busy)
                    time.sleep(_PAUSE)
                elif not self.suspects:
                    break
        finally:
            self.workers.close(at_once=bool(self.running))

    def _beat(self) -> None:
        if time.monotonic() - self.beaten > BEAT_SECONDS:
            self.beaten = time.monotonic()
            self.store.beat(self.number)

    def _fill(self) -> Iterator[Event]:
        """Keep the workers busy, with one item more in the queue where they are processes."""
        if self.suspects:
            if not self.running:
                self.alone = self.suspects.pop(0)
                self._submit(self.alone)
            return
        room = self.workers.width + self.workers.ahead - len(self.running)
        if room <= 0 or self.left <= 0 or self.batch.stop.reason or self.alone:
            return
        for key in self.store.claim(self.number, min(room, self.left)):
            self.left -= 1
            self._submit(key)
            yield Began(key)

    def _submit(self, key: str) -> None:
        self.running[self.workers.submit(self.items[key])] = key

    def _end(self, future: Future[ItemResult]) -> Iterator[Event]:
        """Record an item that has ended, whichever way."""
        key = self.running.get(future)
        if key is None:
            return
        error = future.exception()
        if isinstance(error, BrokenProcessPool) and self.alone != key:
            self.suspects += self.running.values()
            self.running.clear()
            self.workers.renew()
            return
        del self.running[future]
        self.alone = None
        if isinstance(error, BrokenProcessPool):
            self.workers.renew()
            result = failed(self.items[key], "处理这份报告的进程异常退出（可能是内存不足）", BUG)
        elif error is not None:
            text = f"程序缺陷，请反馈：{type(error).__name__}: {error}"
            result = failed(self.items[key], text, BUG)
        else:
            result = future.result()
        if result.full:
            self.batch.stop.ask("磁盘已满，其余的没有起草；腾出空间后再运行一次即可接着做")
        self._keep_version(result)
        if self.store.finish(self.number, self.batch.workspace, key, result.end):
            self.done += 1
            self.tokens += result.tokens
            yield Ended(result, self.done, self.todo, self.tokens)

    def _keep_version(self, result: ItemResult) -> None:
        """Keep the drafted report as a version, before the item counts as done."""
        item = self.items[result.key]
        name = f"{item.key}.report.json"
        if name in result.end.output.get("files", ()):
            text = (self.batch.folder / name).read_text(encoding="utf-8")
            self.reports.add_version(
                item.agency,
                item.year,
                json.loads(text),
                author=self.batch.spec,
                generations=result.generations,
            )


class KeptAnswers:
    """A model's answers in the store; a store that fails costs the time of asking again only."""

    def __init__(self, store: Store) -> None:
        self.answers = Answers(store.engine)

    def get(self, key: str) -> str | None:
        """Return what is kept under a key."""
        with suppress(StoreError):
            return self.answers.get(key)
        return None

    def put(self, key: str, model: str, answer: str) -> None:
        """Keep a text under a key."""
        with suppress(StoreError):
            self.answers.put(key, model, answer)


def attempt(work: Callable[[], T]) -> T | Exception:
    """Return what work gives, or what it raised: one broken agency never stops the rest."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - boundary: a bug in one input is that input's row
        return error


def _unread(path: str, error: Exception) -> ReadFile:
    text = f"{Path(path).name}：程序缺陷，请反馈：{type(error).__name__}: {error}"
    return ReadFile(path=path, error=text)
