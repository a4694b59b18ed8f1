"""Whose number is it? A city-wide count beside an office's table is no contradiction (contract 3)."""

import re
from dataclasses import replace

from report_writer.domain.cells import plain
from report_writer.domain.facts import Fact
from report_writer.domain.findings import Cause, Severity, Status
from report_writer.domain.report import AgencyKind, Scope
from report_writer.domain.units import compatible
from report_writer.facts.expressions import Expression, total
from report_writer.facts.judging.entries import Entry
from report_writer.facts.judging.slips import is_mistaken
from report_writer.facts.judging.verdicts import Issue, describe
from report_writer.facts.judging.wording import Wording
from report_writer.facts.linking.totals import TOTALS
from report_writer.facts.sheet import requests
from report_writer.facts.text.bodies import WIDER_BODY, another_body

_NARROWER = re.compile(
    r"[省市县区州旗镇乡]本级(?!及)|政府办(?:公室|公厅)?(?:代(?:表|[省市县区州]政府)|受理|收到|答复|办理|办结|承办|本身|自身)|(?:区|市|县|省)直(?:各)?(?:部门|单位)|镇街|街镇|各部门"
)
_WHOLE_AREA = re.compile(
    r"全(?:市|区|县|省|州|盟|旗|国|系统)[^，。；]{0,12}(?:复议|诉讼|应诉)|全系统"
)
# “全市文旅部门合计收到申请12件”, and 12 is our own number: it cannot be that of all of them.
_ALL_TOGETHER = re.compile(
    r"全[市区县省州盟旗][^，。；\d]{0,8}(?:系统|部门|单位|机关)(?:合计|共计|总计|累计|总共|一共|共)[^，。；\d]{0,12}$"
)
_TOTALS = frozenset({"requests/received/total", "requests/disposed/total"})
_TIMES = 2
_ROWS = ("requests/received", "requests/carried", "requests/disposed", "proactive/", "remedies/")


def judge_scope(wording: Wording, issues: list[Issue]) -> list[Issue]:
    """Return the issues with those about another body softened, replaced or dropped."""
    report = wording.sheet.report
    kind = report.agency.kind
    wide = kind is AgencyKind.GOVERNMENT or report.scope is Scope.AGGREGATE
    pattern = _NARROWER if wide else WIDER_BODY
    own = report.agency.names
    softer = kind in {AgencyKind.GOVERNMENT, AgencyKind.OFFICE}
    theirs: tuple[int, int] | None = None
    for entry in wording.assessor.entries:
        if theirs and (theirs != entry.item.sentence or _OURSELVES.search(entry.item.left)):
            theirs = None
        elif theirs and entry.status is Status.CONTRADICTED and not _of_both(entry):
            # NOTE: “全市商务系统受理50件，公开30件”: the parts are theirs as the total is.
            place = (entry.item.start, entry.item.end)
            issues = [i for i in issues if (i.start, i.end) != place]
            entry.release()
            continue
        if wide and entry.status is Status.UNACCOUNTED and _OF_THE_OFFICE.search(entry.item.left):
            issues += _of_the_office(wording, entry, own)
            theirs = entry.item.sentence
            continue
        if not wide and _of_wider_fact(entry):
            own_words = _told_as_ours(wording, entry)
            issues += own_words
            if own_words:
                continue
            theirs = entry.item.sentence
        if wide and _follows_our_level(entry, wording.assessor.entries):
            # NOTE: “全区受理812件；其中区政府本级受理211件，结转7件”
            place = (entry.item.start, entry.item.end)
            issues = [i for i in issues if (i.start, i.end) != place]
            entry.release()
            continue
        if wide and entry.status is Status.UNACCOUNTED and _OF_ALL_BODIES.search(entry.item.left):
            issues += _of_too_few(wording, entry)
            continue
        expression = entry.expression
        if entry.item.quantity is None or expression is None or expression.function is not None:
            continue
        if not entry.facts or not entry.facts[0].startswith(_ROWS):
            continue
        if entry.holds:
            if not wide and entry.facts[0] in _TOTALS and _ALL_TOGETHER.search(entry.item.left):
                issues += _of_other_body(wording, entry, own, wide=wide)
            continue
        place = (entry.item.start, entry.item.end)
        if entry.facts[0].startswith("remedies/"):
            wider = not wide and _WHOLE_AREA.search(entry.item.left)
            if wider or another_body(entry.item, own):
                issues = [i for i in issues if (i.start, i.end) != place]
                entry.release()
            continue
        # NOTE: “全市各级行政机关” is ourselves where the tables are of all of them.
        ours = wide and WIDER_BODY.search(entry.item.left)
        # NOTE: “市教育局本机关共登记申请23件” is the office's own count, whatever the city's is.
        surely = not wide and _SURELY_OURS.search(entry.item.left)
        theirs_said = (
            pattern.search(entry.item.left)
            or _SPOKEN_OF.search(entry.item.lead)
            or (
                not ours
                and another_body(entry.item, own)
                and not _slip_of_ours(wording, entry, own)
            )
        )
        of_all = wide and _OF_ALL_BODIES.search(entry.item.left)
        if theirs_said and not (surely or of_all):
            if entry.facts[0] in _TOTALS:
                theirs = entry.item.sentence
            issues = [i for i in issues if (i.start, i.end) != place] + _of_other_body(
                wording, entry, own, wide=wide
            )
        elif _registered_elsewhere(wording, entry) or (softer and _of_another_size(entry)):
            severity = Severity.WARNING if softer else None
            issues = [
                replace(
                    i,
                    cause=Cause.DIFFERENT_SCOPE,
                    severity=severity,
                    message=i.message + "，像是其他范围的数字",
                )
                if (i.start, i.end) == place
                else i
                for i in issues
            ]
    return issues


