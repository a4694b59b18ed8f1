"""The sum of subordinate reports, cell by cell, and the government's own report made of it. Pure.

Sources come in as read; which of them count is decided here: one report a unit, one year, one form.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from report_writer.app.rollup_words import DOUBT_WORDS, quoted
from report_writer.checks import all_checks, check_report
from report_writer.domain.cells import BLANK, NOT_APPLICABLE, Cell, CellKind, Tables, plain
from report_writer.domain.findings import Severity
from report_writer.domain.report import (
    Agency,
    AgencyKind,
    AnnualReport,
    PreviousYear,
    RegisteredFact,
    Scope,
)
from report_writer.domain.rollup import Contributor, Doubt, DoubtKind, Notice, Rollup, Source
from report_writer.facts.sheet import BREAKDOWN_SOURCE
from report_writer.forms import FORMS

_TIES = frozenset({"TAB101", "TAB102", "TAB103", "TAB201"})
_KINDS = {
    CellKind.BLANK: DoubtKind.BLANK,
    CellKind.NOT_APPLICABLE: DoubtKind.NOT_APPLICABLE,
    CellKind.ILLEGAL: DoubtKind.ILLEGAL,
}
# A breakdown by unit names so many; the rest becomes one part, so that the parts give the sum.
MOST_PARTS = 11
# cell → what a unit's part of it is called.
BREAKDOWNS: Mapping[str, str] = {
    "requests/received/total": "新收政府信息公开申请",
    "proactive/normative_documents/issued": "制发行政规范性文件",
    "remedies/reconsideration/total": "政府信息公开行政复议",
}


class RollupError(Exception):
    """Inputs of which no sum can be made; Chinese, exit 2."""


def roll_up(
    sources: Sequence[Source],
    *,
    year: int | None = None,
    expected: Sequence[str] = (),
    same: Mapping[str, str] | None = None,
) -> Rollup:
    """Return the sums of the sources.

    `year` picks the year where sources of several are given; `expected` are the units that should
    have reported; `same` maps another name of a unit to its own. Raises RollupError.
    """
    notices: list[Notice] = []
    chosen = _one_year(sources, year, notices)
    units = _one_each(chosen, same or {}, notices)
    if not units:
        raise RollupError("没有可以汇总的报告：" + "；".join(n.message for n in notices))
    notices += _aliases(units)
    notices += _aggregates(units)
    notices += _untied(units)
    reports = [merged for _, merged, _ in units]
    form = FORMS[reports[0].form]
    doubts = [doubt for _, _, found in units for doubt in found]
    conflicts = {(d.unit, d.address) for d in doubts}
    known: dict[str, Decimal] = dict.fromkeys(form.addresses, Decimal(0))
    counted: Counter[str] = Counter()
    for report in reports:
        assert report.tables is not None
        for address, cell in report.tables.cells.items():
            if cell.value is not None:
                known[address] += cell.value
                counted[address] += 1
            elif (report.agency.name, address) not in conflicts and address not in form.absent:
                raw = cell.raw or cell.text
                doubts.append(_doubt(address, report.agency.name, cell.kind, raw))
    notices += _missing(expected, [c.unit for c, _, _ in units], same or {})
    unknown = {doubt.address for doubt in doubts if doubt.unknown}
    order = {address: i for i, address in enumerate(form.addresses)}
    return Rollup(
        year=reports[0].year,
        form=form.id,
        contributors=tuple(contributor for contributor, _, _ in units),
        units=tuple(reports),
        tables=Tables(
            cells={
                a: _sum_cell(a, known[a], counted[a], a in unknown, absent=a in form.absent)
                for a in form.addresses
            }
        ),
        known=known,
        doubts=tuple(sorted(doubts, key=lambda d: (order[d.address], d.unit))),
        notices=tuple(notices),
    )


def _doubt(address: str, unit: str, kind: CellKind, raw: str) -> Doubt:
    return Doubt(address=address, unit=unit, kind=_KINDS[kind], raw=raw)


def _sum_cell(address: str, known: Decimal, counted: int, unknown: bool, *, absent: bool) -> Cell:
    if unknown or (absent and not counted):
        return BLANK
    return Cell.number(known) if counted else NOT_APPLICABLE


def _one_year(sources: Sequence[Source], year: int | None, notices: list[Notice]) -> list[Source]:
    """Return the sources of one year and form that have tables; says which others were left out."""
    years = Counter(source.report.year for source in sources)
    if year is None:
        top = years.most_common(2)
        if len(top) > 1 and top[0][1] == top[1][1]:
            several = "、".join(f"{y}年{n}份" for y, n in sorted(years.items()))
            raise RollupError(f"输入中有不同年度的报告（{several}），请用 --year 指定汇总哪一年")
        year = top[0][0] if top else 0
    forms = Counter(s.report.form for s in sources if s.report.year == year)
    form = forms.most_common(1)[0][0] if forms else ""
    kept: list[Source] = []
    for source in sources:
        report, name = source.report, source.report.agency.name
        why = ""
        if report.year != year:
            kind, why = "year", f"是{report.year}年的报告，汇总的是{year}年"
        elif report.form != form:
            kind, why = (
                "form",
                f"是{FORMS[report.form].citation}的格式，其余为{FORMS[form].citation}",
            )
        elif report.tables is None:
            kind, why = "no_tables", "没有表格"
        if why:
            message = f"{source.file}：“{name}”{why}，未计入汇总"
            notices.append(_notice(kind, Severity.ERROR, message, [name], [source.file]))
        else:
            kept.append(source)
    return kept


_Unit = tuple[Contributor, AnnualReport, list[Doubt]]


def _one_each(
    sources: Sequence[Source], same: Mapping[str, str], notices: list[Notice]
) -> list[_Unit]:
    """Return one report a unit. Where two versions differ in a cell, that cell is in doubt."""
    groups: dict[str, list[Source]] = {}
    for source in sources:
        name = source.report.agency.name
        groups.setdefault(same.get(name, name), []).append(source)
    units: list[_Unit] = []
    for name, found in groups.items():
        files = tuple(source.file for source in found)
        first = found[0].report
        report = first.model_copy(update={"agency": first.agency.model_copy(update={"name": name})})
        doubts: list[Doubt] = []
        if len(found) > 1:
            report, doubts = _agreed(report, [source.report for source in found])
            differ = (
                f"有{len(doubts)}格不同，这些格不计入，请确认以哪份为准"
                if doubts
                else "数字相同，只计一次"
            )
            notices.append(
                _notice(
                    "conflict" if doubts else "twice",
                    Severity.ERROR if doubts else Severity.WARNING,
                    f"“{name}”{first.year}年有{len(found)}份报告（{'、'.join(files)}），{differ}",
                    [name],
                    files,
                )
            )
        units.append((Contributor(unit=name, files=files), report, doubts))
    return units


def _agreed(
    report: AnnualReport, versions: Sequence[AnnualReport]
) -> tuple[AnnualReport, list[Doubt]]:
    """Return the report with the cells on which its versions differ made blank, and these cells."""
    assert report.tables is not None
    cells = dict(report.tables.cells)
    doubts: list[Doubt] = []
    for address in cells:
        texts = list(dict.fromkeys(v.tables[address].printed for v in versions if v.tables))
        if len(texts) > 1:
            cells[address] = BLANK
            raw = " / ".join(texts)
            doubts.append(
                Doubt(address=address, unit=report.agency.name, kind=DoubtKind.CONFLICT, raw=raw)
            )
    return report.model_copy(update={"tables": Tables(cells=cells)}), doubts


def _aliases(units: Sequence[_Unit]) -> Iterable[Notice]:
    """Name units that may be one: a name that is the short name or the end of another's, or equal figures."""
    names = [unit.unit for unit, _, _ in units]
    ends: dict[str, list[str]] = {}
    for _, report, _ in units:
        name, short = report.agency.name, report.agency.short_name
        for end in {short, *(name[i:] for i in range(1, len(name) - 2))} - {None, name}:
            ends.setdefault(str(end), []).append(name)
    for contributor, _, _ in units:
        others = [n for n in ends.get(contributor.unit, []) if n in names]
        if others:
            message = (
                f"“{contributor.unit}”可能就是{quoted(others)}（{'、'.join(contributor.files)}），现按两个单位计入；"
                f"若是同一单位，请加 --same {contributor.unit}={others[0]}"
            )
            yield _notice(
                "alias", Severity.WARNING, message, [contributor.unit, *others], contributor.files
            )
    twins: dict[tuple[object, ...], list[str]] = {}
    for contributor, report, _ in units:
        assert report.tables is not None
        figures = tuple(cell.value for cell in report.tables.cells.values())
        if sum(bool(value) for value in figures) > 8:
            twins.setdefault(figures, []).append(contributor.unit)
    for group in twins.values():
        if len(group) > 1:
            message = f"{quoted(group)}三张表的数字完全相同，可能是同一份报告计了两次"
            yield _notice("same_figures", Severity.WARNING, message, group)


