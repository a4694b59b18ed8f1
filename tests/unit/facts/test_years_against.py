"""Years told beside others: what this year is set against, two years together, what has yet to be done."""

from typing import Any

import pytest

from tests.small_reports import checked

TABLES: dict[str, Any] = {
    "requests": {
        "received": {"natural_person": 9, "total": 9},
        "carried_over": {"natural_person": 2, "total": 2},
        "disclosed": {"natural_person": 8, "total": 8},
        "disposed": {"natural_person": 8, "total": 8},
        "carried_forward": {"natural_person": 3, "total": 3},
    }
}

# the report is for 2023
SET_AGAINST = [
    ("收到申请9件，与2023年持平。", ["2023年"]),
    ("收到申请9件，与2022年持平。", []),
    ("收到申请9件，较2023年多3件。", ["2023年"]),
    ("收到申请9件，比2021年多3件。", ["2021年"]),
    ("收到申请9件，比2022年多3件。", []),
    ("近三年申请逐年上升，今年比2021年多3件。", []),
    ("举办培训4期（2023年7期）。", ["2023年"]),
    ("举办培训4期（2022年7期）。", []),
    ("举办培训4期，2023年只有1期，参训面扩大。", ["2023年"]),
    ("举办培训4期，2022年只有1期，参训面扩大。", []),
    ("没有收到举报，2023年也没有。", ["2023年"]),
    ("没有收到举报，2022年也没有。", []),
    ("连同2023年末未办结的2件一并办理。", ["2023年"]),
    ("连同2022年末未办结的2件一并办理。", []),
    ("2023年度报告指出的更新不及时问题已有改观。", ["2023年度"]),
    ("2022年度报告指出的更新不及时问题已有改观。", []),
]

IN_PAIRS = [
    ("2023年和2023年分别举办培训4期和5期。", ["2023年"]),
    ("2022年和2023年分别举办培训4期和5期。", []),
    ("2022年、2024年分别举办培训4期和5期。", ["2024年"]),
    ("统计期限自2023年12月31日起至2023年1月1日止。", ["2023年12月31日起至2023年1月1日止"]),
    ("统计期限自2023年1月1日起至2023年12月31日止。", []),
    ("统计数据自2023年1月1日起至2024年12月31日止。", ["2023年1月1日起至2024年12月31日止"]),
    ("2022年12月29日登记的2件于2022年1月15日办结。", ["2022年1月15日"]),
    ("2022年12月29日登记的2件于2023年1月15日办结。", []),
    ("2022年结转的2件于2022年1月办结。", ["2022年1月"]),
    ("2022年结转的2件于2023年1月办结。", []),
]

YET_TO_BE_DONE = [
    ("仍在办理的3件，留到2023年办理。", ["2023年"]),
    ("仍在办理的3件，留到2024年办理。", []),
    ("栏目偏少。2023年将补上图解和问答。", ["2023年"]),
    ("栏目偏少。2024年将补上图解和问答。", []),
    ("下一步，改版门户网站，自2023年起按季通报。", ["2023年"]),
    ("下一步，改版门户网站，自2024年起按季通报。", []),
    ("下一步，在2025年6月底前完成专栏改版。", ["2025年6月底前"]),
    ("下一步，按三年规划在2025年6月底前完成专栏改版。", []),
    ("许可证有效期至2025年。", []),
]


@pytest.mark.parametrize(("text", "wrong"), SET_AGAINST + IN_PAIRS + YET_TO_BE_DONE)
def test_the_words_beside_a_year_say_which_is_meant(text: str, wrong: list[str]) -> None:
    found = [
        finding.at.quote  # type: ignore[union-attr]
        for finding in checked(text, TABLES).findings
        if finding.code == "NUM103"
    ]
    assert len(found) == len(wrong), found
    assert all(told in said or said in told for told, said in zip(found, wrong, strict=True)), found
