"""Why a parent's own table differs from the sum of its units: which unit, and what was done to it. Pure.

Every suspicion (unit left out, counted twice, last year's figures, two columns or rows exchanged,
元 for 万元) is a vector over the cells: what it would add to the parent's table. Explained is a
difference that one suspicion, or two or three together, give exactly in every cell. To try all
pairs and triples of thousands of suspicions, vectors are compared by a linear checksum, and a
match is then proved cell by cell.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise
from random import Random

from report_writer.app.rollup_words import quoted
from report_writer.domain.cells import Tables
from report_writer.domain.findings import Severity
from report_writer.domain.report import AnnualReport
from report_writer.domain.rollup import (
    CauseKind,
    CellDifference,
    Comparison,
    Explained,
    Explanation,
    Notice,
    Rollup,
    UnitCause,
)
from report_writer.forms import FORMS, Form
from report_writer.forms.ogi_2021 import APPLICANTS

# Amounts have at most six decimals; all vectors hold whole numbers.
_SCALE = 10**6
_PRIME = 2**61 - 1
_SHOWN = 5
# Triples are tried among so many suspicions, pairs among so many.
_MOST_IN_TRIPLES = 1500
_MOST_IN_PAIRS = 300_000
_WHOLE_REPORT = frozenset({CauseKind.OMITTED, CauseKind.TWICE, CauseKind.LAST_YEAR})
# A row of few small numbers is explained by chance; such a hint is given only where it is rare.
_RARE = 3

Vector = dict[str, int]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A cause, and what it would add to the parent's table (scaled whole numbers, zeros left out)."""

    cause: UnitCause
    vector: Vector
    checksum: int


def compare(rollup: Rollup, parent: AnnualReport, *, not_sent: Sequence[str] = ()) -> Comparison:
    """Return how the parent's table differs from the sums, and what explains it.

    `not_sent` are units known to be missing from the inputs.
    """
    form = FORMS[rollup.form]
    assert parent.tables is not None
    differences: list[CellDifference] = []
    not_compared: list[str] = []
    comparable: list[str] = []
    for address in form.addresses:
        own = parent.tables.value(address)
        total, partial = rollup.tables.value(address), bool(rollup.unknown_at(address))
        if own is None:
            if address not in form.absent and (total or rollup.known[address]):
                not_compared.append(address)
            continue
        if partial:
            if own != rollup.known[address]:
                differences.append(_difference(address, own, rollup.known[address], partial=True))
            else:
                not_compared.append(address)
            continue
        comparable.append(address)
        # NOTE: "/" of every unit adds nothing; the parent may print 0 for it.
        if own != (total or 0):
            differences.append(_difference(address, own, total or Decimal(0)))
    explained: tuple[Explained, ...] = ()
    if target := {d.address: _scaled(d.difference) for d in differences if not d.partial}:
        explained = tuple(_Search(form, rollup, comparable, not_sent).explain(target))
    return Comparison(
        parent=parent.agency.name,
        differences=tuple(differences),
        explained=explained,
        not_compared=tuple(not_compared),
        notices=tuple(_notices(rollup, parent, differences)),
    )


def _difference(
    address: str, own: Decimal, total: Decimal, *, partial: bool = False
) -> CellDifference:
    return CellDifference(address=address, parent=own, total=total, partial=partial)


def _notices(
    rollup: Rollup, parent: AnnualReport, differences: Iterable[CellDifference]
) -> Iterator[Notice]:
    if parent.agency.name in {c.unit for c in rollup.contributors}:
        yield Notice(
            kind="parent_inside",
            severity=Severity.WARNING,
            message=f"“{parent.agency.name}”的报告也在输入中，被当作下级计入了汇总",
            units=(parent.agency.name,),
        )
    low = [d for d in differences if d.partial and d.difference < 0]
    if low:
        units = sorted({doubt.unit for d in low for doubt in rollup.unknown_at(d.address)})
        yield Notice(
            kind="below_known",
            severity=Severity.ERROR,
            message=f"有{len(low)}格本级数比已填单位之和还少，不能用{quoted(units[:5])}未填来解释",
            units=tuple(units),
        )


