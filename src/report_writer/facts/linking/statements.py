"""What a digit-less claim says about the cells: which formula must be 0, or which way it must move."""

import re

from report_writer.facts.expressions import Expression, total
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.denied_applicants import narrows, of_applicants
from report_writer.facts.linking.denied_cases import deny_cases, judges_named, leaves_unsettled
from report_writer.facts.linking.denied_proactive import (
    denies_coercion,
    denies_penalties,
    deny_documents,
)
from report_writer.facts.linking.disclosure_fees import PROCESSING_FEE, is_disclosure_fee
from report_writer.facts.linking.lexicon import (
    APPLICANTS,
    OTHER_MATTERS,
    PROACTIVE,
    REMEDIES,
    REQUEST_HINT,
    REQUESTS,
    VERBS,
)
from report_writer.facts.linking.other_reasons import (
    OTHER_REASONS,
    of_other_reasons,
    stated_parts,
)
from report_writer.facts.linking.request_rows import joined_rows
from report_writer.facts.linking.said_of_some import said_of_some
from report_writer.facts.linking.statement import Statement, of_last_year
from report_writer.facts.linking.trends import read_trend
from report_writer.facts.linking.turns import denied_in_a_turn
from report_writer.facts.linking.universals import (
    ALL_WITHOUT_EXCEPTION,
    about_requests,
    understand_universal,
)
from report_writer.facts.linking.universals_of_cases import stated_cases
from report_writer.facts.sheet import DOCUMENT_ROWS, FactSheet, remedies, requests
from report_writer.facts.text.claims import NEGATION, ClaimKind
from report_writer.facts.text.frames import Item
from report_writer.forms.ogi_2021 import OUTCOME_GROUPS

# Denials that are part of a label and deny nothing by themselves.
_LABEL_DENIALS = re.compile(
    r"没有现成|无现成|信息不存在|[未不]能(?:予以)?提供|未(?:予)?提供|未(?:予|作)处理|未能公开|无正当理由|未(?:按[^，]{0,6})?补正|未掌握|未予公开|未公开|未办结|未办完|未审结|没有?审结|未结(?!转)|未缴|尚未办|未(?:到期|届满|逾期)"
    r"|未经复议|无条件|未成年|(?:逾期)?未(?:按|如期|及时|在)[^，]{0,14}(?:缴|交|补正)[^，]{0,4}|(?:检索|查找)[^，]{0,6}不存在"
    r"|未(?:制作|获取|保存)(?:或|、)?(?:者)?(?:未)?(?:获取|保存|制作)?"
)
_FORWARD = re.compile(
    r"结转|跨年|跨入|结存|未了|在办|未办结|未办完|未结|待[办答]|积压|顺延|延[至到期]|[推拖压][至到](?!期|法定|最后|届满|截止)|拖(?:过(?=年|下|$)|入)|带[入到至](?=下|次)|在手|悬而未决(?!的[争纠])|过年|跨过年|来年|存件|(?:上年|去年)[^，]{0,2}[带移拖]|一[件份例宗]不[留剩拖]|[不未没]剩$|[不未没]留一[件份]|遗留|留存|留待|拖欠|转[入到至](?:下|次|明)|转下年|挂[件账]|转结|件可转|余件|结余|在途|留尾|留?尾[件巴]|转出|下一?年|次年|明年"
)
# “无一延期” may speak of the time to answer, “办理不留尾巴” of the work.
_LOOSELY_LEFT = re.compile(r"延期(?![至到])|不留尾")
_BOTH_WAYS = re.compile(
    r"转入[、和及与或也亦均]{0,2}(?:无)?转出|结转进出|[既也]无转入[，也又]{0,2}无转出"
)
_OVER = re.compile(
    r"上(?:一)?年|去年|往年|前一年|旧(?:申请|件)|年初|历[史年]|隔年|接续件|结转而来|(?:转|留)(?:过)?来"
)
_RECEIVED = re.compile(
    r"申请(?!人对|表|材料|强制)|来件|新收|新件|依申请|收件|公开(?:事项|请求|件)|要求(?:予以|依法)?公开|索[取要](?:政府|公开)?信息|人?提出"
)
_RECEIPT = re.compile(r"(?:收到|接到|接获|受理|收悉|接受|收取|新收|接收)(?!.*费)")
_NOTICE = re.compile(r"[收缴]费(?:通知|单|告知)")
# “除此之外，没有收取费用”: of all but what has just been told.
_BESIDE_THAT = re.compile(r"除(?:此|上述|前述)[^，。；]{0,4}(?:之外|以外|外)，?$")
# What has not been built, done well or in time denies no count.
_UNDONE = re.compile(
    r"(?:未|没有|没|不)(?:能)?[^，]{0,4}(?:建立|形成(?!结转|积压|诉讼|复议|争议|应诉|行政|案件)|完善|健全|实现|开通|设立|配备|落实|做到|达到|明确|充分|及时|规范(?!性)|说明|标注|覆盖|编制|更新|统一|经过|纳入|计入|列入|包含)"
)
_LATE = re.compile(r"逾期|超期|超时")
_GENERIC = re.compile(
    r"论|限|畅|障|盲|死角|压力|经验|能力|意识|制度|机制|队伍|专职|合力|人员|渠道不|深度|形成|及时|到位|充分|规范|平衡|泄密|失泄|差错|遗漏|错敏|违规|舆情|投诉|举报"
)


