"""Count the values in a MessagePack document before any of them is created.

An empty list takes one byte in a message and dozens in memory, so a message within the size limit
could still take gigabytes. Counting reads the headers and skips the contents.
"""

from __future__ import annotations

FIXED_SIZES: dict[int, int] = {
    **dict.fromkeys((0xC0, 0xC1, 0xC2, 0xC3), 0),  # nothing, never used, false, true
    **{0xCA: 4, 0xCB: 8},  # floats
    **{first + power: 2**power for first in (0xCC, 0xD0) for power in range(4)},  # integers
    **{0xD4 + power: 1 + 2**power for power in range(5)},  # extensions, after their type
    **{0xDC: 2, 0xDD: 4, 0xDE: 2, 0xDF: 4},  # the number of values in a list or map, which follow
}
"""How many bytes follow a header, where that number is fixed."""
LENGTH_SIZES: dict[int, int] = {
    **{first + power: 2**power for first in (0xC4, 0xC7) for power in range(3)},
    **{0xD9 + power: 2**power for power in range(3)},
}
"""How many bytes give the length of the content: for bytes, extensions and texts."""


def has_more_than(most: int, payload: bytes) -> bool:
    """Return whether a document has more than `most` values, counting lists and maps as values too.

    If the document is malformed, the result means nothing: decoding it fails anyway.
    """
    if len(payload) <= most:  # a value takes at least one byte
        return False
    position = count = 0
    while position < len(payload):
        count += 1
        if count > most:
            return True
        position += _size(payload, position)
    return False


def _size(payload: bytes, position: int) -> int:
    """Return how many bytes the value at a position takes, without the values that a list holds."""
    header = payload[position]
    if header in LENGTH_SIZES:
        start = position + 1
        length = int.from_bytes(payload[start : start + LENGTH_SIZES[header]])
        return 1 + LENGTH_SIZES[header] + length + (0xC7 <= header <= 0xC9)
    if 0xA0 <= header <= 0xBF:  # a short text
        return 1 + header - 0xA0
    return 1 + FIXED_SIZES.get(header, 0)
