"""Open numbers beside registered facts nobody has stated: the label, or half of it, stands around the number."""

import pytest

from report_writer.domain.findings import Status
from tests.small_reports import checked, status_in


def _fact(label: str, value: float, unit: str) -> dict[str, object]:
    return {"label": label, "value": value, "unit": unit, "source": "台账"}


@pytest.mark.parametrize(
    ("text", "fact", "quote"),
    [
        ("二、建议提案。承办17件，当年答复。", _fact("建议提案", 17, "件"), "17件"),
        ("县人社局挂出岗位信息2204条。", _fact("招聘信息", 2204, "条"), "2204条"),
        ("办税厅满意率99.2%，系第三方测得。", _fact("纳税人满意率", 99.2, "%"), "99.2%"),
        ("线上更新132条。", _fact("网站更新", 132, "条"), "132条"),
        ("一、信息处理费。发出通知0份，收取0元。", _fact("信息处理费", 0, "元"), "0元"),
    ],
)
def test_the_fact_the_words_speak_of_is_confirmed(
    text: str, fact: dict[str, object], quote: str
) -> None:
    assert status_in(checked(text, {}, facts=[fact]), quote) is Status.REGISTERED


@pytest.mark.parametrize(
    ("text", "facts", "quote"),
    [
        # Equal by value alone: no word of the label is said.
        ("布展场馆31幅。", [_fact("审计公告", 31, "幅")], "31幅"),
        # Two facts of which either may be the one.
        ("更新信息97条。", [_fact("乡村信息", 97, "条"), _fact("医保信息", 80, "条")], "97条"),
        # Another channel, a value anything may have, a plan.
        ("公众号推送信息97条。", [_fact("网站信息", 97, "条")], "97条"),
        ("满意率50%。", [_fact("纳税人满意率", 50, "%")], "50%"),
        ("明年计划挂出信息2204条。", [_fact("招聘信息", 2204, "条")], "2204条"),
    ],
)
def test_what_the_words_leave_open_stays_open(
    text: str, facts: list[dict[str, object]], quote: str
) -> None:
    assert status_in(checked(text, {}, facts=facts), quote) is Status.UNACCOUNTED
