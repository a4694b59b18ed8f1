"""Columns of table three: which row an applicant's number breaks down, and what 其他 stands for."""

import re
from dataclasses import replace

from report_writer.facts.expressions import Expression
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.linking.lexicon import APPLICANTS
from report_writer.facts.linking.naming import last_number, wide_label
from report_writer.facts.sheet import FLOW_ROWS, requests
from report_writer.facts.text.bodies import plain_part
from report_writer.facts.text.frames import Item

# What may stand between an applicant and the row his requests belong to: “自然人申请中予以公开”.
_BETWEEN = re.compile(
    r"(?:类|提出|提交|递交|的|政府|信息|公开|申请|事项|件|中|里|被|获|依法|已|均|共|来自|方面){0,8}"
)
_OPENED = re.compile(
    r"其中|包括|包含|分别|分为|构成|[（(：:]|按[^，。；]{0,8}|从[^，。；]{0,8}(?:看|分|来)|[中里][，,]"
)
_BREAKABLE = frozenset({"received", "handled", "worked_on"})
_OUTCOMES = (
    "disclosed",
    "withheld",
    "unable_to_provide",
    "not_processed",
    "otherwise_closed",
)
_BARE_OTHER = re.compile(r"(?:以及|及|和|与|另有)?其[他它](?:情形|类|情况|的)?(?:有|为|共)?")


def column_of(label: str) -> str:
    """Return the column the last applicant of a label names, or nothing."""
    found = APPLICANTS.matches(label)
    return found[-1][2] if found else ""


def ends_there(item: Item, column: str, context: Context) -> bool:
    """Whether “其他3件” names a column: “其他两份所涉档案未移交” speaks of two of those before.

    A bare 其他 closes the list it stands in, and means applicants only behind an applicant.
    """
    if column != "other":
        return True
    if item.after.strip():
        return False
    bare = item.named is None and _BARE_OTHER.fullmatch(item.label.strip(" +＋"))
    link = _sibling(item, context) if bare else None
    if not bare:
        return True
    table, _, column = (*link.expression.operands[0].split("/"), "", "")[:3] if link else ("",) * 3
    return table == "requests" and column != "total"


def _sibling(item: Item, context: Context) -> Link | None:
    """Return the link of the count just before in the sentence; None where nothing names that count."""
    previous, begin = item.previous, item.sentence[0]
    if previous is not None and previous.end + 1 == begin == item.clause[0]:
        # NOTE: a list may be divided by ；, which ends a sentence elsewhere.
        begin = previous.sentence[0]
    while previous is not None and previous.start >= begin:
        if previous.quantity is not None and previous.quantity.kind == "count":
            link = context.links.get(id(previous))
            return link if link is not None and link.expression.function is None else None
        previous = previous.previous
    return None


_OF_THEIR_KIND = frozenset({"company", "research", "public_interest", "legal_service"})
_SIDE_BY_SIDE = re.compile(r"[、，]\s?[^，。；、：（）()]*")


def beside_its_kind(item: Item) -> bool:
    """“法人6件、律所2件”: 法人 beside another organisation cannot be all of them."""
    if column_of(item.label) != "organisation" or item.named is not None:
        return False
    following = item.following
    behind = item.rest[: following.start - item.end] if following is not None else ""
    ahead = item.previous.before if item.previous is not None else ""
    near = [behind] if _SIDE_BY_SIDE.fullmatch(behind) and "其中" not in behind else []
    if item.lead[-len(item.before) - 1 :][:1] in {"、", "，"} and "其中" not in item.before:
        near.append(ahead)
    return any(column_of(text) in _OF_THEIR_KIND for text in near)


_FROM = re.compile(r"\s?(?:来自|出自|由|系|为|是|属|均为|均系)")


def column_after(item: Item) -> str:
    """Read “3件来自商业企业”, “5件个人、2件企业”."""
    alone = APPLICANTS.matches(item.after)
    if alone and alone[0][:2] == (0, len(item.after.rstrip())):
        return alone[0][2]
    if _FROM.match(item.after):
        found = APPLICANTS.matches(item.after)
        # NOTE: “2件系索道公司所有” names who owns what was asked for.
        return found[0][2] if found and not _OWNED.match(item.after, found[0][1]) else ""
    return ""


def joined_behind(item: Item, context: Context) -> Link | None:
    """“6件来自社会公益组织和法律服务机构” is the sum of both; “3件由企业和合作社提出” is at least no single column."""
    # NOTE: the names may be divided by 、, where the words right behind a number end.
    behind = re.split(r"[，。；\d]", item.rest)[0]
    found = APPLICANTS.matches(behind) if _FROM.match(behind) else ()
    if not found or not _AND.match(behind, found[0][1]):
        return None
    columns, last = [found[0][2]], found[0]
    for match in found[1:]:
        if not _AND.fullmatch(behind, last[1], match[0]):
            break
        columns.append(match[2])
        last = match
    row = context.request_row or "received"
    together = tuple(term for c in dict.fromkeys(columns) for term in requests(row, c).terms)
    sure = len(set(columns)) > 1 and not _AND.match(behind, last[1])
    return Link((Expression(together),), sure, row=row)


