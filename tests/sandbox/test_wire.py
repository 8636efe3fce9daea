"""Messages come through as they were; whatever else comes is refused, in little memory."""

import contextlib
import tracemalloc

import msgpack
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.sandbox import answers, wire
from grader.sandbox.plain import export
from grader.sandbox.wire import WireError

numbers = st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.none()
texts = st.text(st.characters(codec=None)) | st.binary()  # lone surrogates too
arrays = hnp.arrays(
    st.sampled_from(sorted(wire.DTYPES)), hnp.array_shapes(min_dims=0, min_side=0, max_side=4)
)
values = st.recursive(
    numbers | texts | arrays,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(texts, inner),
    max_leaves=12,
)
trees = st.recursive(
    numbers.filter(lambda x: not isinstance(x, complex) and not (type(x) is int and abs(x) >> 62))
    | st.text()
    | st.binary(),
    lambda inner: st.lists(inner) | st.tuples(st.sampled_from("altdicgrm"), inner, inner).map(list),
    max_leaves=20,
)


def no_object(*_):
    raise WireError("there is none")


def received(data):
    """Take the length off a message, and read it."""
    size = wire.length(data[: wire.HEADER.size])
    assert len(data) == wire.HEADER.size + size
    return wire.unpack(data[wire.HEADER.size :], no_object)


def alike(one, other):
    """Tell whether two values are the same in every bit and type."""
    if isinstance(one, list | tuple):
        return type(one) is type(other) and len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(map(alike, one.values(), other.values()))
    if isinstance(one, np.ndarray):
        same = (one.dtype, one.shape) == (other.dtype, other.shape)
        return same and one.tobytes() == other.tobytes() and other.flags.writeable
    return type(one) is type(other) and repr(one) == repr(other)


@given(values)
def test_plain_data_comes_through(value):
    data = wire.pack(value, no_object)
    assert alike(export(value), received(data))


@given(st.binary(max_size=400))
@example(b"\x91" * 2000)
@example(b"\xdd\xff\xff\xff\xff")
@example(b"\xc6\xff\xff\xff\xff")
@example(b"\xc1")
def test_noise_is_refused(payload):
    with contextlib.suppress(WireError):
        wire.unpack(payload, no_object)


@given(trees)
def test_what_only_looks_like_a_message_is_refused(tree):
    with contextlib.suppress(WireError):
        wire.unpack(msgpack.packb(tree), no_object)


@given(st.binary(max_size=200), st.integers(0, 400), values)
def test_a_message_with_a_hole_is_refused(noise, place, value):
    data = wire.pack(value, no_object)[wire.HEADER.size :]
    with contextlib.suppress(WireError):
        wire.unpack(data[:place] + noise + data[place + 1 :], no_object)


@pytest.mark.parametrize(
    "tree",
    [
        ["a", "<f8", [10**12], b""],
        ["a", "<f8", [2**31, 2**31, 0], b""],
        ["a", "<f8", [-1, -1], b"12345678"],
        ["a", "<f8", [True], b"12345678"],
        ["a", "<f8", [2.0], b"1234567812345678"],
        ["a", "<f8", [1] * 40, b"12345678"],
        ["a", "|O", [1], b"12345678"],
        ["a", "<M8[s]", [1], b"12345678"],
        ["a", "V8", [1], b"12345678"],
        ["a", "<f8", [1], "12345678"],
        ["a", "<f8"],
        ["i", "1" * 5000],
        ["i", "0x10"],
        ["i", 5],
        ["c", 1, 2],
        ["d", 1],
        ["d", ["l"], 1],
        ["g", 0],
        ["r", 0, "x"],
        ["?", 0],
        [],
        [1, 2],
        ["l", ["l", []]],
    ],
)
def test_broken_values_are_refused(tree):
    with pytest.raises(WireError):
        wire.unpack(msgpack.packb(tree), no_object)


def test_depth_and_number_are_limited():
    deep = 1
    for _ in range(wire.DEEPEST + 1):
        deep = ["l", deep]
    for tree in (deep, ["l", *[["l", *[1] * 999]] * 101]):
        with pytest.raises(WireError):
            wire.unpack(msgpack.packb(tree), no_object)


def test_a_length_is_believed_up_to_a_limit():
    assert wire.length(wire.HEADER.pack(wire.LARGEST_FRAME)) == wire.LARGEST_FRAME
    with pytest.raises(WireError, match="too long"):
        wire.length(wire.HEADER.pack(wire.LARGEST_FRAME + 1))


@pytest.mark.parametrize(
    "payload",
    [
        msgpack.packb(["a", "<f8", [2**33], b"x" * 1000]),
        b"\xdd\x00\x01\x86\xa0" + b"\x90" * 1000,  # says that it is a list of 100,000
        b"\xdc\x00\x10" * 30_000,
        msgpack.packb(["l", *[["l"]] * 99_999]),
    ],
)
def test_reading_takes_no_more_memory_than_the_message_deserves(payload):
    tracemalloc.start()
    with contextlib.suppress(WireError):
        wire.unpack(payload, no_object)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200 * len(payload) + 2_000_000


def test_a_truth_value_is_one_whatever_its_byte():
    array = wire.unpack(msgpack.packb(["a", "|b1", [3], b"\x00\x07\xff"]), no_object)
    assert array.tobytes() == b"\x00\x01\x01"


@given(st.lists(values, max_size=6))
def test_an_answer_is_taken_apart_or_refused(message):
    with contextlib.suppress(WireError):
        answers.read(message)


some_texts = st.lists(st.text()) | values
families = st.sampled_from(["", "type", "stopped", "?"]) | values
frames = st.lists(st.tuples(st.text(), st.integers(), st.text()).map(list)) | values
raised = st.tuples(st.text() | values, families, st.text() | values, frames, st.text() | values)
messages = st.tuples(
    st.sampled_from(["done", "failed"]) | values,
    raised.map(list) | values,
    some_texts,
    some_texts,
    st.floats() | values,
)


@given(messages)
def test_an_answer_that_is_nearly_one_is_taken_apart_or_refused(message):
    try:
        answer = answers.read(list(message))
    except WireError:
        return
    assert answer.worked >= 0
    assert all(isinstance(text, str) for text in answer.effects.changed + answer.effects.warnings)


@pytest.mark.parametrize("file", ["../x.py", "/etc/passwd"])
def test_an_error_names_files_of_the_submission_alone(file):
    raised = ["ValueError", "", "", [[file, 1, "f"]], ""]
    with pytest.raises(WireError):
        answers.read(["failed", raised, [], [], 0.0])
