"""Find the arrays in a callback's arguments, in the same order on both sides.

Arguments are copied on their way to a callback. An optimiser's `step` changes arrays in place, so what
it changed travels back by number, and goes into the arrays that the submission passed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray


def arrays_in(value: Any, sent: Any) -> Iterator[NDArray[Any]]:
    """Yield the arrays in a value, in the order of those in the copy of it that was sent."""
    if isinstance(sent, np.ndarray):
        yield value
    elif isinstance(sent, list | tuple):
        for item, copy in zip(value, sent, strict=True):
            yield from arrays_in(item, copy)
    elif isinstance(sent, dict):
        for key, copy in sent.items():
            yield from arrays_in(value[key], copy)
