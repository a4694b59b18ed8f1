"""Averages per thing (平均每条两千余次, 每期两千册, 人均两条) and gaps between two rates (提高2.4个百分点).

An average is read from two counts of the text; it confirms and never accuses, because it may be
taken over another period or body.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from report_writer.domain.units import base_unit
from report_writer.facts.comparing import judge_share
from report_writer.facts.derived.candidates import Derived
from report_writer.facts.derived.comparisons import DOWN, UP
from report_writer.facts.expressions import PREVIOUS, Expression, share
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.text.frames import Item

EACH = re.compile(
    r"(?:(?:平均)?每(?:一)?(?P<each>[条期场家件人户篇部份批册次个名站所])|(?P<all>[人户场篇件期家])均)[^，。；\d]{0,8}$"
)
_PERIOD = re.compile(r"(?:平均|每)[月日周天季年旬]|(?:月|日|周|季|年)均")
_REACH = 90


def is_average(item: Item) -> bool:
    """Whether a number is said per thing or per period, so that it is no total."""
    near = item.left[-14:]
    return "均" in near or ("每" in near and bool(EACH.search(near) or _PERIOD.search(near)))


def read_average(item: Item, context: Context, linked: dict[int, Link]) -> Derived | None:
    """Return the quotient an average may stand for; `linked` are the registered facts of all numbers."""
    quantity = item.quantity
    if quantity is None or quantity.kind not in {"count", "money"}:
        return None
    match = EACH.search(item.left[-14:])
    if match is None or "均属" in item.left[-14:]:
        return None
    unit = base_unit(quantity.unit)[0]
    each = match["each"] or match["all"]
    things = _counts(item, context, linked, each, people=each in "人名")
    wholes = _counts(item, context, linked, unit, people=False)
    options = [share(w, t) for t in things for w in wholes if w != t]
    return Derived(tuple(options[:6]), strong=False) if options else Derived((), strong=False)


def _counts(
    item: Item, context: Context, linked: dict[int, Link], unit: str, *, people: bool
) -> list[Expression]:
    """Return the linked counts of a measure near a number, before it or just behind."""
    found: list[Expression] = []
    near: list[Item] = []
    previous = item.previous
    while previous is not None and previous.start >= item.start - _REACH:
        near.append(previous)
        previous = previous.previous
    following = item.following
    if following is not None and following.start < item.sentence[1]:
        near.append(following)
    for other in near:
        if other.quantity is None or not _measured(base_unit(other.quantity.unit)[0], unit, people):
            continue
        link = linked.get(id(other)) or context.links.get(id(other))
        if link is not None and link.expression.function is None:
            found.append(link.expression)
    return found


def _measured(one: str, unit: str, people: bool) -> bool:
    return one == unit or (people and one in {"人", "名", "位"})


Evaluate = Callable[[Expression], Decimal | None]
_FACTOR = Decimal(100)
_GAP = re.compile(
    rf"(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:(?:[出于过])?(?:上(?:一)?年|去年)(?:同期)?|了|约|近)?(?:为|达)?\s*$"
)
_PAST = re.compile(r"上(?:一)?年|去年|同期|[由从]")


@dataclass(frozen=True, slots=True)
class Gap:
    """The difference of two rates in points, signed as the text orders them; `known` by the facts."""

    points: Decimal
    sign: int
    expressions: tuple[Expression, ...]
    # Half a unit of the last written place of either rate.
    slack: Decimal


def _is_stated(item: Item, value: Decimal | None) -> bool:
    return (
        value is not None and item.quantity is not None and judge_share(item.quantity, value).holds
    )


def read_gap(item: Item, rates: dict[int, Derived], evaluate: Evaluate) -> Gap | None:
    """Return the gap of the two rates stated before “提高2.4个百分点”, or of one rate and last year's."""
    quantity = item.quantity
    match = _GAP.search(item.before)
    if quantity is None or match is None or quantity.kind not in {"points", "share"}:
        return None
    sign = 1 if match["up"] else -1
    stated: list[Item] = []
    for previous in item.earlier():
        if previous.quantity is not None and previous.quantity.kind == "share":
            if _GAP.search(previous.before):
                return None
            stated.append(previous)
            if len(stated) == 2:
                break
    if not stated:
        return None
    now, past = _ordered(stated)
    derived = rates.get(id(now))
    options = derived.expressions if derived is not None else ()
    if any(fact.startswith(PREVIOUS) for e in options for _, fact in e.base):
        # NOTE: “仅为上年的一半，即减少50%”: no rate, but this year's value over last year's.
        return None
    assert now.quantity is not None
    if past is not None and past.quantity is not None:
        new, old = now.quantity.ratio, past.quantity.ratio
        if new is None or old is None:
            return None
        slack = max(now.quantity.step, past.quantity.step) if now.quantity.decimals else Decimal(1)
        return Gap((new - old) * _FACTOR, sign, options[:1], slack / 2)
    # NOTE: the reading of the rate that holds is the one whose last year is meant.
    for expression in sorted(options, key=lambda e: not _is_stated(now, evaluate(e))):
        before = Expression(_past(expression.terms), expression.function, _past(expression.base))
        new, old = evaluate(expression), evaluate(before)
        if new is not None and old is not None:
            return Gap((new - old) * _FACTOR, sign, (expression, before), Decimal("0.06"))
    return None


_LAST_YEARS = re.compile(
    r"(?:上(?:一)?年(?:度)?|去年)(?:同期)?(?:的|则|也|为|是|仅|只有|占|达|这一(?:比例|比重|占比)(?:为|是)?)*\s*$"
)


def past_rate(item: Item, rates: dict[int, Derived]) -> Derived | None:
    """Read “公开率50%，上年为87.5%”: last year's value of the rate just stated."""
    previous = item.previous
    if not _LAST_YEARS.search(item.before) or previous is None or previous.quantity is None:
        return None
    if previous.start < item.sentence[0] or previous.quantity.kind != "share":
        return None
    return rate_before(rates.get(id(previous)))


def comes_from(item: Item) -> bool:
    """Whether a rate is where another came from: “占比由上年的90%降至75%”."""
    return bool(
        re.search(
            r"[由从](?:上(?:一)?年(?:度)?|去年|20\d\d年(?:度)?)?(?:同期)?(?:的)?\s?$", item.before
        )
        and item.following is not None
        and item.following.quantity is not None
        and item.following.quantity.kind == "share"
        and item.following.start < item.sentence[1]
    )


def rate_before(stated: Derived | None) -> Derived | None:
    """Return last year's value of a rate, or None where it is no rate or not known."""
    if stated is None or stated.change or not stated.expressions:
        return None
    past = tuple(Expression(_past(e.terms), e.function, _past(e.base)) for e in stated.expressions)
    return Derived(past, strong=stated.strong)


def _past(terms: tuple[tuple[int, str], ...]) -> tuple[tuple[int, str], ...]:
    return tuple((s, f if f.startswith(PREVIOUS) else PREVIOUS + f) for s, f in terms)


def _ordered(stated: list[Item]) -> tuple[Item, Item | None]:
    """Return this year's rate and last year's, the nearer one first unless it is called last year's."""
    nearer = stated[0]
    if len(stated) == 1:
        return nearer, None
    if _PAST.search(nearer.before) and not re.search(r"[到至]", nearer.before):
        return stated[1], nearer
    return nearer, stated[1] if _PAST.search(stated[1].left) else None
