"""The backends against the real thing: llama.cpp in process, its server, and transformers.

Most run on a random model built here; those marked `model` ask the downloaded ones.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from report_writer.app.models import test_model as try_model
from report_writer.drafting.backend import (
    Backend,
    BackendAnswerError,
    BackendTimeoutError,
    BackendUnavailableError,
    Request,
    open_backend,
)
from report_writer.drafting.backends import gguf
from report_writer.drafting.grammar import draft_grammar
from tests.integration import tiny_models

KEY = "a-key-of-this-test"
NO_DIGITS = 'root ::= part+ "。"\npart ::= [^0-9０-９A-Za-z#*{}。\\n] | "{F" [1-2] "}"'
ENDLESS = 'root ::= "政务公开" root'
QUESTION = Request(
    system="你是机关公文写作助手。只写一段话，不用列表。",
    user="{F1}＝收到申请若干件，{F2}＝予以公开若干件。请写依申请公开一段，用上两个标记。",
    example=(
        ("{F1}＝举办培训若干次。请写监督保障一段。", "加强学习，全年{F1}，人员能力有所提高。"),
    ),
    max_tokens=60,
    grammar=NO_DIGITS,
)
SHORT = Request(
    "写公文",
    "写一段",
    max_tokens=30,
    temperature=0.9,
    grammar="root ::= [政务公开] [政务公开] [政务公开] [政务公开]+",
)


@pytest.fixture(scope="module")
def tiny_gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("xllamacpp")
    return tiny_models.build_gguf(tmp_path_factory.mktemp("gguf"))


@pytest.fixture(scope="module")
def llama(tiny_gguf: Path) -> Iterator[Backend]:
    backend = open_backend(f"gguf:{tiny_gguf}")
    yield backend
    backend.close()


def test_llama_answers_within_the_grammar(llama: Backend) -> None:
    answer = llama.answer(SHORT)
    assert set(answer.text) <= set("政务公开")
    assert answer.tokens > 0
    assert llama.local
    assert llama.options["grammar"] is True


def test_llama_hands_the_text_over_while_it_writes(
    llama: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    # NOTE: so small a model is done before anybody would look.
    monkeypatch.setattr(gguf, "_POLL", 0.001)
    heard: list[str] = []
    answer = llama.answer(Request("", "写", max_tokens=900, grammar=ENDLESS, on_text=heard.append))
    assert any(0 < len(text) < len(answer.raw) for text in heard)
    assert all(answer.raw.startswith(text) for text in heard)


def test_the_token_limit_cuts_and_is_reported(llama: Backend) -> None:
    answer = llama.answer(Request("", "写", max_tokens=9, grammar=ENDLESS))
    assert (answer.finish, answer.tokens) == ("length", 9)


def test_a_broken_grammar_and_a_prompt_too_long_are_answer_errors(llama: Backend) -> None:
    with pytest.raises(BackendAnswerError, match="grammar"):
        llama.answer(Request("", "写", grammar="root ::= ((("))
    with pytest.raises(BackendAnswerError, match="context"):
        llama.answer(Request("", "政务一二三" * 2000))
    assert llama.answer(SHORT).text


def test_a_time_limit_ends_a_question_and_leaves_the_model_usable(llama: Backend) -> None:
    chat: Any = llama.model  # type: ignore[attr-defined]
    usual, chat.timeout = chat.timeout, -1.0
    endless = Request("", "写", max_tokens=3000, grammar=ENDLESS)
    try:
        with pytest.raises(BackendTimeoutError, match="超时"):
            llama.answer(endless)
    finally:
        chat.timeout = usual
    assert llama.answer(SHORT).text


def test_same_seed_same_text_other_seed_other_text(tiny_gguf: Path) -> None:
    texts = []
    for seed in (1, 1, 2):
        backend = open_backend(f"gguf:{tiny_gguf}")
        texts.append(backend.answer(Request("", "写", max_tokens=30, temperature=0.9, seed=seed)))
        backend.close()
    assert texts[0].raw == texts[1].raw != texts[2].raw


def run_python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )


def test_the_runtime_prints_nothing_opens_no_port_and_leaves_no_file(
    tiny_gguf: Path, tmp_path: Path
) -> None:
    code = f"""
