"""The items of a text – quantities and digit-less claims – each with the words around it.

A sentence ends at 。！？； or a line break, a clause at ，：（） besides. Offsets are those of the section.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from report_writer.domain.units import base_unit
from report_writer.facts.text.claims import Claim, find_claims
from report_writer.facts.text.marks import begin_of, end_of
from report_writer.facts.text.masks import Mask
from report_writer.facts.text.normalise import normalise
from report_writer.facts.text.quantities import Quantity, read_numerals

_SENTENCE_END = frozenset("。！？；\n")
_CLAUSE_END = _SENTENCE_END | frozenset("，：:（）()")
_COLONS = frozenset("：:")
_PIECE_END = re.compile(r"[，。！？；：:（）()、\n]")
# How far a number's words are looked for; no sentence of a report is longer in sense.
_LEFT, _LEAD = 160, 320


@dataclass(slots=True, eq=False)
class Item:
    """A quantity or a claim in its clause.

    `before` is what stands between the last break (or item) and it, `after` what follows up to the
    next one; `left` the whole clause before it, `lead` the sentence before it, `rest` the sentence
    after it.
    """

    start: int
    end: int
    quantity: Quantity | None
    claim: Claim | None
    before: str
    after: str
    left: str
    lead: str
    rest: str
    clause: tuple[int, int]
    sentence: tuple[int, int]
    previous: "Item | None" = None
    following: "Item | None" = None
    bracketed: bool = False
    # The name a 分别 list gives this number, in place of `before`.
    named: str | None = None
    respective: list["Item"] = field(default_factory=list)
    # The words that name this number.
    label: str = field(init=False)
    # Whether it is last year's, once that has been asked (`linking.last_year`).
    of_last_year: bool | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.label = self.before if self.named is None else self.named

    @property
    def unit(self) -> str:
        """The unit of the number without 万 and 亿, “” where there is none: 人次 for 3.4万人次."""
        return base_unit(self.quantity.unit)[0] if self.quantity is not None else ""

    def name(self, name: str, run: list["Item"]) -> None:
        """Give this number its name in a run of them."""
        self.named = self.label = name
        self.respective = run

    def earlier(self) -> Iterator["Item"]:
        """Yield the items before this one in its sentence, the nearest first."""
        previous = self.previous
        while previous is not None and previous.start >= self.sentence[0]:
            yield previous
            previous = previous.previous


@dataclass(slots=True)
class Frames:
    """A section read into items; `text` is normalised."""

    text: str
    masks: tuple[Mask, ...]
    items: list[Item]


def read_frames(text: str, *, year: int) -> Frames:
    """Return the items of a section in order. A claim takes the numerals inside it (一份也未收到)."""
    plain = normalise(text)
    masks, quantities = read_numerals(text, year)
    claims = find_claims(text, year=year)
    spans: list[tuple[int, int, Quantity | None, Claim | None]] = [
        (c.start, c.end, None, c) for c in claims
    ]
    begins = [c.start for c in claims]
    for quantity in quantities:
        around = bisect_right(begins, quantity.start) - 1
        if around < 0 or quantity.end > claims[around].end:
            spans.append((quantity.start, quantity.end, quantity, None))
    spans.sort(key=lambda span: span[0])
    if not spans:
        return Frames(plain, masks, [])
    sentences, clauses, pieces = _cuts(plain)
    items: list[Item] = []
    for index, (start, end, number, claim) in enumerate(spans):
        sentence = _around(sentences, start, end)
        clause = _around(clauses, start, end)
        piece = _around(pieces, start, end)
        last = spans[index - 1][1] if index else 0
        following = spans[index + 1][0] if index + 1 < len(spans) else len(plain)
        item = Item(
            start=start,
            end=end,
            quantity=number,
            claim=claim,
            before=plain[
                max(_opening(plain, piece[0], last), last if last <= start else piece[0]) : start
            ],
            after=plain[end : min(piece[1], following)],
            left=plain[max(_opening(plain, clause[0], last), start - _LEFT) : start],
            lead=plain[max(sentence[0], start - _LEAD) : start],
            rest=plain[end : min(sentence[1], end + _LEFT)],
            clause=clause,
            sentence=sentence,
            bracketed=plain[clause[0] - 1 : clause[0]] in {"（", "("},
            named=_heading(plain, clause[0], start, end) if number is not None else None,
        )
        if items:
            item.previous, items[-1].following = items[-1], item
        items.append(item)
    _name_lists(plain, items)
    return Frames(plain, masks, items)


def clause_item(text: str, claim: Claim) -> Item:
    """Return a claim that was found late as an item, with the sentence around it; `text` is normalised."""
    start, end = claim.start, claim.end
    begin, stop = begin_of(text, start), end_of(text, end)
    return Item(
        start=start,
        end=end,
        quantity=None,
        claim=claim,
        before="",
        after="",
        left="",
        lead=text[begin:start],
        rest=text[end:stop],
        clause=(start, end),
        sentence=(begin, stop),
    )


_ASIDE = re.compile(r"[^，。！？；：:（）()\n、]*[（(][^（）()。；\n]{1,24}[）)]$")


def _opening(text: str, begin: int, last: int) -> int:
    """Return where a name begins that goes on behind a bracket: “公开（含部分公开）9件”."""
    if begin == 0 or text[begin - 1] not in "）)":
        return begin
    aside = _ASIDE.search(text, max(last, begin - 60), begin)
    return aside.start() if aside else begin


_HEADING = re.compile(
    r"(?:^|[，。！？；、（(\n])(?P<name>[^，。！？；：:（）()、\n0-9]{2,14})[：:]\s?$"
)
_CELL_END = re.compile(r"\s?(?:[，。；、）)\n]|$)")


def _heading(text: str, begin: int, start: int, end: int) -> str | None:
    """Return the name in front of a colon where a number alone stands behind it: “行政复议：0；”."""
    if text[begin - 1 : begin] in {"（", "("}:
        return _bracketed_name(text, begin, start, end)
    if text[begin - 1 : begin] not in _COLONS or text[begin:start].strip():
        return None
    heading = _HEADING.search(text, max(0, begin - 18), begin)
    return heading["name"] if heading and _CELL_END.match(text, end) else None


# “以执法案卷（8件）和过程性信息（4件）为主”: a count alone in brackets is of what stands before them.
_BEFORE_BRACKET = re.compile(
    r"(?:^|[，。！？；：:（）()、\n]|[和与及]|[件条起宗份项例次](?:分属|分别(?:属于?|为|是)|分为|涉及|包括|[含系为是有]))"
    r"(?P<name>[^，。！？；：:（）()、\n\d]{2,14})[（(]$"
)
_NOT_ITS_NAME = re.compile(r"年|同期|同比|率|占|比|元$")


def _bracketed_name(text: str, begin: int, start: int, end: int) -> str | None:
    if text[begin:start].strip() or text[end : end + 1] not in {"）", ")"}:
        return None
    before = _BEFORE_BRACKET.search(text, max(0, begin - 18), begin)
    return before["name"] if before and not _NOT_ITS_NAME.search(before["name"]) else None


def _cuts(text: str) -> tuple[list[int], list[int], list[int]]:
    """Return where sentences, clauses and pieces begin, the end of the text last."""
    pieces = [m.end() for m in _PIECE_END.finditer(text)]
    clauses = [end for end in pieces if text[end - 1] in _CLAUSE_END]
    sentences = [end for end in clauses if text[end - 1] in _SENTENCE_END]
    past = len(text) + 1
    return [0, *sentences, past], [0, *clauses, past], [0, *pieces, past]


def _around(cuts: list[int], start: int, end: int) -> tuple[int, int]:
    index = bisect_right(cuts, start) - 1
    stop = index + 1
    while stop < len(cuts) - 1 and cuts[stop] - 1 < end:
        stop += 1
    return cuts[index], cuts[stop] - 1


_JOINTS = frozenset({"、", "和", "与", "及", "以及", "，"})
_EACH = re.compile(r"各[^，。；：、\d]{0,6}$")
_RESPECTIVE = re.compile(r"(?:分别|依次|各自|顺次)[^，。；：、]{0,6}$")
_PARTS = re.compile(
    r"[、]|以及|(?<![共总合饱])和(?!谐|平|解)|(?<!参)与(?!会|否)|(?<![以涉普危提波顾触惠累殃遍言])及(?!时|格)"
)
# Names of the form that hold a 、 of their own.
_ONE_NAME = re.compile(
    r"信访、(?:举报、)?投诉(?:、举报)?|举报、投诉|投诉、举报|补正、行政机关|费用、行政机关|法律、(?:行政)?法规"
    r"|公民、法人(?:和|或|及|与|、)(?:者)?其[他它]组织|法人(?:和|或|及|与|、)(?:者)?其[他它]组织|未审结、尚未|确认或者?|大量、反复"
)
_OPENING = re.compile(r"^(?:其中|按|从|结果上|结果中|当中|看)[^，：]{0,6}?[，：]|^其中[:：]?")


def _name_lists(text: str, items: list[Item]) -> None:
    """Give each number of “甲、乙、丙分别为1件、2件、3件” its own name."""
    index = 0
    while index < len(items):
        run = [items[index]]
        while (
            index + 1 < len(items)
            and items[index + 1].quantity is not None
            and _joined(text, items[index], items[index + 1])
        ):
            index += 1
            run.append(items[index])
        index += 1
        if len(run) < 2 or any(item.quantity is None for item in run):
            continue
        apart = "，" in text[run[0].end : run[1].start]
        anew = run[-1].after.strip() and not _RESPECTIVE.search(run[0].left)
        if apart and (_EACH.search(run[0].before) or anew):
            # NOTE: “个人、企业各申请1件，2件均已答复”, “公开与部分公开27件，20件因不掌握而…”: the second number is no
            # part of the list.
            continue
        names = _names(text, run) or _names_before(text, run, items[: index - len(run)])
        if names:
            for item, name in zip(run, names, strict=True):
                item.name(name, run)


_NOT_ANEW = re.compile(r"上|去年|同比|环比|较|比|占|\d")


def _names_before(text: str, run: list[Item], earlier: list[Item]) -> list[str] | None:
    """“规章2部、规范性文件6件，现行有效分别为34部、118件”: the names stand with the numbers before."""
    head = text[run[0].clause[0] : run[0].start]
    marker = _RESPECTIVE.search(head)
    said = head[: marker.start()].strip() if marker else ""
    if not said or _NOT_ANEW.search(said):
        return None
    named = [item for item in earlier if item.start >= run[0].sentence[0]]
    if len(named) != len(run) or not all(item.quantity and item.label.strip() for item in named):
        return None
    return [item.label + said for item in named]


def split_names(text: str) -> list[str]:
    """Return the names of a list: 甲、乙和丙."""
    kept = _ONE_NAME.sub(lambda m: m[0].translate(_GLUE), text)
    return [name.translate(_UNGLUE) for name in _PARTS.split(kept)]


_GLUE = str.maketrans("、和或及与", "\ue001\ue002\ue003\ue004\ue005")
_UNGLUE = str.maketrans("\ue001\ue002\ue003\ue004\ue005", "、和或及与")


def _joined(text: str, one: Item, other: Item) -> bool:
    if text[one.end : other.start].strip() not in _JOINTS:
        return False
    # NOTE: “分别为20件、14件、4件，一成左右查无”: a share is no part of a list of counts.
    kinds = [item.quantity.kind for item in (one, other) if item.quantity]
    return len(kinds) < 2 or kinds.count("share") != 1


_JUST_A_YEAR = re.compile(r"20\d\d年?度?|[去今上本前]年度?")


def _of_years(parts: list[str]) -> list[str]:
    """“2023年、2024年收到申请分别为45件、38件”: what stands behind the last year goes for each."""
    last = _JUST_A_YEAR.match(parts[-1].strip())
    if last is None or not all(_JUST_A_YEAR.fullmatch(part.strip()) for part in parts[:-1]):
        return parts
    what = parts[-1].strip()[last.end() :]
    return [re.sub(r"(?<=\d)$", "年", part.strip()) + what for part in parts[:-1]] + [parts[-1]]


_PERIODS = re.compile(r"(?P<all>上下半年|一至四季度)$")


def _of_periods(name: str) -> list[str]:
    """“国企信息260条，上下半年分别为104条和156条”: the parts of the year, one after the other."""
    told = _PERIODS.search(name.strip())
    if told is None:
        return []
    what = name.strip()[: told.start()]
    halves = ["上半年", "下半年"]
    quarters = ["一季度", "二季度", "三季度", "四季度"]
    return [what + part for part in (halves if told["all"] == "上下半年" else quarters)]


_DOCUMENTS = re.compile(r"(?:行政)?规范性文件|规章|文件$")


def _of_documents(parts: list[str]) -> list[str]:
    """“制发、废止、现行有效的规范性文件分别为…”: what stands behind the last name goes for each."""
    noun = _DOCUMENTS.search(parts[-1])
    if noun is None or any(_DOCUMENTS.search(part) for part in parts[:-1]):
        return parts
    return [part + noun[0] for part in parts[:-1]] + [parts[-1]]


# “按商业企业、自然人分，申请4件、2件”
_SORTED = re.compile(
    r"(?:按照?|以|从|就|依照?)(?:申请人)?(?P<names>[^，。；：]{2,40}?、?[^，。；：]*?)(?:分|论|看|来分|划分|区分|排列|为序|(?:之|的)?(?:先后)?(?:次序|顺序|之序)(?:排列|统计|列示|排)?)，$"
)
_SHORT_HEAD = 8


def _named_ahead(text: str, first: Item, head: str) -> list[str]:
    """“网站、微信、微博，当年分别发布…”: the names stand in the clause before, which has no number."""
    if len(head) > _SHORT_HEAD or "、" in head:
        return []
    clause = re.split(
        r"[，：]", text[first.sentence[0] : max(first.sentence[0], first.clause[0] - 1)]
    )[-1]
    if "、" not in clause or re.search(r"\d", clause):
        return []
    return [name for name in split_names(clause) if name.strip()]


def _names(text: str, run: list[Item]) -> list[str] | None:
    first = run[0]
    head = text[first.clause[0] : first.start]
    marker = _RESPECTIVE.search(head)
    if marker and not head[: marker.start()].strip():
        left = max(first.sentence[0], 0)
        before = text[left : first.clause[0] - 1].replace("，以及", "、")
        head = before[
            max(before.rfind("，", 0, max(before.rfind("、"), 0)), before.rfind("：")) + 1 :
        ]
    elif marker:
        head = head[: marker.start()]
        named = _named_ahead(text, first, head)
        if len(named) == len(run):
            return named
    ahead = _SORTED.search(text, first.sentence[0], first.clause[0])
    if not marker and ahead and len(head) <= _SHORT_HEAD:
        parts = [part + head for part in split_names(ahead["names"])]
        return parts if len(parts) == len(run) else None
    parts = [part for part in split_names(_OPENING.sub("", head)) if part.strip()]
    if marker and len(parts) == 1 and (periods := _of_periods(parts[0])):
        parts = periods
    if not marker and any(re.search(r"\d", part) for part in parts):
        # NOTE: “维持4件、撤销5件，2件在审”: numbers with names of their own are no list of names.
        return None
    if len(parts) == len(run):
        return _of_documents(_of_years(parts)) if marker else parts
    if len(parts) > len(run) and marker:
        return parts[-len(run) :]
    return None
