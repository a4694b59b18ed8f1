"""Which rows of table three the words before a number name: the nearest, a part before its group, or several."""

import re

from report_writer.facts.linking.context import Context
from report_writer.facts.linking.lexicon import (
    OTHER_MATTERS,
    REQUESTS,
)
from report_writer.facts.linking.naming import (
    clause_before,
    last_number,
    qualified,
    relative,
    wide_label,
)
from report_writer.facts.linking.siblings import AND_SUCH
from report_writer.facts.linking.totals import summed_with
from report_writer.facts.sheet import ENDINGS
from report_writer.facts.text.frames import Item
from report_writer.forms.ogi_2021 import OUTCOME_GROUPS

_GROUPS = frozenset(OUTCOME_GROUPS)
# “予以公开信息120条” counts what was opened, not how requests ended.
_OPENED = re.compile(r"信息|文件|目录|事项|内容|材料|栏|指南")
_REASONS = ("withheld.", "unable_to_provide.")
_BEHIND = 60
_AGAIN = re.compile(r"后|再|又|重新|另行")
_OF_REQUESTS = re.compile(r"[的其了]?(?:政府)?(?:信息)?(?:公开)?")
_COORDINATED = re.compile(r"(?:的|类)?(?:申请)?(?:和|及|与|或|以及|、|加)(?:者)?(?:依法)?")
_TAKEN_AS = re.compile(r"视[为同作]|放弃|撤回")
# “以部分公开方式答复”
_BY = re.compile(r"(?:的|类)?(?:(?:方式|形式)(?:予以|给予|进行|作出)?)?")
_TOGETHER = re.compile(r"(?:共|合|合计|总计|共计|一共|总共)(?:为|有|是)?\s*$")
_STATES = frozenset({"disposed", "handled", "carried_over", "carried_forward"})


def _reasons_at_hand(item: Item, context: Context, about: bool) -> tuple[str, ...]:
    """Return the groups whose reasons need no word of their own here: 国家秘密2件 among outcomes.

    信访 and 投诉 are matters of many kinds; in a list headed by 不予处理 they are its reasons.
    """
    listed = about or context.topic == "requests"
    if not listed:
        listed = any(m[3] for m in REQUESTS.matches(item.lead[-80:]))
    groups: tuple[str, ...] = _REASONS if listed else ()
    # NOTE: “内部事务5件、过程性信息3件，依照第十六条不予公开”: the group is named behind its reasons.
    behind = () if item.after.strip() else REQUESTS.matches(item.rest[:_BEHIND])
    groups += tuple(f"{m[2]}." for m in behind if m[3] and m[2] in _GROUPS)
    previous = last_number(item)
    link = context.links.get(id(previous)) if previous is not None else None
    if link is not None and previous is not None and previous.start >= item.sentence[0]:
        group = link.row.split(".")[0]
        groups += (f"{group}.",) if group in _GROUPS else ()
    return groups


# “公开、部分公开105件”: the first has no number of its own.
_BOTH_OPEN = re.compile(
    r"(?<!申请)(?<!主动)(?<!信息)公开(?:类|的)?(?:、|和|及|与)(?:可以?|能|予以|准予|给予|依法)*部分公开[^各]{0,6}$"
)
_Match = tuple[int, int, str, bool]


def rows_of(item: Item, context: Context, label: str, about: bool) -> tuple[tuple[str, ...], bool]:
    """Return the rows the words before a number name: one, or several whose sum is meant."""
    said = REQUESTS.matches(label)
    if not said:
        return (), False
    # NOTE: which reasons are at hand matters where one is named.
    named = any("." in m[2] for m in said)
    reasons = _reasons_at_hand(item, context, about) if named else ()
    row, strong, found = _row(label, about, reasons)
    if not row:
        return (), False
    wide = relative(wide_label(item), context.year)
    group = _group_of(row, label)
    if group and AND_SUCH.search(label):
        return (group,), strong
    if group:
        if _TOGETHER.search(label):
            label = wide
        for text in (label, wide, relative(clause_before(item), context.year)):
            parts = dict.fromkeys(
                m[2] for m in REQUESTS.matches(text) if m[2].split(".")[0] == group and "." in m[2]
            )
            if len(parts) == 1 or (parts and text != label and text != wide):
                return (next(iter(parts)),) if len(parts) == 1 else (row,), strong
            if parts:
                return tuple(parts), strong
    if row in ENDINGS and item.named is None:
        joined = joined_rows(label, found) or (
            joined_rows(wide, REQUESTS.matches(wide)) if _TOGETHER.search(label) else ()
        )
        if not joined and row == "disclosed_in_part" and _BOTH_OPEN.search(wide):
            return ("disclosed_in_full_or_part",), strong
        if joined:
            return joined, strong
    return (row,), strong


