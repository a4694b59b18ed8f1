"""SEC102 thin_section."""

from collections.abc import Iterator

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped, check
from report_writer.domain.findings import SectionRef, Severity

# The threshold of the nearest public evaluation: not longer than ten characters.
THIN = 10


@check("SEC102", "section.thin_section", severity=Severity.WARNING)
def thin_section(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """第五部分写“无”，或者只有几个字。

    Why: problems and improvements are required content; evaluators count a word or two as missing.
    Bad: 五、存在的主要问题及改进情况 无。
    Good: 五、存在的主要问题及改进情况 问题：政策解读形式较单一。改进：增加图解和问答。
    """
    text = context.report.sections.get("problems", "")
    written = "".join(text.split())
    if not written:
        yield Skipped("没有第五部分的文字")
    elif len(written) <= THIN:
        yield rule.fail(
            SectionRef(section="problems"),
            f"第五部分只写了“{written}”，应写明存在的主要问题和改进措施",
            found=written,
        )
    else:
        yield HELD
