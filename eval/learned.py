"""Train the weights of `facts.linking.learned` on the project's own labelled passages.

`python -m eval.learned` writes `facts/data/learned_*.tsv`; it needs scikit-learn (`pip install -e .[learn]`).
`python -m eval.learned --without 1,2,3,odd` leaves sets out and says how well they are then read: what may be expected on
passages nobody has seen.
"""

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from eval.development_set import CASES, available
from eval.own_passages.build import HERE
from report_writer.facts.linking.learned import (
    FIRST,
    LAST,
    NO_CELL,
    RARE,
    SCALE,
    UNKNOWN,
    Neighbours,
    clause_features,
    number_features,
    unnumbered_clauses,
)
from report_writer.facts.text.normalise import normalise

TARGET = Path("src/report_writer/facts/data")
_NUMERAL = re.compile(r"[0-9０-９一二三四五六七八九十百千两零〇半成倍]")
# A class told by fewer examples, and a feature seen less often, teaches nothing.
_LEAST_OF_A_CLASS, _LEAST_SEEN = 6, 3
# Weights below it change no link (measured: the same links with a fortieth of the weights).
_LEAST_WEIGHT = 0.08
_ID = re.compile(r'"id": ?"[a-z]*(\d+)"')
# Of 256 neighbours: about as many as the checker leaves open.
_FORGOTTEN = 38


class Example(NamedTuple):
    """A labelled count: what the model sees of it, and what it means."""

    features: list[str]
    meaning: str


def passages() -> list[Path]:
    """Return the files of the labelled passages."""
    return sorted(HERE.glob("passages*.jsonl"))


def odd_cases() -> list[str]:
    """Return the odd cases of the labelled set beside the repository, as lines; none where it is not there."""
    if not available():
        return []
    lines = CASES.read_text(encoding="utf-8").splitlines()
    # NOTE: told by the id alone: an even case is not even parsed.
    return [line for line in lines if int(_ID.findall(line)[0]) % 2]


def digest(files: list[Path]) -> str:
    """Return a short digest of the training data, by which outdated weights are told."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def meaning(claim: dict[str, Any]) -> str:
    """Return the class of a claim: its formula over cells, or that no cell is meant."""
    fact = (claim.get("fact") or "").replace(" ", "")
    if not fact or "extra:" in fact or fact.startswith("internal"):
        return NO_CELL
    return fact


def numbers(cases: Iterable[str]) -> Iterator[Example]:
    """Yield the numbers of labelled passages, in order."""
    for text, claims in _passages(cases):
        known = [FIRST, FIRST, *_known(claims), LAST]
        for at, claim in enumerate(claims):
            if _NUMERAL.search(claim["quote"]):
                around = Neighbours(known[at], known[at + 1], known[at + 3])
                seen = number_features(text, claim["start"], claim["end"], around)
                yield Example(seen, meaning(claim))


def clauses(cases: Iterable[str]) -> Iterator[Example]:
    """Yield the clauses without a digit of labelled passages, those that state a figure and those that do not."""
    for text, claims in _passages(cases):
        known = list(zip(_known(claims), claims, strict=True))
        for start, end in unnumbered_clauses(text):
            inside = [c for c in claims if c["start"] < end and start < c["end"]]
            before = [FIRST, FIRST, *(k for k, c in known if c["end"] <= start)]
            after = [*(k for k, c in known if c["start"] >= end), LAST]
            around = Neighbours(before[-2], before[-1], after[0])
            says = meaning(inside[0]) if inside else NO_CELL
            yield Example(clause_features(text, start, end, around), says)


def lines_of(files: list[Path]) -> Iterator[str]:
    """Yield the labelled passages of some files, a line each."""
    for path in files:
        yield from path.read_text(encoding="utf-8").splitlines()


def _passages(cases: Iterable[str]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for line in cases:
        case = json.loads(line)
        (text,) = case["report"]["sections"].values()
        claims = [c for c in case["claims"] if c["verdict"] != "not_a_figure"]
        yield normalise(text), sorted(claims, key=lambda c: c["start"])


def _known(claims: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what a checker may know of each claim: now and then nothing, the same ones in every training."""
    for claim in claims:
        mark = hashlib.sha256(f"{claim['start']}{claim['quote']}".encode()).digest()[0]
        yield meaning(claim) if mark > _FORGOTTEN else UNKNOWN


def train(seen: list[Example], source: str) -> str:
    """Return the weights as text: the digest of their source, the classes, their bias, a line for every feature."""
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = Counter(example.meaning for example in seen)
    common = {name for name, n in counts.items() if n >= _LEAST_OF_A_CLASS}
    vectors = CountVectorizer(analyzer=lambda x: x, min_df=_LEAST_SEEN, binary=True)
    matrix = vectors.fit_transform([example.features for example in seen])
    model = LogisticRegression(C=1.0, max_iter=60, tol=1e-3)
    model.fit(matrix, [e.meaning if e.meaning in common else RARE for e in seen])
    weights = np.where(abs(model.coef_) > _LEAST_WEIGHT, model.coef_, 0)
    steps = np.round(weights * SCALE).astype(int)
    lines = [source, "\t".join(model.classes_)]
    lines.append("\t".join(str(round(b * SCALE)) for b in model.intercept_))
    for name, column in sorted(vectors.vocabulary_.items()):
        said = " ".join(f"{at}:{steps[at, column]}" for at in np.flatnonzero(steps[:, column]))
        if said:
            lines.append(f"{name}\t{said}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Train, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", default="", help="sets left out, by letter: 1,2,3,odd")
    parser.add_argument("--output", type=Path, default=TARGET)
    options = parser.parse_args()
    left_out = {f"passages_{name}" for name in options.without.split(",") if name}
    files = [path for path in passages() if path.stem not in left_out]
    odd = [] if "odd" in options.without.split(",") else odd_cases()
    source = f"{digest(files)} {len(odd)}"
    for name, read in (("numbers", numbers), ("clauses", clauses)):
        seen = list(read((*lines_of(files), *odd)))
        target = options.output / f"learned_{name}.tsv"
        target.write_text(train(seen, source), encoding="utf-8")
        print(f"{target}: {len(seen)} examples from {len(files)} sets and {len(odd)} odd cases")


if __name__ == "__main__":
    main()
