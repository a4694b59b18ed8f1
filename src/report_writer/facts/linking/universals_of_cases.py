"""Claims that hold of every case of reconsideration and litigation: 均维持, 结果均为维持, 其余均予维持."""

import re

from report_writer.facts.expressions import Expression, minus
from report_writer.facts.linking.cases import closed_cases
from report_writer.facts.linking.context import Context, Link
from report_writer.facts.linking.counts import previous_count
from report_writer.facts.linking.lexicon import OUTCOMES_OF_REMEDIES, REMEDIES, REQUEST_HINT
from report_writer.facts.linking.statement import Statement
from report_writer.facts.sheet import remedies
from report_writer.facts.text.frames import Item

TAIL = re.compile(
    r"(?:我[局委办厅府镇乡院]|本(?:机关|单位|局|级)|的|了|类|处理|答复|信息|事项|情形|情况|申请人?|来件|件|途径|范围|决定|方式|到位|结果|告知书?|结论|原(?:具体)?(?:行政)?(?:决定|行为|答复|处理|告)|(?:行政|被告)机关|[市县区镇乡州省]政府|(?:原告|申请人)(?:的|方)?|(?:诉讼|复议|全部)?请求|起诉|上诉|而?(?:不予公开|无法提供|不予处理)|给申请人|提供|意见|完毕|归档|归卷|存档|，)*"
)
REST = re.compile(r"其?余(?:下|者)?|其[他它]|剩余|剩下|另外")

# “诉讼41件，都是未经复议直接起诉”: then none came the other way.
_OTHER_WAY = {
    "direct_litigation": "litigation_after_reconsideration",
    "litigation_after_reconsideration": "direct_litigation",
}


# “均获复议机关维持”, “均经法院判决驳回”
_JUDGED = re.compile(
    r"^(?:结果|(?:复议|上级|审理)?机关|复议机构|(?:人民)?法院|[一二]审|经?审理后?|判决|裁定|裁决|决定|予以|依法|为)+(?=.)"
)


def of_cases(item: Item, head: str, said: str, context: Context) -> Statement | None:
    """“复议18件，复议机关均予维持”, “复议两宗、诉讼一宗，结果均为维持”."""
    said = _JUDGED.sub("", said)
    ways = [m[2] for m in REMEDIES.matches(said) if m[0] == 0 and m[2] in _OTHER_WAY]
    counted = last_counted(item, context)
    of_all = counted is None or counted.expression.operands[0].endswith("/total")
    if ways and of_all and set(_OTHER_WAY) <= set(stated_cases(item, context)[:2]):
        return Statement((remedies(_OTHER_WAY[ways[0]]),))
    found = [m for m in OUTCOMES_OF_REMEDIES.matches(said) if m[0] == 0]
    if not found or not TAIL.fullmatch(said, found[0][1]):
        return None
    if REQUEST_HINT.search(head):
        return None
    if (link := _counted_now(item, head.strip(), context)) is not None:
        _, row, column = link.expression.operands[0].split("/")
        if column == "total":
            return Statement(
                (minus(link.expression, remedies(row, found[0][2])),), strong=link.strong
            )
    if REST.search(head[-4:]):
        return _of_the_other_cases(item, found[0][2], context)
    rows = list(dict.fromkeys(m[2] for m in REMEDIES.matches(head)))
    if not rows and re.search(r"复议(?:机关|机构|决定)", head):
        rows = ["reconsideration"]
    if not rows and re.search(r"法院|判决|裁判", head):
        # NOTE: “复议后3件、法院全部维持” speaks of the suits just named, not of all.
        rows = [row for row in stated_cases(item, context)[:1] if "litigation" in row]
        rows = rows or ["litigation"]
    if not rows:
        rows = stated_cases(item, context)
    if not rows:
        return None
    column = found[0][2]
    ended = tuple(term for row in rows for term in remedies(row, column).terms)
    link = last_counted(item, context)
    brought = [remedies(row) for row in (*rows, "litigation", "remedies")]
    if link is not None and not head.strip() and link.expression not in brought:
        # NOTE: “审结2件，均维持” speaks of those two, whatever else is pending.
        return Statement((minus(link.expression, Expression(ended)),))
    closed = _CLOSED_CASES.search(head) is not None
    wholes = [closed_cases(row) if closed else remedies(row) for row in rows]
    terms = tuple(dict.fromkeys(term for whole in wholes for term in whole.terms))
    every = minus(Expression(terms), Expression(tuple(dict.fromkeys(ended))))
    if head.strip() or len(rows) == 1 or closed:
        return Statement((every,))
    # NOTE: “复议4件，经复议再诉2件，均在审理” may speak of those two only.
    return Statement((every, minus(remedies(rows[0]), remedies(rows[0], column))))


def _counted_now(item: Item, head: str, context: Context) -> Link | None:
    """“未经复议的2件，复议后提起的4件，后者均获维持”: the cases 后者 means."""
    if head != "后者":
        return None
    link = previous_count(item, context)
    return link if link is not None and link.expression.is_plain else None


def _of_the_other_cases(item: Item, outcome: str, context: Context) -> Statement | None:
    """“复议3件，其中1件尚未审结，其余均予维持”: nothing is left beside what the sentence has named."""
    links = [context.links.get(id(one)) for one in item.earlier()]
    cells = [
        link.expression.operands[0].split("/")
        for link in links
        if link is not None and link.expression.is_plain
    ]
    whole = next((c[1] for c in cells if c[0] == "remedies" and c[2] == "total"), None)
    if whole is None:
        return None
    named = [
        remedies(whole, c[2]) for c in cells if c[1] == whole and c[2] not in {"total", outcome}
    ]
    terms = [t for one in (*named, remedies(whole, outcome)) for t in one.terms]
    return Statement((minus(remedies(whole), Expression(tuple(terms))),), strong=bool(named))


_CLOSED_CASES = re.compile(r"(?<!未)(?:[审办已]结|结案)")


def last_counted(item: Item, context: Context) -> Link | None:
    """Return the link of the count just before a claim, with a comma between them at most."""
    previous = item.previous
    if previous is None or previous.quantity is None or item.start - previous.end > 1:
        return None
    # NOTE: “收到40件，同比增加7件，均由…提出”: said of those that came, not of the seven.
    return context.changed.get(id(previous)) or context.links.get(id(previous))


def stated_cases(item: Item, context: Context) -> list[str]:
    """Return the remedies whose totals stand in the sentence before an item, the last first."""
    rows: list[str] = []
    for previous in item.earlier():
        link = context.links.get(id(previous))
        if link is not None and link.expression.operands[0].startswith("remedies/"):
            for fact in link.expression.operands:
                rows.append(fact.split("/")[1])
        elif link is not None:
            break
    return list(dict.fromkeys(rows))
