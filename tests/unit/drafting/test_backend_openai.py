"""The server backend against a server on loopback that misbehaves in all the usual ways."""

import json
import os
import socket
import struct
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from report_writer.drafting.backend import (
    Backend,
    BackendAnswerError,
    BackendTimeoutError,
    BackendUnavailableError,
    Request,
    open_backend,
)

pytest.importorskip("langchain_openai")

TEXT = "全年{F1}，依法答复。"
QUESTION = Request(
    system="写公文",
    user="写一段",
    example=(("例题", "例答"),),
    max_tokens=50,
    seed=7,
    grammar="root ::= [^0-9]+",
    pattern="^[^0-9]+$",
    stop=("\n\n\n",),
)


class Stub(ThreadingHTTPServer):
    """Answers by the name of the model asked for; keeps bodies and headers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.paths: list[str] = []
        self.refuse_key = False
        self.props: bytes | None = None
        self.owner = ""
        self.release = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(BaseHTTPRequestHandler):
    server: Stub

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def reply(self, status: int, body: bytes, kind: str = "application/json", **more: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def say(self, text: str | None, finish: str = "stop") -> None:
        answer = {
            "id": "x",
            "object": "chat.completion",
            "created": 1,
            "model": "m",
            "choices": [
                {
                    "index": 0,
                    "finish_reason": finish,
                    "message": {"role": "assistant", "content": text},
                }
            ],
            "usage": {"prompt_tokens": 3, "completion_tokens": 9, "total_tokens": 12},
        }
        self.reply(200, json.dumps(answer).encode())

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        if self.server.refuse_key:
            self.reply(401, b"{}")
        elif self.path == "/v1/models" and self.server.owner:
            self.reply(200, json.dumps({"data": [{"owned_by": self.server.owner}]}).encode())
        elif self.path == "/props" and self.server.props is not None:
            self.reply(200, self.server.props)
        else:
            self.reply(404, b"{}")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.bodies.append(body)
        self.server.keys.append(self.headers["Authorization"])
        match body["model"]:
            case "strict" if body.keys() & {"grammar", "structured_outputs", "response_format"}:
                self.reply(400, b'{"error": {"message": "unknown field"}}')
            case "never":
                self.reply(400, b'{"error": {"message": "prompt too long"}}')
            case "plain" | "strict":
                self.say(TEXT)
            case "fenced":
                self.say(f'```json\n{{"text": "{TEXT}"}}\n```')
            case "refuses":
                self.say("抱歉，我无法完成这项写作。")
            case "empty":
                self.say("")
            case "null":
                self.say(None)
            case "long":
                self.say("写到一半的", "length")
            case "filtered":
                self.say("", "content_filter")
            case "busy" if len(self.server.bodies) == 1:
                self.reply(429, b'{"error": {"message": "slow down"}}', Retry_After="0")
            case "busy":
                self.say(TEXT)
            case "slow":
                self.server.release.wait(20)
            case "dies":
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", "900")
                self.end_headers()
                self.wfile.write(b'{"id": "x", "choices": [{"mess')
                self.wfile.flush()
                # A reset instead of a regular end, as when a process is killed.
                self.connection.setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
                )
                self.connection.close()
            case "html":
                self.reply(200, b"<html>login</html>", "text/html")
            case "no-json":
                self.reply(200, b"oops {")
            case "no-choices":
                self.reply(200, b'{"object": "chat.completion", "choices": null}')
            case "list":
                self.reply(200, b"[1, 2]")
            case "gone":
                self.reply(404, b'{"error": {"message": "model not found"}}')
            case "locked":
                self.reply(401, b'{"error": {"message": "bad key"}}')
            case _:
                self.reply(500, b'{"error": {"message": "out of memory"}}', x_should_retry="false")


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REPORT_WRITER_API_KEY", "OPENAI_API_KEY", "DASHSCOPE_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING_V2"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def stub() -> Iterator[Stub]:
    server = Stub()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.release.set()
    server.shutdown()
    thread.join()
    server.server_close()


def opened(stub: Stub, model: str, timeout: float = 20.0) -> Backend:
    return open_backend(f"openai:{model}@{stub.url}", timeout=timeout)


CONSTRAINED = {
    "llama": {"grammar": QUESTION.grammar},
    "vllm": {"structured_outputs": {"grammar": QUESTION.grammar}},
    "json": {
        "response_format": {
            "type": "json_schema",
            "json_schema": {
                "name": "paragraph",
                "strict": True,
                "schema": {
                    "type": "object",
                    "properties": {"text": {"type": "string", "pattern": QUESTION.pattern}},
                    "required": ["text"],
                    "additionalProperties": False,
                },
            },
        }
    },
    "none": {},
}
FIELDS = {"grammar", "structured_outputs", "response_format"}


@pytest.mark.parametrize("kind", list(CONSTRAINED))
def test_each_kind_of_server_is_held_to_the_grammar_by_its_own_field(stub: Stub, kind: str) -> None:
    backend = open_backend(f"openai:plain@{stub.url}", constraint=kind)
    assert backend.answer(QUESTION).text == TEXT
    backend.close()
    assert {k: v for k, v in stub.bodies[0].items() if k in FIELDS} == CONSTRAINED[kind]
    assert backend.options["constraint"] == kind


def test_a_vllm_server_is_recognised(stub: Stub) -> None:
    stub.owner = "vllm"
    backend = opened(stub, "plain")
    backend.answer(QUESTION)
    backend.close()
    assert stub.bodies[0]["structured_outputs"] == {"grammar": QUESTION.grammar}


@pytest.mark.parametrize("kind", ["llama", "vllm", "json"])
def test_a_field_the_server_refuses_is_left_out_from_then_on(stub: Stub, kind: str) -> None:
    backend = open_backend(f"openai:strict@{stub.url}", constraint=kind)
    assert [backend.answer(QUESTION).text for _ in range(2)] == [TEXT, TEXT]
    backend.close()
    assert [bool(body.keys() & FIELDS) for body in stub.bodies] == [True, False, False]
    assert backend.options["grammar"] is False
    assert "unknown field" in backend.options["constraint_refused"]


def test_a_question_refused_for_another_reason_keeps_the_field(stub: Stub) -> None:
    backend = open_backend(f"openai:never@{stub.url}", constraint="vllm")
    with pytest.raises(BackendAnswerError, match="prompt too long"):
        backend.answer(QUESTION)
    backend.close()
    assert backend.options["grammar"] is True


def test_an_unknown_constraint_is_refused_by_name(stub: Stub) -> None:
    with pytest.raises(BackendUnavailableError, match="guided"):
        open_backend(f"openai:plain@{stub.url}", constraint="guided")


@pytest.mark.parametrize("model", ["plain", "fenced", "busy"])
def test_a_paragraph_comes_back_whatever_it_is_wrapped_in(stub: Stub, model: str) -> None:
    backend = opened(stub, model)
    answer = backend.answer(QUESTION)
    backend.close()
    assert (answer.text, answer.tokens, answer.finish) == (TEXT, 9, "stop")
    assert TEXT in answer.raw
    assert backend.local


def test_what_is_sent_is_the_request_and_nothing_else(stub: Stub) -> None:
    backend = opened(stub, "plain")
    backend.answer(QUESTION)
    backend.close()
    body = stub.bodies[0]
    assert [(m["role"], m["content"]) for m in body["messages"]] == [
        ("system", "写公文"),
        ("user", "例题"),
        ("assistant", "例答"),
        ("user", "写一段"),
    ]
    assert (body["max_tokens"], body["temperature"], body["seed"]) == (50, 0.3, 7)
    assert body["stop"] == ["\n\n\n"]
    assert "grammar" not in body
    assert "max_completion_tokens" not in body
    assert backend.options == {
        "model": "plain",
        "base_url": stub.url,
        "grammar": False,
        "constraint": "none",
    }


def test_a_llama_server_gets_the_grammar_too(stub: Stub) -> None:
    stub.props = b'{"default_generation_settings": {}}'
    backend = opened(stub, "plain")
    backend.answer(QUESTION)
    backend.close()
    assert stub.paths == ["/v1/models", "/props"]
    assert stub.bodies[0]["grammar"] == QUESTION.grammar
    assert backend.options["grammar"] is True


def test_the_limit_that_cut_a_text_is_reported(stub: Stub) -> None:
    backend = opened(stub, "long")
    answer = backend.answer(QUESTION)
    backend.close()
    assert (answer.text, answer.finish) == ("写到一半的", "length")


@pytest.mark.parametrize(
    ("model", "part"),
    [
        ("refuses", "拒绝作答"),
        ("empty", "没有写出"),
        ("null", "没有写出"),
        ("filtered", "内容审查"),
        ("html", "不是约定的格式"),
        ("no-json", "不是约定的格式"),
        ("no-choices", "不是约定的格式"),
        ("list", "不是约定的格式"),
        ("broken", "500"),
        ("dies", "中途断开"),
    ],
)
def test_an_answer_that_cannot_be_used_is_an_answer_error(
    stub: Stub, model: str, part: str
) -> None:
    backend = opened(stub, model)
    with pytest.raises(BackendAnswerError, match=part):
        backend.answer(QUESTION)
    backend.close()


def test_a_server_that_does_not_answer_is_a_timeout_and_asked_once(stub: Stub) -> None:
    backend = opened(stub, "slow", timeout=0.2)
    with pytest.raises(BackendTimeoutError, match="超时"):
        backend.answer(QUESTION)
    backend.close()
    assert len(stub.bodies) == 1


def test_the_time_limit_can_be_set_from_outside(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORT_WRITER_TIMEOUT", "0.2")
    backend = open_backend(f"openai:slow@{stub.url}")
    with pytest.raises(BackendTimeoutError):
        backend.answer(QUESTION)
    backend.close()
    for wrong in ("soon", "-1", "nan", "inf"):
        monkeypatch.setenv("REPORT_WRITER_TIMEOUT", wrong)
        with pytest.raises(BackendUnavailableError, match="REPORT_WRITER_TIMEOUT"):
            open_backend(f"openai:slow@{stub.url}")


@pytest.mark.parametrize("model", ["dies", "broken"])
def test_what_may_pass_is_tried_again_before_it_is_an_error(
    stub: Stub, model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from report_writer.drafting.backends import openai as server

    monkeypatch.setattr(server, "_PAUSES", (0.0, 0.0))
    backend = opened(stub, model)
    with pytest.raises(BackendAnswerError):
        backend.answer(QUESTION)
    backend.close()
    assert len(stub.bodies) == 3


@pytest.mark.parametrize(("model", "part"), [("gone", "没有这个模型"), ("locked", "拒绝了密钥")])
def test_a_wrong_model_or_key_makes_it_unavailable(stub: Stub, model: str, part: str) -> None:
    backend = opened(stub, model)
    with pytest.raises(BackendUnavailableError, match=part):
        backend.answer(QUESTION)
    backend.close()


def test_a_server_that_wants_a_key_cannot_be_opened_without(stub: Stub) -> None:
    stub.refuse_key = True
    with pytest.raises(BackendUnavailableError, match="REPORT_WRITER_API_KEY"):
        opened(stub, "plain")


def test_a_server_that_stops_between_questions_is_unavailable(stub: Stub) -> None:
    backend = opened(stub, "plain")
    backend.answer(QUESTION)
    stub.shutdown()
    stub.server_close()
    with pytest.raises(BackendUnavailableError, match="连不上模型服务"):
        backend.answer(QUESTION)
    backend.close()
    with pytest.raises(BackendUnavailableError, match="连不上模型服务"):
        opened(stub, "plain")


def test_keys_go_to_the_server_and_stay_out_of_the_record(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-not-for-this-machine")
    for given, expected in ((None, "none"), ("from-settings", "from-settings")):
        backend = open_backend(f"openai:plain@{stub.url}", api_key=given)
        backend.answer(QUESTION)
        backend.close()
        assert stub.keys[-1] == f"Bearer {expected}"
        assert expected not in json.dumps(dict(backend.options)) or expected == "none"
    monkeypatch.setenv("REPORT_WRITER_API_KEY", "from-variable")
    backend = opened(stub, "plain")
    backend.answer(QUESTION)
    backend.close()
    assert stub.keys[-1] == "Bearer from-variable"


@pytest.mark.parametrize(
    ("host", "local", "variable"),
    [
        ("dashscope.aliyuncs.com", False, "DASHSCOPE_API_KEY"),
        ("api.example.cn", False, "OPENAI_API_KEY"),
        ("notaliyuncs.com", False, "OPENAI_API_KEY"),
        ("127.0.0.1", True, ""),
    ],
)
def test_each_host_gets_its_own_key_only(
    host: str, local: bool, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from report_writer.drafting.backends import openai as server

    for name in ("DASHSCOPE_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, name)
    assert server._key_for(host, local) == (variable or "none")


def test_tracing_stays_off_whatever_is_set_after_opening(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = opened(stub, "plain")
    assert os.environ["LANGSMITH_TRACING"] == "false"
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", stub.url)
    monkeypatch.setenv("LANGSMITH_API_KEY", "k")
    backend.answer(QUESTION)
    backend.close()
    assert [body["model"] for body in stub.bodies] == ["plain"]


def test_a_proxy_of_the_office_is_not_used_for_this_machine(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    backend = opened(stub, "plain")
    assert backend.answer(QUESTION).text == TEXT
    backend.close()
