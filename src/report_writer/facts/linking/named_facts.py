"""Which registered fact some words name, wherever they stand: the part and the whole of a share, what has changed."""

import re
from collections.abc import Callable
from dataclasses import replace

from report_writer.domain.facts import Fact
from report_writer.facts.expressions import PREVIOUS
from report_writer.facts.linking.registered import STRONG, score, telling_words
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.frames import Item

_CLEARLY = 0.9
_SOME = 0.3
_COUNTED = re.compile(r"^.*\d[^，。；、]{0,3}[，、（(]?")


def named_fact(
    text: str, item: Item, sheet: FactSheet, fits: Callable[[Fact], bool]
) -> tuple[Fact, bool] | None:
    """Return the one fact that fits and that a text names, and whether it names it surely."""
    text = _COUNTED.sub("", text)
    words = telling_words(text)
    if not words:
        return None
    said = replace(item, before=text, left=text, lead=text, after="", named=None)
    scored = sorted(
        (
            (score(said, fact, sheet.year), fact)
            for fact in sheet.registered
            if not fact.id.startswith(PREVIOUS) and fact.value is not None and fits(fact)
        ),
        key=lambda one: -one[0],
    )
    if not scored or scored[0][0] < _SOME:
        return None
    best, fact = scored[0]
    second = scored[1][0] if len(scored) > 1 else 0.0
    if second > best * _CLEARLY:
        return None
    if best >= STRONG:
        return fact, True
    others = (telling_words(one.subject) for _, one in scored[1:])
    own = words & telling_words(fact.subject).difference(*others)
    return (fact, False) if own else None
