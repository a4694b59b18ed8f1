import json

import pytest

from report_writer.app.drafting import DraftOptions, draft_report
from report_writer.app.redrafting import Redo, numbered, redraft
from report_writer.app.services import UsageError
from report_writer.app.settings import OfficeSettings
from report_writer.domain.cells import Cell
from report_writer.domain.findings import Status
from report_writer.domain.generation import Origin
from report_writer.readers.dispatch import read
from tests.paths import EXAMPLES

RULE = DraftOptions(model="rule", formats=("docx", "md"))
NAME = "清河市住房和城乡建设局-2024"


@pytest.fixture
def report():
    return read(EXAMPLES / "qinghe-2024" / "report.json")


@pytest.fixture
def drafted(report, tmp_path):
    return draft_report(report, tmp_path, RULE)


def sections(folder):
    path = folder / f"{NAME}.report.json"
    return json.loads(path.read_text(encoding="utf-8"))["sections"]


def trail(folder):
    return json.loads((folder / f"{NAME}.trail.json").read_text(encoding="utf-8"))


def scripted(folder, answers):
    path = folder / "script.json"
    path.write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")
    return RULE.model_copy(update={"model": f"scripted:{path}"})


def assert_sound(outcome):
    statuses = {m.status for m in outcome.result.mentions}
    assert not statuses & {Status.CONTRADICTED, Status.UNACCOUNTED}
    assert outcome.contradicted == ()


PROBLEMS = {
    "存在的主要问题": "一是部分科室报送信息不够及时，发布多集中在年底；二是政策解读以文字为主，群众看不懂也不爱看；三是个别申请的答复说理还不充分。",
    "改进措施": "一是实行信息发布月提醒制度，报送时效列入科室考核；二是增加图解和短视频等解读形式；三是制定答复文书范本，落实由法规科集体会商。",
}


