"""How a roll-up speaks: doubts, causes and explanations in Chinese."""

from collections.abc import Sequence

from report_writer.domain.cells import plain
from report_writer.domain.rollup import CauseKind, CellDifference, DoubtKind, Explained, UnitCause
from report_writer.forms import Form

DOUBT_WORDS = {
    DoubtKind.BLANK: "未填",
    DoubtKind.NOT_APPLICABLE: "填“/”（没有这项职能），不计数",
    DoubtKind.ILLEGAL: "填的不是数字",
    DoubtKind.CONFLICT: "两份报告不一致",
}
_CAUSES = {
    CauseKind.OMITTED: "没有计入“{unit}”",
    CauseKind.TWICE: "“{unit}”计了两次",
    CauseKind.LAST_YEAR: "“{unit}”用的是上年的数字",
    CauseKind.COLUMNS: "“{unit}”的{detail}两列对调了",
    CauseKind.ROWS: "“{unit}”的{detail}两行对调了",
    CauseKind.UNIT: "“{unit}”的收费金额单位用错（元与万元，{detail}）",
    CauseKind.NOT_SENT: "计入了没有报来的{unit}",
}


def quoted(names: Sequence[str]) -> str:
    """Return names in quotation marks: “甲”、“乙”."""
    return "、".join(f"“{name}”" for name in names)


def cause_text(cause: UnitCause) -> str:
    """Return a cause as a clause whose subject is the parent's table."""
    return _CAUSES[cause.kind].format(unit=cause.unit, detail=cause.detail)


def difference_text(form: Form, item: CellDifference) -> str:
    """Return one difference: 表三“本年新收·总计”本级120件，下级合计118件，多2件."""
    unit = form.unit(item.address)
    more = "多" if item.difference > 0 else "少"
    whole = "已填单位合计" if item.partial else "下级合计"
    return (
        f"{form.place(item.address)}本级{plain(item.parent)}{unit}，"
        f"{whole}{plain(item.total)}{unit}，{more}{plain(abs(item.difference))}{unit}"
    )


def explained_text(form: Form, item: Explained) -> str:
    """Return what explains some differences, all explanations where there are several."""
    where = _scope(form, item.scope)
    if not item.explanations:
        return f"{where}有{len(item.cells)}格差异：没有找到能解释的单位，请逐个核对"
    told = ["，并且".join(cause_text(c) for c in e.causes) for e in item.explanations]
    if len(told) == 1:
        return f"{where}有{len(item.cells)}格差异：本级表{told[0]}，差额正好相符"
    listed = "；".join(f"（{n}）{text}" for n, text in enumerate(told, start=1))
    more = "等，不止这些" if item.more else ""
    return f"{where}有{len(item.cells)}格差异，有{len(told)}种可能：{listed}{more}。请核对台账"


def _scope(form: Form, scope: str) -> str:
    if not scope:
        return "三张表"
    table, _, row = scope.partition("/")
    name = form.table_by_key[table].name
    return f"{name}“{form.table_by_key[table].row_by_key[row].short}”行" if row else name
