"""Counts of last year inside the text: “由上年的10件增至12件”, “较上年22例减少5例”."""

import re
from dataclasses import replace

from report_writer.facts.context import Context, Link
from report_writer.facts.expressions import PREVIOUS, Expression, last
from report_writer.facts.frames import Item
from report_writer.facts.linking import link_count, previous_count
from report_writer.facts.registered import past_of
from report_writer.facts.sheet import FactSheet, requests

_BEFORE_LAST_YEAR = re.compile(r"(?P<what>[^，。；]{2,}?)(?:由|从|较|比)(?:上|去|20\d{2}|\d|$)")
_RISEN_TO = re.compile(
    r"(?:(?P<up>增[加长]?|上升|提高|升|涨|扩[大充]?|提升|攀升)|(?P<down>减少?|回落|下降|降低?|缩减|下滑|压减|跌)|变)(?:到|至|为|成)\s?$"
)


def past_of_next(item: Item, registered: dict[int, Link], sheet: FactSheet) -> Link | None:
    """Link “公开信息由305条增至366条”: the first is last year's value of what the second registers."""
    if item.following is None or not _moves_on(item, item.before):
        return None
    own = registered.get(id(item.following))
    if own is None or not own.registered:
        return None
    before = past_of(own.expression.operands[0], sheet)
    return Link((before,), own.strong, True) if before is not None else None


def link_risen(item: Item, context: Context, own: Link | None = None) -> Link | None:
    """Link “由上年的10件增至12件”: this year's value of what the number before was last year."""
    if item.previous is None or not _RISEN_TO.search(item.before):
        return None
    link = context.links.get(id(item.previous))
    if link is not None and link.registered and own is not None:
        return own
    if link is None or not all(fact.startswith(PREVIOUS) for fact in link.expression.operands):
        return None
    terms = tuple((sign, fact.removeprefix(PREVIOUS)) for sign, fact in link.expression.terms)
    return Link((Expression(terms),), link.strong, link.registered, link.row)


# “结转上年18件”, “另有上年1件”: what came over from last year.
_CARRIED = re.compile(
    r"(?:结转|转自|转入|承接|接续|续办|遗留|留存|旧存|另有|另加|加上?|连同|含|包括|包含|并|及)(?:自|有|的)?(?:上(?:一)?年(?:度)?|去年|20\d{2}年(?:度)?)(?:的)?\s*$"
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
        r"(?:较|比|同比|与)?(?:上(?:一)?年(?:度)?(?:同期)?|去年(?:同期)?)(?:的|为|是|有|则|还|仅|只|共|收到|受理|新收|登记)*\s*$",
        before,
    ):
        years = re.search(r"(20\d{2})年(?:度)?(?:同期)?(?:的|为|是)?\s*$", before)
        if (not years or int(years[1]) != context.year - 1) and not _moves_on(item, before):
            return None
    if re.search(r"结转|转来|留存|遗留|顺延", item.after) or _CARRIED.search(before):
        return None
    named = _BEFORE_LAST_YEAR.match(item.left)
    own = link_count(replace(item, named=named["what"]), context) if named else None
    base = own if own is not None and own.strong else previous_count(item, context) or own
    if base is None and re.match(r"\s?(?:政府)?(?:信息)?(?:公开)?(?:申请|来件)", item.after):
        base = Link((requests("received"),), row="received")
    if base is None or base.expression.function is not None:
        return None
    terms = tuple((sign, last(fact)) for sign, fact in base.expression.terms)
    return Link((Expression(terms),), base.strong, base.registered, base.row)
