"""Rates with a name of their own: 公开率, 办结率, 纠错率; and shares of registered facts."""

import re

from report_writer.facts.derived.candidates import Derived
from report_writer.facts.derived.share_bases import WIDER
from report_writer.facts.expressions import Expression, share
from report_writer.facts.linking.cases import closed_cases
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.linking.counts import previous_count
from report_writer.facts.linking.lexicon import OTHER_MATTERS, REMEDIES, REQUEST_HINT, REQUESTS
from report_writer.facts.linking.naming import IN_ITS_YEAR, plain_subject
from report_writer.facts.linking.topic import strayed
from report_writer.facts.linking.totals import stated_total
from report_writer.facts.sheet import remedies, requests
from report_writer.facts.text.frames import Item

RATE = re.compile(
    r"(?P<name>[^，。；：、（）()\d]{0,12}(?:率|比例|比重))(?P<aside>[（(][^（）()]{1,12}[）)])?(?:均|都|双双|皆|分别|也)?(?:保持|达到?了?|为|是|超过|稳定在|约|高达|实现|升[到至]|[增降]至|提高到)*\s*$"
)


# “网厅在线办理率” is of something else than 申请办结率.
_RATE_ENDS = re.compile(
    r"(?:(?:办理|处理|处置|答复)?(?:办结|完结|完毕|办毕|办讫|完成)|答复|办理|处理|回复|办复|销号|结案)率$"
)
_IN_TIME = re.compile(r"按期|按时|及时|限时|期限|时限")


def is_rate_of_handled(name: str) -> bool:
    """Whether a rate is of what was answered among all that was to be: 办结率, 处理完毕率; not 按时办结率."""
    return _RATE_ENDS.search(name) is not None and _IN_TIME.search(name) is None


def rate_before_bracket(item: Item) -> re.Match[str] | None:
    """“公开率（含部分公开）53.7%”: the bracket ends a clause of its own."""
    return None if item.left.strip() else RATE.search(item.lead[-36:])


def rate_named(item: Item, context: Context, name: str, aside: str = "") -> Derived | None:
    """Return what a named rate divides by what; None where it is not one of requests or remedies."""
    text = item.left[-30:]
    if WIDER.search(name):
        return None
    if re.search(r"纠错率|纠正率|维持率", name):
        column = "upheld" if "维持" in name else "corrected"
        row = context.remedy_row or "reconsideration"
        options = [
            share(remedies(one, column), base)
            for one in dict.fromkeys((row, "reconsideration"))
            for base in (remedies(one), closed_cases(one))
        ]
        last = previous_count(item, context)
        ours = last is None or last.expression.operands[0].startswith("remedies/")
        return Derived(tuple(options), strong=ours and context.remedy_sure)
    hints = (
        REQUEST_HINT.search(name)
        or not OTHER_MATTERS.search(item.lead)
        or _near_requests(item, context)
    )
    about = bool(REQUEST_HINT.search(item.lead)) or (
        context.topic == "requests" and not strayed(item, context)
    )
    if about and hints and not OTHER_MATTERS.search(text):
        if is_rate_of_handled(name):
            plain = plain_subject(_RATE_ENDS.sub("", name))
            plain = plain and not IN_ITS_YEAR.search(item.lead)
            return Derived((share(requests("disposed"), requests("handled")),), strong=plain)
        if _IN_TIME.search(name):
            return None
        if re.search(r"(?:公开(?:的)?(?:率|比例|比重)|部分公开率)$", name) and not re.search(
            r"主动|解读|全文|信息公开的|不予|不公开", name
        ):
            return _disclosure_rate(item, context, name, aside)
        ended = [m[2] for m in REQUESTS.matches(name[:-1]) if m[3] and m[1] == len(name) - 1]
        if ended and name.endswith("率") and ended[-1] != "carried_over":
            bases = [requests("disposed"), stated_total(item, context, item.start)]
            parts = [share(requests(ended[-1]), base) for base in bases if base is not None]
            return Derived(tuple(dict.fromkeys(parts)), strong=False)
    link = previous_count(item, context)
    if link and link.registered:
        derived = of_registered(item, link, context)
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
    stated = stated_total(item, context, item.start)
    if stated is not None and stated not in bases:
        bases.append(stated)
    return Derived(tuple(share(requests(row), base) for row in rows for base in bases))


def _near_requests(item: Item, context: Context) -> bool:
    link = previous_count(item, context)
    return bool(
        link and link.row != "faint" and link.expression.operands[0].startswith("requests/")
    )


def _may_be_whole(whole: Item, item: Item) -> bool:
    """Whether a count may be what a share is of: no larger one is in the sentence, and it has no share of its own."""
    following, quantity = whole.following, whole.quantity
    if quantity is None or quantity.amount is None:
        return False
    beside = following if following is not None and following is not item else None
    share_of_it = (
        beside is not None and beside.quantity is not None and beside.quantity.kind == "share"
    )
    if beside is not None and share_of_it and beside.before.startswith("占"):
        # NOTE: “图文270条，占75%；短视频90条，占25%”
        return False
    counts = (one.quantity for one in item.earlier() if one.quantity is not None)
    return not any(q.kind == "count" and (q.amount or 0) > quantity.amount for q in counts)


def of_registered(item: Item, part: Link, context: Context) -> Derived | None:
    """A share of registered facts: the whole is an earlier count of the text."""
    wholes: list[Expression] = []
    unnamed, sure = False, True
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
            sure = sure and _may_be_whole(previous, item)
        counted = previous.quantity is not None and previous.quantity.kind == "count"
        unnamed = unnamed or (link is None and counted and previous.start >= item.sentence[0])
        previous = previous.previous
    if not wholes:
        return None
    return Derived(
        tuple(share(part.expression, w) for w in wholes[:6]),
        # NOTE: “发布225条，公众号135条，占六成，网站90条，占四成”: of the first, which no link knows.
        strong=part.strong and len(wholes) == 1 and not unnamed and sure,
    )


# “新收228件，复议件与之相比，比例是10.1%”: cases set against what was counted before.
_SET_AGAINST = re.compile(
    r"(?P<what>[^，。；]{2,12}?)(?:与|同|和|跟)(?:之|其|此|前者)(?:相比|比较|对比)，?[^，。；]*$"
)


def rate_against(item: Item, context: Context) -> Derived | None:
    """Return the share of cases in the count just before; nothing where the clause names no case."""
    said = _SET_AGAINST.search(item.lead)
    if said is None:
        return None
    rows = REMEDIES.matches(said["what"])
    link = context.links.get(id(item.previous)) if item.previous is not None else None
    if len(rows) != 1 or link is None or link.expression.function is not None:
        return Derived((), strong=False)
    return Derived((share(remedies(rows[0][2]), link.expression),), strong=link.strong)
