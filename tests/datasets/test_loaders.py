"""The data sets themselves."""

import os
import subprocess
import sys

import numpy as np
import pytest

from datasets import batches, load_digits, load_mnist, load_shapes, load_xor

# Read during collection: a fixture in this folder removes it from the environment.
MNIST_DIR = os.environ.get("MNIST_DIR")


def test_importing_the_package_imports_numpy_only():
    heavy = "sklearn scipy pooch requests tqdm matplotlib grader solutions pytest"
    code = (
        "import sys, datasets\n"
        f"print(*sorted({{name.split('.')[0] for name in sys.modules}} & set('{heavy}'.split())))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_digits_look_like_mnist():
    digits = load_digits()
    assert digits.name == "digits"
    assert digits.x_train.shape == (1029, 1, 28, 28)
    assert digits.x_test.shape == (768, 1, 28, 28)
    for x, y in ((digits.x_train, digits.y_train), (digits.x_test, digits.y_test)):
        assert x.dtype == np.float32
        assert y.dtype == np.int64
        assert y.shape == x.shape[:1]
        assert np.bincount(y).min() > 70  # ten classes, none of them rare
        assert x.min() == 0
        assert 0.9 < x.max() <= 1
        inside = np.zeros((28, 28), bool)
        inside[4:24, 4:24] = True
        assert (x[:, 0, ~inside] == 0).all()
        # The enlarged image has the same mean as the 8x8 image.
        assert x[:, 0, 4:24, 4:24].mean() == pytest.approx(0.305, abs=0.01)


def test_digits_are_sklearns_in_their_order_and_upright():
    from sklearn.datasets import load_digits as load_sklearn_digits

    original, digits = load_sklearn_digits(), load_digits()
    x = np.concatenate([digits.x_train, digits.x_test])[:, 0, 4:24, 4:24]
    assert np.concatenate([digits.y_train, digits.y_test]).tolist() == original.target.tolist()
    # Every 2x2 block of the original covers exactly 5x5 of the enlarged pixels.
    blocks = x.reshape(-1, 4, 5, 4, 5).mean((2, 4))
    small = original.images.reshape(-1, 4, 2, 4, 2).mean((2, 4)) / 16
    assert np.abs(blocks - small).max() < 0.2
    assert np.corrcoef(blocks.ravel(), small.ravel())[0, 1] > 0.99


def test_digits_are_split_between_two_forms():
    # A form begins with 0 to 9 twice. The test set begins with a form, so no handwriting is in both.
    assert load_digits().y_test[:20].tolist() == [*range(10)] * 2


def test_digits_are_the_same_every_time_and_writable():
    first = load_digits()
    first.x_train[:] = 0
    assert load_digits().x_train.any()
    np.testing.assert_array_equal(first.x_test, load_digits().x_test)


def test_xor():
    xor = load_xor()
    assert xor.name == "XOR"
    for x, y in ((xor.x_train, xor.y_train), (xor.x_test, xor.y_test)):
        assert x.shape == (4, 2, 1)
        assert y.shape == (4, 1, 1)
        assert x.dtype == y.dtype == np.float64
        np.testing.assert_array_equal(y[:, 0, 0], x[:, 0, 0] != x[:, 1, 0])
    xor.x_train[:] = 9
    assert xor.x_test.max() == 1


def test_the_repr_of_a_data_set_is_one_line():
    assert repr(load_xor()) == (
        "<Dataset XOR: train (4, 2, 1) -> (4, 1, 1), test (4, 2, 1) -> (4, 1, 1)>"
    )


@pytest.mark.skipif(not MNIST_DIR, reason="MNIST_DIR does not name a folder with the real MNIST")
def test_the_real_mnist():
    mnist = load_mnist(MNIST_DIR)
    assert mnist.x_train.shape == (60000, 1, 28, 28)
    assert mnist.x_test.shape == (10000, 1, 28, 28)
    assert mnist.x_train.dtype == np.float32
    assert (mnist.x_train.min(), mnist.x_train.max()) == (0, 1)
    assert mnist.x_train.mean(dtype=np.float64) == pytest.approx(0.1306604, abs=1e-6)
    assert mnist.y_train[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert np.bincount(mnist.y_test).tolist() == [
        980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009,
    ]  # fmt: skip


def test_shapes_are_four_noisy_figures():
    shapes = load_shapes()
    assert shapes.x_train.shape == (335, 1, 3, 3)
    assert shapes.x_test.shape == (165, 1, 3, 3)
    assert shapes.x_train.dtype == shapes.y_train.dtype == np.float32
    labels = np.concatenate([shapes.y_train, shapes.y_test]).argmax(axis=1)
    assert np.bincount(labels).tolist() == [125] * 4
    x = np.concatenate([shapes.x_train, shapes.x_test])[:, 0]
    means = np.array([x[labels == label].mean(axis=0) for label in range(4)])
    vertical, horizontal, cross, diamond = means.round().astype(int).tolist()
    assert vertical == [[0, 1, 0]] * 3
    assert horizontal == [[0, 0, 0], [1, 1, 1], [0, 0, 0]]
    assert cross == [[0, 1, 0], [1, 1, 1], [0, 1, 0]]
    assert diamond == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    assert (x - means[labels].round()).std() == pytest.approx(0.25, rel=0.05)


def test_shapes_follow_their_arguments():
    assert (load_shapes(noise=0, n=8).x_train % 1 == 0).all()
    assert len(load_shapes(10, test_share=0.5).x_test) == 5
    assert len(load_shapes(10, test_share=0).x_test) == 0
    same, again, other = (load_shapes(20, seed=seed).x_train for seed in (1, 1, 2))
    assert (same == again).all()
    assert (same != other).any()
    for wrong in ({"n": -1}, {"noise": -0.1}, {"test_share": 1.1}):
        with pytest.raises(ValueError, match="test_share must be between 0 and 1"):
            load_shapes(**wrong)


def test_batches_hold_every_sample_once():
    x, y = np.arange(35).reshape(35, 1), np.arange(35)
    in_order = list(batches(x, y))
    assert [len(inputs) for inputs, _ in in_order] == [16, 16, 3]
    assert np.concatenate([targets for _, targets in in_order]).tolist() == y.tolist()
    shuffled = list(batches(x, y, 10, np.random.default_rng(0)))
    targets = np.concatenate([targets for _, targets in shuffled])
    assert targets.tolist() != y.tolist()
    assert sorted(targets) == y.tolist()
    for inputs, targets in shuffled:
        assert (inputs[:, 0] == targets).all()
    assert list(batches(x[:0], y[:0])) == []
