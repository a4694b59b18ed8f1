"""Loose words for the rows and applicants of table three (source: published reports and passages written for tuning).

Once the text speaks of requests they may confirm a number (“收13件、承3件、结16件”); they never accuse one.
"""

from functools import lru_cache

from report_writer.facts.linking.lexicon import REQUEST_HINT, Vocabulary
from report_writer.facts.text.screening import compiled

_NEAR_END = r"[^，。；、\d]{0,6}$"
FAINT_WORDS: tuple[tuple[str, str], ...] = (
    (
        "handled",
        r"合办|经手|应答|(?:应|须|需|要)办(?!法|事)|(?:手[头上里中]|在手|新旧|新老|连[旧新]带[新旧]|带旧)[^，。；、]{0,6}(?:申请|件|合|共|计|办|处理)[^，。；、]{0,6}$",
    ),
    (
        "carried_over",
        rf"(?:旧(?:件)?|转来|承接?|接(?!到|收|着)续?|并入|带入|转入|移交|隔年|年初|期初|上年|去年|往年|前一年|遗留){_NEAR_END}",
    ),
    (
        "carried_forward",
        rf"(?:余|剩|顺延|手[头上]|年末|年底|岁尾|启后|转出|带到|跨入|跨到|在手|期末|岁末|遗留|未了|待答|待办|续办(?!旧)|(?:下|次|明|来|翌|转|隔)(?:一)?年(?:度)?(?:再|才|接着|继续|接续)?(?:办|答|处理|了结|消化)|延至|推至|延后){_NEAR_END}",
    ),
    (
        "disclosed_in_part",
        r"(?:隐去|遮[盖蔽挡去住]|[删略抹涂]去|删[减节]|删除|涂黑|脱敏|去标识|屏蔽|隐名|匿名|处理后)[^，。；]*(?:公开|提供)?|给了?(?:一)?部分|(?:部分|局部)(?:公开|准|允|给|答应|同意|满足|提供)",
    ),
    ("withheld.state_secret", r"机密|密级|定密"),
    (
        "withheld.security_and_stability",
        r"安全(?:和|与|及|、)?(?:社会)?稳定|(?:危及|影响|妨碍|有碍)[^，。；、]{0,6}(?:安全|稳定)|三安全",
    ),
    (
        "withheld.forbidden_by_law",
        r"(?:法律|法规|法条)[^，。；、]{0,4}(?:禁|不许|不准|不让)|禁止性规定",
    ),
    (
        "withheld.third_party_rights",
        r"他人|第三[方人]|权利人|技术秘密|商业秘密|隐私|未获同意|征询后不",
    ),
    ("withheld.internal_affairs", r"内部|会商纪要|会议纪要|人事"),
    (
        "withheld.deliberative_process",
        r"过程|草稿|草案|未定稿|尚在(?:讨论|研究|论证)|讨论稿|征求意见稿|请示",
    ),
    ("withheld.enforcement_file", r"案卷|卷宗|案件材料|笔录"),
    ("withheld.administrative_query", r"查询|自助查|自行查|可[^，。；、\d]{0,12}查[得到阅]"),
    (
        "unable_to_provide.not_held",
        r"(?:不|未|没有|无|非)[^，。；、]{0,10}(?:掌握|制作|保存|留存|存有|持有|产生|之列|藏|存(?!在)|负责|主管|实施|经手)|(?:[局委办厅馆院所站镇乡校库档关]|手[中头里上]|[内中里处])[^，。；、]{0,2}(?:并|均|都|也|实|确)?(?:无[存此该]|没有|没存|存无)|才有|(?:没有|没|无)编[^，。；、]{0,2}|归[^，。；、]{1,12}(?:保存|保管|管|掌握)|(?:在|由)[^，。；、]{1,10}(?:保存|保管|掌握|制作|手中)|未移交|查无|(?:查|找|寻)(?:找)?不(?:到|着)|未存|[说称告]没有|[局里会]没有|告知[^，。；、]{0,8}(?:机关|申请|咨询)|(?:告知|引导|指引|建议|请)[^，。；、]{0,6}(?:[向到去找]|前往)[^，。；、]{2,14}?(?:提出|查询|查阅|了解|申请|咨询|索取|获取|办理|调取|问询|反映)|(?:不|未)(?:在|存于|属)(?:本|我)[局馆站所委办厅镇乡院校街机]|系[^，。；、]{1,10}(?:制作|形成|保存|掌握)|不[在归属][^，。；、]{0,10}(?:职责|职权|权限|范围|之内)|(?:没有|无)[^，。；、]{0,4}(?:记录|存档|材料|资料|文件|档案)|无从(?:提供|查找)|指路|指明",
    ),
    (
        "unable_to_provide.needs_creation",
        r"统计分析|加工|另行|汇总|现成|(?:重新|专门|另外?)[^，。；、]{0,4}(?:整理|统计|分析|编制|测算)|整理",
    ),
    ("unable_to_provide.unclear_after_supplement", r"补正|说不清|讲不清|不知所指"),
    ("unable_to_provide", r"提供不了|给不了|(?:没|不|未)能?(?:法)?(?:给|提供)"),
    ("not_processed.petition", r"信访|投诉|举报|申诉|诉求|来访"),
    ("not_processed.repeat", r"重复"),
    (
        "not_processed.publication",
        r"出版|书店|购买|选购|(?:公开|正式)(?:发行|刊行|发售|出售)|刊行|书籍",
    ),
    ("not_processed.voluminous_repeat", r"大量|频繁|反复"),
    (
        "not_processed.confirmation",
        r"确认|重新出具|[重再][开出][^，。；、\d]{0,8}(?:证明|文书|文件|答复书)",
    ),
    ("not_processed", r"不(?:予)?(?:处理|受理|办理)"),
    (
        "otherwise_closed.supplement_overdue",
        r"逾期|(?:到期|期满|限期|期限内)[^，。；、]{0,6}补正|未见补正",
    ),
    ("otherwise_closed.fee_overdue", r"缴费|欠缴|未缴|拒缴"),
    (
        "otherwise_closed",
        r"(?:其[他它余]|另外的?|别的)(?:方式|情形|去向|结果|答复|办法|处[理置]|了结|类别|途径|类型|缘由|事由)",
    ),
    ("otherwise_closed.other", r"撤[回销件诉]|撤$|放弃|终止"),
    ("withheld", r"(?:不|未|没)(?:予|能|便|宜|获)?公开|婉拒|回绝|拒"),
    (
        "disclosed",
        r"^\s?(?:[^，。；、\d]{0,6}?)(?:给|寄|发|交|送|递|拿|取|领|看|调|抄)(?:了|出|去|到|予|给|走|得|齐|录)*[^，。；、\d]{0,6}(?:复[印制]件|副本|文本|全文|原[件文]|扫描件|电子[版档件]|抄件|打印件|影印件)|"
        rf"(?:满足|照准|获准|^准|全文给|允许|答应|给出|如愿|准许|放行|应允|照给|照办|开放|亮出|端出|兑现|予准|准予){_NEAR_END}|^\s?(?:予以|依法|悉数|全数|如数|如实|照单|逐一)?(?:公开|提供)(?=[，、；]|$)|公开类(?:决定|答复)$|给(?:出)?信息(?:的)?$|作答的$|^\s?(?:已|均|都|全)?(?:予以|依法|当场)?提供了?[^，。；、\d]{{0,4}}(?:材料|文本|复印件|资料|信息|文件|副本|电子)|"
        r"(?:公开|提供|给予|给了?全文|全文)(?:了|到位|信息|文书|者|的)?(?:计|为|有|共)?$|(?:照单|全文|直接|即予|悉予|如数|足额)(?:予以)?(?:公开|提供)",
    ),
    (
        "disposed",
        rf"(?:办|结|答|销号|销结|了结|办出|回复|答复|处置){_NEAR_END}",
    ),
    (
        "received",
        rf"(?:本年|今年|当年|年度|新(?:件|案|单|的)?)$|(?:(?<!接)收(?!费)|(?<![衔连])接(?![续办转手]|到)|来|添|新增|新提|寄来|递来|登|提|受|申请(?!人)|索要|要求公开){_NEAR_END}",
    ),
)
FAINT_APPLICANTS: tuple[tuple[str, str], ...] = (
    (
        "company",
        r"企|公司|(?:投标|竞买|中标|竞标|承包|经销|开发)[人商方]|供应商|(?:市场|经营|商事|民营|营利)主体|零售户|(?:书|商|药|门|饭|饮食)店|超市|酒店|用[人工]单位|施工单位|建设单位|旅行社|合作社|物业|商户|厂|中介|开发商|银行|经营者|商家",
    ),
    ("legal_service", r"律"),
    ("research", r"高校|学校|研究|学院|大学|科研|院所"),
    ("public_interest", r"社团|协会|商会|学会|基金会|公益|志愿|环保|慈善|民间组织|社会组织"),
    (
        "natural_person",
        r"(?:村|居|市|农|牧|渔|公|网|移|股|业)民|(?:农|牧|渔|茶|林|种植|养殖|贫困)户|残疾人|务工人员|业主|住户|居民|群众|百姓|乘客|游客|旅客|读者|家长|学生|师生|考生|船员|职工|教师|患者|用户|消费者|爱好者|本人|个人|自然人|公民|退休|病人|司机|车主|儿童|老人|家属|当事人|散户|个体",
    ),
    ("organisation", r"^(?:其中)?单位(?:申请|提出|递交|来件)?$"),
    ("other", r"集体|机关|单位|委员会|[村居业家]委会|其[他它]"),
)
# What a denial without the form's words denies: the entry that stands first here counts.
_DENIED_WORDS: tuple[tuple[str, str], ...] = (
    ("corrected", r"(?:纠正|纠错|败诉|被?撤销|被?变更|改判|推翻)"),
    ("court", r"(?:法庭|法院|官司|对簿|应诉|诉讼|被诉|起诉|被告)"),
    ("reconsideration", r"复议"),
    ("remedies", r"(?:救济|争议案件|行政争议)"),
    (
        "carried_forward",
        r"(?:在办|压件|积压|悬而未决|跨年|尾[件巴]|隔年件|欠件|余件|待办|未了|旧件)",
    ),
    ("proactive/charges/amount", r"收费(?!标准|目录|依据)"),
    (
        "proactive/normative_documents/repealed",
        r"文件[^，。；]{0,6}(?:废止|失效)|(?:废止|失效)[^，。；]{0,4}文件",
    ),
    ("proactive/penalties/decisions", r"罚(?!则|没收入)"),
    ("withheld", r"(?:拒绝|回绝|婉拒)(?!提供)"),
    ("received", r"(?:挂零|申请|来件|收件|递件|新件|索[取要](?!费)|要求(?:公开|提供|查阅))"),
)
# What a generalisation in loose words says of every request.
_SAID_OF_ALL: tuple[tuple[str, str], ...] = (
    ("carried_forward", r"(?:当年|年内|当期|本年)[^，。；]{0,6}(?:清结|清完|清讫|了结|清$)"),
    ("disclosed", r"给了?$|(?:提供|满足|公开)(?:了|到位)?$|如愿"),
)
# What waits at the end of the year, said before or behind its number; what was waiting at its beginning.
_WAITING: tuple[tuple[str, str], ...] = (
    (
        "carried_over",
        r"跨年(?:来|转[来入])|(?:年|期)初(?:尚|还|即)?有|(?:连同|加上|叠加)[^，。；、]{0,4}跨年",
    ),
    (
        "carried_forward",
        r"(?:仍|尚|还|正)在|(?:仍|尚|还|正)[^，。；、]{0,2}[请等候盼][^，。；、]{0,10}(?:表态|回话|回音|回复|回函|复函|答话|意见|点头|松口|态度|来函|同意)|在途|补正期|未答|[尚仍][欠缺待差]|还[欠差待]|未到期|(?:列入|移入|移交|挪到|延到|跨到|留到|转至|顺延)(?:至|到)?(?:20\d\d年|次年|下(?:一)?年|来年|$)|因[^，。；]{0,8}(?:顺延|延期)",
    ),
)
# What comes in, goes out and stays: words so wide that only their numbers together tell what they count.
_FLOW_WORDS: tuple[tuple[str, str], ...] = (
    (
        "carried_over",
        r"[旧陈老宿]|上年|去年|往年|往期|头年|隔年|前[一期年]?|[年期]初|承|接手|带来|移来|转来|欠|遗|原有",
    ),
    (
        "carried_forward",
        r"(?:下|次|明|来|翌|转|后|跨)(?:一)?年|年[终末底尾]|岁[末尾终]|期末|[剩留余尾压挂欠存待悬]|启后|[未没]|再办|滚入|带[到入进]",
    ),
    ("received", r"[新收来进接登受添增入到]|本[期年]|今年|当年"),
    ("disposed", r"[办结答销讫毕完清消出复减]|^了$|了[却结断掉]|打发|处理|处置"),
)
# How cases stand or ended, in words of clerks.
_OUTCOMES: tuple[tuple[str, str], ...] = (
    (
        "pending",
        r"(?:尚|还|仍|迄今?|犹|暂)?(?:没有?|未|无)(?:见|有|能|曾|获)?(?:最[后终])?(?:[审判裁宣]?[出下得定])?(?:来|到|了)?(?:结果|结论|分晓|下文|定论|裁[决定]|判决|着落|说法|完)"
        r"|没[判审裁]|(?:结果|结论|裁[决定]|判决|决定书)(?:还|尚|仍)?[未没](?:出|下|到|作|有)|(?:等|待|候)[着候]?[^，。；、]{0,4}(?:裁|判|开庭|结果|决定|审|宣)|走(?:着)?(?:法律)?程序|(?:还|仍|尚|正)(?:在|处)[^，。；、]{0,6}(?:审|法院|程序|途中|复议)|悬而未|仍悬|在途",
    ),
    ("corrected", r"推翻|败$|^\s?败|改(?:判|了|正)|重[作做](?:答复|处理)?|重新|输了?|不利|撤掉"),
    ("upheld", r"胜|赢|站得住|认可|支持|未予支持|驳"),
    ("other_outcome", r"撤[回诉走销]|和解|协调|化解|终结|终止"),
)
# Looser words for the decisions and documents of table two.
_DECISIONS: tuple[tuple[str, str], ...] = (
    ("penalties", r"罚款|处罚(?!信息|案例|公示|结果)|罚没决定"),
    ("licences", r"许可(?!(?:事项)?(?:清单|目录|信息|公示))|发证|准入"),
    ("coercive_measures", r"强制|强拆|扣押"),
    ("charges", r"费[^，。；]{0,8}(?:入库|征收|收取|收入)"),
)
_VERBS: tuple[tuple[str, str], ...] = (
    ("repealed", r"清理|清[出退除掉]|剔除|淘汰|废|作古|撤|下架|退出|移出|失效|停用|停止"),
    (
        "in_force",
        r"有效|在库|[在沿续照延仍]用|施行|在行|管用|现[存有]|库存|留存|在册|执行|[剩余存]|保有|目录[内中里]",
    ),
    ("issued", r"制发|新增|印发|出台|立|制定|新[颁印发出]"),
)
FAINT_OUTCOMES = Vocabulary(_OUTCOMES)
FLOW = Vocabulary(_FLOW_WORDS)
FAINT_WAITING = Vocabulary(_WAITING)
FAINT_DECISIONS = Vocabulary(_DECISIONS)
FAINT_VERBS = Vocabulary(_VERBS)
FAINT_DENIALS = Vocabulary(_DENIED_WORDS)
DENIED_FIRST = tuple(key for key, _ in _DENIED_WORDS)
FAINT_GENERALISATIONS = Vocabulary(_SAID_OF_ALL)
FAINT = Vocabulary(FAINT_WORDS)
FAINT_COLUMNS = Vocabulary(FAINT_APPLICANTS)

# What asks for a document without the form's own word: 来函要求公开, 递来申请书.
_ASKED = compiled(
    r"要求(?:予以|依法)?(?:公开|提供|查阅)|申请书|公开请求|请求公开|索要|索取|[来新旧]件(?!人)"
)


# What stands around one number is asked for by several readings of it, one after the other.
@lru_cache(maxsize=32)
def asked_for(text: str) -> bool:
    """Whether a text speaks of requests, be it in words of its own."""
    return bool(REQUEST_HINT.search(text) or _ASKED.search(text))
