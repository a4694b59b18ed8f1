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

from report_writer.drafting.bending import bent
from report_writer.drafting.word_shapes import any_of, pairs, share, strange_stretch

_CLAUSE = re.compile(r"[，。；：！？\n、]")
_NOTE_CLAUSE = re.compile(r"[，。；：！？\n]")
_FUNCTION = frozenset(
    "的了在是和与及或并把对将从到于以为之其所有各该这那已曾也都就而但又还被由向给让使等个一中上下内外年月日我"
)
# Shares of characters that are not the material's from which a clause counts as new: beside a verb
# of doing, and in a clause told as finished or done by somebody named. Tuned on the odd sentences of `eval/grounding`.
NOVEL_ACT, NOVEL_DONE = 0.45, 0.6
# The topic whose notes are plans by nature, as the frame of a topic names it.
PLANS = "改进措施"
# Characters in a row that the material does not know, in a clause that otherwise speaks of it.
NOVEL_RUN = 4
# Share of a clause's character pairs that a note must hold for the clause to speak of it.
SAME = 0.34
# The same share from which a clause keeps so close to a note that a word put in stands out.
CLOSE = 0.53
# NOTE: 一 is left out: 一处 and 一批 count nothing a reader would ask for.
_COUNT = re.compile(
    r"([0-9.]+|[二两三四五六七八九十百千万几]+)[余多]?([家次名人期天件条份块篇场批轮届成倍日遍回个])"
)
_SAME_UNIT = str.maketrans("轮遍回批", "次次次次")
_PUBLISHED = re.compile(
    "公开(?![的工促为是、，。和与栏]|透明|水平|质量|内容|意识|渠道|平台|方式|制度|机制|专|目录|事项|责任|任务|成效)"
)
_DONE = re.compile(r"(?<!一目)了(?![解然如])|被|由(?!于)|已(?!经?公开)")
_PLAIN = {"两": "二"}
# What is guarded against is not said to have happened: 严防差错.
_GUARDED = re.compile("(?:严防|防止|避免(?!了)|杜绝)[^，。；了]{0,4}")
_BECAUSE = re.compile(r"(?:^|[，；])因(?!此|素|地制宜|故|而|应|公[出务伤])")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word groups of `grounding.toml`; `groups` maps a word to its group."""

    groups: Mapping[str, str]
    acts: re.Pattern[str]
    generic: re.Pattern[str]
    words: re.Pattern[str]
    planned: re.Pattern[str]
    negative: re.Pattern[str]
    lacking: re.Pattern[str]
    future: re.Pattern[str]
    causal: re.Pattern[str]
    given_causal: re.Pattern[str]
    not_negative: re.Pattern[str]
    denied: re.Pattern[str]
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
    } | {word: f"bodies.{word}" for word in data["bodies"]["words"]}
    marks = data["marks"]
    return Lexicon(
        groups=groups,
        acts=any_of(data["acts"]["words"]),
        generic=any_of(data["generic"]["words"]),
        words=any_of(groups),
        planned=re.compile(
            f"{any_of(marks['planned']).pattern}|将(?={any_of([*data['acts']['words'], *marks['after_will']]).pattern})"
        ),
        negative=any_of(marks["negative"]),
        lacking=any_of(marks["lacking"]),
        # NOTE: 将会议内容公布 holds no 将会.
        future=re.compile(any_of(marks["future"]).pattern.replace("将会", "将会(?![议商同])")),
        causal=any_of(marks["causal"]),
        given_causal=any_of(marks["given_causal"]),
        not_negative=any_of(marks["not_negative"]),
        denied=any_of(marks["denied"]),
        purpose=re.compile("(?:" + any_of(data["purpose"]["words"]).pattern + ")"),
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
    wider = _widened(material)
    found: list[tuple[str, str]] = []
    for clause in filter(None, _CLAUSE.split(sentence)):
        if why := _addition(clause, wider, known):
            found.append((clause, why))
    spoken = _spoken_of(sentence, notes)
    causal = lex.causal.search(sentence) or _BECAUSE.search(sentence)
    if causal and len({note for _, note in spoken}) > 1:
        found.append((sentence.rstrip("。"), f"“{causal[0].lstrip('，；')}”所说的因果关系没有依据"))
    for clause, note in spoken:
        found += _inserted(clause, note, phrases)
    about = "；".join(note for _, note in spoken) or material
    planned = PLANS in phrases or lex.planned.search(about)
    if not planned and (match := lex.future.search(sentence)):
        found.append((sentence.rstrip("。"), f"“{match[0]}”：要点写的是已做的，不能写成打算"))
    found += bent(sentence, notes, wider, _widened("；".join(notes)))
    return found + _turned(sentence, spoken) + _undenied(sentence, notes)


def _addition(clause: str, wider: str, known: set[str]) -> str:
    lex, given = lexicon(), set(wider)
    for word in lex.words.findall(_GUARDED.sub("", clause)):
        if lex.groups[word] not in known and word not in wider:
            return f"“{word}”没有依据"
    if strange := _uncounted(clause, wider):
        return f"“{strange}”没有依据"
    framing = lex.purpose.match(clause) is not None
    runs = _content(clause)
    rest = "".join(runs)
    if len(rest) < 5 or framing:
        return ""
    novel = sum(c not in given for c in rest) / len(rest)
    done, act = _DONE.search(clause), lex.acts.search(clause)
    if _PUBLISHED.search(clause) and len(rest) >= 6 and novel >= NOVEL_DONE:
        return "所公开的内容没有依据"
    if (act and novel >= NOVEL_ACT) or (done and novel >= NOVEL_DONE):
        return "所说的工作没有依据"
    strange = max((strange_stretch(run, given) for run in runs), key=len)
    if (act or done) and len(strange) >= NOVEL_RUN and novel < 1:
        return f"“{strange}”没有依据"
    return ""


def _uncounted(clause: str, wider: str) -> str:
    """Return a number with its measure word that the material does not have; 两轮 is 两次."""
    known = {(_PLAIN.get(n, n), u.translate(_SAME_UNIT)) for n, u in _COUNT.findall(wider)}
    units = {unit for _, unit in known}
    for count in _COUNT.finditer(clause):
        number, unit = _PLAIN.get(count[1], count[1]), count[2].translate(_SAME_UNIT)
        # NOTE: 两个方面 sums up a list; beside another number of the same kind it is a count.
        if (number, unit) not in known and (unit != "个" or "个" in units):
            return count[0]
    return ""


def _inserted(clause: str, note: str, phrases: str) -> list[tuple[str, str]]:
    """Return what a clause that keeps close to one note puts in besides: here two characters count."""
    own = pairs(clause)
    if share(own, pairs(note)) < CLOSE:
        return []
    lex = lexicon()
    same = [word for group in lex.synonyms if any(w in note for w in group) for word in group]
    bare = lex.planned.sub(" ", lex.generic.sub(" ", clause))
    if same:
        bare = any_of(same).sub(" ", bare)
    given = set(note + phrases)
    strange = max((strange_stretch(run, given) for run in _runs(bare)), key=len)
    return [(clause, f"“{strange}”没有依据")] if len(strange) >= 2 else []


def _undenied(sentence: str, notes: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return what a note says did not happen and a sentence mentions without a denial."""
    lex = lexicon()
    if lex.denies(sentence):
        return []
    return [
        (sentence.rstrip("。"), f"要点写的是没有{match[0]}")
        for note in notes
        for part in _NOTE_CLAUSE.split(note)
        if (match := lex.denied.search(part)) and lex.denies(part) and match[0] in sentence
    ]


