"""The word lists of `facts/data`: patterns of normalised text, kept apart from the code that reads them."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def wordlist(name: str) -> dict[str, Any]:
    """Return the list of that name, read once: `years` for `facts/data/years.toml`."""
    source = resources.files("report_writer.facts").joinpath("data", f"{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
