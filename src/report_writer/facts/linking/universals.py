"""Claims that hold of every case: 均予公开, 全部为自然人, 均维持, 悉数办结.

What is said must follow its 均 or 全部 at once and end with the clause; of whom it is said is the noun
before it or the last count of the sentence. Anything looser is not about the tables.
"""

import re
from dataclasses import dataclass, replace

from report_writer.facts.expressions import Expression, a_year_before, minus
from report_writer.facts.linking.cases import closed_cases
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.linking.counts import previous_count
from report_writer.facts.linking.lexicon import (
    APPLICANTS,
    OTHER_MATTERS,
    OUTCOMES_OF_REMEDIES,
    REMEDIES,
    REQUEST_HINT,
    REQUESTS,
)
from report_writer.facts.linking.lexicon_faint import FAINT_COLUMNS
from report_writer.facts.linking.naming import plain_subject
from report_writer.facts.linking.totals import stated_total
from report_writer.facts.sheet import is_outcome, remedies, requests
from report_writer.facts.text.claims import TIMELY
from report_writer.facts.text.frames import Item
from report_writer.forms.ogi_2021 import OUTCOME_GROUPS


@dataclass(slots=True)
class Statement:
    """A claim understood: alternatives of which one must be 0 (`sign` 0), above 0 or below 0.

    No expressions: about a statutory matter, but not decidable from the tables. A weak one confirms
    and never accuses.
    """

    expressions: tuple[Expression, ...]
    sign: int = 0
    registered_label: str = ""
    # Must be 0 as well where it is known: “无依申请公开事项” leaves no room for last year's either.
    also: tuple[Expression, ...] = ()
    strong: bool = True
    of_last: bool = False  # weak only as long as the count just before is no confirmed total


# “无一不公开” denies nothing: it says of every request that it was disclosed.
_NOT_ONE = r"(?:无|没有)一?(?:件|份|例|宗|起|条)?(?:申请)?(?:是|被)?不(?=予以公开|公开|答复|办结|回复|维持|是|来自|出自|属)"
ALL_WITHOUT_EXCEPTION = re.compile(_NOT_ONE)
_EVERY = re.compile(
    rf"{_NOT_ONE}|所有(?:公开)?申请(?!人|者)|无一例外(?:地)?|(?:当年|年内|本年|年底前)度?(?:即|便|就)?(?=办理?(?:结|毕|完毕)|结清|了结|销结|答毕)|^(?=清零$)|(?:当年|年内|年底前?|本年)(?:即|便|就)?(?=清零)|清一色(?:地)?|全部|全都|全数|[全尽](?=为|系|是|由|告|予|获|出自|来自)|尽皆|逐一(?=办[结毕完讫])|悉数|尽数|悉(?=予|行|已|作|告|由|系|为|出自|来自)|概(?=已|由|系|为|予|获|告|以|出自|来自)|一律|一概|无不|统统|通通|样样|桩桩|逐件|件件"
    r"|已全(?!部|数|都)|(?<![均皆都部数])已经?(?=办[结毕完]|答复|了结)|皆|均|都|俱|100%"
    # “申请人为自然人”: said of the one who asked
    r"|(?<=申请[人者])(?=[为是系](?:自然人|个人|公民|商业企业|企业)$)"
)
_LINK = re.compile(
    r"(?:\s|本(?:行政)?(?:机关|单位|部门|局|委|办|厅|镇|乡|院|所|站|中心|街道)(?=[不未并])|我[局委办厅府镇乡院所站](?=[不未并])|宣?告(?!知)|妥(?=办)|(?:依|按|应|根据|遵)照?申请[人者](?:的)?(?:要求|请求|申请|需求|意愿)|已经?|早已|依法|依规|依申请|予以|予|给予|得到|获得?|按|作(?!答)[出了]?|做[出了]?|归|属于?|系|为|是|因|以|被|得以|得|由|来自|出自|当场|当即|均|都|皆|全部|全数|悉数"
    r"|(?:在|于)?(?:当年度?|年内|本年度?内?|年底前?|年末前?|规定时间内?)(?:内)?)*"
)
_TAIL = re.compile(
    r"(?:我[局委办厅府镇乡院]|本(?:机关|单位|局|级)|的|了|类|处理|答复|信息|事项|情形|情况|申请人?|来件|件|途径|范围|决定|方式|到位|结果|告知书?|结论|原(?:具体)?(?:行政)?(?:决定|行为|答复|处理|告)|(?:行政|被告)机关|[市县区镇乡州省]政府|(?:原告|申请人)(?:的|方)?|(?:诉讼|复议|全部)?请求|起诉|上诉|而?(?:不予公开|无法提供|不予处理)|给申请人|提供|意见|完毕|归档|归卷|存档|，)*"
)
_BY = re.compile(
    r"(?:本人|个人|身份|一方)?(?:所)?(?:提出|提交|递交|申请|提起|来函|寄来|递来|送来|交来|作出|发起)?(?:的)?(?:申请)?"
)
# “均为车主本人提出”: whoever it is, it is a person; only a confirmation.
_IN_PERSON = re.compile(
    r"[^，。；、\d]{0,8}(?:个人|本人|自然人)(?:所)?(?:提出|提交|递交|申请|要求|提)?(?:的)?(?:申请)?"
)
_DONE = re.compile(
    r"(?:办理?|答|处理|回复?)(?:终结|结|毕|复|完毕|完结|完成|完|清|讫|了|妥|竣|好)(?:答复|回复)?|结案|[销了]账|有了?(?:结论|下文)|妥?办(?=$|理?到位)|画上句号|答复|回复|结清|销[结号]|清(?:零|$)|了[结却]|完结|办理到位|反馈|书面答复|作答"
)
_REST = re.compile(r"其?余(?:下|者)?|其[他它]|剩余|剩下|另外")
# “3件申请，公开2件、不掌握1件，申请人均为自然人”: everybody who asked, not only those last counted.
_ALL_WHO_ASKED = re.compile(
    r"(?:所有|全部|各)?(?:(?:提出|递交|提交)?申请(?:者|人|主体)|来件(?:人|者))"
)
_ALL_CLOSED = re.compile(
    r"(?:全部|全数|悉数)(?:按[时期]|如期|及时|依法)(?:办结|办毕|办理完毕|办完)$"
)
# What was done about the requests, not what became of them.
_PROCEDURE = re.compile(r"审核|审查|法制|登记|短信|电话|网站|栏|社会")
EXCEPT = re.compile(r"除[^。；]{1,40}?(?:外|以外|之外)")


