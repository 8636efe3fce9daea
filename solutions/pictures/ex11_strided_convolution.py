"""The pictures of exercise 11."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from pictures.style import BLUE, COLOURS, ORANGE, canvas, outline, table, write

KERNEL = np.array([[1, 2], [0, -1]])
GRADIENT = np.array([[1, -1], [2, 1]])


def windows() -> Figure:
    """Draw six pixels, the two windows of a filter of three with stride two, and the excluded pixel."""
    figure, axes = canvas(13, 4.6)
    for pixel in range(6):
        colour = "0.8" if pixel == 5 else "white"
        box = Rectangle((0.5 + pixel, 0.6), 1, 1, facecolor=colour, edgecolor="0.4")
        axes.add_patch(box)
        write(axes, (1 + pixel, 1.1), str(pixel))
    for number, (first, colour) in enumerate(((0, BLUE), (2, ORANGE))):
        outline(axes, (0.5 + first, 2.0 + 0.9 * number), 0.6, 3, colour)
        write(axes, (2 + first, 2.3 + 0.9 * number), f"window {number}", fontsize=9)
    write(axes, (7.1, 1.1), "pixel 5 is in no window: (6 − 3) mod 2 = 1", ha="left", fontsize=9)
    write(axes, (7.1, 2.7), "two windows: ⌊(6 − 3) / 2⌋ + 1 = 2", ha="left", fontsize=9)
    return figure


def dilation() -> Figure:
    """Draw the example's gradient, dilated, and its full correlation with the turned kernel."""
    figure, axes = canvas(18, 5.3)
    dilated = np.zeros((3, 3))
    dilated[::2, ::2] = GRADIENT
    table(axes, (0.3, 2.2), GRADIENT, "$G$", scale=4)
    write(axes, (3.1, 3.2), "→", fontsize=16)
    new = [(r, c) for r, c in np.ndindex(3, 3) if r % 2 or c % 2]
    table(axes, (4, 1.7), dilated, "dilated", scale=4, faint=new)
    write(axes, (7.9, 3.2), "full, with", fontsize=10)
    table(axes, (9.1, 2.2), KERNEL[::-1, ::-1], "turned $K$", scale=4)
    write(axes, (12.1, 3.2), "=", fontsize=16)
    table(axes, (13.1, 1.2), np.kron(GRADIENT, KERNEL), "input gradient", scale=4)
    for number, (row, column) in enumerate(np.ndindex(2, 2)):
        outline(axes, (4 + 2 * column, 1.7 + 2 * row), 1, 1, COLOURS[number])
        outline(axes, (13.14 + 2 * column, 1.24 + 2 * row), 1.92, 1.92, COLOURS[number])
    return figure
