"""Exercise 8: checks for `Dropout`, whatever random number generator the student's code uses."""

from itertools import combinations

import numpy as np

from grader.checking import (
    aside,
    call_each,
    call_quietly,
    construct,
    expect,
    expect_array,
    expect_close,
    expect_same_share,
    expect_unchanged_arguments,
    helps,
    marks,
    part,
    random,
)

RATES = (0.3, 0.6)  # not 0.5, where mixing up kept and dropped would go unnoticed
SHAPES = ((120, 100), (2, 90, 110), (5000, 1))
MANY = 1000
"""Of so many numbers, at least one is dropped."""
LEARNING_RATE = 1.9
"""Neither 1 nor 1 - rate: a mask multiplied by either of them could look like another mask."""


def new_layer(exercise, rate):
    """Return a new layer."""
    return construct(exercise.Dropout, rate, rate=rate)


def masks_of(layer, inputs, rate):
    """Return the factor of each number in training passes of forward; fail if one is wrong."""
    outputs = call_each(layer.forward, [(x,) for x in inputs], training=True)
    return [factors(output, x, rate) for output, x in zip(outputs, inputs)]


def factors(output, x, rate):
    """Return the factor for each number of an input; fail unless each is 0 or 1 / (1 - rate)."""
    ratio, scale = expect_array(output, x.shape, "the output") / x, 1 / (1 - rate)
    expect(
        x.size < MANY or rate == 0 or not np.allclose(ratio, 1),
        "in training, with rate {rate}, some numbers should be dropped; the output is the input",
        rate=rate,
    )
    kept = np.isclose(ratio, scale, rtol=1e-4)
    wrong = ~(kept | (ratio == 0))
    low, high = np.min(ratio[wrong], initial=np.inf), np.max(ratio[wrong], initial=-np.inf)
    one_factor = bool(np.isclose(low, high, rtol=1e-4))
    found = (
        "{low:.4g} times" if one_factor else "other multiples, from {low:.4g} to {high:.4g} times"
    )
    expect(
        not wrong.any(),
        "with rate {rate}, each output should be 0 or {scale:.4g} times the input; "
        f"some are {found}",
        rate=rate,
        scale=scale,
        low=low,
        high=high,
    )
    return np.where(kept, scale, 0.0)


def cases(rng):
    """Yield rates and inputs."""
    for rate in RATES:
        for shape in SHAPES:
            yield rate, random(rng, *shape)


def expect_kept(mask, rate, which):
    """Fail unless roughly the right share of the numbers was kept."""
    kept = int(np.count_nonzero(mask))
    expect_same_share(kept, mask.size, 1 - rate, f"with rate {rate}, the share kept{which}")


def prepare_backward(layer, x, rate, rng):
    """Run forward and return the masks that backward may use.

    With help, the layer gets a mask like the one in the exercise. Without help, it uses its own. If
    that mask is wrong, a backward that matches it is not at fault.
    """
    mask = (rng.uniform(size=x.shape) >= rate) / (1 - rate)
    output = call_quietly(layer.forward, x, training=True)
    if helps(layer):
        layer.mask = mask
        return [mask]
    if not isinstance(output, np.ndarray) or output.shape != x.shape:
        return [mask]
    return [output / x, (output != 0) / (1 - rate)]


@part("ex08/forward", target="Dropout.forward", random=True)
class TestForward:
    """Dropout.forward"""

    @marks(1)
    def test_training(self, exercise, rng):
        """In training, each number is set to 0 with probability rate, or else divided by 1 - rate."""
        for rate in (0.1, 0.25, 0.3, 0.5, 0.6, 0.9):
            x = random(rng, 120, 100)
            (mask,) = masks_of(new_layer(exercise, rate), [x], rate)
            expect_independent(mask)
            expect_kept(mask, rate, "")
            expect_kept(mask[x > 0], rate, " of the positive numbers")
            inputs = [random(rng, 7, 1) for _ in range(60)]
            small = masks_of(new_layer(exercise, rate), inputs, rate)
            expect_kept(np.array(small), rate, " of small inputs")
        x = random(rng, 100, 100)
        expect_close(
            new_layer(exercise, 0.0).forward(x, training=True), x, "the output with rate 0"
        )

    @marks(1)
    def test_new_masks(self, exercise, rng):
        """Each number is dropped independently, with a new mask for every call and every layer."""
        for rate, x in cases(rng):
            layer, other = new_layer(exercise, rate), new_layer(exercise, rate)
            masks, theirs = masks_of(layer, 4 * [x], rate), masks_of(other, 2 * [x], rate)
            expect_independent(masks[0])
            repeated = any(np.array_equal(a, b) for a, b in combinations(masks, 2))
            expect(not repeated, "two calls in training drop the same numbers")
            shared = any(np.array_equal(a, b) for a in masks for b in theirs)
            expect(not shared, "two layers drop the same numbers")
            expect_remembered(layer, other, x, rate, rng)

    @marks(1)
    def test_predicting(self, exercise, rng):
        """Outside training, the output equals the input; the input itself never changes."""
        for rate, x in cases(rng):
            layer = new_layer(exercise, rate)
            expect_as_it_was(layer.forward(x), x)
            expect_unchanged_arguments(layer)
            layer.forward(x, True)
            expect_unchanged_arguments(layer)
            expect_as_it_was(layer.forward(x, False), x)
            layer.forward(x, training=True)
            expect_unchanged_arguments(layer)
            expect_as_it_was(layer.forward(x, training=False), x)


