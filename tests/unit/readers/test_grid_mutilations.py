"""A damaged table is read right or refused with the place named; never a wrong number.

Every cell of the base table holds another number, so a figure in the wrong place is seen.
"""

import random
from collections.abc import Callable
from decimal import Decimal

import pytest

from report_writer.forms import OGI_2021
from report_writer.readers.errors import ReadError
from report_writer.readers.grid import TableGrid
from report_writer.readers.tables import read_tables, recognise_grid

Rows = list[list[str | None]]
VALUES = {address: str(100 + i) for i, address in enumerate(OGI_2021.addresses)}
HEADER_ROWS = {"proactive": 0, "requests": 3, "remedies": 3}
FIRST_NUMBER = {"proactive": 1, "requests": 3, "remedies": 0}


def printed(key: str) -> Rows:
    """The table as cells by position; what a span covers is empty."""
    grid = OGI_2021.table_by_key[key].grid
    rows: Rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = VALUES[cell.address] if cell.address else cell.text
    return rows


def read(key: str, rows: Rows, *, rigid: bool) -> dict[str, Decimal | None]:
    width = max(len(row) for row in rows)
    texts = [[text if text is not None else "" for text in row] for row in rows]
    grid = TableGrid.from_texts(texts, file="表.txt", rigid=rigid)
    assert all(len(line) == width for line in grid.rows)
    if recognise_grid(grid, OGI_2021) != key:
        raise ReadError("表.txt：不是这个表")
    cells, _ = read_tables([(key, grid)], OGI_2021)
    return {address: cell.value for address, cell in cells.items()}


def truth(key: str) -> dict[str, Decimal | None]:
    return {a: Decimal(v) for a, v in VALUES.items() if a.startswith(key + "/")}


def figure_rows(key: str, rows: Rows) -> list[int]:
    return [i for i, row in enumerate(rows) if any(c and c.isdigit() for c in row)]


def drop_figure(key: str, rows: Rows, rnd: random.Random) -> None:
    row = rows[rnd.choice(figure_rows(key, rows))]
    del row[rnd.choice([i for i, c in enumerate(row) if c and c.isdigit()])]


def drop_leading_cell(key: str, rows: Rows, rnd: random.Random) -> None:
    row = rows[rnd.choice(figure_rows(key, rows))]
    empty = [i for i, c in enumerate(row) if not c]
    if empty:
        del row[empty[0]]


def swap_columns(key: str, rows: Rows, rnd: random.Random) -> None:
    first = FIRST_NUMBER[key]
    left, right = rnd.sample(range(first, len(rows[0])), 2)
    for row in rows:
        row[left], row[right] = row[right], row[left]


def swap_rows(key: str, rows: Rows, rnd: random.Random) -> None:
    body = figure_rows(key, rows)
    if len(body) > 1:
        left, right = rnd.sample(body, 2)
        rows[left], rows[right] = rows[right], rows[left]


def unknown_label(key: str, rows: Rows, rnd: random.Random) -> None:
    places = [
        (i, max(j for j, c in enumerate(rows[i]) if c and not c.isdigit()))
        for i in figure_rows(key, rows)
        if any(c and not c.isdigit() for c in rows[i])
    ]
    if places:
        i, j = rnd.choice(places)
        rows[i][j] = "9.另外一类事情"


def duplicate_row(key: str, rows: Rows, rnd: random.Random) -> None:
    i = rnd.choice(figure_rows(key, rows))
    rows.insert(i, ["7" if c and c.isdigit() else c for c in rows[i]])


def drop_row(key: str, rows: Rows, rnd: random.Random) -> None:
    del rows[rnd.choice(figure_rows(key, rows))]


def unheaded_column(key: str, rows: Rows, rnd: random.Random) -> None:
    for i, row in enumerate(rows):
        row.append("55" if i in figure_rows(key, rows) else "")


def merge_two_figures(key: str, rows: Rows, rnd: random.Random) -> None:
    row = rows[rnd.choice(figure_rows(key, rows))]
    at = [i for i, c in enumerate(row) if c and c.isdigit()]
    if len(at) > 1:
        row[at[0]] = f"{row[at[0]]} {row[at[1]]}"
        del row[at[1]]