# A branch or a counter of the office just named, and not another office beside it.
_BRANCH = (
    r"(?:[^，。；、与和及同]{0,10}?)(?:[支大总中]?队|分局|局|所|站|中心|大厅|窗口|[科处股室]|院)"
)


def _slip_of_ours(wording: Wording, entry: Entry, own: str) -> bool:
    """“市住建局执法支队作出处罚187件”: a branch of ours, and the number is last year's or has its digits exchanged."""
    assert entry.expression is not None and entry.actual is not None
    if not entry.facts[0].startswith("proactive/"):
        return False
    clause = re.split(r"[，；：]", entry.item.left)[-1]
    branch = any(re.search(re.escape(name) + _BRANCH, clause) for name in own.split("\n"))
    return branch and is_mistaken(wording.sheet, entry.item, entry.expression, entry.actual)


# Where a sentence comes back to the office itself.
_OURSELVES = re.compile(
    r"本(?:机关|单位|级|局|委|办|厅|部门|院|所|站|中心)|我[局委办厅院所站镇乡]|局机关|机关本级|自身"
)


# “就全县而言，收到133件，办结129件”
_SPOKEN_OF = re.compile(
    r"(?:就|从|按|以)全[市县区省州盟旗](?:来看|来说|而言|看|计|口径)，[^；。]*$"
)
_SURELY_OURS = re.compile(
    r"(?:本机关|本单位|局机关|本级|自身)(?:共|累计|全年|一共|总共)?(?:收|受理|接|登记|新)"
)


def _of_wider_fact(entry: Entry) -> bool:
    """Whether a number is registered for a wider body's requests."""
    fact = entry.facts[0] if entry.holds and entry.facts else ""
    return fact.startswith("facts/") and bool(WIDER_BODY.search(fact) and _RECEIPTS.search(fact))


_RECEIPTS = re.compile(r"申请|来件|收件|受理")
_CAME_IN = re.compile(r"收到|受理|接到|接收|登记|新收")


def _told_as_ours(wording: Wording, entry: Entry) -> list[Issue]:
    """“收到以本机关为对象的申请962件” where 962 is registered for the whole city: our own words, their number."""
    left, received = entry.item.left, requests("received")
    actual = wording.sheet.evaluate(received)
    said = _OURSELVES.search(left) and _CAME_IN.search(left) and not WIDER_BODY.search(left)
    if not said or not actual or entry.actual == actual:
        return []
    entry.settle(Status.CONTRADICTED, received, actual)
    issue = wording.contradiction(entry)
    return [
        replace(issue, cause=Cause.DIFFERENT_SCOPE, message=issue.message + "，像是其他范围的数字")
    ]


def _of_other_body(wording: Wording, entry: Entry, own: str, *, wide: bool) -> list[Issue]:
    """Leave the number unaccounted; warn where our own count is nowhere stated."""
    stated = any(
        other is not entry
        and (
            (
                other.holds
                and (
                    other.expression == entry.expression
                    or (
                        _own_total(other)
                        and (not wide or other.item.sentence == entry.item.sentence)
                    )
                )
            )
            or _own_part(entry, other, own)
        )
        for other in wording.assessor.entries
    )
    assert entry.expression is not None and entry.actual is not None
    fact = _registered_elsewhere(wording, entry)
    if fact is not None and fact.value is not None:
        entry.settle(Status.REGISTERED, total(fact.id), fact.value)
        return []
    name, facts = describe(wording.sheet, entry.expression), entry.facts
    entry.release()
    if stated:
        return []
    message = f"正文“{wording.quote(entry.item)}”说的是其他范围，未见本机关的数字；{name}为{plain(entry.actual)}"
    return [wording.issue("NUM402", entry.item, message, facts=facts, cause=Cause.DIFFERENT_SCOPE)]


_OWN = re.compile(
    r"(?:[本我](?:机关|单位|级|部门|街道|中心|[局委办厅院所站馆镇乡街校会])|局机关|自身)[^，。；]{0,8}$"
)


def _named_after(own: str, text: str) -> bool:
    """Whether one of our names ends the words before a number."""
    return any(name and text.rstrip("共收到计有为 ").endswith(name) for name in own.split("\n"))


