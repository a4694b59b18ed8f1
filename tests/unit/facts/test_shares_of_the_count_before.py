"""A share right behind the count it is of is judged, whatever form 占 takes there."""

import pytest

from report_writer.domain.findings import Status
from tests.small_reports import checked, status_in

TABLES = {
    "requests": {
        "received": {"natural_person": 12, "company": 4, "total": 16},
        "disclosed": {"natural_person": 12, "company": 4, "total": 16},
        "disposed": {"natural_person": 12, "company": 4, "total": 16},
    }
}


@pytest.mark.parametrize("takes", ["占", "占到", "占去", "占了", "占到了", "占据"])
def test_taking_a_share_is_said_in_many_forms(takes: str) -> None:
    text = "登记申请16件，散客12件，{}{}，商户4件。"
    right = checked(text.format(takes, "75%"), TABLES)
    assert status_in(right, "75%") is Status.DERIVED
    wrong = checked(text.format(takes, "85%"), TABLES)
    assert status_in(wrong, "85%") is Status.CONTRADICTED


@pytest.mark.parametrize(
    ("text", "quote", "status"),
    [
        # 4 are a third of the 12, but the 12 are said to be a share of all 16
        ("申请共16件，村民提的12件，公司提的4件，前者占75%，后者占33.3%。", "33.3%", Status.CONTRADICTED),
        ("申请共16件，村民提的12件，公司提的4件，前者占四分之三，后者占四分之一。", "四分之一", Status.DERIVED),
        ("申请共16件，村民提的12件，公司提的4件，前者占75%，后者为前者的33.3%。", "33.3%", Status.UNACCOUNTED),
    ],
)  # fmt: skip
def test_twin_shares_have_one_base(text: str, quote: str, status: Status) -> None:
    result = checked(text, TABLES)
    assert status_in(result, quote) is status
