"""Counts of table three: which row the words around a number name.

The nearest word wins; a part outranks its group (行政执法案卷 over 不予公开), wherever in the clause the
part stands; two outcomes joined by 和 are their sum. A weak word needs a sentence about requests.
"""

import re
from dataclasses import replace

from report_writer.facts.expressions import Expression, minus
from report_writer.facts.linking.applicants import (
    belongs,
    beside_its_kind,
    broken_down,
    chief_applicant,
    column_after,
    column_of,
    ends_there,
    joined_applicants,
    joined_behind,
    of_one_applicant,
    other_of_list,
)
from report_writer.facts.linking.asked_about import (
    asked_about,
    asking_persons,
    base_of_share,
    brought_by,
)
from report_writer.facts.linking.behind import row_after
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.linking.faint import fitting
from report_writer.facts.linking.lexicon import (
    APPLICANTS,
    OTHER_MATTERS,
    REQUEST_UNITS,
    REQUESTS,
)
from report_writer.facts.linking.lexicon_faint import FAINT, FAINT_COLUMNS
from report_writer.facts.linking.naming import (
    clause_before,
    last_number,
    qualified,
    relative,
    wide_label,
)
from report_writer.facts.linking.request_rows import rows_of
from report_writer.facts.linking.siblings import AND_SUCH, part_has_its_own
from report_writer.facts.linking.topic import may_be_requests, plain_words, strayed
from report_writer.facts.linking.totals import closing_total, restated
from report_writer.facts.sheet import FLOW_ROWS, requests
from report_writer.facts.text.bodies import (
    about_documents,
    another_kind,
    counted_elsewhere,
    plainly_received,
)
from report_writer.facts.text.frames import Item
from report_writer.forms.ogi_2021 import OUTCOME_GROUPS

_GROUPS = frozenset(OUTCOME_GROUPS)
_WITH_CARRIED = re.compile(
    r"^[^，。；]{0,3}[（(，]?\s?(?:内|其中)?(?:含|包括|包含)[^，。；）]{0,2}(?:上(?:一)?年|去年|20\d{2}年|往年)|^[，（(]?其中[^，。；）]{0,3}(?:上(?:一)?年|去年)[^，。；）]{0,6}(?:结转|转)"
)
_NAMELESS = re.compile(
    r"(?:[\s的有另余约为共计：:、尚还仍即]|其中|唯一|仅|只有|达到?|其余|其他|剩余|剩下|另外|余下|尚余|截[至止]|到|年末|年底|期末|本年度?|全年|年内|当年|我[局委办厅院所镇乡街校]道?|本[局委办厅院所镇乡街校]道?|本机关)*"
)
# “公民、法人和其他组织” is everybody, not the column of organisations.
_EVERYONE = re.compile(r"公民、法人(?:、|和|或者?|及|与|以及)*其[他它]组织")


def link_request(item: Item, context: Context, unit: str) -> Link | None:
    """Return the cells of table three a count may speak of, or None."""
    if unit not in REQUEST_UNITS or about_documents(item):
        return None
    link = (
        _excepted(item)
        or restated(item, context)
        or closing_total(item, context)
        or other_of_list(item, context)
        or asking_persons(item, context)
        or brought_by(item, context)
        or _named(item, context)
        or asked_about(item, context)
        or base_of_share(item, context)
        or fitting(item, context)
    )
    if link is None:
        return None
    if link.row != "faint" and link.expression.operands[0].endswith("/total"):
        link = of_one_applicant(item, link, context)
    beside = beside_its_kind(item) or _THINGS.match(item.after)
    if counted_elsewhere(item) or beside:
        link.strong = False
    elif link.row != "faint":
        context.topic = "requests"
    return link


# “除5件结转外均已办结”: what the exception names goes over to the next year.
_EXCEPT = re.compile(r"除(?:了)?\s?$")
_GONE_OVER = re.compile(
    r"\s?(?:申请)?(?:因[^，。；]{0,12}?)?(?:结转|转[入至到]|顺延|延期|跨年|尚在|正在|未办结|在办)[^，。；]{0,8}?(?:外|之外|以外)(?!部)"
)


