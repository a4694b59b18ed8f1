"""Opening the store: SQLite by default, PostgreSQL by URL; brought up to date, newer ones refused."""

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError, SQLAlchemyError

FILE_NAME = "report-writer.sqlite"
# Every version this program knows, oldest first; `migrations/versions` has a file for each.
VERSIONS = ("0001",)
BUSY_SECONDS = 30.0
_MIGRATION_LOCK = 0x5250_5752
_WRITES = "report_writer_writes"


class StoreError(Exception):
    """A store that cannot be used; Chinese, exit 2. `full` says that the disk is."""

    def __init__(self, message: str, *, full: bool = False) -> None:
        super().__init__(message)
        self.full = full


def sqlite_url(path: Path) -> str:
    """Return the URL of a store in a file."""
    return URL.create("sqlite", database=str(path)).render_as_string()


def open_engine(url: str) -> Engine:
    """Open a store and bring it up to date. Raises StoreError.

    A new SQLite file is made where there is none; its folder must be there.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            f"“{url}”不是数据库地址；写法：sqlite:///文件 或 postgresql://用户@主机/库名"
        ) from error
    kind = parsed.get_backend_name()
    if kind not in {"sqlite", "postgresql"}:
        raise StoreError(f"不支持的数据库“{kind}”；可用 sqlite 或 postgresql")
    if kind == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    shown = parsed.database if kind == "sqlite" else parsed.render_as_string(hide_password=True)
    try:
        engine = create_engine(
            parsed,
            json_serializer=_json,
            connect_args={"timeout": BUSY_SECONDS} if kind == "sqlite" else {},
            # NOTE: a session must outlast nothing; a server that restarts costs one ping.
            pool_pre_ping=kind == "postgresql",
        )
    except ModuleNotFoundError as error:
        raise StoreError(
            "缺少连接 PostgreSQL 的组件，请运行 pip install 'report-writer[postgres]'"
        ) from error
    if kind == "sqlite":
        _tune_sqlite(engine)
    try:
        with translated(str(shown)):
            _bring_up_to_date(engine, str(shown))
    except StoreError:
        engine.dispose()
        raise
    return engine


@contextmanager
def translated(shown: str = "") -> Iterator[None]:
    """Turn what the database says into a StoreError."""
    where = f"{shown}：" if shown else ""
    try:
        yield
    except OperationalError as error:
        said = str(error.orig).strip().splitlines()[0]
        if "full" in said or "No space left" in said:
            raise StoreError(f"{where}磁盘已满，数据库写不进去", full=True) from error
        if "locked" in said:
            raise StoreError(
                f"{where}数据库被其他程序占用；放在网络共享上的文件请改用 --store"
            ) from error
        raise StoreError(f"{where}数据库打不开或写不进去（{said}）") from error
    except DatabaseError as error:
        said = str(error.orig).strip().splitlines()[0]
        raise StoreError(f"{where}不是可用的数据库（{said}）") from error
    except SQLAlchemyError as error:
        raise StoreError(f"{where}数据库出错（{str(error).splitlines()[0]}）") from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that writes; on SQLite it takes the one write lock at once."""
    with (
        engine.connect().execution_options(**{_WRITES: True}) as connection,
        connection.begin(),
    ):
        yield connection


def _json(value: Any) -> str:
    # Lone surrogates of a broken source have no place in any database.
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode()


def _tune_sqlite(engine: Engine) -> None:
    """WAL, and transactions that begin where SQLAlchemy says so."""
    # NOTE: sqlite3 begins transactions late and leaves DDL out of them; SQLAlchemy documents
    # this pair of hooks, without which two programs could both migrate or both claim an item.
    first = threading.Event()

    @event.listens_for(engine, "connect")
    def _connected(dbapi: Any, record: Any) -> None:
        dbapi.isolation_level = None
        cursor = dbapi.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA synchronous=NORMAL")
        if not first.is_set():
            _to_wal(cursor)
            first.set()
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _to_wal(cursor: Any) -> None:
    """Switch a file to WAL; the one statement that does not wait for a busy database by itself."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _bring_up_to_date(engine: Engine, shown: str) -> None:
    with engine.connect() as connection:
        if _version(connection, shown) == VERSIONS[-1]:
            return
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        # Another program may have done it while this one waited for the lock.
        if _version(connection, shown) != VERSIONS[-1]:
            _migrate(connection)


def _version(connection: Connection, shown: str) -> str | None:
    """Return the version of a store, None for an empty one; StoreError for one not ours."""
    names = inspect(connection).get_table_names()
    if "alembic_version" not in names:
        if names and connection.dialect.name == "sqlite":
            raise StoreError(f"{shown}：是别的程序的数据库，请换一个 --store")
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and found not in VERSIONS:
        raise StoreError(
            f"{shown}：数据库由更新版本的程序建立（{found}），本程序只认到 {VERSIONS[-1]}；"
            "请升级 report-writer，或用 --store 换一个数据库"
        )
    return None if found is None else str(found)


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option(
        "script_location", str(Path(__file__).parent / "migrations").replace("%", "%%")
    )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
