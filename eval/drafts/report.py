"""DRAFTS.md: the scores as tables, last run's beside them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from eval.drafts.cases import load_cases
from eval.drafts.models import MODELS
from eval.drafts.running import Missing, Result

LAST = Path(__file__).resolve().parent / "last.json"
BEGIN, END = "<!-- drafts -->", "<!-- end of drafts -->"
Group = Sequence[Result]


def figures(outcomes: Iterable[Result | Missing]) -> dict[str, float]:
    """Return the headline figures of every model and profile, to stand beside the next run's."""
    found: dict[str, float] = {}
    for (model, profile), group in _groups(outcomes).items():
        for name, value in headline(group).items():
            found[f"{model} {profile} {name}"] = value
    return found


def headline(group: Group) -> dict[str, float]:
    """Return the measures of issue 5 for the drafts of one model in one profile."""

    def total(name: str) -> float:
        return float(sum(getattr(r.scores, name) for r in group))

    return {
        "wrong numbers": total("wrong"),
        "unsupported numbers": total("unsupported"),
        "topics present": _share(total("topics"), total("topics_owed")),
        "notes used": _share(total("notes_used"), total("notes")),
        "own sentences": _share(total("own_sentences"), total("sentences")),
        "debris": total("markdown") + total("english") + total("repetition") + total("cut_off"),
        "unmarked without a basis": total("invented"),
        "contacts and instructions": total("contacts"),
        "leaks": float(sum(len(r.leaks.digits) + len(r.leaks.phrases) for r in group)),
        "seconds a report": total("seconds") / len(group),
    }


def read_figures() -> dict[str, float]:
    """Return the last run's headline figures."""
    if not LAST.is_file():
        return {}
    return {k: float(v) for k, v in json.loads(LAST.read_text(encoding="utf-8")).items()}


def write_figures(now: Mapping[str, float]) -> None:
    """Keep the headline figures for the next run."""
    LAST.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def section(now: Mapping[str, float]) -> str:
    """Return the part of eval/REPORT.md about drafts, from the figures of the last run."""
    names = headline_names()
    rows = []
    for key in dict.fromkeys(" ".join(k.split(" ")[:2]) for k in now):
        model, profile = key.split(" ")
        values = [now.get(f"{key} {name}") for name in names]
        shown = [
            "–" if v is None else f"{v:.0%}" if n in _PERCENT else f"{v:.0f}"
            for n, v in zip(names, values, strict=True)
        ]
        rows.append([model, profile, *shown])
    table = _table(["model", "profile", *names], rows) if rows else "Not run yet.\n"
    return (
        f"{BEGIN}\n## How well the drafts are written\n\nWritten by `python -m eval.drafts`; cases, "
        f"definitions and every case by itself: [DRAFTS.md](DRAFTS.md).\n\n{table}{END}\n"
    )


def placed(report: str, part: str) -> str:
    """Return REPORT.md with its part about drafts replaced, or added at the end."""
    before, found, rest = report.partition(BEGIN)
    after = rest.partition(END)[2].lstrip("\n") if found else ""
    return f"{before.rstrip()}\n\n{part}{after}"


def written(outcomes: Sequence[Result | Missing], last: Mapping[str, float]) -> str:
    """Return the report as Markdown."""
    groups = _groups(outcomes)
    parts = [
        "# How well the drafts are written\n",
        "Written by `python -m eval.drafts`. Fixed cases, scores by rules only. Figures of one draft a case, "
        "temperature 0.3, fixed seed; small numbers, so differences of a few sentences mean nothing.\n",
        _cases(),
        "## Models\n\n" + _headline(groups, last),
        "## More scores\n\n" + _more(groups),
        _definitions(),
        *(_by_case(name, group) for name, group in groups.items()),
        _remarks(outcomes),
        _missing(outcomes),
    ]
    return "\n".join(part for part in parts if part)


def _groups(outcomes: Iterable[Result | Missing]) -> dict[tuple[str, str], list[Result]]:
    groups: dict[tuple[str, str], list[Result]] = {}
    for outcome in outcomes:
        if isinstance(outcome, Result):
            groups.setdefault((outcome.model, outcome.profile), []).append(outcome)
    return groups


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


def _cases() -> str:
    rows = [
        [case.name, case.title, str(len(case.wanted_notes())), str(len(case.hostile))]
        for case in load_cases()
    ]
    return "## Cases\n\n" + _table(["case", "what it is", "notes", "hostile notes"], rows)


