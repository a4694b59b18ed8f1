"""`batch --engine ray`: the same items on an existing Ray cluster.

The engine of `batch` stays as it is, with its claims, its stop and its events; only who does the
items differs. Items are Ray tasks and not a data set of Ray Data: an item is claimed when there is
room for it, so that two runs on one store share the work, and a process that dies costs one item.
Ray Data would want all of them beforehand and repeat whole blocks; and it brings pandas and pyarrow.

Only this process opens the store. Reports travel with their tasks, drafts go straight to the output
folder, which every machine of the cluster must see at the same path or URL.
"""

import os
import secrets
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any
from urllib.parse import urlsplit

from report_writer import __version__
from report_writer.app.batch import BatchOptions, Stop, run_batch
from report_writer.app.batch_events import Event, Finished, Message
from report_writer.app.batch_inputs import BatchItem, packed
from report_writer.app.batch_item import BUG, USAGE, ItemResult, ItemSettings, failed
from report_writer.app.batch_shared import Mirror, SharedFolder, draft_shared, is_url, mirrored
from report_writer.app.drafting import DraftOptions, recipe
from report_writer.app.ray_address import refuse_silent
from report_writer.app.services import UsageError
from report_writer.drafting.backend import AUTO, RULE, Backend, choose_auto, is_loopback
from report_writer.exporters.atomic import write_whole
from report_writer.readers.errors import ReadError
from report_writer.storage.store import Status

ADDRESS_VARIABLE = "RAY_ADDRESS"
# How often an item is begun when the processes that do it die.
ATTEMPTS = 3
_MOST = 256
_LOOK_SECONDS = 180.0
# Waiting for a server takes no core.
_SHARE_OF_A_CORE = {True: 1.0, False: 0.25}


def run_on_ray(
    inputs: Sequence[str],
    out: str,
    options: BatchOptions,
    address: str | None,
    stop: Stop | None = None,
) -> Iterator[Event]:
    """Run a batch on the cluster at an address; `out` is a path or a URL of fsspec. See `run_batch`.

    Raises UsageError also where nobody answers, or where a machine lacks program or folder.
    """
    given = options.draft
    spec = choose_auto(given.settings_model).spec if given.model == AUTO else given.model
    if spec != RULE and not spec.startswith("openai:"):
        raise UsageError(f"--engine ray 只能用 rule 或 openai:模型@地址，不能用“{spec}”")
    if options.per_minute is not None:
        raise UsageError("--engine ray 不能限制每分钟提问次数，请用 --jobs 限制同时起草几份")
    where = address or os.environ.get(ADDRESS_VARIABLE, "")
    if not where:
        raise UsageError("--engine ray 须用 --address 给出集群头节点，如 10.0.0.1:6379")
    host = urlsplit(spec.partition("@")[2]).hostname if spec != RULE else None
    if host and is_loopback(host):
        yield Message(f"注意：模型服务的地址 {host} 指各台机器自己，集群里每台都要有")
    if not is_url(out):
        folder = Path(out).resolve()
        crew = partial(RayWorkers, address=where, target=str(folder))
        yield from run_batch(inputs, folder, options, stop, crew=crew)
        return
    if options.store is None:
        raise UsageError("输出到网络地址时，须用 --store 给出数据库")
    with mirrored(out, make=not options.dry_run) as mirror:
        crew = partial(RayWorkers, address=where, target=mirror.shared.url, mirror=mirror)
        options = options.model_copy(update={"workspace": mirror.shared.url})
        for event in run_batch(inputs, mirror.folder, options, stop, crew=crew):
            if isinstance(event, Finished):
                yield from _put_down(mirror, event)
            else:
                yield event


def _put_down(mirror: Mirror, event: Finished) -> Iterator[Event]:
    """Put the summary where the drafts are."""
    try:
        yield replace(event, files=mirror.put(Path(path) for path in event.files))
    except OSError as error:
        yield Message(f"汇总没有写出：{mirror.shared.url}（{error.strerror or error}）")
        yield replace(event, files=(), code=max(event.code, USAGE))


