"""Time several functions by turns in one run, so that whatever else the machine does hits all alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping


def medians(
    contenders: Mapping[str, Callable[[], object]], *, seconds: float = 2.0, rounds: int = 7
) -> dict[str, float]:
    """Return the median time of a call of each contender, in seconds.

    Parameters
    ----------
    contenders : mapping of str to callable
    seconds : float
        About how long each contender is timed in all. One that is slow is still called once a round.
    rounds : int
        How often the contenders take turns.
    """
    repeats = {}
    for name, call in contenders.items():
        call()  # the first call pays for what is set up once
        once = _seconds_of(call, 1)
        repeats[name] = max(1, round(seconds / rounds / once))
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, call in contenders.items():
            times[name].append(_seconds_of(call, repeats[name]) / repeats[name])
    return {name: statistics.median(found) for name, found in times.items()}


def _seconds_of(call: Callable[[], object], times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        call()
    return time.perf_counter() - start