_AND = re.compile(r"(?:[和与及、]|以及)(?:其[他它])?")


_OWNED = re.compile(
    r"(?:所有|拥有|持有|保管|保存|掌握|制作|经营|(?:的)?(?:资料|材料|信息|商业秘密))"
)


# “申请人以个人为主，702件”: the number's name stands in the clause before.
_CHIEF = re.compile(
    r"(?:以(?P<chief>[^，。；\d]{2,8})(?:提出|提交|申请)?(?:的)?为主|(?:主要|多数|大多|最多的)(?:是|为|来自)(?P<main>[^，。；\d]{2,8})|(?P<most>[^，。；\d]{2,8}?)(?:居多|最多|占多数|占大头|居首))，(?:共|计|有|达|为|提出|提交|递交|申请|了)*$"
)


def chief_applicant(item: Item) -> str:
    """Return the column of the applicant that the clause before a number calls the chief one."""
    named = _CHIEF.search(item.lead)
    if named is None:
        return ""
    text = next(name for name in named.groups() if name)
    found = APPLICANTS.matches(text)
    return found[0][2] if len({m[2] for m in found}) == 1 else ""


def belongs(label: str, start: int, end: int) -> str:
    """Return the column of the applicant beside the row word at start…end: 自然人申请予以公开."""
    for first, last, column, _ in APPLICANTS.matches(label):
        between = label[last:start] if last <= start else label[end:first]
        if _BETWEEN.fullmatch(between):
            return column
    return ""


# “自然人申请4件中公开3件、不掌握1件”: what became of one applicant's requests.
_OF_THESE = re.compile(r"[当之]?[中里]|，?其中")


def of_one_applicant(item: Item, link: Link, context: Context) -> Link:
    """Return an outcome's link, held to the applicant whose requests the text has just counted or named."""
    outcome = link.row.split(".")[0] in _SORTING
    column = _counted_just_now(item, context)
    sure = link.strong and outcome and not column
    if not column and (outcome or (item.bracketed and link.row in FLOW_ROWS)):
        # NOTE: “企业计86件（新收84件、结转2件）”: the flow in brackets is theirs as well.
        column = _whose_outcomes(item, context)
    if not column:
        return link
    own = tuple(
        Expression(tuple((s, f.rpartition("/")[0] + "/" + column) for s, f in e.terms))
        for e in link.expressions
    )
    return replace(link, expressions=(*own, *link.expressions), strong=sure)


def _counted_just_now(item: Item, context: Context) -> str:
    previous = item.previous
    while previous is not None and previous.start >= item.clause[0]:
        if id(previous) in context.links and _OF_THESE.match(previous.after):
            return _own_column(previous, context)
        previous = previous.previous
    return ""


# “企业申请的事项中，予以公开3件”: whose requests the clauses behind sort by outcome.
_WHOSE = re.compile(
    r"(?:^|[，；：。])(?:其中|在)?(?P<who>[^，。；：、\d]{2,8}?)(?:所)?(?:提出|提交|递交)?(?:的)?(?:公开)?申请(?:的)?(?:公开)?(?:事项|件)?(?:当?中|里|方面|(?:办理)?(?:情况|结果))[，：][^。；]*$"
)
_ON = re.compile(r"[、，和及与以]")
_SORTING = frozenset({*_OUTCOMES, "disclosed_in_part", "disclosed_in_full_or_part"})


def _whose_outcomes(item: Item, context: Context) -> str:
    """Return the column of the applicant whose requests an outcome sorts, or nothing where it is all of them.

    “自然人9件（予以公开6件、不予公开3件）”, “自然人申请获公开3件、获部分公开2件”
    """
    previous = last_number(item)
    if item.bracketed:
        while previous is not None and previous.start >= item.clause[0]:
            previous = last_number(previous)
        return (
            _own_column(previous, context)
            if previous and item.clause[0] - previous.end <= 1
            else ""
        )
    whose = _WHOSE.search(item.lead)
    if whose and len({m[2] for m in APPLICANTS.matches(whose["who"])}) == 1:
        return column_of(whose["who"])
    if previous is None or previous.start < item.sentence[0]:
        return ""
    gap = item.lead[len(item.lead) - (item.start - previous.end) :]
    link = context.links.get(id(previous))
    if link is None or link.row in FLOW_ROWS or not _ON.match(gap) or "）" in gap:
        return ""
    return _own_column(previous, context)


def _own_column(item: Item, context: Context) -> str:
    """Return the one applicant's column a number was linked to, or nothing."""
    link = context.links.get(id(item))
    columns = {fact.split("/")[-1] for fact in link.expression.operands} if link else set()
    ours = link is not None and link.expression.operands[0].startswith("requests/")
    return columns.pop() if ours and len(columns) == 1 and "total" not in columns else ""


