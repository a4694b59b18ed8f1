"""A hosted-style server that misbehaves: the draft is complete, says what happened, exit 0."""

import json
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.paths import EXAMPLES

LAOCHENG = EXAMPLES / "laocheng-2023" / "report.json"
pytest.importorskip("langchain_openai")


class Misbehaving(BaseHTTPRequestHandler):
    manner = "nonsense"
    asked = 0

    def log_message(self, *_args):
        pass

    def do_GET(self):
        self.answer_with(200, {"data": [{"id": "m"}], "object": "list"})

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        type(self).asked += 1
        manner = self.manner
        if manner == "times out":
            time.sleep(6)
        if manner == "dies half-way" and self.asked > 2:
            self.connection.close()
            return
        if manner == "server error":
            self.answer_with(500, {"error": {"message": "boom"}})
            return
        text = {
            "fence": '```json\n{"text": "我局设立公开栏。"}\n```',
            "refuses": "抱歉，我无法协助完成这项工作。",
            "empty": "",
            "lies": "2023年我局收到申请25件，全部按期办结，同比增长20%，详见http://example.com。",
            "dies half-way": "我局设立公开栏。",
        }.get(manner, "asdf {F99} <b>### 12345")
        choice = {
            "index": 0,
            "finish_reason": "stop",
            "message": {"role": "assistant", "content": text},
        }
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        body = {"id": "1", "object": "chat.completion", "created": 0, "model": "m"}
        self.answer_with(200, {**body, "choices": [choice], "usage": usage})

    def answer_with(self, status, body):
        data = json.dumps(body).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except (BrokenPipeError, ConnectionResetError):
            pass


@pytest.mark.parametrize(
    "manner",
    ["nonsense", "fence", "refuses", "empty", "lies", "times out", "dies half-way", "server error"],
)
def test_the_draft_is_complete_whatever_the_server_does(manner, tmp_path):
    handler = type("Handler", (Misbehaving,), {"manner": manner, "asked": 0})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    spec = f"openai:m@http://127.0.0.1:{server.server_port}/v1"
    command = ["draft", str(LAOCHENG), "-o", str(tmp_path), "--model", spec, "--timeout", "2"]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "report_writer", *command],
            capture_output=True,
            check=False,
            timeout=240,
        )
    finally:
        server.shutdown()
        server.server_close()
    stderr = done.stderr.decode("utf-8")
    assert done.returncode == 0, stderr
    assert "Traceback" not in stderr
    assert handler.asked
    findings = json.loads((tmp_path / "洛阳市老城区商务局-2023.findings.json").read_text("utf-8"))
    assert not {m["status"] for m in findings["mentions"]} & {"contradicted", "unaccounted"}
    trail = json.loads((tmp_path / "洛阳市老城区商务局-2023.trail.json").read_text("utf-8"))
    report = json.loads((tmp_path / "洛阳市老城区商务局-2023.report.json").read_text("utf-8"))
    text = "".join(report["sections"].values())
    assert "未收到政府信息公开申请" in text
    for planted in ("25件", "20%", "example.com", "12345", "F99", "<b>", "```"):
        assert planted not in text
    if manner in {"refuses", "empty", "times out", "dies half-way", "server error"}:
        assert "注意" in stderr
        assert trail["warnings"]
    else:
        assert any(a["violations"] for s in trail["sections"] for a in s["attempts"])


def test_a_server_nobody_answers_at_is_exit_3_with_a_remedy(tmp_path):
    spec = "openai:m@http://127.0.0.1:9/v1"
    command = ["draft", str(LAOCHENG), "-o", str(tmp_path / "out"), "--model", spec]
    done = subprocess.run(
        [sys.executable, "-m", "report_writer", *command],
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 3
    assert "127.0.0.1:9" in done.stderr.decode("utf-8")
    assert not (tmp_path / "out").exists()
