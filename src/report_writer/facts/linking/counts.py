"""Which cells a count speaks of, by the words around it and never by its value.

The nearest word wins; a part outranks its group (行政执法案卷 over 不予公开); an applicant takes its row
from the count it breaks down. A weak word needs a sentence about requests.
"""

import re
from dataclasses import replace

from report_writer.domain.units import base_unit
from report_writer.facts.expressions import PREVIOUS, Expression, a_year_before, total
from report_writer.facts.linking.cases import link_remedy
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.linking.naming import IN_ITS_YEAR
from report_writer.facts.linking.proactive import link_proactive
from report_writer.facts.linking.requests import link_request
from report_writer.facts.linking.totals import EXACTLY, of_these
from report_writer.facts.text.bodies import set_apart
from report_writer.facts.text.frames import Item, split_names
from report_writer.facts.text.screening import compiled

_LOOSE_ROWS = frozenset({"received", "worked_on", "disposed", "handled"})


def link_count(item: Item, context: Context) -> Link | None:
    """Return the cells a count may speak of, or None; updates what the text has spoken of."""
    quantity = item.quantity
    assert quantity is not None
    unit = base_unit(quantity.unit)[0]
    shared = _shared_zero(item, context)
    if shared is not None:
        context.links[id(item)] = shared
        return shared
    these = of_these(item, context, item.lead[-16:], item.start)
    if these is not None and these.expressions and these.registered:
        context.links[id(item)] = these
        return these
    if quantity.kind not in {"count", "money"} or _COMPARED.search(item.before):
        return None
    link = (
        _charges(item)
        if quantity.kind == "money"
        else link_remedy(item, context, unit)
        or link_proactive(item, context, unit)
        or link_request(item, context, unit)
    )
    if link:
        link = _of_its_year(item, link, context)
        if link.strong and (
            _UNNAMED.search(item.label)
            or _otherwise_sorted(item)
            or (not link.registered and link.row and set_apart(item))
            or _said_before(item, link, context)
            or _speculative(item, link, context)
        ):
            link.strong = False
        context.links[id(item)] = link
    return link


# “分别为5件、3件” whose names nobody has found.
_UNNAMED = re.compile(r"(?:分别|依次|各自)(?:[为是有达计共]|达到)*\s*$")
_PERIOD = compiled(
    r"平均|人均|均[有达为]?$|每[月季日周天]|[月日周季]均|最多|最少|单[日月]|[上下]半年|季度|(?<!\d)\d{1,2}月份"
    r"|(?<![\d年])(?!0?1月?[至到—－~-]+12月)\d{1,2}月?[至到—－~-]+\d{1,2}月(?!\d)"
)
# Counts over more than the year: “自2019年以来累计73件”.
_SINCE = compiled(
    r"(?:以来|至今|截至目前|历史上|历年(?!结转|遗留|转)|历次|(?:近|过去)[两二三四五六七八九十几\d]+年|[两二三四五六七八九十\d]+年[来间]|五年规划)[^，。；]{0,24}$"
)
_TOPICS = re.compile(r"位的是|集中在|集中于|居前|主要(?:是|为|涉及|集中)|热点")
_HEARD = re.compile(r"办结|受理|收到|答复|办理")


# “答复4件，书面答复3件”: in which way some of them were answered.
_BY_WHICH_WAY = re.compile(
    r"(?:书面|口头|电子(?:邮件|文档)?|邮件|邮寄|当[面场]|现场|线[上下]|电话|短信)(?:形式|方式)?(?:答复|回复|送达|办结)$"
)
# “对申请内容不明确的1件，一次性告知补正后予以公开”: made clear in the end.
_SUPPLEMENTED = re.compile(r"[^。；]{0,14}补正[^。；]{0,8}(?:公开|提供|办|受理|登记|答复)")


def _speculative(item: Item, link: Link, context: Context) -> bool:
    """Whether the words leave room for another reading: then the link confirms and never accuses."""
    if link.registered:
        return False
    if _PERIOD.search(item.left[-24:]) or _SINCE.search(item.left):
        return True
    if _of_last_count(item, link, context):
        return True
    if IN_ITS_YEAR.search(item.left) or _BY_WHICH_WAY.search(item.label):
        return True
    if link.row.endswith("unclear_after_supplement") and _SUPPLEMENTED.match(item.rest):
        return True
    if _TOPICS.search(item.lead[-60:]) and "." not in link.row:
        return True
    # NOTE: “受理复议申请2件，办结2件”: heard in the same sentence, the cases and not the requests.
    return (
        context.topic == "remedies"
        and item.sentence[0] <= context.remedy_at < item.start
        and link.expression.operands[0].startswith("requests/")
        and bool(_HEARD.search(item.label))
        and "申请" not in item.label
    )


