"""The texts of the exercises are right: the worked examples, and the scripts that draw figures."""

import os
import subprocess
import sys

import numpy as np
import pytest

from grader.checking.course import parts_to_write
from grader.submissions.local_submission import LocalSubmission


@pytest.fixture(scope="module")
def load(solutions):
    """Return a module of the reference by name."""
    submission = LocalSubmission(solutions)
    return lambda name: submission.load(name).target


A = np.array([[1, 6, 2, 0], [5, 3, 1, 2], [7, 0, 4, 1], [2, 1, 0, 3]])
K = np.array([[1, 2], [-1, 0]])


def test_correlation_by_hand(load):
    module = load("ex01_correlate")
    assert module.correlate2d(A, K, "valid").tolist() == [[8, 7, 1], [4, 5, 1], [5, 7, 6]]
    assert module.convolve2d(A, K, "valid").tolist() == [[7, 5, 4], [11, 3, 7], [5, -2, 2]]


def test_convolutional_by_hand(load):
    layer = load("ex02_convolutional").Convolutional((1, 3, 3), 2, 1)
    layer.kernels = K.reshape(1, 1, 2, 2).astype(float)
    output = layer.forward(np.array([[[1, 6, 2], [5, 3, 1], [7, 0, 4]]]))
    assert output.tolist() == [[[8, 7], [4, 5]]]
    gradient = layer.backward(np.array([[[1, -1], [2, 0]]]), 0.1)
    assert gradient.tolist() == [[[1, 1, -2], [1, 5, 0], [-2, 0, 0]]]
    np.testing.assert_allclose(layer.kernels[0, 0], [[0.5, 1], [-2.6, -0.2]])


def test_dense_by_hand(load):
    layer = load("ex04_dense").Dense(3, 2)
    layer.weights, layer.bias = np.array([[1, 2, -1], [0, 1, 3]]), np.array([[1], [-2]])
    assert layer.forward(np.array([[2], [1], [-1]])).tolist() == [[6], [-4]]
    assert layer.backward(np.array([[0.5], [-1]]), 1).tolist() == [[0.5], [0], [-3.5]]
    assert (np.array([[1, 2, -1], [0, 1, 3]]) - layer.weights).tolist() == [
        [1, 0.5, -0.5],
        [-2, -1, 1],
    ]


def test_sigmoid_by_hand(load):
    layer = load("ex05_activations").Sigmoid()
    np.testing.assert_allclose(layer.forward(np.array([0, np.log(3)])), [1 / 2, 3 / 4])
    np.testing.assert_allclose(layer.backward(np.array([2, -4]), 1), [1 / 2, -3 / 4])


def test_losses_by_hand(load):
    module = load("ex06_losses")
    y, p = np.array([[1], [0]]), np.array([[0.8], [0.4]])
    assert module.binary_cross_entropy(y, p) == pytest.approx(0.3670, abs=5e-5)
    slopes = module.binary_cross_entropy_prime(y, p).ravel()
    np.testing.assert_allclose(slopes, [-0.625, 0.8333], atol=5e-5)
    y, p = np.array([[0], [1], [0]]), np.array([[0.2], [0.5], [0.3]])
    assert module.categorical_cross_entropy(y, p) == pytest.approx(0.6931, abs=5e-5)
    assert module.categorical_cross_entropy_prime(y, p).ravel().tolist() == [0, -2, 0]


def test_softmax_by_hand(load):
    layer = load("ex07_softmax").Softmax()
    output = layer.forward(np.log([[1], [2], [5]]))
    np.testing.assert_allclose(output.ravel(), [1 / 8, 1 / 4, 5 / 8])
    gradient = layer.backward(np.array([[8], [0], [-8]]), 1)
    np.testing.assert_allclose(gradient.ravel(), [1.5, 1, -2.5])


def test_dropout_by_hand(load):
    layer = load("ex08_dropout").Dropout(0.5)
    layer.mask = np.array([[2], [0], [2]])
    assert layer.backward(np.array([[1], [1], [-2]]), 1).tolist() == [[2], [0], [-4]]


def test_training_by_hand(load):
    dense, losses = load("ex04_dense"), load("ex06_losses")
    layer = dense.Dense(1, 1)
    layer.weights = np.array([[2.0]])

    class NoBias:
        def forward(self, x, training):
            return layer.weights @ x

        def backward(self, gradient, rate):
            layer.weights = layer.weights - rate * gradient * 3
            return gradient

    x, y = np.array([[[3.0]]]), np.array([[[5.0]]])
    answer = load("ex09_training").train(
        [NoBias()], losses.mse, losses.mse_prime, x, y, 2, 0.01, False
    )
    assert answer == pytest.approx([1.0, 0.6724])


SCRIPTS = sorted({f"{part.exercise}.py" for part in parts_to_write()})


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_file_runs_as_a_script_and_draws(solutions, tmp_path, name):
    # A Matplotlib backend whose show() saves the figure; the script itself runs unchanged.
    (tmp_path / "saving.py").write_text(
        "from matplotlib.backends.backend_agg import FigureCanvasAgg, FigureManagerBase\n"
        "class FigureManager(FigureManagerBase):\n"
        "    @classmethod\n"
        "    def pyplot_show(cls, *, block=None):\n"
        "        from matplotlib import pyplot\n"
        "        pyplot.savefig('figure.png')\n"
        "class FigureCanvas(FigureCanvasAgg):\n"
        "    manager_class = FigureManager\n",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-W", "error::RuntimeWarning", solutions / name],
        cwd=tmp_path,
        env={**os.environ, "MPLBACKEND": "module://saving", "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    if "pyplot" in (solutions / name).read_text("utf-8"):
        assert (tmp_path / "figure.png").stat().st_size > 5000
