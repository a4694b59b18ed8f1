"""Fixtures of the whole suite: the local models, where they are installed."""

import os
from pathlib import Path

import pytest

from report_writer.drafting.catalogue import default_order, installed, load_catalogue


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
