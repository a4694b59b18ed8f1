"""A printed table, whatever file it stood in, and its figures by label.

`TableGrid` holds the cells row by row. `figures_of` finds for every cell of the form the printed
cell that holds it: rows by their label, columns by their heading, never by order alone. A row whose
leading cell is lost is read right-aligned when exactly as many figures stand there as the heading
has columns; whatever remains doubtful is refused with the place named (`ReadError`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from report_writer.domain.cells import BLANK, Cell, Provenance, plain
from report_writer.forms import Form
from report_writer.readers.errors import ReadError
from report_writer.readers.figures import figure_cell, looks_like_figure
from report_writer.readers.labels import IGNORED_COLUMNS, SUBTOTAL, FormLabels, core


@dataclass(frozen=True, slots=True)
class Slot:
    """One printed cell. `covered`: it belongs to the span of a cell above or to the left, whose
    text it repeats. `formula`: a worksheet formula, to be computed by the reader.
    """

    text: str
    place: str
    covered: bool = False
    formula: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing stands here."""
        return not self.formula and not self.text.strip()

    @property
    def is_figure(self) -> bool:
        """Whether this cell holds a figure, or what stands for one."""
        return self.formula or (not self.covered and looks_like_figure(self.text))

    @property
    def is_label(self) -> bool:
        """Whether this cell holds words."""
        return not self.empty and not self.covered and not self.is_figure


Line = tuple[Slot | None, ...]
Columns = list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class TableGrid:
    """A table as printed. `rows[i][j]` is None where the row has no such cell.

    `rigid`: columns are true positions (spans expanded); otherwise the rows are ragged text.
    """

    rows: tuple[Line, ...]
    file: str = ""
    sheet: str = ""
    rigid: bool = True

    @classmethod
    def from_texts(
        cls,
        rows: Iterable[Sequence[str]],
        *,
        place: Callable[[int, int], str] = lambda row, column: f"第{row + 1}行第{column + 1}格",
        file: str = "",
        rigid: bool = True,
    ) -> "TableGrid":
        """Return a grid of plain texts; short rows end in missing cells."""
        lines = [
            [Slot(text, place(i, j)) for j, text in enumerate(row)] for i, row in enumerate(rows)
        ]
        width = max((len(line) for line in lines), default=0)
        padded = (tuple(line) + (None,) * (width - len(line)) for line in lines)
        return cls(rows=tuple(padded), file=file, rigid=rigid)

    def without_repeats(self) -> "TableGrid":
        """Return the grid with words that only repeat the cell to the left or above marked as covered.

        Converters that know no spans print the text of a merged cell at every place it covers.
        """
        rows: list[Line] = []
        for i, line in enumerate(self.rows):
            above = self.rows[i - 1] if i else ()
            new: list[Slot | None] = []
            for j, slot in enumerate(line):
                left, top = (line[j - 1] if j else None), (above[j] if j < len(above) else None)
                if slot and slot.is_label and any(n and n.text == slot.text for n in (left, top)):
                    slot = replace(slot, covered=True)
                new.append(slot)
            rows.append(tuple(new))
        return replace(self, rows=tuple(rows))

    def texts(self) -> list[str]:
        """Return each row as one line of text, cells divided by tabs (for tables of another kind)."""
        lines = ("\t".join(s.text.strip() for s in row if s and not s.covered) for row in self.rows)
        return [line.strip() for line in lines if line.strip()]


@dataclass
class Placement:
    """Where each figure of one table was found, and what a reader should say about it."""

    table: str
    name: str
    file: str = ""
    found: dict[str, Slot] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def refuse(self, reason: str, line: Line | None = None) -> ReadError:
        """Return the error for a doubtful place; to be raised by the caller."""
        where = next((f" {slot.place}" for slot in line or () if slot), "")
        file = f"{self.file} " if self.file else ""
        return ReadError(f"{file}{self.name}{where}：{reason}")

    def put(self, row: str, column: str, slot: Slot, line: Line) -> None:
        """Record a figure; the same row twice must say the same."""
        address = f"{self.table}/{row}/{column}"
        before = self.found.get(address)
        if before is not None and before.text.strip() != slot.text.strip():
            raise self.refuse(
                f"同一行出现两次而数字不同（“{before.text}”和“{slot.text}”，{slot.place}）", line
            )
        self.found.setdefault(address, slot)


def label_texts(line: Line) -> list[tuple[int, str]]:
    """Return position and text of the words in a row."""
    return [(i, slot.text) for i, slot in enumerate(line) if slot and slot.is_label]


def leading_labels(line: Line) -> list[tuple[int, str]]:
    """Return the words of a row that stand before its first figure (all where it has none)."""
    first = next((i for i, slot in enumerate(line) if slot and slot.is_figure), len(line))
    words = label_texts(line)
    return [pair for pair in words if pair[0] < first] or words


def label_of(line: Line) -> str:
    """Return the name of a row for a message."""
    words = leading_labels(line)
    return words[-1][1].strip() if words else ""


def unknown_row(words: Iterable[tuple[int, str]]) -> str:
    """Return the reason to refuse a row of figures that is none of the form."""
    name = " ".join(text.strip() for _, text in words)[:60]
    return f"“{name}”有数字，但不是本表的行名" if name else "有数字而没有行名"


