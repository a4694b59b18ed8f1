"""The ledger: every numeral once, no overlap, contradictions explained, whatever the text."""

import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_writer.checks import check_report
from report_writer.domain.cells import Cell
from report_writer.domain.findings import Mention, Span, Status
from report_writer.domain.report import Agency, AgencyKind, AnnualReport
from report_writer.facts.judging.section_reader import without_overlap
from report_writer.facts.reading import read_report
from report_writer.facts.sheet import FactSheet
from report_writer.facts.text.masks import NUMERAL
from report_writer.facts.text.normalise import normalise
from report_writer.facts.text.quantities import read_numerals
from report_writer.facts.text.wordlists import wordlist
from report_writer.forms import OGI_2021
from tests.paths import shared


def report_of(
    text: str, cells: Mapping[str, int] | None = None, *, section: str = "overview", **rest: Any
) -> AnnualReport:
    known = {a: Cell.number(0) for a in OGI_2021.addresses}
    known |= {a: Cell.number(v) for a, v in (cells or {}).items()}
    agency = Agency(name="示例市商务局", kind=rest.pop("kind", AgencyKind.DEPARTMENT))
    tables = rest.pop("tables", OGI_2021.complete(known))
    return AnnualReport(
        form="ogi_2021", year=rest.pop("year", 2023), agency=agency, tables=tables,
        sections={section: text}, **rest,
    )  # fmt: skip


def statuses(text: str, cells: Mapping[str, int] | None = None, **rest: Any) -> dict[str, Status]:
    return {
        m.quote: m.status for m in read_report(FactSheet(report_of(text, cells, **rest))).mentions
    }


PIECES = st.sampled_from(
    ["收到政府信息公开申请", "其中自然人", "办结", "，", "。", "、", "（", "）", "：", "占", "同比增长", "较上年减少", "未收到申请",
     "均已办结", "行政复议", "维持", "网站发布信息", "共计", "分别为", "5件", "12条", "三宗", "30%", "两成", "25余次", "2022年", "第五条",
     "不予公开", "结转下年度", "规范性文件", "废止", "全市", "3.5万元", "收取行政事业性收费", "\n", "其余", "由", "构成", "一是", "无"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14), st.booleans())
def test_ledger_is_whole_for_any_text(pieces: list[str], with_tables: bool) -> None:
    text = "".join(pieces)
    cells = {"requests/received/total": 5, "requests/disclosed/total": 3}
    report = report_of(text, cells) if with_tables else report_of(text, tables=None)
    result = check_report(report)
    assert result.crashes == ()
    places = [(m.start, m.end) for m in result.mentions]
    assert places == sorted(places)
    assert all(left[1] <= right[0] for left, right in pairwise(places))
    assert all(text[m.start : m.end] == m.quote for m in result.mentions)
    silent = [(m.start, m.end) for m in read_numerals(text, 2023)[0] if not m.listed]
    for numeral in NUMERAL.finditer(normalise(text)):
        covered = places + silent
        assert any(start <= numeral.start() < end for start, end in covered), numeral
    found = [f.at for f in result.findings if isinstance(f.at, Span)]
    assert all(text[at.start : at.end] == at.quote for at in found)
    for mention in result.mentions:
        if mention.status is Status.CONTRADICTED:
            assert any(at.start < mention.end and mention.start < at.end for at in found)


ROWS = {
    "新收政府信息公开申请": "requests/received/total",
    "上年结转": "requests/carried_over/total",
    "予以公开": "requests/disclosed/total",
    "部分公开": "requests/disclosed_in_part/total",
    "办结政府信息公开申请": "requests/disposed/total",
    "结转下年度": "requests/carried_forward/total",
    "被申请行政复议": "remedies/reconsideration/total",
    "制发行政规范性文件": "proactive/normative_documents/issued",
    "作出行政许可决定": "proactive/licences/decisions",
}


@given(st.sampled_from(sorted(ROWS)), st.integers(0, 9999), st.integers(1, 99))
def test_a_plain_count_is_bound_and_a_changed_one_contradicted(
    words: str, value: int, off: int
) -> None:
    text = f"全年{words}{value}件。"
    quote = f"{value}件"
    assert statuses(text, {ROWS[words]: value})[quote] is Status.BOUND
    assert statuses(text, {ROWS[words]: value + off})[quote] is Status.CONTRADICTED


@pytest.mark.parametrize("unit", list("件条例起宗项份次"))
def test_the_counting_unit_does_not_decide(unit: str) -> None:
    text = f"收到政府信息公开申请12{unit}。"
    assert statuses(text, {"requests/received/total": 12})[f"12{unit}"] is Status.BOUND


def test_statuses_side_by_side() -> None:
    found = statuses(
        "2023年，统一公开信息，收到政府信息公开申请4件，予以公开3件，占75%；召开会议2次。",
        {"requests/received/total": 4, "requests/disclosed/total": 3, "requests/disposed/total": 4},
    )
    assert found == {
        "2023年": Status.NOT_A_FIGURE, "4件": Status.BOUND, "3件": Status.BOUND,
        "75%": Status.DERIVED, "2次": Status.UNACCOUNTED,
    }  # fmt: skip


def test_without_tables_the_text_is_still_read() -> None:
    assert statuses("收到政府信息公开申请4件，2022年修订。", tables=None) == {
        "4件": Status.UNACCOUNTED, "2022年": Status.NOT_A_FIGURE,
    }  # fmt: skip


