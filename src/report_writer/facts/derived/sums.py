"""Lists that break a total down: 其中, 包括, 由…组成, a colon, brackets; and totals after their parts.

Only a list that promises to be complete must add up; 其中 and 含 promise nothing, but no list may
exceed its total. Nothing is compared with a table here: that is for the cells themselves.
"""

import re
from decimal import Decimal

from report_writer.domain.units import base_unit
from report_writer.facts.derived.averages import is_average
from report_writer.facts.derived.breakdowns import (
    Breakdown,
    counts_alike,
    is_approximate,
    is_countable,
    is_loose,
    is_rounded,
    may_be_part,
    value,
)
from report_writer.facts.derived.named_totals import (
    last_that_add_up,
    made_up_before,
    named_parts,
    names_all,
)
from report_writer.facts.derived.sorted_lists import (
    BY_WAY,
    LEVELS,
    MORE,
    SORTED_BY,
    SORTED_SO,
    STOCK,
    WAYS,
)
from report_writer.facts.derived.whole_lists import NOTHING_ELSE, SORTED_BY_ONE, says_all
from report_writer.facts.linking.last_year import has_moved
from report_writer.facts.linking.naming import wide_label
from report_writer.facts.linking.registered import PERIODIC
from report_writer.facts.text.frames import Item
from report_writer.facts.text.screening import compiled

_EXHAUSTIVE = re.compile(
    r"^[，,]?\s?(?:分别)?(?:即|也就是|具体(?:为|是|包括)?|分别(?![比较占增减升降多少上下同环])(?:为|是|来自)?|(?:拆|细|掰|摊|逐[项类个一条]|展|具体|明细)(?:开|分|解)?(?:来)?(?:看|说|列|数|算|讲|如下)?[：:]|分(?:作|成|列为)|划分为|分为|分布(?:为|是)|(?:其)?构成(?:为|是|如下)|组成(?:为|是))|^[，,](?:共|总)?计(?=[^，。；\d]{2})(?!划|入|算|量|生|时|价|提|酬|有)|^[，,]\s?按[^，。；：\d]{1,8}(?:统计|归集|归类|汇总|看|计|算)(?:分别)?(?:为|是|有)(?=[^，。；\d]{2})|^[^，。；、：\d]{0,10}由[^，。；：\d]{1,8}(?:组成|构成|拼成|汇成|合成)[：:]|^[，,]分(?!别|[到给往至布发送期批管局析享类工组配解流钟为散支片级行头母担摊公站次场])|^\s?[：:]|^[，,]\s?按[^，。；：\d]{1,10}(?:[：:]|(?:划|区)?分(?:类|别)?(?:有|为)?[，,])|^[，,](?:从|按|就)[^，。；：\d]{0,4}(?:渠道|途径|方式|主体|身份|对象)[^，。；：\d]{0,3}[，：]|^[，,]\s?(?:共|又|一共)?分(?:为|成)?[两二三四五六七八九十](?:大|个)?(?:块|类|项|部分|方面|种)[：:]|^[，,]?\s?(?:按|从|就|依)[^，。；：\d]{1,10}(?:划|区)?分(?:为|成|有|计)|^[，,]?\s?(?:后者|其|这些|上述)?(?:由|系)"
)
_PARTIAL = re.compile(
    r"其中|含|主要|涉及|等|当中|内有|如|^\s?(?:的)?(?:公开|信息)?(?:申请|事项|信息|案件|来件|稿件)?(?:里面?|之?中)，"
)
# “受理57件，均按时办结。其中涉及征收21件、物业14件”
_OF_THE_LAST = re.compile(r"[^。；\d]{0,20}[。；]其中[^。；]*")
_INCLUDING = re.compile(r"包括|涵盖|包含|分为|计有")
_REMAINS = re.compile(r"(?:其余|余下|剩余|剩下)(?!.*(?:类|等|约))")
_OTHER_KINDS = re.compile(
    r"其[他它](?:类|各类|重要|有关|相关)*(?:型|政府|政务|工作|公开|综合)*(?:信息|内容|事项|稿件|动态|类别|栏目|资料)?$"
)
_COMPOSED = re.compile(r"^[^，。；]{0,4}(?:构成|组成|汇总|合计|相加|加总|累加)")
_REST = re.compile(r"其余|其[他它]|余下|剩余|另有|等")
_TOTAL = compiled(
    r"以上[^，。；\d]{0,10}共[^，。；\d]{0,4}$|(?:合计|小计|共计|总计|汇总|累加|加总|相加|加起来|合起来|合在一起|加在一起|总和|总数|[两二三四五六](?:者|项|类|种)共|(?<![审会统预设估累])计)(?:对外|累计|全年)?(?:发布|公开|推送|更新|发出|发稿|刊发|开展|举办|组织|培训|宣讲|接待)?(?:信息|政务信息)?(?:为|达|共|是|得)?\s*$"
)
_ALL = re.compile(
    r"(?:全年|全部|各项|各类)?(?:(?:一|总)?共|累计|总量)(?:公开|发布)?(?:信息)?(?:为|有|达)?\s*"
)
_MOST_PARTS, _MOST_BACK, _APART = 60, 13, 30
_LEAST_LISTED = 3
_MANY, _TENTH, _SMALLEST = 4, 10, 4
_ONE_DIGIT = frozenset({Decimal(10), Decimal(100), Decimal(1000)})
_BREAK = re.compile(r"[。；！？\n]")


