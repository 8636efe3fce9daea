"""Whatever a submission's process sends, the grader gets an answer or raises one of its own errors."""

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
from grader.sandbox.resource_limits import Limits
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
    if b"end" in data:  # two messages may come at once
        parent.sendall(bytes.fromhex(sys.argv[3]))
    if b"audit" in data:  # no answer would be waited for
        parent.sendall(bytes.fromhex(sys.argv[4]))
    if not data:
        break
"""


def frame(*fields):
    """Return an encoded message."""
    payload = msgpack.packb(["l", *fields])
    return struct.pack(">I", len(payload)) + payload


def answers(*several):
    """Return an encoded response."""
    return frame("answers", *(["l", *answer] for answer in several))


READY = frame("ready")
DONE = ("done", None, ["l"], ["l"])
STARTED = READY + answers(DONE)
ENDED = frame("ended", 0, False)
FOUND = frame("something")


class FakeProcess:
    """Sends the messages in its script."""

    script: list

    def __init__(self, *_):
        pass

    def expect_start(self):
        pass

    def start_child(self):
        pass

    def set_allowance(self, size):
        return 0.0

    def cpu_seconds(self):
        return 0.0

    def send(self, message, refer, deadline):
        pass

    def receive(self, resolve, deadline):
        if not self.script:
            raise ProcessEnded("it is over")
        return self.script.pop(0)

    def take_output(self):
        return ""

    def end_child_and_audit(self):
        return True

    def reset_output(self):
        pass

    def stop(self):
        pass


def start(backend):
    """Begin a check, and send its first request."""
    backend.begin("ex03_reshape", 0)
    backend.settle()


ABS, NOTHING = [Arguments([abs], {})], [Arguments([], {})]
NAMES = [f"name_{number}" for number in range(21)]

strange = st.lists(values, min_size=1).filter(lambda message: isinstance(message[0], str))
questions = st.tuples(
    st.just("ask"), st.integers(-2, 2) | values, st.sampled_from(["__call__", "forward"]) | values
).flatmap(lambda head: st.tuples(*map(st.just, head), values, values))
tags = st.sampled_from(["done", "failed"])
answerings = st.lists(
    values
    | st.tuples(tags, values, values, values).map(list)
    | st.tuples(tags, values, st.just([]), st.just([]), values).map(list),
    max_size=3,
).map(lambda several: ["answers", *several])
scripts = st.lists(
    strange | answerings | messages.filter(lambda m: isinstance(m[0], str)) | questions, max_size=4
)
WORDS = (ProcessLost, RemoteError, RemoteTimeLimitReached)


@examples(5)
@given(scripts)
def test_arbitrary_messages_are_handled(script):
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
    """Return a backend whose child and parent processes send these bytes and nothing else."""

    class Liar(Command):
        def python(self, _code, *_arguments):
            words = [sent.hex() for sent in (parent, child, ended, FOUND)]
            return [sys.executable, "-I", "-c", LIAR, *words]

    return RemoteBackend(ProcessPool(Liar([], Path(), []), Limits(), []))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"\xff\xff\xff\xff", "too long"),
        (b"\x00\x00\x00\x05\xc1\xc1\xc1\xc1\xc1", "malformed response .it cannot be decoded"),
        (answers(("done",)), "a malformed response"),
        (frame("ended", -11), "does not answer the request"),
        (answers(), "does not answer the request"),
        (answers(DONE, DONE), "does not answer the request"),
        (frame("answers", 5), "neither a value nor an error"),
        (
            answers(("done", ["r", 1, "Dense", ["a b"]], ["l"], ["l"])),
            "refers to an unknown object",
        ),
        (answers(("done", ["r", 1, "Dense", NAMES], ["l"], ["l"])), "refers"),
        (frame("ask", 5, "__call__", ["t"], ["d"]), "is not a callback"),
        (frame("ask", 0, "__class__", ["t"], ["d"]), "is not a callback"),
        (frame("ask", 0, "__call__", 1, 2), "a malformed request"),
        (frame("ask", 0), "a malformed request"),
        (answers(("done", ["r", -1, 5], ["l"], ["l"])), "refers to an unknown object"),
        (answers(("done", ["g", 5], ["l"], ["l"])), "is not a callback"),
        (answers(("done", None, ["l", 3], ["l"])), "text"),
        (answers(("done", None, ["l"], ["l"], ["l"], ["l"])), "neither a value nor an error"),
        (answers(("done", None, ["l"], ["l"], 0.0)), "its arguments are malformed"),
        (answers(("done", None, ["l"], ["l"], ["t"])), "its arguments are malformed"),
        (
            answers(("failed", ["l", "E", "", "", ["l"], ""], ["l"], ["l"], ["l"])),
            "its arguments are malformed",
        ),
        (answers(("failed", ["l", "E", "family", "", ["l"], ""], ["l"], ["l"])), "its error"),
    ],
)
def test_malformed_messages_lose_the_process(answer, words):
    backend = lying(STARTED + answer)
    with limit.at_most(5):
        start(backend)
        with pytest.raises(ProcessLost, match=words):
            backend.call(0, ABS)
        with pytest.raises(ProcessLost):
            backend.get(0, "x")
    backend.stop()


@pytest.mark.parametrize(("code", "words"), [(-11, "SIGSEGV"), (7, "exited with status 7")])
def test_the_parent_says_how_a_child_ended(code, words):
    backend = lying(STARTED + b"\xff" * 4, ended=frame("ended", code, False))
    with limit.at_most(5):
        start(backend)
        backend._process._child.close()
        assert words in backend._process._how_the_child_ended()
    backend.stop()


def test_a_returned_callback_is_only_a_handle():
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


def test_the_number_of_known_methods_is_limited():
    names = [f"n{number}" for number in range(20)]
    many = [["r", number, "Dense", names] for number in range(300)]
    backend = lying(STARTED + answers(("done", ["l", *many], ["l"], ["l"])))
    with limit.at_most(20):
        start(backend)
        backend.call(0, ABS)
    assert len(backend._known) < remote_backend.MOST_KNOWN + 20
    backend.stop()


def test_the_total_size_of_responses_is_limited(monkeypatch):
    monkeypatch.setattr(remote_backend, "MOST_BYTES", 180)
    backend = lying(STARTED + 5 * answers(("done", b"x" * 30, ["l"], ["l"])))
    with limit.at_most(5):
        start(backend)
        for _ in range(2):
            backend.call(0, NOTHING)
        with pytest.raises(ProcessLost, match="more data than all responses"):
            backend.call(0, NOTHING)
    backend.stop()


@pytest.mark.parametrize(
    "large",
    [
        np.ones((1800, 1800)),
        [np.ones(1500), (np.ones(1500),)],
        {"a": [1.5] * 3000},
        [[10**4000] * 9] * 9,
        ["x" * 3000],
    ],
)
def test_callbacks_take_little_at_a_time(large):
    table = CallbackTable()
    number, *_ = table.register(lambda *args, **kwargs: len(args) + len(kwargs))
    assert table.call(number, "__call__", (np.ones((9, 1)), np.ones((1, 9))), {}) == 2
    for args, kwargs in (((large,), {}), ((), {"input": large})):
        with pytest.raises(ValueError, match="takes at most 2000 numbers"):
            table.call(number, "__call__", args, kwargs)


def test_waiting_for_a_silent_process_ends(monkeypatch):
    monkeypatch.setattr(remote_backend, "GRACE", 0.1)
    backend = lying(STARTED)
    with limit.at_most(60):
        start(backend)
        with pytest.raises((ProcessLost, TimeLimitReached)), limit.at_most(0.1):
            backend.get(0, "x")
    backend.stop()


def test_waiting_for_the_rest_of_a_message_ends(monkeypatch):
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
