"""Changes against last year: by how much, at what rate, how many times last year's value.

What has changed is the clause's own noun or the count stated before; what it is compared with is
last year's value of the same thing, unless the text names another base (强制的39倍, 较自然人少4件).
"""

import re
from dataclasses import replace

from report_writer.domain.units import base_unit
from report_writer.facts.derived.candidates import Derived
from report_writer.facts.derived.changed_names import count_named, named_before_bracket, stock_named
from report_writer.facts.derived.changed_respectively import (
    LED_TO,
    RESPECTIVE,
    changed_in_its_place,
)
from report_writer.facts.derived.comparisons import DOWN, UP, read_difference, read_times
from report_writer.facts.derived.registered_named import changed_fact
from report_writer.facts.expressions import PREVIOUS, Expression, a_year_later, change
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.linking.counts import is_base, list_head
from report_writer.facts.linking.registered import past_of
from report_writer.facts.linking.totals import stated_total
from report_writer.facts.sheet import FactSheet, requests
from report_writer.facts.text.frames import Item
from report_writer.facts.text.movements import FORMER_OR_LATTER, against_another
from report_writer.facts.text.quantities import HALVED
from report_writer.facts.text.screening import compiled

_CHANGE = compiled(
    rf"(?:(?P<up>{UP})|(?P<down>{DOWN}))(?:了|约|近|率|幅度|量|(?<=[增减])收|(?<=[多少])(?:收到?|发|推|播|更新|推送|刊发|受理|接到|办结?|办理|公开|发布|作出|制发|开展|举办)(?:申请|来件|许可|处罚|信息)?)?(?:为|达|有)?(?:(?<=多出)的|(?<=净增)的)?\s*$"
)
_THAN = compiled(
    r"(?:(?P<up>多|高|大|超)|(?P<down>少|低|小))[于出过](?:上(?:一)?年(?:度)?(?:同期)?|去年(?:同期)?|20\d\d年)\s*$"
)
_COMPARED = compiled(
    r"同比|环比|较|[相对]比|比(?:上|去|20|前|往)|上(?:一)?年|去年|往年|增幅|降幅|涨幅|减幅|[由从](?:上|去|20\d\d)"
)


# “比2022年的16件多了8件，达24件”: where a change has led.
RESULT = re.compile(r"^(?:已|现)?(?:达到?了?|至|到|增至|减至|升至|降至)\s*$")


# A clause that is nothing but the change: “处罚418件，减少28件”, “来件6件，多了2件”.
_BARE = re.compile(
    r"(?:也|亦|均|分别|又|则|相应|同步)?(?:(?:小幅|大幅|明显|略)(?:有|微)?)?(?P<verb>\S{1,3}?)(?P<done>了)?(?:约|近)?\s*$"
)


_WITHIN_THE_YEAR = re.compile(r"[较比][上下]半年|[较比](?:上|前)(?:一)?(?:个)?(?:季度|月)|环比")


def moved_by(before: str) -> int:
    """Return the direction a verb of change right before a number gives it, 0 where there is none."""
    match = _CHANGE.search(before)
    if not match or match["up"] in {"新增", "多"} or LED_TO.search(before):
        return 0
    return 1 if match["up"] else -1


def read_change(item: Item, context: Context, sheet: FactSheet) -> Derived | None:
    """Read “较上年增加5件”, “增长20%”, “翻番”, “是上年的3倍”; None where the number is no change."""
    quantity = item.quantity
    assert quantity is not None
    if quantity.kind == "turn":
        sign = -1 if quantity.unit == HALVED else 1
        return _changed(item, context, sheet, rate=True, sign=sign)
    if _WITHIN_THE_YEAR.search(item.before):
        # NOTE: “下半年比上半年多42条”
        return Derived((), strong=False)
    times = read_times(item, context, sheet)
    if times is not None:
        return times
    gap = read_difference(item, context)
    if gap is not None:
        return gap
    if _second_of_change(item, context):
        before = _verb_before(item.previous or item)
    else:
        before = _verb_before(item)
    match = _CHANGE.search(before) or _THAN.search(before) or _more_done(item)
    if not match:
        return _signed(item, context, sheet)
    if LED_TO.search(before):
        return None
    rate = quantity.kind in {"share", "multiple"}
    if not rate and quantity.kind not in {"count", "money"}:
        return None
    sign = 1 if match["up"] else -1
    if rate:
        if match["up"] == "多" and not _compared(item, context):
            return None
        return _changed(item, context, sheet, rate=True, sign=sign)
    return _by_count(item, context, sheet, match)


