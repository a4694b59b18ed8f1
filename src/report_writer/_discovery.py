"""Import every module of a package, so that rules register themselves by being a file."""

import importlib
import pkgutil
from types import ModuleType


def import_all(package: ModuleType) -> list[ModuleType]:
    """Import all public modules below a package, in name order; returns them."""
    found: list[ModuleType] = []
    for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not info.name.rpartition(".")[2].startswith("_"):
            found.append(importlib.import_module(info.name))
    return found
