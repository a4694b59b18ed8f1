"""Give every number of a section its cell, its registered fact or its formula, before anything is judged."""

import re
from dataclasses import replace

from report_writer.domain.facts import Fact
from report_writer.domain.report import AgencyKind
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
from report_writer.facts.derived.candidates import Derived, within_one_matter
from report_writer.facts.derived.changed_respectively import RESPECTIVE
from report_writer.facts.derived.changes import RESULT, read_change
from report_writer.facts.derived.found_late import read_again
from report_writer.facts.derived.registered_doubts import (
    change_of_registered,
    is_doubtful,
    of_another_period,
    tells_periods,
)
from report_writer.facts.derived.registered_named import (
    average_of_named,
    gap_of_rate,
    led_to,
    share_of_named,
    with_named,
)
from report_writer.facts.derived.shares import read_share
from report_writer.facts.derived.shares_faint import faint_share
from report_writer.facts.expressions import PREVIOUS, a_year_before
from report_writer.facts.judging.derived_values import number_holds
from report_writer.facts.judging.entries import PLANNED
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.linking.counts import link_count
from report_writer.facts.linking.denied_of_past import (
    denied_now,
    denied_of_what_was_counted,
    goes_on_of_past,
)
from report_writer.facts.linking.last_year import (
    in_bracket_of_past,
    is_compared,
    is_of_last_year,
    link_last_year,
    link_risen,
    past_of_next,
    said_of_last_year_alone,
)
from report_writer.facts.linking.registered import assign, past_of, score, tells
from report_writer.facts.linking.registered_faint import exchanged, unexplained
from report_writer.facts.linking.statement import Statement, of_last_year
from report_writer.facts.linking.statements import understand
from report_writer.facts.linking.wider import apart_from_wider, is_ours
from report_writer.facts.notes import NOTE_SOURCE
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.bodies import WIDER_BODY
from report_writer.facts.text.claims import Claim, ClaimKind
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


# “其中网上收到30宗” counts what came in, and not what the register counts as published.
_CAME_IN = re.compile(r"收到|受理|收件|来件|申请|接到|登记|收")


def _came_in(item: Item, own: Link) -> bool:
    fact = own.expression.operands[0]
    return bool(_CAME_IN.search(item.before)) and not _CAME_IN.search(fact)