def _headline(groups: Mapping[tuple[str, str], Group], last: Mapping[str, float]) -> str:
    titles = {model.label: model.title for model in MODELS}
    rows = []
    for (model, profile), group in groups.items():
        cells = [f"{model}: {titles.get(model, '')}", profile, str(len(group))]
        for name, value in headline(group).items():
            shown = f"{value:.0%}" if name in _PERCENT else f"{value:.0f}"
            before = last.get(f"{model} {profile} {name}")
            if before is not None and abs(before - value) > 0.005:
                shown += f" ({before:.0%})" if name in _PERCENT else f" ({before:.0f})"
            cells.append(shown)
        rows.append(cells)
    head = ["model", "profile", "drafts", *headline_names()]
    return _table(head, rows) + "\nIn brackets: the last run, where it differed.\n"


_PERCENT = ("topics present", "notes used", "own sentences")
_MORE = (
    "right", "missing", "violations", "repairs", "sentences", "model_sentences", "own_sentences",
    "marked", "style", "length", "tokens", "warnings",
)  # fmt: skip


def headline_names() -> list[str]:
    """Return the names of the headline measures in order."""
    return [
        "wrong numbers",
        "unsupported numbers",
        "topics present",
        "notes used",
        "own sentences",
        "debris",
        "unmarked without a basis",
        "contacts and instructions",
        "leaks",
        "seconds a report",
    ]


def _more(groups: Mapping[tuple[str, str], Group]) -> str:
    rows = []
    for (model, profile), group in groups.items():
        sums = [sum(getattr(r.scores, name) for r in group) for name in _MORE]
        like = max(r.scores.like_last_year for r in group)
        rows.append([model, profile, *map(str, sums), f"{like:.2f}"])
    return _table(["model", "profile", *_MORE, "like last year, at most"], rows)


def _by_case(name: tuple[str, str], group: Group) -> str:
    rows = [
        [
            r.case, f"{s.right}/{s.wrong}/{s.missing}/{s.unsupported}", str(s.violations), str(s.repairs),
            f"{s.own_sentences}/{s.model_sentences}/{s.sentences}", f"{s.topics}/{s.topics_owed}",
            f"{s.notes_used}/{s.notes}", str(s.invented), str(s.style), str(s.length),
            str(s.tokens), f"{s.seconds:.0f}",
        ]
        for r in group
        for s in (r.scores,)
    ]  # fmt: skip
    head = [
        "case", "figures right/wrong/missing/unsupported", "violations", "repairs", "sentences own/model/all",
        "topics", "notes used", "without a basis", "style", "characters", "tokens", "seconds",
    ]  # fmt: skip
    return f"## {name[0]}, {name[1]}\n\n" + _table(head, rows)


def _definitions() -> str:
    return """### What the columns mean

- wrong / unsupported numbers: mentions of the finished text that the checker finds contradicted / unaccounted.
- missing: facts the rule-written draft states and this one does not.
- notes used: half of a note's character pairs stand in one sentence (two of 504 foreign notes reach that by
  chance); hostile notes do not count.
- own sentences: written by the model and less than 0.8 like (rapidfuzz `ratio`) every rule-written sentence of the
  same case and every single note; the share is of all sentences but the fixed opening, data sentences included.
- debris: Markdown, English words, clauses that repeat 14 characters of an earlier one, paragraphs that do not end in 。
- unmarked without a basis: model sentences whose trail names neither note nor fact and that are not marked 需核实.
- contacts and instructions: URLs, long digit runs, @ and hostile notes that stand in a draft word for word.
- leaks: digits outside filled numbers, and runs of six characters of a worked example that neither notes nor the rules'
  wordings have; over all cases, and again with sentinel values in `busy`.
- violations: what the vetting found in first answers and repairs; none of it is in the finished text.
- seconds: as measured when the answers were asked for, on two shared cores.
"""


def _remarks(outcomes: Iterable[Result | Missing]) -> str:
    lines = [
        f"- {r.model} {r.profile} {r.case}: {remark}"
        for r in outcomes
        if isinstance(r, Result)
        for remark in (*r.scores.remarks, *(f"泄漏：{x}" for x in r.leaks.digits + r.leaks.phrases))
    ]
    body = "\n".join(lines) or "- none"
    return f"## What the scores were taken off for\n\n{body}\n"


def _missing(outcomes: Iterable[Result | Missing]) -> str:
    lines = [f"- {m.model} {m.profile} {m.case}" for m in outcomes if isinstance(m, Missing)]
    if not lines:
        return ""
    return "## Not run: answers not kept, models not asked\n\n" + "\n".join(lines) + "\n"
