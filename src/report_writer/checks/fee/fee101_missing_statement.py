"""FEE101 missing_statement."""

import re
from collections.abc import Iterator

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped, check
from report_writer.checks.fee._statement import NAME, PART_SIX, SINCE_2021, span
from report_writer.domain.findings import SectionRef, Severity

# What offices write for the fee; the ordinance calls it 信息处理费.
_WRONG_TERM = re.compile(
    r"信息公开处理费|(?:政府信息公开|依申请公开|信息公开|申请公开)(?:申请)?(?:收取)?(?:相关)?(?:的)?费用?"
)
# An amount, a count of notices, or a clear no: anything of the kind is a statement.
_STATED = re.compile(
    r"[\d０-９零〇一二三四五六七八九十百千万]\s*(?:万?元|件)|(?:未|没有|无|不)[^。；]{0,20}(?:收|费|发生|产生|涉及|发出)"
    r"|(?:为|共计|合计|：)\s*[0０零无]"
)


@check("FEE101", "fee.missing_statement", severity=Severity.WARNING, forms=SINCE_2021)
def missing_statement(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """第六部分没有写明信息处理费收取情况，或者名称写得不对。

    Why: the form has the fee reported in part six; where none was charged, that is the statement.
    The name in the ordinance is 信息处理费.
    Bad: 六、其他需要报告的事项 无。
    Good: 六、其他需要报告的事项 本年度未收取信息处理费。
    """
    text = context.report.sections.get(PART_SIX, "")
    if not text.strip():
        yield Skipped("没有第六部分的文字")
    elif NAME in text:
        if _STATED.search(text):
            yield HELD
        else:
            start = text.index(NAME)
            yield rule.fail(
                span(PART_SIX, start, start + len(NAME), context),
                f"第六部分提到{NAME}，但没有写明收取情况；应写明发出收费通知的件数和金额，或写明未收取",
            )
    elif match := _WRONG_TERM.search(text):
        yield rule.fail(
            span(PART_SIX, match.start(), match.end(), context),
            f"第六部分写的是“{match.group()}”，规范名称为“{NAME}”",
            # NOTE: what was meant is plain; the name alone is worth a look, no more.
            severity=Severity.ADVICE,
            expected=NAME,
            found=match.group(),
        )
    else:
        elsewhere = any(NAME in other for other in context.report.sections.values())
        where = f"{NAME}写在了别的部分，应在第六部分报告" if elsewhere else ""
        yield rule.fail(
            SectionRef(section=PART_SIX),
            where or f"第六部分没有写{NAME}收取情况；没有收取的，也应写明",
            expected=NAME,
        )
