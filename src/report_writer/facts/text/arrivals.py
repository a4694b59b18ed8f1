"""What names a number that a change has led to: “宣讲会由上年18场增至21场” counts 宣讲会."""

from report_writer.facts.text.frames import Item
from report_writer.facts.text.screening import compiled

_LED_TO = compiled(r"(?:[增升提涨扩]|增加|提高|上升|增长|[减降缩]|减少|下降|降低|回落)[至到为]\s*$")
_STARTED = compiled(r"[，、]?(?:[由从](?:上|去|20|前|\d)|较|[相对]?比(?:上|去|20)|同比)")


_FROM = compiled(r"[由从](?:上(?:一)?年(?:度)?|去年|20\d\d年(?:度)?)?(?:同期)?(?:的)?\s*$")


def naming_words(item: Item) -> str:
    """Return the words that name a number: those right before it, or before 由 where it is a result.

    None name what a change has started from: that is of another year.
    """
    following = item.following
    starts = following is not None and following.start < item.clause[1]
    if starts and _FROM.search(item.before) and following and _LED_TO.search(following.before):
        return ""
    if item.named is not None or not _LED_TO.search(item.before):
        return item.label
    started = _STARTED.search(item.left)
    return item.left[: started.start()] if started else item.label
