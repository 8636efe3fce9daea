"""Whatever the process of a submission sends, the grader gets an answer or says that there is none."""

import struct
import sys
from contextlib import suppress
from pathlib import Path

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.sandbox import distant
from grader.sandbox.boundary import WorkerLost
from grader.sandbox.distant import Distant
from grader.sandbox.jail import Command, NoJail
from grader.sandbox.limits import Limits
from grader.sandbox.raised import Elsewhere, StoppedElsewhere
from grader.sandbox.time_limit import TimeLimitReached, limit
from tests.sandbox.test_wire import messages, values

LIAR = """
import socket, sys
connection = socket.socket(fileno=0)
connection.sendall(bytes.fromhex(sys.argv[1]))
while connection.recv(1000):
    pass
"""


def frame(*fields):
    """Return a message as it travels."""
    payload = msgpack.packb(["l", *fields])
    return struct.pack(">I", len(payload)) + payload


READY = frame("ready")
DONE = frame("done", None, ["l"], ["l"], 0.0)


class FakeProcess:
    """Says it is ready, and then what it was told to say."""

    script: list

    def __init__(self, *_):
        pass

    def expect_start(self):
        pass

    def expect_ready(self, _seconds):
        pass

    def send(self, message, refer, _seconds):
        pass

    def receive(self, resolve, _seconds):
        if not self.script:
            raise distant.ProcessEnded("it is over")
        return self.script.pop(0)

    def take_printed(self):
        return ""

    def stop(self):
        pass


strange = st.lists(values, min_size=1).filter(lambda message: isinstance(message[0], str))
questions = st.tuples(
    st.just("ask"), st.integers(-2, 2) | values, st.sampled_from(["__call__", "forward"]) | values
).flatmap(lambda head: st.tuples(*map(st.just, head), values, values))
ended = st.tuples(st.just("ended"), values)
scripts = st.lists(
    strange | messages.filter(lambda m: isinstance(m[0], str)) | questions | ended, max_size=4
)
WORDS = (WorkerLost, Elsewhere, StoppedElsewhere)


@given(scripts)
def test_any_messages(script):
    FakeProcess.script = [["done", None, [], [], 0.0], *map(list, script)]
    original, distant.Process = distant.Process, FakeProcess
    try:
        place = Distant(Command([], Path(), []), Limits(), [])
        with limit.at_most(60):
            place.begin("ex03_reshape", 0)
            with suppress(*WORDS):
                place.load("ex03_reshape")
            with suppress(*WORDS):
                place.get(1, "forward")
            with suppress(*WORDS):
                place.set(1, "input", 3)
            with suppress(*WORDS):
                place.call(1, [abs], {})
    finally:
        distant.Process = original


def lying(data):
    """Return a place whose process sends these bytes and nothing else."""

    class Liar(Command):
        def python(self, _code, *_arguments):
            return [sys.executable, "-I", "-c", LIAR, data.hex()]

    return Distant(Liar([], Path(), []), Limits(), [])


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"\xff\xff\xff\xff", "too long"),
        (b"\x00\x00\x00\x05\xc1\xc1\xc1\xc1\xc1", "no message"),
        (frame("done"), "what no answer is"),
        (frame("ended", -11), "SIGSEGV"),
        (frame("ended", 7), "exit status 7"),
        (frame("ask", 5, "__call__", ["t"], ["d"]), "was not lent"),
        (frame("ask", 0, "__class__", ["t"], ["d"]), "was not lent"),
        (frame("ask", 0, "__call__", 1, 2), "in a way that none can"),
        (frame("done", ["r", -1, 5], ["l"], ["l"], 0.0), "no message|refers to nothing"),
        (frame("done", None, ["l"], ["l"], -1.0), "its time"),
        (frame("done", None, ["l"], ["l"], "x"), "its time"),
        (frame("done", None, ["l", 3], ["l"], 0.0), "text"),
        (frame("failed", ["l", "E", "family", "", ["l"], ""], ["l"], ["l"], 0.0), "its error"),
    ],
)
def test_lies_are_seen_through(answer, words):
    place = lying(READY + READY + DONE + answer)
    with limit.at_most(5):
        place.begin("ex03_reshape", 0)
        with pytest.raises(WorkerLost, match=words):
            place.call(0, [abs], {})
        with pytest.raises(WorkerLost):
            place.get(0, "x")
    place.stop()


def test_silence_ends(monkeypatch):
    monkeypatch.setattr(distant, "GRACE", 0.1)
    place = lying(READY + READY + DONE)
    with limit.at_most(60):
        place.begin("ex03_reshape", 0)
        with pytest.raises((WorkerLost, TimeLimitReached)), limit.at_most(0.1):
            place.get(0, "x")
    place.stop()


def test_half_a_message_ends(monkeypatch):
    monkeypatch.setattr(distant, "GRACE", 0.1)
    place = lying(READY + READY + DONE + DONE[:9])
    with limit.at_most(60):
        place.begin("ex03_reshape", 0)
        with pytest.raises((WorkerLost, TimeLimitReached)), limit.at_most(0.1):
            place.get(0, "x")
    place.stop()


def test_a_process_that_does_not_start_is_reported():
    place = lying(b"\x00\x00\x00\x01\xc0")
    with limit.at_most(60), pytest.raises(NoJail, match="cannot be started"):
        place.begin("ex03_reshape", 0)
