"""Numbers that count the names before them and nothing else: 网站、公报、公开栏三条渠道."""

import re
from collections.abc import Iterator

from report_writer.facts.text.screening import compiled

_DIGITS = "〇一二三四五六七八九"
_NAME = r"[^0-9○零一二三四五六七八九十百千万亿两，。；：、！？\s]"
# NOTE: words that count people, documents and cases are left out: “复议、诉讼两件” counts cases.
_SAID = compiled(
    r"(?<=[^，。；：、！？\s])[两二三四五六七八九](?:个(?![^，。；]{0,6}(?:查阅|受理))|[条种类项道方级张块门支套大栏])"
)
_NAMES = re.compile(
    rf"(?:^|(?<=[，。；：！？\s]))(?:(?:{_NAME}{{1,14}}、){{1,8}}{_NAME}{{1,14}}|(?:[“《]{_NAME}{{1,14}}[”》]){{2,8}})\Z"
)
_LONGEST = 136


def counted_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every number, with its measure word, that says how many names stand before it."""
    if "、" not in text and "”“" not in text and "》《" not in text:
        return
    for said in _SAID.finditer(text):
        names = _NAMES.search(text[max(0, said.start() - _LONGEST) : said.start()])
        if names is None:
            continue
        size = 2 if said[0][0] == "两" else _DIGITS.index(said[0][0])
        pauses = names[0].count("、")
        joined = pauses + len(re.findall(r"[和与及]", names[0].rpartition("、")[2]))
        if size in {pauses + 1, joined + 1, len(re.findall(r"[”》]", names[0]))}:
            yield said.span()
