"""Table two of the trial format of 2019, read by label.

Only 处理决定数量 of 行政许可, 行政处罚 and 行政强制 is a figure of the later form; what the other
cells count is not comparable. They are read as printed and told in a remark with their places,
never as figures: the report file has no cell for them, and its `facts` are what the clerk vouches for.
"""

from collections.abc import Sequence
from dataclasses import replace

from report_writer.forms import Form
from report_writer.forms.ogi_2019 import (
    DECISIONS,
    NOT_CONVERTED,
    OGI_2019,
    TRIAL_COLUMNS,
    TRIAL_ROWS,
)
from report_writer.readers.grid import (
    Columns,
    Line,
    Placement,
    Slot,
    TableGrid,
    has_figures,
    ignored_positions,
    label_of,
    label_texts,
    row_values,
    unknown_row,
)
from report_writer.readers.labels import ROW_VARIANTS, FormLabels, Labels, core, is_block_title
from report_writer.readers.torn import join_torn_rows

_DECISIONS = "decisions"
# The figures that only the form of 2021 asks for.
_STOCK = {"issued", "repealed", "in_force"}
_LATER = {*_STOCK, "amount"}
# What offices print instead of the official heading.
_VARIANTS = {
    "本年增/减": ("增/减", "本年增加/减少", "本年增减数量"),
    "上一年项目数量": ("上年项目数量", "上一年度项目数量"),
    "采购总金额": ("采购金额", "采购总额"),
}
_COLUMNS = Labels({name: (name, *_VARIANTS.get(name, ())) for name in TRIAL_COLUMNS})
_ROWS = Labels({name: (name,) for name in TRIAL_ROWS})
_ALL_ROWS = Labels(
    {name: (name,) for name in TRIAL_ROWS}
    | {
        row.key: (row.printed[-1], row.short, *ROW_VARIANTS.get(row.key, ()))
        for row in OGI_2019.table_by_key["proactive"].rows
    }
)
_SHOWN = 40


def is_trial_heading(text: str) -> bool:
    """Whether a column heading belongs to the trial format of 2019."""
    literal = core(text)
    return any(literal.startswith(core(heading)) for heading in TRIAL_COLUMNS)


def is_trial_row(text: str) -> bool:
    """Whether a text names a row that only the trial format has."""
    return _ROWS.exact(text) is not None


def is_trial_layout(grid: TableGrid) -> bool:
    """Whether a grid of table two has columns or rows that only the trial format has."""
    words = [text for line in grid.rows for _, text in label_texts(line)]
    return any(is_trial_heading(text) or is_trial_row(text) for text in words)


def has_later_headings(grid: TableGrid, labels: FormLabels) -> bool:
    """Whether a grid of table two has columns that only the form of 2021 has."""
    words = [text for line in grid.rows for _, text in label_texts(line)]
    return any(labels.columns["proactive"].exact(text) in _LATER for text in words)


def read_trial_proactive(
    placement: Placement, grids: Sequence[TableGrid], form: Form, labels: FormLabels
) -> None:
    """Read table two of the trial format; places the three 处理决定数量.

    In a table that mixes both forms, what stands under headings of 2021 is placed as well, and the
    cells of `form` that the older headings leave out are blank.
    """
    kept: list[str] = []
    for grid in join_torn_rows(
        grids, _ALL_ROWS, lambda line: any(_column(text, labels) for _, text in label_texts(line))
    ):
        header: Line = ()
        columns: Columns = []
        for line in map(_without_marks, grid.rows):
            words = label_texts(line)
            heads = [(i, _column(text, labels)) for i, text in words]
            if found := [(i, key) for i, key in heads if key]:
                header, columns = line, found
                continue
            if any(is_block_title(text) for _, text in words):
                header, columns = (), []
                continue
            row = next((key for _, text in words if (key := _ALL_ROWS.find(text))), None)
            if row is None:
                if has_figures(line):
                    raise placement.refuse(unknown_row(words), line)
                continue
            _row_of(placement, grid, row, line, header, columns, kept)
            _blank_rest(placement, form, row, line)
    if form is not OGI_2019:
        placement.remarks.append(
            "表二混用了2019年试行格式和现行格式的表头：现行表头下的数字照读，试行表头下的按未填处理"
        )
    if kept:
        placement.remarks.append(
            "表二为2019年试行格式的下列数字口径不同，没有转入，仅列出备查：" + "；".join(kept)
        )


def _without_marks(line: Line) -> Line:
    """Return a row in which our own mark for a figure that was not kept is an empty cell."""
    marked = (slot and slot.text.strip() == NOT_CONVERTED for slot in line)
    return tuple(
        # NOTE: a mark beside a mark looks like one merged cell to the readers of plain text.
        replace(slot, text="", covered=False) if mark and slot else slot
        for slot, mark in zip(line, marked, strict=True)
    )


def _column(text: str, labels: FormLabels) -> str | None:
    key = labels.columns["proactive"].exact(text)
    return key if key == _DECISIONS or key in _LATER else _COLUMNS.find(text)


def _blank_rest(placement: Placement, form: Form, row: str, line: Line) -> None:
    """Place blanks for the cells of a row of the form that the headings above it do not ask for."""
    known = form.table_by_key["proactive"].row_by_key.get(row)
    place = next((slot.place for slot in line if slot), "")
    for column in known.columns if known else ():
        address = f"proactive/{row}/{column}"
        if address not in placement.found and address not in form.absent:
            placement.found[address] = Slot("", place)


def _row_of(
    placement: Placement,
    grid: TableGrid,
    row: str,
    line: Line,
    header: Line,
    columns: Columns,
    kept: list[str],
) -> None:
    values = row_values(line, columns, ignored_positions([header]), rigid=grid.rigid)
    name = label_of(line)
    own = {"charges": {"amount"}, "rules": _STOCK, "normative_documents": _STOCK}.get(
        row, {_DECISIONS}
    )
    kept_keys = own & {key for _, key in columns}
    wanted = row in ("licences", "penalties", "coercive_measures")
    if wanted and not kept_keys:
        raise placement.refuse(
            f"看来是2019年试行格式的表格，但“{name}”上面没有认出表头（应有处理决定数量）", line
        )
    if values is None:
        if wanted or kept_keys:
            raise placement.refuse(f"“{name}”应有{len(columns)}个数字，不能确定各在哪一列", line)
        texts = [s.text.strip() for s in line if s and not s.covered and not s.empty][1:]
        if texts:
            kept.append(f"{name}：{'、'.join(texts)[:_SHOWN]}")
        return
    others: list[str] = []
    for (_, key), slot in zip(columns, values, strict=True):
        if key in kept_keys and row not in TRIAL_ROWS:
            placement.put(row, key, slot, line)
        elif not slot.empty:
            head = DECISIONS if key == _DECISIONS else key
            others.append(f"{head}{slot.text.strip()[:_SHOWN]}")
    if others:
        place = next((slot.place for slot in line if slot), "")
        kept.append(f"{name}（{place}）：{'、'.join(others)}")
