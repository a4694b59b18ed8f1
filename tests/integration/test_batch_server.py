"""A batch with a model server: questions at once, back-off, and what a redo costs."""

import json

import pytest

from report_writer.app.batch import BatchOptions, run_batch
from report_writer.app.batch_events import Ended, Finished
from report_writer.app.drafting import DraftOptions
from tests.agencies import mapping
from tests.model_server import serving

pytest.importorskip("langchain_openai")


@pytest.fixture
def server():
    with serving() as served:
        yield served


def write(folder, number, note):
    data = mapping(number)
    data["notes"] = {"proactive": [note], "platform": ["设立公开栏，及时公示"]}
    path = folder / f"{number}.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def test_a_server_is_asked_side_by_side_and_a_redo_costs_only_what_changed(server, tmp_path):
    handler, spec = server
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(6):
        write(folder, number, "设立公开栏，及时公示")
    options = BatchOptions(draft=DraftOptions(model=spec, formats=("md",)), jobs=3)
    events = list(run_batch([str(folder)], tmp_path / "out", options))
    assert isinstance(events[-1], Finished)
    assert events[-1].code == 0
    assert {row.status for row in events[-1].summary.rows} == {"done"}
    assert 1 < handler.most <= 3
    assert sum(e.result.tokens for e in events if isinstance(e, Ended)) > 0
    asked = handler.asked
    # One note of one agency: one topic is asked for again, its platform topic is remembered.
    write(folder, 3, "编制公开指南，定期更新")
    again = list(run_batch([str(folder)], tmp_path / "out", options))
    assert [e.result.key for e in again if isinstance(e, Ended)] == ["青河市第3示范局-2023"]
    first = asked / 6 / 2
    assert 0 < handler.asked - asked <= 3 * first
    # Another folder, the same store: nothing is asked at all.
    asked = handler.asked
    store = f"sqlite:///{tmp_path / 'out' / 'report-writer.sqlite'}"
    other = options.model_copy(update={"store": store})
    list(run_batch([str(folder)], tmp_path / "elsewhere", other))
    assert handler.asked == asked
