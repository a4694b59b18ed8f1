import pytest

from report_writer.domain.cells import Cell, Tables
from report_writer.domain.findings import Status
from report_writer.domain.generation import Origin
from report_writer.domain.report import PreviousYear, Topic
from report_writer.drafting.backends.scripted import Scripted
from report_writer.drafting.writer import write_draft

GOOD = {
    "主动公开": "我局及时更新林权登记办事指南，{F1}。全年{F2}。",
    "依申请公开": "我局明确专人接收和登记申请。全年{F1}，{F2}。{F3}，其中{F4}。年末{F5}。{F6}。",
    "政府信息管理": "全年{F1}。",
    "监督保障": "我局{F1}。",
    "存在的主要问题": "一是信息更新不够及时，影响公众查询；二是解读形式较为单一。",
    "改进措施": "一是建立信息定期更新机制；二是增加图解等内容。",
    "其他需要报告的事项": "本年度，我局{F1}。",
}


def statuses(draft):
    return {m.status for m in draft.result.mentions}


def texts(draft):
    return {s.topic: s for section in draft.trail.sections for s in section.sentences}


def assert_sound(draft):
    """What every draft promises, whoever wrote it."""
    assert draft.contradicted == ()
    assert not statuses(draft) & {Status.CONTRADICTED, Status.UNACCOUNTED}
    for section in draft.trail.sections:
        text = draft.report.sections[section.section]
        assert text
        assert "{" not in text
        assert "×" not in text
        for part in (*section.sentences, *section.figures):
            quote = getattr(part, "quote", None) or part.text
            assert text[part.start : part.end] == quote
    for topic in (
        "（一）主动公开。",
        "（二）依申请公开。",
        "（三）政府信息管理。",
        "（四）政府信息公开平台建设。",
        "（五）监督保障。",
    ):
        assert topic in draft.report.sections["overview"]


def test_the_rules_write_the_whole_plan(small):
    draft = write_draft(small)
    assert_sound(draft)
    assert draft.trail.sentence_count(Origin.MODEL) == 0
    overview = draft.report.sections["overview"]
    for phrase in (
        "新收政府信息公开申请5件",
        "自然人4件",
        "商业企业1件",
        "予以公开4件",
        "门户网站发布信息213条",
        "组织保密审查培训2次",
        "结转下年度继续办理1件",
    ):
        assert phrase in overview
    assert "未收取信息处理费" in draft.report.sections["other_matters"]


def test_a_note_that_begins_like_the_self_reference_is_not_doubled(small):
    notes = {**small.notes, Topic.OVERSIGHT: ("局党组会专题研究3次",)}
    draft = write_draft(small.model_copy(update={"notes": notes}))
    assert "局党组会专题研究3次" in draft.report.sections["overview"]
    assert "局局" not in draft.report.sections["overview"]


def test_the_same_agency_gets_the_same_text_twice_and_another_another(small):
    again = write_draft(small).report.sections
    assert write_draft(small).report.sections == again
    agency = small.agency.model_copy(update={"name": "别县粮食局"})
    other = write_draft(small.model_copy(update={"agency": agency})).report.sections
    assert other["overview"] != again["overview"]


def test_a_model_that_behaves_writes_most_of_the_overview(small):
    draft = write_draft(small, backend=Scripted(GOOD), model="scripted:t")
    assert_sound(draft)
    overview = next(s for s in draft.trail.sections if s.section == "overview")
    model = [s for s in overview.sentences if s.origin is Origin.MODEL]
    assert len(model) > len(overview.sentences) / 2
    assert "我局及时更新林权登记办事指南" in draft.report.sections["overview"]
    assert all(a.prompt and a.answer for a in overview.attempts)


def test_a_wrong_sentence_is_sent_back_with_its_fault_and_mended(small):
    script = {
        **GOOD,
        "主动公开": ["我局更新林权登记办事指南213条，{F1}。", "我局更新林权登记办事指南，{F1}。"],
    }
    backend = Scripted(script)
    draft = write_draft(small, backend=backend, model="scripted:t")
    assert_sound(draft)
    repair = next(r for r in backend.requests if "原句" in r.user)
    assert "213条" in repair.user
    assert texts(draft)["proactive"].origin in {Origin.MODEL, Origin.RULE}
    assert "我局更新林权登记办事指南，门户网站发布信息213条。" in draft.report.sections["overview"]


def test_after_two_repairs_the_rules_take_the_sentence(small):
    wrong = "我局更新林权登记办事指南三次，{F1}。"
    backend = Scripted({**GOOD, "主动公开": [wrong] * 5})
    draft = write_draft(small, backend=backend, model="scripted:t")
    assert_sound(draft)
    assert sum("原句" in r.user for r in backend.requests) == 2
    assert "三次" not in draft.report.sections["overview"]
    assert "门户网站发布信息213条" in draft.report.sections["overview"]


