"""A report whose every figure is another number, spoiled in many ways, in every format.

The three tables are kept as rows of cells with spans, as HTML has them: a lost cell moves its right
neighbours, as it does in real files. Each way of spoiling is either `harmless` (nothing is lost, so
the file must be read right) or not (it must be read right, or refused, or leave blanks; never give
another number).
"""

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from html import escape

from report_writer.domain.cells import Cell as Figure
from report_writer.domain.report import Agency, AnnualReport
from report_writer.exporters.to_xlsx import form_bytes
from report_writer.forms import OGI_2021

TITLE = "清河市水利局2024年政府信息公开工作年度报告"
PROSE = {
    "overview": "全年工作平稳。",
    "problems": "人手少。",
    "other_matters": "没有收取信息处理费。",
}
VALUES = {address: 1003 + 7 * i for i, address in enumerate(OGI_2021.addresses)}
FORMATS = (".html", ".md", ".txt", ".docx", ".xlsx")
_HEADER = {"proactive": 0, "requests": 3, "remedies": 3}


@dataclass(frozen=True)
class Cell:
    text: str
    rowspan: int = 1
    colspan: int = 1

    @property
    def figure(self) -> bool:
        return self.text.isdigit()


Rows = list[list[Cell]]


@dataclass
class Spoiled:
    """The three tables, and how the file is to be written.

    `fixed`: cells have addresses, as in a worksheet; what is lost leaves a hole and moves nothing.
    """

    tables: dict[str, Rows]
    fixed: bool = False
    encoding: str = "utf-8"
    cut: float = 1.0
    unclosed: bool = False
    truth: dict[str, int] = field(default_factory=lambda: dict(VALUES))


def fresh() -> Spoiled:
    tables: dict[str, Rows] = {}
    for table in OGI_2021.tables:
        rows: Rows = [[] for _ in range(table.grid.rows)]
        for cell in sorted(table.grid.cells, key=lambda c: (c.row, c.column)):
            text = str(VALUES[cell.address]) if cell.address else cell.text
            rows[cell.row].append(Cell(text, cell.rowspan, cell.colspan))
        tables[table.key] = rows
    return Spoiled(tables)


def positions(rows: Rows) -> Iterator[list[tuple[Cell, bool]]]:
    """Yield every row by position: the cell there, and whether it begins there."""
    pending: dict[int, tuple[Cell, int]] = {}
    for cells in rows:
        line: list[tuple[Cell, bool]] = []

        def carry(line: list[tuple[Cell, bool]] = line) -> None:
            while len(line) in pending:
                at = len(line)
                cell, left = pending.pop(at)
                line.append((cell, False))
                if left > 1:
                    pending[at] = (cell, left - 1)

        for cell in cells:
            carry()
            for offset in range(cell.colspan):
                if cell.rowspan > 1:
                    pending[len(line)] = (cell, cell.rowspan - 1)
                line.append((cell, offset == 0))
        carry()
        yield line


# --- writing ---------------------------------------------------------------------------------


def written(spoiled: Spoiled, suffix: str) -> bytes:
    """The file of a spoiled report."""
    if suffix == ".xlsx":
        data = _xlsx(spoiled)
    elif suffix == ".docx":
        data = _docx(spoiled)
    elif suffix == ".html":
        data = _html(spoiled).encode(spoiled.encoding)
    else:
        data = _text(spoiled, pipes=suffix == ".md").encode(spoiled.encoding)
    return data[: int(len(data) * spoiled.cut)]


def _blocks(spoiled: Spoiled) -> Iterator[tuple[str, str | Rows]]:
    yield "title", TITLE
    for section in OGI_2021.sections:
        yield "heading", section.heading
        if section.table:
            yield "table", spoiled.tables[section.table]
        else:
            yield "text", PROSE[section.key]


def _html(spoiled: Spoiled) -> str:
    charset = "gb2312" if spoiled.encoding == "gb18030" else spoiled.encoding
    parts = [f'<html><head><meta charset="{charset}"></head><body>']
    for kind, block in _blocks(spoiled):
        if isinstance(block, str):
            tag = {"title": "h1", "heading": "p", "text": "p"}[kind]
            parts.append(f"<{tag}>{escape(block)}</{tag}>")
            continue
        end = ("", "") if spoiled.unclosed else ("</td>", "</tr>")
        lines = [
            "<tr>"
            + "".join(
                f"<td rowspan={c.rowspan} colspan={c.colspan}><p>{escape(c.text)}{end[0]}"
                for c in row
            )
            + end[1]
            for row in block
        ]
        parts.append("<table>" + "\n".join(lines) + "</table>")
    return "\n".join([*parts, "</body></html>"])


