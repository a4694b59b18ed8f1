"""Of what is a share? The base the text names, or the total of requests it has stated last."""

import re

from report_writer.facts.expressions import Expression, share
from report_writer.facts.linking.cases import closed_cases
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.linking.lexicon import REQUESTS
from report_writer.facts.linking.totals import TOTALS, stated_total
from report_writer.facts.sheet import LITIGATION, remedies, requests
from report_writer.facts.text.frames import Item

# “6件，占到75%”, “占去一半”: 占 by itself, in all its forms.
TAKES = r"占(?:据|到|去|了)*"


def numbered_base(item: Item, context: Context, at: int) -> Expression | None:
    """“占应办申请26件的92.3%”: the base is the count that stands between 占 and the share."""
    previous = item.previous
    if previous is None or previous.start < at or previous.quantity is None:
        return None
    link = context.links.get(id(previous))
    if link is None or link.expression.function is not None or link.registered:
        return None
    fitting = [e for e in link.expressions if e.function is None]
    return fitting[0] if fitting else None


_IN_IT = re.compile(rf"(?:当?中|里)(?:所)?{TAKES}(?:比例?|比重)?(?:约|近|为|达|是|到)*$")
_AMONG = re.compile(r"[在从][^，。；]*$")


def part_in(item: Item, context: Context) -> Expression | None:
    """“信访举报的有13件，在不予处理的17件中占76.5%”: of the count that 在 opens, the one before it."""
    whole = item.previous
    if whole is None or not _IN_IT.fullmatch(item.before.strip()) or not _AMONG.search(whole.left):
        return None
    part = whole.previous
    links = [context.links.get(id(one)) if one is not None else None for one in (part, whole)]
    if any(link is None or link.expression.function is not None for link in links):
        return None
    named, of = (link.expression for link in links if link is not None)
    return share(named, of) if named != of else None


WIDER = re.compile(
    r"全(?:市|区|县|省|州|盟|旗|国|系统|行业|关)|同期(?!(?:主动)?(?:制发|公开|发布|公布)[^，。；]{0,4}总)|总来件"
)


def other_whole(item: Item, context: Context, text: str, part: Link) -> Expression | None:
    """“全区来件143件，本办18件，占全区12.6%”: a share of what is registered for a wider body."""
    previous = item.previous
    reach = max(0, item.sentence[0] - 60)
    while previous is not None and previous.start >= reach:
        link = context.links.get(id(previous))
        if (
            link is not None
            and link.registered
            and link.expression != part.expression
            and WIDER.search(
                link.expression.operands[0] if not WIDER.search(text) else previous.left + text
            )
            and re.search(r"申请|来件|收件|受理", link.expression.operands[0])
            and part.expression in TOTALS
        ):
            return link.expression
        previous = previous.previous
    return None


def group_stated(item: Item, context: Context, group: str) -> list[Expression]:
    """Return a group's total where the sentence has counted it: “10件不予公开申请里，一半是行政执法案卷”."""
    whole = requests(group)
    links = (context.links.get(id(one)) for one in item.earlier())
    return [whole] if any(link is not None and link.expression == whole for link in links) else []


def whole_of(
    item: Item, part: Link, text: str, context: Context, at: int
) -> tuple[tuple[Expression, ...], tuple[Expression, ...]]:
    """Return the bases a share may be of, and those that would explain a wrong one."""
    _, row, column = part.expression.operands[0].split("/")
    group = row.split(".")[0]
    narrower = row != group and part.expression != requests(group)
    if narrower and any(m[2] == group and m[3] for m in REQUESTS.matches(text)):
        # NOTE: “占不予公开总数的近九成”
        return (requests(group),), (requests("disposed"),)
    of_all = re.search(r"申请|来件|收件|新收|受理|办结|答复|应办", text)
    if narrower and not of_all and (stated_group := group_stated(item, context, group)):
        # NOTE: “不予公开10件，执法案卷占一半”: of the group just counted, or of all that was answered.
        return (*stated_group, requests("disposed")), ()
    if re.search(r"应办|须办|需办|待办", text):
        return (requests("handled"),), (requests("received"), requests("disposed"))
    if re.search(r"办结|办理|答复|处理|实办|已办|办毕|结案|办件", text):
        return (requests("disposed"),), (requests("received"), requests("handled"))
    if re.search(r"新收|收到|受理|收件|来件", text):
        return (requests("received"),), (requests("disposed"), requests("handled"))
    if re.search(r"申请", text):
        return (requests("received"), requests("handled"), requests("disposed")), ()
    if row in {"received", "carried_over"} and (
        column != "total" or len(part.expression.terms) > 1
    ):
        return (
            requests(
                context.request_row
                if context.request_row in {"received", "handled"}
                else "received"
            ),
        ), (requests("disposed"),)
    if row in {"disposed", "carried_forward"}:
        return (requests("handled"), requests("received")), ()
    if row in {"received", "carried_over"}:
        return (requests("handled"),), ()
    stated = stated_total(item, context, at)
    if column != "total" and len(part.expression.terms) == 1:
        return (requests(row), requests("disposed")), ()
    if stated is not None and stated != requests("disposed"):
        # NOTE: outcomes are parts of what was answered; where only what came in is stated, of that as well.
        return (requests("disposed"), stated), ()
    return (requests("disposed"),), (requests("received"), requests("handled"))


_OF_REQUESTS = re.compile(r"申请(?!复议|行政复议)|来件|收件|新收|答复")


def whole_of_cases(row: str, text: str, context: Context) -> tuple[Expression, ...]:
    """Return the bases a share of cases may be of: those closed, those brought, both kinds of suits."""
    rows = [row]
    if row in LITIGATION:
        rows.append("litigation")
    if context.remedy_row not in rows:
        rows.append(context.remedy_row or row)
    if _OF_REQUESTS.search(text):
        # NOTE: “行政复议1件，占受理申请的四分之一”
        return requests("received"), requests("handled"), requests("disposed")
    closed = tuple(closed_cases(one) for one in rows)
    brought = tuple(remedies(one) for one in rows)
    if re.search(r"[审办已]结|结案", text):
        return (*closed, *brought)
    return (*brought, *closed)
