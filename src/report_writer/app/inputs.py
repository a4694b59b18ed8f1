"""Which files a command was given: files, folders and globs, each file once, in a stable order."""

import glob
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from report_writer.app.services import UsageError
from report_writer.readers.dispatch import READERS, UNREADABLE

# What the program itself writes beside a report; never an input.
_OURS = (
    ".findings.json",
    ".trail.json",
    ".rollup.json",
    ".known-errors.json",
    ".核对单.docx",
    ".汇总清单.xlsx",
)
_MAGIC = frozenset("*?[")
_DRAFT = ".report.json"
_SCHEMA = re.compile(rb'"schema": ?"report-writer/(\w+)/')


def expand(inputs: Sequence[str]) -> list[str]:
    """Return the files of files, folders (all below them) and globs; `-` stays itself.

    A file named outright is kept whatever its suffix, so that it can be refused by name; in
    folders, hidden files, Office lock files and what the program wrote beside a report are passed over.
    Raises UsageError where nothing is found.
    """
    found: list[str] = []
    for given in inputs:
        path = Path(given)
        if given == "-" or path.is_file():
            found.append(given)
        elif path.is_dir():
            files = [str(p) for p in _in_folder(path)]
            if not files:
                raise UsageError(f"{given}：文件夹里没有可读的报告")
            found += files
        elif _MAGIC & set(given):
            # NOTE: Path.glob refuses absolute patterns, which a shell on Windows hands over as they are.
            matches = sorted(glob.glob(given, recursive=True))  # noqa: PTH207
            files = [match for match in matches if Path(match).is_file()]
            if not files:
                raise UsageError(f"{given}：没有相符的文件")
            found += files
        else:
            # NOTE: the reader says that it cannot be found, and the other inputs go on.
            found.append(given)
    once: dict[str, str] = {}
    for name in found:
        once.setdefault(_key(name), name)
    return list(once.values())


def _key(name: str) -> str:
    return name if name == "-" else str(Path(name).resolve())


def _in_folder(folder: Path) -> Iterator[Path]:
    """Yield the reports below a folder; of a draft kept in several formats, its report file only."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    drafted = {str(p)[: -len(_DRAFT)] for p in files if p.name.endswith(_DRAFT)}
    ours = {str(p.with_suffix("")) for p in files if p.suffix == ".json" and _is_ours(p)}
    for path in files:
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        suffix = path.suffix.lower()
        if hidden or path.name.startswith("~$") or path.name.endswith(_OURS):
            continue
        if suffix not in READERS and suffix not in UNREADABLE:
            continue
        stem = str(path.with_suffix(""))
        if stem in ours or (stem in drafted and not path.name.endswith(_DRAFT)):
            continue
        yield path


def _is_ours(path: Path) -> bool:
    """Whether a JSON file is a summary, findings or the like of this program, not a report."""
    try:
        with path.open("rb") as stream:
            head = stream.read(200)
    except OSError:
        # NOTE: the reader says what is wrong with it.
        return False
    found = _SCHEMA.search(head)
    return found is not None and found[1] != b"report"
