"""Shares: which formula a percentage, a tenth or a fraction stands for. Changes: see `facts.derived.changes`."""

import re
from dataclasses import replace
from decimal import Decimal

from report_writer.facts.derived.candidates import Derived
from report_writer.facts.derived.rates import (
    RATE,
    of_registered,
    rate_against,
    rate_before_bracket,
    rate_named,
)
from report_writer.facts.derived.share_bases import (
    TAKES,
    WIDER,
    numbered_base,
    other_whole,
    part_in,
    whole_of,
    whole_of_cases,
)
from report_writer.facts.derived.shares_ahead import ANSWERED, of_what_follows
from report_writer.facts.expressions import PREVIOUS, minus, share, total
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.linking.counts import list_head, previous_count
from report_writer.facts.linking.lexicon import (
    APPLICANTS,
    OTHER_MATTERS,
    OUTCOMES_OF_REMEDIES,
    REQUEST_HINT,
    REQUESTS,
)
from report_writer.facts.linking.naming import plain_subject
from report_writer.facts.linking.totals import (
    TOTALS,
    of_one_of_two,
    of_the_run,
    of_these,
    stated_total,
)
from report_writer.facts.sheet import FactSheet, remedies, requests
from report_writer.facts.text.bodies import plain_part
from report_writer.facts.text.frames import Item, split_names
from report_writer.facts.text.quantities import Approximation

_SHARE = re.compile(
    rf"{TAKES}(?P<whole>[^占]*?)(?:的)?(?:比例|比重|比)?(?:恰|正好|已|均|约)?(?:为|是|达到?|超过|[由从](?:上(?:一)?年(?:度)?|去年)?(?:的)?|[升降增减提]至)?\s*$"
)


# “比例最高的是自然人，达97.3%”: the name stands in the clause before.
_HIGHEST = re.compile(
    r"(?:(?:比例|比重|占比)(?:最[高大]|居首)的?(?:是|为)(?P<part>[^，。；]{2,12})"
    r"|以(?P<chief>[^，。；\d]{2,12}?)(?:提出)?为主|(?:主要(?:是|为|来自)|最多的(?:是|为))(?P<main>[^，。；\d]{2,12}?)"
    r"|(?P<most>[^，。；\d]{2,12}?)(?:占(?:绝)?大?多数|居多|最多|占比最高|占大头|居首))"
    r"，(?:达到?|为|占(?:到|总量的|总数的|全部的|比)?)?\s*$"
)


# “登记件100%办结”
_ALL_DONE = re.compile(r"(?:予以|得到|已)?(?:办结|办毕|答复|回复|办理完毕)(?:$|到位|完毕)")


def read_share(item: Item, context: Context, sheet: FactSheet) -> Derived | None:
    """Read “占办结总数的52.6%”, “答复率100%”, “自然人39件（83%）”, “近四成”."""
    if _all_done(item, context):
        return Derived((share(requests("disposed"), requests("handled")),))
    among = part_in(item, context)
    if among is not None:
        return Derived((among,), strong=False)
    each = _each_share(item)
    if each is not None:
        return _respective(item, context, each)
    if _ALL_DONE.match(item.after) and (REQUEST_HINT.search(item.lead) or context.of_requests):
        if OTHER_MATTERS.search(item.left):
            return None
        return Derived((share(requests("disposed"), requests("handled")),))
    match = _SHARE.search(item.left)
    highest = _HIGHEST.search(item.lead)
    if match and not (highest and not item.left[: match.start()].strip()):
        at = item.start - len(item.left) + match.start()
        return _proportion(item, context, item.left[: match.start()], match["whole"], at)
    against = rate_against(item, context)
    if against is not None:
        return against
    if _BARE_SHARE.fullmatch(item.left.strip()):
        return _proportion(item, context, "", "", item.start)
    rate = RATE.search(item.left) or rate_before_bracket(item)
    if rate:
        return rate_named(item, context, rate["name"], rate["aside"] or "")
    if highest:
        named = next(name for name in highest.groups() if name)
        if not APPLICANTS.matches(named) and not any(m[3] for m in REQUESTS.matches(named)):
            return None
        return _proportion(item, context, named, "", item.start)
    kinds = APPLICANTS.matches(item.before) if _more_than_half(item) else ()
    if kinds and not plain_part(item.before[: kinds[0][0]]):
        # NOTE: “建筑类企业过半，为16件”: of the companies just counted.
        return None
    if kinds:
        # NOTE: “企业申请过半”: share and verb in one word.
        return _proportion(item, context, item.left[-12:], "", item.start)
    named = _named_at_once(item, context)
    if named is not None:
        return named
    behind = of_what_follows(item, context)
    if behind:
        return behind
    if (
        item.bracketed
        and not item.before.strip()
        and item.previous
        and item.start - item.previous.end <= 1
    ):
        return _proportion(item, context, "", "", item.start)
    if _more_than_half(item) and not item.left.strip():
        half = _proportion(item, context, "", "", item.start)
        return replace(half, strong=False) if half is not None else None
    link = previous_count(item, context)
    if link and link.registered:
        derived = of_registered(item, link, context)
        if derived:
            derived.strong = False
        return derived
    return None


