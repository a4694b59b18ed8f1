"""Counts of table two: documents made, repealed and in force; decisions."""

import re

from report_writer.facts.expressions import a_year_before, total
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.linking.lexicon import (
    DECISION_UNITS,
    DOCUMENT_UNITS,
    LOOSE_DECISION_UNITS,
    OTHER_MATTERS,
    PROACTIVE,
    REQUEST_HINT,
    REQUESTS,
    VERBS,
)
from report_writer.facts.linking.naming import qualified, relative
from report_writer.facts.linking.spoken_of import part_of_posts, part_of_requests
from report_writer.facts.sheet import DOCUMENT_ROWS
from report_writer.facts.text.frames import Item

_ANY_DECISION_UNIT = DECISION_UNITS | LOOSE_DECISION_UNITS
_TALLIES = frozenset({"家次", "户次", "张"})
_COMPOUND = re.compile(
    r"(?:(?:新)?(?:制定|制发|出台|印发|修改|修订|废止)(?:、|和|及|与|并)){1,3}(?:修改|修订|废止|失效|清理)[^，。；、]{0,8}(?:规范性文件|规章)"
)


# “列入计划而尚在征求意见的4件，代拟以市政府名义印发的3件”
_DRAFTED = re.compile(r"代拟|代起草|代为起草|尚在|列入计划|拟[制印出]|征求意见")
_BEFORE = 16
# “不属规范性文件的81个”: what is counted is something else.
_NO_SUCH = re.compile(r"(?:不属于?|不是|并非|非|不作为|以外的|之外的)(?:行政)?(?:规范性文件|规章)")


def link_proactive(item: Item, context: Context, unit: str) -> Link | None:
    """Return the cells of table two a count may speak of, or None."""
    label = item.label
    if _NO_SUCH.search(label) or _DRAFTED.search(item.left[-_BEFORE:]):
        return None
    found = PROACTIVE.matches(label)
    if not found:
        ahead = PROACTIVE.matches(item.after[:12])
        found = tuple(m for m in ahead if m[2] in {"normative_documents", "rules"} and m[0] <= 2)
    if found:
        keys = list(dict.fromkeys(m[2] for m in found))
        row = found[-1][2]
        if row in {"normative_documents", "rules"}:
            link = _documents(item, context, unit, row)
            return _of_both_kinds(link, label) if link is not None and len(keys) > 1 else link
        context.document_row = ""
        if row == "charges" or unit not in _ANY_DECISION_UNIT:
            return None
        if part_of_requests(item) or part_of_posts(item):
            return None
        if not _decided(label, found[-1], unit):
            worked = _WORKED_OFF.fullmatch(label, found[-1][1]) and unit in DECISION_UNITS
            loose = worked or (unit in {"项", "个"} and _decided(label, found[-1], "件"))
            loose = loose or _may_be_decided(label, found[-1], unit)
            return Link((total(f"proactive/{row}/decisions"),), False, row=row) if loose else None
        sure = (unit in DECISION_UNITS or unit in _TALLIES) and not re.search(
            r"受理[^，。；]{0,6}许可(?:申请|事项)?", item.lead
        )
        if _TOTALLED.search(label) and not re.search(r"\d", item.left):
            # NOTE: “作出许可、处罚决定共761件”: what 、 divides is counted together.
            keys = list(dict.fromkeys(m[2] for m in PROACTIVE.matches(item.left)))
        if (
            len(keys) > 1
            and item.named is None
            and not re.search(r"[为是占比]", label[found[0][1] : found[-1][0]])
            and set(keys) <= {"licences", "penalties", "coercive_measures"}
        ):
            return Link((total(*(f"proactive/{k}/decisions" for k in keys)),), row=row)
        if _CHECKED.search(item.lead[: len(item.lead) - len(label)]) and not _pairs(item, context):
            sure = False
        if item.lead.endswith("、" + label) and _posted_before(item, context):
            sure = False
        context.topic = "proactive"
        return Link((total(f"proactive/{row}/decisions"),), sure, row=row)
    _announced(item, context)
    if not context.document_row and unit in DOCUMENT_UNITS and _SOME_DOCUMENTS.search(item.lead):
        verbs = VERBS.matches(label)
        if verbs:
            return Link(
                (_issued("normative_documents", verbs[-1][2]).expression,), False, row="faint"
            )
    if context.document_row and unit in DOCUMENT_UNITS and _in_document_frame(item, context):
        if _FROM_THE_START.match(relative(item.left, context.year)):
            row = context.document_row
            return Link((a_year_before(total(f"proactive/{row}/in_force")),), row=row)
        verbs = VERBS.matches(label)
        if verbs and not REQUESTS.matches(label):
            link = _issued(context.document_row, verbs[-1][2])
            other_things = len(_OF_DOCUMENTS.sub("", label)) > _ROOM
            if other_things and context.document_sentence != item.sentence:
                return None
            # NOTE: “清理5件，保留3件” speaks of those looked through, not of all that are in force.
            link.strong = not (
                "保留" in label and re.search(r"清理(?!废止)[^，。；]{0,8}\d", item.lead)
            )
            return link
        known = _loosely(context.document_row, label)
        # NOTE: “规范性文件3件。新收41件”: 新收 is of requests, whatever was counted before.
        requested = REQUEST_HINT.search(item.lead) or any(m[3] for m in REQUESTS.matches(label))
        if known is not None and not requested:
            return known
    return _decisions_behind(item, unit) or _loose_decisions(item, unit)