def find_breakdowns(text: str, items: list[Item]) -> list[Breakdown]:
    """Return every total with its parts, in order of the text."""
    found: list[Breakdown] = []
    listed: set[int] = set()
    summed: set[int] = set()
    # NOTE: “其中网站由858条增至906条”: what it was is no part of what there is.
    items = [i for i in items if i.following is None or not has_moved(i, i.following)]
    for index, item in enumerate(items):
        if _MOVED.search(item.before):
            # NOTE: “12件，比上年多3件，具体为甲8件、乙4件”: the change is no total.
            continue
        countable = is_countable(item)
        near = not countable and is_approximate(item)
        if not countable and not near:
            continue
        forward = _forward(text, items, index) if not near or is_rounded(item) else None
        if forward and forward.closed:
            if id(item) in listed:
                # NOTE: a part of a list that says it is all is no total of those behind it.
                continue
            listed |= {id(part) for part in forward.parts}
        if forward and near and not forward.complete:
            continue
        if forward and id(item) in summed and id(forward.parts[0]) in summed:
            # NOTE: “281条。其中：文件3件，其他材料146条，公告71条…”: one list, and it adds up.
            continue
        if forward:
            found.append(forward)
            if forward.right:
                summed |= {id(part) for part in forward.parts}
        elif _TOTAL.search(item.before):
            backward = _backward(text, items, index)
            if backward:
                found.append(backward)
        elif _ALL.fullmatch(item.before):
            # NOTE: “甲73条、乙41条，共114条” explains its total where it adds up; 共 may mean more.
            backward = _backward(text, items, index)
            if backward and backward.right:
                found.append(backward)
    return found


# “主动公开236条信息，分别为政策33条…”
_COUNTED_NOUN = re.compile(
    r"^(?:政府|政务|公开|各类)*(?:信息|文件|稿件|内容|材料|事项)(?=[，：]\s?(?:分别|具体|其中|包括|即))"
)
_MOVED = re.compile(
    r"(?:[较比](?:上(?:一)?年|去年|20\d\d年)|同比)(?:度|同期)?[^，。；、\d]{0,4}(?:增加|增长|减少|下降|[多少增减])[了出]?$"
)
_OPENING = re.compile(
    r"(?:涉及|来自|通过|属于?|关于|有关|要求|申请|反映|围绕|因|以|由|向|对|在)(?=.)"
)