_DONE_BEHIND = re.compile(
    r"(?:全部|均|都)?(?:在|于)?(?:年内|当年|年底前|年末前|本年度?)?(?:已)?(?:办结|办毕|答复|办理完毕|办完|回复|办理)(?!率)(?:完毕|到位)?(?=[，。；、]|$)"
)


def _all_done(item: Item, context: Context) -> bool:
    """“登记件100%办结”: said of every request, as 全部办结 would be."""
    quantity = item.quantity
    if quantity is None or quantity.value != 100 or quantity.unit != "%":
        return False
    if not _DONE_BEHIND.match(item.after) or not plain_subject(item.before):
        return False
    asked = REQUEST_HINT.search(item.lead) or context.topic == "requests"
    return bool(asked) and not OTHER_MATTERS.search(item.left)


# “企业18件，比重38%”: a share of what has just been counted.
_BARE_SHARE = re.compile(r"(?:所占)?(?:比例|比重)(?:约|大约|为|是|达到?)*")
# “公开96件、不公开64件，占比分别为60%、40%”
_EACH_SHARE = re.compile(
    r"(?:占(?:比|比例|比重)?|比例|比重)(?:依次|分别)(?:占|为|是|达)?[^，。；：]*$"
    r"|(?:分别|依次)占[^，。；：、\d]{0,12}[^，。；：]*$"
)


# “依次为170件、45件，占41%、10.8%”, “各占60%、40%”: shares that nothing but 、 divides.
_RUN_OF_SHARES = re.compile(
    r"占(?:比|比例|比重|据|到|去|了)?(?:约|为|是)*(?:\d+(?:\.\d+)?%[、和及])*$"
)


def _each_share(item: Item) -> re.Match[str] | None:
    """Return the word that opens a list of shares, one for each of the counts before it."""
    said = _EACH_SHARE.search(item.lead)
    if said is not None:
        return said
    others = (
        (item.previous, item) if item.lead.endswith(("、", "和", "及")) else (item, item.following)
    )
    one, other = others
    if one is None or other is None or one.quantity is None or other.quantity is None:
        return None
    if one.quantity.kind != "share" or other.quantity.kind != "share" or other.start - one.end > 1:
        return None
    return _RUN_OF_SHARES.search(item.lead)


def _respective(item: Item, context: Context, said: re.Match[str]) -> Derived | None:
    """Give each of several shares the count in its place, or its name; without either, nothing."""
    begin = item.start - len(item.lead) + said.start()
    run, following = 0, item.following
    while following is not None and following.start < item.clause[1]:
        run += following.quantity is not None and following.quantity.kind == "share"
        following = following.following
    ahead = 0
    counts: list[Item] = []
    for previous in item.earlier():
        inside = previous.lead.count("（") > previous.lead.count("）")
        if previous.start >= begin:
            ahead += 1
        elif previous.quantity is not None and not inside:
            counts.insert(0, previous)
    if not counts and item.named is not None:
        return _proportion(item, context, item.named, "", item.start)
    names = _named_list(item.lead[: said.start()])
    if len(names) == ahead + 1 + run:
        return _proportion(item, context, names[ahead], "", begin)
    counts = counts[-(ahead + 1 + run) :]
    link = context.links.get(id(counts[ahead])) if ahead + run < len(counts) else None
    if link is None or link.expression.function is not None:
        return Derived((), strong=False)
    if link.registered:
        return of_registered(item, link, context)
    if not link.expression.operands[0].startswith("requests/"):
        return Derived((), strong=False)
    whole, _ = whole_of(item, link, item.lead[said.start() - len(item.lead) :], context, begin)
    parts = [share(part, base) for part in link.expressions for base in whole]
    return Derived(tuple(parts), strong=link.strong)


