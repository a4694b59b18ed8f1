"""Does a sentence bend a note: another purpose, the opposite measure, a new complaint, another object?

A small model that invents no activity still says what no note says. It pads with a purpose made of
another trade's nouns, takes 过多 for 不足, owns up to a further shortcoming, or keeps the verb and
changes what it is done to. The words are data: `data/bending.toml`.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from report_writer.drafting.word_shapes import any_of, chinese, pairs, share, strange_stretch

_CLAUSE = re.compile(r"[，。；：！？\n]")
# A word of a purpose is known where this share of its pairs is; in the two kinds of clauses of use,
# which may say a little more, so many characters in a row may not be strange.
_WORD = 0.5
_FOREIGN_LOOSE, _FOREIGN_USE = 3, 5
# How far from a word of degree the thing stands that it is said of.
_BEFORE, _AFTER = 4, 4
_OBJECT = re.compile(r"^[了过]?[一两二三四五六七八九十\d]*[次条项份个]?([\u4e00-\u9fff]{2,8})")
_FROM_TO = re.compile(
    r"(?:从|由|自)([\u4e00-\u9fff]{2,4}?)[\u4e00-\u9fff]{0,6}[至到往向]([\u4e00-\u9fff]{2,4})"
)
# 权重越高，得分越多: a law of the model's own about what a note names; 公开越多越好 is a saying.
_THE_MORE = re.compile("[^，。；]{2,6}越(?!来越)[^，。；]{1,6}，[^，。；]{0,6}越")
_BASIS = re.compile("按照?(?![时期月年季日周照])([\u4e00-\u9fff]{2})")
_ANY_BASIS = ("要求", "规定", "照要", "程序", "职责", "统一", "有关", "相关")
_QUALITY = re.compile("[性感力度]$|[性感力度]和")
_FUNCTION = frozenset(
    "的了在是和与及或并把对将从到于以为之其所有各该这那得地等也都就而被由向给中上下内外"
)

Found = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Degree:
    """Words that say more or less of the same kind of measure."""

    more: re.Pattern[str]
    less: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Bends:
    """The word lists of `bending.toml`."""

    result: re.Pattern[str]
    result_inside: re.Pattern[str]
    use: re.Pattern[str]
    loose: re.Pattern[str]
    aims: re.Pattern[str]
    loaded: re.Pattern[str]
    itself: re.Pattern[str]
    degrees: tuple[Degree, ...]
    complaints: re.Pattern[str]
    plain: re.Pattern[str]
    verbs: re.Pattern[str]
    empty: re.Pattern[str]
    added: re.Pattern[str]
    partners: tuple[re.Pattern[str], ...]
    harm: re.Pattern[str]


@lru_cache(maxsize=1)
def bends() -> Bends:
    """Return the word lists, loaded once."""
    path = files("report_writer.drafting") / "data" / "bending.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    results = any_of(data["results"]["words"]).pattern
    before = any_of(data["results"]["before"]).pattern
    complaints, partners, harm = data["complaints"], data["partners"], data["harm"]
    return Bends(
        result=re.compile(f"(?:{before})*(?:{results})了?"),
        result_inside=re.compile(f"(?:以|从而|进而|来)(?:{before})*(?:{results})了?"),
        use=re.compile(f"(?:{before})*(?:{any_of(data['uses']['words']).pattern})"),
        loose=re.compile(f"(?:{before})*(?:{any_of(data['uses']['loose']).pattern})"),
        aims=any_of(data["aims"]["words"]),
        loaded=any_of(data["loaded"]["words"]),
        itself=any_of(data["loaded"]["itself"]),
        degrees=tuple(
            Degree(_said(d["more"], d["more_at_end"]), _said(d["less"], d["less_at_end"]))
            for d in data["degrees"]
        ),
        complaints=any_of(complaints["words"]),
        plain=re.compile(f"{any_of(complaints['plain']).pattern}|[{complaints['suffixes']}]"),
        verbs=any_of(data["verbs"]["words"]),
        empty=any_of(data["verbs"]["empty"]),
        added=re.compile(
            f"(?:并且|并|同时)(?:及时|统一|主动)?({any_of(data['added']['words']).pattern})"
        ),
        partners=(
            _one_then_other(partners["told"], partners["who"]),
            _one_then_other(partners["with"], partners["whom"], between=6),
        ),
        harm=_one_then_other(harm["verbs"], harm["words"], between=12),
    )


def bent(sentence: str, notes: tuple[str, ...], wider: str, deeds: str) -> Found:
    """Return (clause, why) for what a sentence makes of notes that they do not say.

    `wider` is all material with the words that say the same as words of it, `deeds` the same of the
    notes alone: the words of a topic are no deeds.
    """
    clauses = [clause for clause in _CLAUSE.split(sentence) if clause]
    found: Found = [
        (sentence.rstrip("。；"), f"“{match[0]}”没有依据")
        for match in _THE_MORE.finditer(sentence)
        if match[0] not in deeds and pairs(_bare(match[0])) & pairs(_bare("；".join(notes)))
    ]
    for number, clause in enumerate(clauses):
        if why := _purpose(clause, wider, first=number == 0):
            found.append(why)
        found += _added(clause, deeds)
        found += _objects(clause, notes, wider)
        found += _besides(clause, notes, deeds)
    return found + _turned_round(clauses, notes) + _complaints(clauses, notes, wider)


def _one_then_other(first: list[str], then: list[str], between: int = 0) -> re.Pattern[str]:
    gap = f"[^，。；]{{0,{between}}}?" if between else ""
    return re.compile(f"(?:{any_of(first).pattern})了?{gap}({any_of(then).pattern})")


def _said(words: list[str], at_end: list[str]) -> re.Pattern[str]:
    end = (
        f"|(?<![不没无偏较过太很提扩加增延减缩至])(?:{any_of(at_end).pattern})(?=$|的)"
        if at_end
        else ""
    )
    return re.compile(any_of(words).pattern + end)


def _purpose(clause: str, wider: str, *, first: bool) -> tuple[str, str] | None:
    """Return a purpose of other things than the note's or a disclosure's, with why."""
    lex = bends()
    match = None if first else lex.result.match(clause)
    if match := match or lex.result_inside.search(clause):
        strange = _foreign_word(clause[match.end() :], wider)
    elif first:
        return None
    elif match := lex.use.match(clause):
        strange = _foreign_stretch(clause[match.end() :], wider, _FOREIGN_USE)
    elif match := lex.loose.match(clause):
        strange = _foreign_stretch(clause[match.end() :], wider, _FOREIGN_LOOSE)
    else:
        return None
    said = clause[match.end() :]
    loaded = lex.loaded.search(said)
    if loaded and loaded[0] not in wider and lex.itself.sub("", lex.loaded.sub("", said)):
        strange = strange or loaded[0]
    return (clause[match.start() :], f"“{strange}”没有依据") if strange else None


def _foreign_word(said: str, wider: str) -> str:
    """Return a word that is neither a usual aim nor, for the better part, the material's."""
    lex = bends()
    known = pairs(wider)
    for run in _runs(lex.aims.sub(" ", lex.loaded.sub(" ", said))):
        if len(run) >= 2 and share(pairs(run), known) < _WORD:
            return run
    return ""


