"""DUP201 alike_in_batch."""

from collections.abc import Iterator

from report_writer.checks._api import HELD, Check, CheckContext, Outcome, Skipped, check
from report_writer.domain.findings import Severity

_NAMED = 5


@check("DUP201", "copied.alike_in_batch", severity=Severity.ADVICE)
def alike_in_batch(rule: Check, context: CheckContext) -> Iterator[Outcome]:
    """第五部分的段落与同一批其他机关的几乎一样。

    Why: reports alike (内容雷同) are named by 国办公开办函〔2021〕30号 as a ground for being held to
    account. Only a batch or a roll-up can tell: names and numbers are masked, required sentences are
    not counted; alike means an edit likeness (InDel) of 85 % or more to the first of the group.
    Bad: 甲局、乙局、丙局的问题和措施除名称外一字不差
    Good: 各写各的问题
    """
    if context.copies is None:
        yield Skipped("没有同一批其他机关的报告可以比较")
        return
    for copy in context.copies:
        names = "、".join(copy.others[:_NAMED])
        more = f"等{len(copy.others)}个机关" if len(copy.others) > _NAMED else ""
        yield rule.fail(
            copy.at,
            f"与{names}{more}几乎一样（遮去名称和数字后相似度不低于{copy.likeness:.0%}）",
            found=f"{copy.likeness:.0%}",
        )
    if not context.copies:
        yield HELD
