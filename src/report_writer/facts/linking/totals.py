"""Numbers that say again what the text has just counted: totals behind their list, equations."""

import re
from dataclasses import replace

from report_writer.facts.expressions import Expression
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.sheet import ENDINGS, TOTAL_ROWS, requests
from report_writer.facts.text.frames import Item

TOTALS = {requests(row): row for row in TOTAL_ROWS}


def stated_total(item: Item, context: Context, before: int) -> Expression | None:
    """Return the total of requests the text has named last, as far back as the section goes."""
    previous = item.previous
    while previous is not None:
        link = context.links.get(id(previous))
        if link is not None and previous.start < before:
            for expression in link.expressions:
                if expression in TOTALS:
                    return expression
        previous = previous.previous
    return None


_CLOSING = re.compile(
    r"(?:以上|上述|前述)?(?:两项|两者|二者|三项|各项|几项|新旧)?(?:相加|加起来|加在一起|累加|加总|合并)?(?:后)?"
    r"(?:合计|总计|共计|小计|共|总共|合共|总数|之和)?(?:应|需|须)?(?:办理|受理|办|处理)?(?:申请|事项)?(?:总数|总量)?(?:共|共计|合计)?(?:为|是|达)?"
)


_TOTALLED = re.compile(r"[合总小]计|共|加|之和|总数|合并")


# “无法提供23件，其他方式4件。以上87件”: without a word for a sum it only confirms.
_ALL_THESE = re.compile(
    r"(?:以上|上述|前述|如上|上列|前列|诸项)(?:各[类项种])?(?:决定|答复|申请|案件)?"
)
# “申请200余件，准确数为226件”
EXACTLY = re.compile(
    r"(?:其?(?:准确|确切|精确|具体)(?:数字?|件数|的)?|确数|实数|实际数?)(?:即|为|是|有)|实[为是有]"
)


def restated(item: Item, context: Context) -> Link | None:
    """“办结95件（95＝64＋31）”: the number before an equation is the one just stated."""
    previous = item.previous
    if previous is not None and EXACTLY.fullmatch(item.label.strip()):
        rough = previous.quantity is not None and previous.quantity.approximation is not None
        said = context.links.get(id(previous)) if rough else None
        return replace(said) if said is not None else None
    if previous is None or item.label.strip(" （(，") or not re.match(r"\s?[=＝]", item.after):
        return None
    link = context.links.get(id(previous))
    ours = link is not None and link.expression.operands[0].startswith("requests/")
    return replace(link) if link is not None and ours else None


# “公开20件、部分公开6件，两者合计26件”: so many of the counts before are meant.
_OF_THESE = re.compile(
    r"(?:^|(?<=[，；：、。]))(?:以上|上述|前述|(?P<first>前)|这|其中)?(?:(?P<two>[两二])|三)(?:者|项|类|种情形)(?:决定|文件|案件|信息)?(?:合计|小计|相加|之和|合起来|加起来|共计|共|合|总和|申请)?(?:为|达|有)?$"
)


_HOW_MANY = re.compile("[两二三]")


def of_these(item: Item, context: Context, text: str, at: int) -> Link | None:
    """Return the sum of the two or three counts before `at` that 两者, 三项 mean.

    None where the text says no such word; a link to nothing where one of the counts is unknown.
    """
    both = None if not _HOW_MANY.search(text) else _OF_THESE.search(text.rstrip())
    if both is None:
        return None
    wanted, begin = 2 if both["two"] else 3, at - len(text) + both.start()
    listed = _sorted_before(item, context, begin) if both["first"] else []
    if len(listed) > wanted:
        # NOTE: “公开4件，部分公开1件，不掌握2件，前两项合起来占71.4%”: the first of the list.
        terms = tuple(term for link in listed[:wanted] for term in link.expression.terms)
        return Link((Expression(terms),), False, row=listed[0].row)
    return _sum_before(item, context, begin, wanted)


def _sorted_before(item: Item, context: Context, at: int) -> list[Link]:
    """Return what the sentence has counted before `at`, its totals left out; nothing where one count is unknown."""
    links = [
        context.links.get(id(one))
        for one in item.earlier()
        if one.start < at and one.quantity is not None and one.quantity.kind == "count"
    ]
    known = [link for link in links if link is not None and link.expression.function is None]
    if len(known) < len(links):
        return []
    return [link for link in reversed(known) if link.expression not in TOTALS]


_NEAR = 60
_FORMER = re.compile(r"[前后]者(?:所)?$")


# “网站428条、公众号353条，合计781条，前者占54.8%”
_TOTALLED_UP = re.compile(r"(?:合计|共计|总计|总数|总量|[一总]?共)(?:为|达|有)?$")


def of_one_of_two(item: Item, context: Context, text: str, at: int) -> Link | None:
    """“自然人1008件、企业138件，前者占88%”: the first or the last of the two counts before `at`."""
    which = _FORMER.search(text.strip())
    if which is None:
        return None
    counts = [
        one
        for one in item.earlier()
        if one.start < at
        and one.quantity
        and one.quantity.kind == "count"
        and not _TOTALLED_UP.search(one.before)
    ]
    if len(counts) < 2:
        return None
    return context.links.get(id(counts[which[0][0] == "前"])) or Link((), False)


