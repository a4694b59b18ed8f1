"""The text of a figure cell → `Cell`. Shared by the readers of everything but JSON.

Legal are a non-negative whole number, a decimal where the cell allows it, an empty cell and "/".
Full-width digits, thousands separators, a unit and a note behind the number are understood and
said so in `Cell.remark`. A dash, “无” or “N/A” is no number and no blank: the form knows only "/"
for what does not exist, so such a cell stays illegal with its text and is never counted as zero.
"""

import re
import unicodedata
from decimal import Decimal

from report_writer.domain.cells import BLANK, BLANK_MARK, NOT_APPLICABLE, Cell, Provenance, plain

BLANK_MARKS = frozenset({"", BLANK_MARK, "[未填]", "未填", "（未填）", "(未填)"})
_FIGURE = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<unit>件|条|次|份|个|宗|项|万元)?"
    r"(?P<note>\(.*[\u4e00-\u9fff].*\)|\*|注\d?)?",
    re.DOTALL,
)
_CIRCLED = re.compile(r"[①-⑳]$")
_MARKS = frozenset({"/", "-", "--", "—", "——", "–", "−", "N/A", "n/a", "NA", "无", "×", "*", "…"})
_SIGNED = re.compile(r"[-+−]\d[\d,]*(?:\.\d+)?")
# Two numbers in one cell; read as one they would be a number that stands nowhere.
_SPLIT = re.compile(r"\d\s+\d")
_LONGEST = 200


# Marks without width that web editors leave behind. Those that turn the reading direction stay: they
# make 321 look like 123, and such a cell is no number.
_WIDTHLESS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))


def squeeze(text: str) -> str:
    """Return a text folded to compatibility forms, without white space and marks without width."""
    return "".join(unicodedata.normalize("NFKC", text.translate(_WIDTHLESS)).split())


def looks_like_figure(text: str) -> bool:
    """Whether a cell holds a figure (or what stands for one) rather than a label."""
    if len(text) > _LONGEST:
        return False
    folded = squeeze(_CIRCLED.sub("", text.strip()))
    if not folded:
        return False
    if folded in _MARKS or folded in BLANK_MARKS or text.strip() in BLANK_MARKS:
        return True
    return bool(_FIGURE.fullmatch(folded) or _SIGNED.fullmatch(folded))


def figure_cell(text: str, *, decimal: bool, origin: Provenance | None = None) -> Cell:
    """Return the cell for a printed text; `decimal` says whether a fraction is legal."""
    stripped = text.translate(_WIDTHLESS).strip()
    folded = squeeze(stripped)
    if folded in BLANK_MARKS or stripped in BLANK_MARKS:
        return BLANK.model_copy(update={"origin": origin})
    if folded == "/":
        remark = None if stripped == "/" else "全角“／”按“/”读取"
        return NOT_APPLICABLE.model_copy(update={"origin": origin, "remark": remark})
    without_mark = squeeze(_CIRCLED.sub("", stripped))
    readable = len(stripped) <= _LONGEST and not _SPLIT.search(stripped)
    match = _FIGURE.fullmatch(without_mark) if readable else None
    if match is None:
        return Cell.illegal(stripped, origin=origin)
    value = Decimal(match["number"].replace(",", ""))
    if "." in match["number"] and not decimal:
        return Cell.illegal(stripped, origin=origin)
    if match["unit"] == "万元" and not decimal:
        return Cell.illegal(stripped, origin=origin)
    clean = (text.strip() == stripped and stripped == plain(value)) or (
        decimal and text.strip() == match["number"]
    )
    remark = None if clean else f"“{stripped}”按{plain(value)}读取"
    return Cell.number(value, remark=remark, origin=origin)
