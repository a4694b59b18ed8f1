"""What a number or a clause means by the company its words keep: linear models of characters, trained on own passages.

The lists of words in `lexicon` say what is known; these weights say what is usual. They are asked last, for what the
lists leave open, and they see words only: every number is replaced by a mark before it is looked at, so that a link
never rests on a value. The weights are data (`facts/data/learned_numbers.tsv`, `learned_clauses.tsv`), written by
`python -m eval.learned`; each line is a feature and what it speaks for, in 1/32: `c:处罚` in the clause of a number
speaks for the penalties.
"""

import math
import re
import struct
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from report_writer.facts.expressions import PREVIOUS, Expression, a_year_before
from report_writer.facts.text.marks import begin_of, end_of

# How many steps of the weights make 1 (log-odds).
SCALE = 32
# A packed score of 0: no sum of the weights of one text comes near 2¹⁵.
_MIDDLE = 1 << 15
# What no cell is meant by: registered facts, sums of the text, figures of others.
NO_CELL, RARE = "none", "rare"
_NUMBERS, _CLAUSES = "learned_numbers", "learned_clauses"
# Neighbours nothing is known of, and the edges of a text.
UNKNOWN, FIRST, LAST = "?", "^", "$"
_NUMBER = re.compile(
    r"[0-9]+(?:[.,][0-9]+)*|[一二三四五六七八九十百千两零〇]+(?=[件条起项份次个宗例])"
)
_CLAUSE_END = re.compile(r"[，、：:（）()]")
_NO_UNIT = re.compile(r"[\d.,万亿余多近约超\s]|[一二三四五六七八九十百千两零〇]+(?=.)")
_DIGIT = re.compile(r"\d")
_SPACE = re.compile(r"\s")
_HERE, _SUFFIX, _SENTENCE = 18, 6, 320


Span = tuple[int, int]


class Likely(NamedTuple):
    """A cell, or a sum of cells, that a count may mean; None: no cell at all."""

    expression: Expression | None
    probability: float


class _Grams(NamedTuple):
    """The strings of some `sizes` that `words` are made of, each a feature behind its mark."""

    mark: str
    words: str
    sizes: tuple[int, ...]

    def features(self) -> dict[str, None]:
        """Return the features, each once."""
        mark, words, length = self.mark, self.words, len(self.words) + 1
        return dict.fromkeys(
            [f"{mark}:{words[at : at + n]}" for n in self.sizes for at in range(length - n)]
        )


class _Ends(NamedTuple):
    """The few characters right before and behind a number, each way to take them a feature."""

    unit: str
    before: str
    behind: str

    def features(self) -> dict[str, None]:
        """Return the features, each once."""
        unit, before, behind = self
        found = [f"s{before[-size:]}" for size in range(1, _SUFFIX)]
        found += [f"r{behind[:size]}" for size in (1, 2, 3)]
        return dict.fromkeys([*found, f"u={unit}", f"j{unit}|{before[-2:]}"])


class _Company(NamedTuple):
    """What is known of the neighbours, alone and with the characters right before a number, if any."""

    around: "Neighbours"
    before: str

    def features(self) -> dict[str, None]:
        """Return the features, each once."""
        (second, first, behind), before = self
        found = [f"<<{second}", f"<{first}", f">{behind}"]
        return dict.fromkeys([*found, *(f"<{first}|{before[-n:]}" for n in (1, 2, 3) if before)])


_Group = _Grams | _Ends | _Company


class _Seen(NamedTuple):
    """What a model sees: features of their own, and groups of them; no two of them are the same."""

    own: dict[str, None]
    groups: tuple[_Group, ...]

    def features(self) -> list[str]:
        """Return every feature."""
        return [*self.own, *(name for group in self.groups for name in group.features())]