def _named_list(text: str) -> list[str]:
    """Return the names of “自然人、商业企业、律所各占…”; nothing where numbers stand among them."""
    head = re.split(r"[，；：。]", re.sub(r"(?:各|分别|依次|各自)$", "", text))[-1]
    names = [name.strip() for name in split_names(head)]
    return names if len(names) > 1 and all(names) and not re.search(r"\d", head) else []


def _more_than_half(item: Item) -> bool:
    quantity = item.quantity
    return (
        quantity is not None
        and quantity.unit == "分之"
        and quantity.approximation is Approximation.ABOVE
        and quantity.value == Decimal("0.5")
    )


def _named_at_once(item: Item, context: Context) -> Derived | None:
    """“无法提供不足三成”: an outcome or an applicant and its share, without 占."""
    quantity = item.quantity
    if quantity is None or quantity.unit not in {"成", "分之"} or quantity.kind != "share":
        return None
    about = context.topic == "requests" or REQUEST_HINT.search(item.lead)
    if not about or OTHER_MATTERS.search(item.lead[-40:]):
        return None
    label = item.before.strip().removesuffix("的")
    outcomes = [m for m in REQUESTS.matches(label) if m[3] and m[2].split(".")[0] in ANSWERED]
    applicants = APPLICANTS.matches(label)
    found = outcomes or applicants
    if not found or found[0][0] > 2 or found[-1][1] != len(label) or len(found) > 1:
        return None
    return _proportion(item, context, label, "", item.start)


def _proportion(
    item: Item, context: Context, part_text: str, whole_text: str, at: int
) -> Derived | None:
    """Return the share of what stands before `at` (the place of 占) in what stands behind it."""
    part = _part(item, context, part_text, whole_text, at)
    if part is None:
        return None
    if not part.expressions:
        return Derived((), strong=False)
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
        bases = whole_of_cases(first.split("/")[1], whole_text, context)
        return Derived(tuple(share(part.expression, base) for base in bases), strong=part.strong)
    if first.startswith("proactive/"):
        return None
    if first.startswith(PREVIOUS):
        # NOTE: “上年19件，…占六成多”: nobody gives shares of last year's value.
        return Derived((), strong=False)
    other = other_whole(item, context, whole_text, part)
    if other is not None:
        return Derived((share(part.expression, other),), strong=False)
    whole, wrong = whole_of(item, part, whole_text, context, at)
    head = None if part_text.strip() else list_head(item, part, context)
    if head is not None:
        # NOTE: “不予处理20件，由甲17件和乙3件构成，占三分之二”: said of the head, or of the part last named.
        of_head, _ = whole_of(item, head, whole_text, context, at)
        if head.expression in TOTALS and item.quantity is not None and item.quantity.is_floor:
            of_head = ()  # NOTE: all the requests are 三成以上 of whatever it is.
        said = [share(head.expression, w) for w in of_head]
        said += [share(part.expression, w) for w in whole]
        return Derived(tuple(said), strong=part.strong)
    column = first.split("/")[2]
    if part.row == "handled" and column != "total" and whole == (requests("handled"),):
        # NOTE: behind “应办427件” the applicants may be those of the new requests alone.
        fresh = share(requests("received", column), requests("received"))
        return Derived((share(part.expression, whole[0]), fresh), strong=part.strong)
    if part.expression in TOTALS and not whole_text.strip():
        # NOTE: “收到95件，由县政府受理的23件，占24.2%”: nobody says what share all requests are of those to be handled.
        return Derived(tuple(share(part.expression, w) for w in whole), strong=False)
    loose = not part.strong and column != "total" and _as_linked(part, context)
    hangs_on = part.expression if loose else None
    return Derived(
        tuple(share(part.expression, w) for w in whole),
        strong=part.strong,
        wrong=tuple(share(part.expression, w) for w in wrong),
        hangs_on=hangs_on,
    )


