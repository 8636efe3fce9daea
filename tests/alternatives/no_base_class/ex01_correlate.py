# One dictionary of paddings, and np.tensordot on shifted copies.
import numpy as np


def correlate2d(image, kernel, mode="valid"):
    try:
        border = {"valid": (0, 0), "full": (kernel.shape[0] - 1, kernel.shape[1] - 1)}[mode]
    except KeyError:
        raise ValueError(f"no such mode: {mode}") from None
    image = np.pad(image, tuple((b, b) for b in border))
    rows, columns = (i - k + 1 for i, k in zip(image.shape, kernel.shape, strict=True))
    shifted = [
        [image[a : a + rows, b : b + columns] for b in range(kernel.shape[1])]
        for a in range(kernel.shape[0])
    ]
    return np.tensordot(kernel, np.array(shifted), axes=2)


def convolve2d(image, kernel, mode="valid"):
    return correlate2d(image, kernel[::-1][:, ::-1], mode)
