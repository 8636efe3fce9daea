"""Real handwritten digits for a machine without a network."""

import numpy as np

from datasets.dataset import Dataset

# scikit-learn's file contains 14 copies of one form (about 130 digits in the same order), filled in
# by 13 people one after another. A random split would test on handwriting that the model was trained
# on, and flatter it by about three percentage points. We split in file order, between two forms, so
# that, as with MNIST, the model is tested on new handwriting: 8 forms for training, 6 for testing.
TRAIN_SIZE = 1029


def load_digits() -> Dataset:
    """Return scikit-learn's 1,797 digits in the format of MNIST.

    Each 8x8 image is enlarged to 20x20 and gets MNIST's margin of 4 pixels, so that any network made
    for MNIST accepts it. The split is fixed; nothing is random.

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
