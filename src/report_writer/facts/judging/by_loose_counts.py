"""A last look at counts whose own words name a row of the form while nothing before has said what is counted.

“县政府办收件17件”, “两宗复议：1宗维持”, “2件仍在征求意见”: the words right at the number name the row, the section
speaks of the matter somewhere. Such a reading confirms; it never accuses.
"""

import re
from collections.abc import Iterator
from itertools import chain, takewhile

from report_writer.domain.findings import Status
from report_writer.domain.units import base_unit
from report_writer.facts.comparing import judge
from report_writer.facts.expressions import PREVIOUS, Expression, a_year_before, total
from report_writer.facts.judging.derived_values import supported
from report_writer.facts.judging.entries import PLANNED, Entry, Named
from report_writer.facts.linking.behind import said_behind
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.faint import names_us
from report_writer.facts.linking.lexicon import (
    APPLICANTS,
    DECISION_UNITS,
    DOCUMENT_UNITS,
    OTHER_MATTERS,
    OUTCOMES_OF_REMEDIES,
    PROACTIVE,
    REMEDIES,
    REMEDY_UNITS,
    REQUEST_UNITS,
    REQUESTS,
    VERBS,
)
from report_writer.facts.linking.lexicon_faint import (
    FAINT,
    FAINT_COLUMNS,
    FAINT_DECISIONS,
    FAINT_OUTCOMES,
    FAINT_VERBS,
    FAINT_WAITING,
    asked_for,
)
from report_writer.facts.linking.naming import relative, wide_label
from report_writer.facts.linking.topic import TELLING_ROWS
from report_writer.facts.sheet import DECISION_ROWS, DOCUMENT_ROWS, FactSheet, remedies, requests
from report_writer.facts.text.claims import ClaimKind
from report_writer.facts.text.frames import Item
from report_writer.facts.text.screening import compiled

_ABOUT, _FAR = 120, 60
_LAST_YEAR = re.compile(r"(?:上(?:一)?年(?:度)?|去年)(?:尚|还)?[^转留遗未待结]{0,4}$")
# Changes, gaps and totals of several things are reckoned, not named (`by_arithmetic`).
_RECKONED = re.compile(r"(?<!新)[增减升降涨多少高低](?:加|长|了|出|至|到)?\s*$|[比较][^，。；]*$")
_OF_DOCUMENTS = compiled(r"文件|规章")
_NOT_OURS = re.compile(r"涉[及以]?|聚焦|关于|围绕|内容|热线|咨询|来电|口头")


def confirm_loose_counts(sheet: FactSheet, entries: list[Entry], text: str) -> None:
    """Confirm open counts by the row their own words name."""
    for index, entry in enumerate(entries):
        item, quantity = entry.item, entry.item.quantity
        if entry.status is not Status.UNACCOUNTED or quantity is None or quantity.value is None:
            continue
        if PLANNED.search(item.left):
            continue
        if quantity.kind not in {"count", "money"} or _RECKONED.search(item.label):
            continue
        bracket = _BRACKETED.search(item.lead) if item.bracketed else None
        past = bracket or _LAST_YEAR.search(relative(item.label, sheet.year))
        for reading in chain(
            _named_before(bracket["what"]) if bracket else (),
            _just_denied(item, entries[:index]) if past else (),
            loose_readings(entry, entries[:index], text),
        ):
            expression = a_year_before(reading) if past else reading
            actual = sheet.evaluate(expression)
            unit = sheet.unit(expression.operands[0]) or ""
            if actual is not None and judge(quantity, actual, unit).holds:
                entry.settle(supported(expression), expression, actual)
                break


# “新收数为上年（3件）的3倍”
_BRACKETED = re.compile(
    r"(?P<what>[^，。；]{2,10}?)(?:[较比与和同为是])(?:上(?:一)?年|去年)(?:度)?(?:同期)?[（(]$"
)


def _named_before(what: str) -> Iterator[Expression]:
    yield from (requests(m[2]) for m in REQUESTS.matches(what) if m[2] != "worked_on")


_THIS_YEAR = re.compile(r"(?:本年|今年|当年)(?:为|有|共|发生)?")
_NAMELESS = re.compile(r"(?:\s|其余|余下|其中|另有|另|有|的|为)*")
# “提供资料16件”
_HANDED = re.compile(r"提供(?:了|的)?(?:资料|材料|档案)")


