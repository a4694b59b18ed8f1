"""Claims without a digit: 未收到…申请, 均为自然人, 全部办结, 与上年持平.

A claim runs from punctuation to punctuation; a leading time (2023年, 全年) is left out. What it speaks
of is for `facts.linking.counts` to say: this module only finds that something is denied, generalised or
compared.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache, reduce
from operator import or_
from typing import Any, NamedTuple

from report_writer.facts.text.masks import HOLE
from report_writer.facts.text.movements import AFTER_COUNT, BARE, FIRM, MOVES, SINCE_YEAR
from report_writer.facts.text.normalise import normalise
from report_writer.facts.text.quantities import UNREAD, read_numerals
from report_writer.facts.text.screening import Keywords, compiled
from report_writer.facts.text.turns import any_turn, turns_in, without_time
from report_writer.facts.text.wordlists import wordlist


class ClaimKind(StrEnum):
    """What a digit-less claim says."""

    ZERO = "zero"
    UNIVERSAL = "universal"
    TREND = "trend"
    EXISTS = "exists"
    MOST = "most"


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause that states a figure without writing one."""

    start: int
    end: int
    kind: ClaimKind
    text: str
    # Worded so loosely that it may only be confirmed, and is nothing where it is not.
    loose: bool = False


_WORDS = wordlist("claims")
NEGATION = compiled(_WORDS["negation"])
UNIVERSAL = compiled(_WORDS["universal"])
TIMELY = re.compile(_WORDS["timely"])
TREND = compiled(_WORDS["trend"])
_TURN = any_turn()
LOOSE_TREND = compiled(_WORDS["loose_trend"])
_BREAK = re.compile(
    r"[，。；！？\n“”（）()《》：:](?!(?<=[：:])\s?(?:无|空白|零(?=[，。；]|$)|(?:全年|本年度?|当年)(?:无|没有)(?=[，。；]|$)))"
)
_LEAD = re.compile(
    rf"^(?:[\s、：:]|{HOLE}|于是|故(?![意障事居此])|全年(?=未|没|无|共)|同时|此外|另外?(?=未|没|无)|其中|(?:其间|却|故)(?=[已也亦]?[未没无])|年度(?=未|没|无)"
    # a time in front of what is denied or generalised
    r"|(?:今年|年内|(?:到|至|截至)(?:年底|年末))(?=[已也亦均都]?(?:[未没无]|全[部数都]|均|都|悉|尽))|(?:当年|年底前)(?=全[部数都]|悉|尽)|本年(?=[未没])|(?:因此|全年|年度内|当年)(?=[未没不无](?:有|曾|再|收|接)|没)|(?:当年度|在年内|年内)(?=全[部数])|年内(?=清零)|答复后(?=[未均无没]))+"
)


def find_claims(text: str, *, year: int) -> list[Claim]:
    """Return every clause of a text that denies, generalises or compares without a figure."""
    return list(_claims(text, year))


@lru_cache(maxsize=32)
def _claims(text: str, year: int) -> tuple[Claim, ...]:
    plain = normalise(text)
    masks, quantities = read_numerals(text, year)
    kept, last = [], 0
    years = {f"{year - 1}年", f"{year - 1}年度"}
    for mask in masks:
        if not mask.listed or plain[mask.start - 1 : mask.end] in {"下一年", "上一年"}:
            continue
        if mask.kind == UNREAD and plain[mask.start : mask.end] in _PLAIN:
            continue
        if plain[mask.start : mask.end] not in years or not _is_compared(plain, mask.start):
            kept += [plain[last : mask.start], HOLE * (mask.end - mask.start)]
            last = mask.end
    masked = "".join([*kept, plain[last:]])
    figures = [(q.start, q.end) for q in quantities if not _denied_one(plain, q.start, q.end)]
    starts = [start for start, _ in figures]
    told, said = _keywords().places(masked)
    told.append(len(masked))
    found: list[Claim] = []
    for start, end in _clauses(masked, told):
        if end - start <= _WORD and masked[start - 1 : start] + masked[end : end + 1] == "“”":
            # NOTE: “答复‘不存在’的1件”: a word cited says nothing of its own.
            continue
        if end - start > _LONGEST:
            continue
        inside = figures[bisect_left(starts, start) : bisect_left(starts, end)]
        pieces = _pieces(masked, start, end, inside)
        listed = len(pieces) > 1 and _RESPECTIVELY.search(masked, start, end)
        for left, right in pieces:
            if listed and masked[right : right + 1] == "、":
                # NOTE: “申请人为自然人、企业的分别有5件、1件” names kinds, and says nothing of all.
                continue
            if len(pieces) > 1 and told[bisect_left(told, left)] >= right:
                continue
            words = reduce(or_, said[bisect_left(told, left) : bisect_left(told, right)], 0)
            claim = _read(masked, left, right, [f for f in inside if left <= f[0] < right], words)
            if claim:
                found.append(claim)
    return tuple(found)


