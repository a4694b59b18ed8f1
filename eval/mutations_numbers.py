"""Error operators on written numbers: M1 M2 M3 M6 M7 M8 M11 M12 M15."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random

from eval.mutating import (
    Found,
    Mutant,
    changed,
    group_of,
    is_true,
    miswritten,
    near_enough,
    numbers,
    observable,
    open_list,
)
from eval.passages import Piece
from eval.synthetic import Document
from eval.truths import Truth, terms_of
from eval.writing import Form, about, fits, rewritten, shown

_BASES = ("received", "disposed", "pool", "carried_over")


def _exact(piece: Piece) -> bool:
    return piece.form is not None and not piece.form.is_approximate and piece.value is not None


def _count(piece: Piece) -> bool:
    return _exact(piece) and piece.form is not None and not piece.form.is_ratio


def _pick(document: Document, rng: Random, found: Sequence[Found]) -> Found | None:
    """Choose a candidate: mostly one that the figures decide, at times one that they do not."""
    decided = [f for f in found if observable(document, f[0])]
    other = [f for f in found if not observable(document, f[0])]
    pool = other if other and (not decided or rng.random() < 0.2) else decided
    return rng.choice(pool) if pool else None


def _wrong(document: Document, rng: Random, piece: Piece) -> tuple[str, Decimal] | None:
    """Return a slip that makes the piece false, or None where ten tries found none."""
    assert piece.value is not None
    assert piece.form is not None
    for _ in range(10):
        if piece.form.is_ratio:
            points = Decimal(rng.choice((-9, -7, -5, -3, -2, 2, 3, 5, 8, 11))) / 100
            slip, value = "points", piece.value + points
            if not 0 < value < 1 and 0 < piece.value <= 1:
                continue
        elif piece.form.unit == "万元":
            slip, scaled = miswritten(piece.value * 100, rng)
            value = scaled / 100
        elif piece.form.script == "wan":
            slip, scaled = miswritten(piece.value / 100, rng)
            value = scaled * 100
        else:
            slip, value = miswritten(piece.value, rng)
        if value < 0 or shown(value, piece.form) == shown(piece.value, piece.form):
            continue
        if not fits(value, piece.form) or is_true(piece, value, document.case.known):
            continue
        return slip, value
    return None


def m1_digits(document: Document, rng: Random) -> Mutant | None:
    """Slip of the pen in one number; its written form is kept."""
    chosen = _pick(document, rng, numbers(document, _exact))
    if chosen is None:
        return None
    place, piece = chosen
    wrong = _wrong(document, rng, piece)
    if wrong is None or open_list(document, place, wrong[1]):
        return None
    others = [at for at, _ in group_of(document, place)[1:]]
    return changed(
        document, "M1", wrong[0], {place: piece.with_value(wrong[1])},
        also=others, seen=observable(document, place),
    )  # fmt: skip


def m2_swapped(document: Document, rng: Random) -> Mutant | None:
    """Two figures exchanged."""
    found = numbers(
        document, lambda p: _count(p) and p.verdict == "supported" and p.truth is not None
    )
    rng.shuffle(found)
    for left, one in found:
        for right, two in found:
            if left == right or one.form is None or two.form is None or one.value == two.value:
                continue
            if one.form.unit != two.form.unit or one.truth is None or two.truth is None:
                continue
            if one.truth.kind != two.truth.kind or one.value is None or two.value is None:
                continue
            if is_true(one, two.value, document.case.known) or is_true(
                two, one.value, document.case.known
            ):
                continue
            if not fits(two.value, one.form) or not fits(one.value, two.form):
                continue
            changes = {left: one.with_value(two.value), right: two.with_value(one.value)}
            return changed(document, "M2", "swap", changes)
    return None


def m3_share(document: Document, rng: Random) -> Mutant | None:
    """A share of the wrong base, or a wrong share."""
    found = numbers(document, lambda p: p.truth is not None and p.truth.kind == "share")
    if not found:
        return None
    place, piece = rng.choice(found)
    assert piece.form is not None
    assert piece.value is not None
    known, name = document.case.known, piece.name.split("/")[0]
    for base in rng.sample(_BASES, len(_BASES)):
        value = Truth("share", terms_of(name), terms_of(base)).value(known)
        if value is None or not 0 < value < 1 or abs(value - piece.value) * 1000 < 3:
            continue
        form = rewritten(piece.form, places=1, script="arabic")
        return changed(document, "M3", "wrong_base", {place: piece.with_value(value, form)})
    wrong = _wrong(document, rng, piece)
    return changed(document, "M3", "value", {place: piece.with_value(wrong[1])}) if wrong else None


def m6_unit(document: Document, rng: Random) -> Mutant | None:
    """元 for 万元, 万件 for 件, or the other way round."""
    found = numbers(
        document,
        lambda p: (
            _count(p)
            and bool(p.value)
            and p.form is not None
            and p.form.script in ("arabic", "wan", "yuan")
        ),
    )
    money = [f for f in found if f[1].form and "元" in f[1].form.unit]
    scaled = [f for f in found if f[1].form and f[1].form.script == "wan"]
    chosen = (
        rng.choice(money or scaled)
        if (money or scaled) and rng.random() < 0.8
        else _pick(document, rng, found)
    )
    if chosen is None:
        return None
    place, piece = chosen
    assert piece.form is not None
    assert piece.value is not None
    if piece.form.unit == "万元":
        text, variant = piece.text.replace("万元", "元"), "yuan_for_wan"
    elif piece.form.unit == "元":
        text, variant = piece.text.replace("元", "万元"), "wan_for_yuan"
    elif piece.form.script == "wan":
        text, variant = piece.text.replace("万", ""), "wan_dropped"
    else:
        unit = piece.form.unit
        text, variant = piece.text.removesuffix(unit) + "万" + unit, "wan_added"
    others = [at for at, _ in group_of(document, place)[1:]]
    return changed(
        document, "M6", variant, {place: piece.with_text(text)},
        also=others, seen=observable(document, place),
    )  # fmt: skip


def m7_stale(document: Document, rng: Random) -> Mutant | None:
    """Last year's number, or the wrong year beside the right one."""
    case = document.case
    stale: list[tuple[Found, Decimal]] = []
    for place, piece in numbers(
        document, lambda p: _count(p) and p.truth is not None and p.truth.kind == "sum"
    ):
        assert piece.truth is not None
        before = Truth("last", piece.truth.terms).value(case.known)
        if before is None or not piece.form or not fits(before, piece.form):
            continue
        if before != piece.value and not is_true(piece, before, case.known):
            stale.append(((place, piece), before))
    if stale and rng.random() < 0.7:
        (place, piece), before = rng.choice(stale)
        others = [at for at, _ in group_of(document, place)[1:]]
        return changed(document, "M7", "number", {place: piece.with_value(before)}, also=others)
    years = [
        (at, p)
        for at, p, _, _ in document.overview.walk()
        if p.kind == "year" and _tells(document, at.paragraph, at.sentence)
    ]
    if not years:
        return None
    place, piece = rng.choice(years)
    variant = "year" if piece.role == "reporting" else "other_year"
    if piece.role == "reporting":
        return changed(document, "M7", variant, {place: piece.with_text(f"{case.year - 1}年")})
    return changed(document, "M7", variant, {place: piece.with_text(f"{case.year}年")})