class Linker:
    """Links the items of one section; `derived` and `gaps` hold what is reckoned, by id of the item.

    Plain links stand in the context, `statements` in what claims say (None: nothing about the tables).
    """

    def __init__(self, sheet: FactSheet, context: Context, items: list[Item]) -> None:
        self.sheet, self.context, self.items = sheet, context, items
        self.derived: dict[int, Derived] = {}
        self.gaps: dict[int, Gap] = {}
        self.statements: dict[int, Statement | None] = {}

    def link(self) -> None:
        """Link every item in the order of the text."""
        registered = assign(self.items, self.sheet.registered, self.sheet.year, self._states)
        agency = self.sheet.report.agency
        if agency.kind is not AgencyKind.GOVERNMENT:
            names = tuple(agency.names.split("\n"))
            apart_from_wider(self.items, registered, self.sheet, names, self._agrees)
        for item in self.items:
            if item.claim is not None:
                self.statements[id(item)] = self._understood(item, item.claim)
            else:
                self._link(item, registered)
        self._link_unexplained()

    def _understood(self, item: Item, claim: Claim) -> Statement | None:
        """Return what a claim says about the cells, of this year or, where the text goes on about it, of the last."""
        said = understand(item, self.context, self.sheet)
        if claim.kind is not ClaimKind.ZERO:
            return said
        counted = denied_of_what_was_counted(item, claim.text, self.context)
        counted = counted or denied_now(item, claim.text, self.context)
        if counted is not None or said is None:
            return counted
        before = self.statements.get(id(item.previous))
        if goes_on_of_past(item, claim.text, self.context, before):
            past = of_last_year(said).expressions
            return replace(said, expressions=(*past, *said.expressions))
        return said

    def _link(self, item: Item, registered: dict[int, Link]) -> None:
        links, quantity, own = self.context.links, item.quantity, registered.get(id(item))
        assert quantity is not None
        kind = quantity.kind
        if PLANNED.search(item.left):
            return
        if own is not None and (_FAULTY.match(item.after) or _came_in(item, own)):
            own.strong = False
        if kind in {"points", "share"}:
            gap = read_gap(item, self.derived, self.sheet.evaluate)
            gap = gap or gap_of_rate(item, self.sheet, self.context)
            if gap is not None:
                self.gaps[id(item)] = gap
                return
        past = past_rate(item, self.derived) if kind == "share" else None
        if past is None and kind == "share" and comes_from(item):
            past = rate_before(read_share(item, self.context, self.sheet))
        if past is not None:
            self.derived[id(item)] = past
            return
        if is_average(item):
            average = read_average(item, self.context, registered)
            if average is not None and not average.expressions:
                average = average_of_named(item, self.sheet)
            if average is not None and average.expressions:
                self.derived[id(item)] = average
                return
            if own is not None:
                own.strong = False
        change = read_change(item, self.context, self.sheet)
        if own is not None and kind == "count" and (change is None or not change.strong):
            change = change_of_registered(item, own, self.sheet) or change
        if change is not None:
            self.derived[id(item)] = change
            return
        if own is not None and kind == "count":
            own.strong = own.strong and not is_doubtful(item, self._fact(own))
        if kind in {"share", "points", "multiple", "turn"}:
            self._link_ratio(item, own)
            return
        if own is not None and is_compared(item):
            own = self._past(own)
        earlier = (
            past_of_next(item, registered, self.sheet)
            or self._denied_now(item)
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
        if link is not None and in_bracket_of_past(item, self.sheet.year):
            before = tuple(a_year_before(e) for e in link.expressions if e.function is None)
            link = links[id(item)] = replace(link, expressions=before)
        if link is not None and len(link.expressions) > 1:
            self._narrow(item, link)
        if own is not None and (link is None or not link.strong or self._outranks(own, item)):
            links[id(item)] = own
        elif link is None and _POINTING.search(item.label):
            pointed = self._pointed(item)
            if pointed is not None:
                links[id(item)] = pointed

    def _past(self, own: Link) -> Link | None:
        """“比上年的1200元多收700元”: what the register has for this year is not what is compared with."""
        fact = own.expression.operands[0]
        if fact.startswith(PREVIOUS) or re.search(r"上(?:一)?年|去年|20\d\d年", fact):
            return own
        before = past_of(fact, self.sheet)
        return Link((before,), own.strong, True) if before is not None else None

    def _denied_now(self, item: Item) -> Link | None:
        """“行政强制本年没有发生，上年为2件”: last year's value of what has just been denied."""
        claimed = item.previous
        if claimed is None or claimed.claim is None or claimed.sentence != item.sentence:
            return None
        said = self.statements.get(id(claimed))
        if said is None or not said.expressions or not is_of_last_year(item, self.sheet.year):
            return None
        denied = said.expressions[0]
        past = any(fact.startswith(PREVIOUS) for fact in denied.operands)
        if past or not denied.is_plain or not said_of_last_year_alone(item):
            return None
        return Link((a_year_before(denied),), said.strong)

    def _fact(self, own: Link) -> Fact:
        return self.sheet[own.expression.operands[0]]

    def _is_known(self, link: Link) -> bool:
        return all(fact in self.sheet for fact in link.expression.operands)

    def _narrow(self, item: Item, link: Link) -> None:
        """Keep the reading the number itself bears out: what is said of it next speaks of the same."""
        for expression in link.expressions:
            actual = self.sheet.evaluate(expression)
            if actual is not None and number_holds(self.sheet, item, expression, actual):
                link.readings, link.expressions = link.expressions, (expression,)
                return

    def _result(self, item: Item) -> Link | None:
        """“比上年的16件多了8件，达24件”: what has changed, as it is now."""
        previous = item.previous
        if previous is None or previous.sentence != item.sentence or not RESULT.search(item.before):
            return None
        if RESPECTIVE.search(previous.left) and id(previous.previous) in self.context.changed:
            # NOTE: “同比分别增加504件和45件，达到5320件、142件”: each in its place, and this is not the last.
            return None
        return self.context.changed.get(id(previous))

    def _link_ratio(self, item: Item, own: Link | None) -> None:
        assert item.quantity is not None
        own = own or led_to(item, self.gaps)
        if own is not None and own.strong:
            self.context.links[id(item)] = own
            return
        share = (
            read_share(item, self.context, self.sheet) if item.quantity.kind == "share" else None
        )
        share = within_one_matter(share) if share is not None else None
        if item.quantity.kind == "share":
            share = with_named(share, share_of_named(item, self.context, self.sheet))
        if share is not None and share.expressions and (share.strong or own is None):
            self.derived[id(item)] = share
        elif own is not None:
            self.context.links[id(item)] = own
        elif (loose := faint_share(item, self.context)) and (loose := within_one_matter(loose)):
            self.derived[id(item)] = loose

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
            if id(item) not in self.derived
            and not is_compared(item)
            and ((link := links.get(id(item))) is None or self._fits_no_cell(item, link))
        ]
        found = unexplained(open_items, self.sheet.registered, taken)
        for item in open_items:
            own = found.get(id(item))
            if own is not None and own.registered and of_another_period(item, self._fact(own)):
                del found[id(item)]
        links.update(found)
        placed = [i for i in open_items if i.named is not None or not tells_periods(i)]
        links.update(exchanged(placed, links, self.sheet))
        read_again(self.items, set(found), self.derived, self.context, self.sheet)

    def _fits_no_cell(self, item: Item, link: Link) -> bool:
        """Whether a weak link fails to confirm its number."""
        if link.strong or item.quantity is None:
            return False
        if link.registered:
            return not self._agrees(item, self.sheet[link.expression.operands[0]])
        values = [self.sheet.evaluate(e) for e in link.expressions]
        return not any(v is not None and judge(item.quantity, v).holds for v in values)

    def _states(self, item: Item, fact: Fact) -> bool:
        """Whether a number agrees with a fact, and is not called our own where the fact is a wider body's."""
        return self._agrees(item, fact) and not (
            WIDER_BODY.search(fact.label) and is_ours(item.label)
        )

    def _agrees(self, item: Item, fact: Fact) -> bool:
        quantity = item.quantity
        if quantity is None or fact.value is None:
            return False
        if quantity.kind == "share":
            return judge_share(quantity, fact.value / 100).holds
        return judge(quantity, fact.value, fact.unit).holds
