"""Registered facts whose label names no more than information: it confirms the one number of information."""

import pytest

from report_writer.domain.findings import Status
from tests.small_reports import checked, status_in


@pytest.mark.parametrize("label", ["各渠道信息", "各类信息", "渠道信息"])
def test_a_general_label_confirms_information_sent_by_several_ways(label: str) -> None:
    facts = [{"label": label, "value": 318, "unit": "条"}]
    result = checked("经专栏、村务展板、应急广播送出信息三百余条。", {}, facts=facts)
    assert status_in(result, "三百余条") is Status.REGISTERED


def test_a_general_label_accuses_nothing() -> None:
    facts = [{"label": "各渠道信息", "value": 318, "unit": "条"}]
    result = checked("经专栏、村务展板、应急广播送出信息420条。", {}, facts=facts)
    assert status_in(result, "420条") is Status.UNACCOUNTED
