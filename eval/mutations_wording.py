"""Error operators on words and tables: M4 M5 M9 M10 M13 M14."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from eval.mutating import Found, Mutant, changed, holds, numbers, pieces, told
from eval.passages import SUPPORTED, Passage, Piece, Place, Sentence
from eval.synthetic import Document
from eval.truths import APPLICANTS, total_of
from eval.wording.labels import FAMILIES, LABELS
from eval.writing import Form, write

_FLIPS = (
    ("有所增加", "有所减少"), ("有所减少", "有所增加"), ("明显上升", "明显下降"), ("有所回落", "有所增长"),
    ("与上年持平", "较上年有所增长"), ("与上年相同", "比上年有所下降"),
    ("增长", "下降"), ("上升", "下降"), ("增加", "减少"), ("下降", "上升"), ("减少", "增加"), ("降低", "提高"),
    ("多了", "少了"), ("少了", "多了"),
)  # fmt: skip
# What a careless writer says where there is nothing, and where there is something.
_NONE = {
    "received": ("未收到政府信息公开申请", "没有收到依申请公开件"),
    "carried_over": ("无上年结转申请", "没有上年结转件"),
    "carried_forward": ("无结转下年度办理事项", "没有结转至下年的申请"),
    "withheld": ("没有不予公开的申请",),
    "not_processed": ("未作出不予处理决定",),
    "reco": ("未发生政府信息公开行政复议案件",),
    "litigation": ("没有发生政府信息公开行政诉讼",),
    "norm_issued": ("未制发行政规范性文件",),
    "licences": ("未作出行政许可决定",),
    "penalties": ("没有作出行政处罚决定",),
    "coercive": ("未实施行政强制",),
    "charges": ("未收取行政事业性收费",),
}
_SOME = {
    "received": "收到政府信息公开申请",
    "carried_over": "上年结转申请",
    "carried_forward": "结转下年度办理申请",
    "withheld": "不予公开申请",
    "not_processed": "不予处理申请",
    "unable_to_provide": "无法提供",
    "reco": "发生政府信息公开行政复议案件",
    "litigation": "发生政府信息公开行政诉讼案件",
    "norm_issued": "制发行政规范性文件",
    "licences": "作出行政许可决定",
    "penalties": "作出行政处罚决定",
    "coercive": "实施行政强制",
    "charges": "收取行政事业性收费",
}
# Where a claim that something did not happen loses its negation, or 全部 its truth.
_TURNED = (
    ("没有作出", "作出了"),
    ("没有新出台", "新出台了"),
    ("没有发生", "发生了"),
    ("没有公民", "有公民"), ("没有收到", "收到了"), ("未收到", "收到"), ("未接到任何", "接到"), ("也没有", "也"),
    ("没有因政府", "曾因政府"), ("也无", "也有"), ("亦无", "亦有"), ("没有", "有"), ("无", "有"), ("不存在", "存在"),
    ("未发生", "发生了"), ("未作出", "作出"), ("未制发", "制发了"), ("未收取", "收取了"), ("未实施", "实施了"),
    ("未因", "曾因"), ("均已", "未全部"), ("已全部", "未全部"), ("均在年内", "未在年内全部"), ("均为", "不全为"),
    ("全部由", "并非全部由"),
)  # fmt: skip
_ALL_DONE = ("收到的申请已全部办结", "全年应办申请均已办结", "年内申请全部办理完毕")
_ALL_NATURAL = ("新收申请均由自然人提出", "新收申请的申请人全部为自然人")


def m4_direction(document: Document, rng: Random) -> Mutant | None:
    """增长 ↔ 下降, 增至 ↔ 增加."""
    overview = document.overview
    turned = [f for f in pieces(document, lambda p: p.text in ("增至", "降至") or _reaches(p))]
    found = pieces(document, lambda p: p.kind == "direction")
    if not found and not turned:
        return None
    place, piece = rng.choice(found + turned)
    if piece.kind != "direction":
        number = _next_number(overview, place)
        if number is None:
            return None
        after = number[1].value
        truth = number[1].truth
        change = replace(truth, kind="change").value(document.case.known) if truth else None
        if change is None or after is None or abs(change) == after:
            return None
        text = piece.text.replace("增至", "增加").replace("降至", "减少")
        return _with_number(document, "to_by", place, piece.with_text(text), number)
    for old, new in _FLIPS:
        if old in piece.text:
            flipped = piece.with_text(piece.text.replace(old, new))
            return _with_number(document, "flip", place, flipped, _next_number(overview, place))
    return None


def _reaches(piece: Piece) -> bool:
    return piece.kind == "words" and piece.text.endswith(("增至", "降至"))


def _next_number(overview: Passage, place: Place) -> Found | None:
    sentence = overview.paragraphs[place.paragraph][place.sentence]
    if place.index + 1 < len(sentence.pieces) and sentence.pieces[place.index + 1].kind == "number":
        at = Place(place.paragraph, place.sentence, place.index + 1)
        return at, overview.at(at)
    return None


def _with_number(
    document: Document, variant: str, place: Place, piece: Piece, number: Found | None
) -> Mutant:
    also = [number[0]] if number else []
    mutant = changed(document, "M4", variant, {place: piece}, also=also)
    if number:
        word, figure = mutant.spans
        mutant = replace(mutant, spans=(figure, word, (word[0], figure[1])))
    return mutant


def m5_zero(document: Document, rng: Random) -> Mutant | None:
    """Nothing claimed where there is something; a number claimed where there is nothing."""
    known = document.case.known
    some = numbers(
        document,
        lambda p: (
            p.name in _NONE and bool(p.value) and p.truth is not None and p.truth.kind == "sum"
        ),
    )
    none = pieces(document, lambda p: p.kind == "claim" and p.name in _SOME)
    if some and (not none or rng.random() < 0.6):
        place, piece = rng.choice(some)
        truth = total_of(piece.name)
        claim = Piece(rng.choice(_NONE[piece.name]), "claim", SUPPORTED, truth, name=piece.name)
        return _sentence_replaced(document, "M5", "zero_on_some", place, claim)
    if not none:
        return None
    place, piece = rng.choice(none)
    if total_of(piece.name).value(known) != 0:
        return None
    form = Form(unit="万元" if piece.name == "charges" else "件")
    value = Decimal(rng.randint(1, 9))
    wrong = Piece(
        write(value, form), "number", SUPPORTED, total_of(piece.name), value, form, piece.name
    )
    return _expanded(document, "M5", "some_on_zero", place, (Piece(_SOME[piece.name]), wrong))


def _sentence_replaced(
    document: Document, code: str, variant: str, place: Place, claim: Piece
) -> Mutant:
    """Put a one-clause sentence where a sentence was."""
    paragraphs = [list(p) for p in document.overview.paragraphs]
    paragraphs[place.paragraph][place.sentence] = Sentence((Piece("全年"), claim, Piece("。")))
    return _at(document, code, variant, paragraphs, Place(place.paragraph, place.sentence, 1))


def _expanded(
    document: Document, code: str, variant: str, place: Place, new: tuple[Piece, ...]
) -> Mutant:
    """Put several pieces where one was; the error is the last of them."""
    paragraphs = [list(p) for p in document.overview.paragraphs]
    sentence = paragraphs[place.paragraph][place.sentence]
    before, after = sentence.pieces[: place.index], sentence.pieces[place.index + 1 :]
    paragraphs[place.paragraph][place.sentence] = Sentence((*before, *new, *after))
    at = Place(place.paragraph, place.sentence, place.index + len(new) - 1)
    return _at(document, code, variant, paragraphs, at)


def _at(
    document: Document, code: str, variant: str, paragraphs: list[list[Sentence]], place: Place
) -> Mutant:
    overview = Passage(tuple(tuple(p) for p in paragraphs))
    truth = overview.at(place).truth
    cells = truth.operands if truth else frozenset()
    if "requests/received/company" in cells:
        cells |= {"requests/received/natural_person", "requests/received/total"}
    return Mutant(code, variant, told(document, overview), (overview.span(place),), cells)


def m9_negation(document: Document, rng: Random) -> Mutant | None:
    """予以公开 ↔ 不予公开; 未收到 → 收到了; 全部 → 部分."""
    known = document.case.known
    pairs: list[tuple[Place, Piece, Found]] = []
    for at, piece, _, _ in document.overview.walk():
        number = _next_number(document.overview, at)
        if (
            number
            and piece.text.endswith(("予以公开", "不予公开"))
            and number[1].name in ("disclosed", "withheld")
        ):
            other = "withheld" if number[1].name == "disclosed" else "disclosed"
            if total_of(other).value(known) != number[1].value:
                pairs.append((at, piece, number))
    claims = pieces(document, lambda p: p.kind == "claim" and not p.name.startswith("f:"))
    if pairs and (not claims or rng.random() < 0.6):
        place, piece, number = rng.choice(pairs)
        turned = "不予公开" if piece.text.endswith("予以公开") else "予以公开"
        mutant = changed(
            document,
            "M9",
            "outcome",
            {place: piece.with_text(piece.text[:-4] + turned)},
            also=[number[0]],
        )
        other = "withheld" if number[1].name == "disclosed" else "disclosed"
        cells = mutant.cells | total_of(other).operands
        return replace(mutant, spans=mutant.spans[::-1], cells=cells)
    if not claims:
        return None
    place, piece = rng.choice(claims)
    for old, new in _TURNED:
        if old in piece.text:
            text = piece.text.replace(old, new, 1)
            return changed(document, "M9", "dropped", {place: piece.with_text(text)})
    return None


def m10_universal(document: Document, rng: Random) -> Mutant | None:
    """All handled, though some were carried forward; all natural persons, though some were not."""
    known = document.case.known
    rates = numbers(document, lambda p: p.name == "disposed/pool" and p.value != 1)
    if rates and rng.random() < 0.4:
        place, piece = rates[0]
        return changed(
            document, "M10", "rate", {place: piece.with_value(Decimal(1), Form(unit="%"))}
        )
    options = [
        n for n in ("carried_forward", "organisations") if (total_of(n).value(known) or 0) > 0
    ]
    if not options:
        return None
    name = rng.choice(options)
    claim = Piece(
        rng.choice(_ALL_DONE if name == "carried_forward" else _ALL_NATURAL),
        "claim", SUPPORTED, total_of(name), name=name,
    )  # fmt: skip
    told_at = numbers(document, lambda p: p.name == "carried_forward" and name == "carried_forward")
    if told_at:
        return _sentence_replaced(document, "M10", name, told_at[0][0], claim)
    requests = numbers(
        document, lambda p: p.truth is not None and p.truth.terms[0].startswith("requests/")
    )
    if not requests:
        return None
    last = requests[-1][0]
    paragraphs = [list(p) for p in document.overview.paragraphs]
    paragraphs[last.paragraph].insert(last.sentence + 1, Sentence((claim, Piece("。"))))
    return _at(document, "M10", name, paragraphs, Place(last.paragraph, last.sentence + 1, 0))


def m13_party(document: Document, rng: Random) -> Mutant | None:
    """The right number under the wrong label: 自然人 ↔ 企业, 维持 ↔ 纠正, 复议 ↔ 诉讼."""
    known = document.case.known
    options: list[tuple[Place, Piece, Found, str]] = []
    for at, piece, _, _ in document.overview.walk():
        number = _next_number(document.overview, at)
        if piece.kind != "label" or number is None or number[1].name != piece.name:
            continue
        for family in FAMILIES:
            for other in family if piece.name in family else ():
                if other != piece.name and total_of(other).value(known) != number[1].value:
                    options.append((at, piece, number, other))
    if not options:
        return None
    place, piece, number, other = rng.choice(options)
    changes = {place: piece.with_text(LABELS[other][0])}
    twin = [
        f for f in pieces(document, lambda p: p.kind == "label" and p.name == other)
        if (f[0].paragraph, f[0].sentence) == (place.paragraph, place.sentence)
    ]  # fmt: skip
    # Where the other label stands in the same list the two change places, as they would by hand.
    changes |= {at: label.with_text(piece.text) for at, label in twin}
    also = [number[0], *(n[0] for at, _ in twin if (n := _next_number(document.overview, at)))]
    mutant = changed(document, "M13", "exchanged" if twin else "relabelled", changes, also=also)
    named = len(changes)
    spans = (*mutant.spans[named:], *mutant.spans[:named])
    return replace(mutant, spans=spans, cells=mutant.cells | total_of(other).operands)


def m14_table(document: Document, rng: Random) -> Mutant | None:
    """A cell changed and the text kept; the identities of the table break or stay true."""
    case = document.case
    told_cells = numbers(
        document,
        lambda p: p.truth is not None and p.truth.kind == "sum" and p.verdict == SUPPORTED
        and not p.truth.terms[0].startswith("extra:") and p.form is not None and not p.form.is_approximate,
    ) + pieces(document, lambda p: p.kind == "claim" and p.verdict == SUPPORTED and not p.name.startswith("f:"))  # fmt: skip
    if not told_cells:
        return None
    _, piece = rng.choice(told_cells)
    assert piece.truth is not None
    step = Decimal(rng.randint(1, 9))
    cells = dict(case.cells)
    if piece.name in ("received", "carried_forward", "pool") and rng.random() < 0.7:
        column, variant = rng.choice(APPLICANTS), "balanced"
        for row in ("received", "carried_forward"):
            cells[f"requests/{row}/{column}"] += step
            cells[f"requests/{row}/total"] += step
    else:
        variant = "unbalanced"
        cells[rng.choice(piece.truth.terms)] += step
    mutated = replace(document, case=replace(case, cells=cells))
    known = mutated.case.known
    wrong = [
        (at, p)
        for at, p, _, _ in document.overview.walk()
        if p.verdict == SUPPORTED and not holds(p, known)
    ]
    if not wrong:
        return None
    operands: frozenset[str] = frozenset()
    for _, p in wrong:
        operands |= p.truth.operands if p.truth else frozenset()
    return Mutant(
        "M14", variant, mutated, tuple(document.overview.span(at) for at, _ in wrong), operands
    )
