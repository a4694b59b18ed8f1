"""Scores on the labelled passages beside the repository, printed by their own scorer.

The odd cases may be tuned on; the even ones are asked once, at the end of the work (`--even`).
"""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
CASES = BENCH / "claims_dev.jsonl"


@dataclass(frozen=True)
class Scores:
    """`measures`: name → value, low, high, k, n. `details`: errors by kind and label → status, as printed."""

    measures: dict[str, dict[str, float]]
    details: str

    def stored(self) -> dict[str, object]:
        """Return the scores as plain data."""
        return asdict(self)


def available() -> bool:
    """Whether the labelled passages lie beside the repository."""
    return CASES.is_file()


def score(half: str) -> Scores:
    """Run the scorer on the `odd` or `even` cases. Raises RuntimeError where it gives no figures."""
    measured = _scorer(half, "--json")
    return Scores(json.loads(measured), _scorer(half).split("\n\n", 1)[1])


def _scorer(half: str, *options: str) -> str:
    command = f"{sys.executable} -m report_writer check --format jsonl"
    words = [
        sys.executable,
        str(BENCH / "score_claims.py"),
        str(CASES),
        "--only",
        half,
        "--command",
        command,
    ]
    run = subprocess.run(
        [*words, *options], capture_output=True, text=True, encoding="utf-8", check=False
    )
    if run.returncode or not run.stdout.strip():
        # What an even case says stays unread, in messages too.
        told = f": {run.stdout[-500:]}{run.stderr[-1500:]}" if half == "odd" else ""
        raise RuntimeError(f"the scorer gave no figures for the {half} cases{told}")
    return run.stdout


def clean_cases(half: str) -> list[dict[str, object]]:
    """Return the fully consistent passages of one half."""
    with CASES.open(encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines]
    return [c for c in cases if not c["errors"] and (int(c["id"][1:]) % 2 == 1) == (half == "odd")]
