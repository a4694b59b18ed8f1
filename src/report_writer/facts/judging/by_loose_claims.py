"""A last look at denials and generalisations in loose words: 未走上法庭, 年终没有压件, 都给了, 余下为自然人.

The words name a cell of the form by a turn of their own; where it bears the claim out it is confirmed, otherwise
nothing is said of it.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from report_writer.domain.findings import Status
from report_writer.facts.expressions import PREVIOUS, Expression, a_year_before, minus, total
from report_writer.facts.judging.derived_values import supported
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.lexicon import APPLICANTS, OTHER_MATTERS
from report_writer.facts.linking.lexicon_faint import (
    DENIED_FIRST,
    FAINT_COLUMNS,
    FAINT_DENIALS,
    FAINT_GENERALISATIONS,
    asked_for,
)
from report_writer.facts.linking.universals import about_requests
from report_writer.facts.linking.universals_of_cases import stated_cases
from report_writer.facts.sheet import TOTAL_ROWS, FactSheet, remedies, requests
from report_writer.facts.text.claims import ClaimKind
from report_writer.facts.text.frames import Item

_NOT_LAST_YEAR = re.compile(
    r"(?:上(?:一)?年(?:度)?|去年)(?:同期)?(?:尚|还|则|并|均)?(?:无|没有|为零|是零|空白)"
)
_FROM_LAST_YEAR = re.compile(
    r"上(?:一)?年|去年|往年|年初|期初|历史|以前|旧[件案]|[转带接]进|转来|转入(?!下|次|明|来|20)"
)
# What is paid for a request is no charge of the table.
_ON_REQUEST = re.compile(
    r"处理费|工本费|收费(?:通知|告知)|公开申请|检索|复制|复印|邮寄|申请[人者方]"
)
# “企业没有提”, “村民未曾递件”
_NOBODY_ASKED = re.compile(
    r"(?:[未没无](?:有|曾|人|见)*|不曾)(?:提|递|来|问津|登门)(?:件|过|出|交|的)*$"
)
_REST = re.compile(r"其余|余下|剩下|剩余|余者|^余(?=[为系是均皆都])")
_COURT, _JUDGE = re.compile(r"法院|诉|判决|败诉|法庭"), re.compile(r"复议|纠错")


def confirm_loose_claims(sheet: FactSheet, entries: list[Entry], context: Context) -> None:
    """Confirm denials and generalisations whose words no strict reading knows."""
    for index, entry in enumerate(entries):
        claim = entry.item.claim
        if claim is None or entry.status not in {None, Status.UNACCOUNTED} or entry.facts:
            continue
        if OTHER_MATTERS.search(claim.text) or _THERE_IS.match(claim.text):
            continue
        readings: Iterator[Expression] = iter(())
        if claim.kind is ClaimKind.ZERO:
            readings = _denied(entry.item, claim.text, entries[:index], context)
        elif claim.kind is ClaimKind.UNIVERSAL:
            readings = _generalised(entry.item, claim.text, entries[:index], context)
            if _ALL_DONE.fullmatch(claim.text) and _just_counted(entries[:index], entry.item):
                readings = iter((requests("carried_forward"),))
        for expression in readings:
            if sheet.evaluate(expression) == 0:
                entry.settle(supported(expression), expression, Decimal(0))
                break


# “有复议案件尚未审结” denies nothing.
_THERE_IS = re.compile(r"(?:[也亦还另仍尚]|其中)?有(?!无|没|一[件起])")
# “收件24件，全部办结”: what has just been counted were requests, whatever words told it.
# “26件，皆照章答复完毕”, “均依法依规予以答复”: how it was done says nothing of the time it took.
_ALL_DONE = re.compile(
    r"(?:且|并|现|目前|年内|当年)?(?:均|都|皆|已|全部|全数|悉数|件件|逐件)+(?:经)?"
    r"(?:依法依规|依法|依规|照章|正式|规范|妥善|严格|认真|[按依照]照?(?:《条例》)?(?:有关|相关)?(?:规定|要求|规范|程序|规矩|流程)(?:程序|要求)?|地)*"
    r"(?:予以|进行了?|作出?了?|给予|给出?了?|处理|办理)?(?:规范|书面)?(?:办结|办毕|办完|办妥|答复|回复|答毕|完毕|了结|办理)(?:完毕|完结|了|完|到位)?"
)


def _just_counted(before: list[Entry], item: Item) -> bool:
    """Whether the number right before a claim is a confirmed count of all the requests."""
    if not before or item.start - before[-1].item.end > 1:
        return False
    return before[-1].holds and before[-1].facts in {requests(row).operands for row in TOTAL_ROWS}


def _denied(item: Item, text: str, before: list[Entry], context: Context) -> Iterator[Expression]:
    if _NOT_LAST_YEAR.fullmatch(text):
        near = next((e for e in reversed(before) if e.holds and e.expression), None)
        if near is not None and near.expression is not None and near.expression.function is None:
            yield a_year_before(near.expression)
        return
    said = {m[2] for m in FAINT_DENIALS.matches(text)}
    key = next((one for one in DENIED_FIRST if one in said), "")
    if not key:
        columns = {m[2] for words in (APPLICANTS, FAINT_COLUMNS) for m in words.matches(text)}
        if len(columns) == 1 and _NOBODY_ASKED.search(text) and about_requests(item, context):
            yield requests("received", columns.pop())
        return
    if key == "corrected":
        rows = [row for row in stated_cases(item, context)]
        if _COURT.search(text) and _JUDGE.search(text):
            rows = ["remedies"]
        elif _COURT.search(text):
            rows = ["litigation"]
        elif _JUDGE.search(text):
            rows = ["reconsideration"]
        for row in rows or ["remedies"]:
            yield remedies(row, "corrected")
    elif key == "court":
        yield remedies("remedies" if "复议" in text else "litigation")
    elif key in {"reconsideration", "remedies"}:
        yield remedies(key)
    elif key == "proactive/charges/amount" and _ON_REQUEST.search(text):
        return
    elif key.startswith("proactive/"):
        yield total(key)
    elif asked_for(text) or about_requests(item, context):
        past = _FROM_LAST_YEAR.search(text) or f"{context.year - 1}年" in item.lead[-8:]
        yield requests("carried_over" if key == "carried_forward" and past else key)


def _generalised(
    item: Item, text: str, before: list[Entry], context: Context
) -> Iterator[Expression]:
    if not (asked_for(text) or about_requests(item, context)):
        return
    rest = _REST.search(text) or _REST.search(item.left[-4:])
    columns = {m[2] for words in (APPLICANTS, FAINT_COLUMNS) for m in words.matches(text)}
    if len(columns) == 1:
        column = next(iter(columns))
        terms = list(requests("received").terms)
        for expression in _columns_before(item, before) if rest else ():
            terms += [(-sign, fact) for sign, fact in expression.terms]
        terms += [(-sign, fact) for sign, fact in requests("received", column).terms]
        if len(set(terms)) == len(terms):
            yield Expression(tuple(terms))
        return
    said = FAINT_GENERALISATIONS.matches(text)
    if not said or rest:
        return
    if said[0][2] == "carried_forward":
        yield requests("carried_forward")
        return
    for whole in ("received", "disposed"):
        yield minus(requests(whole), requests(said[0][2]))


def _columns_before(item: Item, before: list[Entry]) -> Iterator[Expression]:
    """Yield the applicants the sentence has counted."""
    for entry in before:
        if entry.item.start < item.sentence[0] or not entry.holds or entry.expression is None:
            continue
        cells = [fact.split("/") for fact in entry.expression.operands]
        fresh = not any(fact.startswith(PREVIOUS) for fact in entry.expression.operands)
        parts = all(c[:2] == ["requests", "received"] and c[-1] != "total" for c in cells)
        if fresh and parts and entry.expression.function is None:
            yield entry.expression
