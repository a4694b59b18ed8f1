"""`python -m eval.batch`: 400 made-up agencies by rule, killed twenty times, twice at once.

Writes eval/batch.json and its part of eval/REPORT.md. Takes tens of minutes on two cores.

--agencies N   how many (400)      --kills N   how often one run is killed (20)
--killed N     how many agencies in the runs that are killed or stand side by side (all)
--scratch DIR  where to work (a temporary folder)
--parts A,B    quiet, killed, both (these three), model; figures of the others stay as they were
--model SPEC   what drafts in the part model, ten agencies (gguf:qwen2.5-coder-0.5b); --drafted N
"""

import argparse
import contextlib
import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

from eval.speed import machine

HERE = Path(__file__).resolve().parent
REPORT, FIGURES = HERE / "REPORT.md", HERE / "batch.json"
GENERATOR = HERE.parent / "examples" / "batch-50" / "generate.py"
BEGIN, END = "<!-- batch -->", "<!-- end of batch -->"
STORE = "report-writer.sqlite"


def main() -> int:
    """Run, write, and say where; exit code 1 where a promise was not kept."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.batch",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--agencies", type=int, default=400)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--killed", type=int)
    parser.add_argument("--scratch", type=Path)
    parser.add_argument("--parts", default="quiet,killed,both")
    parser.add_argument("--model", default="gguf:qwen2.5-coder-0.5b")
    parser.add_argument("--drafted", type=int, default=10)
    options = parser.parse_args()
    parts = set(options.parts.split(","))
    fewer = options.killed or options.agencies
    with contextlib.ExitStack() as stack:
        scratch = options.scratch or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        found = stored() | {"machine": machine()}
        if "quiet" in parts:
            found |= _quiet(scratch / "quiet", options.agencies)
        if "model" in parts:
            found["model"] = _with_model(scratch / "model", options.drafted, options.model)
        if parts & {"killed", "both"}:
            found |= _disturbed(scratch / "disturbed", fewer, options.kills, parts)
    FIGURES.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    REPORT.write_text(placed(REPORT.read_text(encoding="utf-8"), section(found)), encoding="utf-8")
    print(json.dumps(found, ensure_ascii=False, indent=1))
    return 0 if _kept(found) else 1


def _kept(found: dict[str, Any]) -> bool:
    """Say whether every promise that was measured was kept."""
    quiet, killed, both = (found.get(part) for part in ("quiet", "killed", "both"))
    return (
        (quiet is None or not quiet["unlike_the_known_errors"])
        and (killed is None or killed["equal"])
        and (both is None or (both["equal"] and both["attempts"] == [1]))
    )


def _generated(scratch: Path, agencies: int) -> Path:
    source = scratch / "in"
    subprocess.run(
        [sys.executable, str(GENERATOR), "-n", str(agencies), "-o", str(source)], check=True
    )
    return source


def _quiet(scratch: Path, agencies: int) -> dict[str, Any]:
    """One undisturbed run, and the same again with nothing changed."""
    source, out = _generated(scratch, agencies), scratch / "out"
    quiet = _watched([_command(source, out)])
    files = len(outputs(out))
    unlike = _unlike(source, out)
    again = _watched([_command(source, out)])
    return {
        "agencies": agencies,
        "files": files,
        "quiet": {**quiet, "unlike_the_known_errors": unlike},
        "again": again,
    }


def _with_model(scratch: Path, agencies: int, spec: str) -> dict[str, Any]:
    """How much of a batch with a local model is not the model: loading, checks, files, store."""
    source, out = _generated(scratch, agencies), scratch / "out"
    command = _command(source, out)
    command[command.index("rule")] = spec
    whole = _watched([command])
    asked = sum(_query(out, "SELECT seconds FROM generations"))
    again = _watched([command])
    return {
        "model": spec,
        "agencies": agencies,
        "seconds": whole["seconds"],
        "model_seconds": round(asked, 1),
        "peak_mib": whole["peak_mib"],
        "again_seconds": again["seconds"],
    }


def _disturbed(scratch: Path, agencies: int, kills: int, parts: set[str]) -> dict[str, Any]:
    """Runs that are killed or stand side by side, beside an undisturbed one."""
    source = _generated(scratch, agencies)
    quiet = _watched([_command(source, scratch / "out")])
    wanted = outputs(scratch / "out")
    found: dict[str, Any] = {"disturbed_agencies": agencies}
    if "killed" in parts:
        found["killed"] = _killed(source, scratch / "killed", kills, quiet["seconds"], wanted)
    if "both" in parts:
        both = _watched([_command(source, scratch / "both")] * 2)
        both["equal"] = outputs(scratch / "both") == wanted
        both["attempts"] = _attempts(scratch / "both")
        found["both"] = both
    return found


def outputs(folder: Path) -> dict[str, bytes]:
    """Return every file of an output folder but the store's own."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if not p.name.startswith(STORE)}


def _command(source: Path, out: Path) -> list[str]:
    words = ["batch", str(source), "-o", str(out), "--model", "rule", "--jobs", "2"]
    return [sys.executable, "-m", "report_writer", *words]