def _of_requests(entry: Entry) -> bool:
    return entry.holds and any("requests/" in fact for fact in entry.facts)


def _with_group(label: str) -> bool:
    """Whether a reason stands beside its own group: “以案卷为由不公开36件” can be nothing else."""
    named = REQUESTS.matches(label)
    groups = {m[2] for m in named}
    return any(
        "." in m[2] and m[2].split(".")[0] in groups for m in (*named, *FAINT.matches(label))
    )


def _just_denied(item: Item, before: list[Entry]) -> Iterator[Expression]:
    """“今年没有人提出申请，而上年有1件”: what has just been denied of this year."""
    last = before[-1] if before else None
    claim = last.item.claim if last is not None else None
    if last is None or claim is None or claim.kind is not ClaimKind.ZERO or not last.holds:
        return
    said = last.expression
    if said is None or said.function is not None or last.item.end + 1 < item.sentence[0]:
        return
    if not any(fact.startswith(PREVIOUS) for fact in said.operands):
        yield said


def options_of(
    entry: Entry, before: list[Entry], context: Context, text: str
) -> tuple[Expression, ...]:
    """Return the cells a count may mean, by its weak link and by its own loose words."""
    link = context.links.get(id(entry.item))
    linked = () if link is None or link.registered or link.each else link.expressions
    return tuple(dict.fromkeys((*linked, *loose_readings(entry, before, text))))


def loose_readings(entry: Entry, before: list[Entry], text: str) -> Iterator[Expression]:
    """Yield the cells a count's own words may mean, however loosely."""
    if entry.named is None:
        entry.named = _named(entry.item, text)
    named = entry.named
    yield from named.elsewhere
    if not (named.requests or named.applicants):
        return
    near_by = takewhile(lambda e: e.item.start > entry.item.start - _ABOUT, reversed(before))
    if not any(map(_of_requests, near_by)):
        if entry.asked is None:
            entry.asked = _asked(entry.item, text)
        if not entry.asked:
            return
    yield from named.requests
    near = next((e for e in reversed(before) if e.item.quantity is not None), None)
    if near is None or not near.holds or not near.facts[:1]:
        return
    if near.facts[0].split("/")[:2] == ["requests", "received"]:
        yield from named.applicants


def _named(item: Item, text: str) -> Named:
    assert item.quantity is not None
    unit = base_unit(item.quantity.unit)[0]
    if item.quantity.kind == "money":
        charged = [m for m in FAINT_DECISIONS.matches(item.left) if m[2] == "charges"]
        charges = charged and "信息处理费" not in item.left
        return Named((total("proactive/charges/amount"),) if charges else ())
    elsewhere: list[Expression] = []
    if unit in REMEDY_UNITS:
        elsewhere += _cases(item)
    if unit in DECISION_UNITS:
        for vocabulary in (PROACTIVE, FAINT_DECISIONS):
            for match in vocabulary.matches(item.label):
                if match[2] in DECISION_ROWS:
                    elsewhere.append(total(f"proactive/{match[2]}/decisions"))
        elsewhere += _decided_together(item)
    if unit in DOCUMENT_UNITS:
        elsewhere += _documents(item, text)
    if unit not in REQUEST_UNITS or _of_another_matter(item):
        return Named(tuple(elsewhere))
    rows, columns = tuple(_requests(item)), tuple(_applicants(item))
    return Named(tuple(elsewhere), rows, columns)


def _asked(item: Item, text: str) -> bool:
    """Whether the words around a count say that requests are counted."""
    around = text[max(0, item.start - _ABOUT) : item.end + _FAR]
    if asked_for(around) or "收件" in around or _with_group(item.label):
        return True
    return any(m[3] and m[2] in TELLING_ROWS for m in REQUESTS.matches(around))


_TOGETHER = re.compile(
    r"(?:合计|共计|总计|加起来|合起来|相加|总[数量]|[合共])(?:为|达|有|是|约)?\s*$"
)


