"""Open numbers beside registered facts nobody has stated: an equal value in the same unit is the same thing."""

import pytest

from report_writer.domain.findings import Status
from tests.small_reports import checked, status_in


def _fact(label: str, value: float, unit: str) -> dict[str, object]:
    return {"label": label, "value": value, "unit": unit, "source": "台账"}


@pytest.mark.parametrize(
    ("text", "fact", "quote"),
    [
        ("县人社局挂出岗位需求2204条。", _fact("招聘信息", 2204, "条"), "2204条"),
        ("请群众走进大厅体验9余次。", _fact("窗口开放日", 9, "次"), "9余次"),
        ("满意率99.2%。", _fact("纳税人测评", 99.2, "%"), "99.2%"),
        ("线上更新132条。", _fact("网站更新", 132, "条"), "132条"),
        ("一、信息处理费。发出通知0份，收取0元。", _fact("信息处理费", 0, "元"), "0元"),
    ],
)
def test_the_one_open_number_of_an_unstated_fact_is_confirmed(
    text: str, fact: dict[str, object], quote: str
) -> None:
    assert status_in(checked(text, {}, facts=[fact]), quote) is Status.REGISTERED


@pytest.mark.parametrize(
    ("text", "facts", "quote"),
    [
        # Two numbers of that value: either may be the one.
        ("布展31幅，出刊31幅。", [_fact("审计公告", 31, "幅")], "31幅"),
        # Another unit, another channel, a value anything may have, a plan.
        ("配发读图31幅。", [_fact("审计公告", 31, "篇")], "31幅"),
        ("公众号推送97条。", [_fact("网站信息", 97, "条")], "97条"),
        ("走访2次。", [_fact("窗口开放日", 2, "次")], "2次"),
        ("支持率50%。", [_fact("纳税人测评", 50, "%")], "50%"),
        ("明年计划挂出2204条。", [_fact("招聘信息", 2204, "条")], "2204条"),
    ],
)
def test_what_may_be_alike_by_chance_stays_open(
    text: str, facts: list[dict[str, object]], quote: str
) -> None:
    assert status_in(checked(text, {}, facts=facts), quote) is Status.UNACCOUNTED
