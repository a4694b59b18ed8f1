"""Shares that open their clause: “三分之二予以公开”, “一半是行政执法案卷”."""

import re

from report_writer.facts.derived.candidates import Derived
from report_writer.facts.derived.share_bases import group_stated
from report_writer.facts.expressions import share
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.lexicon import (
    APPLICANTS,
    OTHER_MATTERS,
    REMEDIES,
    REQUEST_HINT,
    REQUESTS,
)
from report_writer.facts.linking.totals import stated_total
from report_writer.facts.sheet import ENDINGS, LITIGATION, remedies, requests
from report_writer.facts.text.frames import Item

ANSWERED = frozenset({*ENDINGS, "disclosed_in_full_or_part"})


# “三分之二予以公开”, “九成以上是被征收居民”, “半数因不掌握而无法提供”: the share opens its clause.
_OPENS = re.compile(
    r"(?:其中|当中|有|约|共有|已有|办出者|办结件|这些|来件|申请(?:中|里)?|的|[，、：:\s])*"
)


_FOLLOWS = re.compile(
    r"(?:的)?(?:申请(?:人|者|件)?|来件|件)?(?:均|都|已|依法|系|是|为|属于?|由|来自|出自|因|予以|获得?|得到|给予|作)*"
)


def _of_cases_that_follow(item: Item, context: Context) -> Derived | None:
    """“诉讼39件，半数以上为复议后起诉”: the cases named behind the share, among those just counted."""
    found = REMEDIES.matches(item.after)
    if (
        context.topic != "remedies"
        or not found
        or not _FOLLOWS.fullmatch(item.after, 0, found[0][0])
    ):
        return None
    row = found[0][2]
    whole = "litigation" if row in LITIGATION else "remedies"
    return Derived((share(remedies(row), remedies(whole)),), strong=False)


def of_what_follows(item: Item, context: Context) -> Derived | None:
    """Return the share of what is named behind it, None where nothing of the form is."""
    if not _OPENS.fullmatch(item.before):
        return None
    cases = _of_cases_that_follow(item, context)
    if cases is not None or (context.topic != "requests" and not REQUEST_HINT.search(item.lead)):
        return cases
    if OTHER_MATTERS.search(item.left) or OTHER_MATTERS.search(item.after):
        return None
    text = item.after
    start = _FOLLOWS.match(text)
    at = start.end() if start else 0
    applicants = [m for m in APPLICANTS.matches(text) if m[0] <= at + 3]
    whole = stated_total(item, context, item.start)
    if applicants:
        column = applicants[0][2]
        row = context.request_row if context.request_row in {"received", "handled"} else "received"
        return Derived((share(requests(row, column), requests(row)),))
    rows = [m for m in REQUESTS.matches(text) if m[2].split(".")[0] in ANSWERED]
    if not rows:
        return None
    group = next((m for m in rows if "." not in m[2]), rows[0])
    reason = next((m for m in rows if m[2].startswith(group[2] + ".")), None)
    if group[0] > at and reason is None and not re.match(r"[^，。；]{0,14}(?:而|故|，)", text):
        return None
    bases = [requests("disposed"), requests("received")]
    if whole is not None:
        # NOTE: outcomes are parts of what was answered; where only what came in is stated, of that as well.
        bases = list(dict.fromkeys((*bases[:1], whole)))
    bases = [*group_stated(item, context, rows[0][2].split(".")[0]), *bases]
    parts = [reason, group] if reason is not None else [group]
    options = [share(requests(m[2]), base) for m in parts for base in bases if m is not None]
    return Derived(tuple(options), strong=reason is None and group[0] <= at)
