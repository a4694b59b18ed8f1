from decimal import Decimal

import pytest

from report_writer.domain.facts import Fact, FactKind
from report_writer.drafting.slots import Slot, clause, count
from report_writer.drafting.vetting import Material, covers, tidy, violations

FACT = Fact(
    id="facts/门户网站发布信息",
    kind=FactKind.REGISTERED,
    label="门户网站发布信息",
    value=Decimal(213),
    unit="条",
)
SLOTS = {
    "F1": Slot("F1", count(FACT, lead="门户网站发布信息")),
    "F2": Slot("F2", count(FACT, lead="制发文件")),
}
MATERIAL = Material(
    slots=SLOTS,
    notes=("更新林权登记办事指南", "在办事大厅设立公开专区"),
    example_notes=("整理库房物品并分区摆放",),
    year=2024,
    frame="主动公开；我局",
)


@pytest.mark.parametrize(
    "sentence",
    [
        "我局更新林权登记办事指南，{F1}。",
        "全年{F1}，{F2}。",
        "我局进一步规范公开内容，统一发布口径，方便公众查询。",
        "一是更新林权登记办事指南；二是在办事大厅设立公开专区。",
    ],
)
def test_a_sentence_that_says_only_what_it_may_is_fit(sentence):
    assert violations(sentence, MATERIAL) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "我局发布信息213条。",
        "我局组织两次培训。",
        "发布信息二百余条。",
        "全年未收到政府信息公开申请。",
        "申请全部按期办结。",
        "{F1}，同比增长明显。",
        "2022年，我局{F1}。",
        "咨询电话0379-65250000。",
        "详见www.example.gov.cn。",
        "我局{F1}，全省领先。",
        "我局{F7}。",
        "我局{F1}，再次{F1}。",
        "我局召开新闻发布会通报林地审批情况。",
        "根据《某某省林地管理办法》，我局{F1}。",
        "我局整理库房物品并分区摆放。",
        "**我局**更新林权登记办事指南。",
        "The bureau 更新林权登记办事指南。",
        "我局更新林权登记办事指南",
        "我局公开信息×条。",
        "门户网站发布信息为{F2}。",
    ],
)
def test_figures_claims_inventions_and_debris_are_violations(sentence):
    assert violations(sentence, MATERIAL) != []


def test_a_slot_placed_before_may_not_come_again():
    assert violations("我局{F1}。", MATERIAL, used=["F1"]) == ["代码{F1}重复出现"]


@pytest.mark.parametrize(
    ("sentence", "used", "tidied"),
    [
        ("门户网站发布信息{F1}条。", (), "{F1}。"),
        ("全年{F1}；全年{F1}。", (), "全年{F1}。"),
        ("我局制发文件{F2}，制发{F2}。", (), "我局{F2}。"),
        ("我局{F1}；我局{F2}。", ("F1",), "我局{F2}。"),
        ("全年{F1}。", ("F1",), ""),
        ("我局更新目录，{F1}。", (), "我局更新目录，{F1}。"),
    ],
)
def test_labels_and_tokens_said_twice_are_mended_without_a_model(sentence, used, tidied):
    assert tidy(sentence, SLOTS, used) == tidied


def test_a_zero_clause_written_out_becomes_its_slot():
    zero = {"F1": Slot("F1", clause("未收到政府信息公开申请", FACT))}
    assert tidy("本年度，我局未收到政府信息公开申请。", zero) == "本年度，我局{F1}。"
    assert tidy("全年{F1}，未收到政府信息公开申请。", zero) == "全年{F1}。"


def test_a_note_counts_as_said_when_most_of_its_words_are():
    assert covers("我局及时更新了林权登记的办事指南。", "更新林权登记办事指南")
    assert not covers("我局加强学习。", "更新林权登记办事指南")
