"""The words by which reports name the cells of the form (source: the form's labels and 283 published reports).

Strong words name their cell anywhere (予以公开, 上年结转); weak ones (收到, 答复, 公开, 自然人) only where the
sentence is about requests and no other matter (提案, 热线, 网站 …) stands nearer.
"""

import re
from functools import lru_cache

from report_writer.facts.screening import compiled, hint

_YEAR = r"(?:20\d{2}|[二2][〇0○]\S{2})年(?:度)?"
_LAST = rf"(?:上(?:一)?(?:个)?年(?:度)?|去年|往年|上期|年初|{_YEAR})"
_NEXT = rf"(?:下(?:一)?(?:个)?年(?:度)?|次年|明年|来年|下期|翌年|{_YEAR}|年后)"

# (key, strong, pattern). The first alternative that matches at a place wins, so specific ones come first.
REQUEST_WORDS: tuple[tuple[str, bool, str], ...] = (
    (
        "carried_forward",
        True,
        rf"(?:结转|转|顺延|延|留待|移|跨|递延|滚存|接转|带|留|延续)(?:到|至|入|接|往|结)?{_NEXT}[^，。；、]{{0,8}}|(?:尚|还)?未办结(?:申请)?",
    ),
    (
        "carried_forward",
        False,
        r"跨年[^，。；、\d]{0,4}|(?:尚|还|仍)?待[^，。；]{0,24}(?:答复|办理|处理)|(?:年末|年底|期末)?(?:尚未|仍未|未)(?:办结|办完|答复)"
        r"|(?:年末|年底|期末|正|尚)?在办(?![公法事])(?:理中|理|件)?|办理中|续办|未到期|尚在(?:答复|办理)期(?:限)?内?",
    ),
    (
        "carried_over",
        True,
        rf"{_LAST}[^，。；、\d]{{0,6}}(?:结转|转来|转入|转接|留存|遗留|未结|未办结|延续|顺延|结存|接转|转结|滚存|未了)(?:来|到本年|件|的)?|结转(?:自)?{_LAST}(?!度?继续)|(?:转自|承接|承继|接续|延续|接办){_LAST}(?:的)?(?:结转|转来|转入|未结|未办结|遗留)?(?:的)?",
    ),
    (
        "disclosed_in_full_or_part",
        True,
        r"(?:予以)?(?:公开|全部(?:公开)?)(?:及|和|或|与|、)(?:者)?部分公开",
    ),
    ("disclosed_in_part", True, r"部分公开|区分处理"),
    ("withheld.state_secret", False, r"国家秘密|涉密"),
    ("withheld.forbidden_by_law", False, r"(?:法律|行政法规|法规)[^，。；、]{0,8}禁止(?:公开)?"),
    ("withheld.security_and_stability", False, r"三安全一稳定"),
    (
        "withheld.third_party_rights",
        False,
        r"第三方[^，。；、]{0,4}权[益利]|(?:保护|涉及?|损害)第三[方人]|第三人[^，。；、]{0,4}权益",
    ),
    ("withheld.internal_affairs", False, r"(?:三类)?内部(?:事务|管理)(?:信息)?"),
    ("withheld.deliberative_process", False, r"(?:四类)?过程性(?:信息)?"),
    ("withheld.enforcement_file", False, r"(?:行政)?执法案卷|案卷(?:信息)?"),
    ("withheld.administrative_query", False, r"行政查询(?:事项)?|查询(?:事项|途径)|(?<=属)查询"),
    ("withheld", True, r"不予公开|未予公开|拒绝公开"),
    ("withheld", False, r"不公开|未公开"),
    (
        "unable_to_provide.not_held",
        False,
        r"(?:并)?不(?:实际)?掌握|未掌握|信息不存在|非本(?:机关|单位|部门|局)|不属(?:于)?(?:本|我)(?:机关|行政机关|单位|部门|局|府|镇|乡|委|办)[^，。；、]{0,8}",
    ),
    (
        "unable_to_provide.needs_creation",
        False,
        r"(?:没有|无)现成(?:信息)?(?:需(?:要)?)?(?:另行|重新)?(?:制作)?|需(?:要)?(?:另行|重新|加工)[^，。；、]{0,4}(?:制作|加工|分析)?|另行制作",
    ),
    (
        "unable_to_provide.unclear_after_supplement",
        False,
        r"补正后[^，。；、]{0,8}不明确|仍不明确|内容不明确",
    ),
    ("unable_to_provide", True, r"无法提供|不能提供|未能提供"),
    ("not_processed.voluminous_repeat", False, r"(?:无正当理由)?大量反复(?:申请)?|反复申请"),
    ("not_processed.repeat", False, r"重复申请|重复提出"),
    (
        "not_processed.petition",
        False,
        r"信访(?:、|类)?(?:举报)?(?:、)?(?:投诉)?(?:类)?(?:申请)?|投诉举报(?:类)?|举报投诉(?:类)?",
    ),
    ("not_processed.publication", False, r"(?:公开)?出版物|公开出版"),
    (
        "not_processed.confirmation",
        False,
        r"(?:要求)?[^，。；、]{0,6}确认或(?:者)?重新出具[^，。；、]{0,8}|重新出具",
    ),
    ("not_processed", True, r"不予处理|不作处理|不再处理"),
    (
        "otherwise_closed.supplement_overdue",
        False,
        r"逾期(?:不|未)补正|未(?:按期|在规定期限内)?补正",
    ),
    (
        "otherwise_closed.fee_overdue",
        False,
        r"逾期未[^，。；、]{0,8}缴[^，。；、]{0,4}|未缴(?:纳|费)[^，。；、]{0,4}",
    ),
    ("otherwise_closed.other", False, r"(?:主动|自愿|自行)?撤(?:回|件|销|诉)(?:了|的)?(?:申请)?"),
    ("otherwise_closed", True, r"其[他它](?:情形)?处理"),
    ("disclosed", True, r"予以公开|准予公开|同意公开|全部公开"),
    (
        "disclosed",
        False,
        r"(?<!主动)(?<!申请)(?<!信息)(?<!全)公开(?:的|了|者)?(?:有|为|计|是)?\s*$|获(?:得)?公开(?:的)?(?:有)?|已公开(?:的)?\s*$",
    ),
    (
        "handled",
        False,
        r"(?:合计|总计|共计?|总共|年内|全年)?(?:应|需|须|共需|待)(?:当)?(?:办理|处理|办|答复)(?:的)?(?:事项|申请|件)?(?:总数|总量)?",
    ),
    (
        "disposed",
        False,
        r"办(?:理)?(?:结|毕|完|出|复)[^，。；、\d]{0,4}|已(?:经)?办\s*$|办理完毕|处理完毕|(?:作出|给予|均|已|书面|依法|按期|按时|年内|年度|实际)?答复(?:的)?|办理结果(?:总计|合计)?",
    ),
    ("carried_forward", True, r"结转(?!上|自上|资金|结余)(?:的|了|数|件)?"),
    ("carried_forward", False, r"余下|剩余|其余(?=[^，。；]{0,6}(?:转|跨|待))|尚余|留待"),
    ("received", True, r"新收(?:到)?|新增[^，。；、\d]{0,8}申请|新受理"),
    (
        "received",
        False,
        r"收到|受理(?:了|的)?|接办|收得|收讫|接收(?:到)?|接到|收悉|收件|收办|接获|收录|登记|提出|提交|递交|申请(?:总)?(?:数量|总量|量|件数|数|件)?(?:为|共|计|合计|总计)?\s*$|收取|来件|依申请公开(?:事项|件|申请)?\s*$",
    ),
    ("worked_on", False, r"(?:经手|办理|处理|承办)(?:了|的)?"),
)
APPLICANT_WORDS: tuple[tuple[str, str], ...] = (
    (
        "organisation",
        r"非自然人|法人(?:(?:或|和|及|与|、)(?:者)?其[他它]组织)?|(?<=[和及、或])组织(?:类)?\s*$",
    ),
    ("natural_person", r"自然人|公民(?!、)|个人|(?:居民|村民|市民|农牧民|群众)\s*$"),
    ("company", r"(?:商业)?企业|公司"),
    ("research", r"科研(?:机构|院所|单位|院校)?"),
    ("public_interest", r"(?:社会)?公益(?:性)?(?:组织|机构|团体)?"),
    ("legal_service", r"法律服务(?:机构|组织)?|律师(?:事务)?所?|律所"),
    ("other", r"其[他它](?:组织|法人|主体|申请人|类)?\s*$"),
)
REMEDY_ROWS: tuple[tuple[str, str], ...] = (
    (
        "litigation_after_reconsideration",
        r"复议后(?:再)?(?:起诉|诉讼|提起(?:行政)?诉讼)|经复议(?:后)?(?:起诉|诉讼)",
    ),
    (
        "direct_litigation",
        r"(?:未经复议)?直接(?:起诉|诉讼|提起(?:行政)?诉讼)|未经(?:行政)?复议[^，。；、]{0,6}(?:起诉|诉讼)",
    ),
    ("reconsideration", r"复议"),
    ("litigation", r"诉讼|应诉|起诉|败诉|涉诉"),
    ("remedies", r"行政争议|争议案件"),
)
REMEDY_OUTCOMES: tuple[tuple[str, str], ...] = (
    ("pending", r"(?:尚|还)?未(?:审结|办结|结案)|(?:尚)?在审(?:理)?|正在审理|审理中|待审|未结"),
    ("upheld", r"维持|驳回"),
    ("corrected", r"纠正|纠错|撤销|变更|确认违法|责令"),
    ("other_outcome", r"其[他它](?:结果|方式|处理|情形)?(?:结案)?\s*$|终止|调解|撤诉|撤回|和解"),
)
PROACTIVE_ROWS: tuple[tuple[str, str], ...] = (
    ("normative_documents", r"(?:行政)?规范性文件"),
    ("rules", r"(?<!不成文)(?<!依)(?:政府|部门)?规章(?!制度|依)"),
    ("licences", r"许可(?!证|事项|目录|清单|条件|申请|信息|公示|结果|指南|服务)(?:决定)?(?:书)?"),
    ("penalties", r"处罚(?!信息|案例|结果|公示|类|依据|事项|文书|裁量|标准|程序)(?:决定)?(?:书)?"),
    (
        "coercive_measures",
        r"(?:行政强制|强制(?:措施|执行|决定))(?!信息|事项|依据|程序|公示)(?:措施|执行)?(?:决定)?(?:书)?",
    ),
    ("charges", r"(?:行政)?事业性(?:收费|费用)|收费金额"),
)
DOCUMENT_VERBS: tuple[tuple[str, str], ...] = (
    ("repealed", r"(?:宣布)?(?:清理)?(?:废止|失效|停止执行|予以废除)"),
    (
        "in_force",
        r"(?:现行|继续|保留|年末|仍然?|尚)?(?:有效|保留|现存|存续|施行|生效中)(?:的)?(?:存量)?|存量",
    ),
    (
        "issued",
        r"(?:新)?(?:制定|制发|出台|印发|发布|颁布|制订|公布|新增|新制|新立|新印发|起草出台)",
    ),
)
# Matters that look like requests and are not.
OTHER_MATTERS = compiled(
    r"(?:登记|救助|援助|许可|备案|补贴|补助|贷款|审批|业务|专利|资格|低保|仲裁|调解|执行|认定|报名|奖励|入学|公证|办证|用地|项目|资金|创业|认证|鉴定|住房|退税|减免|复核|复查|立项|招聘|入党|赔偿)申请|民生实事|走访|信访(?:事项|件|案件|积案|总量)|"
    r"提案|建议(?!公开)|议案|信箱|邮箱|来信|来访|来电|热线|工单|咨询|留言|信访件|网站|微信|微博|公众号|抖音|快手|头条|栏目|公开栏|公示栏|专栏"
    r"|培训|会议|发布会|解读|粉丝|阅读|访问|浏览|点击|稿|推文|视频|新闻|案例|舆情|调查|征集|档案|图书|窗口办|政务服务|办事(?!项)|审批|直播|宣传|资料|问卷|意见征|意见建议"
    r"|复文|公文|属性|许可申请|救助申请|申请表|项目申请|业务申请|补贴|登记证|投诉(?!举报类|类)|工商|援助|公证|仲裁|救助"
)
REQUEST_HINT = compiled(r"申请(?!表|材料|执行|条件|指南|书)|依申请|(?:公开)?件数|申请人")
_UNIT_WORDS = frozenset(
    {
        "件",
        "条",
        "例",
        "起",
        "宗",
        "项",
        "份",
        "次",
        "件次",
        "人次",
        "个",
        "封",
        "桩",
        "单",
        "笔",
        "人",
        "名",
        "家",
        "位",
        "",
    }
)
REQUEST_UNITS = _UNIT_WORDS
REMEDY_UNITS = frozenset({"件", "条", "例", "起", "宗", "项", "次", "件次", "个", "桩", ""})
DECISION_UNITS = frozenset(
    {"件", "份", "宗", "起", "条", "例", "次", "件次", "个", "项", "件（次）", ""}
)
DOCUMENT_UNITS = frozenset({"件", "个", "份", "篇", "部", "条", "项", "号", ""})


