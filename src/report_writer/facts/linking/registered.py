"""Registered facts (website posts, trainings …) and the numbers that speak of them.

The score says how much of a fact's label stands near a number: before it counts more than behind it,
its own clause more than the sentence. Words that say little (信息, 发布) weigh little; channels
(网站, 微信) exclude one another. Each fact goes to the number that names it best.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from report_writer.domain.facts import Fact
from report_writer.domain.units import MONEY, RATIO, base_unit, compatible
from report_writer.facts.comparing import within
from report_writer.facts.expressions import PREVIOUS, Expression, a_year_before, last, total
from report_writer.facts.linking.context import Link
from report_writer.facts.linking.label_words import (
    ANYWHERE,
    CHANNELS,
    TIMES,
    VAGUE_NOUNS,
    Label,
    bag,
    label_of,
    telling_words,
)
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.arrivals import naming_words
from report_writer.facts.text.frames import Item
from report_writer.facts.text.screening import compiled

AVERAGED = compiled(r"平均|均|每|人次比|之比|中位")
# An average or a frequency is never the count itself; a fact that is a frequency confirms it.
_PERIOD = r"(?:平均|人均|户均|场均|每(?:件|场|期|周|月|季度?|天|日|年|条|篇|个|次|镇|村|批|户|人|家)|[日周月年]均)"
PERIODIC = compiled(_PERIOD + r"[^，。；\d]{0,10}$")
_A_PERIOD = compiled(_PERIOD)
THRESHOLD, STRONG, _DOUBT = 0.5, 0.58, 0.35
_FAR_CHANNEL = 0.8
_LEAD = 3


class _Words(NamedTuple):
    """The words around a number, by zone, ready to be compared with labels."""

    item: Item
    zones: tuple[tuple[float, tuple[frozenset[str], frozenset[str]]], ...]
    everything: frozenset[str]

    @property
    def own(self) -> frozenset[str]:
        return self.zones[0][1][0]


def _words(item: Item, year: int) -> _Words:
    past, label = f"{year - 1}年", naming_words(item)
    left = label if item.named is not None else item.left
    own = bag(label.replace(past, "上年"))
    behind = bag(item.after)
    clause = bag(left.replace(past, "上年"))
    sentence = bag(item.lead.replace(past, "上年"))
    return _Words(
        item,
        ((1.0, own), (0.8, behind), (0.75, clause), (0.5, sentence)),
        own[0].union(behind[0], clause[0], sentence[0]),
    )


class Match(NamedTuple):
    """A number, a fact and how well the words around the number name the fact."""

    score: float
    item: Item
    fact: Fact


def _score(words: _Words, label: Label) -> float:
    names = label.names
    if label.telling and label.telling.isdisjoint(words.everything):
        return 0.0
    present: list[int] = []
    weight_met = 0.0
    for index, name in enumerate(names):
        if name in words.everything:
            present.append(index)
            weight_met += label.weights[index]
    if weight_met < _DOUBT * label.whole:
        return 0.0
    if label.telling <= TIMES and not VAGUE_NOUNS & set(names) & words.everything:
        return 0.0
    own = words.own & CHANNELS
    if label.channels:
        if own - label.channels:
            return 0.0
    elif own and not label.telling:
        return 0.0
    if "Y" in names:
        if "Y" not in words.own and "Y" not in words.zones[2][1][0]:
            return 0.0
    elif "Y" in words.own:
        return 0.0
    total, told, near = 0.0, False, False
    for index in present:
        name, weight, around = names[index], label.weights[index], label.pairs[index]
        best = 0.0
        for zone, (factor, (singles, pairs)) in enumerate(words.zones):
            reach = weight * factor
            if zone > 1 and name in CHANNELS:
                reach *= _FAR_CHANNEL
            if best >= reach:
                break
            if name in singles:
                paired = around is None or around[0] in pairs or around[1] in pairs
                best = max(best, reach if paired else reach * 0.6)
                near = near or (zone < _LEAD and name in label.telling)
        total += best
        told = told or (best > 0 and name in label.telling)
    if label.telling and not told:
        return 0.0
    factor = 0.7 if "C" in words.own and "C" not in names else 1.0
    value = factor * total / label.whole
    # NOTE: what only the sentence names, and not the clause, may confirm a number, never accuse it.
    return value if near or not label.telling else min(value, STRONG - 0.01)


def score(item: Item, fact: Fact, year: int) -> float:
    """Return 0…1: how much of the fact's label stands near the number."""
    return _score(_words(item, year), label_of(fact.subject))