class _Model:
    """`lines` are the weights as they were written; `read` those that have been asked for, packed like the bias."""

    def __init__(
        self, meanings: tuple[Expression | None, ...], bias: int, lines: dict[str, str]
    ) -> None:
        self.meanings, self.bias, self.lines = meanings, bias, lines
        self.read: dict[str, int] = {}
        # Reports say most things in the same few clauses: what their words add up to is kept.
        self._of_group = lru_cache(maxsize=2048)(self._read_group)

    def scores(self, seen: _Seen) -> tuple[int, ...]:
        """Return how much the features speak for each meaning, from 0 on."""
        said = self._sum(seen.own, self.bias)
        for group in seen.groups:
            said += self._of_group(group)
        count = len(self.meanings)
        return struct.unpack(f"<{count}H", said.to_bytes(2 * count, "little"))

    def _read_group(self, group: _Group) -> int:
        return self._sum(group.features(), 0)

    def _sum(self, seen: dict[str, None], said: int) -> int:
        for name in self.lines.keys() & seen:
            weights = self.read.get(name)
            if weights is None:
                parts = (part.partition(":") for part in self.lines[name].split())
                weights = _packed((int(at), int(weight)) for at, _, weight in parts)
                self.read[name] = weights
            said += weights
        return said


def _packed(weights: Iterable[tuple[int, int]]) -> int:
    """Return weights side by side in one whole number, so that one addition adds all of them."""
    return sum(weight << 16 * at for at, weight in weights)


class Neighbours(NamedTuple):
    """What is known of the numbers and claims around: classes of the model, UNKNOWN, or an edge of the text."""

    second_before: str
    before: str
    after: str


def number_features(text: str, start: int, end: int, around: Neighbours) -> list[str]:
    """Return what the model sees of the number at `text[start:end]` in normalised text: words, never values."""
    return _of_number(text, start, end, around).features()


def _of_number(text: str, start: int, end: int, around: Neighbours) -> _Seen:
    begin, stop = begin_of(text, start), end_of(text, end)
    left = _SPACE.sub(" ", _NUMBER.sub("#", text[max(begin, start - _SENTENCE) : start]))
    right = _SPACE.sub(" ", _NUMBER.sub("#", text[end : min(stop, end + 60)]))
    unit = _NO_UNIT.sub("", text[start:end])
    clauses = _CLAUSE_END.split(left)
    near = ("^" + left)[1 - _SUFFIX :]
    own = {f"open={not clauses[-1]}": None, f"first={'#' not in left}": None}
    after = _CLAUSE_END.split(right, 1)[0][:12]
    before = clauses[-2][-_HERE:] if len(clauses) > 1 else ""
    return _Seen(
        own,
        (
            _Ends(unit, near, (right + "$")[:3]),
            _Company(around, near[-3:]),
            _Grams("c", "^" + clauses[-1][-_HERE:], (1, 2, 3)),
            _Grams("p", before, (2, 3)),
            _Grams("b", after + "$", (1, 2, 3)),
            _Grams("n", right[len(after) :][:14], (2,)),
        ),
    )


_CLAUSE_MARKS = "，。；：！？（）()“”\n"
# Without one of these characters or words a clause denies nothing and generalises nothing.
_SAYS_ALL_OR_NONE = re.compile(
    r"无|没|未(?!来)|不(?:存在|曾|办|作|收|欠|涉及|掌握|变|见|多不少|降反|相上下|予)|谈不上|零(?!距离|售|跑)"
    r"|均(?!衡)|都(?!市)|全(?!面|县|市|区|省|镇|国|程|体|乡|力|局|流程|文|媒体|覆盖)|皆|悉|空(?!间|气)"
    r"|来自|只有|限于|一律|统统|同样|相同|持平|相等|一致|一样|等量|如数|尽数|件件|清一色|余为|仅"
)
_LONGEST = 30


def unnumbered_clauses(text: str) -> Iterator[Span]:
    """Yield the clauses of normalised text that may state a figure without a digit, in order."""
    last = 0
    for match in _SAYS_ALL_OR_NONE.finditer(text):
        if match.start() < last:
            continue
        start = begin_of(text, match.start(), _CLAUSE_MARKS)
        last = end_of(text, match.start(), _CLAUSE_MARKS)
        if last - start <= _LONGEST and not _DIGIT.search(text, start, last):
            yield start, last


