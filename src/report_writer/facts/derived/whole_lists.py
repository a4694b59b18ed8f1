"""The words by which a list says that it is all of its total: “别无他类”, “就是…这几样”."""

import re

# “分为甲66部、乙48部，别无他类”, “渠道仅此三类”
_FEW = r"[两二三四五六七八九十]"
NOTHING_ELSE = re.compile(
    rf"^[，,]?(?:{_FEW}?者|{_FEW}[项类种]|以上|此外?|除此)?(?:之外|以外|外)?(?:[别再]无|没有|并?无|别再无)(?:其[他它]|别的|另外|他[种类项处]|他)"
    rf"|^[，,]?[^，。；\d]{{0,6}}(?:仅此|只此|仅有这|只有这|不外乎?这|限于这|就这){_FEW}?(?:类|项|种|者|条|个|家|处|$|(?=[，。；]))"
    rf"|^[，,]?(?:以上|上述)?{_FEW}(?:类|项|部分|者|种)(?:之外|以外)?(?:相加|构成|组成|即为全部|即是全部|就是全部)"
)
# “共46处，就是村务栏17处、组务栏19处这几样”: opened and closed as the whole of it.
_THAT_IS = re.compile(r"[，,：:](?:也|无非|总共|统共)?就是[^，。；、\d]{0,12}$")
_THESE = re.compile(
    rf"^这(?:些|(?:几|{_FEW})(?:样|类|种|项|个|处|家|块|条|部分|方面|者))(?=[，。；]|$)"
)


def is_all_these(between: str, behind: str) -> bool:
    """Whether what stands ahead of a list and behind it says together that there is no more."""
    return bool(_THAT_IS.search(between) and _THESE.match(behind))