class RayWorkers:
    """Does items on a cluster: a thread here for each item in hand, a task there.

    What `Workers` is for this machine. `news` holds messages. Raises UsageError.
    """

    def __init__(
        self,
        work: Callable[..., ItemResult],
        settings: ItemSettings,
        *,
        jobs: int | None,
        opened: Backend | None,
        address: str,
        target: str,
        mirror: Mirror | None = None,
    ) -> None:
        self.settings = settings.model_copy(update={"folder": target})
        self.news: SimpleQueue[Event] = SimpleQueue()
        self._mirror = mirror
        self._hand: set[Any] = set()
        self._closing = False
        self._ray = connected(address)
        with ExitStack() as undo:
            undo.callback(self._ray.shutdown)
            cores = self._look_round()
            undo.pop_all()
        by_rule = settings.options.model == RULE
        most = cores if opened is None else opened.concurrency
        self.width = min(jobs or most, _MOST)
        self.ahead = int(by_rule and self.width > 1)
        # NOTE: Ray's own retries are off, so that each one is counted and told.
        self._task = self._ray.remote(
            max_retries=0, num_cpus=_SHARE_OF_A_CORE[by_rule]
        )(draft_shared)  # fmt: skip
        self._pool = ThreadPoolExecutor(self.width + self.ahead, thread_name_prefix="ray")

    def submit(self, item: BatchItem) -> "Future[ItemResult]":
        """Begin an item."""
        return self._pool.submit(self._do, item)

    def renew(self) -> None:
        """Nothing to replace: the cluster starts new processes itself."""

    def close(self, *, at_once: bool = False) -> None:
        """Leave the cluster; `at_once` does not wait for items in hand."""
        self._closing = at_once
        if at_once:
            for reference in list(self._hand):
                self._ray.cancel(reference, force=True)
        self._pool.shutdown(cancel_futures=at_once)
        self._ray.shutdown()

    def _do(self, item: BatchItem) -> ItemResult:
        """Have an item done, again where the process that did it has died."""
        errors = self._ray.exceptions
        try:
            item = portable(item)
        except ReadError as error:
            return failed(item, error.message, USAGE, status=Status.UNREADABLE)
        lost = ""
        for attempt in range(1, ATTEMPTS + 1):
            if lost:
                self.news.put(
                    Message(
                        f"{item.key}：处理它的进程或机器中断（{lost}），换一个重做（第{attempt}次）"
                    )
                )
            reference = self._task.remote(item, self.settings)
            self._hand.add(reference)
            try:
                return self._brought(item, self._ray.get(reference))
            except errors.RayTaskError as error:
                raise error.cause or error from error
            except errors.RayError as error:
                lost = type(error).__name__
                if self._closing:
                    raise
            finally:
                self._hand.discard(reference)
        text = f"处理这份报告的进程{ATTEMPTS}次中断（{lost}，可能是内存不足），没有做成"
        return failed(item, text, BUG)

    def _brought(self, item: BatchItem, result: ItemResult) -> ItemResult:
        """Return a result when its files can be seen from here."""
        names = result.end.output.get("files", ())
        try:
            if self._mirror is not None:
                self._mirror.bring(names)
            folder = Path(self.settings.folder) if self._mirror is None else self._mirror.folder
            missing = [name for name in names if not (folder / name).exists()]
        except OSError as error:
            return failed(
                item, f"{self.settings.folder}：不能读取（{error.strerror or error}）", USAGE
            )
        if missing:
            text = f"集群写出的{'、'.join(missing)}不在输出文件夹里；各台机器须共用这个文件夹"
            return failed(item, text, USAGE)
        return result

    def _look_round(self) -> int:
        """Return the cores of the cluster, each machine asked whether it can work. UsageError."""
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        nodes = {
            node["NodeID"]: node["NodeManagerAddress"]
            for node in self._ray.nodes()
            if node["Alive"] and node["Resources"].get("CPU")
        }
        if not nodes:
            raise UsageError("Ray 集群里没有可用的处理器")
        options = self.settings.options
        with _marker(self.settings.folder) as name:
            task = self._ray.remote(max_retries=0, num_cpus=0)(look)
            asked = {
                node: task.options(
                    scheduling_strategy=NodeAffinitySchedulingStrategy(node, soft=False)
                ).remote(self.settings.folder, name, options)
                for node in nodes
            }
            for node, reference in asked.items():
                where = f"Ray 集群的机器 {nodes[node]}"
                try:
                    same, seen = self._ray.get(reference, timeout=_LOOK_SECONDS)
                except self._ray.exceptions.RayError as error:
                    raise UsageError(
                        f"{where}不能工作（{_short(error)}）；请在每台机器上装好 "
                        f"report-writer {__version__} 后再试"
                    ) from error
                if same != recipe(options.model, options):
                    raise UsageError(f"{where}上的 report-writer 版本或提示词与这里不同")
                if not seen:
                    raise UsageError(f"{where}看不到输出文件夹 {self.settings.folder}，须共用存储")
        return max(1, int(self._ray.cluster_resources().get("CPU", 1)))


def look(folder: str, marker: str, options: DraftOptions) -> tuple[str, bool]:
    """Say, on a machine of the cluster, how it would draft and whether it sees a file."""
    seen = SharedFolder(folder).has(marker) if is_url(folder) else Path(folder, marker).exists()
    return recipe(options.model, options), seen


@contextmanager
def _marker(folder: str) -> Iterator[str]:
    """A file in the output folder for as long as it is looked for; its name. Raises UsageError."""
    name = f".{secrets.token_hex(6)}.part"
    if not is_url(folder):
        write_whole(Path(folder) / name, b"")
        try:
            yield name
        finally:
            Path(folder, name).unlink(missing_ok=True)
        return
    shared = SharedFolder(folder)
    try:
        shared.put(name, b"")
    except OSError as error:
        raise UsageError(f"{folder}：不能写入（{error.strerror or error}）") from error
    try:
        yield name
    finally:
        shared.remove(name)


def portable(item: BatchItem) -> BatchItem:
    """Return an item with its report inside, so that no other machine needs the input file.

    Raises ReadError, also where the file is not what it was.
    """
    if item.payload is not None:
        return item
    return item.model_copy(update={"payload": packed(item.report())})


def connected(address: str) -> Any:
    """Connect to a cluster and return the module of Ray. Raises UsageError."""
    refuse_silent(address)
    try:
        import ray
    except ModuleNotFoundError as error:
        raise UsageError("缺少 Ray，请运行 pip install 'report-writer[ray]'") from error
    here = threading.current_thread() is threading.main_thread()
    polite = signal.getsignal(signal.SIGTERM)
    try:
        ray.init(address=address, log_to_driver=False, logging_level="ERROR")
    except (ConnectionError, RuntimeError, ValueError, TimeoutError, OSError) as error:
        raise UsageError(f"连不上 Ray 集群 {address}（{_short(error)}）") from error
    finally:
        if here:
            # NOTE: Ray takes SIGTERM for itself; a polite kill shall end a batch in order.
            signal.signal(signal.SIGTERM, polite)
    return ray


def _short(error: Exception) -> str:
    """Return the last line of a message, which is where Ray's say what happened."""
    cause = getattr(error, "cause", None) or error
    lines = [line.strip() for line in str(cause).splitlines() if line.strip()]
    return f"{type(cause).__name__}: {lines[-1] if lines else ''}"[:200]
