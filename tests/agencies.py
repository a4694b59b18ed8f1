"""Made-up agencies as report files: consistent figures, a name each, one of them wrong on request."""

import json
from pathlib import Path

from tests.paths import EXAMPLES

SAMPLE = EXAMPLES / "qinghe-2024" / "report.json"
SMALL = EXAMPLES / "laocheng-2023" / "report.json"


def mapping(number: int, *, small: bool = True, wrong: bool = False) -> dict:
    """Return the report file of agency `number`; `wrong` breaks a total of its table three."""
    data = json.loads((SMALL if small else SAMPLE).read_text(encoding="utf-8"))
    data["agency"] = {**data["agency"], "name": f"青河市第{number}示范局"}
    # Numbers of one table only, so that every sum still holds.
    data["tables"]["proactive"]["penalties"] = {"decisions": number}
    if wrong:
        data["tables"]["requests"]["carried_forward"]["total"] = 77
    return data


def write_agencies(folder: Path, count: int, *, wrong: tuple[int, ...] = ()) -> Path:
    """Write `count` report files into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        write_agency(folder / f"{number:03}.json", number, wrong=number in wrong)
    return folder


def write_agency(path: Path, number: int, **changes: bool) -> Path:
    """Write one report file."""
    path.write_text(json.dumps(mapping(number, **changes), ensure_ascii=False), encoding="utf-8")
    return path


def outputs(folder: Path) -> dict[str, bytes]:
    """Return every file of an output folder but the store's own."""
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if not path.name.startswith("report-writer.sqlite")
    }
