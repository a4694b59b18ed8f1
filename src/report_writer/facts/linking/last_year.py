"""Counts of last year inside the text: “由上年的10件增至12件”, “较上年22例减少5例”."""

import re
from dataclasses import replace

from report_writer.domain.units import base_unit
from report_writer.facts.expressions import PREVIOUS, a_year_before, a_year_later
from report_writer.facts.linking.applicants import column_after
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.linking.counts import link_count, previous_count
from report_writer.facts.linking.lexicon_faint import asked_for
from report_writer.facts.linking.named_facts import named_with_past
from report_writer.facts.linking.registered import past_of
from report_writer.facts.sheet import FactSheet, requests
from report_writer.facts.text.arrivals import naming_words
from report_writer.facts.text.frames import Item
from report_writer.facts.text.screening import compiled

_BEFORE_LAST_YEAR = re.compile(
    r"(?P<what>[^，。；]{2,}?)(?:则|却|也|亦|又|相应|随之|同步)*(?:由|从|较|比)(?:上|去|20\d{2}|\d|$)"
)
_RISEN_TO = compiled(
    r"(?:(?P<up>增[加长]?|上升|提高|[上跃攀提]?升|涨|添|加|蹿|扩[大充]?|攀)|(?P<down>减少?|回落|落|[下]?[降滑跌]|降低|[紧收]?缩减?|压减|压缩)|变)(?:到|至|为|成)\s?$"
)


def past_of_next(item: Item, registered: dict[int, Link], sheet: FactSheet) -> Link | None:
    """Link “公开信息由305条增至366条”: the first is last year's value of what the second registers."""
    if item.following is None or not _moves_on(item, item.before):
        return None
    own = registered.get(id(item.following))
    if own is None:
        own = named_with_past(naming_words(item.following), item.following, sheet)
        if own is not None:
            registered[id(item.following)] = own
    if own is None or not own.registered:
        return None
    before = past_of(own.expression.operands[0], sheet)
    return Link((before,), own.strong, True) if before is not None else None


def link_risen(item: Item, context: Context, own: Link | None = None) -> Link | None:
    """Link “由上年的10件增至12件”: this year's value of what the number before was last year."""
    if item.previous is None or not _arrives(item, item.previous.before):
        return None
    link = context.links.get(id(item.previous))
    if link is not None and link.registered and own is not None:
        return own
    if link is None or not all(fact.startswith(PREVIOUS) for fact in link.expression.operands):
        return None
    return Link((a_year_later(link.expression),), link.strong, link.registered, link.row)


# “结转上年18件”, “另有上年1件”: what came over from last year, not last year's count.
_KEPT = re.compile(
    r"(?:结转|接续|承接|接办|承|接|带入|并入|遗留|移交|转入|转自|另有|还有|另|加上?|算上|捎上|含|包括|连同?|其中|旧)(?:自)?(?:办理)?(?:上(?:一)?年(?:度)?|去年|20\d{2}年(?:度)?)(?:的)?\s*$|(?:上(?:一)?年(?:度)?|去年)(?:还|尚|仍)"
)


# “续办上年收到的1件”
_TAKEN_ON = re.compile(r"(?:接续|承接|承|接[手过]?|续|结转)(?:办理?)?$")
_SAID_OF_LAST_YEAR = compiled(
    r"(?<![较比与和同])(?:上(?:一)?年(?:度)?|去年)(?:同期)?(?P<what>[^，。；\d增减升降多少高低率]{2,10})$"
)


def _named_for_last_year(item: Item, context: Context) -> Link | None:
    """Link “上年办结8件”: last year's value of what stands between 上年 and the number."""
    said = _SAID_OF_LAST_YEAR.search(item.before)
    if said is None or item.named is not None or _FROM_THERE.search(said["what"] + item.after):
        return None
    if _TAKEN_ON.search(item.before, 0, said.start()):
        return None
    base = link_count(replace(item, named=said["what"]), context)
    if base is None or not base.strong or base.expression.function is not None:
        return None
    if any(fact.startswith(PREVIOUS) for fact in base.expression.operands):
        return None
    return Link((a_year_before(base.expression),), base.strong, base.registered, base.row)


_STILL = re.compile(r"(?:上(?:一)?年(?:度)?|去年)(?:还|尚|仍)有?$")
_FROM_THERE = re.compile(r"转|跨|遗留|留|未|没|待|旧|移交|延续|延|在办|结存|积|承")
# “结转上年18件”, “另有上年1件”: what came over from last year.
_CARRIED = re.compile(
    r"(?:结转|转自|转入|承接|接续|续办|遗留|留存|旧存|另有|另加|加上?|算上|捎上|连同?|含|包括|包含|并|及)(?:自|有|的|办理)?(?:上(?:一)?年(?:度)?|去年|20\d{2}年(?:度)?)(?:的)?\s*$"
)


