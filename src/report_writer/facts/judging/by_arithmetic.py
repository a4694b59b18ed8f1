"""A last look at numbers nothing explains: what the numbers already confirmed add up to, leave or have changed by.

“网站83条、公众号240条，线上合计323条”, “热线量上年19850次”, “议事场次比上年少4场”: the words say what kind of
reckoning it is, the numbers around say of what. Such a reading confirms; it never accuses.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterator

from report_writer.domain.facts import Fact
from report_writer.domain.findings import Status
from report_writer.domain.units import base_unit, compatible
from report_writer.facts.comparing import judge, judge_multiple, judge_share
from report_writer.facts.derived.candidates import one_matter
from report_writer.facts.derived.comparisons import DOWN, UP
from report_writer.facts.expressions import (
    PREVIOUS,
    Expression,
    a_year_before,
    a_year_later,
    change,
    minus,
    share,
    total,
)
from report_writer.facts.judging.derived_values import supported
from report_writer.facts.judging.entries import PLANNED, Entry
from report_writer.facts.linking.label_words import telling_words
from report_writer.facts.linking.lexicon import OTHER_MATTERS, REMEDIES
from report_writer.facts.linking.lexicon_faint import asked_for
from report_writer.facts.linking.registered import year_before
from report_writer.facts.sheet import LITIGATION, FactSheet, is_outcome, remedies, requests
from report_writer.facts.text.frames import Item
from report_writer.facts.text.movements import FORMER_OR_LATTER
from report_writer.facts.text.screening import compiled

_NEAR, _MOST, _SHORT = 90, 6, 6
_SUMMED = compiled(
    r"(?:合计|共计|总计|汇总|累计|合起来|加起来|加在一起|凑起来|相加|累加|加总|总量|总数|总和|之和|基数|合[为成共并]?|共|拢共|通共|统共|凡)(?:有|为|是|达|约|等于|得)?(?:正好|恰好|恰|刚好|正)?(?:是|为|等于|有)?\s*$"
)
# A sum that says again what was stated ahead of its parts.
_FIRMLY = compiled(r"(?:合|加|凑|总|共)[^，。；、]{0,8}$")
# “结案比例97.6%”, “答复完成百分之九十六点九”: how many of all those to be handled were done.
_DONE = compiled(
    r"(?:办|答|回|结|了|销|清|处|消化|完成)[^，。；、\d]{0,6}(?:率|比例|比重|占比|进度|程度|完成|比|已)(?:了|到|达|为|至|的|是)*\s*$|已?(?:办结|办完|答复|答毕|消化|了结|结案)了?(?:约|近)?\s*$"
)
_NOT_ALL = compiled(r"按[期时]|及时|准时|限|满意|超|逾|当[场日天]|公开率|主动|网[上办]|线上|在线")
MOVED = compiled(
    rf"(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:了|出|约|近|收|率|量|幅)?(?:为|达|有)?(?:正好|恰好|恰|刚好)?(?:的)?\s*$"
)
_COMPARED = compiled(r"同比|环比|[较比]|上(?:一)?年|去年|前一年|往年|年初|对照|增幅|降幅|减幅|涨幅")
_PAST = compiled(r"(?:上(?:一)?年(?:度)?|去年|前一年)(?:同期)?")
# “…不予公开3件。与上年的9件相比，”: a sentence that compares without a noun is of what came in.
_FROM_NOTHING = re.compile(
    r"\s*(?:[与和同跟较比]|相[较比]于?|对比|对照)(?:上(?:一)?年度?|去年|前一年|20\d\d年度?)(?:同期)?的?\s*"
)
_FROM_THERE = re.compile(r"转|遗留|留|未|待|旧|延|在办|结存|积")
_OF_RECEIVED = re.compile(r"requests/received/(?!total)")
_LEFT_OVER = re.compile(r"(?:其余|余下|剩余|剩下|余者)(?:的|为|有)?\s*$")
_OF_A_WHOLE = re.compile(
    r"占|比[例重]|率|(?:约|折)合$|相当于|(?:总[数量]|全部|全体|来件|收件|申请)[量数]?(?:中)?的$"
)
_TAKEN_TOGETHER = compiled(r"(?:合|共|一共|合计|加起来|一起|两者|二者|三者)占[^，。；]*$")
# “反复提交12件，占新收22件的五成多”: the part stands before 占, the whole behind it.
_OF_THE_LAST = re.compile(r"占[^，。；]*\d\s?[件条份宗起例个]的$")
# “总量比2020年的33件缩减5件”: all the requests there were, not the outcome told last.
_ALL_TOLD = compiled(r"总[数量]|(?:数量|规模|体量|件数|盘子)[^，。；]{0,3}[较比由从]|[收来进]件量")
_TIMES = re.compile(r"[)）]?\s?的?(?:约|近)?")
_CAME_IN = tuple(requests(row) for row in ("received", "handled", "disposed"))
_WHOLES = tuple(requests(row) for row in ("disposed", "received", "handled"))


def confirm_by_arithmetic(sheet: FactSheet, entries: list[Entry]) -> bool:
    """Confirm what the confirmed numbers around an open one explain, in the order of the text; say if any was."""
    found = False
    known = [e for e in entries if _counted(e)]
    for entry in entries:
        quantity = entry.item.quantity
        if entry.status is not Status.UNACCOUNTED or quantity is None or entry.gap is not None:
            continue
        if quantity.value is None or PLANNED.search(entry.item.left):
            continue
        around = _Around(sheet, entry, known)
        for expression in around.readings():
            actual = sheet.evaluate(expression)
            if actual is not None and around.holds(expression):
                entry.settle(supported(expression), expression, actual)
                found = True
                if _counted(entry):
                    insort(known, entry, key=_place)
                break
    return found


class _Around:
    """An open number among what has been confirmed."""

    def __init__(self, sheet: FactSheet, entry: Entry, known: list[Entry]) -> None:
        """`known` are the confirmed counts of the section, in order."""
        self.sheet, self.entry, self.item = sheet, entry, entry.item
        at = bisect_left(known, self.item.start, key=_place)
        until = bisect_left(known, self.item.sentence[1], key=_place)
        self.before, self.behind = known[:at][::-1], known[at:until]

    def readings(self) -> Iterator[Expression]:
        """Yield what the number may be, the likeliest first."""
        assert self.item.quantity is not None
        if self.item.quantity.kind == "share":
            moved = MOVED.search(self.item.before)
            yield from self._changes(moved, rate=True) if moved else self._shares()
        elif self.item.quantity.kind == "multiple":
            yield from self._times()
        elif self.item.quantity.kind in {"count", "money"}:
            moved = MOVED.search(self.item.before)
            if moved:
                yield from self._changes(moved, rate=False)
                yield from self._gaps()
            elif _SUMMED.search(self.item.before):
                yield from self._sums()
            elif _LEFT_OVER.search(self.item.before):
                yield from self._rests()
            elif self._of_last_year():
                yield from self._last_years()

    def holds(self, expression: Expression) -> bool:
        """Whether a reading gives the number as written."""
        quantity, actual = self.item.quantity, self.sheet.evaluate(expression)
        assert quantity is not None and actual is not None
        if expression.function in {"change_count", "change_rate"}:
            moved = MOVED.search(self.item.before)
            actual = -actual if moved is not None and moved["down"] else actual
        if actual <= 0:
            return False
        if quantity.kind == "multiple":
            return judge_multiple(quantity, actual)
        if quantity.kind == "share":
            of_it = expression.function != "share" or (actual <= 1 and self._one_matter(expression))
            return of_it and judge_share(quantity, actual).holds
        unit = self.sheet.unit(expression.operands[0]) or ""
        return judge(quantity, actual, unit).holds

    def _one_matter(self, ratio: Expression) -> bool:
        """Whether a share is of its own matter; where a whole body's requests are registered, of those."""
        if one_matter(ratio):
            return True
        of_what = [fact.partition("/")[0] for fact in ratio.operands]
        if of_what == ["remedies", "requests"]:
            # NOTE: “29件申请中，提起复议的4件，折合13.8%”: how many of the requests went on to be disputed.
            return ratio.operands[0].endswith("/total")
        kinds = {base_unit(self.sheet.unit(fact) or "")[0] for fact in ratio.operands}
        tables = {fact.partition("/")[0] for fact in ratio.operands}
        return kinds == {"件"} and tables == {"requests", "facts"} and self._asked(ratio)

    def _asked(self, ratio: Expression) -> bool:
        said = "".join(fact for fact in ratio.operands if fact.startswith("facts/"))
        return any(word in said for word in ("申请", "收", "来件"))

    def _fits(self, expression: Expression) -> bool:
        assert self.item.quantity is not None
        unit = self.sheet.unit(expression.operands[0])
        return unit is not None and compatible(self.item.quantity.unit, unit)

    def _near(self) -> list[Entry]:
        reach = min(self.item.sentence[0], self.item.start - _NEAR)
        return [e for e in self.before if e.item.start >= reach][:_MOST]

    def _times(self) -> Iterator[Expression]:
        """“是上年（96件）的1.25倍”: of last year's number just before."""
        last = self.before[0] if self.before and _TIMES.fullmatch(self.item.before) else None
        past = last.expression if last is not None else None
        if past is not None and all(fact.startswith(PREVIOUS) for fact in past.operands):
            yield share(a_year_later(past), past)

    def _named(self) -> list[Fact]:
        """Return the registered facts of the number's unit a word of its clause names."""
        words = telling_words(self.item.left + self.item.after)
        return [fact for fact in self._of_unit() if words & telling_words(fact.subject)]

    def _of_unit(self) -> list[Fact]:
        assert self.item.quantity is not None
        unit = base_unit(self.item.quantity.unit)[0]
        return [
            fact
            for fact in self.sheet.registered
            if not fact.id.startswith(PREVIOUS) and base_unit(fact.unit)[0] == unit
        ]

    def _subjects(self) -> list[Expression]:
        """Return what may have changed: the facts named, what was counted, this year's."""
        named = [total(fact.id) for fact in self._named()]
        counted = [e.expression for e in (*self.before, *self.behind) if e.expression is not None]
        fitting = [e for e in counted if self._fits(e)]
        said = self.item.left + self.item.after + self.item.rest[: _SHORT * 2]
        last = fitting[0].operands[0] if fitting else ""
        of_all = last.startswith("requests/") and _ALL_TOLD.search(self.item.left)
        if of_all or asked_for(said) or re.search(r"[收接]\S{0,2}$", self.item.left):
            fitting.insert(0, requests("received"))
        return list(dict.fromkeys((*named, *fitting)))

    def _past(self, now: Expression) -> Expression | None:
        if any(fact.startswith(PREVIOUS) for fact in now.operands):
            return None
        return year_before(now, self.sheet)

    def _of_last_year(self) -> bool:
        year = f"{self.sheet.year - 1}年"
        said = self.item.left.rfind(year), *(m.start() for m in _PAST.finditer(self.item.left))
        behind = self.item.left[max(said) :]
        return max(said) >= 0 and not _FROM_THERE.search(behind + self.item.after[:4])

    def _last_years(self) -> Iterator[Expression]:
        if _FROM_NOTHING.fullmatch(self.item.lead) and any(
            e.expression is not None and e.expression.operands[0].startswith("requests/")
            for e in self.before[:1]
        ):
            yield a_year_before(requests("received"))
        for now in self._subjects():
            past = self._past(now)
            if past is not None:
                yield past

    def _changes(self, moved: re.Match[str] | None, *, rate: bool) -> Iterator[Expression]:
        alone = len(self.item.left) <= _SHORT
        if FORMER_OR_LATTER.match(self.item.left):
            return
        if re.search(r"总[量数]", self.item.left):
            if not rate and self._near():
                yield from self._since_last_year(self._near()[0])
            return
        if moved is None or not (alone or _COMPARED.search(self.item.lead[-40:])):
            return
        for now in self._subjects() if not rate else self._counted():
            past = self._past(now)
            if past is not None:
                yield change(now, rate=rate, before=past)

    def _since_last_year(self, last: Entry) -> Iterator[Expression]:
        """“总量比2020年的33件缩减5件”: from the number just compared with."""
        past = last.expression
        if past is not None and all(fact.startswith(PREVIOUS) for fact in past.operands):
            yield change(a_year_later(past), rate=False, before=past)

    def _counted(self) -> list[Expression]:
        return [a_year_later(e.expression) for e in self._near()[:1] if e.expression is not None]

    def _gaps(self) -> Iterator[Expression]:
        """“结转81件，比年初转入的75件多6件”: the two numbers before, taken from each other."""
        if re.search(r"[年期]初", self.item.left):
            yield minus(requests("carried_forward"), requests("carried_over"))
        near = [e for e in self._near() if e.item.start >= self.item.sentence[0]][:2]
        if len(near) == 2 and re.search(r"[比较]", self.item.left):
            for one, other in ((near[0], near[1]), (near[1], near[0])):
                if one.expression and other.expression and one.expression != other.expression:
                    yield minus(one.expression, other.expression)

    def _run(self) -> list[Expression]:
        return [e.expression for e in self._near() if e.expression and self._fits(e.expression)]

    def _sums(self) -> Iterator[Expression]:
        if _FIRMLY.search(self.item.before):
            words = telling_words(self.item.lead)
            yield from (total(f.id) for f in self._of_unit() if words & telling_words(f.label))
        parts = list(dict.fromkeys(self._run()))
        for many in range(2, len(parts) + 1):
            terms = tuple(term for part in reversed(parts[:many]) for term in part.terms)
            if len(set(terms)) == len(terms):
                if all(_is_outcome(fact) for _, fact in terms):
                    # NOTE: where its parts are all the outcomes there are, the total is the form's own.
                    yield requests("disposed")
                yield Expression(terms)

    def _rests(self) -> Iterator[Expression]:
        parts = list(dict.fromkeys(self._run()))
        if len(parts) > 1 and all(e.is_plain and _OF_RECEIVED.match(e.operands[0]) for e in parts):
            # NOTE: “自然人41件、企业9件、律所4件，其余3件”: nobody has said how many there were.
            rest = requests("received")
            for part in parts:
                rest = minus(rest, part)
            yield rest
        for at in range(1, len(parts)):
            rest = parts[at]
            for part in reversed(parts[:at]):
                rest = minus(rest, part)
            yield rest

    def _parts_behind(self, near: list[Expression]) -> Iterator[Expression]:
        """“信息301条里近半为防疫内容，计143条”: the part is counted behind its share."""
        part = self.behind[0].expression if self.behind else None
        if part is not None and near and part != near[0]:
            yield share(part, near[0])

    def _of_all_done(self) -> bool:
        """Whether the share is of what was done of all requests, counted last or a little earlier."""
        label = self.item.label
        if not _DONE.search(label) or _NOT_ALL.search(label):
            return False
        ours = (e for e in self.before if any(f.startswith("requests/") for f in e.facts))
        last = next(ours, None)
        if last is None or self.item.start - last.item.end > _NEAR:
            return False
        between: Item | None = self.item
        while between is not None and between.start > last.item.start:
            if OTHER_MATTERS.search(between.left, max(0, len(between.left) - _NEAR)):
                return False
            between = between.previous
        return True

    def _of_registered(self, near: list[Expression]) -> Iterator[Expression]:
        """“县区614件，全市申请903件，县区占68%”: the part named anew beside 占, and its whole."""
        words = telling_words(self.item.before.partition("占")[0])
        if not words:
            return
        for part in near:
            label = part.operands[0] if part.is_plain else ""
            if label.startswith("facts/") and len(words & telling_words(label)) > 1:
                yield from (share(part, whole) for whole in near if whole != part)

    def _shares(self) -> Iterator[Expression]:
        near = [e.expression for e in self._near() if e.expression is not None]
        yield from self._parts_behind(near)
        ways = [m[2] for m in REMEDIES.matches(self.item.left) if m[2] in LITIGATION]
        yield from (share(remedies(way), remedies("litigation")) for way in ways)
        if self._of_all_done():
            yield share(requests("disposed"), requests("handled"))
        if not near or not (_OF_A_WHOLE.search(self.item.left) or not self.item.before.strip()):
            return
        yield from self._of_registered(near)
        part, wholes = near[0], near[1:]
        if _TAKEN_TOGETHER.search(self.item.left) and len(wholes) > 1:
            # NOTE: “37件可自助查得，9件重开证明，合占两成多”: of the two last counted, or of all the parts.
            for many in range(2, len(near)):
                terms = tuple(term for one in near[:many] for term in one.terms)
                if len(set(terms)) == len(terms):
                    yield from (share(Expression(terms), whole) for whole in _WHOLES)
            return
        if wholes and _OF_THE_LAST.search(self.item.left):
            part, wholes = near[1], near[:1]
        quantity = self.item.quantity
        if part in _WHOLES and quantity is not None and quantity.is_floor:
            # NOTE: “受理30件，网络渠道占八成以上”: of all requests any such share holds, and says nothing.
            return
        if part.operands[0].startswith("requests/"):
            # NOTE: outcomes are shares of what was answered, applicants of what came in.
            came_in = part.operands[0].startswith("requests/received/")
            wholes = [*wholes, *(_CAME_IN if came_in else _WHOLES)]
        yield from (share(part, whole) for whole in wholes if whole != part)
        if part.operands[0].startswith("facts/") and len(near) > 1:
            # NOTE: “村务228条、乡级64条，合计292条，村级占78.1%”
            for one in near[1:]:
                yield from (share(one, whole) for whole in near if whole != one)


def _place(entry: Entry) -> int:
    return entry.item.start


def _counted(entry: Entry) -> bool:
    quantity, expression = entry.item.quantity, entry.expression
    return (
        entry.holds
        and quantity is not None
        and quantity.kind in {"count", "money"}
        and expression is not None
        and expression.function is None
    )


def _is_outcome(fact: str) -> bool:
    table, _, rest = fact.partition("/")
    row, _, column = rest.partition("/")
    return table == "requests" and column == "total" and is_outcome(row)
