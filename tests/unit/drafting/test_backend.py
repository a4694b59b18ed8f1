import json
import subprocess
import sys
from pathlib import Path

import pytest

from report_writer.drafting import backend as backend_module
from report_writer.drafting.backend import (
    BackendAnswerError,
    BackendError,
    BackendTimeoutError,
    BackendUnavailableError,
    Request,
    TracingError,
    choose_auto,
    leaves_machine,
    open_backend,
)
from report_writer.drafting.backends.scripted import Scripted

HEAVY = ("langchain", "langchain_core", "langchain_openai", "torch", "transformers", "xllamacpp")
QUESTION = Request(system="写公文", user="请写依申请公开一段")


def script(folder: Path, text: str, name: str = "answers.txt") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return f"scripted:{path}"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORT_WRITER_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("REPORT_WRITER_CONFIG", str(tmp_path / "config"))
    monkeypatch.delenv("REPORT_WRITER_MODEL", raising=False)


def test_importing_the_protocol_and_a_script_loads_no_model_package(tmp_path: Path) -> None:
    spec = script(tmp_path, "一句话。")
    code = (
        "import sys, report_writer.drafting.backend as b, report_writer.app.models\n"
        f"b.open_backend({spec!r}).answer(b.Request('', '问'))\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stdout.strip() == "[]", run.stderr


@pytest.mark.parametrize(
    ("error", "retryable"),
    [
        (BackendUnavailableError, False),
        (BackendTimeoutError, True),
        (BackendAnswerError, True),
    ],
)
def test_errors_form_one_tree_and_carry_a_remedy(
    error: type[BackendError], retryable: bool
) -> None:
    raised = error("出了事", "这样办")
    assert isinstance(raised, BackendError)
    assert raised.retryable is retryable
    assert (raised.message, raised.hint) == ("出了事", "这样办")
    assert str(raised) == "出了事。这样办"


@pytest.mark.parametrize("spec", ["", "gguf:", "rule", "auto", "claude:x", "随便"])
def test_an_unknown_spec_is_refused_with_the_known_ones(spec: str) -> None:
    with pytest.raises(BackendUnavailableError) as caught:
        open_backend(spec)
    assert "gguf:…" in caught.value.hint


@pytest.mark.parametrize(
    ("spec", "part"),
    [
        ("gguf:qwen2.5-coder-0.5b", "models pull qwen2.5-coder-0.5b"),
        ("gguf:/nowhere/model.gguf", "找不到模型"),
        ("openai:model", "openai:模型名@http://"),
        ("openai:model@http://", "openai:模型名@http://"),
        ("openai:model@httpx://host/v1", "openai:模型名@http://"),
        ("scripted:/nowhere/answers.txt", "脚本文件读不出来"),
    ],
)
def test_a_backend_that_is_not_there_says_what_to_do(spec: str, part: str) -> None:
    if spec.startswith("gguf:"):
        pytest.importorskip("xllamacpp")
    with pytest.raises(BackendUnavailableError) as caught:
        open_backend(spec)
    assert part in str(caught.value)


@pytest.mark.parametrize(
    ("spec", "package", "extra"),
    [
        ("gguf:qwen2.5-coder-0.5b", "xllamacpp", "report-writer[local]"),
        ("hf:some/model", "transformers", "report-writer[hf]"),
        ("openai:m@http://127.0.0.1:9/v1", "langchain_openai", "report-writer[openai]"),
    ],
)
def test_a_missing_package_names_the_command_that_installs_it(
    spec: str, package: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(BackendUnavailableError) as caught:
        open_backend(spec)
    assert f"pip install '{extra}'" in caught.value.hint


def test_a_file_that_is_no_gguf_is_refused_before_the_runtime_sees_it(tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp")
    path = tmp_path / "x.gguf"
    path.write_bytes(b"not a model")
    with pytest.raises(BackendUnavailableError, match="不是 GGUF 模型文件"):
        open_backend(f"gguf:{path}")


def test_a_damaged_model_file_is_an_error_and_not_a_crash(tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp")
    path = tmp_path / "x.gguf"
    path.write_bytes(b"GGUF" + b"\x03\x00\x00\x00" + b"\x00" * 64)
    with pytest.raises(BackendUnavailableError, match="加载失败"):
        open_backend(f"gguf:{path}")


def test_ollama_is_an_alias_of_the_local_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend_module, "OLLAMA_URL", "http://127.0.0.1:9/v1")
    with pytest.raises(BackendUnavailableError, match=r"连不上模型服务 http://127\.0\.0\.1:9/v1"):
        open_backend("ollama:qwen2.5:7b")


@pytest.mark.parametrize("spec", ["openai:m@http://models.invalid/v1", "gguf:x", "hf:x"])
@pytest.mark.parametrize("name", ["LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"])
def test_no_backend_is_opened_while_tracing_is_on(
    name: str, spec: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "true")
    with pytest.raises(TracingError, match=name):
        open_backend(spec)


@pytest.mark.parametrize(
    ("spec", "leaves"),
    [
        ("rule", False),
        ("gguf:x", False),
        ("ollama:qwen", False),
        ("openai:m@http://127.0.0.1:8080/v1", False),
        ("openai:m@http://localhost/v1", False),
        ("openai:m@http://10.0.0.5/v1", True),
        ("openai:m@https://api.example.com/v1", True),
        ("openai:m@http://[broken", True),
    ],
)
def test_what_leaves_the_machine(spec: str, leaves: bool) -> None:
    assert leaves_machine(spec) is leaves


def test_auto_prefers_settings_then_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORT_WRITER_MODEL", "ollama:from-environment")
    chosen = choose_auto("openai:m@http://h/v1")
    assert (chosen.spec, "设置" in chosen.reason) == ("openai:m@http://h/v1", True)
    for nothing in (None, "", "auto"):
        chosen = choose_auto(nothing)
        assert chosen.spec == "ollama:from-environment"
        assert "REPORT_WRITER_MODEL" in chosen.reason


def test_auto_falls_back_to_the_rules_and_says_how_to_get_a_model() -> None:
    chosen = choose_auto()
    assert chosen.spec == "rule"
    assert "models pull" in chosen.reason


def own_models(folder: Path, *, second_is_default: bool) -> None:
    lines = []
    for name, size, default in (("large", 9, False), ("small", 5, second_is_default)):
        lines.append(
            f'[[model]]\nname = "{name}"\npurpose = "试"\nlicence = "MIT"\nfile = "{name}.gguf"\n'
            f'bytes = {size}\nsha256 = "{"0" * 64}"\ndefault = {str(default).lower()}\n'
        )
        (folder / "models").mkdir(exist_ok=True)
        (folder / "models" / f"{name}.gguf").write_bytes(b"x" * size)
    (folder / "config").mkdir(exist_ok=True)
    (folder / "config" / "models.toml").write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize(("second_is_default", "name"), [(True, "small"), (False, "large")])
def test_auto_takes_an_installed_model_the_default_first(
    second_is_default: bool, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_models(tmp_path, second_is_default=second_is_default)
    monkeypatch.setattr(backend_module, "find_spec", lambda _: object())
    chosen = choose_auto()
    assert chosen.spec == f"gguf:{name}"
    assert name in chosen.reason


def test_auto_says_when_only_the_runtime_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_models(tmp_path, second_is_default=True)
    monkeypatch.setattr(backend_module, "find_spec", lambda _: None)
    chosen = choose_auto()
    assert chosen.spec == "rule"
    assert "report-writer[local]" in chosen.reason


def test_a_broken_catalogue_does_not_stop_auto(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "models.toml").write_text("[[model]\n", encoding="utf-8")
    chosen = choose_auto()
    assert chosen.spec == "rule"
    assert "models.toml" in chosen.reason


def test_a_text_script_is_answered_in_order(tmp_path: Path) -> None:
    backend = open_backend(script(tmp_path, "甲一句。\n甲二句。\n---\n乙句。\n"))
    assert backend.local
    assert [backend.answer(QUESTION).text for _ in range(2)] == ["甲一句。\n甲二句。", "乙句。"]
    with pytest.raises(BackendAnswerError, match="用完"):
        backend.answer(QUESTION)
    backend.close()


def test_a_json_script_by_topic_uses_tag_question_and_rest(tmp_path: Path) -> None:
    answers = {"platform": "平台。", "依申请公开": ["申请一。", "申请二。"], "*": "其余。"}
    backend = open_backend(script(tmp_path, json.dumps(answers, ensure_ascii=False), "a.json"))
    tagged = Request("", "任意", tag="platform")
    asked = [backend.answer(r).text for r in (QUESTION, tagged, QUESTION, Request("", "别的"))]
    assert asked == ["申请一。", "平台。", "申请二。", "其余。"]


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        ("a.json", "{", "不是合法的 JSON"),
        ("a.json", "3", "内容不合要求"),
        ("a.json", '["一", 2]', "第2个答案不是文字"),
        ("a.json", '{"题": [null]}', "第1个答案不是文字"),
    ],
)
def test_a_bad_script_is_refused_by_name(tmp_path: Path, name: str, text: str, part: str) -> None:
    with pytest.raises(BackendUnavailableError, match=part) as caught:
        open_backend(script(tmp_path, text, name))
    assert name in caught.value.message


def test_a_script_simulates_what_goes_wrong() -> None:
    backend = Scripted(["!timeout", "!refuse", "!empty", "!cut 写到一半", "!die", "不会到"])
    with pytest.raises(BackendTimeoutError):
        backend.answer(QUESTION)
    with pytest.raises(BackendAnswerError, match="拒绝"):
        backend.answer(QUESTION)
    with pytest.raises(BackendAnswerError, match="没有写出"):
        backend.answer(QUESTION)
    cut = backend.answer(QUESTION)
    assert (cut.text, cut.finish) == ("写到一半", "length")
    for _ in range(2):
        with pytest.raises(BackendUnavailableError):
            backend.answer(QUESTION)
    assert len(backend.requests) == 6
