"""Where the sentence or clause around a place of a text begins and ends.

Most end within a few words, so that the few are looked through first: a text may lack some of the marks
altogether, and each would be looked for from one end to the other.
"""

SENTENCE_ENDS = "。；！？\n"
_NEAR = 64


def begin_of(text: str, at: int, marks: str = SENTENCE_ENDS) -> int:
    """Return the offset behind the last of the marks before `at`; 0 where there is none."""
    near = max(0, at - _NEAR)
    found = max([text.rfind(mark, near, at) for mark in marks])
    if found < 0 < near:
        found = max([text.rfind(mark, 0, near) for mark in marks])
    return found + 1


def end_of(text: str, at: int, marks: str = SENTENCE_ENDS) -> int:
    """Return the offset of the first of the marks from `at` on; that of the end where there is none."""
    far = at + _NEAR
    found = [i for mark in marks if (i := text.find(mark, at, far)) >= 0]
    found = found or [i for mark in marks if (i := text.find(mark, far)) >= 0]
    return min(found, default=len(text))
