"""Report cells of one kind: one by one while they are few, in one finding once they are many."""

from collections.abc import Iterator
from functools import cache

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped
from report_writer.checks._origins import origin_at
from report_writer.checks._reconciling import NO_TABLES
from report_writer.domain.cells import CellKind, CellRef
from report_writer.forms import FORMS, TableForm

# Above this many cells of a kind, a table was probably not filled in, or not read properly.
MANY = {"requests": 10}
MANY_ELSEWHERE = 5
_NAMED = 30


def gather(
    rule: Check, context: CheckContext, kind: CellKind, *, whole: str, single: str, several: str
) -> Iterator[Outcome]:
    """Yield outcomes for the cells of a kind in each table.

    `whole` and `single` are sentences with {table} and {place}; `several` has {table}, {count}
    and {names}.
    """
    tables = context.report.tables
    if tables is None:
        yield Skipped(NO_TABLES)
        return
    found = frozenset(context.cells_of(kind))
    for table in context.form.tables:
        asked = _asked(context.form.id, table.key)
        cells = tuple([address for address in asked if address in found]) if found else ()
        if not cells:
            yield HELD
        elif len(cells) == len(asked):
            yield rule.fail(CellRef.parse(cells[0]), whole.format(table=table.name), cells=cells)
        elif len(cells) > MANY.get(table.key, MANY_ELSEWHERE):
            message = several.format(table=table.name, count=len(cells), names=names(table, cells))
            yield rule.fail(CellRef.parse(cells[0]), message, cells=cells)
        else:
            for address in cells:
                place = context.form.place(address) + origin_at(tables, address)
                yield rule.fail(
                    CellRef.parse(address), single.format(place=place), cells=(address,)
                )


@cache
def _asked(form_id: str, table: str) -> tuple[str, ...]:
    form = FORMS[form_id]
    return tuple(a for a in form.table_by_key[table].addresses if a not in form.absent)


def names(table: TableForm, cells: tuple[str, ...]) -> str:
    """Return cells row by row: “本年新收”自然人、商业企业；“上年结转”整行."""
    by_row: dict[str, list[str]] = {}
    for address in cells:
        _, row_key, column = address.split("/")
        by_row.setdefault(row_key, []).append(column)
    parts: list[str] = []
    for key, columns in by_row.items():
        row = table.row_by_key[key]
        labels = (
            "整行"
            if len(columns) == len(row.columns)
            else "、".join(table.column_by_key[c].label for c in columns)
        )
        parts.append(f"“{row.short}”{labels}")
    rest = len(parts) - _NAMED
    return "；".join(parts[:_NAMED]) + (f"等{len(parts)}行" if rest > 0 else "")