def test_scope_of_an_office_is_softer() -> None:
    from report_writer.domain.report import RegisteredFact

    fact = RegisteredFact(label="全市各级收到申请", value=658, unit="件")
    for kind, severity in ((AgencyKind.OFFICE, "warning"), (AgencyKind.DEPARTMENT, "error")):
        report = report_of(
            "本机关收到政府信息公开申请658件。",
            {"requests/received/total": 23},
            kind=kind,
            facts=(fact,),
        )
        (finding,) = [f for f in check_report(report).findings if f.code == "NUM101"]
        assert (finding.severity, finding.cause) == (severity, "different_scope")


def test_seed_report_of_last_resort() -> None:
    """The published report of one bureau: what a person found in it, and nothing else."""
    from report_writer.readers.dispatch import read

    report = read(shared("reports/laochengqu_shangwuju_2023.txt"))
    reading = read_report(FactSheet(report))
    by_quote = {m.quote: m for m in reading.mentions}
    assert by_quote["无依申请公开事项"].status is Status.BOUND
    assert by_quote["25 余次"].status is Status.UNACCOUNTED
    assert [i.quote for i in reading.issues if i.code == "NUM301"] == ["25 余次"]
    assert {i.code for i in reading.issues} == {"NUM301", "NUM401"}


def test_development_passages_stay_read() -> None:
    """Precision and recall on the half of the labelled passages the rules were tuned on."""
    lines = shared("bench/claims_dev.jsonl").read_text(encoding="utf-8").splitlines()
    from report_writer.readers.from_json import report_from_mapping

    false, missed = [], []
    for case in map(json.loads, lines[::2]):
        report = report_from_mapping(case["report"], name=case["id"])
        alarms = [
            f.at for f in check_report(report).findings
            if f.code.startswith("NUM") and f.severity != "advice" and isinstance(f.at, Span)
        ]  # fmt: skip
        labelled = [tuple(span) for error in case["errors"] for span in error["spans"]]
        false += [
            case["id"] for at in alarms if not any(s < at.end and at.start < e for s, e in labelled)
        ]
        missed += [
            case["id"] for error in case["errors"]
            if not any(s < at.end and at.start < e for s, e in error["spans"] for at in alarms)
        ]  # fmt: skip
    assert len(false) <= 1, false
    assert len(missed) <= 1, missed


SLOGANS = wordlist("slogans")["items"].split()
ORDINARY = wordlist("ordinary_words")["words"].split()
LISTED = st.one_of(
    st.sampled_from(SLOGANS), st.sampled_from(ORDINARY), PIECES,
    st.sampled_from(("“", "”", "《", "》", "〔2023〕5号", "12345", "第三条", "1 2件", "一个", "2023年1月1日", "至12月31日", "三", "十", "万", "7", "%")),
)  # fmt: skip


@given(st.lists(LISTED, max_size=12))
def test_no_two_mentions_overlap_whatever_the_lists_hold(pieces: list[str]) -> None:
    text = "".join(pieces)
    result = check_report(report_of(text, {"requests/received/total": 5}))
    assert result.crashes == ()
    places = [(m.start, m.end) for m in result.mentions]
    assert places == sorted(places)
    assert all(left[1] <= right[0] for left, right in pairwise(places))
    spoken = {(m.start, m.end) for m in read_numerals(text, 2023)[0] if not m.listed}
    for match in NUMERAL.finditer(normalise(text)):
        at = match.start()
        covers = sum(start <= at < end for start, end in places)
        assert covers == 1 or any(start <= at < end for start, end in spoken), (text, match[0])
    alarms = [f.at for f in result.findings if isinstance(f.at, Span) and f.code.startswith("NUM")]
    for mention in result.mentions:
        if mention.status is Status.CONTRADICTED:
            assert any(s.start < mention.end and mention.start < s.end for s in alarms), text


def test_of_overlapping_mentions_the_one_about_a_figure_and_the_longest_stay() -> None:
    def mention(start: int, end: int, status: Status) -> Mention:
        return Mention(
            section="overview", start=start, end=end, quote="一" * (end - start), status=status
        )

    figure, long, short, apart = (
        mention(4, 6, Status.UNACCOUNTED), mention(0, 5, Status.NOT_A_FIGURE),
        mention(0, 2, Status.NOT_A_FIGURE), mention(8, 9, Status.NOT_A_FIGURE),
    )  # fmt: skip
    assert without_overlap([short, long, apart, figure]) == [short, figure, apart]
    assert without_overlap([short, long, apart]) == [long, apart]


def test_a_note_vouches_for_no_cell_and_keeps_one_notation() -> None:
    notes = {"proactive": ("作出行政许可决定5件", "任务完成率三分之二", "开展2轮3项检查")}
    text = "作出行政许可决定5件。任务完成率三分之二。"
    report = report_of(text, {"proactive/licences/decisions": 1286}, notes=notes)
    sheet = FactSheet(report)
    told = {m.quote: m.status for m in read_report(sheet).mentions}
    assert told == {"5件": Status.CONTRADICTED, "三分之二": Status.REGISTERED}
    units = {f.fact.label: f.fact.unit for f in sheet.note_figures}
    assert units == {
        "作出行政许可决定": "件",
        "任务完成率": "%",
        "开展检查": "轮",
        "开展检查（2）": "项",
    }
