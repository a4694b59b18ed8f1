"""Formulas over facts: `requests/received/total + requests/carried_over/total`, `share(a, b)` …

The notation is that of the labelled claims (contract 3): cell addresses, `facts/<label>` for a
registered fact, `last_year:<address>`, `+`, `-`, and the functions
`share(a, b)`, `change_count(x)`, `change_rate(x)` (against last year; two arguments: now, before).
A formula is a value, not a string: nothing is parsed from text that an agency or a model wrote.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

PREVIOUS = "previous/"
# How the ids of last year's facts begin; a clerk may register them beside this year's: 上年公开信息.
LAST_YEARS = (PREVIOUS, "facts/上年", "facts/去年", "facts/上一年")
Lookup = Callable[[str], Decimal | None]


@dataclass(frozen=True, slots=True)
class Expression:
    """A sum of signed facts, or a function of two such sums.

    `terms` are (sign, fact id); `function` is None for a plain sum, else `share`, `change_count`
    or `change_rate` with `terms` as first and `base` as second operand.
    """

    terms: tuple[tuple[int, str], ...]
    function: str | None = None
    base: tuple[tuple[int, str], ...] = ()
    # Every fact id the formula reads, in order, once.
    operands: tuple[str, ...] = field(init=False, repr=False, compare=False)
    # Whether it reads a registered fact, of this year or the last.
    is_registered: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # NOTE: a formula is made once and asked many times.
        operands: tuple[str, ...]
        if len(self.terms) == 1 and not self.base:
            operands = (self.terms[0][1],)
        else:
            operands = tuple(dict.fromkeys([fact for _, fact in self.terms + self.base]))
        object.__setattr__(self, "operands", operands)
        object.__setattr__(self, "is_registered", "facts/" in "\n".join(operands))

    @property
    def is_plain(self) -> bool:
        """Whether the formula is one fact and nothing else."""
        return self.function is None and len(self.terms) == 1 and self.terms[0][0] == 1

    def __str__(self) -> str:
        if self.function is None:
            return _written(self.terms)
        if self.function.startswith("change") and self.base == a_year_before(self).terms:
            return f"{self.function}({_written(self.terms)})"
        return f"{self.function}({_written(self.terms)}, {_written(self.base)})"

    def evaluate(self, lookup: Lookup) -> Decimal | None:
        """Return the value, or None where an operand is unknown or the base is 0."""
        left = _total(self.terms, lookup)
        if self.function is None or left is None:
            return left
        right = _total(self.base, lookup)
        if right is None:
            return None
        if self.function == "change_count":
            return left - right
        if right == 0:
            return None
        return left / right if self.function == "share" else (left - right) / right


def last(fact: str) -> str:
    """Return last year's address of a cell."""
    return fact if fact.startswith(PREVIOUS) else PREVIOUS + fact


def total(*facts: str) -> Expression:
    """Return the sum of facts; of one fact, the fact itself."""
    return Expression(tuple((1, fact) for fact in facts))


def a_year_before(expression: Expression) -> Expression:
    """Return the sum of the same cells in last year's tables."""
    return Expression(tuple((sign, last(fact)) for sign, fact in expression.terms))


def a_year_later(expression: Expression) -> Expression:
    """Return the sum of the same cells in this year's tables."""
    return Expression(tuple((s, fact.removeprefix(PREVIOUS)) for s, fact in expression.terms))


def minus(whole: Expression, part: Expression) -> Expression:
    """Return whole − part, two sums."""
    return Expression(whole.terms + tuple((-sign, fact) for sign, fact in part.terms))


def share(part: Expression, whole: Expression) -> Expression:
    """Return part / whole."""
    return Expression(part.terms, "share", whole.terms)


def change(now: Expression, *, rate: bool, before: Expression | None = None) -> Expression:
    """Return now − before, or (now − before) / before; `before` defaults to last year's `now`."""
    base = (before or a_year_before(now)).terms
    return Expression(now.terms, "change_rate" if rate else "change_count", base)


def _total(terms: tuple[tuple[int, str], ...], lookup: Lookup) -> Decimal | None:
    result = Decimal(0)
    for sign, fact in terms:
        value = lookup(fact)
        if value is None:
            return None
        result += sign * value
    return result


def _written(terms: tuple[tuple[int, str], ...]) -> str:
    parts: list[str] = []
    for sign, fact in terms:
        if parts or sign < 0:
            parts.append("-" if sign < 0 else "+")
        is_last = fact.startswith(PREVIOUS)
        parts.append(f"last_year:{fact.removeprefix(PREVIOUS)}" if is_last else fact)
    return " ".join(parts)
