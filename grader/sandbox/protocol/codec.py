"""Encode and decode the plain data that travels between the grader and the student's process.

A message is a MessagePack document, preceded by its length. Numbers, texts and booleans stand for
themselves; everything else is a list that begins with a tag. Decoding never runs code from a message
and checks each part before using it: the other side may send anything.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from typing import Any, NoReturn

import msgpack
import numpy as np

from grader.runtime.errors import GraderError
from grader.sandbox.protocol.value_count import has_more_than

LARGEST_FRAME = 32_000_000
"""Bytes of a message."""
MOST_ITEMS = 100_000
"""How many values a message may hold, including tags and fields."""
DEEPEST = 40
"""How deeply lists may be nested in a message."""
LONGEST_TEXT = 100_000
"""Characters of a text, or bytes outside an array."""
LONGEST_NUMBER = 4000
"""Digits of a whole number."""
MOST_KEYS = 1000
"""Entries of a dictionary. For numbers chosen with care, storing them takes the square of this."""

DTYPES = {
    np.dtype(name).str: np.dtype(name)
    for name in (
        *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
        *("float16", "float32", "float64", "complex64", "complex128"),
    )
}
"""The types of arrays that may travel."""

HEADER = struct.Struct(">I")
TOO_LARGE = "this is too large to send"

Refer = Callable[[Any], list[Any]]
"""Returns the reference to an object that cannot travel: a one-letter tag and plain fields."""
Resolve = Callable[[str, list[Any]], Any]
"""Returns what a tag and its fields refer to; raises `ProtocolError` if that is nothing."""


class ProtocolError(GraderError):
    """A received message is malformed."""


def pack(value: Any, refer: Refer) -> bytes:
    """Encode a message, with its length in front.

    Raises
    ------
    ValueError
        If it is too large, or a text in it is too long.
    """
    payload = msgpack.packb(_Encoder(refer).encode(value), unicode_errors="surrogatepass")
    if len(payload) > LARGEST_FRAME or has_more_than(MOST_ITEMS, payload):
        raise ValueError(TOO_LARGE)
    return HEADER.pack(len(payload)) + bytes(payload)


def length(header: bytes) -> int:
    """Return the length of the message that follows a header.

    Raises
    ------
    ProtocolError
        If it is too long.
    """
    (size,) = HEADER.unpack(header)
    if size > LARGEST_FRAME:
        raise ProtocolError(f"a message of {size} bytes is too long")
    return int(size)


def unpack(payload: bytes, resolve: Resolve) -> Any:
    """Decode a message (without its length).

    Raises
    ------
    ProtocolError
        If it is malformed, too large or too deep.
    """
    if has_more_than(MOST_ITEMS, payload):
        _refuse("it holds too many values")
    try:
        tree = msgpack.unpackb(
            payload,
            unicode_errors="surrogatepass",
            max_array_len=MOST_ITEMS,
            max_str_len=4 * LONGEST_TEXT,
            max_map_len=0,
            max_ext_len=0,
        )
        return _Decoder(resolve).decode(tree)
    except ProtocolError:
        raise
    except (ValueError, RecursionError, msgpack.UnpackException) as error:
        raise ProtocolError(f"it cannot be decoded: {error}") from None


class _Encoder:
    """Encodes one message; it copies no array that would make the message too large."""

    def __init__(self, refer: Refer) -> None:
        self._refer = refer
        self._left = LARGEST_FRAME

    def encode(self, value: Any) -> Any:
        if isinstance(value, str | bytes):
            self._count(len(value))
            if len(value) > LONGEST_TEXT:
                raise ValueError("a text is too long to send")
        if value is None or isinstance(value, bool | float | str | bytes):
            return value
        if isinstance(value, int):
            return value if -(2**63) <= value < 2**63 else ["i", str(value)]
        if isinstance(value, complex):
            return ["c", value.real, value.imag]
        if isinstance(value, np.generic):
            return self.encode(value.item())
        if isinstance(value, np.ndarray):
            self._count(value.nbytes)
            return ["a", value.dtype.str, list(value.shape), value.tobytes()]
        if type(value) is list:
            return ["l", *map(self.encode, value)]
        if type(value) is tuple:
            return ["t", *map(self.encode, value)]
        if type(value) is dict:
            if len(value) > MOST_KEYS:
                raise ValueError(TOO_LARGE)
            return ["d", *(self.encode(item) for pair in value.items() for item in pair)]
        return self._refer(value)

    def _count(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise ValueError(TOO_LARGE)


class _Decoder:
    """Decodes one message, counting its values."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._left = MOST_ITEMS

    def decode(self, tree: Any, depth: int = 0) -> Any:
        self._left -= 1
        if depth > DEEPEST or self._left < 0:
            _refuse("it holds too many values, or is nested too deeply")
        if isinstance(tree, str | bytes) and len(tree) > LONGEST_TEXT:
            _refuse("a text is too long")
        if not isinstance(tree, list):
            return tree
        if not tree or not isinstance(tree[0], str):
            _refuse("a list has no tag")
        tag, fields = tree[0], tree[1:]
        if tag in ("l", "t", "d"):
            items = [self.decode(item, depth + 1) for item in fields]
            return items if tag == "l" else tuple(items) if tag == "t" else _dictionary(items)
        reader = {"a": _array, "i": _whole_number, "c": _complex_number}.get(tag)
        return reader(fields) if reader else self._resolve(tag, fields)


def _dictionary(items: list[Any]) -> dict[Any, Any]:
    keys, values = items[::2], items[1::2]
    if len(keys) > MOST_KEYS:
        _refuse("a dictionary has too many entries")
    if len(keys) != len(values) or not all(
        isinstance(key, bool | int | float | str | bytes | complex) for key in keys
    ):
        _refuse("a dictionary is malformed")
    return dict(zip(keys, values, strict=True))


def _array(fields: list[Any]) -> Any:
    name, shape, data = fields if len(fields) == 3 else _refuse("an array is malformed")
    if not (isinstance(name, str) and isinstance(shape, list) and isinstance(data, bytes)):
        _refuse("an array is malformed")
    if name not in DTYPES or len(shape) > 32:
        _refuse("an array has an unsupported type or too many dimensions")
    if not all(type(side) is int and 0 <= side <= LARGEST_FRAME for side in shape):
        _refuse("an array has an invalid shape")
    if math.prod(shape) * DTYPES[name].itemsize != len(data):
        _refuse("the size of an array does not match its shape")
    if DTYPES[name].kind == "b":  # a boolean's byte must be 0 or 1
        return (np.frombuffer(data, np.uint8) != 0).reshape(shape)
    return np.frombuffer(data, DTYPES[name]).reshape(shape).copy()


def _whole_number(fields: list[Any]) -> int:
    if len(fields) != 1 or not isinstance(fields[0], str) or len(fields[0]) > LONGEST_NUMBER:
        _refuse("a number is malformed")
    return int(fields[0])


def _complex_number(fields: list[Any]) -> complex:
    if len(fields) != 2 or not all(isinstance(field, float) for field in fields):
        _refuse("a number is malformed")
    return complex(*fields)


def _refuse(reason: str) -> NoReturn:
    raise ProtocolError(reason)