def _watched(commands: Sequence[list[str]]) -> dict[str, Any]:
    """Run commands side by side; seconds, processor seconds, and the most memory of all together."""
    before, start, peak = _processor(), time.monotonic(), 0
    running = [
        subprocess.Popen(c, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for c in commands
    ]
    while any(process.poll() is None for process in running):
        peak = max(peak, sum(_memory(process.pid) for process in running))
        time.sleep(0.2)
    return {
        "seconds": round(time.monotonic() - start, 1),
        "processor_seconds": round(_processor() - before, 1),
        "peak_mib": peak // 2**20,
        "exit_codes": [process.returncode for process in running],
    }


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory(pid: int) -> int:
    """Return the unshared and shared memory of a process and those below it, in bytes."""
    total = 0
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        for one in [process, *process.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                total += one.memory_info().rss
    return total


def _unlike(source: Path, out: Path) -> list[str]:
    """Return the agencies whose errors and warnings in the summary are not the planted ones."""
    known = json.loads(Path(f"{source}.known-errors.json").read_text(encoding="utf-8"))
    summary = json.loads((out / "汇总.json").read_text(encoding="utf-8"))
    said = {
        row["agency"]: {
            # The answers name a section where a finding may stand at a place of its draft.
            (f["code"], f["severity"], f["place"].partition("[")[0])
            for f in row["findings"]
            if f["severity"] != "advice"
        }
        for row in summary["items"]
    }
    wrong = []
    for report in known["reports"]:
        owed = {(code, severity, place) for code, severity, place in report["findings"]}
        given = json.loads((source / report["file"]).read_text(encoding="utf-8"))
        refused = any(severity == "error" for _, severity, _ in owed)
        if not refused and "processing_fee" not in given:
            # The answers are those for the input; the draft also owes a word about the fee.
            owed.add(("FEE101", "warning", "other_matters"))
        if said.get(report["agency"]) != owed:
            wrong.append(report["agency"])
    return wrong


def _killed(
    source: Path, out: Path, kills: int, seconds: float, wanted: dict[str, bytes]
) -> dict[str, Any]:
    """Kill a batch at random points and start it again; when one ends, compare and begin anew.

    Only kills before the end count: a run after a finished one also tells what has changed since.
    """
    draw = random.Random(20240131)
    done = in_hand = most = 0
    ended: list[bool] = []
    # Side by side with the quiet run: a summary names its inputs as seen from its folder.
    folder = out.with_name(f"{out.name}-0")
    while done < kills or folder.exists():
        process = subprocess.Popen(
            _command(source, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + draw.uniform(0.5, seconds)
        while process.poll() is None and (done >= kills or time.monotonic() < deadline):
            time.sleep(0.01)
        if process.poll() is None:
            process.kill()
            process.wait()
            done += 1
            in_hand += _running(folder)
            continue
        most = max([most, *_attempts(folder)])
        ended.append(outputs(folder) == wanted)
        folder = out.with_name(f"{out.name}-{len(ended)}")
    return {
        "kills": done,
        "items_in_hand_when_killed": in_hand,
        "ended": len(ended),
        "equal": all(ended),
        "most_attempts": most,
    }


def _query(out: Path, words: str) -> list[Any]:
    if not (out / STORE).exists():
        return []
    store = sqlite3.connect(out / STORE)
    try:
        return [row[0] for row in store.execute(words)]
    except sqlite3.OperationalError:  # killed before the tables were made
        return []
    finally:
        store.close()


def _running(out: Path) -> int:
    return len(_query(out, "SELECT id FROM items WHERE status = 'running'"))


def _attempts(out: Path) -> list[int]:
    return sorted(set(_query(out, "SELECT attempts FROM items")))


def stored() -> dict[str, Any]:
    """Return the figures of the last run; empty where there was none."""
    if not FIGURES.is_file():
        return {}
    found = json.loads(FIGURES.read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else {}


def section(found: dict[str, Any]) -> str:
    """Return this part of REPORT.md, between its marks; empty without figures."""
    if not found:
        return ""
    rows: list[tuple[str, str]] = []
    if quiet := found.get("quiet"):
        rows += [
            ("agencies, output files", f"{found['agencies']}, {found['files']}"),
            ("wall time", f"{quiet['seconds']:.0f} s"),
            ("processor time", f"{quiet['processor_seconds']:.0f} s"),
            ("peak memory, all processes", f"{quiet['peak_mib']} MiB"),
            (
                "agencies whose findings are not the planted ones",
                str(len(quiet["unlike_the_known_errors"])),
            ),
            ("run again, nothing changed", f"{found['again']['seconds']:.0f} s"),
        ]
    if killed := found.get("killed"):
        name = (
            f"{found['disturbed_agencies']} agencies, killed {killed['kills']} times in "
            f"{killed['ended']} batches ({killed['items_in_hand_when_killed']} items in hand)"
        )
        told = "outputs equal byte for byte" if killed["equal"] else "outputs differ"
        rows.append((name, told))
    if both := found.get("both"):
        told = "outputs equal" if both["equal"] else "outputs differ"
        tried = ", ".join(map(str, both["attempts"]))
        name = f"{found['disturbed_agencies']} agencies, two batches at once on one store"
        rows.append((name, f"{told}, attempts an item {tried}"))
    if model := found.get("model"):
        rest = 1 - model["model_seconds"] / model["seconds"]
        rows.append(
            (
                f"{model['agencies']} agencies with {model['model']}: wall time, not the model's",
                f"{model['seconds']:.0f} s, {rest:.1%}",
            )
        )
    lines = "\n".join(f"| {name} | {value} |" for name, value in rows)
    return f"""{BEGIN}

## Many agencies

`python -m eval.batch`: agencies of `examples/batch-50` drafted by rule, two processes. {found["machine"]};
other programs ran beside it, so wall times are upper bounds.

| | |
| --- | --- |
{lines}

{END}
"""


def placed(report: str, part: str) -> str:
    """Return the report with this part in its place, or at the end."""
    if BEGIN in report and END in report:
        head, _, rest = report.partition(BEGIN)
        return head + part.strip() + rest.partition(END)[2]
    return f"{report.rstrip()}\n\n{part}" if part else report


if __name__ == "__main__":
    sys.exit(main())