def _excepted(item: Item) -> Link | None:
    if not _EXCEPT.search(item.lead) or not _GONE_OVER.match(item.rest):
        return None
    if not REQUESTS.matches(item.lead) and "申请" not in item.lead + item.rest:
        return None
    return Link((requests("carried_forward"),), row="carried_forward")


# “涉及个人隐私的2份材料”: what is counted stands behind the number, and is no request.
_THINGS = re.compile(
    r"\s?(?:的)?(?:政府)?(?:信息(?!公开)|材料|文件|资料|档案|文书|卷宗|合同|图纸|记录|纪要|附件|数据|内容)"
)


def _named(item: Item, context: Context) -> Link | None:
    label = relative(item.label, context.year)
    about = may_be_requests(item, context, label)
    if item.respective and not about:
        about = may_be_requests(item, context, item.left)
    speaks = about or (context.topic == "requests" and plain_words(label, context))
    column = column_of(label) if speaks else ""
    if _EVERYONE.search(item.left) or not ends_there(item, column, context):
        column = ""
    rows, strong = rows_of(item, context, label, about)
    if column and not rows and qualified(label, APPLICANTS.matches(label)[-1][1]) is not None:
        column = ""
    if not rows and _NAMELESS.fullmatch(label):
        if about and (joined := joined_behind(item, context)) is not None:
            return joined
        if about or may_be_requests(item, _NOWHERE, item.lead):
            rows, strong = row_after(item, context.year)
        column = column or (column_after(item) or chief_applicant(item) if about else "")
    if not rows:
        if not column or strayed(item, context):
            return None
        return joined_applicants(item, column, context.request_row, context) or broken_down(
            item, column, context
        )
    joined = joined_applicants(item, column, rows[0], context) if column else None
    if joined is not None:
        return joined
    row = rows[0]
    if row == "carried_forward" and _TAKEN_IN.search(label):
        rows, row = ("carried_over",), "carried_over"
    if row == "handled" and "待办" in label and _follows_what_is_done(item, context):
        rows, row = ("carried_forward",), "carried_forward"
    if row == "carried_over" and _INCLUDED.search(label):
        rows, row, strong = ("handled",), "handled", False
    if not _said_plainly(item, label, row) or (
        row.startswith("carried_") and not about and OTHER_MATTERS.search(item.lead)
    ):
        strong = False
    if len(rows) > 1:
        together = tuple(term for one in rows for term in requests(one).terms)
        return Link((Expression(together),), strong, row=row.split(".")[0])
    if row == "worked_on":
        return replace(_worked_on(item, context), strong=strong) if about else None
    if row == "with_carried":
        context.request_row = "handled"
        return Link((requests("handled"), requests("carried_over")), strong, row="handled")
    if row in {"received", "handled"}:
        if row == "received" and _WITH_CARRIED.search(item.rest) and "新" not in label:
            context.request_row = "handled"
            return Link((requests("handled"), requests("received")), row=row)
        context.request_row = row
        if _SOME_OF_THEM.search(label):
            # NOTE: “新收的有1件是律师事务所来函” counts some of them.
            column, strong = column or column_after(item), False
    if row == "received" and not _RECEIVING.search(label):
        column = column or chief_applicant(item)
        if column:
            return broken_down(item, column, context)
        named = _BODY_ASKS.fullmatch(label.strip())
        if item.named is None and named and FAINT_COLUMNS.matches(named["who"]):
            # NOTE: “投标人提出公开申请9件”: a body the form has a column for under another name.
            return fitting(item, context)
        who = _WHO_ASKS.fullmatch(label.strip())
        if item.named is None and who and not _NOBODY.fullmatch(who["who"]):
            return fitting(item, context)
    if column:
        own = row in FLOW_ROWS
        if own or (column := _column_beside(label, row)):
            return Link((requests(row, column),), row=row)
    return Link(_options(row, label, item, context), strong, row=row)


_SOME_OF_THEM = re.compile(r"(?:的|[当之]?中|[件里])(?:，|其中|仅|只|就|也|还|另)*有$")


def _follows_what_is_done(item: Item, context: Context) -> bool:
    """“办结40件、待办3件”: what waits then goes over to the next year."""
    previous = last_number(item)
    link = context.links.get(id(previous)) if previous is not None else None
    return link is not None and link.row == "disposed"


