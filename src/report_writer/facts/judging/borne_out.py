"""A weak link that confirmed its number is weak no longer: what hangs on it may be accused.

“办理许可事项8640件，同比增加1400件”: that 许可事项 are the licences of the table is a guess until the table
holds 8,640 as well. Small counts meet by chance and prove nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from report_writer.domain.findings import Status
from report_writer.facts.comparing import within
from report_writer.facts.derived.candidates import Derived
from report_writer.facts.derived.comparisons import DOWN, UP
from report_writer.facts.derived.share_bases import TAKES
from report_writer.facts.expressions import (
    PREVIOUS,
    Expression,
    a_year_later,
    change,
    total,
)
from report_writer.facts.judging.by_arithmetic import MOVED
from report_writer.facts.judging.derived_values import judge_derived
from report_writer.facts.judging.entries import Entry
from report_writer.facts.judging.other_readings import other_changes
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.last_year import is_of_last_year
from report_writer.facts.linking.registered import year_before
from report_writer.facts.sheet import TOTAL_ROWS, FactSheet, is_outcome, requests
from report_writer.facts.text.quantities import Quantity

_BY_CHANCE = 10
_NEAR = 60
_BESIDE, _BESIDE_IT = 4, 16
_SHARE_OF_IT = re.compile(rf"(?:[，（(]{TAKES}比?|[（(])$")


def accuse_by_neighbours(sheet: FactSheet, entries: list[Entry], context: Context) -> None:
    """Judge again the changes and last year's values whose subject a neighbour has confirmed."""
    for entry in entries:
        if entry.status is not Status.UNACCOUNTED or entry.item.quantity is None:
            continue
        derived, link = entry.derived, context.links.get(id(entry.item))
        if derived is not None and derived.hangs_on is not None:
            if _confirmed(entry, derived.hangs_on, entries):
                derived.strong = True
                others = (*other_changes(entry.item, derived, context), *_of_all(derived, sheet))
                judge_derived(sheet, entry, replace(derived, expressions=others, strong=False))
                if not entry.holds:
                    judge_derived(sheet, entry, derived)
        elif link is not None and not link.strong and _is_last_years(link.expression):
            now = a_year_later(link.expression)
            actual = sheet.evaluate(link.expression)
            if actual is not None and (
                _confirmed(entry, now, entries) or _stands_beside(entry, now, entries, sheet.year)
            ):
                entry.settle(Status.CONTRADICTED, link.expression, actual)


def _of_all(derived: Derived, sheet: FactSheet) -> Iterator[Expression]:
    """“均是群众个人，共46例，比上年增加7例”: all 46 were persons, and all the requests may have grown by 7."""
    received, moved = requests("received"), derived.hangs_on
    if moved is None or moved == received or not moved.operands[0].startswith("requests/received/"):
        return
    if sheet.evaluate(moved) == sheet.evaluate(received):
        for said in derived.expressions[:1]:
            yield change(received, rate=said.function == "change_rate")


def accuse_exchanged(sheet: FactSheet, entries: list[Entry], context: Context) -> None:
    """Accuse two loosely named numbers of a sentence that stand in each other's place."""
    open_ones: list[tuple[Entry, Expression, Decimal]] = []
    for entry in entries:
        link, quantity = context.links.get(id(entry.item)), entry.item.quantity
        doubtful = entry.status in {Status.UNACCOUNTED, Status.CONTRADICTED}
        if doubtful and link is not None and quantity is not None and not link.registered:
            actual = sheet.evaluate(link.expression)
            if actual is not None and quantity.amount not in {None, actual}:
                open_ones.append((entry, link.expression, actual))
    for one, other in combinations(open_ones, 2):
        if one[0].item.sentence == other[0].item.sentence and one[1] != other[1]:
            left, right = one[0].item.quantity, other[0].item.quantity
            assert left is not None and right is not None
            if left.amount == other[2] and right.amount == one[2]:
                one[0].settle(Status.CONTRADICTED, one[1], one[2])
                other[0].settle(Status.CONTRADICTED, other[1], other[2])


_SIBLINGS, _LIKELY = 2, 4