# “来件均在年底前办结”: 均 and the time say it together; “经审查均予公开”: of all of them.
_SAID_BEFORE = re.compile(
    r"^(?:依法|依规)?经(?:认真|逐件|依法|综合)?(?:审查|审核|研究|核实|核查|研判|检索|查档|查找|办理|处理|协调)后?|(?:已然|业已)$|(?:均|都|皆|全部|全数)(?:已)?[在于]?$"
    r"|(?<=.)[在于]?(?:年底前?|年末前?|年内|年度内|当年(?:度)?|本年度?内|截至年[底末]|到年[底末]|现|目前)(?:已|均|都)?$"
)


def understand_universal(item: Item, text: str, context: Context) -> Statement | None:
    """Return what must be 0 for a generalisation to hold, or None where it is not about the tables."""
    every = next(reversed(list(_EVERY.finditer(text))), None)
    if every is None:
        return None
    head, said = text[: every.start()], text[every.end() :]
    head = _SAID_BEFORE.sub("", head)
    link = _LINK.match(said)
    said = said[link.end() :] if link else said
    if EXCEPT.search(item.lead[-60:] + text) and not _REST.search(head[-4:]):
        return _but_for(item, head, said, context)
    of_cases = _of_cases(item, head, said, context)
    if of_cases is not None:
        return of_cases
    if not _about(item, text, context):
        return None
    statement = (
        _of_applicants(item, head, said, context)
        or _of_outcomes(item, head, said, context)
        or _of_progress(item, text, said, context)
    )
    if statement is not None and _of_some(item, head, context):
        statement.of_last, statement.strong = statement.strong and not head.strip(), False
    return statement


_BUT_FOR = re.compile(r"除[^，。；、\d]{0,12}$")