# “按申请用途，科研1件、诉讼2件”: sorted by what no row and no column of the form asks.
_BY_OTHERS = re.compile(
    r"(?:按照?|从|依照?|就)[^，。；：]{0,8}(?:用途|目的|事由|内容|领域|方式|渠道|途径|主题|原因|行业|区域|地域|形式|时间|季度|业务|条线|类别)(?:[^，。；：]{0,4}[，：]|(?:来)?(?:划|区|细)?(?:分(?!别)|看|归类|归集|统计|计))[^。；]*$"
)
_BY_OURS = re.compile(r"结果|主体|申请人|类型|办结|办理|答复|另|此外|全年")


def _otherwise_sorted(item: Item) -> bool:
    sorted_by = _BY_OTHERS.search(item.lead)
    return sorted_by is not None and not _BY_OURS.search(sorted_by[0].partition("，")[2])


# “新收15件办结12件”: said of those, where more were carried in.
_OF_THOSE = frozenset({"received", "carried_over"})


def _of_last_count(item: Item, link: Link, context: Context) -> bool:
    previous = item.previous
    if previous is None or link.row != "disposed":
        return False
    before = context.links.get(id(previous))
    joined = item.start - previous.end == len(item.before) and item.named is None
    return joined and before is not None and before.row in _OF_THOSE


_SHARED = compiled(
    r"(?:均|都|皆|全)(?:为|是|有)\s?$|各(?:自)?(?:为|有|是|占|计|提出?|提交|申请|收到?)?\s?$"
)


def _shared_zero(item: Item, context: Context) -> Link | None:
    """“行政复议、行政诉讼均为0件”, “个人与企业各3件”: every named cell holds the same number."""
    assert item.quantity is not None
    if item.named is not None or item.quantity.kind != "count":
        return None
    marker = _SHARED.search(item.left)
    if not marker:
        return None
    names = [name for name in split_names(item.left[: marker.start()]) if name.strip()]
    if len(names) < 2:
        return None
    found: list[Link] = []
    for name in names:
        one = replace(item, named=name, before=name, left=name)
        link = link_count(one, context)
        if link is not None and link.expression not in [other.expression for other in found]:
            found.append(link)
    terms = tuple(dict.fromkeys(term for link in found for term in link.expression.terms))
    if not terms:
        return None
    if item.quantity.value == 0:
        return Link((Expression(terms),))
    if len(found) < len(names):
        return None
    return Link((Expression(terms),), all(link.strong for link in found), each=tuple(found))


_LAST_YEAR = re.compile(
    r"(?:^|[，；])(?:[^，。；较比与同和加连含算另]{0,8}?)(?P<year>上(?:一)?年(?:度)?|去年)(?!.{0,10}(?:结转|转|带|跨|遗留|留|未|没|相比|末|底|待|在办))(?!.*(?:今年|本年|当年))[^，。；]*$"
)
_DATED = re.compile(
    r"(?P<year>20\d{2})年(?:度)?(?!.{0,8}(?:结转|转|遗留|留|未办|未结|相比|末|底))[^，。；年]*$"
)


def _of_its_year(item: Item, link: Link, context: Context) -> Link:
    """“上年收到66件，本年收到61件”: in a clause of last year the number is last year's.

    A written year may be a slip of the pen; this year's value then still counts as meant.
    """
    if link.registered or "年" not in (item.named or "") + item.left:
        return link
    if any(f.startswith(PREVIOUS) for e in link.expressions for f in e.operands):
        return link
    if any("carried" in fact for fact in link.expression.operands):
        return link
    past = tuple(map(a_year_before, link.expressions))
    if item.named is not None and re.match(rf"\s*(?:{context.year - 1}|[去上])年", item.named):
        return Link(past, link.strong, row=link.row)
    if item.named is not None and re.match(rf"\s*(?:{context.year}|[今本])年", item.named):
        return link
    if _LAST_YEAR.search(item.left):
        return Link(past, link.strong, row=link.row)
    dated = _DATED.search(item.left)
    if dated and _A_DAY.match(item.left, dated.end("year") + 1):
        # NOTE: “2023年12月29日登记的1件跨年办理”: one of a day, and no count of a year.
        link.strong = False
        return link
    if dated and int(dated["year"]) == context.year - 1 and _this_year_too(item, context.year):
        return Link((*past, *link.expressions), link.strong, row=link.row)
    return link


_A_DAY = re.compile(r"度?\d{1,2}月\d{1,2}日(?![^，。；]*(?:[至到—－]|起))")


def _this_year_too(item: Item, year: int) -> bool:
    return f"{year}年" in item.lead + item.rest or bool(re.search(r"今年|本年", item.rest))


# “比废止数多1件”, “较自然人少4件” is a difference, whatever word stands before it.
_COMPARED = re.compile(r"(?:比|较)[^，。；]{1,14}?(?:多|少|高|低)(?:出|了)?\s*$")
_OWN_PART = re.compile(
    r"(?:本(?:机关|单位|级|局|委|办|部门|院|所|站|馆|镇|乡|街)|我[局委办厅院所站馆镇乡街]|局机关|自身)[^，。；]{0,10}$"
)


def _said_before(item: Item, link: Link, context: Context) -> bool:
    """Whether the sentence has spoken of the very cell: a second number by a loose word is a part of it."""
    if link.row not in _LOOSE_ROWS or _OWN_PART.search(item.before) or EXACTLY.search(item.before):
        return False
    for previous in item.earlier():
        other = context.links.get(id(previous))
        if other and other.expression == link.expression:
            return True
    return False


