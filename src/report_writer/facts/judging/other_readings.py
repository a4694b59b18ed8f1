"""Before a number is accused: does another reading of its own words bear it out, and is the slip likely?

Language leaves a reader several cells (“其他58件” may be applicants or outcomes). The likeliest reading
is linked; only where none of the others holds is the number wrong. Every reading here has a word in
the number's own piece for it, so that a true slip seldom meets one by chance.
"""

import re
from collections.abc import Iterator
from itertools import islice

from report_writer.facts.derived.candidates import Derived
from report_writer.facts.derived.rates import RATE
from report_writer.facts.expressions import (
    PREVIOUS,
    Expression,
    a_year_before,
    change,
    minus,
    share,
    total,
)
from report_writer.facts.linking.cases import closed_cases
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.linking.lexicon import (
    APPLICANTS,
    OUTCOMES_OF_REMEDIES,
    PROACTIVE,
    REMEDIES,
    REQUESTS,
    VERBS,
)
from report_writer.facts.linking.lexicon_faint import FAINT, FAINT_COLUMNS
from report_writer.facts.linking.naming import relative
from report_writer.facts.linking.proactive import LOOSE_VERBS
from report_writer.facts.linking.totals import stated_total
from report_writer.facts.sheet import (
    ENDINGS,
    LITIGATION,
    REMEDY_SUM_ROWS,
    TOTAL_ROWS,
    remedies,
    requests,
)
from report_writer.facts.text.frames import Item

_CASES = ("reconsideration", *LITIGATION)
_SUMS_OF_CASES = (*_CASES, "litigation", "remedies")
_DOCUMENTS = ("normative_documents", "rules")
_NO_ROWS = frozenset({"worked_on", "with_carried"})
_OURSELVES = re.compile(r"[本我](?:机关|单位|部门)|机关单位")
_OF_ALL_CASES = re.compile(r"案件?|共|合计|全部")
_PARTLY_BEHIND = re.compile(r"\s?[，（(](?:其中|含|包括|内含)?(?:[^，。；（）\d]{0,6})部分公开")
# “续办2件” may have come over from last year or go on into the next.
_GOES_ON = re.compile(
    r"^(?!.*(?:下一?年|次年|来年|明年|翌年)).*(?:(?<!继)[续接][着续]?办|承接|接转|(?:计入|加上|连同?|算上|并入|含)[^，。；]{0,4}结转|跨年(?!度?(?:结转|转)下))"
)
_CAME_IN = re.compile(r"收|受|接|登记|提|来|递|交|经手|办|依申请|答复")
_OTHERS = re.compile(r"其[他它](?:的|有|为|共)?$")
ABOVE = re.compile(
    r"(?:(?P<up>高于|多于|多过|超过|超出)|低于|少于|不及)[^，。；\d]{2,12}(?<!的)\s*$"
)
_EARLIER = re.compile(r"(?:上(?:一)?年(?:度)?|去年)(?:同期)?(?:的|为|是|有)?\s?$")


def other_counts(item: Item, link: Link, context: Context) -> Iterator[Expression]:
    """Yield the other cells a number's own words may mean."""
    fact = link.expression.operands[0]
    table = fact.split("/")[0]
    if link.registered or table not in _READERS or _alone(fact):
        return
    if item.quantity is None or not item.quantity.value:
        # NOTE: a denial denies what it names: “行政复议和行政诉讼均为0件”.
        return
    if _EARLIER.search(item.before) and "/carried_" not in fact:
        yield a_year_before(link.expression)
    above = ABOVE.search(item.left)
    for before in islice(_links_before(item, context), 1 if above else 0):
        # NOTE: “企业8件，高于自然人2件” may tell by how much.
        pair = (before.expression, link.expression)
        yield minus(*pair) if above and above["up"] else minus(*reversed(pair))
    if link.row == "faint" and link.expression == requests("received") and "新" not in item.label:
        # NOTE: “手头申请126件” may take in what was carried over.
        yield requests("handled")
    yield from _READERS[table](item, context)


def _alone(fact: str) -> bool:
    """Whether a cell has no sibling its words could mean: last year's cells, decisions, charges."""
    return fact.startswith(PREVIOUS) or (
        fact.startswith("proactive/") and fact.split("/")[1] not in _DOCUMENTS
    )


def _words(item: Item, context: Context) -> list[str]:
    """Return what names a number: the piece before it, and the piece behind it unless that names the next."""
    words = [relative(item.label, context.year)]
    following = item.following
    if item.after and (following is None or following.start > item.end + len(item.after)):
        words.append(item.after)
    return words


def _rows(text: str) -> list[str]:
    """Return the rows a text names, the nearest first; a loose word inside a firm one (部分公开) is none."""
    firm = REQUESTS.matches(text)
    loose = [m for m in FAINT.matches(text) if not any(k[0] <= m[0] and m[1] <= k[1] for k in firm)]
    return [m[2] for m in (*reversed(firm), *reversed(loose)) if m[2] not in _NO_ROWS]