def past_of(fact_id: str, sheet: FactSheet) -> Expression | None:
    """Return last year's figure of a registered fact: in last year's register, or as 上年…."""
    label = fact_id.removeprefix("facts/")
    for candidate in (
        last(fact_id),
        f"facts/上年{label}",
        f"facts/上年度{label}",
        f"facts/去年{label}",
    ):
        if candidate in sheet:
            return total(candidate)
    return None


def year_before(now: Expression, sheet: FactSheet) -> Expression | None:
    """Return last year's value of a sum of this year's facts, as far as somebody has registered it."""
    if now.is_plain and now.operands[0].startswith("facts/"):
        return past_of(now.operands[0], sheet)
    return a_year_before(now)


def on_another_channel(item: Item, fact: Fact) -> bool:
    """Whether a number's clause names a channel that is not the label's: 微信 is not 网站."""
    named, own = CHANNELS & bag(item.left)[0], label_of(fact.label).channels
    return bool(own and named - own)


def tells(fact: Fact) -> bool:
    """Whether a label says what is counted: 公开信息 alone does not."""
    return bool(label_of(fact.label).telling)


_ALIKE = (
    frozenset(
        {"条", "篇", "件", "则", "份", "次", "条次", "篇次", "件次", "例", "起", "宗", "项", "部"}
    ),
    frozenset({"次", "场", "场次", "期", "批", "批次", "班", "轮", "届"}),
)


def only_channel(fact: Fact) -> bool:
    """Whether a label tells the channel and no more: 网站更新信息."""
    return frozenset() < label_of(fact.subject).telling <= CHANNELS


@lru_cache(maxsize=4096)
def _unit_factor(written: str, registered: str) -> float:
    """Return 1 where two units count the same kind of thing, less where they hardly do (个, 条)."""
    left, right = base_unit(written)[0], base_unit(registered)[0]
    if left == right or not left or not right or left in RATIO or left in MONEY:
        return 1.0
    return 1.0 if any(left in group and right in group for group in _ALIKE) else 0.8


Holds = Callable[[Item, Fact], bool]


def assign(items: list[Item], facts: tuple[Fact, ...], year: int, holds: Holds) -> dict[int, Link]:
    """Return id(item) → link for the numbers that name a registered fact.

    `holds` says whether a number agrees with a fact. It never makes a link; it only tells which of
    two numbers that name the same fact is the one that does not (and is then left unlinked).
    """
    current = [fact for fact in facts if not fact.id.startswith(PREVIOUS)]
    units = {fact.unit for fact in current}
    written = {item.quantity.unit for item in items if item.quantity}
    counted = {one for one in written if any(compatible(one, unit) for unit in units)}
    words = [
        _words(item, year)
        for item in items
        if item.quantity and item.quantity.value is not None and item.quantity.unit in counted
    ]
    periodic = {id(near) for near in words if PERIODIC.search(near.item.left)}
    matches: list[Match] = []
    faint: dict[str, list[Match]] = {}
    for fact in current:
        label = label_of(fact.subject)
        telling, a_period = label.telling, bool(_A_PERIOD.search(fact.label))
        for near in words:
            if telling and telling.isdisjoint(near.everything):
                continue
            if id(near) in periodic and not a_period:
                continue
            quantity = near.item.quantity
            if quantity is None or not compatible(quantity.unit, fact.unit):
                continue
            value = _score(near, label) * _unit_factor(quantity.unit, fact.unit)
            if value >= _DOUBT:
                match = Match(
                    value + (0.03 if quantity.unit == fact.unit else 0.0), near.item, fact
                )
                faint.setdefault(fact.id, []).append(match)
                if value >= THRESHOLD:
                    matches.append(match)
    matches.sort(key=lambda m: (-m.score, m.item.start))
    chosen: dict[int, Match] = {}
    taken: dict[str, Match] = {}
    for match in matches:
        if id(match.item) in chosen:
            continue
        best = taken.setdefault(match.fact.id, match)
        again = best is not match and (
            match.score < best.score * 0.97 or match.item.sentence == best.item.sentence
        )
        if again and not (match.score >= best.score * 0.97 and holds(match.item, match.fact)):
            continue
        chosen[id(match.item)] = match
    links = _settle(chosen, faint, holds)
    for near in words:
        if id(near) in periodic:
            continue
        if id(near.item) not in links and f"{year - 1}年" in near.item.lead:
            stale = _under_last_year(near.item, current, facts, holds)
            if stale is not None:
                links[id(near.item)] = stale
    return links