# “以案卷为由不公开36件，除此再无不予公开的情形”: nothing beside what has been counted.
_BUT_FOR_THOSE = re.compile(r"除此|此外|[除以]上述|除前述|再无|别无")


def understand(item: Item, context: Context, sheet: FactSheet) -> Statement | None:
    """Return what a claim says about the form's cells, or None where it says nothing about them."""
    claim = item.claim
    assert claim is not None
    if claim.kind is ClaimKind.ZERO and ALL_WITHOUT_EXCEPTION.search(claim.text):
        return understand_universal(item, claim.text, context)
    if claim.kind is ClaimKind.ZERO:
        if said_of_some(item, claim.text):
            return None
        denied = denied_in_a_turn(item, claim.text, context)
        denied = denied or _denial(item, claim.text, context, sheet)
        if denied is not None and _BUT_FOR_THOSE.search(claim.text):
            denied.strong = False
        return denied
    if claim.kind is ClaimKind.UNIVERSAL:
        of_all = understand_universal(item, claim.text, context)
        dated = _PAST.search(item.lead) or item.lead.endswith(f"{context.year - 1}年")
        # NOTE: “2021年清一色个人，今年…”; that all was done in a year that is past is more likely a slip.
        past = dated and APPLICANTS.matches(claim.text)
        return of_last_year(of_all) if of_all is not None and past else of_all
    if claim.kind is ClaimKind.EXISTS:
        return _exists(item, claim.text, context)
    if claim.loose and re.search(r"[年期]初", claim.text):
        # NOTE: held against the beginning of the year, not against last year (`judging.by_movement`).
        return None
    if _ALL_OF_ONE_KIND.search(claim.text):
        # NOTE: “与上年一样都是自然人提出”
        return understand_universal(item, claim.text, context)
    moved = read_trend(item, claim.text, context, sheet)
    if moved is not None and moved.sign == 0 and not _LEVEL.search(claim.text):
        # NOTE: a movement whose direction no list knows is not “no movement”.
        return None
    if moved is not None and claim.loose:
        moved.strong = moved.sign != 0 and bool(_AGAINST_LAST_YEAR.search(claim.text))
    return moved


_ALL_OF_ONE_KIND = re.compile(
    r"(?:都|均|全)(?:是|为|由|来自|系)[^，。；]{0,6}(?:自然人|个人|公民|企业|村民|居民)"
)
_LEVEL = re.compile(
    r"持平|一致|一样|相同|相当|相等|等同|相仿|不变|[未没]变|无异|无?变化|稳定|平稳|不多不少|不相上下|接近"
)
# “来件量较上年走低” says what has moved, and against what.
_AGAINST_LAST_YEAR = re.compile(
    r"(?:申请|来件|收件|受理)(?:的)?(?:总)?(?:数量|件数|总量|量|数)?(?:均|则|也|却)?[较比](?:上(?:一)?年度?|去年|前一年|20\d\d年)(?:度|同期)?(?!.*[倍成])"
)


