"""The oracles agree with SciPy, with results worked out by hand, and with central differences."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import signal, special

from grader.checking import numerical_gradient, oracles
from tests.properties.profiles import examples

sizes = st.integers(1, 4)
modes = st.sampled_from(["valid", "full"])


def numbers(*shape, largest=100.0):
    return arrays(np.float64, shape, elements=st.floats(-largest, largest))


def columns(largest=30.0):
    return st.integers(1, 9).flatmap(lambda n: numbers(n, 1, largest=largest))


@st.composite
def images_and_kernels(draw):
    rows, columns = draw(sizes), draw(sizes)
    image = draw(numbers(rows + draw(st.integers(0, 4)), columns + draw(st.integers(0, 4))))
    return image, draw(numbers(rows, columns))


@examples(20)
@given(images_and_kernels(), modes)
def test_correlation_and_convolution_are_scipys(drawn, mode):
    for ours, theirs in (
        (oracles.correlate2d, signal.correlate2d),
        (oracles.convolve2d, signal.convolve2d),
    ):
        np.testing.assert_allclose(ours(*drawn, mode), theirs(*drawn, mode), atol=1e-9)


@examples(20)
@given(images_and_kernels(), modes)
def test_correlation_is_the_sum_in_its_definition(drawn, mode):
    image, kernel = drawn
    (height, width), (rows, columns) = image.shape, kernel.shape
    # In mode "full", the first window begins this many rows and columns before the image.
    up, left = (rows - 1, columns - 1) if mode == "full" else (0, 0)
    expected = np.zeros((height - rows + 1 + 2 * up, width - columns + 1 + 2 * left))
    for u, v in np.ndindex(expected.shape):
        for a, b in product(range(rows), range(columns)):
            y, x = u + a - up, v + b - left
            if 0 <= y < height and 0 <= x < width:
                expected[u, v] += image[y, x] * kernel[a, b]
    np.testing.assert_allclose(oracles.correlate2d(image, kernel, mode), expected, atol=1e-9)
    rotated = np.array([row[::-1] for row in kernel[::-1]])
    np.testing.assert_allclose(oracles.convolve2d(image, rotated, mode), expected, atol=1e-9)


@examples(10)
@given(st.integers(1, 12), st.integers(1, 12))
def test_full_convolution_multiplies_polynomials(m, n):
    def powers(of):
        """Return the coefficients of (1 + x)^rows (1 + y)^columns."""
        rows, columns = of
        return np.outer(*([math.comb(k, i) for i in range(k + 1)] for k in (rows, columns)))

    product_of_both = oracles.convolve2d(powers((m, n)), powers((2, 3)), "full")
    assert product_of_both.tolist() == powers((m + 2, n + 3)).tolist()


@examples(20)
@given(st.data(), numbers(6), numbers(7), numbers(2), numbers(3), modes)
def test_rows_and_columns_can_be_correlated_one_after_the_other(data, a, b, c, d, mode):
    both = oracles.correlate2d(np.outer(a, b), np.outer(c, d), mode)
    one_by_one = np.outer(np.correlate(a, c, mode), np.correlate(b, d, mode))
    np.testing.assert_allclose(both, one_by_one, atol=1e-6)


@st.composite
def convolutional_layers(draw):
    channels, depth, size = draw(sizes), draw(sizes), draw(sizes)
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    return (
        draw(numbers(channels, size + rows - 1, size + columns - 1, largest=3)),
        draw(numbers(depth, channels, size, size, largest=3)),
        draw(numbers(depth, rows, columns, largest=3)),
        draw(numbers(depth, rows, columns, largest=3)),
    )


@examples(15)
@given(convolutional_layers())
def test_convolutional_layer(drawn):
    x, kernels, biases, g = drawn
    forward = oracles.convolutional_forward
    output = forward(x, kernels, biases)
    for i, bias in enumerate(biases):
        expected = bias + sum(map(oracles.correlate2d, x, kernels[i]))
        np.testing.assert_allclose(output[i], expected, atol=1e-12)

    to_input, to_kernels, to_biases = oracles.convolutional_gradients(x, kernels, g)
    for gradient, at, error in (
        (to_input, x, lambda v: np.sum(g * forward(v, kernels, biases))),
        (to_kernels, kernels, lambda v: np.sum(g * forward(x, v, biases))),
        (to_biases, biases, lambda v: np.sum(g * forward(x, kernels, v))),
    ):
        np.testing.assert_allclose(gradient, numerical_gradient(error, at), atol=1e-5)
    # The exercise's three equations.
    for j, channel in enumerate(x):
        expected = sum(oracles.convolve2d(g[i], kernels[i, j], "full") for i in range(len(g)))
        np.testing.assert_allclose(to_input[j], expected, atol=1e-12)
        for i, gradient in enumerate(g):
            np.testing.assert_allclose(
                to_kernels[i, j], oracles.correlate2d(channel, gradient), atol=1e-12
            )
    assert to_biases.tolist() == g.tolist()
    # The adjoint identity: <A x, g> = <x, A^T g> for the linear map without the bias.
    linear = np.sum((output - biases) * g)
    assert linear == pytest.approx(np.sum(x * to_input), abs=1e-9)
    assert linear == pytest.approx(np.sum(kernels * to_kernels), abs=1e-9)


@examples(20)
@given(columns(1000.0))
def test_sigmoid(x):
    np.testing.assert_allclose(oracles.sigmoid(x), special.expit(x), atol=1e-300)
    np.testing.assert_allclose(oracles.sigmoid(x) + oracles.sigmoid(-x), 1)
    np.testing.assert_allclose(oracles.sigmoid(x), (1 + np.tanh(x / 2)) / 2, atol=1e-15)
    np.testing.assert_allclose(
        oracles.sigmoid_prime(x),
        numerical_gradient(lambda v: float(np.sum(special.expit(v))), x),
        atol=1e-8,
    )


@examples(20)
@given(columns(1000.0), st.floats(-1000, 1000))
def test_softmax(x, shift):
    y = oracles.softmax(x)
    np.testing.assert_allclose(y, special.softmax(x), atol=1e-300)
    assert np.sum(y) == pytest.approx(1)
    np.testing.assert_allclose(oracles.softmax(x + shift), y, atol=1e-9)
    # Of two numbers, softmax is the sigmoid of their difference.
    pair = x[[0, -1]]
    assert oracles.softmax(pair)[0, 0] == pytest.approx(special.expit(pair[0, 0] - pair[1, 0]))


@examples(20)
@given(columns())
def test_softmax_jacobian(x):
    jacobian = oracles.softmax_jacobian(x)
    for index in range(len(x)):
        row = numerical_gradient(lambda v, i=index: float(special.softmax(v)[i, 0]), x)
        np.testing.assert_allclose(jacobian[index], row.ravel(), atol=1e-8)
    np.testing.assert_allclose(jacobian, jacobian.T)
    np.testing.assert_allclose(jacobian.sum(axis=0), 0, atol=1e-12)


@examples(20)
@given(st.data(), columns(6.0))
def test_binary_cross_entropy(data, z):
    y = data.draw(arrays(np.int64, z.shape, elements=st.integers(0, 1)))
    p = special.expit(z)
    # In terms of z the loss is softplus: log(1 + e^z) - y z.
    assert oracles.binary_cross_entropy(y, p) == pytest.approx(np.mean(np.log1p(np.exp(z)) - y * z))
    slopes = numerical_gradient(lambda v: oracles.binary_cross_entropy(y, v), p, step=1e-6)
    np.testing.assert_allclose(slopes, (p - y) / (p * (1 - p)) / p.size, rtol=1e-5, atol=1e-6)


@examples(20)
@given(st.data(), columns(6.0))
def test_categorical_cross_entropy(data, z):
    y, p = np.zeros(z.shape), special.softmax(z)
    true = data.draw(st.integers(0, len(z) - 1))
    y[true] = 1
    # In terms of z the loss is log sum e^z - z of the true class.
    loss = oracles.categorical_cross_entropy(y, p)
    assert loss == pytest.approx(special.logsumexp(z) - z[true, 0], abs=1e-12)
    slopes = numerical_gradient(lambda v: oracles.categorical_cross_entropy(y, v), p, step=1e-8)
    np.testing.assert_allclose(slopes, -y / p, rtol=1e-3, atol=1e-6)


def test_losses_by_hand():
    y, p = np.array([[1], [0], [1]]), np.array([[0.9], [0.2], [0.3]])
    expected = -(np.log(0.9) + np.log(0.8) + np.log(0.3)) / 3
    assert oracles.binary_cross_entropy(y, p) == pytest.approx(expected)
    y = np.array([[0], [1], [0]])
    assert oracles.categorical_cross_entropy(y, p) == pytest.approx(-np.log(0.2))
