"""For any numbers, correct implementations of all kinds agree with the oracles."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from grader.checking import expect_close, expect_finite, expect_number, numerical_gradient, oracles
from grader.submissions.local_submission import LocalSubmission
from tests.properties.profiles import examples
from tests.properties.tables import convolutions, images_and_kernels

ROOT = Path(__file__).parents[2]
RIGHT = [ROOT / "solutions", *sorted(p.parent for p in ROOT.glob("tests/alternatives/*/ex01_*.py"))]

everyone = pytest.mark.parametrize("folder", RIGHT, ids=lambda folder: folder.name)
submission = cache(LocalSubmission)

pytestmark = pytest.mark.filterwarnings("ignore")  # some submissions give warnings on purpose


def load(folder, name):
    """Return a module of a submission."""
    return submission(folder).load(name).target


def numbers(*shape, largest=2.0):
    """Draw an array, which may also contain zeros and tiny numbers."""
    return arrays(np.float64, shape, elements=st.floats(-largest, largest))


def columns(largest):
    """Draw two columns of the same length."""
    return st.integers(1, 8).flatmap(
        lambda n: st.tuples(numbers(n, 1, largest=largest), numbers(n, 1))
    )


@everyone
@examples(2)
@given(data=st.data(), mode=st.sampled_from(["valid", "full"]))
def test_correlation(folder, data, mode):
    shapes = data.draw(st.booleans().flatmap(images_and_kernels))
    image, kernel = (data.draw(numbers(*shape)) for shape in shapes)
    module = load(folder, "ex01_correlate")
    for name in ("correlate2d", "convolve2d"):
        expected = getattr(oracles, name)(image, kernel, mode)
        expect_close(getattr(module, name)(image, kernel, mode), expected, name)


@everyone
@examples(2)
@given(data=st.data(), rate=st.floats(0.1, 2))
def test_convolutional(folder, data, rate):
    shape = data.draw(st.booleans().flatmap(convolutions))
    channels, height, width, size, depth = shape
    x, kernels = data.draw(numbers(*shape[:3])), data.draw(numbers(depth, channels, size, size))
    output_shape = depth, height - size + 1, width - size + 1
    biases, gradient = data.draw(numbers(*output_shape)), data.draw(numbers(*output_shape))
    layer = load(folder, "ex02_convolutional").Convolutional(shape[:3], size, depth)
    layer.kernels, layer.biases = kernels.copy(), biases.copy()
    expect_close(layer.forward(x), oracles.convolutional_forward(x, kernels, biases), "output")
    to_input, to_kernels, to_biases = oracles.convolutional_gradients(x, kernels, gradient)
    expect_close(layer.backward(gradient, rate), to_input, "returned gradient")
    expect_close(np.asarray(layer.kernels), kernels - rate * to_kernels, "kernels")
    expect_close(np.asarray(layer.biases), biases - rate * to_biases, "biases")


@everyone
@examples(2)
@given(data=st.data(), inputs=st.integers(1, 6), outputs=st.integers(1, 6), rate=st.floats(0.1, 2))
def test_dense(folder, data, inputs, outputs, rate):
    weights, bias = data.draw(numbers(outputs, inputs)), data.draw(numbers(outputs, 1))
    x, gradient = data.draw(numbers(inputs, 1)), data.draw(numbers(outputs, 1))
    layer = load(folder, "ex04_dense").Dense(inputs, outputs)
    layer.weights, layer.bias = weights.copy(), bias.copy()
    expect_close(layer.forward(x), weights @ x + bias, "output")
    expect_close(layer.backward(gradient, rate), weights.T @ gradient, "returned gradient")
    expect_close(np.asarray(layer.weights), weights - rate * gradient @ x.T, "weights")
    expect_close(np.asarray(layer.bias), bias - rate * gradient, "bias")


@everyone
@examples(2)
@given(drawn=columns(1000.0))
def test_activations(folder, drawn):
    x, gradient = drawn
    module = load(folder, "ex05_activations")
    layer = module.Sigmoid()
    expect_close(layer.forward(x), oracles.sigmoid(x), "output")
    expect_close(layer.backward(gradient, 0.7), gradient * oracles.sigmoid_prime(x), "gradient")
    layer = module.ReLU()
    expect_close(layer.forward(x), x * (x > 0), "output")
    at_kink = np.abs(x) < 1e-30  # 0 in float32, where the slope of either side is right
    right = np.where(at_kink, 0, gradient * (x > 0))
    expect_close(np.where(at_kink, 0, layer.backward(gradient, 0.7)), right, "gradient")


@everyone
@examples(2)
@given(drawn=columns(1000.0))
def test_softmax(folder, drawn):
    x, gradient = drawn
    layer = load(folder, "ex07_softmax").Softmax()
    expect_close(layer.forward(x), oracles.softmax(x), "output")
    expect_close(layer.backward(gradient, 0.7), oracles.softmax_jacobian(x) @ gradient, "gradient")


@everyone
@examples(2)
@given(data=st.data(), size=st.integers(1, 8))
def test_losses(folder, data, size):
    module = load(folder, "ex06_losses")
    y = data.draw(arrays(np.int64, (size, 1), elements=st.integers(0, 1)))
    p = data.draw(arrays(np.float64, (size, 1), elements=st.floats(0.002, 0.998)))
    sure = data.draw(arrays(np.float64, (size, 1), elements=st.sampled_from([0.0, 0.5, 1.0])))
    one = np.zeros((size, 1))
    one[data.draw(st.integers(0, size - 1))] = 1
    for name, truth in (("binary_cross_entropy", y), ("categorical_cross_entropy", one)):
        loss, prime = getattr(module, name), getattr(module, f"{name}_prime")
        right = getattr(oracles, name)
        expect_number(float(loss(truth, p)), right(truth, p), "loss")
        slopes = numerical_gradient(lambda p: right(truth, p), p, step=1e-6)  # noqa: B023
        expect_close(prime(truth, p), slopes, "gradient")
        expect_finite(loss(truth, sure), "loss")
        expect_finite(prime(truth, sure), "gradient")
