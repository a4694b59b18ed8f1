"""Fixtures of the whole suite: local models and databases, where they are installed."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from report_writer.drafting.catalogue import default_order, installed, load_catalogue
from tests.stores import new_database, postgres_server

# A loaded machine is slow, and that is no failure: what is timed belongs to the benchmarks.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def _model(name: str) -> Path:
    """Return an installed model; without one skip, or fail where REQUIRE_MODEL=1 asks for it."""
    path = installed(name)
    if path is None:
        reason = f"model {name} is not installed (report-writer models pull {name})"
        if os.environ.get("REQUIRE_MODEL") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def default_model_path() -> Path:
    """The model that `auto` prefers; skips without it."""
    return _model(default_order()[0].name)


@pytest.fixture(scope="session")
def small_model_path() -> Path:
    """The smallest model of the catalogue; skips without it."""
    return _model(min(load_catalogue(), key=lambda entry: entry.bytes).name)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server; skips with a reason where there is none."""
    # NOTE: a socket's path may have 107 bytes, and pytest's folders take most of them.
    with (
        tempfile.TemporaryDirectory(prefix="rw-pg-") as folder,
        postgres_server(Path(folder)) as url,
    ):
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty store: a file, and the same test again on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite'}"
    name = "t" + hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:16]
    return new_database(request.getfixturevalue("postgres"), name)
