"""The one registered fact nobody has stated and the one open number that bears a word of it alone.

“图示类9个” where 政策图解 6个 is registered, “公开栏更换46期” for 公开栏公示 64期: too little of the label to accuse by the name,
but the same unit, a word no other fact has, a number as large as a slip would leave it, and nothing else of the fact.
"""

from decimal import Decimal

from report_writer.domain.facts import Fact
from report_writer.domain.findings import Status
from report_writer.domain.units import RATIO, base_unit
from report_writer.facts.comparing import alike_in_digits, judge, judge_share, within
from report_writer.facts.expressions import PREVIOUS, total
from report_writer.facts.judging.derived_values import supported
from report_writer.facts.judging.entries import PLANNED, Entry
from report_writer.facts.linking.label_words import telling_words
from report_writer.facts.linking.named_facts import ANYWHERE
from report_writer.facts.linking.registered import PERIODIC, on_another_channel
from report_writer.facts.notes import NOTE_SOURCE
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.bodies import WIDER_BODY
from report_writer.facts.text.frames import Item
from report_writer.facts.text.screening import compiled

_BEHIND = 8
_LIKELY, _FEW = 4, 10
_CHANGED = compiled(
    r"(?:增|减|多|少|升|降|新增)[加长幅少了至到]?\S{0,2}$|上年|去年|20\d\d年[的为是有]?$|其中[^，]*$|最[多少高低]"
)


def settle_the_rest(sheet: FactSheet, entries: list[Entry]) -> None:
    """Confirm or accuse open numbers by what only one unstated registered fact shares with them."""
    stated = {fact for entry in entries for fact in entry.facts}
    facts = [
        f for f in sheet.registered
        if f.value and not f.id.startswith(PREVIOUS) and f.source != NOTE_SOURCE
    ]  # fmt: skip
    free = [fact for fact in facts if fact.id not in stated]
    if not free:
        return
    open_ones = [entry for entry in entries if _is_open(entry)]
    found: dict[str, list[tuple[Entry, bool]]] = {}
    for entry in open_ones:
        meant = [(f, sure) for f in free if (sure := _names(entry, f, facts)) is not None]
        if len(meant) == 1:
            found.setdefault(meant[0][0].id, []).append((entry, meant[0][1]))
    units = [_unit(entry) for entry in entries if entry.item.quantity is not None]
    for fact_id, meant_by in found.items():
        fact = sheet[fact_id]
        if len(meant_by) != 1 or fact.value is None:
            continue
        entry, sure = meant_by[0]
        alone = units.count(_unit(entry)) == 1
        if _agrees(entry, fact):
            exact = entry.item.quantity is not None and entry.item.quantity.approximation is None
            if sure or (alone and exact):
                entry.settle(supported(total(fact_id)), total(fact_id), fact.value)
        elif _is_slip(entry, fact, likely=sure or alone) and not _may_be_a_few(entry, fact, facts):
            entry.settle(Status.CONTRADICTED, total(fact_id), fact.value)


def _unit(entry: Entry) -> str:
    return base_unit(entry.item.quantity.unit)[0] if entry.item.quantity is not None else ""


def _is_open(entry: Entry) -> bool:
    item, quantity = entry.item, entry.item.quantity
    if entry.status is not Status.UNACCOUNTED or quantity is None or not quantity.value:
        return False
    reckoned = entry.derived is not None and (entry.derived.change or entry.derived.strong)
    if quantity.high is not None or reckoned or entry.gap is not None:
        return False
    if PLANNED.search(item.left) or PERIODIC.search(item.left) or WIDER_BODY.search(item.left):
        return False
    return not _CHANGED.search(item.before)


def _name(item: Item) -> str:
    """Return what names a number; the clauses since the last one where its own has no name: “月报按时公开，全年12期”."""
    if telling_words(item.label) - ANYWHERE or item.named is not None:
        return item.label
    since = item.previous.end if item.previous is not None else 0
    return item.lead[max(0, len(item.lead) - (item.start - since)) :]


def _names(entry: Entry, fact: Fact, facts: list[Fact]) -> bool | None:
    """Say whether words at a number name a fact and no other: surely, by a mere character, or (None) not at all."""
    item = entry.item
    if _unit(entry) != base_unit(fact.unit)[0] or on_another_channel(item, fact):
        return None
    behind = item.after[:_BEHIND] if item.following is None or item.after else ""
    name = _name(item)
    at_hand = telling_words(name) | telling_words(behind)
    unit = _unit(entry)
    others = (
        telling_words(other.subject)
        for other in facts
        if other is not fact and base_unit(other.unit)[0] == unit
    )
    telling = telling_words(fact.subject)
    if fact.unit in RATIO and not _own_rate(entry, telling):
        return None
    own = (telling & at_hand).difference(*others) - ANYWHERE
    if not own:
        if fact.label in item.lead:
            return True
        return False if telling and telling <= telling_words(item.lead) else None
    near, label = name + "，" + behind, fact.subject
    pairs = (label[at : at + 2] for at in range(len(label) - 1))
    return any(name.isascii() for name in own) or any(
        pair in near and own & set(pair) for pair in pairs
    )


def _may_be_a_few(entry: Entry, fact: Fact, facts: list[Fact]) -> bool:
    """Whether a handful of something like it is counted: “拍摄视频9个” beside 解读视频 8个 and other facts in 个."""
    quantity, unit = entry.item.quantity, base_unit(fact.unit)[0]
    if quantity is None or max(quantity.amount or 0, fact.value or 0) > _FEW or unit in RATIO:
        return False
    if any(
        name.isascii() for name in telling_words(fact.subject) & telling_words(entry.item.label)
    ):
        return False
    return sum(base_unit(other.unit)[0] == unit for other in facts) > 1


def _own_rate(entry: Entry, telling: frozenset[str]) -> bool:
    """Whether a rate has a decimal, and no word but the label's before it: 建议提案满意率 is not 用户满意率."""
    quantity = entry.item.quantity
    said = telling_words(entry.item.label.rpartition("率")[0] or entry.item.label)
    return bool(quantity and quantity.decimals) and said <= telling | ANYWHERE


def _agrees(entry: Entry, fact: Fact) -> bool:
    quantity = entry.item.quantity
    if quantity is None or fact.value is None:
        return False
    if fact.unit in RATIO:
        return judge_share(quantity, fact.value / 100).holds
    return judge(quantity, fact.value, fact.unit).holds


def _is_slip(entry: Entry, fact: Fact, *, likely: bool) -> bool:
    """Whether a slip of the hand makes the registered value into the written one."""
    quantity = entry.item.quantity
    if quantity is None or fact.value is None:
        return False
    written, true = quantity.value, fact.value
    if quantity.kind != "share":
        written, true = quantity.amount, true * base_unit(fact.unit)[1]
    if not written:
        return False
    ratio = max(written, true) / min(written, true)
    if alike_in_digits(written, true) or ratio in {Decimal(10), Decimal(10_000)}:
        return True
    return likely and within(written, true, _LIKELY)
