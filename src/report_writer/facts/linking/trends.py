"""Claims of direction without a number: 较上年有所增加, 与上年持平, 连年减少."""

import re
from dataclasses import replace

from report_writer.domain.report import AgencyKind
from report_writer.facts.expressions import Expression, a_year_later, change, total
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.counts import previous_count
from report_writer.facts.linking.lexicon import (
    APPLICANTS,
    OTHER_MATTERS,
    PROACTIVE,
    REMEDIES,
    REQUEST_HINT,
    REQUESTS,
    VERBS,
)
from report_writer.facts.linking.registered import past_of, score
from report_writer.facts.linking.statement import Statement
from report_writer.facts.linking.universals import about_requests
from report_writer.facts.sheet import DOCUMENT_ROWS, FactSheet, remedies, requests
from report_writer.facts.text.bodies import WIDER_BODY
from report_writer.facts.text.frames import Item
from report_writer.facts.text.movements import (
    IN_PART,
    against_another,
    is_hoped,
    is_of_others,
    which_way,
)

_NAMED = 0.6
_UP = re.compile(
    r"不[降减少][反却][升增多]|[只有][增升][不无][减降]|(?<!不)(?:超过|超出|上扬|走高|上涨|递增|[剧渐]增|稳中[有趋][升增]|[增升涨]势|增加|增长|增多|上升|提高|攀升|回升|走高|扩大|[略稍微陡猛锐骤]增|微升|多于|高于|上涨|多了|[略稍微]多|(?<=[年期])(?:要|更|略|稍)?[多高](?=了|些|$))"
)
_DOWN = re.compile(
    r"不[升增多][反却][降减少]|[只有][减降][不无][增升]|不及|不如|(?<!不)(?:递减|缩小|收窄|[剧渐][减降]|稳中[有趋][降减]|[减降跌]势|减少|下降|降低|回落|下滑|走低|萎缩|[略稍微陡猛锐骤][减降]|少于|低于|缩减|少了|[略稍微]少|(?<=[年期])(?:要|更|略|稍)?[少低](?=了|些|$))"
)


# “村级公开数量与上年相同”: what is compared, without the comparison.
_COMPARISON = re.compile(
    r"(?:总?数量|件数|条数|总数)?(?:[与和同较比](?:上(?:一)?年|去年|往年|前一年)|同比).*$"
)


def _registered_pair(
    item: Item, text: str, context: Context, sheet: FactSheet
) -> Expression | None:
    """“信息量较上年有所增加”: a registered fact and what was registered for last year."""
    link = previous_count(item, context)
    if link is not None and link.registered and link.expression.is_plain:
        before = past_of(a_year_later(link.expression).operands[0], sheet)
        if before is not None:
            return change(a_year_later(link.expression), rate=False, before=before)
    if REQUEST_HINT.search(text):
        return None
    text = _COMPARISON.sub("", text) or text
    inside = replace(item, before=text, named=text, left="", lead="", after="")
    for fact in sheet.registered:
        before = past_of(fact.id, sheet)
        if before is not None and score(inside, fact, sheet.year) >= _NAMED:
            return change(total(fact.id), rate=False, before=before)
    return None


# “结转下年5件，与上年转入数持平”: what goes on, against what came over.
_WITH_WHAT_CAME_OVER = re.compile(
    r"^[与和同较比](?:上(?:一)?年|去年)(?:度)?(?:结转|转[入来]|带[入来])"
)
# “受理数较上年有所增加”
_CAME_IN = re.compile(r"(?:受理|收件|接收)(?:总)?(?:数量|件数|数|量)")
# “处罚2件，件数同上年持平”
_JUST_HOW_MANY = re.compile(
    r"(?:[与和同较比](?:上(?:一)?年|去年|往年|前一年)(?:同期)?)?(?:的)?总?(?:件数|数量)(?!.*(?:申请|来件|收件))"
)