def moves_against(item: Item) -> bool:
    """Whether “由9件增至5件” goes the other way than its own two numbers."""
    previous = item.previous
    if previous is None or previous.start < item.clause[0] or previous.quantity is None:
        return False
    risen = _RISEN_TO.search(item.before)
    if risen is None or not (risen["up"] or risen["down"]) or item.quantity is None:
        return False
    if not re.search(
        r"[由从](?:上(?:一)?年(?:度)?|去年|20\d\d年(?:度)?)?(?:同期)?(?:的)?\s?$", previous.before
    ):
        return False
    now, before = item.quantity, previous.quantity
    if now.amount is None or before.amount is None or now.kind != before.kind:
        return False
    if base_unit(now.unit)[0] != base_unit(before.unit)[0]:
        return False
    return now.amount <= before.amount if risen["up"] else now.amount >= before.amount


_FROM = re.compile(r"[由从](?:(?:上年|去年|20\d\d年)(?:度)?[末底]?|年初|期初)?(?:同期)?(?:的)?\s?$")


def _arrives(item: Item, before: str, *, alone: bool = False) -> bool:
    """Whether a number is where the one before, with these words before it, has gone: “增至5件”, “由4件到8件”."""
    said = item.before.strip()
    if said in {"到", "至", "到了"}:
        return bool(_FROM.search(before))
    return bool(_RISEN_TO.fullmatch(said) if alone else _RISEN_TO.search(item.before))


def _moves_on(item: Item, before: str) -> bool:
    """“由9件增至5件”: what stands behind 由 is last year's where the next number is where it went."""
    following = item.following
    return (
        bool(_FROM.search(before))
        and following is not None
        and following.start < item.clause[1]
        and _arrives(following, before, alone=True)
    )


_OF_LAST_YEAR = compiled(
    r"(?:较|比|同比|与)?(?:上(?:一)?年(?:度)?(?:同期)?|去年(?:同期)?)(?:的|为|是|有|则|还|仅|只|共|收到|受理|新收|登记)*\s*$"
)
_OF_YEAR = re.compile(r"(20\d{2})年(?:度)?(?:同期)?(?:的|为|是|则|也|亦|有|仅)*\s*$")


# “上年接9件”, “2022年不过3件”
_JUST_DATED = re.compile(
    r"(?:上(?:一)?年|去年|(?P<year>20\d\d)年)(?:度)?(?:同期)?(?:只有|不过|[^，。；、\d增减升降多少高低率转留遗余末底初])?[^，。；、\d增减升降多少高低率转留遗余末底初]{0,2}$"
)
# “较2023年末的388件”, “由36件”, “为上年（9件）的3倍”
_COMPARED_WITH = re.compile(
    r"(?:[较比与和同由从]|[为是])(?:上(?:一)?年|去年|20\d\d年|年初|期初)(?:度)?[末底]?(?:同期)?(?:的)?\s*$"
)
_FROM_HERE = re.compile(r"[由从]\s*$")
# “由96个开到96个”: whatever the verb, and behind it another number.
_TO_THERE = re.compile(r"\s?[^，。；、\d]{0,4}[到至成]\s?")
# “企业（3件变为7件）”
_BECOMES = re.compile(r"\s?(?:变[为成到]|增[加长]?[至到为]|升[至到]|[减降]少?[至到为])\s?")
_GOES = re.compile(r"\s?(?:[增减升降涨跌]|回落|下[降滑跌]|上升|提[高升]|扩|缩|压|攀升|变)")


def _before(item: Item) -> str:
    if item.bracketed and not item.before.strip():
        # NOTE: “较2022年（20件）” puts last year's value in brackets.
        return item.lead.rstrip("（( ")[-16:]
    return item.before


_CAME_OVER = re.compile(
    r"结转|转来|留存|遗留|顺延|^[^，。；\d]{0,4}[也亦均都][^，。；\d]{0,4}(?:办|答|结|回复)|一并|一起|一同"
)


# “较13件的上年数多4件”, “高于9件的去年水平”
_YEAR_BEHIND = re.compile(
    r"\s?的(?:上(?:一)?年度?|去年|前一年|往年)(?:同期)?(?:的)?(?:总|件)?(?:[数量]|水平|基数)"
)
_AGAINST = re.compile(r"(?:[较比与和同由从]|[多少高低]于|超过|不及|不足|不如)\s?$")


def _dated_behind(item: Item) -> bool:
    return bool(_AGAINST.search(item.before) and _YEAR_BEHIND.match(item.after))


# Without one of these nothing before a number says which year it is of.
_YEARLY = re.compile("[年期由从]")


