"""Denials that name who did not ask: 企业无申请, 无组织类申请, 其他主体未申请.

Only the columns of the form can be held against such a denial. Whoever else is named (学生, 外国人), and
whatever else narrows the request, leaves it open: the total of what came in is not what was denied.
"""

import re

from report_writer.facts.expressions import Expression, minus
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.lexicon import APPLICANTS
from report_writer.facts.linking.statement import Statement
from report_writer.facts.sheet import requests
from report_writer.facts.text.frames import Item
from report_writer.facts.text.screening import compiled

# “苏木政府未收到公开申请”: who received nothing; whether that is our office is for the scope to tell.
_RECEIVER = re.compile(
    r"^[^，。；、\d]{1,12}?(?:政府|苏木|嘎查|办事处|管委会|[局委办厅府镇乡院馆校])(?=(?:均|也|亦|尚|并|一直)?(?:未|没有?|从未|不曾)曾?(?:收到|接到|接获|受理))"
)
# Words for whoever asks; they name no column of the table.
_EVERYBODY = re.compile(r"公民|个人|居民|村民|市民|群众|农牧民|公众")
_OTHERS = re.compile(
    r"(?:其[他它余]|别的|另外的?)(?:申请)?(?:主体|申请人|申请者|身份|类型|组织|单位|机构|法人|人员?|来源)|别无其[他它]|再无其[他它]"
)
# “法人和其他组织” is the form's own word for all that are no natural persons.
_LEGAL_PERSONS = re.compile(r"法人(?:[、和或及与]|或者|以及)其[他它]组织")
_BODIES = re.compile(
    r"(?:组织|机构|单位|法人|团体)(?:类|型)?(?:主体)?(?:的|所)?(?:均|也|都|一[件份例])?(?=申请|未|没|无|提|$)"
)
# What may stand in a denial of requests without narrowing it.
_FILLERS = compiled(
    r"[我本该](?:机关|单位|部门|系统|区域|辖区|[局委办厅府镇乡院所站馆街校]+)?|机关|街道|全年度?|年内|年度|当年|今年|本年度?|一年来|迄今|至今|以来|始终|一直|依然|仍然?|期间|目前"
    r"|(?:政府|政务)?信息|政府|政务|依法?|公开|申请|处于|名下|索[要取]|等[来到]|盼来|空(?!间)|事项|业务|案件|案|来件|来函|收件|新收|新增|件|情况|情形|方面|工作|渠道|途径|方式|形式|类型|类别|性质|内容|范围|方向|平台|网络|网上|电子|邮件|邮箱|邮寄|信函|传真|现场|窗口|当面|线上|线下|书面|正式|有效|合规|各种?类?|任何|相关|有关|具体|实际|对外|单独|另外"
    r"|收到|接到|接获|受理|收悉|接受|收取|接收|登记|办理|办[结毕完]|件?数|提出|提交|递交|发生|出现|产生|存在|有人|人提|请求|要求|获取|答复|数量|总量|量|结果|记录|先例|迎来|首份|第一|一[件份例起宗条次位个人]"
    r"|公民、?|法人(?:[、和或及与]|或者|以及)?|其[他它]组织|(?:社会)?公众|群众|个人|居民|村民|市民|农牧民|社会|各界|申请人|申请者|主体|人员?|者|向|由|对|因|来自|通过|以|就|经"
    r"|[一两]?[栏项]|挂零|[全皆均俱]空|阙如|无|未|没有?|不曾|从未|尚|暂|并|也|亦|均|都|皆|既|又|仍|别|再|为|是|零|空白|有|过|了|到|的|地|之|所|提|收|接|来|新|其|而|但|且|故|则|即|共|在|中|内|上|本|年|和|与|及|或|、|\d|[\s：:□，]"
)
_ROOM = 1
# A request comes one way or another: what is said of one way (线下来件为零) leaves the others open.
_WAYS = re.compile(
    r"(?P<net>线上|网上|网络|电子|在线)|(?P<desk>线下|现场|当面|柜台)|(?P<post>信函|邮寄|纸质|书面)|(?P<fax>传真)"
)
_OTHER_WAYS = re.compile(
    r"线[上下]|网[上络站]|电子|邮|平台|口头|当面|现场|传真|电话|来电|来访|窗口|信函|咨询"
)
_SOME_PLACE = re.compile(r"外[地省市县区国籍]|境外|本地|代[办理]")
# “企业以外的法人未提申请”: said of all but those named.
_EXCEPT = re.compile(r"以外|之外|除")


def of_applicants(item: Item, bare: str, context: Context) -> Statement | None:
    """Return what a denial of requests says of the columns, or None where it names nobody."""
    everybody = bool(_EVERYBODY.search(bare))
    if _OTHERS.search(_LEGAL_PERSONS.sub("法人", bare)) and not everybody:
        return _no_others(item, context)
    if _EXCEPT.search(bare):
        return Statement((requests("received"),), strong=False)
    columns = {m[2] for m in APPLICANTS.matches(bare)}
    if "organisation" in columns and "natural_person" not in columns:
        columns = {"organisation"}
    if columns == {"natural_person"} and everybody and _beside_others(item):
        return Statement((requests("received", "natural_person"),))
    if columns and not columns & {"natural_person", "other"} and not everybody:
        cells = [term for c in sorted(columns) for term in requests("received", c).terms]
        return Statement((Expression(tuple(cells)),))
    if len(columns) == 1 and not everybody:
        return Statement((requests("received", columns.pop()),))
    if not columns and not everybody and _BODIES.search(bare):
        return Statement((minus(requests("received"), requests("received", "natural_person")),))
    if "书面" in bare and not _OTHER_WAYS.search(item.lead + bare + item.rest):
        # NOTE: every request is in writing; only beside another way in does the word narrow anything.
        bare = bare.replace("书面", "")
    if not columns and narrows(bare):
        return Statement((requests("received"),), strong=False)
    return None


def _beside_others(item: Item) -> bool:
    """Whether the sentence names other applicants, so that 个人 is one of several."""
    around = APPLICANTS.matches(item.lead) + APPLICANTS.matches(item.rest)
    return any(m[2] not in {"natural_person", "other"} for m in around)


def narrows(bare: str) -> bool:
    """Whether a denial names more than that nothing was asked: 无外国人申请, 未收到研学类申请."""
    if _SOME_PLACE.search(bare) or len({m.lastgroup for m in _WAYS.finditer(bare)}) == 1:
        return True
    return len(_FILLERS.sub("", _RECEIVER.sub("", bare))) > _ROOM


def _no_others(item: Item, context: Context) -> Statement:
    """“企业申请8件、律师申请2件，其他主体未申请”: the columns named are all there are."""
    terms = list(requests("received").terms)
    named, strong = 0, True
    for previous in item.earlier():
        link = context.links.get(id(previous))
        if link is not None and link.expression.function is None:
            cells = [fact.split("/") for fact in link.expression.operands]
            if all(c[:2] == ["requests", "received"] and c[2] != "total" for c in cells):
                terms += [(-s, f) for s, f in link.expression.terms]
                named += 1
                # NOTE: an alternative reading may take another column; then nothing is sure.
                strong = strong and link.strong
        elif previous.quantity is not None and previous.quantity.kind == "count":
            strong = False
    if not named:
        return Statement((requests("received"),), strong=False)
    return Statement((Expression(tuple(dict.fromkeys(terms))),), strong=strong)
