"""How the handling of requests and what follows it is told."""

NOTHING_RECEIVED = (
    "{y}{!received|未收到政府信息公开申请}，{!carried_over|也无上年结转件}。",
    "全年{!received|没有公民、法人或者其他组织提出政府信息公开申请}，{!carried_forward|无结转下年度事项}。",
    "依申请公开方面，本年度{!received|未接到任何申请}。",
    "{y}，{me}受理政府信息公开申请{received}，办结{disposed}，结转下年{carried_forward}。",
    "年内新收政府信息公开申请{received}，上年结转{carried_over}，结转下年度{carried_forward}。",
    "申请渠道始终畅通，但{!received|没有收到依申请公开件}。",
    "本年度{!received|未收到公开申请}，{!carried_forward|不存在结转下年度继续办理的情况}。",
    "信函、网络和当面三种渠道收到的政府信息公开申请均为{received}。",
)
RECEIVED = (
    "{y}，{me}共收到政府信息公开申请{received}。",
    "全年新收政府信息公开申请{received}。",
    "年内登记公民、法人和其他组织提出的政府信息公开申请{received}。",
    "本年度依法受理依申请公开事项{received}，均登记编号、专人跟办。",
    "依申请公开渠道全年接收申请{received}。",
    "收到依申请公开{received}，由办公室统一登记转办。",
)
RECEIVED_WITH_APPLICANTS = (
    "{y}收到政府信息公开申请{received=}，其中{list:applicants}。",
    "全年新收政府信息公开申请{received=}，按申请人划分，{list:applicants}。",
    "{me}新收公开申请{received=}（{list:applicants}）。",
)
ONLY_NATURAL = (
    "新收政府信息公开申请{received}，{!organisations|申请人均为自然人}。",
    "全年收到公开申请{received}，{!organisations|全部由自然人提出}。",
)
APPLICANT_SHARE = (
    "新收申请中，{@by_natural_person}{by_natural_person}，占{%by_natural_person/received}。",
    "从申请人看，自然人提出{by_natural_person}，占新收申请总数的{%by_natural_person/received}，法人和其他组织提出{organisations}。",
    "自然人申请占新收申请的{%by_natural_person/received}。",
)
CARRIED_OVER = (
    "本年新收申请{received}，另有上年结转{carried_over}，合计应办{pool}。",
    "全年新收政府信息公开申请{received}，加上{y-1}结转的{carried_over}，共需办理{pool}。",
    "{y}共办理政府信息公开申请{pool}（含上年结转{carried_over}）。",
    "新收申请{received}，上年度未办结而转入{carried_over}。",
    "本年新收{received}申请，还承接上年结转{carried_over}。",
)
NOT_CARRIED_OVER = (
    "本年新收申请{received}，{!carried_over|无上年结转}。",
    "新收公开申请{received}，{!carried_over|没有上年结转来的申请}。",
    "全年新收申请{received}，上年结转{carried_over}。",
)
CHANGED = (
    "本年新收政府信息公开申请{received}，同比{+received}。",
    "新收申请{received}，较上年{±received}。",
    "全年收到政府信息公开申请{received}，比上年的{>received}{±received}。",
    "新收公开申请{received}，与上年{>received}相比{+received}。",
    "新收政府信息公开申请{received}，比{y-1}{±received}，{+received}。",
)
ROSE = (
    "新收申请数量{^received|较上年有所增加}。",
    "新收政府信息公开申请由上年的{>received}增至{received}。",
    "收到的公开申请{^received|比上年明显上升}。",
)
FELL = (
    "新收申请数量{^received|较上年有所减少}。",
    "新收政府信息公开申请由上年的{>received}降至{received}。",
    "收到的公开申请{^received|比上年有所回落}。",
)
LEVEL = (
    "新收申请{received}，{^received|与上年持平}。",
    "新收政府信息公开申请数量{^received|与上年相同}。",
)
DISPOSED_LIST = (
    "全年办结{disposed=}，其中{list:outcomes}。",
    "从办理结果看，共办结申请{disposed=}，包括{list:outcomes}。",
    "年内办结申请{disposed=}：{list:outcomes}。",
    "办理结果为：{list:outcomes}，总计{disposed=}。",
    "共答复申请{disposed=}，{list:outcomes}。",
)
DISPOSED = (
    "全年办结申请{disposed}，予以公开{disclosed}。",
    "年内办理完毕{disposed}。",
    "办结政府信息公开申请{disposed}，公开和部分公开合计{disclosed_any}。",
)
OUTCOME_SHARE = (
    "予以公开{disclosed}，占办结总数的{%disclosed/disposed}。",
    "公开和部分公开{disclosed_any}，占办结总数的{%disclosed_any/disposed}。",
    "不予公开{withheld}，占办结申请的{%withheld/disposed}。",
    "无法提供{unable_to_provide}，占办结总数的{%unable_to_provide/disposed}。",
)
DETAILS = (
    ("withheld", ("不予公开{withheld=}，其中{list:detail}。", "不予公开的{withheld=}中，{list:detail}。")),
    ("unable_to_provide", ("无法提供{unable_to_provide=}，其中{list:detail}。", "无法提供{unable_to_provide=}（{list:detail}）。")),
)  # fmt: skip
SINGLE_DETAIL = (
    ("unable_to_provide.not_held", "因本机关不掌握而无法提供{unable_to_provide.not_held}，均已告知并说明理由。"),
    ("withheld.enforcement_file", "因属于行政执法案卷不予公开{withheld.enforcement_file}。"),
    ("withheld.third_party_rights", "为保护第三方合法权益不予公开{withheld.third_party_rights}。"),
    ("not_processed.petition", "属于信访举报投诉而不予处理{not_processed.petition}。"),
    ("not_processed.repeat", "因重复申请不予处理{not_processed.repeat}。"),
    ("otherwise_closed.supplement_overdue", "申请人逾期不补正而不再处理{otherwise_closed.supplement_overdue}。"),
)  # fmt: skip
NO_OUTCOME = (
    (
        "withheld",
        ("本年度{!withheld|没有不予公开的申请}。", "全年{!withheld|未作出不予公开答复}。"),
    ),
    ("not_processed", ("本年度{!not_processed|没有不予处理的申请}。",)),
    ("unable_to_provide", ("年内{!unable_to_provide|没有无法提供的情形}。",)),
)
CARRIED_FORWARD = (
    "结转下年度继续办理{carried_forward}。",
    "截至年底，尚有{carried_forward}正在办理，转入{y+1}。",
    "年末未办结申请{carried_forward}，结转{y+1}继续办理。",
    "本年办结{disposed}，结转下年{carried_forward}。",
)
NOT_CARRIED_FORWARD = (
    "收到的申请{!carried_forward|已全部办结}。",
    "全年应办申请{!carried_forward|均已办理完毕}，{!carried_forward|无结转下年度办理事项}。",
    "应办申请{pool}，年内办结{disposed}，办结率{%disposed/pool}。",
    "上述申请{!carried_forward|均在年内办结}。",
    "全年办结申请{disposed}，结转下年度{carried_forward}。",
)
HANDLED_SHARE = (
    "应办申请{pool}，已办结{disposed}，办结率{%disposed/pool}。",
    "办结申请{disposed}，占全部应办申请{pool}的{%disposed/pool}。",
)
NO_REMEDIES = (
    "全年{!remedies|未发生因政府信息公开引起的行政复议和行政诉讼}。",
    "因政府信息公开，{!reco|无行政复议案件}，{!litigation|无行政诉讼案件}。",
    "因政府信息公开被申请行政复议{reco}、被提起行政诉讼{litigation}。",
    "涉及政府信息公开的{!remedies|行政复议、行政诉讼均为零}。",
    "本年度{!reco|没有因政府信息公开被申请行政复议}，{!litigation|也没有因此被提起行政诉讼}。",
)
RECONSIDERED = (
    "因政府信息公开被申请行政复议{reco=}，其中{list:reco}。",
    "政府信息公开类行政复议案件{reco=}，{list:reco}。",
    "因政府信息公开引起行政复议{reco}。",
)
LITIGATED = (
    "因政府信息公开被提起行政诉讼{litigation=}，其中{list:kinds}。",
    "政府信息公开类行政诉讼{litigation=}，{list:litigation}。",
    "涉及政府信息公开的行政诉讼案件{litigation}。",
)
NO_RECONSIDERATION = (
    "全年{!reco|未因政府信息公开被申请行政复议}。",
    "因政府信息公开引起的行政复议{reco}。",
)
NO_LITIGATION = (
    "全年{!litigation|没有因政府信息公开发生行政诉讼}。",
    "因政府信息公开引起的行政诉讼{litigation}。",
)