import os, pathlib
from report_writer.drafting.backend import open_backend, Request
backend = open_backend({f"gguf:{tiny_gguf}"!r})
backend.answer(Request('', '写', max_tokens=8, grammar='root ::= "政务公开"+'))
listening = set()
for table in map(pathlib.Path, ('/proc/self/net/tcp', '/proc/self/net/tcp6')):
    lines = table.read_text().splitlines()[1:] if table.exists() else []
    listening |= {{f'socket:[{{line.split()[9]}}]' for line in lines if line.split()[3] == '0A'}}
if os.path.isdir('/proc/self/fd'):
    for name in os.listdir('/proc/self/fd'):
        path = f'/proc/self/fd/{{name}}'
        assert not os.path.islink(path) or os.readlink(path) not in listening
backend.close()
"""
    run = run_python(code, TMPDIR=str(tmp_path))
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_in_the_middle_of_an_answer_ends_cleanly(tiny_gguf: Path) -> None:
    code = f"""
import _thread, signal, time
from report_writer.drafting.backend import open_backend, Request
from report_writer.drafting.backends import gguf
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
take, pressed = gguf._Stream.take, []
def interrupt(stream, chunk):
    if not pressed:
        pressed.append(True)
        _thread.interrupt_main()
        time.sleep(1)  # so small a model would be done before anybody heard it
    return take(stream, chunk)
backend = open_backend({f"gguf:{tiny_gguf}"!r})
gguf._Stream.take = interrupt
try:
    backend.answer(Request('', '写', max_tokens=3000, grammar={ENDLESS!r}))
except KeyboardInterrupt:
    print('stopped')
finally:
    backend.close()
"""
    run = run_python(code)
    assert (run.returncode, run.stdout.strip(), run.stderr) == (0, "stopped", "")


def served(model: Path) -> Iterator[str]:
    """Run llama.cpp's own server on loopback; yields its address."""
    xllamacpp = pytest.importorskip("xllamacpp")
    pytest.importorskip("langchain_openai")
    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.n_ctx = 2048
    params.n_parallel = 1
    params.verbosity = -1
    params.warmup = False
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [KEY]
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server


@pytest.fixture(scope="module")
def llama_server(tiny_gguf: Path) -> Iterator[str]:
    yield from served(tiny_gguf)


def test_a_real_llama_server_answers_with_the_grammar(llama_server: str) -> None:
    backend = open_backend(f"openai:any@{llama_server}", api_key=KEY)
    answer = backend.answer(SHORT)
    backend.close()
    assert backend.options["grammar"] is True
    assert set(answer.text) <= set("政务公开")
    assert answer.tokens > 0
    assert KEY not in str(backend.options)


def test_a_real_llama_server_refuses_a_wrong_key(llama_server: str) -> None:
    with pytest.raises(BackendUnavailableError, match="密钥"):
        backend = open_backend(f"openai:any@{llama_server}", api_key="wrong")
        backend.answer(SHORT)


@pytest.fixture(scope="module")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    tiny_models.build(folder)
    return folder


def test_transformers_answers_from_a_local_folder(tiny_folder: Path) -> None:
    backend = open_backend(f"hf:{tiny_folder}")
    request = Request("写公文", "写一段", max_tokens=12, temperature=0.9, seed=4)
    first, second = backend.answer(request), backend.answer(request)
    other = backend.answer(Request("写公文", "写一段", max_tokens=12, temperature=0.9, seed=5))
    greedy = backend.answer(Request("写公文", "写一段", max_tokens=12, temperature=0.0))
    backend.close()
    assert first.text == second.text != other.text
    assert first.tokens <= 12
    assert greedy.text
    assert backend.local


def test_transformers_answers_within_the_grammar(tiny_folder: Path) -> None:
    pytest.importorskip("llguidance")
    backend = open_backend(f"hf:{tiny_folder}")
    assert backend.options["grammar"] is True
    for seed in range(4):
        question = Request("写公文", "写一段", max_tokens=30, temperature=1.5, seed=seed)
        free = backend.answer(question).raw
        held = backend.answer(replace(question, grammar=SHORT.grammar)).raw
        assert not set(free) <= set("政务公开")
        assert set(held) <= set("政务公开")
    drafted = backend.answer(replace(question, grammar=draft_grammar(["{F1}"])))
    assert not re.search(r"[0-9A-Za-z#*{}]", drafted.raw.replace("{F1}", ""))
    with pytest.raises(BackendAnswerError, match="grammar"):
        backend.answer(replace(question, grammar="root ::= ((("))
    backend.close()


