"""Claims that hold of every case: 均予公开, 全部为自然人, 均维持, 悉数办结.

What is said must follow its 均 or 全部 at once and end with the clause; of whom it is said is the noun
before it or the last count of the sentence. Anything looser is not about the tables.
"""

import re

from report_writer.facts.expressions import Expression, minus
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.counts import previous_count
from report_writer.facts.linking.lexicon import (
    APPLICANTS,
    OTHER_MATTERS,
    REQUEST_HINT,
    REQUESTS,
)
from report_writer.facts.linking.lexicon_faint import FAINT_COLUMNS
from report_writer.facts.linking.naming import plain_subject
from report_writer.facts.linking.statement import Statement
from report_writer.facts.linking.totals import stated_total
from report_writer.facts.linking.universals_of_cases import (
    REST,
    TAIL,
    last_counted,
    of_cases,
)
from report_writer.facts.sheet import is_outcome, requests
from report_writer.facts.text.claims import TIMELY
from report_writer.facts.text.frames import Item
from report_writer.forms.ogi_2021 import OUTCOME_GROUPS

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
    r"|(?:在|于)?(?:当年度?|年内|年度内|本年度?内?|年底前?|年末前?|规定时间内?)(?:内)?)*"
)
_BY = re.compile(
    r"(?:本人|个人|身份|一方)?(?:所)?(?:提出|提交|递交|申请|提起|来函|寄来|递来|送来|交来|作出|发起)?(?:的)?(?:申请)?"
)
# “均为车主本人提出”: whoever it is, it is a person; only a confirmation.
_IN_PERSON = re.compile(
    r"[^，。；、\d]{0,8}(?:个人|本人|自然人)(?:所)?(?:提出|提交|递交|申请|要求|提)?(?:的)?(?:申请)?"
)
_DONE = re.compile(
    r"(?:办理?|答|处理|回复?)(?:终结|结束|结|毕|复|完毕|完结|完成|完|清|讫|了|妥|竣|好)(?:答复|回复)?|结案|[销了]账|有了?(?:结论|下文)|妥?办(?=$|理?到位)|画上句号|答复|回复|结清|销[结号]|清(?:零|$)|了[结却]|完结|办理到位|反馈|书面答复|作答"
)
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
    if EXCEPT.search(item.lead[-60:] + text) and not REST.search(head[-4:]):
        return _but_for(item, head, said, context)
    cases = of_cases(item, head, said, context)
    if cases is not None:
        return cases
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
    link = last_counted(item, context)
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


def _only_carried(item: Item, context: Context) -> bool:
    """Whether the sentence has counted nothing but what was or is carried over: 上年结转2件，均已办结."""
    rows: set[str] = set()
    for previous in item.earlier():
        link = context.links.get(id(previous))
        if link is not None:
            rows.add(link.expression.operands[0].split("/")[-2])
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
            counted == "carried_over" and last_counted(item, context) is link
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
    if not TAIL.fullmatch(said, last[1]):
        return None
    row, group = last[2], last[2].split(".")[0]
    subject = _group_before(item, head, context)
    if REST.search(head[-4:]) or REST.search(item.left[-3:]):
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
    if _PROCEDURE.search(text) or not TAIL.fullmatch(said, done.end()):
        return None
    return Statement((requests("carried_forward"),))