def _of_both_kinds(link: Link, label: str) -> Link:
    """“规章与规范性文件本年合计制发16件”: the rules and the documents together."""
    named = {m[2] for m in PROACTIVE.matches(label)}
    column = link.expression.operands[0].rpartition("/")[2]
    if not named.issuperset(DOCUMENT_ROWS) or not re.search(r"合计|共|总", label):
        return link
    both = total(*(f"proactive/{row}/{column}" for row in ("rules", "normative_documents")))
    return Link((both,), link.strong, row=link.row)


_TOTALLED = re.compile(r"(?:共|合计|总计|总数|总量)(?:计|有|达|为)?$")
_DECISIONS = re.compile(r"\s?(?:项)?(?:行政)?(?:许可|处罚|强制)(?:措施)?(?:决定|措施)")


def _decisions_behind(item: Item, unit: str) -> Link | None:
    """“214件许可决定中有17件补录”: the noun stands behind its number."""
    if unit not in DECISION_UNITS or not _DECISIONS.match(item.after):
        return None
    row = PROACTIVE.matches(item.after)[0][2]
    return Link((total(f"proactive/{row}/decisions"),), False, row="faint")


LOOSE_VERBS = (
    (
        "repealed",
        re.compile(r"废|取消|清[掉出退除]|剔[除出]|淘汰|停[用止]|撤|作古|下架|出库|失效|[退移]出"),
    ),
    (
        "in_force",
        re.compile(
            r"年[末底终]|期末|岁末|管用|[在仍续沿照延]用|现行|现[有存]|存续|存|余|留|剩|有效|累计|施行|执行|生效|在[册库]|保有|尚有|目录[内中里]"
        ),
    ),
    ("issued", re.compile(r"新|立|发|出|制|颁|印|添")),
)


# “规范性文件年初56件”: as many as were in force when last year ended.
_AT_FIRST = re.compile(r"(?:年初|期初|上年末|去年末|上年底|去年底)(?:为|有|的|共)*$")


_FROM_THE_START = re.compile(
    r"\s*(?:加上?|连同|算上)?(?:年初|期初|上年[末底]|去年[末底])[^，。；\d]*(?:有效|存量|现有|保有|存续)"
)


def _loosely(row: str, label: str) -> Link | None:
    """Return the column a loose verb may mean: it confirms, no more."""
    if _AT_FIRST.search(label):
        return Link((a_year_before(total(f"proactive/{row}/in_force")),), False, row="faint")
    for column, words in LOOSE_VERBS:
        if words.search(label):
            return Link((total(f"proactive/{row}/{column}"),), False, row="faint")
    return None


# Other names of the decisions: they may confirm the cell, no more.
_LOOSE_ROWS = (
    (
        "licences",
        re.compile(
            r"审批(?!结果|信息)|许可(?!(?:事项)?(?:清单|目录|信息|公示))|核准|准予(?!公开|部分|提供)|颁发|发证|核发"
        ),
    ),
    ("penalties", re.compile(r"处罚(?!信息|案例|公示|结果)|罚单|罚款案|立案")),
    ("coercive_measures", re.compile(r"强制|查封|扣押|扣留|冻结|代履行")),
)


def _loose_decisions(item: Item, unit: str) -> Link | None:
    if unit not in _ANY_DECISION_UNIT:
        return None
    named = item.label[-12:]
    row = next((row for row, words in _LOOSE_ROWS if words.search(named)), None)
    if row is None or REQUEST_HINT.search(item.lead):
        return None
    return Link((total(f"proactive/{row}/decisions"),), False, row="faint")


