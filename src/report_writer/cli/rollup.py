"""`report-writer rollup`: the sum of subordinate reports, and the comparison with the parent's table."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from report_writer.cli.exit_codes import Exit

_SHOWN = 20


def rollup(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT…", help="下级的报告：文件、文件夹或通配符")
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="OUTPUT", help="汇总成的报告，按后缀定格式")
    ],
    against: Annotated[
        Path | None, typer.Option("--against", metavar="PARENT", help="本级自己的表，逐格对照")
    ] = None,
    year: Annotated[int | None, typer.Option("--year", help="汇总哪一年")] = None,
    units: Annotated[
        Path | None, typer.Option("--units", help="应报单位名单，一行一个，用来查缺报")
    ] = None,
    same: Annotated[list[str] | None, typer.Option("--same", help="别名=全称，可写多次")] = None,
    agency: Annotated[str | None, typer.Option("--agency", help="本级政府全称")] = None,
    known_only: Annotated[
        bool, typer.Option("--known-only", help="有单位未填的格，写已填部分之和")
    ] = False,
) -> None:
    """把下级的报告逐格相加；与本级的表对照，指出差在哪个单位。"""
    from report_writer.app.copied import lines_of
    from report_writer.app.rollup import doubt_lines
    from report_writer.app.rollup_files import RollupOptions, rollup_files
    from report_writer.cli.printers import SEVERITY, say

    options = RollupOptions(
        against=against,
        year=year,
        units=units,
        same=same or (),
        agency=agency,
        known_only=known_only,
    )
    with _reading() as advance:
        outcome = rollup_files(inputs, out, options, on_read=advance)
    result = outcome.result
    made = result.rollup
    for message in result.unreadable.values():
        say(f"report-writer: {message}")
    print(f"{result.report.agency.name} {made.year}年：汇总{len(made.contributors)}个单位")
    told: Counter[str] = Counter()
    for notice in result.notices():
        told[notice.kind] += 1
        if told[notice.kind] <= _SHOWN:
            print(f"  [{SEVERITY[notice.severity]}] {notice.message}")
    if rest := sum(max(0, n - _SHOWN) for n in told.values()):
        print(f"  另有{rest}条提示，见汇总清单")
    lines = list(doubt_lines(made))
    for severity, line in lines[:_SHOWN]:
        print(f"  [{SEVERITY[severity]}] {line}")
    if len(lines) > _SHOWN:
        print(f"  另有{len(lines) - _SHOWN}格待核实，见汇总清单")
    if result.comparison is not None:
        _print_comparison(
            outcome.differences, outcome.explained, len(result.comparison.not_compared)
        )
    if result.copies is not None and result.copies.clusters:
        print(f"  [建议] 雷同段落{len(result.copies.clusters)}组（{result.copies.method}）：")
        for line in lines_of(result.copies, _SHOWN):
            print(f"    {line}")
    for path in outcome.files:
        print(path)
    if result.unreadable:
        raise typer.Exit(Exit.USAGE)
    if outcome.wrong:
        raise typer.Exit(Exit.FINDINGS)


@contextmanager
def _reading() -> Iterator[Callable[[int, int], None]]:
    """Yield the callback that shows how many files are read; silent without a terminal."""
    from report_writer.cli.printers import transfer_bar

    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with transfer_bar() as bar:
        task = bar.add_task("读取", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _print_comparison(
    differences: tuple[str, ...], explained: tuple[str, ...], not_compared: int
) -> None:
    if not differences:
        print("  与本级表逐格一致")
    for line in explained:
        print(f"  [错误] {line}")
    for line in differences[:_SHOWN]:
        print(f"  [错误] {line}")
    if len(differences) > _SHOWN:
        print(f"  另有{len(differences) - _SHOWN}格不一致，见汇总清单")
    if not_compared:
        print(f"  有{not_compared}格因空白或不是数字没有对照")
