"""What people see: findings as text, and a progress bar on standard error."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Any

from report_writer.domain.findings import (
    CheckResult,
    Finding,
    SectionRef,
    Severity,
    Span,
    Status,
)
from report_writer.forms import FORMS

if TYPE_CHECKING:
    from report_writer.drafting.writer import Progress

SEVERITY = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.ADVICE: "建议"}
_LONGEST = 300
STATUS = {
    Status.BOUND: "与表格一致",
    Status.DERIVED: "由表格推算",
    Status.REGISTERED: "有登记",
    Status.CONTRADICTED: "不一致",
    Status.UNACCOUNTED: "无据可查",
    Status.NOT_A_FIGURE: "不是统计数字",
}


def say(text: str) -> None:
    """Print a message to standard error."""
    print(text, file=sys.stderr, flush=True)


def severity_counts(result: CheckResult) -> str:
    """Return how many findings there are of each severity: 错误0条，提醒3条，建议1条."""
    return "，".join(f"{label}{result.count(s)}条" for s, label in SEVERITY.items())


def result_text(result: CheckResult) -> str:
    """Return a check result for reading: findings, then counts."""
    form = FORMS[result.form]
    lines = [f"{result.input or '报告'}：{result.agency} {result.year}年"]
    for finding in result.findings:
        mark = "已说明" if finding.accepted else SEVERITY[finding.severity]
        lines.append(
            f"  [{mark}] {finding.code} {_where(finding, form.id)}{_short(finding.message)}"
        )
        if finding.hint:
            lines.append(f"         {finding.hint}")
        if finding.accepted:
            lines.append(f"         说明：{finding.accepted}")
    lines += [f"  [缺陷] 规则 {crash.code} 出错：{crash.error}" for crash in result.crashes]
    lines.append(f"  表格：读到{result.cells_read}格，空白{result.cells_blank}格")
    if result.mentions:
        counts = [
            f"{label}{n}处"
            for status, label in STATUS.items()
            if (n := sum(m.status is status for m in result.mentions))
        ]
        lines.append(f"  正文数字：{'，'.join(counts)}")
    lines.append(f"  合计：{severity_counts(result)}")
    reasons: dict[str, list[str]] = {}
    for item in result.not_assessed:
        reasons.setdefault(item.reason, []).append(item.code)
    lines += [f"  未核对：{'、'.join(codes)}（{reason}）" for reason, codes in reasons.items()]
    return "\n".join(lines)


def _short(message: str) -> str:
    """Return a message as far as a screen can take it; the whole is in the other formats."""
    if len(message) <= _LONGEST:
        return message
    return f"{message[:_LONGEST]}……（共{len(message)}字，全文见 --format json）"


def _where(finding: Finding, form_id: str) -> str:
    at = finding.at
    if isinstance(at, Span):
        return f"{_section(at.section, form_id)}“{at.quote}”："
    if isinstance(at, SectionRef):
        return f"{_section(at.section, form_id)}："
    return ""


def _section(key: str, form_id: str) -> str:
    names = {s.key: s.heading for s in FORMS[form_id].sections}
    return names.get(key, {"title": "标题", "preface": "前言"}.get(key, key))


class DraftBar(AbstractContextManager["DraftBar"]):
    """A progress bar over the topics of a draft; plain lines where standard error is no terminal."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None
        self._total: int | None = None

    def __enter__(self) -> "DraftBar":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Take the bar away, so that messages can be printed."""
        if self._bar is not None:
            self._bar.stop()
            self._bar, self._total = None, None

    def message(self, text: str) -> None:
        """Print a message; while a model loads, a moving bar shows that something happens."""
        self.stop()
        say(text)
        if sys.stderr.isatty() and "加载" in text:
            self._start("加载模型", None)

    def update(self, progress: "Progress") -> None:
        """Show where a draft is, and each sentence a model has finished."""
        if progress.kind == "sentence":
            # NOTE: what the rules write is there at once; there is nothing to watch.
            if progress.tokens or progress.origin == "model":
                self._sentence(f"  {progress.topic}：{progress.text}")
            return
        if not sys.stderr.isatty():
            return
        if self._total != progress.total:
            self.stop()
            self._start("起草", progress.total)
        note = f"{progress.topic}，{progress.tokens}词元" if progress.tokens else progress.topic
        self._bar.update(self._task, completed=progress.done, description=note)

    def _sentence(self, text: str) -> None:
        if self._bar is None:
            say(text)
        else:
            self._bar.console.print(text, markup=False, highlight=False)

    def _start(self, text: str, total: int | None) -> None:
        self._bar, self._total = transfer_bar(), total
        self._task = self._bar.add_task(text, total=total)
        self._bar.start()


def transfer_bar() -> Any:
    """Return a rich progress bar on standard error."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def pull_progress(bar: Any) -> Callable[[int, int, str], None]:
    """Return the callback of a model download: one bar, or a line every tenth without a terminal."""
    state: dict[str, Any] = {"task": None, "tenth": -1, "text": ""}

    def update(done: int, total: int, text: str) -> None:
        if sys.stderr.isatty():
            if state["task"] is None:
                state["task"] = bar.add_task(text, total=total)
            bar.update(state["task"], completed=done, total=total, description=text)
            return
        tenth = done * 10 // total if total else 0
        if (tenth, text) != (state["tenth"], state["text"]):
            state.update(tenth=tenth, text=text)
            say(f"  {text} {done // 1_000_000}/{total // 1_000_000} MB")

    return update