@part("ex08/backward", target="Dropout.backward", random=True)
class TestBackward:
    """Dropout.backward"""

    @marks(2)
    def test_values(self, exercise, rng):
        """The returned gradient is the output gradient times the mask from the last forward."""
        for rate, x in cases(rng):
            layers = new_layer(exercise, rate), new_layer(exercise, rate)
            for order in (layers, layers[::-1]):
                masks = [prepare_backward(layer, x, rate, rng) for layer in order]
                for layer, right in zip(order, masks):
                    expect_backward(layer, random(rng, *x.shape), right)

    @marks(1)
    def test_leaves_alone(self, exercise, rng):
        """Backward leaves the output gradient unchanged, and a second call returns the same result."""
        for rate, x in cases(rng):
            for layer in (new_layer(exercise, rate), new_layer(exercise, rate)):
                prepare_backward(layer, x, rate, rng)
                output_gradient = random(rng, *x.shape)
                first = layer.backward(output_gradient, LEARNING_RATE)
                expect_array(first, x.shape, "the returned gradient")
                expect_unchanged_arguments(layer)
                try:
                    again = layer.backward(output_gradient, LEARNING_RATE)
                except Exception:  # a layer may use up what forward stored
                    masks = prepare_backward(layer, x, rate, rng)
                    expect_backward(layer, output_gradient, masks)
                else:
                    expect_close(again, first, "the gradient from a second backward")


def expect_independent(mask):
    """Fail if rows, columns or channels of a mask are kept or dropped together."""
    alone = len(np.unique(mask)) == 1
    expect(not alone, "all numbers are kept or all are dropped: one random number decides for all")
    together = any(
        np.all((shares == 0) | (shares == mask.shape[axis]))
        for axis in range(mask.ndim)
        if mask.shape[axis] > 1
        for shares in [np.count_nonzero(mask, axis=axis)]
    )
    expect(not together, "numbers along one axis are all kept or all dropped together")


def expect_as_it_was(output, x):
    """Fail unless the output is the input; if numbers were dropped, say so, whichever they are."""
    zeros = np.mean(expect_array(output, x.shape, "the output outside training") == 0)
    expect(
        zeros == 0,
        "outside training nothing should be dropped; {zeros:.0%} of the output is 0",
        zeros=zeros,
    )
    expect_close(output, x, "the output outside training")


def expect_remembered(layer, other, x, rate, rng):
    """Fail if a backward that is otherwise correct does not get forward's mask.

    The other layer runs forward as well, as in a network, which overwrites a mask stored in the class.
    """
    (mask,), output_gradient = masks_of(layer, [x], rate), random(rng, *x.shape)
    other.forward(x, training=True)
    expect_unchanged_arguments(other)
    with aside(layer):
        stored, is_right = getattr(layer, "mask", None), backward_is(layer, output_gradient, mask)
        layer.mask = mask
        could_be_right = is_right or backward_is(layer, output_gradient, mask)
    # A backward that is not right, or not written, cannot tell what forward stored.
    found = has_pattern(stored, mask)
    expect(
        is_right or found,
        "the output is right, but backward cannot get at the mask after your own forward: forward has "
        "to store it, 0 or 1 / (1 - rate) for each number, in self.mask",
    )
    expect(
        is_right or not could_be_right,
        "the output is right, but self.mask does not contain what forward multiplied by: "
        "1 / (1 - rate) for each number that it kept",
    )


def has_pattern(stored, mask):
    """Return whether an attribute is a mask that keeps the same numbers."""
    is_array = isinstance(stored, np.ndarray) and stored.shape == mask.shape
    return is_array and np.array_equal(stored != 0, mask != 0)


def backward_is(layer, output_gradient, mask):
    """Return whether backward multiplies by a mask."""
    gradient = call_quietly(layer.backward, output_gradient, LEARNING_RATE)
    right = output_gradient * mask
    same = isinstance(gradient, np.ndarray) and gradient.shape == right.shape
    return same and np.allclose(gradient, right, rtol=1e-3)


def expect_backward(layer, output_gradient, masks):
    """Fail unless backward multiplies by one of the masks; the message compares with the first."""
    gradient = layer.backward(output_gradient, LEARNING_RATE)
    expect_array(gradient, output_gradient.shape, "the returned gradient")
    if not any(np.allclose(gradient, output_gradient * mask, rtol=1e-3) for mask in masks[1:]):
        expect_close(gradient, output_gradient * masks[0], "the returned gradient")
