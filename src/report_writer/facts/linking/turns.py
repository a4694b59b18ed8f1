"""Which cell a turn of phrase denies: 登记簿上空空如也, 其后无人兴讼, 判决尚未作出, 也无留存有效者."""

from report_writer.facts.expressions import Expression, minus, total
from report_writer.facts.linking.cases import closed_cases
from report_writer.facts.linking.context import Context
from report_writer.facts.linking.disclosure_fees import PROCESSING_FEE, is_disclosure_fee
from report_writer.facts.linking.lexicon import APPLICANTS, OTHER_MATTERS, REMEDIES, REQUEST_HINT
from report_writer.facts.linking.statement import Statement
from report_writer.facts.linking.universals import about_requests
from report_writer.facts.linking.universals_of_cases import stated_cases
from report_writer.facts.sheet import remedies, requests
from report_writer.facts.text.frames import Item
from report_writer.facts.text.turns import Turn, turns_in

_OF_DOCUMENTS = {"documents in force": "in_force", "documents repealed": "repealed"}


def denied_in_a_turn(item: Item, text: str, context: Context) -> Statement | None:
    """Return what must be 0 where a clause denies by a turn of phrase, None where it is none."""
    for turn in turns_in(text):
        if turn.about and not _of_requests(item, text, context):
            continue
        statement = _statement(turn, item, text, context)
        if statement is not None:
            statement.strong = statement.strong and turn.sure
            return statement
    return None


def _of_requests(item: Item, text: str, context: Context) -> bool:
    # NOTE: the matter may be named only in front of the comma: “依申请公开窗口，无人叩门”.
    if REQUEST_HINT.search(text) or about_requests(item, context):
        return True
    return REQUEST_HINT.search(item.lead[-12:]) is not None


def _statement(turn: Turn, item: Item, text: str, context: Context) -> Statement | None:
    part, _, row = turn.says.partition("/")
    if row.startswith("charges") and is_disclosure_fee(text, item.lead):
        return Statement((), registered_label=PROCESSING_FEE)
    if part == "proactive":
        return Statement((total(turn.says),))
    if OTHER_MATTERS.search(text):
        return None
    if part == "requests":
        return Statement((requests(row),))
    if part == "remedies":
        return Statement((remedies(row),))
    if part == "all from persons":
        return Statement((minus(requests("received"), requests("received", "natural_person")),))
    if part == "all disclosed":
        return Statement((minus(requests("disposed"), requests("disclosed")),))
    if part == "applicant":
        columns = {m[2] for m in APPLICANTS.matches(text)}
        return Statement((requests("received", columns.pop()),)) if len(columns) == 1 else None
    if part in _OF_DOCUMENTS:
        row = context.document_row if context.document_sentence == item.sentence else ""
        column = _OF_DOCUMENTS[part]
        return Statement((total(f"proactive/{row}/{column}"),)) if row else None
    if part == "litigation":
        return Statement((remedies("litigation"),))
    if part == "named cases":
        keys = {m[2] for m in REMEDIES.matches(text)}
        return Statement((remedies("remedies" if len(keys) > 1 else keys.pop()),)) if keys else None
    return _of_stated_cases(part, item, context)


def _of_stated_cases(part: str, item: Item, context: Context) -> Statement | None:
    """“经复议再诉2件，判决尚未作出”: of the cases just counted; “无一被推翻” of all of the sentence."""
    rows = stated_cases(item, context)
    if not rows:
        return None
    if part == "pending":
        return Statement((closed_cases(rows[0]),))
    terms = tuple(term for row in rows for term in remedies(row, "corrected").terms)
    return Statement((Expression(tuple(dict.fromkeys(terms))),))
