"""Runs and their items: planned, claimed by one process at a time, finished.

An item is claimed in one transaction, so that two batches on one store never draft it twice; what
a dead process had in hand goes back. Values go in and out, never rows.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from os import getpid
from typing import Any

from pydantic import Field
from sqlalchemy import Connection, Select, and_, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from report_writer.domain.cells import Frozen
from report_writer.storage.engine import open_engine, translated, writing
from report_writer.storage.leases import BEAT_SECONDS, lives, my_start, now, place
from report_writer.storage.tables import ItemRow, RunItemRow, RunRow

__all__ = ["BEAT_SECONDS", "Item", "ItemEnd", "Status", "Store", "Wanted"]

_CHUNK = 500


class Status(StrEnum):
    """How far an item has come. `refused`: its figures are wrong; `failed`: try again."""

    NEW = "new"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    UNREADABLE = "unreadable"
    FAILED = "failed"


class Wanted(Frozen):
    """An item as a run wants it. `todo` False: it is only on the run's list.

    `seen` is set where it is to be done again although it lies there as wanted: the attempts it
    had when that was decided, so that of two runs that want this only one does it.
    """

    key: str
    source: str
    agency: str = ""
    year: int | None = None
    wanted: str = ""
    todo: bool = True
    seen: int | None = None


class ItemEnd(Frozen):
    """How an item ended. `output` is what a summary needs of it, as JSON."""

    status: Status
    input_hash: str | None = None
    done_hash: str | None = None
    error: str | None = None
    output: dict[str, Any] = Field(default_factory=dict)


class Item(Frozen):
    """An item as it stands in the store."""

    key: str
    source: str
    agency: str
    year: int | None
    status: Status
    done_hash: str | None
    attempts: int
    error: str | None
    output: dict[str, Any]


class Store:
    """The store, opened. Methods raise StoreError."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)

    def close(self) -> None:
        """Close all connections; closing twice is fine."""
        self.engine.dispose()

    def items(self, workspace: str) -> dict[str, Item]:
        """Return all items of an output folder by key."""
        columns = ItemRow.__table__.c
        wanted = [columns[name] for name in Item.model_fields]
        with translated(), self.engine.connect() as connection:
            found = connection.execute(select(*wanted).where(ItemRow.workspace == workspace))
            return {row.key: Item(**{**row._mapping, "output": row.output or {}}) for row in found}

    def begin_run(self, workspace: str, model: str, options: Mapping[str, Any]) -> int:
        """Open a run and return its number."""
        moment = now()
        with translated(), writing(self.engine) as connection:
            done = connection.execute(
                insert(RunRow).values(
                    workspace=workspace, status="running", model=model, options=dict(options),
                    place=place(), pid=getpid(), pid_started=my_start(),
                    started=moment, heartbeat=moment,
                )
            )  # fmt: skip
            return _first_key(done.inserted_primary_key)

    def plan(self, run: int, workspace: str, items: Sequence[Wanted]) -> None:
        """Put items on a run's list, in the order given."""
        with translated(), writing(self.engine) as connection:
            for start in range(0, len(items), _CHUNK):
                part = items[start : start + _CHUNK]
                # NOTE: in one order everywhere, so that two runs never wait for each other.
                _add_missing(connection, workspace, sorted(part, key=lambda i: i.key))
                ids = _ids(connection, workspace, [item.key for item in part])
                connection.execute(
                    insert(RunItemRow),
                    [
                        {
                            "run_id": run,
                            "item_id": ids[item.key],
                            "position": start + offset,
                            "wanted": item.wanted,
                            "state": "todo" if item.todo else "listed",
                        }
                        for offset, item in enumerate(part)
                    ],
                )
                for item in part:
                    if item.seen is not None:
                        connection.execute(
                            update(ItemRow)
                            .where(
                                ItemRow.id == ids[item.key],
                                ItemRow.attempts == item.seen,
                                ItemRow.status != Status.RUNNING,
                            )
                            .values(done_hash=None)
                        )

    def claim(self, run: int, limit: int) -> list[str]:
        """Take up to `limit` items in hand and return their keys, in the order of the plan.

        Items that dead processes had in hand are taken too.
        """
        moment = now()
        with translated(), writing(self.engine) as connection:
            _release_lost(connection, moment)
            found = connection.execute(
                _todo(run)
                .where(ItemRow.status != Status.RUNNING)
                .order_by(RunItemRow.position)
                .limit(limit)
                .with_for_update(of=ItemRow, skip_locked=True)
            ).all()
            ids = [row.id for row in found]
            if not ids:
                return []
            connection.execute(
                update(ItemRow)
                .where(ItemRow.id.in_(ids))
                .values(
                    status=Status.RUNNING, run_id=run, started=moment, finished=None,
                    attempts=ItemRow.attempts + 1,
                )
            )  # fmt: skip
            connection.execute(
                update(RunItemRow)
                .where(RunItemRow.run_id == run, RunItemRow.item_id.in_(ids))
                .values(state="tried")
            )
            return [row.key for row in found]

    def finish(self, run: int, workspace: str, key: str, end: ItemEnd) -> bool:
        """Record how an item ended; False where another run has taken it over meanwhile."""
        with translated(), writing(self.engine) as connection:
            done = connection.execute(
                update(ItemRow)
                .where(
                    ItemRow.workspace == workspace, ItemRow.key == key, ItemRow.run_id == run,
                    ItemRow.status == Status.RUNNING,
                )
                .values(run_id=None, finished=now(), **end.model_dump())
            )  # fmt: skip
            return bool(done.rowcount)

    def mark(self, workspace: str, ends: Mapping[str, ItemEnd]) -> None:
        """Record items that end without being tried (unreadable ones); those in hand are left alone."""
        with translated(), writing(self.engine) as connection:
            for key in sorted(ends):
                connection.execute(
                    update(ItemRow)
                    .where(
                        ItemRow.workspace == workspace,
                        ItemRow.key == key,
                        ItemRow.status != Status.RUNNING,
                    )
                    .values(finished=now(), **ends[key].model_dump())
                )

    def put_back(self, run: int, keys: Sequence[str] = ()) -> None:
        """Give back what a run has in hand: the named items, or all of them; they stay to be done."""
        with translated(), writing(self.engine) as connection:
            mine = select(ItemRow.id).where(ItemRow.run_id == run, ItemRow.status == Status.RUNNING)
            if keys:
                mine = mine.where(ItemRow.key.in_(keys))
            ids = [row.id for row in connection.execute(mine)]
            connection.execute(
                update(ItemRow)
                .where(ItemRow.id.in_(ids))
                .values(status=Status.NEW, run_id=None, attempts=ItemRow.attempts - 1)
            )
            connection.execute(
                update(RunItemRow)
                .where(RunItemRow.run_id == run, RunItemRow.item_id.in_(ids))
                .values(state="todo")
            )

    def elsewhere(self, run: int) -> int:
        """Return how many items of a run's list another living run has in hand."""
        with translated(), writing(self.engine) as connection:
            _release_lost(connection, now())
            left = _todo(run).where(ItemRow.status == Status.RUNNING).subquery()
            return int(connection.execute(select(func.count()).select_from(left)).scalar_one())

    def others(self, workspace: str, run: int) -> bool:
        """Say whether another living run works on the same output folder."""
        with translated(), writing(self.engine) as connection:
            lost = _release_lost(connection, now())
            running = select(RunRow.id).where(
                RunRow.workspace == workspace, RunRow.status == "running", RunRow.id != run
            )
            return any(row.id not in lost for row in connection.execute(running))

    def beat(self, run: int) -> None:
        """Say that a run lives; to be called every `BEAT_SECONDS`."""
        with translated(), writing(self.engine) as connection:
            connection.execute(update(RunRow).where(RunRow.id == run).values(heartbeat=now()))

    def end_run(self, run: int, status: str, snapshot: Sequence[Any] | None = None) -> None:
        """Close a run; `snapshot` is what the next one is compared with."""
        with translated(), writing(self.engine) as connection:
            connection.execute(
                update(RunRow)
                .where(RunRow.id == run)
                .values(
                    status=status,
                    finished=now(),
                    snapshot=None if snapshot is None else list(snapshot),
                )
            )

    def last_snapshot(self, workspace: str, run: int) -> list[Any] | None:
        """Return what the last run that ended before this one began left, None where there is none."""
        # NOTE: a run at the same time does the same work; it is no earlier state to compare with.
        began = select(RunRow.started).where(RunRow.id == run).scalar_subquery()
        with translated(), self.engine.connect() as connection:
            found = connection.execute(
                select(RunRow.snapshot)
                .where(
                    RunRow.workspace == workspace,
                    RunRow.status == "finished",
                    RunRow.id < run,
                    RunRow.finished <= began,
                )
                .order_by(RunRow.id.desc())
                .limit(1)
            ).first()
            return None if found is None or found.snapshot is None else list(found.snapshot)


