"""Numbers no list of words explains whose words all but surely mean a cell that no other number states.

What is usual (`facts.linking.learned`) accuses only what the words leave no doubt of: they name nothing but the form's
own things, and neither another body nor a part, a gap or a sum. “受理信访事项30件” sounds like the requests and is none.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from report_writer.facts.expressions import PREVIOUS, Expression
from report_writer.facts.judging.by_learned import LearnedReader
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.lexicon import REQUESTS
from report_writer.facts.linking.topic import strayed
from report_writer.facts.sheet import FactSheet, is_outcome, requests
from report_writer.facts.text.bodies import WIDER_BODY, another_body, plainly_received
from report_writer.facts.text.frames import Item

# What these words count is not a cell, but a gap, a sum of the numbers before, what is at hand, or many years.
_NOT_A_CELL = re.compile(
    r"高于|低于|多于|少于|多过|超过|不及|不如|相差|差额|[合总]为|合计|相加|[两二三四]者|[两二三四][项类种]|在办|在手|手头|每|平均"
    r"|最[多少高低]|分别|依次|以来|累[计积]|历年|名义|代为?[^表]|不属|非规范"
)
# What is done of the new ones alone, or of those brought over: “上年结转2件于1月办结；新收15件办结12件”.
_DONE_APART = re.compile(r"结转|转[自入来]|上年|(?:新收|当年|本年)[^，。；]{0,16}$")
# We may be the authority that hears them.
_HEARS = re.compile(r"受理|收到|审[理结]|承办|裁决")
_THIS_YEAR = re.compile(r"这一年(?:里|间|来)?")
_UNITS = {
    "proactive": frozenset("件份部个宗起项元篇"),
    "requests": frozenset("件份宗起例项条次人"),
    "remedies": frozenset("件起宗例次"),
}
_NEAR = 16


def all_but_certain(
    sheet: FactSheet, entries: list[Entry], context: Context, learned: LearnedReader
) -> Iterator[tuple[Entry, Expression, Decimal]]:
    """Yield such numbers with what they mean and its value."""
    for entry, expression, actual in learned.certain():
        if _speaks_of_all(entry.item, sheet) and _of_the_form(entry, expression, context, entries):
            yield entry, expression, actual


def _speaks_of_all(item: Item, sheet: FactSheet) -> bool:
    """Whether the words before a number leave no room for another body, a gap or a sum of the numbers before."""
    if WIDER_BODY.search(item.left) or another_body(item, sheet.report.agency.names):
        return False
    return not _NOT_A_CELL.search(item.left[-_NEAR:])


def _of_the_form(
    entry: Entry, expression: Expression, context: Context, entries: list[Entry]
) -> bool:
    """Whether the words name only what the form counts, and no number of its sentence counts anything else."""
    item, fact = entry.item, expression.operands[0]
    table = fact.removeprefix(PREVIOUS).split("/")[0]
    if item.unit not in _UNITS[table]:
        return False
    if table == "remedies" and _HEARS.search(item.left):
        return False
    if table == "requests":
        if strayed(item, context):
            return False
        if expression == requests("received") and not plainly_received(
            _THIS_YEAR.sub("", item.left), item.rest
        ):
            # NOTE: “木材商递来申请1件，林农2件”: whose they are is said.
            return False
        if "/disposed/" in fact and _DONE_APART.search(item.lead):
            return False
    ended = (row[2] for row in REQUESTS.matches(item.after) if is_outcome(row[2]))
    if any(requests(row) != expression for row in ended):
        # NOTE: “信访类4件经引导后撤回”: another end of them is told behind.
        return False
    return not any(
        e.open_count is not None and e.item.unit == item.unit
        for e in entries
        if item.sentence[0] <= e.item.start < item.start
    )
