"""Where the sentence or clause around a place of a text begins and ends.

Most begin within a few words, so that the few are looked through first: a text may lack some of the marks
altogether, and each would be looked for as far as its beginning.
"""

import re
from functools import cache

SENTENCE_ENDS = "。；！？\n"
_NEAR = 64


def begin_of(text: str, at: int, marks: str = SENTENCE_ENDS) -> int:
    """Return the offset behind the last of the marks before `at`; 0 where there is none."""
    near = max(0, at - _NEAR)
    mark = _any_of(marks).search(text[near:at][::-1])
    if mark is not None:
        return at - mark.start()
    return max([text.rfind(mark, 0, near) for mark in marks]) + 1 if near else 0


def end_of(text: str, at: int, marks: str = SENTENCE_ENDS) -> int:
    """Return the offset of the first of the marks from `at` on; that of the end where there is none."""
    end = _any_of(marks).search(text, at)
    return end.start() if end is not None else len(text)


@cache
def _any_of(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(marks)}]")
