"""The fact sheet: every figure of a report with its meaning, built once and read by everyone.

Cells of both years, sums that officials write (organisations together, each outcome group,
予以公开及部分公开, received + carried over, litigation of both kinds, all remedies), and the figures
the clerk registered, those inside the work notes included. Shares and changes are formed on
demand by `derived`, because their number is unbounded.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, cached_property

from report_writer.domain.facts import Fact, FactKind
from report_writer.domain.report import AnnualReport, ProcessingFee, RegisteredFact
from report_writer.domain.units import base_unit
from report_writer.facts.expressions import LAST_YEARS, PREVIOUS, Expression, total
from report_writer.facts.notes import NoteFigure, figures_of
from report_writer.forms import FORMS, Form
from report_writer.forms.ogi_2021 import GROUP_LABELS, ORGANISATIONS, OUTCOME_GROUPS

# Source of a registered fact that is one unit's part of a sum, labelled <unit>·<what was counted>.
BREAKDOWN_SOURCE = "各单位上报"
# What a bare 申请 may count: all that came in, that were worked on, that were answered.
TOTAL_ROWS = ("received", "handled", "disposed")
# Rows of table three that are no outcome.
FLOW_ROWS = frozenset({*TOTAL_ROWS, "carried_over", "carried_forward"})
# What becomes of a request: rows of table three and groups of them.
ENDINGS = ("disclosed", "disclosed_in_part", *OUTCOME_GROUPS)
# Rows of table two that count documents, not decisions.
DOCUMENT_ROWS = ("rules", "normative_documents")
DECISION_ROWS = frozenset({"licences", "penalties", "coercive_measures"})
LITIGATION = ("direct_litigation", "litigation_after_reconsideration")
# Rows that exist on no form but in every second sentence: name → (rows, label).
SUM_ROWS: dict[str, tuple[tuple[str, ...], str]] = {
    **{group: (rows, GROUP_LABELS[group]) for group, rows in OUTCOME_GROUPS.items()},
    "disclosed_in_full_or_part": (("disclosed", "disclosed_in_part"), "予以公开及部分公开"),
    "not_disclosed": (
        (*OUTCOME_GROUPS["withheld"], *OUTCOME_GROUPS["unable_to_provide"]),
        "不予公开及无法提供",
    ),
    "handled": (("received", "carried_over"), "本年新收及上年结转"),
}
REMEDY_SUM_ROWS: dict[str, tuple[tuple[str, ...], str]] = {
    "litigation": (LITIGATION, "行政诉讼"),
    "remedies": (("reconsideration", *LITIGATION), "行政复议和行政诉讼"),
}


class FactSheet:
    """All facts of one report. Look up by id; unknown values are None, never 0."""

    def __init__(self, report: AnnualReport) -> None:
        self.report = report
        self.form: Form = FORMS[report.form]
        self.year = report.year
        self._facts: dict[str, Fact] = {}
        self._registered: dict[str, Fact] = {}
        self._values: dict[str, Decimal | None] = {}
        self._add_cells()
        self._add_registered()

    def __getitem__(self, fact_id: str) -> Fact:
        if fact_id not in self._facts:
            if fact_id not in self._values:
                raise KeyError(fact_id)
            self._facts[fact_id] = self._cell_fact(fact_id)
        return self._facts[fact_id]

    def __contains__(self, fact_id: str) -> bool:
        return fact_id in self._values

    def __iter__(self) -> Iterator[Fact]:
        return (self[fact_id] for fact_id in self._values)

    @property
    def values(self) -> Mapping[str, Decimal | None]:
        """The value of every fact by its id."""
        return self._values

    def value(self, fact_id: str) -> Decimal | None:
        """Return a fact's value; None where it is unknown or does not exist."""
        return self._values.get(fact_id)

    def unit(self, fact_id: str) -> str | None:
        """Return a fact's unit; None where there is no such fact."""
        if fact_id in self._facts:
            return self._facts[fact_id].unit
        return self.form.unit(fact_id.removeprefix(PREVIOUS)) if fact_id in self._values else None

    def evaluate(self, expression: Expression) -> Decimal | None:
        """Return the value of a formula, or None where an operand is unknown or the base is 0."""
        return expression.evaluate(self.value)

    def derived(self, expression: Expression, label: str = "", unit: str = "件") -> Fact:
        """Return a fact for a formula; for a single fact, that fact itself."""
        if expression.is_plain and expression.operands[0] in self:
            return self[expression.operands[0]]
        formula = str(expression)
        return Fact(
            id=formula,
            kind=FactKind.DERIVED,
            label=label or formula,
            value=self.evaluate(expression),
            unit=unit,
            scope=self.report.scope,
            cells=tuple(op for op in expression.operands if not op.startswith("facts/")),
            formula=formula,
        )

    @cached_property
    def registered(self) -> tuple[Fact, ...]:
        """The clerk's facts, those read out of the work notes included."""
        return tuple(self._registered.values())

    @cached_property
    def note_figures(self) -> tuple[NoteFigure, ...]:
        """The figures inside the work notes, with their place in the note."""
        return figures_of(self.report)

    @cached_property
    def has_previous(self) -> bool:
        """Whether last year's tables are known and of the same form."""
        previous = self.report.previous
        return (
            previous is not None
            and previous.tables is not None
            and previous.form == self.report.form
        )

    @cached_property
    def amounts(self) -> tuple[frozenset[Decimal], frozenset[Decimal]]:
        """The values other than 0 of this year's facts, and of last year's, each in single units (not 万)."""
        now: set[Decimal] = set()
        before: set[Decimal] = set()
        scaled = self._scaled
        for fact_id, value in self._values.items():
            if value:
                amount = value * scaled[fact_id] if fact_id in scaled else value
                (before if fact_id.startswith(LAST_YEARS) else now).add(amount)
        return frozenset(now), frozenset(before)

    @property
    def _scaled(self) -> dict[str, Decimal]:
        """What the values of facts in 万元, 万人次 … are to be multiplied by."""
        units = {**self.form.scaled, **{PREVIOUS + a: unit for a, unit in self.form.scaled.items()}}
        units |= {fact_id: fact.unit for fact_id, fact in self._registered.items()}
        return {a: factor for a, unit in units.items() if (factor := base_unit(unit)[1]) != 1}

    @cached_property
    def last_year_by_amount(self) -> dict[Decimal, tuple[str, ...]]:
        """Facts that have changed, by what they were last year in single units."""
        found: dict[Decimal, tuple[str, ...]] = {}
        for fact_id, before in self._values.items():
            if not before or not fact_id.startswith(PREVIOUS):
                continue
            fact = fact_id.removeprefix(PREVIOUS)
            now = self._values.get(fact)
            if now is not None and now != before:
                amount = before * base_unit(self.unit(fact_id) or "")[1]
                found[amount] = (*found.get(amount, ()), fact)
        return found

    def describe(self, fact_id: str) -> str:
        """Return how a message names a fact: 表三“本年新收·总计”, 上年表三“…”, 登记事实“…”."""
        label = fact_id.removeprefix(PREVIOUS)
        if label.startswith("facts/"):
            year = "上年" if label != fact_id else ""
            return f"{year}登记事实“{label.removeprefix('facts/')}”"
        if fact_id.startswith(PREVIOUS):
            return "上年" + self.form.place(fact_id.removeprefix(PREVIOUS))
        return self.form.place(fact_id)

    def _add_cells(self) -> None:
        report = self.report
        if report.tables is not None:
            self._values = {a: cell.value for a, cell in report.tables.cells.items()}
        if report.previous and report.previous.tables and report.previous.form in FORMS:
            cells = report.previous.tables.cells
            values = [cell.value for cell in cells.values()]
            self._values.update(zip(map(PREVIOUS.__add__, cells), values, strict=True))

    def _cell_fact(self, fact_id: str) -> Fact:
        # NOTE: made when asked for; a check of one page needs few of the 400 cells of two years.
        address = fact_id.removeprefix(PREVIOUS)
        return Fact(
            id=fact_id,
            kind=FactKind.CELL,
            label=("上年" if address != fact_id else "") + self.form.label(address),
            value=self._values[fact_id],
            unit=self.form.unit(address),
            scope=self.report.scope,
            cells=(fact_id,),
        )

    def _add_registered(self) -> None:
        notes = tuple(figure.fact for figure in self.note_figures)
        for fact in (*self.report.facts, *notes, *_fee_facts(self.report.processing_fee)):
            self._register(fact, "")
        for fact in self.report.previous.facts if self.report.previous else ():
            self._register(fact, PREVIOUS)

    def _register(self, fact: RegisteredFact, prefix: str) -> None:
        fact_id = f"{prefix}facts/{fact.label}"
        if fact_id in self._values:
            # NOTE: the register outranks a note that names the same thing; both stay readable.
            return
        self._values[fact_id] = fact.value
        self._facts[fact_id] = self._registered[fact_id] = Fact(
            id=fact_id,
            kind=FactKind.REGISTERED,
            label=fact.label,
            value=fact.value,
            unit=fact.unit,
            scope=fact.scope or self.report.scope,
            source=fact.source,
        )