def _but_for(item: Item, head: str, said: str, context: Context) -> Statement | None:
    """“除企业1件外均为自然人”: all but the one applicant whose number stands in the exception."""
    previous = item.previous
    link = context.links.get(id(previous)) if previous is not None else None
    if link is None or previous is None or not _BUT_FOR.search(previous.before):
        return None
    if not re.fullmatch(r"[以之]?外，?(?:其?余)?", item.lead[previous.end - item.start :] + head):
        return None
    row, column = link.expression.operands[0].split("/")[1:]
    statement = _of_applicants(item, head, said, context)
    if statement is None or column == "total" or len(link.expression.operands) > 1:
        return None
    fresh = all(f"requests/{row}/" in fact for e in statement.expressions for fact in e.operands)
    rest = minus(statement.expressions[0], link.expression)
    return Statement((rest,), strong=statement.strong) if fresh else None


# “所申请信息全部予以公开” is said of everybody's, whoever was counted last.
_ALL_THAT_WAS_ASKED = re.compile(
    r"(?:对)?(?:来件[者人]|申请[者人]|提(?:出|交)?申请[的者人]?|提[出交]者|递交者|所申请|所有|全部|各类|上述|以上)(?:的)?(?:公开)?(?:申请)?(?:的)?(?:信息|事项|内容|件)?"
)


def _of_some(item: Item, head: str, context: Context) -> bool:
    """Whether the subject may be some of the requests only: “征地类4件均予公开”, “能公开的均予公开”."""
    if _ALL_THAT_WAS_ASKED.fullmatch(head):
        return False
    if not plain_subject(_without_rows(head)):
        return True
    previous = item.previous
    if head.strip() or previous is None or previous.start < item.sentence[0]:
        return False
    counted = previous.quantity is not None and previous.quantity.kind == "count"
    if not counted or item.start - previous.end > 1:
        return False
    link = _last_counted(item, context)
    if link is None or not link.strong or link.row == "faint":
        return True
    return previous.end == item.start and any(
        not fact.endswith("/total") for fact in link.expression.operands
    )


def _without_rows(text: str) -> str:
    """Return a subject without the words that name rows of the form: “应办事项”, “不予公开的”."""
    for start, end, _, _ in reversed(REQUESTS.matches(text)):
        text = text[:start] + text[end:]
    return text


def about_requests(item: Item, context: Context) -> bool:
    """Whether the sentence, its last count or the section speaks of requests."""
    if REQUEST_HINT.search(item.lead):
        return True
    link = previous_count(item, context)
    if link and link.expression.operands[0].startswith("requests/"):
        return True
    return context.topic == "requests" and not OTHER_MATTERS.search(item.lead)


def _about(item: Item, text: str, context: Context) -> bool:
    if REQUEST_HINT.search(text) or any(m[3] for m in REQUESTS.matches(text)):
        return True
    return about_requests(item, context) and not OTHER_MATTERS.search(text)


# “诉讼41件，都是未经复议直接起诉”: then none came the other way.
_OTHER_WAY = {
    "direct_litigation": "litigation_after_reconsideration",
    "litigation_after_reconsideration": "direct_litigation",
}


# “均获复议机关维持”, “均经法院判决驳回”
_JUDGED = re.compile(
    r"^(?:结果|(?:复议|上级|审理)?机关|复议机构|(?:人民)?法院|[一二]审|经?审理后?|判决|裁定|裁决|决定|予以|依法|为)+(?=.)"
)