def accuse_in_lists(sheet: FactSheet, entries: list[Entry], context: Context) -> None:
    """Accuse a number whose name and number both stand in their place, where two others of the list hold.

    “提供不了的、不作处理的依次是…”: what a loose name means is sure once its neighbours prove the order.
    """
    by_item = {id(entry.item): entry for entry in entries}
    for entry in entries:
        link, quantity = context.links.get(id(entry.item)), entry.item.quantity
        if entry.status is not Status.UNACCOUNTED or link is None or quantity is None:
            continue
        run = [by_item[id(item)] for item in entry.item.respective if id(item) in by_item]
        held = sum(other.holds and other.expression is not None for other in run)
        if link.registered or link.each or held < _SIBLINGS or quantity.approximation is not None:
            continue
        known = [(e, v) for e in link.expressions if (v := sheet.evaluate(e)) is not None]
        if not known or len(known) < len(link.expressions):
            continue
        taken = {other.expression for other in run if other.holds}
        written = {other.item.quantity.amount for other in run if other.item.quantity}
        # NOTE: its own value stands at another place of the list: the order is wrong.
        wrong = next(((e, v) for e, v in known if e not in taken and v in written), None)
        if wrong is None and known[0][0] not in taken and _follows_suit(known[0], run, quantity):
            wrong = known[0]
        if wrong is not None:
            entry.settle(Status.CONTRADICTED, *wrong)


def _follows_suit(said: tuple[Expression, Decimal], run: list[Entry], quantity: Quantity) -> bool:
    """Whether all the others of a list are right and of the same kind, and its own number nearly so."""
    rows = [e.expression for e in run if e.holds and e.expression is not None]
    kinds = {_kind(fact) for e in rows for fact in e.operands}
    of_it = {_kind(fact) for fact in said[0].operands} <= kinds
    near = quantity.amount is not None and within(said[1], quantity.amount, _LIKELY)
    return len(rows) == len(run) - 1 and of_it and near


def _kind(fact: str) -> tuple[str, bool]:
    """Return a cell's table, and whether it is an outcome."""
    table, row = (*fact.split("/"), "")[:2]
    return table, is_outcome(row)


def accuse_changes_of_confirmed(sheet: FactSheet, entries: list[Entry]) -> None:
    """Accuse a change whose two values the sentence has just stated, rightly: “收件68件，上年40件，翻了一番”.

    What has changed needs no name then. Runs last, when loosely named numbers have been confirmed.
    """
    for index, entry in enumerate(entries):
        quantity, derived = entry.item.quantity, entry.derived
        if entry.status is not Status.UNACCOUNTED or quantity is None:
            continue
        moved = MOVED.search(entry.item.before) if derived is None else None
        if moved is not None:
            derived = Derived((), -1 if moved["down"] else 1, change=True)
        if derived is None or (quantity.kind != "turn" and not derived.change):
            continue
        in_turn = "依次" in entry.item.left or "分别" in entry.item.left
        compared = None if in_turn else _just_compared(entry, entries[:index], sheet)
        if compared is not None:
            now, before = compared
            changed = change(now, rate=quantity.kind != "count", before=before)
            again = replace(derived, expressions=(changed,), change=True, strong=True)
            judge_derived(sheet, entry, again)
            _release_if_of_all(sheet, entry, derived, before)


def _release_if_of_all(
    sheet: FactSheet, entry: Entry, derived: Derived, before: Expression
) -> None:
    """Confirm the change of a total that last year was as large as the cell taken for it.

    “公开13件…比2020年的33件减少5件”: all 33 were disclosed then, but 33 also came in.
    """
    quantity, value = entry.item.quantity, sheet.evaluate(before)
    if entry.status is not Status.CONTRADICTED or quantity is None:
        return
    cell = before.operands[0].removeprefix(PREVIOUS).split("/")
    if not (is_outcome(cell[1]) or (cell[0] == "requests" and cell[2] != "total")):
        return
    for row in TOTAL_ROWS:
        now = requests(row)
        past = year_before(now, sheet)
        if past is None or past == before:
            continue
        alike = sheet.evaluate(past) == value or sheet.evaluate(now) == sheet.evaluate(
            a_year_later(before)
        )
        if not alike:
            continue
        again = Entry(entry.item)
        changed = change(now, rate=quantity.kind != "count", before=past)
        judge_derived(sheet, again, replace(derived, expressions=(changed,), change=True))
        if again.holds and again.expression is not None and again.actual is not None:
            entry.settle(Status.DERIVED, again.expression, again.actual)
            return


