"""What of `--engine ray` needs no Ray: addresses nobody answers at, folders that are URLs."""

import os
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

from report_writer.app.batch import BatchOptions
from report_writer.app.batch_inputs import read_file
from report_writer.app.batch_item import ItemSettings
from report_writer.app.batch_ray import portable, run_on_ray
from report_writer.app.drafting import DraftOptions
from report_writer.app.ray_address import refuse_silent
from report_writer.app.services import UsageError
from tests.agencies import outputs, write_agencies

RULE = BatchOptions(draft=DraftOptions(model="rule", formats=("md",)), jobs=1)


@contextmanager
def answering(answer: bytes):
    """A server that says one thing to whoever connects; its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            peer, _ = server.accept()
            with peer:
                peer.recv(100)
                peer.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        thread.join()


def silent() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize(
    "address", ["头节点", "10.0.0.1", "10.0.0.1:", ":6379", "a:99999", "ray://a:1"]
)
def test_an_address_that_is_none_is_refused_with_how_to_write_it(address):
    with pytest.raises(UsageError, match=r"主机:端口，如 10\.0\.0\.1:6379"):
        refuse_silent(address)


def test_an_address_nobody_answers_at_is_refused_at_once():
    with pytest.raises(UsageError, match="连不上"):
        refuse_silent(silent())


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b""])
def test_another_server_is_not_taken_for_a_cluster(answer):
    with answering(answer) as address, pytest.raises(UsageError, match="不是 Ray 集群"):
        refuse_silent(address)


def test_a_server_that_speaks_like_ray_is_let_through():
    with answering(bytes([0, 0, 0, 4, 0, 0, 0, 0, 0])) as address:
        refuse_silent(address)


def test_what_is_finished_is_kept_where_nobody_answers(tmp_path):
    from report_writer.app.batch import run_batch

    source, out = write_agencies(tmp_path / "in", 2), tmp_path / "out"
    list(run_batch([str(source / "001.json")], out, RULE))
    before = outputs(out)
    done = subprocess.run(
        [sys.executable, "-m", "report_writer", "batch", str(source), "-o", str(out), "--to", "md",
         "--model", "rule", "--engine", "ray", "--address", silent()],
        capture_output=True, check=False, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    said = done.stderr.decode()
    assert done.returncode == 2, said
    assert "Ray 集群 127.0.0.1:" in said
    assert "连不上" in said
    assert "Traceback" not in said
    assert outputs(out) == before


@pytest.mark.parametrize("model", ["gguf:x", "hf:x", "scripted:x", "ollama:x"])
def test_models_that_other_machines_do_not_have_are_refused(model, tmp_path):
    options = RULE.model_copy(update={"draft": DraftOptions(model=model)})
    with pytest.raises(UsageError, match="只能用 rule 或 openai:"):
        list(run_on_ray([str(tmp_path)], str(tmp_path / "out"), options, "127.0.0.1:1"))


def test_what_is_missing_or_unknown_is_said(tmp_path, monkeypatch):
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    source = str(write_agencies(tmp_path / "in", 1))
    with pytest.raises(UsageError, match="--address"):
        list(run_on_ray([source], str(tmp_path / "out"), RULE, None))
    with pytest.raises(UsageError, match="--store"):
        list(run_on_ray([source], "memory://out", RULE, "127.0.0.1:1"))
    pytest.importorskip("fsspec")
    stored = RULE.model_copy(update={"store": f"sqlite:///{tmp_path / 's.sqlite'}"})
    with pytest.raises(UsageError, match="不认识这种地址"):
        list(run_on_ray([source], "nothing://out", stored, "127.0.0.1:1"))


def test_an_item_carries_its_report_and_drafts_the_same_without_the_file(tmp_path):
    from report_writer.app.batch_item import draft_item

    path = write_agencies(tmp_path / "in", 1) / "001.json"
    (item,) = read_file(str(path), str(tmp_path)).items
    carried = portable(item)
    made = draft_item(item, settings(tmp_path / "here"))
    path.unlink()
    assert draft_item(carried, settings(tmp_path / "there")) == made
    assert outputs(tmp_path / "there") == outputs(tmp_path / "here")


def settings(folder) -> ItemSettings:
    return ItemSettings(folder=str(folder), options=RULE.draft)


def test_drafting_into_a_url_is_drafting_into_a_folder(tmp_path):
    memory = pytest.importorskip("fsspec").filesystem("memory")
    from report_writer.app.batch_item import draft_item
    from report_writer.app.batch_shared import draft_shared

    path = write_agencies(tmp_path / "in", 1) / "001.json"
    (item,) = read_file(str(path), str(tmp_path)).items
    there = settings("memory://a-url-to-draft-into")
    try:
        made = draft_shared(item, there)
        assert made == draft_item(item, settings(tmp_path / "here"))
        found = {p.rsplit("/", 1)[-1]: memory.cat(p) for p in memory.ls(there.folder, detail=False)}
        assert found == outputs(tmp_path / "here")
        edited = f"{there.folder}/{item.key}.md"
        memory.pipe(edited, "改过".encode())
        changed = there.model_copy(
            update={"options": DraftOptions(model="rule", formats=("md",), seed=1)}
        )
        refused = draft_shared(item, changed)
        assert refused.end.status == "failed"
        assert refused.end.error.startswith(f"{edited}：文件已被修改过")
        assert memory.cat(edited).decode() == "改过"
    finally:
        memory.rm(there.folder, recursive=True)
