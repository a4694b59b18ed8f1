"""A run of counts that only together tell what they count, and the one among them that does not fit.

“203件因本机关不掌握、13件因需加工汇总、14件因补正后仍指向不明”: 203 and 14 are the table's, each behind a word for its
row, so that the third can only be the row its own word names, and 13 is wrong. Every kind of list the form knows is
tried: applicants of what came in, what became of requests, how cases ended, cases of each kind.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from report_writer.domain.findings import Status
from report_writer.domain.units import base_unit
from report_writer.facts.comparing import alike_in_digits, within
from report_writer.facts.expressions import Expression
from report_writer.facts.judging.derived_values import supported
from report_writer.facts.judging.entries import PLANNED, Entry
from report_writer.facts.judging.parts_of_stated import of_either, of_one_reason, of_some_bodies
from report_writer.facts.judging.sorted_by_theme import of_themes
from report_writer.facts.linking.applicants import beside_its_kind
from report_writer.facts.linking.behind import said_behind
from report_writer.facts.linking.cases import closed_cases
from report_writer.facts.linking.lexicon import (
    APPLICANTS,
    OTHER_MATTERS,
    OUTCOMES_OF_REMEDIES,
    REMEDIES,
    REQUEST_UNITS,
    REQUESTS,
)
from report_writer.facts.linking.lexicon_faint import FAINT, FAINT_COLUMNS, asked_for
from report_writer.facts.linking.naming import qualified, relative
from report_writer.facts.linking.topic import BESIDE
from report_writer.facts.sheet import FactSheet, is_outcome, remedies, requests
from report_writer.facts.text.frames import Item

# Longest way from one number of a run to the next, and how far back a run's matter is named.
_REACH, _ABOUT = 40, 60
# How far off a slip may be.
_LEAST, _LIKELY, _OF_CASES = 2, 2, 4
_OUTCOMES = 2
# How much the matches of a run must weigh: where its matter is named, where only they tell it.
_NAMED, _LOOSE, _UNNAMED = 2, 3, 4
_LARGE, _HUGE = 10, 100
_BARE = re.compile(
    r"(?:[\s的有另其中余又还尚仍即,，共为计]|分别|依次|全年|本年|年内|当年|这是|以上|上述)*"
)
# Differences, ways in and parts of another whole are no members of a list of the form.
_NO_MEMBER = re.compile(
    r"(?:[比较][^，。；]*|(?<!新)[增减升降][加长少]?(?:了|出|至|到|为)?|[多少高低](?:了|出)?)\s*$"
    r"|线[上下]|网[上络]|信函|邮[寄件]|当面|传真|窗口|现场|上年|去年|同期|历年|累计|以来|涉及|涉[企农税]|平均"
)
# “自然人、企业分别减少16件、2件”
_EACH_MOVED = re.compile(
    r"(?:分别|各|依次)(?:较上年|比上年|同比)?(?:净|多|少)?[增减升降][加长少]?(?:了)?[^，。；]*$"
)
_REST = re.compile(r"其[他它余]|余下|剩余")
_CLOSED = re.compile(r"(?:审|办|已)结|结案")
_PEOPLE = frozenset({"人", "名", "位", "人次", "家", "户"})
_CASES = ("reconsideration", "litigation", "direct_litigation", "litigation_after_reconsideration")
_COLUMN, _ROW, _FLOW, _WAYS = (
    "column of received",
    "row of requests",
    "flow of requests",
    "kind of case",
)
_FLOWS = ("received", "handled", "carried_over", "carried_forward", "disposed")
# Names only the form has: two of them say that applicants are listed.
_OFFICIAL = frozenset({"research", "public_interest", "legal_service"})
_DIRECT = re.compile(r"(?<![未不])(?:直接|径行|径直|径自)")
_AFTER = re.compile(r"复议后|(?<![未不])经(?:过)?(?:行政)?复议")
_TOTAL = re.compile(
    r"(?:合计|共计|总计|总共|一共|共|计|收到|受理|申请)(?:申请|件)?(?:为|有|是)?\s*$"
)


@dataclass(slots=True)
class _Member:
    """A count of a run with the cell its own words name, on one view of what the run lists."""

    entry: Entry
    cell: Expression
    actual: Decimal
    sure: bool

    @property
    def written(self) -> Decimal:
        quantity = self.entry.item.quantity
        assert quantity is not None
        assert quantity.amount is not None
        return quantity.amount

    @property
    def fits(self) -> bool:
        return self.written == self.actual


def judge_parallels(sheet: FactSheet, entries: list[Entry], text: str) -> None:
    """Confirm and accuse the open counts of runs whose other counts tell what is listed."""
    if not any(e.open_count for e in entries):
        return
    for run in _runs(entries, text):
        if not any(e.open_count for e in run):
            continue
        begin = run[0].item.start
        told = text[max(0, begin - _ABOUT) : run[-1].item.end + len(run[-1].item.after)]
        for view, named in _views(told):
            members = _members(sheet, run, view)
            if members and _tells(members, named):
                _settle(members, run, sheet)


def _runs(entries: list[Entry], text: str) -> Iterator[list[Entry]]:
    """Yield counts of one kind that follow each other closely."""
    run: list[Entry] = []
    for entry in entries:
        quantity = entry.item.quantity
        if quantity is None or quantity.kind != "count" or not quantity.amount:
            continue
        if quantity.approximation is not None or quantity.high:
            continue
        if base_unit(quantity.unit)[0] not in REQUEST_UNITS or quantity.unit in _PEOPLE:
            continue
        last = run[-1].item if run else None
        if last is not None and (
            entry.item.start - last.end > _REACH or "。" in text[last.end : entry.item.start]
        ):
            if len(run) >= _LEAST:
                yield run
            run = []
        run.append(entry)
    if len(run) >= _LEAST:
        yield run


def _views(told: str) -> Iterator[tuple[str, bool]]:
    """Yield what a run may list, and whether the text names that matter."""
    outcomes = {m[2] for m in REQUESTS.matches(told) if m[3] and is_outcome(m[2])}
    # NOTE: what was disclosed in part and what could not be provided are requests, said or unsaid.
    asked = asked_for(told) or len(outcomes) >= _OUTCOMES
    reasons = {m[2] for m in REQUESTS.matches(told) if "." in m[2]}
    columns = {m[2] for m in APPLICANTS.matches(told)} & _OFFICIAL
    cases = {m[2] for m in REMEDIES.matches(told)}
    if cases:
        yield from ((row, True) for row in _CASES if row in cases)
        if len(cases) > 1:
            yield "litigation", True
        yield _WAYS, True
    if not cases or asked:
        yield _COLUMN, asked or len(columns) > 1
        yield _ROW, asked or len(reasons) > 1
        yield _FLOW, asked


def _members(sheet: FactSheet, run: list[Entry], view: str) -> list[_Member]:
    found: list[_Member] = []
    for entry in run:
        named = _named(entry.item, view, sheet.year)
        if named is None:
            continue
        cell, sure = named
        actual = sheet.evaluate(cell)
        if actual is None or any(cell == other.cell for other in found):
            continue
        if entry.status is not Status.UNACCOUNTED and entry.expression != cell:
            continue
        found.append(_Member(entry, cell, actual, sure))
    return found


def _named(item: Item, view: str, year: int) -> tuple[Expression, bool] | None:
    """Return the cell the words at a number name on a view, and whether they are the form's own."""
    label = relative(item.label, year)
    bare = bool(_BARE.fullmatch(label))
    words = relative(said_behind(item), year) if bare else label
    if (
        _NO_MEMBER.search(item.label)
        or _EACH_MOVED.search(item.lead)
        or PLANNED.search(item.left)
        or _strange(words, view)
    ):
        return None
    if view == _COLUMN:
        return None if beside_its_kind(item) else _column(words)
    if BESIDE.search(item.label):
        return None
    if view == _ROW:
        return _row(words, bare=bare)
    if view == _FLOW:
        return _flow(words)
    return _way(words) if view == _WAYS else _case(words, view)


