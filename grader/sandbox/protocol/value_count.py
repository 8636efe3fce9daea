"""Count the values in a MessagePack document before any of them is made.

An empty list is one byte of a message and dozens in memory: a message within its size could still take
gigabytes. Here headers are looked at, and contents are passed over.
"""

from __future__ import annotations

NUMBERS: dict[int, int] = {
    **dict.fromkeys((0xC0, 0xC1, 0xC2, 0xC3), 0),  # nothing, never used, false, true
    **{0xCA: 4, 0xCB: 8},  # floats
    **{first + power: 2**power for first in (0xCC, 0xD0) for power in range(4)},  # integers
    **{0xD4 + power: 1 + 2**power for power in range(5)},  # extensions, after their type
    **{0xDC: 2, 0xDD: 4, 0xDE: 2, 0xDF: 4},  # how many values a list or a map has: they follow
}
"""How many bytes follow a header, where that is always the same."""
LENGTHS: dict[int, int] = {
    **{first + power: 2**power for first in (0xC4, 0xC7) for power in range(3)},
    **{0xD9 + power: 2**power for power in range(3)},
}
"""How many bytes say how long the content is: of bytes, extensions and texts."""


def has_more_than(most: int, payload: bytes) -> bool:
    """Tell whether a document has more values than so many, lists and maps among them.

    What is no document may have any number: whoever reads it will see.
    """
    if len(payload) <= most:  # a value takes a byte at least
        return False
    place = count = 0
    while place < len(payload):
        count += 1
        if count > most:
            return True
        place += _size(payload, place)
    return False


def _size(payload: bytes, place: int) -> int:
    """Return how many bytes a value takes there, without the values that a list holds."""
    header = payload[place]
    if header in LENGTHS:
        start = place + 1
        length = int.from_bytes(payload[start : start + LENGTHS[header]])
        return 1 + LENGTHS[header] + length + (0xC7 <= header <= 0xC9)
    if 0xA0 <= header <= 0xBF:  # a short text
        return 1 + header - 0xA0
    return 1 + NUMBERS.get(header, 0)
