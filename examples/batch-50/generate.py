"""Make up agencies with two years of figures, notes and facts, some with errors of known kind.

    python examples/batch-50/generate.py -n 50 -o DIR

One report file an agency, and `DIR.known-errors.json` beside the folder: what `check` owes
for each, which texts are copies. The same `-n` and `--seed` give the same files. Standard library
only (`--formats mixed` uses the program's writers); shares no code with the checks.
"""

import argparse
import copy
import json
import sys
from pathlib import Path
from random import Random
from typing import Any

from made_up_agencies import MadeUp, agencies
from made_up_figures import two_years
from made_up_text import sections, wrong_number
from made_up_words import facts, notes, paragraph, two_years_of_defects
from other_formats import mixed
from planted_errors import PLANTED

Report = dict[str, Any]
KNOWN = "known-errors.json"
# Every fourth report has an error; every 25th repeats last year's problems; groups of three copy.
ERROR_EVERY, LAST_YEAR_EVERY, COPY_EVERY, COPY_SIZE = 4, 25, 50, 3


def build(agency: MadeUp, number: int, *, seed: int, year: int) -> Report:
    """Return the true report of an agency; one in ten has no last year."""
    rng = Random(f"{seed}/{number}/{agency.name}")
    now, before = two_years(agency, rng)
    told, told_before = two_years_of_defects(rng)
    report: Report = {
        "schema": "report-writer/report/1",
        "form": "ogi_2021",
        "year": year,
        "agency": agency.fields(),
        "scope": "own",
        "tables": now,
        "facts": facts(agency, rng, year),
        "notes": notes(agency, rng, told),
    }
    if agency.level == "township" and rng.random() < 0.3:
        now["proactive"]["coercive_measures"]["decisions"] = "/"
        before["proactive"]["coercive_measures"]["decisions"] = "/"
    last = paragraph(agency.self_reference, notes(agency, rng, told_before))
    if number % 10 != 6:
        report["previous"] = {
            "year": year - 1,
            "form": "ogi_2021",
            "tables": before,
            "sections": {"problems": last},
        }
    if rng.random() < 0.05:
        charged = 100 * rng.randint(2, 15)
        notices, kept = rng.randint(1, 3), rng.choice((0, 100, 200))
        fee = {"notices": notices, "charged": charged, "collected": charged - kept, "unit": "元"}
        report["processing_fee"] = fee
    return report


def batch(count: int, *, seed: int, year: int, finished: bool) -> tuple[list[Report], Report]:
    """Return the reports and what is known of them."""
    made = agencies(count)
    reports = [build(a, i, seed=seed, year=year) for i, a in enumerate(made)]
    rng = Random(f"{seed}/copies")
    copied = _copy_groups(reports, rng)
    stale = _repeat_last_year(reports)
    known: list[dict[str, Any]] = []
    turn = 0
    for number, report in enumerate(reports):
        own = Random(f"{seed}/{number}/error")
        owed, kind = [], ""
        if finished:
            report["sections"] = sections(report, own)
        if number % ERROR_EVERY == ERROR_EVERY - 1:
            owed, kind = _plant(report, turn, own, finished=finished)
            turn += 1
        entry = {"agency": report["agency"]["name"], "file": _name(report), "planted": kind}
        known.append(entry | {"findings": owed})
    return reports, {
        "seed": seed,
        "year": year,
        "reports": known,
        "copied": copied,
        "copied_last_year": stale,
    }


def _plant(
    report: Report, turn: int, rng: Random, *, finished: bool
) -> tuple[list[list[str]], str]:
    # The text of an office may speak of the whole government, which is a question of its own.
    office = report["agency"]["kind"] == "office"
    if finished and not office and turn % 3 == 2 and (owed := wrong_number(report, rng)):
        return owed, wrong_number.__name__
    has = {"previous"} if "previous" in report else set()
    if (
        not report["tables"]["proactive"]["rules"]["in_force"]
        and report["agency"]["level"] != "province"
    ):
        has.add("without_rules")
    for step in range(len(PLANTED)):
        function, needs = PLANTED[(turn + step) % len(PLANTED)]
        if needs <= has:
            owed = function(report, rng)
            if finished:
                # The text tells the table as it now stands, so that only the table is wrong.
                report["sections"] = sections(report, rng)
            return owed, function.__name__
    raise AssertionError("some errors need nothing")