def _foreign_stretch(said: str, wider: str, limit: int) -> str:
    """Return a long stretch of characters that are neither of a usual aim nor the material's."""
    lex = bends()
    runs = _runs(lex.aims.sub(" ", lex.loaded.sub(" ", said)))
    stretch = max((strange_stretch(run, set(wider)) for run in runs), key=len)
    return stretch if len(stretch) >= limit else ""


def _added(clause: str, deeds: str) -> Found:
    """Return what 并 adds to the deed of a note."""
    return [
        (clause, f"“{match[1]}”没有依据")
        for match in bends().added.finditer(clause)
        if match[1] not in deeds
    ]


def _objects(clause: str, notes: tuple[str, ...], wider: str) -> Found:
    """Return what a verb of a note is done to here, where the note's own object is gone."""
    lex, given, own, found = bends(), set(wider), pairs(clause), []
    for verb in lex.verbs.finditer(clause):
        there = [_object(note, verb[0]) for note in notes if verb[0] in note]
        thing = _object(clause, verb[0])
        if not there or any(pairs(other) & own for other in there):
            continue
        strange = strange_stretch(thing, given)
        if len(strange) >= 2 and 2 * len(strange) > len(thing):
            found.append((clause, f"“{strange}”没有依据"))
    return found


def _besides(clause: str, notes: tuple[str, ...], deeds: str) -> Found:
    """Return whom a deed is done to or with, what suffers, and what it goes by."""
    lex = bends()
    said = [m for p in (*lex.partners, lex.harm) for m in p.finditer(clause) if m[1] not in deeds]
    known = {m[1] for note in notes for m in _BASIS.finditer(note)}
    # NOTE: only where the note goes by something itself; 按要求 and the like are said of anything.
    said += [m for m in _BASIS.finditer(clause) if known and m[1] not in known | {*_ANY_BASIS}]
    return [(clause, f"“{match[0]}”没有依据") for match in said]


