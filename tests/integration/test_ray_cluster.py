"""`batch --engine ray` on a cluster of two nodes on this machine: the same drafts, also when killed."""

import os
import re
import signal
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from report_writer.app import batch_ray
from report_writer.app.batch import BatchOptions, run_batch
from report_writer.app.batch_events import Ended, Finished, Message
from report_writer.app.batch_ray import ATTEMPTS, run_on_ray
from report_writer.app.drafting import DraftOptions
from report_writer.app.services import UsageError
from report_writer.storage.store import Store
from tests import dying
from tests.agencies import outputs, write_agencies
from tests.model_server import serving
from tests.paths import ROOT

pytestmark = pytest.mark.ray
OPTIONS = BatchOptions(draft=DraftOptions(model="rule", formats=("md",)), jobs=2)
KEYS = [f"青河市第{number}示范局-2023" for number in range(1, 5)]


@pytest.fixture(scope="module")
def cluster():
    """The address of a cluster of two nodes with a core each; skips without Ray."""
    with pytest.MonkeyPatch.context() as patch:
        # What the nodes inherit: this program and the tests; nothing is reported to anybody.
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "src"), str(ROOT)]))
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        try:
            from ray.cluster_utils import Cluster
        except ModuleNotFoundError:
            reason = "Ray is not installed (pip install 'report-writer[ray]')"
            if os.environ.get("REQUIRE_RAY") == "1":
                pytest.fail(reason)
            pytest.skip(reason)
        node = {"num_cpus": 1, "object_store_memory": 80 * 2**20}
        made = Cluster(
            initialize_head=True, head_node_args={**node, "include_dashboard": False}
        )  # fmt: skip
        try:
            made.add_node(**node)
            yield made.address
        finally:
            made.shutdown()


@pytest.fixture
def source(tmp_path):
    return write_agencies(tmp_path / "in", len(KEYS), wrong=(2,))


@pytest.fixture
def quiet(source, tmp_path):
    """What a run on this machine alone makes of the same inputs."""
    events = list(
        run_batch([str(source)], tmp_path / "quiet", OPTIONS.model_copy(update={"jobs": 1}))
    )
    assert events[-1].code == 1
    return outputs(tmp_path / "quiet")


def test_a_cluster_drafts_what_this_machine_drafts(cluster, source, quiet, tmp_path):
    out = tmp_path / "out"
    before = signal.getsignal(signal.SIGTERM)
    events = list(run_on_ray([str(source)], str(out), OPTIONS, cluster))
    assert signal.getsignal(signal.SIGTERM) is before
    assert sorted(e.result.key for e in events if isinstance(e, Ended)) == KEYS
    assert events[-1].code == 1
    assert outputs(out) == quiet
    again = list(run_on_ray([str(source)], str(out), OPTIONS, "127.0.0.1:1"))
    assert not [e for e in again if isinstance(e, Ended)]  # unchanged: nobody is asked


def test_a_killed_worker_costs_its_item_one_attempt(
    cluster, source, quiet, tmp_path, store_url, monkeypatch
):
    to_url = "postgresql" in store_url  # so that either kind of folder is tried once
    monkeypatch.setattr(batch_ray, "draft_shared", dying.stopped_in_the_middle)
    folder = tmp_path / "out"
    out = folder.as_uri() if to_url else str(folder)
    killer = threading.Thread(target=kill_the_one_that_waits, args=(tmp_path / "pid",))
    killer.start()
    options = OPTIONS.model_copy(update={"store": store_url})
    events = list(run_on_ray([str(source)], out, options, cluster))
    killer.join()
    begun = Counter((tmp_path / "begun").read_text(encoding="utf-8").split())
    assert begun == {key: 1 + (key == dying.VICTIM) for key in KEYS}
    assert sorted(e.result.key for e in events if isinstance(e, Ended)) == KEYS
    (told,) = [e.text for e in events if isinstance(e, Message) and "换一个重做" in e.text]
    assert told.startswith(dying.VICTIM)
    same = outputs(folder)
    if to_url:
        # The summary of a URL names inputs as seen from elsewhere; the drafts are the same.
        same = {n: d for n, d in same.items() if "汇总" not in n}
        quiet = {n: d for n, d in quiet.items() if "汇总" not in n}
        assert {Path(p).name for p in end(events).files} == {"汇总.xlsx", "汇总.html", "汇总.json"}
        assert (folder / "汇总.json").is_file()
    assert same == quiet
    store = Store(store_url)
    found = store.items(folder.as_uri() if to_url else str(folder))
    store.close()
    assert {key: item.attempts for key, item in found.items()} == dict.fromkeys(KEYS, 1)


def test_the_cluster_asks_a_model_server_what_this_machine_asks(cluster, source, tmp_path):
    pytest.importorskip("langchain_openai")
    with serving() as (handler, spec):
        draft = DraftOptions(model=spec, formats=("md",))
        here = OPTIONS.model_copy(update={"draft": draft, "jobs": 1})
        list(run_batch([str(source)], tmp_path / "here", here))
        asked = handler.asked
        events = list(run_on_ray([str(source)], str(tmp_path / "out"), here, cluster))
        assert handler.asked > asked
    assert "127.0.0.1 指各台机器自己" in " ".join(e.text for e in events if isinstance(e, Message))
    assert sum(row.model_sentences for row in end(events).summary.rows)
    assert timeless(outputs(tmp_path / "out")) == timeless(outputs(tmp_path / "here"))


def test_an_item_that_kills_its_process_costs_no_other(cluster, source, tmp_path, monkeypatch):
    monkeypatch.setattr(batch_ray, "draft_shared", dying.dies_every_time)
    events = list(run_on_ray([str(source)], str(tmp_path / "out"), OPTIONS, cluster))
    rows = {row.key: row for row in end(events).summary.rows}
    assert end(events).code == 4
    assert f"{ATTEMPTS}次中断" in rows[dying.VICTIM].problem
    assert [rows[key].status for key in KEYS] == ["done", "refused", "failed", "done"]
    monkeypatch.undo()
    events = list(run_on_ray([str(source)], str(tmp_path / "out"), OPTIONS, cluster))
    assert dying.VICTIM in {e.result.key for e in events if isinstance(e, Ended)}
    assert end(events).code == 1


def test_machines_that_do_not_see_the_folder_are_named_before_anything_is_begun(
    cluster, source, tmp_path, monkeypatch
):
    out = tmp_path / "out"
    monkeypatch.setattr(batch_ray, "look", dying.looks_elsewhere)
    with pytest.raises(UsageError, match="看不到输出文件夹"):
        list(run_on_ray([str(source)], str(out), OPTIONS, cluster))
    store = Store(f"sqlite:///{out / 'report-writer.sqlite'}")
    assert {item.attempts for item in store.items(".").values()} == {0}
    store.close()


def kill_the_one_that_waits(note: Path) -> None:
    deadline = time.monotonic() + 120
    while not note.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(int(note.read_text(encoding="utf-8")), signal.SIGKILL)


def timeless(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return files without what a trail says of how long a model took."""
    return {name: re.sub(rb'"seconds": [\d.]+', b"", data) for name, data in files.items()}


def end(events) -> Finished:
    assert isinstance(events[-1], Finished)
    return events[-1]