def _forward(text: str, items: list[Item], index: int) -> Breakdown | None:
    whole = items[index]
    # NOTE: “57件，均按时办结。其中…”: a claim may be made of the whole before it is taken apart.
    for item in items[index + 1 : index + 3]:
        if item.claim is None and not (_MOVED.search(item.before) and is_countable(item)):
            break
        index += 1
    if index + 1 >= len(items) or not may_be_part(whole, items[index + 1]):
        return None
    first = items[index + 1]
    if index + 2 >= len(items) or items[index + 2].start - first.end > _APART:
        # There is no second part.
        return None
    between = text[whole.end : first.start]
    between = _COUNTED_NOUN.sub("", between)
    if len(between) > 40 or (_BREAK.search(between) and not _OF_THE_LAST.fullmatch(between)):
        return None
    if between.lstrip()[:1] == "、":
        # NOTE: “涉及补贴的11件、涉及人事的7件”: the next of the same list, not a part of this one.
        return None
    opening = _OPENING.match(whole.before)
    if opening and first.before.lstrip().startswith(opening[0]):
        # NOTE: “涉及征地的33件，涉及工程的21件，其余26件”: the same.
        return None
    closed = between.lstrip()[:1] in {"（", "("}
    complete = bool(_EXHAUSTIVE.search(between.split("、")[0].lstrip("（(") if closed else between))
    partial = bool(_PARTIAL.search(between.split("：")[0]))
    including = bool(_INCLUDING.search(between))
    complete = complete or _each_for_its_own(items, index)
    listed: tuple[list[Item], str] | None = None
    stops = text[whole.end : whole.end + 1] in {"，", "："}
    if not closed and (stops or SORTED_BY_ONE.match(between)):
        listed = _collect(text, items, index + 1, whole, closed)
        only = listed[0]
        if _is_all(text, whole, only):
            return Breakdown(whole, tuple(only), True, any(is_loose(p) for p in only), closed=True)
    bare = closed and not (_BESIDE.search(between) or complete or partial or including)
    bare = bare and not _BALANCE.search(whole.before)
    by_way = not closed and (
        BY_WAY.match(between) is not None
        or (between.startswith(("，", "：", ",")) and LEVELS.search(between) is not None)
    )
    sorted_so = SORTED_BY.match(between) is not None
    if not (complete or partial or including or bare or by_way or sorted_so):
        return None
    ways_only = by_way and not (complete or partial or including or bare)
    parts, tail = listed or _collect(text, items, index + 1, whole, closed)
    if len(parts) < 2:
        return None
    if any(STOCK.search(part.before) for part in parts):
        return None
    if SORTED_BY.match(between) and SORTED_SO.match(tail):
        return Breakdown(whole, tuple(parts), True, any(is_loose(part) for part in parts))
    if partial and sum(map(value, parts)) > value(whole) and _of_a_head(whole, parts):
        return None
    if sorted_so and not (complete or partial or including or bare):
        return None
    if by_way and not (complete or partial or including or bare):
        # NOTE: “20件，窗口4件、网上9件、信函6件”: nobody names three ways to file and leaves one out.
        complete = len(parts) >= _LEAST_LISTED and any(
            all(kind.search(part.before) for part in parts) for kind in (WAYS, LEVELS)
        )
        if not complete:
            # NOTE: “咨询372人次，现场331人次，电话61人次”: two ways need not be all, but never more than all.
            beyond = ways_only and sum(map(value, parts)) > value(whole)
            ways = all(WAYS.search(part.before) and counts_alike(whole, part) for part in parts)
            ways = ways and not _DIFFERS.search(whole.before)
            return Breakdown(whole, tuple(parts), complete=False) if beyond and ways else None
    if bare and len(parts) >= _LEAST_LISTED and re.match(r"[件条篇次份个]?[）)]", tail):
        # NOTE: “推文428篇（党建206篇、民生97篇、平安84篇）”: nobody lists three of four kinds without a word.
        complete = all(_surely_part(whole, part) for part in parts)
    if not complete and not all(counts_alike(whole, part) for part in parts):
        return None
    if bare and not all(_surely_part(whole, part) for part in parts):
        return None
    if _COMPOSED.match(tail):
        complete, partial = True, False
    if re.match(r"\s?等", tail):
        complete = False
    elif partial and not _COMPOSED.match(tail):
        # NOTE: “其中甲3条、乙2条，其余丙1条”: what remains makes the list whole.
        last = parts[-1].before.strip("、，和及与以 ")
        complete = not closed and bool(_REMAINS.match(last))
        if not closed and len(parts) >= _LEAST_LISTED and _OTHER_KINDS.match(last):
            # NOTE: “其中动态3条、文件31条、其他信息37条”: 其他 is all that has not been named; that it
            # misses the total by much more likely means that not all is listed.
            missing = abs(value(whole) - sum(map(value, parts)))
            complete = complete or missing <= value(whole) / _TENTH
    elif including and not complete:
        complete = bool(_REST.search(parts[-1].before)) and "等" not in parts[-1].before
        complete = complete or (not MORE.match(tail) and _all_but_a_slip(whole, parts))
    if (including and NOTHING_ELSE.match(tail)) or (
        partial and names_all(wide_label(whole), parts)
    ):
        complete = True
    if complete and not closed and re.match(r"[^，。；]*?等", tail):
        complete = False
    if not complete and _anew(whole, parts):
        return None
    nearly = including and not complete and not MORE.match(tail) and _nearly_all(whole, parts)
    loose = any(is_loose(part) for part in parts)
    return Breakdown(whole, tuple(parts), complete, loose, nearly=nearly)


