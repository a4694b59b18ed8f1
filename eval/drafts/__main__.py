"""`python -m eval.drafts`: draft the fixed cases with every model, score, write eval/DRAFTS.md.

--cached          ask no model; where answers are not kept (a prompt has changed since) nothing is
                  written, and what is missing is named
--partial         write all the same, and list there what is missing
--models A,B      only models whose label contains one of these words; with --cases and --profiles
                  to work in portions; nothing is written then but the answers
--prune           drop kept answers that no run used (a whole run only)
"""

import argparse
import sys
from pathlib import Path

from eval.drafts.models import MODELS, PROFILES
from eval.drafts.report import figures, placed, read_figures, section, write_figures, written
from eval.drafts.running import Missing, run

REPORT = Path(__file__).resolve().parents[1] / "DRAFTS.md"
MAIN = REPORT.with_name("REPORT.md")


def main() -> int:
    """Run and write; exit code 0."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.drafts",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--cached", action="store_true")
    parser.add_argument("--partial", action="store_true")
    parser.add_argument("--prune", action="store_true")
    for name in ("models", "profiles", "cases"):
        parser.add_argument(f"--{name}", default="")
    parser.add_argument("--show", action="store_true", help="print the texts")
    options = parser.parse_args()
    words = [w for w in options.models.split(",") if w]
    models = [m for m in MODELS if not words or any(w in m.label for w in words)]
    profiles = [p for p in options.profiles.split(",") if p] or list(PROFILES)
    cases = [c for c in options.cases.split(",") if c]
    whole = not (words or options.profiles or cases)
    outcomes = list(
        run(models, profiles, cases, may_ask=not options.cached, prune=options.prune and whole)
    )
    if options.show:
        for outcome in outcomes:
            print(f"\n== {outcome.model} {outcome.profile} {outcome.case}")
            print(getattr(outcome, "text", "not kept"))
    missing = [o for o in outcomes if isinstance(o, Missing)]
    if whole and missing and not options.partial:
        print(f"{len(missing)} of {len(outcomes)} drafts have answers nobody asked for yet:")
        print("\n".join(f"  {m.model} {m.profile} {m.case}: {m.tag}" for m in missing))
        print(f"{REPORT.name} stays as it is; `make eval-drafts` asks the models")
    elif whole:
        REPORT.write_text(written(outcomes, read_figures()), encoding="utf-8")
        write_figures(figures(outcomes))
        whole_report = MAIN.read_text(encoding="utf-8")
        MAIN.write_text(placed(whole_report, section(figures(outcomes))), encoding="utf-8")
        print(f"written: {REPORT} and its part of {MAIN}")
    else:
        print(written(outcomes, {}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
