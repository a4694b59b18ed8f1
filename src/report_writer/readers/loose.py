"""A table that fell apart into lines of text: one cell per line, or a row per line without tabs.

Pages and programs that drop the cell borders leave labels and figures in reading order. They are
put back into rows only where nothing is left to guess: headings in the official order, every row
with a name of the form and exactly as many figures as it has columns. Anything else stays text,
and the caller refuses it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from report_writer.forms import Form, TableForm
from report_writer.readers.blocks import Paragraph
from report_writer.readers.figures import looks_like_figure
from report_writer.readers.grid import Slot, TableGrid
from report_writer.readers.labels import (
    APPLICANTS_GROUP,
    ORGANISATION_GROUP,
    FormLabels,
    core,
    is_block_title,
)
from report_writer.readers.trial import is_trial_heading, is_trial_row

_GAP = re.compile(r"[ \t\u3000\xa0]+")
_ORGANISATIONS = ("company", "research", "public_interest", "legal_service", "other")
_HEADINGS = (
    ("natural_person", "total", *_ORGANISATIONS),
    ("natural_person", *_ORGANISATIONS, "total"),
    ("total", "natural_person", *_ORGANISATIONS),
)
_RESULTS = ("upheld", "corrected", "other_outcome", "pending", "total") * 3
_BODIES = ("reconsideration", "direct_litigation", "litigation_after_reconsideration")
_FURNITURE = frozenset({"信息内容", "单位件"})
_LONGEST_LINE, _MOST_JOINED = 120, 4


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why some lines are no table beyond doubt: the line it shows in, and what is wrong there."""

    reason: str
    line: int = 0

    def __str__(self) -> str:
        return f"第{self.line}行{self.reason}" if self.line else self.reason


class _DoubtfulError(Exception):
    """Carries a doubt out of the builders; never leaves this module."""

    def __init__(self, reason: str, entry: "_Entry") -> None:
        super().__init__(reason)
        self.doubt = Doubt(reason, entry.line)


@dataclass(frozen=True, slots=True)
class _Entry:
    """Words that stand together, and the figures that follow them with the line of each.

    `line` is where the last of the words stands, 0 where the source has no lines.
    """

    words: tuple[str, ...]
    figures: tuple[tuple[str, int], ...]
    line: int = 0

    @property
    def name(self) -> str:
        """The last of the words, for a message."""
        return self.words[-1][:40] if self.words else ""


_Row = list[tuple[str, int]]


def loose_table(
    lines: Sequence[Paragraph], table: TableForm, form: Form, labels: FormLabels
) -> TableGrid | Doubt:
    """Return the table in some lines, or why it cannot be put together beyond doubt.

    The grid is ragged and laid out anew; its places name lines of the file where it has lines.
    """
    if long := next((p for p in lines if len(p.text) > _LONGEST_LINE), None):
        return Doubt(f"“{long.text[:20]}……”不是表里的文字", long.line)
    entries = list(_entries(lines))
    build = {"requests": _requests, "proactive": _proactive, "remedies": _remedies}[table.key]
    try:
        rows = build(entries, form, labels)
    except _DoubtfulError as error:
        return error.doubt
    slots = [
        [
            Slot(text, f"第{line}行" if line else f"表内第{i}行第{j}格")
            for j, (text, line) in enumerate(row, start=1)
        ]
        for i, row in enumerate(rows, start=1)
    ]
    width = max(map(len, slots))
    padded = tuple((*row, *[None] * (width - len(row))) for row in slots)
    return TableGrid(rows=padded, rigid=False)


def _entries(lines: Sequence[Paragraph]) -> Iterator[_Entry]:
    words: list[str] = []
    figures: list[tuple[str, int]] = []
    last = 0
    for paragraph in lines:
        parts = _GAP.split(paragraph.text.strip())
        count = next(
            (i for i, part in enumerate(reversed(parts)) if not looks_like_figure(part)), len(parts)
        )
        head, tail = parts[: len(parts) - count], parts[len(parts) - count :]
        if head and figures:
            yield _Entry(tuple(words), tuple(figures), last)
            words, figures = [], []
        words += head
        last = paragraph.line if head else last
        figures += [(part, paragraph.line) for part in tail]
    if words or figures:
        yield _Entry(tuple(words), tuple(figures), last)


def _count(
    entry: _Entry, count: int, unit: str = "“{name}”应有{count}个数字，读到{found}个"
) -> None:
    """Raise where an entry has not as many figures as its row."""
    if len(entry.figures) != count:
        text = unit.format(name=entry.name, count=count, found=len(entry.figures))
        raise _DoubtfulError(text, entry)


def _named(name: tuple[str, int] | None, entry: _Entry) -> tuple[str, int]:
    """Return the row name found; raise where there is none."""
    if name is None:
        raise _DoubtfulError(f"“{entry.name}”不是本表的行名", entry)
    return name


def _row_name(words: Sequence[str], labels: FormLabels, table: str) -> tuple[str, int] | None:
    """Return row key and number of words of the label a run of words ends in.

    The longest counts; a damaged label only where none is whole.
    """
    rows = labels.rows[table]
    counts = range(min(_MOST_JOINED, len(words)), 0, -1)
    for find in (rows.exact, rows.find):
        for count in counts:
            if key := find("".join(words[-count:])):
                return key, count
    return None


