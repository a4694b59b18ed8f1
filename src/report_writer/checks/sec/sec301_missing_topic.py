"""SEC301 missing_topic."""

from collections.abc import Iterator

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped, check
from report_writer.domain.findings import SectionRef, Severity
from report_writer.domain.report import AgencyKind, Topic

# The five topics are those of 国办公开办函〔2021〕30号.
SINCE_2021 = frozenset({"ogi_2021"})
# Below this length a report of a quiet year may well speak of its topics without naming them.
LONG_ENOUGH = 200
# NOTE: wider than the headings of the form on purpose, so that a topic spoken of in other words
# is not called missing.
WORDS = {
    Topic.PROACTIVE: ("主动公开", "主动发布", "公开信息", "公开政府信息", "发布信息"),
    Topic.ON_REQUEST: ("依申请", "申请公开", "公开申请"),
    Topic.INFORMATION_MANAGEMENT: (
        "信息管理",
        "信息的管理",
        "规范性文件",
        "审核",
        "审查",
        "动态调整",
        "信息资源",
        "公开目录",
    ),
    Topic.PLATFORM: ("平台", "网站", "新媒体", "公众号", "专栏", "公开栏"),
    Topic.OVERSIGHT: ("监督", "保障", "考核", "培训", "评议", "问责", "追责", "责任追究"),
}
GOVERNMENT_OWES = {
    "工作考核": ("考核",),
    "社会评议": ("评议",),
    "责任追究": ("责任追究", "追究", "追责", "问责"),
}


@check("SEC301", "section.missing_topic", severity=Severity.WARNING, forms=SINCE_2021)
def missing_topic(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """总体情况没有写到规定的某个方面。

    Why: the form names five topics of 总体情况 (主动公开、依申请公开、政府信息管理、平台建设、监督保障);
    a government's own report also owes 工作考核、社会评议 and 责任追究 (条例 第五十条).
    Bad: 总体情况写了两百多字，通篇没有提到监督保障方面的工作
    Good: 总体情况分别写到五个方面
    """
    text = context.report.sections.get("overview", "")
    if not text.strip():
        yield Skipped("没有总体情况的文字")
        return
    if len("".join(text.split())) <= LONG_ENOUGH:
        yield Skipped(f"总体情况不超过{LONG_ENOUGH}字，不判断是否缺少内容")
        return
    at = SectionRef(section="overview")
    for topic in context.form.topics:
        if any(word in text for word in (*topic.keywords, *WORDS.get(topic.topic, ()))):
            yield HELD
        else:
            yield rule.fail(at, f"总体情况没有写到“{topic.heading}”", expected=topic.heading)
    if context.report.agency.kind is not AgencyKind.GOVERNMENT:
        return
    # NOTE: 条例第五十条 asks for these results anywhere in the report, not in 总体情况 alone.
    whole = "".join(context.report.sections.values())
    missing = [
        name for name, words in GOVERNMENT_OWES.items() if not any(word in whole for word in words)
    ]
    if missing:
        names = "、".join(missing)
        yield rule.fail(at, f"政府的年度报告还应写明{names}结果情况", expected=names)
    else:
        yield HELD
