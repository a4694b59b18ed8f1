"""Builds the passages from their sources and refuses every label that does not follow from the figures.

    python -m eval.own_passages.build            writes the .jsonl files beside this file
    python -m eval.own_passages.build --counts   also prints counts per kind

source.txt makes passages.jsonl (p001 …), source_b.txt makes passages_b.jsonl (q001 …),
source_c.txt makes passages_c.jsonl (r001 …); every later source_s.txt makes passages_s.jsonl (s001 …)
and so on with its own letter or number.

A passage of the source is a block of lines, each beginning with a letter:
  =  agency | kind | level | year | self reference
  T  this year's tables, `received 12 n8 c4 | disclosed 10`; L last year's
  F  registered facts, `label=213条 | …`; P last year's; S the scope of the report
  H  the section that holds the text, where it is not the overview
  X  the text; a claim is `[[12件|s|received]]`: quote, verdict (s c u n), expression, flags
Flags: `!kind why` plants an error (`!kind#a why`: claims with one letter share it); `style` for an
approximation of an exact number; `forced` for shares made to add to 100; `parts=1+2` for sums
inside the text. Rows left out of the table of applications are filled in so that it balances.
"""

import json
import re
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

from eval.own_passages.figures import (
    COLUMNS,
    ONE_COLUMN,
    TABLE_OF,
    Cells,
    Figures,
    LabelError,
    holds,
    read,
    value,
    written_out,
)
from eval.truths import APPLICANTS, OUTCOMES

HERE = Path(__file__).resolve().parent
VERDICTS = {"s": "supported", "c": "contradicted", "u": "unverified", "n": "not_a_figure"}
KINDS = {
    *("number_mismatch", "zero_claim_false", "nonzero_claim_false", "universal_claim_false"),
    *("share_mismatch", "change_mismatch", "change_direction", "sum_mismatch"),
    *("respective_list_mismatch", "swapped_facts", "unit_error", "scope_mismatch", "stale_year"),
    *("approximation_false", "approximation_style"),
}
MARK = re.compile(r"\[\[([^|\]]+)\|([scun])(?:\|([^|\]]*))?(?:\|([^\]]*))?\]\]")
DATES = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日")
NUMERALS = re.compile(r"[0-9０-９〇零一二两三四五六七八九十百千万亿]")
WORDS = re.compile(
    "上一年|下一年|一年|一网|一图读懂|两项|两者|统一|进一步|第三方|[一二三四五]是|一致|一律|一体|唯一|一般|专一|单一|一并|逐一|一些|同一|万宁|千阳|三亚|"
    "零售|二维码|二者|三者|六安|九江|十堰|百色|万元|万州|五峰|七台河|三门|两江|千问|零星"
)


