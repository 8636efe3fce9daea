# float32 from end to end; the loop runs over the kernel, not over the image.
import numpy as np


def correlate2d(image, kernel, mode="valid"):
    image = np.asarray(image, dtype=np.float32)
    kernel = np.asarray(kernel, dtype=np.float32)
    kh, kw = kernel.shape
    if mode == "full":
        image = np.pad(image, ((kh - 1,) * 2, (kw - 1,) * 2))
    elif mode != "valid":
        raise ValueError(f"mode {mode}?")
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    output = np.zeros((rows, columns), dtype=np.float32)
    for a in range(kh):
        for b in range(kw):
            output += kernel[a, b] * image[a : a + rows, b : b + columns]
    return output


def convolve2d(image, kernel, mode="valid"):
    return correlate2d(image, np.flip(kernel, axis=(0, 1)), mode=mode)
