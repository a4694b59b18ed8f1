"""Two hundred bureaus do not read alike, and one bureau gets the same text twice."""

from eval.variety import empty, masked
from report_writer.domain.report import AgencyKind


def test_two_hundred_agencies_without_a_note_get_two_hundred_texts():
    texts = [masked(report) for report in empty(200)]
    assert len(set(texts)) == 200


def test_the_same_agency_always_gets_the_same_text():
    (one,), (again,) = list(empty(1)), list(empty(1))
    assert masked(one) == masked(again)


def test_the_kind_of_body_has_wordings_of_its_own():
    (department,) = empty(1)
    texts = set()
    for kind in ("department", "government", "township", "office"):
        agency = department.agency.model_copy(update={"kind": AgencyKind(kind)})
        texts |= {
            (kind, "村" in masked(department.model_copy(update={"agency": agency, "year": year})))
            for year in range(2021, 2033)
        }
    assert ("township", True) in texts
    assert ("department", True) not in texts and ("government", True) not in texts
