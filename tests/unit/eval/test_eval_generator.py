"""The generator of the mutation benchmark: reproducible, balanced, true, and independent of the checker."""

import ast
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from eval.composing import Composer
from eval.mutating import holds
from eval.sampling import draw_case
from eval.synthetic import document
from eval.truths import APPLICANTS, OUTCOMES, REMEDIES, RESULTS
from eval.writing import Form, chinese, write

EVAL = Path(__file__).resolve().parents[3] / "eval"
NUMBERS = range(60)
# The modules that run the checker, and the only doors of it they may use.
RUNNERS = {"running.py", "speed.py", "scale.py"}
DOORS = {
    "report_writer.checks",
    "report_writer.domain.findings",
    "report_writer.domain.report",
    "report_writer.readers.from_json",
}


def test_the_same_seed_gives_the_same_report():
    assert [document(n).mapping() for n in NUMBERS] == [document(n).mapping() for n in NUMBERS]


def test_another_seed_gives_another_report():
    assert document(1, seed=1).mapping() != document(1, seed=2).mapping()


@pytest.mark.parametrize("number", NUMBERS)
def test_spans_slice_back(number):
    overview = document(number).overview
    assert all(overview.text[start:end] == piece.text for _, piece, start, end in overview.walk())
    assert any(piece.counts for _, piece, _, _ in overview.walk())


@pytest.mark.parametrize("number", NUMBERS)
def test_tables_balance(number):
    case = document(number).case
    for cells in filter(None, (case.cells, case.previous)):
        for column in (*APPLICANTS, "total"):
            at = {r: cells[f"requests/{r}/{column}"] for r in (*OUTCOMES, "received", "carried_over", "disposed", "carried_forward")}  # fmt: skip
            assert at["received"] + at["carried_over"] == at["disposed"] + at["carried_forward"]
            assert sum(at[row] for row in OUTCOMES) == at["disposed"]
            assert min(at.values()) >= 0
        for row in (*OUTCOMES, "received", "carried_over", "disposed", "carried_forward"):
            total = sum(cells[f"requests/{row}/{c}"] for c in APPLICANTS)
            assert total == cells[f"requests/{row}/total"]
        for row in REMEDIES:
            total = sum(cells[f"remedies/{row}/{c}"] for c in RESULTS)
            assert total == cells[f"remedies/{row}/total"]


@pytest.mark.parametrize("number", NUMBERS)
def test_last_year_leads_to_this_year(number):
    case = document(number).case
    if case.previous is None:
        return
    for column in (*APPLICANTS, "total"):
        before = case.previous[f"requests/carried_forward/{column}"]
        assert before == case.cells[f"requests/carried_over/{column}"]
    norms = "proactive/normative_documents/"
    now = case.cells
    stock = case.previous[norms + "in_force"] + now[norms + "issued"] - now[norms + "repealed"]
    assert stock == now[norms + "in_force"]


@pytest.mark.parametrize("number", NUMBERS)
def test_every_statement_is_true(number):
    made = document(number)
    known = made.case.known
    assert all(holds(piece, known) for _, piece, _, _ in made.overview.walk())


def test_closed_lists_add_up():
    seen = 0
    for number in range(120):
        groups: dict[str, list] = {}
        for _, piece, _, _ in document(number).overview.walk():
            if piece.group and piece.role != "named":
                groups.setdefault(piece.group, []).append(piece)
        for pieces in groups.values():
            totals = [p.value for p in pieces if p.role == "total"]
            parts = [p.value for p in pieces if p.role != "total"]
            if totals and parts:
                seen += 1
                assert sum(parts) == totals[0]
    assert seen > 50


def test_half_of_the_bodies_receive_almost_nothing():
    rng = Random(5)
    received = [draw_case(rng).cells["requests/received/total"] for _ in range(200)]
    assert 40 < sum(v == 0 for v in received) < 120
    assert max(received) > 400


def test_share_and_amounts_are_written_as_meant():
    assert write(Decimal("0.6667"), Form(unit="%", places=1)) == "66.7%"
    assert write(Decimal("3.5"), Form(unit="万元")) == "3.5万元"
    assert write(Decimal("3.5"), Form("yuan", "元")) == "35000元"
    assert write(Decimal(12000), Form("wan", "条")) == "1.2万条"
    assert write(Decimal(1234), Form("thousands", "件")) == "1,234件"
    assert write(Decimal(120), Form("chinese", "件", after="余")) == "一百二十余件"
    assert write(Decimal(2), Form("chinese", "件")) == "两件"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "零"),
        (10, "十"),
        (17, "十七"),
        (105, "一百零五"),
        (1017, "一千零一十七"),
        (20_003, "二万零三"),
    ],
)
def test_chinese_numerals(value, text):
    assert chinese(value) == text


def test_composer_refuses_what_is_not_known():
    case = draw_case(Random(1))
    with pytest.raises(KeyError):
        Composer(case, Random(1)).sentence("{f:没有登记的事}")


def _imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_only_the_runners_know_the_product_and_only_by_its_doors():
    # These measure readers, drafts, batches and the judge of notes, not the checker.
    apart = {
        "bench",
        "import_mutilations.py",
        "grounding",
        "drafts",
        "injection",
        "batch.py",
        "variety.py",
        # The trainer makes weights for the product out of its own features, and measures nothing.
        "learned.py",
    }
    modules = [p for p in EVAL.rglob("*.py") if not apart & set(p.relative_to(EVAL).parts)]
    assert {p.name for p in modules} >= RUNNERS | {"synthetic.py", "mutations.py"}
    for path in modules:
        assert "eval.learned" not in _imports(path), path.name
        product = {name for name in _imports(path) if name.split(".")[0] == "report_writer"}
        assert product <= (DOORS if path.name in RUNNERS else set()), path.name
