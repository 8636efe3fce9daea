"""Draw how an array differs from what is right, where numbers alone would not show it."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.assertions import SMALL, Difference

MOST = 3
"""How many of the channels with a wrong number are drawn."""
ROW = 2.0
"""Inches of a row."""
COLUMNS = ("expected", "got", "got − expected")


def png(difference: Difference | None) -> bytes:
    """Return a picture: for each channel with a wrong number, what was expected and what came back.

    Colours are the same in both, and white is 0; what is no number stays grey.

    Parameters
    ----------
    difference : Difference or None

    Returns
    -------
    bytes
        In PNG; empty if a picture would not help: a message shows few numbers in a row better.
    """
    if difference is None or not _is_picture(difference.expected):
        return b""
    # Importing them takes half a second, and where all is right nobody needs them.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    shape = difference.expected.shape
    expected, got = _channels(difference.expected), _channels(difference.got)
    chosen = np.flatnonzero(_channels(difference.wrong).any(axis=(1, 2)))[:MOST]
    # Placed by hand: matplotlib's own layouts and colour bars take a second.
    height = 0.5 + ROW * len(chosen)
    figure = Figure(figsize=(7, height), dpi=80)
    FigureCanvasAgg(figure)
    figure.suptitle(f"{difference.what}, shape {shape}", fontsize=10)
    figure.subplots_adjust(0.04, 0.25 / height, 0.98, 1 - 0.55 / height, 0.1, 0.35)
    rows = figure.subplots(len(chosen), len(COLUMNS), squeeze=False)
    for row, channel in zip(rows, chosen, strict=True):
        place = ", ".join(map(str, np.unravel_index(channel, shape[:-2])))
        pictures = expected[channel], got[channel], got[channel] - expected[channel]
        for axis, title, picture in zip(row, COLUMNS, pictures, strict=True):
            largest = _largest(picture if title == COLUMNS[-1] else expected[channel])
            axis.set_facecolor("0.7")
            axis.imshow(picture, cmap="RdBu_r", vmin=-largest, vmax=largest)
            axis.set_title(f"{title} [{place}], white 0, red {largest:.3g}", fontsize=7, y=1.02)
            axis.tick_params(labelsize=6)
            if title != COLUMNS[0]:
                axis.set(xticks=(), yticks=())
    file = io.BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


def _is_picture(array: NDArray[Any]) -> bool:
    """Tell whether an array has planes, and is not shown whole in the message."""
    sides = array.shape[-2:]
    return array.ndim >= 2 and min(sides) > 1 and (array.ndim > 2 or array.size > SMALL)


def _channels(array: NDArray[Any]) -> NDArray[Any]:
    """Return an array's planes, one after the other."""
    return array.reshape(-1, *array.shape[-2:])


def _largest(picture: NDArray[Any]) -> float:
    """Return the largest size of a number in a picture; 1 if there is none."""
    return float(np.max(np.abs(picture[np.isfinite(picture)]), initial=0.0)) or 1.0