# “县政府办公室代表县政府受理申请21件”, and the tables are of the whole county.
_AT_OUR_LEVEL = re.compile(
    r"(?:政府(?:办(?:公室|公厅)?|本级)|[省市县区州]本级)[^，。；、\d]{0,6}(?:受理|收到|接到|接收|办理|办结|承办|登记|答复)[^，。；、\d]{0,10}$"
)
_OF_THE_OFFICE = re.compile(
    r"(?:政府(?:办(?:公室|公厅)?|本级)|[省市县区州]本级)(?:（[^）]{1,12}）)?(?:代表?[^，。；\d]{0,8}|本身|自身)?(?:全年|年内|本年|共|总共|累计)*"
    r"(?:受理|收到|接到|接收|办理|承办|登记)[^，。；\d]{0,8}申请[^，。；\d]{0,4}$"
)


def _follows_our_level(entry: Entry, entries: list[Entry]) -> bool:
    """Whether a count held against a cell of requests goes on with what the office by itself has received."""
    if entry.status is not Status.CONTRADICTED or entry.item.quantity is None:
        return False
    if entry.expression is None or entry.expression.function is not None:
        return False
    before = next((e for e in entries if e.item is entry.item.previous), None)
    return (
        entry.facts[0].startswith("requests/")
        and before is not None
        and before.status is Status.REGISTERED
        and before.item.sentence == entry.item.sentence
        and _AT_OUR_LEVEL.search(before.item.left) is not None
    )


def _of_the_office(wording: Wording, entry: Entry, own: str) -> list[Issue]:
    """Warn of the office's own count where the tables are of all bodies and it is stated nowhere."""
    received = requests("received")
    actual = wording.sheet.evaluate(received)
    quantity = entry.item.quantity
    if quantity is None or quantity.amount is None or actual is None or quantity.amount >= actual:
        return []
    entry.expression, entry.actual = received, actual
    return _of_other_body(wording, entry, own, wide=True)


# “全县各乡镇、各部门当年共收到申请21件”: of all of them, and their table has 88.
_OF_ALL_BODIES = re.compile(
    r"全[市区县省州盟旗](?:各级?|所有|行政机关|[^，。；\d]{0,10}(?:部门|乡镇|街道|单位|机关))[^，。；\d]{0,14}(?:新收|收到|受理|接到|接收|登记)(?:的|了|到)?[^，。；\d]{0,8}申请[^，。；\d]{0,3}$"
)


def _of_both(entry: Entry) -> bool:
    """“本级收到18件，占全县行政机关203件的8.9%”: a share of ours in theirs is not theirs."""
    said = entry.expression
    if said is None or said.function != "share":
        return False
    return all("facts/" in fact for _, fact in said.base) and Expression(said.terms) in TOTALS


def _of_too_few(wording: Wording, entry: Entry) -> list[Issue]:
    """Accuse the number that is called that of all bodies, and is not what their tables have."""
    received = requests("received")
    actual, quantity = wording.sheet.evaluate(received), entry.item.quantity
    if quantity is None or not quantity.amount or not actual or quantity.approximation is not None:
        return []
    entry.settle(Status.CONTRADICTED, received, actual)
    name = describe(wording.sheet, received)
    message = (
        f"正文“{wording.quote(entry.item)}”与{name}{plain(actual)}件不一致，像是其他范围的数字"
    )
    cause = Cause.DIFFERENT_SCOPE
    return [wording.issue("NUM101", entry.item, message, facts=entry.facts, cause=cause)]


def _own_total(other: Entry) -> bool:
    """Whether a number says how many requests we have had, received or worked on: 办理申请194件."""
    quantity, expression = other.item.quantity, other.expression
    return quantity is not None and quantity.kind == "count" and expression in TOTALS


def _own_part(entry: Entry, other: Entry, own: str) -> bool:
    """“全系统收到310件，其中本机关25件”: the sentence goes on to our own count."""
    quantity = other.item.quantity
    return (
        quantity is not None
        and other.item.sentence == entry.item.sentence
        and quantity.amount == entry.actual
        and (_OWN.search(other.item.before) is not None or _named_after(own, other.item.before))
    )


def _of_another_size(entry: Entry) -> bool:
    """Whether a total of requests differs as bodies differ (17 and 95), not as digits slip."""
    quantity, actual = entry.item.quantity, entry.actual
    assert quantity is not None
    if entry.facts[0] not in _TOTALS or not quantity.amount or not actual:
        return False
    return max(quantity.amount, actual) >= _TIMES * min(quantity.amount, actual)


def _registered_elsewhere(wording: Wording, entry: Entry) -> Fact | None:
    """Return the fact of a wider body that the written number is registered as."""
    quantity = entry.item.quantity
    assert quantity is not None
    for fact in wording.sheet.registered:
        wider = (
            WIDER_BODY.search(fact.label) or "系统" in fact.label or fact.scope is Scope.AGGREGATE
        )
        if wider and fact.value == quantity.amount and compatible(fact.unit, quantity.unit):
            return fact
    return None