def _strange(words: str, view: str) -> bool:
    """Whether a number's words name another matter, not as part of the form's own word or of an applicant's name."""
    strangers = [m.span() for m in OTHER_MATTERS.finditer(words)]
    if not strangers or view not in {_COLUMN, _ROW}:
        return bool(strangers)
    known = (APPLICANTS if view == _COLUMN else REQUESTS).matches(words)
    last = known[-1] if known else (0, 0, "", False)
    if view == _COLUMN:
        return any(end > last[1] for _, end in strangers) or not known
    return not any(all(m[0] <= begin and end <= m[1] for begin, end in strangers) for m in known)


def _flow(words: str) -> tuple[Expression, bool] | None:
    for vocabulary in (REQUESTS, FAINT):
        rows = [m[2] for m in vocabulary.matches(words) if m[2] != "worked_on"]
        if rows and rows[-1] in _FLOWS and not any(map(is_outcome, rows)):
            return requests(rows[-1]), vocabulary is REQUESTS
        if rows:
            return None
    return None


def _way(words: str) -> tuple[Expression, bool] | None:
    if OUTCOMES_OF_REMEDIES.matches(words) or _CLOSED.search(words):
        return None
    rows = {m[2] for m in REMEDIES.matches(words)}
    if "litigation_after_reconsideration" in rows or _AFTER.search(words):
        return remedies("litigation_after_reconsideration"), True
    if "direct_litigation" in rows or _DIRECT.search(words):
        return remedies("direct_litigation"), True
    return (remedies(rows.pop()), True) if len(rows) == 1 else None


