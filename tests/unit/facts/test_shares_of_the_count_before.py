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
