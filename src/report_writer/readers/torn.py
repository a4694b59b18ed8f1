"""Rows that a page break tears in two: half of the name here, half on the next page."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from report_writer.readers.grid import Line, TableGrid, has_figures, leading_labels


def join_torn_rows(
    grids: Sequence[TableGrid],
    row_of: Callable[[str], str | None],
    is_header: Callable[[Line], bool],
) -> list[TableGrid]:
    """Return the pieces of a table with torn rows put together.

    The last row of a piece and the first below the headings of the next are one row when both
    halves of the name together name a row, neither alone names another, and one alone has figures.
    """
    result = list(grids)
    for k in range(len(result) - 1):
        above, below = result[k], result[k + 1]
        first = next((i for i, line in enumerate(below.rows) if not is_header(line)), None)
        if first is None or not above.rows:
            continue
        row = _joined(above.rows[-1], below.rows[first], row_of)
        if row is None:
            continue
        rest = (*below.rows[:first], *below.rows[first + 1 :])
        result[k] = replace(above, rows=(*above.rows[:-1], row))
        result[k + 1] = replace(below, rows=rest)
    return result


def _joined(above: Line, below: Line, row_of: Callable[[str], str | None]) -> Line | None:
    upper, lower = leading_labels(above), leading_labels(below)
    if not upper or not lower or has_figures(above) is has_figures(below):
        return None
    name = upper[-1][1] + lower[-1][1]
    halves = (upper[-1][1], lower[-1][1])
    whole = row_of(name)
    if whole is None or any(row_of(half) not in (None, whole) for half in halves):
        return None
    line, at = (above, upper[-1][0]) if has_figures(above) else (below, lower[-1][0])
    return tuple(
        replace(slot, text=name) if slot and i == at else slot for i, slot in enumerate(line)
    )
