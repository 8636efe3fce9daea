"""Whatever the process of a submission sends, the grader gets an answer or says that there is none."""

import resource
import struct
import sys
from contextlib import suppress
from pathlib import Path

import msgpack
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.runtime.backend import Arguments, Handle
from grader.runtime.error_report import RemoteError, RemoteTimeLimitReached
from grader.runtime.errors import ProcessLost
from grader.runtime.time_limit import TimeLimitReached, limit
from grader.sandbox.client import process_pool, remote_backend
from grader.sandbox.client.callbacks import CallbackTable, CallbackTarget
from grader.sandbox.client.connection import ProcessEnded
from grader.sandbox.client.process_pool import ProcessPool
from grader.sandbox.client.remote_backend import RemoteBackend
from grader.sandbox.jail import Command, SandboxUnavailable
from grader.sandbox.limits import Limits
from tests.properties.profiles import examples
from tests.sandbox.test_codec import messages, values

LIAR = """
import socket, sys
parent = socket.socket(fileno=0)
parent.sendall(bytes.fromhex(sys.argv[1]))
while True:
    data, descriptors, *_ = socket.recv_fds(parent, 1000, 1)
    if descriptors:
        child = socket.socket(fileno=descriptors[0])
        child.sendall(bytes.fromhex(sys.argv[2]))
    elif b"end" in data:
        parent.sendall(bytes.fromhex(sys.argv[3]))
    elif not data:
        break
"""


def frame(*fields):
    """Return a message as it travels."""
    payload = msgpack.packb(["l", *fields])
    return struct.pack(">I", len(payload)) + payload


def answers(*several):
    """Return an answer to some steps as it travels."""
    return frame("answers", *(["l", *answer] for answer in several))


READY = frame("ready")
DONE = ("done", None, ["l"], ["l"])
STARTED = READY + answers(DONE)
ENDED = frame("ended", 0)


class FakeProcess:
    """Says what it was told to say."""

    script: list

    def __init__(self, *_):
        pass

    def expect_start(self):
        pass

    def start_child(self):
        pass

    def allow(self, size):
        pass

    def worked(self):
        return 0.0

    def send(self, message, refer, patience):
        pass

    def receive(self, resolve, patience):
        if not self.script:
            raise ProcessEnded("it is over")
        return self.script.pop(0)

    def take_printed(self):
        return ""

    def is_as_new(self):
        return True

    def forget_printed(self):
        pass

    def stop(self):
        pass


def start(backend):
    """Begin a check, as far as it takes a message."""
    backend.begin("ex03_reshape", 0)
    backend.settle()


ABS, NOTHING = [Arguments([abs], {})], [Arguments([], {})]
NAMES = [f"name_{number}" for number in range(21)]

strange = st.lists(values, min_size=1).filter(lambda message: isinstance(message[0], str))
questions = st.tuples(
    st.just("ask"), st.integers(-2, 2) | values, st.sampled_from(["__call__", "forward"]) | values
).flatmap(lambda head: st.tuples(*map(st.just, head), values, values))
answerings = st.lists(
    values | st.tuples(st.sampled_from(["done", "failed"]), values, values, values).map(list),
    max_size=3,
).map(lambda several: ["answers", *several])
scripts = st.lists(
    strange | answerings | messages.filter(lambda m: isinstance(m[0], str)) | questions, max_size=4
)
LIMIT = resource.getrlimit(resource.RLIMIT_AS)[0]
WORDS = (ProcessLost, RemoteError, RemoteTimeLimitReached)


@examples(5)
@given(scripts)
def test_any_messages(script):
    FakeProcess.script = [["answers", ["done", None, [], []]], *map(list, script)]
    original, process_pool.Process = process_pool.Process, FakeProcess
    try:
        backend = RemoteBackend(ProcessPool(Command([], Path(), []), Limits(), []))
        with limit.at_most(60):
            start(backend)
            with suppress(*WORDS):
                backend.load("ex03_reshape")
            with suppress(*WORDS):
                backend.get(1, "forward")
            with suppress(*WORDS):
                backend.set(1, {"input": 3})
                backend.settle()
            with suppress(*WORDS):
                backend.call(1, ABS)
    finally:
        process_pool.Process = original


