"""Which of many patterns can match a text at all, by the characters they cannot do without.

What a pattern needs is read off its own parse tree, so that whoever adds a pattern has nothing to
declare: “(?:电话|传真)…” needs one of 电传 (and so on), “第[一二]+条” both 第 and 条. A pattern whose
needs are not met is not run; where nothing can be said of a pattern, it always is.
"""

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

Needs = tuple[frozenset[str], ...]
# Sets looked at for each pattern, the smallest first; more would cost more than they save.
_LEVELS = 3
_WIDEST = 128


def needs(pattern: re.Pattern[str]) -> Needs:
    """Return sets of characters: a text the pattern matches has at least one of each set."""
    if pattern.flags & re.IGNORECASE:
        return ()
    try:
        # NOTE: Python has no public reader of patterns; without this one every pattern is run.
        parser: Any = import_module("re._parser")
    except ImportError:
        return ()
    return tuple(dict.fromkeys(_of_sequence(parser.parse(pattern.pattern))))


def _of_sequence(items: Any) -> list[frozenset[str]]:
    return [one for operator, value in items for one in _of_item(str(operator), value)]


def _of_item(operator: str, value: Any) -> list[frozenset[str]]:
    match operator:
        case "LITERAL":
            return [frozenset(chr(value))]
        case "IN":
            return _of_class(value)
        case "SUBPATTERN" | "ATOMIC_GROUP":
            return _of_sequence(value[-1] if operator == "SUBPATTERN" else value)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _of_sequence(value[2]) if value[0] > 0 else []
        case "ASSERT":
            return _of_sequence(value[1])
        case "BRANCH":
            branches = [_of_sequence(branch) for branch in value[1]]
            if all(branches):
                return [frozenset().union(*(min(sets, key=len) for sets in branches))]
    return []


def _of_class(members: Any) -> list[frozenset[str]]:
    found: set[str] = set()
    for operator, value in members:
        if str(operator) == "LITERAL":
            found.add(chr(value))
        elif str(operator) == "RANGE" and value[1] - value[0] < _WIDEST:
            found.update(map(chr, range(value[0], value[1] + 1)))
        else:
            # A negated class, or one like \d that takes in characters of every script.
            return []
    return [frozenset(found)]


class Screen:
    """Says for a text which of many patterns may match, given what each needs."""

    def __init__(self, needed: Sequence[Needs]) -> None:
        # One bit for each pattern and level; a pattern may match when its bit is set on all levels.
        self._size = len(needed)
        self._open, self._bits = 0, dict[str, int]()
        for index, sets in enumerate(needed):
            smallest = sorted(sets, key=len)[:_LEVELS]
            for level in range(_LEVELS):
                bit = 1 << (level * self._size + index)
                if level >= len(smallest):
                    self._open |= bit
                    continue
                for char in smallest[level]:
                    self._bits[char] = self._bits.get(char, 0) | bit
        self._known = frozenset(self._bits)

    def fitting(self, text: str) -> Iterator[int]:
        """Yield the indices of the patterns that may match, in order."""
        met, size = self._open, self._size
        for char in self._known.intersection(text):
            met |= self._bits[char]
        left = met & (met >> size) & (met >> 2 * size) & ((1 << size) - 1)
        while left:
            lowest = left & -left
            yield lowest.bit_length() - 1
            left ^= lowest
