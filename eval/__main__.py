"""`python -m eval`: run everything and write eval/REPORT.md.

--quick   a small sample on standard output, nothing written (continuous integration)
--even    also score the even labelled cases and record the figures as one more look at them; nobody reads
          them, and a look is for the end of a round of work
"""

import argparse
import datetime
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from eval import batch, development_set, scale
from eval.drafts import report as drafts
from eval.report import figures, written
from eval.running_all import FULL, QUICK, run_all

HERE = Path(__file__).resolve().parent
REPORT, LAST, EVEN, FAILURES = (
    HERE / name for name in ("REPORT.md", "last.json", "even.json", "failures.txt")
)
SHOWN = 30


def main() -> int:
    """Run, write, and say where."""
    parser = argparse.ArgumentParser(
        prog="python -m eval",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--even", action="store_true")
    options = parser.parse_args()
    if options.even:
        _record_even()
    run = run_all(QUICK if options.quick else FULL)
    text = written(run, _read(EVEN) or None, _read(LAST))
    FAILURES.write_text("\n".join(run.failures) + "\n", encoding="utf-8")
    if options.quick:
        print(text)
    else:
        # NOTE: the parts about drafts, many checks and batches come of runs of their own.
        text = drafts.placed(scale.placed(text), drafts.section(drafts.read_figures()))
        REPORT.write_text(
            batch.placed(text, batch.section(batch.stored())),
            encoding="utf-8",
        )
        LAST.write_text(
            json.dumps(figures(run), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        print(f"written: {REPORT}")
    print(f"{len(run.failures)} failures, the first {SHOWN} of {FAILURES}:", file=sys.stderr)
    print("\n".join(run.failures[:SHOWN]), file=sys.stderr)
    return 0


def _record_even() -> None:
    if not development_set.available():
        sys.exit("the labelled passages are not beside this repository")
    try:
        scores = development_set.score("even").stored()
    except RuntimeError as error:
        sys.exit(str(error))
    stored = {
        "commit": _commit(),
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        **scores,
    }
    looks = [*_read(EVEN).get("looks", ()), stored]
    EVEN.write_text(
        json.dumps({"looks": looks}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def _commit() -> str:
    """Return the commit of the checkout; empty outside one."""
    words = ["git", "-C", str(HERE), "describe", "--always", "--dirty"]
    run = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
    return run.stdout.strip()


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    found = json.loads(path.read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else {}


if __name__ == "__main__":
    sys.exit(main())