def lying(child, parent=READY, ended=ENDED):
    """Return a backend where a child sends these bytes and nothing else, and its parent those."""

    class Liar(Command):
        def python(self, _code, *_arguments):
            words = [sent.hex() for sent in (parent, child, ended)]
            return [sys.executable, "-I", "-c", LIAR, *words]

    return RemoteBackend(ProcessPool(Liar([], Path(), []), Limits(), []))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"\xff\xff\xff\xff", "too long"),
        (b"\x00\x00\x00\x05\xc1\xc1\xc1\xc1\xc1", "no message"),
        (answers(("done",)), "what no answer is"),
        (frame("ended", -11), "answers something else"),
        (answers(), "answers something else"),
        (answers(DONE, DONE), "answers something else"),
        (frame("answers", 5), "neither a value nor an error"),
        (answers(("done", ["r", 1, "Dense", ["a b"]], ["l"], ["l"])), "refers to nothing"),
        (answers(("done", ["r", 1, "Dense", NAMES], ["l"], ["l"])), "refers"),
        (frame("ask", 5, "__call__", ["t"], ["d"]), "was not lent"),
        (frame("ask", 0, "__class__", ["t"], ["d"]), "was not lent"),
        (frame("ask", 0, "__call__", 1, 2), "in a way that none can"),
        (frame("ask", 0), "in a way that none can"),
        (answers(("done", ["r", -1, 5], ["l"], ["l"])), "no message|refers to nothing"),
        (answers(("done", ["g", 5], ["l"], ["l"])), "was not lent"),
        (answers(("done", None, ["l", 3], ["l"])), "text"),
        (answers(("done", None, ["l"], ["l"], 0.0)), "neither a value nor an error"),
        (answers(("failed", ["l", "E", "family", "", ["l"], ""], ["l"], ["l"])), "its error"),
    ],
)
def test_lies_are_seen_through(answer, words):
    backend = lying(STARTED + answer)
    with limit.at_most(5):
        start(backend)
        with pytest.raises(ProcessLost, match=words):
            backend.call(0, ABS)
        with pytest.raises(ProcessLost):
            backend.get(0, "x")
    backend.stop()


@pytest.mark.parametrize(("code", "words"), [(-11, "SIGSEGV"), (7, "exit status 7")])
def test_the_parent_says_how_a_child_ended(code, words):
    backend = lying(STARTED + b"\xff" * 4, ended=frame("ended", code))
    with limit.at_most(5):
        start(backend)
        backend._process._child.close()
        assert words in backend._process._how_the_child_ended()
    backend.stop()


def test_what_comes_back_of_the_graders_is_a_stand_in():
    backend = lying(STARTED + answers(("done", ["g", 0], ["l"], ["l"])))
    with limit.at_most(5):
        start(backend)
        ((answer, _, _),) = backend.call(0, ABS)
    assert (type(answer), answer.target, answer.kind) == (
        Handle,
        CallbackTarget(0),
        "builtin_function_or_method",
    )
    backend.stop()


def test_few_methods_are_known_by_their_names():
    names = [f"n{number}" for number in range(20)]
    many = [["r", number, "Dense", names] for number in range(300)]
    backend = lying(STARTED + answers(("done", ["l", *many], ["l"], ["l"])))
    with limit.at_most(20):
        start(backend)
        backend.call(0, ABS)
    assert len(backend._known) < remote_backend.MOST_KNOWN + 20
    backend.stop()


def test_answers_have_a_size_in_all(monkeypatch):
    monkeypatch.setattr(remote_backend, "MOST_BYTES", 180)
    backend = lying(STARTED + 5 * answers(("done", b"x" * 30, ["l"], ["l"])))
    with limit.at_most(5):
        start(backend)
        for _ in range(2):
            backend.call(0, NOTHING)
        with pytest.raises(ProcessLost, match="more than all answers"):
            backend.call(0, NOTHING)
    backend.stop()


def test_the_graders_functions_are_frugal():
    lending = CallbackTable()
    number, *_ = lending.lend(lambda column, row: float(np.sum(column * row)))
    assert lending.call(number, "__call__", (np.ones((9, 1)), np.ones((1, 9))), {}) == 81
    with pytest.raises(MemoryError):
        lending.call(number, "__call__", (np.ones((30_000, 1)), np.ones((1, 30_000))), {})
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == LIMIT


def test_silence_ends(monkeypatch):
    monkeypatch.setattr(remote_backend, "GRACE", 0.1)
    backend = lying(STARTED)
    with limit.at_most(60):
        start(backend)
        with pytest.raises((ProcessLost, TimeLimitReached)), limit.at_most(0.1):
            backend.get(0, "x")
    backend.stop()


def test_half_a_message_ends(monkeypatch):
    monkeypatch.setattr(remote_backend, "GRACE", 0.1)
    backend = lying(STARTED + answers(DONE)[:9])
    with limit.at_most(60):
        start(backend)
        with pytest.raises((ProcessLost, TimeLimitReached)), limit.at_most(0.1):
            backend.get(0, "x")
    backend.stop()


def test_a_process_that_does_not_start_is_reported():
    backend = lying(b"", parent=b"\x00\x00\x00\x01\xc0")
    with limit.at_most(60), pytest.raises(SandboxUnavailable, match="cannot be started"):
        start(backend)
