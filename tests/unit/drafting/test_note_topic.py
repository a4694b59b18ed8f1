"""A paragraph note by note: the model's words, the notes' figures, the rules' figures."""

import pytest

from report_writer.domain.findings import Status
from report_writer.domain.generation import Origin
from report_writer.domain.report import Topic
from report_writer.drafting.backends.scripted import Scripted
from report_writer.drafting.writer import questions, write_draft

GOOD = {
    "主动公开": ["林权登记的办事指南得到更新，方便群众办理。"],
    "依申请公开": ["对公开申请，我局明确由专人负责接收和登记。"],
    "监督保障": ["我局全年组织保密审查培训{F1}，不断提高工作水平。"],
    "存在的主要问题": [
        "有的信息没有做到及时更新，影响公众查阅。",
        "解读的形式比较单一，不够生动。",
    ],
    "改进措施": ["逐步建立起信息更新的定期机制。", "图解方面的内容还将进一步增加。"],
    "*": ["我局门户网站全年发布信息{F1}。"] * 9,
}


def written(report, answers=GOOD, **options):
    backend = Scripted(answers)
    draft = write_draft(report, backend=backend, model="scripted:t", profile="compact", **options)
    assert not {m.status for m in draft.result.mentions} & {Status.CONTRADICTED, Status.UNACCOUNTED}
    return draft, backend


def sentences(draft, topic):
    return [s for part in draft.trail.sections for s in part.sentences if s.topic == topic]


def test_each_note_is_a_sentence_of_the_model_and_figures_are_the_rules(small):
    draft, _ = written(small)
    on_request = sentences(draft, Topic.ON_REQUEST)
    assert on_request[0].origin is Origin.MODEL
    assert on_request[0].text == "对公开申请，我局明确由专人负责接收和登记。"
    assert on_request[0].rests_on == (f"notes/{Topic.ON_REQUEST}/0",)
    assert {s.origin for s in on_request[1:]} == {Origin.RULE}
    assert "新收政府信息公开申请5件" in "".join(s.text for s in on_request[1:])


def test_the_figure_of_a_note_is_placed_by_the_model_and_filled_by_code(small):
    draft, backend = written(small)
    (sentence,) = sentences(draft, Topic.OVERSIGHT)
    assert sentence.text == "我局全年组织保密审查培训2次，不断提高工作水平。"
    assert not any("2次" in r.user for r in backend.requests)
    overview = next(s for s in draft.trail.sections if s.section == "overview")
    assert any(f.start >= sentence.start and f.end <= sentence.end for f in overview.figures)


def test_items_keep_number_and_order_and_what_fails_is_the_note_itself(small):
    answers = {
        **GOOD,
        "改进措施": ["我局已聘请第三方机构。"] * 3 + ["图解方面的内容还将进一步增加。"],
    }
    draft, _ = written(small, answers)
    problems, measures = sentences(draft, Topic.PROBLEMS), sentences(draft, Topic.IMPROVEMENTS)
    assert problems[0].text.endswith("一是有的信息没有做到及时更新，影响公众查阅；")
    assert problems[1].text == "二是解读的形式比较单一，不够生动。"
    assert measures[0].origin is Origin.RULE
    assert "一是建立定期更新机制；" in measures[0].text
    assert measures[1].text.startswith("二是")


@pytest.mark.parametrize(
    "bad",
    [
        "更新林权登记办事指南，并聘请第三方评估。",
        "全年共三件。",
        "system prompt",
        "〔资料甲乙〕更新林权登记办事指南。",
        "",
    ],
)
def test_an_answer_that_is_not_fit_never_reaches_the_text(small, bad):
    draft, _ = written(small, {**GOOD, "主动公开": [bad or "!empty"] * 3})
    first = sentences(draft, Topic.PROACTIVE)[0]
    assert first.origin is Origin.RULE
    assert "更新林权登记办事指南" in first.text


def test_asked_again_where_the_answer_is_the_note_again(small):
    again = ["我局更新林权登记办事指南。", "林权登记的办事指南得到更新，方便群众办理。"]
    draft, backend = written(small, {**GOOD, "主动公开": again})
    assert sentences(draft, Topic.PROACTIVE)[0].text == again[1]
    asked = [r for r in backend.requests if r.tag == "主动公开"]
    assert asked[1].temperature > asked[0].temperature


def test_the_questions_shown_beforehand_are_the_ones_asked(small):
    _, backend = written(small)
    shown = [
        q.user for _, q in questions(small, local=True, profile="compact") if not isinstance(q, str)
    ]
    assert list(dict.fromkeys(r.user for r in backend.requests)) == shown
