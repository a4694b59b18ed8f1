"""Shares: which formula a percentage, a tenth or a fraction stands for. Changes: see `facts.changes`."""

import re
from decimal import Decimal

from report_writer.facts.context import Context, Link
from report_writer.facts.derived import Derived
from report_writer.facts.expressions import Expression, share
from report_writer.facts.frames import Item
from report_writer.facts.lexicon import APPLICANTS, OTHER_MATTERS, REQUEST_HINT, REQUESTS
from report_writer.facts.linking import previous_count
from report_writer.facts.quantities import Approximation
from report_writer.facts.rates import RATE, of_registered, rate_before_bracket, rate_named
from report_writer.facts.share_bases import (
    WIDER,
    numbered_base,
    other_whole,
    stated_total,
    whole_of,
)
from report_writer.facts.sheet import FactSheet, remedies, requests

_SHARE = re.compile(
    r"占(?:据|到|去|了)?(?P<whole>[^占]*?)(?:的)?(?:比例|比重|比)?(?:恰|正好|已|均|约)?(?:为|是|达到?|超过)?\s*$"
)


# “比例最高的是自然人，达97.3%”: the name stands in the clause before.
_HIGHEST = re.compile(
    r"(?:(?:比例|比重|占比)(?:最[高大]|居首)的?(?:是|为)(?P<part>[^，。；]{2,12})"
    r"|以(?P<chief>[^，。；\d]{2,12}?)(?:提出)?为主|(?:主要(?:是|为|来自)|最多的(?:是|为))(?P<main>[^，。；\d]{2,12}?)"
    r"|(?P<most>[^，。；\d]{2,12}?)(?:占(?:绝)?大?多数|居多|最多|占比最高|占大头|居首))"
    r"，(?:达到?|为|占(?:到|总量的|总数的|全部的|比)?)?\s*$"
)


def read_share(item: Item, context: Context, sheet: FactSheet) -> Derived | None:
    """Read “占办结总数的52.6%”, “答复率100%”, “自然人39件（83%）”, “近四成”."""
    match = _SHARE.search(item.left)
    highest = _HIGHEST.search(item.lead)
    if match and not (highest and not item.left[: match.start()].strip()):
        at = item.start - len(item.left) + match.start()
        return _proportion(item, context, item.left[: match.start()], match["whole"], at)
    rate = RATE.search(item.left) or rate_before_bracket(item)
    if rate:
        return rate_named(item, context, rate["name"], rate["aside"] or "")
    if highest:
        named = next(name for name in highest.groups() if name)
        if not APPLICANTS.matches(named) and not any(m[3] for m in REQUESTS.matches(named)):
            return None
        return _proportion(item, context, named, "", item.start)
    if _more_than_half(item) and APPLICANTS.matches(item.left[-12:]):
        # NOTE: “企业申请过半”: share and verb in one word.
        return _proportion(item, context, item.left[-12:], "", item.start)
    behind = _of_what_follows(item, context)
    if behind:
        return behind
    if (
        item.bracketed
        and not item.before.strip()
        and item.previous
        and item.start - item.previous.end <= 1
    ):
        return _proportion(item, context, "", "", item.start)
    link = previous_count(item, context)
    if link and link.registered:
        derived = of_registered(item, link, context)
        if derived:
            derived.strong = False
        return derived
    return None


def _more_than_half(item: Item) -> bool:
    quantity = item.quantity
    return (
        quantity is not None
        and quantity.unit == "分之"
        and quantity.approximation is Approximation.ABOVE
        and quantity.value == Decimal("0.5")
    )


# “三分之二予以公开”, “九成以上是被征收居民”, “半数因不掌握而无法提供”: the share opens its clause.
_OPENS = re.compile(
    r"(?:其中|当中|有|约|共有|已有|办出者|办结件|这些|来件|申请(?:中|里)?|的|[，、：:\s])*"
)


_FOLLOWS = re.compile(
    r"(?:的)?(?:申请(?:人|者|件)?|来件|件)?(?:均|都|已|依法|系|是|为|属于?|由|来自|出自|因|予以|获得?|得到|给予|作)*"
)


