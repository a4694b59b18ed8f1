"""The clerk's 核对单: what does not add up, in plain Chinese, and where every number comes from."""

import re
from collections.abc import Iterator
from pathlib import Path

from report_writer.checks import all_checks
from report_writer.domain.cells import CellRef, plain
from report_writer.domain.findings import (
    CheckResult,
    Finding,
    Mention,
    Place,
    SectionRef,
    Severity,
    Span,
    Status,
)
from report_writer.domain.report import AnnualReport
from report_writer.exporters._word import (
    BODY,
    HEADING,
    TABLE_WIDE,
    TITLE,
    add_paragraph,
    new_word,
    styles,
    word_bytes,
)
from report_writer.exporters._word_table import PlacedCell, add_table
from report_writer.exporters.atomic import write_whole
from report_writer.facts.expressions import PREVIOUS
from report_writer.facts.sheet import FactSheet
from report_writer.forms import FORMS, Form

SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.ADVICE: "建议"}
STATUSES = {
    Status.BOUND: "与表格一致",
    Status.DERIVED: "由表格算得",
    Status.REGISTERED: "与登记事实一致",
    Status.CONTRADICTED: "不符",
    Status.UNACCOUNTED: "没有依据可核对",
    Status.NOT_A_FIGURE: "不是统计数字",
}
_SECTIONS = {"title": "标题", "preface": "引言"}
_FINDING_HEAD = ("序号", "级别", "位置", "说明", "应为 / 实为", "建议")
_FINDING_WIDTHS = (9.0, 11.0, 31.0, 56.0, 22.0, 27.0)
_LEDGER_HEAD = ("序号", "部分", "文中写法", "状态", "来源", "算式")
_LEDGER_WIDTHS = (10.0, 20.0, 34.0, 24.0, 40.0, 28.0)
_HEAD_FILL = "E7E6E6"
_CALL = re.compile(r"(share|change_count|change_rate)\(([^,]+)(?:, (.+))?\)")


def write_checklist(result: CheckResult, report: AnnualReport, path: str | Path) -> None:
    """Write the 核对单 as `.docx`. Raises WriteError."""
    write_whole(path, checklist_bytes(result, report))


def checklist_bytes(result: CheckResult, report: AnnualReport) -> bytes:
    """Return the 核对单 as a Word file; the same result gives the same bytes."""
    look, form, sheet = styles(), FORMS[report.form], FactSheet(report)
    title = f"{report.agency.name}{report.year}年{form.title}核对单"
    word = new_word(title=title, author=report.agency.name, year=report.year)
    add_paragraph(word, TITLE, (title, look.title))
    add_paragraph(word, BODY, (summary(result), look.body))
    add_paragraph(word, HEADING, ("一、需要核对的问题", look.heading))
    findings = sorted(result.findings, key=lambda f: list(Severity).index(f.severity))
    if findings:
        rows = [_finding_row(i, f, form) for i, f in enumerate(findings, start=1)]
        _table(word, _FINDING_HEAD, rows, _FINDING_WIDTHS)
    else:
        add_paragraph(word, BODY, ("没有发现问题。", look.body))
    add_paragraph(word, HEADING, ("二、文中数字的来源", look.heading))
    figures = [m for m in result.mentions if m.status is not Status.NOT_A_FIGURE]
    if figures:
        rows = [_ledger_row(i, m, form, sheet) for i, m in enumerate(figures, start=1)]
        _table(word, _LEDGER_HEAD, rows, _LEDGER_WIDTHS)
    else:
        add_paragraph(word, BODY, ("文中没有统计数字。", look.body))
    if others := len(result.mentions) - len(figures):
        text = f"另有{others}处年份、文号、电话等，不是统计数字，未列入上表。"
        add_paragraph(word, BODY, (text, look.body))
    open_points = tuple(_open_points(result))
    if open_points:
        add_paragraph(word, HEADING, ("三、没有核对到的事项", look.heading))
        for line in open_points:
            add_paragraph(word, BODY, (line, look.body))
    return word_bytes(word)


def summary(result: CheckResult) -> str:
    """Return the first line: how many findings of each severity, how many numbers of each status."""
    counts = [f"{name}{result.count(severity)}处" for severity, name in SEVERITIES.items()]
    explained = sum(f.accepted is not None for f in result.findings)
    text = f"共发现{'、'.join(counts)}" if result.findings else "没有发现问题"
    if explained:
        text += f"，另有{explained}处已由本单位说明"
    text += f"。三张表读到{result.cells_read}格，空白{result.cells_blank}格。"
    statuses = [
        f"{name}{number}处"
        for status, name in STATUSES.items()
        if status is not Status.NOT_A_FIGURE
        and (number := sum(m.status is status for m in result.mentions))
    ]
    return text + (f"文中统计数字：{'、'.join(statuses)}。" if statuses else "")


