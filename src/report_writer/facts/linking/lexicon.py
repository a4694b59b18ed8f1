"""The words by which reports name the cells of the form (source: the form's labels and 283 published reports).

Strong words name their cell anywhere (予以公开, 上年结转); weak ones (收到, 答复, 公开, 自然人) only where the
sentence is about requests and no other matter (提案, 热线, 网站 …) stands nearer.
"""

import re
from functools import lru_cache

from report_writer.facts.text.screening import Keywords, any_word, begins_known, compiled, hint

_YEAR = r"(?:20\d{2}|[二2][〇0○]\S{2})年(?:度)?"
_LAST = rf"(?:上(?:一)?(?:个)?年(?:度|末|底)?|去年(?:末|底|度)?|往年(?:度)?|历年|以往年度|以前年度|上期|年初|期初|{_YEAR})"
_NEXT = rf"(?:下(?:一)?(?:个)?年(?:度)?|次年(?:度)?|明年(?:度)?|来年|下期|翌年|{_YEAR}|年后)"
_KEPT = r"[^，。；、\d]{0,8}(?:结转(?!下|至下|到下|次|至次)|没有?(?:办|结|答)|转来|转入(?!下|次)|转接|转下来|留存|留下|留待|遗留|未结|未办|待办|在办|延续|顺延|结存|接转|接续|转结|滚存|未了|积存|积压|剩余|跨年)(?:办理|办结|办完|完结|处理|结|完|毕)?(?:来|到本年|过来|下来|件|的)?"
# “办结申请”, “答复了公开申请事项”: the noun behind a verb is no receipt of its own.
_REQUESTED = r"(?:了|过|的)?(?:政府)?(?:信息)?(?:依?申请)?(?:(?<=[息请])公开|公开(?=的?(?:申请|事项|案件|件|工作)))?(?:的)?(?:申请(?!人))?(?:事项|案件|件|工作)?"

