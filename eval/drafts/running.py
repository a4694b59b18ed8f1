"""Every case by every model in every profile, and the leak test; progress on standard error."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from eval.drafts.answers import Kept, NotCachedError
from eval.drafts.cases import Case, load_cases
from eval.drafts.leaks import Leaks, leaks, with_sentinels
from eval.drafts.models import MODELS, PROFILES, Model
from eval.drafts.scoring import Scores, score
from report_writer.drafting.writer import Draft, write_draft

LEAK_CASES = ("all_zero", "busy")


@dataclass(frozen=True)
class Result:
    """One draft: what it was and what it scored. `text` holds the narrative sections."""

    model: str
    profile: str
    case: str
    scores: Scores
    leaks: Leaks
    text: str


@dataclass(frozen=True)
class Missing:
    """A draft that could not be made because its answers were never asked for."""

    model: str
    profile: str
    case: str
    tag: str


def run(
    models: Iterable[Model] = MODELS,
    profiles: Iterable[str] = PROFILES,
    cases: Iterable[str] = (),
    *,
    may_ask: bool,
    prune: bool = False,
) -> Iterator[Result | Missing]:
    """Draft and score; yields one outcome a draft. Nothing is asked of a model unless `may_ask`."""
    wanted = set(cases)
    chosen = [c for c in load_cases() if not wanted or c.name in wanted]
    by_rule = {c.name: write_draft(c.report, name=c.name) for c in chosen}
    for model in models:
        kept = model.backend(may_ask=may_ask)
        try:
            for profile in profiles if kept else ("–",):
                for case in chosen:
                    yield _one(model, kept, profile, case, by_rule[case.name])
            if prune and kept:
                kept.prune()
        finally:
            if kept:
                kept.close()


def _one(
    model: Model, kept: Kept | None, profile: str, case: Case, by_rule: Draft
) -> Result | Missing:
    report = case.report
    try:
        draft = write_draft(
            report,
            backend=kept,
            model=model.label,
            profile=profile if kept else "compact",
            name=case.name,
        )
        found = leaks(draft, by_rule, case)
        if case.name in LEAK_CASES:
            # NOTE: prompts show no value, so the answers to the same report with other values are kept.
            other = with_sentinels(report)
            again = write_draft(
                other, backend=kept, model=model.label, profile=profile if kept else "compact"
            )
            rules = write_draft(other)
            more = leaks(again, rules, case)
            found = Leaks(found.digits + more.digits, found.phrases + more.phrases)
    except NotCachedError as missing:
        return Missing(model.label, profile, case.name, str(missing))
    scores = score(draft, by_rule, case)
    print(
        f"{model.label} {profile} {case.name}: {scores.own_sentences}/{scores.model_sentences}"
        f"/{scores.sentences} {scores.seconds:.0f} s",
        file=sys.stderr,
        flush=True,
    )
    text = "\n".join(draft.report.sections[k] for k in ("overview", "problems", "other_matters"))
    return Result(model.label, profile, case.name, scores, found, text)