# What may stand beside the verb when documents are meant: “其中新制定”, “年末继续有效文件”.
_OF_DOCUMENTS = re.compile(
    r"(?:宣布)?(?:清理)?(?:废止|失效|停止执行)|(?:现行|继续|目前|年[末底]|仍然?|尚|现)?(?:有效|保留|存续|施行|执行|实施|适用)|存量|现存|现行|新?(?:制定|制发|出台|印发|发布|颁布|制订|公布|增|制|立)"
    r"|(?:行政)?规范性|文件|规章|政策|本[年级]度?|全年|年内|当年|其中|另有?|共|均|已|同时|截至|我[局委办厅镇乡]|本[局委办厅]|[的了为有是、并和及\s：:\d年月日]"
)
_ROOM = 2


def _announced(item: Item, context: Context) -> None:
    """“规范性文件方面，新印发5件”: the documents are named in a clause without a number."""
    if context.document_sentence == item.sentence or (
        item.previous is not None and (item.previous.start >= item.sentence[0])
    ):
        return
    for match in PROACTIVE.matches(item.lead):
        if match[2] in DOCUMENT_ROWS and _HEADING.match(item.lead, match[1]):
            context.document_row, context.document_sentence = match[2], item.sentence


# “文件清理：制发2件，全文废止1件”: which documents is left open, so that the cells may only confirm.
_SOME_DOCUMENTS = re.compile(
    r"(?:^|[，。；])(?:政策|行政)?文件(?:清理|管理|制发|方面|工作|情况)+[，：:]"
    r"|审[查核][^，。；]{0,12}规范性文件"
)


_HEADING = re.compile(r"(?:管理|清理|制定)?(?:工作|方面|情况|制发)*[，：:]")


def _posted_before(item: Item, context: Context) -> bool:
    """“归集许可213件、处罚58件”: what holds of the first of a list holds of the next."""
    link = context.links.get(id(item.previous)) if item.previous is not None else None
    decided = link is not None and link.expression.operands[0].endswith("/decisions")
    return decided and link is not None and not link.strong


def _pairs(item: Item, context: Context) -> bool:
    """Whether the number before is one of decisions too: 许可213件，处罚58件."""
    link = context.links.get(id(item.previous)) if item.previous is not None else None
    decided = link is not None and link.expression.operands[0].startswith("proactive/")
    return decided or "决定" in item.label


# “抽查158批次，发现问题87个，立案处罚12件”: what one campaign led to, not what the year brought.
_CHECKED = re.compile(
    r"(?:抽查|检查|巡查|排查|专项|整治|行动|发现|监看|核查)[^。；]*\d[^。；]*，[^。；]*$"
)
_PUNISHED = re.compile(
    r"(?:各类|违法|涉案|市场|经营)*(?:企业|单位|个人|当事人|主体|商户|相对人|人员|行为|车辆|船舶)+$"
)
# “立案查处后作出处罚决定”: what went before the decision does not narrow it.
_LED_TO = re.compile(r"^.*(?:立案|查处|查办|调查)后(?:依法)?(?=作出|下达)")
_NOT_DECIDED = re.compile(
    r"(?:减轻|从轻|免予|免于|不予|不准予|撤销|注销|吊销|延续|换发|变更|拟|应|因|引发|申请|申请[^，。；、]{0,6}法院|程序)(?:行政)?$"
)


# “核准类许可办结880件”, “许可类事项办理93件”: as many decisions, most likely.
_WORKED_OFF = re.compile(
    r"类?(?:事项|业务|服务|项目)?(?:全年|年内|本年|共|累计|合计)*(?:办结|办理|办件|办毕|办出|完成|准予)(?:量|数)?(?:共|合计|达|计|为)?"
)


def _decided(label: str, match: tuple[int, int, str, bool], unit: str) -> bool:
    tail = label[match[1] :]
    if qualified(_PUNISHED.sub("", label), match[1]) is not None or _NOT_DECIDED.search(
        label[: match[0]]
    ):
        return False
    if re.search(
        r"(?:公开|公示|发布|信息|栏|类信息|案例|培训|事项|条目|听证|复议|诉讼|网站)", tail
    ):
        return False
    if unit in {"项", "个"} and "决定" not in label:
        return False
    if re.search(
        r"办件|受理|接件|申报|立案(?!处罚)|查[处办](?!.{0,8}处罚(?:决定)?$)|移送|听证|窗口(?!作出)|事项",
        _LED_TO.sub("", label),
    ):
        return False
    return not re.search(r"(?:公开|发布|公示|刊登|更新)[^，。；]{0,6}$", label[: match[0]])


# “公示处罚1530件”, “窗口作出许可决定2318件”: what is posted or handled may be every decision of the year.
_NO_DECISION = re.compile(
    r"分别|依次|听证|复议|诉讼|案例|培训|撤销|注销|吊销|栏|文书|事项|听取|罚款|罚没"
)


