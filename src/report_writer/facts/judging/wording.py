"""The Chinese sentences that say what is wrong with a number, and the likely cause."""

from decimal import Decimal

from report_writer.domain.cells import plain
from report_writer.domain.findings import Cause, Severity, Status
from report_writer.domain.units import base_unit
from report_writer.facts.comparing import judge_share, shown
from report_writer.facts.derived.averages import Gap
from report_writer.facts.expressions import PREVIOUS, Expression
from report_writer.facts.judging.assessing import Assessor
from report_writer.facts.judging.derived_values import no_base
from report_writer.facts.judging.entries import Entry
from report_writer.facts.judging.verdicts import Issue, describe, difference, find_cause
from report_writer.facts.text.claims import ClaimKind
from report_writer.facts.text.frames import Item

_NEIGHBOURS = 40
_TENTH = Decimal("0.1")


class Wording:
    """Words the issues of one section."""

    def __init__(self, assessor: Assessor, section: str, text: str) -> None:
        self.assessor, self.section, self.text = assessor, section, text
        self.sheet = assessor.sheet
        self._wrong: dict[tuple[int, int], list[Entry]] | None = None

    def issue(
        self,
        code: str,
        item: Item,
        message: str,
        *,
        severity: Severity | None = None,
        expected: str | None = None,
        found: str | None = None,
        facts: tuple[str, ...] = (),
        cause: Cause | None = None,
    ) -> Issue:
        """Return an issue at an item."""
        quote = self.quote(item)
        return Issue(
            code,
            self.section,
            item.start,
            item.end,
            quote,
            message,
            severity,
            expected,
            found,
            facts,
            cause,
        )

    def quote(self, item: Item) -> str:
        """Return an item as the text writes it."""
        return self.text[item.start : item.end]

    def contradiction(self, entry: Entry) -> Issue:
        """Return the issue of a contradicted entry."""
        item, expression, actual = entry.item, entry.expression, entry.actual
        quote = self.quote(item)
        if item.claim is not None:
            return self._claim(entry, quote)
        quantity = item.quantity
        assert quantity is not None
        if entry.gap is not None:
            return self._gap(entry, entry.gap, quote)
        assert expression is not None and actual is not None
        name = describe(self.sheet, expression)
        if expression.function is not None:
            return self._formula(entry, quote, name)
        written, fact = quantity.amount, expression.operands[0]
        assert written is not None
        unit = self.sheet.unit(fact)
        unit = base_unit(quantity.unit)[0] if unit is None else unit
        code = "NUM104" if "facts/" in fact else "NUM101"
        facts, found = expression.operands, plain(quantity.value or Decimal(0))
        if quantity.kind == "share":
            return self.issue(
                code,
                item,
                f"正文“{quote}”与{name}{plain(actual)}%不一致",
                expected=plain(actual),
                found=found,
                facts=facts,
            )
        factor = base_unit(unit)[1]
        siblings = self._siblings(entry)
        cause = find_cause(self.sheet, quantity, expression, actual * factor, siblings)
        gap = difference(written, actual * factor, base_unit(unit)[0])
        if cause is Cause.UNIT:
            code, gap = "NUM302", "相差万倍，像是单位写错"
        elif quantity.approximation is not None:
            code, gap = "NUM304", "这个概数不成立"
        return self.issue(
            code,
            item,
            f"正文“{quote}”与{name}{plain(actual)}{unit}不一致，{gap}{_hint(cause)}",
            expected=plain(actual),
            found=found,
            facts=facts,
            cause=cause,
        )

    def _gap(self, entry: Entry, gap: Gap, quote: str) -> Issue:
        points = plain(abs(gap.points).quantize(Decimal("0.1")))
        quantity = entry.item.quantity
        if quantity is not None and quantity.kind == "share":
            return self.issue(
                "NUM204", entry.item, f"两个百分比之差应写“{points}个百分点”", facts=entry.facts
            )
        way = "提高" if gap.points > 0 else "降低" if gap.points < 0 else "变化"
        return self.issue(
            "NUM204",
            entry.item,
            f"正文“{quote}”与两个百分比之差不一致：{way}{points}个百分点",
            expected=f"{points}个百分点",
            found=quote,
            facts=entry.facts,
            cause=Cause.DIRECTION if gap.points * gap.sign < 0 else None,
        )

    def _siblings(self, entry: Entry) -> set[Decimal]:
        """Return the true values of the other contradicted numbers of the sentence."""
        if self._wrong is None:
            self._wrong = {}
            for other in self.assessor.entries:
                if other.actual is not None and other.status is Status.CONTRADICTED:
                    self._wrong.setdefault(other.item.sentence, []).append(other)
        others = self._wrong.get(entry.item.sentence, [])[:_NEIGHBOURS]
        return {o.actual for o in others if o is not entry and o.actual is not None}

    def _formula(self, entry: Entry, quote: str, name: str) -> Issue:
        expression, actual, quantity = entry.expression, entry.actual, entry.item.quantity
        assert expression is not None and actual is not None and quantity is not None
        derived, facts = entry.derived, expression.operands
        if expression.function == "share":
            wrong = [self.sheet.evaluate(other) for other in (derived.wrong if derived else ())]
            based = any(ratio is not None and judge_share(quantity, ratio).holds for ratio in wrong)
            value = shown(actual, quantity)
            return self.issue(
                "NUM202" if _against_last_year(expression) else "NUM203",
                entry.item,
                f"正文“{quote}”与算得的{value}不一致（{name}）{'，像是用错了分母' if based else ''}",
                expected=value,
                found=quote,
                facts=facts,
                cause=Cause.WRONG_BASE if based else None,
            )
        if no_base(self.sheet, expression):
            return self.issue(
                "NUM202",
                entry.item,
                f"正文“{quote}”没有基数：上年为0，不能计算增减比例（{name}）",
                found=quote,
                facts=facts,
                cause=Cause.WRONG_BASE,
            )
        way = "增加" if actual > 0 else "减少" if actual < 0 else "变化"
        fact = expression.operands[0]
        factor = (
            base_unit(self.sheet[fact].unit)[1]
            if quantity.kind == "money" and fact in self.sheet
            else Decimal(1)
        )
        value = shown(abs(actual) * factor, quantity)
        turned = derived is not None and actual * derived.sign < 0
        return self.issue(
            "NUM202",
            entry.item,
            f"正文“{quote}”与算得的{way}{value}不一致（{name}）",
            expected=value,
            found=quote,
            facts=facts,
            cause=Cause.DIRECTION if turned else None,
        )

    def _claim(self, entry: Entry, quote: str) -> Issue:
        claim, actual, expression = entry.item.claim, entry.actual, entry.expression
        assert claim is not None and actual is not None
        name = describe(self.sheet, expression) if expression else "信息处理费"
        if claim.kind is ClaimKind.TREND:
            way = "增加" if actual > 0 else "减少" if actual < 0 else "持平"
            change = way + (plain(abs(actual)) if actual else "")
            return self.issue(
                "NUM202",
                entry.item,
                f"正文“{quote}”与数据不符：{name}为{change}",
                expected=plain(actual),
                facts=entry.facts,
                cause=Cause.DIRECTION,
            )
        if claim.kind is ClaimKind.MOST:
            share = plain((actual * 100).quantize(_TENTH))
            return self.issue(
                "NUM102",
                entry.item,
                f"正文“{quote}”，而{name}为{share}%",
                expected=f"{share}%",
                facts=entry.facts,
            )
        if claim.kind is ClaimKind.EXISTS:
            return self.issue(
                "NUM102",
                entry.item,
                f"正文“{quote}”，而{name}为{plain(actual)}",
                expected=plain(actual),
                facts=entry.facts,
            )
        return self.issue(
            "NUM102",
            entry.item,
            f"正文“{quote}”要求{name}为0，实际为{plain(actual)}",
            expected=plain(actual),
            found="0",
            facts=entry.facts,
        )


def _against_last_year(expression: Expression) -> bool:
    """Whether a share is this year's value over last year's: 是上年的3倍."""
    past = all(fact.startswith(PREVIOUS) for _, fact in expression.base)
    return past and not any(fact.startswith(PREVIOUS) for _, fact in expression.terms)


def _hint(cause: Cause | None) -> str:
    return (
        {
            Cause.STALE_YEAR: "，像是上年的数字",
            Cause.SWAPPED_WITH: "，像是与同句另一个数字写颠倒了",
        }.get(cause, "")
        if cause
        else ""
    )
