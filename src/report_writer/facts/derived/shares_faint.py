"""Shares without 占 and without a word of the form: “科研机构18件，接近一成”, “六分之五公开到位”.

The part stands in the share's own words, right behind it, or was counted just before; the whole is a
total of requests (the one stated last first), or of cases, or the count before the part. Such a
reading confirms; it never accuses.
"""

import re
from itertools import islice

from report_writer.facts.derived.candidates import Derived
from report_writer.facts.derived.share_bases import TAKES
from report_writer.facts.expressions import Expression, share
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.lexicon import (
    APPLICANTS,
    OTHER_MATTERS,
    OUTCOMES_OF_REMEDIES,
    REQUESTS,
)
from report_writer.facts.linking.lexicon_faint import FAINT, FAINT_COLUMNS, asked_for
from report_writer.facts.linking.totals import stated_total
from report_writer.facts.sheet import FLOW_ROWS, remedies, requests
from report_writer.facts.text.frames import Item

_BARE = re.compile(rf"(?:正好|恰好|恰|刚好|已|约|差不多|其中|{TAKES}|就|便|[，、：\s])*")
_ENOUGH = 24


def faint_share(item: Item, context: Context) -> Derived | None:
    """Return what a share may be of, by the loose words around it, or None."""
    quantity = item.quantity
    if quantity is None or quantity.unit not in {"成", "分之"} or quantity.kind != "share":
        return None
    behind = _behind(item)
    if context.topic == "remedies" and context.remedy_row and _BARE.fullmatch(item.before):
        row = context.remedy_row
        ended = [m[2] for m in OUTCOMES_OF_REMEDIES.matches(behind)]
        return _weak([share(remedies(row, c), remedies(row)) for c in ended])
    about = context.of_requests or asked_for(item.lead)
    if not about or OTHER_MATTERS.search(item.left):
        return None
    parts = _named(item.before, context) + _named(behind, context)
    whole = stated_total(item, context, item.start)
    bases = [] if whole is None else [whole]
    if _BARE.fullmatch(item.before):
        counted = _counted(item, context)
        parts = counted[:1] + parts
        bases = counted[1:] + bases
    bases += [requests(row) for row in ("received", "disposed", "handled")]
    return _weak(
        [share(part, base) for part in parts for base in _ordered(part, bases) if part != base]
    )


def _ordered(part: Expression, bases: list[Expression]) -> list[Expression]:
    """Return the bases with the usual one first: applicants are a share of what came in, outcomes of what was answered."""
    rows = {fact.split("/")[1] for fact in part.operands if fact.startswith("requests/")}
    if rows == {"received"} and not any(fact.endswith("/total") for fact in part.operands):
        return [requests("received"), *bases]
    return [requests("disposed"), *bases] if rows.isdisjoint(FLOW_ROWS) else bases


def _weak(options: list[Expression]) -> Derived | None:
    return Derived(tuple(dict.fromkeys(options)), strong=False) if options else None


def _behind(item: Item) -> str:
    """Return the words behind a share: “六分之五公开到位”, “一半即2件公开”."""
    return re.split(r"[。；]", item.rest[:_ENOUGH])[0].split("，")[0]


def _named(text: str, context: Context) -> list[Expression]:
    rows = [m[2] for words in (REQUESTS, FAINT) for m in words.matches(text)]
    found = [requests(row) for row in rows if row not in FLOW_ROWS | {"worked_on"}]
    columns = [m[2] for words in (APPLICANTS, FAINT_COLUMNS) for m in words.matches(text)]
    return found + [requests("received", column) for column in columns]


def _counted(item: Item, context: Context) -> list[Expression]:
    """Return the count just before a share, and the count before that one, of which it may be a part."""
    found: list[Expression] = []
    for previous in islice(item.earlier(), 2):
        link = context.links.get(id(previous))
        if link is None or link.registered or link.expression.function is not None:
            break
        if not link.expression.operands[0].startswith("requests/"):
            break
        found.append(link.expression)
    return found
