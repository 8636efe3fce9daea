"""How plain data travels between the grader and the process of the student's code.

A message is a MessagePack document after its length. Numbers, texts and truth values are themselves;
all else is a list that begins with a tag. Nothing is ever run to read a message, and each part of it is
looked at before it is used: the other side may send anything.
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

LARGEST_FRAME = 64_000_000
"""Bytes of a message."""
MOST_ITEMS = 100_000
"""How many values a message may hold, the tags and the fields of others among them."""
DEEPEST = 40
"""How deeply lists may be nested in a message."""
LONGEST_TEXT = 100_000
"""Characters of a text, and bytes that are no array."""
LONGEST_NUMBER = 4000
"""Digits of a whole number."""

DTYPES = {
    np.dtype(name).str: np.dtype(name)
    for name in (
        *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
        *("float16", "float32", "float64", "complex64", "complex128"),
    )
}
"""The arrays that may travel."""

HEADER = struct.Struct(">I")

Refer = Callable[[Any], list[Any]]
"""Returns what stands for an object that cannot travel: a tag of one letter and plain fields."""
Resolve = Callable[[str, list[Any]], Any]
"""Returns what such a tag and its fields stand for; raises `ProtocolError` if for nothing."""


class ProtocolError(GraderError):
    """What has come is not a message."""


def pack(value: Any, refer: Refer) -> bytes:
    """Return a message, with its length in front.

    Raises
    ------
    ValueError
        If it is too large, or a text in it is too long.
    """
    payload = msgpack.packb(_encode(value, refer), unicode_errors="surrogatepass")
    if len(payload) > LARGEST_FRAME or has_more_than(MOST_ITEMS, payload):
        raise ValueError("this is too large to be sent")
    return HEADER.pack(len(payload)) + bytes(payload)


def length(header: bytes) -> int:
    """Return how long the message behind a header is.

    Raises
    ------
    ProtocolError
        If it is longer than one may be.
    """
    (size,) = HEADER.unpack(header)
    if size > LARGEST_FRAME:
        raise ProtocolError(f"a message of {size} bytes is too long")
    return int(size)


def unpack(payload: bytes, resolve: Resolve) -> Any:
    """Return what a message (without its length) says.

    Raises
    ------
    ProtocolError
        If it is none, or too large, or too deep.
    """
    if has_more_than(MOST_ITEMS, payload):
        _refuse("it holds too much")
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
        raise ProtocolError(f"this is no message: {error}") from None


def _encode(value: Any, refer: Refer) -> Any:
    if isinstance(value, str | bytes) and len(value) > LONGEST_TEXT:
        raise ValueError("a text is too long to be sent")
    if value is None or isinstance(value, bool | float | str | bytes):
        return value
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**63 else ["i", str(value)]
    if isinstance(value, complex):
        return ["c", value.real, value.imag]
    if isinstance(value, np.generic):
        return _encode(value.item(), refer)
    if isinstance(value, np.ndarray):
        return ["a", value.dtype.str, list(value.shape), value.tobytes()]
    if type(value) is list:
        return ["l", *(_encode(item, refer) for item in value)]
    if type(value) is tuple:
        return ["t", *(_encode(item, refer) for item in value)]
    if type(value) is dict:
        pairs = (_encode(item, refer) for pair in value.items() for item in pair)
        return ["d", *pairs]
    return refer(value)


class _Decoder:
    """Decodes one message, counting what is in it."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._left = MOST_ITEMS

    def decode(self, tree: Any, depth: int = 0) -> Any:
        self._left -= 1
        if depth > DEEPEST or self._left < 0:
            _refuse("it holds too much")
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
    if len(keys) != len(values) or not all(
        isinstance(key, bool | int | float | str | bytes | complex) for key in keys
    ):
        _refuse("a dictionary is broken")
    return dict(zip(keys, values, strict=True))


def _array(fields: list[Any]) -> Any:
    name, shape, data = fields if len(fields) == 3 else _refuse("an array is broken")
    if not (isinstance(name, str) and isinstance(shape, list) and isinstance(data, bytes)):
        _refuse("an array is broken")
    if name not in DTYPES or len(shape) > 32:
        _refuse("an array has a type or a shape that none may have")
    if not all(type(side) is int and 0 <= side <= LARGEST_FRAME for side in shape):
        _refuse("an array has sides that none may have")
    if math.prod(shape) * DTYPES[name].itemsize != len(data):
        _refuse("an array has not the size of its shape")
    if DTYPES[name].kind == "b":  # a byte is a truth value only if it is 0 or 1
        return (np.frombuffer(data, np.uint8) != 0).reshape(shape)
    return np.frombuffer(data, DTYPES[name]).reshape(shape).copy()


def _whole_number(fields: list[Any]) -> int:
    if len(fields) != 1 or not isinstance(fields[0], str) or len(fields[0]) > LONGEST_NUMBER:
        _refuse("a number is broken")
    return int(fields[0])


def _complex_number(fields: list[Any]) -> complex:
    if len(fields) != 2 or not all(isinstance(field, float) for field in fields):
        _refuse("a number is broken")
    return complex(*fields)


def _refuse(reason: str) -> NoReturn:
    raise ProtocolError(f"this is no message: {reason}")
