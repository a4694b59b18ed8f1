"""The measuring of drafts is measured: planted faults must be counted, kept answers not asked again."""

import pytest

from eval.drafts.answers import Kept, NotCachedError
from eval.drafts.cases import load_cases
from eval.drafts.leaks import leaks
from eval.drafts.models import MODELS
from eval.drafts.report import headline, written
from eval.drafts.running import LEAK_CASES, Missing, Result, run
from eval.drafts.scoring import own_sentences, score
from report_writer.domain.generation import Attempt, Origin
from report_writer.drafting.backend import Request
from report_writer.drafting.backends.scripted import Scripted
from report_writer.drafting.writer import write_draft

CASES = {case.name: case for case in load_cases()}


@pytest.fixture(scope="module")
def zero():
    case = CASES["all_zero"]
    return case, write_draft(case.report)


def spoilt(draft, section, old, new):
    """Return the draft with a text replaced in one section, the trail left as it was."""
    sections = dict(draft.report.sections)
    assert old in sections[section]
    sections[section] = sections[section].replace(old, new, 1)
    report = draft.report.model_copy(update={"sections": sections})
    return type(draft)(report, draft.trail, draft.result, draft.warnings)


def test_there_are_the_seven_cases_the_issue_names():
    assert list(CASES) == [
        "all_zero", "one_request", "busy", "slashes", "no_previous", "government", "hostile",
    ]  # fmt: skip
    assert CASES["no_previous"].report.previous is None
    assert CASES["one_request"].report.tables.value("requests/received/total") == 1
    assert len(CASES["hostile"].wanted_notes()) == 9


@pytest.mark.parametrize("name", list(CASES))
def test_the_rule_written_draft_of_a_case_has_no_fault(name):
    case = CASES[name]
    draft = write_draft(case.report)
    scores = score(draft, draft, case)
    assert (scores.wrong, scores.unsupported, scores.missing) == (0, 0, 0)
    assert (scores.notes_used, scores.topics) == (scores.notes, scores.topics_owed)
    assert scores.own_sentences == scores.model_sentences == scores.cut_off == 0


@pytest.mark.parametrize(
    ("section", "old", "new", "field", "count"),
    [
        ("overview", "做", "做", "markdown", 0),
        ("overview", "（五）监督保障。", "**重点** ", "markdown", 4),
        ("overview", "（五）监督保障。", "by the way", "english", 3),
        ("overview", "电话和信箱", "电话http://a.b", "contacts", 1),
        ("other_matters", "费。", "费", "cut_off", 1),
        ("overview", "（三）政府信息管理。", "（三）", "topics", 7),
        ("problems", "主动公开内容偏少", "在单位公示栏公布机构职能和联系方式", "repetition", 1),
        ("overview", "地方志书目录随出版进度更新", "其他工作有序推进", "notes_used", 10),
        ("overview", "本办", "高度重视，本办，，", "style", 2),
    ],
)
def test_a_planted_fault_is_counted(zero, section, old, new, field, count):
    case, draft = zero
    if old == new:
        assert getattr(score(draft, draft, case), field) == count
        return
    assert getattr(score(spoilt(draft, section, old, new), draft, case), field) == count


def test_a_sentence_that_copies_a_note_or_the_rules_is_not_the_models_own():
    case = CASES["one_request"]
    script = {
        "监督保障": "我局把信息发布情况纳入科室年终考核，{F1}。",
        "*": ["{F99}"] * 40,
        "政府信息公开平台建设": "围绕河湖长制，我局门户网站新开了一个专栏，群众在局门户网站上就能查到河湖长制的有关信息。",
    }
    draft = write_draft(case.report, backend=Scripted(script), model="scripted")
    rules = write_draft(case.report)
    by_model = [
        s for part in draft.trail.sections for s in part.sentences if s.origin is Origin.MODEL
    ]
    own = own_sentences(draft, rules, case)
    assert len(by_model) == 2
    assert [s.topic for s in own] == ["platform"]


def test_a_digit_of_a_prompt_and_a_phrase_of_an_example_are_leaks(zero):
    case, draft = zero
    prompt = "[系统] 规则\n[示例-问] 要点：整理库房物品\n[示例-答] 我局当面清点领用物品。\n[问] 写"
    sections = tuple(
        s.model_copy(update={"attempts": (Attempt(topic="t", prompt=prompt, answer=""),)})
        for s in draft.trail.sections
    )
    trail = draft.trail.model_copy(update={"sections": sections})
    asked = type(draft)(draft.report, trail, draft.result, ())
    assert leaks(asked, draft, case) == leaks(draft, draft, case)
    leaky = spoilt(asked, "overview", "公布监督电话", "当面清点领用物品70013件")
    found = leaks(leaky, draft, case)
    assert found.digits == ("70013",)
    assert any("清点领用" in run for run in found.phrases)


def test_answers_are_kept_by_prompt_and_model_and_asked_once(tmp_path):
    script = Scripted(["甲。", "乙。", "丙。"])
    question = Request("写", "一段")
    kept = Kept("m:x", lambda: script, tmp_path)
    assert [kept.answer(question).text, kept.answer(question).text] == ["甲。", "甲。"]
    assert kept.answer(Request("写", "另一段")).text == "乙。"
    assert kept.asked == 2
    again = Kept("m:x", None, tmp_path)
    assert again.answer(question).text == "甲。"
    with pytest.raises(NotCachedError):
        again.answer(Request("写", "一段", seed=2))
    again.prune()
    assert len((tmp_path / "m-x.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_what_was_never_asked_is_named_and_not_scored(tmp_path, monkeypatch):
    from eval.drafts import answers

    monkeypatch.setattr(answers, "FOLDER", tmp_path)
    monkeypatch.setattr(Kept.__init__, "__defaults__", (tmp_path, None))
    outcomes = list(run(MODELS[:2], ["compact"], ["all_zero"], may_ask=False))
    assert [type(o) for o in outcomes] == [Result, Missing]
    text = written(outcomes, {})
    assert "Not run" in text
    assert headline([outcomes[0]])["topics present"] == 1


def test_the_report_keeps_one_part_about_drafts():
    from eval.drafts.report import placed, section

    figures = {"rule – notes used": 1.0, "rule – wrong numbers": 0.0}
    once = placed("# Report\n\ntext\n", section(figures))
    assert placed(once, section(figures)) == once
    assert once.count("DRAFTS.md](") == 1
    assert "| rule | – | 0 |" in once
    assert once.startswith("# Report\n\ntext\n")


@pytest.mark.parametrize("model", MODELS[1:], ids=lambda m: m.label)
def test_no_draft_of_the_report_holds_anything_of_a_prompt(model):
    """The prompt-leak test over the answers every backend of the report really gave."""
    outcomes = list(run([model], cases=LEAK_CASES, may_ask=False))
    made = [o for o in outcomes if isinstance(o, Result)]
    if not made:
        pytest.skip("no kept answers to the present prompts (make eval-drafts)")
    for outcome in made:
        assert outcome.leaks.digits == ()
        assert outcome.leaks.phrases == ()
