"""A section as pieces that know what they claim, and the text they make."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from eval.truths import Known, Truth
from eval.writing import Form, write

SUPPORTED, CONTRADICTED = "supported", "contradicted"
UNVERIFIED, NOT_A_FIGURE = "unverified", "not_a_figure"


@dataclass(frozen=True)
class Piece:
    """A stretch of text. `kind`:

    words · number (value and form) · claim (digit-less, its truth must be 0) · direction (增长) ·
    year · mask (a numeral that is no figure) · label (自然人: what the next number counts).
    `group` ties a total and its parts, `role` says which (`total`, `part`, `respective`).
    `readings` are other truths a fair reader may take the number for.
    """

    text: str
    kind: str = "words"
    verdict: str = ""
    truth: Truth | None = None
    value: Decimal | None = None
    form: Form | None = None
    name: str = ""
    group: str = ""
    role: str = ""
    readings: tuple[Truth, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the checker owes this piece a mention."""
        return self.verdict != ""

    def with_value(self, value: Decimal, form: Form | None = None) -> "Piece":
        """Return the number piece with another value, written in its own (or another) form."""
        form = form or self.form
        assert form is not None
        return replace(self, value=value, form=form, text=write(value, form))

    def with_text(self, text: str) -> "Piece":
        """Return the piece with another text."""
        return replace(self, text=text)


@dataclass(frozen=True)
class Sentence:
    """Pieces up to a full stop. `free` sentences read the same wherever they stand in a paragraph."""

    pieces: tuple[Piece, ...]
    free: bool = True

    @property
    def text(self) -> str:
        return "".join(p.text for p in self.pieces)


@dataclass(frozen=True)
class Place:
    """Where a piece is: paragraph, sentence, position in it."""

    paragraph: int
    sentence: int
    index: int


@dataclass(frozen=True)
class Passage:
    """One section: paragraphs of sentences."""

    paragraphs: tuple[tuple[Sentence, ...], ...]

    @property
    def text(self) -> str:
        return "\n".join("".join(s.text for s in paragraph) for paragraph in self.paragraphs)

    def walk(self) -> Iterator[tuple[Place, Piece, int, int]]:
        """Yield every piece with its place and its span in `text`."""
        offset = 0
        for p, paragraph in enumerate(self.paragraphs):
            for s, sentence in enumerate(paragraph):
                for i, piece in enumerate(sentence.pieces):
                    yield Place(p, s, i), piece, offset, offset + len(piece.text)
                    offset += len(piece.text)
            offset += 1

    def at(self, place: Place) -> Piece:
        """Return the piece at a place."""
        return self.paragraphs[place.paragraph][place.sentence].pieces[place.index]

    def replaced(self, changes: dict[Place, Piece]) -> "Passage":
        """Return the passage with some pieces exchanged."""
        return Passage(
            tuple(
                tuple(
                    replace(
                        sentence,
                        pieces=tuple(
                            changes.get(Place(p, s, i), piece)
                            for i, piece in enumerate(sentence.pieces)
                        ),
                    )
                    for s, sentence in enumerate(paragraph)
                )
                for p, paragraph in enumerate(self.paragraphs)
            )
        )

    def span(self, place: Place) -> tuple[int, int]:
        """Return the span of the piece at a place."""
        return next((start, end) for at, _, start, end in self.walk() if at == place)


def verdict_of(truth: Truth | None, known: Known) -> str:
    """Return what a true statement deserves: supported where the figures decide it."""
    return SUPPORTED if truth is not None and truth.value(known) is not None else UNVERIFIED
