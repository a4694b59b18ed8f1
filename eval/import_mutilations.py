"""A hundred spoiled files of every format: read right, refused, with blanks, or wrong?

    python -m eval.import_mutilations [-n 100] [--pdf]

Prints one table for files that lost nothing and one for those that did; exit 1 where a number came
out wrong, an unspoiled file was not read right, or fewer than 90 % of the harmless ones were.
`--pdf` prints the Word files through LibreOffice and reads the PDF files as well.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from report_writer.readers.dispatch import read
from report_writer.readers.errors import ReadError
from tests.unit.readers.mutilations import FORMATS, fresh, spoil, verdict, written

OUTCOMES = ("right", "refused", "blanks", "wrong")
NEEDED = 0.9
CUT = "文件截断"


def outcome(path: Path) -> str:
    """Return how a file was read."""
    try:
        return verdict(read(path))[0]
    except ReadError:
        return "refused"


def files(suffix: str, count: int, *, harmless: bool) -> list[tuple[str, bytes]]:
    """Return names of ways of spoiling, and the spoiled files; the unspoiled one comes first."""
    spoiled = [spoil(suffix, seed, harmless=harmless) for seed in range(count)]
    return [("（完好）", written(fresh(), suffix)), *spoiled]


def printed(documents: list[bytes], folder: Path) -> list[Path]:
    """Return the PDF files LibreOffice makes of Word files; one that it cannot open is left out."""
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("LibreOffice (soffice) is not installed")
    paths = [folder / f"{number:03}.docx" for number in range(len(documents))]
    for path, data in zip(paths, documents, strict=True):
        path.write_bytes(data)
    for start in range(0, len(paths), 25):
        subprocess.run(
            [office, f"-env:UserInstallation=file://{folder}/profile", "--headless",
             "--convert-to", "pdf", "--outdir", str(folder), *map(str, paths[start : start + 25])],
            check=True, capture_output=True, timeout=600,
        )  # fmt: skip
    return [path.with_suffix(".pdf") for path in paths]


def run(suffix: str, count: int, *, harmless: bool) -> Counter[tuple[str, str]]:
    """Return (way of spoiling, outcome) → how many files."""
    source = ".docx" if suffix == ".pdf" else suffix
    todo = files(source, count, harmless=harmless)
    found: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        if suffix == ".pdf":
            # NOTE: a Word file cut short cannot be printed; the printed file is cut instead.
            whole = written(fresh(), ".docx")
            documents = [whole if name == CUT else data for name, data in todo]
            for number, path in enumerate(printed(documents, Path(folder))):
                name = todo[number][0]
                if path.exists() and name == CUT:
                    data = path.read_bytes()
                    path.write_bytes(data[: len(data) * (number + 1) // (len(todo) + 1)])
                found[name, outcome(path) if path.exists() else "refused"] += 1
            return found
        path = Path(folder) / f"a{suffix}"
        for name, data in todo:
            path.write_bytes(data)
            found[name, outcome(path)] += 1
    return found


def table(title: str, results: dict[str, Counter[tuple[str, str]]]) -> str:
    """Return results as a Markdown table: one line a format, then one a way of spoiling."""
    lines = [f"### {title}", "", f"| | {' | '.join(OUTCOMES)} |", "|---|---|---|---|---|"]

    def line(name: str, counts: Counter[str]) -> str:
        return f"| {name} | {' | '.join(str(counts[o]) for o in OUTCOMES)} |"

    for suffix, found in results.items():
        lines.append(line(suffix, _by_outcome(found)))
    names = sorted({name for found in results.values() for name, _ in found})
    for name in names:
        counts: Counter[str] = Counter()
        for found in results.values():
            counts.update({o: found[name, o] for o in OUTCOMES})
        lines.append(line(name, counts))
    return "\n".join(lines)


def _by_outcome(found: Counter[tuple[str, str]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for (name, result), number in found.items():
        if name != "（完好）":
            counts[result] += number
    return counts


def main() -> int:
    """Run, print, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=100, help="spoiled files per format and kind")
    parser.add_argument("--pdf", action="store_true", help="also as PDF, through LibreOffice")
    options = parser.parse_args()
    suffixes = [*FORMATS, *([".pdf"] if options.pdf else [])]
    good = True
    for harmless, title in ((True, "Nothing is lost"), (False, "Something is lost")):
        results = {s: run(s, options.n, harmless=harmless) for s in suffixes}
        print(table(title, results), end="\n\n")
        for suffix, found in results.items():
            counts = _by_outcome(found)
            good &= not counts["wrong"] and found["（完好）", "right"] == 1
            good &= not harmless or counts["right"] >= NEEDED * counts.total()
            if not good:
                print(f"{suffix}: below the mark", file=sys.stderr)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
