"""Dates that the words around them fix: plans, publication, halves of the year, what is called 上年."""

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


def stale(text: str, **more: Any) -> list[str]:
    return [f.at.quote for f in checked(text, TABLES, **more).findings if f.code == "NUM103"]  # type: ignore[union-attr, misc]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        # the report is for 2023
        ("解读形式偏少。2023年，我局将增加图解和问答，按季通报。", ["2023年"]),
        ("解读形式偏少。2024年，我局将增加图解和问答，按季通报。", []),
        ("2023年，我局将公开作为硬任务来抓，收到申请9件。", []),
        ("下一步，在2023年6月底前完成专栏改版。", ["2023年6月底前"]),
        ("下一步，在2024年6月底前完成专栏改版。", []),
        ("尚在办理的3件，将于2023年2月底前答复。", ["2023年2月底前"]),
        ("尚在办理的3件，将于2024年2月底前答复。", []),
        ("本报告于2023年1月16日在门户网站公布。", ["2023年1月16日"]),
        ("本报告于2024年1月16日在门户网站公布。", []),
        ("住房公积金年度报告于2023年3月30日公布。", []),
        ("收到申请9件，比上年（2021年）多2件。", ["2021年"]),
        ("收到申请9件，比上年（2022年）多2件。", []),
        ("列入本年度《2022年重大决策目录》的方案已征求意见。", ["2022年"]),
        ("现发布《示例市商务局2022年政府信息公开工作年度报告》。", ["2022年"]),
        ("现发布《示例市商务局2023年政府信息公开工作年度报告》。", []),
        ("2021年底未办结、转入本年的2件一并处理。", ["2021年底"]),
        ("2022年底未办结、转入本年的2件一并处理。", []),
        ("2022年12月26日以后收到的3件来不及答复，转入2024年办理。", ["2022年12月26日"]),
        ("2023年12月26日以后收到的3件来不及答复，转入2024年办理。", []),
        ("2023年上半年发布67条，2022年下半年发布79条。", ["2022年"]),
        ("2023年上半年发布67条，下半年发布79条。", []),
        (
            "以上数据统计期限自2022年1月1日起至2023年12月31日止。",
            ["2022年1月1日起至2023年12月31日止"],
        ),
        ("含2022—2023学年信息公开年报1份。", []),
        ("对仍在执行的《2022年政务公开工作要点》长期任务没有放松。", []),
        ("2022年12月29日登记的2件跨年办理，2023年新收9件。", []),
        # not yet come when the report was written
        ("2024年，我局共收到申请9件。", ["2024年"]),
        ("热线升级后，2025年接听来电420个。", ["2025年"]),
        ("热线升级后，拟于2024年接听来电的时段延长至夜间。", []),
        ("热线升级后，拟于2025年接听来电的时段延长至夜间。", ["2025年"]),
        ("2024年9月，我局召开新闻发布会3场。", ["2024年9月"]),
        ("2024年1月，我局召开新闻发布会3场。", []),
        ("2024年2月29日前已将3件全部办结。", []),
        ("有效期至2025年的规范性文件已公布4件。", []),
    ],
)
def test_what_is_called_fixes_the_year(text: str, wrong: list[str]) -> None:
    found = stale(text)
    assert len(found) == len(wrong)
    assert all(told in said or said in told for told, said in zip(found, wrong, strict=True))