def _tells(document: Document, paragraph: int, sentence: int) -> bool:
    """Whether a sentence states a figure of this year that was another one last year."""
    known = document.case.known
    for piece in document.overview.paragraphs[paragraph][sentence].pieces:
        if piece.verdict != "supported" or piece.truth is None or piece.truth.kind != "sum":
            continue
        before = Truth("last", piece.truth.terms).value(known)
        if before is None or before != piece.truth.value(known):
            return True
    return False


def m8_sum(document: Document, rng: Random) -> Mutant | None:
    """One part of a closed list changed and the total kept, or the reverse."""
    totals = numbers(document, lambda p: p.role == "total" and _count(p))
    totals = [f for f in totals if len(group_of(document, f[0])) > 2]
    if not totals:
        return None
    place, _ = rng.choice(totals)
    group = group_of(document, place)
    target, variant = (group[0], "total") if rng.random() < 0.4 else (rng.choice(group[1:]), "part")
    wrong = _wrong(document, rng, target[1])
    if wrong is None or open_list(document, target[0], wrong[1]):
        return None
    others = [at for at, _ in group if at != target[0]]
    return changed(
        document, "M8", variant, {target[0]: target[1].with_value(wrong[1])}, also=others
    )


def m11_order(document: Document, rng: Random) -> Mutant | None:
    """分别为 with the values in another order."""
    lists: dict[str, list[Found]] = {}
    for found in numbers(document, lambda p: p.group != "" and p.role in ("respective", "named")):
        lists.setdefault(found[1].group, []).append(found)
    found_lists = [
        v for v in lists.values() if len({p.value for _, p in v}) > 1 and _respective(document, v)
    ]
    if not found_lists:
        return None
    chosen = rng.choice(found_lists)
    i, j = rng.choice(
        [
            (a, b)
            for a in range(len(chosen))
            for b in range(a)
            if chosen[a][1].value != chosen[b][1].value
        ]
    )
    (left, one), (right, two) = chosen[i], chosen[j]
    assert one.value is not None
    assert two.value is not None
    known = document.case.known
    if is_true(one, two.value, known) or is_true(two, one.value, known):
        return None
    return changed(
        document,
        "M11",
        "permuted",
        {left: one.with_value(two.value), right: two.with_value(one.value)},
    )