def number(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def tables(line: str) -> Cells:
    """Read a table line and fill in the table of applications so that it balances."""
    out: Cells = {"proactive": {}, "requests": {}, "remedies": {}}
    for part in filter(None, (p.strip() for p in line.split("|"))):
        name, *items = part.split()
        table = TABLE_OF.get(name)
        if table is None:
            raise LabelError(f"unknown row {name}")
        row: dict[str, Fraction] = {}
        for item in items:
            column = item[0] if item[0].isalpha() else ""
            key = COLUMNS[table][column] if column else ONE_COLUMN.get(name, "total")
            row[key] = number(item.removeprefix(column))
        if table == "remedies":
            row.setdefault("total", sum(row.values(), Fraction(0)))
            if row["total"] != sum(v for k, v in row.items() if k != "total"):
                raise LabelError(f"{name} does not add up")
        out[table][name] = row
    if out["requests"]:
        out["requests"] = balanced(out["requests"])
    return out


def balanced(rows: dict[str, dict[str, Fraction]]) -> dict[str, dict[str, Fraction]]:
    """Give every row its six columns, and the rows left out what the reconciliation leaves them."""
    nothing = Fraction(0)
    rows = {name: dict(row) for name, row in rows.items()}
    for name in ("received", "carried_over"):
        row = rows.setdefault(name, {"total": nothing})
        named = sum((v for k, v in row.items() if k != "total"), nothing)
        row.setdefault("total", named)
        row["natural_person"] = row.get("natural_person", nothing) + row["total"] - named
    left = {
        c: sum(rows[n].get(c, nothing) for n in ("received", "carried_over")) for c in APPLICANTS
    }
    forward = rows.pop("carried_forward", {"total": nothing})["total"]
    given = sum((rows[name]["total"] for name in OUTCOMES if name in rows), nothing)
    rest = sum(left.values()) - given - forward
    if rest < 0 or (rest and "disclosed" in rows):
        raise LabelError(f"outcomes and carried forward do not balance: {rest} left")
    if rest:
        rows["disclosed"] = {"total": rest}
    for name in sorted((o for o in OUTCOMES if o in rows), key=lambda o: len(rows[o]) == 1):
        open_ = rows[name]["total"] - sum(v for k, v in rows[name].items() if k != "total")
        for column in APPLICANTS:
            taken = rows[name].get(column, nothing)
            left[column] -= taken
            more = min(open_, left[column])
            rows[name][column], left[column], open_ = (
                taken + more,
                left[column] - more,
                open_ - more,
            )
    columns = (*APPLICANTS, "total")
    rows["disposed"] = {c: sum((rows[o].get(c, nothing) for o in OUTCOMES if o in rows), nothing) for c in columns}  # fmt: skip
    rows["carried_forward"] = {**left, "total": sum(left.values(), nothing)}
    if min(left.values()) < 0 or rows["carried_forward"]["total"] != forward:
        raise LabelError("columns do not balance")
    return rows


def registered(line: str) -> list[dict[str, Any]]:
    out = []
    for part in filter(None, (p.strip() for p in line.split("|"))):
        match = re.fullmatch(r"(.+)=([\d.,]+)(\D*)", part)
        if match is None:
            raise LabelError(f"unreadable fact {part}")
        amount = number(match[2])
        plain = int(amount) if amount.denominator == 1 else float(amount)
        out.append({"label": match[1], "value": plain, "unit": match[3], "source": "内部台账"})
    return out


def base(facts: list[dict[str, Any]]) -> dict[str, Fraction]:
    """Value of each fact in base units: 3.5万元 is 35000, 98.5% is 0.985."""

    def scale(unit: str) -> Fraction:
        return {"%": Fraction(1, 100), "万": Fraction(10**4), "亿": Fraction(10**8)}.get(
            unit[:1], Fraction(1)
        )

    return {f["label"]: Fraction(str(f["value"])) * scale(f["unit"]) for f in facts}


def printable(cells: Cells) -> dict[str, Any]:
    """The tables as the report file has them; zeros are left out, `blank_is_zero` says so."""

    def cell(amount: Fraction) -> int | str:
        return int(amount) if amount.denominator == 1 else str(float(amount))

    return {
        table: {row: kept for row, columns in rows.items() if (kept := {c: cell(v) for c, v in columns.items() if v})}
        for table, rows in cells.items()
    }  # fmt: skip


class Passage:
    """One block of the source: its report, its claims and its errors, proved while they are read."""

    def __init__(self, block: str, name: str) -> None:
        lines = {line[0]: line[1:].strip() for line in block.strip().splitlines()}
        agency, kind, level, year, self_reference = (p.strip() for p in lines["="].split("|"))
        facts, before = registered(lines.get("F", "")), registered(lines.get("P", ""))
        last = tables(lines["L"]) if "L" in lines else None
        self.name, self.year = name, int(year)
        self.figures = Figures(tables(lines.get("T", "")), last, base(facts), base(before))
        self.claims: list[dict[str, Any]] = []
        self.errors: dict[str, dict[str, Any]] = {}
        self.stated: dict[str, list[tuple[Fraction, Fraction]]] = {}
        self.text = self._read(lines["X"])
        self._masks()
        self._swaps()
        self.report: dict[str, Any] = {
            "schema": "report-writer/report/1",
            "form": "ogi_2021",
            "year": self.year,
            "agency": {
                "name": agency,
                "self_reference": self_reference,
                "kind": kind,
                "level": level,
            },
            **({"scope": lines["S"]} if "S" in lines else {}),
            "tables": printable(self.figures.now),
            "blank_is_zero": True,
            "facts": facts,
            "sections": {lines.get("H", "overview"): self.text},
        }
        if last is not None or before:
            # last year's registered facts are known without its tables, too
            told = {"tables": printable(last), "blank_is_zero": True} if last is not None else {}
            self.report["previous"] = {
                "year": self.year - 1, "form": "ogi_2021", **told, "facts": before,
            }  # fmt: skip

    def _read(self, marked: str) -> str:
        text, at = "", 0
        for match in MARK.finditer(marked):
            text += marked[at : match.start()]
            at = match.end()
            quote, verdict, fact, flags = (
                match[1],
                VERDICTS[match[2]],
                match[3] or None,
                match[4] or "",
            )
            fact = written_out(fact) if fact else None
            span = [len(text), len(text) + len(quote)]
            parts = [flag.strip() for flag in flags.split(";") if flag.strip()]
            kinds = self._plant(parts, span)
            self._prove(quote, verdict, fact, parts, kinds, text)
            text += quote
            self.claims.append({"start": span[0], "end": span[1], "quote": quote, "verdict": verdict, "fact": fact})  # fmt: skip
        text += marked[at:]
        if "[[" in text or "]]" in text:
            raise LabelError(f"{self.name}: unreadable mark in {text}")
        return text

    def _plant(self, flags: list[str], span: list[int]) -> list[str]:
        planted = []
        for flag in (f for f in flags if f.startswith("!")):
            key, _, why = flag[1:].partition(" ")
            kind = key.partition("#")[0]
            if kind not in KINDS:
                raise LabelError(f"{self.name}: unknown kind {kind}")
            planted.append(kind)
            at = key if "#" in key else f"{key}@{span[0]}"
            error = self.errors.setdefault(at, {"kind": kind, "spans": [], "why": ""})
            error["spans"].append(span)
            error["why"] = error["why"] or why
        return planted

    def _prove(self, quote: str, verdict: str, fact: str | None, flags: list[str], kinds: list[str], before: str) -> None:  # fmt: skip
        where = f"{self.name} {quote!r}"
        if verdict in ("unverified", "not_a_figure"):
            unverified = {"scope_mismatch", "sum_mismatch"}
            allowed = unverified if verdict == "unverified" else {"stale_year"}
            if fact or set(kinds) - allowed:
                raise LabelError(f"{where}: no expression and no other error fits {verdict}")
            # What is carried forward goes to the next year, so this year can be the wrong one.
            forward = any("结转" in flag for flag in flags)
            if "stale_year" in kinds and quote == f"{self.year}年" and not forward:
                raise LabelError(f"{where}: that is the year of the report")
            return
        if not fact:
            raise LabelError(f"{where}: {verdict} needs an expression")
        marks = frozenset({f for f in flags if f in ("style", "forced")} | ({"change"} if "change_" in fact else set()))  # fmt: skip
        given = next((f[6:] for f in flags if f.startswith("parts=")), None)
        if fact == "internal:sum":
            if given is None:
                raise LabelError(f"{where}: a sum inside the text names its parts")
            left, _, right = given.partition("=")
            actual = sum(map(number, left.split("+")), Fraction(0))
            true = actual == number(right) if right else holds(quote, actual)
        else:
            actual = value(fact, self.figures)
            true = holds(quote, actual, marks) and self._direction(quote, fact, actual, before)
            # A difference of two percentages is in points, never in percent.
            true = true and not (quote.endswith("%") and fact.count("share(") == 2)
        if true != (verdict == "supported"):
            raise LabelError(f"{where}: {verdict}, but {fact} is {float(actual)}")
        wrong = set(kinds) - {"approximation_style", "stale_year", "sum_mismatch"}
        if (verdict == "contradicted") != bool(kinds) and not (
            verdict == "supported" and not wrong
        ):
            raise LabelError(f"{where}: {verdict} with {kinds}")
        self._fits(where, quote, fact, actual, kinds, marks)
        written = read(quote)
        for kind in kinds:
            if written is not None:
                self.stated.setdefault(kind, []).append((written.value, actual))

    def _direction(self, quote: str, fact: str, actual: Fraction, before: str) -> bool:
        if "change_" not in fact or read(quote) is None:
            return True
        if re.search("翻|减半", quote):
            return (actual > 0) == ("翻" in quote)
        words = re.findall(r"增|升|提高|上涨|上扬|多|减|降|下滑|少|回落|缩|跌|持平", before[-12:])
        if not words:
            raise LabelError(f"{self.name} {quote!r}: no word of direction before a change")
        return (actual > 0) == (words[-1] in "增升提高上涨上扬多")

    def _fits(self, where: str, quote: str, fact: str, actual: Fraction, kinds: list[str], marks: frozenset[str]) -> None:  # fmt: skip
        """Whether each planted kind is what is wrong with the claim."""
        written = read(quote)
        fits = {
            "zero_claim_false": (written is None or written.value == 0) and actual != 0,
            "nonzero_claim_false": written is not None and written.value > 0 and actual == 0,
            "universal_claim_false": written is None or written.value == 1,
            "change_direction": "change" in marks
            and (written is None or holds(quote, actual, marks)),
            "change_mismatch": "change" in marks or "last_year:" in fact,
            "approximation_false": bool(
                re.search("余|多|超|逾|突破|近|不足|不到|约|左右|以上|上下|过半|上百", quote)
            ),
            "approximation_style": "style" in marks,
        }
        for kind in kinds:
            if not fits.get(kind, True):
                raise LabelError(f"{where}: not a {kind}")

    def _masks(self) -> None:
        """Label dates by themselves; refuse a numeral that nobody labelled."""
        covered = [(c["start"], c["end"]) for c in self.claims]
        for match in DATES.finditer(self.text):
            if not any(start < match.end() and match.start() < end for start, end in covered):
                self.claims.append({"start": match.start(), "end": match.end(), "quote": match[0], "verdict": "not_a_figure", "fact": None})  # fmt: skip
        self.claims.sort(key=lambda c: c["start"])
        bare = list(self.text)
        for start, end in [(c["start"], c["end"]) for c in self.claims]:
            bare[start:end] = "＿" * (end - start)
        rest = WORDS.sub(lambda m: "＿" * len(m[0]), "".join(bare))
        if found := NUMERALS.search(rest):
            raise LabelError(f"{self.name}: nobody labelled {self.text[max(0, found.start() - 8) : found.end() + 8]!r}")  # fmt: skip
        for left, right in zip(self.claims, self.claims[1:], strict=False):
            if left["end"] > right["start"]:
                raise LabelError(f"{self.name}: claims overlap at {right['quote']}")

    def _swaps(self) -> None:
        """What is swapped or listed in the wrong order is the same values at other places."""
        for kind in ("swapped_facts", "respective_list_mismatch"):
            pairs = self.stated.get(kind, [])
            if sorted(p[0] for p in pairs) != sorted(p[1] for p in pairs):
                raise LabelError(f"{self.name}: {kind}, but the values are not the same ones")

    def mapping(self) -> dict[str, Any]:
        """The line of passages.jsonl."""
        return {"id": self.name, "report": self.report, "claims": self.claims, "errors": list(self.errors.values())}  # fmt: skip


_FIRST = {"p": "", "q": "_b", "r": "_c"}
_LATER = {
    name: f"_{name}"
    for path in sorted(HERE.glob("source_*.txt"))
    if (name := path.stem.removeprefix("source_")) not in ("b", "c")
}
SOURCES = {
    letter: (f"source{suffix}.txt", f"passages{suffix}.jsonl")
    for letter, suffix in (_FIRST | _LATER).items()
}


def passages(letter: str = "p") -> list[dict[str, Any]]:
    """Read and prove the whole source whose passages are named with this letter."""
    source = (HERE / SOURCES[letter][0]).read_text(encoding="utf-8")
    proved, refused = [], []
    for n, block in enumerate(re.split(r"\n\s*\n", source.strip()), 1):
        name = f"{letter}{n:03d}"
        try:
            proved.append(Passage(block, name).mapping())
        except LabelError as error:
            refused.append(f"{name}: {error}")
    if refused:
        raise LabelError("\n".join(refused))
    return proved


def main() -> None:
    for letter, (_, target) in SOURCES.items():
        cases = passages(letter)
        lines = [json.dumps(case, ensure_ascii=False, sort_keys=False) for case in cases]
        (HERE / target).write_text("\n".join(lines) + "\n", encoding="utf-8")
        if "--counts" in sys.argv:
            print(target)
            counts(cases)


def counts(cases: list[dict[str, Any]]) -> None:
    """Print passages, claims and planted errors of each half."""
    for half in (1, 0):
        chosen = [case for case in cases if int(case["id"][1:]) % 2 == half]
        kinds = Counter(e["kind"] for case in chosen for e in case["errors"])
        verdicts = Counter(c["verdict"] for case in chosen for c in case["claims"])
        clean = sum(not case["errors"] for case in chosen)
        texts = [text for case in chosen for text in case["report"]["sections"].values()]
        lengths = [len(text) for text in texts]
        print("odd" if half else "even", len(chosen), "clean", clean, dict(verdicts))
        print("  lengths", min(lengths), max(lengths), sum(lengths) / len(lengths))
        absent = sorted(KINDS - set(kinds))
        print(" ", sum(kinds.values()), dict(sorted(kinds.items())), "absent", absent)


if __name__ == "__main__":
    main()
