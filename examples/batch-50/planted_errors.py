"""Errors planted one to a report, each with what a check has to say of it.

Every function changes a report in place and returns [code, severity, place] of each finding owed.
The places are worked out here by hand from the form's equations; nothing is taken from the checks.
"""

from collections.abc import Callable
from random import Random
from typing import Any

Report = dict[str, Any]
Owed = list[list[str]]


def _bump(row: dict[str, int], *columns: str, by: int = 1) -> None:
    for column in columns:
        row[column] += by


def received_total(report: Report, rng: Random) -> Owed:
    """The total of 本年新收 is one too high: its row and the column 总计 no longer tie."""
    _bump(report["tables"]["requests"]["received"], "total", by=rng.randint(1, 3))
    return [
        ["TAB101", "error", "requests/received/total"],
        ["TAB201", "error", "requests/carried_forward/total"],
    ]


def lost_outcome(report: Report, rng: Random) -> Owed:
    """An outcome counted once too often for one applicant, its row total with it."""
    row = report["tables"]["requests"][rng.choice(("disclosed", "unable_to_provide.not_held"))]
    _bump(row, "natural_person", "total")
    return [
        ["TAB102", "error", "requests/disposed/natural_person"],
        ["TAB102", "error", "requests/disposed/total"],
    ]


def forward_not_counted(report: Report, rng: Random) -> Owed:
    """结转下年度 one too high for 商业企业 and in total."""
    _bump(report["tables"]["requests"]["carried_forward"], "company", "total")
    return [
        ["TAB201", "error", "requests/carried_forward/company"],
        ["TAB201", "error", "requests/carried_forward/total"],
    ]


def remedies_total(report: Report, rng: Random) -> Owed:
    """行政复议总计 is not the sum of its four results."""
    _bump(report["tables"]["remedies"]["reconsideration"], "total", by=rng.randint(1, 2))
    return [["TAB103", "error", "remedies/reconsideration/total"]]


def not_a_number(report: Report, rng: Random) -> Owed:
    """A word where a number belongs."""
    report["tables"]["proactive"]["penalties"]["decisions"] = "若干"
    return [["TAB402", "error", "proactive/penalties/decisions"]]


def blank_cells(report: Report, rng: Random) -> Owed:
    """Two cells not filled in."""
    report["tables"]["proactive"]["licences"]["decisions"] = None
    report["tables"]["remedies"]["direct_litigation"]["pending"] = None
    return [
        ["TAB401", "warning", "proactive/licences/decisions"],
        ["TAB401", "warning", "remedies/direct_litigation/pending"],
    ]


def broken_carry(report: Report, rng: Random) -> Owed:
    """Last year's report handed on one more than this year took over."""
    _bump(report["previous"]["tables"]["requests"]["carried_forward"], "natural_person", "total")
    return [
        ["TAB301", "warning", "requests/carried_over/natural_person"],
        ["TAB301", "warning", "requests/carried_over/total"],
    ]


def stock_jump(report: Report, rng: Random) -> Owed:
    """现行有效 does not follow from last year's."""
    _bump(report["tables"]["proactive"]["normative_documents"], "in_force", by=rng.randint(2, 5))
    return [["TAB202", "warning", "proactive/normative_documents/in_force"]]


def yuan_for_wan(report: Report, rng: Random) -> Owed:
    """收费 in yuan, last year in 万元."""
    report["tables"]["proactive"]["charges"]["amount"] = "386200"
    report["previous"]["tables"]["proactive"]["charges"]["amount"] = "35.20"
    return [["TAB304", "warning", "proactive/charges/amount"]]


def rules_of_a_county(report: Report, rng: Random) -> Owed:
    """规章 in force at a body that can make none, this year and last."""
    for tables in (report["tables"], report["previous"]["tables"]):
        tables["proactive"]["rules"]["in_force"] = 3
    return [["TAB406", "warning", "proactive/rules/in_force"]]


def fee_without_notice(report: Report, rng: Random) -> Owed:
    """A request closed for an unpaid fee, and no notice sent; the tables tie."""
    rows = report["tables"]["requests"]
    _bump(rows["otherwise_closed.fee_overdue"], "natural_person", "total")
    _bump(rows["disposed"], "natural_person", "total")
    _bump(rows["received"], "natural_person", "total")
    report["processing_fee"] = {"notices": 0, "charged": 0, "collected": 0, "unit": "元"}
    return [["FEE302", "warning", "requests/otherwise_closed.fee_overdue/total"]]


def fee_overpaid(report: Report, rng: Random) -> Owed:
    """More fee collected than asked for."""
    report["processing_fee"] = {"notices": 3, "charged": 1200, "collected": 1500, "unit": "元"}
    owed = ["FEE202", "warning", "other_matters"]
    # Where the text tells the amounts as well, each of the two places is wrong.
    return [owed, owed] if "sections" in report else [owed]


# In turn over a batch; the second part says what a report must have for the error to be possible.
PLANTED: tuple[tuple[Callable[[Report, Random], Owed], frozenset[str]], ...] = (
    (received_total, frozenset()),
    (broken_carry, frozenset({"previous"})),
    (remedies_total, frozenset()),
    (blank_cells, frozenset()),
    (rules_of_a_county, frozenset({"previous", "without_rules"})),
    (forward_not_counted, frozenset()),
    (stock_jump, frozenset({"previous"})),
    (not_a_number, frozenset()),
    (fee_without_notice, frozenset()),
    (lost_outcome, frozenset()),
    (yuan_for_wan, frozenset({"previous"})),
    (fee_overpaid, frozenset()),
)
