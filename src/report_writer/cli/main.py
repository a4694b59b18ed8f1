"""The command line of contract 2. Results to standard output, everything else to standard error."""

import io
import json
import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from report_writer.cli.batch import batch
from report_writer.cli.draft import Input, draft
from report_writer.cli.exit_codes import EXIT_HELP, Exit
from report_writer.cli.rollup import rollup

app = typer.Typer(
    name="report-writer",
    help="政府信息公开工作年度报告：由数据起草，逐数核对。",
    epilog=EXIT_HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
models_app = typer.Typer(
    help="本机可用的模型：list 列出，pull 下载，test 试写。",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(models_app, name="models")
app.command(epilog=EXIT_HELP)(rollup)


def _version(value: bool) -> None:
    if value:
        from report_writer import __version__

        print(f"report-writer {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")
    ] = False,
) -> None:
    """政府信息公开工作年度报告：由数据起草，逐数核对。"""


@app.command(epilog=EXIT_HELP)
def new(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="要写出的填报表")],
    agency: Annotated[
        list[str], typer.Option("--agency", help="机关全称；写几次就是几个机关合用的表")
    ],
    year: Annotated[int, typer.Option("--year", help="报告年度，如 2024")],
    previous: Annotated[Path | None, typer.Option("--previous", help="上年报告，用于预填")] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有文件")] = False,
) -> None:
    """生成填报表（Excel），可由上年报告预填。"""
    from report_writer.app.services import new_form
    from report_writer.cli.printers import say

    new_form(out, agencies=agency, year=year, previous=previous, force=force)
    say(f"已生成填报表：{'、'.join(agency)} {year}年")
    print(out)


app.command(epilog=EXIT_HELP)(draft)
app.command(epilog=EXIT_HELP)(batch)


@app.command(epilog=EXIT_HELP)
def check(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT…", help="一个或多个报告文件")],
    figures: Annotated[Path | None, typer.Option("--figures", help="数据以此文件为准")] = None,
    previous: Annotated[Path | None, typer.Option("--previous", help="上年报告")] = None,
    fmt: Annotated[str, typer.Option("--format", help="text | json | jsonl")] = "text",
) -> None:
    """核对表格和正文中的每一个数字。"""
    from report_writer.app.services import UsageError, check_input
    from report_writer.cli.printers import result_text, say
    from report_writer.domain.findings import SCHEMA, Severity
    from report_writer.readers.errors import ReadError

    if fmt not in {"text", "json", "jsonl"}:
        raise UsageError(f"--format 应为 text、json 或 jsonl，实为“{fmt}”")
    if fmt == "json" and len(inputs) != 1:
        raise UsageError("--format json 一次只核对一个文件；多个文件请用 jsonl")
    worst = Exit.OK
    for source in inputs:
        try:
            results = check_input(source, figures=figures, previous=previous)
        except ReadError as error:
            worst = max(worst, Exit.USAGE)
            if fmt == "jsonl":
                print(
                    json.dumps(
                        {"schema": SCHEMA, "input": Path(source).name, "error": error.message},
                        ensure_ascii=False,
                    )
                )
            say(f"report-writer: {error.message}")
            continue
        if fmt == "json" and len(results) != 1:
            raise UsageError(f"{source} 有{len(results)}个机关；请用 --format jsonl")
        for result in results:
            if fmt == "text":
                print(result_text(result))
            else:
                indent = 1 if fmt == "json" else None
                print(json.dumps(result.wire(), ensure_ascii=False, indent=indent))
            if result.crashes:
                worst = max(worst, Exit.BUG)
            elif result.count(Severity.ERROR):
                worst = max(worst, Exit.FINDINGS)
    if worst:
        raise typer.Exit(worst)


@app.command(epilog=EXIT_HELP)
def convert(
    source: Input,
    target: Annotated[Path, typer.Argument(metavar="OUTPUT", help="要写出的文件，按后缀定格式")],
) -> None:
    """把任何可读的报告转成任何可写的格式。"""
    from report_writer.app.services import convert as run_convert

    run_convert(source, target)
    print(target)


@app.command()
def rules(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="规则编号，如 TAB201")
    ] = None,
) -> None:
    """列出全部核对规则，或解释一条。"""
    from report_writer.app.services import UsageError
    from report_writer.checks import all_checks

    known = {rule.code: rule for rule in all_checks()}
    if code is None:
        for rule in known.values():
            print(
                f"{rule.code}  {rule.severity:<8} {rule.name:<34} {rule.documentation.splitlines()[0]}"
            )
        return
    found = known.get(code.upper())
    if found is None:
        raise UsageError(f"没有编号为“{code}”的规则；report-writer rules 列出全部")
    print(f"{found.code} {found.name}（{found.severity}）\n{found.documentation}")


