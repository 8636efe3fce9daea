"""What the pictures share: colours that colour-blind readers can tell apart, and arrays as tables."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

SETTINGS: dict[str, Any] = {
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.constrained_layout.use": True,
}
"""Matplotlib's settings for every picture."""

SIGNED = LinearSegmentedColormap.from_list(
    "signed", ["#b35806", "#fdb863", "white", "#b2abd2", "#542788"]
)
"""For numbers of both signs: white at 0, so the scale must be symmetric."""
PLAIN = "cividis"
"""For numbers from 0 up, such as the pixels of an image."""

BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
"""Okabe and Ito's colours. They differ in lightness, too."""
COLOURS = (BLUE, ORANGE, GREEN, PURPLE)

INCHES = 0.42
"""The side of a table's cell."""


def canvas(columns: float, rows: float) -> tuple[Figure, Axes]:
    """Return a figure for tables whose cells are squares of side 1, with y pointing down."""
    figure, axes = plt.subplots(figsize=(columns * INCHES, rows * INCHES))
    axes.set(xlim=(0, columns), ylim=(rows, 0), aspect="equal")
    axes.set_axis_off()
    return figure, axes


def table(
    axes: Axes,
    at: tuple[float, float],
    array: ArrayLike,
    title: str = "",
    *,
    scale: float | None = None,
    faint: Iterable[tuple[int, int]] = (),
) -> None:
    """Draw a matrix as a table: each number in a cell of its colour, 0 in white.

    Parameters
    ----------
    axes : Axes
        From `canvas`.
    at : (float, float)
        The x and y of its upper left corner.
    array : array_like of shape (rows, columns)
        NaN is drawn as an empty cell.
    title : str
        Written above it.
    scale : float, optional
        The number with the darkest colour; by default the largest of the array. Give tables that are
        compared the same.
    faint : iterable of (int, int)
        Cells whose number is printed in grey, such as zeros of a padding.
    """
    numbers = np.asarray(array, float)
    most = scale or float(np.nanmax(np.abs(numbers), initial=0)) or 1.0
    pale = set(faint)
    for (row, column), number in np.ndenumerate(numbers):
        # Only the lighter part of the colours, so that black numbers can be read everywhere.
        colour = SIGNED(0.5 + np.nan_to_num(number) / most / 4.4)
        corner = (at[0] + column, at[1] + row)
        axes.add_patch(Rectangle(corner, 1, 1, facecolor=colour, edgecolor="0.6", linewidth=0.8))
        if not np.isnan(number):
            ink = "0.6" if (row, column) in pale else "black"
            write(axes, (corner[0] + 0.5, corner[1] + 0.5), f"{number:.3g}", color=ink)
    write(axes, (at[0] + numbers.shape[1] / 2, at[1] - 0.15), title, va="bottom")


def outline(
    axes: Axes, at: tuple[float, float], rows: float, columns: float, colour: str, width: float = 3
) -> None:
    """Draw a frame around some cells whose upper left corner is at this x and y."""
    frame = Rectangle(at, columns, rows, fill=False, edgecolor=colour, linewidth=width, zorder=3)
    axes.add_patch(frame)


def write(axes: Axes, at: tuple[float, float], text: str, **settings: Any) -> None:
    """Write a text with its middle at this x and y."""
    minus = text.replace("-", "−") if text.startswith("-") else text
    axes.text(*at, minus, **({"ha": "center", "va": "center"} | settings))


def arrow(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: str = "0.35"
) -> None:
    """Draw an arrow."""
    axes.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": colour, "lw": 1.5})
