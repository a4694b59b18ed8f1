"""The three tables of the form, each read from its printed grids by label."""

from collections.abc import Sequence
from functools import cache

from report_writer.domain.cells import Cell
from report_writer.forms import FORMS, OGI_2019, OGI_2021, Form
from report_writer.readers.figures import figure_cell
from report_writer.readers.grid import (
    Columns,
    Line,
    Placement,
    TableGrid,
    check_subtotal,
    has_figures,
    ignored_positions,
    label_of,
    label_texts,
    leading_labels,
    recognise,
    row_values,
    to_cells,
    unknown_row,
)
from report_writer.readers.labels import (
    APPLICANTS_GROUP,
    ORGANISATION_GROUP,
    SUBTOTAL,
    FormLabels,
    core,
    is_block_title,
)
from report_writer.readers.remedies import read_remedies
from report_writer.readers.torn import join_parted_headings, join_torn_headings, join_torn_rows
from report_writer.readers.trial import has_later_headings, is_trial_layout, read_trial_proactive

_ORGANISATIONS = ("company", "research", "public_interest", "legal_service", "other")
_SINGLE_ROW = "otherwise_closed"


@cache
def labels_of(form_id: str) -> FormLabels:
    """Return the labels of a form; built once."""
    return FormLabels(FORMS[form_id])


def read_tables(
    grids: Sequence[tuple[str, TableGrid]], form: Form
) -> tuple[dict[str, Cell], list[str]]:
    """Return address → cell for recognised grids (table key, grid), and remarks for the clerk.

    A table printed in several pieces is read as one. Raises ReadError naming the place where a
    row is unknown, incomplete, doubled or missing.
    """
    labels = labels_of(form.id)
    readers = {
        "proactive": _proactive_of_any_form,
        "requests": _requests,
        "remedies": read_remedies,
    }
    cells: dict[str, Cell] = {}
    remarks: list[str] = []
    for table in form.tables:
        pieces = [grid for key, grid in grids if key == table.key]
        if not pieces:
            continue
        placement = Placement(table=table.key, name=table.name, file=pieces[0].file)
        pieces = _each_once(placement, pieces)
        readers[table.key](placement, pieces, form, labels)
        _require_all_rows(placement, form)
        cells.update(to_cells([placement], form, {table.key: pieces[0]}))
        remarks += placement.remarks
    return cells, remarks


def printed_form(grids: Sequence[tuple[str, TableGrid]]) -> Form | None:
    """Return the form whose table two stands among some grids, None where no table two is there.

    One that mixes the headings of both forms counts as the later.
    """
    second = [grid for key, grid in grids if key == "proactive"]
    if not second:
        return None
    mixed = any(has_later_headings(grid, labels_of(OGI_2021.id)) for grid in second)
    return OGI_2019 if any(map(is_trial_layout, second)) and not mixed else OGI_2021


def recognise_grid(grid: TableGrid, form: Form) -> str | None:
    """Return which table of the form a grid is, or None."""
    return recognise(grid, labels_of(form.id))


def _each_once(placement: Placement, grids: Sequence[TableGrid]) -> list[TableGrid]:
    """Return the pieces of a table without those that only repeat another (a page for telephones)."""
    seen: dict[tuple[str, ...], TableGrid] = {}
    for grid in grids:
        seen.setdefault(tuple(grid.texts()), grid)
    if len(seen) < len(grids):
        placement.remarks.append(f"{placement.name}印了不止一遍，内容相同，按一遍读取")
    return list(seen.values())


def _require_all_rows(placement: Placement, form: Form) -> None:
    table = form.table_by_key[placement.table]
    rows = {address.split("/")[1] for address in placement.found}
    wanted = [
        row
        for row in table.rows
        if any(f"{table.key}/{row.key}/{column}" not in form.absent for column in row.columns)
    ]
    missing = [row.short for row in wanted if row.key not in rows]
    if len(missing) == len(wanted):
        raise placement.refuse("表中没有一行能认出来")
    if missing:
        raise placement.refuse(f"缺少{len(missing)}行：" + "、".join(f"“{m}”" for m in missing))


# --- table two -------------------------------------------------------------------------------


def _proactive_of_any_form(
    placement: Placement, grids: Sequence[TableGrid], form: Form, labels: FormLabels
) -> None:
    if any(map(is_trial_layout, grids)):
        read_trial_proactive(placement, grids, form, labels)
    else:
        _proactive(placement, grids, form, labels)


def _proactive(
    placement: Placement, grids: Sequence[TableGrid], form: Form, labels: FormLabels
) -> None:
    rows = labels.rows["proactive"]
    heads_of = labels.columns["proactive"]
    for grid in join_torn_rows(
        grids, rows, lambda line: any(heads_of.find(text) for _, text in label_texts(line))
    ):
        header: Line = ()
        columns: Columns = []
        for line in grid.rows:
            words = label_texts(line)
            keys = [(i, rows.find(text)) for i, text in words]
            row = next((key for _, key in keys if key), None)
            if row is None:
                heads = [(i, heads_of.find(text)) for i, text in words]
                if found := [(i, key) for i, key in heads if key]:
                    header, columns = line, found
                    _refuse_other_unit(placement, line)
                elif any(is_block_title(text) for _, text in words):
                    header, columns = (), []
                elif has_figures(line):
                    raise placement.refuse(unknown_row(words), line)
                continue
            _proactive_row(placement, grid, row, line, header, columns, form)


