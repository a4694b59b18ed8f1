"""`rollup`: read the units' files, sum them, compare with the parent's, write what comes of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from report_writer.app.copied import find_copied
from report_writer.app.explaining import compare
from report_writer.app.inputs import expand
from report_writer.app.rollup import RollupError, report_of, roll_up
from report_writer.app.rollup_words import difference_text, explained_text
from report_writer.app.services import UsageError, write_report, writer_for
from report_writer.domain.cells import Cell, Tables
from report_writer.domain.findings import Severity
from report_writer.domain.report import Agency, AgencyKind, AnnualReport
from report_writer.domain.rollup import Comparison, Rollup, RollupResult, Source
from report_writer.forms import FORMS
from report_writer.readers.dispatch import read, read_all
from report_writer.readers.errors import ReadError
from report_writer.readers.source import decode, read_bytes


@dataclass(frozen=True, slots=True)
class RollupOptions:
    """What the command was asked: see `report-writer rollup --help`."""

    against: Path | None = None
    year: int | None = None
    units: Path | None = None
    same: Sequence[str] = ()
    agency: str | None = None
    known_only: bool = False


@dataclass(frozen=True, slots=True)
class RollupOutcome:
    """The result, the sentences about the parent's table, and the files written."""

    result: RollupResult
    files: tuple[Path, ...]
    differences: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()

    @property
    def wrong(self) -> bool:
        """Whether something is an error: a notice or cell of that severity, or a differing figure."""
        said = [notice.severity for notice in self.result.notices()]
        said += [doubt.severity for doubt in self.result.rollup.doubts]
        return bool(self.differences) or Severity.ERROR in said


def rollup_files(
    inputs: Sequence[str],
    out: Path,
    options: RollupOptions,
    *,
    on_read: Callable[[int, int], None] = lambda done, total: None,
) -> RollupOutcome:
    """Sum the reports of `inputs` into `out`, with a list (`.汇总清单.xlsx`) and JSON beside it.

    An unreadable input is named and left out. `on_read` is told how many files are read.
    Raises UsageError, ReadError (nothing readable, or the parent's), WriteError.
    """
    writer_for(out)
    files = expand(inputs)
    if out.resolve() in {Path(name).resolve() for name in files}:
        raise UsageError(f"{out.name}：输出文件也在输入之中，未改动；请写到别的文件夹")
    parent = read(options.against) if options.against else None
    if parent is not None and parent.tables is None:
        raise ReadError(f"{options.against}：没有表格，无法对照")
    same = _pairs(options.same)
    expected = _names(options.units) if options.units else []
    sources, unreadable = _read(files, options.against, on_read)
    if not sources:
        raise ReadError("没有一个文件读得出来：" + "；".join(unreadable.values()))
    year = options.year or (parent.year if parent is not None else None)
    try:
        rollup = roll_up(sources, year=year, expected=expected, same=same)
    except RollupError as error:
        raise UsageError(str(error)) from error
    agency = parent.agency if parent is not None else None
    if options.agency:
        agency = Agency(name=options.agency, kind=AgencyKind.GOVERNMENT)
    report = report_of(rollup, agency=agency, known_only=options.known_only)
    finished = ((source.file, source.report) for source in sources)
    result = RollupResult(
        rollup=rollup,
        copies=find_copied(finished),
        report=report,
        comparison=_compared(rollup, parent) if parent is not None else None,
        unreadable=unreadable,
    )
    return _written(result, out)


def _compared(rollup: Rollup, parent: AnnualReport) -> Comparison:
    if (parent.year, parent.form) != (rollup.year, rollup.form):
        raise UsageError(
            f"本级表是{parent.year}年、{FORMS[parent.form].citation}，"
            f"下级汇总是{rollup.year}年、{FORMS[rollup.form].citation}，无法对照"
        )
    missing = [unit for n in rollup.notices if n.kind == "missing" for unit in n.units]
    return compare(rollup, parent, not_sent=missing)


def _read(
    files: Sequence[str], against: Path | None, on_read: Callable[[int, int], None]
) -> tuple[list[Source], dict[str, str]]:
    """Return the reports, and the message for each file that cannot be read."""
    sources: list[Source] = []
    unreadable: dict[str, str] = {}
    parent = against.resolve() if against else None
    same: dict[Cell, Cell] = {}
    for done, name in enumerate(files, start=1):
        if parent is not None and name != "-" and Path(name).resolve() == parent:
            # The parent's own file often lies in the same folder; it is no unit of itself.
            continue
        label = "标准输入" if name == "-" else Path(name).name
        try:
            reports = read_all(name)
        except ReadError as error:
            unreadable[label] = error.message
            continue
        finally:
            on_read(done, len(files))
        for report in reports:
            own = label if len(reports) == 1 else f"{label}#{report.agency.name}"
            sources.append(Source(file=own, report=_lean(report, same)))
    return sources, unreadable


def _lean(report: AnnualReport, same: dict[Cell, Cell]) -> AnnualReport:
    """Return what a sum needs of a report: equal cells share one object, notes and facts are dropped.

    Thousands of reports are held at once; most of their cells are the same few numbers.
    """

    def shared(tables: Tables | None) -> Tables | None:
        if tables is None:
            return None
        # NOTE: where a cell was read matters to a check of its report, not to a sum.
        plain = {a: c.model_copy(update={"origin": None}) for a, c in tables.cells.items()}
        return Tables(cells={a: same.setdefault(c, c) for a, c in plain.items()})

    last = report.previous
    if last is not None:
        changes: dict[str, object] = {"tables": shared(last.tables), "facts": (), "sections": {}}
        last = last.model_copy(update=changes)
    return report.model_copy(
        update={"tables": shared(report.tables), "previous": last, "facts": (), "notes": {}}
    )


def _written(result: RollupResult, out: Path) -> RollupOutcome:
    from report_writer.exporters.rollup_sheet import write_rollup
    from report_writer.exporters.to_json import write_json

    form, comparison = FORMS[result.rollup.form], result.comparison
    differences = (
        tuple(difference_text(form, d) for d in comparison.differences) if comparison else ()
    )
    explained = tuple(explained_text(form, e) for e in comparison.explained) if comparison else ()
    listed, data = (out.with_name(out.stem + end) for end in (".汇总清单.xlsx", ".rollup.json"))
    write_report(result.report, out)
    write_rollup(result, listed, differences=differences, explained=explained)
    write_json(result.wire(), data)
    return RollupOutcome(
        result=result, files=(out, listed, data), differences=differences, explained=explained
    )


def _pairs(given: Sequence[str]) -> Mapping[str, str]:
    """Return other name → name of `--same 别名=全称`. Raises UsageError."""
    pairs: dict[str, str] = {}
    for text in given:
        other, equals, name = (part.strip() for part in text.partition("="))
        if not (other and equals and name):
            raise UsageError(f"--same 应写成 别名=全称，实为“{text}”")
        pairs[other] = name
    return pairs


def _names(path: Path) -> list[str]:
    """Return the units of a list, one a line. Raises ReadError."""
    text = decode(read_bytes(path), path.name)
    names = [line.strip().lstrip("\ufeff") for line in text.splitlines()]
    if not any(names):
        raise ReadError(f"{path.name}：没有写任何单位")
    return [name for name in names if name and not name.startswith("#")]
