"""Link and judge the items of one section. No wording here: see `facts.judging.wording`."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from operator import attrgetter

from report_writer.domain.findings import Status
from report_writer.facts.comparing import judge_share
from report_writer.facts.derived.breakdowns import Breakdown
from report_writer.facts.derived.candidates import Derived
from report_writer.facts.derived.sums import find_breakdowns
from report_writer.facts.expressions import Expression, total
from report_writer.facts.judging.borne_out import (
    accuse_by_neighbours,
    accuse_changes_of_confirmed,
    accuse_changes_of_named,
    accuse_exchanged,
    accuse_in_lists,
    accuse_shares_alike,
    accuse_turned,
)
from report_writer.facts.judging.by_arithmetic import confirm_by_arithmetic
from report_writer.facts.judging.by_certainty import all_but_certain
from report_writer.facts.judging.by_change import confirm_what_moved, judge_changes_of_last
from report_writer.facts.judging.by_complement import confirm_what_is_left
from report_writer.facts.judging.by_flow import confirm_together
from report_writer.facts.judging.by_identity import accuse_by_identity, accuse_heads
from report_writer.facts.judging.by_label import confirm_by_label
from report_writer.facts.judging.by_last_year import accuse_other_years
from report_writer.facts.judging.by_learned import LearnedReader
from report_writer.facts.judging.by_loose_claims import confirm_loose_claims
from report_writer.facts.judging.by_loose_counts import confirm_loose_counts
from report_writer.facts.judging.by_movement import confirm_movements
from report_writer.facts.judging.by_outcome import outcomes_behind
from report_writer.facts.judging.by_parallels import judge_parallels
from report_writer.facts.judging.by_rest import settle_the_rest
from report_writer.facts.judging.by_rivals import accuse_rivals
from report_writer.facts.judging.by_siblings import accuse_among_siblings
from report_writer.facts.judging.by_total import accuse_bare_totals
from report_writer.facts.judging.by_turn import confirm_turns
from report_writer.facts.judging.by_what_follows import accuse_by_what_follows
from report_writer.facts.judging.by_year_lists import judge_year_lists
from report_writer.facts.judging.changes_doubted import release_doubtful_changes
from report_writer.facts.judging.claims_judged import judge_claim
from report_writer.facts.judging.dated_clauses import in_clause_of_last_year
from report_writer.facts.judging.derived_values import (
    judge_derived,
    judge_gap,
    number_holds,
    supported,
)
from report_writer.facts.judging.ends_of_cases import ends_of_confirmed
from report_writer.facts.judging.entries import INTERNAL_SUM, PLANNED, Entry
from report_writer.facts.judging.late_shares import (
    accuse_in_whole_lists,
    judge_late_shares,
    judge_twin_shares,
)
from report_writer.facts.judging.learned_clauses import learned_clauses
from report_writer.facts.judging.likelihood import is_likely, more_than_all
from report_writer.facts.judging.linker import Linker
from report_writer.facts.judging.other_readings import (
    other_changes,
    other_counts,
    other_last_years,
    other_shares,
)
from report_writer.facts.judging.parts_of_stated import (
    closes_another_list,
    of_an_open_part,
    of_either,
    of_letters,
    of_one_kind,
    of_one_reason,
    of_some_bodies,
    parts_what_is_stated,
)
from report_writer.facts.judging.read_twice import release_borrowed
from report_writer.facts.judging.registered_readings import other_registered, registered_instead
from report_writer.facts.judging.said_at_large import said_at_large
from report_writer.facts.judging.shares_of_named import judge_shares_of_named
from report_writer.facts.judging.slips import is_slip, of_another_kind
from report_writer.facts.judging.sorted_by_theme import theme_like
from report_writer.facts.judging.sums_compared import (
    change_of_sum,
    judge_last_years_sums,
    last_year_of_sum,
)
from report_writer.facts.judging.told_apart import accuse_told_apart
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.sheet import TOTAL_ROWS, FactSheet, requests
from report_writer.facts.text.bodies import WIDER_BODY, in_the_name_of_others
from report_writer.facts.text.frames import Item, read_frames

_CASE_UNITS = frozenset({"件", "份", "宗", "例", "条"})
_ALL_ASKED = re.compile(
    r"(?:递来|提出|提交|收到|受理|接到|接收|收受|新收)(?:的|了)?(?:公开)?申请(?:共|计|有)*$"
)


class Assessor:
    """Links and judges; `entries` are in the order of the text."""

    def __init__(self, sheet: FactSheet, context: Context, items: list[Item], text: str) -> None:
        self.sheet, self.context, self.items, self.text = sheet, context, items, text
        self.entries = [Entry(item) for item in items]
        self._by_item = {id(entry.item): entry for entry in self.entries}
        self._linker = Linker(sheet, context, items)
        self.breakdowns: list[Breakdown] = []

    def assess(self) -> None:
        """Give every entry its status."""
        if self.entries:
            self._judge_all()
        self.entries += outcomes_behind(self.text, self.entries, self.sheet)
        self.entries += said_at_large(self.text, self.entries, self.sheet, self.context.section)
        self.entries.sort(key=attrgetter("item.start"))
        self.entries += learned_clauses(self.text, self.entries, self.sheet)
        self.entries.sort(key=attrgetter("item.start"))

    def _judge_all(self) -> None:
        linked = self._linker
        linked.link()
        for entry in self.entries:
            if entry.item.claim is not None:
                previous = entry.item.previous
                last = self.entry(previous) if previous is not None else None
                statement = linked.statements[id(entry.item)]
                judge_claim(self.sheet, self.context, entry, statement, last)
            elif id(entry.item) in linked.gaps:
                judge_gap(entry, linked.gaps[id(entry.item)])
            elif id(entry.item) in linked.derived:
                self._judge_derived(entry, linked.derived[id(entry.item)])
            else:
                self._judge(entry)
        release_borrowed(self.sheet, self.entries, self.context)
        judge_year_lists(self.sheet, self.entries, self.context, self.text)
        accuse_by_neighbours(self.sheet, self.entries, self.context)
        accuse_exchanged(self.sheet, self.entries, self.context)
        accuse_in_lists(self.sheet, self.entries, self.context)
        accuse_other_years(self.sheet, self.entries, self.context, self.text)
        self.breakdowns = find_breakdowns(self.text, self.items)
        for breakdown in self.breakdowns:
            self._part_answer(breakdown)
        confirm_loose_counts(self.sheet, self.entries, self.text)
        confirm_together(self.sheet, self.entries)
        confirm_by_label(self.sheet, self.entries, self.text)
        confirm_turns(self.sheet, self.entries, self.context, self.text)
        learned = LearnedReader(self.sheet, self.entries, self.text)
        learned.confirm()
        learned.clear()
        confirm_what_is_left(self.sheet, self.entries)
        judge_late_shares(self.sheet, self.entries)
        if confirm_by_arithmetic(self.sheet, self.entries):
            # NOTE: what the arithmetic has confirmed tells what the counts behind it may be.
            confirm_loose_counts(self.sheet, self.entries, self.text)
        accuse_other_years(self.sheet, self.entries, self.context, self.text)
        accuse_rivals(self.sheet, self.entries)
        confirm_movements(self.sheet, self.entries)
        confirm_what_moved(self.sheet, self.entries)
        judge_changes_of_last(self.sheet, self.entries)
        confirm_loose_claims(self.sheet, self.entries, self.context)
        judge_parallels(self.sheet, self.entries, self.text)
        confirm_what_is_left(self.sheet, self.entries)
        accuse_by_identity(self.sheet, self.entries, self.context, self.text)
        accuse_among_siblings(self.sheet, self.entries, self.context, self.text)
        accuse_changes_of_confirmed(self.sheet, self.entries)
        accuse_changes_of_named(self.sheet, self.entries)
        accuse_turned(self.sheet, self.entries)
        accuse_shares_alike(self.sheet, self.entries)
        accuse_in_whole_lists(self.sheet, self.entries)
        accuse_by_what_follows(self.sheet, self.entries, self.context)
        judge_last_years_sums(self.sheet, self.entries)
        judge_twin_shares(self.sheet, self.entries)
        judge_shares_of_named(self.sheet, self.entries)
        learned.confirm()
        settle_the_rest(self.sheet, self.entries)
        accuse_bare_totals(self.sheet, self.entries, self.text)
        for breakdown in self.breakdowns:
            if breakdown.right:
                self._explain_late(breakdown)
        accuse_heads(self.sheet, self.entries, self.context)
        release_doubtful_changes(self.entries)
        learned.clear()
        learned.prefer()
        accuse_told_apart(self.sheet, self.entries)
        surely = all_but_certain(self.sheet, self.entries, self.context, learned)
        for entry, meant, actual in chain(
            surely, ends_of_confirmed(self.sheet, self.entries, self.context)
        ):
            self._accuse(entry, Link((meant,)), meant, actual)

    def cells_of(self, breakdown: Breakdown) -> tuple[str, ...]:
        """Return the cells that the parts of a total stand for; nothing unless all of them are known."""
        parts = [self.entry(part) for part in breakdown.parts]
        known = [
            e.expression for e in parts if e.holds and e.expression and not e.expression.function
        ]
        facts = tuple(dict.fromkeys(fact for e in known for fact in e.operands))
        return facts if len(known) == len(parts) else ()

    def _explain_late(self, breakdown: Breakdown) -> None:
        """Name the cells of a total that its list explains, once the parts are known."""
        whole, facts = self.entry(breakdown.whole), self.cells_of(breakdown)
        if facts and whole.status is Status.DERIVED and whole.formula == INTERNAL_SUM:
            summed = total(*facts)
            if self.sheet.evaluate(summed) == breakdown.sum:
                whole.settle(Status.DERIVED, summed, breakdown.sum)

    def entry(self, item: Item) -> Entry:
        """Return what was made of an item."""
        return self._by_item[id(item)]

    def _judge(self, entry: Entry) -> None:
        item, link = entry.item, self.context.links.get(id(entry.item))
        quantity = item.quantity
        assert quantity is not None
        entry.status = Status.UNACCOUNTED
        if link is None or quantity.value is None:
            return
        if link.each:
            self._judge_each(entry, link)
            return
        link = last_year_of_sum(item, link, self.entry, self.sheet)
        known = [(e, v) for e in link.expressions if (v := self.sheet.evaluate(e)) is not None]
        if not known:
            entry.expression = link.expression if link.strong else None
            return
        for expression, actual in known:
            if number_holds(self.sheet, entry.item, expression, actual):
                entry.settle(supported(expression), expression, actual)
                return
        past = in_clause_of_last_year(entry, link, self.sheet)
        if past is not None:
            entry.settle(supported(past[0]), *past)
        elif link.strong or is_slip(self.sheet, item, link, *known[0]):
            self._accuse(entry, link, *known[0])

    def _accuse(self, entry: Entry, link: Link, expression: Expression, actual: Decimal) -> None:
        """Call a number wrong, unless its words bear another reading or it is too far off for a slip."""
        item = entry.item
        context = self.context
        if (
            of_some_bodies(item, actual)
            or theme_like(item, expression)
            or in_the_name_of_others(item, self.sheet.report.agency.names)
            or of_an_open_part(item, expression, self.entry)
            or of_one_kind(item, expression, actual)
            or of_one_reason(item, expression, actual)
            or closes_another_list(item, expression, self.entry)
            or of_either(item)
            or of_letters(item, expression, self.sheet.evaluate(requests("handled")))
            or parts_what_is_stated(entry, expression, self.entry, self.text)
        ):
            return
        for other in chain(
            other_counts(item, link, context),
            other_last_years(item, link, context),
            other_registered(item, link, self.sheet),
            () if link.registered else self._registered_instead(item),
            self._cells_instead(item) if link.registered else (),
        ):
            value = self.sheet.evaluate(other)
            if value is not None and not _is_near(item, value):
                continue
            if value is not None and number_holds(self.sheet, item, other, value):
                entry.settle(supported(other), other, value)
                return
        if link.registered and PLANNED.search(item.lead):
            # NOTE: “2024年计划制发6件，开展培训5场”: a plan goes on to the end of its sentence.
            return
        if link.registered and of_another_kind(
            item, self.sheet[expression.operands[0]], self.sheet
        ):
            return
        likely = link.registered or is_likely(item, actual, self.sheet, self.context)
        if likely or more_than_all(entry, expression, self.entries, self.sheet):
            entry.settle(Status.CONTRADICTED, expression, actual)

    def _cells_instead(self, item: Item) -> Iterator[Expression]:
        """“递来申请46件，网络渠道43件” beside a registered 网上申请: all the requests, where they are as many."""
        ours = WIDER_BODY.search(item.left) is None
        if ours and item.unit in _CASE_UNITS and _ALL_ASKED.search(item.left):
            yield from (requests(row) for row in TOTAL_ROWS)

    def _registered_instead(self, item: Item) -> Iterator[Expression]:
        """Yield registered facts a number may state in the cell's place, unless another number states them."""
        stated = {
            link.expression
            for other in self.items
            if other is not item
            and (link := self.context.links.get(id(other))) is not None
            and link.registered
        }
        yield from (e for e in registered_instead(item, self.sheet) if e not in stated)

    def _judge_derived(self, entry: Entry, derived: Derived) -> None:
        derived = change_of_sum(entry.item, derived, self.entry, self.sheet)
        judge_derived(self.sheet, entry, derived)
        quantity = entry.item.quantity
        if entry.status is not Status.CONTRADICTED or quantity is None:
            return
        if derived.change:
            others = tuple(other_changes(entry.item, derived, self.context))
            again = Entry(entry.item)
            judge_derived(self.sheet, again, replace(derived, expressions=others, strong=False))
            if again.holds and again.expression is not None and again.actual is not None:
                entry.settle(Status.DERIVED, again.expression, again.actual)
        elif quantity.kind == "share":
            for other in other_shares(entry.item, derived, self.context):
                value = self.sheet.evaluate(other)
                if value is not None and judge_share(quantity, value).holds:
                    entry.settle(Status.DERIVED, other, value)
                    return

    def _judge_each(self, entry: Entry, link: Link) -> None:
        """“个人与企业各3件”: all of them hold, or the first that does not is told."""
        for part in link.each:
            values = [(e, v) for e in part.expressions if (v := self.sheet.evaluate(e)) is not None]
            if not values:
                return
            if not any(number_holds(self.sheet, entry.item, e, v) for e, v in values):
                if link.strong:
                    entry.settle(Status.CONTRADICTED, *values[0])
                return
        actual = self.sheet.evaluate(link.expression)
        assert actual is not None
        entry.settle(Status.BOUND, link.expression, actual)
        entry.formula, entry.actual = None, None

    def _part_answer(self, breakdown: Breakdown) -> None:
        """A total that its own complete list explains: “实际答复18件，即公开6件…”, “合计334条”."""
        whole = self.entry(breakdown.whole)
        parts = [self.entry(part) for part in breakdown.parts]
        if not breakdown.right:
            return
        wrong = [part for part in parts if part.status is Status.CONTRADICTED]
        alike = len(wrong) > 1 and all(
            part.actual == breakdown.sum and part.expression == wrong[0].expression
            for part in wrong
        )
        open_ones = [p.item.quantity for p in parts if p.status is Status.UNACCOUNTED]
        beside = whole.holds and len(wrong) == 1 and bool(open_ones)
        if alike or (beside and all(q and q.amount != wrong[0].actual for q in open_ones)):
            # NOTE: “街道收到41件，本级收到26件，总数155件”: parts, whatever their words; and beside a part of no cell
            # that makes up the table's total (“征地类申请30件、其他申请11件，共41件”) the other is none either.
            for part in wrong:
                part.release()
        link = self.context.links.get(id(whole.item))
        # NOTE: 办结 is the table's own word and binds; 答复 is often counted without withdrawals, 合计 takes in what
        # stands before it.
        loose = (
            breakdown.complete
            and link is not None
            and link.row in {"disposed", "worked_on", "closing"}
            and not re.search(r"办[结毕完]", whole.item.label)
        )
        explained = all(part.holds and part.expression is not None for part in parts)
        if whole.status is Status.CONTRADICTED and not (loose and explained):
            return
        if whole.status not in {Status.UNACCOUNTED, Status.CONTRADICTED}:
            return
        whole.status, whole.formula, whole.facts = Status.DERIVED, INTERNAL_SUM, ()
        expressions = [part.expression for part in parts if part.expression is not None]
        if len(expressions) == len(parts) and all(e.function is None for e in expressions):
            summed = Expression(tuple(term for e in expressions for term in e.terms))
            # NOTE: two parts that have changed places still sum up to what their facts do.
            if explained or self.sheet.evaluate(summed) == breakdown.sum:
                whole.settle(Status.DERIVED, summed, breakdown.sum)


def _is_near(item: Item, value: Decimal) -> bool:
    """Whether a bound says anything of a value: 5 is below 20, but nobody calls it 不足20件."""
    quantity = item.quantity
    if quantity is None or quantity.approximation is None or quantity.amount is None:
        return True
    return abs(value - quantity.amount) * 3 <= quantity.amount


def assessed(text: str, sheet: FactSheet, section: str) -> list[Entry]:
    """Return what is made of a text that is tried in the place of a section's own, in order."""
    frames = read_frames(text, year=sheet.year)
    assessor = Assessor(sheet, Context(section, sheet.year), frames.items, frames.text)
    assessor.assess()
    return assessor.entries
