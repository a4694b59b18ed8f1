"""Do claims without a digit hold? Denials, generalisations, trends, against cells or the register."""

import re
from dataclasses import replace
from decimal import Decimal

from report_writer.domain.findings import Status
from report_writer.domain.units import base_unit
from report_writer.facts.expressions import PREVIOUS, Expression, a_year_later, total
from report_writer.facts.judging.derived_values import (
    supported,
)
from report_writer.facts.judging.entries import Entry
from report_writer.facts.judging.other_readings import (
    narrower_claims,
)
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.registered import score
from report_writer.facts.linking.statement import Statement
from report_writer.facts.linking.totals import TOTALS
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.claims import ClaimKind

_DENIED, _BY_CHANCE = 0.75, 10
_ROUGHLY = re.compile(r"(?:基本|大体|大致|总体)(?:持平|相同|一致|相当|一样)|相当")
_LEVEL, _NOT_LEVEL = Decimal("0.1"), Decimal("0.3")


def judge_claim(
    sheet: FactSheet,
    context: Context,
    entry: Entry,
    statement: Statement | None,
    last: Entry | None = None,
) -> None:
    """Give a digit-less claim its status; `last` is what was counted just before it."""
    claim = entry.item.claim
    if claim is None:
        return
    if statement is None:
        _deny_registered(sheet, entry)
        return
    entry.status = Status.UNACCOUNTED
    if statement.registered_label:
        _state_registered(sheet, entry, statement.registered_label)
        return
    if not statement.expressions:
        return
    expression = statement.expressions[0]
    if claim.kind in {ClaimKind.UNIVERSAL, ClaimKind.ZERO}:
        holding = (e for e in statement.expressions if sheet.evaluate(e) == 0)
        expression = next(holding, expression)
    actual = sheet.evaluate(expression)
    if actual is None:
        entry.expression = expression
        return
    for other in statement.also:
        if actual == 0 and (extra := sheet.evaluate(other)):
            expression, actual = other, extra
    if claim.kind is ClaimKind.TREND and _ROUGHLY.search(claim.text):
        held = _roughly(sheet, expression, actual)
        if held is None:
            return
        holds = held
    elif claim.kind is ClaimKind.TREND:
        holds = (actual > 0) - (actual < 0) == statement.sign
    elif claim.kind is ClaimKind.EXISTS:
        holds = actual > 0
    else:
        holds = actual == 0
    if not holds and claim.kind is ClaimKind.ZERO and expression.operands[0].startswith(PREVIOUS):
        # NOTE: “2022年没有制发文件” of a year with none this year and one the year before: the date is wrong.
        now = a_year_later(expression)
        if sheet.evaluate(now) == 0:
            expression, actual, holds = now, Decimal(0), True
    # NOTE: fewer than none: what was counted is not what the claim is about.
    beside = actual < 0 and claim.kind is not ClaimKind.TREND
    strong = statement.strong or (statement.of_last and _is_total(last))
    if not holds and (beside or not strong):
        return
    if not holds and claim.kind is ClaimKind.ZERO:
        for narrow in narrower_claims(entry.item, claim.text, expression, context):
            if sheet.evaluate(narrow) == 0:
                entry.settle(supported(narrow), narrow, Decimal(0))
                return
    entry.settle(supported(expression) if holds else Status.CONTRADICTED, expression, actual)


def _is_total(last: Entry | None) -> bool:
    """Whether all the requests there were have just been counted, rightly and beyond chance: “共148件，均已办结”."""
    if last is None or not last.holds or last.expression not in TOTALS:
        return False
    return (last.actual or Decimal(0)) >= _BY_CHANCE


def _roughly(sheet: FactSheet, expression: Expression, actual: Decimal) -> bool | None:
    """Whether “基本持平” holds for a change; None where that is a matter of taste."""
    now = sheet.evaluate(Expression(expression.terms))
    if now is None:
        return None
    before = now - actual
    if abs(actual) <= before * _LEVEL:
        return True
    return False if abs(actual) > max(before * _NOT_LEVEL, Decimal(2)) else None


def _deny_registered(sheet: FactSheet, entry: Entry) -> None:
    """A denial of something the register counts: “未发生责任追究” with 责任追究 0起."""
    claim = entry.item.claim
    if claim is None or claim.kind is not ClaimKind.ZERO:
        return
    inside = replace(entry.item, before=claim.text, named=claim.text, left="", lead="", after="")
    for fact in sheet.registered:
        value = score(inside, fact, sheet.year)
        if fact.value == 0 and value >= _DENIED:
            entry.settle(Status.REGISTERED, total(fact.id), fact.value)
            return


def _state_registered(sheet: FactSheet, entry: Entry, label: str) -> None:
    pattern = re.compile("逾期|超期" if label == "逾期" else label)
    named = [f for f in sheet.registered if pattern.search(f.label)]
    paid = [f for f in named if base_unit(f.unit)[0] == "元" and "通知" not in f.label]
    about_notices = "通知" in label
    best = next(iter(paid or [f for f in named if about_notices or "费" not in f.label]), None)
    fee = sheet.report.processing_fee
    if best is not None and best.value is not None:
        status = Status.REGISTERED if best.value == 0 else Status.CONTRADICTED
        entry.settle(status, total(best.id), best.value)
    elif label == "信息处理费" and fee is not None and fee.collected is not None:
        entry.actual = fee.collected
        entry.status = Status.REGISTERED if fee.collected == 0 else Status.CONTRADICTED