# “加上跨年的1件”: what is added to what came in was carried over.
_TAKEN_IN = re.compile(r"^(?:再?加上?|叠加|连同|外加|算上|并上|含)[^，。；]{0,4}跨年")
# “连同上年遗留在内的5件”: with those that came in.
_INCLUDED = re.compile(r"在内的?(?:一?共|合计|共计|总计|应办|办理|处理|办|计|为)*$")
# What narrows a count: “涉企申请”, “再次提交”, “自条例施行以来”, “转我局办理”.
_NARROWED = re.compile(
    r"涉[^，。；、]{1,3}申请|其中[^，。；、]{0,3}(?:网[上络]|线[上下]|信函|邮[寄件]|当面|现场|窗口|传真)|直接(?:收到|受理)|再次|重新(?:提交|申请)|当场|当面答|现场答|即时|(?<![至止到])(?<!\d)\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|初|末)(?:前后)?[^，。；]{0,4}(?:递交|提出|提交|收到|受理|来)|转(?:我|本|由)|交办|转交|分办|以来|历年|近[一二两三四五六七八九十\d]+年|自20\d\d年"
)


# “此类不予处理由22件减为14件”: of the kind just spoken of; “新收的17件办结”: as many as were done.
_OF_SOME_KIND = re.compile(r"[此这该]类")
_ENDED_NOW = re.compile(r"(?:已|均|全部|都)*(?:办结|办毕|答复|办理完毕)(?!率)")
_EACH_OF_SOME = re.compile(r"[两三四五]种[^，。；]*各$")
# “撤回1件。除此之外，办结的17件均书面答复”
_BESIDE_THOSE = re.compile(r"除[此上前][^，。；]{0,4}(?:之外|以外|外)，[^，。；]*$")


def _said_plainly(item: Item, label: str, row: str) -> bool:
    """Whether nothing beside the row's word narrows what is counted, or says what else became of it."""
    if (
        _OF_SOME_KIND.search(label)
        or _EACH_OF_SOME.search(item.left)
        or (label.endswith("的") and _ENDED_NOW.match(item.after))
    ):
        return False
    if row == "disposed" and _BESIDE_THOSE.search(item.lead):
        return False
    if _NARROWED.search(item.left) or (row == "received" and another_kind(label)):
        return False
    of_all = row in {"received", "handled"} and not column_of(label)
    if of_all and not plainly_received(label, item.rest):
        return False
    others = {m[2].split(".")[0] for m in REQUESTS.matches(item.after) if m[2] not in {"received"}}
    return "." not in row or not others or row.split(".")[0] in others or "撤" not in item.after


# “企业申请9件” names who asked; that it came in is for the list's head to say.
_RECEIVING = re.compile(r"收|受理|接|登记|新")


# “船员申请3件”: an applicant the form has no column for; the total cannot be meant.
_WHO_ASKS = re.compile(r"(?P<who>[^，。；、]{1,5}?)申请(?:公开)?(?:的)?")
_BODY_ASKS = re.compile(
    r"(?P<who>[^，。；、]{1,4}(?:[人商方店厂行所]|企|户))(?:所)?(?:提出|提交|递交|寄来|送来)(?:的)?(?:政府)?(?:信息)?(?:公开)?申请(?:公开)?(?:的)?"
)
_NOBODY = re.compile(
    r".*(?:承办|经办|经手|承接|接办|应办|公开|信息|办理|处理|办结|收到|受理|合计|共计|提出|渠道|形式|方式|新增|全部|有效|书面|网上|线上|正式|各类|所有|总|结|答复|依|共|其中|本年|全年|年|的|理|收|有|转|为|条|件)"
)


def _worked_on(item: Item, context: Context) -> Link:
    carried = _WITH_CARRIED.search(item.rest)
    options = [requests("handled"), requests("disposed"), requests("received")]
    if not carried:
        options = [requests("disposed"), requests("received"), requests("handled")]
    context.request_row = "handled" if carried else "received"
    return Link(tuple(options), row="worked_on")


