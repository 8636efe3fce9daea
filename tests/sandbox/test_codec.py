"""Messages arrive unchanged; malformed messages are refused, and take little memory."""

import contextlib
import tracemalloc

import msgpack
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.runtime.error_report import LONGEST
from grader.runtime.plain_data import export
from grader.sandbox.client import responses
from grader.sandbox.protocol import codec
from grader.sandbox.protocol.codec import ProtocolError
from grader.sandbox.protocol.value_count import has_more_than
from tests.properties.profiles import examples

numbers = st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.none()
texts = st.text(st.characters(codec=None)) | st.binary()  # lone surrogates too
arrays = hnp.arrays(
    st.sampled_from(sorted(codec.DTYPES)), hnp.array_shapes(min_dims=0, min_side=0, max_side=4)
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
    raise ProtocolError("there is no object")


def received(data):
    """Strip the length from a message, and decode it."""
    size = codec.length(data[: codec.HEADER.size])
    assert len(data) == codec.HEADER.size + size
    return codec.unpack(data[codec.HEADER.size :], no_object)


def alike(one, other):
    """Return whether two values are the same in every bit and type."""
    if isinstance(one, list | tuple):
        return type(one) is type(other) and len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(map(alike, one.values(), other.values()))
    if isinstance(one, np.ndarray):
        same = (one.dtype, one.shape) == (other.dtype, other.shape)
        return same and one.tobytes() == other.tobytes() and other.flags.writeable
    return type(one) is type(other) and repr(one) == repr(other)


@given(values)
def test_plain_data_arrives_unchanged(value):
    data = codec.pack(value, no_object)
    assert alike(export(value), received(data))


MOST_MEMORY = 100_000_000
"""In bytes: msgpack trusts each of a thousand nested lists to be as long as it claims."""


def read_or_refuse(payload):
    """Decode a message in reasonable memory, or refuse it with a `ProtocolError`."""
    tracemalloc.start()
    try:
        with contextlib.suppress(ProtocolError):
            message = codec.unpack(payload, no_object)
            if isinstance(message, list):
                responses.read(message, 3)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4 * len(payload) + MOST_MEMORY


@examples(10)
@given(st.binary(max_size=400))
@example(b"\x91" * 2000)
@example(b"\xdd\xff\xff\xff\xff")
@example(b"\xc6\xff\xff\xff\xff")
@example(b"\xc1")
@example(b"\x80")
@example(b"\xdd\x00\x01\x86\x9f" * 2000)
def test_noise_is_refused(payload):
    read_or_refuse(payload)


@examples(10)
@given(trees)
def test_almost_valid_messages_are_refused(tree):
    read_or_refuse(msgpack.packb(tree))


pieces = st.lists(
    st.sampled_from(
        [b"\x90", b"\x80", b"\xc0", b"\xa0", b"\xc4\x00", b"\xcb" + b"\0" * 8, b"\xa1x"]
    )
    | st.binary(min_size=1, max_size=4),
    min_size=1,
    max_size=3,
).map(b"".join)
heads = st.sampled_from([b"", b"\x9f", b"\xdc\xff\xff", b"\xdd\x00\x01\x86\x9f\xa1l"])


@examples(10)
@given(heads, heads, pieces, st.integers(1, 3_000_000))
@example(b"", b"", b"\xdd\x00\x01\x86\x9f\xa1l" + b"\x90" * 99_998, 60_000_000)
@example(b"\xdd\x00\x01\x86\x9f\xa1l", b"", b"\x91\xa1l", 199_996)
def test_a_bomb_takes_little_memory(outer, inner, piece, size):
    read_or_refuse((outer + (inner + piece * 1000) * (1 + size // (1000 * len(piece))))[:size])


@examples(10)
@given(trees)
def test_the_values_of_a_message_are_counted_before_it_is_read(tree):
    def count(value):
        return 1 + (sum(map(count, value)) if isinstance(value, list) else 0)

    payload = msgpack.packb(tree)
    assert not has_more_than(count(tree), payload)
    assert has_more_than(count(tree) - 1, payload) or len(payload) < count(tree)


@examples(10)
@given(st.binary(max_size=200), st.integers(0, 400), values)
def test_a_damaged_message_is_refused(noise, position, value):
    data = codec.pack(value, no_object)[codec.HEADER.size :]
    read_or_refuse(data[:position] + noise + data[position + 1 :])


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
        ["d", *range(2 * codec.MOST_KEYS + 2)],
        ["g", 0],
        ["r", 0, "x"],
        ["?", 0],
        [],
        [1, 2],
        ["l", ["l", []]],
        "x" * (codec.LONGEST_TEXT + 1),
        b"x" * (codec.LONGEST_TEXT + 1),
    ],
)
def test_malformed_values_are_refused(tree):
    with pytest.raises(ProtocolError):
        codec.unpack(msgpack.packb(tree), no_object)


def test_depth_and_number_of_values_are_limited():
    deep = 1
    for _ in range(codec.DEEPEST + 1):
        deep = ["l", deep]
    for tree in (deep, ["l", *[["l", *[1] * 999]] * 101]):
        with pytest.raises(ProtocolError):
            codec.unpack(msgpack.packb(tree), no_object)


def test_lengths_are_limited():
    assert codec.length(codec.HEADER.pack(codec.LARGEST_FRAME)) == codec.LARGEST_FRAME
    with pytest.raises(ProtocolError, match="too long"):
        codec.length(codec.HEADER.pack(codec.LARGEST_FRAME + 1))


@pytest.mark.parametrize(
    "payload",
    [
        msgpack.packb(["a", "<f8", [2**33], b"x" * 1000]),
        b"\xdd\x00\x01\x86\xa0" + b"\x90" * 1000,  # claims to be a list of 100,000
        b"\xdc\x00\x10" * 30_000,
        msgpack.packb(["l", *[["l"]] * 99_999]),
    ],
)
def test_decoding_takes_memory_in_proportion_to_the_message(payload):
    tracemalloc.start()
    with contextlib.suppress(ProtocolError):
        codec.unpack(payload, no_object)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200 * len(payload) + 2_000_000


def test_any_nonzero_byte_is_decoded_as_true():
    array = codec.unpack(msgpack.packb(["a", "|b1", [3], b"\x00\x07\xff"]), no_object)
    assert array.tobytes() == b"\x00\x01\x01"


@given(st.lists(values, max_size=6))
def test_a_response_is_read_or_refused(message):
    for whole in (message, ["answers", *message]):
        with contextlib.suppress(ProtocolError):
            responses.read(whole, 3)


some_texts = st.lists(st.text()) | values
families = st.sampled_from(["", "type", "stopped", "?"]) | values
frames = st.lists(st.tuples(st.text(), st.integers(), st.text()).map(list)) | values
raised = st.tuples(st.text() | values, families, st.text() | values, frames, st.text() | values)
messages = st.tuples(
    st.sampled_from(["done", "failed"]) | values,
    raised.map(list) | values,
    some_texts,
    some_texts,
)


@examples(10)
@given(messages)
def test_an_almost_valid_response_is_read_or_refused(message):
    try:
        (answer,) = responses.read(["answers", list(message)], 1)
    except ProtocolError:
        return
    texts = [*answer.effects.changed, *answer.effects.warnings, answer.import_failure]
    if answer.raised:
        kind, _, text, frames = answer.raised
        texts += [kind, text, *(part for frame in frames for part in (frame.file, frame.function))]
    assert all(text.isprintable() and len(text) <= 10 * LONGEST for text in texts)


@pytest.mark.parametrize("file", ["../x.py", "/etc/passwd"])
def test_an_error_can_only_name_files_of_the_submission(file):
    raised = ["ValueError", "", "", [[file, 1, "f"]], ""]
    fine = ["failed", [*raised[:3], [["x.py", 1, "f"]], ""], [], []]
    assert responses.read(["answers", fine], 1)[0].raised
    with pytest.raises(ProtocolError):
        responses.read(["answers", ["failed", raised, [], []]], 1)
