import json
import os

import pytest

from report_writer.app import draft_files
from report_writer.app.drafting import DraftOptions, draft_report
from report_writer.app.services import UsageError
from report_writer.domain.cells import Cell
from report_writer.domain.report import Topic
from report_writer.drafting.backend import BackendUnavailableError
from report_writer.exporters.atomic import WriteError
from report_writer.readers.dispatch import read
from report_writer.readers.from_json import report_from_mapping

RULE = DraftOptions(model="rule")


@pytest.fixture
def report():
    return report_from_mapping(
        {
            "year": 2023,
            "agency": {"name": "示例局", "self_reference": "我局"},
            "blank_is_zero": True,
            "tables": {},
            "processing_fee": {"collected": 0},
            "notes": {"problems": ["人员变动"], "improvements": ["加强学习"]},
        },
        name="t",
    )


def with_cell(report, address, cell):
    tables = report.tables.model_copy(update={"cells": {**report.tables.cells, address: cell}})
    return report.model_copy(update={"tables": tables})


def test_a_draft_leaves_the_files_of_the_contract(report, tmp_path):
    outcome = draft_report(
        report, tmp_path, DraftOptions(model="rule", formats=("docx", "html", "md"))
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        f"示例局-2023.{end}"
        for end in (
            "docx",
            "html",
            "md",
            "核对单.docx",
            "report.json",
            "findings.json",
            "trail.json",
        )
    )
    assert {p.name for p in outcome.files} == {p.name for p in tmp_path.iterdir()}
    back = read(tmp_path / "示例局-2023.report.json")
    assert back.sections.keys() >= {"title", "preface", "overview", "problems", "other_matters"}
    findings = json.loads((tmp_path / "示例局-2023.findings.json").read_text(encoding="utf-8"))
    assert findings["schema"] == "report-writer/findings/1"
    trail = json.loads((tmp_path / "示例局-2023.trail.json").read_text(encoding="utf-8"))
    assert trail["schema"] == "report-writer/trail/1"
    assert {s["section"] for s in trail["sections"]} == {"overview", "problems", "other_matters"}


def test_an_unchanged_job_keeps_its_draft_and_a_changed_one_redoes_it(report, tmp_path):
    first = draft_report(report, tmp_path, RULE)
    stamps = {p: p.stat().st_mtime_ns for p in first.files}
    again = draft_report(report, tmp_path, RULE)
    assert again.kept
    assert {p: p.stat().st_mtime_ns for p in again.files} == stamps
    assert again.sentences == first.sentences
    changed = with_cell(report, "proactive/licences/decisions", Cell.number(9))
    redone = draft_report(changed, tmp_path, RULE)
    assert not redone.kept
    assert "行政许可决定9件" in read(tmp_path / "示例局-2023.docx").sections["overview"]


def test_an_edited_draft_is_never_overwritten_without_force(report, tmp_path):
    draft_report(report, tmp_path, RULE)
    word = tmp_path / "示例局-2023.docx"
    word.write_bytes(word.read_bytes() + b"edited")
    with pytest.raises(UsageError, match="已被修改过"):
        draft_report(report, tmp_path, RULE)
    assert word.read_bytes().endswith(b"edited")
    draft_report(report, tmp_path, RULE.model_copy(update={"force": True}))
    assert not word.read_bytes().endswith(b"edited")


def test_a_foreign_file_in_the_way_is_not_overwritten(report, tmp_path):
    (tmp_path / "示例局-2023.docx").write_bytes(b"mine")
    with pytest.raises(UsageError, match="未覆盖"):
        draft_report(report, tmp_path, RULE)
    assert [p.name for p in tmp_path.iterdir()] == ["示例局-2023.docx"]


@pytest.mark.parametrize("stop_after", range(5))
def test_a_stop_between_two_files_can_be_taken_up_again(report, tmp_path, monkeypatch, stop_after):
    from report_writer.app import draft_files

    draft_report(report, tmp_path, RULE)
    changed = with_cell(report, "proactive/licences/decisions", Cell.number(9))
    real, written = draft_files.write_whole, []

    def stops(path, data):
        if len(written) == stop_after:
            raise KeyboardInterrupt
        written.append(path)
        real(path, data)

    monkeypatch.setattr(draft_files, "write_whole", stops)
    if stop_after < 5:
        with pytest.raises(KeyboardInterrupt):
            draft_report(changed, tmp_path, RULE)
            raise KeyboardInterrupt
    monkeypatch.setattr(draft_files, "write_whole", real)
    assert not [p for p in tmp_path.iterdir() if p.name.endswith(".part")]
    draft_report(changed, tmp_path, RULE)
    assert "行政许可决定9件" in read(tmp_path / "示例局-2023.docx").sections["overview"]


