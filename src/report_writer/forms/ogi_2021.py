"""国办公开办函〔2021〕30号：the form for reports of 2021 and later.

Source: 《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》
and its blank layout. Labels, merges and the printed tie-out are exact; the sums within the tables
follow from the layout. 条例 = 《中华人民共和国政府信息公开条例》(国务院令第711号).
"""

from report_writer.domain.report import Topic
from report_writer.forms._form import (
    Column,
    Form,
    Grid,
    GridCell,
    Reconciliation,
    Row,
    Section,
    TableForm,
    TopicForm,
)

# NOTE: the form is a table; one line a row reads best.
# fmt: off
TIE_OUT_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

SECTIONS = (
    Section(key="overview", heading="一、总体情况", variants=("概述", "基本情况", "工作概述")),
    Section(
        key="proactive", heading="二、主动公开政府信息情况", variants=("主动公开情况",), table="proactive"
    ),
    Section(
        key="requests",
        heading="三、收到和处理政府信息公开申请情况",
        variants=("依申请公开政府信息情况", "收到和处理政府信息公开申请的情况"),
        table="requests",
    ),
    Section(
        key="remedies",
        heading="四、政府信息公开行政复议、行政诉讼情况",
        variants=("因政府信息公开工作被申请行政复议、提起行政诉讼情况",),
        table="remedies",
    ),
    Section(
        key="problems",
        heading="五、存在的主要问题及改进情况",
        variants=(
            "政府信息公开工作存在的主要问题及改进情况",
            "存在的主要问题和改进情况",
            "存在问题及改进情况",
            "存在的问题及改进情况",
            "存在的主要问题及改进措施",
            "改进措施",
        ),
    ),
    Section(
        key="other_matters",
        heading="六、其他需要报告的事项",
        variants=("其他需要报告事项", "需要说明的事项", "需要报告的其他事项"),
    ),
)

TOPICS = (
    TopicForm(topic=Topic.PROACTIVE, heading="主动公开", keywords=("主动公开",)),
    TopicForm(topic=Topic.ON_REQUEST, heading="依申请公开", keywords=("依申请公开", "申请公开")),
    TopicForm(
        topic=Topic.INFORMATION_MANAGEMENT, heading="政府信息管理", keywords=("信息管理",)
    ),
    TopicForm(
        topic=Topic.PLATFORM, heading="政府信息公开平台建设", keywords=("平台建设", "公开平台")
    ),
    TopicForm(topic=Topic.OVERSIGHT, heading="监督保障", keywords=("监督保障", "保障监督")),
)

_ISSUED = (
    Column(key="issued", label="本年制发件数"),
    Column(key="repealed", label="本年废止件数"),
    Column(key="in_force", label="现行有效件数"),
)
_DECISIONS = Column(key="decisions", label="本年处理决定数量")
_AMOUNT = Column(key="amount", label="本年收费金额", unit="万元")
_THREE, _ONE, _FEE = ("issued", "repealed", "in_force"), ("decisions",), ("amount",)

_PROACTIVE_ROWS = (
    Row(key="rules", printed=("规章",), short="规章", columns=_THREE, article="条例第二十条第（一）项",
        help="只有国务院部门、省级政府、设区的市和自治州政府能制定规章"),
    Row(key="normative_documents", printed=("行政规范性文件",), short="行政规范性文件", columns=_THREE,
        article="条例第二十条第（一）项", help="本机关制发并按规范性文件管理的文件"),
    Row(key="licences", printed=("行政许可",), short="行政许可", columns=_ONE,
        article="条例第二十条第（五）项", help="本年作出的行政许可处理决定"),
    Row(key="penalties", printed=("行政处罚",), short="行政处罚", columns=_ONE,
        article="条例第二十条第（六）项", help="本年作出的行政处罚决定"),
    Row(key="coercive_measures", printed=("行政强制",), short="行政强制", columns=_ONE,
        article="条例第二十条第（六）项", help="本年作出的行政强制决定"),
    Row(key="charges", printed=("行政事业性收费",), short="行政事业性收费", columns=_FEE,
        article="条例第二十条第（八）项", help="单位为万元，可填小数；信息处理费在第六部分报告"),
)

