"""The backends against the real thing: llama.cpp in process, its server, and transformers."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
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

NO_DIGITS = 'root ::= part+ "。"\npart ::= [^0-9０-９A-Za-z#*{}。\\n] | "{F" [1-2] "}"'
QUESTION = Request(
    system="你是机关公文写作助手。只写一段话，不用列表。",
    user="{F1}＝收到申请若干件，{F2}＝予以公开若干件。请写依申请公开一段，用上两个标记。",
    example=(
        ("{F1}＝举办培训若干次。请写监督保障一段。", "加强学习，全年{F1}，人员能力有所提高。"),
    ),
    max_tokens=60,
    grammar=NO_DIGITS,
)


@pytest.fixture(scope="module")
def small_gguf(small_model_path: Path) -> Iterator[Backend]:
    pytest.importorskip("xllamacpp")
    backend = open_backend(f"gguf:{small_model_path}")
    yield backend
    backend.close()


@pytest.mark.model
def test_the_grammar_keeps_digits_out_of_a_real_answer(small_gguf: Backend) -> None:
    answer = small_gguf.answer(QUESTION)
    assert answer.text
    assert not re.search(r"[0-9０-９A-Za-z]", re.sub(r"\{F[12]\}", "", answer.text))
    assert answer.tokens > 0
    assert small_gguf.local
    assert small_gguf.options["grammar"] is True


@pytest.mark.model
def test_the_token_limit_cuts_and_is_reported(small_gguf: Backend) -> None:
    answer = small_gguf.answer(Request("", "请写一篇很长的文章。", max_tokens=8))
    assert (answer.finish, answer.tokens) == ("length", 8)


@pytest.mark.model
def test_a_broken_grammar_and_a_prompt_too_long_are_answer_errors(small_gguf: Backend) -> None:
    with pytest.raises(BackendAnswerError, match="grammar"):
        small_gguf.answer(Request("", "写", grammar="root ::= ((("))
    with pytest.raises(BackendAnswerError, match="context"):
        small_gguf.answer(Request("", "政务公开" * 5000))
    assert small_gguf.answer(QUESTION).text


@pytest.mark.model
def test_a_time_limit_ends_a_question_and_leaves_the_model_usable(small_gguf: Backend) -> None:
    chat: Any = small_gguf.model  # type: ignore[attr-defined]
    usual, chat.timeout = chat.timeout, 0.0
    try:
        with pytest.raises(BackendTimeoutError):
            small_gguf.answer(QUESTION)
    finally:
        chat.timeout = usual
    assert small_gguf.answer(QUESTION).text


@pytest.mark.model
def test_same_seed_same_text(small_model_path: Path) -> None:
    pytest.importorskip("xllamacpp")
    texts = []
    for _ in range(2):
        backend = open_backend(f"gguf:{small_model_path}")
        texts.append(backend.answer(QUESTION).text)
        backend.close()
    assert texts[0] == texts[1]


@pytest.mark.model
def test_the_runtime_prints_nothing_opens_no_port_and_leaves_no_file(
    small_model_path: Path, tmp_path: Path
) -> None:
    pytest.importorskip("xllamacpp")
    code = (
        "import sys, pathlib\n"
        "from report_writer.drafting.backend import open_backend, Request\n"
        f"b = open_backend({f'gguf:{small_model_path}'!r})\n"
        "b.answer(Request('', '写一句话。', max_tokens=8))\n"
        "tables = [pathlib.Path(f'/proc/self/net/{n}') for n in ('tcp', 'tcp6')]\n"
        "inodes = {l.split()[9] for t in tables if t.exists()\n"
        "          for l in t.read_text().splitlines()[1:] if l.split()[3] == '0A'}\n"
        "import os\n"
        "mine = []\n"
        "for f in pathlib.Path('/proc/self/fd').glob('*') if tables[0].exists() else ():\n"
        "    try: mine.append(os.readlink(f))\n"
        "    except OSError: pass\n"
        "assert not [m for m in mine if m.removeprefix('socket:[').rstrip(']') in inodes]\n"
        "b.close()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.model
def test_ctrl_c_ends_a_question_at_once(small_model_path: Path) -> None:
    pytest.importorskip("xllamacpp")
    code = (
        "import _thread, threading\n"
        "from report_writer.drafting.backend import open_backend, Request\n"
        f"b = open_backend({f'gguf:{small_model_path}'!r})\n"
        "threading.Timer(1.0, _thread.interrupt_main).start()\n"
        "try:\n"
        "    b.answer(Request('', '请写一篇很长的文章。', max_tokens=3000, grammar='root ::= [^。]+'))\n"
        "except KeyboardInterrupt:\n"
        "    print('stopped')\n"
        "finally:\n"
        "    b.close()\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout.strip(), run.stderr) == (0, "stopped", "")


@pytest.mark.model
def test_the_default_model_writes_a_sentence(default_model_path: Path) -> None:
    pytest.importorskip("xllamacpp")
    said = try_model(f"gguf:{default_model_path}")
    assert "用时" in said
    assert re.search(r"[\u4e00-\u9fff]{6,}", said.partition("：")[2])


@pytest.fixture(scope="module")
def llama_server(small_model_path: Path) -> Iterator[str]:
    xllamacpp = pytest.importorskip("xllamacpp")
    params = xllamacpp.CommonParams()
    params.model.path = str(small_model_path)
    params.n_ctx = 2048
    params.n_parallel = 1
    params.verbosity = -1
    params.warmup = False
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = ["a-key-of-this-test"]
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server


@pytest.mark.model
def test_a_real_llama_server_answers_with_the_grammar(llama_server: str) -> None:
    pytest.importorskip("langchain_openai")
    backend = open_backend(f"openai:any@{llama_server}", api_key="a-key-of-this-test")
    answer = backend.answer(QUESTION)
    backend.close()
    assert backend.options["grammar"] is True
    assert answer.text
    assert not re.search(r"[0-9０-９A-Za-z]", re.sub(r"\{F[12]\}", "", answer.text))
    assert answer.tokens > 0


@pytest.mark.model
def test_a_real_llama_server_refuses_a_wrong_key(llama_server: str) -> None:
    pytest.importorskip("langchain_openai")
    with pytest.raises(BackendUnavailableError, match="密钥"):
        backend = open_backend(f"openai:any@{llama_server}", api_key="wrong")
        backend.answer(QUESTION)


@pytest.fixture(scope="module")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random Qwen2 of a few kilobytes with a tokenizer of its own, in Hugging Face format."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    import tokenizers

    raw = tokenizers.Tokenizer(tokenizers.models.BPE())
    raw.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    raw.decoder = tokenizers.decoders.ByteLevel()
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=["<|endoftext|>"],
        initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    raw.train_from_iterator(["政务公开工作全年收到申请，依法答复办结。写一段公文。"] * 3, trainer)
    tokenizer = transformers.Qwen2TokenizerFast(
        tokenizer_object=raw, pad_token="<|endoftext|>", eos_token="<|endoftext|>"
    )
    tokenizer.chat_template = (
        "{% for m in messages %}{{ m.role }}：{{ m.content }}\n{% endfor %}"
        "{% if add_generation_prompt %}答：{% endif %}"
    )
    torch.manual_seed(3)
    model = transformers.Qwen2ForCausalLM(
        transformers.Qwen2Config(
            vocab_size=len(tokenizer),
            hidden_size=16,
            intermediate_size=32,
            num_hidden_layers=1,
            num_attention_heads=2,
            num_key_value_heads=1,
            max_position_embeddings=256,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )
    folder = tmp_path_factory.mktemp("tiny")
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
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
    assert backend.options["grammar"] is False


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
    with pytest.raises(BackendTimeoutError):
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


@pytest.mark.model
def test_transformers_loads_a_gguf_file(small_model_path: Path) -> None:
    pytest.importorskip("gguf")
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    backend = open_backend(f"hf:{small_model_path}")
    answer = backend.answer(Request("", "请用一句话介绍政务公开。", max_tokens=12))
    backend.close()
    assert re.search(r"[\u4e00-\u9fff]", answer.text)
