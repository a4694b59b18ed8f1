"""One character in, one character out: what readers see differently is read alike, offsets stay.

Full-width digits and signs become ASCII, compatibility forms their plain letter where that is one
character, circled digits one marker (they are list numbers, never figures).
"""

import re
import unicodedata
from functools import lru_cache

# Chinese punctuation is kept: clauses are cut at it.
_KEEP = frozenset("，。；：！？（）、“”‘’《》〈〉【】〔〕「」『』—…～〇○")
CIRCLED = "①"
_SPECIAL = {
    "\u3000": " ",
    "\u00a0": " ",
    "％": "%",
    "﹪": "%",
    "．": ".",
    "﹒": ".",
    "－": "-",
    "–": "-",
    "\t": " ",
    "\r": " ",
}


def _image(char: str) -> str:
    if char in _SPECIAL:
        return _SPECIAL[char]
    if char in _KEEP:
        return char
    if "①" <= char <= "⓿" or "❶" <= char <= "➓" or "㈠" <= char <= "㈩":
        return CIRCLED
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


# Texts hold few characters but these, which are read as they stand.
_ODD = re.compile(rf"[^\n -~\u4e00-\u9fff{''.join(sorted(_KEEP))}]")
_FEW = 16


# Half-width punctuation behind a Chinese character ends a clause like its full-width twin; inside
# numbers and addresses (1,234 · 14:30 · http:) it stays.
_HALF_MARKS = ",;:!?"
_FULL = str.maketrans(_HALF_MARKS, "，；：！？")
_HALF = re.compile(rf"(?<=[^\x00-\x7f])[{_HALF_MARKS}]+")


# A report's sections are asked for a few times in a row; more would keep whole texts alive.
@lru_cache(maxsize=32)
def normalise(text: str) -> str:
    """Return the text in one form; `len` and every offset stay the same."""
    plain = _changed(text) if _ODD.search(text) else text
    if any(mark in plain for mark in _HALF_MARKS):
        plain = _HALF.sub(lambda match: match[0].translate(_FULL), plain)
    return plain


def _changed(text: str) -> str:
    odd: dict[int, str] = {}
    for char in set(_ODD.findall(text)):
        image = _image(char)
        if image != char:
            odd[ord(char)] = image
    if len(odd) > _FEW:
        return text.translate(odd)
    for code, image in odd.items():
        text = text.replace(chr(code), image)
    return text
