"""Which of many patterns can match a text at all, by the characters they cannot do without.

What a pattern needs is read off its own parse tree, so that whoever adds a pattern has nothing to
declare: “(?:电话|传真)…” needs one of 电传 (and so on), “第[一二]+条” both 第 and 条. A pattern whose
needs are not met is not run; where nothing can be said of a pattern, it always is.

In the same way `compiled` reads off with which characters a match can begin at all, so that a search
passes over the others quickly.
"""

import re
from collections.abc import Sequence, Set
from functools import lru_cache, reduce
from importlib import import_module
from itertools import count
from operator import or_
from typing import Any

Needs = tuple[frozenset[str], ...]
# The commonest characters of published reports: to need one of them says little.
_COMMON = frozenset(
    "政公开府信息工作务的年理新区和全人请不一强对制关市申度平行实规在进要主时保报发加化办中审管体民范动件网有部为上下大明是"
)
# Sets looked at for each pattern, the smallest first; more would cost more than they save. `fitting`
# takes them by halves, so that they are a power of two.
_LEVELS = 4
_WIDEST = 128


def any_word(words: list[str]) -> str:
    """Return a pattern that matches any of the words, the longest where several begin alike."""
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}

    def write(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
        optional = "" in node
        branches = [re.escape(char) + write(rest) for char, rest in node.items() if char]
        if not branches:
            return ""
        body = (
            branches[0] if len(branches) == 1 and not optional else "(?:" + "|".join(branches) + ")"
        )
        return body + "?" if optional else body

    return write(tree)


def needs(pattern: str) -> Needs:
    """Return sets of characters: a text the pattern matches has at least one of each set."""
    return tuple(dict.fromkeys(_of_sequence(_tree(pattern))))


def branches_need(pattern: str) -> tuple[Needs, ...]:
    """Return what each branch of a pattern needs; of one without branches, what the whole does."""
    items = list(_tree(pattern))
    if len(items) != 1 or str(items[0][0]) != "BRANCH":
        return (needs(pattern),)
    return tuple(tuple(dict.fromkeys(_of_sequence(branch))) for branch in items[0][1][1])


@lru_cache(maxsize=128)
def _tree(pattern: str) -> Any:
    """Return the parse tree of a pattern as (operator, value) pairs; empty where there is none to read."""
    try:
        # NOTE: Python has no public reader of patterns; without this one every pattern is run.
        parser: Any = import_module("re._parser")
    except ImportError:
        return ()
    tree = parser.parse(pattern)
    return () if tree.state.flags & re.IGNORECASE else tree


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
            # Whichever branch matches, one of the cheapest needs of all is met, one of the next, …
            branches = [sorted(_of_sequence(branch), key=_cost) for branch in value[1]]
            return [frozenset().union(*sets) for sets in zip(*branches, strict=False)]
    return []


def _cost(chars: frozenset[str]) -> int:
    """Return how often a set is met, roughly: the more characters and the commoner, the oftener."""
    return len(chars) + 20 * len(chars & _COMMON)


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


class Keywords:
    """Words of one or two characters; whatever one of `patterns` matches holds one of them.

    Bit n of what is said of a place stands for pattern n: without it pattern n cannot match there.
    """

    def __init__(self, *patterns: re.Pattern[str]) -> None:
        choices = [_words(_tree(pattern.pattern)) for pattern in patterns]
        needed = list(map(_cheapest, choices))
        if not all(needed):
            raise ValueError("a pattern that needs no word cannot be told by its words")
        for index, choice in enumerate(choices):
            # NOTE: each word costs a look for it and, where it is met, one at its pattern; words that are
            # looked for anyway cost the second alone.
            others = frozenset().union(*needed[:index], *needed[index + 1 :])
            needed[index] = min(choice, key=lambda one: _rarity(one) + _rarity(one - others))
        self._bits: dict[str, int] = {}
        for index, words in enumerate(needed):
            for word in words:
                self._bits[word] = self._bits.get(word, 0) | 1 << index
        firsts, seconds = ({word[at:][:1] for word in self._bits} for at in (0, 1))
        alone = _class({word for word in self._bits if len(word) == 1})
        # NOTE: one class is searched for quickly; which two characters go together is seen afterwards.
        self._search = re.compile(f"{_class(firsts)}(?:(?<={alone})|(?={_class(seconds)}))")

    @property
    def words(self) -> frozenset[str]:
        """Every word, of whichever pattern."""
        return frozenset(self._bits)

    def places(self, text: str) -> tuple[list[int], list[int]]:
        """Return where the words begin in a text, in order, and the bits of the patterns they are of."""
        places: list[int] = []
        said: list[int] = []
        bits_of = self._bits.get
        for match in self._search.finditer(text):
            at = match.start()
            bits = bits_of(text[at], 0) | bits_of(text[at : at + 2], 0)
            if bits:
                places.append(at)
                said.append(bits)
        return places, said


def _class(chars: set[str]) -> str:
    return f"[{re.escape(''.join(sorted(chars)))}]" if any(chars) else "(?!)"


def _cheapest(words: list[frozenset[str]]) -> frozenset[str]:
    return min(words, key=_rarity, default=frozenset())


# What every report says in every second sentence.
_EVERYWHERE = frozenset({"公开", "信息", "政府", "政务", "申请", "工作", "部分", "社会", "办理"})


def _rarity(words: frozenset[str]) -> int:
    """Return how often a set is met, roughly: a pair is rarer than a character."""
    return sum(map(_frequency, words))


def _frequency(word: str) -> int:
    if len(word) == 1:
        return 60 if word in _COMMON else 8
    if word in _EVERYWHERE:
        return 100
    return 10 if _COMMON.issuperset(word) else 1


# More pairs of neighbours than this are hardly rarer than their characters.
_PAIRS = 16


def _words(items: Any) -> list[frozenset[str]]:
    """Return sets of strings: what a sequence matches holds one of each set."""
    found: list[frozenset[str]] = []
    before: frozenset[str] = frozenset()
    for kind, value in items:
        operator = str(kind)
        if operator in {"AT", "ASSERT", "ASSERT_NOT"}:
            found += _words(value[1]) if operator == "ASSERT" else []
            continue
        chars = _of_item(operator, value) if operator in {"LITERAL", "IN"} else []
        here = chars[0] if chars else frozenset[str]()
        if here:
            found.append(here)
            found += _pairs(before, (here, False))
        elif operator in {"SUBPATTERN", "ATOMIC_GROUP"}:
            found += _words(value[-1] if operator == "SUBPATTERN" else value)
        elif operator in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"} and value[0] > 0:
            found += _words(value[2])
        elif operator == "BRANCH":
            branches = [_words(branch) for branch in value[1]]
            if all(branches):
                found.append(frozenset().union(*map(_cheapest, branches)))
        if before and not here:
            found += _pairs(before, _starts([(kind, value)]))
        before = here
    return found


def _pairs(before: Set[str], behind: tuple[Set[str], bool]) -> list[frozenset[str]]:
    """Return the pairs that a character and what begins right behind it make, where they are few and told."""
    starts, empty = behind
    if empty or not 0 < len(before) * len(starts) <= _PAIRS or any(len(one) > 1 for one in starts):
        return []
    return [frozenset(one + other for one in before for other in starts)]


def hint(*patterns: re.Pattern[str]) -> re.Pattern[str]:
    """Return a pattern for single characters: a text without one is matched by none of `patterns`."""
    needed = [needs(pattern.pattern) for pattern in patterns]
    if not all(needed):
        return re.compile("")
    chars = frozenset().union(*(min(sets, key=_cost) for sets in needed))
    return re.compile(f"[{re.escape(''.join(sorted(chars)))}]")


class Screen:
    """Says for a text which of many patterns may match, given what each of its branches needs."""

    def __init__(self, needed: Sequence[Sequence[Needs]]) -> None:
        # One bit for each branch and level; it may match when its bit is set on all levels. A pattern with
        # many branches has the bit of the first and, behind those of all patterns, one for each other.
        patterns = len(needed)
        self._size = patterns + sum(len(branches) - 1 for branches in needed)
        self._open, self._bits = 0, dict[str, int]()
        self._others: list[tuple[int, int]] = []
        place = count(patterns)
        for index, (sets, *others) in enumerate(needed):
            self._add(index, sets)
            behind = [self._add(next(place), sets) for sets in others]
            if behind:
                self._others.append((reduce(or_, behind), 1 << index))
        self._known = frozenset(self._bits)
        self._first, self._patterns = (1 << self._size) - 1, (1 << patterns) - 1

    def _add(self, place: int, sets: Needs) -> int:
        """Note down what a branch needs, and return its bit."""
        smallest = sorted(sets, key=_cost)[:_LEVELS]
        for level in range(_LEVELS):
            bit = 1 << (level * self._size + place)
            if level >= len(smallest):
                self._open |= bit
                continue
            for char in smallest[level]:
                self._bits[char] = self._bits.get(char, 0) | bit
        return 1 << place

    def fitting(self, text: str) -> tuple[int, ...]:
        """Return the indices of the patterns that may match, in order."""
        size = self._size
        bits = map(self._bits.__getitem__, self._known.intersection(text))
        met = reduce(or_, bits, self._open)
        # Each bit with that two levels above, then these with those of one level above.
        met &= met >> 2 * size
        met &= met >> size & self._first
        for others, first in self._others:
            if met & others:
                met |= first
        return _ones(met & self._patterns)


@lru_cache(maxsize=4096)
def _ones(bits: int) -> tuple[int, ...]:
    return tuple(index for index in range(bits.bit_length()) if bits >> index & 1)


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that matches the same and is searched for faster.

    Every match begins with one of a few characters; a look ahead at them is put before the pattern.
    """
    tree = _tree(pattern)
    if begins_known(pattern) and not _has_head(tree):
        pattern = f"(?=[{''.join(sorted(_starts(tree)[0]))}])(?:{pattern})"
    return re.compile(pattern)


def begins_known(pattern: str) -> bool:
    """Whether a match can begin only with characters that can be told."""
    starts, empty = _starts(_tree(pattern))
    return not (empty or starts >= _ANYTHING)


def _has_head(items: Any) -> bool:
    """Whether Python's own search already looks for the first character of a pattern."""
    operator, value = items[0]
    match str(operator):
        case "SUBPATTERN":
            return _has_head(value[-1])
        case "BRANCH":
            return all(str(branch[0][0]) == "LITERAL" for branch in value[1])
    return str(operator) in {"LITERAL", "IN"}


_ANYTHING = frozenset({r"\s", r"\S"})
_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_WORD": r"\w",
}