def clause_features(text: str, start: int, end: int, around: Neighbours) -> list[str]:
    """Return what the model sees of the clause `text[start:end]` of normalised text."""
    return _of_clause(text, start, end, around).features()


def _of_clause(text: str, start: int, end: int, around: Neighbours) -> _Seen:
    own = {f"o{text[start - 1 : start].strip()}": None, f"l{min((end - start) // 4, 6)}": None}
    before = text[max(0, start - 1 - _HERE) : max(0, start - 1)]
    before = before[begin_of(before, len(before), _CLAUSE_MARKS) :]
    return _Seen(
        own,
        (
            _Company(around, ""),
            _Grams("c", _SPACE.sub(" ", f"^{text[start:end]}$"), (1, 2, 3, 4)),
            _Grams("p", _SPACE.sub(" ", _NUMBER.sub("#", before)), (2, 3)),
        ),
    )


def class_of(expression: Expression | None) -> str:
    """Return the class of what a neighbour has been found to mean; None: nothing is known of it."""
    if expression is None:
        return UNKNOWN
    if expression.is_registered:
        return NO_CELL
    return str(expression).replace(" ", "")


def number_means(text: str, start: int, end: int, around: Neighbours) -> tuple[Likely, ...]:
    """Return what the number at `text[start:end]` of normalised text may mean, the likeliest first."""
    return _ranked(_model(_NUMBERS), _of_number(text, start, end, around))


def clause_means(text: str, start: int, end: int, around: Neighbours) -> tuple[Likely, ...]:
    """Return what the clause `text[start:end]` may say is 0 (or how it has moved), the likeliest first."""
    return _ranked(_model(_CLAUSES), _of_clause(text, start, end, around))


def usual_meanings() -> tuple[Expression, ...]:
    """Return every formula a number is ever taken for here."""
    return tuple(meant for meant in _model(_NUMBERS).meanings if meant is not None)


def _ranked(model: _Model, seen: _Seen) -> tuple[Likely, ...]:
    scores = model.scores(seen)
    least = max(scores) - _FAR_BEHIND
    odds = [(_ODDS[s - least], at) for at, s in enumerate(scores) if s > least]
    whole = sum([odd for odd, _ in odds])
    bound = whole * _LEAST
    likely = sorted([one for one in odds if one[0] > bound], reverse=True)
    return tuple([Likely(model.meanings[at], odd / whole) for odd, at in likely])


# Classes e⁻⁸ times as likely as the best are left out of the reckoning.
_FAR_BEHIND = 8 * SCALE
_ODDS = tuple(math.exp(step / SCALE) for step in range(_FAR_BEHIND + 1))
_LEAST = 0.005
_TERM = re.compile(r"(?P<sign>[+-]?)(?P<fact>[^+-]+)")
_FUNCTION = re.compile(
    r"(?P<name>share|change_rate|change_count)\((?P<terms>[^,()]+)(?:,(?P<base>[^,()]+))?\)"
)


@cache
def expression_of(name: str) -> Expression | None:
    """Return the formula a class of the model stands for, None where it is none of ours."""
    function = _FUNCTION.fullmatch(name)
    if function is None:
        return None if "(" in name else Expression(_terms(name))
    now = Expression(_terms(function["terms"]))
    base = _terms(function["base"]) if function["base"] else a_year_before(now).terms
    return Expression(now.terms, function["name"], base)


def _terms(name: str) -> tuple[tuple[int, str], ...]:
    return tuple(
        (-1 if term["sign"] == "-" else 1, term["fact"].replace("last_year:", PREVIOUS))
        for term in _TERM.finditer(name)
    )


@cache
def _model(name: str) -> _Model:
    source = resources.files("report_writer.facts").joinpath("data", f"{name}.tsv")
    _, names, bias, *lines = source.read_text(encoding="utf-8").rstrip("\n").split("\n")
    classes = names.split("\t")
    return _Model(
        tuple(None if c in {NO_CELL, RARE} else expression_of(c) for c in classes),
        _packed((at, int(weight) + _MIDDLE) for at, weight in enumerate(bias.split("\t"))),
        dict(line.split("\t", 1) for line in lines),
    )
