"""Shares, rates and changes: which formula a percentage or a difference stands for."""

import re
from dataclasses import dataclass

from report_writer.facts.context import Context, Link
from report_writer.facts.expressions import PREVIOUS, Expression, change, share, total
from report_writer.facts.frames import Item
from report_writer.facts.lexicon import (
    APPLICANTS,
    OTHER_MATTERS,
    PROACTIVE,
    REMEDIES,
    REQUEST_HINT,
    REQUESTS,
)
from report_writer.facts.linking import previous_count
from report_writer.facts.registered import past_of
from report_writer.facts.screening import compiled
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


_CHANGE = compiled(
    r"(?:(?P<up>净?增长|净?增加|上升|上涨|提高|提升|攀升|增幅|增|多出?|高出?|涨幅)|(?P<down>下降|减少|降低|回落|下滑|降幅|减幅|减|少|降|低))"
    r"(?:了|约|近|率|幅度)?(?:为|达)?\s*$"
)
_COMPARED = compiled(r"同比|环比|较|相比|比(?:上|去|20|前|往)|上(?:一)?年|去年|增幅|降幅|涨幅|减幅")
_TO = re.compile(r"(?:至|到)\s*$")


def read_change(item: Item, context: Context, sheet: FactSheet) -> Derived | None:
    """Read “较上年增加5件”, “同比增长20%”, “增幅12%”; None where the number is no change."""
    quantity = item.quantity
    assert quantity is not None
    match = _CHANGE.search(item.before)
    if not match or _TO.search(item.before):
        return None
    rate = quantity.kind in {"share", "multiple"}
    if not rate and (quantity.kind != "count" or not _COMPARED.search(item.left[-30:])):
        return None
    if rate and not (_COMPARED.search(item.lead[-40:]) or match["up"] != "多"):
        return None
    sign = 1 if match["up"] else -1
    now, before = _subject(item, context, sheet)
    if now is None:
        return Derived((), sign, False, True)
    if before is None and now.registered:
        before = past_of(now.expression.operands[0], sheet)
        if before is None:
            return Derived((), sign, False, True)
    context.changed[id(item)] = now
    changes = [change(now.expression, rate=rate, before=before)]
    head = None if before is not None else _head_of_list(item, now, context)
    if head is not None:
        # NOTE: behind “其中…5件，比上年增加35件” the list's own head is what has changed.
        context.changed[id(item)] = head
        changes.insert(0, change(head.expression, rate=rate))
    return Derived(tuple(changes), sign, now.strong, True)


_LIST_OPENS = re.compile(r"其中|包括|包含|分别(?:为|是|来自)|[（(](?=[^（()）]*[)）])")


def _head_of_list(item: Item, now: Link, context: Context) -> Link | None:
    """Return the count whose parts were listed just before a change, if its subject is one of them."""
    opens = [m.start() for m in _LIST_OPENS.finditer(item.lead)]
    if not opens or now.registered:
        return None
    at = item.start - len(item.lead) + opens[-1]
    head = previous_count(item, context, before=at)
    if head is None or head.registered or head.expression == now.expression:
        return None
    table = head.expression.operands[0].split("/")[0]
    return head if now.expression.operands[0].startswith(table) else None


def _subject(
    item: Item, context: Context, sheet: FactSheet
) -> tuple[Link | None, Expression | None]:
    """Return what has changed and, where the text names it, what it is compared with."""
    own = _named(item.left, context, item)
    if own is not None:
        return Link((own,)), None
    before: Expression | None = None
    risen: Link | None = None
    previous = item.previous
    while previous is not None and previous.start >= item.sentence[0]:
        if id(previous) in context.changed:
            return context.changed[id(previous)], before
        link = context.links.get(id(previous))
        if link and link.expression.function is None:
            is_past = all(
                op.startswith(PREVIOUS) or op.startswith("facts/上")
                for op in link.expression.operands
            )
            if not is_past:
                return link, before
            if link.registered and before is None:
                before = link.expression
            elif not link.registered and risen is None and _FROM.search(previous.before):
                terms = tuple((s, f.removeprefix(PREVIOUS)) for s, f in link.expression.terms)
                risen = Link((Expression(terms),), link.strong)
        elif link is None and previous.quantity is not None and previous.quantity.kind == "count":
            return risen, None
        previous = previous.previous
    return risen, None


