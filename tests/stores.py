"""A PostgreSQL server for tests: one given by URL, or Debian's, started on a folder of its own."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

URL_VARIABLE = "REPORT_WRITER_TEST_POSTGRES"


def _unavailable(reason: str) -> None:
    if os.environ.get("REQUIRE_POSTGRES") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def _programs() -> Path | None:
    """Return the folder of `initdb` and `postgres`: the newest of Debian's, else the PATH's."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """Yield the URL of a server's maintenance database; skips with a reason where none can run."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        _unavailable("psycopg is not installed (pip install 'report-writer[postgres]')")
    if given := os.environ.get(URL_VARIABLE):
        yield given
        return
    programs = _programs()
    if programs is None:
        _unavailable(f"no PostgreSQL: set {URL_VARIABLE} or install the server")
        return
    user = None
    data, sockets = folder / "data", folder / "s"
    for place in (data, sockets):
        place.mkdir()
    if os.getuid() == 0:
        # The server refuses to run as root; Debian's package brings this user.
        user = "postgres"
        try:
            for place in (data, sockets):
                shutil.chown(place, user)
        except LookupError:
            _unavailable("PostgreSQL does not run as root and there is no user postgres")
        folder.chmod(0o711)
    run = {"user": user, "check": True, "capture_output": True}
    subprocess.run(
        [programs / "initdb", "-D", data, "-A", "trust", "-U", "tester", "-E", "UTF8", "--no-sync",
         "--locale=C"], **run,
    )  # fmt: skip
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", sockets, "-c", "listen_addresses=",
             "-c", "fsync=off"], user=user, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        url = f"postgresql://tester@/postgres?host={sockets}"
        _wait(url, server)
        yield url
    finally:
        # SIGINT is its “fast” stop, which does not wait for clients a failed test left behind.
        server.send_signal(signal.SIGINT)
        server.wait(20)


def _wait(url: str, server: "subprocess.Popen[bytes]") -> None:
    import psycopg

    for _ in range(200):
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    _unavailable("the PostgreSQL server did not start")


def new_database(url: str, name: str) -> str:
    """Make an empty database on a server and return its URL."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(url, autocommit=True) as connection:
        for statement in ("DROP DATABASE IF EXISTS {}", "CREATE DATABASE {}"):
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
    before, _, after = url.partition("?")
    return f"{before.rpartition('/')[0]}/{name}" + (f"?{after}" if after else "")