def _decided_together(item: Item) -> Iterator[Expression]:
    """“许可、处罚与强制合计2491件”: the kinds of decision named before their total."""
    if not _TOGETHER.search(item.label):
        return
    named = FAINT_DECISIONS.matches(wide_label(item))
    rows = dict.fromkeys(m[2] for m in named if m[2] in DECISION_ROWS)
    if len(rows) > 1:
        yield total(*(f"proactive/{row}/decisions" for row in rows))


def _cases(item: Item) -> Iterator[Expression]:
    near = item.lead[-_FAR:] + item.after
    rows = [m[2] for m in REMEDIES.matches(near)]
    if not rows:
        return
    named = [m[2] for m in REMEDIES.matches(item.after) if m[0] == 0]
    if named and not item.label.strip():
        yield remedies(named[0])
    if _THIS_YEAR.fullmatch(item.label):
        yield remedies(rows[-1])
    nameless = _NAMELESS.fullmatch(item.label)
    said = said_behind(item) if nameless else ""
    outcomes = [m[2] for m in OUTCOMES_OF_REMEDIES.matches(item.label)]
    outcomes += [m[2] for m in OUTCOMES_OF_REMEDIES.matches(said)]
    outcomes = outcomes or [m[2] for m in FAINT_OUTCOMES.matches(item.label + said)]
    for row in dict.fromkeys(reversed(rows)):
        yield from (remedies(row, outcome) for outcome in outcomes[:1])


def _documents(item: Item, text: str) -> Iterator[Expression]:
    around = text[max(0, item.start - _FAR) : item.end + 8]
    if not _OF_DOCUMENTS.search(around):
        return
    rows = DOCUMENT_ROWS if "规章" in around else ("normative_documents",)
    behind = item.after[:4]
    for vocabulary in (VERBS, FAINT_VERBS):
        for match in (*reversed(vocabulary.matches(item.label)), *vocabulary.matches(behind)):
            yield from (total(f"proactive/{row}/{match[2]}") for row in rows)


# “将申请台账归类如次。总量25件”
_ALL_OF_THEM = re.compile(
    r"(?:全年|本年|年度)?(?:申请|来件|收件)?总(?:[数量]|件数)(?:为|是|计|有)?"
)
_SUM = r"(?:合并|合计|共计|总计|相加|一共|共|合|计)(?:为|有|是|达)?\s*$"
# “连同结转2件共29件”, “新收与结转合并为149件”: what came in and what was carried over.
_WITH_OLD = re.compile(
    rf"(?:连同|加上?|包括|含|算上|并入)[^，。；]{{0,8}}(?:结转|转[来入]|遗留|旧[存件])[^，。；]{{0,8}}\d+[件宗份][^，。；\d]{{0,4}}{_SUM}"
)
_NEW_AND_OLD = re.compile(
    rf"新[收件办][^，。；\d]{{0,2}}[与和及、同加][^，。；\d]{{0,4}}(?:结转|旧|遗留)[^，。；\d]{{0,4}}{_SUM}"
)


def _of_another_matter(item: Item) -> bool:
    return bool(
        OTHER_MATTERS.search(_HANDED.sub("", item.left))
        or _NOT_OURS.search(item.label + item.after[:6])
    )


def _requests(item: Item) -> Iterator[Expression]:
    label, behind = item.label, item.after
    if _WITH_OLD.search(item.lead) or _NEW_AND_OLD.search(label):
        yield requests("handled")
    if names_us(label) or _ALL_OF_THEM.fullmatch(label):
        yield requests("received")
    waiting = FAINT_WAITING.matches(label) or FAINT_WAITING.matches(behind)
    yield from (requests(m[2]) for m in waiting)
    for words in (REQUESTS, FAINT):
        rows = [m[2] for m in reversed(words.matches(label))]
        rows += [m[2] for m in words.matches(behind)] if _NAMELESS.fullmatch(label) else []
        for row in dict.fromkeys(rows):
            if row == "worked_on":
                continue
            yield requests(row)
            if row == "disclosed":
                yield requests("disclosed_in_full_or_part")


def _applicants(item: Item) -> Iterator[Expression]:
    columns = [m[2] for words in (APPLICANTS, FAINT_COLUMNS) for m in words.matches(item.label)]
    yield from (requests("received", column) for column in dict.fromkeys(columns))
