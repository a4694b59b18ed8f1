"""One section of prose → its ledger: link every item, judge it, say what is wrong."""

import re
from bisect import bisect_right
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter

from report_writer.domain.cells import plain
from report_writer.domain.findings import Cause, Mention, Severity, Status
from report_writer.domain.units import ITEMS, PEOPLE, base_unit
from report_writer.facts.comparing import judge
from report_writer.facts.derived.breakdowns import Breakdown
from report_writer.facts.expressions import Expression
from report_writer.facts.judging.assessing import Assessor
from report_writer.facts.judging.by_counterfactual import accuse_last_years
from report_writer.facts.judging.entries import INTERNAL_SUM, Entry
from report_writer.facts.judging.left_over import accuse_left_over
from report_writer.facts.judging.own_numbers import turned_comparisons, wrong_changes
from report_writer.facts.judging.own_shares import wrong_shares
from report_writer.facts.judging.scope import judge_scope
from report_writer.facts.judging.verdicts import Issue
from report_writer.facts.judging.wording import Wording
from report_writer.facts.judging.years import Dated
from report_writer.facts.judging.years_read import read_years
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.last_year import moves_against
from report_writer.facts.linking.registered import AVERAGED
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.frames import Item, read_frames
from report_writer.facts.text.quantities import Approximation

_BOAST = re.compile(
    r"首次|首创|首家|排名?第一|位居[^，。；]{0,6}第一|名列前茅|居于?前列|走在前列|全[市省区县国][^，。；]{0,4}领先"
)
_POINTS = re.compile(
    r"[由从](?P<low>\d+(?:\.\d+)?)%[^，。；]{0,8}(?:到|至|为)(?P<high>\d+(?:\.\d+)?)%[，、]?[^，。；\d]{0,6}"
    r"(?:提高|上升|增长|增加|下降|降低|减少|提升)了?(?P<gap>\d+(?:\.\d+)?)%"
)
_LEAST_EXACT = 10
# “10.5个工作日”: what is counted is time.
_TIMES = re.compile(r"\s?(?:工作日|自然日|月|季度|星期|百分点|小时|学时|课时)")


def _broken(item: Item) -> bool:
    """Whether whole things are counted with a fraction: 21.6件, where no average is meant."""
    quantity = item.quantity
    if quantity is None or quantity.kind != "count" or not quantity.decimals:
        return False
    unit, factor = base_unit(quantity.unit)
    if _TIMES.match(item.after):
        return False
    if factor != 1 or unit not in (ITEMS | PEOPLE) - {""} or quantity.value is None:
        return False
    return quantity.value % 1 != 0 and not AVERAGED.search(item.lead[-16:])


