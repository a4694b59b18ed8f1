"""Registered facts whose label lies far from the wording: “讲解走进社区61场” for 进社区宣讲 61场.

A last look at the numbers nothing else explains. A shared word, the same unit and an equal value
confirm; a slip of 万 or a bound that fails by little, beside half the label's words, accuses.
"""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from report_writer.domain.facts import Fact
from report_writer.domain.units import RATIO, base_unit, compatible
from report_writer.facts.comparing import alike_in_digits, judge, within
from report_writer.facts.expressions import PREVIOUS, total
from report_writer.facts.linking.context import Link
from report_writer.facts.linking.label_words import telling_words
from report_writer.facts.linking.registered import PERIODIC
from report_writer.facts.linking.wider import is_ours
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.bodies import WIDER_BODY
from report_writer.facts.text.frames import Item
from report_writer.facts.text.quantities import Quantity
from report_writer.facts.text.screening import compiled

_RESTATED = compiled(r"(?:折合|折|约合|相当于|也就是|即|换算)(?:为|成)?\s*$")
# “公开政府信息231条” for the label 政府信息公开.
_OPENED = compiled(r"公开(?:各类|的)?(?:政府|政务)信息")
# Changes, averages and parts of what is registered.
_CHANGED = compiled(r"增|减|多|少|升|降|比|较|每|平均|其中|另|含|上年|去年|20\d\d年")
_DISTINCT = 10
_LIKELY = 4
_HALF = Decimal("0.5")
_NEARLY = Decimal("0.85")
_SLIPS = frozenset({Decimal(10_000), Decimal(100_000_000)})


def unexplained(items: list[Item], facts: tuple[Fact, ...], taken: set[str]) -> dict[int, Link]:
    """Return links for numbers that no cell and no nearer label explains; `taken` are facts already stated."""
    links: dict[int, Link] = {}
    units = Counter(item.unit for item in items)
    known = [f for f in facts if f.value is not None]
    free = [f for f in known if f.id not in taken]
    for item in items:
        quantity = item.quantity
        if quantity is None or quantity.value is None or PERIODIC.search(item.left):
            continue
        if _is_threshold(item):
            continue
        if _LAST_YEARS.search(item.before):
            past = (f for f in known if f.id.startswith(PREVIOUS) and _holds(item, quantity, f))
            last = next(past, None)
            if last is not None:
                # NOTE: “发布量回落，全年503条，上年603条”: no slip for this year's.
                links[id(item)] = Link((total(last.id),), False, True)
                continue
        best: tuple[Decimal, Link] | None = None
        for fact in known if _RESTATED.search(item.before) else free:
            link = _link(item, quantity, fact)
            rival = _rival(item, fact, known) if link is not None else None
            if rival is not None:
                # NOTE: equal by an exchange: “市级部门245件，县区395件” for 395 and 245.
                link = Link((total(rival.id),), True, True) if _beside(item, rival) else None
            if link is not None:
                share = _shared(item, fact)
                if best is None or share > best[0]:
                    best = (share, link)
        if best is not None:
            links[id(item)] = best[1]
    stated = {fact for link in links.values() for fact in link.expression.operands}
    free = [fact for fact in free if fact.id not in stated and not fact.id.startswith(PREVIOUS)]
    for item in items:
        if id(item) not in links and units[item.unit] == 1:
            only = [fact for fact in free if base_unit(fact.unit)[0] == item.unit]
            if len(only) == 1 and _alone_in_its_unit(item, only[0]):
                links[id(item)] = Link((total(only[0].id),), True, True)
    return links


_LAST_YEARS = compiled(r"(?:上(?:一)?年(?:度)?|去年)(?:同期)?[^，。；、\d]{0,3}$")


def _holds(item: Item, quantity: Quantity, fact: Fact) -> bool:
    """Whether a number gives what is registered of last year, under half the label's words."""
    alike = compatible(quantity.unit, fact.unit) and quantity.kind == "count"
    if not alike or fact.value is None or _shared(item, fact) < _HALF:
        return False
    return judge(quantity, fact.value, fact.unit).holds


def _named_at_hand(item: Item, fact: Fact) -> bool:
    """Whether two characters of what a label tells stand right at a number: 微信 is not 网站."""
    label = _VAGUE.sub("，", fact.label)
    pairs = (label[at : at + 2] for at in range(len(label) - 1))
    return any(pair in item.before for pair in pairs if "，" not in pair)


_VAGUE = compiled(r"信息|公开|政府|政务|发布|工作|公示|全年|情况|更新|推送")


def _alone_in_its_unit(item: Item, fact: Fact) -> bool:
    """Whether a number can be no other than the one fact of its unit: “公报出版14期” beside 政府公报 12期."""
    quantity = item.quantity
    if quantity is None or quantity.kind != "count" or quantity.approximation is not None:
        return False
    if PERIODIC.search(item.left) or _is_threshold(item) or _CHANGED.search(item.left):
        return False
    if not quantity.amount or not fact.value or not _named_at_hand(item, fact):
        return False
    actual = fact.value * base_unit(fact.unit)[1]
    return within(actual, quantity.amount, _LIKELY)


