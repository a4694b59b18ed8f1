"""Two years side by side: what the rules between years share.

A stock of last year is compared only where the two forms count the same thing: tables three and
four are the same since 2019, table two counts otherwise since 2021.
"""

from decimal import Decimal

from report_writer.checks._api import CheckContext, Skipped
from report_writer.checks._origins import origin_at
from report_writer.checks._reconciling import NO_TABLES
from report_writer.domain.cells import Cell, CellKind, Tables, plain
from report_writer.facts.expressions import PREVIOUS
from report_writer.forms import Form

NO_PREVIOUS = "没有上年数据"
OTHER_FORM = "上年为2019年试行格式，口径不同"
UNKNOWN = "两年中有空单元格、“/”或不合法的值，无法比较"
EXPLAIN = "请核实；确有原因的，请记录说明"
OGI_FROM_2021 = frozenset({"ogi_2021"})


class TwoYears:
    """The tables of this year and of last year."""

    def __init__(self, form: Form, year: int, tables: Tables, last: Tables, last_form: str) -> None:
        self.form, self.year, self.tables, self.last = form, year, tables, last
        self.last_form = last_form

    def now(self, address: str) -> Decimal | None:
        """Return this year's number, None where it is unknown."""
        return _value(self.tables, address)

    def before(self, address: str) -> Decimal | None:
        """Return last year's number, None where it is unknown."""
        return _value(self.last, address)

    def both_not_applicable(self, address: str, last: str) -> bool:
        """Whether both years say "/": the function exists in neither, and nothing contradicts."""
        cells = (self.tables.cells.get(address), self.last.cells.get(last))
        return all(cell is not None and cell.kind is CellKind.NOT_APPLICABLE for cell in cells)

    def cell(self, address: str) -> Cell | None:
        """Return this year's cell."""
        return self.tables.cells.get(address)

    def say_now(self, address: str) -> str:
        """Return this year's figure for a message: 2024年表三“上年结转·总计”5件（…）."""
        return f"{self.year}年{self._say(self.tables, address)}"

    def say_before(self, address: str) -> str:
        """Return last year's figure for a message."""
        return f"{self.year - 1}年{self._say(self.last, address)}"

    def _say(self, tables: Tables, address: str) -> str:
        value = _value(tables, address) or Decimal(0)
        text = f"{plain(value)}{self.form.unit(address)}"
        return f"{self.form.place(address)}{text}{origin_at(tables, address)}"


def two_years(context: CheckContext, *, same_form: bool = False) -> TwoYears | Skipped:
    """Return both years, or the reason why they cannot be compared."""
    report, previous = context.report, context.report.previous
    if report.tables is None:
        return Skipped(NO_TABLES)
    if previous is None or previous.tables is None:
        return Skipped(NO_PREVIOUS)
    if previous.year != report.year - 1:
        return Skipped(f"上年数据是{previous.year}年的，不是{report.year - 1}年")
    if same_form and previous.form != report.form:
        return Skipped(OTHER_FORM)
    return TwoYears(context.form, report.year, report.tables, previous.tables, previous.form)


def last_year(address: str) -> str:
    """Return the fact id of last year's cell."""
    return PREVIOUS + address


def differs_by_unit(now: Decimal, before: Decimal) -> bool:
    """Whether two amounts differ by about the factor between 元 and 万元 (10⁴, within a third to threefold)."""
    if now <= 0 or before <= 0:
        return False
    ratio = max(now, before) / min(now, before)
    return Decimal(10_000) / 3 <= ratio <= Decimal(30_000)


def _value(tables: Tables, address: str) -> Decimal | None:
    cell = tables.cells.get(address)
    return None if cell is None else cell.value