def _todo(run: int) -> Select[int, str]:
    """Return the query for items a run has not tried and that do not lie there as it wants them."""
    other = or_(ItemRow.done_hash.is_(None), ItemRow.done_hash != RunItemRow.wanted)
    return (
        select(ItemRow.id, ItemRow.key)
        .join(RunItemRow, RunItemRow.item_id == ItemRow.id)
        .where(and_(RunItemRow.run_id == run, RunItemRow.state == "todo", other))
    )


def _release_lost(connection: Connection, moment: datetime) -> set[int]:
    """Put back what dead runs had in hand, and close those runs; returns their numbers."""
    lost = {
        run.id
        for run in connection.execute(
            select(RunRow.id, RunRow.place, RunRow.pid, RunRow.pid_started, RunRow.heartbeat).where(
                RunRow.status == "running"
            )
        )
        if not lives(run.place, run.pid, run.pid_started, run.heartbeat, moment)
    }
    if lost:
        connection.execute(
            update(ItemRow)
            .where(ItemRow.run_id.in_(lost), ItemRow.status == Status.RUNNING)
            .values(status=Status.NEW, run_id=None)
        )
        connection.execute(
            update(RunRow).where(RunRow.id.in_(lost)).values(status="lost", finished=moment)
        )
    return lost


def _add_missing(connection: Connection, workspace: str, items: Sequence[Wanted]) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    rows = [
        {
            "workspace": workspace, "key": item.key, "source": item.source, "agency": item.agency,
            "year": item.year, "status": Status.NEW, "attempts": 0,
        }
        for item in items
    ]  # fmt: skip
    statement = dialect.insert(ItemRow)
    if rows:
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["workspace", "key"], set_={"source": statement.excluded.source}
            ),
            rows,
        )


def _ids(connection: Connection, workspace: str, keys: Sequence[str]) -> dict[str, int]:
    found = connection.execute(
        select(ItemRow.key, ItemRow.id).where(ItemRow.workspace == workspace, ItemRow.key.in_(keys))
    )
    return {row.key: row.id for row in found}


def _first_key(key: Any) -> int:
    return int(key[0])
