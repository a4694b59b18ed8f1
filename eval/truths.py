"""What is true in a report: expressions over its tables and register, evaluated without the checker."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

APPLICANTS = ("natural_person", "company", "research", "public_interest", "legal_service", "other")
OUTCOME_GROUPS: dict[str, tuple[str, ...]] = {
    "withheld": (
        "state_secret",
        "forbidden_by_law",
        "security_and_stability",
        "third_party_rights",
        "internal_affairs",
        "deliberative_process",
        "enforcement_file",
        "administrative_query",
    ),
    "unable_to_provide": ("not_held", "needs_creation", "unclear_after_supplement"),
    "not_processed": ("petition", "repeat", "publication", "voluminous_repeat", "confirmation"),
    "otherwise_closed": ("supplement_overdue", "fee_overdue", "other"),
}
OUTCOMES = (
    "disclosed",
    "disclosed_in_part",
    *(f"{group}.{row}" for group, rows in OUTCOME_GROUPS.items() for row in rows),
)
REMEDIES = ("reconsideration", "direct_litigation", "litigation_after_reconsideration")
RESULTS = ("upheld", "corrected", "other_outcome", "pending")


@dataclass(frozen=True)
class Known:
    """The figures a checker is given: cells of this year and last, and registered facts by label."""

    cells: Mapping[str, Decimal]
    previous: Mapping[str, Decimal] | None
    register: Mapping[str, Decimal]
    previous_register: Mapping[str, Decimal]


@dataclass(frozen=True)
class Truth:
    """An expression in the notation of the labelled data.

    `kind`: sum (of cells or one registered fact) · share · rate · change · last.
    `terms` are addresses (`requests/received/total`) or `extra:<label>`; `base` those of a share.
    """

    kind: str
    terms: tuple[str, ...]
    base: tuple[str, ...] = ()

    def value(self, known: Known) -> Decimal | None:
        """Return the value, or None where nothing given decides it."""
        now = _total(self.terms, known.cells, known.register)
        if self.kind == "sum":
            return now
        if self.kind == "share":
            base = _total(self.base, known.cells, known.register)
            return None if now is None or not base else now / base
        if known.previous is None:
            return None
        before = _total(self.terms, known.previous, known.previous_register)
        if self.kind == "last":
            return before
        if now is None or before is None:
            return None
        if self.kind == "change":
            return now - before
        return (now - before) / before if before else None

    @property
    def operands(self) -> frozenset[str]:
        """The cells and facts as a finding names them."""
        named = {_named(term) for term in (*self.terms, *self.base)}
        if self.kind in ("rate", "change"):
            named |= {_named(term, last=True) for term in self.terms}
        return frozenset(
            {_named(t, last=True) for t in self.terms} if self.kind == "last" else named
        )

    def __str__(self) -> str:
        body = " + ".join(self.terms)
        if self.kind == "share":
            return f"share({body}, {' + '.join(self.base)})"
        return {"sum": body, "last": f"last_year:{body}"}.get(
            self.kind, f"change_{self.kind}({body})"
        )


def _total(
    terms: tuple[str, ...], cells: Mapping[str, Decimal], register: Mapping[str, Decimal]
) -> Decimal | None:
    total = Decimal(0)
    for term in terms:
        label = term.removeprefix("extra:")
        found = register.get(label) if label != term else cells.get(term)
        if found is None:
            return None
        total += found
    return total


def _named(term: str, *, last: bool = False) -> str:
    name = term.replace("extra:", "facts/")
    return f"previous/{name}" if last else name


def _request(*rows: str, column: str = "total") -> tuple[str, ...]:
    return tuple(f"requests/{row}/{column}" for row in rows)


def _remedy(*rows: str, column: str = "total") -> tuple[str, ...]:
    return tuple(f"remedies/{row}/{column}" for row in rows)


def _names() -> dict[str, tuple[str, ...]]:
    names = {
        "received": _request("received"),
        "carried_over": _request("carried_over"),
        "pool": _request("received", "carried_over"),
        "disposed": _request("disposed"),
        "carried_forward": _request("carried_forward"),
        "disclosed": _request("disclosed"),
        "in_part": _request("disclosed_in_part"),
        "disclosed_any": _request("disclosed", "disclosed_in_part"),
        "organisations": tuple(f"requests/received/{c}" for c in APPLICANTS[1:]),
        "litigation": _remedy(*REMEDIES[1:]),
        "remedies": _remedy(*REMEDIES),
        "rules_issued": ("proactive/rules/issued",),
        "licences": ("proactive/licences/decisions",),
        "penalties": ("proactive/penalties/decisions",),
        "coercive": ("proactive/coercive_measures/decisions",),
        "charges": ("proactive/charges/amount",),
    }
    for column in ("issued", "repealed", "in_force"):
        names[f"norm_{column}"] = (f"proactive/normative_documents/{column}",)
    for column in APPLICANTS:
        names[f"by_{column}"] = (f"requests/received/{column}",)
    for group, rows in OUTCOME_GROUPS.items():
        names[group] = _request(*(f"{group}.{row}" for row in rows))
        names |= {f"{group}.{row}": _request(f"{group}.{row}") for row in rows}
    for key, row in zip(("reco", "direct", "after"), REMEDIES, strict=True):
        names[key] = _remedy(row)
        names |= {f"{key}_{result}": _remedy(row, column=result) for result in RESULTS}
    for result in RESULTS:
        names[f"litigation_{result}"] = _remedy(*REMEDIES[1:], column=result)
    return names


NAMES = _names()


def terms_of(name: str) -> tuple[str, ...]:
    """Return the cells behind a short name, or `extra:<label>` for a name that is `f:<label>`."""
    return (f"extra:{name[2:]}",) if name.startswith("f:") else NAMES[name]


def total_of(name: str) -> Truth:
    """Return the plain value of a short name."""
    return Truth("sum", terms_of(name))
