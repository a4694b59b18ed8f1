"""Denials about what table two counts, in words that leave out its nouns: 旧文无一废止, 没有废止的, 强制手段备而未用."""

import re

from report_writer.facts.expressions import total
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.lexicon import PROACTIVE, VERBS
from report_writer.facts.linking.statement import Statement
from report_writer.facts.sheet import DOCUMENT_ROWS
from report_writer.facts.text.frames import Item

_UNUSED = r"(?:采取|实施|使用|动用|启用|施用|作出|用)"
_COERCED = re.compile(
    rf"(?:没有?|无|未[^，]{{0,4}}|(?:没有?|未曾?){_UNUSED}过?)(?:任何)?(?:行政)?强制(?!性|收|要求|备|检|报|规定|标准|公开)"
    r"|强制(?:措施|执行|手段|权|决定)?(?:一[次件起例项])?(?:[均也亦都皆则])?"
    rf"(?:(?:未曾?|没有?|从未|不曾)(?:{_UNUSED}|$)|备而未用|[为是]?(?:空白|挂零|全空|零)$)"
)


def denies_coercion(bare: str) -> bool:
    """Whether coercive measures are denied."""
    return _COERCED.search(bare) is not None


_PUNISHED = re.compile(
    r"(?:未|没有?|无|从未|不曾)(?:曾|再)?(?:罚过?(?:一[户家人起件宗例]|$)|开(?:出|具|过)?(?:一张)?罚单)|一[户家人起件宗例][也都]?(?:未|没有?)罚"
    r"|罚单(?:一张)?[也都]?(?:未|没有?)开(?!错|误)"
)


def denies_penalties(bare: str) -> bool:
    """Whether penalties are denied in a verb: 未罚一户, 罚单一张没开."""
    return _PUNISHED.search(bare) is not None


_OLD = r"(?:(?:旧|老|原有|存量|既有|往年)(?:的)?(?:文件?|文书|规章|规定)?)?"
_ADVERBS = r"(?:也|亦|均|都|皆|则|却|本年|年内|全年|当年|其间|期间)*"
_NONE = (
    r"(?:无一[件部份例]?|没有(?:一[件部份例]|任何)?|未(?:有|曾|予)*|无|零|一[件部份例][也都]?(?:未|没有?))"
    r"(?:(?:新|一)(?=\S{2})|(?:旧|老)?文件?(?=被|废|失)|规章(?=被|废|失)|被|宣布|予以|明令|依法)*"
)
_NOUN = r"(?:的|者|旧文件?|文件|规章|一[件部份]|情形|情况|记录)*"
_GONE = r"(?:(?:清理)?(?:废止|失效|废除)|废(?![旧弃物水]))"
# “没有废止的”, “旧文一件未废”: a verb alone, once the documents are named.
_DENIED_VERB = re.compile(
    rf"{_OLD}{_ADVERBS}{_NONE}(?P<verb>{_GONE}|(?:清理)?[^\s的者]{{2}}){_NOUN}"
)
# “废止的没有”, “废止、失效均无”
_VERB_DENIED = re.compile(
    rf"{_ADVERBS}(?P<verb>{_GONE}|(?:新?制[定发]|出台|印发))(?:[、和及与](?:废止|失效))?(?:的|者|数量?|件数|文件|情况|一[栏项])*"
    rf"{_ADVERBS}(?:没有|[为是]零|挂零|阙如|无|空白|[为全]空|未见|未有)"
)


def deny_documents(item: Item, bare: str, context: Context) -> Statement | None:
    """Return what a bare verb denies of the documents named before, or None."""
    denied = _DENIED_VERB.fullmatch(bare) or _VERB_DENIED.fullmatch(bare)
    if denied is None:
        return None
    gone = re.fullmatch(_GONE, denied["verb"]) is not None
    row = context.document_row or (_named_before(item) if gone else "")
    if gone and row:
        return Statement((total(f"proactive/{row}/repealed"),))
    if not context.document_row:
        return None
    named = VERBS.matches(denied["verb"])
    if not named or (context.document_sentence != item.sentence and named[0][2] != "repealed"):
        return None
    return Statement((total(f"proactive/{context.document_row}/{named[0][2]}"),))


def _named_before(item: Item) -> str:
    """Return the documents the sentence has named, if it named one kind: “规章制定、修订合计3件，…无一废止”."""
    rows = {m[2] for m in PROACTIVE.matches(item.lead)}
    return rows.pop() if len(rows) == 1 and rows <= set(DOCUMENT_ROWS) else ""
