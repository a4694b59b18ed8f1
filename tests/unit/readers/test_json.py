import json
from decimal import Decimal

import pytest

from report_writer.readers.dispatch import read
from report_writer.readers.errors import ReadError
from report_writer.readers.from_json import report_from_mapping
from report_writer.readers.source import MAX_BYTES

GOOD = {
    "year": 2023,
    "agency": {"name": "示例局"},
    "tables": {"requests": {"received": {"total": 3}}},
}


def changed(**more):
    return {**GOOD, **more}


def test_a_sparse_file_reads_as_blank_unless_zero_is_said():
    report = report_from_mapping(GOOD, name="a.json")
    assert report.form == "ogi_2021"
    assert report.tables.value("requests/received/total") == 3
    assert report.tables["requests/disposed/total"].kind == "blank"
    zero = report_from_mapping(changed(blank_is_zero=True), name="a.json")
    assert zero.tables.value("requests/disposed/total") == 0


def test_an_explicit_null_stays_blank_even_where_blanks_are_zero():
    mapping = changed(blank_is_zero=True, tables={"requests": {"received": {"total": None}}})
    assert report_from_mapping(mapping, name="a").tables["requests/received/total"].kind == "blank"


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ([], ["a.json", "对象"]),
        ({**GOOD, "yaer": 2023}, ["yaer"]),
        ({k: v for k, v in GOOD.items() if k != "year"}, ["缺少 year"]),
        (changed(year="2023"), ["year", "四位年份"]),
        (changed(form="ogi_1999"), ["ogi_1999", "ogi_2021"]),
        (changed(schema="report-writer/report/9"), ["schema"]),
        (changed(agency={"name": ""}), ["agency.name", "不能为空"]),
        (changed(agency={"name": "甲", "kind": "ministry"}), ["agency.kind"]),
        (changed(tables={"request": {}}), ["request", "requests"]),
        (changed(tables={"requests": {"recieved": {}}}), ["tables.requests", "recieved"]),
        (
            changed(tables={"requests": {"received": {"sum": 1}}}),
            ["tables.requests.received", "sum"],
        ),
        (changed(tables={"proactive": {"licences": {"issued": 1}}}), ["licences", "issued"]),
        (changed(facts=[{"label": "甲", "value": "many"}]), ["facts[0].value", "数字"]),
        (changed(facts=[{"label": "甲", "value": 1}, {"label": "甲", "value": 2}]), ["甲", "两次"]),
        (changed(notes={"weather": ["晴"]}), ["notes", "weather"]),
        (changed(sections={"preamble": "x"}), ["sections", "preamble"]),
        (changed(sections={"overview": 3}), ["sections.overview"]),
        (changed(scope="all"), ["scope"]),
        (changed(accepted=[{"code": "TAB101", "at": "x"}]), ["accepted[0].reason", "缺少"]),
        (changed(previous={"year": 2022, "tables": {"x": {}}}), ["previous.tables", "x"]),
        (changed(blank_is_zero="yes"), ["blank_is_zero"]),
        (changed(form=[]), ["form"]),
        (changed(agency={"name": "  "}), ["agency.name", "不能为空"]),
        (changed(previous={"year": 2021}), ["previous.year", "2022"]),
        (changed(notes=[]), ["notes", "对象"]),
        (changed(sections=[]), ["sections", "对象"]),
        (changed(facts=[{"label": "甲", "value": -5}]), ["facts[0].value", "不小于0"]),
        (changed(facts=[{"label": "甲", "value": "1e999999999"}]), ["facts[0].value", "过长"]),
        (changed(processing_fee={"collected": -1}), ["processing_fee.collected"]),
    ],
)
def test_what_it_does_not_know_it_refuses_by_name(mapping, words):
    with pytest.raises(ReadError) as caught:
        report_from_mapping(mapping, name="a.json")
    for word in words:
        assert word in caught.value.message


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "空的"),
        (b"{", "第1行"),
        (b'{"year": 1, "year": 2}', "两次"),
        (b'{"year": NaN}', "NaN"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"[" * 100_000, "嵌套"),
        (rb'{"agency": {"name": "\ud800"}}', "代理字符"),
    ],
)
def test_a_broken_file_gives_one_message(tmp_path, content, word):
    path = tmp_path / "坏.json"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=word):
        read(path)


def test_missing_foreign_and_oversized_files_are_refused(tmp_path):
    with pytest.raises(ReadError, match="找不到"):
        read(tmp_path / "无.json")
    with pytest.raises(ReadError, match="另存为"):
        read(tmp_path / "旧.xls")
    with pytest.raises(ReadError, match="文件夹"):
        (tmp_path / "夹.json").mkdir()
        read(tmp_path / "夹.json")
    big = tmp_path / "大.json"
    with big.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(ReadError, match="过大"):
        read(big)


def test_yaml_reads_like_json(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(
        "year: 2023\nagency: {name: 示例局}\ntables: {proactive: {charges: {amount: 3.5}}}\n",
        encoding="utf-8",
    )
    assert read(path).tables.value("proactive/charges/amount") == Decimal("3.5")
    path.write_text("year: [2023\n", encoding="utf-8")
    with pytest.raises(ReadError, match="第2行"):
        read(path)
    path.write_text("!!python/object/apply:os.system ['true']", encoding="utf-8")
    with pytest.raises(ReadError, match="YAML"):
        read(path)


def test_numbers_stay_exact(tmp_path):
    path = tmp_path / "a.json"
    mapping = json.dumps(changed(tables={"proactive": {"charges": {"amount": 0}}}))
    path.write_text(mapping.replace('"amount": 0', '"amount": 59237.2449'), encoding="utf-8")
    assert read(path).tables.value("proactive/charges/amount") == Decimal("59237.2449")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "第1行第4列的别名"),
        (
            "year: 2024\nyear: 2023\nagency: {name: 示例局}\ntables: {}\n",
            "第2行第1列的键出现了两次",
        ),
    ],
)
def test_yaml_that_repeats_itself_is_refused(tmp_path, text, why):
    path = tmp_path / "重复.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=why):
        read(path)


def test_yaml_numbers_are_read_as_written_or_not_at_all(tmp_path):
    path = tmp_path / "数.yaml"
    path.write_text(
        "year: 2024\nagency: {name: &n 示例局, short_name: *n}\ntables: {proactive: {licences: "
        "{decisions: 012}, penalties: {decisions: 1:30}, charges: {amount: 3.10}, "
        "coercive_measures: {decisions: 7}}}\n",
        encoding="utf-8",
    )
    report = read(path)
    assert report.agency.short_name == "示例局"
    texts = {a: report.tables[f"proactive/{a}/decisions"] for a in ("licences", "penalties")}
    assert [(c.kind, c.raw) for c in texts.values()] == [("illegal", "012"), ("illegal", "1:30")]
    assert report.tables["proactive/coercive_measures/decisions"].value == 7
    assert report.tables["proactive/charges/amount"].text == "3.1"
