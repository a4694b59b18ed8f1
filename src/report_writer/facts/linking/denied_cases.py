"""Denials of the cases of table four: 无行政复议, 未被纠正, 尚未审结."""

import re

from report_writer.facts.linking.cases import closed_cases
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.statement import Statement
from report_writer.facts.sheet import remedies
from report_writer.facts.text.frames import Item


def deny_cases(
    text: str, rows: tuple[tuple[int, int, str, bool], ...], context: Context
) -> Statement:
    """Return the cell that a denial of cases calls 0; `rows` are the words for cases in it, with their places."""
    keys = {m[2] for m in rows}
    if "remedies" in keys or {"reconsideration", "litigation"} <= keys:
        row = "remedies"
    else:
        row = rows[-1][2]
    column = "corrected" if re.search(r"被?(?:纠正|纠错|撤销|败诉)", text) else "total"
    if re.search(r"未审结|跨年|待审|在审|积压|未结", text):
        column = "pending"
    context.remedy_row = row
    # NOTE: “无一例因答复不当引发诉讼” denies one kind of case only.
    narrow = re.search(
        r"因[^，。；]{0,10}(?:不当|不及时|错误|违[法规]|瑕疵|不规范|超期|逾期|不作为)", text
    )
    return Statement((remedies(row, column),), strong=narrow is None)


def judges_named(text: str) -> list[str]:
    """Return the cases whose judge a denial names: “没有一件被复议机关纠正”."""
    judges = (("复议机关", "reconsideration"), ("法院", "litigation"))
    return [row for judge, row in judges if judge in text]


def leaves_unsettled(item: Item, text: str, context: Context) -> Statement | None:
    """“诉讼1件，未审结”: all of them are pending; “其中1件未审结” names that one only."""
    if item.previous is not None and item.previous.end == item.start:
        return None
    if (
        context.topic == "remedies"
        and context.remedy_row
        and re.search(r"(?:未|没有?)(?:审结|结案)(?!的?(?:案件)?(?:有|是|为|包括)$)", text)
    ):
        return Statement((closed_cases(context.remedy_row),))
    return None
