"""A last look at claims of movement in loose words: 来件渐少, 势头增强, 件数未变, 结转件与年初一样多.

What has moved is what the clause names or what was counted just before; such a reading confirms, and a claim
that finds none is no mention at all.
"""

import re
from collections.abc import Iterator

from report_writer.domain.findings import Status
from report_writer.facts.expressions import Expression, a_year_before, a_year_later, change, minus
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.lexicon import APPLICANTS, OTHER_MATTERS, PROACTIVE
from report_writer.facts.linking.lexicon_faint import asked_for
from report_writer.facts.linking.registered import past_of
from report_writer.facts.linking.trends import direction
from report_writer.facts.sheet import FactSheet, requests
from report_writer.facts.text.claims import ClaimKind

_UP_SIGNS, _DOWN_SIGNS = frozenset("增多高涨升强大扩旺"), frozenset("减少低跌降弱小缩冷")
_ALIKE = re.compile(
    r"相同|一致|一样|相当|相等|等同|无异|不相上下|(?:未|不|没|没有|无)(?:有)?(?:变|增减|改变)"
)
_SINCE_JANUARY = re.compile(r"[年期]初|[结转带]转?(?:进来|而来|过来)|带[进入]")
_FAR = 80


def confirm_movements(sheet: FactSheet, entries: list[Entry]) -> None:
    """Confirm loosely worded movements by the cells and facts around them; drop those that find none."""
    for index, entry in enumerate(entries):
        claim = entry.item.claim
        if claim is None or claim.kind is not ClaimKind.TREND or entry.holds:
            continue
        if entry.status is Status.CONTRADICTED:
            continue
        sign = _sign(claim.text)
        for expression in _readings(sheet, entries, index, claim.text):
            actual = sheet.evaluate(expression)
            if actual is not None and (actual > 0) - (actual < 0) == sign:
                entry.settle(Status.DERIVED, expression, actual)
                break
        if claim.loose and not entry.holds:
            entry.status = None


def _sign(text: str) -> int:
    if _ALIKE.search(text):
        return 0
    said = direction(text)
    if said:
        return said
    last = next((c for c in reversed(text) if c in _UP_SIGNS | _DOWN_SIGNS), "")
    return (last in _UP_SIGNS) - (last in _DOWN_SIGNS)


def _readings(
    sheet: FactSheet, entries: list[Entry], index: int, text: str
) -> Iterator[Expression]:
    if _SINCE_JANUARY.search(text) and _ALIKE.search(text):
        yield minus(requests("carried_forward"), requests("carried_over"))
        return
    for now in _subjects(entries, index, text):
        fact = now.operands[0]
        before = past_of(fact, sheet) if fact.startswith("facts/") else a_year_before(now)
        if before is not None and now.function is None:
            yield change(now, rate=False, before=before)


def _subjects(entries: list[Entry], index: int, text: str) -> Iterator[Expression]:
    """Yield what may have moved: the applicants or requests named, else what was counted nearest."""
    if asked_for(text) and not OTHER_MATTERS.search(text):
        columns = APPLICANTS.matches(text)
        yield requests("received", columns[0][2] if len(columns) == 1 else "total")
        return
    if PROACTIVE.matches(text) and entries[index].status is not None:
        return
    item = entries[index].item
    near = [e for e in reversed(entries[:index]) if e.item.start >= item.start - _FAR]
    near += [e for e in entries[index + 1 :] if e.item.start < item.sentence[1]][:2]
    for entry in near:
        if entry.expression is None or not entry.holds or entry.item.quantity is None:
            continue
        if entry.expression.function in {None, "change_count", "change_rate"}:
            yield a_year_later(Expression(entry.expression.terms))
