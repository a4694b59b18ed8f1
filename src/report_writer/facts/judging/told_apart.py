"""Readings that were forgiven though the sentence tells apart what they confuse.

“办结94件，结转38件”: what goes on behind what was done goes into the next year, and 38 was what came over. “公开4件，部分公开1件”:
who counts those disclosed in part by themselves has not counted them before. “新收68件，已办理68件”: done, not received.
"""

import re

from report_writer.domain.findings import Status
from report_writer.facts.expressions import Expression, total
from report_writer.facts.judging.entries import Entry
from report_writer.facts.sheet import FactSheet, is_outcome, requests

_GOES_ON = re.compile(
    r"(?:^|[，；、])?(?:共|另|尚|还|仍|已|均)?(?:结转|续办|转结)(?:申请)?(?:的)?(?:有|共)?$"
)
_AT_THE_END = re.compile(r"(?:年末|期末|年底|截至年底)[^，。；、\d]{0,8}$")
_CAME_OVER = re.compile(
    r"上年|去年|20\d\d年|年初|期初|往年|转[来入自]|承接|其中|含|包括|连同?|加上|计入|旧"
)
_DONE = re.compile(
    r"(?:已(?:经)?(?:办理|处理)|处理完|办完|办毕|办结)(?:完毕|完结)?(?:了)?(?:申请)?(?:的)?(?:共|有)?$"
)
_INSIDE = re.compile(r"\s?[，（(]?(?:其中|含|包括|内含)")
_IN_FULL = re.compile(r"(?<!部分)公开(?:了)?(?:的)?(?:有|共|为)?$")
_NEAR = 80
_DISCLOSED = total("requests/disclosed/total")
_BOTH = {"requests/disclosed/total", "requests/disclosed_in_part/total"}
_PART = {"requests/disclosed_in_part/total"}


def accuse_told_apart(sheet: FactSheet, entries: list[Entry]) -> None:
    """Accuse counts confirmed by a reading that another number of their sentence has taken or excludes."""
    for index, entry in enumerate(entries):
        if not entry.holds or entry.item.quantity is None or not entry.item.quantity.amount:
            continue
        meant = _meant(entry, entries, index)
        actual = sheet.evaluate(meant) if meant is not None else None
        if meant is None or actual is None or actual == entry.actual:
            continue
        if any(e.expression == meant and e.holds for e in entries):
            continue
        entry.settle(Status.CONTRADICTED, meant, actual)


def _meant(entry: Entry, entries: list[Entry], index: int) -> Expression | None:
    """Return what a count must mean after all, None where its reading may stand."""
    said, item = entry.expression, entry.item
    if said == requests("carried_over") and not _CAME_OVER.search(item.left):
        behind = _GOES_ON.search(item.label) and _is_behind_what_was_done(entries, index)
        return requests("carried_forward") if behind or _AT_THE_END.search(item.label) else None
    if set(entry.facts) == _BOTH and _IN_FULL.search(item.label):
        following = entries[index + 1] if index + 1 < len(entries) else None
        if following is None or not following.holds or not set(following.facts) & _PART:
            return None
        named = following.item.label.strip().startswith("部分公开")
        return _DISCLOSED if named and not _INSIDE.match(item.rest) else None
    if said == requests("received") and _DONE.search(item.label):
        sentence = [e for e in entries[:index] if e.item.sentence == item.sentence]
        stated = any(e.holds and e.expression == said and "收" in e.item.label for e in sentence)
        return requests("disposed") if stated else None
    return None


def _is_behind_what_was_done(entries: list[Entry], index: int) -> bool:
    """Whether the number before, near enough, tells what was done or how requests ended."""
    item = entries[index].item
    for other in reversed(entries[:index]):
        if item.start - other.item.end > _NEAR:
            return False
        rows = [fact.split("/")[1] for fact in other.facts if fact.startswith("requests/")]
        if other.holds and rows and other.item.quantity is not None:
            return all(row == "disposed" or is_outcome(row) for row in rows)
    return False
