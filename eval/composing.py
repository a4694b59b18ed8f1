"""Turn a template into a sentence of pieces.

Slots: `{name}` a figure · `{name=}` the total of this sentence's list · `{name~}` about so many ·
`{>name}` last year's · `{%name/base}` share · `{+name}` change in percent · `{±name}` change as count ·
`{^name|text}` a direction that was checked · `{!name|text}` a digit-less claim that name is 0 ·
`{@name}` its label · `{list:key}` the parts · `{?unit,low,high}` a number nobody registered ·
`{#text}` a numeral that is no figure · `{y}` `{y-1}` `{y+1}` years · `{me}` the body itself.
Names `f:<label>` are registered facts.
"""

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from eval.passages import NOT_A_FIGURE, SUPPORTED, UNVERIFIED, Piece, Sentence, verdict_of
from eval.sampling import Case
from eval.truths import Truth, terms_of, total_of
from eval.wording.labels import CATEGORIES, LABELS
from eval.writing import Form, about, fits, write

_SLOT = re.compile(r"\{([^{}]+)\}")
_UNITS = {
    "requests": (("件", 14), ("条", 2), ("宗", 2), ("起", 1), ("例", 1), ("份", 1), ("项", 1)),
    "remedies": (("件", 8), ("起", 3), ("宗", 1), ("条", 1)),
    "proactive": (("件", 8), ("份", 2), ("篇", 1), ("个", 1)),
    # 许可事项 are counted in 项 and 个; decisions are not.
    "decisions": (("件", 9), ("份", 1), ("起", 1), ("宗", 1)),
}


