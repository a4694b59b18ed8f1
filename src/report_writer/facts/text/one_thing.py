"""一个, 一起: now and then a count, mostly an ordinary word."""

import re

_ONE_THING = re.compile(r"(?:[^每另唯第下上同这那某任之哪头]|^)(?<!其中)$")
_ENDS = re.compile(r"\s?(?:[，。；、）)\n]|$)")
_CASES = re.compile(
    r"(?:案件?|审结|未结|结果|维持|纠正|诉讼|复议|处罚|许可|强制|措施|争议|败诉|纠错|应诉|申请)$"
)


def counts_one(text: str, start: int, end: int) -> bool:
    """Whether 一个, 一起 count at the end of their clause: 废止一个，行政诉讼案件一起。"""
    word = text[start:end]
    if word not in {"一个", "一起", "一家", "一名"} or not _ENDS.match(text, end):
        return False
    before = text[max(0, start - 6) : start]
    if word == "一起":
        return bool(_CASES.search(before))
    return bool(before) and bool(_ONE_THING.search(before))