def has_figures(line: Line) -> bool:
    """Whether a row holds at least one figure."""
    return any(slot and slot.is_figure for slot in line)


def aligned(
    line: Line, columns: Sequence[tuple[int, str]], ignored: frozenset[int]
) -> list[Slot] | None:
    """Return the cells under the headings, or None where the row does not fit them.

    It fits when every heading has a cell of its own under it, no figure stands elsewhere, and the
    row reaches as far as the headings do: a shorter one has lost a cell, nobody knows where.
    """
    positions = {position for position, _ in columns}
    last = max(positions | ignored, default=0)
    if any(slot is None for slot in line[: last + 1]):
        return None
    slots: list[Slot] = []
    for position, _ in columns:
        slot = line[position] if position < len(line) else None
        if slot is None or slot.covered:
            return None
        slots.append(slot)
    for position, slot in enumerate(line):
        if slot and slot.is_figure and position not in positions | ignored:
            return None
    return slots


def run_of(line: Line, count: int) -> list[Slot] | None:
    """Return the figures behind the last label of a row when they are exactly `count`, side by side.

    Blanks may stand between the first and the last of them; at the ends only in a row as long as
    the table is wide, since a blank there may as well belong to the label.
    """
    start = max((i for i, _ in leading_labels(line)), default=-1) + 1
    region = [slot for slot in line[start:] if slot and not slot.covered]
    filled = [i for i, slot in enumerate(region) if slot.is_figure]
    if filled and filled[-1] - filled[0] + 1 == count:
        return region[filled[0] : filled[-1] + 1]
    ends = filled and (region[0].empty or region[-1].empty)
    if ends and any(slot is None for slot in line):
        return None
    if len(region) == count and all(slot.is_figure or slot.empty for slot in region):
        return region
    return None


def row_values(
    line: Line, columns: Sequence[tuple[int, str]], ignored: frozenset[int], *, rigid: bool
) -> list[Slot] | None:
    """Return the figures of a row in the order of its headings, or None where that is doubtful."""
    run = run_of(line, len(columns))
    if not rigid:
        return run
    fitting = aligned(line, columns, ignored)
    if fitting is not None:
        under = {position for position, _ in columns}
        # NOTE: words under a heading beside a row name of its own are an illegal value; a row name
        # that itself stands there shows that the row slid sideways.
        if not any(slot.is_label for slot in fitting) or any(
            i < min(under) for i, _ in label_texts(line)
        ):
            return fitting
    if run is not None:
        return run
    return fitting


def ignored_positions(header: Iterable[Line]) -> frozenset[int]:
    """Return the positions of columns the form has not and a reader may skip: 序号, 备注 …"""
    return frozenset(
        i for line in header for i, text in label_texts(line) if core(text) in IGNORED_COLUMNS
    )


def check_subtotal(
    placement: Placement, line: Line, values: Mapping[str, Slot], parts: Sequence[str]
) -> None:
    """Refuse a row whose 小计 column is not the sum of the organisations."""
    if SUBTOTAL not in values:
        return
    stated = figure_cell(values[SUBTOTAL].text, decimal=False).value
    numbers = [figure_cell(values[key].text, decimal=False).value for key in parts]
    if stated is None or any(n is None for n in numbers):
        return
    total = sum((n for n in numbers if n is not None), Decimal(0))
    if stated != total:
        raise placement.refuse(
            f"“小计”列写{plain(stated)}，各类组织相加为{plain(total)}，不能判断哪个对", line
        )


def recognise(grid: TableGrid, labels: FormLabels) -> str | None:
    """Return the key of the table of the form a grid is, or None for another table."""
    texts = [text for line in grid.rows for _, text in label_texts(line)]
    scores = {
        # NOTE: a page break may leave the headings alone on their page.
        "requests": len(
            {labels.rows["requests"].find(t) for t in texts}
            - {None, "otherwise_closed.other", "disposed"}
        )
        + len({labels.columns["requests"].exact(t) for t in texts} - {None, "other", "total"})
        + len({labels.heads.exact(t) for t in texts} - {None}),
        "proactive": len({labels.rows["proactive"].find(t) for t in texts} - {None})
        + len({labels.columns["proactive"].find(t) for t in texts} - {None}),
        "remedies": len({labels.rows["remedies"].find(t) for t in texts} - {None})
        + len({labels.columns["remedies"].find(t) for t in texts} - {None, "total"}),
    }
    best = max(scores, key=lambda key: scores[key])
    return best if scores[best] >= 2 else None


def to_cells(
    placements: Iterable[Placement], form: Form, grids: Mapping[str, TableGrid]
) -> Iterator[tuple[str, Cell]]:
    """Yield every figure found as a cell with its origin; formulas come as blank cells."""
    for placement in placements:
        grid = grids[placement.table]
        for address, slot in placement.found.items():
            sheet = grid.sheet or placement.name
            origin = Provenance(file=grid.file, sheet=sheet, place=slot.place, raw=slot.text)
            if slot.formula:
                yield address, BLANK.model_copy(update={"origin": origin})
            else:
                yield (
                    address,
                    figure_cell(slot.text, decimal=form.is_decimal(address), origin=origin),
                )
