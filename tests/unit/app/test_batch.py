"""The batch engine: what it does with each kind of input, and what the next run then does."""

import errno
import json
import os
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from report_writer.app import batch as engine
from report_writer.app import batch_item
from report_writer.app.batch import BatchOptions, Stop, run_batch
from report_writer.app.batch_events import Ended, Finished, Planned
from report_writer.app.drafting import DraftOptions
from report_writer.app.services import UsageError, new_form
from report_writer.drafting.backend import BackendUnavailableError
from report_writer.exporters.atomic import WriteError
from report_writer.storage.engine import FILE_NAME, StoreError
from report_writer.storage.reports import Reports
from report_writer.storage.store import Status, Store
from tests.agencies import mapping, outputs, write_agencies, write_agency

ONE = BatchOptions(draft=DraftOptions(model="rule", formats=("md",)), jobs=1)


def run(inputs, out, options=ONE, stop=None):
    events = list(run_batch([str(i) for i in inputs], out, options, stop))
    return events


def end(events) -> Finished:
    assert isinstance(events[-1], Finished)
    return events[-1]


def drafted(events):
    return sorted(e.result.key for e in events if isinstance(e, Ended))


def row(events, key):
    return next(r for r in end(events).summary.rows if r.key == key)


def actions(events):
    (plan,) = [e for e in events if isinstance(e, Planned)]
    return {item.key: item.action for item in plan.items}


NAMES = ["青河市第1示范局-2023", "青河市第2示范局-2023", "青河市第3示范局-2023"]


@pytest.fixture
def three(tmp_path):
    return write_agencies(tmp_path / "in", 3)


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def test_every_agency_of_a_folder_is_drafted_and_the_summary_names_them(three, out):
    events = run([three], out)
    assert drafted(events) == NAMES
    assert end(events).code == 0
    for name in NAMES:
        assert (out / f"{name}.md").is_file()
        assert (out / f"{name}.核对单.docx").is_file()
    summary = json.loads((out / "汇总.json").read_text(encoding="utf-8"))
    assert summary["schema"] == "report-writer/batch/1"
    assert summary["totals"]["done"] == 3
    assert [item["status"] for item in summary["items"]] == ["done"] * 3


