"""A chat server on this machine that knows one sentence, for tests of batches."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


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


@contextmanager
def serving() -> Iterator[tuple[type[Model], str]]:
    """A server of its own: its handler, which counts, and the spec of its model."""
    handler = type("Handler", (Model,), {"lock": threading.Lock()})
    served = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    served.daemon_threads = True
    threading.Thread(target=served.serve_forever, daemon=True).start()
    try:
        yield handler, f"openai:m@http://127.0.0.1:{served.server_port}/v1"
    finally:
        served.shutdown()
        served.server_close()
