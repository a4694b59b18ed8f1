"""Evaluate the equations of a form (`Reconciliation`) and say which one cell would mend them.

The arithmetic is data of the form; the rules TAB101 to TAB201 differ only in their code.
An operand that is blank, "/" or illegal is unknown, and an equation with an unknown is not judged.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped
from report_writer.checks._origins import origin_at
from report_writer.domain.cells import CellKind, CellRef, Tables, plain
from report_writer.domain.findings import Finding
from report_writer.forms import FORMS, Form, Reconciliation

# Of a number or of None, where there is none.
Values = Mapping[str, Any]
NO_TABLES = "来源中没有表格"
_ZERO = Decimal(0)
_UNKNOWN = {
    CellKind.BLANK: "有空单元格",
    CellKind.NOT_APPLICABLE: "有“/”",
    CellKind.ILLEGAL: "有不合法的值",
}


@dataclass(frozen=True, slots=True)
class Equation:
    """One equation: sum of the `left` cells = sum of the `right` cells; `key` is its row or column.

    `absent` are cells the form does not print; blank they stand for nothing, not for an unknown.
    """

    rule: Reconciliation
    key: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    absent: frozenset[str] = frozenset()

    @property
    def operands(self) -> tuple[str, ...]:
        """Every cell address of the equation, left before right."""
        return self.left + self.right

    def difference(self, tables: Tables, values: Values) -> Decimal | None:
        """Return left − right, or None where an operand is unknown; `values` are those of the cells."""
        known = values.__getitem__
        try:
            return sum(map(known, self.left), _ZERO) - sum(map(known, self.right), _ZERO)
        except TypeError:
            left = self._sum_known(tables, self.left, values)
            right = self._sum_known(tables, self.right, values)
        return None if left is None or right is None else left - right

    def _sum_known(
        self, tables: Tables, addresses: tuple[str, ...], values: Values
    ) -> Decimal | None:
        """Return the sum of cells not all of which hold a number, None where one of them is unknown."""
        unknown = [a for a in addresses if values[a] is None]
        cells = tables.cells
        if any(cells[a].kind is not CellKind.BLANK or a not in self.absent for a in unknown):
            return None
        return sum((values[a] for a in addresses if a not in unknown), _ZERO)


@cache
def equations(form_id: str, table: str) -> tuple[Equation, ...]:
    """Return all equations of a table, in the order of the form."""
    form, absent = FORMS[form_id].table_by_key[table], FORMS[form_id].absent
    found: list[Equation] = []
    for rule in FORMS[form_id].reconciliations:
        if rule.table != table:
            continue
        parts = (rule.left, rule.right)
        if rule.along == "rows":
            needed = {*rule.left, *rule.right}
            for row in form.rows:
                if needed <= set(row.columns):
                    left, right = (tuple(f"{table}/{row.key}/{c}" for c in side) for side in parts)
                    found.append(Equation(rule, row.key, left, right, absent))
        else:
            for column in form.columns:
                left, right = (tuple(f"{table}/{r}/{column.key}" for r in side) for side in parts)
                found.append(Equation(rule, column.key, left, right, absent))
    return tuple(found)


@cache
def _equations_of(form_id: str, table: str, code: str) -> tuple[Equation, ...]:
    return tuple(e for e in equations(form_id, table) if e.rule.code == code)


def reconcile(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """Yield one outcome for each equation of the form that carries the code of `rule`."""
    tables, form = context.report.tables, context.form
    if tables is None:
        yield Skipped(NO_TABLES)
        return
    values = context.sheet.values
    for table in form.tables:
        hint: str | None = None
        for equation in _equations_of(form.id, table.key, rule.code):
            difference = equation.difference(tables, values)
            if difference is None:
                yield Skipped(f"{table.name}{_why_unknown(equation, tables)}")
            elif difference == 0:
                yield HELD
            else:
                hint = hint or _one_cell_hint(form, table.key, tables, values)
                yield _finding(rule, form, equation, tables, difference, hint)


def _finding(
    rule: Check,
    form: Form,
    equation: Equation,
    tables: Tables,
    difference: Decimal,
    hint: str | None,
) -> Finding:
    at = equation.right[-1]
    found = _number(tables, at)
    line = form.table_by_key[equation.rule.table]
    along_rows = equation.rule.along == "rows"
    label = (
        line.row_by_key[equation.key].short
        if along_rows
        else line.column_by_key[equation.key].label
    )
    unit = form.unit(at)
    expected = found + difference
    message = (
        f"{line.name}“{label}”{'行' if along_rows else '列'}不平（{equation.rule.wording}）："
        f"{_side(form, equation.left, tables, along_rows=along_rows)}{unit}，"
        f"{_side(form, equation.right, tables, along_rows=along_rows)}{unit}，"
        f"相差{plain(abs(difference))}{unit}{origin_at(tables, at)}"
    )
    if expected < 0:
        message += f"；即使“{_part(form, at, along_rows=along_rows)}”为0也不能相等，其他数字有误"
    return rule.fail(
        CellRef.parse(at),
        message,
        expected=plain(expected),
        found=plain(found),
        cells=equation.operands,
        hint=hint,
    )


def _side(form: Form, addresses: tuple[str, ...], tables: Tables, *, along_rows: bool) -> str:
    """Return one side of an equation in words: 本年新收10+上年结转2=12, 总计13, 4项之和为12."""
    total = plain(sum((_number(tables, a) for a in addresses), Decimal(0)))
    if len(addresses) > 2:
        return f"{len(addresses)}项之和为{total}"
    parts = [
        f"{_part(form, a, along_rows=along_rows)}{plain(_number(tables, a))}" for a in addresses
    ]
    return parts[0] if len(parts) == 1 else f"{'+'.join(parts)}={total}"


def _part(form: Form, address: str, *, along_rows: bool) -> str:
    table, row, column = address.split("/")
    line = form.table_by_key[table]
    return line.column_by_key[column].label if along_rows else line.row_by_key[row].short


def _number(tables: Tables, address: str) -> Decimal:
    return tables.value(address) or Decimal(0)


def _why_unknown(equation: Equation, tables: Tables) -> str:
    kinds = {tables[address].kind for address in equation.operands}
    return "、".join(text for kind, text in _UNKNOWN.items() if kind in kinds) + "，无法求和"


def _one_cell_hint(form: Form, table: str, tables: Tables, values: Values) -> str | None:
    """Return advice where changing exactly one cell makes every failing equation of a table hold.

    A candidate lies in every failing equation and in none that holds, needs the same change in
    all of them, and stays at or above zero. Two candidates are no advice.
    """
    failing: list[tuple[Equation, Decimal]] = []
    settled: set[str] = set()
    for equation in equations(form.id, table):
        difference = equation.difference(tables, values)
        if difference:
            failing.append((equation, difference))
        elif difference == 0:
            settled.update(equation.operands)
    candidates = set.intersection(*(set(e.operands) for e, _ in failing)) - settled
    possible: list[tuple[str, Decimal]] = []
    for address in candidates:
        changes = {-d if address in equation.left else d for equation, d in failing}
        value = _number(tables, address) + next(iter(changes))
        if len(changes) == 1 and value >= 0:
            possible.append((address, value))
    if len(possible) != 1:
        return None
    address, value = possible[0]
    return (
        f"只改一格即可全部相等：{form.place(address)}由{plain(_number(tables, address))}改为{plain(value)}"
        "，请对照台账核实"
    )
