"""Check, convert and the form to fill in: what the commands of contract 2 do, without printing."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from report_writer.checks import check_report
from report_writer.domain.findings import CheckResult
from report_writer.domain.report import AnnualReport, PreviousYear
from report_writer.readers.dispatch import READERS, read, read_all
from report_writer.readers.errors import ReadError

# suffix → (module, function taking a Document and a path); loaded on first use.
WRITERS: dict[str, tuple[str, str]] = {
    ".docx": ("to_docx", "write_docx"),
    ".html": ("to_html", "write_html"),
    ".md": ("to_markdown", "write_markdown"),
    ".json": ("to_json", "write_report"),
    ".yaml": ("to_json", "write_report"),
    ".xlsx": ("to_xlsx", "write_xlsx"),
}


class UsageError(Exception):
    """Something the user asked for that cannot be done; Chinese, exit 2."""


def check_input(
    path: str | Path, *, figures: Path | None = None, previous: Path | None = None
) -> list[CheckResult]:
    """Read and check one input; `figures` replaces its tables, facts and notes (contract 2).

    Returns one result, or one an agency for a workbook of many. Raises ReadError, UsageError.
    """
    reports = read_all(path)
    name = "标准输入" if str(path) == "-" else Path(path).name
    if len(reports) != 1 and (figures or previous):
        raise UsageError(f"{name}：有{len(reports)}个机关，不能与 --figures、--previous 一起用")
    results = []
    for report in reports:
        if figures is not None:
            report = with_figures(report, read(figures), figures.name)
        if previous is not None:
            report = with_previous(report, read(previous), previous.name)
        own = name if len(reports) == 1 else f"{name}#{report.agency.name}"
        results.append(check_report(report, name=own))
    return results


def with_figures(text: AnnualReport, figures: AnnualReport, name: str) -> AnnualReport:
    """Return the figures' report with the prose, and the printed tables, of the text's."""
    remarks = list(text.remarks)
    if text.year != figures.year:
        remarks.append(f"正文为{text.year}年，{name} 为{figures.year}年的数据")
    return figures.model_copy(
        update={"sections": text.sections, "printed": text.tables, "remarks": tuple(remarks)}
    )


def with_previous(report: AnnualReport, last: AnnualReport, name: str) -> AnnualReport:
    """Return the report with another report as its previous year; ReadError for a wrong year."""
    if last.year != report.year - 1:
        raise ReadError(f"{name}：上年报告应为{report.year - 1}年，实为{last.year}年")
    previous = PreviousYear(
        year=last.year, form=last.form, tables=last.tables, facts=last.facts, sections=last.sections
    )
    return report.model_copy(update={"previous": previous})


def convert(source: str | Path, target: Path) -> AnnualReport:
    """Convert any readable file to any writable format. Raises ReadError, UsageError, WriteError."""
    writer_for(target)
    if str(source) != "-" and Path(source).resolve() == target.resolve():
        raise UsageError(f"{target.name}：输入和输出是同一个文件，未改动")
    report = read(source)
    write_report(report, target)
    return report


def writer_for(target: Path) -> tuple[str, str]:
    """Return module and function that write a file's format; UsageError for an unknown one."""
    suffix = target.suffix.lower()
    if suffix not in WRITERS:
        raise UsageError(
            f"{target.name}：不能写成“{suffix}”；可写的格式：{' '.join(sorted(WRITERS))}"
        )
    return WRITERS[suffix]


def write_report(report: AnnualReport, target: Path, **figures: object) -> None:
    """Write a report in the format its suffix names. `figures` is passed on to `Document`."""
    from report_writer.exporters.document import Document

    module, function = writer_for(target)
    write = getattr(import_module(f"report_writer.exporters.{module}"), function)
    write(Document(report=report, **figures), target)


def new_form(
    target: Path,
    *,
    agencies: Sequence[str],
    year: int,
    previous: Path | None = None,
    force: bool = False,
) -> None:
    """Write the Excel form to fill in, prefilled from last year's report.

    Several agencies share one workbook, a row each.
    Raises UsageError (wrong suffix, file exists), ReadError, WriteError.
    """
    from report_writer.domain.report import Agency
    from report_writer.exporters.many_sheet import write_many_form
    from report_writer.exporters.to_xlsx import write_form
    from report_writer.forms import form_for_year
    from report_writer.forms.workbook import form_from_previous

    if target.suffix.lower() != ".xlsx":
        raise UsageError(f"{target.name}：填报表应为 .xlsx 文件")
    if target.exists() and not force:
        raise UsageError(f"{target}：文件已存在，可能已填写，未覆盖；确需重做请加 --force")
    if not 2008 <= year <= 2100:
        raise UsageError(f"年度应为四位年份（如 2024），实为 {year}")
    if len(agencies) > 1:
        if previous is not None:
            raise UsageError("多个机关的填报表不能用 --previous 预填")
        double = next((name for name in agencies if list(agencies).count(name) > 1), None)
        if double is not None:
            raise UsageError(f"机关“{double}”写了两次")
        write_many_form(target, agencies, year)
        return
    agency = agencies[0]
    if previous is not None:
        last = read(previous)
        if last.year != year - 1:
            raise ReadError(f"{previous.name}：上年报告应为{year - 1}年，实为{last.year}年")
        report = form_from_previous(last, agency=agency, year=year)
    else:
        form = form_for_year(year)
        report = AnnualReport(
            form=form.id, year=year, agency=Agency(name=agency), tables=form.complete({})
        )
    write_form(target, report)


__all__ = [
    "READERS",
    "WRITERS",
    "UsageError",
    "check_input",
    "convert",
    "new_form",
    "with_figures",
    "with_previous",
    "write_report",
]
