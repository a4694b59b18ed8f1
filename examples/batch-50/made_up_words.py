"""What a clerk would write: figures of the register, work notes and last year's text, by trade."""

from random import Random
from typing import Any

from made_up_agencies import MadeUp

# trade → (公开的事项, 服务的人, 专栏)
SUBJECTS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "housing": (("保障性住房分配", "老旧小区改造", "施工许可", "房屋安全鉴定"), ("住户", "业主", "施工企业"), ("住房保障", "物业管理")),
    "resources": (("征地补偿", "国土空间规划", "不动产登记", "矿业权出让"), ("被征地村民", "用地单位"), ("征地信息", "规划公示")),
    "education": (("招生入学", "教师招聘", "校外培训治理", "学生资助"), ("家长", "考生"), ("招生考试", "学校信息")),
    "health": (("医疗机构审批", "疫苗接种", "公共场所卫生监督", "生育登记"), ("患者", "托育机构"), ("健康科普", "卫生监督")),
    "labour": (("就业补贴", "社保经办", "工伤认定", "职业技能培训"), ("求职者", "用工企业"), ("就业服务", "社保指南")),
    "market": (("食品抽检", "企业登记", "计量检定", "价格监督检查"), ("经营者", "消费者"), ("抽检公告", "行政处罚公示")),
    "traffic": (("道路运输许可", "农村公路养护", "公交线路调整", "治超检查"), ("货运业户", "乘客"), ("线路公告", "工程建设")),
    "water": (("取水许可", "河湖巡查", "供水水质", "水库除险加固"), ("用水户", "灌区农户"), ("水质公告", "河长制")),
    "farming": (("耕地地力补贴", "农机购置补贴", "动物检疫", "高标准农田建设"), ("种粮大户", "合作社"), ("惠农补贴", "农技推广")),
    "commerce": (("以旧换新补贴", "成品油经营", "家政服务", "展会活动"), ("商户", "外贸企业"), ("消费促进", "外贸服务")),
    "culture": (("文物保护", "景区评定", "公共文化活动", "演出审批"), ("游客", "读者"), ("文化活动", "景区信息")),
    "civil": (("低保审核", "养老机构检查", "婚姻登记", "临时救助"), ("困难家庭", "老年人"), ("社会救助", "养老服务")),
    "emergency": (("安全生产检查", "应急预案", "灾害救助", "危化品许可"), ("企业负责人", "受灾群众"), ("应急科普", "事故调查")),
    "ecology": (("环评审批", "空气质量", "排污许可", "信访举报办理"), ("排污单位", "周边居民"), ("环评公示", "环境质量")),
    "audit": (("审计结果", "审计整改", "年度审计计划"), ("被审计单位", "社会公众"), ("审计公告", "整改公开")),
    "statistics": (("统计公报", "月度数据", "普查结果"), ("调查对象", "社会公众"), ("统计数据", "普查专题")),
    "finance": (("预决算", "政府采购", "惠企资金", "会计监督"), ("预算单位", "供应商"), ("预决算公开", "采购监管")),
    "justice": (("法律援助", "公证服务", "行政复议指南", "人民调解"), ("受援人", "律师"), ("法律服务", "普法专题")),
    "forestry": (("采伐许可", "森林防火", "公益林补偿", "种苗检疫"), ("林农", "林场职工"), ("防火预警", "林业补贴")),
    "veterans": (("优抚金发放", "就业招聘", "烈士纪念设施管护"), ("退役军人", "优抚对象"), ("优抚政策", "就业专场")),
    "planning": (("项目审批", "价格监测", "粮食储备", "重大工程"), ("项目单位", "用能企业"), ("重大项目", "价格信息")),
    "industry": (("惠企政策", "技改项目", "中小企业服务"), ("中小企业", "园区企业"), ("惠企政策", "园区动态")),
    "enforcement": (("占道经营整治", "违建处置", "渣土运输检查", "户外广告设置"), ("摊主", "渣土企业"), ("执法公示", "市容整治")),
    "medical": (("医保报销", "药品目录", "定点机构检查", "大病救助"), ("参保人", "定点药店"), ("医保目录", "基金监管")),
    "office": (("政府文件", "常务会议", "民生实事", "督查结果"), ("来信群众", "各部门"), ("政策文件", "民生实事")),
    "township": (("惠民补贴", "村级财务", "低保名单", "宅基地审批"), ("村民", "网格员"), ("村务公开", "便民服务")),
    "national": (("行业标准", "监测结果", "专项资金", "许可事项"), ("行业协会", "科研单位"), ("政策解读", "监测数据")),
}  # fmt: skip
FIGURES = (
    ("政府网站发布信息", "条", (60, 900)),
    ("政务微信公众号推送信息", "条", (20, 400)),
    ("发布政策解读", "篇", (2, 30)),
    ("回应群众关切", "件", (3, 200)),
    ("开展政务公开业务培训", "次", (1, 5)),
    ("办理人大代表建议和政协提案", "件", (1, 40)),
)
NOTES: dict[str, tuple[str, ...]] = {
    "proactive": (
        "围绕{a}、{b}编制公开事项目录，逐项标明公开时限",
        "在办事窗口张贴{a}办理流程图，方便{p}查看",
        "把{a}结果和{b}进度按月对外公布",
        "聘请{p}代表参加{a}公开座谈，收集意见后调整公开内容",
    ),
    "on_request": (
        "由办公室统一登记申请，涉及{a}的转业务科室会办",
        "对涉及{b}的疑难申请请法律顾问把关",
        "答复前与申请人电话沟通，核清所需{a}材料",
    ),
    "information_management": (
        "拟制{a}文件时同步确定公开属性",
        "每季度清理{b}方面的失效文件并更新标注",
        "{a}信息发布前由科室、分管领导两级审签",
    ),
    "platform": (
        "改版{c}专栏，增加{a}进度查询",
        "在服务大厅设公开专区，摆放{b}办事指南",
        "清理{c}栏目里的空白页和失效链接",
    ),
    "oversight": (
        "把{a}公开情况列入科室年度考核",
        "邀请{p}代表评议{b}公开效果",
        "组织新进人员学习{a}公开要求",
    ),
}
DEFECTS = (
    "{a}公开后{p}咨询仍多，说明材料不够细", "{b}信息集中在年底发布，平时更新少", "{c}专栏分类偏粗，{p}查找费时",
    "对{a}政策的解读多为转载，自己撰写的少", "基层单位报送{b}信息时常漏项", "{a}结果只公布数量，没有附依据",
    "答复涉及{b}的申请时说理简略", "负责{a}公开的人员更换频繁，衔接不紧", "{p}意见收集渠道少，{a}公开内容与需求有差距",
    "{b}历史文件电子化不足，检索困难", "新媒体上{a}内容形式单一，阅读量低", "业务科室对{b}是否公开把握不一",
)  # fmt: skip
MEASURES = (
    "请{p}试读{a}材料，按意见补写说明", "给{b}信息定下每月发布日并公布执行情况", "重新划分{c}专栏的类目并加站内检索",
    "由业务骨干撰写{a}解读，配流程图和问答", "制作{b}信息报送样表，逐项校验", "公布{a}结果时一并附上依据和计算口径",
    "汇编涉及{b}的答复范例供各科参照", "建立{a}公开岗位交接清单", "每半年到{p}中走访一次，调整{a}公开重点",
    "分三批扫描{b}旧文件并编目", "把{a}内容改成短图文和语音播报", "召集业务科室逐条议定{b}的公开属性",
)  # fmt: skip