def _of_cases(item: Item, head: str, said: str, context: Context) -> Statement | None:
    """“复议18件，复议机关均予维持”, “复议两宗、诉讼一宗，结果均为维持”."""
    said = _JUDGED.sub("", said)
    ways = [m[2] for m in REMEDIES.matches(said) if m[0] == 0 and m[2] in _OTHER_WAY]
    if ways and set(_OTHER_WAY) <= set(stated_cases(item, context)[:2]):
        return Statement((remedies(_OTHER_WAY[ways[0]]),))
    found = [m for m in OUTCOMES_OF_REMEDIES.matches(said) if m[0] == 0]
    if not found or not _TAIL.fullmatch(said, found[0][1]):
        return None
    if REQUEST_HINT.search(head):
        return None
    rows = list(dict.fromkeys(m[2] for m in REMEDIES.matches(head)))
    if not rows and re.search(r"复议(?:机关|机构|决定)", head):
        rows = ["reconsideration"]
    if not rows and re.search(r"法院|判决|裁判", head):
        # NOTE: “复议后3件、法院全部维持” speaks of the suits just named, not of all.
        rows = [row for row in stated_cases(item, context)[:1] if "litigation" in row]
        rows = rows or ["litigation"]
    if not rows:
        rows = stated_cases(item, context)
    if not rows:
        return None
    column = found[0][2]
    ended = tuple(term for row in rows for term in remedies(row, column).terms)
    link = _last_counted(item, context)
    brought = [remedies(row) for row in (*rows, "litigation", "remedies")]
    if link is not None and not head.strip() and link.expression not in brought:
        # NOTE: “审结2件，均维持” speaks of those two, whatever else is pending.
        return Statement((minus(link.expression, Expression(ended)),))
    closed = _CLOSED_CASES.search(head) is not None
    wholes = [closed_cases(row) if closed else remedies(row) for row in rows]
    terms = tuple(dict.fromkeys(term for whole in wholes for term in whole.terms))
    every = minus(Expression(terms), Expression(tuple(dict.fromkeys(ended))))
    if head.strip() or len(rows) == 1 or closed:
        return Statement((every,))
    # NOTE: “复议4件，经复议再诉2件，均在审理” may speak of those two only.
    return Statement((every, minus(remedies(rows[0]), remedies(rows[0], column))))


_CLOSED_CASES = re.compile(r"(?<!未)(?:[审办已]结|结案)")


def _last_counted(item: Item, context: Context) -> Link | None:
    """Return the link of the count just before a claim, with a comma between them at most."""
    previous = item.previous
    if previous is None or previous.quantity is None or item.start - previous.end > 1:
        return None
    # NOTE: “收到40件，同比增加7件，均由…提出”: said of those that came, not of the seven.
    return context.changed.get(id(previous)) or context.links.get(id(previous))


def stated_cases(item: Item, context: Context) -> list[str]:
    """Return the remedies whose totals stand in the sentence before an item, the last first."""
    rows: list[str] = []
    for previous in item.earlier():
        link = context.links.get(id(previous))
        if link is not None and link.expression.operands[0].startswith("remedies/"):
            for fact in link.expression.operands:
                rows.append(fact.split("/")[1])
        elif link is not None:
            break
    return list(dict.fromkeys(rows))


def _only_carried(item: Item, context: Context) -> bool:
    """Whether the sentence has counted nothing but what was or is carried over: 上年结转2件，均已办结."""
    rows: set[str] = set()
    for previous in item.earlier():
        link = context.links.get(id(previous))
        if link is not None:
            rows.add(link.expression.operands[0].split("/")[1])
    return bool(rows) and rows <= {"carried_over", "carried_forward"}


def _of_applicants(item: Item, head: str, said: str, context: Context) -> Statement | None:
    found = [m for m in APPLICANTS.matches(said) if m[0] == 0]
    person = _IN_PERSON.fullmatch(said)
    formal = found[0][2] if found and _BY.fullmatch(said, found[0][1]) else ""
    kind = "natural_person" if person else _kind_of_people(said)
    column = kind if person else formal or kind
    if not column:
        return None
    link = previous_count(item, context)
    row = context.request_row if context.request_row in {"received", "handled"} else "received"
    subject = [m[2] for m in REQUESTS.matches(head) if is_outcome(m[2])]
    if subject:
        row = subject[-1]
    elif _ALL_WHO_ASKED.fullmatch(head.strip()):
        pass
    elif link is not None and link.expression.operands[0].startswith("requests/"):
        counted = link.expression.operands[0].split("/")[1]
        if is_outcome(counted):
            row = counted.split(".")[0] if len(link.expression.operands) > 1 else counted
        elif _only_carried(item, context) or (
            counted == "carried_over" and _last_counted(item, context) is link
        ):
            row = counted
    whole, part = requests(row), requests(row, column)
    return Statement((minus(whole, part),), strong=bool(formal or (person and "本人" not in said)))