def _aggregates(units: Sequence[_Unit]) -> Iterable[Notice]:
    for contributor, report, _ in units:
        if report.scope is Scope.AGGREGATE and len(units) > 1:
            message = f"“{contributor.unit}”的数字已含下级；其下级若也在输入中，会重复计算"
            yield _notice("aggregate", Severity.WARNING, message, [contributor.unit])


def _untied(units: Sequence[_Unit]) -> Iterable[Notice]:
    """Name the units whose own tables do not add up: the sums inherit it."""
    ties = [rule for rule in all_checks() if rule.code in _TIES]
    for contributor, report, _ in units:
        result = check_report(report.model_copy(update={"sections": {}}), checks=ties)
        if result.findings:
            message = f"“{contributor.unit}”的表自身不平（{len(result.findings)}处）：{result.findings[0].message}"
            yield _notice("untied", Severity.ERROR, message, [contributor.unit], contributor.files)


def _missing(
    expected: Sequence[str], there: Sequence[str], same: Mapping[str, str]
) -> Iterable[Notice]:
    wanted = list(dict.fromkeys(same.get(name, name) for name in expected))
    if missing := [name for name in wanted if name not in there]:
        message = f"应报未报{len(missing)}个单位：{'、'.join(missing)}"
        yield _notice("missing", Severity.ERROR, message, missing)
    if expected and (extra := [name for name in there if name not in wanted]):
        message = f"不在单位名单内的{len(extra)}个单位也计入了汇总：{'、'.join(extra[:20])}"
        yield _notice("not_expected", Severity.WARNING, message, extra)


