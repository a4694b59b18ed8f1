"""A list that says it is all of its total must add up; one that does not say so accuses nobody."""

import pytest

from report_writer.domain.findings import CheckResult
from tests.small_reports import checked

TABLES = {
    "requests": {
        "received": {"natural_person": 15, "company": 5, "total": 20},
        "disclosed": {"natural_person": 15, "company": 5, "total": 20},
        "disposed": {"natural_person": 15, "company": 5, "total": 20},
    }
}


def sums_of(text: str) -> list[str]:
    result: CheckResult = checked(text, TABLES)
    return [f.at.quote for f in result.findings if f.code == "NUM201"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("街道设公示点35处，就是楼道栏12处、广场栏13处、触摸屏8处这几样。", ["35处"]),
        (
            "年内印制折页90份，就是办事折页40份、政策折页30份和地图折页10份这些，先到先领。",
            ["90份"],
        ),
        ("街道设公示点35处，就是楼道栏12处、广场栏13处、触摸屏10处这三类。", []),
        # it does not say that there is no more
        ("街道设公示点35处，较多的就是楼道栏12处、广场栏13处。", []),
        ("街道设公示点35处，就是楼道栏12处、广场栏13处等这几类。", []),
        ("街道设公示点35处，就是楼道栏12处、广场栏13处这两样最常用。", []),
    ],
)
def test_that_is_these_makes_a_list_whole(text: str, wrong: list[str]) -> None:
    assert sums_of(text) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("20件申请按内容归类，问征地的9件，问低保的5件，问修路的4件，其余3件问水价。", ["9件", "5件", "4件", "3件"]),
        ("20件申请按内容归类，问征地的9件，问低保的5件，问修路的4件，其余2件问水价。", []),
        ("20件申请按内容归类，问征地的9件，问低保的5件，问修路的4件。", []),
        ("20件申请按内容归类，问征地的9件，已答复的5件，问修路的4件，其余3件问水价。", []),
        ("20件申请按内容归类，问征地的9件，其余3件问水价。", []),
        ("20件申请按时答复，问征地的9件，问低保的5件，其余3件问水价。", []),
    ],
)  # fmt: skip
def test_a_list_sorted_up_to_what_remains_is_whole(text: str, wrong: list[str]) -> None:
    assert sums_of(text) == wrong
