"""Two years of figures that add up: this year's tables and last year's, as in the report file."""

from random import Random
from typing import Any

from made_up_agencies import MadeUp

APPLICANTS = ("natural_person", "company", "research", "public_interest", "legal_service", "other")
# How often each kind of applicant, and each outcome, turns up.
APPLICANT_WEIGHTS = (78, 11, 1, 3, 5, 2)
OUTCOMES = {
    "disclosed": 40, "disclosed_in_part": 10,
    "withheld.state_secret": 0.3, "withheld.forbidden_by_law": 1, "withheld.security_and_stability": 0.3,
    "withheld.third_party_rights": 2, "withheld.internal_affairs": 1, "withheld.deliberative_process": 2,
    "withheld.enforcement_file": 2, "withheld.administrative_query": 3,
    "unable_to_provide.not_held": 18, "unable_to_provide.needs_creation": 2,
    "unable_to_provide.unclear_after_supplement": 1,
    "not_processed.petition": 6, "not_processed.repeat": 2, "not_processed.publication": 0.3,
    "not_processed.voluminous_repeat": 0.5, "not_processed.confirmation": 0.3,
    "otherwise_closed.supplement_overdue": 3, "otherwise_closed.fee_overdue": 0, "otherwise_closed.other": 4,
}  # fmt: skip
REMEDIES = ("reconsideration", "direct_litigation", "litigation_after_reconsideration")
RESULTS = ("upheld", "corrected", "other_outcome", "pending")
Tables = dict[str, Any]


def two_years(agency: MadeUp, rng: Random) -> tuple[Tables, Tables]:
    """Return (this year's tables, last year's): each balanced, and the second leading to the first."""
    mean = (
        rng.choice((0, 0, 2, 5, 12, 30)) * agency.size * (1 if agency.level != "township" else 0.5)
    )
    nought = dict.fromkeys(APPLICANTS, 0)
    before, handed_on = _requests(rng, mean, _spread(rng, round(mean / 10)))
    now, _ = _requests(rng, mean * rng.uniform(0.8, 1.25), handed_on if mean else nought)
    first, second = _proactive(agency, rng)
    return (
        {
            "proactive": second,
            "requests": now,
            "remedies": (later := _remedies(rng, mean, None))[0],
        },
        {"proactive": first, "requests": before, "remedies": _remedies(rng, mean, later[1])[0]},
    )


def _spread(rng: Random, total: int) -> dict[str, int]:
    """Return a number of requests spread over the applicants."""
    drawn = rng.choices(APPLICANTS, APPLICANT_WEIGHTS, k=total)
    return {a: drawn.count(a) for a in APPLICANTS}


def _requests(rng: Random, mean: float, over: dict[str, int]) -> tuple[Tables, dict[str, int]]:
    received = _spread(rng, rng.randint(round(mean * 0.8), round(mean * 1.2)))
    rows = {row: dict.fromkeys(APPLICANTS, 0) for row in OUTCOMES}
    forward = dict.fromkeys(APPLICANTS, 0)
    for applicant in APPLICANTS:
        handled = received[applicant] + over[applicant]
        forward[applicant] = sum(rng.random() < 0.06 for _ in range(handled))
        for row in rng.choices(
            list(OUTCOMES), list(OUTCOMES.values()), k=handled - forward[applicant]
        ):
            rows[row][applicant] += 1
    disposed = {a: sum(row[a] for row in rows.values()) for a in APPLICANTS}
    table = {"received": received, "carried_over": over} | rows
    table |= {"disposed": disposed, "carried_forward": forward}
    return {key: row | {"total": sum(row.values())} for key, row in table.items()}, forward


def _remedies(
    rng: Random, mean: float, most: dict[str, int] | None
) -> tuple[Tables, dict[str, int]]:
    """Return a table and its totals; last year's pending cases are not more than this year's total."""
    table: Tables = {}
    for row, part in zip(REMEDIES, (0.06, 0.02, 0.02), strict=True):
        cells = dict.fromkeys(RESULTS, 0)
        for result in rng.choices(
            RESULTS, (60, 10, 20, 10), k=rng.randint(0, round(mean * part * 2))
        ):
            cells[result] += 1
        if most is not None:
            cells["pending"] = min(cells["pending"], most[row])
        table[row] = cells | {"total": sum(cells.values())}
    return table, {row: table[row]["total"] for row in REMEDIES}


def _proactive(agency: MadeUp, rng: Random) -> tuple[Tables, Tables]:
    """Return last year's and this year's table two."""
    stock = (
        rng.randint(0, round(12 * agency.size)) if agency.level != "township" else rng.randint(0, 4)
    )
    rules = rng.randint(5, 30) if agency.level == "national" else 0
    work = {
        row: round(base * agency.activity * agency.size)
        for row, base in (("licences", 600), ("penalties", 90), ("coercive_measures", 12))
    }
    charges = round(rng.uniform(5, 90) * agency.size, 2) if agency.activity >= 1 else 0
    years: list[Tables] = []
    for year in (0, 1):
        issued, repealed = rng.randint(0, max(1, stock // 4)), rng.randint(0, stock // 5)
        made = rng.randint(0, 3) if rules else 0
        if year:
            stock += issued - repealed
            rules += made
        table: Tables = {
            "rules": {"issued": made, "repealed": 0, "in_force": rules},
            "normative_documents": {"issued": issued, "repealed": repealed, "in_force": stock},
        }
        for row, mean in work.items():
            table[row] = {"decisions": rng.randint(round(mean * 0.85), round(mean * 1.15))}
        table["charges"] = {
            "amount": f"{charges * (1 + 0.1 * year * rng.random()):.2f}" if charges else 0
        }
        years.append(table)
    return years[0], years[1]
