"""Rows of table three that only the words behind a number name: “1件待征求意见后答复”, “其余8件均予公开”."""

import re

from report_writer.facts.linking.lexicon import REQUESTS
from report_writer.facts.linking.naming import clause_before, next_said, relative
from report_writer.facts.text.frames import Item

_PEOPLE = frozenset({"人", "名", "位", "家", "户"})
# “61件申请未产生结转”: a row that is denied is not the row that is counted.
_DENIED = re.compile(r"(?:未|没有|没|无|不)(?:曾|再)?(?:产生|发生|出现|形成|存在|涉及|有|需)?$")
_NEXT_CLAUSE = re.compile(r"[^，：；]{0,14}(?:，[^，：；]{0,14})?")
# “8件申请中”, “3件公开申请均由专人办理”: the requests, unless they are some of those counted before.
_ASKED = re.compile(
    r"\s?(?:政府信息公开|公开|信息公开|依申请公开)?申请(?:事项)?\s*(?:均|都|全部|已|皆|由|系|为|来自|是|$|(?P<of>[当之]?中|里))"
)
_OR = re.compile(r"或|和|与|及|、")
_CLOSED = re.compile(r"不再处理")
_SOME = re.compile(r"其中|其[余他它]|另|余下|剩|当中|里")
_TAIL_ROWS = re.compile(
    r"^(?:withheld|unable_to_provide|not_processed|otherwise_closed|disclosed|carried_)"
)


_ENDED_SO = re.compile(
    r"(?:均|都|分别|则)*(?:为|是|属|系|作)[^，。；、\d]{2,8}(?:、[^，。；、\d]{2,8})*(?:或者?|和|及|与|以及)[^，。；、\d]{2,8}(?=[，。；]|$)"
)


def row_after(item: Item, year: int) -> tuple[tuple[str, ...], bool]:
    """Read “1件待征求意见后答复”, “2件因涉密，不予公开”: the words behind a number without a name."""
    following = next_said(item)
    reach = following.start if following else item.sentence[1]
    text = said_behind(item)
    room = item.rest[: max(0, min(reach, item.sentence[1]) - item.end)]
    if following is not None and following.start < item.sentence[1]:
        # NOTE: the clause in which the next number stands names that number, not this one.
        room = room[: max(room.rfind(mark) for mark in "，；、：（") + 1]
    if item.quantity is not None and item.quantity.unit in _PEOPLE:
        return (), False
    ended = _ENDED_SO.match(item.rest) if _SOME.search(item.label) else None
    if ended is not None:
        # NOTE: “其余60件为公开、部分公开或无法提供”: all of these together.
        rows = tuple(dict.fromkeys(m[2] for m in REQUESTS.matches(ended[0])))
        if len(rows) > 1:
            return rows, True
    if re.match(r"\s?(?:公开)?申请(?:事项)?(?:由|系|来自)", text):
        return ("received",), True
    asked = None if _SOME.search(item.label) else _ASKED.match(text)
    if asked is not None and asked["of"]:
        # NOTE: “20件申请中，公开、部分公开分别为…”: what became of parts of them stands behind.
        return ("received",), False
    for scope in (text, _NEXT_CLAUSE.match(room)[0]):  # type: ignore[index]
        words = relative(scope, year)
        found = [
            m
            for m in REQUESTS.matches(words)
            if _TAIL_ROWS.match(m[2]) and not _DENIED.search(words, 0, m[0])
        ]
        if found:
            closed = _CLOSED.search(scope) and REQUESTS.matches(clause_before(item))
            if closed and closed[-1][2].startswith("otherwise_closed."):
                # NOTE: “申请人逾期未缴，1件不再处理”: the form says 不再处理 of two groups.
                return (closed[-1][2],), True
            reasons = tuple(dict.fromkeys(m[2] for m in found if "." in m[2]))
            if len(reasons) > 1 and _OR.search(words, found[0][1], found[-1][0]):
                # NOTE: “其余3件涉及国家秘密或社会稳定”: for either reason.
                return reasons, False
            part = next((m for m in found if "." in m[2]), None)
            group = next((m for m in found if "." not in m[2]), None)
            if part and part[2].startswith("otherwise_closed.") and _CLOSED.search(scope):
                # NOTE: “2件因逾期不补正不再处理”: the form says 不再处理 of two groups.
                return (part[2],), True
            if part and (group is None or part[2].startswith(group[2] + ".")):
                return (part[2],), True
            # NOTE: “2件为尚在讨论的草案，暂不公开”: a reason the form words otherwise, perhaps.
            return ((group or found[0])[2],), scope is text or not text.strip()
    if re.match(r"\s?(?:为|是|系)(?:本年|当年)?新收", text):
        return ("received",), True
    if asked is not None:
        return ("received",), True
    return (), False


def said_behind(item: Item) -> str:
    """Return the words right behind a number, be they a claim of their own: “2件”“未审结”."""
    return item.after or _claimed(item)


def _claimed(item: Item) -> str:
    """Return the claim that follows a number at once: “其余8宗”“均为予以公开”."""
    following = item.following
    if following is None or following.claim is None or following.start != item.end:
        return ""
    return following.claim.text