@models_app.command("list")
def models_list() -> None:
    """列出可用的模型。"""
    from report_writer.app.models import list_models

    for item in list_models():
        size = f"{item.entry.bytes / 1e9:.2f} GB"
        state = f"已下载 {item.path}" if item.installed else "未下载"
        print(f"{item.entry.name}  {size}  {item.entry.licence}  {state}  {item.entry.purpose}")


@models_app.command("pull")
def models_pull(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="模型名，缺省为默认模型")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--from", help="已有模型文件的文件夹、文件或网址")
    ] = None,
) -> None:
    """下载模型，校验后放入缓存文件夹；中断后再次运行即续传。"""
    from report_writer.app.models import pull
    from report_writer.cli.printers import pull_progress, transfer_bar

    bar = transfer_bar()
    with bar:
        path = pull(name, source=source, progress=pull_progress(bar))
    print(path)


@models_app.command("test")
def models_test(
    spec: Annotated[str | None, typer.Argument(metavar="[SPEC]", help="模型，如 gguf:名称")] = None,
) -> None:
    """让模型试写一句。"""
    from report_writer.app.models import test_model

    print(test_model(spec))


def run() -> None:
    """Run the command line and leave with the exit code of contract 2."""
    for stream in (sys.stdout, sys.stderr):
        # NOTE: Chinese output must not depend on the terminal's idea of an encoding.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    code: int
    try:
        code = app(standalone_mode=False) or Exit.OK
    except Exception as error:  # noqa: BLE001 - boundary: every failure becomes a message and a code
        code = _failed(error)
    except KeyboardInterrupt:
        print("\n已中断，没有留下写了一半的文件", file=sys.stderr)
        sys.exit(130)
    _leave(code)


# NOTE: typer brings its own copy of click or uses the installed one; this is the right class of either.
_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]


def _usage_text(error: Exception) -> str:
    """Return what is wrong with the words of a command, in Chinese."""
    parameter = getattr(error, "param", None)
    names = " / ".join([*getattr(parameter, "opts", ())]) if parameter is not None else ""
    name = getattr(parameter, "metavar", None) or names
    kind = type(error).__name__
    if kind == "MissingParameter":
        return f"缺少 {name}"
    if kind == "NoSuchOption":
        return f"没有 {getattr(error, 'option_name', '')} 这个选项"
    if kind == "BadParameter":
        return f"{name} 的取值不对（{getattr(error, 'message', '')}）"
    message = str(getattr(error, "message", error))
    if command := re.search(r"No such command ['\"](.+?)['\"]", message):
        return f"没有 {command[1]} 这个命令"
    if extra := re.search(r"unexpected extra arguments? \((.+)\)", message):
        return f"多余的内容：{extra[1]}"
    return message


def _leave(code: int) -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
    sys.exit(code)


def _failed(error: Exception) -> int:
    """Return the exit code for an error, its Chinese message printed to standard error."""
    if isinstance(error, _USAGE_ERROR):
        print(f"report-writer: {_usage_text(error)}；加 --help 查看用法", file=sys.stderr)
        return Exit.USAGE
    if isinstance(error, typer.Abort):
        print("\n已中断，没有留下写了一半的文件", file=sys.stderr)
        return 130
    kind = type(error).__name__
    codes = {
        "ReadError": Exit.USAGE,
        "UsageError": Exit.USAGE,
        "SettingsError": Exit.USAGE,
        "PromptError": Exit.USAGE,
        "WordingError": Exit.USAGE,
        "CatalogueError": Exit.USAGE,
        "TracingError": Exit.USAGE,
        "WriteError": Exit.USAGE,
        "StoreError": Exit.USAGE,
        # The writer proves its own slots; a mark that reaches an exporter came with the input.
        "RawSlotError": Exit.USAGE,
        "PullError": Exit.BACKEND,
        "BackendUnavailableError": Exit.BACKEND,
        "BackendTimeoutError": Exit.BACKEND,
        "BackendAnswerError": Exit.BACKEND,
    }
    if kind in codes:
        # NOTE: by name, so that a command that never drafts imports no drafting room to fail.
        print(f"report-writer: {error}", file=sys.stderr)
        return codes[kind]
    print(f"report-writer: 程序缺陷，请反馈：{kind}: {error}", file=sys.stderr)
    return Exit.BUG


if __name__ == "__main__":
    run()