def _kind_of_people(said: str) -> str:
    """Return the one column that loose words allow: 沿河居民, 辖区渔民, 食品企业."""
    found = FAINT_COLUMNS.matches(said)
    if len({m[2] for m in found}) != 1 or len(said) > _SHORT:
        return ""
    return found[0][2] if _BY.fullmatch(said, found[-1][1]) else ""


# Who asked is named in few words; what was asked for takes more.
_SHORT = 8


# “都在年内答复并公开”: answering is said in passing.
_ANSWERED_AND = re.compile(
    r"^(?:办结|答复|回复|办理|处理)(?:完毕)?，?(?:并|且)(?:予以?|给予)?(?=公开)"
)


def _of_outcomes(item: Item, head: str, said: str, context: Context) -> Statement | None:
    said = _ANSWERED_AND.sub("", said)
    found = [
        m
        for m in REQUESTS.matches(said)
        if m[0] <= 1 and (m[2].split(".")[0] in OUTCOME_GROUPS or m[2].startswith("disclosed"))
    ]
    if not found and re.match(r"公开(?:到位|完毕|了|处理|答复|方式)*$", said):
        found = [(0, 2, "disclosed", False)]
    if not found or _PROCEDURE.search(said):
        return None
    last = found[0]
    if not _TAIL.fullmatch(said, last[1]):
        return None
    row, group = last[2], last[2].split(".")[0]
    subject = _group_before(item, head, context)
    if _REST.search(head[-4:]) or _REST.search(item.left[-3:]):
        return _of_the_rest(item, row, context)
    if subject and subject == group and row != group:
        return Statement((minus(requests(group), requests(row)),))
    if subject or re.search(r"^凡|应当|应予|[不可]得|原则", head):
        # NOTE: “凡涉及国家秘密的信息均不予公开” is a rule, not a count.
        return None
    # NOTE: outcomes are parts of what was answered; “收到申请5件，均予公开” may be said of those five.
    wholes = [requests("disposed")]
    if stated_total(item, context, item.start) == requests("received"):
        wholes.append(requests("received"))
    return Statement(tuple(minus(one, requests(row)) for one in wholes))


def _group_before(item: Item, head: str, context: Context) -> str:
    """Return the outcome a generalisation is about: 不予公开的全部属于…, “不予公开6件，均属…”."""
    named = [m[2].split(".")[0] for m in REQUESTS.matches(head) if is_outcome(m[2])]
    if named:
        return named[-1]
    if head.strip(" 的申请件结果办理由原因依据"):
        return ""
    link = previous_count(item, context)
    if link is None or not link.expression.operands[0].startswith("requests/"):
        return ""
    row = link.expression.operands[0].split("/")[1]
    return row.split(".")[0] if is_outcome(row) else ""


def _of_the_rest(item: Item, row: str, context: Context) -> Statement | None:
    """“不予处理3件，余皆公开”: nothing is left beside what the sentence has named."""
    terms = list(minus(requests("disposed"), requests(row)).terms)
    named = 0
    for previous in item.earlier():
        link = context.links.get(id(previous))
        if link is not None and link.expression.operands[0].startswith("requests/"):
            cells = [fact.split("/") for fact in link.expression.operands]
            if all(is_outcome(c[1]) and c[2] == "total" for c in cells):
                terms += [(-s, f) for s, f in link.expression.terms]
                named += 1
    if not named:
        return None
    return Statement((Expression(tuple(dict.fromkeys(terms))),), strong=False)


def _of_progress(item: Item, text: str, said: str, context: Context) -> Statement | None:
    said = said.split("、")[0]
    if _ALL_CLOSED.search(text):
        # NOTE: 均按期办结 may be said of those that were due; 全部按期办结 leaves none.
        return Statement((requests("carried_forward"),))
    done = _DONE.match(said)
    if done is None or (_only_carried(item, context) and "申请" not in text[:2]):
        return None
    if TIMELY.search(text):
        return Statement(())
    if _PROCEDURE.search(text) or not _TAIL.fullmatch(said, done.end()):
        return None
    return Statement((requests("carried_forward"),))


def of_last_year(statement: Statement) -> Statement:
    """Return a statement about the same cells of the year before."""
    past = tuple(map(a_year_before, statement.expressions))
    # NOTE: what must be 0 as well, or stands in the register, is of this year.
    return replace(statement, expressions=past, also=(), registered_label="")