def _column_beside(label: str, row: str) -> str:
    for start, end, key, _ in REQUESTS.matches(label):
        if key == row:
            return belongs(label, start, end)
    return ""


# “公开申请62件办理完毕” may count those that came in or those that are done.
_DONE_BEHIND = re.compile(
    r"(?:申请)?(?:已经?|全部|均|都)*(?:办(?:理|复)?(?:完?毕|结|完)|答复|了结|审结)"
)


# “公开答复3件”: answered by disclosing, or answered at all.
_ANSWERED_OPENLY = re.compile(r"(?<![息请动])公开(?:类)?答复(?:了|的)?$")


# “办理政府信息公开申请42件”: those that came in, that were to be handled, or that were.
_WORKED_ON = re.compile(r"(?:办理|处理|承办)[^，。；、]{0,10}申请$")
_PETITIONS = re.compile(r"(?:信访|举报|投诉)[^，。；、]{0,4}来件$")


def _options(row: str, label: str, item: Item, context: Context) -> tuple[Expression, ...]:
    """Return what a row word may count: 受理 and 办理 often take in what was carried over."""
    if row == "received" and not _RECEIVING.search(label) and _DONE_BEHIND.match(item.after):
        return (requests("disposed"), requests("received"), requests("handled"))
    if row == "disposed" and _ANSWERED_OPENLY.search(label):
        openly = (requests("disclosed"), requests("disclosed_in_full_or_part"))
        return (*openly, requests("disposed"))
    if row == "received" and _PETITIONS.search(label):
        return (requests("received"), requests("not_processed.petition"))
    if row == "received" and _WORKED_ON.search(label):
        return (requests("received"), requests("handled"), requests("disposed"))
    if row == "received" and not re.search(r"新", label):
        return (requests("received"), requests("handled"))
    if row == "not_disclosed":
        return (requests(row), minus(requests("disposed"), requests("disclosed_in_full_or_part")))
    if row == "carried_forward" and (_TURNED.search(label) or _OPENING.search(label)):
        # NOTE: “结转3件” without a year may have come in or gone out; told last, it has gone out.
        if _TURNED.search(label) and _told_last(item, label, context):
            return (requests(row),)
        return (requests(row), requests("carried_over"))
    if row == "disclosed" and "予以" not in label and not part_has_its_own(item):
        return (requests("disclosed"), requests("disclosed_in_full_or_part"))
    if row == "unable_to_provide.not_held" and "不存在" in label:
        return (requests(row), requests("unable_to_provide"))
    if row in _GROUPS and not AND_SUCH.search(label):
        loose = dict.fromkeys(
            m[2] for m in FAINT.matches(_reason(item)) if m[2].startswith(row + ".")
        )
        return (*(requests(part) for part in loose), requests(row))
    if "." in row and not any(key == row for _, _, key, _ in REQUESTS.matches(label)):
        # NOTE: the part stands in a clause of its own, and may only explain the group.
        return (requests(row), requests(row.split(".")[0]))
    return (requests(row),)


def _reason(item: Item) -> str:
    """Return where a reason may stand: the clause of a group's number, the one before, and behind it."""
    behind = item.after if _NAMELESS.fullmatch(item.label) else ""
    return clause_before(item) + "，" + wide_label(item) + "，" + behind


def _told_last(item: Item, label: str, context: Context) -> bool:
    """“收到214件，办结209件，结转16件”: what is told behind what was answered has not been answered."""
    if item.bracketed or _BROUGHT_IN.search(label) or _DONE_TOO.match(item.after):
        return False
    links = (context.links.get(id(earlier)) for earlier in item.earlier())
    return any(link is not None and link.row == "disposed" for link in links)


_BROUGHT_IN = re.compile(r"含|包括|其中|加|连同|另|并入|上年|去年|来")
_DONE_TOO = re.compile(r"\s?(?:申请)?(?:也|亦|均|都|全部|一并|同时|已)")
_OPENING = re.compile(r"(?:年|期)初$")
_TURNED = re.compile(
    r"(?<!年[末底])(?<!期末)(?<![下次明来翌入至到])(?<![下次明来翌]年)结转(?:申请|件|的|了|数|办理)*$"
)


_NOWHERE = Context("", 0)