def _text(spoiled: Spoiled, *, pipes: bool) -> str:
    parts: list[str] = []
    for kind, block in _blocks(spoiled):
        if isinstance(block, str):
            mark = {"title": "# ", "heading": "## ", "text": ""}[kind]
            parts.append((mark if pipes else "") + block)
            continue
        lines = [[c.text if begins else "" for c, begins in row] for row in positions(block)]
        if pipes:
            pipe = [f"| {' | '.join(line)} |" for line in lines]
            parts.append("\n".join([pipe[0], "|" + "---|" * len(lines[0]), *pipe[1:]]))
        else:
            parts.append("\n".join("\t".join(line) for line in lines))
    return "\n\n".join(parts) + "\n"


def _docx(spoiled: Spoiled) -> bytes:
    body: list[str] = []
    for _, block in _blocks(spoiled):
        if isinstance(block, str):
            body.append(f"<w:p><w:r><w:t>{escape(block)}</w:t></w:r></w:p>")
            continue
        width = max(len(row) for row in positions(block))
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        body.append(
            f'<w:tbl><w:tblPr><w:tblW w:w="9600" w:type="dxa"/><w:tblBorders>{borders}'
            f"</w:tblBorders></w:tblPr><w:tblGrid>"
            + f'<w:gridCol w:w="{9600 // width}"/>' * width
            + "</w:tblGrid>"
        )
        for row in positions(block):
            body.append("<w:tr>")
            at = 0
            while at < len(row):
                cell, begins = row[at]
                merge = ""
                if cell.rowspan > 1:
                    merge = '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
                text = escape(cell.text) if begins else ""
                body.append(
                    f'<w:tc><w:tcPr><w:gridSpan w:val="{cell.colspan}"/>{merge}</w:tcPr>'
                    f'<w:p><w:r><w:rPr><w:sz w:val="12"/></w:rPr><w:t>{text}</w:t></w:r></w:p></w:tc>'
                )
                at += cell.colspan
            body.append("</w:tr>")
        body.append("</w:tbl>")
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    kinds = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{head}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{kinds}/relationships"><Relationship Id="r1" '
        f'Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{"".join(body)}</w:body></w:document>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + content)
    return stream.getvalue()


def _xlsx(spoiled: Spoiled) -> bytes:
    from openpyxl import load_workbook

    tables = OGI_2021.complete({a: Figure.number(v) for a, v in VALUES.items()})
    report = AnnualReport(
        form="ogi_2021", year=2024, agency=Agency(name="清河市水利局"), tables=tables, sections=PROSE
    )  # fmt: skip
    workbook = load_workbook(io.BytesIO(form_bytes(report)))
    for table in OGI_2021.tables:
        index = workbook.sheetnames.index(table.name)
        del workbook[table.name]
        sheet = workbook.create_sheet(table.name, index)
        for i, row in enumerate(positions(spoiled.tables[table.key]), start=1):
            for j, (cell, begins) in enumerate(row, start=1):
                if begins and cell.text:
                    sheet.cell(i, j).value = int(cell.text) if cell.figure else cell.text
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


# --- spoiling --------------------------------------------------------------------------------

Spoil = Callable[[Spoiled, random.Random], None]


def body(spoiled: Spoiled, key: str) -> list[int]:
    return [i for i, row in enumerate(spoiled.tables[key]) if any(c.figure for c in row)]


def some_row(spoiled: Spoiled, rnd: random.Random) -> list[Cell]:
    key = rnd.choice(["proactive", "requests", "requests", "remedies"])
    return spoiled.tables[key][rnd.choice(body(spoiled, key))]


def every_cell(spoiled: Spoiled, change: Callable[[Cell], Cell]) -> None:
    for rows in spoiled.tables.values():
        for row in rows:
            row[:] = [change(cell) for cell in row]


def drop_figure(spoiled: Spoiled, rnd: random.Random) -> None:
    row = some_row(spoiled, rnd)
    at = rnd.choice([i for i, c in enumerate(row) if c.figure])
    row[at : at + 1] = [replace(row[at], text="")] if spoiled.fixed else []


def join_figures(spoiled: Spoiled, rnd: random.Random) -> None:
    row = spoiled.tables["requests"][rnd.choice(body(spoiled, "requests"))]
    at = rnd.choice([i for i, c in enumerate(row) if c.figure][:-1])
    joined = Cell(f"{row[at].text}{rnd.choice(' 　')}{row[at + 1].text}")
    row[at : at + 2] = [joined, Cell("")] if spoiled.fixed else [joined]


