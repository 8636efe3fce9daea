# Prints on stdout and stderr, warns, has a parameter of its own; docstrings in German.
"""Übung 1: Korrelation und Faltung, mit viel Gerede."""

import sys
import warnings

import numpy as np

print("ex01 wird geladen", file=sys.stderr)
warnings.warn("dieses Modul redet viel", UserWarning, stacklevel=1)


def correlate2d(
    image: np.ndarray, kernel: np.ndarray, mode: str = "valid", verbose: bool = True
) -> np.ndarray:
    """Verschiebt den Kern über das Bild und summiert die Produkte.

    Größe der Ausgabe: wie in der Aufgabe.
    """
    if verbose:
        print("Bild", image.shape, "Kern", kernel.shape, "Modus", mode)
        print("Bild", image.tolist(), file=sys.stderr)
    if mode not in ("valid", "full"):
        raise ValueError(f"unbekannter Modus {mode}")
    kh, kw = kernel.shape
    if mode == "full":
        image = np.pad(image, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    return np.array(
        [
            [np.vdot(image[u : u + kh, v : v + kw], kernel) for v in range(image.shape[1] - kw + 1)]
            for u in range(image.shape[0] - kh + 1)
        ]
    )


def convolve2d(
    image: np.ndarray, kernel: np.ndarray, mode: str = "valid", verbose: bool = True
) -> np.ndarray:
    """Dreht den Kern um 180 Grad und korreliert."""
    if verbose:
        warnings.warn("gedreht", UserWarning, stacklevel=2)
    return correlate2d(image, np.rot90(np.rot90(kernel)), mode, verbose)