def _under_last_year(
    item: Item, current: list[Fact], facts: tuple[Fact, ...], holds: Holds
) -> Link | None:
    """“2022年公开信息149条” in the report for 2023: this year's figure with last year's date.

    A weak link: it confirms the number, so that the date can be doubted; it never accuses it.
    """
    if any(fact.id.startswith(PREVIOUS) and holds(item, fact) for fact in facts):
        return None
    words = _words(item, 0)
    for fact in current:
        quantity = item.quantity
        if quantity is None or not compatible(quantity.unit, fact.unit):
            continue
        near = _score(words, label_of(fact.subject))
        if near >= STRONG and holds(item, fact):
            return Link((total(fact.id),), False, True)
    return None


def _settle(
    chosen: dict[int, Match], faint: dict[str, list[Match]], holds: Holds
) -> dict[int, Link]:
    links: dict[int, Link] = {}
    right = {key for key, match in chosen.items() if holds(match.item, match.fact)}
    moved: dict[int, Match] = {}
    accused: set[int] = set()
    for key, match in chosen.items():
        if key in right:
            continue
        for other in faint[match.fact.id]:
            own = chosen.get(id(other.item))
            if other.item is match.item or not holds(other.item, match.fact):
                continue
            if own is None:
                moved.setdefault(id(other.item), other)
                break
            if own.fact is match.fact:
                break
        else:
            nearer = _nearer(match, faint[match.fact.id], chosen)
            if nearer is not None:
                moved.setdefault(id(nearer.item), nearer)
                accused.add(id(nearer.item))
            else:
                links[key] = _link(match)
    for key in right:
        links[key] = _link(chosen[key])
    for key, match in moved.items():
        links.setdefault(key, _link(match, weak=key not in accused))
        links[key].strong |= key in accused
    return links


_FAR_OFF, _NEARLY = 8, 2


def _nearer(match: Match, others: list[Match], chosen: dict[int, Match]) -> Match | None:
    """“处理投诉举报1530件，依规公示81件” for 投诉举报公示 91件: the number that may be a slip, with no other name."""
    quantity, fact = match.item.quantity, match.fact
    true = (fact.value or Decimal(0)) * base_unit(fact.unit)[1]
    if quantity is None or not true or within(quantity.amount or Decimal(0), true, _FAR_OFF):
        return None
    for other in others:
        theirs, item = other.item.quantity, other.item
        if item.sentence != match.item.sentence or id(item) in chosen or item is match.item:
            continue
        if theirs is None or not within(theirs.amount or Decimal(0), true, _NEARLY):
            continue
        if telling_words(item.label) <= label_of(fact.subject).telling | ANYBODY | ANYWHERE:
            return other
    return None


def _link(match: Match, *, weak: bool = False) -> Link:
    sure = match.score >= STRONG and not weak and _of_that(match)
    return Link((total(match.fact.id),), sure, True, "")


# Who publishes, when and to whom: a number with no other words is of nothing in particular.
ANYBODY = frozenset(
    "我本该局委办厅府院所站馆镇乡街道县市区省州旗机关单位部门各全年内期间末底今等类还另其中度截至到是为达已新出被经由对外向社会依法主动政务Q"
)


def _of_that(match: Match) -> bool:
    """Whether a label of vague words (公开信息) may accuse a number: not 动漫解读70件, which is of something else."""
    return tells(match.fact) or telling_words(match.item.label) <= ANYBODY
