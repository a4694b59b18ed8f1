"""Shares and rates: which formula a percentage stands for. Changes: see `facts.changes`."""

import re
from dataclasses import dataclass

from report_writer.facts.context import Context, Link
from report_writer.facts.expressions import Expression, share
from report_writer.facts.frames import Item
from report_writer.facts.lexicon import (
    APPLICANTS,
    OTHER_MATTERS,
    REQUEST_HINT,
    REQUESTS,
)
from report_writer.facts.linking import previous_count
from report_writer.facts.sheet import FactSheet, remedies, requests


@dataclass(slots=True)
class Derived:
    """Alternatives a derived number may stand for; `sign` is the written direction of a change."""

    expressions: tuple[Expression, ...]
    sign: int = 1
    strong: bool = True
    change: bool = False
    # Formulas that would explain a wrong number (share of the wrong base).
    wrong: tuple[Expression, ...] = ()


_SHARE = re.compile(
    r"占(?:据|到|去|了)?(?P<whole>[^占]*?)(?:的)?(?:比例|比重|比)?(?:恰|正好|已|均|约)?(?:为|是|达到?|超过)?\s*$"
)
_RATE = re.compile(
    r"(?P<name>[^，。；：、（）()\d]{0,12}(?:率|比例|比重))(?P<aside>[（(][^（）()]{1,12}[）)])?(?:均|都|双双|皆|分别|也)?(?:保持|达到?|为|是|超过|稳定在|约|高达|实现|升[到至]|[增降]至|提高到)*\s*$"
)
# “比例最高的是自然人，达97.3%”: the name stands in the clause before.
_HIGHEST = re.compile(
    r"(?:比例|比重|占比)(?:最[高大]|居首)的?(?:是|为)(?P<part>[^，。；]{2,12})，(?:达到?|为|占)?\s*$"
)


def read_share(item: Item, context: Context, sheet: FactSheet) -> Derived | None:
    """Read “占办结总数的52.6%”, “答复率100%”, “自然人39件（83%）”, “近四成”."""
    match = _SHARE.search(item.left)
    if match:
        at = item.start - len(item.left) + match.start()
        return _proportion(item, context, item.left[: match.start()], match["whole"], at)
    rate = _RATE.search(item.left) or _rate_before_bracket(item)
    if rate:
        return _rate(item, context, rate["name"], rate["aside"] or "")
    highest = _HIGHEST.search(item.lead)
    if highest:
        return _proportion(item, context, highest["part"], "", item.start)
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
        derived = _of_registered(item, link, context)
        if derived:
            derived.strong = False
        return derived
    return None


def _rate_before_bracket(item: Item) -> re.Match[str] | None:
    """“公开率（含部分公开）53.7%”: the bracket ends a clause of its own."""
    return None if item.left.strip() else _RATE.search(item.lead[-36:])


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
    whole = _stated_total(item, context, item.start)
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
_TOTALS = {requests(row): row for row in ("received", "handled", "disposed")}


def _stated_total(item: Item, context: Context, before: int) -> Expression | None:
    """Return the total of requests the text has named last, as far back as the section goes."""
    previous = item.previous
    while previous is not None:
        link = context.links.get(id(previous))
        if link is not None and previous.start < before:
            for expression in link.expressions:
                if expression in _TOTALS:
                    return expression
        previous = previous.previous
    return None


def _rate(item: Item, context: Context, name: str, aside: str = "") -> Derived | None:
    text = item.left[-30:]
    if _WIDER.search(name):
        return None
    if re.search(r"纠错率|纠正率|维持率", name):
        column = "upheld" if "维持" in name else "corrected"
        row = context.remedy_row or "reconsideration"
        return Derived(
            (
                share(remedies(row, column), remedies(row)),
                share(remedies("reconsideration", column), remedies("reconsideration")),
            ),
        )
    hints = (
        REQUEST_HINT.search(name)
        or not OTHER_MATTERS.search(item.lead)
        or _near_requests(item, context)
    )
    about = bool(REQUEST_HINT.search(item.lead)) or context.topic == "requests"
    if about and hints and not OTHER_MATTERS.search(text):
        if re.search(r"(?:办结|答复|办理|回复|办复|销号|结案|办毕|完成)率", name) and not re.search(
            r"按期|按时|及时|限时|期限|时限", name
        ):
            return Derived((share(requests("disposed"), requests("handled")),))
        if re.search(r"(?:按期|按时|及时|限时|期限|时限)", name):
            return None
        if re.search(r"(?:公开(?:的)?(?:率|比例|比重)|部分公开率)$", name) and not re.search(
            r"主动|解读|全文|信息公开的|不予|不公开", name
        ):
            return _disclosure_rate(item, context, name, aside)
    link = previous_count(item, context)
    if link and link.registered:
        derived = _of_registered(item, link, context)
        if derived:
            derived.strong = False
        return derived
    return None


def _disclosure_rate(item: Item, context: Context, name: str, aside: str) -> Derived:
    both = ("disclosed_in_full_or_part", "disclosed")
    rows: tuple[str, ...] = both if "部分" in name + aside else both[::-1]
    if "部分" in aside and "不" not in aside:
        rows = both[:1]
    bases = [requests("disposed")]
    stated = _stated_total(item, context, item.start)
    if stated is not None and stated not in bases:
        bases.insert(0, stated)
    return Derived(tuple(share(requests(row), base) for row in rows for base in bases))


