"""Does a sentence repeat what it should not, a prompt's instructions or itself, or say what no report would?

Small models do both; measured with the 0.5B: “…培训4次，请按示例的写法写这一段”, “在政务公开专区设政务公开专区”. A misled one closes
the delimiter, talks of itself, or opens a part of its own.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from report_writer.domain.characters import invisible
from report_writer.drafting.prompting import Prompt
from report_writer.drafting.screening import NOTE_LIMIT, unfit
from report_writer.drafting.slots import TOKEN

_RUN = 6
_SHORT = 4
_HEADING = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、)")
_TAG = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
_WORDS = re.compile(r"[\u4e00-\u9fff]+")
# “报送的信息报送不及时”; 公开 comes twice in good sentences.
_DOUBLED = re.compile(r"(?!公开|信息)([\u4e00-\u9fff]{2})的[\u4e00-\u9fff]{2,3}\1")
# What a report may well say although the prompts say it too.
_ORDINARY = "政府信息公开工作年度报告；存在的主要问题及改进情况；其他需要报告的事项；行政机关"


def echoes(sentence: str, prompt: Prompt, support: str) -> list[str]:
    """Return, as violations, the runs of instruction words in a sentence that its material has not."""
    found = []
    bare = TOKEN.sub("", sentence)
    if reason := unfit(bare, NOTE_LIMIT):
        found.append(f"不得写入{reason}")
    if any(map(invisible, bare)):
        found.append("不得有看不见的字符")
    if _HEADING.match(sentence):
        found.append("不得自加序号标题")
    for word in _WORDS.findall(TOKEN.sub("，", sentence)):
        for start in range(len(word) - _RUN + 1):
            run = word[start : start + _RUN]
            if run in _instructions(prompt) and run not in support and run not in _ORDINARY:
                found.append(f"“{run}”是写作要求里的话，不得写入正文")
                break
    return found


def copied(sentence: str, examples: Iterable[str], support: str) -> list[str]:
    """Return, as violations, the words of a worked example in a sentence that its material has not."""
    shown = _runs("\n".join(examples), _SHORT)
    found = []
    for word in _WORDS.findall(TOKEN.sub("，", sentence)):
        for start in range(len(word) - _SHORT + 1):
            run = word[start : start + _SHORT]
            if run in shown and run not in support:
                found.append(f"“{run}”是示例里的话，不得写入正文")
                break
    return found


def stutters(sentence: str) -> list[str]:
    """Return, as violations, what a clause says twice, five characters and more, and a sentence, eight."""
    found = []
    whole = sentence.replace("政府信息公开", "，")
    if match := re.search(r"([\u4e00-\u9fff]{8,}).*\1", whole):
        found.append(f"“{match[1]}”说了两遍")
    for clause in re.split("[，。；：、！？]", sentence):
        bare = clause.replace("政府信息公开", "，")
        match = re.search(r"([\u4e00-\u9fff]{5,}).*\1", bare)
        if match:
            found.append(f"“{match[1]}”在一处说了两遍")
        elif match := _DOUBLED.search(bare):
            found.append(f"“{match[0]}”把“{match[1]}”说了两遍")
    return found


@lru_cache(maxsize=32)
def _runs(source: str, length: int = _RUN) -> frozenset[str]:
    words = _WORDS.findall(_TAG.sub("，", source))
    return frozenset(w[i : i + length] for w in words for i in range(len(w) - length + 1))


def _instructions(prompt: Prompt) -> frozenset[str]:
    return _runs("\n".join(prompt.parts.values()))
