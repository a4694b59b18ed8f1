"""`rollup` as an office calls it: folders in, three files out, exit codes, Chinese messages."""

import json
import subprocess
import sys

import pytest
from openpyxl import load_workbook

from report_writer.readers.dispatch import read

CELLS = {"received": 4, "disclosed": 3, "disposed": 3, "carried_forward": 1}


def run(*words):
    done = subprocess.run(
        [sys.executable, "-m", "report_writer", "rollup", *map(str, words)],
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def report(name, factor=1, **more):
    rows = {k: {"natural_person": v * factor, "total": v * factor} for k, v in CELLS.items()}
    data = {"year": 2024, "agency": {"name": name}, "blank_is_zero": True}
    return data | {"tables": {"requests": rows}} | more


def write(folder, *reports):
    folder.mkdir(exist_ok=True)
    for data in reports:
        path = folder / f"{data['agency']['name']}.json"
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path):
    return write(
        tmp_path / "下级", report("清河市甲局"), report("清河市乙局", 2), report("清河市丙局", 5)
    )


def test_a_folder_becomes_a_report_a_list_and_a_record(folder, tmp_path):
    out = tmp_path / "汇总.json"
    code, printed, said = run(folder, "-o", out)
    assert (code, said) == (0, "")
    assert printed.splitlines()[0] == "清河市人民政府 2024年：汇总3个单位"
    assert printed.splitlines()[-3:] == [
        str(out), str(tmp_path / "汇总.汇总清单.xlsx"), str(tmp_path / "汇总.rollup.json"),
    ]  # fmt: skip
    made = read(out)
    assert made.scope == "aggregate"
    assert made.tables.value("requests/received/total") == 32
    record = json.loads((tmp_path / "汇总.rollup.json").read_text(encoding="utf-8"))
    assert record["schema"] == "report-writer/rollup/1"
    assert [c["unit"] for c in record["contributors"]] == ["清河市丙局", "清河市乙局", "清河市甲局"]
    book = load_workbook(tmp_path / "汇总.汇总清单.xlsx")
    assert book.sheetnames == ["待核实", "汇总数", "各单位明细"]
    assert book["各单位明细"].max_row == 4


def test_rolling_up_again_does_not_count_its_own_output(folder):
    first = run(folder, "-o", folder / "汇总.docx")
    (folder / "汇总.docx").unlink()
    second = run(folder, "-o", folder / "汇总.docx")
    assert first == second


def test_the_parents_table_is_compared_and_the_unit_named(folder, tmp_path):
    parent = report("清河市人民政府", 6)
    path = write(tmp_path, parent) / "清河市人民政府.json"
    code, printed, _ = run(folder, "-o", tmp_path / "汇总.json", "--against", path)
    assert code == 1
    assert "没有计入“清河市乙局”" in printed
    assert "与本级表的差异" in load_workbook(tmp_path / "汇总.汇总清单.xlsx").sheetnames
    right = write(tmp_path, report("清河市人民政府", 8)) / "清河市人民政府.json"
    code, printed, _ = run(folder, "-o", tmp_path / "汇总.json", "--against", right)
    assert code == 0
    assert "与本级表逐格一致" in printed


def test_an_unreadable_file_is_named_and_the_rest_is_summed(folder, tmp_path):
    (folder / "坏.json").write_text("{", encoding="utf-8")
    code, printed, said = run(folder, "-o", tmp_path / "汇总.json")
    assert code == 2
    assert "坏.json：不是有效的 JSON" in said
    assert "汇总3个单位" in printed
    assert read(tmp_path / "汇总.json").tables.value("requests/received/total") == 32


def test_a_list_of_units_finds_the_one_that_did_not_report(folder, tmp_path):
    names = tmp_path / "名单.txt"
    names.write_text("# 2024年\n清河市甲局\n清河市乙局\n清河市丙局\n清河市丁局\n", encoding="utf-8")
    code, printed, _ = run(folder, "-o", tmp_path / "汇总.json", "--units", names)
    assert code == 1
    assert "应报未报1个单位：清河市丁局" in printed


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["{empty}", "-o", "{out}.json"], "文件夹里没有可读的报告"),
        (["{folder}/*.docx", "-o", "{out}.json"], "没有相符的文件"),
        (["{folder}", "-o", "{out}.zip"], "不能写成“.zip”"),
        (["{folder}", "-o", "{folder}/清河市甲局.json"], "也在输入之中"),
        (["{folder}", "-o", "{out}.json", "--same", "甲局"], "别名=全称"),
        (["{folder}", "-o", "{out}.json", "--year", "2020"], "没有可以汇总的报告"),
        (["{folder}", "-o", "{out}.json", "--against", "{out}.html"], "找不到文件"),
        (["{out}.json", "-o", "{out}.xlsx"], "没有一个文件读得出来"),
    ],
)
def test_what_cannot_be_done_is_said_in_chinese(folder, tmp_path, words, message):
    (tmp_path / "空").mkdir()
    names = {"folder": folder, "empty": tmp_path / "空", "out": tmp_path / "出"}
    before = sorted(folder.iterdir())
    code, printed, said = run(*(word.format(**names) for word in words))
    assert (code, printed) == (2, "")
    assert message in said
    assert sorted(folder.iterdir()) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["下级", "空"]
