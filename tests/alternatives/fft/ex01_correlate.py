# A product of spectra: correlation is the inverse transform of F(image) times conj(F(kernel)).
import numpy as np


def convolve2d(image, kernel, mode="valid"):
    rows = image.shape[0] + kernel.shape[0] - 1
    columns = image.shape[1] + kernel.shape[1] - 1
    spectrum = np.fft.rfft2(image, (rows, columns)) * np.fft.rfft2(kernel, (rows, columns))
    full = np.fft.irfft2(spectrum, (rows, columns))
    if mode == "full":
        return full
    if mode == "valid":
        top, left = kernel.shape[0] - 1, kernel.shape[1] - 1
        return full[top : image.shape[0], left : image.shape[1]]
    raise ValueError("mode is valid or full")


def correlate2d(image, kernel, mode="valid"):
    if mode not in {"valid", "full"}:
        raise ValueError("mode is valid or full")
    image, kernel = np.asarray(image, float), np.asarray(kernel, float)
    (h, w), (kh, kw) = image.shape, kernel.shape
    shape = (h + kh - 1, w + kw - 1)
    spectrum = np.fft.fft2(image, shape) * np.conj(np.fft.fft2(kernel, shape))
    around = np.real(np.fft.ifft2(spectrum))  # negative shifts lie at the end
    if mode == "valid":
        return around[: h - kh + 1, : w - kw + 1]
    return np.roll(around, (kh - 1, kw - 1), axis=(0, 1))
