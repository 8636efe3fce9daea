"""The oracles agree with SciPy, with central differences, and with the adjoint identity."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import signal, special

from grader.checking import numerical_gradient, oracles

sizes = st.integers(1, 4)


@given(st.integers(1, 7), st.integers(1, 7), sizes, sizes, st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_correlation_and_convolution(height, width, rows, columns, seed):
    rng = np.random.default_rng(seed)
    image, kernel = rng.normal(size=(height, width)), rng.normal(size=(rows, columns))
    for mode in ("valid", "full"):
        if mode == "valid" and (rows > height or columns > width):
            continue
        for ours, theirs in (
            (oracles.correlate2d, signal.correlate2d),
            (oracles.convolve2d, signal.convolve2d),
        ):
            np.testing.assert_allclose(
                ours(image, kernel, mode), theirs(image, kernel, mode), atol=1e-12
            )


@given(sizes, sizes, sizes, st.integers(0, 3), st.integers(0, 3), st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_convolutional_layer(channels, depth, size, more_rows, more_columns, seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(channels, size + more_rows, size + more_columns))
    kernels = rng.normal(size=(depth, channels, size, size))
    biases = rng.normal(size=(depth, more_rows + 1, more_columns + 1))
    g = rng.normal(size=biases.shape)
    output = oracles.convolutional_forward(x, kernels, biases)
    for i in range(depth):
        expected = biases[i] + sum(
            signal.correlate2d(x[j], kernels[i, j], "valid") for j in range(channels)
        )
        np.testing.assert_allclose(output[i], expected, atol=1e-12)

    to_input, to_kernels, to_biases = oracles.convolutional_gradients(x, kernels, g)
    forward = oracles.convolutional_forward
    for gradient, at, error in (
        (to_input, x, lambda v: np.sum(g * forward(v, kernels, biases))),
        (to_kernels, kernels, lambda v: np.sum(g * forward(x, v, biases))),
        (to_biases, biases, lambda v: np.sum(g * forward(x, kernels, v))),
    ):
        np.testing.assert_allclose(gradient, numerical_gradient(error, at), atol=1e-7)
    # The adjoint identity: <A x, g> = <x, A^T g> for the linear map without the bias.
    assert np.sum((output - biases) * g) == pytest.approx(np.sum(x * to_input))
    assert np.sum((output - biases) * g) == pytest.approx(np.sum(kernels * to_kernels))


def test_sigmoid_and_softmax():
    x = np.array([[-1000.0], [-3.0], [0.0], [0.5], [700.0]])
    np.testing.assert_allclose(oracles.sigmoid(x), special.expit(x))
    np.testing.assert_allclose(oracles.softmax(x), special.softmax(x), atol=1e-300)
    x = np.array([[-2.0], [0.3], [1.0]])
    np.testing.assert_allclose(
        oracles.sigmoid_prime(x),
        numerical_gradient(lambda v: float(np.sum(special.expit(v))), x),
        atol=1e-9,
    )
    for index in range(3):
        row = numerical_gradient(lambda v, i=index: float(special.softmax(v)[i, 0]), x)
        np.testing.assert_allclose(oracles.softmax_jacobian(x)[index], row.ravel(), atol=1e-9)


def test_losses():
    y, p = np.array([[1], [0], [1]]), np.array([[0.9], [0.2], [0.3]])
    expected = -(np.log(0.9) + np.log(0.8) + np.log(0.3)) / 3
    assert oracles.binary_cross_entropy(y, p) == pytest.approx(expected)
    y = np.array([[0], [1], [0]])
    assert oracles.categorical_cross_entropy(y, p) == pytest.approx(-np.log(0.2))