# “由上年的7宗增加14宗”: last year's value itself says what has changed.
_FROM = re.compile(r"[由从](?:上|去|20\d\d)")


def _named(text: str, context: Context, item: Item) -> Expression | None:
    """Return the count that the words before a rate name themselves: 本年新收同比增长…, 许可决定…增长…."""
    text = (
        re.sub(r"[^，。；]*\d[^，。；]*$", "", text)
        if re.search(r"\d", text) and not re.search(r"20\d\d年", text)
        else text
    )
    if OTHER_MATTERS.search(text):
        return None
    rows = REMEDIES.matches(text)
    if rows:
        return remedies(rows[-1][2])
    found = [m for m in REQUESTS.matches(text) if m[3] and m[2] not in {"handled"}]
    if found and found[-1][2] != "carried_over":
        return requests(found[-1][2])
    decisions = [
        m[2]
        for m in PROACTIVE.matches(text)
        if m[2] in {"licences", "penalties", "coercive_measures"}
    ]
    if decisions:
        return total(f"proactive/{decisions[-1]}/decisions")
    if re.search(r"申请(?:数|量|总量|数量|件数)", text):
        return requests("received")
    return None


_SHARE = re.compile(
    r"占(?:据|到|去|了)?(?P<whole>[^占]*?)(?:的)?(?:比例|比重|比)?(?:恰|正好|已|均|约)?(?:为|是|达到?|超过)?\s*$"
)
_RATE = re.compile(
    r"(?P<name>[^，。；：、（）()\d]{0,12}(?:率|比例|比重))(?:均|都|双双|皆|分别)?(?:保持|达到?|为|是|超过|稳定在|约|高达|实现)*\s*$"
)


def read_share(item: Item, context: Context, sheet: FactSheet) -> Derived | None:
    """Read “占办结总数的52.6%”, “答复率100%”, “自然人39件（83%）”, “近四成”."""
    match = _SHARE.search(item.left)
    if match:
        at = item.start - len(item.left) + match.start()
        return _proportion(item, context, item.left[: match.start()], match["whole"], at)
    rate = _RATE.search(item.left)
    if rate:
        return _rate(item, context, rate["name"])
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


def _rate(item: Item, context: Context, name: str) -> Derived | None:
    text = item.left[-30:]
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
        if re.search(r"(?:办结|答复|办理|回复|办复)率", name) and not re.search(
            r"按期|按时|及时|限时|期限|时限", name
        ):
            return Derived((share(requests("disposed"), requests("handled")),))
        if re.search(r"(?:按期|按时|及时|限时|期限|时限)", name):
            return None
        if re.search(r"(?:予以)?公开率$", name) and not re.search(r"主动|解读|全文", name):
            return Derived(
                (
                    share(requests("disclosed"), requests("disposed")),
                    share(requests("disclosed_in_full_or_part"), requests("disposed")),
                ),
            )
    link = previous_count(item, context)
    if link and link.registered:
        derived = _of_registered(item, link, context)
        if derived:
            derived.strong = False
        return derived
    return None


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
    whole, wrong = _whole(part, whole_text, context)
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
    clause = text
    column = () if re.search(r"\d", clause) else APPLICANTS.matches(clause)
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
    if found and not re.search(r"\d", clause) and found[-1][2] not in {"received", "handled"}:
        return Link((requests(found[-1][2]),), row=found[-1][2])
    return previous_count(item, context, before=at)


def _whole(
    part: Link, text: str, context: Context
) -> tuple[tuple[Expression, ...], tuple[Expression, ...]]:
    _, row, column = part.expression.operands[0].split("/")
    if re.search(r"办结|办理|答复|处理", text):
        return (requests("disposed"),), (requests("received"), requests("handled"))
    if re.search(r"新收|收到|受理", text):
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
