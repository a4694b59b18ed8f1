"""Link and judge the items of one section. No wording here: see `facts.judging.wording`."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from report_writer.domain.facts import Fact
from report_writer.domain.findings import Status
from report_writer.domain.units import base_unit
from report_writer.facts.comparing import judge, judge_share
from report_writer.facts.derived.averages import (
    Gap,
    comes_from,
    is_average,
    past_rate,
    rate_before,
    read_average,
    read_gap,
)
from report_writer.facts.derived.candidates import Derived
from report_writer.facts.derived.changes import RESULT, read_change
from report_writer.facts.derived.found_late import read_again
from report_writer.facts.derived.shares import read_share
from report_writer.facts.derived.shares_faint import faint_share
from report_writer.facts.derived.sums import Breakdown, find_breakdowns
from report_writer.facts.expressions import Expression, a_year_before, total
from report_writer.facts.judging.borne_out import accuse_by_neighbours, accuse_exchanged
from report_writer.facts.judging.by_arithmetic import confirm_by_arithmetic
from report_writer.facts.judging.by_loose_claims import confirm_loose_claims
from report_writer.facts.judging.by_loose_counts import confirm_loose_counts
from report_writer.facts.judging.by_movement import confirm_movements
from report_writer.facts.judging.derived_values import judge_derived, judge_gap, supported
from report_writer.facts.judging.entries import INTERNAL_SUM, PLANNED, Entry
from report_writer.facts.judging.other_readings import (
    is_likely,
    narrower_claims,
    other_changes,
    other_counts,
    other_last_years,
    other_shares,
)
from report_writer.facts.judging.slips import is_slip
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.linking.counts import link_count
from report_writer.facts.linking.last_year import link_last_year, link_risen, past_of_next
from report_writer.facts.linking.registered import assign, score, tells
from report_writer.facts.linking.registered_faint import exchanged, unexplained
from report_writer.facts.linking.statements import understand
from report_writer.facts.linking.universals import Statement
from report_writer.facts.notes import NOTE_SOURCE
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.claims import ClaimKind
from report_writer.facts.text.frames import Item

_GENERIC_LABEL = re.compile(
    r"收到|受理|新收|申请|政府|信息|公开|办结|答复|依|件|数|量|的|总|本年|年"
)
_POINTING = re.compile(r"(?:那|这|该|上述|前述)$")
# “网站有5条信息更新不及时”: some of what the register counts, with a fault.
_FAULTY = re.compile(
    r"[^，。；、]{0,12}?(?:不及时|不规范|不准确|不完整|不全|有误|错误|差错|错别字|失效|缺失|缺项|打不开|滞后|未更新|断链|空白|重复)"
)
_OUTRANKS = 0.9
_WHOSE = re.compile(r"本级|办公室|办公厅|代收|代为|系统|[市区县]直|镇街|乡镇")
_DENIED = 0.75
_ROUGHLY = re.compile(r"(?:基本|大体|大致|总体)(?:持平|相同|一致|相当|一样)|相当")
_LEVEL, _NOT_LEVEL = Decimal("0.1"), Decimal("0.3")


class Assessor:
    """Links and judges; `entries` are in the order of the text."""

    def __init__(self, sheet: FactSheet, context: Context, items: list[Item], text: str) -> None:
        self.sheet, self.context, self.items, self.text = sheet, context, items, text
        self.entries = [Entry(item) for item in items]
        self._by_item = {id(entry.item): entry for entry in self.entries}
        self._derived: dict[int, Derived] = {}
        self._gaps: dict[int, Gap] = {}
        self._statements: dict[int, Statement | None] = {}
        self.breakdowns: list[Breakdown] = []

    def assess(self) -> None:
        """Give every entry its status."""
        registered = assign(self.items, self.sheet.registered, self.sheet.year, self._agrees)
        for item in self.items:
            if item.claim is not None:
                self._statements[id(item)] = understand(item, self.context, self.sheet)
            else:
                self._link(item, registered)
        self._link_unexplained()
        for entry in self.entries:
            if entry.item.claim is not None:
                self._state(entry)
            elif id(entry.item) in self._gaps:
                judge_gap(entry, self._gaps[id(entry.item)])
            elif id(entry.item) in self._derived:
                self._judge_derived(entry, self._derived[id(entry.item)])
            else:
                self._judge(entry)
        accuse_by_neighbours(self.sheet, self.entries, self.context)
        accuse_exchanged(self.sheet, self.entries, self.context)
        self.breakdowns = find_breakdowns(self.text, self.items)
        for breakdown in self.breakdowns:
            self._part_answer(breakdown)
        confirm_loose_counts(self.sheet, self.entries, self.text)
        confirm_by_arithmetic(self.sheet, self.entries)
        # NOTE: what the arithmetic has confirmed tells what the counts behind it may be.
        confirm_loose_counts(self.sheet, self.entries, self.text)
        confirm_movements(self.sheet, self.entries)
        confirm_loose_claims(self.sheet, self.entries, self.context)

    def _link_unexplained(self) -> None:
        """Give numbers without a cell the registered fact they seem to mean (`registered_faint`)."""
        links = self.context.links
        if not self.sheet.registered:
            return
        taken = {
            fact
            for item in self.items
            if (link := links.get(id(item)))
            and link.registered
            and not self._fits_no_cell(item, link)
            for fact in link.expression.operands
        }
        open_items = [
            item
            for item in self.items
            if id(item) not in self._derived
            and ((link := links.get(id(item))) is None or self._fits_no_cell(item, link))
        ]
        found = unexplained(open_items, self.sheet.registered, taken)
        links.update(found)
        links.update(exchanged(open_items, links, self.sheet))
        read_again(self.items, set(found), self._derived, self.context, self.sheet)

    def _fits_no_cell(self, item: Item, link: Link) -> bool:
        """Whether a weak link fails to confirm its number."""
        if link.strong or item.quantity is None:
            return False
        if link.registered:
            return not self._agrees(item, self.sheet[link.expression.operands[0]])
        values = [self.sheet.evaluate(e) for e in link.expressions]
        return not any(v is not None and judge(item.quantity, v).holds for v in values)

    def entry(self, item: Item) -> Entry:
        """Return what was made of an item."""
        return self._by_item[id(item)]

    def _agrees(self, item: Item, fact: Fact) -> bool:
        quantity = item.quantity
        if quantity is None or fact.value is None:
            return False
        if quantity.kind == "share":
            return judge_share(quantity, fact.value / 100).holds
        return judge(quantity, fact.value, fact.unit).holds

    def _link(self, item: Item, registered: dict[int, Link]) -> None:
        links, quantity, own = self.context.links, item.quantity, registered.get(id(item))
        assert quantity is not None
        kind = quantity.kind
        if PLANNED.search(item.left):
            return
        if own is not None and _FAULTY.match(item.after):
            own.strong = False
        if kind in {"points", "share"}:
            gap = read_gap(item, self._derived, self.sheet.evaluate)
            if gap is not None:
                self._gaps[id(item)] = gap
                return
        past = past_rate(item, self._derived) if kind == "share" else None
        if past is None and kind == "share" and comes_from(item):
            past = rate_before(read_share(item, self.context, self.sheet))
        if past is not None:
            self._derived[id(item)] = past
            return
        if is_average(item):
            average = read_average(item, self.context, registered)
            if average is not None and average.expressions:
                self._derived[id(item)] = average
                return
            if own is not None:
                own.strong = False
        change = read_change(item, self.context, self.sheet)
        if change is not None:
            self._derived[id(item)] = change
            return
        if kind in {"share", "points", "multiple", "turn"}:
            self._link_ratio(item, own)
            return
        earlier = (
            past_of_next(item, registered, self.sheet)
            or link_risen(item, self.context, own)
            or self._result(item)
            or link_last_year(item, self.context)
        )
        if earlier is not None and earlier.registered and not self._is_known(earlier):
            # NOTE: “公众号147条（上年90条）” where nobody registered last year's 公众号.
            earlier = None
        if earlier is not None and not (own and own.strong):
            links[id(item)] = earlier
            return
        link = link_count(item, self.context)
        if link is not None and len(link.expressions) > 1:
            self._narrow(item, link)
        if own is not None and (link is None or not link.strong or self._outranks(own, item)):
            links[id(item)] = own
        elif link is None and _POINTING.search(item.label):
            pointed = self._pointed(item)
            if pointed is not None:
                links[id(item)] = pointed

    def _is_known(self, link: Link) -> bool:
        return all(fact in self.sheet for fact in link.expression.operands)

    def _narrow(self, item: Item, link: Link) -> None:
        """Keep the reading the number itself bears out: what is said of it next speaks of the same."""
        for expression in link.expressions:
            actual = self.sheet.evaluate(expression)
            if actual is not None and self._holds(item, expression, actual):
                link.expressions = (expression,)
                return

    def _result(self, item: Item) -> Link | None:
        """“比上年的16件多了8件，达24件”: what has changed, as it is now."""
        previous = item.previous
        if previous is None or previous.sentence != item.sentence or not RESULT.search(item.before):
            return None
        return self.context.changed.get(id(previous))

    def _link_ratio(self, item: Item, own: Link | None) -> None:
        assert item.quantity is not None
        if own is not None and own.strong:
            self.context.links[id(item)] = own
            return
        share = (
            read_share(item, self.context, self.sheet) if item.quantity.kind == "share" else None
        )
        if share is not None and share.expressions and (share.strong or own is None):
            self._derived[id(item)] = share
        elif own is not None:
            self.context.links[id(item)] = own
        elif (loose := faint_share(item, self.context)) is not None:
            self._derived[id(item)] = loose

    def _pointed(self, item: Item) -> Link | None:
        """“网站那102条”: the same number, said again."""
        previous = item.previous
        while previous is not None:
            if previous.quantity is not None and previous.quantity.amount == item.quantity.amount:  # type: ignore[union-attr]
                return self.context.links.get(id(previous))
            previous = previous.previous
        return None

    def _outranks(self, own: Link, item: Item) -> bool:
        """Whether a registered fact names the number better than the cell does."""
        fact = self.sheet[own.expression.operands[0]]
        if fact.source == NOTE_SOURCE:
            # NOTE: what the clerk jots down cannot vouch against the table's own cell.
            return False
        if not _GENERIC_LABEL.sub("", fact.label) or not tells(fact):
            return False
        if any(mark not in item.left for mark in _WHOSE.findall(fact.label)):
            # NOTE: “全市各级共收到申请118件” is not the 市政府本级收到申请 of the register.
            return False
        return score(item, fact, self.sheet.year) >= _OUTRANKS

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
        known = [(e, v) for e in link.expressions if (v := self.sheet.evaluate(e)) is not None]
        if not known:
            entry.expression = link.expression if link.strong else None
            return
        for expression, actual in known:
            if self._compare(entry, expression, actual):
                entry.settle(supported(expression), expression, actual)
                return
        past = self._of_last_year(entry, link)
        if past is not None:
            entry.settle(supported(past[0]), *past)
        elif link.strong or is_slip(self.sheet, item, link, *known[0]):
            self._accuse(entry, link, *known[0])

    def _accuse(self, entry: Entry, link: Link, expression: Expression, actual: Decimal) -> None:
        """Call a number wrong, unless its words bear another reading or it is too far off for a slip."""
        item = entry.item
        context = self.context
        for other in chain(
            other_counts(item, link, context), other_last_years(item, link, context)
        ):
            value = self.sheet.evaluate(other)
            if value is not None and self._holds(item, other, value):
                entry.settle(supported(other), other, value)
                return
        if link.registered or is_likely(item, actual, self.sheet, self.context):
            entry.settle(Status.CONTRADICTED, expression, actual)

    def _judge_derived(self, entry: Entry, derived: Derived) -> None:
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
            if not any(self._compare(entry, e, v) for e, v in values):
                if link.strong:
                    entry.settle(Status.CONTRADICTED, *values[0])
                return
        actual = self.sheet.evaluate(link.expression)
        assert actual is not None
        entry.settle(Status.BOUND, link.expression, actual)
        entry.formula, entry.actual = None, None

    def _of_last_year(self, entry: Entry, link: Link) -> tuple[Expression, Decimal] | None:
        """“2022年，收到3件；2023年，收到4件”: in a clause of last year, last year's value counts."""
        if f"{self.sheet.year - 1}年" not in entry.item.lead[-60:]:
            return None
        if f"{self.sheet.year}年" in entry.item.lead[-60:] or link.registered:
            return None
        expression = a_year_before(link.expression)
        actual = self.sheet.evaluate(expression)
        if actual is None or not self._compare(entry, expression, actual):
            return None
        return expression, actual

    def _compare(self, entry: Entry, expression: Expression, actual: Decimal) -> bool:
        return self._holds(entry.item, expression, actual)

    def _holds(self, item: Item, expression: Expression, actual: Decimal) -> bool:
        quantity = item.quantity
        assert quantity is not None
        if quantity.value is None:
            return False
        if quantity.kind == "share":
            return judge_share(quantity, actual / 100).holds
        return judge(quantity, actual, self.sheet.unit(expression.operands[0]) or "").holds

    def _state(self, entry: Entry) -> None:
        statement = self._statements[id(entry.item)]
        claim = entry.item.claim
        if claim is None:
            return
        if statement is None:
            self._deny_registered(entry)
            return
        entry.status = Status.UNACCOUNTED
        if statement.registered_label:
            self._state_registered(entry, statement.registered_label)
            return
        if not statement.expressions:
            return
        expression = statement.expressions[0]
        if claim.kind is ClaimKind.UNIVERSAL:
            holding = (e for e in statement.expressions if self.sheet.evaluate(e) == 0)
            expression = next(holding, statement.expressions[-1])
        actual = self.sheet.evaluate(expression)
        if actual is None:
            entry.expression = expression
            return
        for other in statement.also:
            if actual == 0 and (extra := self.sheet.evaluate(other)):
                expression, actual = other, extra
        if claim.kind is ClaimKind.TREND and _ROUGHLY.search(claim.text):
            held = self._roughly(expression, actual)
            if held is None:
                return
            holds = held
        elif claim.kind is ClaimKind.TREND:
            holds = (actual > 0) - (actual < 0) == statement.sign
        elif claim.kind is ClaimKind.EXISTS:
            holds = actual > 0
        else:
            holds = actual == 0
        # NOTE: fewer than none: what was counted is not what the claim is about.
        beside = actual < 0 and claim.kind is not ClaimKind.TREND
        if not holds and (beside or not statement.strong):
            return
        if not holds and claim.kind is ClaimKind.ZERO:
            for narrow in narrower_claims(entry.item, claim.text, expression, self.context):
                if self.sheet.evaluate(narrow) == 0:
                    entry.settle(supported(narrow), narrow, Decimal(0))
                    return
        entry.settle(supported(expression) if holds else Status.CONTRADICTED, expression, actual)

    def _roughly(self, expression: Expression, actual: Decimal) -> bool | None:
        """Whether “基本持平” holds for a change; None where that is a matter of taste."""
        now = self.sheet.evaluate(Expression(expression.terms))
        if now is None:
            return None
        before = now - actual
        if abs(actual) <= before * _LEVEL:
            return True
        return False if abs(actual) > max(before * _NOT_LEVEL, Decimal(2)) else None

    def _deny_registered(self, entry: Entry) -> None:
        """A denial of something the register counts: “未发生责任追究” with 责任追究 0起."""
        claim = entry.item.claim
        if claim is None or claim.kind is not ClaimKind.ZERO:
            return
        inside = replace(
            entry.item, before=claim.text, named=claim.text, left="", lead="", after=""
        )
        for fact in self.sheet.registered:
            value = score(inside, fact, self.sheet.year)
            if fact.value == 0 and value >= _DENIED:
                entry.settle(Status.REGISTERED, total(fact.id), fact.value)
                return

    def _state_registered(self, entry: Entry, label: str) -> None:
        pattern = re.compile("逾期|超期" if label == "逾期" else label)
        named = [f for f in self.sheet.registered if pattern.search(f.label)]
        paid = [f for f in named if base_unit(f.unit)[0] == "元" and "通知" not in f.label]
        best = next(iter(paid or [f for f in named if "费" not in f.label]), None)
        fee = self.sheet.report.processing_fee
        if best is not None and best.value is not None:
            status = Status.REGISTERED if best.value == 0 else Status.CONTRADICTED
            entry.settle(status, total(best.id), best.value)
        elif label == "信息处理费" and fee is not None and fee.collected is not None:
            entry.actual = fee.collected
            entry.status = Status.REGISTERED if fee.collected == 0 else Status.CONTRADICTED

    def _part_answer(self, breakdown: Breakdown) -> None:
        """A total that its own complete list explains: “实际答复18件，即公开6件…”, “合计334条”."""
        whole = self.entry(breakdown.whole)
        parts = [self.entry(part) for part in breakdown.parts]
        if not breakdown.right:
            return
        for part in parts:
            # NOTE: “街道收到41件，本级收到26件，总数155件”: parts, whatever their words.
            if part.status is Status.CONTRADICTED and part.actual == breakdown.sum:
                part.release()
        link = self.context.links.get(id(whole.item))
        # NOTE: 办结 is the table's own word and binds; 答复 is often counted without withdrawals.
        loose = (
            breakdown.complete
            and link is not None
            and link.row in {"disposed", "worked_on"}
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
