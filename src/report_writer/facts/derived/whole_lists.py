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


def _is_all_these(between: str, behind: str) -> bool:
    """Whether what stands ahead of a list and behind it says together that there is no more."""
    return bool(_THAT_IS.search(between) and _THESE.match(behind))


# “20件申请按内容归类，问征地的8件，…其余2件…”: all of them were sorted by one thing, up to what remains.
SORTED_BY_ONE = re.compile(
    r"^[^，。；、：\d]{0,8}[，,]?按(?!照?期|时|规)[^，。；：\d]{1,8}?(?:归类|分类|归并|归集|梳理|统计|划分|区分|来分|来看|分)[，：,](?!其中)"
)
_REMAINS = re.compile(r"^[，,；]?(?:而)?(?:其余|其他|其它|余下|剩余|剩下)的?$")
_LEAST_NAMED = 2
# Behind one of these another thing is told of what was sorted.
_ANOTHER = re.compile(r"已|办结|答复|公开|同比|[较比]|上年|去年|占|经|转|未|无")


def _is_sorted_to_the_last(between: str, labels: list[str]) -> bool:
    """Whether a list of these labels, behind what stands `between` it and its total, leaves nothing unsorted."""
    *named, last = (label.strip() for label in labels)
    if not SORTED_BY_ONE.match(between) or not _REMAINS.match(last) or len(named) < _LEAST_NAMED:
        return False
    return all(named) and not any(_ANOTHER.search(label) for label in named)


def says_all(between: str, behind: str, labels: list[str]) -> bool:
    """Whether the words ahead of a list, behind it or of its last part say that it is all of its total."""
    if NOTHING_ELSE.search(behind) or _is_all_these(between, behind):
        return True
    return _is_sorted_to_the_last(between, labels)
