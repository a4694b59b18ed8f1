"""The one registered fact nobody has stated and the one open number that bears a word of it alone.

“图示类9个” where 政策图解 6个 is registered, “公开栏更换46期” for 公开栏公示 64期: too little of the label to accuse by the name,
but the same unit, a word no other fact has, a number as large as a slip would leave it, and nothing else of the fact.
"""

from decimal import Decimal

from report_writer.domain.facts import Fact
from report_writer.domain.findings import Status
from report_writer.domain.units import RATIO, base_unit
from report_writer.facts.comparing import alike_in_digits, judge, judge_share, within
from report_writer.facts.derived.registered_doubts import is_doubtful
from report_writer.facts.expressions import PREVIOUS, total
from report_writer.facts.judging.derived_values import supported
from report_writer.facts.judging.entries import PLANNED, Entry
from report_writer.facts.linking.label_words import ANYWHERE, telling_words
from report_writer.facts.linking.registered import PERIODIC, on_another_channel
from report_writer.facts.linking.wider import told_of_others
from report_writer.facts.notes import NOTE_SOURCE
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.frames import Item
from report_writer.facts.text.quantities import OPEN_ENDED
from report_writer.facts.text.screening import compiled

_BEHIND = 8
_LIKELY, _FEW = 4, 10
_CHANGED = compiled(
    r"(?:增|减|多|少|升|降|新增)[加长幅少了至到]?\S{0,2}$|上年|去年|20\d\d年[的为是有]?$|最[多少高低]"
)


_PART = compiled(r"其中|包括|含")
_TAKEN_IN = compiled(r"收到|受理|另收|接到|登记|收$")


# “市政府常务会议议题63个” bears nothing of 政务新媒体.
_OF_GOVERNMENT = frozenset("政府务")


def settle_the_rest(sheet: FactSheet, entries: list[Entry]) -> None:
    """Confirm or accuse open numbers by what only one unstated registered fact shares with them."""
    stated = {
        fact for e in entries if e.derived is None or not e.derived.change for fact in e.facts
    }
    facts = [
        f for f in sheet.registered
        if f.value and not f.id.startswith(PREVIOUS) and f.source != NOTE_SOURCE
    ]  # fmt: skip
    free = [fact for fact in facts if fact.id not in stated]
    if not free:
        return
    units = [entry.item.unit for entry in entries if _counts(entry)]
    found: dict[str, list[tuple[Entry, int]]] = {}
    for entry in filter(_is_open, entries):
        named = [(how, f.id) for f in free if (how := _named(entry, f, facts))]
        best = max(named, default=(0, ""))
        if best[0] and sum(how == best[0] for how, _ in named) == 1:
            found.setdefault(best[1], []).append((entry, best[0]))
    for fact_id, meant in found.items():
        how = max(how for _, how in meant)
        entries_meant = [entry for entry, one in meant if one == how]
        if len(entries_meant) == 1:
            alone = units.count(entries_meant[0].item.unit) == 1
            _settle(entries_meant[0], sheet[fact_id], facts, how, alone=alone)


def _settle(entry: Entry, fact: Fact, facts: list[Fact], how: int, *, alone: bool) -> None:
    quantity, expression = entry.item.quantity, total(fact.id)
    if quantity is None or fact.value is None:
        return
    if _agrees(entry, fact):
        if how == _SURELY or (alone and quantity.approximation not in OPEN_ENDED):
            entry.settle(supported(expression), expression, fact.value)
        return
    # NOTE: a register holds facts the text does not speak of; that such a one shares a word is no proof.
    likely = how == _SURELY and _covers(entry, fact) and not _PART.search(entry.item.left)
    if _is_slip(entry, fact, likely=likely) and not _may_be_a_few(entry, fact, facts):
        entry.settle(Status.CONTRADICTED, expression, fact.value)


def _covers(entry: Entry, fact: Fact) -> bool:
    """Whether the words at a number hold half of what a label tells."""
    item = entry.item
    label = _RATERS.sub("", fact.subject) if fact.unit in RATIO else fact.subject
    telling = telling_words(label) - _OF_GOVERNMENT
    said = telling_words(_name(item)) | telling_words(item.after[:_BEHIND])
    return 2 * len(telling & said) >= len(telling)


def _counts(entry: Entry) -> bool:
    """Whether a number counts something, and not how much it has changed."""
    changed = entry.derived is not None and entry.derived.change
    return entry.item.quantity is not None and not changed


def _is_open(entry: Entry) -> bool:
    item, quantity = entry.item, entry.item.quantity
    if entry.status is not Status.UNACCOUNTED or quantity is None or not quantity.value:
        return False
    reckoned = entry.derived is not None and (entry.derived.change or entry.derived.strong)
    if quantity.high is not None or reckoned or entry.gap is not None:
        return False
    if told_of_others(item) or PLANNED.search(item.lead) or PERIODIC.search(item.left):
        return False
    return not _CHANGED.search(item.before)