def _as_linked(part: Link, context: Context) -> bool:
    """Whether a part is weak by its own words alone, and nothing here has made it so."""
    return any(part is link for link in context.links.values())


def _part(item: Item, context: Context, text: str, whole: str, at: int) -> Link | None:
    for read in (of_these, of_the_run, of_one_of_two):
        if (named := read(item, context, text, at)) is not None:
            return named
    clause = _since_last_number(item, text, at)
    ended = OUTCOMES_OF_REMEDIES.matches(clause)
    if ended and context.topic == "remedies" and context.remedy_row:
        # NOTE: “纠错数占审结数19.0%”: the outcome is named anew, whatever was counted last.
        cell = remedies(context.remedy_row, ended[-1][2])
        return Link((cell,), context.remedy_sure, row=context.remedy_row)
    column = APPLICANTS.matches(clause)
    if column and (REQUEST_HINT.search(item.lead) or context.topic == "requests"):
        row = context.request_row
        if row == "handled" and re.search(r"新收|收到|受理", whole):
            row = "received"
        expression = requests(row, column[-1][2])
        if re.match(r"\s*非(?:自然人|个人|公民)", clause):
            expression = minus(requests(row), requests(row, "natural_person"))
        return Link((expression,), row=row)
    asked = REQUEST_HINT.search(item.lead) or context.topic == "requests"
    if asked and _ORGANISATIONS.fullmatch(clause):
        row = context.request_row or "received"
        return Link((requests(row, "organisation"),), False, row=row)
    found = [m for m in REQUESTS.matches(clause) if m[3]]
    if found and found[-1][2] not in {"received", "handled"}:
        return Link((requests(found[-1][2]),), row=found[-1][2])
    ends = len(_HOW_MUCH.sub("", clause.rstrip()))
    near = [m for m in REQUESTS.matches(clause) if m[1] == ends]
    if near and near[-1][2].split(".")[0] in ANSWERED and context.topic == "requests":
        # NOTE: “收到申请6件，不掌握的占五成”: nothing else in the clause, and the whole just counted.
        alone = "." in near[-1][2] and plain_part(clause[: near[-1][0]])
        alone = alone and stated_total(item, context, at) is not None
        return Link((requests(near[-1][2]),), alone, row=near[-1][2])
    if _DISCLOSED.fullmatch(clause) and context.topic == "requests":
        disclosed = requests("disclosed")
        both = total("requests/disclosed/total", "requests/disclosed_in_part/total")
        return Link((disclosed, both), False, row="disclosed")
    link = _count_at_hand(item, context, at)
    if link is not None and link.expression in TOTALS and not plain_part(clause):
        # NOTE: “受理348件，网络渠道占八成以上”: no share of all requests, but of those nobody has counted.
        return Link((), False)
    if link is not None and not plain_part(clause):
        # NOTE: “其中网络申请占75%” names what nobody has counted; the count at hand is another.
        return replace(link, strong=False)
    return link


# “不掌握的占六成”, “公开量占36.4%”
_DISCLOSED = re.compile(r"[\s，、]*(?:予以)?公开(?:的|类|量|件?数)")
_HOW_MUCH = re.compile(r"(?:的(?:申请|件)?|类|量|件?数)$")
# “单位申请占四分之一”: applicants that are no persons.
_ORGANISATIONS = re.compile(
    r"[\s，、]*(?:其中)?(?:各类)?单位(?:类|申请人?|提出|提交|递交|来件|的)*\s*"
)


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
    for previous in item.earlier():
        changed = id(previous) in context.changed
        if previous.start < at and previous.quantity is not None and not changed:
            link = context.links.get(id(previous))
            if link is not None and link.expression.function is None:
                if not link.expression.operands[0].startswith(PREVIOUS):
                    return link
            elif previous.quantity.kind == "count":
                return None
    return None