# “45件（-25%）”, “较上年↑3件”: the direction as a sign.
_SIGN = re.compile(
    r"^(?:同比|环比|[较比](?:上(?:一)?年|去年|20\d\d年)度?|增减|变动|变化)?(?:幅度?|率)?[:：]?(?:(?P<up>[+↑▲⬆↗])|(?P<down>[-−↓▼⬇↘]))\s?$"
)


def _signed(item: Item, context: Context, sheet: FactSheet) -> Derived | None:
    match, quantity, last = _SIGN.match(item.before), item.quantity, item.previous
    if match is None or quantity is None or last is None or last.start < item.sentence[0]:
        return None
    if len(match[0]) == 1 and not item.bracketed and item.start - last.end > 2:
        return None
    if quantity.kind != "share" and not (quantity.kind == "count" and _same_measure(item, last)):
        return None
    sign = 1 if match["up"] else -1
    return _changed(item, context, sheet, rate=quantity.kind == "share", sign=sign)


# “较上年（9件）多收申请5件”: the verb between stands for what was counted.
_MORE_DONE = re.compile(
    r"(?:(?P<up>多)|少)(?:收|接|办|答|受理|登记|公开|处罚|许可|制发|废止|新增)(?:到|了|结|理|复|出)?(?:公开)?(?:申请)?(?:公开)?$"
)


def _more_done(item: Item) -> re.Match[str] | None:
    match = _MORE_DONE.search(item.before)
    return match if match and _COMPARED.search(item.lead[-40:]) else None


def _second_of_change(item: Item, context: Context) -> bool:
    """“增加13件、20.3%”: the rate behind the count it puts in other words."""
    previous = item.previous
    return (
        previous is not None
        and item.quantity is not None
        and item.quantity.kind == "share"
        and id(previous) in context.changed
        and item.start - previous.end == 1
        and item.lead.endswith(("、", "（"))
        and not item.before.strip()
    )


_JOINTS = frozenset({"", "和", "与", "及", "以及"})


def _verb_before(item: Item) -> str:
    """Return where the verb of a change stands: “分别增加18件和6件” writes it once."""
    if item.respective:
        return item.respective[0].before
    first, previous = item, item.previous
    while (
        previous is not None
        and previous.clause == item.clause
        and first.before.strip() in _JOINTS
        and RESPECTIVE.search(previous.left)
    ):
        first, previous = previous, previous.previous
    return first.before


# “无法提供的减少4件”, “个人申请减少4件”: which kind has changed, against last year as all around it.
_KIND_MOVED = re.compile(rf"\S{{2,8}}?(?:的|申请|来件)(?:则|也|却|亦|又|反而)?(?:{UP}|{DOWN})了?")


# “网站信息较上年增加15条；微信则减少5条”: the next of several changes.
_NEXT = 14
# “与上年相比，公示栏信息增加52条”
_AGAINST_IT = re.compile(
    r"(?:与|同|和|较|比)(?:上(?:一)?年|去年|往年|20\d\d年)[^，。；\d]{0,6}(?:\d+[^，。；\d]{0,6})?，[^，。；\d]*$"
)
# “推文数减少38篇，同比下降4.2%”
_GOES_ON = re.compile(r"[，、（(]\s?(?:同比|环比|较|[相对]?比(?:上|去|20)|[增降减]幅)")