def _single_row(words: Sequence[str], labels: FormLabels) -> tuple[str, int] | None:
    """Return the same for 其他处理 where it is printed as one row with figures of its own."""
    for count in (1, 2):
        if labels.groups.exact("".join(words[-count:])) == "otherwise_closed":
            return "otherwise_closed", count
    return None


def _no_stray(entry: _Entry, words: Sequence[str], labels: FormLabels, table: str) -> None:
    """Raise where some words are no heading of a table: prose, which must not vanish into it."""
    columns, rows = labels.columns[table], labels.rows[table]
    for word in words:
        if not (
            columns.exact(word)
            or rows.exact(word)
            or labels.heads.exact(word)
            or labels.groups.exact(word)
            or labels.litigation.exact(word)
            or core(word) in _FURNITURE
            or "勾稽关系" in core(word)
            or is_block_title(word)
        ):
            raise _DoubtfulError(f"附近的“{word[:20]}”不是表里的文字", entry)


def _requests(entries: Sequence[_Entry], form: Form, labels: FormLabels) -> list[_Row]:
    columns = form.table_by_key["requests"].columns
    first = _named(_row_name(entries[0].words, labels, "requests"), entries[0])
    head = entries[0].words[: len(entries[0].words) - first[1]]
    keys = [labels.heads.exact(w) or labels.columns["requests"].exact(w) for w in head]
    order = tuple(k for k in keys if k and k not in (APPLICANTS_GROUP, ORGANISATION_GROUP))
    if order not in _HEADINGS:
        raise _DoubtfulError("上面没有认出完整的表头（自然人、商业企业……总计）", entries[0])
    rows: list[_Row] = [[(column.label, 0) for column in columns]]
    for entry in entries:
        name = _named(
            _row_name(entry.words, labels, "requests") or _single_row(entry.words, labels), entry
        )
        _count(entry, len(columns))
        _no_stray(entry, entry.words[: -name[1]], labels, "requests")
        rows.append([("".join(entry.words[-name[1] :]), entry.line), *entry.figures])
    return rows


def _proactive(entries: Sequence[_Entry], form: Form, labels: FormLabels) -> list[_Row]:
    rows: list[_Row] = []
    heads: tuple[str, ...] = ()
    for entry in entries:
        name = _named(_row_name(entry.words, labels, "proactive") or _trial_row(entry.words), entry)
        head = list(entry.words[: len(entry.words) - name[1]])
        _no_stray(entry, [w for w in head if not is_trial_heading(w)], labels, "proactive")
        if block := [i for i, word in enumerate(head) if is_block_title(word)]:
            rows.append([(head[block[-1]], 0)])
        known = labels.columns["proactive"]
        if titles := tuple(w for w in head if known.exact(w) or is_trial_heading(w)):
            heads = titles
            rows.append([("信息内容", 0), *((title, 0) for title in titles)])
        # NOTE: where the headings are those of the trial form, they say how many figures a row has.
        row = form.table_by_key["proactive"].row_by_key.get(name[0])
        trial = any(is_trial_heading(word) for word in heads)
        _count(entry, len(heads) if trial or row is None else len(row.columns))
        rows.append([("".join(entry.words[-name[1] :]), entry.line), *entry.figures])
    return rows


def _trial_row(words: Sequence[str]) -> tuple[str, int] | None:
    for count in range(1, min(_MOST_JOINED, len(words)) + 1):
        if is_trial_row("".join(words[-count:])):
            return "", count
    return None


def _remedies(entries: Sequence[_Entry], form: Form, labels: FormLabels) -> list[_Row]:
    if len(entries) != 1:
        raise _DoubtfulError(f"“{entries[1].name}”不是表头下的唯一一行数字", entries[1])
    (entry,) = entries
    _count(entry, len(_RESULTS), "表头下应有{count}个数字，读到{found}个")
    words = _whole_words(entry.words, labels)
    blocks = tuple(k for k in (labels.rows["remedies"].exact(w) for w in words) if k)
    results = tuple(k for k in (labels.columns["remedies"].exact(w) for w in words) if k)
    if blocks != _BODIES or results != _RESULTS:
        raise _DoubtfulError(
            "没有认出完整的表头（行政复议、未经复议直接起诉、复议后起诉各五列）", entry
        )
    _no_stray(entry, words, labels, "remedies")
    table = form.table_by_key["remedies"]
    heads = [table.row_by_key[key].printed[-1] for key in _BODIES]
    return [
        [(text, 0) for head in heads for text in (head, "", "", "", "")],
        [(table.column_by_key[key].label, 0) for key in _RESULTS],
        list(entry.figures),
    ]


def _whole_words(words: Sequence[str], labels: FormLabels) -> list[str]:
    """Join headings that a narrow column broke in two: 结果 维持 → 结果维持."""
    whole: list[str] = []
    i = 0
    while i < len(words):
        pair = "".join(words[i : i + 2])
        joined = i + 1 < len(words) and labels.columns["remedies"].exact(words[i]) is None
        if joined and labels.columns["remedies"].exact(pair):
            whole.append(pair)
            i += 2
        else:
            whole.append(words[i])
            i += 1
    return whole
