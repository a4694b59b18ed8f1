"""What `--show-prompt` prints is, byte for byte, what a server is sent; no figure is among it."""

import json
import os
import re
import subprocess
import sys
import threading
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from report_writer.app.drafting import DraftOptions, draft_report
from report_writer.app.previewing import Preview, preview
from report_writer.domain.report import Topic
from report_writer.drafting import backend as backend_module
from report_writer.readers.dispatch import read
from tests.paths import EXAMPLES

pytest.importorskip("langchain_openai")
QINGHE = EXAMPLES / "qinghe-2024" / "report.json"


class Recorder(BaseHTTPRequestHandler):
    """Keeps every body as it came, and answers each question with one empty sentence."""

    bodies: list[bytes]

    def log_message(self, *_args):
        pass

    def do_GET(self):
        self.give(200, {"data": []})

    def do_POST(self):
        self.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        choice = {
            "index": 0,
            "finish_reason": "stop",
            "message": {"role": "assistant", "content": "我局做好相关工作。"},
        }
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        body = {"id": "1", "object": "chat.completion", "created": 0, "model": "m"}
        self.give(200, {**body, "choices": [choice], "usage": usage})

    def give(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture
def recorder():
    handler = type("Handler", (Recorder,), {"bodies": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"openai:m@http://127.0.0.1:{server.server_port}/v1", handler.bodies
    server.shutdown()
    server.server_close()


def printed(topic, body):
    """Return a received body in the words of `--show-prompt`."""
    sent = json.loads(body)
    messages = tuple((m["role"], m["content"]) for m in sent["messages"])
    fields = {key: sent[key] for key in ("temperature", "max_tokens", "seed")}
    assert sent.keys() == {"messages", "model", "temperature", "max_tokens", "seed"} | (
        sent.keys() & {"stream"}
    )
    return Preview(topic=topic, messages=messages, fields=fields).text


def sentinels(report):
    """Return the report with a value in every cell and fact that no prompt could hold by chance."""
    facts = tuple(
        f.model_copy(update={"value": Decimal(70000 + n)}) for n, f in enumerate(report.facts)
    )
    return report.model_copy(update={"facts": facts})


def figures(report):
    cells = {cell.text for cell in report.tables.cells.values()}
    return {text for text in cells | {str(f.value) for f in report.facts} if len(text) > 1}


@pytest.mark.parametrize("hosted", [False, True])
@pytest.mark.parametrize("profile", ["compact", "full"])
def test_the_bytes_sent_are_the_bytes_shown_and_hold_no_figure(
    hosted, profile, recorder, tmp_path, monkeypatch
):
    spec, bodies = recorder
    if hosted:
        from report_writer.drafting.backends import openai as server

        for module in (backend_module, server):
            monkeypatch.setattr(module, "is_loopback", lambda _: False)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    report = sentinels(read(QINGHE))
    options = DraftOptions(model=spec, profile=profile, steer="写短一点", seed=3)
    shown = [p for p in preview(report, options)[1] if not p.reason]
    draft_report(report, tmp_path, options)
    sent = [body for body in bodies if "原句：" not in json.loads(body)["messages"][-1]["content"]]
    # NOTE: topics go to a server side by side, in any order; a note is asked for again, warmer, with
    # the same messages, where the answer is not fit.
    if profile == "full":
        assert len(shown) == len(sent) == 8
        wanted = {p.model_copy(update={"grammar": "", "topic": ""}).text for p in shown}
        assert wanted == {printed("", body) for body in sent}
    else:
        told = {tuple((m["role"], m["content"]) for m in json.loads(b)["messages"]) for b in sent}
        assert told == {p.messages for p in shown}
    for body in bodies:
        text = "\n".join(m["content"] for m in json.loads(body)["messages"])
        text = re.sub(r"^\d\. |\{F\d+\}", "", text, flags=re.MULTILINE)
        assert not [value for value in figures(report) if value in text]
        assert not re.search(r"\d", text)
        if hosted:
            assert "比上年增加" not in text


def test_zero_and_direction_are_not_told_to_a_hosted_model_but_to_a_local_one(small_zero):
    told = {}
    for local in (True, False):
        spec = "openai:m@http://127.0.0.1:9/v1" if local else "openai:m@https://models.invalid/v1"
        topics = preview(small_zero, DraftOptions(model=spec))[1]
        told[local] = "".join(text for p in topics for _, text in p.messages)
    assert "未收到政府信息公开申请" in told[True]
    assert "未收到" not in told[False]
    assert "未发生" not in told[False]


@pytest.fixture
def small_zero():
    report = read(EXAMPLES / "laocheng-2023" / "report.json")
    notes = {topic: ("做好日常工作",) for topic in report.notes}
    return report.model_copy(update={"notes": {**notes, Topic.ON_REQUEST: ("专人登记申请",)}})


def test_figures_are_sent_only_when_asked_for():
    report = read(QINGHE)
    for asked in (False, True):
        options = DraftOptions(model="openai:m@https://models.invalid/v1", send_figures=asked)
        text = "".join(p.text for p in preview(report, options)[1])
        assert ("168件" in text) is asked


def command(*words, **environment):
    return subprocess.run(
        [sys.executable, "-m", "report_writer", *map(str, words)],
        capture_output=True,
        check=False,
        env=os.environ | environment,
    )


def test_the_command_shows_the_prompts_calls_nobody_and_writes_nothing(recorder, tmp_path):
    spec, bodies = recorder
    done = command("draft", QINGHE, "--show-prompt", "--model", spec, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr.decode()
    assert bodies == []
    assert not (tmp_path / "out").exists()
    topics = preview(read(QINGHE), DraftOptions(model=spec))[1]
    assert done.stdout.decode() == "".join(p.text + "\n" for p in topics)


def test_with_the_rules_nothing_would_be_sent():
    done = command("draft", QINGHE, "--show-prompt", "--model", "rule")
    assert done.returncode == 0
    assert "-----" not in done.stdout.decode()
    assert "不使用模型" in done.stdout.decode()


@pytest.mark.parametrize(
    "name",
    ["LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGCHAIN_TRACING", "LANGSMITH_TRACING_V2"],
)
def test_a_tracing_variable_stops_the_run_before_anything_is_sent(name, recorder, tmp_path):
    spec, bodies = recorder
    done = command("draft", QINGHE, "-o", tmp_path / "out", "--model", spec, **{name: "true"})
    assert done.returncode == 2
    assert name in done.stderr.decode()
    assert "追踪" in done.stderr.decode()
    assert bodies == []
    assert not (tmp_path / "out").exists()
    assert (
        command(
            "draft", QINGHE, "-o", tmp_path / "out", "--model", "rule", **{name: "1"}
        ).returncode
        == 0
    )
    assert command("models", "test", spec, **{name: "true"}).returncode == 2
    off = command("draft", QINGHE, "-o", tmp_path / "new", "--model", spec, **{name: "false"})
    assert off.returncode == 0