# (key, strong, pattern). The first alternative that matches at a place wins, so specific ones come first.
REQUEST_WORDS: tuple[tuple[str, bool, str], ...] = (
    (
        "carried_over",
        True,
        rf"{_LAST}{_KEPT}|结转(?:自|办理)?{_LAST}(?!度?继续)|(?:转自|承接|承继|接续|延续|接办|续办|接手|接过)(?:办理)?{_LAST}(?:{_KEPT}|(?:收到|受理|接到|接收|登记)的)?"
        r"|(?:加(?:上)?|含|连同|并入|合并)(?:上年)?(?:结转|遗留)|跨年(?:转|结转)?(?:而来|过来|来)(?!件)(?:的)?|旧存(?:申请|件)?|(?:结转|遗留)(?:而来|过来|进来|转进)(?:的)?|(?:以前|此前|先前|往期|早前|前期)(?:年度|年份)?(?:的)?(?:未办[完结毕]|未结|遗留|积压|没办完)(?:的)?",
    ),
    (
        "carried_forward",
        True,
        rf"(?:结转|转|顺延|延|延期|留待|留到|移|跨|递延|滚存|接转|带|留|延续|推迟)(?:到|至|入|接|往|结|为|向)?{_NEXT}[^，。；、]{{0,8}}|(?:尚|还|仍)?未办结(?:的)?(?:申请)?",
    ),
    (
        "carried_forward",
        False,
        r"跨年[^，。；、\d]{0,4}|(?:尚|还|仍)?待[^，。；]{0,24}(?:答复|办理|处理)|(?:年末|年底|期末)?(?:尚未|仍未|还未|未)(?:办结|办完|答复|办毕|完结)(?:的)?"
        r"|(?:年末|年底|期末|正|尚|仍)?在办(?![公法事])(?:理中|理|件)?(?:的)?|(?:正在|仍在|尚在|还在|在)办理(?!期间|阶段|环节|时限)(?:中|之中|过程中)?(?:的)?|办理中|办理过程中|续办|未到期|未到[^，。；、]{0,4}期限|尚在[^，。；、]{0,6}期(?:限)?内?",
    ),
    (
        "disclosed_in_full_or_part",
        True,
        r"(?:予以|给予|准予|同意|依法)?公开(?:类)?(?:的|答复)?[（(](?:含|包括|包含)部分(?:公开)?(?:的)?[）)]|(?:予以|给予|准予|同意|依法|可以?)?(?:公开|全部(?:公开)?)(?:类)?(?:答复)?(?:及|和|或|与|、|（含|\(含|（包括|（包含|含|连同)(?:者|可|能)?(?:予以)?部分公开(?:的)?(?:[）)])?",
    ),
    (
        "disclosed_in_part",
        True,
        r"部分(?:内容)?(?:予以|给予|准予|同意)?公开|区分(?:处理)?后(?:予以|给予)?(?:部分)?公开|区分(?:处理|公开)(?:后)?(?:部分公开)?",
    ),
    ("withheld.state_secret", False, r"国家[秘机]密|涉密|保密(?=[^，。；、]{0,4}不)"),
    (
        "withheld.forbidden_by_law",
        False,
        r"(?:法律|行政法规|法规|法定)[^，。；、]{0,8}(?:禁止|不得|不允许)(?:公开)?|禁止公开(?:的)?(?:信息|事项)?",
    ),
    (
        "withheld.security_and_stability",
        False,
        r"三安全一稳定|国家安全|公共安全|经济安全|社会稳定",
    ),
    (
        "withheld.third_party_rights",
        False,
        r"第三方[^，。；、]{0,6}(?:权[益利]|利益|隐私)|(?:保护|涉及?|损害|侵害|影响)第三[方人](?:[^，。；、]{0,6}(?:权[益利]|利益))?|第三[方人][^，。；、]{0,6}(?:权益|不同意(?:公开)?|拒绝)|商业秘密|个人隐私|他人(?:合法)?权益",
    ),
    (
        "withheld.internal_affairs",
        False,
        r"(?:三类)?内部(?:性)?(?:事务|管理|工作)(?:性|类)?(?:信息)?",
    ),
    (
        "withheld.deliberative_process",
        False,
        r"(?:四类)?过程性(?:信息|文件|材料)?|讨论记录|过程稿|磋商信函",
    ),
    ("withheld.enforcement_file", False, r"(?:行政)?执法案卷|案卷(?:信息|材料)?"),
    (
        "withheld.administrative_query",
        False,
        r"行政查询(?:事项|类|信息)?|查询(?:事项|途径|程序|渠道|类)|(?<=属)查询",
    ),
    ("not_disclosed", False, r"非公开(?:类|的)(?:申请)?"),
    ("withheld", True, r"不予公开|未予公开|拒绝公开|不(?:准予|给予|同意)公开"),
    ("withheld", False, r"不公开|未公开|不(?:宜|应|能|可)公开|拒绝提供"),
    (
        "unable_to_provide.not_held",
        False,
        r"(?:并)?不(?:实际|予)?掌握|(?:并)?未(?:实际)?掌握|没有掌握|(?:并)?未(?:曾)?(?:制作|获取|保存|(?:形成|产生)(?!结转|积压|超期|逾期|复议|诉讼|争议|费))(?:或(?:者)?(?:未)?(?:获取|保存|制作))?|信息不存在|(?:检索|查找|查询)[^，。；、]{0,4}不存在|不存在(?:的)?(?:信息)?\s*$|非(?:由)?(?:本|我)(?:机关|单位|部门|级|局|委|办|厅|镇|乡|街道)[^，。；、]{0,10}"
        r"|不属(?:于)?(?:本|我)(?:机关|行政机关|单位|部门|局|府|镇|乡|委|办|厅|街道)[^，。；、]{0,8}|不(?:属|在|归)(?:于)?[^，。；、]{0,6}(?:职责|职权|管辖|公开)(?:权限)?范围|查无(?:此|相关)?(?:信息)?|无(?:此|该|相关)(?:类)?信息",
    ),
    (
        "unable_to_provide.needs_creation",
        False,
        r"(?:没有|无|缺乏)现成(?:的)?(?:信息|材料|资料)?(?:[^，。；、]{0,10}?(?:制作|加工|汇总|整理|统计|分析))?|(?:需|须)(?:要)?(?:另行|重新|加工|汇总|专门)(?:[^，。；、]{0,6}?(?:制作|加工|分析|汇总|整理|统计))?|另行(?:制作|加工|汇总)|重新(?:制作|加工|汇总)",
    ),
    (
        "unable_to_provide.unclear_after_supplement",
        False,
        r"补正(?:后|之后)?[^，。；、]{0,10}(?:不明确|不清楚|不清晰|不明|不清)|(?:仍|仍然|依然|依旧)不(?:明确|清楚|清晰|明)|内容不(?:明确|清楚|明)",
    ),
    ("unable_to_provide", True, r"无法(?:按要求|予以)?提供|不能提供|未能提供"),
    (
        "not_processed.voluminous_repeat",
        False,
        r"(?:无正当理由)?(?:大量|频繁)(?:、)?(?:反复)?(?:地)?(?:提出)?申请|大量反复|反复(?:提出)?申请",
    ),
    (
        "not_processed.repeat",
        False,
        r"重复(?:性)?(?:提出|提交|申请|公开)(?:的)?(?:申请)?(?:类)?|不(?:予)?重复(?:处理|答复)|重复件",
    ),
    (
        "not_processed.petition",
        False,
        r"信访(?:、|类)?(?:举报)?(?:、)?(?:投诉)?(?:、)?(?:举报)?(?:等)?(?:类|事项|活动)?(?:申请)?|投诉(?:、)?举报(?:类|等)?(?:申请)?|举报(?:、)?投诉(?:类|等)?(?:申请)?|^举报类(?:申请|事项)?",
    ),
    ("not_processed.publication", False, r"(?:公开)?出版物|公开出版"),
    (
        "not_processed.confirmation",
        False,
        r"(?:要求)?[^，。；、]{0,6}确认(?:或|、)(?:者)?重新出具[^，。；、]{0,8}",
    ),
    (
        "not_processed.confirmation",
        False,
        r"重新出具(?:已获取)?(?:的)?(?:政府)?(?:信息)?|确认(?:已|其已)?(?:获取|获得|取得)(?:的)?(?:政府)?(?:信息)?",
    ),
    (
        "not_processed",
        True,
        r"不予处理|不作处理|不做处理|不再处理|(?:不|未)(?:按|作为?|当作?)(?:公开|信息公开)?申请(?:处理|办理|对待)",
    ),
    ("not_processed", False, r"(?<!需)不处理|未(?:予|作)处理|不予受理"),
    (
        "otherwise_closed.supplement_overdue",
        False,
        r"逾期(?:不|未)(?:予以|进行|作)?补正|(?:未|没有)(?:按期|按时|按要求|及时|在[^，。；、]{0,10}内)?补正|不补正|补正逾期|逾期[^，。；、]{0,4}补正",
    ),
    (
        "otherwise_closed.fee_overdue",
        False,
        r"逾期(?:未|不)[^，。；、]{0,12}缴[^，。；、]{0,4}|(?:未|不)(?:按[^，。；、]{0,8})?缴(?:纳|费|交)[^，。；、]{0,4}",
    ),
    (
        "otherwise_closed.other",
        False,
        r"(?:主动|自愿|自行)?撤(?:回|件|销|诉)(?:了|的)?(?:申请)?|(?:主动|自愿|自行)(?:终止|放弃|取消)(?:了|的)?(?:申请)?|终止办理",
    ),
    ("otherwise_closed", True, r"其[他它](?:情形|方式|类)?(?:的)?处理(?:情形|方式|类)?(?!意见)"),
    (
        "disclosed",
        True,
        r"予以公开|(?:准予|同意|给予)公开|全部公开",
    ),
    (
        "disclosed",
        False,
        r"(?<!主动)(?<!申请)(?<!信息)(?<!全)公开(?:类)?(?:的|了|者)?(?:有|为|计|是|共)?\s*$|(?:依法|决定|可以|可|应予|完全)公开(?:的)?|获(?:得)?公开(?:的)?(?:有)?|公开(?=(?:的)?(?:方式|形式)(?:予以)?(?:答复|办结|处理|回复))|公开(?:类)?答复(?:的|了)?(?:有|为|计|是|共)?\s*$|已公开(?:的)?\s*$",
    ),
    (
        "handled",
        False,
        r"新[老旧、]{1,2}(?:申请|件)|新收[^，。；\d]{0,4}[加与和及连][^，。；\d]{0,4}结转|(?:合计|总计|共计?|总共|年内|全年)?(?:应|需|须|共需|待)(?:当)?(?:办理|处理|办|答复)(?:的)?(?:事项|申请|件)?(?:总数|总量)?",
    ),
    ("disposed", True, r"办理结果(?:总计|合计|共计|总数|共)"),
    (
        "disposed",
        False,
        rf"(?:办(?:理)?(?:结|毕|完(?:毕|结|成)?|出|复|讫|终结)|完结|了结|审结|完成(?:办理|答复))(?:数量?|总数|总量)?{_REQUESTED}|已(?:经)?办\s*$|处理完[毕成]|(?:作出|给予|均|已|书面|依法|按期|按时|年内|年度|实际)?(?:答复|回复)(?:完毕)?(?:数量?|总数|总量)?{_REQUESTED}",
    ),
    ("carried_forward", True, r"结转(?!上|自上|资金|结余)(?:的|了|数|件)?"),
    (
        "carried_forward",
        False,
        r"余下|剩余|其余(?=[^，。；]{0,14}(?:转|跨|待|在办|期限))|尚余|留待|未结(?:的)?\s*$",
    ),
    ("received", True, r"新收(?:到|取)?|新增[^，。；、\d]{0,8}申请|新(?:受理|接收|接到|登记|提出)"),
    (
        "received",
        False,
        r"收到|受理(?:了|的)?|接办|收得|收讫|接收(?:到)?|接到|收悉|收件|收办|接获|收录|登记|提出|提交|递交|申请(?!人)(?:公开)?(?:的|者)?(?:总)?(?:数量|总量|量|件数|数|件)?(?:全年|年内|本年度?|当年|今年)?(?:为|共有?|(?<=的)有|(?<=者)有|计|合计|总计)?\s*$|收取|来件|来函申请|(?<=受理|收到|接到|接收|收悉)依申请公开(?:政府)?信息(?:共|计|共计|合计)?\s*$|依申请公开(?:事项|件|申请)?(?:数量|总量|量|件数|数|总数)?(?:为|共|计|共计|合计|总计)?\s*$",
    ),
    ("worked_on", False, r"(?:经手|办理|处理|承办)(?:了|的)?"),
)
APPLICANT_WORDS: tuple[tuple[str, str], ...] = (
    (
        "organisation",
        r"非自然人|(?<!企业)法人(?:(?:或|和|及|与|、)(?:者)?其[他它]组织)?|(?<=[和及、或])组织(?:类)?\s*$",
    ),
    (
        "natural_person",
        r"自然人|公民(?!、)|个人(?!隐私|信息|权益|简历)|(?:居民|村民|市民|农牧民|群众)\s*$",
    ),
    ("company", r"(?<!非)(?:商业)?企业(?:法人|单位)?|公司|商业(?:机构|组织|主体|单位)"),
    (
        "research",
        r"(?:高校(?:和|及|、))?科研(?:机构|院所|单位|院校|组织|所)|(?<=高校[和及、与])科研|高(?:等院)?校",
    ),
    (
        "public_interest",
        r"(?:民办非企业(?:单位)?等)?(?:社会)?公益(?:性|类)?(?:组织|机构|团体|单位)?|社会(?:团体|组织)|民办非企业",
    ),
    ("legal_service", r"法律服务(?:机构|组织|所)?|律师(?:事务所?|所)?|律所"),
    (
        "other",
        r"其[他它](?:组织|法人|主体|申请人|申请主体|类型|类别|类|身份|人员)?(?:的|提出(?:的)?|提交(?:的)?|申请)?(?:有|为|共)?\s*$",
    ),
)
REMEDY_ROWS: tuple[tuple[str, str], ...] = (
    (
        "direct_litigation",
        r"(?:[未不]经(?:行政)?复议)?(?:而)?(?:直接|径行|径直|迳行|径自)(?:向[^，。；、]{0,6}法院)?(?:起诉|诉讼|应诉|提起(?:行政)?诉讼|诉至法院)|(?:未(?:经|申请|走)|不经|没有?(?:经过?|走|申请)?)(?:行政)?复议(?:程序)?(?!之?[后以])(?=[^，。；]{0,8}(?:起诉|诉讼|告))|(?:未(?:经|申请)|不经)(?:行政)?复议(?:程序)?(?:[^，。；、]{0,8}(?:起诉|诉讼))?",
    ),
    (
        "litigation_after_reconsideration",
        r"(?:走完复议|(?:行政)?复议(?:之|以|过|完)?后)(?:再|又|仍)?(?:[^，。；、]{0,6}(?:起诉|诉讼|诉至法院))?|(?<![未不])经(?:过)?(?:行政)?复议(?:后)?[再又仍]诉|(?<![未不])经(?:过)?(?:行政)?复议(?:程序)?(?:后)?(?:再|又|仍)?[^，。；、]{0,4}(?:起诉|诉讼)|(?<![未不])经(?:过)?(?:行政)?复议(?:程序)?(?:后)?(?:的)?\s*$|(?:对|不服)(?:行政)?复议(?:决定|结果)[^，。；、]{0,6}(?:起诉|诉讼)",
    ),
    # Cases brought over something else than a request are in no table of this form.
    (
        "reconsideration",
        r"(?<!(?:处罚|许可|强制|征收|执法)引[起发]的)(?<!(?:处罚|许可|强制|征收|执法)引[起发]的行政)复议(?!机关|决定|委员会|机构|意见|体制)",
    ),
    (
        "litigation",
        r"(?<!民事)(?<!刑事)(?<!公益)诉讼|应诉|(?<!提)起诉|涉诉|被诉|诉[至诸](?:人民)?法院|告上(?:了)?(?:法[院庭]|公堂)|(?:成为|当|作为|列为)(?:了|过)?被告|打官司|官司|对簿公堂|法院(?:立案|受理|传票)",
    ),
    ("remedies", r"行政争议|争议案件"),
)
REMEDY_OUTCOMES: tuple[tuple[str, str], ...] = (
    (
        "pending",
        r"(?:尚|还|仍)?未(?:审理)?(?:审结|办结|结案|裁决|判决|宣判|下判|判(?!决)|作出(?:决定|判决|裁判))|(?:尚|仍|还|正)?在审(?:理)?(?:中)?|(?:正在|仍在|尚在)(?:审理|办理|复议|诉讼)(?:中|之中|过程中)?|审理中|审理过程中|[待候]审|未结|待(?:判|裁判|决)",
    ),
    ("upheld", r"维持|驳回|胜诉|支持(?=[市县区州旗镇乡我本行被原]|$)"),
    (
        "corrected",
        r"纠正|纠错|(?<!申请人)撤销|变更|确认违法|责令|败诉|重新(?:答复|作出)",
    ),
    (
        "other_outcome",
        r"其[他它](?:结果|方式|处理|情形|类)?(?:结案|的)?\s*$|终止|调解|撤诉|撤回|和解|不予受理|其[他它]结果",
    ),
)
PROACTIVE_ROWS: tuple[tuple[str, str], ...] = (
    ("normative_documents", r"(?<!党内)(?<!党委)(?:行政)?规范性文件"),
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
    ("repealed", r"(?:宣布)?(?:清理)?(?:废止|失效|停止(?:执行|施行|实施|适用|使用)|予以废除)"),
    (
        "in_force",
        r"(?:现行|继续|保留|年末|仍然?|尚)?(?:有效|保留|现存|存续|施行|生效中)(?:的)?(?:存量)?|存量|现行(?=(?:行政)?规范性|(?:政府)?规章)|现行(?!规|法|制度|政策)|(?:继续|仍然?|仍在|目前|正在)(?:执行|实施|适用)",
    ),
    (
        "issued",
        r"(?:新)?(?:制定|制发|出台|印发|发布|颁布|制订|公布|新增|新制|新立|新印发|起草出台)|新出(?!台)|新发(?![现展])",
    ),
)
# Matters that look like requests and are not.
OTHER_MATTERS = compiled(
    r"(?:(?<=[产婚姻记权体业标法人案籍房押])登记|救助|援助|许可|备案|补贴|补助|贷款|审批|业务|专利|资格|低保|仲裁|调解|执行|认定|报名|奖励|入学|公证|办证|用地|项目|资金|创业|认证|鉴定|住房|退税|减免|复核|复查|立项|招聘|入党|赔偿)申请|民生实事|走访|信访(?:事项|件|案件|积案|总量)|"
    r"提案|建议(?!公开)|(?<!复)议案|信箱|邮箱|来信|来访|来电|热线|工单(?!位)|咨询|留言|信访件|网站|微信|微博|公众号|抖音|快手|头条|栏目|公开栏|公示栏|专栏"
    r"|培训|会议|发布会|解读|粉丝|阅读|访问|浏览|点击|稿|推文|视频|新闻|案例|舆情|调查|征集|档案|图书|窗口办|政务服务|办事(?!项)|审批|直播|宣传|资料|问卷|意见征|意见建议"
    r"|复文|公文|属性|许可申请|救助申请|申请表|项目申请|业务申请|补贴|登记证|投诉(?!举报类|类)|工商|援助|公证|仲裁|救助"
)
REQUEST_HINT = compiled(
    r"申请(?!表|材料|执行|条件|指南|书)|依申请|(?:公开)?件数|申请人|(?<![传后到])来件(?!人)"
)
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
# Each of these stands for one decision now and then, and for one item or one party otherwise.
LOOSE_DECISION_UNITS = frozenset(
    {"家次", "户次", "人次", "张", "本", "户", "家", "处", "人", "台", "笔", "单", "批次", "辆"}
)
DOCUMENT_UNITS = frozenset({"件", "个", "份", "篇", "部", "条", "项", "号", ""})


