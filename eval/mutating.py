"""What an error operator makes, and when a written number still holds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from eval.passages import Passage, Piece, Place
from eval.synthetic import Document
from eval.truths import Known, Truth, terms_of
from eval.writing import shown

# A reader may take the first for any of the others; a mutant that makes one of them true is no error.
_READINGS: dict[str, tuple[str, ...]] = {
    "received": ("pool",),
    "disposed": ("pool", "disclosed_any"),
    "disclosed": ("disclosed_any",),
    "litigation": ("direct", "after", "remedies"),
    "reco": ("remedies",),
    "carried_over": (),
}
_BASES = ("received", "disposed", "pool")


@dataclass(frozen=True)
class Mutant:
    """A document with one error (or one harmless change, then `spans` is empty).

    `spans` are where the error may be reported: the first is where it was made. `cells` are the operands
    a right finding names. An unobservable error is one that nothing given contradicts.
    """

    code: str
    variant: str
    document: Document
    spans: tuple[tuple[int, int], ...] = ()
    cells: frozenset[str] = frozenset()
    observable: bool = True
    numeric: bool = True


Operator = Callable[[Document, Random], Mutant | None]
Found = tuple[Place, Piece]


def pieces(document: Document, accept: Callable[[Piece], bool]) -> list[Found]:
    """Return the pieces of the overview that an operator may work on."""
    return [(at, piece) for at, piece, _, _ in document.overview.walk() if accept(piece)]


def numbers(
    document: Document, accept: Callable[[Piece], bool] = lambda piece: True
) -> list[Found]:
    """Return the number pieces that satisfy a condition."""
    return pieces(document, lambda piece: piece.kind == "number" and accept(piece))


def group_of(document: Document, place: Place) -> list[Found]:
    """Return total and parts of the list a piece belongs to, itself first; only itself without a list."""
    piece = document.overview.at(place)
    same = [
        (at, other)
        for at, other in numbers(document, lambda p: bool(piece.group) and p.group == piece.group)
        if at != place
    ]
    closed = piece.role in ("total", "part", "respective") and any(
        p.role == "total" for _, p in [(place, piece), *same]
    )
    return [(place, piece), *(same if closed else [])]


def observable(document: Document, place: Place) -> bool:
    """Whether a table, a registered fact or a list with its total decides the number at a place."""
    return document.overview.at(place).verdict == "supported" or len(group_of(document, place)) > 1


def open_list(document: Document, place: Place, value: Decimal) -> bool:
    """Whether a new value of an unregistered part leaves a list that may honestly name some parts only.

    其中 and 包括 promise no complete list, nor do brackets; parts above their total are wrong in any.
    """
    piece = document.overview.at(place)
    group = group_of(document, place)
    if piece.verdict == "supported" or len(group) < 2:
        return False
    sentence = document.overview.paragraphs[place.paragraph][place.sentence].text
    if any(word in sentence for word in ("构成", "具体为", "总计")):
        return False
    total = next((p.value for _, p in group if p.role == "total"), None)
    rest = sum(
        (p.value or Decimal(0) for at, p in group if at != place and p.role != "total"), Decimal(0)
    )
    return total is None or rest + value <= total


def changed(
    document: Document,
    code: str,
    variant: str,
    changes: dict[Place, Piece],
    *,
    also: Iterable[Place] = (),
    seen: bool = True,
) -> Mutant:
    """Return the mutant with some pieces exchanged; the error may be told at them or at `also`."""
    overview = document.overview.replaced(changes)
    places = [*changes, *also]
    cells: frozenset[str] = frozenset()
    for place in places:
        truth = document.overview.at(place).truth
        cells |= truth.operands if truth else frozenset()
    return Mutant(
        code,
        variant,
        replace(document, overview=overview),
        tuple(overview.span(place) for place in places),
        cells,
        seen,
    )


def told(document: Document, overview: Passage) -> Document:
    """Return the document with another overview."""
    return replace(document, overview=overview)


def is_true(piece: Piece, value: Decimal, known: Known) -> bool:
    """Whether a number would be true in some fair reading."""
    if piece.form is None or piece.truth is None:
        return False
    for truth in _fair(piece):
        right = truth.value(known)
        if right is not None and shown(abs(right), piece.form) == shown(value, piece.form):
            return True
    return False


def _fair(piece: Piece) -> list[Truth]:
    truth = piece.truth
    if truth is None:
        return []
    if truth.kind == "share":
        name = piece.name.split("/")[0]
        return [Truth("share", terms_of(name), terms_of(base)) for base in _BASES] + [truth]
    others = [Truth(truth.kind, terms_of(name)) for name in _READINGS.get(piece.name, ())]
    return [truth, *others]


def holds(piece: Piece, known: Known) -> bool:
    """Whether a piece of an unchanged text is still right for other figures."""
    if piece.truth is None:
        return True
    right = piece.truth.value(known)
    if right is None:
        return True
    if piece.kind == "claim":
        return right == 0
    if piece.kind == "direction":
        return ("持平" in piece.text or "相同" in piece.text) == (right == 0) and (
            right == 0 or any(w in piece.text for w in ("增加", "上升")) == (right > 0)
        )
    if piece.form is None or piece.value is None:
        return True
    right = abs(right)
    if not piece.form.is_approximate:
        return shown(right, piece.form) == shown(piece.value, piece.form)
    return near_enough(piece.value, right, piece.form.before or piece.form.after)


def near_enough(base: Decimal, right: Decimal, word: str) -> bool:
    """Whether an approximate number is fair: 1200余 for 1234, 近1300 for 1280, 约1200 for 1188."""
    if word in "余多":
        digits = str(int(base))
        step = Decimal(10) ** (len(digits) - len(digits.rstrip("0")))
        return base < right < base + step
    if word == "超":
        return right > base
    if word == "近":
        return base * Decimal("0.85") <= right < base
    return abs(right - base) * 25 <= base


def miswritten(value: Decimal, rng: Random) -> tuple[str, Decimal]:
    """Return a slip of the pen: which one, and the wrong whole number (never the same)."""
    digits = list(str(int(value)))
    slips = ["off_by_one", "times_ten", "digit"]
    if len(digits) > 1 and digits[0] != digits[1]:
        slips += ["transposed", "dropped"]
    slip = rng.choice(slips)
    if slip == "off_by_one" or value == 0:
        return "off_by_one", value + (1 if value < 2 else rng.choice((1, -1)))
    if slip == "times_ten":
        return slip, value * 10
    if slip == "transposed" and digits[1] != "0":
        digits[0], digits[1] = digits[1], digits[0]
    elif slip == "dropped" and digits[1] != "0":
        digits = digits[1:]
    else:
        slip, at = "digit", rng.randrange(len(digits))
        digits[at] = rng.choice([d for d in "123456789" if d != digits[at]])
    return slip, Decimal("".join(digits))
