import pytest

from report_writer.cli.main import app
from report_writer.readers.dispatch import read
from tests.paths import EXAMPLES

QINGHE = str(EXAMPLES / "qinghe-2024" / "report.json")


@pytest.fixture
def run(capsys, tmp_path):
    def command(*words):
        app(
            ["draft", QINGHE, "-o", str(tmp_path), "--model", "rule", *words], standalone_mode=False
        )
        return capsys.readouterr()

    return command


def overview(tmp_path):
    return read(next(tmp_path.glob("*.report.json"))).sections["overview"]


def test_a_part_is_done_again_and_the_sentences_are_numbered(run, tmp_path):
    run()
    before = overview(tmp_path)
    out = run("--only", "problems")
    assert "problems:1  " in out.err
    assert "其余部分一字未动" in out.err
    assert ".docx" in out.out
    assert overview(tmp_path) == before


def test_two_variants_are_shown_and_one_is_taken(run, tmp_path):
    run()
    out = run("--only", "problems", "--variants", "2")
    assert "第1份候选稿" in out.err
    assert "第2份候选稿" in out.err
    assert out.out.strip().endswith(".candidates.json")
    assert "第" not in run("--choose", "2").out
    assert not list(tmp_path.glob("*.candidates.json"))
