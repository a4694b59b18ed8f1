"""Counts of last year inside the text: “由上年的10件增至12件”, “较上年22例减少5例”."""

import re
from dataclasses import replace

from report_writer.facts.context import Context, Link
from report_writer.facts.expressions import PREVIOUS, Expression, last
from report_writer.facts.frames import Item
from report_writer.facts.linking import link_count, previous_count

_BEFORE_LAST_YEAR = re.compile(r"(?P<what>[^，。；]{2,}?)(?:由|从|较|比)(?:上|去|20\d{2}|\d|$)")
_RISEN_TO = re.compile(r"(?:增[加长]?|减少?|上升|回落|下降|提高|降低?|升|变)(?:到|至|为|成)\s?$")


def link_risen(item: Item, context: Context) -> Link | None:
    """Link “由上年的10件增至12件”: this year's value of what the number before was last year."""
    if item.previous is None or not _RISEN_TO.search(item.before):
        return None
    link = context.links.get(id(item.previous))
    if link is None or not all(fact.startswith(PREVIOUS) for fact in link.expression.operands):
        return None
    terms = tuple((sign, fact.removeprefix(PREVIOUS)) for sign, fact in link.expression.terms)
    return Link((Expression(terms),), link.strong, link.registered, link.row)


# “结转上年18件”, “另有上年1件”: what came over from last year, not last year's count.
_KEPT = re.compile(
    r"(?:结转|接续|承接|接办|承|接|带入|并入|遗留|移交|转入|转自|另有|还有|另|加上?|含|包括|连同|其中|旧)(?:自)?(?:上(?:一)?年(?:度)?|去年|20\d{2}年(?:度)?)(?:的)?\s*$|(?:上(?:一)?年(?:度)?|去年)(?:还|尚|仍)"
)


def _moves_on(item: Item, before: str) -> bool:
    """“由9件增至5件”: what stands behind 由 is last year's where the next number is where it went."""
    following = item.following
    return (
        bool(re.search(r"[由从]\s?$", before))
        and following is not None
        and following.start < item.clause[1]
        and bool(_RISEN_TO.fullmatch(following.before.strip()))
    )


def link_last_year(item: Item, context: Context) -> Link | None:
    """Link “较上年22例减少5例”: a plain count that stands for last year's value of what was just said."""
    before = item.before
    if item.bracketed and not before.strip():
        # NOTE: “较2022年（20件）” puts last year's value in brackets.
        before = item.lead.rstrip("（( ")[-16:]
    if not re.search(
        r"(?:较|比|同比|与)?(?:上(?:一)?年(?:度)?(?:同期)?|去年(?:同期)?)(?:的|为|是)?\s*$", before
    ):
        years = re.search(r"(20\d{2})年(?:度)?(?:同期)?(?:的|为|是)?\s*$", before)
        if (not years or int(years[1]) != context.year - 1) and not _moves_on(item, before):
            return None
    if re.search(r"结转|转来|留存", item.after) or _KEPT.search(before):
        return None
    named = _BEFORE_LAST_YEAR.match(item.left)
    own = link_count(replace(item, named=named["what"]), context) if named else None
    base = own if own is not None and own.strong else previous_count(item, context) or own
    if base is None or base.expression.function is not None:
        return None
    past = tuple(
        Expression(tuple((sign, last(fact)) for sign, fact in e.terms))
        for e in base.expressions
        if e.function is None
    )
    return Link(past, base.strong, base.registered, base.row)
