"""XOR: the smallest problem that no single dense layer can learn."""

import numpy as np

from datasets.dataset import Dataset


def load_xor() -> Dataset:
    """Return the four rows of exclusive or, as columns for one-sample layers.

    Returns
    -------
    Dataset
        x of shape (4, 2, 1) and y of shape (4, 1, 1), float64. Training and test set are the same
        four rows, since there are no others.
    """
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float64).reshape(4, 2, 1)
    y = np.array([0, 1, 1, 0], dtype=np.float64).reshape(4, 1, 1)
    # Copies, so that a layer that changes its input during training does not change the test set.
    return Dataset(x, y, x.copy(), y.copy(), name="XOR")
