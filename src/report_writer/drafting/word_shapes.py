"""Chinese text as runs, pairs and word lists: what the judges of a sentence compare."""

import re
from collections.abc import Iterable


def pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring Chinese characters in a text."""
    return {
        text[i : i + 2] for i in range(len(text) - 1) if chinese(text[i]) and chinese(text[i + 1])
    }


def share(own: set[str], other: set[str]) -> float:
    """Return which share of one set the other has too; 0 where there is nothing to share."""
    return len(own & other) / len(own) if own else 0.0


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of these words, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def strange_stretch(run: str, given: set[str]) -> str:
    """Return the longest stretch of a run of which no character is given."""
    best = current = ""
    for c in run:
        current = "" if c in given else current + c
        best = max(best, current, key=len)
    return best


def chinese(character: str) -> bool:
    """Whether a character is a Chinese one."""
    return "\u4e00" <= character <= "\u9fff"
