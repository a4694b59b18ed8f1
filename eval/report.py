"""REPORT.md: the figures of a run as tables, last run's beside them."""

from collections.abc import Mapping
from typing import Any

from eval.development_set import Scores
from eval.intervals import proportion
from eval.measuring import Tally
from eval.mutations import ERRORS, HARMLESS
from eval.running_all import Run
from eval.speed import Speed, Speeds, machine


def figures(run: Run) -> dict[str, float]:
    """Return the headline figures, kept to stand beside those of the next run."""
    clean, errors = run.ours.clean.counts, run.ours.errors
    found = {code: _rate(errors.of(code), "found", "errors") for code in ERRORS}
    quiet = {code: _rate(run.ours.harmless.of(code), "silent", "changes") for code in HARMLESS}
    return {
        "reports without alarm": 1 - clean["alarmed"] / clean["reports"],
        "alarms per 1,000 claims": 1000 * clean["alarms"] / clean["claims"],
        **{f"{code} found": rate for code, rate in found.items()},
        **{f"{code} silent": rate for code, rate in quiet.items()},
        "unobservable unaccounted": _rate(errors.counts, "unaccounted", "unobservable"),
        "reports per second": run.speed.dense.per_second,
        "reports per second, as published": run.speed.usual.per_second,
        "peak memory MiB": float(run.speed.peak_mib),
    }


def written(run: Run, even: Mapping[str, Any] | None, last: Mapping[str, float]) -> str:
    """Return the whole report as Markdown."""
    parts = [
        "# How well the number checker reads\n",
        "Written by `make eval`. Intervals are 95 % Wilson. Found means: a NUM finding of severity error or"
        " warning whose span shares at least a third with the place of the error.\n",
        f"Machine: {machine()}. Absolute figures belong to it.\n",
        _headline(figures(run), last),
        _development(run, even),
        _synthetic(run),
        _operators(run),
        _passages(run.passages),
        _baselines(run),
        _speed(run.speed),
        _notes(run),
    ]
    return "\n".join(parts)


def _rate(count: Mapping[str, int], good: str, all_of: str) -> float:
    return count[good] / count[all_of] if count[all_of] else 1.0


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


def _headline(now: Mapping[str, float], last: Mapping[str, float]) -> str:
    rows = [
        [name, f"{value:.3f}" if value < 10 else f"{value:.0f}", _last(last.get(name))]
        for name, value in now.items()
    ]
    return "## Beside the last run\n\n" + _table(["figure", "this run", "last run"], rows)


def _last(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}" if value < 10 else f"{value:.0f}"


def _development(run: Run, even: Mapping[str, Any] | None) -> str:
    title = "## Labelled passages\n\n"
    if isinstance(run.odd, str):
        return f"{title}Not scored: {run.odd}\n"
    looks = even["looks"] if even else []
    text = (
        title
        + "Odd cases were tuned on. Nobody read an even one: their figures were taken at the end of each round "
        "of work on passages by other hands, and every look is told.\n\n"
    )
    rows = [
        [n, _measure(run.odd.measures[n]), *(_measure(look["measures"].get(n)) for look in looks)]
        for n in run.odd.measures
    ]
    heads = [f"even, look {number}" for number in range(1, len(looks) + 1)]
    text += _table(["measure", "odd", *heads], rows)
    text += _details("odd cases, by kind", run.odd)
    if looks and looks[-1].get("details"):
        last = looks[-1]
        text += _details(
            f"even cases, by kind (look {len(looks)}, on {last['date']} at {last['commit']})",
            Scores(last["measures"], last["details"]),
        )
    return text


def _measure(m: Mapping[str, float] | None) -> str:
    if m is None:
        return "not run yet"
    return f"{m['value']:.3f} [{m['low']:.3f}, {m['high']:.3f}] {m['k']:.0f}/{m['n']:.0f}"


def _details(title: str, scores: Scores) -> str:
    return f"\n<details><summary>{title}</summary>\n\n```\n{scores.details.strip()}\n```\n\n</details>\n"


def _synthetic(run: Run) -> str:
    clean = run.ours.clean
    counts = clean.counts
    text = f"""## True reports drawn at random

{counts["reports"]} reports with balanced tables, told by a grammar that shares no code and no word list with
the checker; {counts["claims"]} labelled mentions.

- reports without a false alarm: {proportion(counts["reports"] - counts["alarmed"], counts["reports"])}
- false alarms: {counts["alarms"]}, or {counts["alarms"] / counts["reports"]:.4f} per report and \
{1000 * counts["alarms"] / counts["claims"]:.2f} per 1,000 claims
- crashes of a rule: {counts["crashes"]}; mentions that overlap: {counts["overlaps"]}

"""
    rows = [
        [
            kind, str(c["claims"]), proportion(c["found"], c["claims"]), proportion(c["status"], c["claims"]),
            proportion(c["span"], c["spans"]), proportion(c["link"], c["linked"]),
        ]
        for kind, c in sorted(clean.kinds.items())
    ]  # fmt: skip
    return text + _table(
        ["kind of claim", "claims", "found", "right status", "exact span", "right cells"], rows
    )