def _case(words: str, view: str) -> tuple[Expression, bool] | None:
    found = {m[2] for m in OUTCOMES_OF_REMEDIES.matches(words)}
    if len(found) == 1:
        return remedies(view, found.pop()), True
    if _CLOSED.search(words) and not found:
        return closed_cases(view), True
    rows = [m[2] for m in REMEDIES.matches(words)]
    return (remedies(view), False) if rows == [view] and not found else None


def _column(words: str) -> tuple[Expression, bool] | None:
    for vocabulary in (APPLICANTS, FAINT_COLUMNS):
        found = vocabulary.matches(words)
        columns = {m[2] for m in found}
        if len(columns) == 1:
            if qualified(words, found[-1][1]) is not None:
                # NOTE: “公益金使用公告1份” has but the letters of an applicant.
                return None
            return requests("received", columns.pop()), vocabulary is APPLICANTS
        if columns:
            return None
    return (requests("received"), True) if _TOTAL.search(words) else None


def _row(words: str, *, bare: bool) -> tuple[Expression, bool] | None:
    if APPLICANTS.matches(words) and not bare:
        return None
    for vocabulary in (REQUESTS, FAINT):
        rows = [m[2] for m in vocabulary.matches(words)]
        parts = [row for row in rows if "." in row]
        groups = {row for row in rows if is_outcome(row) and "." not in row}
        if len(set(parts)) == 1 and groups <= {parts[0].split(".")[0]}:
            return requests(parts[0]), vocabulary is REQUESTS
        if not parts and len(groups) == 1 and set(rows) <= {*groups, "disposed", "worked_on"}:
            return requests(groups.pop()), vocabulary is REQUESTS
        if rows:
            return None
    return None


def _tells(members: list[_Member], named: bool) -> bool:
    """Whether the numbers that stand in their place, or in each other's, say what the run lists."""
    fitting = [m for m in members if m.fits]
    for one, other in _exchanged(members):
        fitting += [one, other]
    weight = sum(_weight(m.actual) for m in fitting)
    enough = _UNNAMED if not named else _NAMED if all(m.sure for m in members) else _LOOSE
    return len(fitting) * 2 >= len(members) and weight >= enough


def _weight(actual: Decimal) -> int:
    """Return how little it is by chance that a number meets a cell of this size."""
    return (actual > 0) + (actual >= _LARGE) + (actual >= _HUGE)


def _exchanged(members: list[_Member]) -> Iterator[tuple[_Member, _Member]]:
    for one, other in combinations([m for m in members if not m.fits], 2):
        if one.written == other.actual and other.written == one.actual:
            yield one, other


def _settle(members: list[_Member], run: list[Entry], sheet: FactSheet) -> None:
    exchanged = [m for pair in _exchanged(members) for m in pair]
    for member in members:
        if not member.entry.open_count:
            continue
        if member.fits:
            member.entry.settle(supported(member.cell), member.cell, member.actual)
            continue
        item = member.entry.item
        # NOTE: “征地类申请30件、其他申请11件，共41件”, “其余19件或不掌握，或已撤回”: numbers of a row's size that
        # count something else.
        open_words = member.cell == requests("received") or of_either(item)
        cases = member.sure and member.cell.operands[0].startswith("remedies/")
        near = within(member.actual, member.written, _OF_CASES if cases else _LIKELY)
        slip = member.actual and (
            (near and not open_words) or alike_in_digits(member.written, member.actual)
        )
        if of_one_reason(item, member.cell, member.actual) or of_themes(item):
            continue
        if of_some_bodies(item, member.actual):
            continue
        if (slip or member in exchanged) and not _otherwise(
            member, run, sheet, exchanged=member in exchanged
        ):
            member.entry.settle(Status.CONTRADICTED, member.cell, member.actual)


def _otherwise(member: _Member, run: list[Entry], sheet: FactSheet, *, exchanged: bool) -> bool:
    """Whether a number is what the register holds, the sum of two of its run, or all that a list has left."""
    unit = base_unit(quantity.unit)[0] if (quantity := member.entry.item.quantity) else ""
    if any(f.value == member.written and base_unit(f.unit)[0] == unit for f in sheet.registered):
        return True
    # NOTE: where two have changed places, that either is a sum as well is chance.
    stated = [] if exchanged else [e.actual for e in run if e.holds and e.actual is not None]
    if member.written in {one + other for one, other in combinations(stated, 2)}:
        return True
    loose = not member.sure or any(
        fact.endswith("/other") or "otherwise" in fact for fact in member.cell.operands
    )
    return loose and bool(_REST.search(member.entry.item.label))
