"""Which registered fact some words name, wherever they stand: the part and the whole of a share, what has changed."""

import re
from collections.abc import Callable
from dataclasses import replace

from report_writer.domain.facts import Fact
from report_writer.domain.units import base_unit
from report_writer.facts.expressions import PREVIOUS, total
from report_writer.facts.linking.context import Link
from report_writer.facts.linking.label_words import ANYWHERE, telling_words
from report_writer.facts.linking.registered import STRONG, past_of, score
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.bodies import WIDER_BODY
from report_writer.facts.text.frames import Item

_CLEARLY = 0.9
_COUNTED = re.compile(r"^.*\d[^，。；、]{0,3}[，、（(]?")
_MEASURED = re.compile(
    r"(?P<unit>[人场批件条篇期户]次|人|[场件条篇期个户])(?:数量?|总数)?[则却也亦]?$"
)


def named_fact(
    text: str, item: Item, sheet: FactSheet, fits: Callable[[Fact], bool]
) -> tuple[Fact, bool] | None:
    """Return the one fact that fits and that a text names, and whether it names it surely.

    It does where most of the label is said, and where all that is said is of one label: 讲座 of 健康科普讲座.
    """
    text = _COUNTED.sub("", text)
    scope = WIDER_BODY.fullmatch(text.strip(" 的约"))
    if scope is not None:
        ours = [f for f in sheet.registered if scope[0] in f.label and f.value and fits(f)]
        ours = [f for f in ours if not f.id.startswith(PREVIOUS)]
        return (ours[0], True) if len(ours) == 1 else None
    words = telling_words(text) - ANYWHERE
    if not words:
        return _by_its_measure(text, sheet, fits) or _all_there_is(text, sheet, fits)
    near = [
        fact
        for fact in sheet.registered
        if not fact.id.startswith(PREVIOUS)
        and fact.value is not None
        and words & telling_words(fact.subject)
        and fits(fact)
    ]
    said = replace(item, before=text, left=text, lead=text, after="", named=None)
    scored = sorted(((score(said, f, sheet.year), f) for f in near), key=lambda one: -one[0])
    if scored and scored[0][0] >= STRONG:
        second = scored[1][0] if len(scored) > 1 else 0.0
        if second <= scored[0][0] * _CLEARLY:
            return scored[0][1], True
    within = _of_its_measure(text, [f for f in near if words <= telling_words(f.subject)])
    if len(within) == 1:
        return within[0], _says_enough(words)
    if within:
        return None
    if len(near) > 1:
        own = [f for f in near if words & telling_words(f.subject).difference(*_others(f, near))]
        return (own[0], False) if len(own) == 1 else None
    return (near[0], False) if near else None


def named_with_past(text: str, item: Item, sheet: FactSheet) -> Link | None:
    """Return the fact that a text names and whose last year's value is registered too."""
    quantity = item.quantity
    if quantity is None or not sheet.registered:
        return None
    plain = quantity.kind in {"count", "money"}

    def fits(fact: Fact) -> bool:
        alike = base_unit(fact.unit)[0] == base_unit(quantity.unit)[0]
        return (alike or not plain) and past_of(fact.id, sheet) is not None

    found = named_fact(text, item, sheet, fits)
    return Link((total(found[0].id),), found[1], True) if found is not None else None


def _by_its_measure(
    text: str, sheet: FactSheet, fits: Callable[[Fact], bool]
) -> tuple[Fact, bool] | None:
    """“发布会6场，…，场次比上年多2场”: the one fact counted so."""
    said = _MEASURED.fullmatch(text.strip())
    if said is None or len(said[0]) < _WORD:
        return None
    facts = [f for f in sheet.registered if not f.id.startswith(PREVIOUS) and f.value and fits(f)]
    facts = [
        f for f in facts if said["unit"] in {base_unit(f.unit)[0], base_unit(f.unit)[0] + "次"}
    ]
    return (facts[0], True) if len(facts) == 1 else None


_WORD = 2
_ALL_THERE_IS = re.compile(
    r"(?:公开|发布|信息)[^，。；]{0,4}(?:总[量数]|数量)|^[^，。；]{0,6}(?:公开|发布)[^，。；]{0,4}信息"
)


def _all_there_is(
    text: str, sheet: FactSheet, fits: Callable[[Fact], bool]
) -> tuple[Fact, bool] | None:
    """“公开信息总量”: the one fact whose label says no more, but for whose it is (全县主动公开信息)."""
    if not _ALL_THERE_IS.search(text):
        return None
    scope = WIDER_BODY.search(text)
    found = [
        fact
        for fact in sheet.registered
        if not telling_words(fact.subject) - ANYWHERE
        and not fact.id.startswith(PREVIOUS)
        and (scope is None or scope[0] in fact.label)
        and fits(fact)
    ]
    return (found[0], True) if len(found) == 1 else None


def _others(fact: Fact, facts: list[Fact]) -> list[frozenset[str]]:
    return [telling_words(other.subject) for other in facts if other is not fact]


def _of_its_measure(text: str, facts: list[Fact]) -> list[Fact]:
    """Keep the facts of the measure that a text ends in: 讲座场次 is no 讲座受众 in 人次."""
    said = _MEASURED.search(text)
    if said is None or len(facts) < 2:
        return facts
    unit = said["unit"]
    return [
        fact for fact in facts if unit in {base_unit(fact.unit)[0], base_unit(fact.unit)[0] + "次"}
    ]


def _says_enough(words: frozenset[str]) -> bool:
    """Whether words are more than one character: a class of words (微信, 培训), or two characters."""
    return len(words) > 1 or any(word.isascii() for word in words)