# How a defect came to light, and how a measure is carried out: so that no two bodies write the same.
OFFICES = (
    "办公室", "法规科", "审批窗口", "信息中心", "业务一科", "业务二科", "纪检组", "档案室", "综合科", "下属单位",
    "宣传科", "财务科", "服务大厅", "信访室", "规划科", "人事科", "监察队", "派驻人员", "值班室", "督查室",
)  # fmt: skip
OCCASIONS = (
    "年初自查", "季度抽查", "群众座谈", "第三方评估", "热线回访", "上级通报", "新老交接", "集中整理", "网站改版",
    "答复复核", "专题调研", "年底盘点", "代表视察", "岗位轮换", "巡察整改", "系统迁移", "意见征集", "业务考试",
)  # fmt: skip
SEEN = (
    "时由{o}指出",
    "中{o}多次反映",
    "后{o}列入台账",
    "期间{o}当场记下",
    "环节{o}提出异议",
    "阶段{o}统计得出",
)
DONE = (
    "由{o}牵头，{x}前见效",
    "{o}每次{x}都要过问",
    "{o}结合{x}推进",
    "交{o}办理，{x}一并验收",
    "{x}中由{o}对照销号",
)


def facts(agency: MadeUp, rng: Random, year: int) -> list[dict[str, Any]]:
    """Return figures the clerk vouches for; small bodies have few."""
    kept = [f for f in FIGURES if rng.random() < (0.4 if agency.level == "township" else 0.75)]
    found = [
        {
            "label": label,
            "value": rng.randint(*span),
            "unit": unit,
            "source": "台账",
            "scope": "own",
        }
        for label, unit, span in kept
    ]
    subject = rng.choice(SUBJECTS[agency.trade][0])
    found.append(
        {
            "label": f"公开{subject}信息",
            "value": rng.randint(8, 300),
            "unit": "条",
            "source": "业务科室",
        }
    )
    return found