_ASKED_FOR_ELSE = re.compile(
    r"(?:收到|接到|受理|提出|提交)过?[^，。；、]{0,4}(?:许可|审批|备案|救助|补贴|补助|低保|仲裁|职称|认定)(?:事项)?(?:的)?申请"
)
# “上年没有人提出申请”: what is denied is of the year before, unless it speaks of what came from there.
_PAST = re.compile(r"(?:上(?:一)?年度?|去年|头年|前一年)(?:同期)?$")
# “公开申请上年空白”: the year may stand behind what is denied; “较上年没有增加” is no such thing.
_OF_PAST = re.compile(
    r"^(?:上(?:一)?年度?|去年|头年|前一年)|(?<![较比与和同自])(?:上(?:一)?年度?|去年|前一年)(?:同期)?(?:为|是|尚|均|也|亦|还|则|却)?(?:空白|为零|是零|挂零|[未没无])"
)
# “2022年同样没有受理申请”: a date set beside this year's, and no slip of the pen.
_LIKEWISE = re.compile(r"同样|也|亦|则")
_FROM_THERE = re.compile(r"转|尾|拖|带|剩|遗留|留存|留下|待办|在办|未办|未结|顺延|旧|积压")


def _denial(item: Item, text: str, context: Context, sheet: FactSheet) -> Statement | None:
    if "从无到有" in text:
        return _out_of_nothing(text)
    statement = _zero(item, text, context)
    if statement is None or not statement.expressions:
        return statement
    lead = item.lead.rstrip(" ，")
    if _FROM_THERE.search(text):
        dated = text[:2] in {"未办", "未结", "在办"} and lead.endswith(f"{context.year - 1}年")
        return of_last_year(statement) if dated else statement
    if _LIKEWISE.match(text) and lead.endswith(
        (f"{context.year - 1}年", f"{context.year - 1}年度")
    ):
        return of_last_year(statement)
    if _OF_PAST.search(text) or _PAST.search(lead):
        return of_last_year(statement)
    year = f"{context.year - 1}年"
    if lead.endswith((year, year + "度")):
        # NOTE: perhaps last year's by oversight; taken at its word where we can tell.
        past = of_last_year(statement)
        if any(sheet.evaluate(expression) is not None for expression in past.expressions):
            return past
    return statement


def _out_of_nothing(text: str) -> Statement | None:
    """“企业申请从无到有”: what is there now was not there last year."""
    columns = APPLICANTS.matches(text)
    if len(columns) != 1:
        return None
    return of_last_year(Statement((requests("received", columns[0][2]),)))


def _zero(item: Item, text: str, context: Context) -> Statement | None:
    bare = _LABEL_DENIALS.sub("□", text)
    if not NEGATION.search(bare):
        return leaves_unsettled(item, text, context)
    if _UNDONE.search(bare.replace("不明确", "")):
        return None
    if _NOTICE.search(text):
        return Statement((), registered_label="(?:收|缴)费通知")
    if is_disclosure_fee(text, item.lead):
        return Statement((), registered_label=PROCESSING_FEE)
    if denies_coercion(bare):
        return Statement((total("proactive/coercive_measures/decisions"),))
    if denies_penalties(bare):
        return Statement((total("proactive/penalties/decisions"),))
    if _ASKED_FOR_ELSE.search(text):
        # NOTE: “未收到行政许可申请” denies what people asked for, and neither decisions nor requests.
        return None
    rows = REMEDIES.matches(text)
    heard = stated_cases(item, context) if not rows and re.search(r"未审?结|在审", text) else []
    if heard:
        terms = tuple(term for row in heard for term in remedies(row, "pending").terms)
        return Statement((Expression(tuple(dict.fromkeys(terms))),))
    if rows and not re.search(r"复议(?:机关|部门)|能力", bare):
        return deny_cases(text, rows, context)
    overturned = _OVERTURNED.search(bare)
    cases = (stated_cases(item, context) or judges_named(bare)) if overturned else []
    if cases:
        terms = tuple(term for row in cases for term in remedies(row, "corrected").terms)
        # NOTE: “不予公开决定10件，无一被复议机关撤销” may be said of those ten alone.
        whose = not REQUESTS.matches(item.lead) or bool(REMEDIES.matches(item.lead))
        return Statement((Expression(tuple(dict.fromkeys(terms))),), strong=whose)
    bare = re.sub(r"(许可|处罚|强制)事项(?=办理|办件|$|[为是]?(?:零|空白|挂零))", r"\1", bare)
    if PROACTIVE.matches(bare) and not re.search(r"信息|案例|公示|解读", bare):
        return _zero_proactive(bare, context, item.sentence)
    if _DISPUTE.search(bare) and about_requests(item, context):
        return Statement((remedies("remedies"),), strong=False)
    if _BESIDE_THAT.search(item.lead):
        return Statement(())
    if re.search(r"(?:收取|收)(?:任何)?(?:费用|收费)|无收费|收费(?!项目|目录|标准)", bare):
        return Statement((total("proactive/charges/amount"),))
    if context.document_row and re.search(
        r"(?:废止|失效)[^，]{0,4}文|现行有效(?!文件目录|目录)", bare
    ):
        verb = VERBS.matches(bare)
        return (
            Statement((total(f"proactive/{context.document_row}/{verb[-1][2]}"),)) if verb else None
        )
    if context.document_row and re.search(r"增减|存量|变动|变化", bare):
        columns = ("in_force",) if "存量" in bare else ("issued", "repealed")
        return Statement(
            (total(*(f"proactive/{context.document_row}/{c}" for c in columns)),), strong=False
        )
    documents = deny_documents(item, bare, context)
    if documents is not None:
        return documents
    if re.search(
        r"(?:清理)?废止[^，]{0,4}(?:文件|旧文|者|件)|废旧文|失效文|旧文[^，]{0,6}废", bare
    ):
        row = context.document_row or "normative_documents"
        return Statement((total(f"proactive/{row}/repealed"),))
    return _zero_requests(item, text, bare, context)


