"""DUP101 stale_sentence."""

from collections.abc import Iterator

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped, check
from report_writer.domain.findings import Severity, Span
from report_writer.facts.likeness import likeness, names_of, sentences

# Where problems and measures stand; elsewhere a standing sentence is no fault.
SECTION = "problems"
ALIKE = 0.9
_JOINTS = " \n　"


@check("DUP101", "copied.stale_sentence", severity=Severity.ADVICE)
def stale_sentence(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """第五部分的问题、措施与上年报告几乎一样。

    Why: a problem told a second time in the same words looks copied; evaluators take marks off for
    it. Names and numbers are masked, required sentences are not counted; alike means an edit
    likeness (InDel) of 90 % or more.
    Bad: 上年“政策解读以文字为主，形式单一”，本年“政策解读以文字为主，形式单一”
    Good: 上年“政策解读以文字为主，形式单一”，本年“图解已占三成，但短视频解读还没有起步”
    """
    report, previous = context.report, context.report.previous
    text = report.sections.get(SECTION, "")
    old = previous.sections.get(SECTION, "") if previous else ""
    if not text.strip() or not old.strip():
        yield Skipped("没有上年或本年第五部分的文字")
        return
    names = names_of(report.agency)
    before = [piece.masked for piece in sentences(old, names)]
    stale: list[tuple[int, int, float]] = []
    for piece in sentences(text, names):
        best = max((likeness(piece.masked, one, least=ALIKE) for one in before), default=0.0)
        if not best:
            yield HELD
        elif stale and not text[stale[-1][1] : piece.start].strip(_JOINTS):
            start, _, least = stale.pop()
            stale.append((start, piece.end, min(least, best)))
        else:
            stale.append((piece.start, piece.end, best))
    for start, end, least in stale:
        quote = text[start:end]
        yield rule.fail(
            Span(section=SECTION, start=start, end=end, quote=quote),
            f"与上年报告几乎一样（遮去名称和数字后相似度{least:.0%}），请写本年的实际情况",
            found=f"{least:.0%}",
        )