class _Search:
    """Suspicions over the comparable cells, and the search for sums of them."""

    def __init__(
        self, form: Form, rollup: Rollup, cells: Sequence[str], not_sent: Sequence[str]
    ) -> None:
        self.form, self.rollup, self.not_sent = form, rollup, not_sent
        rng = Random("checksum")
        self.weights = {address: rng.randrange(1, _PRIME) for address in cells}

    def explain(self, target: Vector) -> Iterator[Explained]:
        """Yield what explains the difference: of all cells, else table by table, else row by row."""
        whole = self._explained("", target, self.weights, sizes=(1, 2, 3))
        if whole.explanations:
            yield whole
            return
        if sent := self._not_sent(target):
            yield Explained(scope="", cells=tuple(target), explanations=(sent,))
            return
        for table in self.form.tables:
            part = {a: v for a, v in target.items() if a.startswith(table.key + "/")}
            if not part:
                continue
            cells = [a for a in self.weights if a.startswith(table.key + "/")]
            found = self._explained(table.key, part, cells, sizes=(1, 2))
            if found.explanations:
                yield found
            else:
                yield from self._rows(part)

    def _rows(self, part: Vector) -> Iterator[Explained]:
        for row in dict.fromkeys(address.rpartition("/")[0] for address in part):
            cells = [a for a in self.weights if a.rpartition("/")[0] == row]
            found = self._explained(
                row, {a: part[a] for a in cells if a in part}, cells, sizes=(1,)
            )
            by_chance = found.more or len(found.explanations) > _RARE
            yield (
                found.model_copy(update={"explanations": (), "more": False}) if by_chance else found
            )

    def _explained(
        self, scope: str, target: Vector, cells: Collection[str], *, sizes: Sequence[int]
    ) -> Explained:
        suspicions = list(self._suspicions(frozenset(cells)))
        # A whole report left out is likelier than two rows exchanged; the likelier are told first.
        likely = [s for s in suspicions if s.cause.kind in _WHOLE_REPORT]
        for size in sizes:
            found: dict[Explanation, None] = {}
            for pool in (likely, suspicions):
                for chosen in self._sums(pool, target, size):
                    if len({s.cause.unit for s in chosen}) == size:
                        causes = sorted((s.cause for s in chosen), key=lambda c: (c.unit, c.kind))
                        found[Explanation(causes=tuple(causes))] = None
                    if len(found) > _SHOWN:
                        break
            if found:
                return Explained(
                    scope=scope,
                    cells=tuple(target),
                    explanations=tuple(found)[:_SHOWN],
                    more=len(found) > _SHOWN,
                )
        return Explained(scope=scope, cells=tuple(target))

    def _sums(
        self, suspicions: list[Suspicion], target: Vector, size: int
    ) -> Iterator[tuple[Suspicion, ...]]:
        """Yield sets of `size` suspicions whose vectors add up to the target."""
        goal = self._checksum(target)
        if size == 3:
            suspicions = [s for s in suspicions if s.cause.kind in _WHOLE_REPORT]
        limit = {1: len(suspicions), 2: _MOST_IN_PAIRS, 3: _MOST_IN_TRIPLES}[size]
        if len(suspicions) > limit:
            return
        at: dict[int, list[int]] = {}
        for i, suspicion in enumerate(suspicions):
            at.setdefault(suspicion.checksum, []).append(i)
        for first in combinations(range(len(suspicions)), size - 1):
            rest = (goal - sum(suspicions[i].checksum for i in first)) % _PRIME
            for last in at.get(rest, ()):
                chosen = tuple(suspicions[i] for i in (*first, last))
                if (not first or last > first[-1]) and _add(s.vector for s in chosen) == target:
                    yield chosen

    def _not_sent(self, target: Vector) -> Explanation | None:
        """Return the units not sent where the difference could be their figures: none negative, all ties hold."""
        if not self.not_sent or min(target.values()) < 0 or not self._balanced(target):
            return None
        cause = UnitCause(kind=CauseKind.NOT_SENT, unit=quoted(self.not_sent))
        return Explanation(causes=(cause,))

    def _balanced(self, vector: Vector) -> bool:
        for rule in self.form.reconciliations:
            table = self.form.table_by_key[rule.table]
            lines = (
                [r.key for r in table.rows if {*rule.left, *rule.right} <= set(r.columns)]
                if rule.along == "rows"
                else [c.key for c in table.columns]
            )
            for line in lines:
                sides = [
                    [
                        f"{rule.table}/{line}/{k}"
                        if rule.along == "rows"
                        else f"{rule.table}/{k}/{line}"
                        for k in side
                    ]
                    for side in (rule.left, rule.right)
                ]
                asked = [a for side in sides for a in side if a not in self.form.absent]
                if any(a not in self.weights for a in asked):
                    continue
                left, right = (sum(vector.get(a, 0) for a in side) for side in sides)
                if left != right:
                    return False
        return True

    # -- suspicions -------------------------------------------------------------------------

    def _suspicions(self, cells: frozenset[str]) -> Iterator[Suspicion]:
        for unit in self.rollup.units:
            assert unit.tables is not None
            own = self._vector(unit.tables, cells)
            name = unit.agency.name
            if own:
                yield self._made(CauseKind.OMITTED, name, {a: -v for a, v in own.items()})
                yield self._made(CauseKind.TWICE, name, own)
            yield from self._exchanged(name, own, cells)
            amount = "proactive/charges/amount"
            if amount in own:
                for detail, changed in (
                    ("填成了元", own[amount] * 10_000),
                    ("多除了一万", own[amount] // 10_000),
                ):
                    yield self._made(CauseKind.UNIT, name, {amount: changed - own[amount]}, detail)
            last = unit.previous
            same_form = last is not None and last.form == unit.form
            if same_form and last is not None and last.tables is not None:
                # A figure that last year's table does not give cannot have been taken from it.
                if any(last.tables.value(a) is None for a in own):
                    continue
                before = self._vector(last.tables, cells)
                yield from self._moved(CauseKind.LAST_YEAR, name, "", own, before)

    def _exchanged(self, name: str, own: Vector, cells: frozenset[str]) -> Iterator[Suspicion]:
        if not own:
            return
        for table in self.form.tables:
            here = {a: v for a, v in own.items() if a.startswith(table.key + "/")}
            if not here:
                continue
            columns = APPLICANTS if table.key == "requests" else table.rows[0].columns[:4]
            if table.key != "proactive":
                labels = table.column_by_key
                for a, b in combinations(columns, 2):
                    moved = {_other_column(k, a, b): v for k, v in here.items()}
                    detail = f"“{labels[a].label}”和“{labels[b].label}”"
                    yield from self._moved(CauseKind.COLUMNS, name, detail, here, moved, cells)
            for first, second in pairwise(table.rows):
                if first.columns == second.columns:
                    moved = {_other_row(k, first.key, second.key): v for k, v in here.items()}
                    detail = f"“{first.short}”和“{second.short}”"
                    yield from self._moved(CauseKind.ROWS, name, detail, here, moved, cells)

    def _moved(
        self,
        kind: CauseKind,
        name: str,
        detail: str,
        own: Vector,
        other: Vector,
        cells: frozenset[str] | None = None,
    ) -> Iterator[Suspicion]:
        """Yield the suspicion that `other` was counted in the place of `own`, where they differ."""
        changed = {
            a: difference
            for a in own.keys() | other.keys()
            if (cells is None or a in cells) and (difference := other.get(a, 0) - own.get(a, 0))
        }
        if changed:
            yield self._made(kind, name, changed, detail)

    def _made(self, kind: CauseKind, name: str, vector: Vector, detail: str = "") -> Suspicion:
        cause = UnitCause(kind=kind, unit=name, detail=detail)
        return Suspicion(cause, vector, self._checksum(vector))

    def _vector(self, tables: Tables, cells: frozenset[str]) -> Vector:
        return {
            a: _scaled(cell.value) for a, cell in tables.cells.items() if a in cells and cell.value
        }

    def _checksum(self, vector: Vector) -> int:
        return sum(self.weights[a] * v for a, v in vector.items()) % _PRIME


def _scaled(value: Decimal) -> int:
    return int(value * _SCALE)


def _add(vectors: Iterable[Vector]) -> Vector:
    total: Vector = {}
    for vector in vectors:
        for address, value in vector.items():
            total[address] = total.get(address, 0) + value
    return {a: v for a, v in total.items() if v}


def _other_column(address: str, a: str, b: str) -> str:
    row, _, column = address.rpartition("/")
    return f"{row}/{ {a: b, b: a}.get(column, column) }"


def _other_row(address: str, a: str, b: str) -> str:
    table, row, column = address.split("/")
    return f"{table}/{ {a: b, b: a}.get(row, row) }/{column}"
