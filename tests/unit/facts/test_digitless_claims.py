"""Claims without a digit: the span of the mention, the cells it speaks of, and what becomes of it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from report_writer.domain.findings import Status
from report_writer.facts.judging.entries import SUPPORTED
from report_writer.facts.reading import read_report
from report_writer.facts.sheet import FactSheet
from report_writer.readers.from_json import report_from_mapping
from tests.small_reports import checked, status_in

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases" / "claims.yml").read_text(encoding="utf-8")
)["claims"]


def _table(cells: dict[str, int]) -> dict[str, dict[str, int]]:
    rows: dict[str, dict[str, int]] = {}
    for key, value in cells.items():
        row, _, column = key.partition("/")
        rows.setdefault(row, {})[column or "total"] = value
    return rows


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_claim_finds_its_cells(case: dict[str, Any]) -> None:
    head, _, rest = case["text"].partition("[")
    claim, _, tail = rest.partition("]")
    tables: dict[str, Any] = {name: _table(case.get(name, {})) for name in ("requests", "remedies")}
    for key, value in case.get("proactive", {}).items():
        row, _, column = key.partition("/")
        tables.setdefault("proactive", {}).setdefault(row, {})[column] = value
    mapping: dict[str, Any] = {
        "year": 2023,
        "agency": {"name": "示例市商务局", "kind": "department"},
        "blank_is_zero": True,
        "tables": {"proactive": {}} | tables,
        "sections": {"overview": head + claim + tail},
    }
    if "previous" in case:
        past = {"requests": _table(case["previous"])}
        mapping["previous"] = {"year": 2022, "blank_is_zero": True, "tables": past}
    sheet = FactSheet(report_from_mapping(mapping, name="claim"))
    mention = next(m for m in read_report(sheet).mentions if m.start <= len(head) < m.end)
    assert mention.quote == claim
    assert set(mention.facts) == set(case["cells"])
    if case.get("status") == "contradicted":
        assert mention.status is Status.CONTRADICTED
    else:
        assert mention.status in SUPPORTED


@pytest.mark.parametrize("text", ["检索复印分文未取", "未开出缴费通知", "复制邮寄未向申请人收费"])
def test_what_is_paid_for_a_request_is_no_charge_of_the_table(text: str) -> None:
    result = checked(f"收到公开申请2件，{text}。", {"requests": {"received": {"total": 2}}})
    assert status_in(result, text) is Status.UNACCOUNTED


@pytest.mark.parametrize(
    "text",
    [
        "其中代办的为零", "救济案件为零", "线下来件为零", "传真一栏空白", "无一延期", "办理不留尾巴",
        "外地申请人没有", "差错为零", "没有一件拖过法定期限", "没有拖到期满才答复的", "企业投诉为零",
        "没有悬而未决的争议", "旧件系统没有停用", "没有强制收费", "罚单没有开错",
        "投诉件件有着落", "民生实事件件落地", "企业没有来人咨询", "没有企业投诉", "扣押物品无一丢失", "旧账清零行动收官",
    ],
)  # fmt: skip
def test_a_denial_of_something_narrower_accuses_nothing(text: str) -> None:
    rows = {
        "received": {"total": 13, "company": 3},
        "carried_forward": {"total": 2},
        "carried_over": {"total": 1},
    }
    acts = {"penalties": {"decisions": 3}, "coercive_measures": {"decisions": 2}}
    tables = {"requests": rows, "proactive": acts}
    result = checked(f"登记公开申请13件，{text}。", tables)
    assert Status.CONTRADICTED not in {m.status for m in result.mentions}
