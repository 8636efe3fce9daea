"""The picture of exercise 13."""

import numpy as np
from matplotlib.figure import Figure

from pictures.style import COLOURS, canvas, outline, table, write

IMAGE = np.array([[1, 2, 0], [0, 1, 3], [2, 1, 1]])
KERNEL = np.array([[1, -1], [0, 2]])
GRADIENT = np.array([[1, 2], [-1, 1]])


def padded() -> Figure:
    """Draw the padded image with its windows, and the gradient of which the padding is cut off."""
    figure, axes = canvas(16, 6)
    border = [(r, c) for r, c in np.ndindex(4, 4) if 3 in (r, c)]
    table(axes, (0.5, 1.2), np.pad(IMAGE, ((0, 1), (0, 1))), "padded image", scale=5, faint=border)
    table(axes, (6, 2.2), GRADIENT, "$G$", scale=5)
    table(axes, (10, 1.2), np.kron(GRADIENT, KERNEL), "gradient", scale=5, faint=border)
    for number, (row, column) in enumerate(np.ndindex(2, 2)):
        for left in (0.54, 10.04):
            outline(axes, (left + 2 * column, 1.24 + 2 * row), 1.92, 1.92, COLOURS[number])
        outline(axes, (6.04 + column, 2.24 + row), 0.92, 0.92, COLOURS[number])
    write(axes, (14.2, 4.7), "cut off", ha="left", fontsize=9, color="0.4")
    return figure
