"""Exercise 5: checks for `Activation`, `Sigmoid` and `ReLU`."""

from functools import partial
from itertools import product

import numpy as np

from grader.checking import (
    MissingName,
    Trial,
    backward_trials,
    call_each,
    call_quietly,
    construct,
    expect,
    expect_array,
    expect_close,
    expect_finite,
    expect_memory,
    expect_no_warning,
    expect_repeatable,
    expect_unchanged_arguments,
    first_way_that_fits,
    forward_trials,
    marks,
    numerical_gradient,
    oracles,
    part,
    random,
)

SHAPES = ((5, 1), (2, 3, 4), (1, 1))
SCALES = (0.01, 3, 40, 1000)
SIZES = (1, 10_000)
"""The sizes of the inputs of an `Activation`: it must not cut off large numbers."""
EXTREMES = np.array([[-1000.0], [-710.0], [-40.0], [0.0], [40.0], [710.0], [1000.0]])

SMALL = 1e-6
"""Largest difference from 0 or 1 that is accepted there: large inputs may be clipped, but not at 10."""


def cube(x):
    """Return an unusual activation, which no student has built in.

    Neither it nor its derivative is odd or even, and it gives fractions for integers.
    """
    return x**3 / 2 + x**2 / 3 - x


def cube_prime(x):
    """Return the derivative of `cube`."""
    return 3 * x**2 / 2 + 2 * x / 3 - 1


def number_types(x):
    """Return an input as it is, in single precision, and as integers."""
    return x, x.astype(np.float32), np.round(x).astype(int)


def new_trial(exercise, rng, shape, size, layer):
    """Return a trial of an `Activation` with the grader's own function."""
    if layer is None:
        layer = construct(
            exercise.Activation, cube, cube_prime, activation=cube, activation_prime=cube_prime
        )
    input = size * random(rng, *shape)
    return Trial(layer, input, cube(input), random(rng, *shape))


def forward(exercise, rng):
    """Yield trials of every shape, ready for `forward`."""
    for shape, size in product(SHAPES, SIZES):
        yield from forward_trials(partial(new_trial, exercise, rng, shape, size))


def backward(exercise, rng):
    """Yield trials of every shape, ready for `backward`."""
    for shape, size in product(SHAPES, SIZES):
        yield from backward_trials(partial(new_trial, exercise, rng, shape, size))


def step(trial):
    """Call backward, and fail unless it returns the right gradient."""
    expected = trial.output_gradient * cube_prime(trial.input)
    expect_close(trial.backward(), expected, "the returned gradient")


def base_class_is_at_fault(exercise):
    """Return whether the student's `Activation` lacks something that Sigmoid and ReLU build on."""
    rng = np.random.default_rng(0)
    try:
        for trial in forward(exercise, rng):
            for x in number_types(trial.input):
                for _ in range(2):
                    output = call_quietly(trial.layer.forward, x)
                    expect_close(output, cube(x), "the output")
                    expect_unchanged_arguments(trial.layer)
        for trial in backward(exercise, rng):
            expected = trial.output_gradient * cube_prime(trial.input)
            for _ in range(2):
                answer = call_quietly(trial.layer.backward, trial.output_gradient, 0.7)
                expect_close(answer, expected, "the returned gradient")
                expect_unchanged_arguments(trial.layer)
    except MissingName:
        return False
    except Exception:  # any error counts: Activation is graded in its own parts
        return True
    return False


def values(layer, inputs, *, at_fault):
    """Yield the layer's outputs, without `Activation.forward` if that is at fault."""
    function = getattr(layer, "activation", None) if at_fault else None
    return call_each(function or layer.forward, [(x,) for x in inputs])


def derivatives(layers, inputs, output_gradients, *, at_fault):
    """Return the layers' input gradients, without `Activation` if that is at fault.

    All layers run forward before the first runs backward, as in a network: they must not share what
    they store.
    """
    functions = [getattr(layer, "activation_prime", None) if at_fault else None for layer in layers]
    for layer, function, x in zip(layers, functions, inputs):
        if not function:
            layer.forward(x)
    return [
        slopes(layer, function, x) * output_gradient
        if function
        else input_gradient(layer, output_gradient)
        for layer, function, x, output_gradient in zip(layers, functions, inputs, output_gradients)
    ]


def slopes(layer, function, x):
    """Return the values of the layer's own derivative."""
    answer = expect_array(function(x), x.shape, "the derivative")
    expect_unchanged_arguments(layer)
    return answer


def input_gradient(layer, output_gradient):
    """Call backward and return its result."""
    before = getattr(layer, "input", None)
    gradient = layer.backward(output_gradient, 0.7)
    expect_unchanged_arguments(layer)
    if isinstance(before, np.ndarray):
        expect_close(layer.input, before, "layer.input after backward")
    return gradient


def expect_either_way(exercise, rng, check):
    """Run a check; if it fails and `Activation` is at fault, run it again without `Activation`."""
    start = rng.bit_generator.state

    def run(at_fault):
        rng.bit_generator.state = start
        check(at_fault=at_fault)

    find_out = partial(base_class_is_at_fault, exercise)
    first_way_that_fits(exercise, "Activation is at fault", find_out, run)