class SectionReader:
    """Reads one section; `mentions` and `issues` are filled by `read`."""

    def __init__(self, sheet: FactSheet, section: str, text: str) -> None:
        self.sheet, self.section, self.text = sheet, section, text
        self.frames = read_frames(text, year=sheet.year)
        self.context = Context(section, sheet.year)
        self.assessor = Assessor(sheet, self.context, self.frames.items, self.frames.text)
        self.wording = Wording(self.assessor, section, text)
        self.mentions: list[Mention] = []
        self.issues: list[Issue] = []

    @property
    def entries(self) -> list[Entry]:
        """The items of the section with what was made of them."""
        return self.assessor.entries

    def read(self) -> None:
        """Link, judge and write down every item of the section."""
        self.assessor.assess()
        accuse_last_years(self.sheet, self.entries, self.section, self.frames.text)
        accuse_left_over(self.sheet, self.entries, self.frames.text)
        found = [
            self.wording.contradiction(e) for e in self.entries if e.status is Status.CONTRADICTED
        ]
        self.issues = judge_scope(self.wording, found)
        for breakdown in self.assessor.breakdowns:
            self._sum(breakdown)
        self._twice()
        self._own_changes()
        for entry in self.entries:
            self._style(entry)
            if entry.item.quantity is not None and entry.item.previous is not None:
                self._against(entry)
        self.issues += read_years(
            Dated(
                self.section,
                self.text,
                self.frames.text,
                self.sheet.year,
                self.frames.masks,
                self.entries,
                self.sheet,
            )
        )
        self._phrases()
        self._write()

    def _sum(self, breakdown: Breakdown) -> None:
        """Unknown total: it is contradicted. Known total: the parts nobody vouches for are."""
        whole = self.assessor.entry(breakdown.whole)
        if breakdown.nearly and whole.holds and whole.formula != INTERNAL_SUM:
            breakdown = replace(breakdown, complete=True)
        if not breakdown.wrong:
            return
        parts = [self.assessor.entry(part) for part in breakdown.parts]
        if any(e.status is Status.CONTRADICTED for e in (whole, *parts)):
            return
        targets = [whole]
        if whole.item.sentence != parts[0].item.sentence and any(
            e.item.quantity is not None and e.item.quantity.amount == breakdown.sum
            for e in self.entries
            if e.item.start < parts[0].item.start
        ):
            # NOTE: “收件28件…要求确认1件。其中工伤类9件…”: parts of what was stated further up.
            return
        if whole.holds:
            targets = [part for part in parts if part.status is Status.UNACCOUNTED]
        quantity = whole.item.quantity
        assert quantity is not None
        verb = "不等于" if breakdown.complete else "超过"
        unit = base_unit(quantity.unit)[0]
        message = (
            f"各分项之和{plain(breakdown.sum)}{unit}{verb}总数“{self.wording.quote(whole.item)}”"
        )
        for entry in targets:
            entry.status, entry.formula = Status.CONTRADICTED, INTERNAL_SUM
            if entry is whole:
                entry.facts = self.assessor.cells_of(breakdown)
            self.issues.append(
                self.wording.issue(
                    "NUM201",
                    entry.item,
                    message,
                    expected=plain(breakdown.sum),
                    found=self.wording.quote(whole.item),
                    cause=Cause.SUM,
                )
            )

    def _twice(self) -> None:
        """Without a table: the same thing stated twice with two values."""
        said: dict[Expression, tuple[Decimal, Entry]] = {}
        for entry in self.entries:
            quantity, expression = entry.item.quantity, entry.expression
            if entry.status is not Status.UNACCOUNTED or expression is None or quantity is None:
                continue
            if quantity.approximation is not None or quantity.amount is None:
                continue
            if entry.actual is not None or expression.function is not None:
                continue
            before = said.setdefault(expression, (quantity.amount, entry))
            if before[0] != quantity.amount:
                self.issues.append(
                    self.wording.issue(
                        "NUM105",
                        entry.item,
                        f"同一事项前后不一致：前文“{self.wording.quote(before[1].item)}”，此处“{self.wording.quote(entry.item)}”",
                        expected=plain(before[0]),
                        found=plain(quantity.amount),
                        facts=expression.operands,
                    )
                )

    def _own_changes(self) -> None:
        """“148条，比2021年的120条减少28条”: the text's own two numbers give another change."""
        for found in wrong_changes(self.entries, self.sheet.year):
            now, before = (self.wording.quote(e.item) for e in (found.now, found.before))
            way = "增加" if found.true > 0 else "减少"
            true = f"{way}{plain(abs(found.true))}" if found.true else "持平"
            quote = self.wording.quote(found.entry.item)
            found.entry.status = Status.CONTRADICTED
            message = f"从前文“{before}”到“{now}”是{true}，与“{quote}”不一致"
            self.issues.append(
                self.wording.issue("NUM202", found.entry.item, message, found=quote, expected=true)
            )

        for share in wrong_shares(self.entries, self.sheet):
            one, other = (self.wording.quote(e.item) for e in share.parts)
            whole, quote = (
                self.wording.quote(share.whole.item),
                self.wording.quote(share.entry.item),
            )
            share.entry.status = Status.CONTRADICTED
            true = f"{plain(round(share.true * 100, 1))}%"
            message = f"前文“{one}”“{other}”合起来占“{whole}”的{true}，与“{quote}”不一致"
            self.issues.append(
                self.wording.issue("NUM203", share.entry.item, message, found=quote, expected=true)
            )
        for entry, gap in turned_comparisons(self.entries, self.sheet):
            really = "增加" if gap > 0 else "减少" if gap < 0 else "持平"
            quote = self.wording.quote(entry.item)
            message = f"与上年的“{quote}”相比，本年是{really}，与所用的词不符"
            self.issues.append(
                self.wording.issue(
                    "NUM202", entry.item, message, facts=entry.facts, cause=Cause.DIRECTION
                )
            )

    def _against(self, entry: Entry) -> None:
        """“由9件增至5件”: the word of direction against its own two numbers, whatever the tables say."""
        if entry.status is Status.CONTRADICTED or not moves_against(entry.item):
            return
        quote = self.wording.quote(entry.item)
        way = "减少" if "增" in entry.item.before or "升" in entry.item.before else "增加"
        previous = entry.item.previous
        before = self.wording.quote(previous) if previous else ""
        theirs, own = (i.quantity if i else None for i in (previous, entry.item))
        if theirs and own and theirs.amount == own.amount:
            way = "持平"
        self.issues.append(
            self.wording.issue(
                "NUM202",
                entry.item,
                f"从“{before}”到“{quote}”，方向与所用的词相反，应为{way}",
                found=quote,
                facts=entry.facts,
                cause=Cause.DIRECTION,
            )
        )

    def _style(self, entry: Entry) -> None:
        """25余次, 近42件 for exactly 42, 1200余条 for exactly 1200; numbers nobody vouches for."""
        quantity, item = entry.item.quantity, entry.item
        quote = self.wording.quote(item)
        if quantity is not None and entry.status is not Status.CONTRADICTED and _broken(item):
            message = f"“{quote}”带小数，{base_unit(quantity.unit)[0]}数应为整数，疑漏写“万”"
            self.issues.append(self.wording.issue("NUM302", item, message, cause=Cause.UNIT))
        if quantity is not None and entry.status is not Status.CONTRADICTED:
            if (
                quantity.marked_over
                and quantity.step == 1
                and ("余" in quote or (quantity.amount or 0) >= _LEAST_EXACT)
            ):
                message = f"“{quote}”不是整数位概数，后面不宜用“余”“多”，请写确数或整数位概数"
                self.issues.append(self.wording.issue("NUM301", item, message, facts=entry.facts))
            elif (
                quantity.approximation is Approximation.NEAR
                and quantity.kind == "count"
                and quantity.step == 1
                and (quantity.amount or 0) >= _LEAST_EXACT
            ):
                message = f"“{quote}”是确数，前面不宜用“近”"
                self.issues.append(self.wording.issue("NUM301", item, message, facts=entry.facts))
            elif quantity.approximation is not None and entry.actual is not None:
                self._loose(entry, quote)
        if entry.status is Status.UNACCOUNTED:
            message = f"“{quote}”在表格和登记事实中没有依据，请核对或登记"
            self.issues.append(self.wording.issue("NUM401", item, message))

    def _loose(self, entry: Entry, quote: str) -> None:
        quantity, expression, actual = entry.item.quantity, entry.expression, entry.actual
        assert quantity is not None and actual is not None
        if expression is None or expression.function is not None or quantity.kind == "share":
            return
        style = judge(quantity, actual, self.sheet.unit(expression.operands[0]) or "").style
        if style == "exact":
            message = f"“{quote}”就是确数，不宜再用“近”“约”“左右”"
            self.issues.append(self.wording.issue("NUM301", entry.item, message, facts=entry.facts))
        elif style == "round":
            self.issues.append(
                self.wording.issue(
                    "NUM301",
                    entry.item,
                    f"“{quote}”恰为整数{plain(actual)}，可直接写确数",
                    severity=None if actual >= quantity.step * 100 else Severity.ADVICE,
                    facts=entry.facts,
                )
            )

    def _phrases(self) -> None:
        """“提高10%” between two rates means 10个百分点; 首次 and 第一 want a basis."""
        text = self.frames.text
        for match in _POINTS.finditer(text):
            gap = abs(Decimal(match["high"]) - Decimal(match["low"]))
            told = any(
                issue.code == "NUM204" and issue.start <= match.start("gap") < issue.end
                for issue in self.issues
            )
            if gap == Decimal(match["gap"]) and not told:
                self._phrase(
                    "NUM204",
                    match.start("gap"),
                    match.end(),
                    f"两个百分比之差应写“{plain(gap)}个百分点”",
                )
        for match in _BOAST.finditer(text):
            if not any(match[0] in fact.label for fact in self.sheet.registered):
                self._phrase(
                    "NUM303",
                    match.start(),
                    match.end(),
                    f"“{match[0]}”需要有依据，请登记来源或改写",
                )

    def _phrase(self, code: str, start: int, end: int, message: str) -> None:
        self.issues.append(Issue(code, self.section, start, end, self.text[start:end], message))

    def _answer(self) -> None:
        """No number stays contradicted without a word that says why."""
        told = {(issue.start, issue.end) for issue in self.issues}
        for entry in self.entries:
            place = (entry.item.start, entry.item.end)
            if entry.status is Status.CONTRADICTED and place not in told:
                entry.release()

    def _write(self) -> None:
        self._answer()
        section, text = self.section, self.text
        found = [
            Mention(
                section,
                e.item.start,
                e.item.end,
                text[e.item.start : e.item.end],
                e.status,
                e.facts,
                e.formula,
            )
            for e in self.entries
            if e.status is not None
        ]
        found += [
            Mention(section, start, end, text[start:end], Status.NOT_A_FIGURE)
            for start, end, _, listed in self.frames.masks
            if listed
        ]
        self.mentions = without_overlap(found)


def without_overlap(mentions: list[Mention]) -> list[Mention]:
    """Return mentions in text order, each character in one of them at most.

    What says something of a figure goes before what is none, the longer before the shorter.
    """
    mentions = sorted(mentions, key=attrgetter("start"))
    if all(left.end <= right.start for left, right in pairwise(mentions)):
        return mentions
    chosen: list[Mention] = []
    for mention in sorted(
        mentions, key=lambda m: (m.status is Status.NOT_A_FIGURE, m.start - m.end, m.start)
    ):
        index = bisect_right(chosen, mention.start, key=lambda m: m.start)
        free_left = index == 0 or chosen[index - 1].end <= mention.start
        if free_left and (index == len(chosen) or mention.end <= chosen[index].start):
            chosen.insert(index, mention)
    return chosen