def _starts(items: Any) -> tuple[set[str], bool]:
    """Return the members of a class a sequence can begin with, and whether it can be empty."""
    found: set[str] = set()
    for operator, value in items:
        starts, empty = _starts_of_item(str(operator), value)
        found |= starts
        if not empty:
            return found, False
    return found, True


def _starts_of_item(operator: str, value: Any) -> tuple[set[str], bool]:
    match operator:
        case "LITERAL":
            return {re.escape(chr(value))}, False
        case "IN":
            return set().union(*(_members(str(kind), member) for kind, member in value)), False
        case "SUBPATTERN":
            return _starts(value[-1])
        case "MAX_REPEAT" | "MIN_REPEAT":
            starts, empty = _starts(value[2])
            return starts, empty or value[0] == 0
        case "BRANCH":
            branches = [_starts(branch) for branch in value[1]]
            return set().union(*(starts for starts, _ in branches)), any(e for _, e in branches)
        case "AT" | "ASSERT" | "ASSERT_NOT":
            return set(), True
    # Of any other operator nothing is known.
    return set(_ANYTHING), True


def _members(operator: str, value: Any) -> set[str]:
    match operator:
        case "LITERAL":
            return {re.escape(chr(value))}
        case "RANGE":
            return {"-".join(re.escape(chr(end)) for end in value)}
        case "CATEGORY" if str(value) in _CATEGORIES:
            return {_CATEGORIES[str(value)]}
    return set(_ANYTHING)