def _widened(text: str) -> str:
    """Return a text with the words that say the same as words of it."""
    groups = (g for g in lexicon().synonyms if any(word in text for word in g))
    return "；".join((text, *("；".join(group) for group in groups)))


def _spoken_of(sentence: str, notes: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return (clause, note) for each clause that says what a note says, at least in part."""
    found = []
    for clause in filter(None, _NOTE_CLAUSE.split(sentence)):
        own = pairs(clause)
        part, note = max(((share(own, pairs(n)), n) for n in notes), default=(0.0, ""))
        if part >= SAME:
            found.append((clause, note))
    return found


def _turned(sentence: str, spoken: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what is told as done though the note it speaks of plans it or denies it."""
    lex = lexicon()
    found = []
    for clause, note in spoken:
        own = pairs(clause)
        part = max(_NOTE_CLAUSE.split(note), key=lambda p: share(own, pairs(p)))
        if lex.planned.search(note) and not (lex.planned.search(sentence) or lex.denies(sentence)):
            found.append((clause, "要点写的是计划，不能写成已经做到"))
        elif lex.denies(part) and not (lex.denies(sentence) or lex.lacking.search(sentence)):
            found.append((clause, "要点写的是没有，不能写成有"))
    return found


def _content(clause: str) -> list[str]:
    """Return the runs of characters of a clause that are no boilerplate, verb of doing or particle."""
    lex = lexicon()
    return _runs(lex.acts.sub(" ", lex.generic.sub(" ", clause)))


def _runs(bare: str) -> list[str]:
    runs = "".join(c if "\u4e00" <= c <= "\u9fff" and c not in _FUNCTION else " " for c in bare)
    return runs.split() or [""]