def _proactive_row(
    placement: Placement,
    grid: TableGrid,
    row: str,
    line: Line,
    header: Line,
    columns: Columns,
    form: Form,
) -> None:
    wanted = form.table_by_key["proactive"].row_by_key[row].columns
    if sorted(key for _, key in columns) != sorted(wanted):
        names = "、".join(form.table_by_key["proactive"].column_by_key[k].label for k in wanted)
        raise placement.refuse(f"“{label_of(line)}”上面没有认出表头（应为{names}）", line)
    ignored = ignored_positions([header])
    if len(wanted) > 1:
        values = row_values(line, columns, ignored, rigid=grid.rigid)
        if values is None:
            raise placement.refuse(
                f"“{label_of(line)}”应有{len(wanted)}个数字，不能确定各在哪一列", line
            )
        for (_, key), slot in zip(columns, values, strict=True):
            placement.put(row, key, slot, line)
        return
    start = min(i for i, _ in label_texts(line)) + 1
    behind = [
        s for i, s in enumerate(line) if s and i >= start and not s.covered and i not in ignored
    ]
    filled = [slot for slot in behind if not slot.empty]
    if not behind or len({slot.text.strip() for slot in filled}) > 1:
        raise placement.refuse(f"“{label_of(line)}”应只有1个数字，读到{len(filled)}个", line)
    placement.put(row, wanted[0], filled[0] if filled else behind[0], line)


def _refuse_other_unit(placement: Placement, line: Line) -> None:
    for _, text in label_texts(line):
        name = core(text)
        if "收费金额" in name and name.endswith("元") and not name.endswith("万元"):
            raise placement.refuse(f"“{text.strip()}”的单位不是万元，请先换算", line)


# --- table three -----------------------------------------------------------------------------


def _requests(
    placement: Placement, grids: Sequence[TableGrid], form: Form, labels: FormLabels
) -> None:
    columns: Columns = []
    shifted: list[str] = []
    known_rows: set[str] = set()
    width = -1

    def is_header(line: Line) -> bool:
        return _is_request_header(line, labels)

    grids = join_torn_headings(grids, labels.columns["requests"], is_header)
    grids = join_parted_headings(grids, labels, is_header)
    for grid in join_torn_rows(grids, labels.rows["requests"], is_header):
        header = [i for i, line in enumerate(grid.rows) if _is_request_header(line, labels)]
        above = range(0, header[-1] + 1) if header and header[0] <= 3 else ()
        header_lines = [grid.rows[i] for i in sorted({*header, *above})]
        ignored = ignored_positions(header_lines)
        here = len(grid.rows[0]) if grid.rows else 0
        # NOTE: a piece without headings has those of the piece above, if it is as wide.
        rigid = grid.rigid and (bool(header) or here == width)
        width = here
        if header:
            columns = _request_columns(placement, header_lines, labels, rigid=rigid)
        for i, line in enumerate(grid.rows):
            if i in header or i in above:
                continue
            row = _request_row(placement, line, columns, labels, rigid=rigid)
            if row is None:
                continue
            if not columns:
                raise placement.refuse("没有认出表头（自然人、商业企业……总计）", line)
            values = row_values(line, columns, ignored, rigid=rigid)
            if values is None:
                raise placement.refuse(
                    f"“{label_of(line)}”应有{len(columns)}个数字，"
                    f"读到{sum(s is not None and s.is_figure for s in line)}个，不能确定各在哪一列",
                    line,
                )
            by_key = {key: slot for (_, key), slot in zip(columns, values, strict=True)}
            check_subtotal(placement, line, by_key, _ORGANISATIONS)
            for key, slot in by_key.items():
                if key != SUBTOTAL:
                    placement.put(row, key, slot, line)
            known_rows.add(row)
            if not grid.rigid and _lost_cells(row, line, form):
                place = next((slot.place for slot in line if slot), "")
                shifted.append(f"“{label_of(line)}”（{place}）")
    if _SINGLE_ROW in known_rows:
        _split_single_row(placement, form)
    if shifted:
        placement.remarks.append(
            f"表三有{len(shifted)}行前面少了单元格，已按行名、从右边对齐读取：{'、'.join(shifted)}"
        )


def _is_request_header(line: Line, labels: FormLabels) -> bool:
    if has_figures(line):
        return False
    words = [text for _, text in label_texts(line)]
    heads = {labels.heads.exact(text) for text in words} - {None}
    columns = {labels.columns["requests"].find(text) for text in words} - {None, "other", "total"}
    return bool(heads) or len(columns) > 0


