"""A flow of paragraphs and tables → `AnnualReport`: shared by every reader of running text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from report_writer.domain.cells import CellKind, Tables
from report_writer.domain.report import Agency, AgencyKind, AnnualReport, Scope
from report_writer.forms import OGI_2021, Form, form_for_year
from report_writer.readers.blocks import Block, Paragraph, refuse_too_many
from report_writer.readers.broken_lines import mend
from report_writer.readers.errors import ReadError
from report_writer.readers.grid import TableGrid, has_figures, label_texts
from report_writer.readers.headings import headings_of
from report_writer.readers.loose import Doubt, loose_table
from report_writer.readers.missing import missing_parts
from report_writer.readers.parting import in_parts
from report_writer.readers.tables import labels_of, printed_form, read_tables, recognise_grid
from report_writer.readers.title import Title, fold, title_of

UNNAMED = "未写明机关"
_MOST_WORDS = 3_000
_LOOSE_FIGURES = re.compile(r"(?:[ \u3000\t]+[\d/.,]+)+$")
_SENTENCE = re.compile(r"[。；：？！]$|，.*，")
_PLACEHOLDER = re.compile(r"^[（(]文字描述[^（()）]*[）)]$")


def assemble(blocks: Sequence[Block], *, name: str, remarks: Sequence[str] = ()) -> AnnualReport:
    """Return the report in a flow of blocks; `name` is the file's name in messages.

    Raises ReadError where nothing of a report is there, the year is unknown, or a table is doubtful.
    """
    refuse_too_many(blocks, name)
    blocks = in_parts(mend(blocks))
    form = OGI_2021
    words = {
        t
        for b in blocks
        if isinstance(b, TableGrid)
        for line in b.rows
        for _, t in label_texts(line)
    }
    if len(words) > _MOST_WORDS:
        raise ReadError(
            f"{name}：内容过多（{len(blocks)}段，表格里{len(words)}种文字），不像一份年度报告"
        )
    headings = headings_of(blocks, form)
    recognised = _recognised(blocks, form)
    blocks, doubts = _loose_tables(blocks, headings, recognised, form, name)
    headings, recognised = headings_of(blocks, form), _recognised(blocks, form)
    if not headings and not recognised:
        raise ReadError(f"{name}：没有找到年度报告的标题或表格，不像政府信息公开工作年度报告")
    first = min([*headings, *recognised])
    title = title_of(blocks[:first])
    sections = _sections(blocks, headings, recognised, title, first)
    others = (
        b.text for i, b in enumerate(blocks) if isinstance(b, Paragraph) and i not in headings
    )
    sections |= dict.fromkeys(missing_parts(others, set(headings.values()), form), "")
    notes = list(remarks)
    printed = _printed_form(blocks, recognised)
    tables = _tables(blocks, headings, recognised, doubts, printed or form, name, notes)
    year = title.year or _year_of(blocks, name, tables, form, notes)
    agency = title.agency or UNNAMED
    if not title.agency:
        notes.append("标题没有写明机关名称")
    if missing := [s.heading for s in form.sections if s.key not in headings.values()]:
        notes.append("没有找到标题：" + "、".join(f"“{heading}”" for heading in missing))
    kind = _kind_of(agency)
    return AnnualReport(
        form=(printed or form_for_year(year)).id,
        year=year,
        agency=Agency(name=agency, kind=kind),
        scope=None if kind is AgencyKind.GOVERNMENT else Scope.OWN,
        tables=tables,
        sections=sections,
        remarks=tuple(notes),
    )


# --- sections ----------------------------------------------------------------------------------


def _sections(
    blocks: Sequence[Block],
    headings: Mapping[int, str],
    recognised: Mapping[int, str],
    title: Title,
    first: int,
) -> dict[str, str]:
    lines: dict[str, list[str]] = {"preface": []}
    current = "preface"
    for i, block in enumerate(blocks):
        if i in headings:
            current = headings[i]
            lines.setdefault(current, [])
        elif isinstance(block, TableGrid):
            lines[current] += [] if i in recognised else block.texts()
        elif i < first and i < title.end:
            continue
        elif (text := block.text.strip()) and not _PLACEHOLDER.match(text):
            lines[current].append(text)
    tabled = {s.key for s in OGI_2021.sections if s.table} | {"preface"}
    kept = {key: "\n".join(part) for key, part in lines.items() if part or key not in tabled}
    return ({"title": title.text} if title.text else {}) | kept


# --- year and kind of body -------------------------------------------------------------------


def _year_of(
    blocks: Sequence[Block], name: str, tables: Tables | None, form: Form, notes: list[str]
) -> int:
    """Return the year a report without one in its title is about; ReadError where nothing says it."""
    text = fold("\n".join(b.text for b in blocks if isinstance(b, Paragraph)))
    years = {int(y) for y in re.findall(r"(20\d\d)年1月1日(?:起)?(?:至|到|-|—|~)", text)}
    years = years or {int(y) for y in re.findall(r"(20\d\d)年度?政府信息公开", text)}
    if len(years) == 1:
        notes.append("标题没有写明年度，按正文的统计期限读取")
        return years.pop()
    in_name = set(re.findall(r"(?<!\d)(20\d\d)(?!\d)", name))
    if len(in_name) == 1:
        notes.append("标题没有写明年度，按文件名读取")
        return int(in_name.pop())
    if tables is not None and all(c.kind is CellKind.BLANK for c in tables.cells.values()):
        notes.append(f"这是一份空白表格，没有写明年度，暂按{form.first_year}年")
        return form.first_year
    raise ReadError(f"{name}：标题里没有年度（如“2023年政府信息公开工作年度报告”）")


def _kind_of(agency: str) -> AgencyKind | None:
    """Return the kind of body where its name leaves no doubt."""
    if re.search(r"(?:镇|乡)人民政府$|街道办事处$", agency):
        return AgencyKind.TOWNSHIP
    if agency.endswith("人民政府"):
        return AgencyKind.GOVERNMENT
    if re.search(r"人民政府办公[室厅]$", agency):
        return AgencyKind.OFFICE
    return AgencyKind.DEPARTMENT if re.search(r"(?:局|厅|委员会)$", agency) else None


# --- tables ------------------------------------------------------------------------------------


def _recognised(blocks: Sequence[Block], form: Form) -> dict[int, str]:
    """Return position → table key; a piece that follows a table directly belongs to it."""
    found: dict[int, str] = {}
    previous: str | None = None
    for i, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            previous = None if block.text.strip() else previous
            continue
        key = recognise_grid(block, form)
        if key is None and previous and any(has_figures(line) for line in block.rows):
            key = previous
        if key:
            found[i] = key
        previous = key
    return found


def _printed_form(blocks: Sequence[Block], recognised: Mapping[int, str]) -> Form | None:
    """Return the form of the tables as printed, which need not be the one in force."""
    grids = [(key, b) for i, key in recognised.items() if isinstance(b := blocks[i], TableGrid)]
    return printed_form(grids)


def _tables(
    blocks: Sequence[Block],
    headings: Mapping[int, str],
    recognised: Mapping[int, str],
    doubts: Mapping[str, Doubt],
    form: Form,
    name: str,
    notes: list[str],
) -> Tables | None:
    grids = [(key, b) for i, key in recognised.items() if isinstance(b := blocks[i], TableGrid)]
    present = {key for key, _ in grids}
    section = ""
    for i, block in enumerate(blocks):
        section = headings.get(i, section)
        unread = section in form.table_by_key and section not in present and i not in recognised
        if (
            unread
            and isinstance(block, TableGrid)
            and any(has_figures(line) for line in block.rows)
        ):
            table = form.table_by_key[section].name
            raise ReadError(f"{name}：{table}的位置有一个表格，但行名和表头都认不出来")
    _refuse_loose_tables(blocks, present, doubts, form, name)
    if not grids:
        return None
    cells, remarks = read_tables(grids, form)
    notes += remarks
    notes += [f"没有读到{t.name}，按未填处理" for t in form.tables if t.key not in present]
    return form.complete(cells)


def _loose_tables(
    blocks: Sequence[Block],
    headings: Mapping[int, str],
    recognised: Mapping[int, str],
    form: Form,
    name: str,
) -> tuple[list[Block], dict[str, Doubt]]:
    """Return the blocks with tables put together from lines of text, and why others were not."""
    labels = labels_of(form.id)
    result: list[Block] = []
    doubts: dict[str, Doubt] = {}
    starts = [*headings, len(blocks)]
    result += blocks[: starts[0]]
    for start, end in pairwise(starts):
        section = headings[start]
        table = form.table_by_key.get(section)
        part = list(blocks[start + 1 : end])
        lines = [block for block in part if isinstance(block, Paragraph)]
        result.append(blocks[start])
        if table is None or section in recognised.values() or len(lines) < len(part):
            result += part
            continue
        first, last = _table_lines(lines)
        grid = loose_table(lines[first:last], table, form, labels) if first < last else None
        if isinstance(grid, TableGrid):
            part[first:last] = [replace(grid, file=name)]
        elif grid is not None:
            doubts[section] = grid
        result += part
    return result, doubts


def _table_lines(lines: Sequence[Paragraph]) -> tuple[int, int]:
    """Return where the table begins and ends among some lines: sentences around it are prose."""
    prose = [bool(_SENTENCE.search(line.text.strip())) for line in lines]
    first = next((i for i, flag in enumerate(prose) if not flag), len(lines))
    last = next((i for i in range(len(lines), first, -1) if not prose[i - 1]), first)
    return first, last


def _refuse_loose_tables(
    blocks: Sequence[Block],
    present: set[str],
    doubts: Mapping[str, Doubt],
    form: Form,
    name: str,
) -> None:
    """Refuse a table that fell apart into lines of text: no column can be told from another."""
    short = [b for b in blocks if isinstance(b, Paragraph) and len(b.text) <= 200]
    lines = [(_LOOSE_FIGURES.sub("", block.text), block) for block in short]
    for table in form.tables:
        if table.key in present:
            continue
        labels = labels_of(form.id).rows[table.key]
        rows: dict[str, Paragraph] = {}
        for line, block in lines:
            if 2 <= len(line) <= 60 and (key := labels.exact(line)):
                rows.setdefault(key, block)
        if len(rows) < min(5, len(table.rows)):
            continue
        first = next(iter(rows.values()))
        doubt = doubts.get(table.section) or Doubt(f"“{first.text.strip()[:40]}”起", first.line)
        raise ReadError(
            f"{name}：{table.name}散成了一行行文字，没有表格线或制表符，不能确定数字在哪一列"
            f"（{doubt}）；请提供带表格的文件"
        )
