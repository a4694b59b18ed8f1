"""Findings about a cell name the file, sheet and place it was read from, where the source has them."""

import pytest

from report_writer.checks import all_checks, check_report
from report_writer.domain.cells import BLANK, NOT_APPLICABLE, Cell, Provenance
from report_writer.domain.report import Agency, AnnualReport
from report_writer.forms import OGI_2021

ORIGIN = Provenance(file="2024.xlsx", sheet="表三", place="J4", raw="?")
AT = "requests/received/total"


def report(cell: Cell) -> AnnualReport:
    zeros = {a: Cell.number(0) for a in OGI_2021.addresses}
    tables = OGI_2021.complete({**zeros, AT: cell})
    return AnnualReport(
        form="ogi_2021", year=2024, agency=Agency(name="清河市水利局"), tables=tables
    )


@pytest.mark.parametrize(
    ("code", "cell"),
    [
        ("TAB101", Cell.number(3)),
        ("TAB401", BLANK),
        ("TAB402", Cell.illegal("约3")),
        ("TAB403", Cell.number(0, remark="“０”按0读取")),
        ("TAB407", NOT_APPLICABLE),
    ],
)
def test_a_finding_names_where_its_cell_was_read(code: str, cell: Cell) -> None:
    rules = [rule for rule in all_checks() if rule.code == code]

    def message(given: Cell) -> str:
        (finding,) = check_report(report(given), checks=rules).findings
        return finding.message

    assert "（2024.xlsx 表三 J4）" in message(cell.model_copy(update={"origin": ORIGIN}))
    assert "（）" not in message(cell)
    assert "xlsx" not in message(cell)
