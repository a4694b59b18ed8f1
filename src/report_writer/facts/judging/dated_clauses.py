"""Clauses of last year: “2022年，收到3件；2023年，收到4件” gives last year's value by right."""

import re
from decimal import Decimal

from report_writer.facts.expressions import Expression, a_year_before
from report_writer.facts.judging.derived_values import number_holds
from report_writer.facts.judging.entries import Entry
from report_writer.facts.linking.context import Link
from report_writer.facts.sheet import FactSheet

_PROGRAMME = re.compile(r"(?:度)?[^，。；、\d]{0,12}(?:安排|要点|计划|部署|方案|通知|意见|任务)")
# Words before a year that do not open a period: “较2022年”, “由2022年的10件”, “加上2022年转来的”.
_ASIDE = re.compile(
    r"(?:[较比与和同跟及由从自据按依是为]|根据|按照|相比|对比|连同|加上?|承接|接续|续办|结转|转自|含|包括|高于|低于|多于|少于|超过|不及|相较|相对|对照)\s?$"
)
# “2023年12月29日登记的1件”
_A_DAY = re.compile(r"\d{1,2}月\d{1,2}日(?!.*(?:至|到|—))")
_BROUGHT_OVER = re.compile(
    r"(?:度)?[末底]?(?:的)?(?:结转|转|移|遗留|留|未|没|尚|还|带|跨|延|在手|待)|(?:度)?[末底]"
)


def in_clause_of_last_year(
    entry: Entry, link: Link, sheet: FactSheet
) -> tuple[Expression, Decimal] | None:
    """“2022年，收到3件；2023年，收到4件”: in a clause of last year, last year's value counts."""
    past = entry.item.lead[-60:].rpartition(f"{sheet.year - 1}年")
    # NOTE: “根据2022年工作安排”: a programme is no period; “与2022年持平，”, “加上2022年转来的4件，”
    # only compare with the year before or bring something over from it.
    if not past[1] or _PROGRAMME.match(past[2]) or _ASIDE.search(past[0]):
        return None
    if _BROUGHT_OVER.match(past[2]) or _A_DAY.match(past[2]):
        return None
    if f"{sheet.year}年" in entry.item.lead[-60:] or link.registered:
        return None
    expression = a_year_before(link.expression)
    actual = sheet.evaluate(expression)
    if actual is None or not number_holds(sheet, entry.item, expression, actual):
        return None
    return expression, actual
