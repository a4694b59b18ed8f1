"""Where tests find things: the project's own examples, and the optional shared data beside it."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
SHARED = ROOT.parent / "shared"


def shared(name: str) -> Path:
    """Return a file of the shared data, or skip with a reason."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"shared data not here: {name}")
    return path