def is_of_last_year(item: Item, year: int) -> bool:
    """Whether the words before a count of a report on `year` say that it is last year's."""
    if item.of_last_year is None:
        item.of_last_year = _says_last_year(item, year)
    return item.of_last_year


def _says_last_year(item: Item, year: int) -> bool:
    if not item.bracketed and not _YEARLY.search(item.before):
        return _BECOMES.fullmatch(item.after) is not None
    before = _before(item)
    dated = _JUST_DATED.search(before)
    if dated is not None:
        told = dated["year"] is None or int(dated["year"]) == year - 1
    elif is_compared(item):
        told = True
    else:
        said = _SAID_OF_LAST_YEAR.search(before)
        told = said is not None and not _FROM_THERE.search(said["what"])
    return told and not (_CARRIED.search(before) or _CAME_OVER.search(item.after[:6]))


def is_compared(item: Item) -> bool:
    """Whether a count is what another one is compared with: “较上年的9件”, “由9件”, “为上年（9件）的3倍”."""
    if _dated_behind(item) or _BECOMES.fullmatch(item.after):
        return True
    if _FROM_HERE.search(item.before):
        return bool(_GOES.match(item.after) or _TO_THERE.fullmatch(item.after))
    return bool(_COMPARED_WITH.search(_before(item)))


def said_of_last_year_alone(item: Item) -> bool:
    """Whether nothing but the year stands before a count: “，上年为2件”."""
    said = _OF_LAST_YEAR.match(item.before) or _OF_YEAR.match(item.before)
    return said is not None and said.end() == len(item.before)


def in_bracket_of_past(item: Item, year: int) -> bool:
    """Whether a count stands in brackets about last year: “（上年没有制发、只废止1件）”, “上年的3件（含企业2件）”."""
    _, opened, inside = item.lead.rpartition("（")
    if not item.bracketed or not opened or "）" in inside:
        return False
    if _OPENS_PAST.match(inside) or inside.startswith(f"{year - 1}年"):
        return True
    begin = item.start - len(inside) - 1
    head = item.previous
    while head is not None and head.end > begin:
        head = head.previous
    return head is not None and head.end == begin and is_of_last_year(head, year)


_OPENS_PAST = re.compile(r"(?:上(?:一)?年度?|去年|前一年)(?!结转|转|遗留|末|底)")


def has_moved(before: Item, now: Item) -> bool:
    """Whether “由9件增至5件” leads from the one item to the other."""
    return before.following is now and _moves_on(before, before.before)


_SUMMED = re.compile(r"(?:合计|共计|总计|总数|总量|[一总]?共|累计)(?:为|达|有)?$")


def _of_a_sum(item: Item, context: Context) -> bool:
    """“网站264条、新媒体395条，合计659条，较上年607条”: last year's value of a sum that has no name of its own."""
    previous = item.previous
    if previous is None or previous.start < item.sentence[0] or id(previous) in context.links:
        return False
    return _SUMMED.search(previous.before) is not None


def link_last_year(item: Item, context: Context) -> Link | None:
    """Link “较上年22例减少5例”: a plain count that stands for last year's value of what was just said."""
    before = _before(item)
    past_year = _OF_LAST_YEAR.search(before)
    if past_year and _TAKEN_ON.search(before, 0, past_year.start()):
        return None
    if past_year is None and not _dated_behind(item):
        years = _OF_YEAR.search(before)
        if (not years or int(years[1]) != context.year - 1) and not _moves_on(item, before):
            return _named_for_last_year(item, context)
    asked = re.match(r"\s?(?:政府)?(?:信息)?(?:公开)?(?:申请|来件)", item.after)
    if _CAME_OVER.search(item.after):
        return None
    if (_KEPT.search(before) or _CARRIED.search(before)) and not (asked and _STILL.search(before)):
        return None
    named = _BEFORE_LAST_YEAR.match(item.left)
    own = link_count(replace(item, named=named["what"]), context) if named else None
    moved = context.changed.get(id(item.previous)) if past_year and not named else None
    base = own if own is not None and own.strong else moved or previous_count(item, context) or own
    if base is None and asked:
        base = Link((requests("received"),), row="received")
    if base is None and _moves_on(item, before) and asked_for(item.lead):
        # NOTE: “来件却有所增加，由4件升至5件”
        base = Link((requests("received"),), False, row="received")
    column = column_after(item) if base is not None else ""
    if base is not None and column and base.expression == requests("received"):
        # NOTE: “上年则有1件由社会公益组织提出”
        base = Link((requests("received", column),), base.strong, row="received")
    if base is None or base.expression.function is not None:
        return None
    past = tuple(a_year_before(e) for e in base.expressions if e.function is None)
    if _of_a_sum(item, context):
        return None
    return Link(past, base.strong, base.registered, base.row)