def _rival(item: Item, fact: Fact, facts: Iterable[Fact]) -> Fact | None:
    """Return the fact whose own words stand right at a number, where those of `fact` do not."""
    at_hand, mine = telling_words(item.before), telling_words(fact.label)
    if mine & at_hand:
        return None
    for other in facts:
        theirs = telling_words(other.label)
        alike = other.unit == fact.unit and not other.id.startswith(PREVIOUS)
        # NOTE: rates are called by one word each: 办结率, 满意率.
        alike = alike and (bool(theirs & mine) or fact.unit in RATIO)
        if alike and other is not fact and (theirs - mine) & at_hand:
            return other
    return None


def _beside(item: Item, fact: Fact) -> bool:
    """Whether a neighbour of a number writes the value of a fact."""
    near = (one.quantity for one in (item.previous, item.following) if one is not None)
    return any(one is not None and fact.value in {one.amount, one.value} for one in near)


def _is_threshold(item: Item) -> bool:
    """“阅读量超过5万的12篇”: the first number picks out what the second counts."""
    following = item.following
    return (
        item.after in {"的", "以上的", "以下的"}
        and following is not None
        and following.quantity is not None
        and following.quantity.kind == "count"
    )


def _link(item: Item, quantity: Quantity, fact: Fact) -> Link | None:
    if fact.id.startswith(PREVIOUS) or not compatible(quantity.unit, fact.unit):
        return None
    if quantity.kind in {"points", "multiple"} or fact.value is None:
        return None
    actual = fact.value * base_unit(fact.unit)[1]
    written = quantity.ratio if quantity.kind == "share" else quantity.amount
    if written is None or not written or not actual:
        return None
    if quantity.kind == "share" and quantity.value != fact.value:
        return None
    alike = base_unit(quantity.unit)[0] == base_unit(fact.unit)[0]
    holds = quantity.kind == "share" or judge(quantity, fact.value, fact.unit).holds
    if not (alike or holds):
        return None
    shared = _shared(item, fact)
    if not shared or (WIDER_BODY.search(fact.label) and is_ours(item.before)):
        return None
    if quantity.kind == "share":
        return Link((total(fact.id),), False, True) if shared >= _HALF else None
    if holds:
        sure = shared >= _HALF or (alike and max(written, actual) >= _DISTINCT)
        return Link((total(fact.id),), False, True) if sure else None
    ratio = max(written, actual) / min(written, actual)
    if ratio in _SLIPS and written % 10:
        return Link((total(fact.id),), True, True)
    if shared < _HALF:
        return None
    if _point_moved(written, actual) or alike_in_digits(written, actual):
        return Link((total(fact.id),), True, True)
    if quantity.approximation is not None and 1 / ratio >= _NEARLY:
        return Link((total(fact.id),), True, True)
    return None


def exchanged(items: Iterable[Item], links: dict[int, Link], sheet: FactSheet) -> dict[int, Link]:
    """Return links for numbers that have changed places: “推文37篇、义诊184场” for 184 and 37.

    The number before or behind states a registered fact with this one's value; half the label's words
    and the other's value at once leave no doubt.
    """
    found: dict[int, Link] = {}
    for item in items:
        quantity = item.quantity
        if quantity is None or quantity.amount is None:
            continue
        for near in (item.previous, item.following):
            link = links.get(id(near)) if near is not None else None
            if near is None or near.quantity is None or link is None or not link.registered:
                continue
            theirs = sheet[link.expression.operands[0]]
            for fact in sheet.registered:
                if (
                    fact.value not in {None, theirs.value}
                    and near.quantity.amount == fact.value
                    and quantity.amount == theirs.value
                    and base_unit(quantity.unit)[0] == base_unit(fact.unit)[0]
                    and _shared(item, fact) >= _HALF
                ):
                    found[id(item)] = Link((total(fact.id),), True, True)
    return found


_TELLING_DIGITS = 3


def _point_moved(written: Decimal, actual: Decimal) -> bool:
    """Whether 64.8万 stands for 64800: the same three digits or more, and the point elsewhere."""
    left, right = (str(int(number)).rstrip("0") for number in (written, actual))
    whole = written == int(written) and actual == int(actual)
    return whole and left == right and len(left) >= _TELLING_DIGITS and written != actual


# Less than half a label: enough for an equal number of ten or more, never for an accusation.
_VAGUE_SHARE = Decimal("0.3")


# “通过专栏、展板、广播送出信息三百余条” for the label 各渠道信息.
_ANY_WAY = compiled(r"各|渠道|类|全部|多|线上|对外|发布|推送|公开")
_ANY_WAYS = frozenset("各渠道类多")
_INFORMATION = ("信息", "政府信息", "政务信息")


def _vaguely_shared(item: Item, fact: Fact) -> Decimal:
    """Return the little that a label like 公开信息 tells, where the words right before a number are the label."""
    label = fact.subject
    if _ANY_WAY.sub("", label) in _INFORMATION and item.before.rstrip().endswith(_INFORMATION):
        return _VAGUE_SHARE
    return _VAGUE_SHARE if len(label) > 2 and item.before.rstrip().endswith(label) else Decimal(0)


def _shared(item: Item, fact: Fact) -> Decimal:
    """Return how much of what a label tells stands in the number's sentence so far or just behind it."""
    words = telling_words(fact.subject)
    if not words - _ANY_WAYS:
        return _vaguely_shared(item, fact)
    around = telling_words((item.lead[-80:] if item.named is None else item.named) + item.after)
    if _OPENED.search(item.left):
        around |= telling_words("政府信息公开")
    return Decimal(len(words & around)) / len(words)
