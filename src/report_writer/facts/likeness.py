"""How alike two texts are once names, numbers and required sentences are left out.

Two measures, both shown to the user: the edit likeness of two sentences or paragraphs (InDel
distance, 1 = the same), and the share of one text whose runs of eight characters stand in another.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from report_writer.domain.report import Agency
from report_writer.forms.fixed_sentences import FIXED

RUN = 8
# Shorter than this, two honest sentences may well be the same.
SHORTEST_SENTENCE, SHORTEST_PARAGRAPH = 14, 30
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_NUMERAL = re.compile(r"[0-9０-９][0-9０-９,，.．]*|[〇零一二三四五六七八九十百千万亿两]+")
_SELF = re.compile(
    r"(?:我|本)(?:机关|单位|行政机关|办公室|街道|[局委厅办镇乡院部处省市区县旗])|(?:全|我)[省市区县镇乡]"
)
_MARKS = re.compile(r"[^\w#]+|_")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a section and what is left of it to compare: `text[start:end]`, masked."""

    start: int
    end: int
    masked: str


def names_of(agency: Agency) -> re.Pattern[str] | None:
    """Return a pattern for all names of an agency, longest first, or None where it has none."""
    parts = [agency.name, agency.short_name, agency.self_reference]
    parts += (agency.superior or "").split("、")
    names = sorted({p for p in parts if p and len(p) > 1}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names))) if names else None


def mask(text: str, names: re.Pattern[str] | None) -> str:
    """Return the text without names (某), numerals (#), punctuation and spaces."""
    if names is not None:
        text = names.sub("某", text)
    text = _SELF.sub("某", text)
    return _MARKS.sub("", _NUMERAL.sub("#", text))


def sentences(text: str, names: re.Pattern[str] | None) -> Iterator[Piece]:
    """Yield the sentences that count: required ones and very short ones are left out."""
    for match in _SENTENCE.finditer(text):
        if FIXED.search(match.group()):
            continue
        masked = mask(match.group(), names)
        if len(masked) >= SHORTEST_SENTENCE:
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            yield Piece(start, match.end(), masked)


def paragraphs(text: str, names: re.Pattern[str] | None) -> Iterator[Piece]:
    """Yield the paragraphs (lines) that count, each without its required sentences."""
    start = 0
    for line in text.split("\n"):
        kept = "".join(s for s in _SENTENCE.findall(line) if not FIXED.search(s))
        masked = mask(kept, names)
        if len(masked) >= SHORTEST_PARAGRAPH:
            lead = len(line) - len(line.lstrip())
            yield Piece(start + lead, start + len(line.rstrip()), masked)
        start += len(line) + 1


def likeness(one: str, other: str, *, least: float = 0.0) -> float:
    """Return the edit likeness of two masked texts, 0 to 1; 0 where it is below `least`."""
    return fuzz.ratio(one, other, score_cutoff=100 * least) / 100


def repeated(new: str, old: str) -> float:
    """Return the share of a masked text's runs of eight characters that stand in another."""
    runs = [new[i : i + RUN] for i in range(len(new) - RUN + 1)]
    known = {old[i : i + RUN] for i in range(len(old) - RUN + 1)}
    return sum(run in known for run in runs) / len(runs) if runs else 0.0