def _of_wider(text: str, sheet: FactSheet) -> bool:
    """Whether a department speaks of more bodies than itself: “全市申请量同比上升”."""
    government = sheet.report.agency.kind is AgencyKind.GOVERNMENT
    return not government and WIDER_BODY.search(text) is not None


def direction(text: str) -> int:
    """Return 1, -1 or 0 for the last word of direction: 不降反升 is up, 不多不少 neither."""
    up = max((m.end() for m in _UP.finditer(text)), default=0)
    down = max((m.end() for m in _DOWN.finditer(text)), default=0)
    return (up > down) - (up < down) or which_way(text)


def read_trend(item: Item, text: str, context: Context, sheet: FactSheet) -> Statement | None:
    """Return the change a claim of direction speaks of, with the sign its words give it."""
    if IN_PART.search(item.left + text) or against_another(item.lead + text, context.year):
        # NOTE: what moved within the year, or against another than the last, is in no table.
        return None
    if is_of_others(text) or is_hoped(item.lead[-12:] + text) or _of_wider(text, sheet):
        return None
    registered = _registered_pair(item, text, context, sheet)
    sign = direction(text)
    if _WITH_WHAT_CAME_OVER.search(text) and context.of_requests:
        now, before = requests("carried_forward"), requests("carried_over")
        return Statement((change(now, rate=False, before=before),), sign)
    if registered is not None:
        return Statement((registered,), sign)
    if OTHER_MATTERS.search(text) and not REQUEST_HINT.search(text):
        return None
    if re.search(
        r"率|占比|比例|比重|现象|问题|质量|意识|能力|满意|水平|压力|难度|重复|规范(?!性文件)|纠纷|时限|时间|成本",
        text,
    ):
        # NOTE: a share may fall while its count rises.
        return None
    rows = REMEDIES.matches(text)
    if rows:
        return Statement((change(remedies(rows[-1][2]), rate=False),), sign)
    decisions = [m[2] for m in PROACTIVE.matches(text) if m[2] not in {*DOCUMENT_ROWS, "charges"}]
    if decisions:
        return Statement((change(total(f"proactive/{decisions[-1]}/decisions"), rate=False),), sign)
    made = [m[2] for m in VERBS.matches(text)]
    if made and context.document_row and "申请" not in text:
        cell = total(f"proactive/{context.document_row}/{made[-1]}")
        return Statement((change(cell, rate=False),), sign)
    named = [m[2] for m in REQUESTS.matches(text) if m[3] and m[2] != "handled"]
    if named:
        return Statement((change(requests(named[-1]), rate=False),), sign)
    columns = APPLICANTS.matches(text)
    if columns and (REQUEST_HINT.search(text) or about_requests(item, context)):
        # NOTE: “企业申请与上年相等”: said of one kind of applicant.
        cell = requests("received", columns[0][2])
        return Statement((change(cell, rate=False),), sign) if len(columns) == 1 else None
    if _CAME_IN.match(text):
        return Statement((change(requests("received"), rate=False),), sign, strong=False)
    link = previous_count(item, context)
    of_the_count = link is not None and _JUST_HOW_MANY.match(text)
    if REQUEST_HINT.search(text) and not of_the_count:
        return Statement((change(requests("received"), rate=False),), sign)
    if item.bracketed and (item.previous is None or id(item.previous) not in context.links):
        # NOTE: “处罚463件（与上年相等）” is said of that number alone.
        return None
    if (
        link
        and not link.registered
        and re.match(
            r"(?:[多少高低]于|超过|超出|不及|不如|连年|逐年|持续|总体|整体|继续|进一步|再度|稳中|[增减升降涨跌]势|[只有][增减升降]|持平$|其?数量|其?总量|量|[件条]数|同比|环比|相比|较|比|与|和|同|有所|总体|基本|明显|略|大幅|显著|小幅|呈)",
            text,
        )
    ):
        return Statement((change(a_year_later(link.expression), rate=False),), sign)
    return None
