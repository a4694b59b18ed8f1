"""The headings of the six parts among the paragraphs of a source.

Found by their words, not by their style: the official wording, the variants the form lists, damaged
characters where only one heading can be meant. A sentence that contains the words and an inner
heading （一）… stay text.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

from rapidfuzz.distance import Levenshtein

from report_writer.forms import FORMS, OGI_2021, Form
from report_writer.readers.blocks import Block, Paragraph
from report_writer.readers.labels import Labels, core

_LONGEST_HEADING = 45
_NUMBERED = re.compile(r"^第?[一二三四五六七八九十]{1,2}(?:部分)?\s*[、.．,，:：\s]")
_INNER = re.compile(r"^\s*[（(]|^\s*\d")
# The number of a part, as 一、 or as （一）, 1. where a program wrote the list anew.
_ORDINAL = re.compile(
    r"^第?(?P<han>[一二三四五六])(?:部分)?[、.,:\s]|^\(?(?P<other>[一二三四五六1-6])[).、]"
)
_NUMERALS = "一二三四五六"
# Words that name a part where its heading is worded freely (numbered lines only).
_KEYWORDS: Mapping[str, tuple[str, ...]] = {
    "remedies": ("复议", "诉讼"),
    "requests": ("收到", "申请"),
    "problems": ("问题", "改进"),
    "other_matters": ("其他", "事项"),
}
# One of these is enough where the number is that of the part.
_HINTS: Mapping[str, tuple[str, ...]] = {
    "overview": ("总体", "概述", "概况"),
    "proactive": ("主动公开",),
    "requests": ("依申请公开", "公开申请"),
    "remedies": ("复议", "诉讼"),
    "problems": ("问题", "不足", "改进", "打算"),
    "other_matters": ("其他", "需要报告"),
}
_OFFICIAL, _VARIANT, _WORDS, _NUMBER = 3, 2, 1, 0
_ALIKE, _LONG, _NEAR = 0.6, 8, 2


@cache
def _section_labels(form_id: str) -> tuple[Labels, Labels]:
    sections = FORMS[form_id].sections
    official = Labels({s.key: (s.heading,) for s in sections})
    return official, Labels({s.key: (s.heading, *s.variants) for s in sections})


def heading_strength(paragraph: Paragraph, form: Form) -> tuple[str, int] | None:
    """Return section key and how surely a paragraph is its heading (3 official … 0 its number)."""
    text = paragraph.text.strip()
    if not text or len(text) > _LONGEST_HEADING:
        return None
    official, known = _section_labels(form.id)
    if _INNER.match(text) and not paragraph.marked:
        # NOTE: a program that writes lists anew turns 一、 into 1. or （一）.
        key = official.exact(text)
        return (key, _NUMBER) if key is not None and key == _numbered_part(text, form) else None
    if key := official.exact(text):
        return key, _OFFICIAL
    numbered = bool(_NUMBERED.match(text)) or paragraph.marked
    if text.endswith(("。", "；", "，")) or "，" in text:
        return None
    if key := known.exact(text):
        return key, _VARIANT
    if not numbered and (key := _damaged(text, form)):
        return key, _NUMBER
    if not numbered or _INNER.match(text):
        return None
    if key := known.find(text):
        return key, _VARIANT
    literal = core(text)
    for key, words in _KEYWORDS.items():
        if all(word in literal for word in words):
            return key, _WORDS
    return (key, _NUMBER) if (key := _by_number(text, form)) else None


def _numbered_part(text: str, form: Form) -> str | None:
    """Return the part whose number a text bears."""
    match = _ORDINAL.match(unicodedata.normalize("NFKC", text))
    if match is None:
        return None
    numeral = match["han"] or match["other"]
    return form.sections[int(numeral) - 1 if numeral.isascii() else _NUMERALS.index(numeral)].key


def _by_number(text: str, form: Form) -> str | None:
    """Return the part a text names by its number and by a word or half of the characters of it."""
    key = _numbered_part(text, form)
    if key is None:
        return None
    section = next(s for s in form.sections if s.key == key)
    literal = core(text)
    alike = max(
        Levenshtein.normalized_similarity(literal, core(name))
        for name in (section.heading, *section.variants)
    )
    return key if alike >= _ALIKE or any(word in literal for word in _HINTS[key]) else None


def _damaged(text: str, form: Form) -> str | None:
    """Return the part whose heading a text is but for a character or two; the short one is too short."""
    literal = core(text)
    if len(literal) < _LONG:
        return None
    near = [s.key for s in form.sections if Levenshtein.distance(literal, core(s.heading)) <= _NEAR]
    return near[0] if len(near) == 1 else None


def is_official(text: str) -> bool:
    """Whether a text is a heading of the form word for word, spaces and punctuation apart."""
    return _section_labels(OGI_2021.id)[0].exact(text) is not None


def headings_of(blocks: Sequence[Block], form: Form) -> dict[int, str]:
    """Return position → section key, one heading per section: the surest, then the first.

    A line followed at once by another heading gives way to a later one: a table of contents.
    """
    found: dict[int, tuple[str, int]] = {}
    for i, block in enumerate(blocks):
        if isinstance(block, Paragraph) and (hit := heading_strength(block, form)):
            found[i] = hit
    sure = {i: hit for i, hit in found.items() if hit[1] >= _WORDS}
    places = _chosen(sure)
    doubtful = {
        i: hit
        for i, hit in found.items()
        if i not in sure and hit[0] not in places and _in_order(i, hit[0], places, form)
    }
    places |= _chosen(doubtful)
    return dict(sorted((i, key) for key, i in places.items()))


def _chosen(found: Mapping[int, tuple[str, int]]) -> dict[str, int]:
    """Return key → position of its best heading."""
    chosen: dict[str, tuple[tuple[int, int], int]] = {}
    for i, (key, strength) in found.items():
        contents = i + 1 in found and any(k == key and j > i for j, (k, _) in found.items())
        rank = (strength, 0 if contents else 1)
        if key not in chosen or rank > chosen[key][0]:
            chosen[key] = (rank, i)
    return {key: i for key, (_, i) in chosen.items()}


def _in_order(position: int, key: str, places: Mapping[str, int], form: Form) -> bool:
    """Whether a heading at a position stands between those of the parts before and after its own."""
    order = [section.key for section in form.sections]
    own = order.index(key)
    return all((order.index(k) < own) == (i < position) for k, i in places.items())
