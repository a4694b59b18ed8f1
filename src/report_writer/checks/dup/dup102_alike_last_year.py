"""DUP102 alike_last_year."""

from collections.abc import Iterator, Mapping

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped, check
from report_writer.domain.findings import SectionRef, Severity
from report_writer.facts.likeness import RUN, names_of, repeated, sentences

SECTIONS = ("overview", "problems", "other_matters")
# 宿迁市政务公开监测指标 takes marks off above one half.
LIMIT = 0.5
# Masked characters below which a share says nothing.
ENOUGH = 200


@check("DUP102", "copied.alike_last_year", severity=Severity.ADVICE)
def alike_last_year(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """正文与上年报告的重复率超过一半。

    Why: local evaluations take marks off a report that repeats more than half of last year's. The
    measure here: of all runs of eight characters of parts one, five and six, the share that stands in
    last year's, names and numbers masked, required sentences left out. Other measures give other shares.
    Bad: 全文只改了年份和数字
    Good: 各部分写本年做的事
    """
    report, previous = context.report, context.report.previous
    if previous is None or not previous.sections:
        yield Skipped("没有上年报告的正文")
        return
    names = names_of(report.agency)

    def masked(sections: Mapping[str, str]) -> str:
        texts = (sections.get(key, "") for key in SECTIONS)
        return "".join(piece.masked for text in texts for piece in sentences(text, names))

    new, old = masked(report.sections), masked(previous.sections)
    if min(len(new), len(old)) < ENOUGH:
        yield Skipped(f"本年或上年的正文不足{ENOUGH}字，不计算重复率")
        return
    share = repeated(new, old)
    if share <= LIMIT:
        yield HELD
    else:
        yield rule.fail(
            SectionRef(section="overview"),
            f"与上年报告的重复率为{share:.0%}，超过{LIMIT:.0%}"
            f"（按连续{RUN}字计，遮去名称和数字，不计规定的固定语句）",
            found=f"{share:.0%}",
        )