def _compile(patterns: dict[int, str]) -> re.Pattern[str]:
    return compiled("|".join(f"(?P<g{i}>{pattern})" for i, pattern in patterns.items()))


class Vocabulary:
    """A list of words compiled into one pattern that says which entry matched."""

    def __init__(
        self, words: tuple[tuple[str, str], ...] | tuple[tuple[str, bool, str], ...]
    ) -> None:
        patterns = {i: str(entry[-1]) for i, entry in enumerate(words)}
        self._pattern = _compile(patterns)
        self._hint = hint(self._pattern)
        # NOTE: one entry that may begin with any character makes the search try them all; it is
        # left out where a text has none of its words.
        known = {i: pattern for i, pattern in patterns.items() if begins_known(pattern)}
        self._usual = _compile(known)
        rare = [Keywords(re.compile(patterns[i])).words for i in patterns.keys() - known]
        words_of_rare = sorted(frozenset().union(*rare))
        self._rare = re.compile(any_word(words_of_rare) if rare else "(?!)")
        # What an entry says, by the name of its group.
        self._says: dict[str, tuple[str, bool]] = {
            f"g{i}": (str(entry[0]), bool(entry[1]) if len(entry) == 3 else True)
            for i, entry in enumerate(words)
        }
        # One label is asked for several times while its number is linked.
        self.matches = lru_cache(maxsize=1024)(self._matches)

    def _matches(self, text: str) -> tuple[tuple[int, int, str, bool], ...]:
        """Return (start, end, key, strong) of every word in a text, in order."""
        if not self._hint.search(text):
            return ()
        pattern = self._pattern if self._rare.search(text) else self._usual
        says = self._says
        return tuple(
            [(m.start(), m.end(), *says[str(m.lastgroup)]) for m in pattern.finditer(text)]
        )


REQUESTS = Vocabulary(REQUEST_WORDS)
APPLICANTS = Vocabulary(APPLICANT_WORDS)
REMEDIES = Vocabulary(REMEDY_ROWS)
OUTCOMES_OF_REMEDIES = Vocabulary(REMEDY_OUTCOMES)
PROACTIVE = Vocabulary(PROACTIVE_ROWS)
VERBS = Vocabulary(DOCUMENT_VERBS)
