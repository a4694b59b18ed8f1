"""One value held against another: 是上年的3倍, 为强制的39倍, 较自然人少4件."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from report_writer.facts.derived.candidates import Derived
from report_writer.facts.expressions import PREVIOUS, Expression, minus, share
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.linking.counts import link_count
from report_writer.facts.linking.lexicon import OTHER_MATTERS
from report_writer.facts.linking.named_facts import named_with_past
from report_writer.facts.linking.registered import past_of
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.frames import Item

UP = (
    r"净?增长|净?增加|净增|新增|增多|上升|上扬|上涨|回升|提高|提升|攀升|走高|升高|扩大|扩充|增幅|涨幅|升幅|增速|增率"
    r"|增|涨|升|(?<![最不至大许众诸很更])多出?|(?<![最不])高出?"
    r"|(?<=上年|去年|同期|年度|同比|\d年)[多增][^，。；、\d多少]{1,4}"
)


DOWN = (
    r"下降|减少|降低|回落|下滑|下跌|走低|缩减|压减|压降|净减|缩水|降幅|减幅|跌幅|减|降|跌"
    r"|(?<![至不最])少出?|(?<![最不])低"
    r"|(?<=上年|去年|同期|年度|同比|\d年)[少减][^，。；、\d多少]{1,4}"
)


LAST_YEAR = re.compile(r"上(?:一)?(?:个)?年|去年|前一年|往年|同期")


_IS = r"(?:(?<!因)(?<!作)(?:是|为|系|达到?|及)|相当于|等于|只有|仅有|不足|不到)"


_TIMES_OF = re.compile(
    rf"(?P<head>[^，。；]*?){_IS}(?:了)?(?P<whole>[^，。；是为]{{1,24}}?)(?:的|之|(?<=上年|去年|同期|年度|\d年))\s*$"
)


_GROWN_TO = re.compile(
    rf"(?:{UP}|{DOWN}|扩)(?:至|到|成)(?P<whole>[^，。；]{{0,12}}?)(?:的|之)?\s*$"
)


def read_times(item: Item, context: Context, sheet: FactSheet) -> Derived | None:
    """Read “是上年的3倍”, “为上年58件的一半”, “处罚为强制的39倍”, “后者恰是前者的一半”."""
    quantity = item.quantity
    assert quantity is not None
    if quantity.kind not in {"multiple", "share"}:
        return None
    match = _TIMES_OF.search(item.left)
    if match is None and quantity.kind == "multiple":
        match = _GROWN_TO.search(item.left)
        if match is not None and match["whole"] and not LAST_YEAR.search(match["whole"]):
            return None
    if match is None:
        return None
    offset = item.start - len(item.left)
    whole, at = match["whole"], offset + match.start("whole")
    head = match.groupdict().get("head") or ""
    if quantity.kind == "share" and not (
        LAST_YEAR.search(whole) or "前者" in whole or f"{context.year - 1}年" in whole
    ):
        return None
    if "前者" in whole or "后者" in whole:
        return _of_the_two(item, context, whole)
    begin = offset + match.start()
    now = _count_named(item, head, context) or named_with_past(head, item, sheet)
    now = now or _present_count(item, context, begin)
    if now is None:
        return Derived((), 1, False)
    base = _base_of(item, context, sheet, whole, at, now)
    if base is None:
        return Derived((), 1, False)
    context.changed[id(item)] = now
    return Derived((share(now.expression, base),), 1, now.strong)


def _base_of(
    item: Item, context: Context, sheet: FactSheet, whole: str, at: int, now: Link
) -> Expression | None:
    if not whole or LAST_YEAR.search(whole) or f"{context.year - 1}年" in whole:
        if now.registered:
            return past_of(now.expression.operands[0], sheet)
        return Expression(tuple((s, PREVIOUS + f) for s, f in now.expression.terms))
    previous = item.previous
    if previous is not None and previous.start >= at:
        link = context.links.get(id(previous))
        return link.expression if link is not None else None
    named = _count_named(item, whole, context)
    return named.expression if named is not None else None


def _of_the_two(item: Item, context: Context, whole: str) -> Derived:
    """“甲3310条、乙1655条，后者是前者的一半”."""
    found: list[Expression] = []
    for previous in islice(item.earlier(), 2):
        link = context.links.get(id(previous))
        if link is None or link.expression.function is not None:
            break
        found.append(link.expression)
    if len(found) < 2:
        return Derived((), 1, False)
    later, former = found
    if "后者" in whole:
        later, former = former, later
    return Derived((share(later, former),))


def _count_named(item: Item, name: str, context: Context) -> Link | None:
    """Return the cell a bare name stands for (处罚, 强制, 自然人)."""
    name = name.strip(" 数量总计则也却仅恰约")
    if not name or len(name) > 16 or item.quantity is None or OTHER_MATTERS.search(name):
        return None
    kept = dict(context.links)
    topic = (context.topic, context.request_row, context.remedy_row, context.document_row)
    one = replace(
        item,
        quantity=replace(item.quantity, unit="件", value=Decimal(1), approximation=None),
        named=name,
        before=name,
        left=name,
        after="",
        rest="",
    )
    faint = context.faint_over
    link = link_count(one, context)
    context.faint_over = faint
    context.links.clear()
    context.links.update(kept)
    context.topic, context.request_row, context.remedy_row, context.document_row = topic
    return link if link is not None and link.strong else None


def _present_count(item: Item, context: Context, before: int) -> Link | None:
    """Return the nearest count of this year before an offset of the sentence."""
    for previous in item.earlier():
        link = context.links.get(id(previous))
        if (
            previous.start < before
            and link is not None
            and link.expression.function is None
            and not all(op.startswith(PREVIOUS) for op in link.expression.operands)
        ):
            return link
    return None


_DIFFERS = re.compile(
    r"(?:比|较)(?P<other>[^，。；\d]{2,12}?)(?:(?P<up>多|高)|(?P<down>少|低))(?:出|了)?\s*$"
)


def read_difference(item: Item, context: Context) -> Derived | None:
    """Read “较自然人少4件”, “比废止数多1件”: the difference of two cells of this year."""
    quantity = item.quantity
    if quantity is None or quantity.kind != "count":
        return None
    match = _DIFFERS.search(item.left)
    if match is None or LAST_YEAR.search(match["other"]) or "年" in match["other"]:
        return None
    said = re.split(r"[，；：]", item.left[: match.start()])[-1].strip("的 ")
    now = _count_named(item, said, context) if len(said) > 2 else None
    now = now or _present_count(item, context, item.start)
    other = _count_named(item, match["other"], context)
    if now is None or other is None or now.expression == other.expression:
        return Derived((), 1, False)
    first, second = now.expression, other.expression
    if now.expression.operands[0].split("/")[2] == "total" and match["other"]:
        column = other.expression.operands[0].split("/")
        if len(column) == 3 and column[2] != "total":
            return Derived((), 1, False)
    if match["down"]:
        first, second = second, first
    return Derived((minus(first, second),), 1, now.strong)
