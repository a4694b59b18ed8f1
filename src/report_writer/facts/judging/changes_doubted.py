"""Changes that are of another thing than was read: of a count nobody knows, or of a noun no table has.

“网上提交30件，较上年增加5件” is of the thirty; “政府公报6期，发行量减少两成” of the copies. Such a change is left open.
"""

import re

from report_writer.domain.findings import Status
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.label_words import telling_words
from report_writer.facts.linking.lexicon import (
    APPLICANTS,
    OUTCOMES_OF_REMEDIES,
    PROACTIVE,
    REMEDIES,
    REQUESTS,
    VERBS,
)
from report_writer.facts.linking.lexicon_faint import asked_for
from report_writer.facts.text.movements import says_only_how_many, what_moves

_BESIDE = 26
_AVERAGED = re.compile(r"[年月日周季人户场均]均|平均|每")
_OF_THE_FORM = {
    "requests": (REQUESTS, APPLICANTS),
    "remedies": (REMEDIES, OUTCOMES_OF_REMEDIES, REQUESTS),
    "proactive": (PROACTIVE, VERBS),
}
_IN_SHORT = re.compile(r"许可|处罚|强制|文件|规章|收费|复议|诉讼|应诉")


def release_doubtful_changes(entries: list[Entry]) -> None:
    """Take back accusations of changes that their own words, or the number before, give to another thing."""
    for index, entry in enumerate(entries):
        derived = entry.derived
        if entry.status is not Status.CONTRADICTED or entry.item.quantity is None:
            continue
        if derived is None or not derived.change or re.search(r"\d", entry.item.left):
            continue
        words = what_moves(entry.item.left)
        if words is None:
            continue
        if _AVERAGED.search(entry.item.left) or (
            _follows_unknown(entries, index)
            if says_only_how_many(words)
            else not _is_told(words, entry)
        ):
            entry.release()


def _follows_unknown(entries: list[Entry], index: int) -> bool:
    """Whether the number right before, of which the change is said, is one nothing has explained."""
    item = entries[index].item
    for other in reversed(entries[:index]):
        if other.item.start < item.sentence[0] or item.start - other.item.end > _BESIDE:
            return False
        if other.item.quantity is None:
            continue
        if other.derived is not None and other.derived.change:
            continue
        return other.status is Status.UNACCOUNTED
    return False


def _is_told(words: str, entry: Entry) -> bool:
    """Whether what a clause says has changed is what was read: words of the form, or of the fact's label."""
    labels = [f.split("facts/")[-1] for f in entry.facts if "facts/" in f]
    if labels:
        return any(telling_words(words) & telling_words(label) for label in labels)
    if _IN_SHORT.search(words):
        return True
    tables = {fact.split("/")[-3] for fact in entry.facts if fact.count("/") > 1}
    if "requests" in tables and asked_for(words):
        return True
    return any(one.matches(words) for table in tables for one in _OF_THE_FORM.get(table, ()))