def accuse_turned(sheet: FactSheet, entries: list[Entry]) -> None:
    """Accuse a change of the right size in the wrong direction, whose subject is stated: “申请7件，同比减少2件”.

    That a loose name means another thing, which by chance has changed as much the other way, is not likely.
    """
    for index, entry in enumerate(entries):
        derived = entry.derived
        if entry.status is not Status.UNACCOUNTED or entry.item.quantity is None:
            continue
        if derived is None:
            derived = _change_of_last(entry, entries[:index], sheet)
        if derived is None or not derived.change:
            continue
        paired = _changes_beside(entry, entries)
        alike = tuple(e for e in derived.expressions if e.terms in paired)
        if alike:
            # NOTE: “较上年增加13件，增幅23.9%”: the rate is right, so that its subject is known.
            judge_derived(sheet, entry, replace(derived, expressions=alike, strong=True))
            continue
        stated = {e.terms for e in _confirmed_near(entry, entries) if e.function is None}
        for expression in derived.expressions:
            if expression.terms not in stated:
                continue
            turned = Entry(entry.item)
            other_way = replace(
                derived, expressions=(expression,), sign=-derived.sign, strong=False
            )
            judge_derived(sheet, turned, other_way)
            if turned.holds and turned.actual:
                entry.settle(Status.CONTRADICTED, expression, turned.actual)
                break


def _changes_beside(entry: Entry, entries: list[Entry]) -> set[tuple[tuple[int, str], ...]]:
    """Return what the confirmed changes right beside an entry are changes of."""
    found = set()
    for other in entries:
        gap = max(other.item.start - entry.item.end, entry.item.start - other.item.end)
        expression = other.expression
        if other is entry or gap > _BESIDE_IT or not other.holds or expression is None:
            continue
        if (expression.function or "").startswith("change") and other.actual:
            found.add(expression.terms)
    return found


def accuse_changes_of_named(sheet: FactSheet, entries: list[Entry]) -> None:
    """Accuse a change of the one registered fact its clause names in full: “便民短视频比上年多发15条”."""
    for entry in entries:
        quantity, item = entry.item.quantity, entry.item
        if entry.status is not Status.UNACCOUNTED or quantity is None:
            continue
        moved = _MOVED_SO.search(item.before)
        if moved is None or not _AGAINST_LAST_YEAR.search(item.left):
            continue
        named = [
            (now, before)
            for fact in sheet.registered
            if len(fact.label) >= _LEAST_LABEL
            and fact.label in item.left
            and not fact.id.startswith(PREVIOUS)
            and (before := year_before(now := total(fact.id), sheet)) is not None
        ]  # fmt: skip
        if len(named) == 1 and quantity.kind in {"count", "share"}:
            now, before = named[0]
            changed = change(now, rate=quantity.kind == "share", before=before)
            sign = -1 if moved["down"] else 1
            judge_derived(sheet, entry, Derived((changed,), sign, change=True, strong=True))


_LEAST_LABEL = 3
_AGAINST_LAST_YEAR = re.compile(r"同比|[较比]上(?:一)?年|[较比]去年|[较比]20\d\d年")
_MOVED_SO = re.compile(
    rf"(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:了|出|约|近|发|推|编|拍|制作|刊发|发布|更新)?\s*$"
)