_FOR = re.compile(r"[，、]?(?:面向|针对)")


def _each_for_its_own(items: list[Item], index: int) -> bool:
    """“培训8场，面向干部5场、面向信息员4场”: those it was for, one after the other."""
    return len(items) > index + 2 and all(
        _FOR.match(p.before) for p in items[index + 1 : index + 3]
    )


def _nearly_all(whole: Item, parts: list[Item]) -> bool:
    """Whether so little is missing from three that it is no kind: half the smallest, a twentieth of all."""
    gap = value(whole) - sum(map(value, parts))
    tiny = min(value(whole) / _TENTH, min(map(value, parts))) / 2
    return len(parts) == _MANY - 1 and not any(map(is_loose, parts)) and 0 < gap <= tiny


def _all_but_a_slip(whole: Item, parts: list[Item]) -> bool:
    """“142条，包括甲3条、乙9条、丙27条、丁58条、戊35条”: so near to the total that nothing can be left out."""
    if any(map(is_loose, parts)):
        return False
    gap = value(whole) - sum(map(value, parts))
    if len(parts) < _MANY:
        # NOTE: three parts may leave a fourth out; that it is just 10 or 100 is a slip of one digit.
        return len(parts) == _MANY - 1 and gap in _ONE_DIGIT and gap <= value(whole) / _TENTH
    return 0 < gap <= value(whole) / _TENTH and gap <= min(map(value, parts)) * _SMALLEST


def _of_a_head(whole: Item, parts: list[Item]) -> bool:
    """“11件，自然人9件、企业2件，其中5件…，6件…”: 其中 speaks of the eleven, not of the two."""
    previous, together = whole.previous, value(whole)
    while previous is not None and previous.start >= whole.sentence[0]:
        if is_countable(previous) and value(previous) >= sum(map(value, parts)):
            return True
        if previous is whole.previous and is_countable(previous):
            # NOTE: “复议209件，诉讼82件，当中：复议151件、诉讼54件…”: parts of both.
            together += value(previous)
            if together >= sum(map(value, parts)) > max(value(previous), value(whole)):
                return True
        previous = previous.previous
    return False


def _anew(whole: Item, parts: list[Item]) -> bool:
    """“6件，其中要求公开报告的2件，公开5件、不掌握1件”: behind a part a whole list of its own."""
    sums = (sum(map(value, parts[begin:])) for begin in range(1, len(parts) - 1))
    return any(one == value(whole) for one in sums)


def _is_all(text: str, whole: Item, parts: list[Item]) -> bool:
    """“25件，线上14件、线下11件，别无其他来源”: the list says itself that it is complete."""
    if len(parts) < 2 or not all(counts_alike(whole, part) for part in parts):
        return False
    between, behind = text[whole.end : parts[0].start], text[parts[-1].end : parts[-1].end + 24]
    return says_all(between, behind, [part.before for part in parts])


# In brackets without a word of parts stand other things too: last year's value, readers, explanations.
_BESIDE = re.compile(
    r"上(?:一)?年|去年|同期|较|比|累计|历年|以来|另|不含|除|约|每|解读|图解|阅读|浏览|转"
)


# “净增4件（立9件、废5件）”: what stands in brackets is taken from each other, not added.
_BALANCE = re.compile(r"(?:净|增|减|多|少|差|升|降|高|低)[加长幅了出约近额为]*$")


def _surely_part(whole: Item, part: Item) -> bool:
    assert whole.quantity is not None and part.quantity is not None
    same = base_unit(whole.quantity.unit)[0] == base_unit(part.quantity.unit)[0]
    return same and bool(part.before.strip()) and not _BESIDE.search(part.before)