def _compile(
    words: tuple[tuple[str, ...], ...] | tuple[tuple[str, bool, str], ...],
) -> re.Pattern[str]:
    return compiled("|".join(f"(?P<g{i}>{entry[-1]})" for i, entry in enumerate(words)))


class Vocabulary:
    """A list of words compiled into one pattern that says which entry matched."""

    def __init__(
        self, words: tuple[tuple[str, str], ...] | tuple[tuple[str, bool, str], ...]
    ) -> None:
        self._words = words
        self._pattern = _compile(words)
        self._hint = hint(self._pattern)
        # One label is asked for several times while its number is linked.
        self.matches = lru_cache(maxsize=1024)(self._matches)

    def _matches(self, text: str) -> tuple[tuple[int, int, str, bool], ...]:
        """Return (start, end, key, strong) of every word in a text, in order."""
        if not self._hint.search(text):
            return ()
        return tuple(
            (m.start(), m.end(), entry[0], bool(entry[1]) if len(entry) == 3 else True)
            for m in self._pattern.finditer(text)
            for entry in (self._words[int(str(m.lastgroup)[1:])],)
        )


REQUESTS = Vocabulary(REQUEST_WORDS)
APPLICANTS = Vocabulary(APPLICANT_WORDS)
REMEDIES = Vocabulary(REMEDY_ROWS)
OUTCOMES_OF_REMEDIES = Vocabulary(REMEDY_OUTCOMES)
PROACTIVE = Vocabulary(PROACTIVE_ROWS)
VERBS = Vocabulary(DOCUMENT_VERBS)