def _respective(document: Document, numbers_of_list: list[Found]) -> bool:
    place = numbers_of_list[0][0]
    sentence = document.overview.paragraphs[place.paragraph][place.sentence]
    return any(p.text.startswith("分别") for p in sentence.pieces)


def m12_approximation(document: Document, rng: Random) -> Mutant | None:
    """An approximation that does not hold: 一百二十余 for 98, 近200 for 230."""
    found = numbers(
        document,
        lambda p: p.truth is not None and p.form is not None and not p.form.is_ratio
        and p.truth.kind == "sum" and p.form.unit not in ("元", "万元"),
    )  # fmt: skip
    rng.shuffle(found)
    for place, piece in found:
        assert piece.truth is not None
        assert piece.form is not None
        right = piece.truth.value(document.case.known)
        if right is None or right < 30:
            continue
        size = len(str(int(right)))
        step = Decimal(10) ** (size - (1 if right < 100 else 2))
        low = right // step * step
        word, base = rng.choice(
            (
                ("余", low + step),
                ("多", low + step),
                ("超", low + step),
                ("近", low - step),
                ("余", low - 2 * step),
            )
        )
        if base <= 0 or near_enough(base, right, word) or (word == "近" and right < base):
            continue
        script = "chinese" if base < 1000 and rng.random() < 0.3 else "arabic"
        form = about(Form(script, piece.form.unit), word)
        others = [at for at, _ in group_of(document, place)[1:]]
        return changed(document, "M12", word, {place: piece.with_value(base, form)}, also=others)
    return None


def m15_rewritten(document: Document, rng: Random) -> Mutant | None:
    """Wrong, and in another script or split by a space or a line break."""
    chosen = _pick(
        document,
        rng,
        numbers(document, lambda p: _count(p) and p.form is not None and p.form.script == "arabic"),
    )
    if chosen is None or chosen[1].form is None:
        return None
    place, piece = chosen
    wrong = _wrong(document, rng, piece)
    if wrong is None or open_list(document, place, wrong[1]):
        return None
    value, form = wrong[1], piece.form
    assert form is not None
    variant = rng.choice(("chinese", "wide", "space", "split_space", "split_line"))
    forms = {
        "chinese": rewritten(form, script="chinese", space=False),
        "wide": rewritten(form, script="wide"),
        "space": rewritten(form, space=True),
        "split_space": rewritten(form, split=" "),
        "split_line": rewritten(form, split="\n"),
    }
    if variant.startswith("split") and value < 10:
        variant = "wide"
    if not fits(value, forms[variant]):
        variant = "wide"
    others = [at for at, _ in group_of(document, place)[1:]]
    return changed(
        document, "M15", variant, {place: piece.with_value(value, forms[variant])},
        also=others, seen=observable(document, place),
    )  # fmt: skip
