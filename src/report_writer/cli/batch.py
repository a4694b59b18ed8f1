"""`batch`: many agencies into one folder; the engine's events as a bar, messages and a last word."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, redirect_stdout
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from report_writer.cli.exit_codes import Exit
from report_writer.cli.options import (
    ForceOption,
    FormatsOption,
    ModelOption,
    ProfileOption,
    SeedOption,
    SendFiguresOption,
    SteerOption,
    TimeoutOption,
    draft_options,
)

if TYPE_CHECKING:
    from report_writer.app.batch import BatchOptions, Stop
    from report_writer.app.batch_events import Event, Finished, Planned

INTERRUPTED = 130
_LISTED = 20
_ACTIONS = {
    "draft": "起草",
    "redraft": "重新起草",
    "unchanged": "不变",
    "unreadable": "不能处理",
    "later": "这次不做",
}


def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT…", help="文件、文件夹、通配符，或多机关合用的填报表"),
    ],
    out: Annotated[
        str, typer.Option("-o", "--out", help="输出文件夹；--engine ray 时也可以是 s3://… 等地址")
    ],
    model: ModelOption = "auto",
    to: FormatsOption = "docx",
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", min=1, max=256, help="同时起草几份，缺省按模型和处理器定"),
    ] = None,
    rate: Annotated[
        float | None, typer.Option("--rate", min=0.1, help="每分钟最多向模型服务提问几次")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="这次最多起草几份")] = None,
    only: Annotated[str | None, typer.Option("--only", help="failed：只做上次没有做成的")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只列出要做什么，不起草，不写文件")
    ] = False,
    store: Annotated[
        str | None,
        typer.Option(
            "--store", help="数据库地址，缺省在输出文件夹里；如 postgresql://用户@主机/库"
        ),
    ] = None,
    engine: Annotated[
        str, typer.Option("--engine", help="local 本机，或 ray 已有的 Ray 集群")
    ] = "local",
    address: Annotated[
        str | None,
        typer.Option("--address", help="Ray 集群头节点，如 10.0.0.1:6379；本机的集群用 auto"),
    ] = None,
    profile: ProfileOption = None,
    seed: SeedOption = 0,
    steer: SteerOption = "",
    send_figures: SendFiguresOption = False,
    timeout: TimeoutOption = None,
    force: ForceOption = False,
) -> None:
    """批量起草：一个文件夹，许多机关；中断后再运行一次即接着做。"""
    from report_writer.app.batch import BatchOptions, Stop
    from report_writer.app.drafting import FORMATS
    from report_writer.app.services import UsageError
    from report_writer.app.settings import load_settings

    settings = load_settings()
    drafting = draft_options(
        settings,
        model=model,
        to=to,
        profile=profile,
        seed=seed,
        steer=steer,
        send_figures=send_figures,
        timeout=timeout,
        force=force,
    )
    if only not in {None, "failed"}:
        raise UsageError(f"--only 应为 failed，实为“{only}”")
    for name in drafting.formats:
        if name not in FORMATS:
            raise UsageError(f"不能写成“{name}”；可选：{'、'.join(FORMATS)}")
    options = BatchOptions(
        draft=drafting,
        jobs=jobs,
        per_minute=rate,
        limit=limit,
        only_failed=only == "failed",
        dry_run=dry_run,
        store=store,
    )
    stop = Stop()
    try:
        # NOTE: Ray prints its notices to standard output, which is for results; these come after.
        aside = engine == "ray" and not dry_run
        with (
            _stopping(stop),
            redirect_stdout(sys.stderr) if aside else nullcontext(),
            BatchBar() as bar,
        ):
            finished = None
            for event in _events(inputs, out, options, stop, engine, address):
                finished = bar.show(event, dry_run=dry_run) or finished
    except KeyboardInterrupt:
        print("\n已立即停止；做完的都在，再运行一次即接着做", file=sys.stderr, flush=True)
        sys.stdout.flush()
        # NOTE: a thread waiting for a model would hold up an orderly exit for minutes.
        os._exit(INTERRUPTED)
    if finished is None:
        raise typer.Exit(INTERRUPTED if stop.reason else Exit.OK)
    _last_word(finished)
    if finished.stopped == _BY_USER:
        raise typer.Exit(INTERRUPTED)
    if finished.code:
        raise typer.Exit(finished.code)


def _events(
    inputs: list[str],
    out: str,
    options: "BatchOptions",
    stop: "Stop",
    engine: str,
    address: str | None,
) -> "Iterator[Event]":
    """Return the events of a batch, on this machine or on a cluster."""
    from report_writer.app.services import UsageError

    if engine == "ray":
        from report_writer.app.batch_ray import run_on_ray

        return run_on_ray(inputs, out, options, address, stop)
    from report_writer.app.batch import run_batch

    if engine != "local":
        raise UsageError(f"--engine 应为 local 或 ray，实为“{engine}”")
    if address is not None:
        raise UsageError("--address 只用于 --engine ray")
    if "://" in out:
        raise UsageError(f"输出到“{out}”须加 --engine ray；本机起草请给文件夹")
    return run_batch(inputs, Path(out), options, stop)


_BY_USER = "已按 Ctrl-C 停止，其余的没有起草；再运行一次即接着做"


@contextmanager
def _stopping(stop: "Stop") -> Iterator[None]:
    """First Ctrl-C (or a polite kill): finish what is in hand. Second: at once."""

    def asked(number: int, frame: FrameType | None) -> None:
        if stop.reason:
            raise KeyboardInterrupt
        stop.ask(_BY_USER)
        print("\n正在收尾：手头的做完就停；再按一次 Ctrl-C 立即停", file=sys.stderr, flush=True)

    before = {n: signal.signal(n, asked) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class BatchBar:
    """A progress bar on standard error; plain lines where that is no terminal."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None
        self._tenth = 0
        self._waiting = False

    def __enter__(self) -> "BatchBar":
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def show(self, event: "Event", *, dry_run: bool) -> "Finished | None":
        """Show one event; returns the last one."""
        from report_writer.app import batch_events as events

        match event:
            case events.Message(text):
                self._say(text)
            case events.Reading(done, total):
                self._update("读取", done, total)
            case events.Planned():
                self._stop()
                _print_plan(event, dry_run=dry_run)
            case events.Working(key, topic, tokens):
                self._describe(f"{key}：{topic}（{tokens}词元）")
            case events.Ended(result, done, todo, tokens):
                self._update("起草", done, todo, tokens)
                if result.code:
                    self._say(f"  {result.key}：{result.end.error or '有错误级问题，详见汇总'}")
            case events.Waiting(items) if not self._waiting:
                self._waiting = True
                self._say(f"另有{items}份正由同时运行的另一批次起草，等它做完")
            case events.Finished():
                self._stop()
                return event
            case _:
                pass
        return None

    def _say(self, text: str) -> None:
        if self._bar is not None:
            self._bar.console.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            print(text, file=sys.stderr, flush=True)

    def _describe(self, text: str) -> None:
        if self._bar is not None:
            self._bar.update(self._task, item=text)

    def _update(self, what: str, done: int, total: int, tokens: int = 0) -> None:
        if not sys.stderr.isatty():
            tenth = done * 10 // total if total else 0
            if what == "起草" and tenth != self._tenth:
                self._tenth = tenth
                print(f"  {what} {done}/{total}", file=sys.stderr, flush=True)
            return
        if self._bar is None or self._bar.tasks[0].description != what:
            self._stop()
            self._bar = _rich_bar()
            self._task = self._bar.add_task(what, total=total, item="", tokens="", rate="")
            self._bar.start()
        elapsed = self._bar.tasks[0].elapsed or 0.0
        rate = f"{done * 60 / elapsed:.1f}份/分" if done and elapsed else ""
        self._bar.update(
            self._task, completed=done, total=total, rate=rate,
            tokens=f"{tokens}词元" if tokens else "",
        )  # fmt: skip

    def _stop(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def _rich_bar() -> Any:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("{task.fields[tokens]}"),
        TimeElapsedColumn(),
        TextColumn("还需"),
        TimeRemainingColumn(),
        # NOTE: names of agencies are data; without markup a “[” in one is only a “[”.
        TextColumn("{task.fields[item]}", markup=False),
        console=Console(stderr=True),
        transient=True,
    )