def test_transformers_without_llguidance_answers_all_the_same(
    tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from report_writer.drafting.backends import hf

    monkeypatch.setattr(hf, "find_spec", lambda _: None)
    backend = open_backend(f"hf:{tiny_folder}")
    assert backend.options["grammar"] is False
    assert backend.answer(SHORT).tokens > 0
    backend.close()


def test_transformers_loads_a_gguf_file(tmp_path: Path) -> None:
    path = tiny_models.build_gguf(tmp_path)
    for other in tmp_path.iterdir():
        if other != path:
            other.unlink()
    backend = open_backend(f"hf:{path}")
    assert backend.answer(Request("写公文", "写一段", max_tokens=12)).tokens > 0
    backend.close()


def test_transformers_folds_the_rules_into_the_question_where_no_system_role_exists(
    tiny_folder: Path,
) -> None:
    backend = open_backend(f"hf:{tiny_folder}")
    tokenizer: Any = backend.model._tokenizer  # type: ignore[attr-defined]
    tokenizer.chat_template = (
        "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no system') }}"
        "{% endif %}{{ m.content }}{% endfor %}"
    )
    assert backend.answer(Request("写公文", "写一段", max_tokens=12)).text
    tokenizer.chat_template = "{{ raise_exception('nothing goes') }}"
    with pytest.raises(BackendAnswerError, match="nothing goes"):
        backend.answer(Request("写公文", "写一段", max_tokens=12))
    backend.close()


def test_transformers_refuses_what_does_not_fit(tiny_folder: Path) -> None:
    backend = open_backend(f"hf:{tiny_folder}")
    with pytest.raises(BackendAnswerError, match="超出模型的256个"):
        backend.answer(Request("", "政务公开" * 300, max_tokens=20))
    backend.close()


def test_transformers_keeps_the_time_limit(tiny_folder: Path) -> None:
    backend = open_backend(f"hf:{tiny_folder}", timeout=0.0)
    with pytest.raises(BackendTimeoutError, match="超时"):
        backend.answer(Request("", "写一段", max_tokens=100))
    backend.close()


def test_transformers_says_what_is_missing(tiny_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for target in (tmp_path / "empty", tmp_path / "nowhere", tiny_folder / "config.json"):
        with pytest.raises(BackendUnavailableError, match=target.name):
            open_backend(f"hf:{target}")
    bare = tmp_path / "bare"
    bare.mkdir()
    for path in tiny_folder.iterdir():
        if path.name != "chat_template.jinja":
            (bare / path.name).write_bytes(path.read_bytes())
    with pytest.raises(BackendUnavailableError, match="没有对话模板"):
        open_backend(f"hf:{bare}")


def without_slots(text: str) -> str:
    return re.sub(r"\{F[12]\}", "", text)


@pytest.mark.model
def test_the_grammar_keeps_digits_out_of_a_real_answer(small_model_path: Path) -> None:
    pytest.importorskip("xllamacpp")
    backend = open_backend(f"gguf:{small_model_path}")
    answer = backend.answer(QUESTION)
    backend.close()
    assert answer.text
    assert not re.search(r"[0-9０-９A-Za-z]", without_slots(answer.text))


@pytest.mark.model
def test_a_llama_server_with_a_real_model_answers_too(small_model_path: Path) -> None:
    for address in served(small_model_path):
        backend = open_backend(f"openai:any@{address}", api_key=KEY)
        answer = backend.answer(QUESTION)
        backend.close()
        assert answer.text
        assert not re.search(r"[0-9０-９A-Za-z]", without_slots(answer.text))


@pytest.mark.model
def test_the_default_model_writes_a_sentence(default_model_path: Path) -> None:
    pytest.importorskip("xllamacpp")
    said = try_model(f"gguf:{default_model_path}")
    assert "用时" in said
    assert re.search(r"[\u4e00-\u9fff]{6,}", said.partition("：")[2])