def _clauses(text: str, told: list[int]) -> Iterator[tuple[int, int]]:
    """Yield start and end of the clauses that hold one of the places `told` (in order, the end last)."""
    breaks = [-1, *map(re.Match.start, _BREAK.finditer(text)), len(text)]
    end = 0
    for place in told[:-1]:
        if place >= end:
            index = bisect_left(breaks, place)
            start, end = breaks[index - 1] + 1, breaks[index]
            if place < end:
                yield start, end


def _is_compared(text: str, start: int) -> bool:
    """Whether a year is what a claim compares with: “与2023年一样多” is one claim, year and all."""
    if start == 0:
        return False
    return bool(_LEVEL_WITH.match(text, start - 1) or SINCE_YEAR.match(text, start - 1))


class _Saying(NamedTuple):
    """What a clause says where its pattern is found in it."""

    pattern: re.Pattern[str]
    kind: ClaimKind
    loose: bool = False


@cache
def _sayings() -> tuple[_Saying, ...]:
    """Return what a clause may say; the first that is found counts."""
    return (
        _Saying(_STEADY, ClaimKind.TREND),
        _Saying(_LEVEL_YEAR, ClaimKind.TREND),
        _Saying(_UNCHANGED, ClaimKind.TREND, loose=True),
        _Saying(_EXISTENCE, ClaimKind.EXISTS),
        _Saying(_TURN, ClaimKind.ZERO),
        _Saying(_BARE_ZERO, ClaimKind.ZERO),
        _Saying(NEGATION, ClaimKind.ZERO),
        _Saying(TREND, ClaimKind.TREND),
        _Saying(FIRM, ClaimKind.TREND),
        _Saying(UNIVERSAL, ClaimKind.UNIVERSAL),
        _Saying(LOOSE_TREND, ClaimKind.TREND, loose=True),
        _Saying(BARE, ClaimKind.TREND, loose=True),
    )


@cache
def _keywords() -> Keywords:
    """Return words one of which every claim holds: most clauses say nothing of the kind."""
    of_figures = (AFTER_COUNT, _AFTER_FIGURE, _SUBJECT_THEN)
    return Keywords(*(saying.pattern for saying in _sayings()), *of_figures)


@lru_cache(maxsize=1024)
def _possible(words: int) -> tuple[_Saying, ...]:
    """Return what a clause may say by its words (`Keywords.places`)."""
    return tuple(saying for bit, saying in enumerate(_sayings()) if words >> bit & 1)


_RESPECTIVELY = re.compile(r"分别|依次|各[为有占计]")
# A “clause” beyond this is a list without punctuation, not a statement.
_LONGEST = 200
_WORD = 6
_SHORT_SUBJECT = 5
# “复议申请零”, “未见一纸申请”: numerals that are words of the denial.
_PLAIN = frozenset("零〇一两")
_ONES = frozenset(f"一{unit}" for unit in "件份例起宗条次项人户家部张桩单笔页行字")
_BARE_ZERO = re.compile(r"(?:为|是|皆|亦|[：:])(?:零|〇|0)元?$")
_AFTER_FIGURE = re.compile(
    r"(?:、|也|并|且|现)*(?P<said>(?:已?全部|全都|均|都|皆|悉数|全数|一律|已(?:经)?(?:办结|答复|办毕|办理完毕)|无(?!法)|未|没有).+)$"
)


