import numpy as np
from scipy.signal import convolve2d, correlate2d


def conv2d_forward(x, kernels, bias):
    maps = [
        [
            b
            + sum(
                correlate2d(channel, layer, mode="valid")
                for channel, layer in zip(image, kernel, strict=True)
            )
            for kernel, b in zip(kernels, bias, strict=True)
        ]
        for image in x
    ]
    return np.asarray(maps, dtype=x.dtype)


def conv2d_kernel_gradient(output_gradient, x):
    """Averages what each sample asks for."""
    wishes = []
    for maps, image in zip(output_gradient, x, strict=True):
        wish = [[correlate2d(channel, g, mode="valid") for channel in image] for g in maps]
        wishes.append(wish)
    return np.mean(np.asarray(wishes, dtype=x.dtype), axis=0)


def conv2d_bias_gradient(output_gradient):
    n, f = output_gradient.shape[:2]
    return output_gradient.reshape(n, f, -1).sum(-1).sum(0) / n


def conv2d_input_gradient(output_gradient, kernels):
    images = []
    for maps in output_gradient:
        total = None
        for g, kernel in zip(maps, kernels, strict=True):
            back = np.stack([convolve2d(g, layer) for layer in kernel])
            total = back if total is None else total + back
        images.append(total)
    return np.stack(images)
