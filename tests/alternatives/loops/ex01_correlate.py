# Four nested loops over numbers; "full" is done by leaving out what lies outside the image.
import numpy as np


def correlate2d(image, kernel, mode="valid"):
    height, width = image.shape
    kernel_height, kernel_width = kernel.shape
    if mode == "valid":
        top, left = 0, 0
    elif mode == "full":
        top, left = kernel_height - 1, kernel_width - 1
    else:
        raise ValueError("mode has to be valid or full")
    rows = height - kernel_height + 1 + 2 * top
    columns = width - kernel_width + 1 + 2 * left
    output = np.zeros((rows, columns))
    for u in range(rows):
        for v in range(columns):
            total = 0.0
            for a in range(kernel_height):
                for b in range(kernel_width):
                    y = u + a - top
                    x = v + b - left
                    if 0 <= y < height and 0 <= x < width:
                        total = total + image[y, x] * kernel[a, b]
            output[u, v] = total
    return output


def convolve2d(image, kernel, mode="valid"):
    kernel_height, kernel_width = kernel.shape
    turned = np.zeros((kernel_height, kernel_width))
    for a in range(kernel_height):
        for b in range(kernel_width):
            turned[a, b] = kernel[kernel_height - 1 - a, kernel_width - 1 - b]
    return correlate2d(image, turned, mode)
