"""A loosely named number of table two beside confirmed ones: “许可402件，处罚1150件，强制24件”.

Its name alone would accuse nobody; that its neighbours are the table's decisions, or columns of one row, says what it is.
"""

import re

from report_writer.domain.findings import Status
from report_writer.facts.comparing import within
from report_writer.facts.expressions import Expression
from report_writer.facts.judging.by_loose_counts import options_of
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.context import Context
from report_writer.facts.sheet import DOCUMENT_ROWS, FactSheet

# A number further off is no slip: it counts something else. A small neighbour may be right by chance.
_LIKELY, _LOOSELY, _LARGE, _SURELY, _REACH = 4, 2, 10, 30, 60
# What may stand around the loose name of a decision or of what became of a document.
_AROUND = re.compile(
    r"宣布|予以|清理(?=[废失])|现有|部门|政府|行政|规范性|规章|全年|本年|当年|年内|共|其中|作出|实施|采取|行政|以及|和|、|的|决定|措施|案件|文件|为|有"
)
_ONE_WORD = 2
# “报备规范性文件68件”: what is looked at is not what was made.
_LOOKED_AT = re.compile(r"报备|备案|报送|审[核查]|起草|代拟|征求|拟[订定]|评估|清理$")
_POSTED = re.compile(r"公示|公开|归集|发布|推送|上传|上网|挂网|录入")


def accuse_among_siblings(
    sheet: FactSheet, entries: list[Entry], context: Context, text: str
) -> None:
    """Accuse open counts whose siblings in the sentence are confirmed by names of their own."""
    sure = [e for e in entries if (own := context.links.get(id(e.item))) and own.strong]
    borne_out = [e for e in entries if (e.actual or 0) >= _SURELY]
    for index, entry in enumerate(entries):
        quantity = entry.open_count
        if quantity is None or quantity.amount is None:
            continue
        name = _AROUND.sub("", entry.item.label).strip()
        named = name or any(word in entry.item.label for word in ("规章", "规范性"))
        if (
            not named
            or len(name) > _ONE_WORD
            or _POSTED.search(entry.item.lead)
            or _LOOKED_AT.search(entry.item.label)
        ):
            # NOTE: 强制, 新发 say what was counted; 强拆违建, 归集许可 may say something else.
            continue
        said = [e for e in options_of(entry, entries[:index], context, text) if e.is_plain]
        taken = {e.expression for e in entries if e.holds}
        near = [e for e in said if any(_kin(other, entry, e) for other in sure)]
        kin = near or [e for e in said if any(_kin(other, entry, e) for other in borne_out)]
        readings = [e for e in kin if e not in taken]
        actual = sheet.evaluate(readings[0]) if len(readings) == 1 else None
        if not actual or readings[0] in {e.expression for e in entries}:
            continue
        if within(actual, quantity.amount, _LIKELY if near else _LOOSELY):
            entry.settle(Status.CONTRADICTED, readings[0], actual)


def _kin(other: Entry, entry: Entry, reading: Expression) -> bool:
    """Whether a confirmed number of the sentence is of the same kind: decisions, or columns of one row."""
    if not other.holds or other.expression is None or not other.expression.is_plain:
        return False
    theirs, cell = (e.operands[0].split("/") for e in (other.expression, reading))
    same = theirs[-1] == "decisions" if cell[-1] == "decisions" else theirs[1] in DOCUMENT_ROWS
    near = abs(other.item.start - entry.item.start) <= _REACH
    return near and same and theirs[0] == cell[0] == "proactive" and (other.actual or 0) >= _LARGE
