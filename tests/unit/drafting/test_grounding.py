"""The judge of notes: what it must catch, what it must leave alone, and how it scores."""

import pytest

from eval.grounding.judging import PARTS, score
from report_writer.drafting.grounding import ungrounded

NOTES = (
    "更新林权登记办事指南",
    "在办事大厅设立公开专区，配备查询终端",
    "网上申请拟于明年开通",
    "未发生责任追究",
    "组织乡镇林业站学习公开要求两次",
)


@pytest.mark.parametrize(
    "sentence",
    [
        "我局及时更新林权登记办事指南，方便群众查询。",
        "公开专区设在办事大厅，专区内配备了查询终端。",
        "我局高度重视政府信息公开工作，切实加强组织领导。",
        "网上申请计划于明年开通。",
        "全年没有发生责任追究的情形。",
        "两次组织乡镇林业站学习公开要求。",
    ],
)
def test_what_rests_on_the_notes_is_left_alone(sentence):
    assert ungrounded(sentence, NOTES, "我局") == []


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("我局聘请第三方机构开展评估。", "第三方"),
        ("我局更新林权登记办事指南和采伐许可手册。", "手册"),
        ("公开专区设在办事大厅和林业站，配备查询终端。", "林业站"),
        ("网上申请渠道已经开通。", "计划"),
        ("我局对两家单位启动责任追究。", "没有"),
        ("三次组织乡镇林业站学习公开要求。", "三次"),
        ("每季度组织乡镇林业站学习公开要求两次。", "每季度"),
        ("由于更新了林权登记办事指南，组织乡镇林业站学习公开要求两次。", "因果"),
        ("公开专区设立后，群众满意度明显提高。", "满意"),
        ("我局将组织乡镇林业站学习公开要求。", "打算"),
        ("更新林权登记办事指南，但更新不及时。", "不及时"),
        ("我局公布了危险化学品企业检查结果名单。", "没有依据"),
    ],
)
def test_what_adds_to_the_notes_is_told(sentence, why):
    found = ungrounded(sentence, NOTES, "我局")
    assert found, sentence
    assert any(why in f"{clause}{reason}" for clause, reason in found), found


@pytest.mark.parametrize("name", PARTS)
def test_scores_on_the_labelled_sentences_stand(name):
    reached = score(PARTS[name]())
    least = 0.85 if "unseen" in name else 0.9
    assert reached.recall >= least and reached.precision >= least
