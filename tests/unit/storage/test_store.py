"""Runs and items: the same on SQLite and on PostgreSQL."""

import os
import subprocess
import sys
import threading

import pytest
from sqlalchemy import text

from report_writer.storage import store as module
from report_writer.storage.engine import StoreError, open_engine, writing
from report_writer.storage.store import ItemEnd, Status, Store, Wanted

WORK = "/work"


@pytest.fixture
def store(store_url):
    opened = Store(store_url)
    yield opened
    opened.close()


def begun(store, *keys, hash_="h1", **rest):
    run = store.begin_run(WORK, "rule", {"formats": ["docx"]})
    store.plan(run, WORK, [Wanted(key=k, source=f"{k}.json", wanted=hash_, **rest) for k in keys])
    return run


def done(hash_="h1", **output):
    return ItemEnd(status=Status.DONE, done_hash=hash_, output=output)


def test_items_are_claimed_in_the_order_of_the_plan_and_finished_once(store):
    run = begun(store, "丙", "甲", "乙")
    assert store.claim(run, 2) == ["丙", "甲"]
    assert store.finish(run, WORK, "丙", done(files=["丙.docx"]))
    assert not store.finish(run, WORK, "丙", done())
    assert store.claim(run, 9) == ["乙"]
    assert store.claim(run, 9) == []
    items = store.items(WORK)
    assert items["丙"].status is Status.DONE
    assert items["丙"].output == {"files": ["丙.docx"]}
    assert items["甲"].status is Status.RUNNING
    assert items["甲"].attempts == 1


def test_an_item_that_lies_there_as_wanted_is_not_claimed_and_a_changed_one_is(store):
    first = begun(store, "甲", "乙")
    for key in store.claim(first, 2):
        store.finish(first, WORK, key, done("h1"))
    second = begun(store, "甲", hash_="h1")
    assert store.claim(second, 5) == []
    third = begun(store, "甲", "乙", hash_="h2")
    assert store.claim(third, 5) == ["甲", "乙"]


def test_an_item_to_be_done_again_is_done_by_one_of_two_runs(store):
    first = begun(store, "甲")
    store.claim(first, 1)
    store.finish(first, WORK, "甲", done("h1"))
    second = begun(store, "甲", seen=1)
    assert store.claim(second, 1) == ["甲"]
    third = begun(store, "甲", seen=1)
    assert store.finish(second, WORK, "甲", done("h1"))
    assert store.claim(third, 1) == []


def test_an_item_in_another_living_runs_hand_is_waited_for(store):
    first, second = begun(store, "甲", "乙"), begun(store, "甲", "乙")
    assert store.claim(first, 1) == ["甲"]
    assert store.claim(second, 5) == ["乙"]
    assert store.elsewhere(second) == 1
    store.finish(first, WORK, "甲", done())
    assert store.elsewhere(second) == 0
    assert store.claim(second, 5) == []