def _operators(run: Run) -> str:
    errors, harmless = run.ours.errors, run.ours.harmless
    rows = []
    for code, (title, _) in ERRORS.items():
        c = errors.of(code)
        rows.append([
            code, title, proportion(c["found"], c["errors"]), proportion(c["at_place"], c["found"]),
            proportion(c["right_cell"], c["with_cells"]), _variants(errors, code),
        ])  # fmt: skip
    counts = errors.counts
    text = "## One error in each report\n\nObservable errors: a cell, a registered fact or a sum contradicts them.\n\n"
    text += _table(
        [
            "code",
            "error",
            "found",
            "of these at the very place",
            "of these naming a right cell",
            "variants",
        ],
        rows,
    )
    text += f"""
- all operators: {proportion(counts["found"], counts["errors"])}
- unobservable errors that came back unaccounted, without an alarm: \
{proportion(counts["unaccounted"], counts["unobservable"])}
- alarms elsewhere in reports that were silent before: {counts["elsewhere"]} in {counts["watched"]} reports

### Harmless changes

"""
    rows = [
        [code, title, proportion(harmless.of(code)["silent"], harmless.of(code)["changes"])]
        for code, (title, _) in HARMLESS.items()
    ]
    return text + _table(["code", "change", "silent"], rows)


def _variants(errors: Tally, code: str) -> str:
    kinds = [
        (k.split(" ", 1)[1], c) for k, c in sorted(errors.kinds.items()) if k.startswith(f"{code} ")
    ]
    return ", ".join(f"{name} {c['found']}/{c['errors']}" for name, c in kinds)


def _passages(tally: Tally | None) -> str:
    title = "## The same on clean labelled passages (odd cases)\n\n"
    if tally is None:
        return title + "Not run: the labelled passages are not beside this repository.\n"
    rows = []
    for code, c in sorted(tally.kinds.items(), key=lambda item: (item[0][0], int(item[0][1:]))):
        label = (ERRORS | HARMLESS)[code][0]
        found = proportion(c["found"], c["errors"]) if c["errors"] else "–"
        rows.append(
            [
                code,
                label,
                found,
                proportion(c["at_place"], c["found"]),
                proportion(c["silent"], c["changes"]),
            ]
        )
    text = f"{tally.counts['passages']} passages, {tally.counts['alarmed']} of them with an alarm before any change.\n\n"
    return title + text + _table(["code", "change", "found", "at the very place", "silent"], rows)


def _baselines(run: Run) -> str:
    rows = []
    for name, measured in {"ours": run.ours, **run.baselines}.items():
        clean, errors, harmless = (
            measured.clean.counts,
            measured.errors.counts,
            measured.harmless.counts,
        )
        rows.append([
            name, proportion(errors["found"], errors["errors"]),
            proportion(clean["reports"] - clean["alarmed"], clean["reports"]),
            f"{1000 * clean['alarms'] / clean['claims']:.1f}",
            proportion(harmless["silent"], harmless["changes"]),
        ])  # fmt: skip
    text = "## Baselines, same reports, same run\n\nB0: the value stands anywhere in the tables. B1: the first match of well-known patterns.\n\n"
    return text + _table(
        [
            "checker",
            "errors found",
            "clean reports silent",
            "false alarms per 1,000 claims",
            "harmless changes silent",
        ],
        rows,
    )


def _speed(speeds: Speeds) -> str:
    rows = [
        _speed_row(name, speed)
        for name, speed in (("dense", speeds.dense), ("as published", speeds.usual))
    ]
    head = ["text", "characters", "numerals per 1,000", "reports a second", "median ms", "95th ms"]
    return f"""## Speed

Report and text in memory → ledger, no I/O, one core, processor time. Numerals: figures, claims, dates and the
like; published reports have 16 to 26 per 1,000 characters. Peak memory of the process {speeds.peak_mib} MiB.

{_table(head, rows)}"""


def _speed_row(name: str, speed: Speed) -> list[str]:
    return [
        name,
        str(speed.characters),
        f"{speed.numerals:.0f}",
        f"{speed.per_second:.0f}",
        f"{speed.median_ms:.1f}",
        f"{speed.p95_ms:.1f}",
    ]


def _notes(run: Run) -> str:
    return f"""## What this does not show

- {run.size.reports} reports come from one grammar by one author; real reports are freer. The labelled passages and
  published reports are the better test.
- Lists after 其中, 包括 or in brackets may honestly name some parts only; a change that leaves such a list possible is
  no error and was left out.
- Numbers split by a line break or a space inside their digits are counted under M15.
"""