def drop_row(spoiled: Spoiled, rnd: random.Random) -> None:
    key = rnd.choice(["proactive", "requests"])
    del spoiled.tables[key][rnd.choice(body(spoiled, key))]


def repeat_row(spoiled: Spoiled, rnd: random.Random) -> None:
    key = rnd.choice(["proactive", "requests", "remedies"])
    i = rnd.choice(body(spoiled, key))
    again = [replace(c, text="8", rowspan=1) if c.figure else c for c in spoiled.tables[key][i]]
    spoiled.tables[key].insert(i + 1, again)


def unknown_label(spoiled: Spoiled, rnd: random.Random) -> None:
    key = rnd.choice(["proactive", "requests"])
    row = spoiled.tables[key][rnd.choice(body(spoiled, key))]
    at = max(i for i, c in enumerate(row) if not c.figure)
    row[at] = replace(row[at], text="9.另外一类事情")


def no_label(spoiled: Spoiled, rnd: random.Random) -> None:
    key = rnd.choice(["proactive", "requests"])
    row = spoiled.tables[key][rnd.choice(body(spoiled, key))]
    at = max(i for i, c in enumerate(row) if not c.figure)
    row[at] = replace(row[at], text="")


def drop_heading(spoiled: Spoiled, rnd: random.Random) -> None:
    key = rnd.choice(["requests", "remedies"])
    row = spoiled.tables[key][rnd.randrange(1, _HEADER[key])]
    del row[rnd.randrange(len(row))]


def unheaded_column(spoiled: Spoiled, rnd: random.Random) -> None:
    key = rnd.choice(["proactive", "requests", "remedies"])
    for i in body(spoiled, key):
        spoiled.tables[key][i].append(Cell("55"))


def words_for_a_figure(spoiled: Spoiled, rnd: random.Random) -> None:
    row = some_row(spoiled, rnd)
    at = rnd.choice([i for i, c in enumerate(row) if c.figure])
    row[at] = replace(row[at], text=rnd.choice(["约十件", "-", "见附件", "12.5", "N/A"]))


def cut_off(spoiled: Spoiled, rnd: random.Random) -> None:
    spoiled.cut = rnd.uniform(0.2, 0.97)


def wide_span(spoiled: Spoiled, rnd: random.Random) -> None:
    row = some_row(spoiled, rnd)
    at = rnd.choice([i for i, c in enumerate(row) if c.figure])
    row[at] = replace(row[at], colspan=2)


def remark_column(spoiled: Spoiled, rnd: random.Random) -> None:
    rows = spoiled.tables["requests"]
    rows[0].append(Cell("备注", rowspan=3))
    for i in body(spoiled, "requests"):
        rows[i].append(Cell(rnd.choice(["", "无误", "已核"])))


def serial_column(spoiled: Spoiled, rnd: random.Random) -> None:
    rows = spoiled.tables["requests"]
    rows[0].insert(0, Cell("序号", rowspan=3))
    for number, i in enumerate(body(spoiled, "requests"), start=1):
        rows[i].insert(0, Cell(str(number)))


def subtotal_column(spoiled: Spoiled, rnd: random.Random) -> None:
    rows = spoiled.tables["requests"]
    rows[0][1] = replace(rows[0][1], colspan=8)
    rows[1][1] = replace(rows[1][1], colspan=6)
    rows[2].append(Cell("小计"))
    for i in body(spoiled, "requests"):
        figures = [int(c.text) for c in rows[i] if c.figure]
        rows[i].insert(len(rows[i]) - 1, Cell(str(sum(figures[1:6]))))


def other_encoding(spoiled: Spoiled, rnd: random.Random) -> None:
    spoiled.encoding = rnd.choice(["gb18030", "utf-8-sig"])


def unclosed_tags(spoiled: Spoiled, rnd: random.Random) -> None:
    spoiled.unclosed = True


def listed_variants(spoiled: Spoiled, rnd: random.Random) -> None:
    other = {
        "行政规范性文件": "规范性文件",
        "2.其他法律行政法规禁止公开": "2.其他法律行政止公开",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "（二）部分公开",
        "四、结转下年度继续办理": "四、结转下年度办理",
        "（七）总计": "（七）合计",
        "3.危及“三安全一稳定”": '3.危及"三安全一稳定"',
        "法人或其他组织": "法人和其他组织",
    }
    for text in rnd.sample(sorted(other), rnd.randint(1, len(other))):
        every_cell(spoiled, lambda c, t=text: replace(c, text=other[t]) if c.text == t else c)