def _of_requests(item: Item, context: Context) -> Iterator[Expression]:
    words = _words(item, context)
    rows = list(dict.fromkeys(row for text in words for row in _rows(text)))
    for row in rows:
        if row == "received" and len(rows) > 1 and not _CAME_IN.search(words[0]):
            # NOTE: “上年结转的申请13件”: the noun is no word for what came in.
            continue
        yield requests(row)
    if rows[:1] == ["disclosed"] and _PARTLY_BEHIND.match(item.rest):
        # NOTE: “公开类答复34件（其中部分公开8件）”: both, whatever the word.
        yield total("requests/disclosed/total", "requests/disclosed_in_part/total")
    if "carried_forward" in rows and _GOES_ON.search(words[0]):
        yield requests("carried_over")
    endings = {row.split(".")[0]: row for row in rows if row.split(".")[0] in ENDINGS}
    if len(endings) > 1:
        yield Expression(tuple(term for row in endings.values() for term in requests(row).terms))
    columns = [m[2] for m in APPLICANTS.matches(words[0])]
    # NOTE: “本机关收到” names us, and no applicant.
    columns += [m[2] for m in FAINT_COLUMNS.matches(_unexplained(words[0]))]
    if _OTHERS.search(words[0]):
        yield requests("otherwise_closed")
        columns.append("other")
    for column in dict.fromkeys(columns):
        for row in _stated_totals(item, context) or (context.request_row, *TOTAL_ROWS):
            yield requests(row, column)


def _unexplained(text: str) -> str:
    """Return a label without the rows it names firmly (其他处理) and without our own name."""
    for start, end, _, firm in reversed(REQUESTS.matches(text)):
        text = text[:start] + text[end:] if firm else text
    return _OURSELVES.sub("", text)


def _links_before(item: Item, context: Context) -> Iterator[Link]:
    """Yield the links of the numbers before an item in its sentence, the nearest first."""
    for previous in item.earlier():
        link = context.links.get(id(previous))
        if link is not None and not link.registered:
            yield link


def _stated_totals(item: Item, context: Context) -> tuple[str, ...]:
    """Return the totals of requests the sentence has stated: behind 新收276件 its applicants are the new ones."""
    said = {expression for link in _links_before(item, context) for expression in link.expressions}
    return tuple(row for row in TOTAL_ROWS if requests(row) in said)


_PAIR = 12


def _of_cases(item: Item, context: Context) -> Iterator[Expression]:
    words = _words(item, context)
    rows = [m[2] for m in REMEDIES.matches(words[0])]
    following = item.following
    if following is not None and item.rest.startswith("、") and following.start - item.end <= _PAIR:
        # NOTE: “复议151件、诉讼54件获维持”: the outcome of both stands behind the second.
        words.append(following.after)
    outcomes = dict.fromkeys(m[2] for text in words for m in OUTCOMES_OF_REMEDIES.matches(text))
    if len(rows) > 1:
        return
    if rows and not outcomes:
        yield remedies(rows[0])
        if any(_CLOSED.search(text) for text in words) or item.bracketed:
            yield closed_cases(rows[0])
    cases = {_cases_of(link): None for link in _links_before(item, context)}
    if not rows and _OF_ALL_CASES.search(words[0]):
        # NOTE: “复议10件、诉讼5件。年底未审结的案件共5件”: of either kind.
        cases[frozenset(_CASES)] = None
    said = [
        frozenset(REMEDY_SUM_ROWS[row][0] if row in REMEDY_SUM_ROWS else (row,)) for row in rows
    ]
    # NOTE: an outcome without a name is of the cases its own sentence has spoken of.
    for one in said or cases:
        for column in outcomes if one else ():
            yield total(*(f"remedies/{row}/{column}" for row in _CASES if row in one))


def _cases_of(link: Link) -> frozenset[str]:
    facts = link.expression.operands
    ours = all(fact.startswith("remedies/") for fact in facts)
    return frozenset(fact.split("/")[1] for fact in facts) if ours else frozenset()


def _of_documents(item: Item, context: Context) -> Iterator[Expression]:
    words = _words(item, context)
    named = [m[2] for m in PROACTIVE.matches(words[0])]
    rows = [row for row in named if row in _DOCUMENTS]
    columns = [m[2] for text in words for m in VERBS.matches(text)]
    columns += [column for text in words for column, loose in LOOSE_VERBS if loose.search(text)]
    if named and not rows:
        return
    named = [m[2] for m in PROACTIVE.matches(item.lead)]
    for row in rows or [row for row in _DOCUMENTS if row in named]:
        for column in dict.fromkeys(columns):
            yield total(f"proactive/{row}/{column}")


_READERS = {"requests": _of_requests, "remedies": _of_cases, "proactive": _of_documents}

_AT_ONCE = re.compile(r"[，（(]?\s*(?:约|大约|即|共|所)?(?:占|比)?[^，。；、\d]{0,12}")
# Whose share it is stands in words: nothing is left open.
_SAID_EXACTLY = re.compile(
    r"(?:(?:[两二三四]者|[两二三四][项类种]|合计|共计?|依次|分别|各)[^。；]*)$"
)
_EACH = re.compile(r"各自?占?(?:了|约|近)?\s*$")
_NAMED_BASE = re.compile(r"办结|答复|新收|收到|受理|应办|审结|总[数量]|全部|所有")