class Composer:
    """Writes sentences for one case in one consistent hand."""

    def __init__(self, case: Case, rng: Random) -> None:
        self.case, self.rng, self._lists = case, rng, 0
        self.known = case.known
        self.script = rng.choices(("arabic", "thousands", "wide", "chinese"), (80, 12, 3, 5))[0]
        self.units = {
            table: rng.choices(*zip(*units, strict=True))[0] for table, units in _UNITS.items()
        }
        self.place_values = rng.choice((0, 1, 1, 2))

    def value(self, name: str) -> Decimal:
        """Return the value of a short name of this year."""
        value = total_of(name).value(self.known)
        if value is None:
            raise KeyError(name)
        return value

    def sentence(
        self,
        template: str,
        lists: dict[str, tuple[tuple[str, ...], str]] | None = None,
        *,
        free: bool = True,
    ) -> Sentence:
        """Fill a template. `lists` gives for each `{list:key}` the names and its style."""
        self._lists += 1
        pieces: list[Piece] = []
        end = 0
        for match in _SLOT.finditer(template):
            if match.start() > end:
                pieces.append(Piece(template[end : match.start()]))
            pieces += self._slot(match[1], lists or {})
            end = match.end()
        if end < len(template):
            pieces.append(Piece(template[end:]))
        return Sentence(tuple(pieces), free)

    def _slot(self, slot: str, lists: dict[str, tuple[tuple[str, ...], str]]) -> list[Piece]:
        if slot.startswith(("y", "#", "me")):
            return [self._fixed(slot)]
        head, body = slot[0], slot[1:]
        if slot.startswith("list:"):
            names, style = lists[slot[5:]]
            return self._list(names, style)
        if slot.startswith("parts:"):
            return self._categories(Decimal(slot[6:]))
        if head in "!^":
            name, _, text = body.partition("|")
            truth = total_of(name) if head == "!" else Truth("change", terms_of(name))
            kind = "claim" if head == "!" else "direction"
            return [Piece(text, kind, verdict_of(truth, self.known), truth, name=name)]
        if head == "@":
            return [Piece(self.rng.choice(LABELS[body]), "label", name=body)]
        if head == "%":
            return [self._share(*body.split("/"))]
        if head == "+":
            return self._rate(body)
        if head == "±":
            return self._change(body)
        if head == ">":
            return [self._number(Truth("last", terms_of(body)), self._form(body), body)]
        if head == "?":
            unit, low, high = body.split(",")
            value = Decimal(self.rng.randint(int(low), int(high)))
            return [self._written(value, Form(unit=unit))]
        if slot.endswith("~"):
            return [self._approximate(slot[:-1])]
        total = slot.endswith("=")
        name = slot.removesuffix("=")
        piece = self._number(total_of(name), self._form(name), name)
        return [self._grouped(piece, "total") if total else piece]

    def _fixed(self, slot: str) -> Piece:
        if slot == "me":
            return Piece(self.case.self_reference)
        if slot.startswith("#"):
            return Piece(slot[1:], "mask", NOT_A_FIGURE)
        year = self.case.year + int(slot[1:] or 0)
        role = "reporting" if slot == "y" else "other"
        return Piece(f"{year}年", "year", NOT_A_FIGURE, value=Decimal(year), role=role)

    def _form(self, name: str) -> Form:
        if name.startswith("f:"):
            unit = self.case.register[name[2:]][1]
        elif name == "charges":
            return (
                Form("yuan" if self.rng.random() < 0.2 else "arabic", "元", places=0)
                if (self.rng.random() < 0.25)
                else Form(unit="万元")
            )
        else:
            address = terms_of(name)[0]
            table = "decisions" if address.endswith("/decisions") else address.split("/")[0]
            unit = self.units[table]
        return Form(self.script, unit, space=self.script == "arabic" and self.rng.random() < 0.02)

    def _number(self, truth: Truth, form: Form, name: str) -> Piece:
        value = truth.value(self.known)
        if value is None:
            raise KeyError(f"{name} is unknown here")
        if form.unit == "元" and truth.terms[0].startswith("proactive/charges"):
            form = replace(form, script="yuan")
        if form.script == "chinese" and not 0 < value <= 20:
            form = replace(form, script="arabic")
        if not fits(value, form):
            form = replace(form, script="arabic")
        if form.script in ("arabic", "thousands") and value >= 10_000 and self.rng.random() < 0.3:
            wan = replace(form, script="wan")
            form = wan if fits(value, wan) else form
        return Piece(
            write(value, form), "number", verdict_of(truth, self.known), truth, value, form, name
        )

    def _written(self, value: Decimal, form: Form) -> Piece:
        return Piece(write(value, form), "number", UNVERIFIED, None, value, form)

    def _share(self, name: str, base: str) -> Piece:
        truth = Truth("share", terms_of(name), terms_of(base))
        value = truth.value(self.known)
        if value is None:
            raise KeyError(name)
        exact = value * 100 == (value * 100).to_integral_value()
        form = Form(unit="%", places=0 if exact else self.place_values)
        if exact and self.script == "chinese":
            form = replace(form, script="chinese")
        return Piece(write(value, form), "number", SUPPORTED, truth, value, form, f"{name}/{base}")

    def _rate(self, name: str) -> list[Piece]:
        truth = Truth("rate", terms_of(name))
        value = truth.value(self.known)
        if not value:
            raise KeyError(name)
        word = self.rng.choice(("增长", "上升", "增加") if value > 0 else ("下降", "减少", "降低"))
        form = Form(unit="%", places=self.place_values if abs(value) >= Decimal("0.02") else 2)
        number = Piece(write(abs(value), form), "number", SUPPORTED, truth, abs(value), form, name)
        return [Piece(word, "direction", name=name), number]

    def _change(self, name: str) -> list[Piece]:
        truth = Truth("change", terms_of(name))
        value = truth.value(self.known)
        if not value:
            raise KeyError(name)
        word = self.rng.choice(("增加", "多了", "上升") if value > 0 else ("减少", "少了", "下降"))
        form = replace(self._form(name), script="arabic")
        number = Piece(write(abs(value), form), "number", SUPPORTED, truth, abs(value), form, name)
        return [Piece(word, "direction", name=name), number]

    def _approximate(self, name: str) -> Piece:
        """Write 1,234 as 1200余, 近1300, 约1200 or 超1200."""
        truth, value = total_of(name), self.value(name)
        form = replace(self._form(name), script="arabic", space=False)
        step = Decimal(10) ** (len(str(int(value))) - (1 if value < 100 else 2))
        low = value // step * step
        if value < 30 or low == value:
            return self._number(truth, form, name)
        style = self.rng.choice(("余", "多", "近", "约", "超"))
        near = (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step
        if style == "约" and abs(near - value) * 25 > value:
            style = "余"
        if style == "近" and (low + step - value) * 5 > step * 2:
            style = "余"
        base = {"近": low + step, "约": near}.get(style, low)
        form = about(form, style)
        if base >= 10_000 and fits(base, replace(form, script="wan")):
            form = replace(form, script="wan")
        text = write(base, form)
        return Piece(text, "number", verdict_of(truth, self.known), truth, base, form, name)

    def _grouped(self, piece: Piece, role: str) -> Piece:
        return replace(piece, group=f"g{self._lists}", role=role)

    def _list(self, names: tuple[str, ...], style: str) -> list[Piece]:
        """`parts`: 自然人3件、企业2件 · `respective`: 自然人、企业分别为3件、2件 · `named`: parts without a total."""
        labels = [Piece(self.rng.choice(LABELS[name]), "label", name=name) for name in names]
        if len(names) < 2 and style == "respective":
            style = "parts"
        role = "respective" if style == "respective" else "part"
        numbers = [self._grouped(self._number(total_of(n), self._form(n), n), role) for n in names]
        if style == "named":
            numbers = [replace(n, role="named") for n in numbers]
        comma = Piece("、" if style == "respective" else self.rng.choice(("、", "、", "，")))
        result: list[Piece] = []
        if style == "respective":
            for i, label in enumerate(labels):
                result += [label] if not i else [Piece("、"), replace(label, role="respective")]
            result.append(Piece(self.rng.choice(("分别为", "分别是", "分别有"))))
            for i, number in enumerate(numbers):
                result += [number] if not i else [comma, number]
            return result
        for i, (label, number) in enumerate(zip(labels, numbers, strict=True)):
            result += ([comma] if i else []) + [label, number]
        return result

    def _categories(self, total: Decimal) -> list[Piece]:
        """Split a total over categories nobody registered; the parts add up."""
        count = self.rng.randint(2, 5)
        cuts = sorted(self.rng.sample(range(1, int(total)), count - 1))
        sizes = [b - a for a, b in zip([0, *cuts], [*cuts, int(total)], strict=True)]
        result: list[Piece] = []
        for i, (category, size) in enumerate(
            zip(self.rng.sample(CATEGORIES, count), sizes, strict=True)
        ):
            number = self._written(Decimal(size), Form(unit="条"))
            result += [Piece("、")] if i else []
            result += [Piece(category), self._grouped(number, "part")]
        return result
