"""Notes that are bent, and the padding that is cut off."""

import pytest

from report_writer.drafting.grounding import ungrounded
from report_writer.drafting.vetting import Material, trimmed

FRAME = "主动公开；政府信息公开工作；我局"


def told(note: str, sentence: str) -> str:
    return "；".join(f"{clause}：{why}" for clause, why in ungrounded(sentence, (note,), FRAME))


@pytest.mark.parametrize(
    ("note", "sentence", "why"),
    [
        ("在渡口张贴停航公告", "我局在渡口张贴停航公告，确保航运顺利进行。", "顺利"),
        ("在渡口张贴停航公告", "我局在渡口张贴停航公告以促进旅游消费。", "旅游消费"),
        ("停航信息逐日更新", "停航信息逐日更新，提高了群众的水上自救意识。", "提高了"),
        ("党组听取汇报并提出要求", "党组听取了汇报，提出了整改措施。", "整改措施"),
        ("请审计员讲解填表方法", "请审计员讲解财务知识。", "财务知识"),
        ("汇总疑难问题供窗口参考", "汇总并发布疑难问题，供窗口参考。", "发布"),
        ("专人登记申请并提醒缴费", "专人登记申请，提醒申请人提交材料并缴费。", "提交"),
        ("指南以图片为主，老人看不清", "指南的图片数量不够，老人不易看清。", "相反"),
        ("答复文书过于简单", "答复文书不够简单。", "相反"),
        ("公示时间由五天延长到七天", "公示时间由七天调整到五天。", "相反"),
        ("疑难件由法制科参与会商", "疑难件由法制科与相关单位会商。", "与相关单位"),
        ("专人登记并提醒截止日", "专人登记，并提醒企业注意截止日。", "提醒企业"),
        ("按进度公布工程信息", "按计划公布工程信息。", "按计划"),
        ("公开列入考核，占一定权重", "公开列入考核，权重越高，得分越多。", "越高"),
        ("联络员流动较大", "联络员流动较大，影响了信息的准确性。", "影响了信息的准确"),
        ("公开制度还不健全", "公开制度还不健全，宣传力度有待加大。", "要点没有说"),
    ],
)
def test_a_note_bent_is_told(note, sentence, why):
    assert why in told(note, sentence)


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        ("在渡口张贴停航公告", "我局在渡口张贴停航公告，方便群众安排行程。"),
        ("停航信息逐日更新", "停航信息逐日更新，确保信息及时准确。"),
        ("停航信息逐日更新", "停航信息逐日更新，确保公开工作顺利开展。"),
        ("党组听取汇报并提出要求", "党组听取了汇报，提出了明确要求。"),
        ("指南以图片为主，文字偏少", "指南中图片较多，文字说明不足。"),
        ("公开内容不够具体", "公开内容还不够详细。"),
        ("信息员流动较大", "信息员的流动性偏大，影响了更新的及时性。"),
        ("按进度公布工程信息", "工程信息按照进度逐步公布。"),
        ("一次性说明补正事项", "一次性告知申请人需要补正的事项。"),
        ("部分科室对时限把握不准", "部分科室对时限的把握存在不准确的情况。"),
        ("会议题目会后及时公布", "会后及时将会议题目公布。"),
        ("将目录从乡镇延伸到村组", "把目录由乡镇进一步延伸到村组。"),
    ],
)
def test_a_faithful_rewording_is_left_alone(note, sentence):
    assert told(note, sentence) == ""


def material(note: str) -> Material:
    return Material(slots={}, notes=(note,), example_notes=(), year=2024, frame=FRAME)


@pytest.mark.parametrize(
    ("note", "sentence", "left"),
    [
        ("在渡口张贴停航公告", "我局在渡口贴出停航公告，确保航运顺利进行。", "我局在渡口贴出停航公告。"),
        ("在渡口张贴停航公告", "我局在渡口贴出停航公告以促进旅游消费。", "我局在渡口贴出停航公告。"),
        ("党组听取汇报并提出要求", "党组听取了汇报，提出了整改措施。", ""),
        ("目录随进度更新", "根据工作进度，定期更新目录。", ""),
    ],
)  # fmt: skip
def test_padding_is_cut_off_and_no_part_of_the_note(note, sentence, left):
    assert trimmed(sentence, material(note)) == left
