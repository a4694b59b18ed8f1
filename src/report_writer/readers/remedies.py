"""Table four of the form, read by label: three bodies of five figures, printed wide or tall."""

from collections.abc import Sequence

from report_writer.forms import Form
from report_writer.readers.grid import (
    Columns,
    Line,
    Placement,
    TableGrid,
    aligned,
    has_figures,
    ignored_positions,
    label_of,
    label_texts,
    row_values,
    unknown_row,
)
from report_writer.readers.labels import FormLabels

_BODIES = ("reconsideration", "direct_litigation", "litigation_after_reconsideration")
_RESULTS = ("upheld", "corrected", "other_outcome", "pending", "total")


def read_remedies(
    placement: Placement, grids: Sequence[TableGrid], form: Form, labels: FormLabels
) -> None:
    """Read table four from its pieces: one row of fifteen figures, or three rows of five."""
    lines = [line for grid in grids for line in grid.rows]
    rigid = all(grid.rigid for grid in grids)
    rows, results = labels.rows["remedies"], labels.columns["remedies"]
    tall = [
        line
        for line in lines
        if has_figures(line) and any(rows.find(t) for _, t in label_texts(line))
    ]
    if tall:
        _tall_remedies(placement, lines, labels, rigid=rigid)
        return
    heads = [
        i
        for i, line in enumerate(lines)
        if any(results.find(t) or rows.find(t) for _, t in label_texts(line))
    ]
    header = [line for i, line in enumerate(lines) if i <= max(heads, default=-1)]
    body = [line for line in lines[len(header) :] if has_figures(line)] or lines[
        len(header) : len(header) + 1
    ]
    if stray := next((line for line in header if has_figures(line)), None):
        raise placement.refuse("表头里有数字", stray)
    if len(body) != 1:
        raise placement.refuse(f"表头下应有一行数字，读到{len(body)}行", body[1] if body else None)
    columns = _remedy_columns(placement, header, labels, rigid=rigid)
    pairs: Columns = [(i, f"{row}/{column}") for i, row, column in columns]
    ignored = ignored_positions(header)
    # NOTE: the row has no name that could have slid: words under a heading are an illegal value.
    fitting = aligned(body[0], pairs, ignored) if rigid else None
    values = fitting or row_values(body[0], pairs, ignored, rigid=rigid)
    if values is None or (fitting is None and any(slot.is_label for slot in values)):
        filled = sum(slot is not None and slot.is_figure for slot in body[0])
        raise placement.refuse(f"应有15个数字，读到{filled}个，不能确定各在哪一列", body[0])
    for (_, pair), slot in zip(pairs, values, strict=True):
        row, column = pair.split("/")
        placement.put(row, column, slot, body[0])


def _remedy_columns(
    placement: Placement, header: Sequence[Line], labels: FormLabels, *, rigid: bool
) -> list[tuple[int, str, str]]:
    """Return position, row and column key of the fifteen figures, from left to right."""
    block: dict[int, str] = {}
    result: dict[int, str] = {}
    for line in header:
        current: str | None = None
        for i, slot in enumerate(line):
            if slot is None:
                continue
            if not slot.empty:
                current = labels.rows["remedies"].find(slot.text)
                if column := labels.columns["remedies"].find(slot.text):
                    result[i] = column
                    current = None
            if current:
                block[i] = current
    placed = [(i, block[i], result[i]) for i in sorted(result) if i in block]
    if len(placed) == 15 and len({pair[1:] for pair in placed}) == 15:
        return placed
    return _remedy_sequence(placement, header, labels)


def _remedy_sequence(
    placement: Placement, header: Sequence[Line], labels: FormLabels
) -> list[tuple[int, str, str]]:
    """Return the fifteen columns from the order of the headings, where positions mean nothing."""
    words = [text for line in header for _, text in label_texts(line)]
    blocks = [key for key in (labels.rows["remedies"].find(text) for text in words) if key]
    results = [key for key in (labels.columns["remedies"].find(text) for text in words) if key]
    groups = [results[i : i + 5] for i in range(0, len(results), 5)]
    # NOTE: without positions only the official order is proof enough of what stands where.
    if groups != [list(_RESULTS)] * 3 or tuple(blocks) != _BODIES:
        raise placement.refuse(
            "没有认出表头（行政复议、未经复议直接起诉、复议后起诉各五列）",
            header[0] if header else None,
        )
    flat = [(row, column) for row, group in zip(blocks, groups, strict=True) for column in group]
    return [(i, row, column) for i, (row, column) in enumerate(flat)]


def _tall_remedies(
    placement: Placement, lines: Sequence[Line], labels: FormLabels, *, rigid: bool
) -> None:
    columns: Columns = []
    ignored: frozenset[int] = frozenset()
    for line in lines:
        words = label_texts(line)
        rows = [key for key in (labels.rows["remedies"].find(text) for _, text in words) if key]
        if not has_figures(line):
            found = [(i, labels.columns["remedies"].find(text)) for i, text in words]
            if len([key for _, key in found if key]) >= 2:
                columns = [(i, key) for i, key in found if key]
                ignored = ignored_positions([line])
            continue
        if len(rows) != 1:
            raise placement.refuse(unknown_row(words), line)
        if len({key for _, key in columns}) != 5 or len(columns) != 5:
            raise placement.refuse(
                "没有认出表头（结果维持、结果纠正、其他结果、尚未审结、总计）", line
            )
        values = row_values(line, columns, ignored, rigid=rigid)
        if values is None:
            raise placement.refuse(f"“{label_of(line)}”应有5个数字，不能确定各在哪一列", line)
        for (_, key), slot in zip(columns, values, strict=True):
            placement.put(rows[0], key, slot, line)