# “未收到一件” denies, “未审结一件” counts one.
_NOT_ONE = re.compile(
    r"(?:无|没有?|未(?!审结|办结|办完|结(?!转))|不[留剩拖欠压存])[^，。；、\d]{0,3}$"
)


def _denied_one(text: str, start: int, end: int) -> bool:
    """Whether a figure belongs to a denial: 一份也未收到, 无一件结转, 结转数为0."""
    if text[start:end] in _ONES:
        return bool(
            re.match(
                r"(?:公开)?(?:申请|案件|来件|法院传票|传票)?[也都]?(?:未|没|无|不[留剩拖欠压存])",
                text[end : end + 7],
            )
            or _NOT_ONE.search(text[max(0, start - 5) : start])
        )
    return text[start:end] in {"0", "零", "〇"}


def _pieces(
    text: str, start: int, end: int, figures: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Split a clause at 、 beside a figure, or where both sides deny: 无复议案件、无应诉案件."""
    if text.find("、", start, end) < 0:
        return [(start, end)]
    cuts = [start]
    for pause in re.finditer("、", text[start:end]):
        at = start + pause.start()
        figure = any(cuts[-1] <= s < at or at < s for s, _ in figures)
        if figure or _alike(text[cuts[-1] : at], text[at + 1 : end]):
            cuts.append(at + 1)
    ends = [cut - 1 for cut in cuts[1:]] + [end]
    return list(zip(cuts, ends, strict=True))


def _alike(left: str, right: str) -> bool:
    """Whether both sides of a 、 deny (无复议案件、无应诉案件), or tell of a movement (申请减少、复议增多)."""
    if NEGATION.search(left):
        return NEGATION.search(right) is not None
    return bool(MOVES.search(left) and MOVES.search(right))


def _read(
    text: str, start: int, end: int, figures: list[tuple[int, int]], words: int
) -> Claim | None:
    possible = _possible(words)
    if figures:
        if not words >> len(_sayings()):
            return None
        moved = AFTER_COUNT.match(text[figures[-1][1] : end])
        if moved:
            return Claim(figures[-1][1] + moved.start("said"), end, ClaimKind.TREND, moved["said"])
        tail = _AFTER_FIGURE.match(text[figures[-1][1] : end])
        if not tail:
            return (
                None
                if len(figures) > 1 or not (m := _SUBJECT_THEN.match(text[figures[-1][1] : end]))
                else _said_of_the_count(figures[-1][1] + m.start("said"), end, m["said"])
            )
        start = figures[-1][1] + tail.start("said")
    if not possible:
        return None
    clause = text[start:end]
    lead = _LEAD.match(clause)
    cut = lead.end() if lead else 0
    start, clause = start + cut, clause[cut:].rstrip(" " + HOLE)
    end = start + len(clause)
    hole = clause.rfind(HOLE)
    if hole >= 0 and clause.find(HOLE) <= _SHORT_SUBJECT and not _LEVEL_WITH.match(clause):
        # NOTE: “我局2023年未收到申请”, “与2022年相比减少”: the year is a mention of its own.
        start, clause = start + hole + 1, clause[hole + 1 :]
        start, clause = start + len(clause) - len(clause.lstrip()), clause.lstrip()
    if len(clause) < 2:
        return None
    for saying in possible:
        if _says(saying, clause, text, start, end):
            if _ORDER.match(clause):
                return None
            cut = without_time(clause) if saying.pattern is _TURN else 0
            return Claim(start + cut, end, saying.kind, clause[cut:], saying.loose)
    return None


def _says(saying: _Saying, clause: str, text: str, start: int, end: int) -> bool:
    pattern = saying.pattern
    if pattern is _EXISTENCE:
        return bool(pattern.fullmatch(clause) and _THEN.match(text, end))
    if pattern is _TURN:
        return bool(turns_in(clause))
    if not pattern.search(clause):
        return False
    if pattern is LOOSE_TREND:
        return not _FULL_OR_PART.search(clause)
    if pattern is UNIVERSAL:
        return not (_FULL_OR_PART.search(clause) or _LABELS.match(text, start))
    return True


_FULL_OR_PART = re.compile(r"全部(?:公开)?(?:[和或及与、]|或者)部分公开")
# “与2024年持平” is one claim; what has moved since 2024 is told behind the year.
_LEVEL_WITH = re.compile(
    rf"[与同和较比](?:(?:{HOLE})+|20\d\d年)度?(?:同期|相比|的?水平|数量|件数|总量)*(?:基本|大体|大致|完全)?(?:持平|一致|一样多?|相同|相当|相等|等同)"
)
_LEVEL_YEAR = re.compile(r"20\d\d年度?[^，。；]{0,8}(?:持平|一致|一样多?|相同|相当|相等|等同)$")
# “件数未变”, “与上年无异”: no denial of a count.
_UNCHANGED = re.compile(
    r"(?:数|量|次)(?:也|均|都|并)?(?:未变|不变|没变|无变化|没有变化)$|[与和同较](?:上(?:一)?年|去年|往年)[^，。；]{0,8}无异$"
)
# “按维持、纠正、未审结排列”: names of a list to come.
_ORDER = re.compile(
    r"(?:按照?|以|依照?|从)[^。；]{2,40}(?:排列|排序|顺序|次序|列示|分列|统计)(?:的)?$"
)
_STEADY = re.compile(
    r"有[增升涨]无[减降跌]|有[减降]无[增升]|不多不少|不[降减少升增多][反却][升增多降减少]"
)


def _existence(words: dict[str, Any]) -> re.Pattern[str]:
    """Return the clauses that say, without a number, that there is something in a cell."""
    alternatives = "|".join(words["clauses"])
    pattern = f"{words['opening']}(?:{alternatives})"
    for name in ("self", "year", "matter", "about"):
        pattern = pattern.replace(f"{{{name}}}", words[name])
    return re.compile(pattern)


_EXISTENCE = _existence(_WORDS["existence"])
# A rule of procedure goes on with what is then done.
_THEN = re.compile(
    r"\s*(?:[。；！\n]|$|，\s?(?:也|亦|且|并?未|没有|无|不存在|现行|废止|共|其中|较|比|同比|上年|结转|年|全年|数量))"
)


def _said_of_the_count(start: int, end: int, said: str) -> Claim:
    kind = ClaimKind.ZERO if said.startswith(("无一", "没有")) else ClaimKind.UNIVERSAL
    return Claim(start, end, kind, said)


# “全部公开、部分公开、不予公开分别为…”: names of outcomes, and nothing is said of all of them.
_LABELS = re.compile(
    r"(?:[^，。；！？\n]*?[：:、])?(?:其中|包括|分为|有|含|涉及|按|将)*(?:予以)?全部(?:予以)?公开(?:的)?(?:[、和与及]|以及)[^。；！？\n]{0,120}?(?:公开|分别|处理|提供)"
)


_SUBJECT_THEN = re.compile(
    r"[^，。；、]{0,10}?(?P<said>(?:(?:全部|均|都|皆|俱|概|全都|一律|清一色)(?:系|为|是|由|来自|出自|属|已|在|于|告)|[全悉尽](?:系|为|是|由|出自|来自|告)|已?(?:经)?(?:全部|全数|悉数|均|都)已?(?:在?年内|按[期时])?(?=办[结毕完]|答复|办理完毕|了结)|(?:无一|没有一件|无一件)(?:出自|来自|是|系|由))[^，。；、]+)$"
)
