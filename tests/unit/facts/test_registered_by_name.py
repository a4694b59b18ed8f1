"""Registered facts that a number names by a word or two: slips are told, other bodies' and other things' numbers are not."""

import pytest

from report_writer.domain.findings import Status
from tests.small_reports import checked, status_in


def _facts(*rows: tuple[str, float, str]) -> list[dict[str, object]]:
    return [{"label": a, "value": v, "unit": u, "source": "台账"} for a, v, u in rows]


FACTS = _facts(
    ("门户网站信息", 412, "条"),
    ("政务新媒体信息", 1186, "条"),
    ("微信公众号信息", 268, "条"),
    ("公开栏公示", 64, "期"),
    ("广播播报", 240, "次"),
    ("政策图解", 6, "个"),
    ("业务培训", 9, "场"),
    ("参训人次", 1240, "人次"),
    ("用户满意率", 97.6, "%"),
    ("热线来电", 4.2, "万次"),
    ("信息处理费", 4200, "元"),
    ("政策宣讲会", 21, "场"),
    ("总局令", 5, "件"),
    ("公示橱窗", 16, "块"),
    ("投诉举报公示", 91, "件"),
    ("开放日参观群众", 930, "户"),
    ("政府公报", 6, "期"),
    ("全省系统收到申请", 1876, "件"),
    ("专家解读", 7, "篇"),
    ("政策解读", 23, "篇"),
    ("新闻发布", 6, "轮"),
    ("后勤服务回复", 1890, "条"),
)
LAST_YEAR = _facts(
    ("门户网站信息", 380, "条"),
    ("微信公众号信息", 301, "条"),
    ("用户满意率", 96.1, "%"),
    ("热线来电", 3.5, "万次"),
    ("政策宣讲会", 18, "场"),
    ("新闻发布", 4, "轮"),
)


TABLES = {"requests": {"received": {"total": 104, "natural_person": 104}}}


def status(text: str, quote: str) -> Status | None:
    previous = {"year": 2022, "tables": {}, "facts": LAST_YEAR}
    return status_in(checked(text, TABLES, facts=FACTS, previous=previous), quote)


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("公开栏更换64期，大喇叭播了240次。", "64期", "46期"),
        ("公开栏更换64期，大喇叭播了240次。", "240次", "420次"),
        ("轮训客服9场。", "9场", "6场"),
        ("信息处理费方面，入库0.42万元。", "0.42万元", "4.2万元"),
        ("满意率97.6%。", "97.6%", "96.7%"),
        ("全县新媒体共推出3.1万条信息，我局1186条。", "1186条", "1816条"),
        ("宣讲会由上年18场增至21场。", "21场", "25场"),
        ("宣讲会由上年18场增至21场。", "18场", "16场"),
        ("满意率较上年提高1.5个百分点，达到97.6%。", "1.5个百分点", "2.5个百分点"),
        ("热线来电增长20%，公众号信息比上年少33条。", "20%", "12%"),
        ("热线来电同比增长20%，微信公众号信息减少33条。", "33条", "43条"),
        ("微信公众号信息占政务新媒体信息的22.6%。", "22.6%", "32.6%"),
        ("公众号信息数减少33条，同比下降11%。", "33条", "63条"),
        ("宣讲会数量是上年的1.17倍。", "1.17倍", "2.17倍"),
        ("公示按时更换公开栏，全年64期。", "64期", "46期"),
        ("网站412条，公众号268条，共680条。", "680条", "690条"),
        ("公报出刊6期。", "6期", "8期"),
        ("政策解读23篇，专家解读占30.4%。", "30.4%", "34.4%"),
        ("宣讲由上年的18场增加到21场。", "18场", "16场"),
        ("群众满意率97.6%。", "97.6%", "96.7%"),
        ("处理投诉举报1530件，依规公示91件。", "91件", "81件"),
        ("公开日活动请来群众930户。", "930户", "390户"),
        ("新设公示橱窗2块，累计16块。", "16块", "61块"),
        ("用户满意率97.6%，较上年提升1.5个百分点。", "1.5个百分点", "5.1个百分点"),
        ("热线来电较上年增长20%；公众号信息则减少33条。", "33条", "23条"),
    ],
)
def test_a_word_of_the_label_is_enough_where_nothing_else_is_meant(
    text: str, right: str, wrong: str
) -> None:
    assert status(text, right) in {Status.REGISTERED, Status.DERIVED}
    assert status(text.replace(right, wrong), wrong) is Status.CONTRADICTED


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [("解读材料里，图示类6个。", "6个", "9个"), ("举行发布会6轮。", "6轮", "9轮")],
)
def test_a_character_of_the_label_confirms_and_never_accuses(
    text: str, right: str, wrong: str
) -> None:
    assert status(text, right) is Status.REGISTERED
    assert status(text.replace(right, wrong), wrong) is Status.UNACCOUNTED


def test_an_average_of_registered_facts_needs_no_counts_beside_it() -> None:
    assert status("平均每场培训约138人次参加。", "约138人次") is Status.DERIVED
    assert status("培训9场，参训1240人次，平均每场138人次。", "138人次") is Status.DERIVED


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("全县乡镇网站共公开信息4200余条，位列第三。", "4200余条"),
        ("总局印发宣传单5600条。", "5600条"),
        ("建议提案满意率88.5%。", "88.5%"),
        ("明年轮训12场。", "12场"),
        ("轮训比上年增加2场。", "2场"),
        ("网站412条，公众号268条，微博20条，共700条。", "700条"),
        ("公众号推文上百条。", "上百条"),
        ("参加市局举办的业务培训2场，自办9场。", "2场"),
        ("省直部门召开政策宣讲会11场，县市召开40场。", "11场"),
        ("省直部门召开政策宣讲会11场，县市召开40场。", "40场"),
        ("督促12个单位绘制政策图解。", "12个"),
        ("乡镇召开座谈会46轮，受训干部2100人次。", "2100人次"),
        ("二级学院办报9期。", "9期"),
        ("处理投诉举报1530件，依规公示81件。", "1530件"),
    ],
)
def test_what_others_or_other_things_count_is_left_alone(text: str, quote: str) -> None:
    assert status(text, quote) is not Status.CONTRADICTED


def test_our_own_count_stands_beside_the_systems() -> None:
    assert status("全省系统收到申请1876件，厅本级104件。", "1876件") is Status.REGISTERED
    assert status("全省系统收到申请104件，厅本级1876件。", "104件") is Status.CONTRADICTED
    assert status("我厅新收申请104件，占全省系统的5.5%。", "5.5%") is Status.DERIVED
    assert status("我厅新收申请104件，占全省系统的15.5%。", "15.5%") is Status.CONTRADICTED


def test_a_fact_with_its_own_value_and_word_goes_before_a_cell_far_off() -> None:
    assert status("收到申请104件，受理诉求1950条，回复1890条。", "1890条") is Status.REGISTERED