@pytest.mark.parametrize("failure", ["!timeout", "!refuse", "!empty", "!die", "!cut 我局更新林权"])
def test_a_model_that_fails_leaves_a_complete_draft_and_a_word_about_it(small, failure):
    draft = write_draft(small, backend=Scripted([failure] * 60), model="scripted:t")
    assert_sound(draft)
    if failure.startswith("!cut"):
        assert any(
            "没有写完" in v for s in draft.trail.sections for a in s.attempts for v in a.violations
        )
    else:
        assert draft.warnings
    assert draft.report.sections["overview"].count("\n") == 5


def test_without_notes_the_rules_write_because_a_model_would_pad(small):
    backend = Scripted(GOOD)
    draft = write_draft(small, backend=backend, model="scripted:t")
    assert {r.tag for r in backend.requests} == {
        "主动公开",
        "依申请公开",
        "监督保障",
        "存在的主要问题",
        "改进措施",
    }
    platform = next(s for s in draft.trail.sections[0].sentences if s.topic == "platform")
    assert (platform.origin, platform.reason) == (Origin.RULE, "没有工作要点")


def test_a_topic_written_as_a_label_is_taken_off(small):
    script = {**GOOD, "依申请公开": "依申请公开：明确专人接收和登记申请。全年{F1}，{F2}。"}
    draft = write_draft(small, backend=Scripted(script), model="scripted:t")
    assert "（二）依申请公开。我局明确专人接收和登记申请。" in draft.report.sections["overview"]
    assert_sound(draft)


def test_a_server_that_dies_half_way_keeps_what_it_wrote(small):
    script = {**GOOD, "监督保障": "!die"}
    draft = write_draft(small, backend=Scripted(script), model="scripted:t")
    assert_sound(draft)
    assert draft.trail.sentence_count(Origin.MODEL) >= 3
    assert any("监督保障" in w for w in draft.warnings)


def test_a_model_that_keeps_failing_is_not_asked_for_ever(small):
    backend = Scripted(["!refuse"] * 60)
    write_draft(small, backend=backend, model="scripted:t")
    assert len(backend.requests) == 6


def test_an_enumeration_that_drops_a_problem_is_not_accepted(small):
    script = {**GOOD, "存在的主要问题": "一是信息更新不够及时。"}
    draft = write_draft(small, backend=Scripted(script), model="scripted:t")
    assert "解读形式单一" in draft.report.sections["problems"]
    assert_sound(draft)


def test_an_empty_agency_gets_a_proper_short_report(small):
    bare = small.model_copy(update={"facts": (), "notes": {}, "processing_fee": None})
    zero = {a: c.model_copy(update={"value": c.value * 0}) for a, c in bare.tables.cells.items()}
    bare = bare.model_copy(update={"tables": bare.tables.model_copy(update={"cells": zero})})
    draft = write_draft(bare)
    assert_sound(draft)
    assert "未收到政府信息公开申请" in draft.report.sections["overview"]
    assert len(draft.report.sections["problems"]) > 20
    assert len(draft.warnings) == 2


def test_blank_cells_are_never_mentioned(small):
    blank = small.model_copy(update={"tables": None})
    draft = write_draft(blank)
    assert_sound(draft)
    assert "申请" in draft.report.sections["overview"]
    assert "件" not in draft.report.sections["overview"]


@pytest.mark.parametrize("mark", ["{F1}", "{{7*7}}", "{received}", "{self}局", "｛F2｝"])
def test_braces_in_what_an_agency_wrote_are_no_slots_and_are_not_printed(small, mark):
    fact = small.facts[0].model_copy(update={"label": f"发布{mark}信息", "unit": f"条{mark}"})
    report = small.model_copy(
        update={
            "agency": small.agency.model_copy(
                update={"name": f"示例{mark}", "self_reference": f"我局{mark}", "superior": mark}
            ),
            "facts": (fact,),
            "notes": {topic: (f"用{mark}模板举办培训3次",) for topic in small.notes},
        }
    )
    draft = write_draft(report)
    sections = draft.report.sections
    assert not any(brace in text for text in sections.values() for brace in "{}｛｝")
    assert mark.strip("{}｛｝局") not in sections["overview"]
    assert sum("没有写进草稿" in warning for warning in draft.warnings) >= 4


def test_a_change_is_never_said_of_the_last_applicant(small):
    busy = small.model_copy(
        update={"previous": PreviousYear(year=2023, form="ogi_2021", tables=small.tables)}
    )
    cells = dict(small.tables.cells)
    for address, value in (
        ("requests/received/natural_person", 6),
        ("requests/received/total", 7),
        ("requests/carried_forward/natural_person", 3),
        ("requests/carried_forward/total", 3),
    ):
        cells[address] = Cell.number(value)
    busy = busy.model_copy(update={"tables": Tables(cells=cells)})
    for seed in range(12):
        draft = write_draft(busy, seed=seed)
        assert_sound(draft)
        assert "新收申请数量比上年增加2件" in draft.report.sections["overview"]


