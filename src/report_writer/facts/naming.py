"""The words that may name a number: its piece, its whole clause, the clause before; years as clerks mean them."""

import re
from functools import lru_cache

from report_writer.facts.frames import Item


@lru_cache(maxsize=4096)
def relative(text: str, year: int) -> str:
    """Return a label with its years put as clerks mean them: 2022年结转 → 上年结转."""
    if "20" not in text:
        return text
    for shift, name in ((-1, "上年"), (0, "本年"), (1, "下年")):
        text = re.sub(rf"{year + shift}年(?:度)?", name, text)
    return text


def last_number(item: Item) -> Item | None:
    """Return the number before an item; a clause without a number (“经检索不存在”) may be its reason."""
    previous = item.previous
    while previous is not None and previous.quantity is None:
        previous = previous.previous
    return previous


def wide_label(item: Item) -> str:
    """Return the words of a number's clause since the last number, whatever 、 divides them."""
    if item.named is not None:
        return item.named
    begin = item.start - len(item.left)
    last = last_number(item)
    return item.left[max(0, (begin if last is None else last.end) - begin) :]


def clause_before(item: Item) -> str:
    """Return the clause before a number's own, where no number stands in it: 因不掌握，无法提供2件."""
    if item.named is not None:
        return ""
    begin = item.start - len(item.lead)
    own = max(0, item.clause[0] - begin)
    last = last_number(item)
    after = max(0, (begin if last is None else last.end) - begin)
    text = item.lead[after : max(after, own - 1)]
    return text[max(text.rfind("，"), text.rfind("：")) + 1 :]
