"""Clauses without a number that no count stands beside: what most requests are (以自然人为主), what there is (有申请结转).

They are read when everything else has been, so that no number is linked through them. A majority is held against the
columns or rows of table three. That there is something is read as the denial of the same words, and is wrong where
that denial would hold.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from report_writer.domain.findings import Status
from report_writer.facts.expressions import Expression
from report_writer.facts.judging.derived_values import supported
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.lexicon import APPLICANTS, OTHER_MATTERS, REQUEST_HINT, REQUESTS
from report_writer.facts.linking.statements import understand
from report_writer.facts.sheet import ENDINGS, FactSheet, requests
from report_writer.facts.text.claims import Claim, ClaimKind
from report_writer.facts.text.frames import Item, clause_item
from report_writer.facts.text.screening import compiled
from report_writer.facts.text.wordlists import wordlist
from report_writer.forms.ogi_2021 import APPLICANTS as COLUMNS

_WORDS = wordlist("at_large")
_MOST = compiled(_WORDS["most"])
_HALF = re.compile(_WORDS["half"])
_MOST_FILLERS = re.compile(_WORDS["most_fillers"])
_SOME = re.compile(f"(?:{_WORDS['opening']})(?P<verb>{_WORDS['there_is']})(?P<what>.+)")
_SOME_OF_THEM = re.compile(f"(?:{_WORDS['opening']})(?:{_WORDS['some_of_them']})(?P<what>.+)")
_NO_REPORT = compiled(_WORDS["no_report"])
_ANYTHING = compiled(f"{_WORDS['most']}|{_WORDS['there_is']}|{_WORDS['some_of_them']}")
_CLAUSE = re.compile(r"(?<![^，。；：（）()\n])[^，。；：（）()“”\n\d]{4,48}(?=[，。；\n]|$)")
_COUNTED_NEXT = re.compile(r"，[^，。；]{0,6}\d")
_BOTH = "disclosed_in_full_or_part"
_ROOM = 1


def said_at_large(text: str, entries: list[Entry], sheet: FactSheet, section: str) -> list[Entry]:
    """Return an entry, confirmed or contradicted, for each such clause; `text` is normalised."""
    if section == "problems" or not _ANYTHING.search(text):
        return []
    found: list[Entry] = []
    for match in _CLAUSE.finditer(text):
        clause = match[0].strip()
        if not _ANYTHING.search(clause) or _NO_REPORT.search(clause):
            continue
        start = match.start() + match[0].index(clause)
        end = start + len(clause)
        if any(e.status is not None and e.item.start < end and start < e.item.end for e in entries):
            continue
        item = clause_item(text, Claim(start, end, ClaimKind.EXISTS, clause, loose=True))
        entry = _of_most(item, clause, sheet) or _of_some(item, clause, sheet, section)
        if entry is not None:
            found.append(entry)
    return found


def _of_most(item: Item, clause: str, sheet: FactSheet) -> Entry | None:
    said = _MOST.search(clause)
    if said is None or OTHER_MATTERS.search(clause):
        return None
    if not REQUEST_HINT.search(clause) and not REQUEST_HINT.search(item.lead):
        return None
    for share, others in _shares(clause, _MOST.sub("", clause)):
        part, rest = sheet.evaluate(Expression(share.terms)), [sheet.evaluate(o) for o in others]
        whole = sheet.evaluate(Expression(share.base))
        known = [value for value in rest if value is not None]
        if part is None or not whole or len(known) < len(rest):
            return None
        most = max(known, default=Decimal(0))
        entry = Entry(replace(item, claim=Claim(item.start, item.end, ClaimKind.MOST, clause)))
        if part * 2 > whole:
            entry.settle(supported(share), share, part / whole)
        elif _COUNTED_NEXT.match(item.rest):
            # NOTE: “以企业为主，提出12件”: who that is of is told by the number.
            return None
        elif part < most or (_HALF.search(said[0]) and part * 2 < whole):
            entry.settle(Status.CONTRADICTED, share, part / whole)
        elif part > most and not _HALF.search(said[0]):
            entry.settle(supported(share), share, part / whole)
        else:
            return None
        return entry
    return None


def _shares(clause: str, bare: str) -> Iterator[tuple[Expression, tuple[Expression, ...]]]:
    """Yield the share that must be the largest, and what it is held against."""
    asked = APPLICANTS.matches(bare)
    columns = {m[2] for m in asked}
    if len(columns) == 1 and not _left_over(bare, asked):
        column = columns.pop()
        others = ("natural_person",) if column == "organisation" else COLUMNS
        whole = requests("received")
        yield (
            Expression(requests("received", column).terms, "share", whole.terms),
            tuple(requests("received", other) for other in others if other != column),
        )
    ended = tuple(m for m in REQUESTS.matches(bare) if m[2] in {*ENDINGS, _BOTH})
    rows = {m[2] for m in ended}
    if len(rows) == 1 and not asked and not _left_over(bare, ended):
        row = rows.pop()
        yield (
            Expression(requests(row).terms, "share", requests("disposed").terms),
            tuple(
                requests(other)
                for other in ENDINGS
                if other != row and not (row == _BOTH and other in ENDINGS[:2])
            ),
        )


def _left_over(bare: str, named: tuple[tuple[int, int, str, bool], ...]) -> bool:
    for start, end, _, _ in reversed(named):
        bare = bare[:start] + "，" + bare[end:]
    return len(_MOST_FILLERS.sub("", bare)) > _ROOM


def _of_some(item: Item, clause: str, sheet: FactSheet, section: str) -> Entry | None:
    match = _SOME.fullmatch(clause)
    some = match or _SOME_OF_THEM.fullmatch(clause)
    if some is None:
        return None
    denied = (
        f"未{match['verb'].rstrip('了过')}" if match and match["verb"][0] != "有" else "没有"
    ) + some["what"]
    claim = Claim(item.start, item.end, ClaimKind.ZERO, denied)
    said = understand(replace(item, claim=claim), Context(section, sheet.year), sheet)
    if said is None or not said.strong or not said.expressions or said.registered_label:
        return None
    actual = sheet.evaluate(said.expressions[0])
    if actual is None or actual < 0:
        return None
    entry = Entry(item)
    status = supported(said.expressions[0]) if actual else Status.CONTRADICTED
    entry.settle(status, said.expressions[0], actual)
    return entry
