from decimal import Decimal

import pytest
from pydantic import ValidationError

from report_writer.domain.cells import BLANK, NOT_APPLICABLE, Cell, CellRef, plain
from report_writer.domain.report import Agency, AnnualReport
from report_writer.forms._form import read_cell


@pytest.mark.parametrize(
    ("value", "text"),
    [("3.50", "3.5"), ("1E+3", "1000"), ("0", "0"), ("0.10", "0.1"), ("200", "200")],
)
def test_decimals_print_plainly(value, text):
    assert plain(Decimal(value)) == text


def test_blank_zero_and_slash_stay_apart():
    cells = [
        read_cell(None, decimal=False),
        read_cell(0, decimal=False),
        read_cell("/", decimal=False),
    ]
    assert [c.kind for c in cells] == ["blank", "number", "not_applicable"]
    assert [c.value for c in cells] == [None, Decimal(0), None]
    assert [c.text for c in (BLANK, cells[1], NOT_APPLICABLE)] == ["", "0", "/"]


@pytest.mark.parametrize("raw", [-1, 1.5, "3", "三", True, [1], "１２", "-", 10**40])
def test_illegal_whole_cells_keep_their_raw_text(raw):
    cell = read_cell(raw, decimal=False)
    assert cell.kind == "illegal"
    assert cell.value is None
    assert cell.raw == (str(raw).lower() if isinstance(raw, bool) else str(raw))


@pytest.mark.parametrize("raw", [3, "3.5", 3.5, Decimal("59237.2449"), "0"])
def test_charges_take_decimals(raw):
    assert read_cell(raw, decimal=True).value == Decimal(str(raw))


@pytest.mark.parametrize(
    "raw", ["-3.5", "3.", ".5", "1e5", "3,5", "３.5", "nan", "3.5.1", float("inf"), "9" * 30]
)
def test_charges_refuse_what_is_no_plain_decimal(raw):
    assert read_cell(raw, decimal=True).kind == "illegal"


def test_addresses_have_three_parts():
    ref = CellRef.parse("requests/withheld.state_secret/total")
    assert (ref.row, str(ref)) == ("withheld.state_secret", "requests/withheld.state_secret/total")
    with pytest.raises(ValueError, match="unpack"):
        CellRef.parse("requests/total")


def test_values_are_frozen_and_closed():
    cell = Cell.number(3)
    with pytest.raises(ValidationError):
        cell.value = Decimal(4)
    with pytest.raises(ValidationError):
        Agency(name="甲局", pinyin="jia")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("甲/乙:局", "甲_乙_局-2023"),
        ("..局.", "局-2023"),
        ("..", "报告-2023"),
        ("甲\u202e局\u200b\n", "甲_局__-2023"),
    ],
)
def test_file_names_are_safe(name, slug):
    assert AnnualReport(form="ogi_2021", year=2023, agency=Agency(name=name)).slug == slug


def test_long_names_fit_a_file_system_and_stay_apart():
    stems = [
        AnnualReport(form="ogi_2021", year=2023, agency=Agency(name="甲" * 200 + end)).slug
        for end in "乙丙"
    ]
    assert stems[0] != stems[1]
    assert all(len(f".{stem}.findings.json.part".encode()) <= 255 for stem in stems)
    assert all(stem.startswith("甲甲") for stem in stems)
