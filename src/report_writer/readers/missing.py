"""Parts of the report a source leaves out, as against parts whose heading was only damaged."""

import re
from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

from report_writer.forms import Form
from report_writer.forms._form import Section
from report_writer.readers.labels import core

# From this many headings on, a source is a whole report and not an extract.
WHOLE = 4
_LONGEST, _ALIKE = 45, 0.5
_NUMBER = re.compile(r"^第?([一二三四五六])(?:部分)?\s*[、.．,，:：\s]")


def missing_parts(texts: Iterable[str], found: set[str], form: Form) -> list[str]:
    """Return the narrative parts a whole report lacks: no heading, nor a line that could be one.

    `texts` are the paragraphs that were not read as headings, `found` the parts with a heading.
    """
    if len(found) < WHOLE:
        return []
    short = [text.strip() for text in texts if 0 < len(text.strip()) <= _LONGEST]
    lacking = [s for s in form.sections if s.table is None and s.key not in found]
    return [s.key for s in lacking if not any(_could_be(text, s) for text in short)]


def _could_be(text: str, section: Section) -> bool:
    """Whether a line may be the damaged heading of a part: its number, or half of its characters."""
    number = _NUMBER.match(text)
    if number and section.heading.startswith(number[1]):
        return True
    if text.endswith(("。", "；", "，")):
        return False
    wanted = [core(name) for name in (section.heading, *section.variants)]
    literal = core(text)
    return any(Levenshtein.normalized_similarity(literal, name) >= _ALIKE for name in wanted)