_DIFFERS = re.compile(r"(?:[多少][出了]?|上年的?|去年的?|相差|净?[增减][加少长]?了?)\s*$")
# What is counted so publishes, and is not published.
_BODIES = frozenset({"个", "家", "所"})
_GOES_ON = re.compile(r"以及|及其?余?|其余|其[他它]")
_ANEW = re.compile(r"其中|另|此外|同时|还|尚|合计|共计")


def _collect(
    text: str, items: list[Item], start: int, whole: Item, closed: bool
) -> tuple[list[Item], str]:
    """Return the parts from `start` on, and the text behind the last."""
    parts = [items[start]]
    joint, said, stated = "", value(items[start]), value(whole)
    for item in items[start + 1 : start + _MOST_PARTS]:
        between = text[parts[-1].end : item.start]
        if _BREAK.search(between) or len(between) > _APART or not may_be_part(whole, item):
            break
        if any(mark in between for mark in ("）)" if closed else "（(")):
            break
        mark = between.lstrip()[:1]
        if joint == "、" and mark == "，" and not _GOES_ON.search(between):
            break
        joint = joint or ("、" if mark in "、和及与以" else mark)
        if mark != "、" and _ANEW.search(between):
            break
        if len(parts) > 1 and said == stated:
            # NOTE: “9起，含直接起诉7起、复议后起诉2起，维持6起”: what follows counts the same anew.
            break
        parts.append(item)
        said += value(item)
    return parts, text[parts[-1].end : parts[-1].end + 12]


def _backward(text: str, items: list[Item], index: int) -> Breakdown | None:
    whole = items[index]
    parts: list[Item] = []
    following = whole
    for item in reversed(items[max(0, index - _MOST_BACK) : index]):
        if item.start < whole.sentence[0] or not may_be_part(whole, item) or is_average(item):
            break
        if _DIFFERS.search(item.before):
            # NOTE: “上半年134条，下半年187条，多出53条，全年合计321条”
            continue
        if item.unit in _BODIES - {whole.unit}:
            # NOTE: “指导11个行政村公开608条，合计742条”
            continue
        if PERIODIC.search(item.left):
            return None
        if (
            following is whole
            and item.end > whole.start - len(whole.before) - 1
            and item.before == ""
        ):
            # NOTE: “两个平台合计355条” counts the parts.
            continue
        between = text[item.end : following.start]
        if _BREAK.search(between) or re.search(r"其中|含|包括", between):
            break
        parts.insert(0, item)
        following = item
    if (
        len(parts) < 2
        or (any(is_loose(p) for p in parts) and is_rounded(whole))
        or re.search(r"其他|另|计入|加上", text[parts[-1].end : whole.start])
    ):
        return None
    if any(_EACH.search(part.before) for part in parts):
        # NOTE: “企业22件、律所和组织各3件，合计28件” counts a number twice.
        return None
    halves = [part for part in parts if _HALF_YEAR.search(part.before)]
    if 0 < len(halves) < len(parts):
        # NOTE: “网站98条，微信176条，上半年95条、下半年81条，网站与微信合计274条”
        parts = [part for part in parts if part not in halves]
        if len(parts) < 2:
            return None
    parts = last_that_add_up(parts, value(whole)) or parts
    if sum(map(value, parts)) != value(whole):
        named = named_parts(wide_label(whole), parts)
        if named is None or made_up_before(items[max(0, index - _MOST_BACK) : index], parts, whole):
            return None
        parts = named
    counted = set(_CHANNEL.findall(whole.before))
    if counted and not any(counted & set(_CHANNEL.findall(part.before)) for part in parts):
        # NOTE: “网站27条、公开栏1087条，微博微信合计1294条”: the total of others.
        return None
    # NOTE: “甲19份、乙11份、丙5份等，合计87份”: 等 says that there is more.
    complete = not _AND_MORE.match(text, parts[-1].end)
    exact = Breakdown(whole, tuple(parts), complete, any(is_loose(part) for part in parts))
    return exact if len(parts) <= 12 else None


_EACH = re.compile(r"各$")
_CHANNEL = re.compile(r"微博|微信|抖音|快手|公众号|新媒体|网站|公示栏|报刊|电视")
_AND_MORE = re.compile(r"[\s）)]?等(?=[，、。；：]|[^，。；]{0,6}(?:合计|共计|总计|小计))")
_HALF_YEAR = re.compile(r"[上下]半年|[一二三四]季度")
