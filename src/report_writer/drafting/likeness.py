"""How alike two Chinese sentences are, 0 to 1: rapidfuzz's ratio over their characters."""

from rapidfuzz import fuzz


def likeness(one: str, other: str) -> float:
    """Return the normalised indel similarity of two texts."""
    return fuzz.ratio(one.rstrip("。；"), other.rstrip("。；")) / 100