def _near_requests(item: Item, context: Context) -> bool:
    link = previous_count(item, context)
    return bool(
        link and link.row != "faint" and link.expression.operands[0].startswith("requests/")
    )


def _proportion(
    item: Item, context: Context, part_text: str, whole_text: str, at: int
) -> Derived | None:
    """Return the share of what stands before `at` (the place of 占) in what stands behind it."""
    part = _part(item, context, part_text, whole_text, at)
    if part is None:
        return None
    if _WIDER.search(whole_text):
        # NOTE: of a wider body's number, or of nothing we know.
        other = _other_whole(item, context, whole_text, part)
        return Derived((share(part.expression, other),) if other else (), strong=False)
    based = _numbered_base(item, context, at)
    if based is not None and based != part.expression:
        return Derived((share(part.expression, based),), strong=part.strong)
    if part.registered:
        return _of_registered(item, part, context)
    first = part.expression.operands[0]
    if first.startswith("remedies/"):
        return Derived((share(part.expression, remedies(first.split("/")[1])),))
    if first.startswith("proactive/"):
        return None
    other = _other_whole(item, context, whole_text, part)
    if other is not None:
        return Derived((share(part.expression, other),), strong=False)
    whole, wrong = _whole(item, part, whole_text, context, at)
    return Derived(
        tuple(share(part.expression, w) for w in whole),
        strong=part.strong,
        wrong=tuple(share(part.expression, w) for w in wrong),
    )


def _numbered_base(item: Item, context: Context, at: int) -> Expression | None:
    """“占应办申请26件的92.3%”: the base is the count that stands between 占 and the share."""
    previous = item.previous
    if previous is None or previous.start < at or previous.quantity is None:
        return None
    link = context.links.get(id(previous))
    if link is None or link.expression.function is not None or link.registered:
        return None
    fitting = [e for e in link.expressions if e.function is None]
    return fitting[0] if fitting else None


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


_WIDER = re.compile(r"全(?:市|区|县|省|州|盟|旗|国|系统|行业|关)|同期|总来件")


def _other_whole(item: Item, context: Context, text: str, part: Link) -> Expression | None:
    """“全区来件143件，本办18件，占全区12.6%”: a share of what is registered for a wider body."""
    previous = item.previous
    reach = max(0, item.sentence[0] - 60)
    while previous is not None and previous.start >= reach:
        link = context.links.get(id(previous))
        if (
            link is not None
            and link.registered
            and link.expression != part.expression
            and _WIDER.search(
                link.expression.operands[0] if not _WIDER.search(text) else previous.left + text
            )
            and re.search(r"申请|来件|收件|受理", link.expression.operands[0])
            and part.expression in _TOTALS
        ):
            return link.expression
        previous = previous.previous
    return None


def _whole(
    item: Item, part: Link, text: str, context: Context, at: int
) -> tuple[tuple[Expression, ...], tuple[Expression, ...]]:
    _, row, column = part.expression.operands[0].split("/")
    if re.search(r"应办|须办|需办|待办", text):
        return (requests("handled"),), (requests("received"), requests("disposed"))
    if re.search(r"办结|办理|答复|处理|实办|已办|办毕|结案|办件", text):
        return (requests("disposed"),), (requests("received"), requests("handled"))
    if re.search(r"新收|收到|受理|收件|来件", text):
        return (requests("received"),), (requests("disposed"), requests("handled"))
    if re.search(r"申请", text):
        return (requests("received"), requests("handled"), requests("disposed")), ()
    if row in {"received", "carried_over"} and (
        column != "total" or len(part.expression.terms) > 1
    ):
        return (
            requests(
                context.request_row
                if context.request_row in {"received", "handled"}
                else "received"
            ),
        ), (requests("disposed"),)
    if row in {"disposed", "carried_forward"}:
        return (requests("handled"), requests("received")), ()
    if row in {"received", "carried_over"}:
        return (requests("handled"),), ()
    stated = _stated_total(item, context, at)
    if column != "total" and len(part.expression.terms) == 1:
        return (requests(row), requests("disposed")), ()
    if stated is not None and stated != requests("disposed"):
        # NOTE: where only what came in is stated, its parts may be shares of either.
        return (stated, requests("disposed")), ()
    return (requests("disposed"),), (requests("received"), requests("handled"))


def _of_registered(item: Item, part: Link, context: Context) -> Derived | None:
    """A share of registered facts: the whole is an earlier count of the text."""
    wholes: list[Expression] = []
    previous = item.previous
    reach = max(0, item.sentence[0] - 120)
    while previous is not None and previous.start >= reach:
        link = context.links.get(id(previous))
        if (
            link
            and link.expression.function is None
            and link.expression != part.expression
            and (
                link.registered or link.expression.operands[0].startswith("requests/received/total")
            )
        ):
            wholes.append(link.expression)
        previous = previous.previous
    if not wholes:
        return None
    return Derived(tuple(share(part.expression, w) for w in wholes[:6]), strong=len(wholes) == 1)