def test_what_a_dead_process_had_in_hand_goes_back(store, store_url):
    code = (
        "import os\n"
        "from report_writer.storage.store import Store, Wanted\n"
        f"s = Store({store_url!r})\n"
        f"r = s.begin_run({WORK!r}, 'rule', {{}})\n"
        f"s.plan(r, {WORK!r}, [Wanted(key='甲', source='甲', wanted='h1')])\n"
        "print(s.claim(r, 1), flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    dead = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert dead.returncode == -9
    assert dead.stdout.decode().strip() == "['甲']"
    run = begun(store, "甲")
    assert store.claim(run, 1) == ["甲"]
    assert store.items(WORK)["甲"].attempts == 2
    assert not store.others(WORK, run)


def test_a_run_of_another_machine_is_lost_when_its_heart_stops(store, monkeypatch):
    first = begun(store, "甲")
    assert store.claim(first, 1) == ["甲"]
    monkeypatch.setattr("report_writer.storage.leases.place", lambda: "elsewhere")
    second = begun(store, "甲")
    assert store.claim(second, 1) == []
    later = module.now() + module.lives.__globals__["LOST_AFTER"] * 2
    monkeypatch.setattr(module, "now", lambda: later)
    assert store.claim(second, 1) == ["甲"]
    assert not store.finish(first, WORK, "甲", done())


def test_two_threads_with_a_run_each_claim_no_item_twice(store, store_url):
    keys = [f"机关{n}" for n in range(60)]
    runs = [begun(store, *keys), begun(store, *keys)]
    got: list[list[str]] = [[], []]
    errors: list[Exception] = []

    def work(number):
        mine = Store(store_url)
        try:
            while taken := mine.claim(runs[number], 1):
                got[number] += taken
                for key in taken:
                    assert mine.finish(runs[number], WORK, key, done())
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            errors.append(error)
        finally:
            mine.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(got[0] + got[1]) == sorted(keys)


def test_items_put_back_are_to_be_done_again(store):
    run = begun(store, "甲", "乙")
    store.claim(run, 2)
    store.put_back(run, ["甲"])
    assert store.claim(run, 5) == ["甲"]
    store.put_back(run)
    assert store.items(WORK)["乙"].status is Status.NEW
    assert store.items(WORK)["乙"].attempts == 0


def test_output_folders_do_not_meet(store):
    run = begun(store, "甲")
    other = store.begin_run("/other", "rule", {})
    store.plan(other, "/other", [Wanted(key="甲", source="甲", wanted="h1")])
    assert store.claim(run, 5) == ["甲"]
    assert store.claim(other, 5) == ["甲"]
    store.finish(other, "/other", "甲", done())
    assert store.items(WORK)["甲"].status is Status.RUNNING


def test_unreadable_items_are_marked_without_being_tried(store):
    run = begun(store, "坏", todo=False)
    store.mark(WORK, {"坏": ItemEnd(status=Status.UNREADABLE, error="读不了")})
    assert store.claim(run, 5) == []
    assert store.items(WORK)["坏"].error == "读不了"


def test_the_last_finished_run_leaves_a_snapshot(store):
    assert store.last_snapshot(WORK, 10**6) is None
    first = begun(store, "甲")
    store.end_run(first, "finished", [{"key": "甲"}])
    killed = begun(store, "甲")
    store.end_run(killed, "interrupted")
    assert store.last_snapshot(WORK, begun(store, "甲")) == [{"key": "甲"}]


def test_a_run_at_the_same_time_is_no_earlier_state_to_compare_with(store):
    one, other = begun(store, "甲"), begun(store, "甲")
    store.end_run(one, "finished", [{"key": "甲"}])
    assert store.last_snapshot(WORK, other) is None


def test_a_store_of_a_newer_version_is_refused(store_url):
    Store(store_url).close()
    engine = open_engine(store_url)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="更新版本的程序建立（9999）"):
        Store(store_url)


def test_a_store_opened_by_many_at_once_is_made_once(store_url):
    errors: list[Exception] = []

    def work():
        try:
            Store(store_url).close()
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_the_migrations_make_the_tables_of_the_models(store_url):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from report_writer.storage.tables import Base

    engine = open_engine(store_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_what_is_no_store_is_refused_with_its_name(tmp_path):
    (tmp_path / "a.sqlite").write_bytes(b"no database at all, but long enough to be looked at" * 9)
    with pytest.raises(StoreError, match="不是可用的数据库"):
        Store(f"sqlite:///{tmp_path / 'a.sqlite'}")
    with pytest.raises(StoreError, match="打不开或写不进去"):
        Store(f"sqlite:///{tmp_path / 'none' / 'a.sqlite'}")
    for url in ("mysql://x/y", "商务局"):
        with pytest.raises(StoreError, match="数据库"):
            Store(url)


def test_another_programs_database_is_left_alone(tmp_path):
    import sqlite3

    path = tmp_path / "other.sqlite"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE letters (a)")
    other.close()
    with pytest.raises(StoreError, match="别的程序的数据库"):
        Store(f"sqlite:///{path}")


def test_a_full_disk_is_named(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'a.sqlite'}")
    pages = 0
    with store.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    with writing(store.engine) as connection:
        # SQLite's own limit answers as a full disk does.
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StoreError, match="磁盘已满") as caught:
        begun(store, *[f"机关{n}" * 200 for n in range(500)])
    assert caught.value.full
    store.close()


def test_a_process_is_known_by_its_start_too():
    from report_writer.storage.leases import lives, my_start, now, place

    assert lives(place(), os.getpid(), my_start(), now(), now())
    assert not lives(place(), os.getpid(), my_start() - 100, now(), now())
