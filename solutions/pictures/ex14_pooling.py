"""The pictures of exercise 14."""

import numpy as np
from matplotlib.figure import Figure

from pictures.style import BLUE, COLOURS, ORANGE, arrow, canvas, outline, table, write

IMAGE = np.array([[1, 3, 2, 0], [4, 2, 1, 5], [0, 1, 3, 3], [2, 6, 1, 2]])
CHOSEN = ((1, 0), (1, 3), (3, 1), (2, 2))
GRADIENT = np.array([[1, -1], [2, 4]])


def maximum() -> Figure:
    """Draw which pixels are chosen, and where the gradient goes."""
    figure, axes = canvas(19, 5.6)
    back = np.zeros((4, 4))
    for place, sent in zip(CHOSEN, GRADIENT.ravel(), strict=True):
        back[place] = sent
    table(axes, (0.3, 1.2), IMAGE, "image", scale=10)
    table(axes, (5.8, 2.2), [[4, 5], [6, 3]], "maxima", scale=10)
    table(axes, (10, 2.2), GRADIENT, "$G$", scale=5)
    table(axes, (14.3, 1.2), back, "gradient", scale=5)
    arrow(axes, (4.5, 3.2), (5.6, 3.2))
    arrow(axes, (12.3, 3.2), (14.1, 3.2))
    for colour, (row, column), (u, v) in zip(COLOURS, CHOSEN, np.ndindex(2, 2), strict=True):
        for left, top in ((0.3 + column, 1.2 + row), (14.3 + column, 1.2 + row)):
            outline(axes, (left + 0.05, top + 0.05), 0.9, 0.9, colour)
        for left in (5.8, 10):
            outline(axes, (left + v + 0.05, 2.25 + u), 0.9, 0.9, colour)
    return figure


def overlap() -> Figure:
    """Draw two overlapping windows that choose the same pixel."""
    figure, axes = canvas(16, 4)
    table(axes, (0.5, 1.2), [[1, 3, 2]], "a row", scale=6)
    outline(axes, (0.5, 1.15), 1.1, 2, BLUE)
    outline(axes, (1.55, 1.05), 1.3, 1.95, ORANGE)
    table(axes, (5.5, 1.2), [[3, 3]], "maxima", scale=6)
    outline(axes, (5.55, 1.25), 0.9, 0.9, BLUE)
    outline(axes, (6.55, 1.25), 0.9, 0.9, ORANGE)
    table(axes, (9, 1.2), [[5, 7]], "$g$", scale=24)
    table(axes, (12.5, 1.2), [[0, 12, 0]], "gradient", scale=24)
    write(axes, (14, 2.9), "5 + 7", fontsize=10)
    return figure