def _change_of_last(entry: Entry, earlier: list[Entry], sheet: FactSheet) -> Derived | None:
    """Return the change of the confirmed count just before: “清理废止9件，比上年减少4件”."""
    quantity, moved = entry.item.quantity, MOVED.search(entry.item.before)
    last = earlier[-1] if earlier else None
    if quantity is None or moved is None or last is None or not last.holds:
        return None
    now, theirs = last.expression, last.item.quantity
    if now is None or now.function is not None or theirs is None or theirs.kind != "count":
        return None
    near = entry.item.start - last.item.end <= _BESIDE_IT
    before = (
        year_before(now, sheet) if near and not is_of_last_year(last.item, sheet.year) else None
    )
    if before is None:
        return None
    changed = change(now, rate=quantity.kind != "count", before=before)
    return Derived((changed,), -1 if moved["down"] else 1, change=True)


def accuse_shares_alike(sheet: FactSheet, entries: list[Entry]) -> None:
    """Accuse a share of a list whose base another share of the sentence has proved: “36件占72%，14件占24%”."""
    for index, entry in enumerate(entries):
        quantity, derived = entry.item.quantity, entry.derived
        if entry.status is not Status.UNACCOUNTED or quantity is None or derived is None:
            continue
        part = entries[index - 1] if index else entry
        if not part.holds or part.expression is None or quantity.kind != "share":
            continue
        if not _SHARE_OF_IT.search(entry.item.lead) or entry.item.start - part.item.end > _BESIDE:
            continue
        proved = {e.base for e in _confirmed_near(entry, entries) if e.function == "share"}
        alike = [
            e for e in derived.expressions
            if e.function == "share" and e.base in proved and e.terms == part.expression.terms
        ]  # fmt: skip
        if alike:
            judge_derived(sheet, entry, replace(derived, expressions=(alike[0],), strong=True))


def _confirmed_near(entry: Entry, entries: list[Entry]) -> Iterator[Expression]:
    """Yield what the confirmed numbers and claims around an entry stand for."""
    for other in entries:
        near = abs(other.item.start - entry.item.start) <= _NEAR
        if near and other.holds and other.expression is not None:
            yield other.expression


def _just_compared(
    entry: Entry, earlier: list[Entry], sheet: FactSheet
) -> tuple[Expression, Expression] | None:
    """Return what the sentence has given both years' values of, the last number before being one of them."""
    stated: list[Expression] = []
    for other in reversed(earlier):
        if other.item.start < min(entry.item.sentence[0], entry.item.start - _NEAR):
            break
        if other.item.quantity is None:
            continue
        plain = other.expression is not None and other.expression.function is None
        if not stated and not (other.holds and plain):
            return None
        if other.holds and other.expression is not None and plain:
            stated.append(other.expression)
    for now in map(a_year_later, stated):
        before = year_before(now, sheet)
        if before is not None and stated[0] in {now, before} and {now, before} <= set(stated):
            return now, before
    return None


def _is_last_years(expression: Expression) -> bool:
    return expression.function is None and all(f.startswith(PREVIOUS) for f in expression.operands)


def _surely(entry: Entry) -> bool:
    """Whether a confirmed number is too large to be right by chance."""
    quantity = entry.item.quantity
    exact = quantity is not None and quantity.approximation is None and quantity.high is None
    return entry.holds and exact and (entry.actual or Decimal(0)) >= _BY_CHANCE


def _confirmed(entry: Entry, subject: Expression, entries: list[Entry]) -> bool:
    """Whether the sentence has stated the number of these cells, rightly."""
    begin, end = entry.item.sentence
    return any(
        other.expression == subject and _surely(other)
        for other in entries
        if other.item.quantity is not None and begin <= other.item.start < end
    )


def _stands_beside(entry: Entry, now: Expression, entries: list[Entry], year: int) -> bool:
    """Whether last year's number stands beside this year's, which is right: “由9件变为7件”, “今年没有，上年1件”."""
    begin, end = entry.item.sentence
    said = is_of_last_year(entry.item, year)
    for other in entries:
        if not said or not other.holds or other.expression != now or other is entry:
            continue
        if not begin <= other.item.start < end:
            continue
        if other.item.claim is not None:
            return True
        gap = max(other.item.start - entry.item.end, entry.item.start - other.item.end)
        if gap <= _BESIDE_IT and not is_of_last_year(other.item, year):
            return True
    return False