def _name(item: Item) -> str:
    """Return what names a number; the clauses since the last one where its own has no name: “月报按时公开，全年12期”."""
    if telling_words(item.label) - ANYWHERE or item.named is not None:
        return item.label
    since = item.previous.end if item.previous is not None else 0
    return item.lead[max(0, len(item.lead) - (item.start - since)) :]


# How a number names a fact and no other: by words of the sentence alone, by a character at hand, by a word of two.
_BY_THE_SENTENCE, _BY_A_CHARACTER, _SURELY = 1, 2, 3


def _named(entry: Entry, fact: Fact, facts: list[Fact]) -> int:
    """Say how surely words at a number name a fact and no other in its unit; 0 for not at all."""
    item = entry.item
    unit = base_unit(fact.unit)[0]
    if entry.item.unit not in {unit, ""} or on_another_channel(item, fact):
        return 0
    if is_doubtful(item, fact) or (
        _TAKEN_IN.search(item.before) and not _TAKEN_IN.search(fact.label)
    ):
        return 0
    behind = item.after[:_BEHIND] if item.following is None or item.after else ""
    name = _name(item)
    at_hand = telling_words(name) | telling_words(behind)
    others = [f for f in facts if f is not fact and base_unit(f.unit)[0] == unit]
    telling = telling_words(fact.subject)
    if fact.unit in RATIO and not _own_rate(entry, telling):
        return 0
    own = (telling & at_hand).difference(*(telling_words(f.subject) for f in others)) - ANYWHERE
    own -= _OF_GOVERNMENT
    if not own:
        if fact.label in item.lead and not _counted_since(item, fact.label):
            return _SURELY
        if _has_pair(name, fact.subject) and not any(_has_pair(name, f.subject) for f in others):
            # NOTE: words that say little, and yet this label's alone: 发布会 for 新闻发布.
            return _BY_A_CHARACTER
        said = telling_words(item.lead) & telling
        enough = said == telling or (not others and said - ANYWHERE)
        return _BY_THE_SENTENCE if said and enough else 0
    if not own & telling_words(name):
        # NOTE: “督促17所学校” counts schools; what was done about them the label may say otherwise.
        return _BY_THE_SENTENCE
    by_a_word = any(word.isascii() for word in own) or _has_pair(
        name + "，" + behind, fact.subject, own
    )
    return _SURELY if by_a_word else _BY_A_CHARACTER


_SAY_LITTLE = frozenset({"信息", "公开", "政府", "政务", "全年", "情况", "数量", "总数", "工作"})


def _has_pair(text: str, label: str, telling: frozenset[str] | None = None) -> bool:
    """Whether two characters of a label stand side by side in a text, one of them telling."""
    pairs = (label[at : at + 2] for at in range(len(label) - 1))
    return any(
        pair in text and (telling & set(pair) if telling is not None else pair not in _SAY_LITTLE)
        for pair in pairs
    )


def _counted_since(item: Item, label: str) -> bool:
    """Whether another number of the unit stands behind a label in the sentence, which then names that one."""
    begin, unit = item.start - len(item.lead) + item.lead.rfind(label), item.quantity
    return unit is not None and any(
        one.quantity is not None
        and one.start > begin
        and base_unit(one.quantity.unit)[0] == base_unit(unit.unit)[0]
        for one in item.earlier()
    )


def _may_be_a_few(entry: Entry, fact: Fact, facts: list[Fact]) -> bool:
    """Whether a handful of something like it is counted: “拍摄视频9个” beside 解读视频 8个 and other facts in 个."""
    quantity, unit = entry.item.quantity, base_unit(fact.unit)[0]
    if quantity is None or max(quantity.amount or 0, fact.value or 0) > _FEW or unit in RATIO:
        return False
    said, label = entry.item.label, fact.label
    if any(said.startswith(label[at : at + 2]) for at in range(len(label) - 1)):
        # NOTE: “公报出刊8期” begins with the label's own word.
        return False
    if any(word.isascii() for word in telling_words(label) & telling_words(said)):
        return False
    return sum(base_unit(other.unit)[0] == unit for other in facts) > 1


_RATERS = compiled(r"师生|群众|公众|用户|企业|办事人?|市民|当事人|家长|网民|居民|社会|服务对象")


def _own_rate(entry: Entry, telling: frozenset[str]) -> bool:
    """Whether a rate has a decimal, and no word but the label's before it: 建议提案满意率 is not 用户满意率."""
    quantity = entry.item.quantity
    said = telling_words(_RATERS.sub("", entry.item.label.rpartition("率")[0] or entry.item.label))
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