HARMFUL = [
    drop_figure, drop_leading_cell, swap_columns, swap_rows, unknown_label, duplicate_row, drop_row,
    unheaded_column, merge_two_figures,
]  # fmt: skip


@pytest.mark.parametrize("key", ["proactive", "requests", "remedies"])
@pytest.mark.parametrize("rigid", [True, False])
@pytest.mark.parametrize("mutilate", HARMFUL, ids=lambda f: f.__name__)
def test_a_mutilated_table_is_right_or_refused(
    key: str, rigid: bool, mutilate: Callable[[str, Rows, random.Random], None]
) -> None:
    for seed in range(12):
        rnd = random.Random(seed)
        rows = printed(key)
        mutilate(key, rows, rnd)
        try:
            found = read(key, rows, rigid=rigid)
        except ReadError as error:
            assert "表" in error.message
            continue
        wrong = {
            a: (str(v), VALUES[a])
            for a, v in found.items()
            if v is not None and v != Decimal(VALUES[a])
        }
        assert not wrong, f"seed {seed}: {wrong}"


@pytest.mark.parametrize("key", ["proactive", "requests", "remedies"])
@pytest.mark.parametrize("rigid", [True, False])
def test_the_official_table_is_read_whole(key: str, rigid: bool) -> None:
    assert read(key, printed(key), rigid=rigid) == truth(key)


def shift_label(key: str, rows: Rows) -> None:
    for row in rows:
        while row and row[0] == "" and any(row):
            del row[0]


def half_width(key: str, rows: Rows) -> None:
    table = str.maketrans("（）“”，：", '()"",:')
    for row in rows:
        row[:] = [c.translate(table) if c else c for c in row]


def without_punctuation(key: str, rows: Rows) -> None:
    for row in rows:
        row[:] = ["".join(x for x in c if x.isalnum()) if c else c for c in row]


def spaced(key: str, rows: Rows) -> None:
    for row in rows:
        row[:] = [c if not c or c.isdigit() else "\u3000" + "\n".join(c) for c in row]


def full_width_digits(key: str, rows: Rows) -> None:
    table = str.maketrans("0123456789", "０１２３４５６７８９")
    for row in rows:
        row[:] = [c.translate(table) if c and c.isdigit() else c for c in row]


def variants(key: str, rows: Rows) -> None:
    for row in rows:
        row[:] = [
            {
                "行政规范性文件": "规范性文件",
                "2.其他法律行政法规禁止公开": "2.其他法律行政止公开",
                "（七）总计": "七总计",
            }.get(c or "", c)
            for c in row
        ]


@pytest.mark.parametrize("key", ["proactive", "requests", "remedies"])
@pytest.mark.parametrize("rigid", [True, False])
@pytest.mark.parametrize(
    "change",
    [half_width, without_punctuation, spaced, full_width_digits, variants],
    ids=lambda f: f.__name__,
)
def test_a_change_that_loses_nothing_is_read_right(
    key: str, rigid: bool, change: Callable[[str, Rows], None]
) -> None:
    rows = printed(key)
    change(key, rows)
    assert read(key, rows, rigid=rigid) == truth(key)


@pytest.mark.parametrize("rigid", [True, False])
def test_rows_that_lost_their_leading_cells_are_read_right(rigid: bool) -> None:
    rows = printed("requests")
    body = rows[3:]
    shift_label("requests", body)
    assert read("requests", rows[:3] + body, rigid=rigid) == truth("requests")


@pytest.mark.parametrize("head", ["备注", "序号"])
@pytest.mark.parametrize("key", ["proactive", "requests"])
def test_a_column_of_remarks_or_numbers_is_left_out(key: str, head: str) -> None:
    rows = printed(key)
    for i, row in enumerate(rows):
        first = (key == "requests" and i == 0) or (key == "proactive" and "信息内容" in row)
        text = head if first else (str(i) if i in figure_rows(key, rows) else "")
        row.insert(0 if head == "序号" else len(row), text)
    assert read(key, rows, rigid=True) == truth(key)
