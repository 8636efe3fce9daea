"""The pictures of exercise 12."""

import numpy as np
from matplotlib.figure import Figure

from pictures.style import BLUE, ORANGE, canvas, outline, table, write

IMAGE = np.arange(1, 10).reshape(3, 3)
MATRIX = np.array([[1, 2, 4, 5], [2, 3, 5, 6], [4, 5, 7, 8], [5, 6, 8, 9]])


def columns() -> Figure:
    """Draw the example's image and matrix: each window is a column."""
    figure, axes = canvas(15, 6.3)
    table(axes, (0.4, 1.7), IMAGE, "image", scale=20)
    outline(axes, (0.4, 1.7), 2, 2, BLUE)
    outline(axes, (1.45, 2.75), 2, 2, ORANGE)
    write(axes, (4.6, 3.2), "→", fontsize=16)
    table(axes, (6, 1.2), MATRIX, "a column for each window", scale=20)
    outline(axes, (6, 1.2), 4, 1, BLUE)
    outline(axes, (9, 1.2), 4, 1, ORANGE)
    places = ("upper left", "upper right", "lower left", "lower right")
    for row, place in enumerate(places):
        write(axes, (10.4, 1.7 + row), f"met by the {place} place", ha="left", fontsize=9)
    return figure


def counts() -> Figure:
    """Draw how many windows see each pixel."""
    figure, axes = canvas(9, 4.4)
    seen = np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]])
    table(axes, (3, 1.2), seen, "windows that see each pixel", scale=5)
    return figure
