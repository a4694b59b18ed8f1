"""The vocabulary in which a form states what the official format prescribes."""

from decimal import Decimal
from functools import cached_property
from typing import Literal

from pydantic import ConfigDict, Field

from report_writer.domain.cells import BLANK, NOT_APPLICABLE, Cell, CellRef, Frozen, Tables
from report_writer.domain.report import Topic
from report_writer.domain.units import base_unit

# No agency counts further; beyond it sums would lose digits and print for ever.
LARGEST = 10**15


class Column(Frozen):
    """A column of figures: key, printed label, unit."""

    key: str
    label: str
    unit: str = "件"


class Row(Frozen):
    """A row of figures.

    `printed` are the label cells from left to right as the form prints them (empty string: the
    cell above continues); `short` is how messages name the row; `help` says what it counts.
    """

    key: str
    printed: tuple[str, ...]
    short: str
    columns: tuple[str, ...]
    article: str = ""
    help: str = ""


class Reconciliation(Frozen):
    """An equation printed on, or implied by, the form: sum(left) = sum(right).

    `along="columns"`: left and right are rows, and the equation holds in every column.
    `along="rows"`: left and right are columns, and it holds in every row that has them.
    """

    code: str
    table: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    along: Literal["columns", "rows"]
    wording: str


class GridCell(Frozen):
    """One printed cell of a table: position, spans, and either a text or the address of a figure."""

    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    text: str = ""
    address: str | None = None
    header: bool = False


class Grid(Frozen):
    """A table as printed: every exporter draws it, the Excel form is laid out by it."""

    rows: int
    columns: int
    header_rows: int
    cells: tuple[GridCell, ...]


class TableForm(Frozen):
    """One of the three tables."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    key: str
    section: str
    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    grid: Grid
    groups: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Every cell address in the order of the form."""
        return tuple(f"{self.key}/{r.key}/{c}" for r in self.rows for c in r.columns)

    @cached_property
    def row_by_key(self) -> dict[str, Row]:
        """Row key → row."""
        return {row.key: row for row in self.rows}

    @cached_property
    def column_by_key(self) -> dict[str, Column]:
        """Column key → column."""
        return {column.key: column for column in self.columns}


class Section(Frozen):
    """One of the six parts: key of its prose, exact heading, variants read on import."""

    key: str
    heading: str
    variants: tuple[str, ...] = ()
    table: str | None = None


class TopicForm(Frozen):
    """A topic the form asks for inside 总体情况."""

    topic: Topic
    heading: str
    keywords: tuple[str, ...]


class Form(Frozen):
    """Everything one official format prescribes, as data.

    Every form has the same cell addresses (contract 1); `absent` are those this one does not print.
    They are blank in its reports, and no check asks for them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    id: str
    title: str
    citation: str
    first_year: int
    sections: tuple[Section, ...]
    topics: tuple[TopicForm, ...]
    tables: tuple[TableForm, ...]
    reconciliations: tuple[Reconciliation, ...]
    absent: frozenset[str] = frozenset()

    @cached_property
    def table_by_key(self) -> dict[str, TableForm]:
        """Table key → table."""
        return {table.key: table for table in self.tables}

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """All cell addresses, in the order of the form (200 for the form of 2021)."""
        return tuple(a for table in self.tables for a in table.addresses)

    def unit(self, address: str) -> str:
        """Return the unit of a cell: 件 or 万元."""
        return self._units[address]

    def is_decimal(self, address: str) -> bool:
        """Whether a cell may hold a fraction (the charges in 万元)."""
        return self.unit(address) == "万元"

    def label(self, address: str) -> str:
        """Return a cell's name in messages: “本年新收·总计”."""
        table, row, column = address.split("/")
        form = self.table_by_key[table]
        return f"{form.row_by_key[row].short}·{form.column_by_key[column].label}"

    def place(self, address: str) -> str:
        """Return a cell's name with its table: 表三“本年新收·总计”."""
        return f"{self.table_by_key[address.split('/')[0]].name}“{self.label(address)}”"

    def complete(self, known: dict[str, Cell]) -> Tables:
        """Return tables with every cell of the form; those not given are blank.

        KeyError where `known` names a cell the form has not.
        """
        for address in known:
            CellRef.parse(address)
            if address not in self._address_set:
                raise KeyError(address)
        return Tables(cells={a: known.get(a, BLANK) for a in self.addresses})

    @cached_property
    def scaled(self) -> dict[str, str]:
        """The units of cells that do not count single things: 万元."""
        return {a: unit for a, unit in self._units.items() if base_unit(unit)[1] != 1}

    @cached_property
    def _units(self) -> dict[str, str]:
        return {
            f"{table.key}/{row.key}/{column}": table.column_by_key[column].unit
            for table in self.tables
            for row in table.rows
            for column in row.columns
        }

    @cached_property
    def _address_set(self) -> frozenset[str]:
        return frozenset(self.addresses)


def read_cell(raw: object, *, decimal: bool) -> Cell:
    """Return the cell for a typed value of the report file (contract 1).

    Integers, decimals where the cell allows them (as number or string), None and "/" are legal;
    anything else keeps its raw text and becomes an illegal cell, never a zero.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return BLANK
    if raw == "/":
        return NOT_APPLICABLE
    if isinstance(raw, bool):
        return Cell.illegal(str(raw).lower())
    if isinstance(raw, int):
        return Cell.number(raw) if 0 <= raw < LARGEST else Cell.illegal(raw)
    if decimal and isinstance(raw, float | str | Decimal):
        return _decimal_cell(str(raw).strip())
    return Cell.illegal(raw)


def _decimal_cell(text: str) -> Cell:
    whole, dot, fraction = text.partition(".")
    ascii_digits = (whole + fraction).isascii() and (whole + fraction).isdigit()
    short = len(whole) <= 15 and len(fraction) <= 6
    if ascii_digits and short and whole and bool(dot) == bool(fraction):
        return Cell.number(text)
    return Cell.illegal(text)