def test_an_amount_reads_as_it_is_printed_in_the_table(small):
    cells = {**small.tables.cells, "proactive/charges/amount": Cell.number("847.50")}
    draft = write_draft(small.model_copy(update={"tables": Tables(cells=cells)}))
    assert_sound(draft)
    assert "收取行政事业性收费847.5万元" in draft.report.sections["overview"]


def test_a_sentence_is_passed_on_as_soon_as_it_is_vetted(small):
    class Slow(Scripted):
        """Hands its answer over piece by piece, as a model in this process does."""

        def answer(self, request):
            answer = super().answer(request)
            for end in range(0, len(answer.text) + 1, 3):
                if request.on_text:
                    request.on_text(answer.text[:end])
            events.append("answered")
            return answer

    events = []
    wrong = "全年{F1}。我局明确专人接收和登记申请3次。年末{F5}。"
    backend = Slow({**GOOD, "依申请公开": [wrong, *[wrong] * 4]})

    def heard(progress):
        if progress.kind == "sentence":
            events.append((progress.topic, progress.text))

    draft = write_draft(small, backend=backend, model="scripted:t", on_progress=heard)
    assert_sound(draft)
    first = events.index("answered")
    assert events[:first] == [
        ("主动公开", "我局及时更新林权登记办事指南，门户网站发布信息213条。"),
        ("主动公开", draft.trail.sections[0].sentences[2].text),
    ]
    request = [e for e in events[first + 1 :] if e == "answered" or e[0] == "依申请公开"]
    assert request[:2] == [("依申请公开", "全年新收政府信息公开申请5件。"), "answered"]
    told = [text for e in events if e != "answered" for text in e[1:]]
    written = [s.text for part in draft.trail.sections for s in part.sentences]
    assert sorted(told) == sorted(written[1:])


def test_the_words_of_the_instructions_never_reach_the_text(small):
    script = {**GOOD, "监督保障": ["我局{F1}，请按示例的写法写这一段。"] * 5}
    draft = write_draft(small, backend=Scripted(script), model="scripted:t")
    assert_sound(draft)
    assert "示例" not in draft.report.sections["overview"]
    assert "组织保密审查培训2次" in draft.report.sections["overview"]


def test_a_figure_of_a_note_never_stands_without_its_words(small):
    notes = {**small.notes, Topic.OVERSIGHT: ("政务公开纳入综合考核，分值权重为4%",)}
    report = small.model_copy(update={"notes": notes})
    script = {**GOOD, "监督保障": "我局监督保障，{F1}。"}
    draft = write_draft(report, backend=Scripted(script), model="scripted:t")
    assert_sound(draft)
    assert "政务公开纳入综合考核，分值权重为4%" in draft.report.sections["overview"]


def test_a_sentence_that_says_the_same_thing_twice_is_not_taken(small):
    notes = {**small.notes, Topic.PLATFORM: ("在办事大厅设政务公开专区",)}
    report = small.model_copy(update={"notes": notes})
    script = {**GOOD, "政府信息公开平台建设": ["我局在政务公开专区设政务公开专区。"] * 4}
    draft = write_draft(report, backend=Scripted(script), model="scripted:t")
    assert_sound(draft)
    assert "在办事大厅设政务公开专区" in draft.report.sections["overview"]


def test_a_word_doubled_around_a_noun_is_asked_anew(small):
    """Seen with the 1.5B: 部分科室报送的信息报送不及时."""
    notes = {**small.notes, Topic.PLATFORM: ("栏目信息更新放在办公室统一安排",)}
    report = small.model_copy(update={"notes": notes})
    doubled, well = "我局栏目更新的信息更新由办公室统一安排。", "栏目信息由我局办公室统一安排更新。"
    script = {**GOOD, "政府信息公开平台建设": [doubled, well]}
    draft = write_draft(report, backend=Scripted(script), model="scripted:t")
    assert "更新的信息更新" not in draft.report.sections["overview"]
    assert well in draft.report.sections["overview"]


def test_the_figure_of_one_note_is_not_hung_on_another(small):
    """Seen with the 1.5B: 改版…专栏，增加进度查询，配备查询终端2台; the terminals stand in the hall."""
    notes = {
        **small.notes,
        Topic.PLATFORM: ("改版门户网站林权专栏，增加进度查询", "在办事大厅设公开专区，配备终端2台"),
    }
    report = small.model_copy(update={"notes": notes})
    script = {**GOOD, "政府信息公开平台建设": "我局改版门户网站林权专栏，增加进度查询，{F1}。"}
    draft = write_draft(report, backend=Scripted(script), model="scripted:t")
    assert_sound(draft)
    assert "增加进度查询，配备终端" not in draft.report.sections["overview"]
    assert "在办事大厅设公开专区，配备终端2台" in draft.report.sections["overview"]
    assert "改版门户网站林权专栏，增加进度查询" in draft.report.sections["overview"]
