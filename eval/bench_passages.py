"""Operators on the clean passages of the labelled set: real phrasing that nobody here made up.

A passage comes as text with labelled spans; a supported number is changed, so the error is observable
by its label. Only operators that need nothing but a labelled number are applied.
"""

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from eval.measuring import Checker, Tally
from eval.mutating import miswritten
from eval.running import met
from eval.writing import chinese

_NUMBER = re.compile(r"(\d+)(件|条|宗|起|例|份|项|篇|场|次|期|人|人次)")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class Change:
    """A changed passage: the report file, its section, and where the error is (None: harmless)."""

    name: str
    code: str
    mapping: dict[str, Any]
    section: str
    span: tuple[int, int] | None


def changes(case: dict[str, Any], *, seed: int = 0, per_case: int = 3) -> Iterator[Change]:
    """Yield, for each operator, up to `per_case` changes of one passage."""
    rng = Random(f"{seed}/{case['id']}")
    section, text = next(iter(case["report"]["sections"].items()))
    plain = [
        c
        for c in case["claims"]
        if c["verdict"] == "supported" and c["fact"] and _NUMBER.fullmatch(c["quote"])
    ]
    for code, operator in _OPERATORS.items():
        for claim in rng.sample(plain, min(per_case, len(plain))):
            if code == "M12" and claim["fact"].startswith("internal"):
                continue
            new = operator(claim, plain, rng)
            if new is None:
                continue
            mapping = copy.deepcopy(case["report"])
            mapping["sections"][section] = text[: claim["start"]] + new + text[claim["end"] :]
            span = (claim["start"], claim["start"] + len(new)) if code.startswith("M") else None
            yield Change(case["id"], code, mapping, section, span)
    yield from _table_changes(case, section, plain, rng)


def _parts(claim: dict[str, Any]) -> tuple[int, str]:
    match = _NUMBER.fullmatch(claim["quote"])
    if match is None:
        raise ValueError(claim["quote"])
    return int(match[1]), match[2]


def _digits(claim: dict[str, Any], plain: list[dict[str, Any]], rng: Random) -> str | None:
    value, unit = _parts(claim)
    wrong = int(miswritten(Decimal(value), rng)[1])
    return f"{wrong}{unit}" if wrong != value else None


def _other(claim: dict[str, Any], plain: list[dict[str, Any]], rng: Random) -> str | None:
    value, unit = _parts(claim)
    others = [_parts(c)[0] for c in plain if _parts(c)[0] != value]
    return f"{rng.choice(others)}{unit}" if others else None


def _approximation(claim: dict[str, Any], plain: list[dict[str, Any]], rng: Random) -> str | None:
    value, unit = _parts(claim)
    if value < 30:
        return None
    step = 10 ** (len(str(value)) - (1 if value < 100 else 2))
    return f"{(value // step + 1) * step}余{unit}"


def _script(claim: dict[str, Any], plain: list[dict[str, Any]], rng: Random) -> str | None:
    wrong = _digits(claim, plain, rng)
    if wrong is None:
        return None
    number, unit = _NUMBER.fullmatch(wrong).groups()  # type: ignore[union-attr]
    return (
        chinese(int(number))
        if rng.random() < 0.5 and int(number) < 10**8
        else number.translate(_WIDE)
    ) + unit


def _wan(claim: dict[str, Any], plain: list[dict[str, Any]], rng: Random) -> str | None:
    value, unit = _parts(claim)
    return f"{value}万{unit}" if value else None


def _small(claim: dict[str, Any], plain: list[dict[str, Any]], rng: Random) -> str | None:
    value, unit = _parts(claim)
    if not 0 < value < 10:
        return None
    return (
        f"{value}".translate(_WIDE) + unit
        if value == 2 or rng.random() < 0.5
        else f"{chinese(value)}{unit}"
    )


def _in_chinese(claim: dict[str, Any], plain: list[dict[str, Any]], rng: Random) -> str | None:
    value, unit = _parts(claim)
    return f"{chinese(value)}{unit}" if 10 <= value < 10_000 else None


def _thousands(claim: dict[str, Any], plain: list[dict[str, Any]], rng: Random) -> str | None:
    value, unit = _parts(claim)
    return f"{value:,}{unit}" if value >= 1000 else None


_OPERATORS: dict[str, Callable[[dict[str, Any], list[dict[str, Any]], Random], str | None]] = {
    "M1": _digits,
    "M2": _other,
    "M6": _wan,
    "M12": _approximation,
    "M15": _script,
    "N1": _small,
    "N2": _in_chinese,
    "N3": _thousands,
}


def _table_changes(
    case: dict[str, Any], section: str, plain: list[dict[str, Any]], rng: Random
) -> Iterator[Change]:
    """M14: the cell behind a labelled number changed, the text kept."""
    tied = [
        c
        for c in plain
        if re.fullmatch(r"(proactive|requests|remedies)/[a-z_.]+/[a-z_]+", c["fact"])
    ]
    for claim in rng.sample(tied, min(2, len(tied))):
        mapping = copy.deepcopy(case["report"])
        table, row, column = claim["fact"].split("/")
        cells = mapping["tables"].setdefault(table, {}).setdefault(row, {})
        if isinstance(cells.get(column, 0), int):
            cells[column] = cells.get(column, 0) + rng.randint(1, 9)
            yield Change(case["id"], "M14", mapping, section, (claim["start"], claim["end"]))


def measure(cases: list[dict[str, Any]], ask: Checker, *, tell: bool) -> Tally:
    """Count found errors and silent harmless changes; `tell` keeps the failures for people to read."""
    tally = Tally()
    for case in cases:
        alarmed = bool(ask(case["report"] | {"schema": "report-writer/report/1"}).alarms)
        tally.counts.update(passages=1, alarmed=alarmed)
        for change in changes(case):
            answer = ask(change.mapping)
            count = tally.of(change.code)
            text = change.mapping["sections"][change.section]
            if change.span is None:
                if alarmed:
                    continue
                count.update(changes=1, silent=not answer.alarms)
                failed = bool(answer.alarms)
            else:
                # The passage was silent before, so any alarm is of this change; a broken sum may tell it
                # at the total.
                if alarmed:
                    continue
                found = bool(answer.alarms)
                there = bool(met(answer.alarms, [change.span], change.section))
                count.update(errors=1, found=found, at_place=there)
                failed = not found
            if failed and tell:
                start, end = change.span or (0, 0)
                got = "; ".join(f"{a.code} {text[a.start : a.end]}" for a in answer.alarms)
                tally.failures.append(
                    f"BENCH {change.name} {change.code}: got {got or 'silence'}\n"
                    f"    {text[:start]}⟦{text[start:end]}⟧{text[end:]}"
                )
    return tally
