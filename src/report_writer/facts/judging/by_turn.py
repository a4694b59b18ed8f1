"""A last look at two open numbers that lead from one to the other: “有效文件存量由51件压缩到46件”, “由36件回落”.

The first is last year's value and the second this year's of one cell or fact. Where both are right of something the
clause may mean, however loosely, nothing else can be meant; such a reading confirms and never accuses.
"""

import re
from collections.abc import Iterator

from report_writer.domain.findings import Status
from report_writer.facts.expressions import PREVIOUS, Expression, a_year_later, total
from report_writer.facts.judging.by_loose_counts import options_of
from report_writer.facts.judging.derived_values import number_holds, supported
from report_writer.facts.judging.entries import PLANNED, Entry
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.label_words import telling_words
from report_writer.facts.linking.lexicon_faint import asked_for
from report_writer.facts.linking.registered import year_before
from report_writer.facts.sheet import FactSheet, requests

_FROM = re.compile(r"[由从自][^，。；、\d]{0,8}$")
_TO = re.compile(r"[^，。；、\d]{0,6}(?:到|至|为|成|→|—|剩|仅)\s?[约近]?")
# “由36件回落”: where it went has been told before.
_WENT = re.compile(
    r"\s?(?:起)?(?:[^，。；、\d]{0,2}[增减升降涨跌落]|回落|翻番|压[减缩]|收[窄缩]|扩)"
)
_REACH = 90
_UNCONFIRMED = frozenset({Status.UNACCOUNTED, Status.CONTRADICTED})


def confirm_turns(sheet: FactSheet, entries: list[Entry], context: Context, text: str) -> None:
    """Confirm pairs of counts, the first of last year and the second of this, by what both are right of."""
    for index, entry in enumerate(entries):
        if not _leads(entry):
            continue
        now = _where_it_went(entries, index, text)
        if now is None or not (now.holds or now.status in _UNCONFIRMED):
            continue
        for after in _subjects(sheet, entries, index, context, text):
            before = year_before(after, sheet)
            if before is None or not (_right(sheet, entry, before) and _right(sheet, now, after)):
                continue
            for one, expression in ((entry, before), (now, after)):
                actual = sheet.evaluate(expression)
                if one.status in _UNCONFIRMED and actual is not None:
                    one.settle(supported(expression), expression, actual)
            break


def _leads(entry: Entry) -> bool:
    quantity, item = entry.item.quantity, entry.item
    # NOTE: a verb nobody knows (瘦身至) leaves last year's number accused of not being this year's.
    if entry.status not in _UNCONFIRMED or quantity is None or quantity.value is None:
        return False
    counted = quantity.kind in {"count", "money"}
    return counted and bool(_FROM.search(item.before)) and not PLANNED.search(item.left)


def _where_it_went(entries: list[Entry], index: int, text: str) -> Entry | None:
    """Return the count a count behind 由 leads to: the one behind it, or the one just said."""
    item = entries[index].item
    behind = next((e for e in entries[index + 1 :] if e.item.quantity is not None), None)
    if behind is not None and _TO.fullmatch(text[item.end : behind.item.start]):
        return behind
    if not _WENT.match(text, item.end):
        return None
    before = next((e for e in reversed(entries[:index]) if e.item.quantity is not None), None)
    return before if before is not None and before.item.start >= item.sentence[0] else None


def _subjects(
    sheet: FactSheet, entries: list[Entry], index: int, context: Context, text: str
) -> Iterator[Expression]:
    item = entries[index].item
    for option in options_of(entries[index], entries[:index], context, text):
        yield _this_year(option)
    if asked_for(item.lead[-_REACH:]):
        yield requests("received")
        yield requests("disposed")
    words = telling_words(item.left)
    for fact in sheet.registered:
        if not fact.id.startswith(PREVIOUS) and words & telling_words(fact.label):
            yield total(fact.id)
    for entry in reversed(entries[:index]):
        if entry.item.start < item.start - _REACH:
            break
        if entry.holds and entry.expression is not None and entry.expression.function is None:
            yield _this_year(entry.expression)


def _this_year(expression: Expression) -> Expression:
    past = any(fact.startswith(PREVIOUS) for fact in expression.operands)
    return a_year_later(expression) if past else expression


def _right(sheet: FactSheet, entry: Entry, expression: Expression) -> bool:
    if entry.holds:
        return entry.expression == expression
    actual = sheet.evaluate(expression)
    return actual is not None and number_holds(sheet, entry.item, expression, actual)