# “考试报名等收费182.6万元”: a charge by its own name; the one cell of charges may confirm it.
_CHARGED = re.compile(r"(?<!免)(?<!乱)收费(?:收入|金额|总额)?(?:共|合计|总计|共计|计|为|达)?\s*$")


# “收取水资源费、垃圾处理费56.2万元”: fees by their own names.
_COLLECTED = re.compile(
    r"(?<!未)(?:收取|征收|收缴|代收|收)(?!到|入)[^，。；\d罚]{2,24}费(?:用)?(?:收入)?(?:共|合计|总计|共计|计|为|达)?\s*$"
)


# “易地建设费1240.6万元”: the fee's name alone.
_FEE = re.compile(
    r"(?:^|[，；、])(?!信息)[^，。；、\d]{2,10}(?<![经党会学])费(?:收入)?(?:共|合计|计|为|达)?\s*$"
)

# “道路占用等事业性收费，年度征收56.2万元”: the charge a clause before, its being collected beside the number.
_COLLECTED_SO = re.compile(
    r"(?P<what>[^，。；]*)事业性收费[^，。；\d]{0,4}，(?P<how>[^，。；\d]{0,12}?)(?:征收|收取|收缴|入库|收入|实收)(?:了|到|金额|总额|共|合计|计|为|达)*\s*$"
)
_NOT_COLLECTED = re.compile(r"减|免|停|取消|降|退|清|少|月|季|上年|去年|往年|20\d\d")


def _charged_a_clause_before(item: Item) -> bool:
    said = _COLLECTED_SO.search(item.lead)
    return said is not None and not _NOT_COLLECTED.search(said["what"] + said["how"])


def _charges(item: Item) -> Link | None:
    if re.search(
        r"信息处理费|检索|复制费|信息公开费|(?:减免|免征|免收|停征|取消|降低|退还|清退|少收)[^，。；]{0,6}(?:行政)?事业性",
        item.left,
    ):
        return None
    if re.search(
        r"事业性(?:收费|费用)|表中[^，。]{0,6}收费|(?:本年|全年|年度)(?:度)?收费(?:总?金?额|数额)",
        item.left,
    ):
        return Link((total("proactive/charges/amount"),), row="charges")
    if re.match(r"[^，。；]{0,6}(?:列|按|作为|属|为|计入)[^，。；]{0,4}事业性收费", item.after) or (
        re.search(r"费[^，。；]{0,6}收[取入][^，。；]{0,3}$", item.before)
    ):
        return Link((total("proactive/charges/amount"),), False, row="charges")
    if any(
        words.search(item.left) for words in (_CHARGED, _COLLECTED, _FEE)
    ) or _charged_a_clause_before(item):
        return Link((total("proactive/charges/amount"),), False, row="charges")
    lead = item.lead[-40:]
    if re.search(r"^\s*(?:即|折合?|合)?\s*$", item.before) and re.search(r"事业性收费", lead):
        return Link((total("proactive/charges/amount"),), row="charges")
    return None


def previous_count(item: Item, context: Context, before: int | None = None) -> Link | None:
    """Return the link of the nearest count before an item (or an offset) in its sentence."""
    for previous in item.earlier():
        link = context.links.get(id(previous))
        if is_base(previous):
            continue
        if (
            (before is None or previous.start < before)
            and link
            and link.expression.function is None
        ):
            return link
    return None


def is_base(item: Item) -> bool:
    """“127件，占办结量237件的53.6%，比上年…”: what a share is of is not what the text goes on about."""
    following = item.following
    return (
        "占" in item.left
        and following is not None
        and following.quantity is not None
        and following.quantity.kind == "share"
        and following.before.strip() in {"的", "的比例为", "的比重为"}
        and re.search(r"占[^，。；]*$", item.left) is not None
    )


_LIST_OPENS = re.compile(
    r"其中|包括|包含|即(?:属于?|为|是)|分别(?:为|是|来自)?|[（(](?=[^（()）]*[)）])|由(?=[^，。；]*(?:构成|组成))"
)


def list_head(item: Item, part: Link, context: Context) -> Link | None:
    """Return the count whose parts were listed just before an item, if `part` is one of them."""
    opens = [m.start() for m in _LIST_OPENS.finditer(item.lead)]
    if not opens or part.registered:
        return None
    begin = item.start - len(item.lead)
    closed = item.lead.find("）", opens[-1]) if item.lead[opens[-1]] in "（(" else -1
    if closed >= 0 and item.previous is not None and item.previous.start > begin + closed:
        # NOTE: “许可45件（减少7件）、处罚33件（减少4件）”: the aside before is not the list this one is in.
        return None
    at = begin + opens[-1]
    head = previous_count(item, context, before=at)
    if head is None or head.registered or head.expression == part.expression:
        return None
    table = head.expression.operands[0].split("/")[0]
    return head if part.expression.operands[0].startswith(table) else None
