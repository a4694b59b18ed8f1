"""Many questions to one server, answers kept, topics side by side, prompts that begin alike."""

import threading
import time
from dataclasses import replace

import pytest

from report_writer.drafting.backend import (
    Answer,
    BackendAnswerError,
    BackendBusyError,
    BackendTimeoutError,
    BackendUnavailableError,
    Request,
)
from report_writer.drafting.backends.scripted import Scripted
from report_writer.drafting.pacing import Paced
from report_writer.drafting.remembering import Remembering, answer_key
from report_writer.drafting.writer import questions, write_draft
from report_writer.readers.dispatch import read
from tests.paths import EXAMPLES

ASK = Request(system="系统", user="问", seed=3)
QINGHE = EXAMPLES / "qinghe-2024" / "report.json"


class Server:
    """Answers at once or after a while; raises what is planned; counts what is in flight."""

    name, local, concurrency = "server", True, 4

    def __init__(self, *planned, pause=0.0):
        self.planned, self.pause = list(planned), pause
        self.options = {"file": "a", "threads": 2}
        self.lock = threading.Lock()
        self.asked = self.in_flight = self.most = 0
        self.closed = False

    def answer(self, request):
        with self.lock:
            self.asked += 1
            self.in_flight += 1
            self.most = max(self.most, self.in_flight)
            error = self.planned.pop(0) if self.planned else None
        time.sleep(self.pause)
        with self.lock:
            self.in_flight -= 1
        if error is not None:
            raise error
        return Answer(text="好。", tokens=2, seconds=0.1, finish="stop", raw="好。\n")

    def close(self):
        self.closed = True


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


def paced(server, **rest):
    clock = Clock()
    return Paced(server, at_once=2, sleep=clock.sleep, clock=clock, **rest), clock


def test_a_busy_server_is_asked_again_after_as_long_as_it_says():
    server = Server(BackendBusyError("忙", wait=7.0), BackendBusyError("忙", wait=3.0))
    backend, clock = paced(server)
    assert backend.answer(ASK).text == "好。"
    assert clock.now == pytest.approx(10.0)


def test_without_a_word_from_the_server_the_waits_grow_and_end():
    server = Server(*[BackendBusyError("忙") for _ in range(20)])
    backend, clock = paced(server)
    with pytest.raises(BackendBusyError):
        backend.answer(ASK)
    assert server.asked == 8
    assert 0.75 * 254 <= clock.now <= 1.25 * 254


def test_a_server_that_is_gone_is_tried_again_and_then_left_alone_for_a_while():
    server = Server(*[BackendUnavailableError("没了") for _ in range(5)])
    backend, clock = paced(server)
    with pytest.raises(BackendUnavailableError):
        backend.answer(ASK)
    assert (server.asked, clock.now) == (4, 42.0)
    with pytest.raises(BackendUnavailableError):
        backend.answer(ASK)
    assert server.asked == 5
    clock.sleep(61)
    assert backend.answer(ASK).text == "好。"


def test_a_time_out_is_not_repeated():
    backend, _ = paced(Server(BackendTimeoutError("慢")))
    with pytest.raises(BackendTimeoutError):
        backend.answer(ASK)


def test_no_more_questions_are_in_flight_than_allowed():
    server = Server(pause=0.03)
    backend = Paced(server, at_once=2)
    threads = [threading.Thread(target=backend.answer, args=(ASK,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (server.asked, server.most) == (8, 2)


def test_no_more_questions_a_minute_than_allowed():
    pytest.importorskip("langchain_core")
    backend = Paced(Server(), at_once=4, per_minute=600)
    start = time.monotonic()
    for _ in range(4):
        backend.answer(ASK)
    assert time.monotonic() - start >= 0.25


def test_an_answer_is_asked_for_once_and_then_remembered():
    server, kept = Server(), Kept()
    backend = Remembering(server, kept)
    told = []
    first = backend.answer(ASK)
    second = backend.answer(replace(ASK, tag="另一主题", on_text=told.append))
    assert server.asked == 1
    assert (second.text, second.raw, second.tokens) == (first.text, first.raw, first.tokens)
    assert told == ["好。\n"]
    assert (backend.asked, backend.remembered) == (2, 1)
    backend.close()
    assert server.closed


@pytest.mark.parametrize(
    "change",
    [
        {"system": "别的"},
        {"user": "别的"},
        {"example": (("问", "答"),)},
        {"seed": 4},
        {"temperature": 0.7},
        {"max_tokens": 5},
        {"grammar": "root ::= x"},
        {"pattern": "x"},
        {"stop": ("。",)},
    ],
)
def test_whatever_changes_the_answer_changes_the_key(change):
    assert answer_key(Server(), ASK) != answer_key(Server(), replace(ASK, **change))


def test_another_model_or_option_is_another_key_and_the_number_of_threads_is_not():
    server, other, slower = Server(), Server(), Server()
    other.options = {"file": "b", "threads": 2}
    slower.options = {"file": "a", "threads": 1}
    assert answer_key(server, ASK) != answer_key(other, ASK)
    assert answer_key(server, ASK) == answer_key(slower, ASK)
    other.options, other.name = server.options, "other"
    assert answer_key(server, ASK) != answer_key(other, ASK)


def test_what_went_wrong_is_not_kept():
    kept = Kept()
    backend = Remembering(Scripted(["!empty", "!timeout", "好。"]), kept)
    with pytest.raises(BackendAnswerError):
        backend.answer(ASK)
    with pytest.raises(BackendTimeoutError):
        backend.answer(ASK)
    assert kept.texts == {}
    backend.answer(ASK)
    assert len(kept.texts) == 1


class Kept:
    def __init__(self):
        self.texts = {}

    def get(self, key):
        return self.texts.get(key)

    def put(self, key, model, answer):
        self.texts.setdefault(key, answer)


def test_topics_are_written_side_by_side_where_the_backend_allows():
    server, alone = Server(pause=0.05), Server()
    alone.concurrency = 1
    told, heard = [], []
    beside = write_draft(read(QINGHE), backend=server, on_progress=told.append)
    in_turn = write_draft(read(QINGHE), backend=alone, on_progress=heard.append)
    assert server.most > 1
    assert alone.most == 1
    assert beside.report == in_turn.report
    assert beside.warnings == in_turn.warnings
    ends = [(p.topic, p.done) for p in told if p.kind == "end"]
    assert ends == [(p.topic, p.done) for p in heard if p.kind == "end"]
    assert told[-1].tokens == heard[-1].tokens > 0


def test_a_server_that_is_lost_leaves_every_topic_to_the_rules_and_says_so():
    server = Server(*[BackendUnavailableError("没了") for _ in range(30)])
    draft = write_draft(read(QINGHE), backend=server)
    assert [w for w in draft.warnings if w.startswith("模型未能写出")]
    assert all(s.origin == "rule" for section in draft.trail.sections for s in section.sentences)


def test_prompts_begin_alike_for_all_agencies_so_that_a_server_need_not_read_them_again():
    """The rules of writing stand first and name no agency; what is an agency's own comes last."""
    one, other = _questions("laocheng-2023"), _questions("qinghe-2024")
    systems = {question.system for question in one}
    assert systems == {question.system for question in other}
    assert len(systems) < len(one)
    for question in one + other:
        whole = question.system + "".join(map("".join, question.example)) + question.user
        assert len(question.system) > 0.2 * len(whole)


def _questions(name):
    found = questions(read(EXAMPLES / name / "report.json"), local=True)
    return [question for _, question in found if isinstance(question, Request)]