def _by_count(
    item: Item, context: Context, sheet: FactSheet, match: re.Match[str]
) -> Derived | None:
    quantity = item.quantity
    assert quantity is not None
    sign = 1 if match["up"] else -1
    if match.re is _THAN:
        if item.after.startswith(("的", "水平", "之数")):
            # NOTE: “少于2022年14件的水平”: last year's value, not a difference.
            return None
        derived = _changed(item, context, sheet, rate=False, sign=sign)
        if derived is not None and not re.search(r"[多少]于|[多少超高低][出过]", item.before):
            # NOTE: “高于上年24件” may give the difference or last year's value.
            derived.strong, derived.hangs_on = False, None
        return derived
    again = item.previous is not None and id(item.previous) in context.changed
    again = again and not (match["up"] == "新增" and _AND_REPEALED.match(item.rest))
    if match["up"] == "新增" and not again and not _COMPARED.search(item.left[-30:]):
        # NOTE: “年初56件，新增6件”: six new ones, not six more than last year.
        return None
    if _COMPARED.search(item.left[-30:]) and match["up"] != "新增":
        return _changed(item, context, sheet, rate=False, sign=sign)
    if not _compared(item, context):
        if (
            match["up"] != "新增"
            and _KIND_MOVED.fullmatch(item.before)
            and count_named(item.before)
        ):
            derived = _changed(item, context, sheet, rate=False, sign=sign)
            if derived is not None:
                derived.strong, derived.hangs_on = False, None
            return derived
        if match["up"] != "新增" and changed_fact(item, sheet) is not None:
            derived = _changed(item, context, sheet, rate=False, sign=sign)
            last = item.previous
            follows = again and last is not None and item.start - last.end <= _NEXT
            follows = follows or _AGAINST_IT.search(item.lead) is not None
            if derived is not None and not follows and not _GOES_ON.match(item.rest):
                derived.strong, derived.hangs_on = False, None
            return derived
        bare = _BARE.fullmatch(item.left)
        if match["up"] == "新增" or not bare or not _follows_alike(item, context):
            return None
        derived = _changed(item, context, sheet, rate=False, sign=sign)
        if derived is not None and not context.changed and not bare["done"]:
            derived.strong = derived.strong and match["up"] == "净增"
            derived.hangs_on = None
        return derived
    return _changed(item, context, sheet, rate=False, sign=sign)


# “较上年减少1件：新增3件，废止4件”: what was made and what was repealed, not how many more there are.
_AND_REPEALED = re.compile(r"[，、；]?\s?(?:同时|并|宣布)*(?:废止|失效|停止执行|清理|取消)")


def _compared(item: Item, context: Context) -> bool:
    """Whether the sentence compares with last year just before: 由305条增至366条，多61条."""
    if _COMPARED.search(item.left[-40:]) or _AGAINST_IT.search(item.lead):
        return True
    if _COMPARED.search(item.lead[-30:]) and _own_name(item) is not None:
        return True
    for previous in item.earlier():
        if id(previous) in context.changed:
            return True
        link = context.links.get(id(previous))
        if link is not None and all(op.startswith(PREVIOUS) for op in link.expression.operands):
            return True
    return False


def _own_name(item: Item) -> Expression | None:
    # NOTE: a piece of a list names its own: “申请少15件、复议多2件”.
    return count_named(item.left) or (count_named(item.before) if "、" in item.left else None)


def _follows_alike(item: Item, context: Context) -> bool:
    """Whether the number just before is a count of the same measure that names a fact."""
    previous = item.previous
    if previous is None or previous.start < item.sentence[0] or previous.quantity is None:
        return False
    return id(previous) in context.links and _same_measure(item, previous)


def _same_measure(item: Item, other: Item) -> bool:
    if item.quantity is None or other.quantity is None:
        return False
    if item.quantity.kind not in {"count", "money"}:
        return True
    return base_unit(item.quantity.unit)[0] == base_unit(other.quantity.unit)[0]


def _changed(
    item: Item, context: Context, sheet: FactSheet, *, rate: bool, sign: int
) -> Derived | None:
    if _of_a_share(item) or FORMER_OR_LATTER.match(item.left):
        return Derived((), sign, False, True)
    now, before = _subject(item, context, sheet)
    if now is None:
        return Derived((), sign, False, True)
    if before is None and now.registered:
        before = past_of(now.expression.operands[0], sheet)
        if before is None:
            context.changed[id(item)] = now
            return Derived((), sign, False, True)
    context.changed[id(item)] = now
    changes = [change(e, rate=rate, before=before) for e in now.expressions]
    each = before is not None or RESPECTIVE.search(item.left)
    named = _own_name(item) is not None
    head = None if each or item.bracketed or named else list_head(item, now, context)
    if head is not None:
        # NOTE: behind “其中…5件，比上年增加35件” the list's own head is what has changed.
        context.changed[id(item)] = head
        changes.insert(0, change(head.expression, rate=rate))
    if against_another(item.lead, sheet.year):
        return Derived(tuple(changes), sign, False, True)
    hangs_on = None if now.strong else now.expression
    return Derived(tuple(changes), sign, now.strong, True, hangs_on=hangs_on)


_SHARES = re.compile(r"率|占比|比重|比例|满意度")