def _copy_groups(reports: list[Report], rng: Random) -> list[dict[str, Any]]:
    """Give groups of agencies the same part five but for their name and a number."""
    free = list(range(len(reports)))
    rng.shuffle(free)
    groups = []
    for _ in range(max(1, len(reports) // COPY_EVERY) if len(reports) >= COPY_SIZE else 0):
        members = sorted(free.pop() for _ in range(COPY_SIZE))
        model = reports[members[0]]["notes"]
        for member in members:
            report = reports[member]
            name, number = report["agency"]["short_name"], rng.randint(3, 60)
            line = f"{name}网站有{number}处栏目更新不及时"
            report["notes"]["problems"] = [*model["problems"][:2], line]
            report["notes"]["improvements"] = [
                *model["improvements"][:2],
                "安排专人每周检查网站更新",
            ]
        files = [_name(reports[member]) for member in members]
        groups.append({"sections": ["problems"], "files": files})
    return groups


def _repeat_last_year(reports: list[Report]) -> list[str]:
    stale = []
    for number, report in enumerate(reports):
        if number % LAST_YEAR_EVERY == 12 and "previous" in report:
            own = report["agency"]["self_reference"]
            report["previous"]["sections"]["problems"] = paragraph(own, report["notes"])
            stale.append(_name(report))
    return stale


def _name(report: Report) -> str:
    return f"{report['agency']['name']}-{report['year']}.json"


def trouble(folder: Path, reports: list[Report]) -> dict[str, Any]:
    """Add what an office finds among its files: broken, empty, old, twice, under another name."""
    (folder / "传输中断.json").write_text(
        json.dumps(reports[0], ensure_ascii=False)[:900], encoding="utf-8"
    )
    (folder / "空文件.json").write_bytes(b"")
    (folder / "旧格式.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    twice = copy.deepcopy(reports[1])
    twice["tables"]["requests"]["received"]["natural_person"] += 1
    twice["tables"]["requests"]["received"]["total"] += 1
    _write(folder / f"{Path(_name(twice)).stem}（修改）.json", twice)
    alias = copy.deepcopy(reports[2])
    alias["agency"]["name"] = alias["agency"]["short_name"]
    _write(folder / "又一份.json", alias)
    return {
        "unreadable": ["传输中断.json", "空文件.json", "旧格式.doc"],
        "twice": [_name(reports[1]), f"{Path(_name(twice)).stem}（修改）.json"],
        "alias": [_name(reports[2]), "又一份.json"],
    }


def _write(path: Path, report: Report) -> None:
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Write the files; returns the exit code."""
    parser = argparse.ArgumentParser(description="编造一批机关的年报数据，附已知错误清单")
    parser.add_argument("-n", type=int, default=50, help="机关个数，缺省50")
    parser.add_argument("-o", "--out", type=Path, required=True, help="输出文件夹")
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--year", type=int, default=2024)
    parser.add_argument("--finished", action="store_true", help="连正文一起编")
    parser.add_argument("--trouble", action="store_true", help="另加读不了的、重复的、改了名的文件")
    parser.add_argument("--formats", choices=("json", "mixed"), default="json")
    options = parser.parse_args(arguments)
    try:
        reports, known = batch(
            options.n, seed=options.seed, year=options.year, finished=options.finished
        )
    except ValueError as error:
        parser.error(str(error))
    options.out.mkdir(parents=True, exist_ok=True)
    for report in reports:
        _write(options.out / _name(report), report)
    if options.trouble and len(reports) > 2:
        known |= trouble(options.out, reports)
    if options.formats == "mixed":
        mixed(options.out, known)
    # Beside the folder, so that the folder itself holds reports only.
    list_of_errors = options.out.with_name(f"{options.out.name}.{KNOWN}")
    _write(list_of_errors, known)
    print(f"{len(reports)}个机关：{options.out}；已知错误：{list_of_errors}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
