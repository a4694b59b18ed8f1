"""Registered facts a number may state in the place of what it was held against.

A number that misses the cell or the fact its words named first may be the value of another fact whose words the
sentence has: a sum of two, one with nearly every word, a large one with the same unit.
"""

import re
from collections.abc import Iterator

from report_writer.domain.facts import Fact
from report_writer.domain.units import compatible
from report_writer.facts.comparing import judge
from report_writer.facts.expressions import PREVIOUS, Expression, total
from report_writer.facts.linking.context import Link
from report_writer.facts.linking.label_words import telling_words
from report_writer.facts.notes import NOTE_SOURCE
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.bodies import WIDER_BODY
from report_writer.facts.text.frames import Item
from report_writer.facts.text.quantities import Quantity


def other_registered(item: Item, link: Link, sheet: FactSheet) -> Iterator[Expression]:
    """Yield what a number may sum up: “公务用车、节能栏目更新7条” with a fact for either."""
    piece = re.split(r"[，；：]", item.left)[-1]
    if not link.registered or "、" not in piece:
        return
    words, unit = telling_words(piece), sheet.unit(link.expression.operands[0])
    named = [
        fact.id
        for fact in sheet.registered
        if not fact.id.startswith(PREVIOUS)
        and fact.unit == unit
        and words & telling_words(fact.label)
    ]
    if len(named) > 1:
        yield total(*named)


_SURELY, _MOST_OF_IT = 10, 4
_BY_ITSELF = re.compile(r"本级|本机关|本(?:局|办|街道|镇|乡)(?=共|收|受|全年|新|作出|合计|累计)")


def registered_instead(item: Item, sheet: FactSheet) -> Iterator[Expression]:
    """Yield the registered facts all of whose words the sentence has: “公文定性：…依申请方可公开204件”."""
    quantity = item.quantity
    if quantity is None or (quantity.amount or 0) < _SURELY:
        return
    said = telling_words(item.lead[item.sentence[0] - item.start :] + item.after)
    for fact in sheet.registered:
        label = telling_words(fact.subject)
        exact = quantity.amount == fact.value and quantity.unit == fact.unit
        # NOTE: “门户网站发布…部门规范性文件61条” has nearly every word of 门户发布部门规范性文件.
        nearly = (
            exact
            and not _OF_REQUESTS.search(fact.label)
            and len(label - said) <= len(label) // _MOST_OF_IT
        )
        named = label <= said or nearly or _by_a_word(item, quantity, fact)
        if not label or not named or fact.id.startswith(PREVIOUS) or fact.value is None:
            continue
        if WIDER_BODY.search(fact.label) and _BY_ITSELF.search(item.left):
            # NOTE: “街道本级收到申请169件” is not what all streets have received.
            continue
        if fact.source == NOTE_SOURCE:
            # NOTE: what the clerk jots down cannot vouch against the table's own cell.
            continue
        if compatible(fact.unit, quantity.unit) and judge(quantity, fact.value, fact.unit).holds:
            yield total(fact.id)


_OF_REQUESTS = re.compile(r"申请|收件|来件|受理")


def _by_a_word(item: Item, quantity: Quantity, fact: Fact) -> bool:
    """Whether a large number has a fact's own value, unit and one of its words: “受理诉求1950条，回复1890条”."""
    words = fact.label
    same = quantity.amount == fact.value and quantity.unit == fact.unit
    if not same or (fact.value or 0) < _SURELY**2 or WIDER_BODY.search(words):
        return False
    if _OF_REQUESTS.search(words):
        # NOTE: another body's requests never vouch for what is called ours.
        return False
    return any(words[at : at + 2] in item.label for at in range(len(words) - 1))