def test_wrong_figures_stop_the_draft_unless_forced(report, tmp_path):
    wrong = with_cell(report, "requests/received/total", Cell.number(3))
    outcome = draft_report(wrong, tmp_path / "out", RULE)
    assert outcome.refused
    assert outcome.files == ()
    assert not (tmp_path / "out").exists()
    assert {f.code for f in outcome.result.findings} == {"TAB101", "TAB201"}
    forced = draft_report(wrong, tmp_path / "out", RULE.model_copy(update={"force": True}))
    assert forced.files
    assert not forced.refused


def test_a_named_backend_that_cannot_be_opened_is_an_error_with_a_remedy(report, tmp_path):
    with pytest.raises(BackendUnavailableError) as caught:
        draft_report(report, tmp_path, DraftOptions(model="gguf:no-such-model"))
    assert caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_auto_falls_back_to_the_rules_and_says_so(report, tmp_path, monkeypatch):
    monkeypatch.setenv("REPORT_WRITER_MODELS", str(tmp_path / "none"))
    monkeypatch.delenv("REPORT_WRITER_MODEL", raising=False)
    said = []
    outcome = draft_report(report, tmp_path / "out", DraftOptions(), on_message=said.append)
    assert outcome.trail.model == "rule"
    assert any("rule" in text and "没有下载模型" in text for text in said)


def test_an_automatic_choice_that_cannot_be_opened_falls_back_and_says_so(report, tmp_path):
    said = []
    options = DraftOptions(settings_model="gguf:no-such-model")
    outcome = draft_report(report, tmp_path, options, on_message=said.append)
    assert outcome.trail.model == "rule"
    assert any("打不开" in text for text in said)
    assert "打不开" in outcome.trail.model_reason


def test_an_unknown_format_is_refused_before_anything_is_written(report, tmp_path):
    with pytest.raises(UsageError, match="pdfx"):
        draft_report(report, tmp_path / "out", DraftOptions(model="rule", formats=("pdfx",)))
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_named(report, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(WriteError, match="file"):
        draft_report(report, tmp_path / "file" / "out", RULE)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_named(report, tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(WriteError, match="权限"):
        draft_report(report, tmp_path, RULE)


def test_a_note_that_contradicts_a_table_is_the_clerks_to_mend(report, tmp_path):
    noted = report.model_copy(
        update={"notes": {**report.notes, Topic.ON_REQUEST: ("收到申请99件",)}}
    )
    for _ in range(2):
        outcome = draft_report(noted, tmp_path, RULE)
        assert outcome.refused
        assert not outcome.contradicted
        assert [number.partition("（")[0] for number in outcome.disputed] == ["“99件”"]
        assert list(tmp_path.iterdir()) == []
    forced = draft_report(noted, tmp_path, RULE.model_copy(update={"force": True}))
    assert forced.disputed
    assert not forced.contradicted
    assert all(path.exists() for path in forced.files)
    assert draft_report(noted, tmp_path, RULE).refused


def test_a_note_that_contradicts_a_table_is_told_before_a_model_is_opened(report, tmp_path):
    noted = report.model_copy(
        update={"notes": {**report.notes, Topic.ON_REQUEST: ("收到申请99件",)}}
    )
    missing = DraftOptions(model=f"scripted:{tmp_path / '没有.json'}")
    assert draft_report(noted, tmp_path / "out", missing).refused


def test_a_draft_left_in_another_format_is_still_ours(report, tmp_path):
    both = RULE.model_copy(update={"formats": ("docx", "html")})
    draft_report(report, tmp_path, both)
    changed = with_cell(report, "proactive/licences/decisions", Cell.number(9))
    draft_report(changed, tmp_path, RULE)
    draft_report(changed, tmp_path, both)
    assert "行政许可决定9件" in read(tmp_path / "示例局-2023.html").sections["overview"]


def test_stops_one_after_another_leave_nothing_that_looks_edited(report, tmp_path, monkeypatch):
    draft_report(report, tmp_path, RULE)
    whole = draft_files.write_whole

    def stop(path, data):
        if not path.name.endswith(".trail.json"):
            raise KeyboardInterrupt
        whole(path, data)

    for licences in (8, 9):
        changed = with_cell(report, "proactive/licences/decisions", Cell.number(licences))
        with monkeypatch.context() as stopped:
            stopped.setattr(draft_files, "write_whole", stop)
            with pytest.raises(KeyboardInterrupt):
                draft_report(changed, tmp_path, RULE)
    draft_report(changed, tmp_path, RULE)
    assert "行政许可决定9件" in read(tmp_path / "示例局-2023.docx").sections["overview"]


def test_a_zero_claim_in_a_note_that_contradicts_a_table_is_the_clerks_too(report, tmp_path):
    noted = report.model_copy(
        update={"notes": {**report.notes, Topic.ON_REQUEST: ("未收到政府信息公开申请",)}}
    )
    for cell in ("received/natural_person", "received/total", "carried_forward/natural_person"):
        noted = with_cell(noted, f"requests/{cell}", Cell.number(5))
    noted = with_cell(noted, "requests/carried_forward/total", Cell.number(5))
    outcome = draft_report(noted, tmp_path, RULE)
    assert outcome.refused
    assert outcome.disputed
    assert not outcome.contradicted