def _may_be_decided(label: str, match: tuple[int, int, str, bool], unit: str) -> bool:
    if unit not in DECISION_UNITS or _NOT_DECIDED.search(label[: match[0]]):
        return False
    return len(label) - match[1] <= _SHORT_TAIL and not _NO_DECISION.search(label[match[0] :])


_SHORT_TAIL = 10


def _documents(item: Item, context: Context, unit: str, row: str) -> Link | None:
    if unit not in DOCUMENT_UNITS:
        return None
    if re.search(r"解读|草案|审查|备案|代拟|征求|起草(?!出台)|报送|评估|转发|配套", item.label):
        return None
    if _FOR_OTHERS.search(item.label) or _LOOKED_THROUGH.search(item.after):
        return None
    context.document_row, context.topic = row, "proactive"
    context.document_sentence = item.sentence
    verbs = VERBS.matches(item.label) or VERBS.matches(item.left)
    if _COMPOUND.search(item.left + item.after[:12]):
        return None
    if re.search(r"公开[^，。；]{0,4}(?:行政)?规范性文件\s*$", item.label) and not verbs:
        return None
    if _FROM_THE_START.match(relative(item.left, context.year)):
        # NOTE: “年初现行有效的规范性文件35件”: as many as were in force when last year ended.
        return Link((a_year_before(total(f"proactive/{row}/in_force")),), row=row)
    if verbs:
        # NOTE: “新制定的现行有效文件” does not occur; the verb nearest the number decides.
        return _issued(row, verbs[-1][2])
    if _NOW_IN_FORCE.search(item.label):
        return Link((total(f"proactive/{row}/in_force"),), item.named is not None, row=row)
    if _STOCK.search(item.label):
        return Link(
            (total(f"proactive/{row}/in_force"), total(f"proactive/{row}/issued")),
            strong=False,
            row=row,
        )
    match = next((m for m in PROACTIVE.matches(item.label) if m[2] == row), None)
    tail = qualified(item.label, match[1]) if match is not None else None
    if tail is not None:
        # NOTE: “规范性文件废9件”: a loose verb of its own; the column of the number before is not meant.
        return _loosely(row, tail) or Link(
            (total(f"proactive/{row}/issued"), total(f"proactive/{row}/in_force")), False, row=row
        )
    before = context.links.get(id(item.previous)) if item.previous else None
    if before is not None and item.previous is not None and item.previous.start >= item.sentence[0]:
        table, _, column = (*before.expression.operands[0].split("/"), "", "")[:3]
        if table == "proactive" and column in {"issued", "in_force"}:
            return _issued(row, column)
        if table == "proactive" and column == "repealed":
            # NOTE: “制定规章6件、废止3件，规范性文件12件”: the list may begin anew with what was made.
            either = (total(f"proactive/{row}/{one}") for one in ("issued", "repealed"))
            return Link(tuple(either), strong=False, row=row)
    return Link(
        (total(f"proactive/{row}/issued"), total(f"proactive/{row}/in_force")),
        strong=False,
        row=row,
    )


# “提请市政府出台规章1部”, “对以市政府名义印发的12件规范性文件开展评估”: not made by us this year.
_FOR_OTHERS = re.compile(r"提请|报请|建议|代(?:为)?(?:[省市县区州]|政府)")
_LOOKED_THROUGH = re.compile(
    r"规范性文件(?:开展|进行|作|实施|逐)[^，。；]{0,6}(?:评估|清理|审查|审核|备案|复核|梳理)"
)
_NOW_IN_FORCE = re.compile(r"现行(?:的)?(?:政府|部门|行政)?(?:规章(?!制度)|规范性文件)$")
# “规章总数增至8部”: what there is, not what was made; no column of the form says 总数.
_STOCK = re.compile(r"总[数量]|累计|[增减升降]至|存量?\s*$|留用|在册")


def _issued(row: str, verb: str) -> Link:
    return Link((total(f"proactive/{row}/{verb}"),), row=row)


def _in_document_frame(item: Item, context: Context) -> bool:
    """Whether a bare “失效1件” still speaks of the documents named before it."""
    if OTHER_MATTERS.search(item.label):
        return False
    if context.document_sentence == item.sentence:
        return True
    previous, steps = item.previous, 0
    while previous is not None and steps < 3:
        link = context.links.get(id(previous))
        if link is None and previous.quantity is not None and previous.start >= item.sentence[0]:
            # NOTE: “合并栏目3个，新增2个”: the sentence counts something else.
            return False
        if link and link.expression.operands[0].startswith(f"proactive/{context.document_row}/"):
            return True
        previous, steps = previous.previous, steps + 1
    return False
