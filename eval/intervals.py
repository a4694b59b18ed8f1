"""Intervals of a proportion."""

import math


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of hits out of total; (0, 1) where nothing was counted."""
    if not total:
        return 0.0, 1.0
    z = 1.96
    share = hits / total
    middle = share + z * z / (2 * total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def proportion(hits: int, total: int) -> str:
    """Return `0.968 [0.951, 0.979] 610/630`, or a dash where nothing was counted."""
    if not total:
        return "–"
    low, high = wilson(hits, total)
    return f"{hits / total:.3f} [{low:.3f}, {high:.3f}] {hits}/{total}"
