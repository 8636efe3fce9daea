"""The pictures of exercise 10."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from scipy.signal import correlate2d

from pictures.style import BLUE, COLOURS, ORANGE, arrow, canvas, outline, table, write

KERNEL = np.array([[1, 2], [-1, 0]])
IMAGES = np.array([[[1, 6, 2], [5, 3, 1], [7, 0, 4]], [[0, 1, 0], [1, 1, 1], [0, 1, 0]]])
GRADIENTS = np.array([[[1, -1], [2, 0]], [[0, 1], [0, -2]]])
CHANNELS = ("#d9a59b", "#a9cfae", "#a8bfe0")


def batch_to_maps() -> Figure:
    """Draw which maps a batch of two colour images gives with four kernels."""
    figure, axes = canvas(21, 9.5)
    for n in range(2):
        _stack(axes, (1.6, 1.4 + 3.6 * n), 2.4, CHANNELS, 0.4)
        write(axes, (0.8, 2.4 + 3.6 * n), f"$x_{n}$", fontsize=14)
        arrow(axes, (5.3, 2.2 + 3.6 * n), (7.2, 3.4 + 1.2 * n))
        arrow(axes, (13.6, 3.4 + 1.2 * n), (15.4, 2.2 + 3.6 * n))
        _stack(axes, (15.8, 1.4 + 3.6 * n), 2, ("#dddddd",) * 4, 0.4)
        write(axes, (20, 2.4 + 3.6 * n), f"$y_{n}$", fontsize=14)
    for f in range(4):
        _stack(axes, (7.5 + 1.5 * f, 3.1), 0.8, CHANNELS, 0.2)
        write(axes, (7.9 + 1.5 * f, 4.8), f"$b_{f}$", color=COLOURS[f], fontsize=13)
    write(axes, (3, 8.7), "(N, C, H, W)\nN = 2, C = 3")
    write(axes, (10.4, 8.7), "kernels (F, C, R, S), bias (F,)\nF = 4, C = 3")
    write(axes, (17.4, 8.7), "(N, F, H′, W′)\nN = 2, F = 4")
    return figure


def _stack(
    axes: Axes, at: tuple[float, float], side: float, colours: tuple[str, ...], step: float
) -> None:
    """Draw squares one behind the other."""
    for layer in reversed(range(len(colours))):
        corner = (at[0] + step * layer, at[1] - step * layer)
        axes.add_patch(Rectangle(corner, side, side, facecolor=colours[layer], edgecolor="0.3"))


def influence_of_the_kernel() -> Figure:
    """Draw the second sample of the example: which windows the kernel met, and with which weights."""
    figure, axes = canvas(19, 4.2)
    table(axes, (0.1, 1), IMAGES[1], "image $X_1$", scale=3)
    outline(axes, (1.1, 1), 2, 2, BLUE)
    outline(axes, (1.17, 2.07), 2, 2, ORANGE)
    table(axes, (4.3, 1.5), GRADIENTS[1], "its $G_1$", scale=3)
    outline(axes, (5.3, 1.5), 1, 1, BLUE)
    outline(axes, (5.3, 2.5), 1, 1, ORANGE)
    seen = IMAGES[1][:2, 1:], IMAGES[1][1:, 1:]
    factors = (8.6, "1 ·", BLUE), (12.5, "− 2 ·", ORANGE)
    for window, (left, weight, colour) in zip(seen, factors, strict=True):
        write(axes, (left - 0.9, 2.5), weight, fontsize=15)
        table(axes, (left, 1.5), window, scale=3)
        outline(axes, (left, 1.5), 2, 2, colour)
    write(axes, (15.5, 2.5), "=", fontsize=15)
    table(axes, (16.5, 1.5), correlate2d(IMAGES[1], GRADIENTS[1], "valid"), "influence", scale=3)
    return figure


def turned() -> Figure:
    """Draw what SciPy returns for the two orders of the arguments."""
    figure, axes = canvas(18, 3.3)
    right = correlate2d(IMAGES[0], GRADIENTS[0], "valid")
    wrong = correlate2d(GRADIENTS[0], IMAGES[0], "valid")
    table(axes, (3, 1.2), right, 'correlate2d(x, g, "valid"): right', scale=20)
    table(axes, (13, 1.2), wrong, 'correlate2d(g, x, "valid"): turned', scale=20)
    return figure
