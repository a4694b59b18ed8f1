"""A last look at counts that only tell together what they count: “旧件1件、新件40件，办出40件，留1件跨年”.

None of the words says that requests are counted. Three numbers of one sentence or its neighbour, each with a word that
may name a row or an applicant of table three and each with that cell's value, can hardly be anything else.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from report_writer.domain.findings import Status
from report_writer.domain.units import base_unit
from report_writer.facts.expressions import Expression
from report_writer.facts.judging.derived_values import supported
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.last_year import has_moved
from report_writer.facts.linking.lexicon import (
    APPLICANTS,
    OTHER_MATTERS,
    REMEDIES,
    REQUEST_UNITS,
    REQUESTS,
)
from report_writer.facts.linking.lexicon_faint import FAINT, FAINT_WAITING, FLOW
from report_writer.facts.linking.naming import relative
from report_writer.facts.sheet import FLOW_ROWS, FactSheet, requests
from report_writer.facts.text.frames import Item

_ENOUGH, _TELLING, _REACH = 3, 5, 40
# A difference, a share, an event beside the table.
_RECKONED = re.compile(
    r"(?:[比较][^，。；]*|占|(?<!新)[增减升降涨][加长幅]?(?:了|出|至|到|为)?|[多少高低](?:了|出)?)\s*$"
)
_PLAN = re.compile(r"力争|争取|预计|预期|有望|拟|计划|下一步")
_ASIDE = re.compile(
    r"涉[及以]|聚焦|关于|围绕|热线|咨询|来电|口头|民生|整改|问题|案卷评查|督[办查]|台账|许可|处罚|强制|文件|规章|信息"
)
# “续办旧件4件”: the noun says where they came from.
_OLD = re.compile(r"[旧陈]|上年[^，。；]{0,6}[转留遗剩欠带移]")
_REST = re.compile(r"[\s的另有其中余又还尚仍即,，]*")


def confirm_together(sheet: FactSheet, entries: list[Entry]) -> None:
    """Confirm open counts that bear each other out as cells of table three."""
    group: list[tuple[Entry, Expression, Decimal]] = []
    for entry in (*entries, None):
        if entry is not None and not _may_count(entry):
            continue
        if entry is None or (group and entry.item.start - group[-1][0].item.end > _REACH):
            _settle(group)
            group = []
        if entry is not None:
            read = _read(sheet, entry, [expression for _, expression, _ in group])
            if read is not None:
                group.append((entry, *read))


def _settle(group: list[tuple[Entry, Expression, Decimal]]) -> None:
    cells = {expression: actual for _, expression, actual in group}
    values = set(cells.values())
    if len(cells) < _ENOUGH or (len(values) == 1 and max(values) < _TELLING):
        return
    for entry, expression, actual in group:
        if entry.status is Status.UNACCOUNTED:
            entry.settle(supported(expression), expression, actual)


def _may_count(entry: Entry) -> bool:
    item, quantity = entry.item, entry.item.quantity
    if quantity is None or quantity.kind != "count" or not quantity.value:
        return False
    if quantity.approximation is not None or base_unit(quantity.unit)[0] not in REQUEST_UNITS:
        return False
    if entry.holds:
        return any(fact.startswith("requests/") for fact in entry.facts)
    if item.following is not None and has_moved(item, item.following):
        # NOTE: “公益组织由1件增加到3件”: the first is last year's.
        return False
    return entry.status is Status.UNACCOUNTED and not _RECKONED.search(item.label)


def _read(
    sheet: FactSheet, entry: Entry, taken: list[Expression]
) -> tuple[Expression, Decimal] | None:
    """Return the cell a count's own words may name and its value bears out, not yet taken by another."""
    quantity, expression = entry.item.quantity, entry.expression
    assert quantity is not None
    if entry.holds:
        if expression is None or expression.function is not None or not entry.actual:
            return None
        return expression, entry.actual
    near = entry.item.left[-_REACH:] + entry.item.after
    if OTHER_MATTERS.search(near) or _ASIDE.search(near) or _PLAN.search(near):
        return None
    if REMEDIES.matches(near):
        return None
    for reading in _readings(entry.item, sheet.year):
        actual = sheet.evaluate(reading)
        if reading not in taken and actual is not None and actual == quantity.amount:
            return reading, actual
    return None


def _readings(item: Item, year: int) -> Iterator[Expression]:
    label, behind = relative(item.label, year), relative(item.after, year)
    if _OLD.search(label):
        yield requests("carried_over")
    said = (label, behind) if _REST.fullmatch(label) or len(label) <= 1 else (label, behind[:6])
    named = False
    for text in said:
        for words in (REQUESTS, FAINT_WAITING, FAINT):
            for match in reversed(words.matches(text)):
                if match[2] != "worked_on":
                    named = named or match[2].split(".")[0] not in FLOW_ROWS
                    yield requests(match[2])
    for text in () if named else said:
        yield from (requests(match[2]) for match in reversed(FLOW.matches(text)))
    for match in reversed(APPLICANTS.matches(label)):
        yield requests("received", match[2])