# 信息处理费 is reported in part six (form of 2021) and is never the cell `proactive/charges`.
FEE_NOTICES, FEE_CHARGED, FEE_COLLECTED = (
    "信息处理费收费通知",
    "信息处理费通知金额",
    "收取信息处理费",
)


def _fee_facts(fee: ProcessingFee | None) -> Iterator[RegisteredFact]:
    if fee is None:
        return
    for label, value, unit in (
        (FEE_NOTICES, fee.notices, "件"),
        (FEE_CHARGED, fee.charged, fee.unit),
        (FEE_COLLECTED, fee.collected, fee.unit),
    ):
        if value is not None:
            yield RegisteredFact(label=label, value=value, unit=unit, source="信息处理费")


@cache
def requests(row: str, column: str = "total") -> Expression:
    """Return the formula for a row of table three; knows sum rows and the column `organisation`."""
    rows = SUM_ROWS[row][0] if row in SUM_ROWS else (row,)
    columns = ORGANISATIONS if column == "organisation" else (column,)
    return total(*(f"requests/{r}/{c}" for r in rows for c in columns))


def is_outcome(row: str) -> bool:
    """Whether a row of table three, or a sum of rows, says what became of requests."""
    return row.split(".")[0] in OUTCOME_GROUPS or row.startswith("disclosed")


@cache
def remedies(row: str, column: str = "total") -> Expression:
    """Return the formula for a row of table four; knows `litigation` and `remedies`."""
    rows = REMEDY_SUM_ROWS[row][0] if row in REMEDY_SUM_ROWS else (row,)
    return total(*(f"remedies/{r}/{column}" for r in rows))