def plainly_named(label: str) -> bool:
    """Whether nothing narrows the last applicant of a label: “本地居民”, “省外企业”."""
    found = APPLICANTS.matches(label)
    rest = label[: found[-1][0]] if found else ""
    for start, end, _, _ in reversed(APPLICANTS.matches(rest)):
        rest = rest[:start] + rest[end:]
    return plain_part(rest, room=0)


def broken_down(item: Item, column: str, context: Context) -> Link:
    """Return the cells an applicant without a row of his own may mean: his share of the list's head."""
    head, opened = _head(item, context)
    rows = [context.request_row]
    if head is not None and head.row not in _BREAKABLE:
        row = {"closing": "disposed", "faint": context.request_row}.get(head.row, head.row)
        loose = row in {"disposed", "carried_forward"}
        rows = [row, *(rows if loose else ())] if opened else [*rows, row]
    if rows == ["handled"] and not opened:
        # NOTE: behind “新收…，加上年结转…，应办…” the applicants may be those of either total.
        rows.append("received")
    options = [requests(row, column) for row in dict.fromkeys(rows)]
    strong = item.named is not None or plainly_named(item.label)
    return Link(tuple(options), strong, row=rows[0])


_JOINT = re.compile(r"(?P<other>[^，。；、和与及的\d]{2,10})(?:[和与及、]|以及)(?:其[他它])?$")


def joined_applicants(item: Item, column: str, row: str, context: Context) -> Link | None:
    """“企业及法律服务机构40件” is the sum of both; “农户和企业共5件” is at least no single column."""
    text = wide_label(item)
    found = APPLICANTS.matches(text)
    if item.named is not None or not found or found[-1][2] != column or row not in FLOW_ROWS:
        return None
    if len(found) > 1 and found[-2][2] == column and text[found[-2][1] : found[-1][0]] == "等":
        # NOTE: “律师事务所等法律服务机构” are one kind.
        found = (*found[:-2], (found[-2][0], *found[-1][1:]))
    joint = _JOINT.search(text, 0, found[-1][0])
    if joint is None or re.search(r"各|分别", text[found[-1][1] :]):
        return None
    columns, last = [column], found[-1]
    for match in reversed(found[:-1]):
        if not re.fullmatch(r"(?:[和与及、]|以及)(?:其[他它])?", text[match[1] : last[0]]):
            break
        columns.insert(0, match[2])
        last = match
    if len(columns) == 1:
        return Link((requests(row), requests(row, column)), False, row=row)
    together = tuple(term for c in dict.fromkeys(columns) for term in requests(row, c).terms)
    context.request_row = row if row in {"received", "handled"} else context.request_row
    return Link((Expression(together), requests(row)), row=row)


def _head(item: Item, context: Context) -> tuple[Link | None, bool]:
    """Return the nearest count of the sentence that is itself no applicant's, and whether a list opens behind it."""
    first = item
    for previous in item.earlier():
        link = context.links.get(id(previous))
        gap = item.lead[len(item.lead) - (item.start - previous.end) :]
        aside = gap.count("）") > gap.count("（")
        if link is not None and not aside and link.expression.function is None:
            terms = [fact.split("/") for fact in link.expression.operands]
            if any(parts[0] != "requests" for parts in terms):
                return None, False
            if (
                first is item
                and link.strong
                and terms[0][2] != "total"
                and terms[0][1] not in _BREAKABLE
            ):
                return Link(link.expressions, row=terms[0][1]), True
            if all(parts[2] == "total" for parts in terms):
                at = item.start - len(item.lead)
                gap = item.lead[max(0, previous.end - at) : max(0, first.start - at)]
                return link, bool(_OPENED.search(gap.rstrip() if first is item else gap))
            first = previous
    return None, False


def other_of_list(item: Item, context: Context) -> Link | None:
    """Return what “其他3件” closes: a list of outcomes, of reasons, or (None) of applicants."""
    if item.after.strip() or not _BARE_OTHER.fullmatch(item.label.strip(" +＋")):
        return None
    link = _sibling(item, context)
    closed = None if link is None else _closes(link)
    if closed is not None and link is not None and not link.strong:
        # NOTE: “人事2份、其他1份” may sort by what was asked; a doubtful sibling proves no list.
        closed.strong = False
    return closed


def _closes(link: Link) -> Link | None:
    table, row, column = (*link.expression.operands[0].split("/"), "", "")[:3]
    if table != "requests" or column != "total":
        return None
    if row.startswith("otherwise_closed."):
        return Link((requests("otherwise_closed.other"),), row="otherwise_closed.other")
    if row.split(".")[0] in _OUTCOMES or row == "disclosed_in_part":
        options: tuple[Expression, ...] = (
            requests("otherwise_closed"),
            requests("otherwise_closed.other"),
        )
        return Link(options, row="otherwise_closed")
    return None
