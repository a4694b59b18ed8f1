"""Changes, gaps, shares and averages of registered facts that the words name and no number before has stated.

“信息公开网信息增加55条”, “满意率提高1.5个百分点”, “公众号信息占新媒体信息的22.6%”, “平均每场培训138人次”.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial

from report_writer.domain.facts import Fact
from report_writer.domain.units import RATIO, base_unit
from report_writer.facts.derived.averages import EACH, Gap
from report_writer.facts.derived.candidates import Derived, one_matter
from report_writer.facts.derived.comparisons import DOWN, UP
from report_writer.facts.expressions import PREVIOUS, Expression, share, total
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.linking.label_words import telling_words
from report_writer.facts.linking.named_facts import named_fact, named_with_past
from report_writer.facts.linking.registered import past_of
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.frames import Item

# What stands before the first of these names what has changed.
_MOVE = re.compile(
    rf"同比|环比|较|[相对]?比(?=上|去|20|前|往)|[与和同](?=上年|去年|20)|{UP}|{DOWN}"
)
_OF = re.compile(r"占(?P<whole>[^占，。；]*)$")
_ALL_OF_IT = re.compile(
    r"(?:发布|公开)?(?:信息|其|的|了|约|近|到|达|为|是|比例?|比重|总量|总数|总和|全部|总体|[超逾]过?|全年|数量|[总])*"
)
# “满意率提高1.5个百分点，达到97.6%”
_LED_TO = re.compile(r"(?:已|现)?(?:达到?了?|至|到|升至|降至|提高到|上升到|增至)\s*$")
_POINTS_UP = re.compile(rf"(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:了|约|近)?(?:为|达)?\s*$")


def changed_fact(item: Item, sheet: FactSheet) -> Link | None:
    """Return the registered fact whose name opens the clause of a change."""
    moved = _MOVE.search(item.left)
    previous, here = item.previous, _MOVE.search(item.before)
    if previous is not None and previous.start >= item.clause[0] and here is not None:
        own = item.before[: here.start()].lstrip("、， ")
        if len(own) > 1:
            # NOTE: “其中门户网站减少12条、公示栏增加32条”: each of the two has a name of its own.
            return named_with_past(own, item, sheet)
    return named_with_past(item.left[: moved.start()], item, sheet) if moved is not None else None


def gap_of_rate(item: Item, sheet: FactSheet, context: Context) -> Gap | None:
    """“满意率较上年提高1.5个百分点”: what a registered rate has gained."""
    moved = _POINTS_UP.search(item.before)
    if moved is None or item.quantity is None or item.quantity.kind != "points":
        return None
    start = _MOVE.search(item.left)

    def fits(fact: Fact) -> bool:
        return fact.unit in RATIO and past_of(fact.id, sheet) is not None

    found = named_fact(item.left[: start.start() if start else 0], item, sheet, fits)
    rate = found[0].id if found is not None else _rate_before(item, context)
    if rate is None:
        return None
    now, before = total(rate), past_of(rate, sheet)
    new, old = sheet.evaluate(now), sheet.evaluate(before) if before is not None else None
    if new is None or old is None or before is None:
        return None
    return Gap(new - old, 1 if moved["up"] else -1, (now, before), Decimal("0.06"))


def _rate_before(item: Item, context: Context) -> str | None:
    """Return the registered rate that the number just before has given: “公示率93.4%，比上年提升1.3个百分点”."""
    previous = item.previous
    if previous is None or previous.quantity is None or previous.start < item.sentence[0]:
        return None
    link = context.links.get(id(previous))
    ours = link is not None and link.registered and link.expression.is_plain
    return (
        link.expression.operands[0] if link and ours and previous.quantity.kind == "share" else None
    )


def led_to(item: Item, gaps: dict[int, Gap]) -> Link | None:
    """Return the registered rate whose gap the number before has given, where this one says what it is now."""
    gap = gaps.get(id(item.previous)) if item.previous is not None else None
    if gap is None or not gap.expressions or not _LED_TO.fullmatch(item.before.strip()):
        return None
    now = gap.expressions[0]
    ours = now.is_plain and now.operands[0].startswith("facts/")
    return Link((now,), True, True) if ours else None


def share_of_named(item: Item, context: Context, sheet: FactSheet) -> Derived | None:
    """“图解占全部解读的36.9%”: part and whole by their names, or the last count where words are missing."""
    said = _OF.search(item.left)
    if said is None or not sheet.registered:
        return None
    counted = list(_counted_before(item, context))
    of_ours = _count_before(item, context)
    part_words = item.left[: said.start()]
    part = named_fact(part_words, item, sheet, _is_count)
    parts = [(total(part[0].id), part[1])] if part is not None else []
    if _TOGETHER.search(part_words):
        return _share_together(item, said["whole"], counted, sheet)
    if part is None and not telling_words(re.sub(r"^.*\d\S?", "", part_words)):
        parts = [of_ours] if of_ours is not None else []
    for one, sure in parts:
        whole = named_fact(said["whole"], item, sheet, partial(_may_hold, sheet=sheet, part=one))
        if whole is not None:
            return Derived((share(one, total(whole[0].id)),), strong=sure and whole[1])
        if _ALL_OF_IT.fullmatch(said["whole"]):
            bases = [w for w in dict.fromkeys(counted) if w != one and _holds(sheet, one, w)]
            wholes = tuple(share(one, w) for w in bases)
            if wholes and part is not None:
                alike = sure and len(wholes) == 1 and _head_in_common(part[0], wholes[0], sheet)
                return Derived(wholes, strong=alike)
    return None


def _head_in_common(part: Fact, ratio: Expression, sheet: FactSheet) -> bool:
    """Whether part and whole end in the same word: 专家解读 of 政策解读."""
    return sheet[ratio.base[0][1]].subject[-2:] == part.subject[-2:]


_TOGETHER = re.compile(
    r"(?:合计|共计|一共|合起来|加起来|相加|两者|二者|三者|[两二三四]项|合|共)(?:约|就)?$"
)
_MOST_TOGETHER = 4


def _share_together(
    item: Item, words: str, counted: list[Expression], sheet: FactSheet
) -> Derived | None:
    """“公告24份，通报11份，合计占信息的9.8%”: of both, or of all of the list, in what `words` name."""
    if len(counted) <= 1:
        return None
    fits = partial(_may_hold, sheet=sheet, part=counted[0])
    whole = named_fact(words, item, sheet, fits)
    if whole is None:
        return None
    base = total(whole[0].id)
    parts = [one for one in dict.fromkeys(counted) if one != base][:_MOST_TOGETHER]
    sums = [
        Expression(tuple(term for one in parts[:size] for term in one.terms))
        for size in range(2, len(parts) + 1)
    ]
    return Derived(tuple(share(one, base) for one in sums), strong=whole[1] and len(sums) == 1)


def _count_before(item: Item, context: Context) -> tuple[Expression, bool] | None:
    """Return what the number just before counts, of the tables or registered, and whether it surely does."""
    previous = item.previous
    link = None
    if previous is not None:
        # NOTE: “14380条，比上年多1130条，占全县的21.4%”: of what has changed so.
        link = context.links.get(id(previous)) or context.changed.get(id(previous))
    if previous is None or link is None or previous.start < item.sentence[0]:
        return None
    return (link.expression, link.strong) if link.expression.function is None else None


def _counted_before(item: Item, context: Context) -> Iterator[Expression]:
    """Yield the registered facts that the numbers before have stated, or whose change they have, the nearest first."""
    previous = item.previous
    while previous is not None and previous.start >= item.start - _REACH:
        link = context.links.get(id(previous)) or context.changed.get(id(previous))
        if link is not None and link.registered and link.expression.is_plain:
            yield link.expression
        previous = previous.previous


_REACH = 120


def _is_count(fact: Fact) -> bool:
    return fact.unit not in RATIO


def _may_hold(fact: Fact, *, sheet: FactSheet, part: Expression) -> bool:
    whole = total(fact.id)
    return whole != part and _holds(sheet, part, whole) and one_matter(share(part, whole))


def _holds(sheet: FactSheet, part: Expression, whole: Expression) -> bool:
    """Whether a share of one fact in another makes sense: no part is more than its whole."""
    ratio = sheet.evaluate(share(part, whole))
    return ratio is not None and ratio <= 1


def average_of_named(item: Item, sheet: FactSheet) -> Derived | None:
    """“平均每场培训138人次”: registered facts of either unit, with a word of the clause in common."""
    said, quantity = EACH.search(item.left[-14:]), item.quantity
    if said is None or quantity is None or quantity.kind not in {"count", "money"}:
        return None
    words = telling_words(item.lead[-40:])
    each = said["each"] or said["all"]
    things = list(_counted_in(sheet, each))
    wholes = list(_counted_in(sheet, base_unit(quantity.unit)[0]))
    options = [
        share(total(w.id), total(t.id))
        for t in things
        for w in wholes
        if w is not t
        and telling_words(w.subject) & words
        and telling_words(t.subject) & (words | telling_words(w.subject))
    ]
    return Derived(tuple(options), strong=False) if options else None


def _counted_in(sheet: FactSheet, unit: str) -> Iterator[Fact]:
    for fact in sheet.registered:
        if base_unit(fact.unit)[0] == unit and not fact.id.startswith(PREVIOUS):
            yield fact


def with_named(read: Derived | None, named: Derived | None) -> Derived | None:
    """Put the reading by names before that by what was counted last."""
    if named is None:
        return read
    if read is None or not read.expressions:
        return named
    if not all(fact.startswith("facts/") for e in read.expressions for fact in e.operands):
        return read
    both = dict.fromkeys((*named.expressions, *read.expressions))
    return replace(named, expressions=tuple(both))