def _notice(
    kind: str,
    severity: Severity,
    message: str,
    units: Sequence[str] = (),
    files: Sequence[str] = (),
) -> Notice:
    return Notice(
        kind=kind, severity=severity, message=message, units=tuple(units), files=tuple(files)
    )


# -- the government's own report ------------------------------------------------------------


def report_of(
    rollup: Rollup, *, agency: Agency | None = None, known_only: bool = False
) -> AnnualReport:
    """Return the report file for the government's own draft: the sums, and parts by unit as facts.

    A sum that is unknown is blank; with `known_only` it is the sum of what was filled in, and the
    report says so in a remark.
    """
    tables, remarks = rollup.tables, []
    unknown = {d.address for d in rollup.doubts if d.unknown}
    if known_only and unknown:
        cells = {
            a: Cell.number(rollup.known[a]) if a in unknown else c for a, c in tables.cells.items()
        }
        tables = Tables(cells=cells)
        remarks.append(f"有{len(unknown)}格只是已填单位之和，见汇总清单")
    return AnnualReport(
        form=rollup.form,
        year=rollup.year,
        agency=agency or default_agency(rollup),
        scope=Scope.AGGREGATE,
        tables=tables,
        facts=tuple(breakdowns(rollup)),
        previous=_previous(rollup),
        remarks=tuple(remarks),
    )


