"""Changes that alter no meaning: N1 to N6. The checker must not notice them."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from eval.mutating import Found, Mutant, near_enough, numbers, pieces, told
from eval.mutations_wording import _NONE as NONE
from eval.passages import Passage, Piece, Place, Sentence
from eval.synthetic import Document
from eval.writing import Form, about, fits, rewritten

_ZERO = {
    "received": "收到政府信息公开申请",
    "carried_over": "上年结转申请",
    "carried_forward": "结转下年度申请",
    "withheld": "不予公开",
    "reco": "行政复议案件",
    "litigation": "行政诉讼案件",
    "norm_issued": "制发行政规范性文件",
    "penalties": "作出行政处罚决定",
    "licences": "作出行政许可决定",
    "coercive": "实施行政强制",
}


def _plain(piece: Piece) -> bool:
    return (
        piece.form is not None
        and piece.value is not None
        and not piece.form.is_ratio
        and not piece.form.is_approximate
        and piece.form.unit not in ("元", "万元")
    )


def _rewrite(
    document: Document, code: str, variant: str, found: Found, form: Form, value: Decimal
) -> Mutant:
    place, piece = found
    overview = document.overview.replaced({place: piece.with_value(value, form)})
    return Mutant(code, variant, told(document, overview))


def n1_small(document: Document, rng: Random) -> Mutant | None:
    """3件 → 三件, ３件, 3 件."""
    found = numbers(document, lambda p: _plain(p) and p.value is not None and 0 < p.value < 10)
    if not found:
        return None
    place, piece = rng.choice(found)
    assert piece.form is not None
    assert piece.value is not None
    variant = rng.choice(("chinese", "wide", "space"))
    form = rewritten(
        piece.form, script="arabic" if variant == "space" else variant, space=variant == "space"
    )
    return _rewrite(document, "N1", variant, (place, piece), form, piece.value)


def n2_chinese(document: Document, rng: Random) -> Mutant | None:
    """120件 → 一百二十件."""
    found = numbers(
        document, lambda p: _plain(p) and p.value is not None and 10 <= p.value < 10_000
    )
    if not found:
        return None
    place, piece = rng.choice(found)
    assert piece.form is not None
    assert piece.value is not None
    form = rewritten(piece.form, script="chinese", space=False)
    return _rewrite(document, "N2", "chinese", (place, piece), form, piece.value)


def n3_scale(document: Document, rng: Random) -> Mutant | None:
    """1.2万 ↔ 12,000 ↔ 12000."""
    found = numbers(document, lambda p: _plain(p) and p.value is not None and p.value >= 1000)
    rng.shuffle(found)
    for place, piece in found:
        assert piece.form is not None
        assert piece.value is not None
        for script in rng.sample(("wan", "thousands", "arabic"), 3):
            form = rewritten(piece.form, script=script, space=False)
            if script != piece.form.script and fits(piece.value, form):
                return _rewrite(document, "N3", script, (place, piece), form, piece.value)
    return None


def n4_approximate(document: Document, rng: Random) -> Mutant | None:
    """124件 → 一百二十余件, 近130件, 超120件, 约120件."""
    found = numbers(
        document,
        lambda p: _plain(p) and not p.group and p.value is not None and p.value > 30
        and p.truth is not None and p.truth.kind == "sum",
    )  # fmt: skip
    rng.shuffle(found)
    for place, piece in found:
        assert piece.value is not None
        assert piece.form is not None
        step = Decimal(10) ** (len(str(int(piece.value))) - (1 if piece.value < 100 else 2))
        low = piece.value // step * step
        word = rng.choice(("余", "多", "近", "超", "约"))
        base = low + step if word == "近" else low
        if word == "约" and (piece.value - low) * 2 > step:
            base = low + step
        if low == piece.value or not near_enough(base, piece.value, word):
            continue
        if word == "近" and (base - piece.value) * 20 > base:
            continue
        script = "chinese" if base < 10_000 and rng.random() < 0.4 else "arabic"
        form = about(Form(script, piece.form.unit), word)
        return _rewrite(document, "N4", f"{word}_{script}", (place, piece), form, base)
    return None


def n5_order(document: Document, rng: Random) -> Mutant | None:
    """Sentences of a paragraph in another order."""
    paragraphs = []
    for paragraph in document.overview.paragraphs:
        free = [s for s in paragraph if s.free]
        rng.shuffle(free)
        queue = iter(free)
        paragraphs.append(tuple(next(queue) if s.free else s for s in paragraph))
    overview = Passage(tuple(paragraphs))
    if overview.text == document.overview.text:
        return None
    return Mutant("N5", "reordered", told(document, overview))


def n6_zero(document: Document, rng: Random) -> Mutant | None:
    """未收到 ↔ 0件; an honest 其中 list that names only some of its parts."""
    claims = pieces(document, lambda p: p.kind == "claim" and p.name in _ZERO)
    zeros = numbers(document, lambda p: p.value == 0 and p.name in NONE and not p.group)
    lists = _droppable(document)
    options = [
        name for name, found in (("digit", claims), ("word", zeros), ("partial", lists)) if found
    ]
    if not options:
        return None
    variant = rng.choice(options)
    if variant == "digit":
        place, piece = rng.choice(claims)
        text = f"{_ZERO[piece.name]}{rng.choice(('0件', '为0件'))}"
        return Mutant(
            "N6",
            variant,
            told(document, document.overview.replaced({place: piece.with_text(text)})),
        )
    if variant == "word":
        place, piece = rng.choice(zeros)
        sentence = document.overview.paragraphs[place.paragraph][place.sentence]
        if sum(p.counts for p in sentence.pieces) != 1:
            return None
        claim = Piece(NONE[piece.name][0], "claim", name=piece.name)
        return _with_sentence(
            document, variant, place, Sentence((Piece("全年"), claim, Piece("。")))
        )
    place = rng.choice(lists)
    sentence = document.overview.paragraphs[place.paragraph][place.sentence]
    kept = sentence.pieces[: place.index - 2] + sentence.pieces[place.index + 1 :]
    return _with_sentence(document, variant, place, replace(sentence, pieces=kept))


def _with_sentence(document: Document, variant: str, place: Place, sentence: Sentence) -> Mutant:
    paragraphs = [list(p) for p in document.overview.paragraphs]
    paragraphs[place.paragraph][place.sentence] = sentence
    return Mutant("N6", variant, told(document, Passage(tuple(tuple(p) for p in paragraphs))))


def _droppable(document: Document) -> list[Place]:
    """The last parts of 其中 lists with at least three parts."""
    found = []
    for p, paragraph in enumerate(document.overview.paragraphs):
        for s, sentence in enumerate(paragraph):
            parts = [i for i, piece in enumerate(sentence.pieces) if piece.role == "part"]
            if len(parts) >= 3 and any("其中" in piece.text for piece in sentence.pieces):
                found.append(Place(p, s, parts[-1]))
    return found