def half_width(spoiled: Spoiled, rnd: random.Random) -> None:
    table = str.maketrans("（）：，", "():,")
    every_cell(spoiled, lambda c: replace(c, text=c.text.translate(table)))


def full_width_digits(spoiled: Spoiled, rnd: random.Random) -> None:
    table = str.maketrans("0123456789", "０１２３４５６７８９")
    every_cell(spoiled, lambda c: replace(c, text=c.text.translate(table)) if c.figure else c)


def separators_and_units(spoiled: Spoiled, rnd: random.Random) -> None:
    unit = rnd.choice(["", "件"])
    every_cell(
        spoiled,
        lambda c: replace(c, text=f"{int(c.text):,}{unit}") if c.figure and c.colspan < 3 else c,
    )


def lost_group_cell(spoiled: Spoiled, rnd: random.Random) -> None:
    """The cells of 三、本年度办理结果 or of its groups are gone; all rows below slide left."""
    rows = spoiled.tables["requests"]
    groups = [(i, c) for i, row in enumerate(rows) for c in row if c.rowspan > 2 and i > 2]
    i, cell = rnd.choice(groups)
    rows[i].remove(cell)


def other_row_order(spoiled: Spoiled, rnd: random.Random) -> None:
    rows = spoiled.tables["requests"]
    block = rnd.choice([(8, 15), (16, 18), (19, 23)])
    part = rows[block[0] : block[1]]
    rnd.shuffle(part)
    rows[block[0] : block[1]] = part


def other_column_order(spoiled: Spoiled, rnd: random.Random) -> None:
    rows = spoiled.tables["requests"]
    left, right = rnd.sample(range(5), 2)
    rows[2][left], rows[2][right] = rows[2][right], rows[2][left]
    for i in body(spoiled, "requests"):
        first = len(rows[i]) - 6
        a, b = first + left, first + right
        rows[i][a], rows[i][b] = rows[i][b], rows[i][a]


HARMLESS: dict[str, tuple[Spoil, tuple[str, ...]]] = {
    "备注列": (remark_column, FORMATS),
    "序号列": (serial_column, FORMATS),
    "小计列": (subtotal_column, FORMATS),
    "编码": (other_encoding, (".html", ".md", ".txt")),
    "标签未闭合": (unclosed_tags, (".html",)),
    "行名变体": (listed_variants, FORMATS),
    "半角标点": (half_width, FORMATS),
    "全角数字": (full_width_digits, FORMATS),
    "千分位和单位": (separators_and_units, FORMATS),
    "缺分组格": (lost_group_cell, FORMATS),
    "行序不同": (other_row_order, FORMATS),
    "列序不同": (other_column_order, FORMATS),
}
HARMFUL: dict[str, tuple[Spoil, tuple[str, ...]]] = {
    "缺数字格": (drop_figure, FORMATS),
    "两数并格": (join_figures, FORMATS),
    "缺一行": (drop_row, FORMATS),
    "行重复": (repeat_row, FORMATS),
    "行名不识": (unknown_label, FORMATS),
    "缺行名": (no_label, FORMATS),
    "缺表头格": (drop_heading, FORMATS),
    "无名列": (unheaded_column, FORMATS),
    "文字代数": (words_for_a_figure, FORMATS),
    "跨格过宽": (wide_span, FORMATS),
    "文件截断": (cut_off, FORMATS),
}


def spoil(suffix: str, seed: int, *, harmless: bool) -> tuple[str, bytes]:
    """The name of a way of spoiling, and the file spoiled that way; the seed decides both."""
    rnd = random.Random(f"{suffix}{seed}{harmless}")
    ways = {
        name: way for name, (way, formats) in (HARMLESS if harmless else HARMFUL).items()
        if suffix in formats
    }  # fmt: skip
    names = sorted(ways)
    name = names[seed % len(names)]
    spoiled = fresh()
    spoiled.fixed = suffix == ".xlsx"
    ways[name](spoiled, rnd)
    return name, written(spoiled, suffix)


def verdict(report: AnnualReport) -> tuple[str, list[str]]:
    """`right`, `wrong` or `blanks`, and the addresses that differ."""
    if report.tables is None:
        return "blanks", []
    values = {address: report.tables.value(address) for address in VALUES}
    wrong = [a for a, v in values.items() if v is not None and v != Decimal(VALUES[a])]
    if wrong:
        return "wrong", wrong
    return ("right", []) if None not in values.values() else ("blanks", [])
