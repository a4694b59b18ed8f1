"""Denials that are of last year, though they stand in a sentence of this one: “逾期不补正5件，上年未出现”."""

import re

from report_writer.facts.expressions import PREVIOUS, Expression, a_year_later
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.last_year import is_of_last_year
from report_writer.facts.linking.naming import last_number
from report_writer.facts.linking.statement import Statement, of_last_year
from report_writer.facts.text.frames import Item

_OF_WHAT_WAS_COUNTED = re.compile(
    r"(?:上(?:一)?年度?|去年|前一年)(?:同期)?(?:则|也|亦|还|尚|并|却|均|都)*(?:没有|没|未|无|不曾)(?:曾|予)?(?:出现|发生|产生|实施|作出|制发|废止|采取|收到|有)?(?:过|了)?"
    r"(?:此|这|该)?(?:类|种|项|方面)?(?:的)?(?:情形|情况|申请|事项|案件|答复|处理|结果|件)*"
)
_PAST_AHEAD = re.compile(r"(?:上(?:一)?年度?|去年|前一年)(?:则|也|亦)?(?=$|[既没未无])")
_GOES_ON = re.compile(r"(?:也|亦|且|并|更|均|都)?(?:没有|没|未|无|不)")
_THIS_YEAR = re.compile(r"今年|本年|当年")


def denied_of_what_was_counted(item: Item, text: str, context: Context) -> Statement | None:
    """“行政强制1件，后者上年未实施”, “新出现的4件，上年无此类”: last year's value of the count just before was 0."""
    if not _OF_WHAT_WAS_COUNTED.fullmatch(text):
        return None
    counted = last_number(item)
    if counted is None or counted.start < item.sentence[0] or counted.quantity is None:
        return None
    link = context.changed.get(id(counted)) or context.links.get(id(counted))
    if link is None or link.registered or link.expression.function is not None:
        return None
    if any(fact.startswith(PREVIOUS) for fact in link.expression.operands):
        return None
    return of_last_year(Statement(link.expressions[:1], strong=link.strong))


_NEXT = 5
_NOT_NOW = re.compile(
    r"(?:本年度?|今年|当年)(?:则|也|却|已)?(?:没有|未|无)(?:再)?(?:收到|发生|出现|产生)?(?:此类|这类|该类)?(?:申请|情形|情况)?"
)


def denied_now(item: Item, text: str, context: Context) -> Statement | None:
    """“信访举报类上年3件，本年没有收到”: this year's value of the count of last year just before is 0."""
    counted = item.previous
    said = item.lead[item.lead.rfind("，") + 1 :] + text
    if counted is None or not _NOT_NOW.fullmatch(said) or item.start - counted.end > _NEXT:
        return None
    link = context.links.get(id(counted))
    if link is None or not _is_past(link.expressions[:1]):
        return None
    return Statement((a_year_later(link.expression),), strong=link.strong)


def goes_on_of_past(item: Item, text: str, context: Context, before: Statement | None) -> bool:
    """Whether a denial goes on about the year before: “上年没有复议，也没有诉讼”, “上年2件，没有企业申请”.

    `before` is what the claim just before says, None where it is none.
    """
    previous = item.previous
    if previous is None or previous.sentence != item.sentence or item.start - previous.end > 1:
        return False
    if not _GOES_ON.match(text) or _THIS_YEAR.search(text):
        return False
    if previous.claim is not None:
        named = _PAST_AHEAD.search(previous.lead) or _PAST_AHEAD.match(previous.claim.text)
        return bool(named) or (before is not None and _is_past(before.expressions[:1]))
    return is_of_last_year(previous, context.year)


def _is_past(expressions: tuple[Expression, ...]) -> bool:
    operands = [fact for e in expressions for fact in e.operands]
    return bool(operands) and all(fact.startswith(PREVIOUS) for fact in operands)
