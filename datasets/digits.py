"""Real handwritten digits for a machine without network."""

import numpy as np

from datasets.dataset import Dataset

# scikit-learn's file is 14 copies of one form (about 130 digits in the same order), filled in by
# 13 people one after the other. A random split would test on handwriting it has trained on, and
# flatter a model by some three points. We cut in file order and between two forms, so that, as with
# MNIST, the test shows hands which the model has not seen: 8 forms to learn from, 6 to test on.
TRAIN_SIZE = 1029


def load_digits() -> Dataset:
    """Return scikit-learn's 1,797 digits in the format of MNIST.

    Each image of 8x8 is enlarged to 20x20 and gets MNIST's margin of 4 pixels, so that every
    network made for MNIST takes it. The split is fixed: there is nothing random here.

    Returns
    -------
    Dataset
        x float32 in [0, 1] of shape (1029, 1, 28, 28) and (768, 1, 28, 28), y int64 of shape
        (1029,) and (768,).
    """
    from scipy.ndimage import zoom
    from sklearn.datasets import load_digits as load_sklearn_digits

    digits = load_sklearn_digits()
    small = digits.images / 16  # (1797, 8, 8), values were 0 to 16
    # grid_mode treats pixels as areas, as an image viewer does; the default would stretch the image
    # between the centres of its corner pixels. order=1 is bilinear: no overshoot beyond [0, 1].
    large = zoom(small, (1, 2.5, 2.5), order=1, mode="nearest", grid_mode=True)
    images = np.pad(large, ((0, 0), (4, 4), (4, 4))).astype(np.float32)[:, np.newaxis]
    labels = digits.target.astype(np.int64)
    return Dataset(
        images[:TRAIN_SIZE],
        labels[:TRAIN_SIZE],
        images[TRAIN_SIZE:],
        labels[TRAIN_SIZE:],
        name="digits",
    )
