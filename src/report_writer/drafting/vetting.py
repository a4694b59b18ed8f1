"""Is a model's sentence fit to be filled? Code decides, from the sentence with its slots out.

With its slots out a sentence may hold no figure and no figure-like claim
(`facts.text.claims.forbidden_in_draft`), no Latin or Markdown, nothing of the worked example, and no
concrete activity that neither notes nor slots support.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from report_writer.drafting.grounding import ungrounded
from report_writer.drafting.slots import HOLE, TOKEN, Slot, tokens, without_slots
from report_writer.drafting.word_shapes import pairs, share
from report_writer.facts.drafting_text import forbidden_in_draft

_MARKUP = re.compile(r"[A-Za-z]{2,}|[#*`|<>_~\[\]]|={2,}|https?:|[{}×〔〕【】]")
_ENDS = "。；"
_TITLE = re.compile(r"《[^》]*》")
_FILLER = re.compile("全年|本年度|年内|我局|本机关|其中|共|和|及")
# What a phrase calls its figures: the words before each value, 4 characters and more.
_LABELS = re.compile(r"[\u4e00-\u9fff]{4,}(?=×)")
_CLAUSE = re.compile(r"[，。；：、！？\n]")
# A clause is the worked example's where at least this share of its character pairs is.
COPY = 0.7
# The share of a note's characters that a sentence in other words still has.
SAID = 0.5
# Characters of a note that may go with what is cut off, and how a purpose begins inside a clause.
_LOST = 1
_IN_ONE_BREATH = "以从进来"


@dataclass(frozen=True, slots=True)
class Material:
    """What a topic's text may rest on, and what it must not copy."""

    slots: Mapping[str, Slot]
    notes: tuple[str, ...]
    example_notes: tuple[str, ...]
    year: int
    frame: str = ""

    def only(self, note: str, example: tuple[str, ...]) -> "Material":
        """Return the material of one note: its slots and its words, with the example it was asked with."""
        mine = {key: slot for key, slot in self.slots.items() if key in tokens(note)}
        return replace(self, slots=mine, notes=(note,), example_notes=example)

    @property
    def support(self) -> str:
        """Notes, slot phrases and the words of the topic in one text."""
        phrases = "；".join(slot.phrase.text for slot in self.slots.values())
        return "；".join((*self.notes, phrases, self.frame))


def violations(sentence: str, material: Material, used: Iterable[str] = ()) -> list[str]:
    """Return what is wrong with a sentence, in Chinese, for the repair prompt; empty if fit.

    `used` are the slots that earlier sentences already placed.
    """
    found: list[str] = []
    keys = tokens(sentence)
    found += [f"代码{{{k}}}不存在" for k in dict.fromkeys(keys) if k not in material.slots]
    taken = set(used)
    found += [
        f"代码{{{k}}}重复出现" for k in dict.fromkeys(keys) if k in taken or keys.count(k) > 1
    ]
    bare = without_slots(sentence)
    found += [v.message for v in forbidden_in_draft(bare, year=material.year)]
    if match := _MARKUP.search(TOKEN.sub("", sentence)):
        found.append(f"不得出现字母、代码残片或排版符号“{match[0]}”")
    if not sentence.endswith(tuple(_ENDS)):
        found.append("句子没有写完")
    support = pairs(material.support)
    found += [f"{title}没有依据" for title in _TITLE.findall(bare) if title not in material.support]
    for clause in _CLAUSE.split(sentence):
        found += [
            f"“{label}”是另一项数据的名称，不能写在{{{key}}}旁边"
            for key, label in _foreign_labels(clause, material)
        ]
    for clause in _CLAUSE.split(bare):
        own = pairs(clause.replace(HOLE, ""))
        if len(own) < 3:
            continue
        if share(own, pairs("；".join(material.example_notes))) >= COPY > share(own, support):
            found.append(f"“{clause}”照抄了示例")
    given = "；".join((material.support, material.frame))
    found += [f"“{clause}”：{why}" for clause, why in ungrounded(bare, material.notes, given)]
    return found


