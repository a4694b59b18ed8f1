"""Slots: whole phrases that code writes and a model only places.

`{F3}` stands for “予以公开16件” as a whole, so a model cannot tie a number to the wrong noun (with
bare-number slots small models do: measured, see the README). Filling is a whitelist and a regular
expression; text from a model or an agency is never rendered as a template.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from report_writer.domain.facts import Fact, FactKind
from report_writer.domain.generation import FilledFigure

TOKEN = re.compile(r"\{([A-Za-z][A-Za-z0-9_]*)\}")
_DIRECTION = re.compile("(?<=比上年)(?:增加|减少)|(?<=同比)(?:增长|下降)")
# Stands where a slot was, for tests of the draft “with its slots out”.
HOLE = "\u25a1"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written in a phrase, and the fact it states. `text` may be empty of digits (zero clauses)."""

    text: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Phrase:
    """Text with figures in it, for example 予以公开 + Figure(16件)."""

    parts: tuple[str | Figure, ...]

    @property
    def text(self) -> str:
        """The phrase as printed."""
        return "".join(p if isinstance(p, str) else p.text for p in self.parts)

    @property
    def outline(self) -> str:
        """The phrase without its values (予以公开×件), as a model on this machine sees it."""
        return "".join(p if isinstance(p, str) else _masked(p) for p in self.parts)

    @property
    def neutral(self) -> str:
        """The outline without zero and direction too: all that a hosted model sees."""
        words = "".join(p if isinstance(p, str) else _named(p) for p in self.parts)
        return _DIRECTION.sub("增减", words)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the phrase in order."""
        return tuple(p for p in self.parts if isinstance(p, Figure))


@dataclass(frozen=True, slots=True)
class Slot:
    """A named phrase of one topic. `key` is stable (`received`), `token` is what the text holds."""

    key: str
    phrase: Phrase

    @property
    def token(self) -> str:
        """The slot as written in a draft."""
        return "{" + self.key + "}"


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its slots filled, and the provenance of each figure (offsets into `text`)."""

    text: str
    figures: tuple[FilledFigure, ...]


def fill(draft: str, slots: Mapping[str, Slot]) -> Filled:
    """Replace every known token by its phrase. KeyError for an unknown one: none may survive."""
    out: list[str] = []
    figures: list[FilledFigure] = []
    length = cursor = 0
    for match in TOKEN.finditer(draft):
        before = draft[cursor : match.start()]
        out.append(before)
        length += len(before)
        slot = slots[match[1]]
        for part in slot.phrase.parts:
            text = part if isinstance(part, str) else part.text
            if isinstance(part, Figure):
                figures.append(_provenance(part, slot.key, length))
            out.append(text)
            length += len(text)
        cursor = match.end()
    out.append(draft[cursor:])
    return Filled("".join(out), tuple(figures))


def tokens(draft: str) -> list[str]:
    """Return the slot keys a draft uses, in order, repeats included."""
    return TOKEN.findall(draft)


def without_slots(draft: str) -> str:
    """Return the draft with each token replaced by one neutral character."""
    return TOKEN.sub(HOLE, draft)


def count(fact: Fact, *, lead: str = "") -> Phrase:
    """Return the count phrase lead + value + unit: 予以公开16件."""
    return Phrase((lead, Figure(fact.text, fact)))


def listing(items: Iterable[tuple[str, Fact]], *, lead: str = "", tail: str = "") -> Phrase:
    """Return a list phrase: lead + 自然人3件、商业企业1件 + tail."""
    parts: list[str | Figure] = [lead]
    for position, (label, fact) in enumerate(items):
        parts += ["、" + label if position else label, Figure(fact.text, fact)]
    return Phrase((*parts, tail))


def clause(text: str, *facts: Fact) -> Phrase:
    """Return a digit-less phrase that states facts, for example 未收到政府信息公开申请.

    Several facts (未发生行政复议和行政诉讼) are stated as their sum.
    """
    if len(facts) == 1:
        return Phrase((Figure(text, facts[0]),))
    formula = " + ".join(fact.id for fact in facts)
    values = [fact.value for fact in facts if fact.value is not None]
    stated = Fact(
        id=formula,
        kind=FactKind.DERIVED,
        label="、".join(fact.label for fact in facts),
        value=sum(values, Decimal(0)) if len(values) == len(facts) else None,
        unit=facts[0].unit,
        scope=facts[0].scope,
        cells=tuple(cell for fact in facts for cell in fact.cells),
        formula=formula,
    )
    return Phrase((Figure(text, stated),))


def _masked(figure: Figure) -> str:
    return re.sub(r"\d+(?:\.\d+)?", "×", figure.text)


def _named(figure: Figure) -> str:
    """Return the masked figure, or what it is about where its words alone would say the value."""
    masked = _masked(figure)
    return masked if masked != figure.text else f"〔关于“{figure.fact.label}”的一句话〕"


def _provenance(figure: Figure, slot: str, start: int) -> FilledFigure:
    fact = figure.fact
    return FilledFigure(
        start=start,
        end=start + len(figure.text),
        quote=figure.text,
        slot=slot,
        fact=fact.id,
        label=fact.label,
        cells=fact.cells,
        formula=fact.formula,
    )
