"""What a derived number may stand for: alternatives of formulas, and how surely."""

from dataclasses import dataclass

from report_writer.facts.expressions import Expression


@dataclass(slots=True)
class Derived:
    """Alternatives a derived number may stand for; `sign` is the written direction of a change."""

    expressions: tuple[Expression, ...]
    sign: int = 1
    strong: bool = True
    change: bool = False
    # Formulas that would explain a wrong number (share of the wrong base).
    wrong: tuple[Expression, ...] = ()
    # What has changed, where nothing but the looseness of its name makes the reading weak.
    hangs_on: Expression | None = None
