"""A flow of paragraphs and tables → `AnnualReport`: shared by every reader of running text.

Headings are found by their words, not by their style: the official wording, the variants the form
lists, damaged characters where only one heading can be meant. A sentence that contains the words
and an inner heading （一）… stay text.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from report_writer.domain.cells import CellKind, Tables
from report_writer.domain.report import Agency, AgencyKind, AnnualReport, Scope
from report_writer.forms import FORMS, OGI_2021, Form, form_for_year
from report_writer.readers.errors import ReadError
from report_writer.readers.grid import TableGrid, has_figures, label_texts
from report_writer.readers.labels import Labels, core
from report_writer.readers.loose import loose_table
from report_writer.readers.missing import missing_parts
from report_writer.readers.tables import labels_of, printed_form, read_tables, recognise_grid

UNNAMED = "未写明机关"
_LONGEST_HEADING = 45
_MOST_WORDS, _MOST_BLOCKS = 3_000, 50_000
_NUMBERED = re.compile(r"^第?[一二三四五六七八九十]{1,2}(?:部分)?\s*[、.．,，:：\s]")
_INNER = re.compile(r"^\s*[（(]|^\s*\d")
_RUN_IN = re.compile(
    r"^(?P<heading>[一二三四五六七八九十]、[^。：:\s]{4,24})[。：:\s]\s*(?P<rest>\S.*)$", re.DOTALL
)
_LOOSE_FIGURES = re.compile(r"(?:[ \u3000\t]+[\d/.,]+)+$")
_PLACEHOLDER = re.compile(r"^[（(]文字描述[^（()）]*[）)]$")
_YEAR = r"(?P<year>(?:19|20)\d\d|[一二][〇○零Ｏ九][〇○零一二三四五六七八九]{2})"
_TITLE = re.compile(
    rf"^(?:关于)?(?P<before>.{{0,60}}?){_YEAR}年度?(?P<after>.{{0,60}}?)"
    r"(?:政府信息公开|政务公开|信息公开)(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?报告"
)
_TITLE_TAIL = re.compile(r"(?:政府信息公开|政务公开|信息公开).{0,6}报告")
_AGENCY_END = re.compile(
    r"(?:局|政府|委员会|办公室|办公厅|厅|办事处|中心|院|处|部|署|会|镇|乡|街道|大队|支队|公司|学校)$"
)
_HAN_YEAR = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
# Words that name a part where its heading is worded freely (numbered lines only).
_KEYWORDS: Mapping[str, tuple[str, ...]] = {
    "remedies": ("复议", "诉讼"),
    "requests": ("收到", "申请"),
    "problems": ("问题", "改进"),
    "other_matters": ("其他", "事项"),
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; `marked` where the source marks it as a heading."""

    text: str
    marked: bool = False


Block = Paragraph | TableGrid


def assemble(blocks: Sequence[Block], *, name: str, remarks: Sequence[str] = ()) -> AnnualReport:
    """Return the report in a flow of blocks; `name` is the file's name in messages.

    Raises ReadError where nothing of a report is there, the year is unknown, or a table is doubtful.
    """
    blocks = _split_run_in(blocks)
    form = OGI_2021
    words = {
        t
        for b in blocks
        if isinstance(b, TableGrid)
        for line in b.rows
        for _, t in label_texts(line)
    }
    if len(words) > _MOST_WORDS or len(blocks) > _MOST_BLOCKS:
        raise ReadError(
            f"{name}：内容过多（{len(blocks)}段，表格里{len(words)}种文字），不像一份年度报告"
        )
    headings = _headings(blocks, form)
    recognised = _recognised(blocks, form)
    if loose := _loose_tables(blocks, headings, recognised, form, name):
        blocks = loose
        headings, recognised = _headings(blocks, form), _recognised(blocks, form)
    if not headings and not recognised:
        raise ReadError(f"{name}：没有找到年度报告的标题或表格，不像政府信息公开工作年度报告")
    first = min([*headings, *recognised])
    title = _title(blocks[:first])
    sections = _sections(blocks, headings, recognised, title, first)
    others = (
        b.text for i, b in enumerate(blocks) if isinstance(b, Paragraph) and i not in headings
    )
    sections |= dict.fromkeys(missing_parts(others, set(headings.values()), form), "")
    notes = list(remarks)
    printed = _printed_form(blocks, recognised)
    tables = _tables(blocks, headings, recognised, printed or form, name, notes)
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


# --- headings and sections ---------------------------------------------------------------------


@cache
def _section_labels(form_id: str) -> tuple[Labels, Labels]:
    sections = FORMS[form_id].sections
    official = Labels({s.key: (s.heading,) for s in sections})
    return official, Labels({s.key: (s.heading, *s.variants) for s in sections})


def heading_strength(paragraph: Paragraph, form: Form) -> tuple[str, int] | None:
    """Return section key and how surely a paragraph is its heading (3 official … 1 keywords)."""
    text = paragraph.text.strip()
    if not text or len(text) > _LONGEST_HEADING or (_INNER.match(text) and not paragraph.marked):
        return None
    official, known = _section_labels(form.id)
    if key := official.exact(text):
        return key, 3
    numbered = bool(_NUMBERED.match(text)) or paragraph.marked
    if text.endswith(("。", "；", "，")) or "，" in text:
        return None
    if key := known.exact(text):
        return key, 2
    if not numbered or _INNER.match(text):
        return None
    if key := known.find(text):
        return key, 2
    literal = core(text)
    for key, words in _KEYWORDS.items():
        if all(word in literal for word in words):
            return key, 1
    return None


