"""`--formats mixed`: part of the reports as Excel forms, as Word, and in one workbook of many agencies.

Uses the program's own writers, and so needs it installed; the JSON files need nothing.
"""

import json
from pathlib import Path
from typing import Any

WORKBOOK = "乡镇街道汇总填报.xlsx"


def mixed(folder: Path, known: dict[str, Any]) -> None:
    """Replace files of `folder`, and their names in `known`.

    Excel forms keep everything. Word and the workbook of many agencies hold no last year, so only
    reports without an error and without one go there.
    """
    from report_writer.app.services import convert

    copies = {name for group in known["copied"] for name in group["files"]}
    in_workbook: list[dict[str, Any]] = []
    for number, entry in enumerate(known["reports"]):
        source = folder / entry["file"]
        data = json.loads(source.read_text(encoding="utf-8"))
        alone = not entry["planted"] and source.name not in copies
        if number % 7 == 3:
            convert(source, target := source.with_suffix(".xlsx"))
        elif alone and "previous" not in data and "sections" in data:
            convert(source, target := source.with_suffix(".docx"))
        elif alone and data["agency"]["kind"] == "township" and number % 3 == 0:
            in_workbook.append(data)
            entry["file"] = f"{WORKBOOK}#{data['agency']['name']}"
            known["copied_last_year"] = [f for f in known["copied_last_year"] if f != source.name]
            source.unlink()
            continue
        else:
            continue
        source.unlink()
        _rename(known, entry, target.name)
    if in_workbook:
        _workbook(folder / WORKBOOK, in_workbook)


def _workbook(target: Path, reports: list[dict[str, Any]]) -> None:
    from openpyxl import load_workbook

    from report_writer.app.services import new_form
    from report_writer.forms import form_for_year
    from report_writer.forms import workbook as book

    year = reports[0]["year"]
    new_form(target, agencies=[r["agency"]["name"] for r in reports], year=year)
    file = load_workbook(target)
    sheet = file[book.MANY]
    first = len(book.MANY_FIELDS) + 1
    for row, report in enumerate(reports, start=3):
        sheet.cell(row, 3).value, sheet.cell(row, 4).value = "乡镇、街道", "乡级"
        for column, address in enumerate(book.many_addresses(form_for_year(year)), start=first):
            table, line, key = address.split("/")
            cell = sheet.cell(row, column)
            if not str(cell.value).startswith("="):
                value = report["tables"][table][line][key]
                cell.value = float(value) if key == "amount" else value
    file.save(target)


def _rename(known: dict[str, Any], entry: dict[str, Any], name: str) -> None:
    old, entry["file"] = entry["file"], name
    for group in known["copied"]:
        group["files"] = [name if f == old else f for f in group["files"]]
    known["copied_last_year"] = [name if f == old else f for f in known["copied_last_year"]]