def _group_of(row: str, label: str) -> str:
    """Return the group a chosen row is or belongs to; the form says 不再处理 of two groups."""
    group = row.split(".")[0]
    if group == "not_processed" and "不再处理" in label:
        return "otherwise_closed" if "." not in row else group
    return group if group in _GROUPS else ""


def joined_rows(text: str, found: tuple[_Match, ...]) -> tuple[str, ...]:
    """Return two or more outcomes of `found` that stand joined at the end of a text: 不予公开和无法提供."""
    rows: list[str] = []
    following: _Match | None = None
    for match in reversed(found):
        if match[2] not in ENDINGS:
            break
        if following is not None and not _COORDINATED.fullmatch(text[match[1] : following[0]]):
            break
        rows.insert(0, match[2])
        following = match
    return tuple(dict.fromkeys(rows)) if len(set(rows)) > 1 else ()


def _row(label: str, about: bool, reasons: tuple[str, ...]) -> tuple[str, bool, tuple[_Match, ...]]:
    """Return the row the words before a number name: the nearest, a part before its group."""
    found = tuple(
        m
        for m in REQUESTS.matches(label)
        if (m[3] or about or m[2].startswith(reasons) or _before_group(m, label))
        and not OTHER_MATTERS.search(label, m[1])
        and not (m[2].startswith("disclosed") and _OPENED.search(label, m[1]))
    )
    if any(m[2] != "worked_on" for m in found):
        found = tuple(m for m in found if m[2] != "worked_on")
    if not found:
        return "", False, ()
    best = found[-1]
    if _REMAINDER.fullmatch(label, best[0], best[1]):
        return "", False, ()
    if best[2] == "carried_over" and summed_with(label[: best[1]], label[best[1] :]):
        return "with_carried", True, found
    if best[2] in {"received", "worked_on"} and len(found) > 1 and "申请" in label[best[0] :]:
        # NOTE: “办结申请”, “不予处理的申请” name what became of the requests, not that they came in.
        earlier = found[-2]
        if (earlier[2] in _STATES and not _AGAIN.search(label, earlier[1], best[0])) or (
            earlier[3] and _OF_REQUESTS.fullmatch(label, earlier[1], best[0])
        ):
            best = earlier
    if best[2] == "received" and len(found) > 1 and "." in found[-2][2]:
        # NOTE: “逾期未补正视为放弃申请”: the noun belongs to what became of the request.
        ended = _TAKEN_AS.search(label, found[-2][1], best[0])
        best = found[-2] if ended and label.startswith("申请", best[0]) else best
    if best[2] == "disposed" and len(found) > 1 and _BY.fullmatch(label, found[-2][1], best[0]):
        # NOTE: “按无法提供答复1件” says what the answer was.
        best = found[-2] if found[-2][2].split(".")[0] in ENDINGS else best
    for part in reversed([m for m in found if "." in m[2]]):
        group = part[2].split(".")[0]
        if best[2] in {group, _ALSO.get(group)} and _AND_OTHERS.search(label, part[1], best[0]):
            # NOTE: “因不掌握等缘由无法提供7件”: the reason is but an example of its group.
            break
        if best[2] in {group, _ALSO.get(group)} or (best[2] == "disclosed" and not best[3]):
            best = part
            break
    if "." in best[2] and not reasons and not _standing(best[2], label):
        return "", False, ()
    group = best[2].split(".")[0]
    kin = [m[1] for m in REQUESTS.matches(label) if m in found or m[2].split(".")[0] == group]
    return best[2], qualified(label, max(kin)) is None, found


_AND_OTHERS = re.compile(r"等(?:原因|缘由|缘故|理由|事由|情形|情况|因素)?(?:而|被|予以|依法)*$")
# “余下3件公开” says only behind the number what became of the rest.
_REMAINDER = re.compile(r"余下|剩余|其余|尚余")
# The form's reasons of 其他处理 end in 不再处理, a word it uses for 不予处理 as well.
_ALSO = {"otherwise_closed": "not_processed"}


def _before_group(match: _Match, label: str) -> bool:
    """Whether a reason leads up to its own group: “属于信访举报投诉而不予处理”."""
    group = match[2].split(".")[0]
    return "." in match[2] and any(
        m[3] and m[2] in {group, _ALSO.get(group)} and m[0] >= match[1]
        for m in REQUESTS.matches(label)
    )


def _standing(row: str, label: str) -> bool:
    group = row.split(".")[0]
    return any(m[2] == group for m in REQUESTS.matches(label))
