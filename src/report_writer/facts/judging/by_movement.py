"""A last look at claims of movement in loose words: 来件渐少, 势头增强, 件数未变, 结转件与年初一样多.

What has moved is what the clause names or what was counted just before; such a reading confirms, and a claim
that finds none is no mention at all.
"""

import re
from collections.abc import Iterator

from report_writer.domain.findings import Status
from report_writer.facts.expressions import (
    PREVIOUS,
    Expression,
    a_year_before,
    a_year_later,
    change,
    minus,
)
from report_writer.facts.judging.entries import SUPPORTED, Entry
from report_writer.facts.linking.label_words import telling_words
from report_writer.facts.linking.last_year import is_of_last_year
from report_writer.facts.linking.lexicon import (
    APPLICANTS,
    OTHER_MATTERS,
    PROACTIVE,
    REMEDIES,
    REQUESTS,
)
from report_writer.facts.linking.lexicon_faint import asked_for
from report_writer.facts.linking.registered import past_of, year_before
from report_writer.facts.linking.trends import direction
from report_writer.facts.sheet import (
    DECISION_ROWS,
    LITIGATION,
    SUM_ROWS,
    FactSheet,
    remedies,
    requests,
)
from report_writer.facts.text.claims import ClaimKind
from report_writer.facts.text.movements import (
    IN_PART,
    against_another,
    is_hoped,
    is_of_others,
    is_wished,
    of_the_last,
    says_how_many,
    which_way,
)

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
        told = entry.item.lead + claim.text
        elsewhere = is_of_others(claim.text) or is_hoped(told[-len(claim.text) - 12 :])
        in_part = IN_PART.search(entry.item.left + claim.text)
        if in_part or elsewhere or against_another(told, sheet.year):
            # NOTE: what moved within the year, or against another than the last, is in no table.
            if claim.loose:
                entry.status = None
            continue
        sign = _sign(claim.text)
        for expression in _readings(sheet, entries, index, claim.text):
            actual = sheet.evaluate(expression)
            if actual is not None and (actual > 0) - (actual < 0) == sign:
                entry.settle(Status.DERIVED, expression, actual)
                break
        if not entry.holds:
            _accuse(sheet, entries, index, sign)
        if claim.loose and entry.status not in {*SUPPORTED, Status.CONTRADICTED}:
            entry.status = None


def _accuse(sheet: FactSheet, entries: list[Entry], index: int, sign: int) -> None:
    """Accuse a movement of what its sentence has counted rightly: “收件5件，收件量较上年变少”, “企业申请增多，全年9件”.

    It is of the number beside it where it names nothing of its own, and otherwise of the number of the row it names.
    """
    entry = entries[index]
    claim, (begin, end) = entry.item.claim, entry.item.sentence
    if claim is None or not sign or is_wished(claim.text) or _NO_COUNT.search(claim.text):
        return
    anew = not of_the_last(claim.text)
    if anew and _OF_SOME.search(claim.text):
        return
    if anew and (OTHER_MATTERS.search(claim.text) or not _says_which_way(claim.text)):
        return
    if not anew and not _of_one(claim.text):
        return
    named = _rows(claim.text) if anew else None
    beside = [e for e in entries[:index][::-1] if e.item.quantity or _denies(e)]
    behind = [e for e in entries[index + 1 :] if e.item.quantity]
    beside += behind if anew else [e for e in behind[:1] if says_how_many(e.item.left)]
    for other in beside:
        now = other.expression
        if is_of_last_year(other.item, sheet.year):
            continue
        if not begin <= other.item.start < end or now is None or not other.holds:
            if not anew:
                return
            continue
        if now.function is not None or any(fact.startswith(PREVIOUS) for fact in now.operands):
            continue
        if named is not None and not _is_named(now, named, claim.text):
            continue
        before = year_before(now, sheet)
        moved = change(now, rate=False, before=before) if before is not None else None
        actual = sheet.evaluate(moved) if moved is not None else None
        if moved is not None and actual is not None and (actual > 0) - (actual < 0) != sign:
            entry.settle(Status.CONTRADICTED, moved, actual)
        return


