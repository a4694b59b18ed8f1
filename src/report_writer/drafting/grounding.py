"""Does a sentence rest on the clerk's notes? Words and shares decide, no model.

A model may phrase notes, not add to them. A clause is not grounded when it names a concrete thing, effect or
frequency of which the material knows no word of the same group; when it reports a deed in words
that are mostly not the material's; when it reports as done what a note plans or denies; or when it
makes one note the cause of another. The groups are data: `data/grounding.toml`.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_CLAUSE = re.compile(r"[，。；：！？\n、]")
_NOTE_CLAUSE = re.compile(r"[，。；：！？\n]")
_FUNCTION = frozenset("的了在是和与及或并把对将从到于以为之其所有各该这那已曾也都就而但又还被由向给让使等个一中上下内外年月日我")
# Shares of characters that are not the material's from which a clause counts as new: beside a verb
# of doing, and in a clause told as finished or done by somebody named. Tuned on the odd sentences of `eval/grounding`.
NOVEL_ACT, NOVEL_DONE = 0.45, 0.6
# Characters in a row that the material does not know, in a clause that otherwise speaks of it.
NOVEL_RUN = 4
# Share of a clause's character pairs that a note must hold for the clause to speak of it.
SAME = 0.34
# NOTE: 一 is left out: 一处 and 一批 count nothing a reader would ask for.
_COUNT = re.compile(r"(?:[0-9.]+|[二两三四五六七八九十百千万几]+)[余多]?[家次个名人期天件条份块篇场批轮届成倍]")
_DONE = re.compile(r"了|被|由(?!于)|已(?!经?公开)")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word groups of `grounding.toml`; `groups` maps a word to its group."""

    groups: Mapping[str, str]
    acts: re.Pattern[str]
    generic: re.Pattern[str]
    words: re.Pattern[str]
    planned: re.Pattern[str]
    negative: re.Pattern[str]
    causal: re.Pattern[str]
    given_causal: re.Pattern[str]
    not_negative: re.Pattern[str]
    purpose: re.Pattern[str]
    synonyms: tuple[tuple[str, ...], ...]

    def denies(self, text: str) -> bool:
        """Whether a text holds a negation; 免费 and 不断 are none."""
        return bool(self.negative.search(self.not_negative.sub("", text)))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the word groups, loaded once."""
    path = files("report_writer.drafting") / "data" / "grounding.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    groups = {
        word: f"{kind}.{group}"
        for kind in ("concepts", "effects", "frequency")
        for group, words in data[kind].items()
        for word in words
    }
    marks = data["marks"]
    return Lexicon(
        groups=groups,
        acts=_any(data["acts"]["words"]),
        generic=_any(data["generic"]["words"]),
        words=_any(groups),
        planned=_any(marks["planned"]),
        negative=_any(marks["negative"]),
        causal=_any(marks["causal"]),
        given_causal=_any(marks["given_causal"]),
        not_negative=_any(marks["not_negative"]),
        purpose=re.compile("(?:" + _any(data["purpose"]["words"]).pattern + ")"),
        synonyms=tuple(tuple(group) for group in data["synonyms"]["groups"]),
    )


def ungrounded(sentence: str, notes: Iterable[str], phrases: str = "") -> list[tuple[str, str]]:
    """Return (clause, why) for what a sentence adds to the notes; empty where it rests on them.

    `notes` are the clerk's notes of the topic, `phrases` everything else it may say: slot phrases
    and registered facts, names, the words of the topic.
    """
    lex = lexicon()
    notes = tuple(notes)
    material = "；".join((*notes, phrases))
    known = set(lex.groups[w] for w in lex.words.findall(material))
    wider = "；".join(
        (material, *("；".join(g) for g in lex.synonyms if any(word in material for word in g)))
    )
    found: list[tuple[str, str]] = []
    for clause in filter(None, _CLAUSE.split(sentence)):
        if why := _addition(clause, wider, known):
            found.append((clause, why))
    spoken = _spoken_of(sentence, notes)
    if (match := lex.causal.search(sentence)) and not any(
        lex.given_causal.search(note) for _, note in spoken
    ):
        found.append((sentence.rstrip("。"), f"“{match[0]}”所说的因果关系没有依据"))
    return found + _turned(sentence, spoken)


def _addition(clause: str, wider: str, known: set[str]) -> str:
    lex, given = lexicon(), set(wider)
    for word in lex.words.findall(clause):
        if lex.groups[word] not in known and word not in wider:
            return f"“{word}”没有依据"
    for count in _COUNT.findall(clause):
        if count not in wider:
            return f"“{count}”没有依据"
    framing = lex.purpose.match(clause) is not None
    runs = _content(clause)
    rest = "".join(runs)
    if len(rest) < 3 or framing:
        return ""
    novel = sum(c not in given for c in rest) / len(rest)
    done, act = _DONE.search(clause), lex.acts.search(clause)
    if (act and novel >= NOVEL_ACT) or (done and novel >= NOVEL_DONE):
        return "所说的工作没有依据"
    strange = max((_strange(run, given) for run in runs), key=len)
    if len(strange) >= NOVEL_RUN and novel < 1:
        return f"“{strange}”没有依据"
    return ""


def _strange(run: str, given: set[str]) -> str:
    """Return the longest stretch of a run of which no character is the material's."""
    best = current = ""
    for c in run:
        current = "" if c in given else current + c
        best = max(best, current, key=len)
    return best


def _spoken_of(sentence: str, notes: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return (clause, note) for each clause that says what a note says, at least in part."""
    found = []
    for clause in filter(None, _NOTE_CLAUSE.split(sentence)):
        own = pairs(clause)
        share, note = max(((_overlap(own, pairs(n)), n) for n in notes), default=(0.0, ""))
        if share >= SAME:
            found.append((clause, note))
    return found


def _turned(sentence: str, spoken: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what is told as done though the note it speaks of plans it or denies it."""
    lex = lexicon()
    found = []
    for clause, note in spoken:
        own = pairs(clause)
        part = max(_NOTE_CLAUSE.split(note), key=lambda p: _overlap(own, pairs(p)))
        if lex.planned.search(note) and not (lex.planned.search(sentence) or lex.denies(sentence)):
            found.append((clause, "要点写的是计划，不能写成已经做到"))
        elif lex.denies(part) and not lex.denies(sentence):
            found.append((clause, "要点写的是没有，不能写成有"))
    return found


def _content(clause: str) -> list[str]:
    """Return the runs of characters of a clause that are no boilerplate, verb of doing or particle."""
    lex = lexicon()
    bare = lex.acts.sub(" ", lex.generic.sub(" ", clause))
    runs = "".join(c if "\u4e00" <= c <= "\u9fff" and c not in _FUNCTION else " " for c in bare)
    return runs.split() or [""]


def pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring Chinese characters in a text."""
    return {
        text[i : i + 2]
        for i in range(len(text) - 1)
        if "\u4e00" <= text[i] <= "\u9fff" and "\u4e00" <= text[i + 1] <= "\u9fff"
    }


def _overlap(own: set[str], other: set[str]) -> float:
    return len(own & other) / len(own) if own else 0.0


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