def compare_values(new_layer, right, rng, *, at_fault):
    """Compare a layer with its function, on arrays of all shapes and number types."""
    first, second = new_layer(), new_layer()
    for layer in (first, second, first):
        arrays = [scale * random(rng, *shape) for shape, scale in product(SHAPES, SCALES)]
        inputs = [x for array in arrays for x in number_types(array)]
        for x, output in zip(inputs, values(layer, inputs, at_fault=at_fault)):
            expect_close(output, right(x), "the output")
            expect_unchanged_arguments(layer)


def compare_derivative(new_layer, right, rng, *, at_fault):
    """Compare the backward of two layers with finite differences, several times in a row."""
    layers = new_layer(), new_layer()
    for shape, scale in product(SHAPES, SCALES):
        inputs = [scale * random(rng, *shape) for _ in layers]
        output_gradients = [random(rng, *shape) for _ in layers]
        answers = derivatives(layers, inputs, output_gradients, at_fault=at_fault)
        for answer, x, output_gradient in zip(answers, inputs, output_gradients):

            def error(x, output_gradient=output_gradient):
                return np.sum(right(x) * output_gradient)

            expect_close(answer, numerical_gradient(error, x), "the returned gradient")


def compare_extremes(new_layer, *, at_fault):
    """Compare a sigmoid with its definition at the limits of floating-point numbers."""
    layer = new_layer()
    (output,) = values(layer, [EXTREMES], at_fault=at_fault)
    expect_unchanged_arguments(layer)
    expect_finite(output, "the output")
    expect_close(output, oracles.sigmoid(EXTREMES), "the output", tolerance=SMALL)
    expect_no_warning(layer)
    ones = np.ones_like(EXTREMES)
    (gradient,) = derivatives([layer], [EXTREMES], [ones], at_fault=at_fault)
    expect_finite(gradient, "the returned gradient")
    right = oracles.sigmoid_prime(EXTREMES)
    expect_close(gradient, right, "the returned gradient", tolerance=SMALL)
    expect_no_warning(layer)


def expect_a_slope_at_zero(new_layer, *, at_fault):
    """Fail unless the derivative of ReLU at 0 is one of the accepted values."""
    zero, one = np.zeros((1, 1)), np.ones((1, 1))
    (at_zero,) = derivatives([new_layer()], [zero], [one], at_fault=at_fault)
    expect(0 <= np.asarray(at_zero).item() <= 1, "the derivative at 0 should be from 0 to 1")


def relu(x):
    """Return x where it is positive, and 0 elsewhere."""
    return x * (x > 0)


@part("ex05/forward", target="Activation.forward")
class TestForward:
    """Activation.forward"""

    @marks(1)
    def test_values(self, exercise, rng):
        """The output is the activation function applied to the input."""
        for trial in forward(exercise, rng):
            for x in number_types(trial.input):
                expect_close(trial.forward(x), cube(x), "the output")

    @marks(1)
    def test_leaves_alone(self, exercise, rng):
        """Forward leaves the input unchanged and stores it in self.input for backward."""
        for trial in forward(exercise, rng):
            trial.forward()
            expect_unchanged_arguments(trial.layer)
        for shape in SHAPES:
            expect_memory(partial(new_trial, exercise, rng, shape, 1), step, "input")


@part("ex05/backward", target="Activation.backward")
class TestBackward:
    """Activation.backward"""

    @marks(1)
    def test_values(self, exercise, rng):
        """The returned gradient is the output gradient times the derivative at the input."""
        for trial in backward(exercise, rng):
            step(trial)

    @marks(1)
    def test_leaves_alone(self, exercise, rng):
        """Backward leaves the output gradient unchanged, and a second call returns the same result."""
        for trial in backward(exercise, rng):
            first = expect_array(trial.backward(), trial.input.shape, "the returned gradient")
            expect_unchanged_arguments(trial.layer)
            expect_repeatable(trial, first)


@part("ex05/sigmoid", target="Sigmoid")
class TestSigmoid:
    """Sigmoid"""

    @marks(1)
    def test_values(self, exercise, rng):
        """The output is 1 / (1 + exp(-x))."""
        check = partial(compare_values, exercise.Sigmoid, oracles.sigmoid, rng)
        expect_either_way(exercise, rng, check)

    @marks(1)
    def test_derivative(self, exercise, rng):
        """The returned gradient is the output gradient times sigmoid(x) (1 - sigmoid(x))."""
        check = partial(compare_derivative, exercise.Sigmoid, oracles.sigmoid, rng)
        expect_either_way(exercise, rng, check)

    @marks(1)
    def test_extremes(self, exercise, rng):
        """Very large and very negative numbers give 1 and 0, without a warning."""
        expect_either_way(exercise, rng, partial(compare_extremes, exercise.Sigmoid))


@part("ex05/relu", target="ReLU")
class TestRelu:
    """ReLU"""

    @marks(1)
    def test_values(self, exercise, rng):
        """The output is the input where it is positive, and 0 elsewhere."""
        expect_either_way(exercise, rng, partial(compare_values, exercise.ReLU, relu, rng))

    @marks(1)
    def test_derivative(self, exercise, rng):
        """The returned gradient is the output gradient where the input is positive, and 0 elsewhere."""
        expect_either_way(exercise, rng, partial(compare_derivative, exercise.ReLU, relu, rng))
        expect_either_way(exercise, rng, partial(expect_a_slope_at_zero, exercise.ReLU))
