"""Which files a command was given: files, folders and globs, each file once, in a stable order."""

import glob
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


def expand(inputs: Sequence[str]) -> list[str]:
    """Return the files of files, folders (all below them) and globs; `-` stays itself.

    A file named outright is kept whatever its suffix, so that it can be refused by name; in
    folders, hidden files, Office lock files and the program's own output are passed over.
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
    return list({_key(name): name for name in reversed(found)}.values())[::-1]


def _key(name: str) -> str:
    return name if name == "-" else str(Path(name).resolve())


def _in_folder(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        lock = path.name.startswith("~$")
        known = path.suffix.lower() in READERS or path.suffix.lower() in UNREADABLE
        if path.is_file() and known and not hidden and not lock and not path.name.endswith(_OURS):
            yield path
