"""Denials that are said of the few cases just named, and deny nothing of all of them."""

import re

from report_writer.facts.linking.naming import last_number
from report_writer.facts.text.frames import Item

# “要执法笔录的1件，属执法案卷，没有公开”, “实为信访的1件没有受理”: an outcome without a subject of its own.
_OUTCOME = re.compile(
    r"(?:没有?|没能|未(?:能|予以?)?|不予以?|不能)(?:再)?(?:公开|给出?|提供|受理|处理|办理|答复)|(?:答复|告知)(?:为|其)?(?:信息)?不存在"
)
_SOME = re.compile(r"的(?:有|共|计)?$|(?:另外?|还|尚|仍|其余|余下)有?$|(?:^|[，；、日底末])有$")
# “没走复议、直接告的1件”, “有居民没有复议、直接起诉1件”: how those went to court.
_UNHEARD = re.compile(
    r"(?:均|都|皆|全部|有[^，。；、]{0,8})?(?:没有?|未|不)先?(?:走|经过?|申请|提起?)?(?:行政)?复议(?:程序)?(?P<at_once>[就便而却]是?(?:直接|径[直行自])[^，。；、]{1,6})?"
)
_AT_ONCE = re.compile(r"[、，](?:就|便|而|却)?(?:直接|径[直行自]|迳行)")


def said_of_some(item: Item, text: str) -> bool:
    """Whether the denial `text` of an item speaks of some cases named right before or behind it."""
    unheard = _UNHEARD.fullmatch(text)
    if unheard:
        return unheard["at_once"] is not None or bool(_AT_ONCE.match(item.rest))
    counted = last_number(item) if _OUTCOME.fullmatch(text) else None
    return (
        counted is not None
        and counted.start >= item.sentence[0]
        and _SOME.search(counted.left) is not None
    )
