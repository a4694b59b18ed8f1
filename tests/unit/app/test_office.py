"""What an office prefers: its own prompts, fixed phrases, 自称 and 上级, from one settings file."""

import pytest

from report_writer._resources import shipped
from report_writer.app.drafting import DraftOptions, draft_report
from report_writer.app.previewing import preview
from report_writer.app.settings import SettingsError, load_settings
from report_writer.drafting.prompting import PromptError
from report_writer.drafting.wording import WordingError
from report_writer.readers.dispatch import read
from tests.paths import EXAMPLES

QINGHE = EXAMPLES / "qinghe-2024" / "report.json"


@pytest.fixture
def settle(tmp_path, monkeypatch):
    def write(text):
        path = tmp_path / "settings.toml"
        path.write_text(text, encoding="utf-8")
        monkeypatch.setenv("REPORT_WRITER_SETTINGS", str(path))
        return load_settings().office

    return write


def test_fixed_phrases_stand_in_the_draft(settle, tmp_path):
    office = settle(
        '[office.wording.overview]\nopening = ["{year}，{self}按照{superior}统一安排开展公开工作。"]\n'
    )
    options = DraftOptions(model="rule", formats=("json",), office=office)
    draft_report(read(QINGHE), tmp_path / "out", options)
    (draft,) = (tmp_path / "out").glob("*.report.json")
    assert "2024年，我局按照市委、市政府统一安排开展公开工作。" in read(draft).sections["overview"]


def test_self_reference_and_superior_fill_what_a_report_leaves_open(settle):
    office = settle('[office]\nself_reference = "我委"\nsuperior = "省政府"\n')
    report = read(QINGHE)
    bare = report.agency.model_copy(update={"self_reference": None, "superior": None})
    filled = office.apply(report.model_copy(update={"agency": bare})).agency
    assert (filled.self_reference, filled.superior) == ("我委", "省政府")
    assert office.apply(report) == report


def test_a_prompt_of_its_own_is_what_is_sent_and_the_others_stay(settle, tmp_path):
    mine = tmp_path / "mine" / "ogi_annual"
    mine.mkdir(parents=True)
    source = (shipped("prompts") / "ogi_annual" / "overview.j2").read_text(encoding="utf-8")
    (mine / "overview.j2").write_text(source.replace("平实的公文", "简短的公文"), encoding="utf-8")
    office = settle('[office]\nprompts = "mine"\n')
    options = DraftOptions(model="openai:m@http://127.0.0.1:9/v1", profile="full", office=office)
    sent = "".join(text for p in preview(read(QINGHE), options)[1] for _, text in p.messages)
    assert "简短的公文" in sent
    assert "存在的主要问题" in sent


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("[office.wording.overview]\nopnening = ['x']\n", WordingError, "opnening"),
        ("[office.wording.overview]\nopening = ['{received}']\n", WordingError, "received"),
        ("[office]\nprompts = 'nowhere'\n", SettingsError, "nowhere"),
        ("[office]\nself = '我局'\n", SettingsError, "office"),
    ],
)
def test_what_cannot_be_used_is_named(settle, tmp_path, text, error, message):
    with pytest.raises(error, match=message):
        options = DraftOptions(model="rule", formats=("json",), office=settle(text))
        draft_report(read(QINGHE), tmp_path / "out", options)
    assert not list(tmp_path.glob("out/*"))


def test_a_damaged_prompt_is_named_before_anything_is_asked(settle, tmp_path):
    mine = tmp_path / "mine" / "ogi_annual"
    mine.mkdir(parents=True)
    (mine / "problems.j2").write_text(
        "{# section: problems | variables: topic #}\n{{ topic", encoding="utf-8"
    )
    script = tmp_path / "answers.json"
    script.write_text("[]", encoding="utf-8")
    options = DraftOptions(
        model=f"scripted:{script}", formats=("json",), office=settle('[office]\nprompts = "mine"\n')
    )
    with pytest.raises(PromptError, match="problems"):
        draft_report(read(QINGHE), tmp_path / "out", options)
