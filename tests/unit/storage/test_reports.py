"""Report versions, generations, decisions and answers: the same on SQLite and on PostgreSQL."""

import pytest

from report_writer.storage.engine import open_engine
from report_writer.storage.reports import Answers, Decision, Generation, Reports

GENERATION = Generation(
    section="overview",
    topic="主动公开",
    prompt_files={"ogi_annual/overview.j2": "ab"},
    prompt="写一段\0",
    model="scripted:a",
    options={"answers": 1},
    answer="开展工作。\ud800",
    violations=("多写了数字",),
    tokens=5,
    seconds=0.5,
)


@pytest.fixture
def engine(store_url):
    opened = open_engine(store_url)
    yield opened
    opened.dispose()


def test_versions_never_change_and_the_same_content_is_the_same_version(engine):
    reports = Reports(engine, "/work")
    assert reports.add_version("甲局", 2024, {"a": "一"}, author="batch") == 1
    assert reports.add_version("甲局", 2024, {"a": "一"}, author="batch") == 1
    assert reports.add_version("甲局", 2024, {"a": "二"}, author="batch") == 2
    assert reports.add_version("甲局", 2024, {"a": "一"}, author="张三") == 3
    assert [(v.number, v.content["a"], v.author) for v in reports.versions("甲局", 2024)] == [
        (1, "一", "batch"),
        (2, "二", "batch"),
        (3, "一", "张三"),
    ]
    assert Reports(engine, "/other").versions("甲局", 2024) == []


def test_generations_stand_with_their_version_without_what_no_database_keeps(engine):
    reports = Reports(engine, "/work")
    reports.add_version("甲局", 2024, {"a": 1}, author="batch", generations=[GENERATION])
    (kept,) = reports.generations("甲局", 2024, 1)
    assert kept.prompt == "写一段"
    assert kept.answer == "开展工作。?"
    assert kept.violations == ("多写了数字",)
    assert kept.options == {"answers": 1}


def test_a_decision_stays_until_a_value_changes(engine):
    reports = Reports(engine, "/work")
    reports.decide(
        "甲局",
        2024,
        Decision(
            code="TAB301",
            place="requests/carried_over/total",
            values=("2", "0"),
            verdict="accepted",
            reason="机构改革",
            author="李四",
        ),
    )
    asked = ("甲局", 2024, "TAB301", "requests/carried_over/total")
    assert reports.decision(*asked, values=("2", "0")) == "accepted"
    assert reports.decision(*asked, values=("3", "0")) is None
    assert reports.decision("乙局", *asked[1:], values=("2", "0")) is None


def test_the_first_answer_under_a_key_stays(engine):
    answers = Answers(engine)
    assert answers.get("k") is None
    answers.put("k", "m", "甲")
    answers.put("k", "m", "乙")
    assert answers.get("k") == "甲"