def default_agency(rollup: Rollup) -> Agency:
    """Return the government whose units these seem to be: their common place name, else a stand-in."""
    names = [contributor.unit for contributor in rollup.contributors]
    prefix = names[0]
    for name in names[1:]:
        while not name.startswith(prefix):
            prefix = prefix[:-1]
    end = max((prefix.rfind(mark) for mark in "省市县区州盟旗"), default=-1)
    place = prefix[: end + 1] or "本级"
    return Agency(name=f"{place}人民政府", kind=AgencyKind.GOVERNMENT)


def breakdowns(rollup: Rollup) -> Iterable[RegisteredFact]:
    """Yield the parts of some sums by unit, largest first; together they give the sum exactly.

    Nothing is yielded where the sum is unknown or fewer than two units have a part.
    """
    names, form = _short_names(rollup.units), FORMS[rollup.form]
    for address, label in BREAKDOWNS.items():
        if rollup.tables[address].value is None:
            continue
        parts = [
            (unit.agency.name, value)
            for unit in rollup.units
            if unit.tables is not None and (value := unit.tables.value(address))
        ]
        if len(parts) < 2:
            continue
        parts.sort(key=lambda part: -part[1])
        named, rest = parts, []
        if len(parts) > MOST_PARTS:
            named, rest = parts[: MOST_PARTS - 1], parts[MOST_PARTS - 1 :]
        told = [(names[unit], value) for unit, value in named]
        if rest:
            told.append(("其他单位", sum((v for _, v in rest), Decimal(0))))
        for unit, value in told:
            yield RegisteredFact(
                label=f"{unit}·{label}",
                value=value,
                unit=form.unit(address),
                source=f"{BREAKDOWN_SOURCE}，{form.place(address)}",
                scope=Scope.AGGREGATE if unit == "其他单位" else Scope.OWN,
            )


def _short_names(units: Sequence[AnnualReport]) -> dict[str, str]:
    """Return full name → short name where it is the only one of its kind, else the full name."""
    shorts = Counter(unit.agency.short_name for unit in units)
    return {
        u.agency.name: u.agency.short_name
        if u.agency.short_name and shorts[u.agency.short_name] == 1
        else u.agency.name
        for u in units
    }


def _previous(rollup: Rollup) -> PreviousYear | None:
    """Return last year's sums, where every unit gives last year's tables in one form."""
    last = [unit.previous for unit in rollup.units]
    forms = {p.form for p in last if p is not None and p.tables is not None}
    if len(forms) != 1 or any(p is None or p.tables is None for p in last):
        return None
    form = FORMS[forms.pop()]
    cells: dict[str, Cell] = {}
    for address in form.addresses:
        found = [p.tables[address] for p in last if p is not None and p.tables is not None]
        values = [cell.value for cell in found if cell.value is not None]
        if any(cell.kind in {CellKind.BLANK, CellKind.ILLEGAL} for cell in found):
            cells[address] = BLANK
        else:
            cells[address] = Cell.number(sum(values, Decimal(0))) if values else NOT_APPLICABLE
    return PreviousYear(year=rollup.year - 1, form=form.id, tables=Tables(cells=cells))


def doubt_lines(rollup: Rollup) -> Iterable[tuple[Severity, str]]:
    """Yield one line a doubtful cell: which units, what stands there, what the others add up to."""
    form = FORMS[rollup.form]
    by_cell: dict[tuple[str, DoubtKind], list[Doubt]] = {}
    for doubt in rollup.doubts:
        by_cell.setdefault((doubt.address, doubt.kind), []).append(doubt)
    for (address, kind), doubts in by_cell.items():
        names = "、".join(
            d.unit + (f"（{d.raw}）" if kind in {DoubtKind.ILLEGAL, DoubtKind.CONFLICT} else "")
            for d in doubts[:5]
        )
        more = f"等{len(doubts)}个单位" if len(doubts) > 5 else ""
        known = f"{plain(rollup.known[address])}{form.unit(address)}"
        line = f"{form.place(address)}：{names}{more}{DOUBT_WORDS[kind]}，其余合计{known}"
        yield doubts[0].severity, line
