"""The given layers for batches compute what their text says, and every submission can import them."""

import math

import numpy as np
import pytest

from grader.checking import expect_close, numerical_gradient, random
from grader.runtime.importer import SubmissionImporter
from grader.runtime.provided_files import PROVIDED, PROVIDED_FOLDER
from tests.conftest import ROOT
from tests.sandbox.conftest import needs_bubblewrap, sandboxed  # noqa: F401

SHAPES = {"Flatten": (3, 2, 4, 5), "Dense": (3, 5), "ReLU": (3, 2, 4, 5)}
ARGUMENTS = {"Dense": (5, 4)}
USES_THEM = """
import numpy as np
from batch_layers import Dense
from layer import BatchLayer


class Reshape(BatchLayer):
    def forward(self, input, training=False):
        return Dense(6, 2).forward(input.reshape(3, 6))
"""


@pytest.fixture(params=SHAPES)
def layer(request, tmp_path):
    """Return one of the layers, as a submission without a file of its own imports it."""
    module = SubmissionImporter(tmp_path).load("batch_layers")
    return getattr(module, request.param)(*ARGUMENTS.get(request.param, ()))


@pytest.fixture
def x(layer):
    """Return a batch for the layer."""
    return random(np.random.default_rng(1), *SHAPES[type(layer).__name__])


def test_gradients_agree_with_differences(layer, x):
    output = layer.forward(x, training=True)
    g = random(np.random.default_rng(2), *output.shape)
    expected = numerical_gradient(lambda x: np.sum(layer.forward(x) * g), x)
    layer.forward(x)
    expect_close(layer.backward(g), expected, "the input gradient")
    assert layer.gradients.keys() == layer.parameters.keys()
    for name in layer.parameters:
        value = layer.parameters[name].astype(float)

        def loss(value, name=name):
            layer.parameters[name] = value
            return np.sum(layer.forward(x) * g)

        expected = numerical_gradient(loss, value)
        layer.parameters[name] = value
        expect_close(layer.gradients[name], expected, name)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtypes_are_kept(layer, x, dtype):
    output = layer.forward(x.astype(dtype))
    assert output.dtype == dtype
    assert layer.backward(output).dtype == dtype
    assert {value.dtype for value in layer.gradients.values()} <= {np.dtype(dtype)}
    assert {value.dtype for value in layer.parameters.values()} <= {np.dtype(np.float32)}


@pytest.mark.parametrize("samples", [0, 1])
def test_a_batch_may_have_one_sample_or_none(layer, x, samples):
    output = layer.forward(x[:samples])
    assert len(output) == samples
    assert layer.backward(output).shape == x[:samples].shape


def test_arguments_stay_as_they_are(layer, x):
    before = x.copy()
    output = layer.forward(x)
    gradient = output.copy()
    layer.backward(gradient)
    np.testing.assert_array_equal(x, before)
    np.testing.assert_array_equal(gradient, output)


def test_weights_have_he_initialisation(tmp_path):
    dense = SubmissionImporter(tmp_path).load("batch_layers").Dense
    first, second = dense(200, 300).parameters, dense(200, 300).parameters
    assert math.isclose(first["weights"].std(), math.sqrt(2 / 200), rel_tol=0.03)
    assert not np.array_equal(first["weights"], second["weights"])
    assert not first["bias"].any()


def test_what_is_provided_is_there_for_students():
    for name in PROVIDED:
        text = (PROVIDED_FOLDER / name).read_text("utf-8")
        assert (ROOT / "exercises" / name).read_text("utf-8") == text


@needs_bubblewrap
def test_they_can_be_imported_in_the_sandbox(tmp_path, sandboxed):  # noqa: F811
    (tmp_path / "ex03_reshape.py").write_text(USES_THEM, "utf-8")
    submission = sandboxed(tmp_path)
    with submission.running("ex03_reshape", 0, ()):
        submission.load("ex03_reshape")