_OVERTURNED = re.compile(
    r"(?:没有|未[有见]?|无)(?:一(?:件|起|例|宗)?)?(?:出现|发生)?(?:被?(?:复议机关|法院|司法机关))?被?(?:依法)?(?:判决|判令|裁定|决定)?(?:予以)?(?:纠正|纠错|撤销|确认违法|败诉|变更)"
)


# “此后未起争议”
_DISPUTE = re.compile(
    r"(?:未|没有?|无)(?:曾|再)?(?:因此|由此)?(?:[生引]?[起发生]|产生|出现|形成|酿成)?(?:任何|行政|相关|法律)?(?:争议|纠纷|争讼)$"
    r"|(?:争议|纠纷|争讼|争议案件)(?:数|数量|案件)?(?:为|是|均为|仍为|保持)?(?:零|〇|0)(?:起|件)?$"
)
_OUTCOMES = frozenset({"disclosed_in_part", *OUTCOME_GROUPS})


def _exists(item: Item, text: str, context: Context) -> Statement | None:
    """“有上年结转”, “曾被申请行政复议”: the cell a denial of the same words would call 0 is above 0."""
    rows = REMEDIES.matches(text)
    if rows:
        return deny_cases(text, rows, context)
    if PROACTIVE.matches(text):
        return _zero_proactive(text, context, item.sentence)
    if re.search(r"结转", text):
        return Statement((requests("carried_over" if _OVER.search(text) else "carried_forward"),))
    if "自然人" in text:
        return Statement((requests("received", "organisation"),))
    outcomes = [row for _, _, row, _ in REQUESTS.matches(text) if row in _OUTCOMES]
    if outcomes:
        return Statement((requests(outcomes[-1]),))
    if re.search(r"办结|答复|办理完毕", text):
        about = REQUEST_HINT.search(text) or about_requests(item, context)
        return Statement((requests("carried_forward"),)) if about else None
    return Statement((requests("received"),))


# “无一来自企业”
_NOT_ONE_FROM = re.compile(
    r"^(?:申请|来件)?(?:中|里)?(?:无一|没有一)(?:件|份|人)?(?:来自|出自|系|是|为|由)"
)


