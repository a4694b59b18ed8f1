"""国办公开办函〔2019〕60号（试行）：the form for the reports of 2019 and 2020.

Source: 《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》and its annex.
Tables three and four are those of 2021, except that 其他处理 is one row. Table two counts other
things: only 处理决定数量 became a figure of the form of 2021. Cell addresses are those of 2021; what
this form does not print is `absent`, and what it alone prints is not kept as a figure.
"""

from report_writer.forms._form import Form, Grid, GridCell, Row, TableForm
from report_writer.forms.ogi_2021 import (
    OUTCOME_GROUPS,
    PROACTIVE,
    RECONCILIATIONS,
    REMEDIES,
    REQUESTS,
    SECTIONS,
    TOPICS,
    requests_grid,
)

# What stands in a printed cell whose figure has no place in the form of 2021.
NOT_CONVERTED = "〔未转换〕"

# NOTE: the form is a table; one line a block reads best. Row without key: no figure of it is kept.
# fmt: off
_ITEMS = ("上一年项目数量", "本年增/减", "处理决定数量")
_BLOCKS: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]], ...] = (
    ("第二十条第（一）项", ("本年新制作数量", "本年新公开数量", "对外公开总数量"),
     (("rules", "规章"), ("normative_documents", "规范性文件"))),
    ("第二十条第（五）项", _ITEMS, (("licences", "行政许可"), ("", "其他对外管理服务事项"))),
    ("第二十条第（六）项", _ITEMS, (("penalties", "行政处罚"), ("coercive_measures", "行政强制"))),
    ("第二十条第（八）项", _ITEMS[:2], (("charges", "行政事业性收费"),)),
    ("第二十条第（九）项", ("采购项目数量", "采购总金额"), (("", "政府集中采购"),)),
)
# fmt: on
TRIAL_ROWS = ("其他对外管理服务事项", "政府集中采购")
TRIAL_COLUMNS = tuple(
    dict.fromkeys(head for _, heads, _ in _BLOCKS for head in heads if head != "处理决定数量")
)
DECISIONS = "处理决定数量"
_SINGLE = "otherwise_closed"
_OTHER = OUTCOME_GROUPS[_SINGLE][-1]


def _proactive_row(row: Row) -> Row:
    printed = {key: label for _, _, rows in _BLOCKS for key, label in rows if key}[row.key]
    return row.model_copy(update={"printed": (printed,), "help": ""})


def _proactive_grid() -> Grid:
    cells: list[GridCell] = []
    line = 0
    for title, heads, rows in _BLOCKS:
        cells.append(GridCell(row=line, column=0, colspan=4, text=title, header=True))
        cells.append(GridCell(row=line + 1, column=0, text="信息内容", header=True))
        # NOTE: two headings share the three columns as one and two.
        places = [(1, 1), (2, 1), (3, 1)] if len(heads) == 3 else [(1, 1), (2, 2)]
        cells += [
            GridCell(row=line + 1, column=column, colspan=span, text=head, header=True)
            for (column, span), head in zip(places, heads, strict=True)
        ]
        for offset, (key, label) in enumerate(rows, start=2):
            cells.append(GridCell(row=line + offset, column=0, text=label, header=True))
            for (column, span), head in zip(places, heads, strict=True):
                kept = bool(key) and head == DECISIONS
                cells.append(
                    GridCell(
                        row=line + offset,
                        column=column,
                        colspan=span,
                        text="" if kept else NOT_CONVERTED,
                        address=f"proactive/{key}/decisions" if kept else None,
                    )
                )
        line += 2 + len(rows)
    return Grid(rows=line, columns=4, header_rows=0, cells=tuple(cells))


def _request_rows() -> tuple[Row, ...]:
    """Return the rows as printed: 其他处理 is one, and holds what later became its third."""
    rows: list[Row] = []
    for row in REQUESTS.rows:
        if row.key == _OTHER:
            rows.append(row.model_copy(update={"printed": ("", "（六）其他处理")}))
        elif not row.key.startswith(_SINGLE + "."):
            rows.append(row)
    return tuple(rows)


_PROACTIVE_2019 = TableForm(
    key="proactive",
    section="proactive",
    name=PROACTIVE.name,
    columns=tuple(
        column.model_copy(update={"label": DECISIONS}) if column.key == "decisions" else column
        for column in PROACTIVE.columns
    ),
    rows=tuple(_proactive_row(row) for row in PROACTIVE.rows),
    grid=_proactive_grid(),
)
_REQUESTS_2019 = TableForm(
    key="requests",
    section="requests",
    name=REQUESTS.name,
    columns=REQUESTS.columns,
    rows=REQUESTS.rows,
    grid=requests_grid(
        _request_rows(), {g: rows for g, rows in OUTCOME_GROUPS.items() if g != _SINGLE}
    ),
    groups=OUTCOME_GROUPS,
)

OGI_2019 = Form(
    id="ogi_2019",
    title="政府信息公开工作年度报告",
    citation="国办公开办函〔2019〕60号",
    first_year=2019,
    sections=SECTIONS,
    topics=TOPICS,
    tables=(_PROACTIVE_2019, _REQUESTS_2019, REMEDIES),
    reconciliations=RECONCILIATIONS,
    absent=frozenset(
        address
        for table in (PROACTIVE, REQUESTS)
        for address in table.addresses
        if (table is PROACTIVE and not address.endswith("/decisions"))
        or address.split("/")[1] in OUTCOME_GROUPS[_SINGLE][:-1]
    ),
)
