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
from report_writer.readers.figures import looks_like_figure
from report_writer.readers.grid import TableGrid
from report_writer.readers.labels import APPLICANTS_GROUP, ORGANISATION_GROUP, FormLabels, core
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
_LONGEST_TITLE = 12
_LONGEST_LINE, _MOST_JOINED = 120, 4


@dataclass(frozen=True, slots=True)
class _Entry:
    """Words that stand together, and the figures that follow them."""

    words: tuple[str, ...]
    figures: tuple[str, ...]


def loose_table(
    lines: Sequence[str], table: TableForm, form: Form, labels: FormLabels
) -> TableGrid | None:
    """Return the table in some lines, or None where it cannot be put together beyond doubt.

    The grid is ragged and laid out anew; its places name rows of the table, not lines of the file.
    """
    if any(len(line) > _LONGEST_LINE for line in lines):
        return None
    entries = list(_entries(lines))
    build = {"requests": _requests, "proactive": _proactive, "remedies": _remedies}[table.key]
    rows = build(entries, form, labels)
    if rows is None:
        return None
    return TableGrid.from_texts(
        rows, place=lambda row, column: f"表内第{row + 1}行第{column + 1}格", rigid=False
    )


def _entries(lines: Sequence[str]) -> Iterator[_Entry]:
    words: list[str] = []
    figures: list[str] = []
    for line in lines:
        parts = _GAP.split(line.strip())
        count = next(
            (i for i, part in enumerate(reversed(parts)) if not looks_like_figure(part)), len(parts)
        )
        head, tail = parts[: len(parts) - count], parts[len(parts) - count :]
        if head and figures:
            yield _Entry(tuple(words), tuple(figures))
            words, figures = [], []
        words += head
        figures += tail
    if words or figures:
        yield _Entry(tuple(words), tuple(figures))


def _row_name(words: Sequence[str], labels: FormLabels, table: str) -> tuple[str, int] | None:
    """Return row key and number of words of the label a run of words ends in; the longest counts."""
    rows = labels.rows[table]
    for count in range(min(_MOST_JOINED, len(words)), 0, -1):
        text = "".join(words[-count:])
        if key := rows.exact(text):
            return key, count
    return None


def _single_row(words: Sequence[str], labels: FormLabels) -> tuple[str, int] | None:
    """Return the same for 其他处理 where it is printed as one row with figures of its own."""
    for count in (1, 2):
        if labels.groups.exact("".join(words[-count:])) == "otherwise_closed":
            return "otherwise_closed", count
    return None


def _stray(words: Sequence[str], labels: FormLabels, table: str) -> bool:
    """Whether some words are no heading of a table: prose, which must not vanish into it."""
    columns, rows = labels.columns[table], labels.rows[table]
    return any(
        not (
            columns.exact(word)
            or rows.exact(word)
            or labels.heads.exact(word)
            or labels.groups.exact(word)
            or labels.litigation.exact(word)
            or core(word) in _FURNITURE
            or "勾稽关系" in word
            or (word.startswith("第二十条") and len(word) <= _LONGEST_TITLE)
        )
        for word in words
    )


def _requests(entries: Sequence[_Entry], form: Form, labels: FormLabels) -> list[list[str]] | None:
    if not entries:
        return None
    columns = form.table_by_key["requests"].columns
    first = _row_name(entries[0].words, labels, "requests")
    if first is None:
        return None
    head = entries[0].words[: len(entries[0].words) - first[1]]
    keys = [labels.heads.exact(w) or labels.columns["requests"].exact(w) for w in head]
    order = tuple(k for k in keys if k and k not in (APPLICANTS_GROUP, ORGANISATION_GROUP))
    if order not in _HEADINGS:
        return None
    rows = [[column.label for column in columns]]
    for entry in entries:
        name = _row_name(entry.words, labels, "requests") or _single_row(entry.words, labels)
        if name is None or len(entry.figures) != len(columns):
            return None
        if _stray(entry.words[: -name[1]], labels, "requests"):
            return None
        rows.append(["".join(entry.words[-name[1] :]), *entry.figures])
    return rows


def _proactive(entries: Sequence[_Entry], form: Form, labels: FormLabels) -> list[list[str]] | None:
    rows: list[list[str]] = []
    heads: tuple[str, ...] = ()
    for entry in entries:
        name = _row_name(entry.words, labels, "proactive") or _trial_row(entry.words)
        if name is None:
            return None
        head = list(entry.words[: len(entry.words) - name[1]])
        if _stray([w for w in head if not is_trial_heading(w)], labels, "proactive"):
            return None
        if block := [i for i, word in enumerate(head) if "第二十条" in word]:
            rows.append([head[block[-1]]])
        known = labels.columns["proactive"]
        if titles := tuple(w for w in head if known.exact(w) or is_trial_heading(w)):
            heads = titles
            rows.append(["信息内容", *titles])
        # NOTE: where the headings are those of the trial form, they say how many figures a row has.
        row = form.table_by_key["proactive"].row_by_key.get(name[0])
        trial = any(is_trial_heading(word) for word in heads)
        count = len(heads) if trial or row is None else len(row.columns)
        if len(entry.figures) != count:
            return None
        rows.append(["".join(entry.words[-name[1] :]), *entry.figures])
    return rows


def _trial_row(words: Sequence[str]) -> tuple[str, int] | None:
    for count in range(1, min(_MOST_JOINED, len(words)) + 1):
        if is_trial_row("".join(words[-count:])):
            return "", count
    return None


def _remedies(entries: Sequence[_Entry], form: Form, labels: FormLabels) -> list[list[str]] | None:
    if len(entries) != 1 or len(entries[0].figures) != len(_RESULTS):
        return None
    words = _whole_words(entries[0].words, labels)
    blocks = tuple(k for k in (labels.rows["remedies"].exact(w) for w in words) if k)
    results = tuple(k for k in (labels.columns["remedies"].exact(w) for w in words) if k)
    if blocks != _BODIES or results != _RESULTS or _stray(words, labels, "remedies"):
        return None
    table = form.table_by_key["remedies"]
    heads = [table.row_by_key[key].printed[-1] for key in _BODIES]
    return [
        [text for head in heads for text in (head, "", "", "", "")],
        [table.column_by_key[key].label for key in _RESULTS],
        list(entries[0].figures),
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
