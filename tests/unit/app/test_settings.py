import pytest

from report_writer.app.drafting import DraftOptions, _constraint
from report_writer.app.settings import SettingsError, load_settings


@pytest.fixture
def written(tmp_path, monkeypatch):
    path = tmp_path / "settings.toml"
    monkeypatch.setenv("REPORT_WRITER_SETTINGS", str(path))
    return lambda text: path.write_text(text, encoding="utf-8")


def test_a_server_is_held_to_a_grammar_as_the_settings_say(written):
    written(
        '[endpoints."http://10.0.0.5"]\nconstraint = "json"\n'
        '[endpoints."http://10.0.0.5:8000/v1"]\nconstraint = "vllm"\n'
    )
    constraints = {at: e.constraint for at, e in load_settings().endpoints.items()}
    options = DraftOptions(constraints=constraints)
    assert _constraint("openai:m@http://10.0.0.5:8000/v1", options) == "vllm"
    assert _constraint("openai:m@http://10.0.0.5:9000/v1", options) == "json"
    assert _constraint("openai:m@http://10.0.0.6/v1", options) == "auto"
    assert _constraint("gguf:x", options) == "auto"


def test_an_unknown_way_of_constraint_names_the_key(written):
    written('[endpoints."http://10.0.0.5"]\nconstraint = "guided"\n')
    with pytest.raises(SettingsError, match="constraint"):
        load_settings()