def place_in_words(at: Place, form: Form) -> str:
    """Return where a finding is: 表三“本年新收·总计”, 一、总体情况“5件”, or 全文."""
    if isinstance(at, CellRef):
        return form.place(str(at)) if str(at) in form.addresses else str(at)
    if isinstance(at, Span):
        return f"{section_name(at.section, form)}：“{at.quote}”"
    if isinstance(at, SectionRef):
        return section_name(at.section, form)
    return "全文"


def section_name(key: str, form: Form) -> str:
    """Return the heading of a section, or 标题, 引言."""
    headings = {section.key: section.heading for section in form.sections}
    return headings.get(key) or _SECTIONS.get(key, key)


def formula_in_figures(formula: str, sheet: FactSheet) -> str:
    """Return a formula as the arithmetic a clerk can repeat: (61＋17)÷166, (168－133)÷133."""
    call = _CALL.fullmatch(formula)
    if call is None:
        return _sum_in_figures(formula, sheet)
    now = _sum_in_figures(call[2], sheet)
    last = call[3] or " + ".join(f"last_year:{part}" for part in call[2].split(" + "))
    base = _sum_in_figures(last, sheet)
    left = f"({now})" if "＋" in now or "－" in now else now
    right = f"({base})" if "＋" in base or "－" in base else base
    if call[1] == "share":
        return f"{left}÷{right}"
    return f"{left}－{right}" if call[1] == "change_count" else f"({now}－{right})÷{right}"


def _sum_in_figures(written: str, sheet: FactSheet) -> str:
    """Return a sum with its operands' values; an unknown one is “未知”."""
    signs = {"+": "＋", "-": "－"}
    parts = []
    for part in written.split(" "):
        fact = part.replace("last_year:", PREVIOUS, 1)
        value = sheet.value(fact)
        parts.append(signs.get(part) or ("未知" if value is None else plain(value)))
    return "".join(parts)


def _finding_row(number: int, finding: Finding, form: Form) -> tuple[str, ...]:
    values = [
        f"{name}{value}"
        for name, value in (("应为 ", finding.expected), ("实为 ", finding.found))
        if value is not None
    ]
    advice = [finding.hint or ""]
    if finding.accepted is not None:
        advice.append(f"已说明：{finding.accepted}")
    return (
        str(number),
        SEVERITIES[finding.severity],
        place_in_words(finding.at, form),
        f"{finding.message}（{finding.code}）",
        "\n".join(values),
        "\n".join(filter(None, advice)),
    )


def _ledger_row(number: int, mention: Mention, form: Form, sheet: FactSheet) -> tuple[str, ...]:
    heading = section_name(mention.section, form)
    formula = formula_in_figures(mention.formula, sheet) if mention.formula else ""
    return (
        str(number),
        heading,
        mention.quote,
        STATUSES[mention.status],
        "\n".join(_name(fact, sheet) for fact in mention.facts),
        formula,
    )


def _name(fact: str, sheet: FactSheet) -> str:
    # NOTE: a mention may name last year's registered fact, or a cell of another form: shown as it is.
    known = fact in sheet and not fact.startswith(f"{PREVIOUS}facts/")
    if not known:
        return fact
    source = sheet[fact].source
    return sheet.describe(fact) + (f"（{source}）" if source else "")


def _open_points(result: CheckResult) -> Iterator[str]:
    what = {rule.code: rule.documentation.partition("\n")[0] for rule in all_checks()}
    for item in result.not_assessed:
        rule = what.get(item.code, "").rstrip("。")
        yield f"{item.code}{f'（{rule}）' if rule else ''}：{item.reason}。"
    for crash in result.crashes:
        yield f"{crash.code}：程序内部错误，这一项没有核对（{crash.error}）。"


def _table(
    word: object, head: tuple[str, ...], rows: list[tuple[str, ...]], widths: tuple[float, ...]
) -> None:
    cells = [
        PlacedCell(0, i, text, style=TABLE_WIDE, fill=_HEAD_FILL) for i, text in enumerate(head)
    ]
    short = {c for c in range(len(head)) if all(len(row[c]) <= 4 for row in rows)}
    for line, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            align = "center" if column in short else "left"
            cells.append(PlacedCell(line, column, text, align=align, style=TABLE_WIDE))
    add_table(word, cells, rows=len(rows) + 1, widths=widths, header_rows=1)
