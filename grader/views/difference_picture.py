"""Draw how an array differs from the expected one, which numbers alone would not show."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.results import ArrayDifference, PartResult

ROW = 2.0
"""Height of a row in inches."""
COLUMNS = ("expected", "got", "got − expected")


def part_png(part: PartResult) -> bytes:
    """Return a picture of the first difference in a part; see `png`."""
    return png(next(filter(None, (check.difference for check in part.checks)), None))


def png(difference: ArrayDifference | None) -> bytes:
    """Draw each channel with a wrong number: what was expected, what came back, the difference.

    The first two share a colour scale. White is 0; NaN and infinity stay grey.

    Returns
    -------
    bytes
        The picture in PNG format; empty if there is nothing to draw.
    """
    if difference is None:
        return b""
    # The import takes half a second, and is not needed if everything is right.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    # The layout is set by hand: matplotlib's own layouts and colour bars take a second.
    height = 0.5 + ROW * len(difference.channels)
    figure = Figure(figsize=(7, height), dpi=80)
    FigureCanvasAgg(figure)
    figure.suptitle(f"{difference.what}, shape {difference.shape}", fontsize=10)
    figure.subplots_adjust(0.04, 0.25 / height, 0.98, 1 - 0.55 / height, 0.1, 0.35)
    rows = figure.subplots(len(difference.channels), len(COLUMNS), squeeze=False)
    for row, channel in zip(rows, difference.channels, strict=True):
        index = ", ".join(map(str, channel.index))
        pictures = channel.expected, channel.got, channel.got - channel.expected
        for axis, title, picture in zip(row, COLUMNS, pictures, strict=True):
            largest = _largest(picture if title == COLUMNS[-1] else channel.expected)
            axis.set_facecolor("0.7")
            axis.imshow(picture, cmap="RdBu_r", vmin=-largest, vmax=largest)
            axis.set_title(f"{title} [{index}], white 0, red {largest:.3g}", fontsize=7, y=1.02)
            axis.tick_params(labelsize=6)
            axis.set(xticks=(), yticks=())
            if title == COLUMNS[0]:
                vertical, horizontal = map(_indices, picture.shape)
                axis.set(xticks=horizontal, yticks=vertical)
    file = io.BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


def _largest(picture: NDArray[Any]) -> float:
    """Return the largest absolute value of a picture; 1 if all finite values are 0."""
    return float(np.max(np.abs(picture[np.isfinite(picture)]), initial=0.0)) or 1.0


def _indices(size: int) -> range:
    """Return at most seven indices of an axis, evenly spread; matplotlib would add halves."""
    return range(0, size, -(-size // 7))