_BLOCKS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("第二十条第（一）项", ("本年制发件数", "本年废止件数", "现行有效件数"), ("rules", "normative_documents")),
    ("第二十条第（五）项", ("本年处理决定数量",), ("licences",)),
    ("第二十条第（六）项", ("本年处理决定数量",), ("penalties", "coercive_measures")),
    ("第二十条第（八）项", ("本年收费金额（单位：万元）",), ("charges",)),
)

APPLICANTS = ("natural_person", "company", "research", "public_interest", "legal_service", "other")
ORGANISATIONS = APPLICANTS[1:]
_REQUEST_COLUMNS = (
    Column(key="natural_person", label="自然人"),
    Column(key="company", label="商业企业"),
    Column(key="research", label="科研机构"),
    Column(key="public_interest", label="社会公益组织"),
    Column(key="legal_service", label="法律服务机构"),
    Column(key="other", label="其他"),
    Column(key="total", label="总计"),
)
_SEVEN = tuple(c.key for c in _REQUEST_COLUMNS)


def _request(key: str, printed: tuple[str, ...], short: str, article: str = "", text: str = "") -> Row:
    return Row(key=key, printed=printed, short=short, columns=_SEVEN, article=article, help=text)


_OUTCOME = "三、本年度办理结果"
_REQUEST_ROWS = (
    _request("received", ("一、本年新收政府信息公开申请数量",), "本年新收", "条例第三十一条",
             "本年1月1日至12月31日收到的申请"),
    _request("carried_over", ("二、上年结转政府信息公开申请数量",), "上年结转",
             text="等于上一年度报告的“结转下年度继续办理”"),
    _request("disclosed", (_OUTCOME, "（一）予以公开"), "予以公开", "条例第三十六条第（一）（二）项"),
    _request("disclosed_in_part", ("", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
             "部分公开", "条例第三十七条", "一件申请只计一次"),
    _request("withheld.state_secret", ("", "（三）不予公开", "1.属于国家秘密"),
             "不予公开·属于国家秘密", "条例第十四条"),
    _request("withheld.forbidden_by_law", ("", "", "2.其他法律行政法规禁止公开"),
             "不予公开·其他法律行政法规禁止公开", "条例第十四条"),
    _request("withheld.security_and_stability", ("", "", "3.危及“三安全一稳定”"),
             "不予公开·危及“三安全一稳定”", "条例第十四条"),
    _request("withheld.third_party_rights", ("", "", "4.保护第三方合法权益"),
             "不予公开·保护第三方合法权益", "条例第十五条"),
    _request("withheld.internal_affairs", ("", "", "5.属于三类内部事务信息"),
             "不予公开·属于三类内部事务信息", "条例第十六条第一款"),
    _request("withheld.deliberative_process", ("", "", "6.属于四类过程性信息"),
             "不予公开·属于四类过程性信息", "条例第十六条第二款"),
    _request("withheld.enforcement_file", ("", "", "7.属于行政执法案卷"),
             "不予公开·属于行政执法案卷", "条例第十六条第二款"),
    _request("withheld.administrative_query", ("", "", "8.属于行政查询事项"),
             "不予公开·属于行政查询事项", "条例第三十六条第（七）项"),
    _request("unable_to_provide.not_held", ("", "（四）无法提供", "1.本机关不掌握相关政府信息"),
             "无法提供·本机关不掌握", "条例第三十六条第（四）（五）项"),
    _request("unable_to_provide.needs_creation", ("", "", "2.没有现成信息需要另行制作"),
             "无法提供·需要另行制作", "条例第三十八条"),
    _request("unable_to_provide.unclear_after_supplement", ("", "", "3.补正后申请内容仍不明确"),
             "无法提供·补正后仍不明确", "条例第三十条"),
    _request("not_processed.petition", ("", "（五）不予处理", "1.信访举报投诉类申请"),
             "不予处理·信访举报投诉类申请", "条例第三十九条第一款"),
    _request("not_processed.repeat", ("", "", "2.重复申请"), "不予处理·重复申请",
             "条例第三十六条第（六）项"),
    _request("not_processed.publication", ("", "", "3.要求提供公开出版物"),
             "不予处理·要求提供公开出版物", "条例第三十九条第二款"),
    _request("not_processed.voluminous_repeat", ("", "", "4.无正当理由大量反复申请"),
             "不予处理·无正当理由大量反复申请", "条例第三十五条"),
    _request("not_processed.confirmation", ("", "", "5.要求行政机关确认或重新出具已获取信息"),
             "不予处理·要求确认或重新出具已获取信息"),
    _request("otherwise_closed.supplement_overdue",
             ("", "（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
             "其他处理·逾期不补正", "条例第三十条"),
    _request("otherwise_closed.fee_overdue",
             ("", "", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
             "其他处理·逾期未缴费", "条例第四十二条"),
    _request("otherwise_closed.other", ("", "", "3.其他"), "其他处理·其他", text="如申请人主动撤回"),
    _request("disposed", ("", "（七）总计"), "办理结果总计", text="第三项各行之和"),
    _request("carried_forward", ("四、结转下年度继续办理",), "结转下年度继续办理",
             text="12月31日尚未办结的申请"),
)
OUTCOME_GROUPS: dict[str, tuple[str, ...]] = {
    group: tuple(r.key for r in _REQUEST_ROWS if r.key.startswith(group + "."))
    for group in ("withheld", "unable_to_provide", "not_processed", "otherwise_closed")
}
GROUP_LABELS = {
    "withheld": "不予公开",
    "unable_to_provide": "无法提供",
    "not_processed": "不予处理",
    "otherwise_closed": "其他处理",
}
OUTCOMES = tuple(r.key for r in _REQUEST_ROWS[2:23])

_REMEDY_COLUMNS = (
    Column(key="upheld", label="结果维持"),
    Column(key="corrected", label="结果纠正"),
    Column(key="other_outcome", label="其他结果"),
    Column(key="pending", label="尚未审结"),
    Column(key="total", label="总计"),
)
_FIVE = tuple(c.key for c in _REMEDY_COLUMNS)
_REMEDY_ROWS = (
    Row(key="reconsideration", printed=("行政复议",), short="行政复议", columns=_FIVE),
    Row(key="direct_litigation", printed=("行政诉讼", "未经复议直接起诉"),
        short="行政诉讼·未经复议直接起诉", columns=_FIVE),
    Row(key="litigation_after_reconsideration", printed=("行政诉讼", "复议后起诉"),
        short="行政诉讼·复议后起诉", columns=_FIVE),
)


def _proactive_grid() -> Grid:
    cells: list[GridCell] = []
    columns = {row.key: row.columns for row in _PROACTIVE_ROWS}
    line = 0
    for title, heads, rows in _BLOCKS:
        cells.append(GridCell(row=line, column=0, colspan=4, text=title, header=True))
        cells.append(GridCell(row=line + 1, column=0, text="信息内容", header=True))
        span = 3 // len(heads)
        cells += [
            GridCell(row=line + 1, column=1 + i, colspan=span, text=text, header=True)
            for i, text in enumerate(heads)
        ]
        for offset, key in enumerate(rows, start=2):
            label = next(row.printed[0] for row in _PROACTIVE_ROWS if row.key == key)
            cells.append(GridCell(row=line + offset, column=0, text=label, header=True))
            cells += [
                GridCell(row=line + offset, column=1 + i, colspan=span, address=f"proactive/{key}/{c}")
                for i, c in enumerate(columns[key])
            ]
        line += 2 + len(rows)
    return Grid(rows=line, columns=4, header_rows=0, cells=tuple(cells))


def requests_grid(rows: tuple[Row, ...], groups: dict[str, tuple[str, ...]]) -> Grid:
    """Return table three as printed with these rows; `groups` are the outcomes printed as one block."""
    def head(row: int, column: int, rowspan: int, colspan: int, text: str) -> GridCell:
        return GridCell(row=row, column=column, rowspan=rowspan, colspan=colspan, text=text, header=True)

    cells = [
        head(0, 0, 3, 3, TIE_OUT_NOTE),
        head(0, 3, 1, 7, "申请人情况"),
        head(1, 3, 2, 1, "自然人"),
        head(1, 4, 1, 5, "法人或其他组织"),
        head(1, 9, 2, 1, "总计"),
    ]
    cells += [head(2, 4 + i, 1, 1, c.label) for i, c in enumerate(_REQUEST_COLUMNS[1:6])]
    blocks = {GROUP_LABELS[group]: len(keys) for group, keys in groups.items()}
    height = {1: {_OUTCOME: len(rows) - 3}, 2: blocks}
    for offset, row in enumerate(rows, start=3):
        for position, text in enumerate(row.printed):
            if not text:
                continue
            rowspan = next((n for k, n in height.get(position + 1, {}).items() if text.endswith(k)), 1)
            colspan = 3 - position if position == len(row.printed) - 1 else 1
            cells.append(head(offset, position, rowspan, colspan, text))
        cells += [
            GridCell(row=offset, column=3 + i, address=f"requests/{row.key}/{c}")
            for i, c in enumerate(_SEVEN)
        ]
    return Grid(rows=3 + len(rows), columns=10, header_rows=3, cells=tuple(cells))


def _remedies_grid() -> Grid:
    def head(row: int, column: int, rowspan: int, colspan: int, text: str) -> GridCell:
        return GridCell(row=row, column=column, rowspan=rowspan, colspan=colspan, text=text, header=True)

    cells = [
        head(0, 0, 1, 5, "行政复议"),
        head(0, 5, 1, 10, "行政诉讼"),
        head(1, 5, 1, 5, "未经复议直接起诉"),
        head(1, 10, 1, 5, "复议后起诉"),
    ]
    cells += [head(1, i, 2, 1, c.label) for i, c in enumerate(_REMEDY_COLUMNS)]
    for block in (5, 10):
        cells += [head(2, block + i, 1, 1, c.label) for i, c in enumerate(_REMEDY_COLUMNS)]
    cells += [
        GridCell(row=3, column=5 * r + i, address=f"remedies/{row.key}/{c}")
        for r, row in enumerate(_REMEDY_ROWS)
        for i, c in enumerate(_FIVE)
    ]
    return Grid(rows=4, columns=15, header_rows=3, cells=tuple(cells))


PROACTIVE = TableForm(
    key="proactive", section="proactive", name="表二", columns=(*_ISSUED, _DECISIONS, _AMOUNT),
    rows=_PROACTIVE_ROWS, grid=_proactive_grid(),
)
REQUESTS = TableForm(
    key="requests", section="requests", name="表三", columns=_REQUEST_COLUMNS, rows=_REQUEST_ROWS,
    grid=requests_grid(_REQUEST_ROWS, OUTCOME_GROUPS), groups=OUTCOME_GROUPS,
)
REMEDIES = TableForm(
    key="remedies", section="remedies", name="表四", columns=_REMEDY_COLUMNS, rows=_REMEDY_ROWS,
    grid=_remedies_grid(),
)

RECONCILIATIONS = (
    Reconciliation(code="TAB101", table="requests", along="rows", left=APPLICANTS, right=("total",),
                   wording="各类申请人之和等于总计"),
    Reconciliation(code="TAB102", table="requests", along="columns", left=OUTCOMES, right=("disposed",),
                   wording="办理结果各行之和等于（七）总计"),
    Reconciliation(code="TAB103", table="remedies", along="rows",
                   left=("upheld", "corrected", "other_outcome", "pending"), right=("total",),
                   wording="四种结果之和等于总计"),
    Reconciliation(code="TAB201", table="requests", along="columns", left=("received", "carried_over"),
                   right=("disposed", "carried_forward"),
                   wording="第一项加第二项之和，等于第三项加第四项之和"),
)

OGI_2021 = Form(
    id="ogi_2021",
    title="政府信息公开工作年度报告",
    citation="国办公开办函〔2021〕30号",
    first_year=2021,
    sections=SECTIONS,
    topics=TOPICS,
    tables=(PROACTIVE, REQUESTS, REMEDIES),
    reconciliations=RECONCILIATIONS,
)
