"""`kill -9` at random points, two batches at once, Ctrl-C: the outputs are those of a quiet run."""

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from tests.agencies import outputs, write_agencies
from tests.stores import new_database

KILLS = int(os.environ.get("BATCH_KILLS", "3"))
COUNT = int(os.environ.get("BATCH_AGENCIES", "6"))
PARTS = re.compile(r"\.part$")


def command(source, out, *more):
    return [
        sys.executable, "-m", "report_writer", "batch", str(source), "-o", str(out),
        "--model", "rule", "--jobs", "2", *more,
    ]  # fmt: skip


def started(source, out, *more):
    return subprocess.Popen(
        command(source, out, *more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def finished(source, out, *more):
    done = subprocess.run(command(source, out, *more), capture_output=True, check=False)
    assert done.returncode == 1, done.stderr.decode()
    return done


@pytest.fixture(scope="module")
def quiet(tmp_path_factory):
    """The inputs, and what an undisturbed run makes of them."""
    folder = tmp_path_factory.mktemp("kills")
    source = write_agencies(folder / "in", COUNT, wrong=(2,))
    finished(source, folder / "quiet")
    return source, outputs(folder / "quiet")


def attempts(out):
    store = sqlite3.connect(out / "report-writer.sqlite")
    found = dict(store.execute("SELECT key, attempts FROM items"))
    store.close()
    return found


def test_killed_at_random_points_and_restarted_the_outputs_are_the_same(quiet):
    source, wanted = quiet
    out = source.parent / "killed"
    draw = random.Random(20240131)
    killed = 0
    for _ in range(KILLS):
        process = started(source, out)
        there = len(list(out.glob("*.trail.json")))
        # The first kill falls anywhere; the others once the run has begun to write.
        while killed and process.poll() is None and len(list(out.glob("*.trail.json"))) == there:
            time.sleep(0.01)
        deadline = time.monotonic() + draw.uniform(0.0, 0.6 if killed else 3.0)
        while time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.01)
        if process.poll() is not None:
            process.communicate()
            break  # NOTE: a run after a finished one also tells what has changed since.
        process.kill()
        process.communicate()
        killed += 1
        for path in out.glob("*.json"):
            assert path.read_bytes().rstrip().endswith(b"}"), f"half a file: {path.name}"
    assert killed
    if not (out / "汇总.json").exists():
        finished(source, out)
    assert outputs(out) == wanted
    assert not [p for p in out.iterdir() if PARTS.search(p.name)]


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_two_batches_at_once_draft_no_item_twice(quiet, kind, request):
    source, wanted = quiet
    out = source.parent / f"both-{kind}"
    more = ()
    if kind == "postgresql":
        url = new_database(request.getfixturevalue("postgres"), "both_at_once")
        more = ("--store", url)
    both = [started(source, out, *more) for _ in range(2)]
    said = [process.communicate()[0].decode() for process in both]
    # NOTE: 1 is of whoever met the agency with wrong figures; a second one that starts late has nothing left.
    codes = {process.returncode for process in both}
    assert 1 in codes and codes <= {0, 1}, said
    assert outputs(out) == wanted
    if kind == "sqlite":
        assert set(attempts(out).values()) == {1}
    else:
        import psycopg

        with psycopg.connect(url) as connection:
            tried = {row[0] for row in connection.execute("SELECT attempts FROM items")}
        assert tried == {1}


def test_ctrl_c_finishes_what_is_in_hand_and_a_second_run_goes_on(quiet):
    source, wanted = quiet
    out = source.parent / "interrupted"
    process = started(source, out)
    while not list(out.glob("*.trail.json")) and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    said = process.communicate()[0].decode()
    assert process.returncode == 130, said
    assert "正在收尾" in said
    done = {path.name for path in out.glob("*.核对单.docx")}
    assert 0 < len(done) < COUNT
    finished(source, out)
    assert outputs(out) == wanted


def test_a_worker_ends_with_its_killed_parent(quiet):
    import psutil

    source, _ = quiet
    out = source.parent / "orphans"
    process = started(source, out)
    while not list(out.glob("*.trail.json")) and process.poll() is None:
        time.sleep(0.05)
    workers = psutil.Process(process.pid).children(recursive=True)
    assert workers
    process.kill()
    process.communicate()
    _, alive = psutil.wait_procs(workers, timeout=5)
    assert alive == []
