"""A last look at open numbers and registered facts nobody has stated: “二、建议提案。承办17件” for 建议提案 17件.

The label may stand in the heading, in the clause before, or only by half its characters at the number. The fact whose
label the words around a number cover best is the one it may mean; the number only confirms it, and nothing is accused.
"""

from decimal import Decimal

from report_writer.domain.facts import Fact
from report_writer.domain.findings import Status
from report_writer.domain.units import RATIO, compatible
from report_writer.facts.comparing import judge, judge_share
from report_writer.facts.expressions import PREVIOUS, total
from report_writer.facts.judging.derived_values import supported
from report_writer.facts.judging.entries import PLANNED, Entry
from report_writer.facts.linking.registered import PERIODIC, on_another_channel
from report_writer.facts.notes import NOTE_SOURCE
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.quantities import OPEN_ENDED

_BEFORE, _BEHIND = 40, 8
_HALF = Decimal("0.5")
# A number below it is met by chance unless the whole label is said.
_TELLING = 10


def confirm_by_label(sheet: FactSheet, entries: list[Entry], text: str) -> None:
    """Confirm open numbers by the unstated registered fact whose label the words around them cover best."""
    stated = {fact for entry in entries for fact in entry.facts}
    free = [
        fact
        for fact in sheet.registered
        if fact.value is not None
        and fact.id not in stated
        and not fact.id.startswith(PREVIOUS)
        and fact.source != NOTE_SOURCE
    ]
    if not free:
        return
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.status is not Status.UNACCOUNTED or not any(_agrees(entry, f) for f in free):
            continue
        fact = _meant(entry, free, text)
        if fact is not None and _agrees(entry, fact):
            found.setdefault(fact.id, []).append(entry)
    for fact_id, meant in found.items():
        actual = sheet.value(fact_id)
        if len(meant) == 1 and actual is not None:
            meant[0].settle(supported(total(fact_id)), total(fact_id), actual)


def _meant(entry: Entry, free: list[Fact], text: str) -> Fact | None:
    """Return the fact that an open number's words speak of, however loosely, if it is one alone."""
    quantity, item = entry.item.quantity, entry.item
    if quantity is None or quantity.value is None:
        return None
    if PLANNED.search(item.left) or PERIODIC.search(item.left) or quantity.high is not None:
        return None
    behind = item.after if _names_the_next(entry) else text[item.end : item.end + _BEHIND]
    near = text[max(0, item.start - _BEFORE) : item.start] + behind
    characters = frozenset(near)
    scored = [
        (_covered(fact, characters), fact)
        for fact in free
        if compatible(quantity.unit, fact.unit) and not on_another_channel(item, fact)
    ]
    best = max((score for score, _ in scored), default=Decimal(0))
    least = _HALF if (quantity.amount or 0) >= _TELLING else Decimal(1)
    alike = [fact for score, fact in scored if score == best]
    return alike[0] if best >= least and len(alike) == 1 else None


def _names_the_next(entry: Entry) -> bool:
    """Whether what stands behind a number is the name of the next one: “办结率97.6%，满意率99.1%”."""
    item, following = entry.item, entry.item.following
    return following is not None and following.start <= item.end + _BEHIND + 1


def _covered(fact: Fact, near: frozenset[str]) -> Decimal:
    """Return which share of a label's characters are among those near a number."""
    label = fact.subject
    return Decimal(sum(map(near.__contains__, label))) / len(label)


def _agrees(entry: Entry, fact: Fact) -> bool:
    quantity = entry.item.quantity
    if quantity is None or quantity.value is None or fact.value is None:
        return False
    if quantity.kind == "share":
        # NOTE: a rate with a decimal is somebody's own; 50% and 100% are anybody's.
        own = fact.unit in RATIO and bool(quantity.decimals)
        return own and judge_share(quantity, fact.value / 100).holds
    if quantity.approximation in OPEN_ENDED:
        # NOTE: “上百条” holds for any number of some size.
        return False
    return quantity.kind in {"count", "money"} and judge(quantity, fact.value, fact.unit).holds