def _sum_before(item: Item, context: Context, at: int, wanted: int) -> Link:
    found: list[Link] = []
    # NOTE: “公告52条，同比减少3条；结果48条，两类共100条”: across a ；, and not what a change gives.
    previous, begin = item.previous, min(item.sentence[0], item.start - _NEAR)
    while previous is not None and previous.start >= begin and len(found) < wanted:
        link = context.links.get(id(previous))
        changed = id(previous) in context.changed
        counted = previous.quantity is not None and previous.quantity.kind != "share"
        if previous.start < at and counted and not changed:
            if link is None or link.expression.function is not None:
                return Link((), False)
            found.insert(0, link)
        previous = previous.previous
    tables = {link.expression.operands[0].split("/")[0] for link in found}
    if len(found) < wanted or len(tables) > 1:
        return Link((), False)
    terms = tuple(dict.fromkeys(term for link in found for term in link.expression.terms))
    strong, registered = all(e.strong for e in found), all(e.registered for e in found)
    return Link((Expression(terms),), strong, registered, found[0].row)


_RUN_TOGETHER = re.compile(r"(?:合|共|统共|一并|合计|合起来|加起来|一共|总共|共计|相加|合并)")
_PAUSE = re.compile(r"[^，。；：（）()]*[、和及与][^，。；：（）()]*")


def of_the_run(item: Item, context: Context, text: str, at: int) -> Link | None:
    """“科研机构4件、公益组织6件，合计占6.1%”: the sum of the counts that 、 joins just before `at`."""
    if not _RUN_TOGETHER.fullmatch(text.strip()):
        return None
    following = item.previous
    while following is not None and following.start >= at:
        following = following.previous
    run = 1
    while following is not None and (previous := following.previous) is not None:
        gap = following.lead[len(following.lead) - max(0, following.start - previous.end) :]
        if previous.start < item.sentence[0] or not _PAUSE.fullmatch(gap):
            break
        run, following = run + 1, previous
    if run == 1 and text.strip() == "共":
        # NOTE: “公开和部分公开34件，共占43.6%”: the one count is the sum already.
        return None
    return _sum_before(item, context, at, run) if run > 1 else Link((), False)


def closing_total(item: Item, context: Context) -> Link | None:
    """“予以公开3件、不予公开1件，总计4件”: the total row of the list that has just ended."""
    label = item.label.strip()
    these = of_these(item, context, item.lead[-16:], item.start)
    if these is not None:
        ours = these.expressions and these.expression.operands[0].startswith("requests/")
        return these if ours else None
    these_all = _ALL_THESE.fullmatch(label)
    totalled = _TOTALLED.search(label) and _CLOSING.fullmatch(label)
    if item.previous is None or not (these_all or totalled):
        return None
    link = context.links.get(id(item.previous))
    if link is None or link.registered or item.start - item.previous.end > 12:
        return None
    table, row, column = (*link.expression.operands[0].split("/"), "", "")[:3]
    if table != "requests":
        return None
    if column != "total":
        return Link(
            (requests(context.request_row), requests("received"), requests("handled")),
            row="closing",
        )
    if row in {"received", "carried_over"}:
        return Link((requests("handled"),), row="handled") if _both(item, context) else None
    if row.split(".")[0] in ENDINGS:
        sure = not these_all and _of_several_groups(item, context)
        return Link((requests("disposed"),), sure, row="closing")
    return None


def _of_several_groups(item: Item, context: Context) -> bool:
    """Whether outcomes of several kinds were listed: “信访类12件与重复申请5件，合计17件” sums one kind."""
    links = (context.links.get(id(one)) for one in item.earlier())
    rows = {link.row.split(".")[0] for link in links if link is not None}
    return len(rows.intersection(ENDINGS)) > 1


# “连上年结转计24件”, “加上去年转来的共24件”: what came in and what was carried over, together.
_ADDED = re.compile(r"(?:连同?|加上?|含|包括|算上|并入|并上|合并|计入|纳入)[^，。；、]{0,16}$")
_SUMMED = re.compile(
    r"(?:的|来|申请|事项|件|在内|后|者)*(?:合计|共计|总计|总共|一共|合共|累计|共|计|总数|总量)(?:为|有|达|应办|需办|办理)?"
)


def summed_with(added: str, tail: str) -> bool:
    """Whether what a label adds is summed up at once: 连上年结转 + 计."""
    return bool(_SUMMED.fullmatch(tail) and _ADDED.search(added))


def _both(item: Item, context: Context) -> bool:
    """Whether the sentence has named what came in and what was carried over."""
    named: set[str] = set()
    for previous in item.earlier():
        link = context.links.get(id(previous))
        if link is not None:
            named.add(link.row)
    return {"received", "carried_over"} <= named
