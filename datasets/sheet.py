"""Show a sheet of samples from a data set."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from datasets.dataset import Dataset
from datasets.demo import save

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLUMNS = 12
GAP = 2  # pixels between two images


def show_sheet(dataset: Dataset) -> str:
    """Show samples of each class in a window, or save them if there is no display.

    Parameters
    ----------
    dataset : Dataset
        Images and labels of 10 classes.

    Returns
    -------
    str
        A message for the user.

    Raises
    ------
    DatasetError
        There is no display and the picture cannot be saved.
    """
    from matplotlib import pyplot as plt

    try:
        plt.switch_backend(plt.get_backend())
    except ImportError:  # the configured backend needs a display, and there is none
        plt.switch_backend("agg")
    figure = draw_sheet(dataset)
    # Set if the canvas belongs to a window toolkit.
    if getattr(figure.canvas, "required_interactive_framework", None):
        plt.show()
        return "The window is closed."
    path = Path(f"{dataset.name.lower()}.png")
    save(figure, path)
    return f"There is no display; the samples are in {path.absolute()}"


def draw_sheet(dataset: Dataset) -> "Figure":
    """Draw one row of training images for each class.

    Parameters
    ----------
    dataset : Dataset
        Images of shape (n, 1, H, W) and labels of shape (n,) from 0 to 9.

    Returns
    -------
    matplotlib.figure.Figure
        The figure, not shown yet.
    """
    from matplotlib import pyplot as plt

    height, width = (side + GAP for side in dataset.x_train.shape[2:])
    sheet = np.ones((10 * height - GAP, COLUMNS * width - GAP))
    for label in range(10):
        indices = np.flatnonzero(dataset.y_train == label)
        # Spread over the whole set: in digits, neighbouring images are by the same writer.
        chosen = indices[np.linspace(0, len(indices) - 1, COLUMNS).astype(int)]
        for column, image in enumerate(dataset.x_train[chosen, 0]):
            top, left = label * height, column * width
            sheet[top : top + height - GAP, left : left + width - GAP] = image
    # One picture instead of 120 axes, which would take seconds to draw.
    figure, axes = plt.subplots(figsize=(7.2, 6.4), layout="constrained")
    axes.imshow(sheet, cmap="gray", vmin=0, vmax=1)
    axes.set_yticks([row * height + (height - GAP) / 2 for row in range(10)], list("0123456789"))
    axes.set_xticks([])
    axes.tick_params(length=0, labelsize=13)
    axes.spines[:].set_visible(False)
    axes.set_title(f"{dataset.name}: samples of each class")
    return figure