def _print_plan(plan: "Planned", *, dry_run: bool) -> None:
    counts = dict.fromkeys(_ACTIONS, 0)
    for item in plan.items:
        counts[item.action] += 1
    parts = [f"{name}{counts[key]}份" for key, name in _ACTIONS.items() if counts[key]]
    more = counts["draft"] + counts["redraft"] - plan.todo
    parts += [f"本次先做{plan.todo}份"] if more > 0 else []
    print(f"共{len(plan.items)}份：{'，'.join(parts)}", file=sys.stderr, flush=True)
    for item in plan.items:
        if dry_run:
            print(f"{_ACTIONS[item.action]}\t{item.key}\t{item.source}\t{item.why}")
        elif item.action == "unreadable":
            print(f"  {item.why}", file=sys.stderr, flush=True)


def _last_word(finished: "Finished") -> None:
    from report_writer.app.batch_summary import STATUS_NAMES
    from report_writer.cli.printers import SEVERITY, say

    for path in finished.files:
        print(path, flush=True)
    totals = finished.summary.totals
    states = [f"{name}{totals[key]}份" for key, name in STATUS_NAMES.items() if totals.get(key)]
    found = [f"{name}{totals[severity.value]}条" for severity, name in SEVERITY.items()]
    say(f"共{totals['agencies']}份：{'，'.join(states)}；核对：{'，'.join(found)}")
    worst = [row for row in finished.summary.rows if row.code]
    for row in worst[:_LISTED]:
        problem = row.problem or "有错误级问题"
        say(f"  {row.agency}：{problem}" if row.agency else f"  {problem}")
    if len(worst) > _LISTED:
        say(f"  ……另有{len(worst) - _LISTED}份，见汇总")
    if finished.stopped:
        say(finished.stopped)
