"""The form states what 国办公开办函〔2021〕30号 prescribes; the blank official layout is the witness."""

import re
import zipfile
from pathlib import Path

import pytest

from report_writer.forms import FORMS, OGI_2021, form_for_year
from report_writer.forms.ogi_2021 import OUTCOME_GROUPS, OUTCOMES

LAYOUT = Path(__file__).resolve().parents[4] / "shared" / "reports" / "TEMPLATE_2021_30.docx"


def test_the_three_tables_have_200_cells():
    assert [len(t.addresses) for t in OGI_2021.tables] == [10, 175, 15]
    assert len(set(OGI_2021.addresses)) == 200


@pytest.mark.parametrize("table", OGI_2021.tables, ids=lambda t: t.key)
def test_each_grid_is_tiled_without_gap_or_overlap(table):
    taken = [
        (row, column)
        for cell in table.grid.cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    ]
    assert sorted(taken) == [
        (r, c) for r in range(table.grid.rows) for c in range(table.grid.columns)
    ]
    assert [c.address for c in table.grid.cells if c.address] == list(table.addresses)


def test_outcomes_are_the_21_rows_between_carried_over_and_the_total():
    assert len(OUTCOMES) == 21
    assert {g: len(rows) for g, rows in OUTCOME_GROUPS.items()} == {
        "withheld": 8,
        "unable_to_provide": 3,
        "not_processed": 5,
        "otherwise_closed": 3,
    }


def test_the_form_in_force_follows_the_year():
    assert form_for_year(2023).id == "ogi_2021"
    assert form_for_year(2100).id == "ogi_2021"
    assert set(FORMS) >= {"ogi_2021"}


def test_labels_and_headings_are_those_of_the_official_layout():
    if not LAYOUT.exists():
        pytest.skip("the official blank layout (../shared) is not here")
    xml = zipfile.ZipFile(LAYOUT).read("word/document.xml").decode()
    official = re.sub(r"\s", "", re.sub(r"<[^>]+>", "", xml))
    for section in OGI_2021.sections:
        assert section.heading in official
    for table in OGI_2021.tables:
        for cell in table.grid.cells:
            assert re.sub(r"\s", "", cell.text) in official, cell.text