def _headings(blocks: Sequence[Block], form: Form) -> dict[int, str]:
    """Return position → section key, one heading per section: the surest, then the first.

    A line followed at once by another heading gives way to a later one: a table of contents.
    """
    found: dict[int, tuple[str, int]] = {}
    for i, block in enumerate(blocks):
        if isinstance(block, Paragraph) and (hit := heading_strength(block, form)):
            found[i] = hit
    chosen: dict[str, tuple[tuple[int, int], int]] = {}
    for i, (key, strength) in found.items():
        contents = i + 1 in found and any(k == key and j > i for j, (k, _) in found.items())
        rank = (strength, 0 if contents else 1)
        if key not in chosen or rank > chosen[key][0]:
            chosen[key] = (rank, i)
    return dict(sorted((i, key) for key, (_, i) in chosen.items()))


def _split_run_in(blocks: Sequence[Block]) -> list[Block]:
    """Part a heading from text that follows it in the same paragraph: 一、总体情况。2023年，…"""
    official, _ = _section_labels(OGI_2021.id)
    result: list[Block] = []
    for block in blocks:
        match = _RUN_IN.match(block.text.strip()) if isinstance(block, Paragraph) else None
        if match and official.exact(match["heading"]):
            result += [Paragraph(match["heading"], marked=True), Paragraph(match["rest"])]
        else:
            result.append(block)
    return result


def _sections(
    blocks: Sequence[Block],
    headings: Mapping[int, str],
    recognised: Mapping[int, str],
    title: "Title",
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


# --- title -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Title:
    """The title as found: text, agency and year where it states them, index behind its last line."""

    text: str = ""
    agency: str = ""
    year: int | None = None
    end: int = 0


def _title(blocks: Sequence[Block]) -> Title:
    """Return the best title among the blocks before the first heading."""
    lines = [b.text.strip() if isinstance(b, Paragraph) else "" for b in blocks]
    best = Title()
    for i, line in enumerate(lines):
        if not line or len(line) > 90 or "。" in line or not _TITLE_TAIL.search(_fold(line)):
            continue
        for start in (i, _line_before(lines, i)):
            text = " ".join(part for part in lines[start : i + 1] if part) if start != i else line
            candidate = _parse_title(text, i + 1)
            if _rank(candidate) > _rank(best):
                best = candidate
    return best


def _line_before(lines: Sequence[str], index: int) -> int:
    """Return the index of a line above that holds the agency of a two-line title, else `index`."""
    before = next((i for i in range(index - 1, -1, -1) if lines[i]), index)
    text = lines[before]
    fits = (
        len(text) <= 30
        and not re.search("[，。：:>]", text)
        and bool(_AGENCY_END.search(_fold(text)))
    )
    return before if fits or re.search(r"20\d\d年$", _fold(text)) else index


def _rank(title: Title) -> tuple[bool, bool, bool]:
    return title.year is not None, bool(title.agency), bool(title.text)


def _parse_title(text: str, end: int) -> Title:
    folded = _fold(text)
    match = _TITLE.match(folded)
    if match is None:
        return Title(text=text, end=end)
    year = int(match["year"].translate(_HAN_YEAR))
    agency = match["before"].strip("-—·:|>《〈") or match["after"]
    known = 1990 <= year <= 2100
    return Title(text=text, agency=agency, year=year if known else None, end=end)


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _year_of(
    blocks: Sequence[Block], name: str, tables: Tables | None, form: Form, notes: list[str]
) -> int:
    """Return the year a report without one in its title is about; ReadError where nothing says it."""
    text = _fold("\n".join(b.text for b in blocks if isinstance(b, Paragraph)))
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
    _refuse_loose_tables(blocks, present, form, name)
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
) -> list[Block] | None:
    """Return the blocks with tables put together from lines of text, or None where there are none."""
    labels = labels_of(form.id)
    result = list(blocks)
    for start, section in headings.items():
        table = form.table_by_key.get(section)
        if table is None or section in recognised.values():
            continue
        end = next((i for i in headings if i > start), len(blocks))
        part = blocks[start + 1 : end]
        texts = [b.text for b in part if isinstance(b, Paragraph)]
        grid = loose_table(texts, table, form, labels) if len(texts) == len(part) else None
        if grid is not None:
            offset = len(result) - len(blocks)
            result[start + 1 + offset : end + offset] = [replace(grid, file=name)]
    return result if len(result) != len(blocks) else None


def _refuse_loose_tables(blocks: Sequence[Block], present: set[str], form: Form, name: str) -> None:
    """Refuse a table that fell apart into lines of text: no column can be told from another."""
    short = [b.text for b in blocks if isinstance(b, Paragraph) and len(b.text) <= 200]
    lines = [_LOOSE_FIGURES.sub("", text) for text in short]
    for table in form.tables:
        if table.key in present:
            continue
        labels = labels_of(form.id).rows[table.key]
        rows = {labels.exact(line) for line in lines if 2 <= len(line) <= 60} - {None}
        if len(rows) >= min(5, len(table.rows)):
            raise ReadError(
                f"{name}：{table.name}散成了一行行文字，没有表格线或制表符，不能确定数字在哪一列；"
                "请提供带表格的文件"
            )
