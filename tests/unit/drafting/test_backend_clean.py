import pytest

from report_writer.drafting.backend import BackendAnswerError
from report_writer.drafting.backends._clean import clean

PARAGRAPH = "全年{F1}，依法答复，未发生超期。"


@pytest.mark.parametrize(
    "raw",
    [
        PARAGRAPH,
        f"\ufeff \n{PARAGRAPH}\r\n",
        f"```\n{PARAGRAPH}\n```",
        f"```text\n{PARAGRAPH}\n```\n",
        f"```markdown\n{PARAGRAPH}",
        f"好的，以下是为您撰写的段落：\n\n```\n{PARAGRAPH}\n```\n希望以上内容对您有帮助！",
        f'{{"text": "{PARAGRAPH}"}}',
        f'```json\n{{"text": "{PARAGRAPH}"}}\n```',
        f'```json\n{{"段落一": "{PARAGRAPH}"}}\n```',
        f'{{"answer": {{"content": ["{PARAGRAPH}"]}}}}',
        f'["{PARAGRAPH}"]',
        f'"{PARAGRAPH}"',
        f'{{"text": "{PARAGRAPH}',
        f"<think>先想一想 12 件。\n</think>\n\n{PARAGRAPH}",
        f"想了很多</think>{PARAGRAPH}",
        f"好的，{PARAGRAPH}",
        f"当然可以！{PARAGRAPH}",
        f"以下是依申请公开部分：{PARAGRAPH}",
        f"好的。\n这是按要求写的一段话：\n{PARAGRAPH}\n如果您需要修改，请随时告诉我。",
        f"“{PARAGRAPH}”",
    ],
)
def test_wrapping_comes_off(raw: str) -> None:
    assert clean(raw) == PARAGRAPH


@pytest.mark.parametrize(
    "text",
    [
        "{F1}，其中{F2}，均已办结。",
        "{F1}",
        "[注]本年无变化。",
        "收到申请后及时登记：由专人负责，限时办结。",
        "好中选优，持续规范公开内容。",
        "按照条例要求，健全制度：明确责任，定期检查。",
        "当然代表意见得到吸收。",
        "“互联网+政务服务”持续推进，做到“应公开尽公开”",
        "根据工作需要，对无法提供的信息逐件说明理由，告知申请人救济途径和期限。",
        "第一段。\n第二段。",
    ],
)
def test_a_plain_paragraph_is_left_alone(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    "raw",
    ["", " \n", "```\n```", '{"text": ""}', "<think>只有想法", "<think>a</think>", "好的。\n"],
)
def test_nothing_left_is_an_error(raw: str) -> None:
    with pytest.raises(BackendAnswerError, match="没有写出"):
        clean(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "抱歉，我无法协助完成这项工作。",
        "很抱歉，作为语言模型我不能写。",
        "对不起，这超出了我的能力。",
        "作为一个AI语言模型，我没有相关数据。",
        "As an AI language model, I cannot do that.",
        "I'm sorry, but I can't help with that.",
        '```json\n{"text": "抱歉，无法完成。"}\n```',
        "您的要求我们无法协助。",
    ],
)
def test_a_refusal_is_an_error(raw: str) -> None:
    with pytest.raises(BackendAnswerError, match="拒绝"):
        clean(raw)
