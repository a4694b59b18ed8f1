"""What the counted things are called."""

LABELS: dict[str, tuple[str, ...]] = {
    "by_natural_person": ("自然人", "自然人提出", "自然人申请"),
    "by_company": ("商业企业", "企业", "商业企业申请"),
    "by_research": ("科研机构", "科研单位"),
    "by_public_interest": ("社会公益组织", "公益组织"),
    "by_legal_service": ("法律服务机构", "律师事务所等法律服务机构"),
    "by_other": ("其他", "其他申请人"),
    "organisations": ("法人或其他组织", "法人和其他组织"),
    "disclosed": ("予以公开", "全部公开"),
    "in_part": ("部分公开",),
    "withheld": ("不予公开",),
    "unable_to_provide": ("无法提供",),
    "not_processed": ("不予处理",),
    "otherwise_closed": ("其他处理", "作其他处理"),
    "withheld.state_secret": ("属于国家秘密", "涉及国家秘密"),
    "withheld.forbidden_by_law": ("法律行政法规禁止公开", "其他法律行政法规禁止公开"),
    "withheld.security_and_stability": ("危及“三安全一稳定”",),
    "withheld.third_party_rights": ("保护第三方合法权益", "涉及第三方合法权益"),
    "withheld.internal_affairs": ("属于内部事务信息", "内部事务信息"),
    "withheld.deliberative_process": ("属于过程性信息", "过程性信息"),
    "withheld.enforcement_file": ("属于行政执法案卷", "行政执法案卷信息"),
    "withheld.administrative_query": ("属于行政查询事项", "行政查询事项"),
    "unable_to_provide.not_held": ("本机关不掌握", "本机关不掌握相关信息"),
    "unable_to_provide.needs_creation": ("没有现成信息需要另行制作", "需另行制作"),
    "unable_to_provide.unclear_after_supplement": ("补正后申请内容仍不明确", "补正后仍不明确"),
    "reco_upheld": ("结果维持", "维持"),
    "reco_corrected": ("结果纠正", "纠正"),
    "reco_other_outcome": ("其他结果",),
    "reco_pending": ("尚未审结", "未审结"),
    "litigation_upheld": ("结果维持", "维持"),
    "litigation_corrected": ("结果纠正", "纠正"),
    "litigation_other_outcome": ("其他结果",),
    "litigation_pending": ("尚未审结", "正在审理"),
    "direct": ("未经复议直接起诉", "未经复议直接起诉的案件"),
    "after": ("复议后起诉", "经复议后起诉"),
    "licences": ("行政许可", "作出行政许可决定", "办理行政许可"),
    "penalties": ("行政处罚", "作出行政处罚决定", "实施行政处罚"),
    "coercive": ("行政强制", "采取行政强制措施"),
    "norm_issued": ("制发", "新制定"),
    "norm_repealed": ("废止", "宣布失效"),
    "norm_in_force": ("现行有效", "继续有效"),
    "reco": ("行政复议", "行政复议案件"),
    "litigation": ("行政诉讼", "行政诉讼案件"),
}
CATEGORIES = (
    "机构职能", "工作动态", "通知公告", "财政预决算", "人事任免", "规划计划", "政策文件", "重点领域信息",
    "便民提示", "应急管理", "招标采购", "乡村振兴", "民生实事", "统计数据",
)  # fmt: skip

APPLICANT_NAMES = tuple(k for k in LABELS if k.startswith("by_"))
OUTCOME_NAMES = (
    "disclosed", "in_part", "withheld", "unable_to_provide", "not_processed", "otherwise_closed",
)  # fmt: skip
# Names that a careless writer mixes up; a label may be exchanged within its family only.
FAMILIES: tuple[tuple[str, ...], ...] = (
    APPLICANT_NAMES,
    OUTCOME_NAMES,
    tuple(k for k in LABELS if k.startswith("withheld.")),
    tuple(k for k in LABELS if k.startswith("unable_to_provide.")),
    tuple(k for k in LABELS if k.startswith("reco_")),
    tuple(k for k in LABELS if k.startswith("litigation_")),
    ("licences", "penalties", "coercive"),
    ("norm_issued", "norm_repealed", "norm_in_force"),
    ("reco", "litigation"),
    ("direct", "after"),
)
