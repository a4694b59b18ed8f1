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


def narrow(rows: list[list[str]]) -> list[list[str]]:
    """The rows without the columns that are empty on this page, as ruled lines give them."""
    kept = [j for j in range(len(rows[0])) if any(row[j] for row in rows)]
    return [[row[j] for j in kept] for row in rows]


@pytest.mark.parametrize("cut", [2, 3, 4, 12])
@pytest.mark.parametrize("narrowed", [False, True])
def test_a_page_break_between_any_two_rows_does_no_harm(cut: int, narrowed: bool) -> None:
    rows = lines()
    upper = narrow(rows[:cut]) if narrowed else rows[:cut]
    found = read_pieces(upper, rows[cut:])
    assert found == {a: v for a, v in VALUES.items() if a.startswith("requests/")}


def test_headings_torn_in_the_middle_of_their_words_are_one() -> None:
    rows = lines()
    above, below = list(rows[2]), [""] * len(rows[2])
    for j, text in enumerate(rows[2]):
        if len(text) > 4:
            above[j], below[j] = text[:4], text[4:]
    assert any(below)
    found = read_pieces(narrow([*rows[:2], above]), [below, *rows[3:]])
    assert found == {a: v for a, v in VALUES.items() if a.startswith("requests/")}


def test_headings_on_their_page_that_lack_one_are_refused() -> None:
    rows = lines()
    rows[2] = ["" if text == "商业企业" else text for text in rows[2]]
    with pytest.raises(ReadError, match="表头"):
        read_pieces(narrow(rows[:2]), rows[2:])
