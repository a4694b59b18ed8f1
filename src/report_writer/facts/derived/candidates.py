"""What a derived number may stand for: alternatives of formulas, and how surely."""

import re
from dataclasses import dataclass, replace

from report_writer.facts.expressions import PREVIOUS, Expression


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


# What a registered fact counts, where it is the matter of one of the tables: 网上申请, 许可公示.
_MATTERS = (
    ("requests", re.compile(r"申请|来件|收件|受理")),
    ("remedies", re.compile(r"复议|诉讼|应诉")),
    ("proactive", re.compile(r"许可|处罚|强制|文件|规章|收费|审批")),
)


def within_one_matter(derived: Derived) -> Derived | None:
    """Drop shares of what their part is no part of: a decision among requests, a request among posts, all of itself."""
    kept = tuple(
        e
        for e in derived.expressions
        if e.function != "share" or (e.terms != e.base and one_matter(e))
    )
    if kept == derived.expressions:
        return derived
    return replace(derived, expressions=kept) if kept else None


def one_matter(ratio: Expression) -> bool:
    """Whether what a share is of, and its part, are the matter of one table."""
    if all(fact.removeprefix(PREVIOUS).startswith("facts/") for fact in ratio.operands):
        return True
    if ratio.operands[0].startswith("requests/") and not _whole_of_part(ratio):
        return False
    if all(fact.startswith("remedies/") for _, fact in ratio.terms) and all(
        fact.startswith("requests/") and fact.endswith("/total") for _, fact in ratio.base
    ):
        # NOTE: “复议13件，占受理申请的16.3%”: cases are brought over requests.
        return True
    part, base = ({_matter(fact) for _, fact in terms} for terms in (ratio.terms, ratio.base))
    return bool(part & base)


def _whole_of_part(ratio: Expression) -> bool:
    """Whether a part of the requests has a whole for its base: no outcome is a share of one applicant's."""
    parts, wholes = ([fact.split("/") for _, fact in terms] for terms in (ratio.terms, ratio.base))
    if any(len(cell) != len(parts[0]) or cell[-3] != parts[0][-3] for cell in (*parts, *wholes)):
        return True
    return all(cell[-1] in {"total", parts[0][-1]} for cell in wholes) or {
        c[-2] for c in wholes
    } == {c[-2] for c in parts}


def _matter(fact: str) -> str:
    table, _, rest = fact.removeprefix(PREVIOUS).partition("/")
    if table != "facts":
        return table
    return next((name for name, words in _MATTERS if words.search(rest)), table)