def _zero_requests(item: Item, text: str, bare: str, context: Context) -> Statement | None:
    nobody = _NOT_ONE_FROM.match(text)
    if nobody and about_requests(item, context):
        columns = APPLICANTS.matches(text)
        if len(columns) == 1 and columns[0][0] == nobody.end():
            return Statement((requests("received", columns[0][2]),))
    about = bool(REQUEST_HINT.search(text)) or about_requests(item, context)
    if _LATE.search(bare):
        return Statement((), registered_label="逾期") if about else None
    other = OTHER_MATTERS.search(text)
    if other and not REQUEST_HINT.search(text):
        return None
    if about and OTHER_REASONS.search(bare):
        return of_other_reasons(item, bare, context)
    if _FORWARD.search(text):
        if about and _BOTH_WAYS.search(text):
            terms = requests("carried_over").terms + requests("carried_forward").terms
            return Statement((Expression(terms),))
        if not about and not re.search(
            r"结转|跨年|未办结|上年[^，]{0,3}遗留|[留转延拖移][到至入](?:下(?:一)?年|次年|翌年)",
            text,
        ):
            return None
        if _OVER.search(text) and not re.search(r"(?<!留)下(?!来)|次年", text):
            return Statement((requests("carried_over"),))
        if re.search(r"20\d\d年", item.lead[-8:]) and re.search(r"遗留|留[下有]|尾巴", text):
            return Statement((requests("carried_over"),))
        return Statement((requests("carried_forward"),), strong=not _LOOSELY_LEFT.search(text))
    if re.search(r"旧申请|旧件(?!系统|档案|需|重|不)|转入(?:件|申请|事项|的)?$", text) and about:
        return Statement((requests("carried_over"),))
    found = [
        m
        for m in REQUESTS.matches(bare)
        if m[2] not in {"received", "worked_on", "disposed", "handled"}
    ]
    if found and (about or any(m[3] for m in found)):
        part = next((m for m in found if "." in m[2]), found[-1])
        if re.search(r"其[余他它]", bare):
            stated = stated_parts(item, context, part[2])
            return Statement(
                (Expression(requests(part[2]).terms + tuple((-s, f) for s, f in stated)),)
            )
        rows = joined_rows(bare, tuple(found)) or (part[2],)
        return Statement((Expression(tuple(t for row in rows for t in requests(row).terms)),))
    if _RECEIVED.search(bare) or (_RECEIPT.search(bare) and about):
        if _GENERIC.search(bare) and not re.search(
            r"收到|接到|提出|受理|接获|发生|事项|业务", bare
        ):
            return None
        asked = of_applicants(item, bare, context)
        if asked is not None:
            return asked
        also = (requests("carried_over"),) if re.search(r"事项|业务|空白", bare) else ()
        # NOTE: “邮箱一年没有新件”: a word of the post, where nothing else speaks of requests.
        sure = about or re.search(r"申请|公开|索[要取]", bare) is not None
        return Statement((requests("received"),), also=also, strong=sure)
    if about and _REFUSED.fullmatch(bare):
        return Statement((requests("withheld"),))
    if _REST_OF.search(bare) or _OURS_IS_NONE.fullmatch(bare):
        return None
    if about and APPLICANTS.matches(bare) and _NOBODY.search(bare):
        asked = of_applicants(item, bare, context)
        if asked is not None:
            asked.strong = False
        return asked
    if about and re.search(
        r"空白$|为零$|挂零$|全空$|先例$|业务|^一[件份例起宗条次]也?(?:未|没有?)(?:$|收|接|来|登|受理|有$|提|见)|^[均皆]?(?:为)?无$|^[:：]?无$",
        bare,
    ):
        return Statement((requests("received"),), strong=not narrows(bare))
    return None


# “法人和组织一件没有”, “没有企业参与”
_NOBODY = re.compile(r"(?:没有|无|[为是]零|挂零|空白|阙如|没有[^，]{2,10}(?:参与|问津|来件))$")
# “无一拒绝”, “没有被回绝的”
_REFUSED = re.compile(
    r"(?:申请|来件)?(?:无一[件例份]?|没有(?:一[件例份])?|未曾?|无)(?:被)?(?:拒绝?|回绝|婉拒)(?:的|者|公开|答复|申请)*"
)
# “行政处罚归县局，本所为零”: of whatever the clause before names.
_OURS_IS_NONE = re.compile(
    r"[本我](?:机关|单位|中心|街道|[局委办厅院所站馆校镇乡])(?:均|则|也)?(?:为零|空白|没有|无)"
)
# “其余各项均为零”: of what has not been named.
_REST_OF = re.compile(r"其[余他它]|各[项类]|[两三四几]项|余下|剩余")


def _zero_proactive(text: str, context: Context, sentence: tuple[int, int]) -> Statement | None:
    # NOTE: “许可之外没有处罚” denies the penalties alone.
    found = [m for m in PROACTIVE.matches(text) if not text.startswith(("之外", "以外"), m[1])]
    expressions: list[Expression] = []
    for match in found:
        row = match[2]
        if row == "charges":
            return Statement((total("proactive/charges/amount"),))
        if row in DOCUMENT_ROWS:
            context.document_row, context.document_sentence = row, sentence
            verbs = [m[2] for m in VERBS.matches(text)]
            columns = list(dict.fromkeys(verbs)) or ["issued"]
            expressions += [total(f"proactive/{row}/{column}") for column in columns]
        else:
            expressions.append(total(f"proactive/{row}/decisions"))
    terms = tuple(term for expression in expressions for term in expression.terms)
    return Statement((Expression(tuple(dict.fromkeys(terms))),))