def trimmed(sentence: str, material: Material) -> str:
    """Return a sentence without the clauses at its end that say what no note says; empty if that fails.

    A small model states the note and then pads: what it pads with goes. Nothing goes that says a
    part of the note.
    """
    given = "；".join((material.support, material.frame))
    told = set("".join(material.notes))
    while found := ungrounded(without_slots(sentence), material.notes, given):
        body = sentence.rstrip(_ENDS)
        head, _, tail = body.rpartition("，")
        starts = [tail.find(clause) for clause, _ in found if clause in tail]
        # NOTE: “另设一名替补人员以确保…”: only the purpose goes where it follows in the same breath.
        start = max(starts, default=-1)
        kept = head if start == 0 else head + "，" + tail[:start] if head else tail[:start]
        lost = (set(body) - set(kept)) & told
        if start < 0 or not kept or TOKEN.search(body[len(kept) :]) or len(lost) > _LOST:
            return ""
        if start and tail[start] not in _IN_ONE_BREATH:
            return ""
        sentence = kept + sentence[len(body) :]
    return sentence


def _foreign_labels(clause: str, material: Material) -> list[tuple[str, str]]:
    """Return (slot, label) where a clause with one slot also says the name of another slot's figure.

    “予以公开合计{F9}” would read 予以公开合计结转下年度12件: each number true, the sentence false.
    """
    keys = tokens(clause)
    words = TOKEN.sub("", clause)
    given = "；".join(material.notes) + material.frame
    found = []
    for key in keys:
        for other, slot in material.slots.items():
            for label in _LABELS.findall(slot.phrase.outline):
                if other not in keys and label in words and label not in given:
                    found.append((key, label))
    return found


def tidy(sentence: str, slots: Mapping[str, Slot], used: Iterable[str] = ()) -> str:
    """Mend what needs no model: a label typed before its token, a unit behind it, a token said twice.

    `used` are slots of earlier sentences. A clause that only says a token again, with nothing but
    the phrase's own words around it, is dropped; empty where nothing is left.
    """
    seen = set(used)
    for key, slot in slots.items():
        # NOTE: a clause without a figure is shown in full; a model that writes it out means the slot.
        phrase = slot.phrase.text
        spelt = len(phrase) > 4 and not any(c.isdigit() for c in phrase) and phrase in sentence
        if spelt and (key in seen or slot.token in sentence):
            sentence = sentence.replace("，" + phrase, "").replace(phrase + "，", "")
        elif spelt:
            sentence = sentence.replace(phrase, slot.token, 1)
    pieces = re.split("([，；、：。])", _without_labels(sentence, slots))
    kept: list[str] = []
    for text, mark in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        keys = tokens(text)
        own = _FILLER.sub("", TOKEN.sub("", text))
        if (
            keys
            and set(keys) <= seen
            and own in "".join(slots[key].phrase.text for key in keys if key in slots)
        ):
            if mark == "。" and kept:
                kept[-1] = "。"
            continue
        seen |= set(keys)
        kept += [text, mark]
    result = "".join(kept)
    return result if result.strip("。，；") else ""


def _without_labels(sentence: str, slots: Mapping[str, Slot]) -> str:
    out, cursor = "", 0
    for match in TOKEN.finditer(sentence):
        out += sentence[cursor : match.start()]
        cursor = match.end()
        slot = slots.get(match[1])
        if slot is not None:
            phrase = slot.phrase.text
            for length in range(min(len(phrase), len(out)), 1, -1):
                if out.endswith(phrase[:length]):
                    out = out[:-length]
                    break
            last = phrase[-1:]
            if last and sentence[cursor : cursor + 1] == last and last in "件次条篇场期个项份元":
                cursor += 1
        out += match[0]
    return out + sentence[cursor:]


def covers(text: str, note: str) -> bool:
    """Whether a text says what a note says, by shared character pairs."""
    own = pairs(TOKEN.sub("", note))
    return not own or share(own, pairs(text)) >= 0.5


def says(text: str, note: str) -> bool:
    """Whether a text says what a note says in other words, by shared characters."""
    own = {c for c in TOKEN.sub("", note) if "\u4e00" <= c <= "\u9fff"}
    return not own or len(own & set(text)) / len(own) >= SAID