def _of_a_share(item: Item) -> bool:
    """Whether a rate has changed and not a count: “公开率70.3%，比上年提高2.4%”."""
    if _SHARES.search(item.left) and not re.search(r"增长率|增幅|降幅", item.left):
        return True
    previous = item.previous
    return (
        previous is not None
        and previous.quantity is not None
        and previous.start >= item.sentence[0]
        and previous.quantity.kind == "share"
        and not _CHANGE.search(previous.before)
        and not re.search(r"申请|[件条]数|量", item.left)
        and _SHARES.search(item.lead[-60:]) is not None
    )


_NO_SUBJECT = compiled(
    r"(?:[，、：:；（(\s]|其中|同期|同比|环比|[较比与和同](?:上(?:一)?年|去年|20\d\d年)(?:度)?(?:同期)?(?:相比)?|数量|总量|件数|条数|篇数|总数|规模|总体|整体|幅度|申请|来件|收件|合计|[两二三]者|分别|相应|相当于|实际|小幅|大幅|明显|略有?|有所|[也则却又净共其计即]|年内|全年|本年度?|上年|去年|年度|的|约|近|达|量|数|总)*"
)


def _of_its_own(item: Item) -> bool:
    """Whether a change names what has moved by words no list knows: “网站减少12条、公示栏增加32条”."""
    moved = _CHANGE.search(item.before)
    return moved is not None and _NO_SUBJECT.fullmatch(item.before, 0, moved.start()) is None


def _subject(
    item: Item, context: Context, sheet: FactSheet
) -> tuple[Link | None, Expression | None]:
    """Return what has changed and, where the text names it, what it is compared with."""
    if RESPECTIVE.search(item.lead):
        return changed_in_its_place(item, context), None
    own = (
        _own_name(item)
        or named_before_bracket(item)
        or stock_named(item.left, context.document_row)
    )
    if own is not None:
        return Link((own,)), None
    named = changed_fact(item, sheet)
    if named is not None:
        return named, None
    before: Expression | None = None
    risen: Link | None = None
    whole = stated_total(item, context, item.start) if _ALL_OF_THEM.match(item.left) else None
    if whole is not None:
        return Link((whole,), False), None
    for previous in item.earlier():
        if is_base(previous) or (
            previous.bracketed and not item.bracketed and _FROM_THERE.search(previous.before)
        ):
            # NOTE: “申请60件（含上年转来3件），较上年增加5件”: the bracket is not what has grown.
            continue
        if id(previous) in context.changed:
            moved = context.changed[id(previous)]
            return (replace(moved, strong=False) if _of_its_own(item) else moved), before
        link = context.links.get(id(previous))
        if link and link.expression.function is None:
            is_past = all(
                op.startswith(PREVIOUS) or op.startswith("facts/上")
                for op in link.expression.operands
            )
            if not is_past and not _same_measure(item, previous):
                continue
            head = stated_total(item, context, item.start) if link.each else None
            if head is not None:
                # NOTE: “申请2件，个人、企业各1件，比上年少4件”: said of the two.
                return Link((head,), link.strong), before
            if not is_past:
                return link, before
            if link.registered and before is None:
                before = link.expression
            elif not link.registered and risen is None and _FROM.search(previous.before):
                risen = Link((a_year_later(link.expression),), link.strong)
        elif (
            link is None
            and previous.quantity is not None
            and previous.quantity.kind == "count"
            and _same_measure(item, previous)
            and not RESULT.search(previous.before)
        ):
            return risen, None
    if risen is None and (_CAME_IN.match(item.left) or _NONE_CAME.search(item.lead)):
        risen = Link((requests("received"),), False)
    return risen, None


# “窗口递交4件、网上提交18件，总量较上年减少12件”: the total, whatever was counted since.
_ALL_OF_THEM = re.compile(r"(?:申请|来件|收件)?总(?:件)?[数量](?:也|则)?(?:比|较|同比|与)")
_FROM_THERE = re.compile(r"(?:上(?:一)?年|去年|20\d\d年)[^，。；]{0,6}(?:转|遗留|留下|带入)")
# “收件比上年增加6件”: the noun alone says what has changed.
_CAME_IN = re.compile(
    r"(?:公开)?(?:收件|来件|申请)(?:也|则|亦|却|因而|因此|随之|相应)*(?:比|较|同比)"
)


# “全年未新收公开申请，比上年减少1件”
_NONE_CAME = re.compile(
    r"(?:未|没有|无)[^，。；]{0,6}(?:公开)?(?:申请|来件)，(?:比|较|同比)[^，。；]*$"
)


# “由上年的7宗增加14宗”: last year's value itself says what has changed.
_FROM = re.compile(r"[由从比较在](?:上|去|前|20\d\d)")