def _request_columns(
    placement: Placement, header: Sequence[Line], labels: FormLabels, *, rigid: bool
) -> Columns:
    """Return position and key of the seven columns (eight with 小计), from left to right."""
    found: list[list[tuple[int, str]]] = []
    for line in header:
        keys = [
            (i, labels.heads.exact(text) or labels.columns["requests"].find(text))
            for i, text in label_texts(line)
        ]
        found.append([(i, key) for i, key in keys if key])
    leaves = [
        pair
        for row in found
        for pair in row
        if pair[1] not in (APPLICANTS_GROUP, ORGANISATION_GROUP)
    ]
    wanted = {"natural_person", *_ORGANISATIONS, "total"}
    keys_found = [key for _, key in leaves if key != SUBTOTAL]
    if sorted(keys_found) != sorted(wanted) or sum(key == SUBTOTAL for _, key in leaves) > 1:
        raise placement.refuse(
            f"表头应有自然人、五类组织和总计七列，读到{len(keys_found)}列", header[0]
        )
    order = _order_of_headings(found)
    distinct = len({i for i, _ in leaves}) == len(leaves)
    grouped = any(key == ORGANISATION_GROUP for row in found for _, key in row)
    if len([row for row in found if row]) > 1 and not grouped and order[-1] != "total":
        # NOTE: without the heading above them, the organisations slide to the right of 总计.
        raise placement.refuse("表头没有“法人或其他组织”一格，不能确定各列的顺序", header[0])
    # NOTE: a span that reaches too far moves headings sideways; then position and nesting disagree.
    if distinct and order != [key for _, key in sorted(leaves)]:
        raise placement.refuse("表头的位置和层次对不上，不能确定各列的顺序", header[0])
    return sorted(leaves) if rigid and distinct else list(enumerate(order))


def _order_of_headings(found: Sequence[Sequence[tuple[int, str]]]) -> list[str]:
    """Return the columns in order from the nesting of the headings, where positions mean nothing."""
    top = next(row for row in found if any(key == "natural_person" for _, key in row))
    inner = [key for row in found for _, key in row if key in _ORGANISATIONS or key == SUBTOTAL]
    order: list[str] = []
    for _, key in top:
        if key == ORGANISATION_GROUP:
            order += [k for k in inner if k not in order]
        elif key != APPLICANTS_GROUP and key not in order:
            order.append(key)
    order += [k for k in inner if k not in order]
    if "total" not in order:
        above = next(row for row in found if any(key == "total" for _, key in row))
        first = above[0][1] == "total"
        order = ["total", *order] if first else [*order, "total"]
    return order


def _request_row(
    placement: Placement, line: Line, columns: Columns, labels: FormLabels, *, rigid: bool
) -> str | None:
    """Return the row a line holds; None for a heading without figures."""
    positions = {i for i, _ in columns} if rigid else set()
    words = leading_labels(line)
    names = [text for i, text in words if i not in positions] or [text for _, text in words]
    filled = has_figures(line)
    if not names:
        if filled:
            raise placement.refuse("有数字而没有行名", line)
        return None
    leaf = names[-1]
    row = labels.rows["requests"].find(leaf)
    if row is not None:
        if not filled and not rigid and len([s for s in line if s]) <= len(columns):
            return None
        return row
    group = labels.groups.exact(leaf)
    if group == _SINGLE_ROW and (filled or (rigid and len(names) <= 2)):
        return _SINGLE_ROW
    if filled:
        raise placement.refuse(unknown_row(words), line)
    return None


def _lost_cells(row: str, line: Line, form: Form) -> bool:
    if row == _SINGLE_ROW:
        return False
    printed = form.table_by_key["requests"].row_by_key[row].printed
    return max(i for i, _ in label_texts(line)) < len(printed) - 1


def _split_single_row(placement: Placement, form: Form) -> None:
    """Read the single row 其他处理 of older layouts as its third sub-row (domain 1.8).

    The first two are 0 where the printed figure is 0 and blank otherwise.
    """
    rows = [row for row in form.table_by_key["requests"].groups[_SINGLE_ROW]]
    printed = {a: s for a, s in placement.found.items() if a.split("/")[1] == _SINGLE_ROW}
    for address in printed:
        del placement.found[address]
    if any(a.split("/")[1] in rows for a in placement.found):
        filled = [s for s in printed.values() if not s.empty]
        if filled:
            raise placement.refuse(
                "“（六）其他处理”既有自己的数字又有分项，不能判断是不是小计", tuple(filled)
            )
        return
    *others, last = rows
    for address, slot in printed.items():
        column = address.split("/")[2]
        placement.found[f"requests/{last}/{column}"] = slot
        zero = figure_cell(slot.text, decimal=False).value == 0
        for row in others:
            placement.found[f"requests/{row}/{column}"] = (
                slot if zero else type(slot)("", slot.place)
            )
    placement.remarks.append(
        "表三“（六）其他处理”只印了一行，数字计入“3.其他”；前两项为0的列记0，其余留空"
    )