def _of_what_follows(item: Item, context: Context) -> Derived | None:
    if not _OPENS.fullmatch(item.before) or (
        context.topic != "requests" and not REQUEST_HINT.search(item.lead)
    ):
        return None
    if OTHER_MATTERS.search(item.left) or OTHER_MATTERS.search(item.after):
        return None
    text = item.after
    start = _FOLLOWS.match(text)
    at = start.end() if start else 0
    applicants = [m for m in APPLICANTS.matches(text) if m[0] <= at + 3]
    whole = stated_total(item, context, item.start)
    if applicants:
        column = applicants[0][2]
        row = context.request_row if context.request_row in {"received", "handled"} else "received"
        return Derived((share(requests(row, column), requests(row)),))
    rows = [m for m in REQUESTS.matches(text) if m[2].split(".")[0] in _ENDINGS]
    if not rows:
        return None
    group = next((m for m in rows if "." not in m[2]), rows[0])
    reason = next((m for m in rows if m[2].startswith(group[2] + ".")), None)
    if group[0] > at and reason is None and not re.match(r"[^，。；]{0,14}(?:而|故|，)", text):
        return None
    bases = [requests("disposed"), requests("received")]
    if whole is not None:
        bases = [whole, *(base for base in bases[:1] if base != whole)]
    parts = [reason, group] if reason is not None else [group]
    options = [share(requests(m[2]), base) for m in parts for base in bases if m is not None]
    return Derived(tuple(options), strong=reason is None and group[0] <= at)


_ENDINGS = frozenset(
    {
        "disclosed",
        "disclosed_in_part",
        "disclosed_in_full_or_part",
        "withheld",
        "unable_to_provide",
        "not_processed",
        "otherwise_closed",
    }
)


def _proportion(
    item: Item, context: Context, part_text: str, whole_text: str, at: int
) -> Derived | None:
    """Return the share of what stands before `at` (the place of 占) in what stands behind it."""
    part = _part(item, context, part_text, whole_text, at)
    if part is None:
        return None
    if WIDER.search(whole_text):
        # NOTE: of a wider body's number, or of nothing we know.
        other = other_whole(item, context, whole_text, part)
        return Derived((share(part.expression, other),) if other else (), strong=False)
    based = numbered_base(item, context, at)
    if based is not None and based != part.expression:
        return Derived((share(part.expression, based),), strong=part.strong)
    if part.registered:
        return of_registered(item, part, context)
    first = part.expression.operands[0]
    if first.startswith("remedies/"):
        return Derived((share(part.expression, remedies(first.split("/")[1])),))
    if first.startswith("proactive/"):
        return None
    other = other_whole(item, context, whole_text, part)
    if other is not None:
        return Derived((share(part.expression, other),), strong=False)
    whole, wrong = whole_of(item, part, whole_text, context, at)
    return Derived(
        tuple(share(part.expression, w) for w in whole),
        strong=part.strong,
        wrong=tuple(share(part.expression, w) for w in wrong),
    )


def _part(item: Item, context: Context, text: str, whole: str, at: int) -> Link | None:
    clause = _since_last_number(item, text, at)
    column = APPLICANTS.matches(clause)
    if column and (REQUEST_HINT.search(item.lead) or context.topic == "requests"):
        row = context.request_row
        if row == "handled" and re.search(r"新收|收到|受理", whole):
            row = "received"
        expression = requests(row, column[-1][2])
        if re.match(r"\s*非自然人", clause):
            expression = Expression(
                requests(row).terms
                + tuple((-s, f) for s, f in requests(row, "natural_person").terms)
            )
        return Link((expression,), row=row)
    found = [m for m in REQUESTS.matches(clause) if m[3]]
    if found and found[-1][2] not in {"received", "handled"}:
        return Link((requests(found[-1][2]),), row=found[-1][2])
    near = [m for m in REQUESTS.matches(clause) if m[1] == len(clause.rstrip())]
    if near and near[-1][2].split(".")[0] in _ENDINGS and context.topic == "requests":
        return Link((requests(near[-1][2]),), False, row=near[-1][2])
    return _count_at_hand(item, context, at)


def _since_last_number(item: Item, text: str, at: int) -> str:
    """Return what stands between the last number and 占: 申请4件里商业企业占75%."""
    previous = item.previous
    while previous is not None and previous.start >= at:
        previous = previous.previous
    if previous is None or previous.end <= at - len(text):
        return text
    return text[len(text) - (at - previous.end) :] if previous.end <= at else ""


def _count_at_hand(item: Item, context: Context, at: int) -> Link | None:
    """Return the link of the count nearest before an offset; a count nobody knows has no share."""
    previous = item.previous
    while previous is not None and previous.start >= item.sentence[0]:
        if previous.start < at and previous.quantity is not None:
            link = context.links.get(id(previous))
            if link is not None and link.expression.function is None:
                return link
            if previous.quantity.kind == "count":
                return None
        previous = previous.previous
    return None
