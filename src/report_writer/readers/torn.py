"""Rows torn in two: by a page break, or by a program that wrote every line of a cell as a row."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from report_writer.readers.grid import (
    Line,
    Slot,
    TableGrid,
    has_figures,
    label_texts,
    leading_labels,
)
from report_writer.readers.labels import ORGANISATION_GROUP, FormLabels, Labels

_MOST_PIECES = 4


def join_torn_rows(
    grids: Sequence[TableGrid], labels: Labels, is_header: Callable[[Line], bool]
) -> list[TableGrid]:
    """Return the pieces of a table with torn rows put together.

    The last row of a piece and the first below the headings of the next are one row when the parts
    of the name together name a row, none alone names another, and no two of them have a figure in
    the same column. The same holds for rows of one piece that follow each other.
    """
    result = list(grids)
    for k in range(len(result) - 1):
        above, below = result[k], result[k + 1]
        first = next((i for i, line in enumerate(below.rows) if not is_header(line)), None)
        if first is None or not above.rows:
            continue
        row = _joined((above.rows[-1], below.rows[first]), labels, rigid=False)
        if row is None:
            continue
        rest = (*below.rows[:first], *below.rows[first + 1 :])
        result[k] = replace(above, rows=(*above.rows[:-1], row))
        result[k + 1] = replace(below, rows=rest)
    return [replace(grid, rows=tuple(_mended(grid, labels, is_header))) for grid in result]


def join_torn_headings(
    grids: Sequence[TableGrid], columns: Labels, is_header: Callable[[Line], bool]
) -> list[TableGrid]:
    """Return the pieces with headings put together that a page break tears: 社会公益 | 组织.

    The pieces need not have as many columns, so headings are counted from the right. The row below
    goes only when every word in it completes the heading above it.
    """
    result = list(grids)
    for k in range(len(result) - 1):
        above, below = result[k], result[k + 1]
        if not below.rows or not above.rows or not is_header(above.rows[-1]):
            continue
        words = label_texts(below.rows[0])
        if not words or has_figures(below.rows[0]):
            continue
        rows = [list(row) for row in above.rows]
        width = len(below.rows[0])
        if all(_complete(rows, position - width, text, columns) for position, text in words):
            result[k] = replace(above, rows=tuple(map(tuple, rows)))
            result[k + 1] = replace(below, rows=below.rows[1:])
    return result


def join_parted_headings(
    grids: Sequence[TableGrid], labels: FormLabels, is_header: Callable[[Line], bool]
) -> list[TableGrid]:
    """Return the pieces with the rows of headings together that a page break parts.

    Above it stand 自然人, 法人或其他组织, 总计, below it the five organisations. The upper row is laid
    over the lower, whose columns are the real ones.
    """
    result: list[TableGrid] = []
    for grid in grids:
        above = result[-1] if result else None
        if above is None or any(map(has_figures, above.rows)) or not grid.rows:
            result.append(grid)
            continue
        worded = next((line for line in grid.rows if label_texts(line)), None)
        if worded and is_header(worded) and (row := _laid_over(above, worded, labels)):
            result[-1] = replace(grid, rows=(row, *grid.rows))
        else:
            result.append(grid)
    return result


def _laid_over(above: TableGrid, below: Line, labels: FormLabels) -> Line | None:
    """Return the headings of a piece at the columns of the piece below it."""
    for line in above.rows:
        words = label_texts(line)
        groups = [labels.heads.exact(text) == ORGANISATION_GROUP for _, text in words]
        if not any(groups):
            continue
        at = groups.index(True)
        parts = [i for i, _ in label_texts(below)]
        row: list[Slot | None] = [Slot("", s.place) if s else None for s in below]
        for n, (i, _) in enumerate(words):
            position = parts[0] - (at - n) if n <= at else parts[-1] + (n - at)
            if not 0 <= position < len(row):
                return None
            row[position] = line[i]
        return tuple(row)
    return None


def _complete(rows: list[list[Slot | None]], position: int, text: str, columns: Labels) -> bool:
    """Append a text to the lowest heading at a position from the right, if that makes one."""
    for row in reversed(rows):
        slot = row[position] if -position <= len(row) else None
        if slot is not None and slot.is_label:
            whole = columns.exact(slot.text + text)
            if whole is None or columns.exact(slot.text) is not None:
                return False
            row[position] = replace(slot, text=slot.text + text)
            return True
    return False


def _mended(grid: TableGrid, labels: Labels, is_header: Callable[[Line], bool]) -> Iterator[Line]:
    """Yield the rows of one piece, those in pieces joined."""
    i = 0
    while i < len(grid.rows):
        whole, used = _whole(grid, i, labels, is_header)
        yield whole
        i += used


def _whole(
    grid: TableGrid, index: int, labels: Labels, is_header: Callable[[Line], bool]
) -> tuple[Line, int]:
    """Return the row that begins at a place and of how many rows it is made; an exact name is best."""
    first = grid.rows[index]
    best: tuple[Line, int] | None = None
    for used in range(2, _MOST_PIECES + 1):
        pieces = grid.rows[index : index + used]
        if len(pieces) < used or any(map(is_header, pieces)):
            break
        if used == 2 and grid.rigid and (completed := _completed(pieces)):
            return completed, used
        joined = _joined(pieces, labels, rigid=grid.rigid)
        if joined is None:
            continue
        names = [leading_labels(piece)[-1][1] for piece in (joined, *pieces)]
        exact = [labels.exact(name) is not None for name in names]
        if exact[0] and not all(exact[1:]):
            return joined, used
        best = best or ((joined, used) if _torn(pieces, labels) else None)
    return best or (first, 1)


def _torn(pieces: Sequence[Line], labels: Labels) -> bool:
    """Whether a row with figures does not name a row of the form word for word."""
    names = [leading_labels(piece) for piece in pieces if has_figures(piece)]
    return any(not words or labels.exact(words[-1][1]) is None for words in names)


def _completed(pieces: Sequence[Line]) -> Line | None:
    """Return a row with the figures that slid into the nameless row below it, each in its column."""
    above, below = pieces
    if label_texts(below) or not has_figures(below) or not label_texts(above):
        return None
    return _merged(above, below) if not _collide(pieces) else None


def _joined(pieces: Sequence[Line], labels: Labels, *, rigid: bool) -> Line | None:
    words = [leading_labels(piece) for piece in pieces]
    filled = [i for i, piece in enumerate(pieces) if has_figures(piece)]
    if not all(words) or not filled or (len(filled) > 1 and (not rigid or _collide(pieces))):
        return None
    parts = [names[-1][1] for names in words]
    name = "".join(parts)
    whole, known = labels.exact(name), labels.exact
    if whole is None:
        whole, known = labels.find(name), labels.find
    if whole is None or any(known(part) not in (None, whole) for part in parts):
        return None
    line, at = pieces[filled[0]], words[filled[0]][-1][0]
    for i in filled[1:]:
        line = _merged(line, pieces[i])
    return tuple(
        replace(slot, text=name) if slot and i == at else slot for i, slot in enumerate(line)
    )


def _collide(pieces: Sequence[Line]) -> bool:
    """Whether two rows have a figure in the same column."""
    return any(
        sum(slot is not None and slot.is_figure for slot in c) > 1
        for c in zip(*pieces, strict=True)
    )


def _merged(above: Line, below: Line) -> Line:
    return tuple(b if b and b.is_figure else a for a, b in zip(above, below, strict=True))