def _object(text: str, verb: str) -> str:
    """Return what follows a verb, without the words that say nothing of their own."""
    match = _OBJECT.match(text.partition(verb)[2])
    return max(_runs(bends().empty.sub(" ", match[1])), key=len) if match else ""


def _turned_round(clauses: list[str], notes: tuple[str, ...]) -> Found:
    """Return what is said to be too much where a note says too little, or from there to here."""
    parts = [part for note in notes for part in _CLAUSE.split(note) if part]
    found: Found = []
    for degree in bends().degrees:
        for clause in clauses:
            for one, other in ((degree.more, degree.less), (degree.less, degree.more)):
                own = set().union(*_about(clause, one))
                against = set().union(*(a for part in parts for a in _about(part, other)))
                alike = set().union(*(a for part in parts for a in _about(part, one)))
                if own & against and not own & alike:
                    word = one.search(clause)
                    found.append((clause, f"“{word[0] if word else ''}”与要点说的相反"))
    for clause in clauses:
        for here in _FROM_TO.finditer(clause):
            for there in _FROM_TO.finditer("；".join(notes)):
                if here[1][:2] == there[2][:2] and here[2][:2] == there[1][:2]:
                    found.append((clause, "先后方向与要点说的相反"))
    return found


def _about(clause: str, word: re.Pattern[str]) -> Iterator[set[str]]:
    """Yield the pairs of characters a word of degree is said of: what follows, else what precedes."""
    for match in word.finditer(clause):
        behind = clause[match.end() : match.end() + _AFTER]
        near = _runs(behind)[0] if behind and behind[0] not in _FUNCTION else ""
        before = _bare(_runs(clause[: match.start()])[-1])
        yield pairs(_bare(near) or before[-_BEFORE:])


def _complaints(clauses: list[str], notes: tuple[str, ...], wider: str) -> Found:
    """Return the shortcomings owned up to that no note names."""
    lex, given = bends(), set(wider)
    found: Found = []
    for clause in clauses:
        for match in lex.complaints.finditer(clause):
            thing = _bare(clause[: match.start()])[-_BEFORE:]
            if not thing:
                behind = clause[match.end() :]
                # NOTE: 不够生动, 缺乏新鲜感 say more of the thing before; 缺乏专业人员 is another shortcoming.
                if match[0] == "不够" or _QUALITY.search(behind):
                    continue
                thing = _bare(behind[:_AFTER])
            thing = "".join(filter(chinese, thing))
            if len(thing) >= 2 and not set(thing) & given:
                found.append((clause, f"要点没有说“{thing}{match[0]}”"))
    return found


def _bare(text: str) -> str:
    return bends().plain.sub("", text)


def _runs(text: str) -> list[str]:
    kept = "".join(c if chinese(c) and c not in _FUNCTION else " " for c in text)
    return kept.split() or [""]
