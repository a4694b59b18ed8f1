"""TAB406 rules_without_power."""

from collections.abc import Iterator

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped, check
from report_writer.checks._origins import origin_at
from report_writer.checks._reconciling import NO_TABLES
from report_writer.domain.cells import CellRef, plain
from report_writer.domain.findings import Severity
from report_writer.domain.report import Agency, AgencyKind, AgencyLevel


@check("TAB406", "table.rules_without_power", severity=Severity.WARNING)
def rules_without_power(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """无规章制定权的机关填报了规章。

    Why: only State Council departments, provincial governments and the governments of cities with
    districts and autonomous prefectures make rules; elsewhere the figure usually belongs one row
    below. A body whose kind or level is not known is not judged.
    Bad: 某县住房和城乡建设局，规章“现行有效件数”为 3
    Good: 某县住房和城乡建设局，规章三项均为 0，行政规范性文件“现行有效件数”为 3
    """
    tables = context.report.tables
    if tables is None:
        yield Skipped(NO_TABLES)
        return
    if not _without_power(context.report.agency):
        yield Skipped("机关类型或层级未知，或可能有规章制定权")
        return
    for address in context.form.table_by_key["proactive"].addresses:
        if not address.startswith("proactive/rules/"):
            continue
        value = tables.value(address)
        if value is None:
            yield Skipped("表二规章一行没有数字")
        elif value == 0:
            yield HELD
        else:
            yield rule.fail(
                CellRef.parse(address),
                f"{context.form.place(address)}为{plain(value)}件{origin_at(tables, address)}，而本机关一般没有规章制定权，"
                "请核实是否应填入“行政规范性文件”",
                found=plain(value),
                expected="0",
                cells=(address,),
            )


def _without_power(agency: Agency) -> bool:
    if agency.level in {AgencyLevel.COUNTY, AgencyLevel.TOWNSHIP}:
        return True
    if agency.kind is AgencyKind.TOWNSHIP:
        return True
    return agency.kind is AgencyKind.DEPARTMENT and agency.level is AgencyLevel.CITY