def test_one_section_is_written_anew_and_the_others_keep_every_byte(report, drafted, tmp_path):
    before, old = sections(tmp_path), trail(tmp_path)
    outcome = redraft(report, tmp_path, scripted(tmp_path, PROBLEMS), Redo(only=("problems",)))
    assert_sound(outcome)
    after, new = sections(tmp_path), trail(tmp_path)
    assert outcome.changed == ("problems",)
    assert {k for k in before if before[k] != after[k]} == {"problems"}
    assert "发布多集中在年底" in after["problems"]
    untouched = [s for s in new["sections"] if s["section"] != "problems"]
    assert untouched == [s for s in old["sections"] if s["section"] != "problems"]
    assert next(s for s in new["sections"] if s["section"] == "problems")["model"].startswith(
        "scripted"
    )
    assert (new["revision"], new["key"]) == (1, old["key"])
    assert "发布多集中在年底" in read(tmp_path / f"{NAME}.docx").sections["problems"]
    assert "发布多集中在年底" in (tmp_path / f"{NAME}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["platform", "政府信息公开平台建设"])
def test_one_topic_of_a_section_is_written_anew(report, drafted, tmp_path, name):
    before = sections(tmp_path)["overview"].split("\n")
    script = {
        name if "政府" in name else "政府信息公开平台建设": (
            "我局改版住房保障专栏，增加了进度查询，并在办事大厅设政务公开专区，{F1}。"
        )
    }
    outcome = redraft(report, tmp_path, scripted(tmp_path, script), Redo(only=(name,)))
    assert_sound(outcome)
    after = sections(tmp_path)["overview"].split("\n")
    changed = [n for n, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
    assert changed == [4]
    assert "增加了进度查询" in after[4]


def test_everything_but_the_locked_parts_is_written_anew(report, drafted, tmp_path):
    before = sections(tmp_path)
    outcome = redraft(report, tmp_path, RULE, Redo(lock=("overview", "其他需要报告的事项")))
    assert_sound(outcome)
    after = sections(tmp_path)
    assert after["problems"] != before["problems"]
    assert {k: v for k, v in after.items() if k != "problems"} == {
        k: v for k, v in before.items() if k != "problems"
    }
    assert outcome.changed == ("problems",)


def test_doing_it_again_gives_something_else_and_a_plain_draft_keeps_it(report, drafted, tmp_path):
    texts = {sections(tmp_path)["problems"]}
    for _ in range(3):
        redraft(report, tmp_path, RULE, Redo(only=("problems",)))
        texts.add(sections(tmp_path)["problems"])
    assert len(texts) > 1
    assert trail(tmp_path)["revision"] == 3
    assert draft_report(report, tmp_path, RULE).kept


def test_one_sentence_is_put_in_other_words_and_all_else_stays(report, drafted, tmp_path):
    before = dict(numbered(drafted.trail))
    number = next(k for k, text in before.items() if "年末结转" in text or "截至年底" in text)
    outcome = redraft(
        report,
        tmp_path,
        scripted(tmp_path, ["截至年底仍在办理的，{F9}。"]),
        Redo(sentence=number),
    )
    assert_sound(outcome)
    after = dict(numbered(outcome.trail))
    assert {k for k in before if before[k] != after[k]} == {number}
    assert after[number] == "截至年底仍在办理的，结转下年度继续办理12件。"
    changed = [
        s for part in outcome.trail.sections for s in part.sentences if s.origin is Origin.MODEL
    ]
    assert [s.text for s in changed] == [after[number]]


def test_a_sentence_is_found_by_its_words_and_the_rules_have_another_wording(
    report, drafted, tmp_path
):
    before = dict(numbered(drafted.trail))
    outcome = redraft(report, tmp_path, RULE, Redo(sentence="制发行政规范性文件"))
    after = dict(numbered(outcome.trail))
    (number,) = (k for k in before if before[k] != after[k])
    assert "制发行政规范性文件6件" in after[number]
    assert_sound(outcome)


@pytest.mark.parametrize(
    "answer", ["年末仍在办理的申请较多。", "年末共有13件。", "!refuse", "年末{F9}，较上年增加。"]
)
def test_a_sentence_nobody_can_better_stays_and_it_is_said(report, drafted, tmp_path, answer):
    before = sections(tmp_path)
    options = scripted(tmp_path, [answer] * 5)
    outcome = redraft(report, tmp_path, options, Redo(sentence="结转下年度继续办理"))
    assert sections(tmp_path) == before
    assert any("保留原句" in w for w in outcome.warnings)


def test_the_remark_of_the_clerk_reaches_the_model(report, drafted, tmp_path, monkeypatch):
    from report_writer.drafting.backends.scripted import Scripted

    asked = []
    answer = Scripted.answer
    monkeypatch.setattr(Scripted, "answer", lambda s, r: (asked.append(r.user), answer(s, r))[1])
    remark = "写短一点，突出基层公开专区"
    options = scripted(tmp_path, PROBLEMS).model_copy(update={"steer": remark})
    redraft(report, tmp_path, options, Redo(only=("problems",)))
    redraft(report, tmp_path, options, Redo(sentence="结转下年度"))
    assert len(asked) >= 3
    assert all(remark in text for text in asked)


def test_the_rules_say_that_they_follow_no_remark(report, drafted, tmp_path):
    options = RULE.model_copy(update={"steer": "写短一点"})
    outcome = redraft(report, tmp_path, options, Redo(only=("problems",)))
    assert any("--steer" in w for w in outcome.warnings)


def test_two_variants_leave_the_draft_alone_until_one_is_chosen(report, drafted, tmp_path):
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    outcome = redraft(report, tmp_path, RULE, Redo(only=("problems",), variants=2))
    assert [c.number for c in outcome.candidates] == [1, 2]
    first, second = (c.sections["problems"] for c in outcome.candidates)
    assert first != second
    assert all(c.sections.keys() == {"problems"} for c in outcome.candidates)
    now = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert now.pop(f"{NAME}.candidates.json")
    assert now == before
    chosen = redraft(report, tmp_path, RULE, Redo(choose=2))
    assert_sound(chosen)
    assert sections(tmp_path)["problems"] == second
    assert not (tmp_path / f"{NAME}.candidates.json").exists()
    old = json.loads(before[f"{NAME}.report.json"])["sections"]
    assert {k: v for k, v in sections(tmp_path).items() if k != "problems"} == {
        k: v for k, v in old.items() if k != "problems"
    }
    assert chosen.trail.sections[1] == outcome.candidates[1].trail.sections[1]


def test_a_chosen_variant_keeps_the_wordings_of_the_office(report, tmp_path):
    wording = {"overview": {"opening": ("{year}，本局专用的开头一句。",)}}
    options = RULE.model_copy(update={"office": OfficeSettings(wording=wording)})
    outcome = redraft(report, tmp_path, options, Redo(variants=2))
    redraft(report, tmp_path, options, Redo(choose=2))
    assert "本局专用的开头一句" in sections(tmp_path)["overview"]
    for key, text in outcome.candidates[1].sections.items():
        assert sections(tmp_path)[key] == text


def test_variants_of_a_whole_draft_need_no_draft_before(report, tmp_path):
    outcome = redraft(report, tmp_path, RULE, Redo(variants=2))
    assert {p.name for p in tmp_path.iterdir()} == {f"{NAME}.candidates.json"}
    redraft(report, tmp_path, RULE, Redo(choose=1))
    for key, text in outcome.candidates[0].sections.items():
        assert sections(tmp_path)[key] == text


def test_a_draft_changed_since_makes_its_candidates_void(report, drafted, tmp_path):
    redraft(report, tmp_path, RULE, Redo(only=("problems",), variants=2))
    redraft(report, tmp_path, RULE, Redo(sentence="制发行政规范性文件"))
    with pytest.raises(UsageError, match="又有变动"):
        redraft(report, tmp_path, RULE, Redo(choose=1))


@pytest.mark.parametrize(
    ("redo", "word"),
    [
        (Redo(only=("第九部分",)), "没有“第九部分”这一部分"),
        (Redo(sentence="overview:99"), "没有第99句"),
        (Redo(sentence="overview:1"), "固定用语"),
        (Redo(sentence="全年"), "独有的文字"),
        (Redo(sentence="没有写过的话"), "没有一句"),
        (Redo(sentence="overview:3", only=("problems",)), "不能与"),
        (Redo(only=("problems",), lock=("problems",)), "锁定"),
        (Redo(variants=9), "--variants"),
        (Redo(choose=3), "没有候选稿"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_touched(report, drafted, tmp_path, redo, word):
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    with pytest.raises(UsageError, match=word):
        redraft(report, tmp_path, RULE, redo)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_other_figures_ask_for_a_whole_draft(report, drafted, tmp_path):
    cells = {**report.tables.cells, "proactive/licences/decisions": Cell.number(9)}
    changed = report.model_copy(
        update={"tables": report.tables.model_copy(update={"cells": cells})}
    )
    with pytest.raises(UsageError, match="整份重新起草"):
        redraft(changed, tmp_path, RULE, Redo(only=("problems",)))


def test_without_a_draft_there_is_nothing_to_do_again(report, tmp_path):
    with pytest.raises(UsageError, match="还没有"):
        redraft(report, tmp_path, RULE, Redo(only=("problems",)))
    assert list(tmp_path.iterdir()) == []


def test_an_edited_file_is_kept(report, drafted, tmp_path):
    word = tmp_path / f"{NAME}.docx"
    word.write_bytes(word.read_bytes() + b"edited")
    with pytest.raises(UsageError, match="已被修改过"):
        redraft(report, tmp_path, RULE, Redo(only=("problems",)))
    assert word.read_bytes().endswith(b"edited")


def test_the_report_file_of_the_draft_serves_as_input_too(report, drafted, tmp_path):
    own = read(tmp_path / f"{NAME}.report.json")
    outcome = redraft(own, tmp_path, RULE, Redo(only=("problems",)))
    assert outcome.changed in {("problems",), ()}
    assert_sound(outcome)


def test_wrong_figures_give_no_variants(report, tmp_path):
    cells = {**report.tables.cells, "requests/received/total": Cell.number(1)}
    wrong = report.model_copy(update={"tables": report.tables.model_copy(update={"cells": cells})})
    outcome = redraft(wrong, tmp_path / "out", RULE, Redo(variants=2))
    assert outcome.refused
    assert not (tmp_path / "out").exists()
