"""A row of table three that a page break tears in two."""

import pytest
from unit.readers.mutilations import VALUES, fresh, positions

from report_writer.forms import OGI_2021
from report_writer.readers.errors import ReadError
from report_writer.readers.grid import TableGrid
from report_writer.readers.tables import read_tables

ROW = 24
NAME = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"


def lines() -> list[list[str]]:
    return [
        [cell.text if begins else "" for cell, begins in row]
        for row in positions(fresh().tables["requests"])
    ]


def read_pieces(upper: list[list[str]], lower: list[list[str]]) -> dict[str, object]:
    pieces = [("requests", TableGrid.from_texts(part)) for part in (upper, lower)]
    cells, _ = read_tables(pieces, OGI_2021)
    return {address: cell.value for address, cell in cells.items()}


@pytest.mark.parametrize("cut", [3, 7, 14, 24, 33])
@pytest.mark.parametrize("figures", ["above", "below"])
@pytest.mark.parametrize("heading", [False, True])
def test_both_halves_are_one_row(cut: int, figures: str, heading: bool) -> None:
    rows = lines()
    assert rows[ROW][2] == NAME
    above, below = list(rows[ROW]), list(rows[ROW])
    above[2], below[2] = NAME[:cut], NAME[cut:]
    empty = below if figures == "above" else above
    empty[3:] = [""] * 7
    head = rows[:3] if heading else []
    found = read_pieces([*rows[:ROW], above], [*head, below, *rows[ROW + 1 :]])
    assert found == {a: v for a, v in VALUES.items() if a.startswith("requests/")}


def test_two_rows_with_figures_are_not_joined() -> None:
    rows = lines()
    above, below = list(rows[ROW]), list(rows[ROW])
    above[2], below[2] = NAME[:7], NAME[7:]
    with pytest.raises(ReadError):
        read_pieces([*rows[:ROW], above], [below, *rows[ROW + 1 :]])