def other_shares(item: Item, derived: Derived, context: Context) -> Iterator[Expression]:
    """Yield shares of the other counts of the sentence; a base that is named stays what it is."""
    read = [e for e in derived.expressions if e.function == "share"]
    if _EACH.search(item.before):
        # NOTE: “2件分别作公开、部分公开答复，各占半数”: each of them, and not the two together.
        yield from (
            share(Expression((term,)), Expression(e.base)) for e in read for term in e.terms
        )
        return
    if not read or any(e.is_registered for e in read):
        return
    if RATE.search(item.left) or _SAID_EXACTLY.search(item.lead):
        return
    named = {Expression(e.base) for e in read} if _NAMED_BASE.search(item.left) else None
    stated = stated_total(item, context, item.start)
    first = True
    for previous in item.earlier():
        link = context.links.get(id(previous))
        if link is not None and not link.registered:
            for part in link.expressions:
                for base in _bases(part, stated):
                    other = share(part, base)
                    fits = part != base and (named is None or base in named)
                    if fits and other not in derived.wrong:
                        yield other
            # NOTE: “20件，占80%” says whose share it is; a list or a verb between leaves it open.
            if first and _AT_ONCE.fullmatch(
                item.lead, len(item.lead) - (item.start - previous.end)
            ):
                return
        # NOTE: in “100件，占办结数160件的62.5%” the number just before is the base.
        first = first and named is not None and link is not None and link.expression in named


def _bases(part: Expression, stated: Expression | None) -> Iterator[Expression]:
    table, row, column = (*part.operands[0].split("/"), "", "")[:3]
    if table == "requests":
        yield from (stated,) if stated is not None else map(requests, TOTAL_ROWS)
        if column != "total":
            yield requests(row)
        if "." in row:
            yield requests(row.split(".")[0])
    elif table == "remedies":
        for cases in _SUMS_OF_CASES:
            yield remedies(cases)
            yield closed_cases(cases)


_CLOSED = re.compile(r"结|审|判|裁|决定|处理|办")
_NET = re.compile(r"净[增减][加少长]?了?(?:约|近)?\s*$")
_SINCE_JANUARY = re.compile(r"[较比与](?:[年期]初|上年(?:末|底|结转|转))[^，。；]{0,12}$")


def other_changes(item: Item, derived: Derived, context: Context) -> Iterator[Expression]:
    """Yield the change of every other count of the sentence: “收到5件，律所3件，比上年多1件”."""
    rates = {e.function for e in derived.expressions if e.function is not None}
    if _SINCE_JANUARY.search(item.lead):
        # NOTE: “年末在办36件，较年初40件减少4件”: what has changed in the year, not against last year.
        now, before = requests("carried_forward"), requests("carried_over")
        yield from (change(now, rate=name == "change_rate", before=before) for name in rates)
    if _SAID_EXACTLY.search(item.lead):
        return
    if _NET.search(item.before):
        # NOTE: “新发9件，少于废止的12件，净减3件”: what the two leave.
        two = [link.expression for link in islice(_links_before(item, context), 2)]
        if len(two) > 1:
            yield minus(two[1], two[0])
    for previous in item.earlier():
        link = context.links.get(id(previous))
        if link is not None and not link.registered:
            for now in link.expressions:
                for one in _and_all_of_them(now):
                    yield from (change(one, rate=name == "change_rate") for name in rates)


def _and_all_of_them(now: Expression) -> Iterator[Expression]:
    """Yield a count of this year and, of an applicant's, that of all applicants."""
    first = now.operands[0]
    if now.function is not None or first.startswith(PREVIOUS):
        return
    yield now
    table, row, column = (*first.split("/"), "", "")[:3]
    if table == "requests" and column != "total":
        yield requests(row)


def other_last_years(item: Item, link: Link, context: Context) -> Iterator[Expression]:
    """Yield last year's value of every other count of the sentence: “比上年的4件多1件”."""
    if link.registered or not link.expression.operands[0].startswith(PREVIOUS):
        return
    for previous in item.earlier():
        other = context.links.get(id(previous))
        if other is not None and not other.registered and other.expression.function is None:
            yield from map(a_year_before, other.expressions)


def narrower_claims(
    item: Item, claim: str, expression: Expression, context: Context
) -> Iterator[Expression]:
    """Yield what a claim of cases says of those alone that its sentence has spoken of last.

    “诉讼12件，其中复议后3件、法院全部维持”: upheld were the three.
    """
    if not all(fact.startswith("remedies/") for fact in expression.operands):
        return
    if REMEDIES.matches(claim):
        return
    for previous in item.earlier():
        link = context.links.get(id(previous))
        if link is not None and link.expression.operands[0].startswith("remedies/"):
            rows = {fact.split("/")[1] for fact in link.expression.operands}
            terms = tuple(term for term in expression.terms if term[1].split("/")[1] in rows)
            if terms and terms != expression.terms:
                yield Expression(terms)