def test_an_unchanged_agency_is_skipped_and_a_changed_one_redone(three, out):
    run([three], out)
    before = outputs(out)
    write_agency(three / "002.json", 2, small=True)
    data = mapping(2)
    data["notes"] = {"proactive": ["设立公开栏，及时公示"]}
    (three / "002.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    events = run([three], out)
    assert actions(events) == {
        NAMES[0]: "unchanged", NAMES[1]: "redraft", NAMES[2]: "unchanged",
    }  # fmt: skip
    assert drafted(events) == [NAMES[1]]
    after = outputs(out)
    assert {n for n in before if before[n] != after[n] and "汇总" not in n} == {
        f"{NAMES[1]}.{kind}"
        for kind in ("md", "report.json", "trail.json", "findings.json", "核对单.docx")
    } - {n for n in before if before[n] == after[n]}
    assert before[f"{NAMES[1]}.md"] != after[f"{NAMES[1]}.md"]


def test_other_options_redo_everything(three, out):
    run([three], out)
    other = ONE.model_copy(update={"draft": DraftOptions(model="rule", formats=("md",), seed=1)})
    assert drafted(run([three], out, other)) == NAMES


def test_a_draft_that_was_deleted_is_made_again_and_an_edited_one_is_left_alone(three, out):
    run([three], out)
    (out / f"{NAMES[0]}.md").unlink()
    (out / f"{NAMES[1]}.md").write_text("改过", encoding="utf-8")
    events = run([three], out)
    assert drafted(events) == [NAMES[0]]
    assert (out / f"{NAMES[0]}.md").is_file()
    assert (out / f"{NAMES[1]}.md").read_text(encoding="utf-8") == "改过"


def test_changed_figures_never_overwrite_an_edited_draft(three, out):
    run([three], out)
    (out / f"{NAMES[0]}.md").write_text("改过", encoding="utf-8")
    data = mapping(1)
    data["notes"] = {"proactive": ["设立公开栏，及时公示"]}
    (three / "001.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    events = run([three], out)
    assert end(events).code == 2
    assert "已被修改过" in row(events, NAMES[0]).problem
    assert (out / f"{NAMES[0]}.md").read_text(encoding="utf-8") == "改过"


def test_broken_inputs_are_rows_and_stop_nothing(three, out, tmp_path):
    (three / "坏.json").write_text("{", encoding="utf-8")
    (three / "空.xlsx").write_bytes(b"")
    (three / "旧.doc").write_bytes(b"x")
    (three / "图.png").write_bytes(b"x")
    (three / "~$001.xlsx").write_bytes(b"x")
    empty = tmp_path / "空文件夹"
    empty.mkdir()
    events = run([three, empty, tmp_path / "没有.json", str(tmp_path / "*.yaml")], out)
    assert drafted(events) == NAMES
    assert end(events).code == 2
    problems = " ".join(r.problem for r in end(events).summary.rows if r.status == "unreadable")
    for words in (
        "坏.json：不是有效的 JSON", "空.xlsx：文件是空的", "另存为 .docx", "文件夹里没有可读的报告",
        "找不到文件", "没有相符的文件",
    ):  # fmt: skip
        assert words in problems
    assert "~$" not in problems


def test_wrong_figures_are_refused_and_come_first_in_the_summary(tmp_path, out):
    events = run([write_agencies(tmp_path / "in", 3, wrong=(3,))], out)
    assert end(events).code == 1
    first = end(events).summary.rows[0]
    assert (first.key, first.status, first.problem) == (
        NAMES[2], "refused", "数据有错误，没有起草",
    )  # fmt: skip
    assert "TAB201" in {finding.code for finding in first.findings}
    # Unchanged, it is not tried again, and still counts.
    again = run([tmp_path / "in"], out)
    assert drafted(again) == []
    assert end(again).code == 1


def test_two_different_reports_of_one_agency_and_year_are_both_left_and_equal_ones_drafted_once(
    three, out
):
    data = mapping(1)
    data["notes"] = {"proactive": ["设立公开栏，及时公示"]}
    (three / "004.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    shutil.copy(three / "002.json", three / "005.json")
    events = run([three], out)
    assert drafted(events) == NAMES[1:]
    assert "有2份不同的报告" in row(events, NAMES[0]).problem
    assert "004.json" in row(events, NAMES[0]).problem
    assert any("内容相同" in note for note in row(events, NAMES[1]).notes)
    assert end(events).code == 2


def test_two_names_of_what_may_be_one_agency_are_noted(three, out):
    data = mapping(9)
    data["agency"]["name"] = "第1示范局"
    (three / "009.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    events = run([three], out)
    assert any("可能是同一机关" in note for note in row(events, NAMES[0]).notes)
    assert any("青河市第1示范局" in note for note in row(events, "第1示范局-2023").notes)
    assert not any("可能是同一机关" in note for note in row(events, NAMES[1]).notes)


def test_a_workbook_of_many_agencies_is_as_many_items(tmp_path, out):
    from openpyxl import load_workbook

    path = tmp_path / "合用.xlsx"
    new_form(path, agencies=["甲局", "乙局"], year=2024)
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    heads = {cell.value: cell.column for line in sheet.iter_rows() for cell in line if cell.value}
    column = heads["全年均为零"]
    line = next(c.row for r in sheet.iter_rows() for c in r if c.value == "甲局")
    for offset in (0, 1):
        sheet.cell(line + offset, column).value = "是"
    workbook.save(path)
    events = run([path], out)
    assert drafted(events) == ["乙局-2024", "甲局-2024"]
    assert drafted(run([path], out)) == []


def test_an_output_folder_inside_the_inputs_is_not_read_again(three):
    run([three], three)
    assert drafted(run([three], three)) == []


def test_limit_takes_so_many_and_the_next_run_goes_on(three, out):
    events = run([three], out, ONE.model_copy(update={"limit": 2}))
    assert len(drafted(events)) == 2
    assert [r.status for r in end(events).summary.rows].count("new") == 1
    assert len(drafted(run([three], out))) == 1


def test_only_failed_does_what_was_not_done_before(tmp_path, out):
    folder = write_agencies(tmp_path / "in", 2, wrong=(2,))
    (folder / "坏.json").write_text("{", encoding="utf-8")
    run([folder], out)
    write_agency(folder / "坏.json", 3)
    write_agency(folder / "新.json", 4)
    only = ONE.model_copy(update={"only_failed": True})
    events = run([folder], out, only)
    assert drafted(events) == [NAMES[1], NAMES[2]]
    assert actions(events)["青河市第4示范局-2023"] == "later"


def test_a_dry_run_writes_nothing_and_makes_no_store(three, out):
    events = run([three], out, ONE.model_copy(update={"dry_run": True}))
    assert set(actions(events).values()) == {"draft"}
    assert not out.exists()
    run([three], out)
    before = outputs(out)
    events = run([three], out, ONE.model_copy(update={"dry_run": True}))
    assert set(actions(events).values()) == {"unchanged"}
    assert outputs(out) == before


def test_a_bug_in_one_item_is_that_items_row(three, out, monkeypatch):
    real = batch_item.draft_report

    def draft(report, *args, **rest):
        if "第2" in report.agency.name:
            raise ZeroDivisionError("x")
        return real(report, *args, **rest)

    monkeypatch.setattr(batch_item, "draft_report", draft)
    events = run([three], out)
    assert end(events).code == 4
    assert "ZeroDivisionError" in row(events, NAMES[1]).problem
    assert row(events, NAMES[2]).status == "done"
    monkeypatch.undo()
    assert drafted(run([three], out)) == [NAMES[1]]


def test_a_full_disk_stops_the_run_and_keeps_what_is_done(three, out, monkeypatch):
    real, count = Path.open, []

    def full(self, mode="r", *args, **rest):
        if "x" in mode and self.parent == out:
            count.append(1)
            if len(count) > 7:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(self, mode, *args, **rest)

    monkeypatch.setattr(Path, "open", full)
    events = run([three], out)
    assert end(events).code == 2
    assert "磁盘已满" in end(events).stopped
    assert row(events, NAMES[0]).status == "done"
    assert "磁盘已满" in row(events, NAMES[1]).problem
    assert row(events, NAMES[2]).status == "new"
    assert end(events).files == ()
    monkeypatch.undo()
    assert drafted(run([three], out)) == NAMES[1:]
    assert not list(out.glob(".*.part"))


def test_asked_to_stop_it_finishes_what_is_in_hand_and_goes_on_next_time(three, out):
    stop = Stop()
    events = []
    for event in run_batch([str(three)], out, ONE, stop):
        events.append(event)
        if isinstance(event, Ended):
            stop.ask("用户要求")
    assert len(drafted(events)) == 1
    assert end(events).stopped == "用户要求"
    assert (out / "汇总.json").is_file()
    assert len(drafted(run([three], out))) == 2


def test_broken_off_at_once_the_claims_go_back(three, out):
    events = run_batch([str(three)], out, ONE)
    for event in events:
        if isinstance(event, Ended):
            break
    events.close()
    store = Store(f"sqlite:///{out / FILE_NAME}")
    states = {item.status for item in store.items(".").values()}
    store.close()
    assert Status.RUNNING not in states
    assert len(drafted(run([three], out))) == 2


def test_a_backend_named_outright_that_cannot_be_opened_ends_the_run(three, out):
    bad = ONE.model_copy(update={"draft": DraftOptions(model="scripted:/nowhere/a.json")})
    with pytest.raises(BackendUnavailableError):
        run([three], out, bad)


def test_a_model_that_fails_on_the_way_is_tried_again_by_the_next_run(three, out, tmp_path):
    data = mapping(1)
    data["notes"] = {"proactive": ["设立公开栏，及时公示"]}
    path = tmp_path / "one.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    script = tmp_path / "script.json"
    script.write_text('["!timeout"]', encoding="utf-8")
    model = BatchOptions(draft=DraftOptions(model=f"scripted:{script}", formats=("md",)))
    events = run([path], out, model)
    assert end(events).code == 0
    assert row(events, NAMES[0]).status == "done"
    assert any("模型未能写出" in note for note in row(events, NAMES[0]).notes)
    assert drafted(run([path], out, model)) == [NAMES[0]]


def test_generations_and_versions_are_kept(out, tmp_path):
    data = mapping(1)
    data["notes"] = {"proactive": ["设立公开栏，及时公示"]}
    path = tmp_path / "one.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    script = tmp_path / "script.json"
    script.write_text('["本机关设立公开栏，及时公示。"]', encoding="utf-8")
    model = BatchOptions(draft=DraftOptions(model=f"scripted:{script}", formats=("md",)))
    run([path], out, model)
    store = Store(f"sqlite:///{out / FILE_NAME}")
    reports = Reports(store.engine, ".")
    (version,) = reports.versions("青河市第1示范局", 2023)
    written = json.loads((out / f"{NAMES[0]}.report.json").read_text(encoding="utf-8"))
    assert version.content == written
    kept = reports.generations("青河市第1示范局", 2023, 1)
    assert "本机关设立公开栏，及时公示。" in {one.answer for one in kept}
    assert all(one.prompt_files for one in kept)
    store.close()


def test_changes_since_the_last_finished_run_are_named(tmp_path, out):
    folder = write_agencies(tmp_path / "in", 3, wrong=(1,))
    assert end(run([folder], out)).summary.changes is None
    assert end(run([folder], out)).summary.changes == ()
    write_agency(folder / "001.json", 1)
    (folder / "003.json").unlink()
    write_agency(folder / "004.json", 4)
    changes = {c.key: c.what for c in end(run([folder], out)).summary.changes}
    assert "数据有错→已起草" in changes[NAMES[0]]
    assert "TAB201" in changes[NAMES[0]]
    assert changes[NAMES[2]] == "这次没有了"
    assert changes["青河市第4示范局-2023"] == "新增"


def test_nothing_to_do_is_said(out):
    with pytest.raises(UsageError):
        run([], out)


def test_a_folder_that_cannot_be_made_is_named(three, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(WriteError, match="不能建立文件夹"):
        run([three], tmp_path / "file" / "out")


def test_a_store_that_is_none_is_refused_before_anything_is_drafted(three, out):
    out.mkdir()
    (out / FILE_NAME).write_bytes(b"no database at all, but long enough to be looked at" * 9)
    with pytest.raises(StoreError, match="不是可用的数据库"):
        run([three], out)
    assert [p.name for p in out.iterdir()] == [FILE_NAME]


def test_the_same_on_any_store(three, out, store_url):
    options = ONE.model_copy(update={"store": store_url})
    assert drafted(run([three], out, options)) == NAMES
    assert drafted(run([three], out, options)) == []
    # Another folder is another matter for the same store.
    assert drafted(run([three], out.with_name("other"), options)) == NAMES


def _die_on_the_second(item, settings):
    if "第2" in item.agency:
        os._exit(9)
    return batch_item.draft_item(item, settings)


def test_a_process_that_dies_costs_its_item_only(three, out, monkeypatch):
    monkeypatch.setattr(engine, "draft_item", _die_on_the_second)
    events = run([three], out, ONE.model_copy(update={"jobs": 2}))
    assert end(events).code == 4
    assert "进程异常退出" in row(events, NAMES[1]).problem
    assert {row(events, NAMES[0]).status, row(events, NAMES[2]).status} == {"done"}


def test_drafts_alike_are_named_in_every_summary(tmp_path, out):
    folder = write_agencies(tmp_path / "in", 4)
    same = {
        "problems": [
            "门户网站栏目更新不及时，群众反映查找不便",
            "政策解读以文字为主，形式较为单一",
        ],
        "improvements": ["安排专人每周检查栏目更新情况并通报", "与融媒体中心合作制作图解和短视频"],
    }
    own = [
        {
            "problems": ["基层站所公示栏长期空置，村民看不到补贴名单"],
            "improvements": ["逐站所建立张贴登记"],
        },
        {
            "problems": ["旧文件没有电子化，检索一次要翻阅整柜档案"],
            "improvements": ["分三批扫描编目并接入检索"],
        },
    ]
    for notes, path in zip([same, same, *own], sorted(folder.iterdir()), strict=True):
        data = json.loads(path.read_text(encoding="utf-8"))
        data["notes"] = data.get("notes", {}) | notes
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    summary = end(run([folder], out)).summary
    found = [{m.agency for m in cluster.members} for cluster in summary.copies.clusters]
    copied = {row.agency for row in summary.rows if any(f.code == "DUP201" for f in row.findings)}
    assert found
    assert all(agencies == copied for agencies in found)
    assert len(copied) == 2
    data = json.loads((out / "汇总.json").read_text(encoding="utf-8"))
    assert data["copies"]["schema"] == "report-writer/copies/1"
    assert "<h2>雷同段落</h2>" in (out / "汇总.html").read_text(encoding="utf-8")
    book = load_workbook(out / "汇总.xlsx")
    assert book["雷同段落"].max_row >= 4
    again = end(run([folder], out)).summary
    assert again.copies == summary.copies
    assert again.changes == ()
    (out / next(n for r in summary.rows for n in r.files if n.endswith(".report.json"))).unlink()
    assert end(run([folder], out)).summary.copies is not None
