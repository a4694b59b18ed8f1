"""The Excel form: names of its sheets, labels and choices; what its totals are the sum of.

Written by the exporter and read back by the reader, which know nothing of each other; both know
this file. All texts are shown to the clerk.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from report_writer.domain.cells import BLANK, NOT_APPLICABLE, Cell, CellKind
from report_writer.domain.report import (
    AgencyKind,
    AgencyLevel,
    AnnualReport,
    PreviousYear,
    Scope,
    Topic,
)
from report_writer.forms import Form, form_for_year
from report_writer.forms.ogi_2021 import OGI_2021

GUIDE, BASICS, FACTS, NOTES, TEXT = "填写说明", "基本情况", "补充事实", "工作要点", "正文"
LAST_YEAR, LAST_TEXT, LAST_FACTS = "上年数据", "上年正文", "上年补充事实"
ACCEPTED = "已说明的提示"
HELP_COLUMN = "填写说明"
CONTINUED = "（接上段）"
YES, NO, THERE, NONE = "是", "否", "有", "无"

# Labels of 基本情况, in order: key → (label, help).
FIELDS: Mapping[str, tuple[str, str]] = {
    "name": ("机关名称", "全称，与公章一致"),
    "short_name": ("简称", "如：区住建局；正文再次提到时使用"),
    "self_reference": ("自称", "如：我局、本机关"),
    "kind": ("机关类型", "从下拉列表中选择"),
    "level": ("层级", "从下拉列表中选择"),
    "superior": ("上级", "如：区委、区政府"),
    "year": ("年度", "报告年度，四位数字"),
    "form": ("报告格式", "不用改"),
    "scope": ("口径", "数字只含本机关，还是汇总了下级"),
    "tables": ("有无表格", "不用改"),
    "all_zero": ("全年均为零", "选“是”，三张表里没有填的格一律按0读取"),
    "fee_notices": (
        "信息处理费：发出收费通知（件）",
        "在第六部分报告，与表二的行政事业性收费不是一回事",
    ),
    "fee_charged": ("信息处理费：通知金额", ""),
    "fee_collected": ("信息处理费：实际收取金额", ""),
    "fee_unit": ("信息处理费：金额单位", "元或万元"),
}
KINDS: Mapping[AgencyKind, str] = {
    AgencyKind.DEPARTMENT: "部门",
    AgencyKind.OFFICE: "政府办公厅（室）",
    AgencyKind.GOVERNMENT: "人民政府",
    AgencyKind.TOWNSHIP: "乡镇、街道",
}
LEVELS: Mapping[AgencyLevel, str] = {
    AgencyLevel.NATIONAL: "国家级",
    AgencyLevel.PROVINCE: "省级",
    AgencyLevel.CITY: "市级",
    AgencyLevel.COUNTY: "县级",
    AgencyLevel.TOWNSHIP: "乡级",
}
SCOPES: Mapping[Scope, str] = {Scope.OWN: "本机关", Scope.AGGREGATE: "汇总下级"}
TOPICS: Mapping[Topic, str] = {
    Topic.PROACTIVE: "主动公开",
    Topic.ON_REQUEST: "依申请公开",
    Topic.INFORMATION_MANAGEMENT: "政府信息管理",
    Topic.PLATFORM: "政府信息公开平台建设",
    Topic.OVERSIGHT: "监督保障",
    Topic.PROBLEMS: "存在的主要问题",
    Topic.IMPROVEMENTS: "改进措施",
    Topic.OTHER_MATTERS: "其他需要报告的事项",
}
SECTIONS: Mapping[str, str] = {
    "title": "标题",
    "preface": "前言",
    **{section.key: section.heading for section in OGI_2021.sections},
}
FACT_HEADS = ("名称", "数值", "单位", "来源", "口径")
NOTE_HEADS = ("主题", "要点")
TEXT_HEADS = ("部分", "段落")
LAST_YEAR_HEADS = ("表", "行", "列", "数值", "编号")
ACCEPTED_HEADS = ("编码", "位置", "理由")
# The workbook of many agencies: one sheet, one row an agency, these columns before the figures.
MANY = "汇总填报"
MANY_FIELDS = ("name", "year", "kind", "level", "all_zero")


def many_heading(form: Form, address: str) -> str:
    """Return the heading of a figure in the workbook of many agencies: 表三·本年新收·总计."""
    return f"{form.table_by_key[address.split('/')[0]].name}·{form.label(address)}"


def many_addresses(form: Form) -> tuple[str, ...]:
    """Return the figures of the workbook of many agencies, in order."""
    return tuple(address for address in form.addresses if address not in form.absent)


def totals_of(form: Form) -> dict[str, tuple[str, ...]]:
    """Return total address → the addresses it is the sum of.

    Where a cell closes both a row and a column, the row counts.
    """
    totals: dict[str, tuple[str, ...]] = {}
    single = [e for e in form.reconciliations if len(e.right) == 1]
    for equation in sorted(single, key=lambda e: e.along != "rows"):
        table, last = form.table_by_key[equation.table], equation.right[0]
        if equation.along == "rows":
            for row in table.rows:
                if f"{table.key}/{row.key}/{last}" in form.absent:
                    continue
                parts = tuple(f"{table.key}/{row.key}/{c}" for c in equation.left)
                totals.setdefault(f"{table.key}/{row.key}/{last}", parts)
        else:
            for column in table.columns:
                every = (f"{table.key}/{r}/{column.key}" for r in equation.left)
                parts = tuple(address for address in every if address not in form.absent)
                totals.setdefault(f"{table.key}/{last}/{column.key}", parts)
    return totals


def total_cell(parts: Sequence[Cell]) -> Cell:
    """Return the total of some cells: "/" where all are, blank where any is unknown."""
    if all(cell.kind is CellKind.NOT_APPLICABLE for cell in parts):
        return NOT_APPLICABLE
    values = [cell.value for cell in parts if cell.value is not None]
    return Cell.number(sum(values, Decimal(0))) if len(values) == len(parts) else BLANK


def form_from_previous(previous: AnnualReport, *, agency: str, year: int) -> AnnualReport:
    """Return the empty report of a year, prefilled from the report of an earlier one.

    The agency's details stay, last year's figures and text go along, and what was carried forward
    becomes what is carried over when the years follow each other.
    """
    form = form_for_year(year)
    cells: dict[str, Cell] = {}
    if previous.tables is not None and previous.year == year - 1:
        for column in form.table_by_key["requests"].columns:
            cell = previous.tables[f"requests/carried_forward/{column.key}"]
            if cell.kind is CellKind.NUMBER and cell.value is not None:
                cells[f"requests/carried_over/{column.key}"] = Cell.number(cell.value)
    return AnnualReport(
        form=form.id,
        year=year,
        agency=previous.agency.model_copy(update={"name": agency}),
        scope=previous.scope,
        tables=form.complete(cells),
        previous=PreviousYear(
            year=previous.year,
            form=previous.form,
            tables=previous.tables,
            facts=previous.facts,
            sections=previous.sections,
        ),
    )