_TELLING = 2


def _is_named(now: Expression, rows: set[tuple[str, str]], text: str) -> bool:
    """Whether a clause names what a number counts: its row, or words that tell its label."""
    fact = now.operands[0]
    if not fact.startswith("facts/"):
        return _row_of(now) in rows
    words = telling_words(fact.removeprefix("facts/"))
    told = words & telling_words(text)
    return now.is_plain and bool(told) and (told == words or len(told) >= _TELLING)


# “职业索赔人所提申请增多”, “涉及征地的申请减少”: of some, and not of all that came in.
_OF_SOME = re.compile(
    r"(?<!申请)(?<!自然)(?<!法)人所?提|涉及?[^，。；]{1,8}(?:的|类)|(?:关于|有关|围绕|针对|要求)[^，。；]{1,10}的"
)
# A share may fall while its count rises.
_NO_COUNT = re.compile(
    r"率|占比|比例|比重|质量|意识|能力|满意|水平|压力|难度|时限|时间|成本|[较比](?:前年|往年|以往|历年)|环比|月|季"
)


def _denies(entry: Entry) -> bool:
    """Whether a claim has counted none: “全年没有新收申请，较上年下降”."""
    return entry.item.claim is not None and entry.item.claim.kind is ClaimKind.ZERO


def _of_one(text: str) -> bool:
    """Whether a movement is of the last count: a total (总量, 合计) may be of several."""
    return of_the_last(text) and not re.search(r"总|合计|整体", text)


def _says_which_way(text: str) -> bool:
    return which_way(text) != 0 and not re.search(r"20\d\d年", text)


def _rows(text: str) -> set[tuple[str, str]]:
    """Return the row and the applicant of the form a clause names, where it names just one."""
    columns = {m[2] for m in APPLICANTS.matches(text)}
    rows = [m for m in REQUESTS.matches(text) if m[2] != "handled"]
    firm = [m[2] for m in rows if not any(o[0] <= m[0] and m[1] <= o[1] and o != m for o in rows)]
    cases = {m[2] for m in REMEDIES.matches(text)}
    decided = {m[2] for m in PROACTIVE.matches(text)} & DECISION_ROWS
    if len(columns) > 1 or len(cases) + len(decided) > 1:
        return set()
    if cases or decided:
        return {(row, "total") for row in cases | decided} if not firm else set()
    if columns:
        return {("received", columns.pop())}
    narrow = [row for row in firm if "." in row] or firm
    if not narrow and not asked_for(text):
        # NOTE: “涉及医疗纠纷的较上年增多”: of some, and not of all that came in.
        return set()
    return {(narrow[-1] if narrow else "received", "total")}


_NO_REQUESTS = DECISION_ROWS | {"reconsideration", "remedies", "litigation", *LITIGATION}


def _row_of(now: Expression) -> tuple[str, str]:
    if now.terms == remedies("litigation").terms:
        return "litigation", "total"
    if not now.is_plain:
        return next(((g, "total") for g in SUM_ROWS if now == requests(g)), ("", ""))
    table, row, column = (*now.operands[0].split("/"), "", "")[:3]
    return (row, "total" if table != "requests" else column) if table != "facts" else ("", "")


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
        named = [requests(*one) for one in _rows(text) if one[0] not in _NO_REQUESTS]
        yield named[0] if named else requests("received")
        return
    if PROACTIVE.matches(text) and entries[index].status is not None:
        return
    item = entries[index].item
    near = [e for e in reversed(entries[:index]) if e.item.start >= item.start - _FAR]
    near += [e for e in entries[index + 1 :] if e.item.start < item.sentence[1]][:2]
    for entry in near:
        counted = entry.item.quantity is not None or _denies(entry)
        if entry.expression is None or not entry.holds or not counted:
            continue
        if entry.expression.function in {None, "change_count", "change_rate"}:
            yield a_year_later(Expression(entry.expression.terms))
            if item.sentence[0] <= entry.item.start < item.start and _of_one(text):
                # NOTE: “发布会28场，场次增多，解读215篇，增长25%”: of what stands before it, and nothing behind.
                return