def two_years_of_defects(rng: Random) -> tuple[list[int], list[int]]:
    """Return which defects this year and last year told of, none in both."""
    drawn = rng.sample(range(len(DEFECTS)), 6)
    return drawn[: rng.randint(2, 3)], drawn[3 : 3 + rng.randint(2, 3)]


def notes(agency: MadeUp, rng: Random, chosen: list[int]) -> dict[str, list[str]]:
    """Return work notes; problems (`chosen`) and measures answer each other one by one."""
    found = {
        topic: [_filled(t, agency, rng) for t in rng.sample(pool, rng.randint(1, 2))]
        for topic, pool in NOTES.items()
        if agency.level != "township" or rng.random() < 0.7
    }
    words = [_words(agency, rng) for _ in chosen]
    pairs = list(zip(chosen, words, strict=True))
    found["problems"] = [f"{DEFECTS[i].format(**w)}，{_seen(rng)}" for i, w in pairs]
    found["improvements"] = [f"{MEASURES[i].format(**w)}，{_done(rng)}" for i, w in pairs]
    return found


def paragraph(own: str, written: dict[str, list[str]]) -> str:
    """Return part five as an agency without the program might have written it: two lines."""
    first = "；".join(f"{n}是{t}" for n, t in zip("一二三", written["problems"], strict=False))
    second = "；".join(f"{n}是{t}" for n, t in zip("一二三", written["improvements"], strict=False))
    return f"{own}政府信息公开工作存在以下不足：{first}。\n今后拟做好以下工作：{second}。"


def _words(agency: MadeUp, rng: Random) -> dict[str, str]:
    subjects, people, columns = SUBJECTS[agency.trade]
    a, b = rng.sample(subjects, 2)
    return {"a": a, "b": b, "p": rng.choice(people), "c": rng.choice(columns)}


def _seen(rng: Random) -> str:
    return rng.choice(OCCASIONS) + rng.choice(SEEN).format(o=rng.choice(OFFICES))


def _done(rng: Random) -> str:
    return rng.choice(DONE).format(o=rng.choice(OFFICES), x=rng.choice(OCCASIONS))


def _filled(template: str, agency: MadeUp, rng: Random) -> str:
    return template.format(**_words(agency, rng))
