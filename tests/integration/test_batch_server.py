"""A batch with a model server: questions at once, back-off, and what a redo costs."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from report_writer.app.batch import BatchOptions, run_batch
from report_writer.app.batch_events import Ended, Finished
from report_writer.app.drafting import DraftOptions
from tests.agencies import mapping

pytest.importorskip("langchain_openai")


class Model(BaseHTTPRequestHandler):
    """Writes one sentence from the notes; the first question is told to come back later."""

    lock = threading.Lock()
    asked = busy = in_flight = most = 0

    def log_message(self, *_args):
        pass

    def do_GET(self):
        self.reply(200, {"data": [{"id": "m"}], "object": "list"})

    def do_POST(self):
        kind = type(self)
        self.rfile.read(int(self.headers["Content-Length"]))
        with kind.lock:
            kind.asked += 1
            first = kind.asked == 1
            kind.in_flight += 1
            kind.most = max(kind.most, kind.in_flight)
        try:
            if first:
                self.reply(429, {"error": {"message": "slow down"}}, retry_after="0.1")
                return
            time.sleep(0.1)
            message = {"role": "assistant", "content": "我局设立公开栏，及时公示。"}
            choice = {"index": 0, "finish_reason": "stop", "message": message}
            usage = {"prompt_tokens": 1, "completion_tokens": 7, "total_tokens": 8}
            body = {"id": "1", "object": "chat.completion", "created": 0, "model": "m"}
            self.reply(200, {**body, "choices": [choice], "usage": usage})
        finally:
            with kind.lock:
                kind.in_flight -= 1

    def reply(self, status, body, retry_after=None):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        if retry_after:
            self.send_header("Retry-After", retry_after)
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture
def server():
    handler = type("Handler", (Model,), {"lock": threading.Lock()})
    served = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    served.daemon_threads = True
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield handler, f"openai:m@http://127.0.0.1:{served.server_port}/v1"
    served.shutdown()
    served.server_close()


def write(folder, number, note):
    data = mapping(number)
    data["notes"] = {"proactive": [note], "platform": ["设立公开栏，及时公示"]}
    path = folder / f"{number}.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def test_a_server_is_asked_side_by_side_and_a_redo_costs_only_what_changed(server, tmp_path):
    handler, spec = server
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(6):
        write(folder, number, "设立公开栏，及时公示")
    options = BatchOptions(draft=DraftOptions(model=spec, formats=("md",)), jobs=3)
    events = list(run_batch([str(folder)], tmp_path / "out", options))
    assert isinstance(events[-1], Finished)
    assert events[-1].code == 0
    assert {row.status for row in events[-1].summary.rows} == {"done"}
    assert 1 < handler.most <= 3
    assert sum(e.result.tokens for e in events if isinstance(e, Ended)) > 0
    asked = handler.asked
    # One note of one agency: one topic is asked for again, its platform topic is remembered.
    write(folder, 3, "编制公开指南，定期更新")
    again = list(run_batch([str(folder)], tmp_path / "out", options))
    assert [e.result.key for e in again if isinstance(e, Ended)] == ["青河市第3示范局-2023"]
    first = asked / 6 / 2
    assert 0 < handler.asked - asked <= 3 * first
    # Another folder, the same store: nothing is asked at all.
    asked = handler.asked
    store = f"sqlite:///{tmp_path / 'out' / 'report-writer.sqlite'}"
    other = options.model_copy(update={"store": store})
    list(run_batch([str(folder)], tmp_path / "elsewhere", other))
    assert handler.asked == asked
